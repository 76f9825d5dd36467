"""A session becomes its deck: which slides there are, what each says and what its notes hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, replace

from kit.compose import Imprint, house, participant_view
from kit.leeway import latest_ends
from kit.model.change import SetChange
from kit.model.document import DeckView, ShownDeck, SlideFace, SlideView
from kit.model.page import SlideShape
from kit.model.workshop import Session, Workshop
from kit.slides.backup import backup
from kit.slides.blocks import block_slides
from kit.slides.closing import closing
from kit.slides.context import Context
from kit.slides.opening import opening
from kit.slides.parts import in_few_words

__all__ = ["deck_view", "for_participants", "slide_numbers"]


def deck_view(
    workshop: Workshop,
    session: Session,
    imprint: Imprint,
    *,
    workbook_pages: Mapping[str, int],
    shape: SlideShape = "16:9",
) -> DeckView:
    """The deck of one session, its drawings for slides of `shape`.

    `workbook_pages` gives the page of each handout by block id, for the notes.
    """
    alone = workshop.alone(session)
    participant = participant_view(alone, imprint)
    ends = dict(zip((block.id for block in session.blocks), latest_ends(session.blocks), strict=True))
    context = Context(alone, session, participant, workbook_pages, ends, shape)
    return DeckView(
        stamp=imprint.stamp,
        house=house(workshop, imprint),
        title=participant.title,
        subtitle=session.name or participant.subtitle,
        slides=_linked(tuple(_slides(context))),
        timeline=participant.sessions[0].timeline,
    )


def for_participants(deck: DeckView, shape: SlideShape = "16:9") -> ShownDeck:
    """What participants are given of a deck: neither its notes nor the slides that the show passes over."""
    faces = (
        SlideFace(**{field.name: getattr(slide, field.name) for field in fields(SlideFace)})
        for slide in deck.slides
        if not slide.hidden
    )
    return ShownDeck(deck.house, deck.subtitle, tuple(faces), deck.timeline, shape)


def slide_numbers(decks: Iterable[DeckView], workshop: Workshop) -> Mapping[str, tuple[int, int]]:
    """The first and last slide of each block in its own deck, by block id, counted from 1; hidden ones apart."""
    ids = {block.id for block in workshop.blocks}
    numbers: dict[str, tuple[int, int]] = {}
    for deck in decks:
        for number, slide in enumerate(deck.slides, 1):
            block = slide.id.split("/")[0]
            if block in ids and not slide.hidden:
                first, _ = numbers.get(block, (number, number))
                numbers[block] = (first, number)
    return numbers


def _slides(context: Context) -> Iterator[SlideView]:
    """Every slide but those that the trust leaves out, each with the words that it sets."""
    reworded = dict(context.workshop.slides_reworded)
    for slide in _planned(context):
        if slide.id not in context.workshop.slides_dropped:
            told = _reworded(context, slide, reworded[slide.id]) if slide.id in reworded else slide
            yield from in_few_words(told, context.language) if _is_a_list(slide) else (told,)


def _linked(slides: tuple[SlideView, ...]) -> tuple[SlideView, ...]:
    """The agenda leads to the first slide of each block, and that slide leads back."""
    agenda = next((slide for slide in slides if slide.agenda), None)
    if agenda is None:
        return slides
    firsts: dict[str, str] = {}
    for slide in slides:
        firsts.setdefault(slide.id.split("/")[0], slide.id)
    led = {firsts[row.block] for row in agenda.agenda if row.block in firsts}
    return tuple(
        replace(
            slide,
            leads_to=tuple(firsts.get(row.block, "") for row in slide.agenda),
            back=agenda.id if slide.id in led else "",
        )
        for slide in slides
    )


def _planned(context: Context) -> Iterator[SlideView]:
    yield from opening(context)
    for block in context.session.blocks:
        yield from block_slides(context, block)
    yield from closing(context)
    yield from backup(context)


def _is_a_list(slide: SlideView) -> bool:
    """Whether its points come from a list that is written for other pages too, and may be long."""
    return slide.layout == "objectives" or slide.id.endswith("/homework")


def _reworded(context: Context, slide: SlideView, change: SetChange) -> SlideView:
    return replace(
        slide,
        place=context.place_of_change(f"slide {slide.id}"),
        title=change.title or slide.title,
        points=change.points or slide.points,
        question=change.question or slide.question,
    )
