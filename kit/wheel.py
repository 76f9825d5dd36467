"""The wheel of themes: how much of a workshop works on each idea of the article, drawn to be counted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from math import cos, pi, sin
from typing import Literal

from kit.model.arrangements import Spoke, Wheel
from kit.model.article import Theme
from kit.model.language import joined_by, like
from kit.model.page import POINT, SlideShape
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
    """The radius of the circle of labels, or 0 where they stand in a column on either side."""
    aside: float
    """From the circle of labels, or from the outermost symbol, to a label."""
    size: float
    """Of the type of its labels."""
    line: float
    longest_line: int
    """Letters of a label beyond which it takes one more line."""
    most_lines: int = 2


@dataclass(frozen=True)
class Label:
    """The title of a theme: its lines, and where the baseline of the first begins, ends or has its middle."""

    lines: tuple[str, ...]
    x: float
    y: float
    anchor: Anchor
    leader: str = ""
    """The SVG path of a line to it from its symbol."""


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
    height=128,
    hub=9,
    rim=39,
    gap=1.2,
    symbol=10,
    symbols_at=47,
    labels_at=0,
    aside=10,
    size=24 * POINT,
    line=9,
    longest_line=22,
)
"""Words to be read from the back of a room, on a sheet that is wide enough for them."""
ON_A_NARROW_SLIDE = Proportions(
    width=223,
    height=132,
    hub=7,
    rim=32,
    gap=1,
    symbol=8,
    symbols_at=38,
    labels_at=0,
    aside=6,
    size=24 * POINT,
    line=9,
    longest_line=15,
    most_lines=3,
)
"""The same on a slide of 4:3."""
ON_SLIDES: Mapping[SlideShape, Proportions] = {"16:9": ON_A_SLIDE, "4:3": ON_A_NARROW_SLIDE}
_CLEAR = 0.55
"""Between 2 labels, in their lines: 2 titles are not to read as 1."""
_ABOVE = 0.8
"""How far letters reach above their baseline, in sizes of their type."""


def wheel(workshop: Workshop, drawn: Proportions = ON_PAPER) -> Wheel:
    """The themes in the article's order, clockwise from the top, with a filled ring for each block on a theme."""
    counts = [_blocks_on(theme, workshop) for theme in workshop.article.themes]
    rings = max(FEWEST_RINGS, *(len(titles) for titles in counts))
    titles = tuple(_lines(theme.title, drawn) for theme in workshop.article.themes)
    labels = _around(titles, drawn) if drawn.labels_at else _in_columns(titles, drawn)
    spokes = tuple(
        _spoke(theme, len(blocks), rings, drawn, (angle, pi / len(counts)), label)
        for theme, blocks, angle, label in zip(
            workshop.article.themes, counts, _angles(len(counts)), labels, strict=True
        )
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


def _angles(count: int) -> list[float]:
    """Those of the spokes, clockwise from the top."""
    return [2 * pi * position / count for position in range(count)]


def _spoke(
    theme: Theme, blocks: int, rings: int, drawn: Proportions, angle: tuple[float, float], label: Label
) -> Spoke:
    middle, half = angle
    depth = (drawn.rim - drawn.hub + drawn.gap) / rings
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
        label=label.lines,
        label_x=round(label.x, 2),
        label_y=round(label.y, 2),
        anchor=label.anchor,
        leader=label.leader,
    )


def _around(labels: Sequence[tuple[str, ...]], drawn: Proportions) -> Iterator[Label]:
    """Where labels stand on the circle of labels, which has room for all however many lines they have."""
    for middle, label in zip(_angles(len(labels)), labels, strict=True):
        anchor = _anchor(middle)
        x, y = _at(drawn.labels_at, middle)
        # A label above the wheel ends where it is anchored, one below begins there, and one beside it is centred.
        rise = (1 - cos(middle)) / 2
        down = drawn.line * (0.72 - (1 - rise) * len(label) - rise * 0.4)
        yield Label(label, x + drawn.aside * _SIDE[anchor], y + down, anchor)


def _in_columns(labels: Sequence[tuple[str, ...]], drawn: Proportions) -> Iterator[Label]:
    """Where labels stand in a column on either side, each as near to the height of its symbol as its neighbours let it.

    A line leads from the symbol to its label. One above or below the wheel stands by itself.
    """
    angles = _angles(len(labels))
    tops: dict[int, float] = {}
    for anchored in ("start", "end"):
        column = sorted(
            (at for at, angle in enumerate(angles) if _anchor(angle) == anchored),
            key=lambda at: _at(drawn.symbols_at, angles[at])[1],
        )
        wanted = [_at(drawn.symbols_at, angles[at])[1] - _height(labels[at], drawn) / 2 for at in column]
        tops |= dict(zip(column, _apart(wanted, [_height(labels[at], drawn) for at in column], drawn), strict=True))
    for at, (middle, label) in enumerate(zip(angles, labels, strict=True)):
        anchor = _anchor(middle)
        x, y = _at(drawn.symbols_at, middle)
        away = drawn.symbol / 2 + drawn.line * 0.2
        if anchor == "middle":
            above = y - away - _height(label, drawn)
            yield Label(label, x, (above if y < 0 else y + away) + _ABOVE * drawn.size, anchor)
            continue
        side = _SIDE[anchor]
        column_x = (drawn.symbols_at + drawn.symbol / 2 + drawn.aside) * side
        height = tops[at] + _height(label, drawn) / 2
        leader = f"M{x + (drawn.symbol * 0.6) * side:.2f} {y:.2f}L{column_x - drawn.gap * 1.5 * side:.2f} {height:.2f}"
        yield Label(label, column_x, tops[at] + _ABOVE * drawn.size, anchor, leader)


def _height(label: tuple[str, ...], drawn: Proportions) -> float:
    return drawn.line * len(label)


def _apart(wanted: Sequence[float], heights: Sequence[float], drawn: Proportions) -> list[float]:
    """Tops of labels one below the other, none too close to the next, each as near as may be to where it is wanted."""
    # Places are rounded, and are not to be rounded out of the drawing.
    edge = drawn.height / 2 - 0.1
    clear = min(_CLEAR * drawn.line, (2 * edge - sum(heights)) / max(1, len(heights) - 1))
    tops = list(wanted)
    least = -edge
    for at, height in enumerate(heights):
        tops[at] = max(tops[at], least)
        least = tops[at] + height + clear
    most = edge
    for at in reversed(range(len(tops))):
        tops[at] = min(tops[at], most - heights[at])
        most = tops[at] - clear
    return tops


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


def _lines(title: str, drawn: Proportions) -> tuple[str, ...]:
    """A title in as few lines as keep to the longest, or in the most that may be, broken where they differ least."""
    words = title.split()
    for count in range(1, min(drawn.most_lines, len(words)) + 1):
        ways = [
            tuple(" ".join(words[first:end]) for first, end in pairwise((0, *cuts, len(words))))
            for cuts in combinations(range(1, len(words)), count - 1)
        ]
        best = min(ways, key=lambda lines: max(map(len, lines)) - min(map(len, lines)))
        if max(map(len, best)) <= drawn.longest_line:
            break
    return tuple(like(title, line) for line in best)
