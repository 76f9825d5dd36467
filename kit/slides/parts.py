"""A slide that would hold too much becomes several, each with its number in the title: “Diary pairs (1 of 2)”."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import accumulate, combinations, pairwise

from kit.model.document import AgendaRow, NotesView, PanelView, SlideView
from kit.model.language import Language, joined_by, put_together

MOST_WORDS = 30
"""On a slide that somebody talks over: who reads more than that does not listen."""

NOTES_TO_EACH_STEP = ("activity", "debrief")
"""Layouts whose notes go with single points, so that each part needs all of them."""


def words_in(text: str) -> int:
    """How many words `text` has: what stands between spaces and is more than a mark."""
    return sum(any(letter.isalnum() for letter in word) for word in text.split())


def words_on(slide: SlideView) -> int:
    """How many words of a slide are read while somebody talks.

    Signposts are not counted: the title, headings, what a fact is about, the clock, who is quoted and from where.
    """
    panels = [panel for panel in (slide.left, slide.right) if panel]
    texts = (
        *slide.points,
        *(what for _, what in slide.facts),
        *(point for panel in panels for point in panel.points),
        slide.question,
    )
    return sum(map(words_in, texts)) + (words_in(slide.quote.text) if slide.quote else 0)


def in_few_words(slide: SlideView, language: Language) -> tuple[SlideView, ...]:
    """`slide` in as many parts as it takes for none to have more than 30 words; a longer point stands alone."""
    counts = [words_in(point) for point in slide.points]
    shares = shared(counts, lambda first, end: end - first == 1 or sum(counts[first:end]) <= MOST_WORDS)
    return in_parts(slide, shares, language)


def shared(weights: Sequence[float], fits: Callable[[int, int], bool]) -> tuple[int, ...]:
    """How many of the items to put on each of as few slides as hold them, none much fuller than another.

    `weights` say how much each item fills, `fits(first, end)` whether a slide holds the items from `first` up to but
    not including `end`. Empty where an item does not even fit alone.
    """
    count = len(weights)
    sums = [0, *accumulate(weights)]
    if not all(fits(at, at + 1) for at in range(count)):
        return ()
    for parts in range(1, count + 1):
        ways = ((0, *cuts, count) for cuts in combinations(range(1, count), parts - 1))
        holding = [way for way in ways if all(fits(first, end) for first, end in pairwise(way))]
        if holding:
            best = min(holding, key=lambda way: max(sums[end] - sums[first] for first, end in pairwise(way)))
            return tuple(end - first for first, end in pairwise(best))
    return ()


def in_parts(slide: SlideView, shares: Sequence[int], language: Language) -> tuple[SlideView, ...]:
    """`slide` with its points, steps or rows dealt out by `shares`; the slide as it is where that is one share.

    The first part keeps the id; the others add `#2` and so on, which is how they are known as parts of it.
    """
    if len(shares) < 2:
        return (slide,)
    parts = []
    for number, (first, end) in enumerate(pairwise((0, *accumulate(shares))), 1):
        parts.append(
            replace(
                slide,
                id=slide.id if number == 1 else f"{slide.id}#{number}",
                title=language.phrase("slides.part", title=slide.title, n=number, of=len(shares)),
                points=slide.points[first:end],
                step_minutes=slide.step_minutes[first:end],
                agenda=slide.agenda[first:end],
                where=_when(slide.agenda[first:end], language) or slide.where,
                rows=slide.rows[first:end],
                leads_to=slide.leads_to[first:end],
                facts=slide.facts[first:end],
                left=_cut(slide.left, first, end),
                right=_cut(slide.right, first, end),
                first=slide.first + first,
                notes=slide.notes if number == 1 else _continued(slide, language),
            )
        )
    return tuple(parts)


def _when(rows: Sequence[AgendaRow], language: Language) -> str:
    """Rows of an agenda in words, for the drawing beside them; empty where there are none."""
    told = [put_together("{title}, {time}", title=row.title, time=row.clock) for row in rows]
    return language.phrase("drawings.timeline", blocks=joined_by("; ", told)) if told else ""


def _cut(panel: PanelView | None, first: int, end: int) -> PanelView | None:
    return panel and replace(panel, points=panel.points[first:end])


def whole(id: str) -> str:
    """The id of the slide that a part belongs to."""
    return id.partition("#")[0]


def _continued(slide: SlideView, language: Language) -> NotesView:
    continued = language.phrase("slides.continued")
    if slide.layout in NOTES_TO_EACH_STEP:
        return replace(slide.notes, say=(continued, *slide.notes.say))
    return NotesView(slide.notes.clock, (continued,), length=slide.notes.length)
