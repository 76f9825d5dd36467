"""What a layout is made of, and the grid that all of them stand on.

Lengths are inches on a slide of 13.333 by 7.5, sizes of type are points, colours are names of the
theme. A hanging grid holds everything together: a narrow side column for the clock, the groups and
what is needed, and a main column for what the room reads.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Literal

WIDTH, HEIGHT = 40 / 3, 7.5
LEFT = 0.8
FULL = 11.733
MAIN = 3.7
MAIN_WIDTH = LEFT + FULL - MAIN
SIDE_WIDTH = 2.5
TOP, BOTTOM = 2.1, 6.6
BODY = BOTTOM - TOP
QUOTE_HANG = 0.35
"""How far into the margin an opening quotation mark may hang."""
CELL_GAP = 0.15
"""Between the text of a cell and the column to its right."""

Colour = Literal["bg1", "tx1", "bg2", "tx2", "accent1", "accent2", "accent3"]
MUTED: Colour = "accent2"
HAIRLINE: Colour = "accent3"
BRAND: Colour = "accent1"


@dataclass(frozen=True)
class Box:
    """A rectangle in inches."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Level:
    """How one level of a placeholder is set; `before` is space above in points, `hang` inches of hanging indent."""

    size: float
    colour: Colour = "tx1"
    bold: bool = False
    mark: Literal["", "dash", "number"] = ""
    before: float = 0
    hang: float = 0
    align: Literal["l", "r", "ctr"] = "l"
    spacing: float = 1.0


NOTES = Box(0.75, 3.2, 6.0, 6.3)
"""Where speaker notes stand on a printed notes page of 7.5 by 10."""
NOTES_SIZES = (12, 11, 10, 9)


@dataclass(frozen=True)
class Column:
    """A column of a native table."""

    width: float
    align: Literal["l", "r"] = "l"
    colour: Colour = "tx1"
    wraps: bool = True


@dataclass(frozen=True)
class TableStyle:
    """How a table is set: from `size` down to `least` points, `pad` times the size above and below each row."""

    columns: tuple[Column, ...]
    size: float
    least: float
    pad: float
    header: float = 14
    wide: float = 1.0
    """How wide its type runs, as a multiple of Arial."""


@dataclass(frozen=True)
class Placeholder:
    """One placeholder, the slot of the HTML that fills it, and the least size of its first level.

    Placeholders that share a `group` are set at one scale. `index` is the placeholder's idx and
    `kind` its type as PresentationML has it; an empty kind is the general content placeholder.
    """

    slot: str
    kind: Literal["", "title", "ctrTitle", "subTitle", "body", "tbl"]
    index: int
    name: str
    prompt: str
    box: Box
    levels: tuple[Level, ...]
    least: float
    anchor: Literal["t", "ctr", "b"] = "t"
    group: str = ""
    table: TableStyle | None = None
    balanced: bool = False
    """Whether lines are made about equally long, as a heading's should be."""
    wide: float = 1.0
    """How wide its type runs, as a multiple of Arial."""
    flat: bool = False
    """Whether its slides take away the bullets and the indents that a template from elsewhere gives it."""
    ink: str = ""
    """The colour that its slides set, where that of a template from elsewhere cannot be read."""


@dataclass(frozen=True)
class Shape:
    """A rule or a panel of a layout: decorative, in a colour of the theme."""

    name: str
    box: Box
    colour: Colour


@dataclass(frozen=True)
class Foot:
    """A footer or a slide number of a layout, by its type and its idx; `ink` and `wide` as a placeholder has them.

    `box` and `level` say how much a footer of a template from elsewhere holds.
    """

    kind: Literal["ftr", "sldNum"]
    index: int
    ink: str = ""
    box: Box | None = None
    level: Level | None = None
    wide: float = 1.0


FEET = (Foot("ftr", 20), Foot("sldNum", 21))


@dataclass(frozen=True)
class Layout:
    """A slide layout. `kind` is its type as PresentationML has it, or empty for one of our own."""

    name: str
    kind: str
    placeholders: tuple[Placeholder, ...]
    shapes: tuple[Shape, ...] = ()
    dark: bool = False
    footer: bool = True
    symbol: Box | None = None
    timeline: Box | None = None
    timer: Box | None = None
    """Where a bar stands that wipes over the minutes when it is clicked; no less than 0.08 high."""
    logo: Box | None = None
    """Where a logo may stand on the light ground, with a quarter of its height clear around it."""
    logo_on_dark: Box | None = None
    """Where the variant for dark grounds stands; it then stands for the other."""
    feet: tuple[Foot, ...] = FEET
    part: str = ""
    """The part of the template that it is, where its name alone would not tell."""
    paint: Mapping[str, str] = field(default_factory=dict, hash=False)
    """What a template from elsewhere calls the colours that are named here, by our names of them."""

    def holds(self, slots: Collection[str]) -> bool:
        """Whether each of `slots` has a placeholder here."""
        return set(slots) <= {placeholder.slot for placeholder in self.placeholders}
