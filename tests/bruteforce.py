"""Sessions fitted to a slot by trying everything, from the rules in prose: for small plans, to hold the kit against.

Kept blocks follow one another in the order of the plan. A block takes its own minutes and, before them, the changeover:
what the more demanding of it and the block before needs to be set up, and nothing beside a break. A locked block begins
at its time, a lunch begins at 11:30am or later and is over by 2pm, and nobody works for more than 90 minutes in a row.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, product

from kit.retiming import Piece

HALF_PAST_11, TWO = 690, 840


def changeovers(kept: Sequence[Piece]) -> list[int]:
    """The minutes that go into moving people before each block."""
    found = []
    for place, piece in enumerate(kept):
        before = kept[place - 1] if place else None
        alone = before is None or before.is_break or piece.is_break
        found.append(0 if before is None or alone else max(before.changeover, piece.changeover))
    return found


def keeps_the_rules(kept: Sequence[Piece], minutes: Sequence[int], start: int) -> bool:
    """Whether blocks of so many minutes, changeovers included, are a session that may be."""
    at = worked_since = start
    for piece, change, given in zip(kept, changeovers(kept), minutes, strict=True):
        end = at + given
        if not piece.least <= given - change <= piece.most:
            return False
        if piece.start is not None and at != piece.start:
            return False
        if piece.lunch and (at < HALF_PAST_11 or end > TWO):
            return False
        if piece.is_break:
            worked_since = end
        elif end - worked_since > 90:
            return False
        at = end
    return True


def fillings(kept: Sequence[Piece], start: int, length: int) -> Iterator[tuple[int, ...]]:
    """Every way to give the blocks whole minutes so that they fill the length and keep the rules."""
    ranges = [
        range(piece.least + change, piece.most + change + 1)
        for piece, change in zip(kept, changeovers(kept), strict=True)
    ]
    for minutes in product(*ranges):
        if sum(minutes) == length and keeps_the_rules(kept, minutes, start):
            yield minutes


def lengths(kept: Sequence[Piece], start: int) -> set[int]:
    """Every length that the blocks can fill. The time and the last break are all that the next block has to know."""
    reached = {(start, start)}
    for piece, change in zip(kept, changeovers(kept), strict=True):
        reached = {
            (end, end if piece.is_break else since)
            for at, since in reached
            if piece.start in (None, at) and not (piece.lunch and at < HALF_PAST_11)
            for end in range(at + change + piece.least, at + change + piece.most + 1)
            if not (piece.lunch and end > TWO) and (piece.is_break or end - since <= 90)
        }
    return {at - start for at, _ in reached}


def choices(pieces: Sequence[Piece], always: frozenset[str]) -> Iterator[tuple[Piece, ...]]:
    """Every set of blocks that holds musts, locked blocks and `always`, in the order of the plan."""
    free = [piece for piece in pieces if piece.priority != "must" and piece.start is None and piece.id not in always]
    for many in range(len(free) + 1):
        for left_out in combinations(free, many):
            yield tuple(piece for piece in pieces if piece not in left_out)


def cover(pieces: Sequence[Piece], reached: frozenset[str]) -> frozenset[str]:
    """The blocks to keep beside those that stay, so that no objective is lost: few coulds, then few minutes."""
    wanted = {objective for piece in pieces for objective in piece.objectives}
    best: tuple[int, int, tuple[int, ...]] | None = None
    free = [n for n, piece in enumerate(pieces) if piece.priority != "must" and piece.start is None]
    for many in range(len(free) + 1):
        for places in combinations(free, many):
            kept = [piece for n, piece in enumerate(pieces) if n in places or n not in free]
            if wanted <= reached | {objective for piece in kept for objective in piece.objectives}:
                taken = [pieces[place] for place in places]
                way = sum(each.priority == "could" for each in taken), sum(each.least for each in taken), places
                best = min(best or way, way)
    assert best is not None
    return frozenset(pieces[place].id for place in best[2])
