"""Slides too full for their layout become several, so that a deck has the same slides wherever it is shown or counted.

It is decided before anything is drawn, by measuring: words keep at least the size that a room can read, and what then
does not fit goes on to the next slide. What cannot be dealt out (a title, a quotation, a single point) stays as it is,
and is an error.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache

from kit.diagnostics import Diagnostic
from kit.model.document import DeckView, SlideView
from kit.model.language import Language
from kit.render.deck.grid import Layout
from kit.render.deck.layouts import FOR
from kit.render.deck.planning import Plan, faults, overs, plan
from kit.render.deck.read import read
from kit.render.deck.slides import Slide
from kit.render.html import SLIDES, render
from kit.slides.parts import in_parts, shared

_LISTS = ("points", "left", "right")
_TABLES = ("steps", "facts", "agenda", "table")


def paged(
    view: DeckView,
    templates: Mapping[str, str],
    language: Language,
    layouts: Mapping[str, tuple[Layout, ...]] = FOR,
) -> DeckView:
    """`view` with each slide in as many parts as it takes on these `layouts`."""
    html = render(templates, SLIDES, language, deck=view)
    parts: list[SlideView] = []
    for told, measured in zip(view.slides, read(html), strict=True):
        parts += in_parts(told, _shares(measured, layouts, language), language)
    return replace(view, slides=tuple(parts))


def too_full(
    view: DeckView, templates: Mapping[str, str], language: Language, layouts: Mapping[str, tuple[Layout, ...]] = FOR
) -> Iterator[tuple[SlideView, Diagnostic]]:
    """The slides of `view` whose words do not fit however they are dealt out, each with what is too much on it."""
    html = render(templates, SLIDES, language, deck=view)
    for told, measured in zip(view.slides, read(html), strict=True):
        dealt = (*_LISTS, *_TABLES) if _shares(measured, layouts, language) else ()
        yield from ((told, fault) for fault in faults(plan(measured, layouts), dealt))


def _shares(slide: Slide, layouts: Mapping[str, tuple[Layout, ...]], language: Language) -> tuple[int, ...]:
    """How many points or rows go on each part: nothing where the slide is not too full, or cannot be dealt out."""
    whole = plan(slide, layouts)
    lists = {slot: slide.text[slot] for slot in _LISTS if slot in slide.text}
    rows = {slot: slide.tables[slot].rows for slot in _TABLES if slot in slide.tables}
    dealt = lists | rows
    if not overs(whole).keys() & dealt.keys():
        return ()
    count = max(map(len, dealt.values()))
    titled = replace(slide, title=language.phrase("slides.part", title=slide.title, n=count, of=count))

    @cache
    def fits(first: int, end: int) -> bool:
        part = _cut(titled, first, end)
        return part is not None and not overs(plan(part, layouts)).keys() & dealt.keys()

    return shared(list(_weights(whole, dealt, count)), fits)


def _cut(slide: Slide, first: int, end: int) -> Slide | None:
    """`slide` with a few of its points or rows; None where a panel would be left empty."""
    text = {slot: words[first:end] if slot in _LISTS else words for slot, words in slide.text.items()}
    tables = {
        slot: replace(table, rows=table.rows[first:end]) if slot in _TABLES else table
        for slot, table in slide.tables.items()
    }
    empty = not all(text.values()) or not all(table.rows for table in tables.values())
    return None if empty else replace(slide, text=text, tables=tables)


def _weights(whole: Plan, dealt: Mapping[str, Sequence[object]], count: int) -> Iterator[float]:
    """How much room each point or row takes: the letters of a point, the height of a row."""
    for at in range(count):
        letters = [len(whole.text[slot][at].text) for slot in dealt if slot in whole.text and at < len(dealt[slot])]
        heights = [whole.tables[slot].heights[at + 1] for slot in dealt if slot in whole.tables]
        yield max((*letters, *heights))
