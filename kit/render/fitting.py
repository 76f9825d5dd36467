"""How large words may be set in a box, from the advance widths of their font.

What comes of it is a first guess, and an order in which to try: the laid-out page has the last word.
"""

from __future__ import annotations

import importlib
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO

from kit.render.pdf import TOLERANCE_MM

MM_PER_PT = 25.4 / 72
HOPE = 0.98
"""Widths are taken a little short of their sum, since kerning closes letters up. A setting that hopes for
too much costs one more layout; one that hopes for too little would leave the words smaller than they fit."""
SLACK = 1.015
"""A balanced line is given a little more than its words need, for the same reason."""

_PIECE = re.compile(r"(\s*)(\S+?(?:[\u2013\u2014](?=\w)|(?=\s|$)))")
"""The space before a piece that no line breaks, and the piece. Hyphened words stay whole on a card."""


@dataclass(frozen=True)
class Setting:
    """How a text is set: its size in pt, and the width that its lines may take in mm."""

    size: float
    measure: float


@dataclass(frozen=True)
class Face:
    """Advance widths of a font in em, by code point."""

    advances: Mapping[int, float]
    missing: float
    letter_spacing: float = 0
    word_spacing: float = 0

    def width(self, text: str) -> float:
        drawn = sum(self.advances.get(ord(character), self.missing) for character in text)
        return drawn + len(text) * self.letter_spacing + text.count(" ") * self.word_spacing


def read_face(font: bytes) -> Face:
    """The advance widths of a TrueType font."""
    # Loaded here and not above: commands that draw nothing need not pay for it.
    ttlib = importlib.import_module("fontTools.ttLib")
    with ttlib.TTFont(BytesIO(font), lazy=True) as ttf:
        em, metrics = ttf["head"].unitsPerEm, ttf["hmtx"]
        advances = {code: metrics[glyph][0] / em for code, glyph in ttf.getBestCmap().items()}
        return Face(advances, metrics[".notdef"][0] / em)


def settings(
    text: str,
    width: float,
    height: float,
    sizes: Sequence[float],
    face: Face,
    *,
    leading: float,
    hang: float = 0,
    balanced: bool = True,
) -> tuple[Setting, ...]:
    """The settings to try for `text` in a box of `width` by `height` mm, the best first.

    They begin at the largest size that may fit and end at the smallest of `sizes`. Each size of a `balanced`
    text comes twice: first with its lines drawn in to about equal lengths, so that no word stands alone on
    the last line, then with the whole width of the box.
    """
    pieces = tuple((face.width(space), face.width(piece)) for space, piece in _PIECE.findall(text))
    found: list[Setting] = []
    for size in sizes:
        em = size * MM_PER_PT
        room = width / em - hang
        hoped = _lines(pieces, room / HOPE)
        smallest = size == sizes[-1]
        if not found and not smallest and (hoped is None or hoped * leading * em > height + TOLERANCE_MM):
            continue
        drawn_in = (_narrowest(pieces, room) * SLACK + hang) * em
        if balanced and drawn_in < width:
            found.append(Setting(size, round(drawn_in, 2)))
        found.append(Setting(size, width))
    return tuple(found)


def _lines(pieces: Sequence[tuple[float, float]], room: float) -> int | None:
    """How many lines the pieces (space before, width) fill; None when one is wider than `room`."""
    lines, used = 0, math.inf
    for space, width in pieces:
        if width > room:
            return None
        if used + space + width > room:
            lines, used = lines + 1, width
        else:
            used += space + width
    return lines


def _narrowest(pieces: Sequence[tuple[float, float]], room: float) -> float:
    """The least room that takes no more lines than `room` does; `room` itself for a single line."""
    wanted = _lines(pieces, room)
    if wanted is None or wanted < 2:
        return room
    least, most = room / wanted / 2, room
    while most - least > 0.01:
        middle = (least + most) / 2
        lines = _lines(pieces, middle)
        if lines is not None and lines <= wanted:
            most = middle
        else:
            least = middle
    return most
