"""Whether text fits its placeholder, and at what size: measured, since no PowerPoint is at hand to ask.

Widths come from `widths.json`. Lines are counted in 98.5% of the width and stand 1.2 em apart, both a
little more than any program needs, so what fits here fits there.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from math import ceil

from kit.render.deck.grid import CELL_GAP, Level, Placeholder, TableStyle
from kit.render.deck.slides import Paragraph, Row, Run, Table

POINTS = 72
PITCH = 1.2
"""Distance of lines in ems at single spacing."""
_USABLE = 0.985
_SLACK = 1.04
"""Between two near ties the longer first line reads better, so balanced text gets a little more than it needs."""
_HAIR = 0.01
"""Inches more than a column needs, so that what fits it is not broken by the rounding of numbers."""
_STEPS = 20
"""How many widths are tried between the one that balances a text and all that it may have."""
_LEAST_OF_ALL = 12
_BREAKS = re.compile(r"[^\s\-–—/]*[\-–—/]+|[^\s\-–—/]+|\s+")


@dataclass(frozen=True)
class Fitted:
    """The sizes of a placeholder's levels in points, and by how many lines the text is too long (0: it fits)."""

    sizes: tuple[float, ...]
    over: int


@dataclass(frozen=True)
class FittedTable:
    """The size of a table's text, its rows' heights in inches (header first), and the lines it has too many."""

    size: float
    pad: float
    heights: tuple[float, ...]
    over: int


@lru_cache(maxsize=1)
def _widths() -> dict[bool, dict[str, int]]:
    table = json.loads(resources.files(__package__).joinpath("widths.json").read_text("utf-8"))
    return {False: table["regular"], True: table["bold"]}


def advance(text: str, size: float, bold: bool = False) -> float:
    """The width of `text` on one line, in points. A character the table lacks counts as a full em."""
    return _thousandths(text, bold) * size / 1000


@lru_cache(maxsize=20_000)
def _thousandths(text: str, bold: bool) -> int:
    """The width of `text` in thousandths of an em: a word is asked for at many sizes, and again on other slides."""
    widths = _widths()[bold]
    return sum(widths.get(char, 1000) for char in text)


@lru_cache(maxsize=20_000)
def _pieces(runs: tuple[Run, ...], bold: bool) -> tuple[tuple[int, bool], ...]:
    """Unbreakable pieces as (width in thousandths of an em, is space); pieces of neighbouring runs are joined.

    Kept, since the same words are measured at many sizes and in many layouts.
    """
    pieces: list[tuple[int, bool, bool]] = []
    for run in runs:
        for found in _BREAKS.finditer(run.text):
            piece = found.group()
            space, closed = piece.isspace(), piece[-1] in "-–—/"
            width = _thousandths(piece, bold or run.bold)
            if pieces and found.start() == 0 and not space and not pieces[-1][1] and not pieces[-1][2]:
                pieces[-1] = (pieces[-1][0] + width, False, closed)
            else:
                pieces.append((width, space, closed))
    return tuple((width, space) for width, space, _ in pieces)


def _widest(runs: Sequence[Run], size: float, bold: bool) -> float:
    """The width in points of the longest unbreakable piece."""
    return max((width for width, space in _pieces(tuple(runs), bold) if not space), default=0) * size / 1000


def lines(runs: Sequence[Run], size: float, width: float, bold: bool = False) -> int:
    """How many lines `runs` take at `size` points in `width` inches."""
    return _set(runs, size, width, bold)[0]


def _set(runs: Sequence[Run], size: float, width: float, bold: bool) -> tuple[int, int]:
    """How many lines `runs` take, and how many of them end within a word, as at a hyphen."""
    room = width * POINTS * _USABLE / size * 1000
    count, parted, used, gap = 1, 0, 0.0, 0.0
    for piece, space in _pieces(tuple(runs), bold):
        if space:
            gap = piece
            continue
        if used and used + gap + piece > room:
            parted += not gap
            count, used, gap = count + 1, 0.0, 0.0
        if piece > room:
            count += ceil(piece / room) - 1
        used += gap + (piece % room if piece > room else piece)
        gap = 0.0
    return count, parted


def balanced(runs: Sequence[Run], size: float, width: float, bold: bool) -> float:
    """The width in inches, at most `width`, in which `runs` take no more lines but of about equal length.

    It is somewhat wider where else a line would end at a hyphen and need not.
    """
    count = lines(runs, size, width, bold)
    if count == 1:
        return width
    low, high = max(width / count / 2, min(width, _widest(runs, size, bold) / POINTS / _USABLE)), width
    while high - low > 0.02:
        middle = (low + high) / 2
        if lines(runs, size, middle, bold) > count:
            low = middle
        else:
            high = middle
    kept = min(width, high * _SLACK)
    wider = (kept + (width - kept) * step / _STEPS for step in range(_STEPS + 1))
    return min(wider, key=lambda each: _set(runs, size, each, bold)[1])


def _level(levels: Sequence[Level], paragraph: Paragraph) -> int:
    return min(paragraph.level, len(levels)) - 1


def height(paragraphs: Sequence[Paragraph], levels: Sequence[Level], sizes: Sequence[float], width: float) -> float:
    """How tall `paragraphs` are in points. Space above does not shrink with the type; the first has none."""
    total = 0.0
    for place, paragraph in enumerate(paragraphs):
        at = _level(levels, paragraph)
        level, size = levels[at], sizes[at]
        count = lines(paragraph.runs, size, width - level.hang, level.bold)
        total += count * size * PITCH * level.spacing
        if place:
            total += level.before
    return total


def ladder(levels: Sequence[Level], least: float, used: Iterable[int]) -> list[tuple[float, ...]]:
    """The sizes to try, largest first: the largest level in use loses a point at each rung."""
    biggest = max((levels[at].size for at in used), default=levels[0].size)
    floor = least / levels[0].size
    rungs: list[tuple[float, ...]] = []
    size = biggest
    while size / biggest >= floor - 1e-9:
        scale = size / biggest
        rungs.append(tuple(max(min(level.size, _LEAST_OF_ALL), round(level.size * scale)) for level in levels))
        size -= 1
    return rungs


def font_scale(usual: Sequence[float], sizes: Sequence[float]) -> int | None:
    """The scale, in thousandths of a per cent, by which PowerPoint makes each of `usual` one of `sizes`.

    It sets type in whole points, half a point upwards. None where no single scale does that.
    """
    least = max((size - 0.5) / whole for size, whole in zip(sizes, usual, strict=True))
    most = min((size + 0.5) / whole for size, whole in zip(sizes, usual, strict=True))
    if tuple(sizes) == tuple(usual):
        return 100_000
    return round((least + most) / 2 * 100_000) if least < most and least < 1 else None


def fit(placeholder: Placeholder, paragraphs: tuple[Paragraph, ...]) -> Fitted:
    """The largest sizes at which `paragraphs` fit `placeholder`."""
    return fit_together(((placeholder, paragraphs),))[0]


@lru_cache(maxsize=20_000)
def fit_together(group: tuple[tuple[Placeholder, tuple[Paragraph, ...]], ...]) -> tuple[Fitted, ...]:
    """The largest rung of the ladder at which each placeholder holds its paragraphs, the same for all.

    Kept, since plans share activities: most of what stands on a slide stands on slides of others too.
    """
    ladders = [
        ladder(placeholder.levels, placeholder.least, {_level(placeholder.levels, p) for p in paragraphs})
        for placeholder, paragraphs in group
    ]
    last = min(len(rungs) for rungs in ladders) - 1
    for rung in range(last + 1):
        over = tuple(
            _over(placeholder, paragraphs, rungs[rung])
            for (placeholder, paragraphs), rungs in zip(group, ladders, strict=True)
        )
        if not any(over) and not any(
            _parts_a_word(placeholder, paragraphs, rungs[rung])
            for (placeholder, paragraphs), rungs in zip(group, ladders, strict=True)
        ):
            break
    return tuple(Fitted(rungs[rung], lines_over) for rungs, lines_over in zip(ladders, over, strict=True))


def _parts_a_word(placeholder: Placeholder, paragraphs: Sequence[Paragraph], sizes: Sequence[float]) -> bool:
    """Whether a word of a heading is wider than its box; elsewhere only an address is."""
    if not placeholder.balanced:
        return False
    level = placeholder.levels[0]
    room = (placeholder.box.width / placeholder.wide - level.hang) * POINTS * _USABLE
    return any(_widest(paragraph.runs, sizes[0], level.bold) > room for paragraph in paragraphs)


def _over(placeholder: Placeholder, paragraphs: Sequence[Paragraph], sizes: Sequence[float]) -> int:
    tall = height(paragraphs, placeholder.levels, sizes, placeholder.box.width / placeholder.wide)
    # The last line needs no room below its descenders, so a box holds a tenth of a line more than its height.
    room = placeholder.box.height * POINTS + 0.1 * sizes[0]
    last = max((_level(placeholder.levels, p) for p in paragraphs), default=0)
    return max(0, ceil((tall - room) / (sizes[last] * PITCH) - 1e-9))


@lru_cache(maxsize=5_000)
def fit_table(style: TableStyle, table: Table, room: float) -> FittedTable:
    """The largest size at which `table` fits `room` inches of height with no clock or minutes broken in two."""
    header = style.header * PITCH + 8
    limit = room * POINTS
    sizes = [style.size - step for step in range(int(style.size - style.least) + 1)]
    rungs = [(size, size * style.pad * share) for size in sizes for share in (1, 0.6)]
    for size, pad in (*rungs, (style.least, style.least * style.pad * 0.25)):
        rows = [_row_height(style, row, size) + 2 * pad for row in table.rows]
        tall = header + sum(rows)
        if tall <= limit and not any(_breaks(style, row, size) for row in table.rows):
            break
    over = max(0, ceil((tall - limit) / (size * PITCH)))
    return FittedTable(size, pad, tuple(points / POINTS for points in (header, *rows)), over)


def width_of_column(style: TableStyle, table: Table, number: int) -> float:
    """The width in inches in which no cell of a column has a second line at full size, the header aside."""
    cells = (paragraph for row in table.rows for paragraph in row.cells[number])
    widest = max((sum(advance(run.text, style.size, run.bold) for run in cell.runs) for cell in cells), default=0.0)
    return widest / POINTS / _USABLE * style.wide + CELL_GAP + _HAIR


def _row_height(style: TableStyle, row: Row, size: float) -> float:
    return max(_cell_lines(style, row, size)) * size * PITCH


def _breaks(style: TableStyle, row: Row, size: float) -> bool:
    counts = _cell_lines(style, row, size)
    return any(count > 1 and not column.wraps for count, column in zip(counts, style.columns, strict=True))


def _cell_lines(style: TableStyle, row: Row, size: float) -> tuple[int, ...]:
    return tuple(
        sum(lines(paragraph.runs, size, (column.width - CELL_GAP) / style.wide) for paragraph in cell)
        for cell, column in zip(row.cells, style.columns, strict=True)
    )
