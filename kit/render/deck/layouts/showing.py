"""The layouts that show something: points, panels, a quotation, a picture, a chart, a table."""

from __future__ import annotations

from dataclasses import replace

from kit.render.deck.grid import (
    BRAND,
    HEIGHT,
    QUOTE_HANG,
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
    LEAST_READ,
    LEAST_SIDE,
    LEAST_STEP,
    kicker,
    list_title,
    points,
    quiet_title,
    rule,
    side_title,
    source,
    text,
    title,
)

_GAP = 0.3
"""Between 2 panels, and between a panel’s edge and its words."""


def content(grid: Grid) -> Layout:
    """A title and a few points."""
    return Layout(
        "Title and Content",
        "obj",
        (
            list_title(grid),
            kicker(grid),
            text("points", 1, "Content", grid.list, *points("dash", 32, 18), least=LEAST_READ, kind=""),
        ),
    )


def captioned(grid: Grid) -> Layout:
    """Points with a word beside them."""
    work = grid.list
    if grid.narrow:
        work = Box(work.x, work.y, work.width, grid.caption.y - work.y - 0.1)
    elif grid.caption.y == work.y:
        work = grid.work
    return Layout(
        "Content with Caption",
        "objTx",
        (
            list_title(grid),
            kicker(grid),
            text("points", 1, "Content", work, *points("dash", 32, 18), least=LEAST_READ, kind=""),
            text(
                "caption",
                2,
                "Caption",
                grid.caption,
                Level(20, BRAND),
                Level(LEAST_SIDE, before=8),
                least=LEAST_SIDE,
                prompt="A word beside it",
            ),
        ),
    )


def _columns(grid: Grid) -> tuple[Box, Box]:
    box = grid.below
    width = (box.width - _GAP) / 2
    return Box(box.x, box.y, width, box.height), Box(box.x + width + _GAP, box.y, width, box.height)


def two_content(grid: Grid) -> Layout:
    """Two lists side by side."""
    columns = zip(("left", "right"), (1, 2), _columns(grid), strict=True)
    return Layout(
        "Two Content",
        "twoObj",
        (
            title(grid.heading),
            *(
                text(
                    side,
                    index,
                    f"{side.capitalize()} content",
                    box,
                    *points("dash", 28, 12),
                    least=LEAST_READ,
                    group="panels",
                    kind="",
                )
                for side, index, box in columns
            ),
        ),
    )


def compare(grid: Grid) -> Layout:
    """Two headed panels on quiet grounds, each with its symbol where there is one."""
    symbol = 0.6
    panels = tuple(Box(box.x, box.y, box.width, box.height - 0.4) for box in _columns(grid))
    holders: list[Placeholder] = []
    for side, index, panel in zip(("left", "right"), (1, 3), panels, strict=True):
        x, width = panel.x + _GAP, panel.width - 2 * _GAP
        holders += [
            text(
                f"{side}-heading",
                index,
                f"{side.capitalize()} heading",
                Box(x, panel.y + 0.25, width - symbol - 0.2, 0.7),
                Level(28, BRAND, bold=True, spacing=0.9),
                least=LEAST_READ,
                prompt=f"{side.capitalize()} heading",
                group="headings",
            ),
            text(
                side,
                index + 1,
                f"{side.capitalize()} content",
                Box(x, panel.y + 1.0, width, panel.height - 1.15),
                *points("", 28, 10),
                least=LEAST_READ,
                group="panels",
                kind="",
            ),
        ]
    return Layout(
        "Comparison",
        "twoTxTwoObj",
        (title(grid.heading), *holders, source(grid, grid.below.y + grid.below.height - 0.3, grid.full)),
        tuple(Shape(f"{side} panel", panel, TINT) for side, panel in zip(("Left", "Right"), panels, strict=True))
        if grid.ground.width
        else (Shape("Rule between", Box(grid.width / 2 - 0.007, panels[0].y, 0.014, panels[0].height), BRAND),),
        panel_symbols=tuple(
            Box(panel.x + panel.width - _GAP - symbol, panel.y + 0.2, symbol, symbol) for panel in panels
        ),
    )


def _quote(grid: Grid, name: str, size: float, least: float) -> Layout:
    rule_y = 5.3
    theme = 3.75 if not grid.narrow else 3.0
    on_tint = (Shape("Ground", Box(0, 0, grid.width, HEIGHT), TINT),) if grid.ground.width else ()
    return Layout(
        name,
        "",
        (
            quiet_title(grid, grid.full - theme - 1.0),
            text(
                "theme",
                15,
                "Theme",
                Box(grid.right - 0.9 - theme, 0.6, theme, 0.6),
                Level(16, align="r"),
                least=14,
                prompt="Theme",
            ),
            text(
                "quote",
                13,
                "Quotation",
                Box(grid.margin - QUOTE_HANG, 1.35, grid.full - 0.3 + QUOTE_HANG, rule_y - 1.65),
                Level(size, spacing=0.95, hang=QUOTE_HANG),
                least=least,
                anchor="b",
                prompt="“Quotation”",
                balanced=True,
            ),
            text(
                "speaker",
                14,
                "Speaker",
                Box(grid.margin, rule_y + 0.2, grid.full, 1.25),
                Level(24, bold=True),
                Level(18, before=2),
                Level(14, before=5),
                least=LEAST_SIDE,
                prompt="Speaker",
            ),
        ),
        (*on_tint, rule("Rule", grid.margin, rule_y, grid.full, BRAND)),
        symbol=Box(grid.right - 0.7, 0.4, 0.7, 0.7),
        foot_ink="tx1" if on_tint else "accent2",
    )


def quote(grid: Grid) -> Layout:
    """A quotation that fills the slide as type."""
    return _quote(grid, "Quote", 44 if grid.narrow else 54, 28)


def quote_short(grid: Grid) -> Layout:
    """A quotation of a few words, larger still."""
    return _quote(grid, "Quote short", 60 if grid.narrow else 72, 48 if grid.narrow else 56)


def _chart(box: Box) -> Placeholder:
    return Placeholder("chart", "chart", 13, "Chart", "Insert a chart", box, (Level(LEAST_READ),), LEAST_STEP)


def plain_chart(grid: Grid) -> Layout:
    """A chart as wide as the slide, with a line below it."""
    box = grid.below
    line = Box(box.x, box.y + box.height - 0.45, box.width, 0.45)
    words = Level(LEAST_READ, BRAND)
    return Layout(
        "Chart",
        "chart",
        (
            title(grid.heading),
            _chart(replace(box, height=box.height - 0.65)),
            text("message", 14, "Message", line, words, least=LEAST_READ, anchor="b", prompt="What people do now"),
        ),
    )


def chart(grid: Grid) -> Layout:
    """A chart, and what it says in a sentence or two beside it."""
    box = grid.below
    share = 0.62 if grid.narrow else 0.66
    chart_box = Box(box.x, box.y, box.width * share, box.height - 0.45)
    panel = Box(box.x + box.width * share + _GAP, box.y, box.width * (1 - share) - _GAP, box.height - 0.45)
    pad = 0.3
    return Layout(
        "Chart with message",
        "",
        (
            title(grid.heading),
            _chart(chart_box),
            text(
                "message",
                14,
                "Message",
                Box(panel.x + pad, panel.y + pad, panel.width - 2 * pad, panel.height - 2 * pad),
                Level(28, bold=True, spacing=0.98),
                Level(LEAST_READ, before=10),
                least=LEAST_READ,
                prompt="What it says",
            ),
            source(grid, box.y + box.height - 0.36, grid.full),
        ),
        (Shape("Message panel", panel, TINT),) if grid.ground.width else (),
        chart=chart_box,
    )


def picture(grid: Grid) -> Layout:
    """A picture that fills the main column, with its caption beside it."""
    if grid.narrow:
        box = Box(0, 1.95, grid.width, 3.5)
    else:
        box = Box(grid.list.x, 0, grid.width - grid.list.x, HEIGHT) if grid.ground.width else grid.work
    return Layout(
        "Picture with Caption",
        "picTx",
        (
            list_title(grid),
            Placeholder("picture", "pic", 13, "Picture", "Insert a picture", box, (Level(LEAST_SIDE),), LEAST_SIDE),
            text(
                "caption",
                2,
                "Caption",
                grid.caption,
                Level(LEAST_READ),
                Level(14, before=8),
                least=20,
                prompt="What it shows, and whose it is",
            ),
        ),
        footer=grid.narrow,
    )


def diagram(grid: Grid) -> Layout:
    """A drawing in the main column, with a few words beside it."""
    box = grid.list if grid.ground.width else grid.work
    side = replace(grid.caption, y=grid.time.y, height=grid.bottom - grid.time.y)
    if grid.narrow:
        side = replace(grid.list, width=2.6)
        box = Box(side.x + side.width + 0.2, side.y, grid.right - side.x - side.width - 0.2, side.height)
    words = Level(LEAST_READ, before=10)
    return Layout(
        "Diagram with Caption",
        "",
        (
            side_title(grid),
            text(
                "caption",
                2,
                "Caption",
                side,
                words,
                least=LEAST_READ,
                prompt="What to see in it",
            ),
        ),
        diagram=box,
    )


def title_only(grid: Grid) -> Layout:
    """A title, and the whole of the slide below it for a drawing."""
    return Layout("Title Only", "titleOnly", (title(grid.heading),), diagram=grid.below)


def table(grid: Grid) -> Layout:
    """A table with a header row."""
    width = grid.below.width
    return Layout(
        "Table",
        "tbl",
        (
            title(grid.heading),
            Placeholder(
                "table",
                "tbl",
                14,
                "Table",
                "Insert a table",
                grid.below,
                (Level(LEAST_READ),),
                LEAST_STEP,
                table=TableStyle(
                    (Column(width * 0.14), Column(width * 0.4), Column(width * 0.46)),
                    size=LEAST_READ,
                    least=LEAST_STEP,
                    pad=0.25,
                ),
            ),
        ),
    )
