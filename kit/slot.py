"""What slot a workshop is given, and its blocks as the slot sees them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kit.model.activity import Activity
from kit.model.plan import Block
from kit.model.trust import SessionDetails
from kit.retiming import FULL_DAY, SHORTEST_BREAK, SHORTEST_LUNCH, Piece, Retimed, Span, Unfit, needed, retimed, span_of

DAY = 24 * 60
_LONGER_BREAK = 5
"""Minutes by which a break may be longer than the plan has it."""


@dataclass(frozen=True)
class Slot:
    """When the first session begins, in minutes since midnight, and how many minutes there are.

    `minutes` is None where nobody gave any: then the plan's own hold. In a series they are those of each session.
    """

    start: int
    minutes: int | None = None


def slot(asked: tuple[int | None, int | None, int | None], details: SessionDetails, start: int) -> Slot:
    """The slot, from `asked` (start, minutes and end on the command line), a trust's profile and the plan's start.

    The command line comes first. With minutes and an end alone, the start follows from them.
    """
    begin, minutes, end = asked
    if minutes is None and end is None:
        minutes, end = details.slot, details.end
    if begin is None and None in asked[1:]:
        begin = details.start
    if begin is None:
        begin = (end - minutes) % DAY if end is not None and minutes is not None else start
    if minutes is None and end is not None:
        minutes = (end - begin) % DAY or DAY
    return Slot(begin, minutes)


def piece(block: Block, activity: Activity | None) -> Piece:
    """A block as its slot sees it: the least and the most are those of its steps, unless the plan wants others."""
    if activity is None:
        lunch = block.minutes >= SHORTEST_LUNCH
        least = block.least or (SHORTEST_LUNCH if lunch else SHORTEST_BREAK)
        best = max(block.minutes, least)
        most = block.most or best + (0 if lunch else _LONGER_BREAK)
        return Piece(block.id, block.priority, least, best, most, is_break=True, start=block.start, lunch=lunch)
    ranges = [step.minutes for step in activity.steps] + ([activity.debrief.minutes] if activity.debrief else [])
    least, most = sum(each.least for each in ranges), sum(each.most for each in ranges)
    return Piece(
        block.id,
        block.priority,
        max(least, block.least or 0),
        block.minutes,
        min(most, block.most or most),
        changeover=activity.changeover,
        objectives=block.objectives,
        start=block.start,
    )


def fitted(
    sessions: Sequence[Sequence[Piece]], starts: Sequence[int], minutes: int, *, in_one_day: bool
) -> tuple[Retimed | Unfit | None, ...]:
    """Each session in its slot; None for one that fills it as it is written. `starts` in minutes since midnight.

    An objective is kept by one block of the whole workshop. Sessions on one day share the slot, and follow one another.
    """
    always = needed([piece for pieces in sessions for piece in pieces])
    if not in_one_day:
        return tuple(_fitted(pieces, start, minutes, always) for pieces, start in zip(sessions, starts, strict=True))
    whole = _fitted([piece for pieces in sessions for piece in pieces], starts[0], minutes, always)
    if not isinstance(whole, Retimed):
        return tuple(whole for _ in sessions)
    return tuple(_part(whole, pieces) for pieces in sessions)


def span(sessions: Sequence[Sequence[Piece]], starts: Sequence[int], *, in_one_day: bool) -> Span:
    """The slots, in minutes, in which the workshop works: those that every session of a series works in."""
    always = needed([piece for pieces in sessions for piece in pieces])
    if in_one_day:
        return span_of([piece for pieces in sessions for piece in pieces], starts[0], always)
    spans = [span_of(pieces, start, always) for pieces, start in zip(sessions, starts, strict=True)]
    return Span(max(each.least for each in spans), min(each.most for each in spans))


def _fitted(pieces: Sequence[Piece], start: int, minutes: int, always: frozenset[str]) -> Retimed | Unfit | None:
    if _as_written(pieces, start, minutes):
        return None
    lunches = {piece.id for piece in pieces if piece.lunch}
    return retimed(pieces, start, minutes, always | (lunches if minutes >= FULL_DAY else set()))


def _as_written(pieces: Sequence[Piece], start: int, minutes: int) -> bool:
    """Whether the blocks fill the slot in the minutes that the plan gives them, each lock kept."""
    at = start
    for each in pieces:
        if each.start not in (None, at):
            return False
        at += each.best
    return at == start + minutes


def _part(whole: Retimed, pieces: Sequence[Piece]) -> Retimed:
    ids = {each.id for each in pieces}
    return Retimed(
        tuple(given for given in whole.kept if given.id in ids), tuple(id for id in whole.left_out if id in ids)
    )
