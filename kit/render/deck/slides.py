"""Slides as data: what `read` finds in the HTML and `write` turns into PowerPoint's own objects."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from kit.diagnostics import Place


@dataclass(frozen=True)
class Run:
    """Words of one style. `accent` sets them in the brand colour."""

    text: str
    bold: bool = False
    italic: bool = False
    accent: bool = False


@dataclass(frozen=True)
class Paragraph:
    """One paragraph. `level` counts from 1 and chooses among the levels of its placeholder."""

    runs: tuple[Run, ...]
    level: int = 1
    mark: Literal["", "bullet", "number", "heading"] = ""
    """Only speaker notes use it; on a slide the placeholder's level decides."""

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


Cell = tuple[Paragraph, ...]


@dataclass(frozen=True)
class Row:
    """A row of a table; a quiet row (a break in the agenda) is set in the muted colour."""

    cells: tuple[Cell, ...]
    quiet: bool = False


@dataclass(frozen=True)
class Table:
    """A table: a header row, and rows with as many cells."""

    header: Row
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Symbol:
    """A drawing of strokes: SVG path data in a square or oblong view box (x, y, width, height)."""

    paths: tuple[str, ...]
    box: tuple[float, float, float, float]
    stroke: float
    """Width of the stroke in units of the view box."""


@dataclass(frozen=True)
class Span:
    """A block on the timeline; `x` and `width` are fractions of the whole."""

    x: float
    width: float
    quiet: bool
    here: bool = False
    """Whether it is the block that the slide begins."""


@dataclass(frozen=True)
class TimelineStrip:
    """The session to scale: blocks, and labels of the clock below them."""

    spans: tuple[Span, ...]
    ticks: tuple[tuple[float, str], ...]
    alt: str


@dataclass(frozen=True)
class Slide:
    """One slide. `text` and `tables` are keyed by slot; a slot that is missing stays off the slide."""

    id: str
    layout: str
    section: str
    title: str
    place: Place | None
    text: Mapping[str, tuple[Paragraph, ...]] = field(default_factory=dict)
    tables: Mapping[str, Table] = field(default_factory=dict)
    symbols: Mapping[str, Symbol] = field(default_factory=dict)
    """By where they stand: `theme`, or the panel `left` or `right`."""
    timeline: TimelineStrip | None = None
    notes: tuple[Paragraph, ...] = ()
    first: int = 1
    """The number of its first numbered point."""
    hidden: bool = False
    """Whether the show passes over it; it can still be jumped to."""
