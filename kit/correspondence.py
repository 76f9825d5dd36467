"""What goes out to participants before and after a session: when to send it, what goes with it, what to book."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from kit.model.activity import TablePart
from kit.model.document import EventView, SendingView
from kit.model.kind import DocumentKind, Interval
from kit.model.session import Session
from kit.schedule import long_date, shifted

ZONE = ZoneInfo("Europe/London")
_NUMBERED = re.compile(r"^\d+\.\s+")


def sending(
    kind: DocumentKind, session: Session, packed: Sequence[DocumentKind], today: date, trust: str = ""
) -> SendingView:
    """How `kind` goes out. `packed` are all kinds of the pack; `trust` is the id of the trust, if there is one."""
    return SendingView(
        on=send_on(kind.send, session.date, today) if kind.send else "",
        enclosed=tuple(
            (other.title, other.purpose)
            for other in packed
            if other.moment == kind.moment != "session" and other.output in ("pdf", "calendar") and other.id != kind.id
        ),
        events=events(session, trust) if kind.output == "calendar" else (),
    )


def send_on(interval: Interval, day: date | None, today: date) -> str:
    """`Thursday 31 December 2026`; in words when the session has no date, or when that day is past."""
    if day is None:
        return f"{in_words(interval)} the session"
    when = shifted(day, weeks=interval.weeks, months=interval.months)
    return "as soon as you can" if when < today <= day else long_date(when)


def in_words(interval: Interval) -> str:
    """`2 weeks before`, `1 month after`."""
    number, unit = (interval.weeks, "week") if interval.weeks else (interval.months, "month")
    return f"{abs(number)} {unit}{'' if abs(number) == 1 else 's'} {'after' if number > 0 else 'before'}"


def events(session: Session, trust: str) -> tuple[EventView, ...]:
    """The session as an event for a calendar; none when it has no date.

    The same plan of the same trust on the same day keeps its id, so that a new file corrects an old one.
    """
    if session.date is None:
        return ()
    starts, ends = (
        datetime.combine(session.date, time()) + timedelta(minutes=at) for at in (session.start, session.end)
    )
    venue = session.organisation.venue
    return (
        EventView(
            uid="-".join(filter(None, (session.plan.id, trust, session.date.isoformat()))) + "@workshop-kit",
            title=session.plan.title,
            starts=starts.replace(tzinfo=ZONE),
            ends=ends.replace(tzinfo=ZONE),
            place=", ".join(filter(None, (venue.room, venue.address))) if venue else "",
        ),
    )


def recall(session: Session) -> tuple[str, ...]:
    """The questions from memory of the last block that has any, without their numbers."""
    for block in reversed(session.blocks):
        sheet = block.activity.worksheet if block.activity else None
        for part in sheet.parts if sheet else ():
            if isinstance(part, TablePart) and part.recall:
                return tuple(_NUMBERED.sub("", row) for row in part.rows)
    return ()
