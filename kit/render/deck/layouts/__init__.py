"""The layouts as data: where each placeholder stands, how its type is set, and how small it may become."""

from __future__ import annotations

from collections.abc import Mapping

from kit.model.page import SlideShape
from kit.render.deck.grid import HOSTED, NARROW, WIDE, Grid, Layout
from kit.render.deck.layouts import framing, showing, working

_COMPOSED = (
    framing.title_slide,
    showing.content,
    framing.section,
    showing.two_content,
    showing.compare,
    showing.captioned,
    framing.blank,
    framing.welcome,
    framing.objectives,
    framing.agenda,
    showing.quote,
    showing.quote_short,
    working.activity,
    working.debrief,
    working.discussion,
    working.spectrum,
    showing.plain_chart,
    showing.chart,
    showing.picture,
    showing.diagram,
    showing.title_only,
    showing.table,
    framing.commitments,
    framing.references,
    framing.break_slide,
)

_FOR: Mapping[str, tuple[str, ...]] = {
    "title": ("Title Slide",),
    "welcome": ("Welcome", "Title and Content", "Content with Caption"),
    "objectives": ("Objectives", "Content with Caption"),
    "agenda": ("Agenda",),
    "section": ("Section Header",),
    "activity": ("Activity",),
    "debrief": ("Debrief",),
    "discussion": ("Discussion",),
    "quote": ("Quote short", "Quote"),
    "compare": ("Comparison",),
    "content": ("Title and Content", "Content with Caption"),
    "diagram": ("Diagram with Caption",),
    "wheel": ("Title Only",),
    "spectrum": ("Spectrum line",),
    "chart": ("Chart", "Chart with message"),
    "table": ("Table",),
    "commitments": ("Commitments", "Content with Caption"),
    "break": ("Break",),
    "closing": ("References",),
}


def layouts(grid: Grid) -> tuple[Layout, ...]:
    """Every layout on `grid`."""
    return tuple(compose(grid) for compose in _COMPOSED)


def kinds(composed: tuple[Layout, ...]) -> Mapping[str, tuple[Layout, ...]]:
    """Which of these serve each kind of slide, the most fitting first; the last serves what the others do not."""
    named = {layout.name: layout for layout in composed}
    return {kind: tuple(named[name] for name in names) for kind, names in _FOR.items()}


ALL = layouts(WIDE)
FOR = kinds(ALL)
"""Those of our own template, 16:9."""
NARROW_ALL = layouts(NARROW)
NARROW_FOR = kinds(NARROW_ALL)
"""The same, 4:3."""
FOR_SHAPE: Mapping[SlideShape, Mapping[str, tuple[Layout, ...]]] = {"16:9": FOR, "4:3": NARROW_FOR}
HOSTED_ALL = layouts(HOSTED)
HOSTED_FOR = kinds(HOSTED_ALL)
"""Those that stand in for what a template from elsewhere has, or are added to it."""


def named(name: str, among: tuple[Layout, ...] = ALL) -> Layout:
    """The layout called `name`."""
    return next(layout for layout in among if layout.name == name)
