"""How much may stand on a slide that somebody talks over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kit.diagnostics import Diagnostic, Place
from kit.model.document import DeckView, NotesView, SlideView
from kit.model.workshop import Workshop
from kit.slides.parts import MOST_WORDS, words_on

NOT_TALKED_OVER = ("title", "welcome", "agenda", "activity", "debrief", "closing")
"""Layouts that people work by or look things up in. On all others somebody talks."""


def too_many_words(deck: DeckView, workshop: Workshop) -> Iterator[Diagnostic]:
    """A warning for each slide with more to read than people can while they listen."""
    for slide in deck.slides:
        count = words_on(slide)
        if count > MOST_WORDS and _is_talked_over(slide):
            yield Diagnostic(
                "too-many-words-on-a-slide",
                f"The slide “{slide.title}” has {count} words to read while somebody talks; {MOST_WORDS} is the most.",
                "Shorten it, make 2 slides of it, or move a part to what the facilitator says or to the worksheet.",
                written_at(slide, workshop),
                severity="warning",
            )


def without_notes(slide: SlideView) -> SlideView:
    """`slide` with nothing for the facilitator, for what is about the slide alone."""
    return replace(slide, notes=NotesView("", ()))


def _is_talked_over(slide: SlideView) -> bool:
    return not (slide.hidden or slide.at_own_pace or slide.layout in NOT_TALKED_OVER)


def written_at(slide: SlideView, workshop: Workshop) -> Place | None:
    """The line of the content that a slide comes from."""
    file, _, numbers = slide.place.partition(".yaml:")
    text = next((text for text in workshop.texts.values() if text.file == f"{file}.yaml"), None)
    if text is None or not numbers:
        return None
    line, column = (int(number) for number in numbers.split(":"))
    return Place(text.file, line, column, text.lines[line - 1] if line <= len(text.lines) else "")
