"""The layouts as data: where each placeholder stands, how its type is set, and how small it may become."""

from __future__ import annotations

from typing import Literal

from kit.render.deck.grid import (
    BODY,
    BOTTOM,
    BRAND,
    FULL,
    HAIRLINE,
    LEFT,
    MAIN,
    MAIN_WIDTH,
    MUTED,
    QUOTE_HANG,
    SIDE_WIDTH,
    TOP,
    WIDTH,
    Box,
    Column,
    Layout,
    Level,
    Placeholder,
    Shape,
    TableStyle,
)

_ACROSS = Box(LEFT, 0.82, FULL, 1.1)


def _title(box: Box = _ACROSS, size: float = 32, least: float = 30) -> Placeholder:
    levels = (Level(size, bold=True, spacing=0.95),)
    return Placeholder("title", "title", 0, "Title", "Click to add title", box, levels, least, balanced=True)


def _quiet_title(width: float) -> Placeholder:
    levels = (Level(18, colour=BRAND, bold=True),)
    box = Box(LEFT, 0.55, width, 0.6)
    return Placeholder("title", "title", 0, "Title", "Title, kept small", box, levels, 16)


def _text(
    slot: str,
    index: int,
    name: str,
    box: Box,
    *levels: Level,
    least: float,
    prompt: str = "Click to add text",
    anchor: Literal["t", "ctr", "b"] = "t",
    group: str = "",
    kind: Literal["", "subTitle", "body"] = "body",
    balanced: bool = False,
) -> Placeholder:
    return Placeholder(slot, kind, index, name, prompt, box, levels, least, anchor, group, balanced=balanced)


def _kicker(width: float = FULL) -> Placeholder:
    box = Box(LEFT, 0.42, width, 0.34)
    return _text("kicker", 13, "Number and clock", box, Level(16, MUTED), least=14, prompt="3   9:15am to 9:35am")


def _time() -> Placeholder:
    box = Box(LEFT, TOP, SIDE_WIDTH, 1.15)
    return _text(
        "time", 14, "Minutes", box, Level(40, BRAND, bold=True, spacing=0.9), Level(20), least=32, prompt="20 min"
    )


def _points(mark: Literal["", "dash", "number"], size: float, before: float) -> tuple[Level, ...]:
    hang = {"": 0.0, "dash": 0.36, "number": 0.55}[mark]
    return (
        Level(size, mark=mark, before=before, hang=hang),
        Level(20, mark="dash", before=6, hang=0.3),
    )


_LABEL = Level(14, BRAND, bold=True, before=14)
"""A label above what it names; the space above is not used at the top of a placeholder."""


TITLE_SLIDE = Layout(
    "Title Slide",
    "title",
    (
        Placeholder(
            "title",
            "ctrTitle",
            0,
            "Title",
            "Workshop title",
            Box(LEFT, 1.5, 10.6, 2.8),
            (Level(48, "bg1", bold=True, spacing=0.95),),
            36,
            "b",
            balanced=True,
        ),
        _text(
            "subtitle",
            1,
            "Subtitle",
            Box(LEFT, 5.1, 7.4, 1.7),
            Level(22),
            Level(18, MUTED, before=4),
            least=18,
            prompt="Audience, date and place",
            kind="subTitle",
        ),
    ),
    (Shape("Panel", Box(0, 0, WIDTH, 4.7), BRAND),),
    footer=False,
    logo=Box(8.93, 5.2, 3.6, 1.45),
    logo_on_dark=Box(8.93, 0.5, 3.6, 0.8),
)

CONTENT = Layout(
    "Title and Content",
    "obj",
    (
        _title(),
        _kicker(),
        _text("points", 1, "Content", Box(MAIN, TOP, MAIN_WIDTH, BODY), *_points("dash", 28, 14), least=20, kind=""),
    ),
)

SECTION = Layout(
    "Section Header",
    "secHead",
    (
        _title(Box(LEFT, 2.3, 10.4, 1.7), 40, 36),
        _kicker(),
        _text(
            "subtitle", 1, "Summary", Box(LEFT, 4.35, 10.4, 1.6), Level(24), least=20, prompt="What this part is for"
        ),
    ),
    (Shape("Rule", Box(LEFT, 4.13, FULL, 0.014), HAIRLINE),),
)

TWO_CONTENT = Layout(
    "Two Content",
    "twoObj",
    (
        _title(),
        _text(
            "left",
            1,
            "Left content",
            Box(LEFT, TOP, 5.55, BODY),
            *_points("dash", 24, 10),
            least=20,
            group="panels",
            kind="",
        ),
        _text(
            "right",
            2,
            "Right content",
            Box(6.983, TOP, 5.55, BODY),
            *_points("dash", 24, 10),
            least=20,
            group="panels",
            kind="",
        ),
    ),
)

COMPARE = Layout(
    "Comparison",
    "twoTxTwoObj",
    (
        _title(),
        _text(
            "left-heading",
            1,
            "Left heading",
            Box(LEFT, TOP, 5.4, 0.5),
            Level(24, BRAND, bold=True),
            least=20,
            prompt="Left heading",
            group="headings",
        ),
        _text(
            "left", 2, "Left content", Box(LEFT, 2.8, 5.4, 3.3), *_points("", 28, 14), least=20, group="panels", kind=""
        ),
        _text(
            "right-heading",
            3,
            "Right heading",
            Box(7.133, TOP, 5.4, 0.5),
            Level(24, BRAND, bold=True),
            least=20,
            prompt="Right heading",
            group="headings",
        ),
        _text(
            "right",
            4,
            "Right content",
            Box(7.133, 2.8, 5.4, 3.3),
            *_points("", 28, 14),
            least=20,
            group="panels",
            kind="",
        ),
        _text(
            "source",
            15,
            "Source",
            Box(LEFT, 6.3, FULL, 0.4),
            Level(14, MUTED),
            least=12,
            anchor="b",
            prompt="Whose view this is",
        ),
    ),
    (Shape("Rule between", Box(6.66, TOP + 0.06, 0.014, 3.95), HAIRLINE),),
)

CAPTION = Layout(
    "Content with Caption",
    "objTx",
    (
        _title(),
        _kicker(),
        _text("points", 1, "Content", Box(MAIN, TOP, MAIN_WIDTH, BODY), *_points("dash", 28, 14), least=20, kind=""),
        _text(
            "caption",
            2,
            "Caption",
            Box(LEFT, TOP, SIDE_WIDTH, BODY),
            Level(20, BRAND),
            Level(18, before=8),
            least=18,
            prompt="A word beside it",
        ),
    ),
)

BLANK = Layout("Blank", "blank", ())

AGENDA = Layout(
    "Agenda",
    "",
    (
        _title(Box(LEFT, 0.6, FULL, 0.7)),
        Placeholder(
            "agenda",
            "tbl",
            14,
            "Agenda",
            "Insert the agenda",
            Box(LEFT, 2.12, FULL, 4.7),
            (Level(20),),
            20,
            table=TableStyle(
                (
                    Column(3.3, wraps=False),
                    Column(FULL - 5.2),
                    Column(1.9, "r", wraps=False),
                ),
                size=22,
                least=12,
                pad=0.2,
            ),
        ),
    ),
    timeline=Box(LEFT, 1.5, FULL, 0.5),
)

_SPEAKER = (Level(24, bold=True), Level(18, before=2), Level(14, MUTED, before=6))

QUOTE = Layout(
    "Quote",
    "",
    (
        _quiet_title(7.0),
        _text(
            "quote",
            13,
            "Quotation",
            Box(LEFT - QUOTE_HANG, 1.25, 11.2 + QUOTE_HANG, 3.85),
            Level(44, spacing=0.95, hang=QUOTE_HANG),
            least=28,
            anchor="b",
            prompt="“Quotation”",
            balanced=True,
        ),
        _text("speaker", 14, "Speaker", Box(LEFT, 5.45, 11.2, 1.25), *_SPEAKER, least=20, prompt="Speaker"),
        _text("theme", 15, "Theme", Box(7.9, 0.55, 3.75, 0.6), Level(16, MUTED, align="r"), least=14, prompt="Theme"),
    ),
    symbol=Box(11.833, 0.35, 0.7, 0.7),
)

QUOTE_SHORT = Layout(
    "Quote short",
    "",
    (
        _quiet_title(7.0),
        _text(
            "quote",
            13,
            "Quotation",
            Box(LEFT - QUOTE_HANG, 1.9, 11.2 + QUOTE_HANG, 3.15),
            Level(54, spacing=0.95, hang=QUOTE_HANG),
            least=54,
            anchor="b",
            prompt="“Quotation”",
            balanced=True,
        ),
        _text("speaker", 14, "Speaker", Box(LEFT, 5.45, 11.2, 1.25), *_SPEAKER, least=20, prompt="Speaker"),
        _text("theme", 15, "Theme", Box(7.9, 0.55, 3.75, 0.6), Level(16, MUTED, align="r"), least=14, prompt="Theme"),
    ),
    symbol=Box(11.833, 0.35, 0.7, 0.7),
)

ACTIVITY = Layout(
    "Activity",
    "",
    (
        _title(),
        _kicker(),
        _time(),
        Placeholder(
            "steps",
            "tbl",
            16,
            "Steps",
            "Insert the steps",
            Box(MAIN, TOP, MAIN_WIDTH, BODY + 0.1),
            (Level(24),),
            20,
            table=TableStyle(
                (
                    Column(0.55, colour=BRAND, wraps=False),
                    Column(MAIN_WIDTH - 1.55),
                    Column(1.0, "r", MUTED, wraps=False),
                ),
                size=24,
                least=20,
                pad=0.25,
            ),
        ),
        _text(
            "side",
            15,
            "Groups and materials",
            Box(LEFT, 3.5, SIDE_WIDTH, BOTTOM - 3.5),
            _LABEL,
            Level(18, before=2),
            least=14,
            prompt="You need",
        ),
    ),
)

DEBRIEF = Layout(
    "Debrief",
    "",
    (
        _title(),
        _kicker(),
        _time(),
        _text(
            "points",
            1,
            "Questions",
            Box(MAIN, TOP, MAIN_WIDTH, BODY),
            *_points("number", 32, 18),
            least=24,
            prompt="Questions",
            kind="",
        ),
    ),
)

DISCUSSION = Layout(
    "Discussion",
    "",
    (
        _quiet_title(FULL),
        _text(
            "question",
            13,
            "Question",
            Box(LEFT, 1.35, 10.8, 2.95),
            Level(44, bold=True, spacing=0.95),
            least=28,
            anchor="b",
            prompt="The question",
            balanced=True,
        ),
        _text(
            "points",
            1,
            "Prompts",
            Box(LEFT, 4.65, 10.8, BOTTOM - 4.65),
            *_points("dash", 28, 10),
            least=20,
            prompt="Prompts",
            kind="",
        ),
    ),
)

BREAK = Layout(
    "Break",
    "",
    (
        Placeholder(
            "title",
            "title",
            0,
            "Title",
            "Back at",
            Box(LEFT, 1.9, FULL, 2.5),
            (Level(80, bold=True, spacing=0.9),),
            60,
            "b",
        ),
        _text("subtitle", 13, "What it is", Box(LEFT, 4.65, FULL, 0.9), Level(28), least=24, prompt="Break"),
    ),
    dark=True,
    footer=False,
    logo_on_dark=Box(8.93, 6.1, 3.6, 0.8),
)

CLOSING = Layout(
    "Closing",
    "",
    (
        _title(),
        _text(
            "citation", 13, "Source", Box(LEFT, TOP, 4.5, BODY), _LABEL, Level(20, before=6), least=12, prompt="Source"
        ),
        _text(
            "voices", 1, "Voices", Box(5.9, TOP, 6.633, BODY), _LABEL, Level(20, before=6), least=10.5, prompt="Voices"
        ),
    ),
)

ALL = (
    TITLE_SLIDE,
    CONTENT,
    SECTION,
    TWO_CONTENT,
    COMPARE,
    CAPTION,
    BLANK,
    AGENDA,
    QUOTE,
    QUOTE_SHORT,
    ACTIVITY,
    DEBRIEF,
    DISCUSSION,
    BREAK,
    CLOSING,
)

FOR: dict[str, tuple[Layout, ...]] = {
    "title": (TITLE_SLIDE,),
    "welcome": (CONTENT, CAPTION),
    "objectives": (CONTENT, CAPTION),
    "agenda": (AGENDA,),
    "section": (SECTION,),
    "activity": (ACTIVITY,),
    "debrief": (DEBRIEF,),
    "discussion": (DISCUSSION,),
    "quote": (QUOTE_SHORT, QUOTE),
    "compare": (COMPARE,),
    "content": (CONTENT, CAPTION),
    "break": (BREAK,),
    "closing": (CLOSING,),
}
"""Which layouts serve a slide, the most fitting first; the last of them serves whatever the others do not."""
