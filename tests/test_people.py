"""What follows from how many people come: activities, groups, copies, what is told."""

from __future__ import annotations

import pytest

from kit.check import Checked, Order, check
from kit.compose import Imprint, facilitator_view
from kit.localise import Request
from kit.model.document import FacilitatorView, SlideView, Stamp
from kit.model.edition import STANDARD
from kit.palette import OWN
from kit.people import can_fill, for_so_many, which_adaptation, works_for
from kit.printing import copies_of
from kit.slides import deck_view
from kit.workspace import Workspace

NOBODY = Imprint(Stamp("", "", ""), OWN)
PLANS = sorted(Workspace.find().entries("plans"))


def checked_for(project: Workspace, plan: str, people: int, tables: int | None = None, trust: str = "") -> Checked:
    outcome = check(project, Order(plan=plan, trust=trust or None, request=Request(attendees=people, tables=tables)))
    assert outcome.value is not None, outcome.diagnostics
    assert not [fault for fault in outcome.diagnostics if fault.severity != "note"]
    return outcome.value


def guide_of(checked: Checked) -> FacilitatorView:
    return facilitator_view(checked.workshop, NOBODY, workbook_pages={}, slide_numbers={}, kinds=checked.kinds)


def slides_of(checked: Checked) -> dict[str, SlideView]:
    workshop = checked.workshop
    decks = [deck_view(workshop, session, NOBODY, workbook_pages={}) for session in workshop.sessions]
    return {slide.id: slide for deck in decks for slide in deck.slides}


@pytest.mark.parametrize("people", [7, 16, 38])
@pytest.mark.parametrize("plan", PLANS)
def test_every_plan_works_for_a_few_and_for_many_and_its_counts_agree(
    project: Workspace, plan: str, people: int
) -> None:
    checked = checked_for(project, plan, people)
    workshop, guide, slides = checked.workshop, guide_of(checked), slides_of(checked)
    assert workshop.attendees == people
    copies = {kind.id: copies_of(kind, workshop, STANDARD) for kind in checked.kinds}
    packed = {item.title: item.copies for item in guide.packing}
    cards: dict[str, list[int]] = {}
    for block, view in zip(workshop.blocks, guide.blocks, strict=True):
        if block.activity is None:
            continue
        assert works_for(block.activity, people)
        slide = slides[f"{block.id}/activity"]
        assert slide.groups == view.groups
        # Either the sizes that work stand in the guide beside the groups, or nothing else works.
        assert not ("works best" in view.groups and view.group_sizes)
        assert slide.notes.people == tuple(filter(None, (view.instead, view.adapted)))
        first = next(each for id, each in slides.items() if id.startswith(f"{block.id}/"))
        told = [f"{material.count} × {material.item}" for material in view.materials]
        assert list(first.notes.materials) == told
        for material in view.materials:
            cards.setdefault(material.document, []).append(material.count)
    for kind in checked.kinds:
        if kind.cards and kind.copies and kind.copies.per == "table" and kind.id in cards:
            assert copies[kind.id] == max(cards[kind.id])
            assert packed[kind.title] == copies[kind.id]
    if "role-cards" in cards:
        assert len(guide.participant.roles) == sum(cards["role-cards"])
    assert len(guide.participant.badges) == people + workshop.spares
    assert copies["workbook"] == people + workshop.spares
    for kind in checked.kinds:
        if kind.copies and kind.copies.per == "person" and kind.copies.to_a_sheet == 1 and not kind.copies.spares:
            assert copies[kind.id] == people * kind.copies.count


def test_an_activity_for_fewer_gives_way_to_one_for_more(project: Workspace) -> None:
    usual, many = checked_for(project, "half-day", 24), checked_for(project, "half-day", 38)
    before, after = (
        next(block for block in each.workshop.blocks if block.id == "spectrum-line-up") for each in (usual, many)
    )
    assert before.activity is not None
    assert before.activity.id == "spectrum-line-up"
    assert before.stands_in is None
    assert after.activity is not None
    assert after.activity.id == "four-corners"
    assert (after.start, after.minutes, after.objectives) == (before.start, before.minutes, before.objectives)
    assert after.changeover + sum(step.minutes for step in after.steps) + after.debrief_minutes == after.minutes
    view = next(block for block in guide_of(many).blocks if block.id == after.id)
    assert view.instead == (
        "“Spectrum line-up” works for 4 to 24 people. With 38, this part uses “Four corners” instead."
    )
    assert view.title == "Four corners"
    assert view.stands_in_for == "Spectrum line-up"
    handouts = {handout.id: handout.title for handout in guide_of(many).participant.handouts}
    assert after.activity.worksheet is not None
    assert handouts[after.id] == after.activity.worksheet.title


def test_a_swap_is_told_and_is_no_fault(project: Workspace) -> None:
    order = Order(plan="half-day", request=Request(attendees=38), strict=True)
    outcome = check(project, order)
    assert outcome.value is not None
    (note,) = outcome.diagnostics
    assert (note.code, note.severity) == ("alternative-used", "note")
    assert note.place is not None
    assert "alternative: four-corners" in note.place.excerpt


def test_what_cannot_stand_in_is_not_used(project: Workspace) -> None:
    checked = checked_for(project, "half-day", 16)
    activities = checked.library.activities
    block = next(each for each in checked.library.plans["half-day"].all_blocks if each.alternative)
    titled = block.model_copy(update={"title": "A line", "purpose": "To stand on it."})
    swapped = for_so_many(titled, activities, 38)
    assert (swapped.activity, swapped.title, swapped.purpose) == ("four-corners", None, None)
    assert (swapped.id, swapped.minutes, swapped.note) == (block.id, block.minutes, block.note)
    assert for_so_many(titled, activities, 16) is titled
    assert for_so_many(titled, activities, 400) is titled
    long = titled.model_copy(update={"minutes": 36})
    assert not can_fill(activities["four-corners"], 36)
    assert for_so_many(long, activities, 38) is long


def test_what_holds_for_so_many_people_stands_before_the_steps(project: Workspace) -> None:
    for people, label in ((7, "A small group"), (16, ""), (38, "A large group")):
        for view in guide_of(checked_for(project, "half-day", people)).blocks:
            labels = [name for name, _ in view.adaptations]
            assert bool(view.adapted) == bool(label and view.kind == "activity")
            assert label not in labels
            assert len(labels) == (0 if view.kind == "break" else 5 - bool(label))


def test_every_activity_says_what_to_do_outside_of_what_its_steps_are_written_for(project: Workspace) -> None:
    for id, activity in checked_for(project, "full-day", 16).library.activities.items():
        assert activity.adaptations.small_below <= activity.adaptations.large_above, id
        assert which_adaptation(activity, activity.adaptations.large_above) == ""


def test_sets_of_cards_follow_the_groups_where_the_room_has_fewer_tables(project: Workspace) -> None:
    checked = checked_for(project, "half-day", 38, tables=3)
    quote_cards = next(kind for kind in checked.kinds if kind.id == "quote-cards")
    view = next(block for block in guide_of(checked).blocks if block.id == "quote-card-sort")
    assert view.groups == "8 groups of 4 and 2 of 3"
    assert copies_of(quote_cards, checked.workshop, STANDARD) == 10
    assert len(guide_of(checked).participant.tables) == 3


def test_a_call_has_groups_and_no_tables(project: Workspace) -> None:
    checked = checked_for(project, "online", 38)
    view = next(block for block in guide_of(checked).blocks if block.id == "shared-board-sort")
    assert view.groups == "8 groups of 4 and 2 of 3"
