"""A session made to fit its slot: which of its blocks are kept, and how many minutes each is given.

Everything is exact and in whole minutes, and the same input gives the same answer.

Which blocks are kept follows 1 order that does not depend on the slot. First come those that are always there: musts,
blocks with a locked start, and the cheapest blocks that reach an objective which nothing else reaches. Then the shoulds
join, the shortest first, so that as many as can be are kept; then, when all shoulds are in, the coulds. A break joins
as soon as a rule asks for it, or else after the activities of its priority. Each set in
this row of sets works in a range of lengths, and both ends of the range grow from one to the next. The largest that
works in the slot is taken; so more time never drops a block that less time kept.

How the minutes are given is found by dynamic programming: what blocks lose and gain against their plan costs, and so
does each start that is not on a 5-minute mark.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

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

MARK = 5
"""Starts are on multiples of this many minutes where the slack allows."""

_OFF_THE_MARK = 400
_TOUCHED = 800
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
    `gap` is what the slot falls between, where more time needs a break for which there is no room yet.
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
    chosen: tuple[Piece, ...] | None = None
    spans: list[Span] = []
    for kept, span in _row_of_sets(pieces, start, always):
        spans.append(span)
        if span.least > minutes:
            break
        if minutes <= span.most:
            chosen = kept
    if chosen is None:
        return _why_not(pieces, start, minutes, always, spans)
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
    """The sets that work at all, from the smallest, each holding the one before."""
    inside = frozenset(piece.id for piece in pieces if piece.stays or piece.id in always)
    outside = sorted(
        (place for place, piece in enumerate(pieces) if piece.id not in inside),
        key=lambda place: _turn(place, pieces[place]),
    )
    ids = [pieces[place].id for place in outside]
    breaks = [pieces[place].id for place in outside if pieces[place].is_break]
    smallest = _smallest(pieces, inside, ids, breaks, start)
    if smallest is None:
        return
    yield smallest
    inside = _ids(smallest)
    for id in ids:
        if id not in inside:
            more = _with_breaks(pieces, inside | {id}, [each for each in breaks if each not in inside], start)
            if more is not None:
                yield more
                inside = _ids(more)


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
    return None


def _with_breaks(pieces: Sequence[Piece], inside: frozenset[str], breaks: Sequence[str], start: int) -> _Set | None:
    """The set, with as many of the breaks as it cannot do without; None when it works with none of them."""
    trials = (_working(pieces, inside | frozenset(breaks[:more]), start) for more in range(len(breaks) + 1))
    return next((trial for trial in trials if trial is not None), None)


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


@dataclass(frozen=True)
class _Room:
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


@dataclass(frozen=True)
class _Windows:
    """For each block, and for the end, the first and the last time at which it may begin."""

    first: tuple[int, ...]
    last: tuple[int, ...]


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


def _windows(rooms: Sequence[_Room], start: int, minutes: int | None) -> _Windows | None:
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
    changed = True
    while changed:
        changed = False
        for before, after, least, most in (*pairs, *reversed(pairs)):
            bounds = (
                max(first[after], first[before] + least),
                min(last[after], last[before] + most),
                max(first[before], first[after] - most),
                min(last[before], last[after] - least),
            )
            if bounds != (first[after], last[after], first[before], last[before]):
                first[after], last[after], first[before], last[before] = bounds
                if first[after] > last[after] or first[before] > last[before]:
                    return None
                changed = True
    if any(early > late for early, late in zip(first, last, strict=True)):
        return None
    return _Windows(tuple(first), tuple(last))


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
    found: list[Given] = []
    at = start
    for room, given in zip(rooms, _cheapest(rooms, windows, few), strict=True):
        found.append(Given(room.piece.id, at, given, room.changeover))
        at += given
    return tuple(found)


_Way = tuple[int, int, Any]
"""A cheapest way to some time: what it costs, the minutes of the last block, and the way before that."""

_State = tuple[int, int]
"""When a block begins, and by when the stretch that it is in must be over."""


def _cheapest(rooms: Sequence[_Room], windows: _Windows, few: bool) -> tuple[int, ...]:
    """The minutes of each block. What a way along the 5-minute marks costs, if there is one, bounds the search."""
    costs = [[room.cost(minutes, few) for minutes in range(room.least, room.most + 1)] for room in rooms]
    rough = _search(rooms, costs, windows, None, MARK)
    best = _search(rooms, costs, windows, rough[0] if rough else None, 1)
    assert best is not None
    return tuple(_minutes(best))[::-1]


def _search(
    rooms: Sequence[_Room], costs: Sequence[Sequence[int]], windows: _Windows, most: int | None, step: int
) -> _Way | None:
    """The cheapest way of no more than `most` whose starts are multiples of `step`; None when there is none.

    Where a stretch can last no longer than people may work, the time by which it must be over is put at when it is over
    at the latest: that keeps the states few.
    """
    ends = {place: ended for begun, ended in _stretches(rooms) for place in range(begun, ended)}
    begins = {begun for begun, _ in _stretches(rooms)}
    never = windows.last[-1]
    ways: dict[_State, _Way] = {(windows.first[0], never): (0, 0, None)}
    for place, room in enumerate(rooms):
        least, longest = room.least, room.most
        priced = costs[place]
        first, last = windows.first[place + 1], windows.last[place + 1]
        over = place + 1 == len(rooms)
        following: dict[_State, _Way] = {}
        for (at, until), way in ways.items():
            if place in begins:
                until = min(at + LONGEST_STRETCH, windows.last[ends[place]])
            elif room.piece.is_break:
                until = never
            begin = at + least
            spent = way[0]
            earliest = max(first, begin)
            if not over:
                earliest += -earliest % step
            for end in range(earliest, min(last, until, at + longest) + 1, step):
                cost = spent + priced[end - begin]
                if end % MARK and not over:
                    cost += _OFF_THE_MARK
                if most is not None and cost > most:
                    continue
                known = following.get((end, until))
                if known is None or cost < known[0]:
                    following[end, until] = (cost, end - at, way)
        ways = _undominated(following)
    return min(ways.values(), key=lambda way: way[0], default=None)


def _undominated(ways: Mapping[_State, _Way]) -> dict[_State, _Way]:
    """Without the ways to a time that leave no more of their stretch than another, and cost no less."""
    kept: dict[_State, _Way] = {}
    cheapest: dict[int, int] = {}
    for (at, until), way in sorted(ways.items(), key=lambda item: item[0], reverse=True):
        if at not in cheapest or way[0] < cheapest[at]:
            cheapest[at] = way[0]
            kept[at, until] = way
    return kept


def _minutes(way: _Way) -> Iterator[int]:
    while way[2] is not None:
        yield way[1]
        way = way[2]
