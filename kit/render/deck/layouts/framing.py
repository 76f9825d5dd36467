"""The layouts around the work: how a session opens, where we are in it, the break and the close."""

from __future__ import annotations

from dataclasses import replace

from kit.render.deck.grid import (
    BRAND,
    MUTED,
    WIDE,
    Box,
    Column,
    Grid,
    Layout,
    Level,
    Placeholder,
    Shape,
    TableStyle,
)
from kit.render.deck.layouts.parts import (
    LABEL,
    LEAST_READ,
    LEAST_SIDE,
    LEAST_STEP,
    kicker,
    list_title,
    points,
    text,
    title,
)


def title_slide(grid: Grid) -> Layout:
    """Whose workshop it is, and which."""
    logo = Box(grid.right - 3.6, 5.3, 3.6, 1.45)
    # A narrow slide has less room beside the logo, so the lines below the title need more of its height.
    panel, about = (4.2, 4.45) if grid.narrow else (4.7, 5.1)
    return Layout(
        "Title Slide",
        "title",
        (
            Placeholder(
                "title",
                "ctrTitle",
                0,
                "Title",
                "Workshop title",
                Box(grid.margin, 1.5, min(10.8, grid.full), panel - 1.9),
                (Level(44 if grid.narrow else 56, "bg1", bold=True, spacing=0.92),),
                36,
                "b",
                balanced=True,
            ),
            text(
                "subtitle",
                1,
                "Subtitle",
                Box(grid.margin, about, grid.full - 4.5 if not grid.narrow else 4.7, 6.95 - about),
                Level(24),
                Level(18, MUTED, before=4),
                least=18,
                prompt="Audience, date and place",
                kind="subTitle",
            ),
        ),
        (Shape("Panel", Box(0, 0, grid.width, panel), BRAND),),
        footer=False,
        logo=logo,
        logo_on_dark=Box(grid.right - 3.6, 0.5, 3.6, 0.8),
    )


def section(grid: Grid) -> Layout:
    """A part begins: its number and its clock, large, and where it stands in the session."""
    if grid.narrow:
        number, ground = Box(grid.margin, 0.45, 8.8, 1.9), Box(0, 0, grid.width, 2.55)
        left, title_top, foot = grid.margin, 2.75, 4.05
    else:
        number, ground = Box(grid.margin, 0.6, 2.9, 2.5), WIDE.ground
        left, title_top, foot = grid.work.x, 0.95, 2.65
    width = grid.right - left
    size = 130 if grid.narrow else 200
    return Layout(
        "Section Header",
        "secHead",
        (
            replace(
                title(Box(left, title_top, width, foot - title_top), 44, 36, "What this part is called"), anchor="b"
            ),
            text(
                "number",
                16,
                "Number",
                number,
                Level(size, "bg1", bold=True, spacing=0.8),
                least=size / 2,
                prompt="3",
            ),
            text(
                "kicker",
                13,
                "Clock",
                Box(left, foot + 0.12, width, 0.42),
                Level(24, BRAND),
                least=LEAST_SIDE,
                prompt="9:35am to 10:05am",
            ),
            text(
                "subtitle",
                1,
                "Summary",
                Box(left, foot + 0.7, width, 5.7 - foot - 0.75),
                Level(28),
                least=LEAST_READ,
                prompt="What this part is for",
                balanced=True,
            ),
        ),
        (Shape("Panel", ground, BRAND),),
        timeline=Box(left, 5.7, width, 1.0),
        foot_left=left,
    )


def welcome(grid: Grid) -> Layout:
    """What people need to know of the place before they can think of anything else."""
    box, label = grid.list, 2.3
    return Layout(
        "Welcome",
        "",
        (
            list_title(grid),
            Placeholder(
                "facts",
                "tbl",
                14,
                "Practical details",
                "Insert what people need to know of the place",
                box,
                (Level(LEAST_READ),),
                LEAST_STEP,
                table=TableStyle(
                    (Column(label, colour=BRAND), Column(box.width - label)), size=LEAST_READ, least=LEAST_STEP, pad=0.3
                ),
            ),
        ),
    )


def objectives(grid: Grid) -> Layout:
    """What people will be able to do, as numbered statements."""
    return Layout(
        "Objectives",
        "",
        (
            list_title(grid),
            text("points", 1, "Objectives", grid.list, *points("number", 30, 18), least=LEAST_READ, kind=""),
        ),
    )


def agenda(grid: Grid) -> Layout:
    """The session to scale: a bar for each block with its title beside it."""
    # The titles are links, which LibreOffice breaks inside a word where they are too long for a line.
    left, scale = (4.0, 1.4) if grid == WIDE else (grid.list.x, 1.4)
    top, bottom = (1.75, 6.75) if grid.narrow else (0.7, 6.85)
    box = Box(left + scale, top, grid.right - left - scale, bottom - top)
    return Layout(
        "Agenda",
        "",
        (
            title(Box(grid.margin, 0.8, 8.8, 0.6), 30, 24) if grid.narrow else list_title(grid),
            text(
                "kicker",
                13,
                "Clock",
                grid.kicker,
                Level(16, BRAND),
                least=14,
                prompt="9am to 12:30pm",
            ),
            Placeholder(
                "agenda",
                "tbl",
                14,
                "Agenda",
                "Insert the agenda",
                box,
                (Level(LEAST_STEP),),
                LEAST_STEP,
                table=TableStyle(
                    (
                        Column(1.1, colour=BRAND, wraps=False),
                        Column(box.width - 1.95),
                        Column(0.85, "r", wraps=False),
                    ),
                    size=LEAST_READ,
                    least=LEAST_STEP,
                    pad=0.12,
                ),
            ),
        ),
        timeline=Box(left, top, scale, bottom - top),
    )


def break_slide(grid: Grid) -> Layout:
    """When to be back, to be read from the coffee."""
    return Layout(
        "Break",
        "",
        (
            Placeholder(
                "title",
                "title",
                0,
                "Title",
                "Back at",
                Box(grid.margin, 1.5, grid.full, 2.9),
                (Level(72 if grid.narrow else 96, bold=True, spacing=0.9),),
                60,
                "b",
            ),
            text(
                "subtitle", 13, "What it is", Box(grid.margin, 4.7, grid.full, 0.9), Level(32), least=24, prompt="Break"
            ),
        ),
        dark=True,
        footer=False,
        back=Box(grid.margin, 6.75, 3.6, 0.3),
        timer=Box(grid.margin, 5.75, grid.full, 0.14),
        logo_on_dark=Box(grid.right - 3.6, 6.1, 3.6, 0.8),
    )


def commitments(grid: Grid) -> Layout:
    """What people leave with, to be ticked when it is done."""
    return Layout(
        "Commitments",
        "",
        (
            list_title(grid),
            kicker(grid),
            text("points", 1, "Commitments", grid.list, *points("box", 28, 18), least=LEAST_READ, kind=""),
        ),
    )


def references(grid: Grid) -> Layout:
    """The source, and whose voices were heard."""
    box = grid.list
    return Layout(
        "References",
        "",
        (
            list_title(grid),
            text(
                "citation",
                13,
                "Source",
                Box(box.x, box.y, box.width, 1.75),
                replace(LABEL, before=10),
                Level(20, before=2),
                least=LABEL.size * 0.8,
                prompt="Source",
            ),
            text(
                "voices",
                1,
                "Voices",
                Box(box.x, box.y + 1.9, box.width, box.height - 1.9),
                LABEL,
                Level(LEAST_SIDE, before=4),
                least=10.5,
                prompt="Voices",
            ),
        ),
    )


def blank(grid: Grid) -> Layout:
    """Nothing but the footer."""
    return Layout("Blank", "blank", ())
