"""What documents show, and what must never reach a participant."""

from __future__ import annotations

import dataclasses
import re
import types
import typing
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import pytest
from pydantic import BaseModel

from kit.compose import Imprint, facilitator_view, participant_view
from kit.lint.quotations import MOST_QUOTED
from kit.load import Library, load
from kit.localise import Request, localise
from kit.model.document import DeckView, FacilitatorView, ParticipantView, QuoteView, Stamp
from kit.model.kind import DocumentKind
from kit.model.packview import CoverageView
from kit.model.workshop import Workshop
from kit.palette import OWN
from kit.printing import Printed
from kit.slides import deck_view, for_participants, slide_numbers
from kit.startpage import index_view
from kit.workspace import Workspace

EDITION = Imprint(Stamp("abc1234", "5 January 2027", "Built 5 January 2027, build abc1234"), OWN)
PAGES = {"pairs": 4}
NO_COVERAGE = CoverageView((), ())

HIDDEN_FIELDS = {
    *("say", "watch", "listen", "land", "purpose", "prepare", "note", "notes"),
    *("objections", "they_say", "you_say", "answers", "answer", "adaptations"),
}
HIDDEN_TYPES = {
    *("FacilitatorView", "BlockView", "StepView", "DebriefView", "NotesView", "CueView", "MaterialView"),
    *("Recall", "Workshop", "Session"),
}


@dataclass(frozen=True)
class Edited:
    """One plan of the real content in one edition, with all that is shown of it."""

    workshop: Workshop
    participant: ParticipantView
    facilitator: FacilitatorView
    slides: tuple[Any, ...]
    decks: tuple[DeckView, ...]


def shown(workshop: Workshop) -> Edited:
    decks = [deck_view(workshop, session, EDITION, workbook_pages={}) for session in workshop.sessions]
    return Edited(
        workshop=workshop,
        participant=participant_view(workshop, EDITION),
        facilitator=facilitator_view(
            workshop, EDITION, workbook_pages={}, slide_numbers=slide_numbers(decks, workshop)
        ),
        slides=tuple(slide for deck in decks for slide in deck.slides),
        decks=tuple(decks),
    )


@pytest.fixture(scope="module")
def editions(project: Workspace) -> list[Edited]:
    """Every plan of the real content, for the base and for every trust."""
    found = []
    for trust in (None, *project.trusts()):
        library = load(project, trust=project.trust_folder(trust) if trust else None).value
        assert library is not None
        for plan in library.plans:
            workshop = localise(library, plan).value
            assert workshop is not None
            found.append(shown(workshop))
    assert len(found) >= 2
    return found


def small_session(library: Library, request: Request | None = None) -> Workshop:
    workshop = localise(library, "short", request or Request()).value
    assert workshop is not None
    return workshop


def records(value: Any) -> Iterator[Any]:
    """Every record within a view, itself included."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        yield value
        for field in dataclasses.fields(value):
            yield from records(getattr(value, field.name))
    elif isinstance(value, BaseModel):
        yield value
        for name in type(value).model_fields:
            yield from records(getattr(value, name))
    elif isinstance(value, tuple):
        for item in value:
            yield from records(item)


def strings(value: Any) -> Iterator[str]:
    """Every text within a view, wherever it stands."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from strings(item)
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from strings(getattr(value, name))
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        for field in dataclasses.fields(value):
            yield from strings(getattr(value, field.name))


def facilitator_only(workshop: Workshop) -> Iterator[str]:
    """Every text of a workshop that is meant for the facilitator alone."""
    yield from (question.answer for session in workshop.sessions for question in session.recall)
    for block in workshop.blocks:
        yield from (block.purpose, block.note)
        activity = block.activity
        if activity is None:
            continue
        yield from (activity.purpose, activity.room, *activity.prepare, *activity.answers)
        yield from strings(activity.adaptations)
        yield from strings(activity.objections)
        yield from (text for step in activity.steps for text in (step.say, step.watch) if text)
        yield from (slide.say for slide in activity.slides if slide.say)
        yield from (material.note for material in activity.materials if material.note)
        if activity.debrief is not None:
            yield activity.debrief.land
            yield from (question.listen for question in activity.debrief.questions if question.listen)


def sentences(text: str) -> Iterator[str]:
    """The sentences of a text that are long enough to be recognised."""
    for sentence in re.split(r"(?<=[.!?])\s+", " ".join(text.split())):
        if len(sentence.split()) >= 5:
            yield sentence.rstrip(".!?")


def leaks(workshop: Workshop, visible: Any) -> list[str]:
    seen = "\n".join(" ".join(text.split()) for text in strings(visible))
    return [sentence for text in facilitator_only(workshop) for sentence in sentences(text) if sentence in seen]


def test_no_words_of_the_facilitators_reach_a_participants_document(editions: list[Edited]) -> None:
    for edition in editions:
        assert sum(len(text) for text in facilitator_only(edition.workshop)) > 10_000
        assert leaks(edition.workshop, edition.participant) == []


def test_no_words_of_the_facilitators_reach_a_slide_outside_its_notes(editions: list[Edited]) -> None:
    for edition in editions:
        bare = tuple(replace(slide, notes=None) for slide in edition.slides if not slide.id.endswith("/answers"))
        assert leaks(edition.workshop, bare) == []


def test_a_slide_may_hold_sample_answers_alone_where_it_is_hidden_and_says_whose_they_are(
    editions: list[Edited],
) -> None:
    for edition in editions:
        answers = [slide for slide in edition.slides if slide.id.endswith("/answers")]
        assert answers
        assert all(slide.hidden and slide.title.startswith("For the facilitator") for slide in answers)
        written = {answer for block in edition.workshop.blocks if block.activity for answer in block.activity.answers}
        assert {point for slide in answers for point in slide.points} <= written
        assert leaks(edition.workshop, tuple(for_participants(deck) for deck in edition.decks)) == []


def test_the_search_for_leaks_finds_what_a_guide_shows(editions: list[Edited]) -> None:
    for edition in editions:
        assert len(leaks(edition.workshop, edition.facilitator)) > 100
        assert len(leaks(edition.workshop, edition.slides)) > 50


def annotated_fields(kind: type) -> Iterator[tuple[type, str, Any]]:
    """Every field of every record type that a view can hold."""
    seen: set[type] = set()
    waiting = [kind]
    while waiting:
        current = waiting.pop()
        if current in seen:
            continue
        seen.add(current)
        for name, annotation in typing.get_type_hints(current).items():
            if name.startswith("model_") or typing.get_origin(annotation) is typing.ClassVar:
                continue
            yield current, name, annotation
            waiting += record_types(annotation)


def record_types(annotation: Any) -> list[type]:
    if isinstance(annotation, type) and not isinstance(annotation, types.GenericAlias):
        return [annotation] if dataclasses.is_dataclass(annotation) or issubclass(annotation, BaseModel) else []
    return [found for argument in typing.get_args(annotation) for found in record_types(argument)]


def test_a_participants_view_has_no_place_for_the_facilitators_words() -> None:
    found = list(annotated_fields(ParticipantView))
    assert {kind.__name__ for kind, _, _ in found} >= {"ParticipantView", "HandoutView", "LinesPart", "QuoteView"}
    assert [f"{kind.__name__}.{name}" for kind, name, _ in found if name in HIDDEN_FIELDS] == []
    assert HIDDEN_TYPES & {kind.__name__ for kind, _, _ in found} == set()
    guide = {name for _, name, _ in annotated_fields(FacilitatorView)}
    assert guide >= {"say", "watch", "land", "purpose", "note", "objections", "answers", "adaptations"}


# Quotations --------------------------------------------------------------------------------------


def quotes_in(view: Any) -> list[QuoteView]:
    return [record for record in records(view) if isinstance(record, QuoteView)]


def test_every_quotation_is_exact_and_attributed_wherever_it_stands(editions: list[Edited]) -> None:
    for edition in editions:
        article = edition.workshop.article
        for quote in [*quotes_in(edition.participant), *quotes_in(edition.slides)]:
            written = article.quote(quote.id)
            assert quote.text == written.text
            assert quote.speaker == article.voice(written.voice).name
            assert quote.post == f"{article.voice(written.voice).post}, in {article.source.year}"
            assert quote.citation == "Limb M. BMJ 2016;352:i631"


def test_the_count_on_the_source_page_is_the_count_of_what_is_quoted(editions: list[Edited]) -> None:
    for edition in editions:
        used = {quote.id for quote in [*quotes_in(edition.participant), *quotes_in(edition.slides)]}
        reserve = {quote.id for quote in quotes_in(tuple(slide for slide in edition.slides if slide.hidden))}
        assert used - reserve == {quote.id for quote in edition.participant.quotes}
        words = sum(edition.workshop.article.quote(id).words for id in used)
        assert f"quotes {len(used)} passages, {words} of the article’s 785 words" in edition.participant.source.count
        assert words < 785 * MOST_QUOTED


def test_a_quotation_on_a_slide_alone_is_counted_and_one_used_twice_is_counted_once(small_library: Library) -> None:
    workshop = small_session(small_library)
    view = participant_view(workshop, EDITION)
    assert [quote.id for quote in view.quotes] == ["ash-boat", "birch-rudder"]
    assert view.source.count.startswith("This pack quotes 2 passages, 17 of the article’s 240 words (7%).")


# One session, in detail --------------------------------------------------------------------------


def test_every_time_that_is_shown_agrees(small_library: Library) -> None:
    workshop = small_session(small_library)
    view = facilitator_view(workshop, EDITION, workbook_pages=PAGES, slide_numbers={"pairs": (5, 7), "tea": (8, 8)})
    pairs, tea, rounds = view.blocks
    assert [row.clock for row in view.participant.sessions[0].agenda] == [block.clock for block in view.blocks]
    assert pairs.clock == view.participant.handouts[0].clock == "9:30am to 9:55am"
    assert [step.clock for step in pairs.steps] == ["9:30am", "9:35am"]
    assert pairs.debrief is not None
    assert (pairs.debrief.clock, pairs.debrief.minutes) == ("9:45am", "10 min")
    assert (view.participant.occasion.time, view.participant.occasion.length) == ("9:30am to 10:30am", "1 hour")
    assert view.must_end == "10:30am"
    assert (pairs.slides, tea.slides, rounds.slides) == ("slides 5 to 7", "slide 8", "")
    assert (pairs.handout, pairs.workbook_page, rounds.handout, rounds.workbook_page) == (1, 4, 0, 0)


def test_the_timeline_is_drawn_to_scale(small_library: Library) -> None:
    timeline = participant_view(small_session(small_library), EDITION).sessions[0].timeline
    assert [(bar.x, bar.width) for bar in timeline.bars] == [
        (0, pytest.approx(25 / 60)),
        (pytest.approx(25 / 60), 0.25),
        (pytest.approx(40 / 60), pytest.approx(20 / 60)),
    ]
    assert [(tick.label, tick.x) for tick in timeline.ticks] == [("9:30am", 0), ("10am", 0.5), ("10:30am", 1)]
    assert "Tea, 9:55am to 10:10am" in timeline.alt


def test_ticks_stand_on_the_half_hour_even_when_the_session_does_not_start_there(small_library: Library) -> None:
    timeline = participant_view(small_session(small_library, Request(start=575)), EDITION).sessions[0].timeline
    assert [tick.label for tick in timeline.ticks] == ["10am", "10:30am"]


def test_materials_are_counted_for_those_who_come_and_shared_ones_once(small_library: Library) -> None:
    workshop = small_session(small_library, Request(attendees=9))
    view = facilitator_view(workshop, EDITION, workbook_pages={}, slide_numbers={})
    assert [(m.item, m.count, m.rule) for m in view.materials] == [
        ("Pen", 9, "1 for each person"),
        ("Flip chart", 8, "2 for each pair"),
    ]


def test_where_nothing_is_known_nothing_is_shown(small_library: Library, oakfield_library: Library) -> None:
    base = participant_view(small_session(small_library), EDITION)
    trust = participant_view(small_session(oakfield_library), EDITION)
    assert (base.house.name, base.occasion.date, base.occasion.room, base.occasion.practical) == ("", "", "", ())
    assert (trust.house.name, trust.occasion.date) == ("Oakfield Hospitals", "Thursday 4 March 2027")
    assert trust.occasion.practical == (("Fire exit", "By the river"),)
    assert trust.occasion.facilitators == ("Sam Elm, registrar",)


def test_print_rows_count_copies_and_sheets(small_library: Library) -> None:
    workshop = small_session(small_library, Request(attendees=9))
    facilitator = facilitator_view(workshop, EDITION, workbook_pages={}, slide_numbers={})

    def kind(id: str, **more: Any) -> DocumentKind:
        fields = {
            "id": id,
            "title": id,
            "purpose": "P",
            "audience": "participant",
            "output": "pdf",
            "path": f"{id}.pdf",
        }
        return DocumentKind.model_validate(fields | more)

    workbook = kind("workbook", sides=2, flip="long", copies={"per": "person", "spares": True})
    cards = kind("cards", sides=1, copies={"per": "table"})
    deck = kind("deck", paper="screen")
    printed = [
        Printed(workbook, "workbook.pdf", "Workbook", 5),
        Printed(cards, "cards.pdf", "Cards", 4),
        Printed(deck, "deck.pptx", "Slides", 20),
    ]
    index = index_view(facilitator, workshop, printed, NO_COVERAGE)
    assert [(row.document, row.copies, row.sheets, row.sides) for row in index.prints.rows] == [
        ("Cards", 3, 12, "single-sided"),
        ("Workbook", 11, 33, "double-sided, flip on the long edge"),
    ]
    assert index.prints.sheets == 45
    assert [row.path for row in index.files] == ["workbook.pdf", "cards.pdf", "deck.pptx"]
