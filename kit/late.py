"""What to do when a session runs late, or has time left: worked out beforehand, for every block of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from kit.leeway import least
from kit.model.workshop import Session, SessionBlock
from kit.retiming import SHORTEST_BREAK, SHORTEST_LUNCH, Piece, Retimed, Unfit, needed, retimed

BEHIND = (5, 10, 15, 20, 30)
"""Minutes by which a block may begin late."""


@dataclass(frozen=True)
class WayToTheEnd:
    """From the start of a block that begins `behind` minutes late to the end of the session.

    Times are in minutes since midnight. `over` is how many minutes late the session ends all the same, 0 where it ends
    on time, or earlier because what is left fills no more; it is None where a later start is locked that nothing can
    save, or where the plan has too few breaks as it is.
    """

    block: SessionBlock
    behind: int
    left_out: tuple[SessionBlock, ...] = ()
    changed: tuple[tuple[SessionBlock, int], ...] = ()
    """The blocks that get another time, and the minutes that they get: more where something was left out for them."""
    starts: tuple[tuple[SessionBlock, int], ...] = ()
    over: int | None = 0


@dataclass(frozen=True)
class Spare:
    """What to do with time that is left: blocks that the slot had no room for, and blocks that can take more."""

    added: tuple[tuple[SessionBlock, int], ...]
    """With the fewest minutes that each works in."""
    longer: tuple[tuple[SessionBlock, int], ...]
    """With the minutes by which each may run longer."""


def ways_to_the_end(session: Session) -> Iterator[WayToTheEnd]:
    """For each block, in order, one way for each lateness.

    What must be kept is kept: musts, locked starts, a block for each objective that is not reached yet. Breaks stay, if
    shorter. A few blocks lose much rather than many a little.
    """
    pieces = [_piece(block) for block in session.blocks]
    for place in range(len(session.blocks)):
        reached = frozenset(id for each in session.blocks[:place] for id in each.objectives)
        always = needed(pieces[place:], reached)
        for behind in BEHIND:
            yield _way(session, place, behind, pieces[place:], always)


def spare(session: Session) -> Spare:
    """What the session can take when it is ahead of its clock."""
    added = tuple((block, least(block)) for block in session.left_out if block.activity is not None)
    longer = tuple((block, block.most - block.minutes) for block in session.blocks if block.most > block.minutes)
    return Spare(added, longer)


def _piece(block: SessionBlock) -> Piece:
    if block.activity is None:
        lunch = block.minutes >= SHORTEST_LUNCH
        # People count on their lunch: it gives a quarter at most.
        shortest = max(SHORTEST_LUNCH, block.minutes * 3 // 4) if lunch else min(block.minutes, SHORTEST_BREAK)
        start = block.start if block.locked else None
        return Piece(block.id, "must", shortest, block.minutes, block.minutes, is_break=True, start=start)
    return Piece(
        block.id,
        block.priority,
        least(block) - block.changeover,
        block.minutes,
        block.most - block.changeover,
        changeover=block.activity.changeover,
        objectives=block.objectives,
        start=block.start if block.locked else None,
    )


def _way(session: Session, place: int, behind: int, pieces: list[Piece], always: frozenset[str]) -> WayToTheEnd:
    blocks = session.blocks[place:]
    begins = blocks[0].start + behind
    room, over = session.end - begins, 0
    if blocks[0].locked:
        # Its own start has passed: it stays all the same.
        pieces = [replace(pieces[0], priority="must", start=None), *pieces[1:]]
    found = _found(tuple(pieces), begins, room, always)
    if isinstance(found, Unfit) and found.span.least <= found.span.most:
        length = max(found.span.least, found.gap[0] if found.gap else min(found.span.most, room))
        over = max(0, length - room)
        found = _found(tuple(pieces), begins, length, always)
    if not isinstance(found, Retimed):
        return WayToTheEnd(blocks[0], behind, over=None)
    by_id = {block.id: block for block in blocks}
    return WayToTheEnd(
        blocks[0],
        behind,
        tuple(by_id[id] for id in found.left_out),
        tuple((by_id[each.id], each.minutes) for each in found.kept if each.minutes != by_id[each.id].minutes),
        tuple((by_id[each.id], each.start) for each in found.kept),
        over,
    )


# Every document and every edition of a plan asks the same.
@lru_cache(maxsize=4096)
def _found(pieces: tuple[Piece, ...], start: int, minutes: int, always: frozenset[str]) -> Retimed | Unfit:
    return retimed(pieces, start, minutes, always, few=True)
