"""What slot a workshop is given, its blocks as the slot sees them, and its sessions fitted to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from kit.changes import Placed
from kit.diagnostics import Diagnostic, Place
from kit.model.activity import Activity
from kit.model.language import Language
from kit.model.plan import Block, PlanSession, Preparation
from kit.model.trust import SessionDetails
from kit.retiming import (
    FULL_DAY,
    LONGEST_STRETCH,
    LUNCH_FROM,
    LUNCH_UNTIL,
    SHORTEST_BREAK,
    SHORTEST_LUNCH,
    Piece,
    Retimed,
    Span,
    Unfit,
    needed,
    retimed,
    span_of,
)
from kit.schedule import DAY
from kit.source import Path

_LONGER_BREAK = 5
"""Minutes by which a break may be longer than the plan has it."""


@dataclass(frozen=True)
class Slot:
    """When the first session begins, in minutes since midnight, and how many minutes there are.

    `minutes` is None where nobody gave any: then the plan's own hold. In a series they are those of each session.
    """

    start: int
    minutes: int | None = None


@dataclass(frozen=True)
class Part:
    """A session as it is written at `path` of the plan, and its blocks after the trust's changes."""

    path: Path
    written: PlanSession
    blocks: tuple[Placed, ...]
    start: int
    left_out: tuple[tuple[Placed, int], ...] = ()
    """The blocks that the slot has no room for, and the time at which each would begin."""
    fitted: bool = False
    """Whether a slot decides how long it is, in place of what the plan promises."""


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


def piece(block: Block, activity: Activity | None, begins: int = 0) -> Piece:
    """A block as its slot sees it: the least and the most are those of its steps, unless the plan wants others.

    `begins` is when the session does: a locked start that is earlier on the clock lies after midnight.
    """
    start = block.start + DAY if block.start is not None and block.start < begins else block.start
    if activity is None:
        lunch = block.minutes >= SHORTEST_LUNCH
        least = block.least or (SHORTEST_LUNCH if lunch else SHORTEST_BREAK)
        best = max(block.minutes, least)
        most = block.most or best + (0 if lunch else _LONGER_BREAK)
        return Piece(block.id, block.priority, least, best, most, is_break=True, start=start, lunch=lunch)
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
        start=start,
    )


def fitted(
    sessions: Sequence[Sequence[Piece]], starts: Sequence[int], minutes: int, *, in_one_day: bool
) -> tuple[Retimed | Unfit | None, ...]:
    """Each session in its slot; None for one that fills it as it is written. `starts` in minutes since midnight.

    An objective is kept by one block of the whole workshop, and no session loses all its blocks.
    Sessions on one day share the slot, and follow one another.
    """
    always = _always(sessions)
    if not in_one_day:
        return tuple(_fitted(pieces, start, minutes, always) for pieces, start in zip(sessions, starts, strict=True))
    whole = _fitted([piece for pieces in sessions for piece in pieces], starts[0], minutes, always)
    if not isinstance(whole, Retimed):
        return tuple(whole for _ in sessions)
    return tuple(_part(whole, pieces) for pieces in sessions)


def _always(sessions: Sequence[Sequence[Piece]]) -> frozenset[str]:
    """The blocks that no slot leaves out beside musts and locks: for each objective one, and for each session one.

    A session that would lose all its blocks keeps its shortest activity.
    """
    always = needed([piece for pieces in sessions for piece in pieces])
    for pieces in sessions:
        activities = [piece for piece in pieces if not piece.is_break]
        if activities and not any(piece.stays or piece.id in always for piece in activities):
            always |= {min(activities, key=lambda piece: piece.least).id}
    return always


def span(sessions: Sequence[Sequence[Piece]], starts: Sequence[int], *, in_one_day: bool) -> Span:
    """The slots, in minutes, in which the workshop works: those that every session of a series works in."""
    always = _always(sessions)
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


# Sessions ----------------------------------------------------------------------------------------


def placed_blocks(parts: Iterable[Part]) -> Iterator[Placed]:
    """The blocks of all sessions, each with where it is written."""
    for part in parts:
        yield from part.blocks


def retimed_part(part: Part, result: Retimed | Unfit | None) -> Part:
    """The session with the blocks that its slot has room for, in the minutes that it has for them."""
    if not isinstance(result, Retimed):
        return replace(part, fitted=True)
    given = {each.id: each for each in result.kept}
    at = start = result.kept[0].start if result.kept else part.start
    kept, left_out = [], []
    for block, origin in part.blocks:
        if block.id in given:
            kept.append((block.model_copy(update={"minutes": given[block.id].minutes}), origin))
            at = given[block.id].end
        else:
            left_out.append(((block, origin), at))
    return replace(part, blocks=tuple(kept), start=start, left_out=tuple(left_out), fitted=True)


def asked_for(before: Sequence[str | Preparation], parts: Sequence[Part]) -> tuple[str, ...]:
    """What to do beforehand, without what is for a block that is left out."""
    there = {block.id for block, _ in placed_blocks(parts)}
    return tuple(
        item.text if isinstance(item, Preparation) else item
        for item in before
        if not isinstance(item, Preparation) or item.block in there
    )


def unfit_faults(
    parts: Sequence[Part],
    results: Sequence[Retimed | Unfit | None],
    minutes: int,
    english: Language,
    plan: str,
    place: Place | None,
    *,
    in_one_day: bool,
) -> Iterator[Diagnostic]:
    """Why sessions do not fit their slot; those of 1 day share one. `place` is where it is written, if it is."""
    several = len(parts) > 1 and not in_one_day
    for part, why in list(zip(parts, results, strict=True))[: None if several else 1]:
        if isinstance(why, Unfit):
            what = f"The session “{part.written.id}”" if several else f"“{plan}”"
            locked = next(((b, o) for b, o in placed_blocks(parts) if b.id == why.locked), None)
            if locked is not None:
                block, origin = locked
                assert block.start is not None
                early, late = (english.clock(at) for at in why.reached)
                yield Diagnostic(
                    "start-cannot-be-kept",
                    f"The block “{block.id}” is to start at {english.clock(block.start)}, but what must come before it "
                    f"from {english.clock(part.start)} on ends between {early} and {late}.",
                    "Change the start of the session or of the block, or how much comes before it.",
                    origin.place(("start",)),
                )
            else:
                yield Diagnostic(*_why(what, why, minutes, part.start, english), place)


def _why(what: str, why: Unfit, minutes: int, start: int, english: Language) -> tuple[str, str, str]:
    """Code, message and advice of a slot that a workshop does not fit."""
    least, most, has = (english.duration(n) for n in (max(why.span.least, 0), max(why.span.most, 0), minutes))
    if why.span.least > why.span.most:
        return (
            "rules-cannot-be-kept",
            f"{what} cannot be fitted from {english.clock(start)} on: people would work for more than "
            f"{LONGEST_STRETCH} minutes without a break, or lunch would not be between {english.clock(LUNCH_FROM)} "
            f"and {english.clock(LUNCH_UNTIL)}.",
            "Start at another time, or add a break to the plan.",
        )
    if why.gap:
        shorter, longer = (english.duration(length) for length in why.gap)
        return (
            "slot-too-long",
            f"{what} fills {shorter} at most with the blocks that fit, and works in {longer} with 1 more; the slot has "
            f"{has}.",
            f"Take {shorter} of it, or find {longer}.",
        )
    if minutes < why.span.least:
        return (
            "slot-too-short",
            f"{what} works in {least} at least, and the slot has {has}.",
            "Find more time, or take a shorter plan: kit list plans shows in how many minutes each works.",
        )
    return (
        "slot-too-long",
        f"{what} fills {most} at most, and the slot has {has}.",
        "Give back what is left, take a longer plan (kit list plans), or add a block under `changes`.",
    )
