"""The minutes of blocks in a slot at the least cost, exactly: dynamic programming along the clock.

It knows nothing of workshops: only what each number of minutes costs, when each block may begin, and where blocks
together may not take longer than so much.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import add
from typing import Any

MARK = 5
"""Starts are on multiples of this many minutes where the slack allows."""

OFF_THE_MARK = 400
"""What each other start costs."""


@dataclass(frozen=True)
class Windows:
    """For each block, and for the end, the first and the last time at which it may begin."""

    first: tuple[int, ...]
    last: tuple[int, ...]


@dataclass(frozen=True)
class Ways:
    """All ways from the start to the end. The windows leave at least 1, and none that a way could not pass."""

    least: Sequence[int]
    costs: Sequence[Sequence[int]]
    """For each block, what it costs to give it its least, a minute more, and so on up to its most."""
    windows: Windows
    stretches: Sequence[tuple[int, int]]
    """The place of the first block of each, and that of what comes after the last."""
    longest: int
    """The most minutes of a stretch."""


def cheapest(ways: Ways) -> tuple[int, ...]:
    """The minutes of each block. No way costs less than were stretches of any length: the search begins there."""
    rests = _rests(ways)
    most = rests[0][0]
    found = _search(ways, rests, most)
    while found is None:
        most += OFF_THE_MARK
        found = _search(ways, rests, most)
    return tuple(_minutes(found))[::-1]


def _rests(ways: Ways) -> Sequence[Sequence[int]]:
    """What it costs at least to get to the end from each time of each window, were stretches of any length."""
    first, last = ways.windows.first, ways.windows.last
    rests = [[0]]
    for place in reversed(range(len(ways.costs))):
        costs, after = ways.costs[place], rests[-1]
        before = ways.least[place] - first[place + 1]
        rests.append(
            [
                min(map(add, costs[max(0, -at - before) :], after[max(0, at + before) :]))
                + (OFF_THE_MARK if at % MARK and place else 0)
                for at in range(first[place], last[place] + 1)
            ]
        )
    return rests[::-1]


_Way = tuple[int, int, Any]
"""A cheapest way to some time: what it costs, the minutes of the last block, and the way before that."""

_State = tuple[int, int]
"""When a block begins, and by when the stretch that it is in must be over."""


def _search(ways: Ways, rests: Sequence[Sequence[int]], most: int) -> _Way | None:
    """The cheapest way of no more than `most`; None when there is none.

    Where a stretch cannot last longer than it may, the time by which it must be over is put at when it is over at the
    latest: that keeps the states few.
    """
    first, last = ways.windows.first, ways.windows.last
    ends = {place: ended for begun, ended in ways.stretches for place in range(begun, ended)}
    begins = {begun for begun, _ in ways.stretches}
    known: dict[_State, _Way] = {(first[0], last[-1]): (0, 0, None)}
    for place, (least, costs) in enumerate(zip(ways.least, ways.costs, strict=True)):
        over, rest = place + 1 == len(ways.costs), rests[place + 1]
        following: dict[_State, _Way] = {}
        for (at, until), way in known.items():
            if place in begins:
                until = min(at + ways.longest, last[ends[place]])
            elif place not in ends:
                until = last[-1]
            begin = at + least
            for end in range(max(first[place + 1], begin), min(last[place + 1], until, begin + len(costs) - 1) + 1):
                cost = way[0] + costs[end - begin]
                if cost + rest[end - first[place + 1]] > most:
                    continue
                if end % MARK and not over:
                    cost += OFF_THE_MARK
                other = following.get((end, until))
                if other is None or cost < other[0]:
                    following[end, until] = (cost, end - at, way)
        known = _undominated(following)
    return min(known.values(), key=lambda way: way[0], default=None)


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
