"""The wheel of themes: how much of a workshop works on each idea of the article, drawn to be counted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import cos, pi, sin
from typing import Literal

from kit.model.arrangements import Spoke, Wheel
from kit.model.article import Theme
from kit.model.language import joined_by, like
from kit.model.page import POINT
from kit.model.workshop import Workshop

FEWEST_RINGS = 3

Anchor = Literal["start", "middle", "end"]
_SIDE: Mapping[Anchor, int] = {"start": 1, "middle": 0, "end": -1}


@dataclass(frozen=True)
class Proportions:
    """Of a wheel, in millimetres."""

    width: float
    height: float
    hub: float
    rim: float
    gap: float
    """Between 2 spokes, and between 2 rings."""
    symbol: float
    symbols_at: float
    labels_at: float
    """The radius of the circle of labels, or 0 where each stands beside its symbol."""
    aside: float
    """From a symbol to the label beside it, where the 2 come close."""
    size: float
    """Of the type of its labels."""
    line: float
    longest_line: int
    """Letters of a label beyond which it takes a second line."""


ON_PAPER = Proportions(
    width=170,
    height=106,
    hub=8,
    rim=33,
    gap=0.9,
    symbol=8,
    symbols_at=39.5,
    labels_at=45.5,
    aside=1.8,
    size=3.6,
    line=4.6,
    longest_line=19,
)
ON_A_SLIDE = Proportions(
    width=300,
    height=120,
    hub=9,
    rim=37,
    gap=1.2,
    symbol=10,
    symbols_at=45,
    labels_at=0,
    aside=3,
    size=20 * POINT,
    line=8.6,
    longest_line=30,
)
"""Words to be read from the back of a room, on a sheet that is wide enough for them."""


def wheel(workshop: Workshop, drawn: Proportions = ON_PAPER) -> Wheel:
    """The themes in the article's order, clockwise from the top, with a filled ring for each block on a theme."""
    counts = [_blocks_on(theme, workshop) for theme in workshop.article.themes]
    rings = max(FEWEST_RINGS, *(len(titles) for titles in counts))
    spokes = tuple(
        _spoke(theme, len(titles), position, len(counts), rings, drawn)
        for position, (theme, titles) in enumerate(zip(workshop.article.themes, counts, strict=True))
    )
    return Wheel(
        width=drawn.width,
        height=drawn.height,
        symbol=drawn.symbol,
        size=drawn.size,
        line=drawn.line,
        spokes=spokes,
        key=workshop.language.phrase("drawings.wheel_key"),
        alt=workshop.language.phrase("drawings.wheel", themes=joined_by(" ", list(_told(workshop, counts)))),
    )


def _blocks_on(theme: Theme, workshop: Workshop) -> list[str]:
    return [block.title for block in workshop.blocks if block.activity and theme.id in block.activity.themes]


def _told(workshop: Workshop, counts: list[list[str]]) -> Iterator[str]:
    for theme, titles in zip(workshop.article.themes, counts, strict=True):
        said = {"theme": theme.title, "blocks": joined_by("; ", titles)}
        yield workshop.language.phrase("drawings.blocks" if titles else "drawings.no_block", n=len(titles), **said)


def _spoke(theme: Theme, blocks: int, position: int, of: int, rings: int, drawn: Proportions) -> Spoke:
    middle = 2 * pi * position / of
    half = pi / of
    depth = (drawn.rim - drawn.hub + drawn.gap) / rings
    label = _lines(theme.title, drawn.longest_line)
    x, y, anchor = _around(middle, len(label), drawn) if drawn.labels_at else _beside(middle, len(label), drawn)
    return Spoke(
        theme=theme.id,
        symbol=theme.symbol,
        blocks=blocks,
        rings=tuple(
            _ring(
                drawn.hub + ring * depth,
                drawn.hub + (ring + 1) * depth - drawn.gap,
                middle - half,
                middle + half,
                drawn.gap,
            )
            for ring in range(rings)
        ),
        symbol_x=_at(drawn.symbols_at, middle)[0],
        symbol_y=_at(drawn.symbols_at, middle)[1],
        label=label,
        label_x=round(x, 2),
        label_y=round(y, 2),
        anchor=anchor,
    )


def _around(middle: float, lines: int, drawn: Proportions) -> tuple[float, float, Anchor]:
    """Where a label stands on the circle of labels, which has room for all however many lines they have."""
    anchor = _anchor(middle)
    x, y = _at(drawn.labels_at, middle)
    # A label above the wheel ends where it is anchored, one below begins there, and one beside it is centred.
    rise = (1 - cos(middle)) / 2
    return (
        x + drawn.aside * _SIDE[anchor],
        y + drawn.line * (0.72 - (1 - rise) * lines - rise * 0.4),
        anchor,
    )


def _beside(middle: float, lines: int, drawn: Proportions) -> tuple[float, float, Anchor]:
    """Where a label stands at the side of its symbol, or above or below one in the middle."""
    anchor = _anchor(middle)
    x, y = _at(drawn.symbols_at, middle)
    away = drawn.symbol / 2 + drawn.aside
    if anchor != "middle":
        return x + away * _SIDE[anchor], y + drawn.line * (0.3 - (lines - 1) / 2), anchor
    return x, y - away - drawn.line * (lines - 1) if y < 0 else y + away + drawn.line * 0.72, anchor


def _ring(inner: float, outer: float, start: float, end: float, gap: float) -> str:
    """A piece of a ring between 2 angles, clockwise from the top, with half a gap kept clear at either side."""
    there = _arc(outer, start, end, gap, clockwise=True)
    back = _arc(inner, end, start, gap, clockwise=False)
    return f"M{there}L{back}Z"


def _arc(radius: float, start: float, end: float, gap: float, *, clockwise: bool) -> str:
    clear = gap / 2 / radius * (1 if clockwise else -1)
    (x1, y1), (x2, y2) = _at(radius, start + clear), _at(radius, end - clear)
    return f"{x1} {y1}A{radius:.2f} {radius:.2f} 0 0 {int(clockwise)} {x2} {y2}"


def _at(radius: float, angle: float) -> tuple[float, float]:
    return round(radius * sin(angle), 2), round(-radius * cos(angle), 2)


def _anchor(angle: float) -> Anchor:
    across = sin(angle)
    return "middle" if abs(across) < 0.1 else "start" if across > 0 else "end"


def _lines(title: str, longest: int) -> tuple[str, ...]:
    """A short title on 1 line, a longer one broken where its 2 lines differ least."""
    if len(title) <= longest:
        return (title,)
    words = title.split()
    breaks = range(1, len(words))
    best = min(breaks, key=lambda n: abs(len(" ".join(words[:n])) - len(" ".join(words[n:]))), default=len(words))
    return tuple(like(title, " ".join(line)) for line in (words[:best], words[best:]) if line)
