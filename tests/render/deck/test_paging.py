"""Slides too full for their layout: dealt over several that fit, with nothing lost, or refused with their line."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

import pytest
from pptx import Presentation
from pptx_lint import lint
from speaking import english

from kit.model.document import DeckView, SlideView
from kit.model.timeline import Timeline
from kit.render.deck import DeckBrand, build
from kit.render.deck.grid import Layout
from kit.render.deck.layouts import FOR, NARROW_FOR
from kit.render.deck.paging import paged
from kit.render.deck.planning import overs, plan
from kit.render.deck.read import read
from kit.render.html import SLIDES, render
from kit.slides.parts import whole

LONG = "Deal the cards, and in turn lay each of them under managing, leading or both, with a reason that you say aloud."


def slide_of(view: DeckView, id: str) -> SlideView:
    return next(slide for slide in view.slides if slide.id == id)


def filled(view: DeckView, id: str, count: int) -> DeckView:
    """The slide `id` of the deck alone, with so many points of 21 words."""
    slide = slide_of(view, id)
    points = tuple(f"{n}. {LONG}" for n in range(1, count + 1))
    minutes = tuple(range(1, count + 1)) if slide.step_minutes else ()
    return replace(view, slides=(replace(slide, points=points, step_minutes=minutes),))


@pytest.mark.parametrize("layouts", [FOR, NARROW_FOR], ids=["wide", "narrow"])
@pytest.mark.parametrize("id", ["cards", "cards-debrief", "objectives"])
def test_what_is_too_much_for_1_slide_goes_on_to_the_next_and_fits_there(
    view: DeckView, templates: Mapping[str, str], id: str, layouts: Mapping[str, tuple[Layout, ...]]
) -> None:
    full = filled(view, id, 9)
    parts = paged(full, templates, english, layouts).slides
    count = len(parts)
    assert count > 1
    assert [part.title for part in parts] == [f"{full.slides[0].title} ({n} of {count})" for n in range(1, count + 1)]
    assert tuple(point for part in parts for point in part.points) == full.slides[0].points
    assert tuple(m for part in parts for m in part.step_minutes) == full.slides[0].step_minutes
    assert {whole(part.id) for part in parts} == {id}
    html = render(templates, SLIDES, english, deck=replace(full, slides=parts))
    for slide in read(html):
        assert overs(plan(slide, layouts)).keys() & {"points", "steps"} == set()
        assert slide.notes


def test_slides_that_fit_stay_as_they_are(view: DeckView, templates: Mapping[str, str]) -> None:
    assert paged(view, templates, english) == view


def test_numbers_go_on_from_part_to_part(
    view: DeckView, templates: Mapping[str, str], brand: DeckBrand, created: datetime
) -> None:
    full = filled(view, "cards-debrief", 9)
    parts = paged(replace(full, slides=(*full.slides, *filled(view, "cards", 9).slides)), templates, english)
    outcome = build(render(templates, SLIDES, english, deck=parts), "A deck", brand, created)
    assert outcome.value is not None
    assert lint(outcome.value) == []
    deck = Presentation(io.BytesIO(outcome.value))
    starts = [e.get("startAt") for slide in deck.slides for e in slide._element.xpath(".//a:buAutoNum")]
    assert {int(start) for start in starts} == {p.first for p in parts.slides if p.layout == "debrief" and p.first > 1}
    tables = [shape.table for slide in deck.slides for shape in slide.shapes if shape.has_table]
    numbers = [row.cells[0].text for table in tables for row in list(table.rows)[1:]]
    assert numbers == [str(n) for n in range(1, 10)]


@pytest.mark.parametrize("layouts", [FOR, NARROW_FOR], ids=["wide", "narrow"])
def test_a_long_agenda_is_dealt_over_slides_each_with_its_own_part_of_the_clock(
    view: DeckView,
    templates: Mapping[str, str],
    brand: DeckBrand,
    created: datetime,
    layouts: Mapping[str, tuple[Layout, ...]],
) -> None:
    slide = slide_of(view, "agenda")
    day = replace(view, slides=(replace(slide, agenda=slide.agenda * 2),), timeline=twice(view.timeline))
    told = paged(day, templates, english, layouts)
    html = render(templates, SLIDES, english, deck=told)
    parts = read(html)
    assert [part.title for part in parts] == [f"{slide.title} ({n} of {len(parts)})" for n in range(1, len(parts) + 1)]
    assert len(parts) > 1
    rows = [[cell[0].text for cell in row.cells] for part in parts for row in part.tables["agenda"].rows]
    assert rows == [[row.starts, row.title, row.minutes.removesuffix(" minutes")] for row in slide.agenda * 2]
    for part in parts:
        planned, strip = plan(part, layouts), part.timeline
        minutes = [int(row.cells[2][0].text) for row in part.tables["agenda"].rows]
        assert strip is not None
        assert overs(planned) == {}
        assert planned.tables["agenda"].size >= 20
        assert [span.width for span in strip.spans] == pytest.approx([each / sum(minutes) for each in minutes])
        assert strip.spans[0].x == pytest.approx(0)
        assert all(0 <= x <= 1 for x, _ in strip.ticks)
        assert part.tables["agenda"].rows[0].cells[1][0].text in strip.alt
    outcome = build(html, "A deck", brand, created)
    assert outcome.value is not None
    assert lint(outcome.value) == []


def twice(timeline: Timeline) -> Timeline:
    """A session that runs through its blocks a second time."""
    bars = [replace(bar, x=(bar.x + half) / 2, width=bar.width / 2) for half in (0, 1) for bar in timeline.bars]
    ticks = [replace(tick, x=(tick.x + half) / 2) for half in (0, 1) for tick in timeline.ticks]
    return Timeline(tuple(bars), tuple(ticks), timeline.alt)


def test_a_point_that_no_slide_holds_is_refused_with_its_line(
    view: DeckView, templates: Mapping[str, str], brand: DeckBrand, created: datetime
) -> None:
    slide = replace(slide_of(view, "objectives"), points=("word " * 300,))
    told = paged(replace(view, slides=(slide,)), templates, english)
    outcome = build(render(templates, SLIDES, english, deck=told), "A deck", brand, created)
    assert [(fault.code, str(fault.place)) for fault in outcome.diagnostics] == [("text-does-not-fit", slide.place)]
