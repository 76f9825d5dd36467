"""Slides as data: what `read` finds in the HTML and `write` turns into PowerPoint's own objects."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from kit.diagnostics import Place


@dataclass(frozen=True)
class Run:
    """Words of one style. `accent` sets them in the brand colour, `link` leads to a slide (`#its-id`) or a page."""

    text: str
    bold: bool = False
    italic: bool = False
    accent: bool = False
    link: str = ""


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


Operation = tuple[str, tuple[tuple[float, float], ...]]
"""A step of an outline as fontTools’ pens know it, with its points: `("lineTo", ((1, 2),))`."""


@dataclass(frozen=True)
class Mark:
    """A shape of a figure, in millimetres from the figure's top left corner.

    Colours are names of the theme's; an empty one is none.
    """

    kind: Literal["rect", "ellipse", "line", "outline"]
    box: tuple[float, float, float, float]
    """x, y, width, height; a line runs from corner to corner of it."""
    fill: str
    stroke: str
    stroke_width: float
    outline: tuple[Operation, ...] = ()
    """Of an outline, where it runs."""
    rises: bool = False
    """Whether a line runs from the bottom left."""


@dataclass(frozen=True)
class Label:
    """Words of a figure, in millimetres from its top left corner."""

    lines: tuple[str, ...]
    x: float
    """Where its lines begin, end or have their middle."""
    y: float
    """The baseline of its first line."""
    size: float
    """Of its type, in millimetres."""
    colour: str
    anchor: str
    """`start`, `middle` or `end`"""


@dataclass(frozen=True)
class Figure:
    """A drawing of shapes and words, with what it shows in words. Lengths are millimetres."""

    alt: str
    width: float
    height: float
    parts: tuple[Mark | Label, ...]


@dataclass(frozen=True)
class Series:
    """The values of a chart under one name, one for each of its categories; None where one is not known."""

    name: str
    values: tuple[float | None, ...]


@dataclass(frozen=True)
class Chart:
    """A chart of bars, one for each category and series, with what it shows in words."""

    alt: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    decimals: int = 0
    most: float | None = None
    """The end of the scale, which begins at 0; None where the longest bar decides."""


@dataclass(frozen=True)
class Span:
    """A block on the timeline; `x` and `width` are fractions of the whole."""

    x: float
    width: float
    quiet: bool
    here: bool = False
    """Whether it is the block that the slide begins."""
    priority: str = "must"
    """`must`, `should` or `could`."""


@dataclass(frozen=True)
class TimelineStrip:
    """The session to scale: blocks, and labels of the clock below them."""

    spans: tuple[Span, ...]
    ticks: tuple[tuple[float, str], ...]
    alt: str


@dataclass(frozen=True)
class Timer:
    """How long a bar takes to wipe away, in minutes, and what it is in words."""

    minutes: int
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
    figure: Figure | None = None
    chart: Chart | None = None
    timer: Timer | None = None
    back: Run | None = None
    """A link for the foot, to where the slide was jumped to from."""
    notes: tuple[Paragraph, ...] = ()
    first: int = 1
    """The number of its first numbered point."""
    hidden: bool = False
    """Whether the show passes over it; it can still be jumped to."""
