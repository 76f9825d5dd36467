"""A deck that shows every layout of a design once, filled: for people to see before a workshop hangs on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from kit.diagnostics import Outcome
from kit.render.deck import DeckBrand, build_slides
from kit.render.deck.design import Design
from kit.render.deck.grid import Layout
from kit.render.deck.slides import (
    Cell,
    Chart,
    Figure,
    Label,
    Mark,
    Paragraph,
    Row,
    Run,
    Series,
    Slide,
    Span,
    Symbol,
    Table,
    TimelineStrip,
)

_SYMBOL = Symbol(("M2.5 2.5H14.5V14.5H2.5Z", "M8.5 15a6.5 6.5 0 1 1 13 0a6.5 6.5 0 1 1 -13 0Z"), (0, 0, 24, 24), 1.6)
_TIMELINE = TimelineStrip(
    (Span(0, 0.4, False, here=True), Span(0.4, 0.1, True), Span(0.5, 0.5, False)),
    ((0, "9am"), (0.5, "10am"), (1, "11am")),
    "9am to 11am: 2 blocks with a break between them",
)


def _lines(*texts: str, levels: Iterable[int] = ()) -> tuple[Paragraph, ...]:
    found = (*levels, *(1,) * len(texts))
    return tuple(Paragraph((Run(text),), level) for text, level in zip(texts, found, strict=False))


def _row(*texts: str, quiet: bool = False) -> Row:
    cells: tuple[Cell, ...] = tuple(_lines(text) for text in texts)
    return Row(cells, quiet)


_POINTS = _lines(
    "A point of a few words",
    "A point that runs on to a second line on most slides, to show where it turns and how far it is indented",
    "A third point",
)
_TEXTS: Mapping[str, tuple[Paragraph, ...]] = {
    "subtitle": _lines("A subtitle of a few words", "The day, the time and the room", levels=(1, 2)),
    "kicker": _lines("3   9:35am to 10:05am"),
    "points": _POINTS,
    "left": _POINTS[:1] + _POINTS[2:],
    "right": _POINTS[:1] + _POINTS[2:],
    "left-heading": _lines("On the one hand"),
    "right-heading": _lines("On the other hand"),
    "source": _lines("Whose view this is, and where it was printed"),
    "caption": _lines("A word beside it", "and 1 below", levels=(1, 2)),
    "quote": _lines("A quotation of about a dozen words, as long as most of those are"),
    "speaker": _lines("The speaker", "and the post, in the year of it", "Source", levels=(1, 2, 3)),
    "theme": _lines("The theme"),
    "time": _lines("20 min", "until 10:05am", levels=(1, 2)),
    "groups": _lines("Groups", "Pairs, or 3 at a table", levels=(1, 2)),
    "need": _lines("You need", "Handout 2", levels=(1, 2)),
    "number": _lines("3"),
    "message": _lines("What the chart says, in a sentence"),
    "left-end": _lines("Not at all"),
    "right-end": _lines("Entirely"),
    "question": _lines("A question for the whole room, which takes about a line and a half?"),
    "citation": _lines("Source", "Author A. Title of the article. Journal 2016;352:i631.", levels=(1, 2)),
    "voices": _lines("Voices", "A speaker, and their post", "Another, and theirs", levels=(1, 2, 2)),
}
_AGENDA = Table(
    _row("Time", "What we do", "Minutes"),
    (
        _row("9am", "The first block", "30"),
        _row("9:30am", "Break", "15", quiet=True),
        _row("9:45am", "The second block", "75"),
    ),
)
_STEPS = Table(
    _row("No", "Step", "Minutes"),
    (
        _row("1", "A step that says what to do, and with whom.", "5"),
        _row("2", "A second step, which is long enough to run on to another line on most slides.", "10"),
        _row("3", "A third.", "5"),
    ),
)
_FIGURE = Figure(
    "2 circles that overlap",
    200,
    110,
    (
        Mark("ellipse", (30, 10, 90, 90), "bg2", "accent1", 1),
        Mark("ellipse", (80, 10, 90, 90), "", "accent1", 1),
        Label(("One",), 60, 58, 8.5, "tx1", "middle"),
        Label(("Other",), 140, 58, 8.5, "tx1", "middle"),
    ),
)
_CHART = Chart(
    "A chart of 2 bars: the first 6.8, the second 5.9",
    ("The first", "The second"),
    (Series("Here", (6.8, 5.9)), Series("Elsewhere", (6.9, 5.7))),
    decimals=1,
    most=10,
)
_FACTS = Table(
    _row("About", "What to know"),
    (_row("Step-free access", "By the north entrance"), _row("Fire exit", "At the back on the left, to the car park")),
)
_TABLES: Mapping[str, Table] = {"agenda": _AGENDA, "steps": _STEPS, "facts": _FACTS}


@dataclass(frozen=True)
class _Shown:
    """A design, each of whose layouts is the only one of a kind of its own."""

    design: Design
    layouts: Mapping[str, tuple[Layout, ...]]

    def template(self, used: Iterable[Layout]) -> bytes:
        return self.design.template(used)


def sample_deck(design: Design, brand: DeckBrand, created: datetime) -> Outcome[bytes]:
    """A .pptx with each layout of `design` filled, titled with the kind of slide and the name of the layout.

    A layout that is too small for these few words is left out; `too_small` names it.
    """
    rows = [(slide, layout) for slide, layout in _each(design) if _holds(slide, layout)]
    shown = _Shown(design, {slide.layout: (layout,) for slide, layout in rows})
    return build_slides([slide for slide, _ in rows], "Every layout, filled", brand, created, shown)


def too_small(design: Design) -> tuple[str, ...]:
    """The names of layouts that do not hold even the sample’s few words, in type for a room."""
    return tuple(dict.fromkeys(layout.name for slide, layout in _each(design) if not _holds(slide, layout)))


def _holds(slide: Slide, layout: Layout) -> bool:
    from kit.render.deck.planning import faults, plan

    return not faults(plan(slide, {slide.layout: (layout,)}))


def _each(design: Design) -> Iterator[tuple[Slide, Layout]]:
    seen: set[tuple[str, str]] = set()
    shown: set[tuple[str, str]] = set()
    for kind, candidates in design.layouts.items():
        for number, layout in enumerate(candidates):
            # Layouts of one name are told apart by their part; the same for two kinds is shown for each.
            slots = ",".join(holder.slot for holder in layout.placeholders)
            if (layout.part, slots) in seen or (kind, layout.part or layout.name) in shown:
                continue
            shown.add((kind, layout.part or layout.name))
            seen.add((layout.part, slots))
            yield _slide(f"{kind}-{number}", kind, layout), layout


def _within(text: tuple[Paragraph, ...], levels: int) -> tuple[Paragraph, ...]:
    """As much of a text as a placeholder has levels for."""
    return tuple(paragraph for paragraph in text if paragraph.level <= levels)


def _slide(id: str, kind: str, layout: Layout) -> Slide:
    slots = {holder.slot for holder in layout.placeholders}
    slide = Slide(
        id=id,
        layout=id,
        section=kind.capitalize(),
        title=f"{kind.capitalize()}, on “{layout.name}”",
        place=None,
        text={h.slot: _within(_TEXTS[h.slot], len(h.levels)) for h in layout.placeholders if h.slot in _TEXTS},
        tables={slot: table for slot, table in _TABLES.items() if slot in slots},
        notes=_lines("This deck shows what each kind of slide looks like."),
    )
    return replace(
        slide,
        symbols={"theme": _SYMBOL} if layout.symbol else {},
        timeline=_TIMELINE if layout.timeline else None,
        figure=_FIGURE if layout.diagram else None,
        chart=_CHART if "chart" in slots else None,
    )
