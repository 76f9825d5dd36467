"""Workshops changed a little, for tests: other blocks, other days, another start."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from kit.model.workshop import SessionBlock, Workshop


def with_blocks(workshop: Workshop, blocks: Iterable[SessionBlock]) -> Workshop:
    """A workshop of one session with other blocks."""
    (session,) = workshop.sessions
    sessions = (replace(session, blocks=tuple(blocks)),)
    return replace(workshop, sessions=sessions, all_sessions=sessions)


def on_day(workshop: Workshop, day: date | None, start: int | None = None) -> Workshop:
    """A workshop of one session on another day, or at another time of it."""
    (session,) = workshop.sessions
    sessions = (replace(session, date=day, start=session.start if start is None else start),)
    return replace(workshop, sessions=sessions, all_sessions=sessions)
