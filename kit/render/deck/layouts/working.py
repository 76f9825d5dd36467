"""The layouts of the work itself: what to do, what to talk about, what to leave with."""

from __future__ import annotations

from kit.render.deck.grid import (
    BRAND,
    MUTED,
    TINT,
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
    points,
    quiet_title,
    side_title,
    text,
    time,
)


def _ground(grid: Grid) -> tuple[Shape, ...]:
    return (Shape("Side ground", grid.ground, TINT),) if grid.ground.width else ()


def activity(grid: Grid) -> Layout:
    """Steps to follow, beside who with, with what and until when."""
    beside = Level(LEAST_SIDE, before=2)
    return Layout(
        "Activity",
        "",
        (
            side_title(grid),
            kicker(grid),
            time(grid),
            Placeholder(
                "steps",
                "tbl",
                16,
                "Steps",
                "Insert the steps",
                grid.work,
                (Level(LEAST_READ),),
                LEAST_STEP,
                table=TableStyle(
                    (
                        Column(0.55, colour=BRAND, wraps=False),
                        Column(grid.work.width - 1.6),
                        Column(1.05, "r", MUTED, wraps=False),
                    ),
                    size=26,
                    least=LEAST_STEP,
                    pad=0.3,
                ),
            ),
            text("groups", 15, "Groups", grid.groups, LABEL, beside, least=LABEL.size, prompt="Groups"),
            text("need", 17, "Materials", grid.need, LABEL, beside, least=LABEL.size, prompt="You need"),
        ),
        _ground(grid),
        timer=grid.timer,
        foot_left=grid.foot,
    )


def debrief(grid: Grid) -> Layout:
    """Questions about what has just been done."""
    return Layout(
        "Debrief",
        "",
        (
            side_title(grid),
            kicker(grid),
            time(grid),
            text(
                "points",
                1,
                "Questions",
                Box(grid.work.x, grid.work.y + 0.25, grid.work.width, grid.work.height - 0.3),
                *points("number", 32, 22),
                least=LEAST_READ,
                prompt="Questions",
                kind="",
            ),
        ),
        _ground(grid),
        timer=grid.timer,
        foot_left=grid.foot,
    )


def discussion(grid: Grid) -> Layout:
    """One question that fills the slide, and prompts where it has some."""
    size = 44 if grid.narrow else 54
    turn = 3.0 if grid.narrow else 3.25
    return Layout(
        "Discussion",
        "",
        (
            quiet_title(grid, grid.full),
            text(
                "question",
                13,
                "Question",
                Box(grid.margin, 1.2, grid.full, turn - 1.3),
                Level(size, bold=True, spacing=0.95),
                least=32,
                anchor="b",
                prompt="The question",
                balanced=True,
            ),
            text(
                "points",
                1,
                "Prompts",
                Box(grid.margin, turn + 0.1, grid.full, 6.85 - turn - 0.1),
                *points("dash", 28, 10),
                least=LEAST_READ,
                prompt="Prompts",
                kind="",
            ),
        ),
    )


def spectrum(grid: Grid) -> Layout:
    """A statement, and the line to stand on with what its 2 ends mean."""
    end = grid.full / 2 - 0.4
    ends = Level(LEAST_READ, BRAND, bold=True)
    return Layout(
        "Spectrum line",
        "",
        (
            quiet_title(grid, grid.full),
            text(
                "question",
                13,
                "Statement",
                Box(grid.margin, 1.3, grid.full, 2.4),
                Level(40 if grid.narrow else 48, bold=True, spacing=0.95),
                least=32,
                anchor="b",
                prompt="The statement",
                balanced=True,
            ),
            text(
                "left-end",
                14,
                "Left end",
                Box(grid.margin, 5.35, end, 1.2),
                ends,
                least=LEAST_READ,
                prompt="Disagree",
                group="ends",
            ),
            text(
                "right-end",
                15,
                "Right end",
                Box(grid.right - end, 5.35, end, 1.2),
                Level(LEAST_READ, BRAND, bold=True, align="r"),
                least=LEAST_READ,
                prompt="Agree",
                group="ends",
            ),
        ),
        diagram=Box(grid.margin, 4.25, grid.full, 0.95),
    )
