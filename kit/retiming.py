"""A session made to fit its slot: which of its blocks are kept, and how many minutes each is given.

Everything is exact and in whole minutes, and the same input gives the same answer.

Which blocks are kept follows 1 order that does not depend on the slot. First come those that are always there: musts,
blocks with a locked start, and the cheapest blocks that reach an objective which nothing else reaches. Then the shoulds
join, the shortest first, so that as many as can be are kept; then, when all shoulds are in, the coulds. A break joins
as soon as a rule asks for it, or else after the activities of its priority. Each set in this row of sets works in a
range of lengths, and none fills less time than the one before. The largest that works in the slot is taken; so more
time never drops a block that less time kept.

What blocks lose and gain against their plan costs, and so does each start that is not on a 5-minute mark: the minutes
that cost least are given (`kit/cheapest.py`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, pairwise
from typing import NamedTuple

from kit.cheapest import Ways, Windows, cheapest
from kit.model.plan import Priority

LONGEST_STRETCH = 90
"""Minutes that people work at most without a break."""

SHORTEST_BREAK = 10
SHORTEST_LUNCH = 30
"""Minutes from which a break is a lunch."""

FULL_DAY = 360
"""Minutes from which a day needs its lunch."""

LUNCH_FROM, LUNCH_UNTIL = 11 * 60 + 30, 14 * 60
"""In minutes since midnight: lunch begins and ends between them."""

_MOST_BREAKS = 6
"""Up to so many breaks, each choice of them is tried; of more, only the shortest together."""

_MOST_FILLERS = 10
"""Up to so many blocks that may stay or go, each choice of them is tried to fill the time before a locked start."""

_TOUCHED = 1500
_SHORTENED = {"must": 3, "should": 2, "could": 1}
_EXTENDED = {"must": 2, "should": 3, "could": 4}
_RANK: tuple[Priority, ...] = ("must", "should", "could")


@dataclass(frozen=True)
class Piece:
    """A block as its slot sees it. Minutes are without the changeover before it, but for `best`.

    `changeover` is what it takes to get people and furniture from tables into the arrangement of the block, or back.
    `start`, in minutes since midnight, is locked. `lunch` marks a break that is to be at midday.
    """

    id: str
    priority: Priority
    least: int
    best: int
    """What the plan gives it, changeover included."""
    most: int
    is_break: bool = False
    changeover: int = 0
    objectives: tuple[str, ...] = ()
    start: int | None = None
    lunch: bool = False

    @property
    def stays(self) -> bool:
        return self.priority == "must" or self.start is not None


@dataclass(frozen=True)
class Given:
    """A block that is kept. `start` in minutes since midnight; `minutes` hold `changeover`, at its beginning."""

    id: str
    start: int
    minutes: int
    changeover: int

    @property
    def end(self) -> int:
        return self.start + self.minutes


@dataclass(frozen=True)
class Retimed:
    """A session in its slot: the blocks that are kept in their order, and the ids of the others."""

    kept: tuple[Given, ...]
    left_out: tuple[str, ...]


@dataclass(frozen=True)
class Span:
    """The lengths, in minutes, in which a session works. `most` is less than `least` when it works in none."""

    least: int
    most: int


@dataclass(frozen=True)
class Unfit:
    """Why a session does not fit its slot: what it needs at least and can fill at most, or the lock it breaks.

    `locked` names the first block whose start cannot be kept, and `reached` the times between which it could begin.
    `gap` is what the slot falls between: what some of the blocks fill at most, and what they need with the next.
    """

    span: Span
    gap: tuple[int, int] | None = None
    locked: str = ""
    reached: tuple[int, int] = (0, 0)


def changeover(before: int | None, after: int | None) -> int:
    """Minutes to get from a block to the next, from what each needs to get to it from tables.

    None stands for a break, and for the time before the session: the room is changed while nobody works.
    """
    return 0 if before is None or after is None else max(before, after)


def needed(pieces: Sequence[Piece], reached: frozenset[str] = frozenset()) -> frozenset[str]:
    """The ids of the blocks without which an objective would be lost, beside those that stay anyhow.

    `reached` are the objectives that need no block any more. The fewest coulds are taken, then the fewest minutes, then
    the earliest blocks. An objective that no block has is nobody's loss.
    """
    reached = reached | {objective for piece in pieces if piece.stays for objective in piece.objectives}
    missing = sorted({objective for piece in pieces for objective in piece.objectives} - reached)
    if not missing:
        return frozenset()
    bits = {objective: 1 << place for place, objective in enumerate(missing)}
    best: dict[int, tuple[int, int, tuple[int, ...]]] = {0: (0, 0, ())}
    for place, piece in enumerate(pieces):
        gains = sum(bits.get(objective, 0) for objective in set(piece.objectives))
        if piece.stays or not gains:
            continue
        for mask, (coulds, minutes, places) in sorted(best.items()):
            taken = (coulds + (piece.priority == "could"), minutes + piece.least, (*places, place))
            if mask | gains not in best or taken < best[mask | gains]:
                best[mask | gains] = taken
    return frozenset(pieces[place].id for place in best[(1 << len(missing)) - 1][2])


def retimed(
    pieces: Sequence[Piece], start: int, minutes: int, always: frozenset[str] = frozenset(), *, few: bool = False
) -> Retimed | Unfit:
    """The session in the slot of so many minutes from `start`. `always` are ids to keep beside musts and locks.

    With `few`, a few blocks are shortened by much rather than many by little, as whoever is late needs it.
    """
    row = tuple(_row_of_sets(pieces, start, always))
    chosen: tuple[Piece, ...] | None = None
    for kept, span in row:
        if span.least <= minutes <= span.most:
            chosen = kept
    if chosen is None:
        return _why_not(pieces, start, minutes, always, [span for _, span in row])
    return Retimed(_given(chosen, start, minutes, few), tuple(piece.id for piece in pieces if piece not in chosen))


def span_of(pieces: Sequence[Piece], start: int, always: frozenset[str] = frozenset()) -> Span:
    """The least and the most minutes in which the session works from `start`."""
    return _whole([span for _, span in _row_of_sets(pieces, start, always)])


def _whole(spans: Sequence[Span]) -> Span:
    return Span(spans[0].least, max(span.most for span in spans)) if spans else Span(1, 0)


# Which blocks ------------------------------------------------------------------------------------


_Set = tuple[tuple[Piece, ...], Span]
"""Blocks in their order, and the lengths in which they work."""


def _row_of_sets(pieces: Sequence[Piece], start: int, always: frozenset[str]) -> Iterator[_Set]:
    """The sets that work at all, from the smallest, each holding the one before and filling as much time or more.

    Before a locked start or a lunch, a block more can mean less time after it: such a block stays out.
    """
    inside = frozenset(piece.id for piece in pieces if piece.stays or piece.id in always)
    outside = sorted(
        (place for place, piece in enumerate(pieces) if piece.id not in inside),
        key=lambda place: _turn(place, pieces[place]),
    )
    ids = [pieces[place].id for place in outside]
    breaks = [pieces[place].id for place in outside if pieces[place].is_break]
    lunches = {piece.id for piece in pieces if piece.lunch}
    found = _smallest(pieces, inside, sorted(ids, key=lunches.__contains__), breaks, start)
    if found is None:
        return
    yield found
    inside, most = _ids(found), found[1].most
    for id in ids:
        if id not in inside:
            more = _with_breaks(pieces, inside | {id}, [each for each in breaks if each not in inside], start)
            if more is not None and more[1].most >= most:
                yield more
                inside, most = _ids(more), more[1].most


def _turn(place: int, piece: Piece) -> tuple[int, bool, int, int]:
    """When a block joins: a break that no rule asks for after the activities of its priority."""
    return _RANK.index(piece.priority), piece.is_break, piece.least, place


def _ids(kept: _Set) -> frozenset[str]:
    return frozenset(piece.id for piece in kept[0])


def _smallest(
    pieces: Sequence[Piece], inside: frozenset[str], outside: Sequence[str], breaks: Sequence[str], start: int
) -> _Set | None:
    """The set to begin with: `inside`, and what else must come to fill the time before a locked start or a lunch."""
    for more in range(len(outside) + 1):
        found = _with_breaks(pieces, inside | frozenset(outside[:more]), breaks, start)
        if found is not None:
            for id in reversed(outside):
                if id in _ids(found):
                    found = _working(pieces, _ids(found) - {id}, start) or found
            return found
    return _with_fillers(pieces, inside, outside, start)


def _with_fillers(pieces: Sequence[Piece], inside: frozenset[str], outside: Sequence[str], start: int) -> _Set | None:
    """The set that works with the fewest of the blocks in `outside`, whichever they are.

    It is sought where none of them in their turn fill the time before a locked start.
    """
    if len(outside) > _MOST_FILLERS:
        return None
    some = (chosen for many in range(1, len(outside) + 1) for chosen in combinations(outside, many))
    trials = (_working(pieces, inside.union(chosen), start) for chosen in some)
    return next((trial for trial in trials if trial is not None), None)


def _with_breaks(pieces: Sequence[Piece], inside: frozenset[str], breaks: Sequence[str], start: int) -> _Set | None:
    """The set, with those of the breaks that make it work in the least time; None when it works with none of them."""
    alone = _working(pieces, inside, start)
    if alone is not None:
        return alone
    many = range(1, len(breaks) + 1)
    if len(breaks) <= _MOST_BREAKS:
        choices = [some for more in many for some in combinations(breaks, more)]
    else:
        choices = [tuple(breaks[:more]) for more in many]
    trials = (_working(pieces, inside.union(some), start) for some in choices)
    return min((trial for trial in trials if trial is not None), key=lambda trial: trial[1].least, default=None)


def _working(pieces: Sequence[Piece], ids: frozenset[str], start: int) -> _Set | None:
    kept = _of(pieces, ids)
    span = _span(kept, start)
    return (kept, span) if span.least <= span.most else None


def _of(pieces: Sequence[Piece], ids: frozenset[str]) -> tuple[Piece, ...]:
    return tuple(piece for piece in pieces if piece.id in ids)


def _why_not(pieces: Sequence[Piece], start: int, minutes: int, always: frozenset[str], spans: Sequence[Span]) -> Unfit:
    if spans:
        below = [span.most for span in spans if span.most < minutes]
        above = [span.least for span in spans if span.least > minutes]
        return Unfit(_whole(spans), gap=(max(below), min(above)) if below and above else None)
    inside = frozenset(piece.id for piece in pieces if piece.stays or piece.id in always)
    stay = _of(pieces, inside | frozenset(piece.id for piece in pieces if piece.is_break))
    free = tuple(replace(piece, start=None) for piece in stay)
    for place, piece in enumerate(stay):
        if piece.start is not None:
            before = _span(stay[:place], start) if place else Span(0, 0)
            if not before.least <= piece.start - start <= before.most:
                return Unfit(_span(free, start), None, piece.id, (start + before.least, start + before.most))
    return Unfit(_span(free, start))


# How long ----------------------------------------------------------------------------------------


class _Room(NamedTuple):
    """How many minutes a kept block may take, changeover included."""

    piece: Piece
    changeover: int
    least: int
    most: int

    def cost(self, minutes: int, few: bool = False) -> int:
        """What it costs to give it so many: the square of the share of its room that is used, by its priority."""
        piece, touched = self.piece, _TOUCHED if few else 0
        best = min(max(piece.best, self.least), self.most)
        if minutes < best:
            return touched + 1000 * _SHORTENED[piece.priority] * (best - minutes) ** 2 // (best - self.least) ** 2
        if minutes > best:
            return touched + 1000 * _EXTENDED[piece.priority] * (minutes - best) ** 2 // (self.most - best) ** 2
        return 0


def _rooms(kept: Sequence[Piece]) -> tuple[_Room, ...]:
    if not kept:
        return ()
    needs = [None if piece.is_break else piece.changeover for piece in kept]
    between = [changeover(before, after) for before, after in pairwise(needs)]
    return tuple(
        _Room(piece, minutes, piece.least + minutes, piece.most + minutes)
        for piece, minutes in zip(kept, [0, *between], strict=True)
    )


def _stretches(rooms: Sequence[_Room]) -> Iterator[tuple[int, int]]:
    """Where people work without a break: the places of the first block and of what comes after the last."""
    begun = 0
    for place, room in enumerate(rooms):
        if room.piece.is_break:
            if place > begun:
                yield begun, place
            begun = place + 1
    if begun < len(rooms):
        yield begun, len(rooms)


def _windows(rooms: Sequence[_Room], start: int, minutes: int | None) -> Windows | None:
    """The bounds of all starts, or None when they leave no way.

    The rules are differences between 2 times, so their bounds can be passed on until nothing changes, and each bound
    that is left is reached by some whole minutes (a system of difference constraints: Cormen and others, Introduction
    to Algorithms, section on that name).
    """
    count, far = len(rooms), start + sum(room.most for room in rooms)
    first, last = [start] * (count + 1), [far] * (count + 1)
    last[0] = start
    if minutes is not None:
        first[count] = last[count] = start + minutes
    for place, room in enumerate(rooms):
        if room.piece.start is not None:
            first[place], last[place] = max(first[place], room.piece.start), min(last[place], room.piece.start)
        if room.piece.lunch:
            first[place] = max(first[place], LUNCH_FROM)
            last[place + 1] = min(last[place + 1], LUNCH_UNTIL)
    pairs = [(place, place + 1, room.least, room.most) for place, room in enumerate(rooms)]
    pairs += [(begun, ended, 0, LONGEST_STRETCH) for begun, ended in _stretches(rooms)]
    pairs.sort(key=lambda pair: pair[1])
    there_and_back = (*pairs, *reversed(pairs))
    changed = True
    while changed:
        changed = False
        for before, after, least, most in there_and_back:
            if first[before] + least > first[after]:
                first[after], changed = first[before] + least, True
            if last[before] + most < last[after]:
                last[after], changed = last[before] + most, True
            if first[after] - most > first[before]:
                first[before], changed = first[after] - most, True
            if last[after] - least < last[before]:
                last[before], changed = last[after] - least, True
            if first[after] > last[after] or first[before] > last[before]:
                return None
    if any(early > late for early, late in zip(first, last, strict=True)):
        return None
    return Windows(tuple(first), tuple(last))


def _span(kept: Sequence[Piece], start: int) -> Span:
    windows = _windows(_rooms(kept), start, None)
    if windows is None:
        return Span(1, 0)
    return Span(windows.first[-1] - start, windows.last[-1] - start)


def _given(kept: Sequence[Piece], start: int, minutes: int, few: bool) -> tuple[Given, ...]:
    """The minutes of each block at the least cost, in a slot that is known to be in the span."""
    rooms = _rooms(kept)
    windows = _windows(rooms, start, minutes)
    assert windows is not None
    costs = [[room.cost(minutes, few) for minutes in range(room.least, room.most + 1)] for room in rooms]
    ways = Ways([room.least for room in rooms], costs, windows, tuple(_stretches(rooms)), LONGEST_STRETCH)
    found: list[Given] = []
    at = start
    for room, given in zip(rooms, cheapest(ways), strict=True):
        found.append(Given(room.piece.id, at, given, room.changeover))
        at += given
    return tuple(found)
