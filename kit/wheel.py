"""The wheel of themes: how much of a workshop works on each idea of the article, drawn to be counted."""

from __future__ import annotations

from collections.abc import Iterator
from math import cos, pi, sin
from typing import Literal

from kit.model.arrangements import Spoke, Wheel
from kit.model.article import Theme
from kit.model.language import joined_by, like
from kit.model.workshop import Workshop

# Millimetres.
WIDTH = 170.0
HEIGHT = 106.0
HUB = 8.0
RIM = 33.0
FEWEST_RINGS = 3
GAP = 0.9
"""Between 2 spokes, and between 2 rings."""
SYMBOL = 8.0
SYMBOLS_AT = RIM + 6.5
LABELS_AT = RIM + 12.5
ASIDE = 1.8
"""From a symbol to the label beside it, where the 2 come close."""
LINE = 4.6
LONGEST_LINE = 19
"""Letters of a label beyond which it takes a second line."""


def wheel(workshop: Workshop) -> Wheel:
    """The themes in the article's order, clockwise from the top, with a filled ring for each block on a theme."""
    counts = [_blocks_on(theme, workshop) for theme in workshop.article.themes]
    rings = max(FEWEST_RINGS, *(len(titles) for titles in counts))
    spokes = tuple(
        _spoke(theme, len(titles), position, len(counts), rings)
        for position, (theme, titles) in enumerate(zip(workshop.article.themes, counts, strict=True))
    )
    return Wheel(
        width=WIDTH,
        height=HEIGHT,
        symbol=SYMBOL,
        line=LINE,
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


def _spoke(theme: Theme, blocks: int, position: int, of: int, rings: int) -> Spoke:
    middle = 2 * pi * position / of
    half = pi / of
    depth = (RIM - HUB + GAP) / rings
    anchor, label = _anchor(middle), _lines(theme.title)
    x, y = _at(LABELS_AT, middle)
    x += {"start": ASIDE, "middle": 0, "end": -ASIDE}[anchor]
    # A label above the wheel ends where it is anchored, one below begins there, and one beside it is centred.
    rise = (1 - cos(middle)) / 2
    top = y + LINE * 0.72 - (1 - rise) * LINE * len(label) - rise * LINE * 0.4
    return Spoke(
        theme=theme.id,
        symbol=theme.symbol,
        blocks=blocks,
        rings=tuple(
            _ring(HUB + ring * depth, HUB + (ring + 1) * depth - GAP, middle - half, middle + half)
            for ring in range(rings)
        ),
        symbol_x=_at(SYMBOLS_AT, middle)[0],
        symbol_y=_at(SYMBOLS_AT, middle)[1],
        label=label,
        label_x=round(x, 2),
        label_y=round(top, 2),
        anchor=anchor,
    )


def _ring(inner: float, outer: float, start: float, end: float) -> str:
    """A piece of a ring between 2 angles, clockwise from the top, with half a gap kept clear at either side."""
    there = _arc(outer, start, end, clockwise=True)
    back = _arc(inner, end, start, clockwise=False)
    return f"M{there}L{back}Z"


def _arc(radius: float, start: float, end: float, *, clockwise: bool) -> str:
    clear = GAP / 2 / radius * (1 if clockwise else -1)
    (x1, y1), (x2, y2) = _at(radius, start + clear), _at(radius, end - clear)
    return f"{x1} {y1}A{radius:.2f} {radius:.2f} 0 0 {int(clockwise)} {x2} {y2}"


def _at(radius: float, angle: float) -> tuple[float, float]:
    return round(radius * sin(angle), 2), round(-radius * cos(angle), 2)


def _anchor(angle: float) -> Literal["start", "middle", "end"]:
    across = sin(angle)
    return "middle" if abs(across) < 0.1 else "start" if across > 0 else "end"


def _lines(title: str) -> tuple[str, ...]:
    """A short title on 1 line, a longer one broken where its 2 lines differ least."""
    if len(title) <= LONGEST_LINE:
        return (title,)
    words = title.split()
    breaks = range(1, len(words))
    best = min(breaks, key=lambda n: abs(len(" ".join(words[:n])) - len(" ".join(words[n:]))), default=len(words))
    return tuple(like(title, " ".join(line)) for line in (words[:best], words[best:]) if line)
