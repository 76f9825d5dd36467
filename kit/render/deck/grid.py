"""What a layout is made of, and the grid that all of them stand on.

Lengths are inches, sizes of type are points, colours are names of the
theme.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from kit.model.page import SlideShape

WIDTH, HEIGHT = 40 / 3, 7.5
QUOTE_HANG = 0.35
"""How far into the margin an opening quotation mark may hang."""
CELL_GAP = 0.15
"""Between the text of a cell and the column to its right."""


Colour = Literal["bg1", "tx1", "bg2", "tx2", "accent1", "accent2", "accent3"]
Mark = Literal["", "dash", "number", "box"]
"""What stands before a paragraph: nothing, a dash, its number, or a box to tick."""
PlaceholderKind = Literal["", "title", "ctrTitle", "subTitle", "body", "tbl", "chart", "pic"]
MUTED: Colour = "accent2"
TINT: Colour = "bg2"
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
class Grid:
    """Where things stand on slides of one shape, `width` by 7.5 inches.

    The same layouts are composed on 3 grids. On our wide slides a side column holds the title and all that is looked
    up (clock, groups, materials), and what the room reads has the main column to itself. A narrow slide has no width
    for that: there the title stands above. So it does on templates from elsewhere, which have a place for it.
    """

    width: float
    margin: float
    kicker: Box
    title: Box
    """Beside or above a list or a table of steps."""
    heading: Box
    """A title that stands above, whatever the grid."""
    list: Box
    """What a title has to itself."""
    work: Box
    """What has the time, the groups and the materials beside it or above it."""
    below: Box
    """What stands below a `heading`."""
    time: Box
    timer: Box
    groups: Box
    need: Box
    caption: Box
    ground: Box
    """The quiet ground of a working slide’s side column, or of its head."""
    foot: float
    """Where the footer begins on such a slide."""
    bottom: float = 6.7
    """Where content ends; below it stand the footer and the number."""

    @property
    def full(self) -> float:
        return self.width - 2 * self.margin

    @property
    def list_title(self) -> Box:
        """The title where nothing but a list stands with it."""
        if self.narrow:
            return Box(self.title.x, self.title.y, self.full, self.title.height)
        return self.title if self.title.width > self.full / 2 else replace(self.title, height=2.5)

    @property
    def right(self) -> float:
        return self.width - self.margin

    @property
    def narrow(self) -> bool:
        return self.width < 12


WIDE = Grid(
    WIDTH,
    margin=0.75,
    kicker=Box(0.75, 0.6, 3.1, 0.3),
    title=Box(0.75, 0.95, 3.1, 1.75),
    heading=Box(0.75, 0.6, 11.833, 1.0),
    list=Box(4.65, 0.95, 7.933, 5.75),
    work=Box(4.65, 0.7, 7.933, 6.0),
    below=Box(0.75, 1.7, 11.833, 5.1),
    time=Box(0.75, 2.85, 3.1, 1.1),
    timer=Box(0.75, 4.08, 3.1, 0.12),
    groups=Box(0.75, 4.4, 3.1, 1.0),
    need=Box(0.75, 5.5, 3.1, 1.45),
    caption=Box(0.75, 3.6, 3.1, 3.1),
    ground=Box(0, 0, 4.2, HEIGHT),
    foot=4.65,
)
"""16:9."""
NARROW = Grid(
    10.0,
    margin=0.6,
    kicker=Box(0.6, 0.42, 5.2, 0.3),
    title=Box(0.6, 0.75, 5.2, 1.0),
    heading=Box(0.6, 0.5, 8.8, 1.0),
    list=Box(0.6, 1.95, 8.8, 4.8),
    work=Box(0.6, 2.95, 8.8, 3.85),
    below=Box(0.6, 1.6, 8.8, 5.2),
    time=Box(0.6, 1.82, 2.6, 0.82),
    timer=Box(3.3, 1.98, 2.4, 0.12),
    groups=Box(6.2, 0.42, 3.2, 0.98),
    need=Box(6.2, 1.42, 3.2, 1.3),
    caption=Box(0.6, 5.6, 8.8, 1.1),
    ground=Box(0, 0, 10.0, 2.8),
    foot=0.6,
)
"""4:3."""
GRIDS: Mapping[SlideShape, Grid] = {"16:9": WIDE, "4:3": NARROW}
HOSTED = Grid(
    WIDTH,
    margin=0.75,
    kicker=Box(0.75, 0.42, 11.833, 0.34),
    title=Box(0.75, 0.82, 11.833, 1.1),
    heading=Box(0.75, 0.82, 11.833, 1.1),
    list=Box(0.75, 2.1, 11.833, 4.5),
    work=Box(3.75, 2.1, 8.833, 4.5),
    below=Box(0.75, 2.1, 11.833, 4.5),
    time=Box(0.75, 2.1, 2.6, 1.15),
    timer=Box(0.75, 3.3, 2.6, 0.1),
    groups=Box(0.75, 3.5, 2.6, 1.3),
    need=Box(0.75, 4.9, 2.6, 1.7),
    caption=Box(0.75, 2.1, 2.6, 4.5),
    ground=Box(0, 0, 0, 0),
    foot=0.75,
)
"""For what is added to a template from elsewhere."""


@dataclass(frozen=True)
class Level:
    """How one level of a placeholder is set; `before` is space above in points, `hang` inches of hanging indent."""

    size: float
    colour: Colour = "tx1"
    bold: bool = False
    mark: Mark = ""
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
    kind: PlaceholderKind
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
    panel_symbols: tuple[Box, ...] = ()
    """Where the symbols of 2 panels stand, the left one first."""
    timeline: Box | None = None
    back: Box | None = None
    """Where a link back to the agenda stands that has no footer to stand in."""
    timer: Box | None = None
    """Where a bar stands that wipes over the minutes when it is clicked; no less than 0.08 high."""
    """Where the bars of the agenda stand beside its table, and on a section slide the strip of where we are."""
    diagram: Box | None = None
    """Where shapes of PowerPoint’s own are drawn that are no text."""
    chart: Box | None = None
    logo: Box | None = None
    """Where a logo may stand on the light ground, with a quarter of its height clear around it."""
    logo_on_dark: Box | None = None
    """Where the variant for dark grounds stands; it then stands for the other."""
    feet: tuple[Foot, ...] = FEET
    foot_left: float | None = None
    """Where the footer begins, if not at the margin."""
    foot_ink: Colour = MUTED
    part: str = ""
    """The part of the template that it is, where its name alone would not tell."""
    paint: Mapping[str, str] = field(default_factory=dict, hash=False)
    """What a template from elsewhere calls the colours that are named here, by our names of them."""

    def holds(self, slots: Collection[str]) -> bool:
        """Whether each of `slots` has a placeholder here."""
        return set(slots) <= {placeholder.slot for placeholder in self.placeholders}
