"""A session to scale, as every document draws it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal


@dataclass(frozen=True)
class Bar:
    """One block of the timeline. `x` and `width` are fractions of the whole, 0 to 1."""

    block: str
    title: str
    clock: str
    """`9:10am`"""
    minutes: int
    kind: Literal["activity", "break"]
    priority: Literal["must", "should", "could"]
    number: int
    """Counts the activities from 1; 0 for a break."""
    x: float
    width: float


@dataclass(frozen=True)
class Tick:
    """A mark on the clock below the timeline, on the hour or half hour."""

    label: str
    x: float
    on_the_hour: bool


@dataclass(frozen=True)
class Timeline:
    """The session drawn to scale."""

    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    alt: str
    """The whole timeline in words."""

    def part(self, first: int, end: int, alt: str) -> Timeline:
        """The blocks from `first` up to but not including `end`, to a scale of their own; `alt` tells them in words."""
        bars = self.bars[first:end]
        left, right = bars[0].x, bars[-1].x + bars[-1].width
        scale = 1 / (right - left)
        return Timeline(
            tuple(replace(bar, x=(bar.x - left) * scale, width=bar.width * scale) for bar in bars),
            tuple(replace(tick, x=(tick.x - left) * scale) for tick in self.ticks if left <= tick.x <= right),
            alt,
        )
