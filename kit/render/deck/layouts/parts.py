"""What several layouts have in common: titles, the line above them, points, the source of something."""

from __future__ import annotations

from typing import Literal

from kit.render.deck.grid import (
    BRAND,
    MUTED,
    Box,
    Colour,
    Grid,
    Level,
    Mark,
    Placeholder,
    PlaceholderKind,
    Shape,
)

LEAST_READ = 24
"""Points: what is read from the back of the room is no smaller."""
LEAST_STEP = 20
LEAST_SIDE = 18
"""What is looked up beside the steps: groups and materials."""
LABEL = Level(14, BRAND, bold=True)
"""A label above what it names."""


def text(
    slot: str,
    index: int,
    name: str,
    box: Box,
    *levels: Level,
    least: float,
    prompt: str = "Click to add text",
    anchor: Literal["t", "ctr", "b"] = "t",
    group: str = "",
    kind: PlaceholderKind = "body",
    balanced: bool = False,
) -> Placeholder:
    """A placeholder for text, by the slot that fills it."""
    return Placeholder(slot, kind, index, name, prompt, box, levels, least, anchor, group, balanced=balanced)


def title(box: Box, size: float = 32, least: float = 28, prompt: str = "Click to add title") -> Placeholder:
    """The title as it stands on most slides."""
    return Placeholder(
        "title", "title", 0, "Title", prompt, box, (Level(size, bold=True, spacing=0.95),), least, balanced=True
    )


def side_title(grid: Grid) -> Placeholder:
    """The title of a working slide, in the side column or above it."""
    return title(grid.title, 30, 24)


def list_title(grid: Grid) -> Placeholder:
    """The title of a slide with a list: beside it, or above it."""
    return title(grid.list_title, 30, 24)


def quiet_title(grid: Grid, width: float) -> Placeholder:
    """A title that only names what fills the slide."""
    box = Box(grid.margin, 0.6, width, 0.48)
    return Placeholder("title", "title", 0, "Title", "Title, kept small", box, (Level(20, BRAND, bold=True),), 16)


def kicker(grid: Grid) -> Placeholder:
    """The number of the block and its clock, above the title."""
    return text(
        "kicker", 13, "Number and clock", grid.kicker, Level(16, BRAND), least=14, prompt="3   9:15am to 9:35am"
    )


def time(grid: Grid) -> Placeholder:
    """How long there is, and until when."""
    size = 30 if grid.narrow else 44
    levels = (Level(size, BRAND, bold=True, spacing=0.9), Level(20))
    return text("time", 14, "Minutes", grid.time, *levels, least=28, prompt="20 min")


def points(mark: Mark, size: float, before: float) -> tuple[Level, ...]:
    """The levels of a list."""
    hang = {"": 0.0, "dash": 0.4, "number": 0.6, "box": 0.6}[mark]
    return (
        Level(size, mark=mark, before=before, hang=hang),
        Level(LEAST_READ, mark="dash", before=6, hang=0.3),
    )


def source(grid: Grid, y: float, width: float, left: float | None = None) -> Placeholder:
    """Whose view it is, or where figures come from."""
    box = Box(grid.margin if left is None else left, y, width, 0.36)
    return text("source", 15, "Source", box, Level(14, MUTED), least=12, anchor="b", prompt="Whose view this is")


def rule(name: str, x: float, y: float, width: float, colour: Colour) -> Shape:
    """A hairline across."""
    return Shape(name, Box(x, y, width, 0.014), colour)
