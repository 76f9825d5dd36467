"""A trust's changes: what each verb does, that their order does not matter, and that nothing is missed in silence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError
from speaking import english

from kit.catalogue import as_set, kinds
from kit.compose import Imprint, participant_view
from kit.load import Library
from kit.localise import localise
from kit.model.change import Change, Target, target
from kit.model.document import DeckView, Stamp
from kit.model.edition import STANDARD, made_in
from kit.model.trust import Trust
from kit.model.workshop import Workshop
from kit.palette import OWN
from kit.printing import copies_of
from kit.references import dangling
from kit.slides import deck_view
from kit.workspace import Workspace

CHANGES: TypeAdapter[tuple[Change, ...]] = TypeAdapter(tuple[Change, ...])
EDITION = Imprint(Stamp("abc1234", "5 January 2027", "Built 5 January 2027, build abc1234"), OWN)

STEP = {"id": "swap", "title": "Swap", "minutes": 3, "do": "Change places."}
A_BREAK = {"id": "rest", "kind": "break", "title": "Rest", "minutes": 5}


def with_changes(library: Library, *changes: dict[str, Any]) -> Library:
    assert library.trust is not None
    written = {"short": CHANGES.validate_python(changes)}
    return replace(library, trust=library.trust.model_copy(update={"changes": written}))


def made(library: Library, *changes: dict[str, Any]) -> Workshop:
    workshop = localise(with_changes(library, *changes), "short").value
    assert workshop is not None
    return workshop


def ids(workshop: Workshop) -> list[str]:
    return [block.id for block in workshop.blocks]


def steps(workshop: Workshop, block: str = "pairs") -> list[tuple[str, int]]:
    found = next(each for each in workshop.blocks if each.id == block)
    return [(timed.step.id, timed.minutes) for timed in found.steps]


def deck(workshop: Workshop) -> DeckView:
    return deck_view(workshop, workshop.sessions[0], EDITION, workbook_pages={})


def faults(library: Library, *changes: dict[str, Any]) -> list[str]:
    changed = with_changes(library, *changes)
    known = {"activity": (), "plan": ("short", "tides"), "symbol": (), "document": ("deck", "workbook")}
    return [fault.code for fault in dangling(changed, known) if fault.place and "trust.yaml" in fault.place.file]


# Blocks ------------------------------------------------------------------------------------------


def test_a_block_gives_way_to_another_in_its_place(oakfield_library: Library) -> None:
    workshop = made(oakfield_library, {"replace": "tea", "by": {**A_BREAK, "minutes": 15}})
    assert ids(workshop) == ["pairs", "rest", "rounds"]
    assert workshop.changes == ("“Tea” gives way to “Rest”, 15 minutes.",)


@pytest.mark.parametrize(
    ("move", "order"),
    [
        ({"move": "rounds", "before": "pairs"}, ["rounds", "pairs", "tea"]),
        ({"move": "pairs", "after": "tea"}, ["tea", "pairs", "rounds"]),
        ({"move": "pairs", "after": "pairs"}, ["pairs", "tea", "rounds"]),
    ],
)
def test_a_block_moves_and_the_clock_with_it(oakfield_library: Library, move: dict[str, Any], order: list[str]) -> None:
    workshop = made(oakfield_library, move)
    assert ids(workshop) == order
    starts = [block.start for block in workshop.blocks]
    assert starts == sorted(starts)
    assert [block.number for block in workshop.blocks if block.activity] == [1, 2]


def test_what_is_added_after_the_same_block_stands_as_it_is_written(oakfield_library: Library) -> None:
    first, second = {**A_BREAK, "id": "one"}, {**A_BREAK, "id": "two"}
    workshop = made(oakfield_library, {"add": first, "after": "tea"}, {"add": second, "after": "tea"})
    assert ids(workshop) == ["pairs", "tea", "one", "two", "rounds"]


# Steps -------------------------------------------------------------------------------------------


def test_steps_can_be_added_moved_dropped_replaced_and_set(oakfield_library: Library) -> None:
    assert steps(made(oakfield_library, {"add": STEP, "after": "pairs/begin"})) == [
        ("begin", 4),
        ("swap", 3),
        ("compare", 8),
    ]
    assert [id for id, _ in steps(made(oakfield_library, {"move": "pairs/compare", "before": "pairs/begin"}))] == [
        "compare",
        "begin",
    ]
    assert steps(made(oakfield_library, {"drop": "pairs/begin"}, {"set": "pairs", "minutes": 20})) == [("compare", 10)]
    assert steps(made(oakfield_library, {"replace": "pairs/begin", "by": {**STEP, "minutes": 5}}))[0] == ("swap", 5)
    workshop = made(oakfield_library, {"set": "pairs/begin", "do": "Sit down at {{ trust.short }}.", "minutes": 4})
    assert workshop.blocks[0].steps[0].step.do == "Sit down at Oakfield."
    assert steps(workshop)[0] == ("begin", 4)


def test_a_step_changes_in_its_own_block_and_in_no_other_that_uses_the_activity(oakfield_library: Library) -> None:
    again = {"id": "again", "activity": "pairs", "minutes": 25, "objectives": ["compare"]}
    workshop = made(
        oakfield_library, {"add": again, "after": "tea"}, {"set": "pairs/begin", "title": "Once"}, {"drop": "rounds"}
    )
    titles = {block.id: block.steps[0].step.title for block in workshop.blocks if block.steps}
    assert titles == {"pairs": "Once", "again": "Begin"}


# Slides, pages, documents, quotations ------------------------------------------------------------


def as_written(library: Library, *changes: dict[str, Any]) -> Library:
    """`library` whose file says `changes`, for what names their place in it."""
    text = library.texts["trust"]
    written = replace(text, data={**text.data, "changes": {"short": list(changes)}})
    return replace(library, texts={**library.texts, "trust": written})


def test_a_slide_can_be_hidden_and_reworded_wherever_it_comes_from(oakfield_library: Library) -> None:
    before = deck(made(oakfield_library))
    hidden = deck(made(oakfield_library, {"drop": "slide pairs/boat"}, {"drop": "slide 0-opening/objectives"}))
    assert {slide.id for slide in before.slides} - {slide.id for slide in hidden.slides} == {
        "pairs/boat",
        "0-opening/objectives",
    }
    change = {"set": "slide pairs/debrief", "points": ["What now?"]}
    reworded = deck(made(as_written(oakfield_library, change), change))
    slide = next(slide for slide in reworded.slides if slide.id == "pairs/debrief")
    assert slide.points == ("What now?",)


def test_a_local_slide_stands_in_its_block(oakfield_library: Library) -> None:
    local = {"id": "here", "layout": "content", "title": "At {{ trust.short }}", "points": ["1 boat"]}
    slides = [slide.id for slide in deck(made(oakfield_library, {"add": local, "before": "pairs"})).slides]
    assert slides.index("pairs/here") < slides.index("pairs/activity")
    slides = [slide.id for slide in deck(made(oakfield_library, {"add": local, "after": "pairs"})).slides]
    assert slides.index("pairs/here") > slides.index("pairs/debrief")


def test_a_handout_of_the_trusts_own_follows_that_of_its_block(oakfield_library: Library) -> None:
    page = {"id": "our-river", "title": "Our river", "text": "It is **wide** at {{ trust.short }}.", "lines": 3}
    view = participant_view(made(oakfield_library, {"add": page, "after": "pairs"}), EDITION)
    assert [(handout.number, handout.id) for handout in view.handouts] == [(1, "pairs"), (2, "our-river")]
    assert view.handouts[1].parts[0].part.text == "It is **wide** at Oakfield."  # type: ignore[union-attr]


def test_a_document_is_left_out(oakfield_library: Library) -> None:
    assert made(oakfield_library, {"drop": "document deck"}).plan.leave_out == ("deck",)


def test_a_quotation_is_left_out_of_cards_slides_and_worksheets_and_another_chosen(oakfield_library: Library) -> None:
    workshop = made(oakfield_library, {"drop": "quote ash-boat"}, {"add": {"quote": "birch-rudder"}, "after": "rounds"})
    view = participant_view(workshop, EDITION)
    assert {quote.id for quote in view.quotes} == {"birch-rudder"}
    assert not any(part.quotes for handout in view.handouts for part in handout.parts)
    assert workshop.blocks[2].activity is not None
    assert workshop.blocks[2].activity.quotes == ("birch-rudder",)


# Tasks and documents -----------------------------------------------------------------------------

TASK = {"id": "bank-staff", "text": "Ring round at {{ trust.short }}.", "answer": "manage", "why": "It is a list."}


def tasks(workshop: Workshop) -> list[tuple[str, str, str]]:
    return [(task.id, task.text, task.answer) for task in workshop.tasks]


def test_task_cards_can_be_added_moved_set_and_dropped(oakfield_library: Library) -> None:
    rota, say_no = tasks(made(oakfield_library))
    ours = ("bank-staff", "Ring round at Oakfield.", "manage")
    assert tasks(made(oakfield_library, {"add": TASK})) == [rota, say_no, ours]
    assert tasks(made(oakfield_library, {"add": TASK, "after": "task rota"})) == [rota, ours, say_no]
    assert tasks(made(oakfield_library, {"move": "task say-no", "before": "task rota"})) == [say_no, rota]
    assert tasks(made(oakfield_library, {"drop": "task rota"}, {"add": TASK})) == [say_no, ours]
    other = {"set": "task rota", "text": "Print it.", "answer": "both", "because": "It has 2 sides."}
    changed = made(oakfield_library, other)
    assert tasks(changed)[0] == ("rota", "Print it.", "both")
    assert changed.tasks[0].why == "It has 2 sides."
    assert changed.changes == ("The task card “rota” reads “Print it.” and has the answer “both”.",)


def test_a_card_that_does_not_fit_names_the_line_of_whoever_wrote_it(oakfield_library: Library) -> None:
    changed = made(oakfield_library, {"set": "task rota", "text": "Print it."}, {"add": TASK})
    places = [view.place for view in participant_view(changed, EDITION).tasks]
    assert ["trust.yaml" in place for place in places] == [True, False, True]


def test_a_document_has_another_title_copies_and_a_note(oakfield_library: Library, project: Workspace) -> None:
    change = {
        "set": "document register",
        "title": "Who came to {{ trust.short }}",
        "copies": 3,
        "note": "1 for the door.",
    }
    workshop = made(oakfield_library, change)
    known = {kind.id: kind for kind in as_set(kinds(project.templates(), english).value or (), workshop)}
    register = known["register"]
    assert (register.title, register.note) == ("Who came to Oakfield", "1 for the door.")
    assert copies_of(register, workshop, STANDARD) == 3
    workbook = known["workbook"]
    assert sum(copies_of(workbook, workshop, edition) for edition in made_in(workbook, workshop.editions)) == 13
    assert workshop.changes == (
        "The document “register” is called “Who came to Oakfield”, is printed in 3 copies and has a note of its own.",
    )


# Any order ---------------------------------------------------------------------------------------

INDEPENDENT: tuple[dict[str, Any], ...] = (
    {"set": "pairs", "minutes": 22},
    {"set": "rounds", "title": "Round and round"},
    {"add": A_BREAK, "before": "rounds"},
    {"replace": "tea", "by": {"id": "walk", "kind": "break", "title": "Walk", "minutes": 13}},
    {"add": STEP, "after": "pairs/begin"},
    {"set": "pairs/compare", "watch": "Facilitator only, watch."},
    {"set": "walk", "title": "A walk"},
    {"move": "rest", "before": "pairs"},
    {"drop": "slide pairs/boat"},
    {"drop": "quote ash-boat"},
    {"drop": "document deck"},
    {"add": {"id": "here", "layout": "content", "title": "Here", "points": ["1 boat"]}, "after": "pairs"},
    {"add": {"id": "river", "title": "Our river", "text": "Wide."}, "after": "rounds"},
    {"add": TASK, "after": "task rota"},
    {"set": "task bank-staff", "text": "Ring round again."},
    {"drop": "task say-no"},
    {"set": "document workbook", "copies": 3},
)


def bare(workshop: Workshop) -> Workshop:
    """Without the sentences on the changes and their lines, which go by the order in which they are written."""
    return replace(workshop, changes=(), slides_reworded=(), task_places=())


@given(st.permutations(INDEPENDENT))
def test_any_order_of_independent_changes_gives_the_same_workshop(
    oakfield_library: Library, shuffled: list[dict[str, Any]]
) -> None:
    assert faults(oakfield_library, *shuffled) == []
    assert bare(made(oakfield_library, *shuffled)) == bare(made(oakfield_library, *INDEPENDENT))


def test_a_chain_of_additions_needs_no_order(oakfield_library: Library) -> None:
    chain = (
        {"add": {**A_BREAK, "id": "one"}, "after": "tea"},
        {"add": {**A_BREAK, "id": "two"}, "after": "one"},
        {"add": {**A_BREAK, "id": "three"}, "before": "two"},
    )
    found = {tuple(ids(made(oakfield_library, *order))) for order in permutations(chain)}
    assert found == {("pairs", "tea", "one", "three", "two", "rounds")}


def test_a_trust_that_changes_nothing_has_the_workshop_of_the_base(
    small_library: Library, oakfield_library: Library
) -> None:
    """But for its profile: here it goes by the words that the base has for nobody in particular."""
    words = small_library.words
    profile = Trust(id="oakfield", name=words.name, short=words.short)
    theirs = localise(replace(oakfield_library, trust=profile), "short").value
    base = localise(small_library, "short").value
    assert theirs is not None
    assert base is not None
    assert replace(theirs, organisation=base.organisation, texts=base.texts) == base


# Nothing in silence ------------------------------------------------------------------------------


def named_nowhere() -> Iterator[tuple[dict[str, Any], str]]:
    yield {"set": "pears", "minutes": 3}, "unknown-block"
    yield {"drop": "pears"}, "unknown-block"
    yield {"move": "pears", "before": "tea"}, "unknown-block"
    yield {"move": "tea", "before": "pears"}, "unknown-block"
    yield {"replace": "pears", "by": A_BREAK}, "unknown-block"
    yield {"add": A_BREAK, "after": "pears"}, "unknown-block"
    yield {"set": "pairs/begins", "do": "Sit."}, "unknown-step"
    yield {"drop": "pairs/begins"}, "unknown-step"
    yield {"add": STEP, "after": "pairs/begins"}, "unknown-step"
    yield {"drop": "slide pairs/bote"}, "unknown-slide"
    yield {"drop": "slide 0-opening/objective"}, "unknown-slide"
    yield {"set": "slide pears/boat", "title": "Boat"}, "unknown-block"
    yield {"drop": "document decks"}, "unknown-document"
    yield {"set": "document decks", "title": "Slides"}, "unknown-document"
    yield {"drop": "task rotas"}, "unknown-task"
    yield {"set": "task rotas", "text": "Print it."}, "unknown-task"
    yield {"add": TASK, "after": "task rotas"}, "unknown-task"
    yield {"add": {**TASK, "id": "rota"}}, "duplicate-id"
    yield {"drop": "quote ash-bote"}, "unknown-quote"
    yield {"add": {"quote": "ash-bote"}, "after": "pairs"}, "unknown-quote"


@pytest.mark.parametrize(("change", "code"), list(named_nowhere()))
def test_a_change_to_what_is_not_there_is_reported(
    oakfield_library: Library, change: dict[str, Any], code: str
) -> None:
    assert faults(oakfield_library, change) == [code]
    localise(with_changes(oakfield_library, change), "short")


@given(st.from_regex(r"[a-z]{1,8}(-[a-z]{1,4})?", fullmatch=True))
def test_a_change_to_an_unknown_id_is_always_reported(oakfield_library: Library, id: str) -> None:
    known = {"pairs", "tea", "rounds"}
    for change in ({"drop": id}, {"set": id, "note": "Mind."}, {"move": id, "after": "tea"}):
        assert ("unknown-block" in faults(oakfield_library, change)) == (id not in known)


def test_what_is_dropped_cannot_be_set(oakfield_library: Library) -> None:
    assert faults(oakfield_library, {"set": "tea", "minutes": 10}, {"drop": "tea"}) == ["unknown-block"]


@pytest.mark.parametrize(
    "change",
    [
        {"set": "document deck", "minutes": 3},
        {"set": "quote ash-boat", "text": "Other words."},
        {"set": "task rota", "answer": "lead"},
        {"set": "task rota", "text": "Word " * 15},
        {"set": "pairs", "copies": 3},
        {"set": "pairs/begin", "priority": "could"},
        {"set": "slide pairs/boat", "minutes": 3},
        {"set": "pairs begin"},
        {"drop": "chair pairs"},
    ],
)
def test_what_cannot_be_changed_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        CHANGES.validate_python([change])


def test_targets_read_as_they_are_written() -> None:
    assert target("sort") == Target("block", "sort", "")
    assert target("sort/deal") == target("step sort/deal") == Target("step", "sort", "deal")
    assert target("slide 0-opening/agenda") == Target("slide", "0-opening", "agenda")
    assert target("document register") == Target("document", "", "register")
