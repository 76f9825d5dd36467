"""What slot there is, and every plan of the base and of the trusts fitted to every slot that it works in."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from kit.compose import Imprint, facilitator_view, participant_view
from kit.diagnostics import Outcome
from kit.lint import workshop_faults
from kit.load import Library, load
from kit.localise import Request, lengths, localise
from kit.model.document import NotesView, Stamp
from kit.model.plan import Block
from kit.model.trust import SessionDetails
from kit.model.workshop import Session, SessionBlock, Workshop
from kit.palette import OWN
from kit.retiming import FULL_DAY, Piece, Retimed
from kit.slides import deck_view, slide_numbers
from kit.slot import DAY, Slot, fitted, piece, slot
from kit.workspace import Workspace

NINE, NOON = 9 * 60, 12 * 60
BREAKS = {"too-long-without-break", "break-too-short", "lunch-out-of-hours"}

# What slot there is -------------------------------------------------------------------------------

times = st.none() | st.integers(0, DAY - 1)
spans = st.none() | st.integers(5, 720)


@given(st.tuples(times, spans, times), st.integers(0, DAY - 1))
def test_of_start_minutes_and_end_any_two_give_the_third(
    asked: tuple[int | None, int | None, int | None], start: int
) -> None:
    found = slot(asked, SessionDetails(), start)
    begin, minutes, end = asked
    if minutes is None and end is None:
        assert found == Slot(start if begin is None else begin)
        return
    assert found.minutes is not None
    assert 1 <= found.minutes <= DAY
    if begin is not None:
        assert found.start == begin
    if minutes is not None:
        assert found.minutes == minutes
    if end is not None and None in asked:
        assert (found.start + found.minutes - end) % DAY == 0


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ((None, None, None), Slot(NINE)),
        ((NOON, None, None), Slot(NOON)),
        ((None, 90, None), Slot(NINE, 90)),
        ((NOON, 90, None), Slot(NOON, 90)),
        ((None, None, NOON), Slot(NINE, 180)),
        ((None, 90, NOON), Slot(NOON - 90, 90)),
        ((23 * 60, None, 30), Slot(23 * 60, 90)),
        ((None, 90, 30), Slot(23 * 60, 90)),
        ((NOON, None, NOON), Slot(NOON, DAY)),
    ],
)
def test_a_slot_may_go_past_midnight(asked: tuple[int | None, int | None, int | None], expected: Slot) -> None:
    assert slot(asked, SessionDetails(), NINE) == expected


@pytest.mark.parametrize(
    ("profile", "asked", "expected"),
    [
        ({"slot": 90}, (None, None, None), Slot(NINE, 90)),
        ({"slot": 90, "start": "10:00"}, (None, None, None), Slot(600, 90)),
        ({"slot": 90, "end": "12:00"}, (None, None, None), Slot(NOON - 90, 90)),
        ({"start": "10:00", "end": "12:00"}, (None, None, None), Slot(600, 120)),
        ({"slot": 90, "start": "10:00"}, (NOON, None, None), Slot(NOON, 90)),
        ({"slot": 90, "start": "10:00"}, (None, 60, None), Slot(600, 60)),
        ({"slot": 90, "start": "10:00"}, (None, None, NOON), Slot(600, 120)),
        ({"slot": 90, "start": "10:00"}, (None, 60, NOON), Slot(NOON - 60, 60)),
        ({"start": "10:00", "end": "12:00"}, (None, 60, None), Slot(600, 60)),
    ],
)
def test_the_command_line_comes_before_the_profile(
    profile: dict[str, Any], asked: tuple[int | None, int | None, int | None], expected: Slot
) -> None:
    assert slot(asked, SessionDetails.model_validate({"plan": "short", **profile}), NINE) == expected


@pytest.mark.parametrize("profile", [{"slot": 60}, {"end": "12:00"}, {"plan": "short", "slot": 4}])
def test_a_slot_in_a_profile_is_for_one_plan_and_long_enough_for_something(profile: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        SessionDetails.model_validate(profile)


def test_a_break_may_be_a_little_longer_than_planned_and_a_lunch_may_not() -> None:
    tea = piece(Block(id="tea", kind="break", title="Tea", minutes=15), None)
    lunch = piece(Block(id="lunch", kind="break", title="Lunch", minutes=45), None)
    own = piece(Block(id="own", kind="break", title="Own", minutes=15, least=15, most=30), None)
    assert [(p.least, p.best, p.most, p.lunch) for p in (tea, lunch, own)] == [
        (10, 15, 20, False),
        (30, 45, 45, True),
        (15, 15, 30, False),
    ]


def test_a_block_is_as_short_and_as_long_as_its_steps_unless_the_plan_wants_others(small_library: Library) -> None:
    pairs = small_library.plans["short"].blocks[0]
    activity = small_library.activities["pairs"]
    assert (piece(pairs, activity).least, piece(pairs, activity).most) == (18, 40)
    narrow = piece(pairs.model_copy(update={"least": 20, "most": 30}), activity)
    assert (narrow.least, narrow.most) == (20, 30)


# On a workshop ------------------------------------------------------------------------------------


def with_slot(library: Library, **details: Any) -> Library:
    """The library of a trust that has a slot and changes nothing."""
    assert library.trust is not None
    session = SessionDetails.model_validate({"plan": "short", **details})
    return replace(library, trust=library.trust.model_copy(update={"session": session, "changes": {}}))


def whole(outcome: Outcome[Workshop]) -> Workshop:
    assert outcome.value is not None
    assert [fault for fault in outcome.diagnostics if fault.severity == "error"] == []
    return outcome.value


def test_a_profile_has_a_slot_for_its_plan_alone(oakfield_library: Library) -> None:
    library = with_slot(oakfield_library, slot=50, start="10:00")
    assert (whole(localise(library, "short")).minutes, whole(localise(library, "tides")).minutes) == (50, 45)
    (session,) = whole(localise(library, "short", Request(minutes=45, end=NOON))).sessions
    assert (session.start, session.end) == (NOON - 45, NOON)


def test_a_plan_that_fills_its_slot_stays_as_it_is_written(small_library: Library) -> None:
    assert localise(small_library, "short", Request(minutes=60)) == localise(small_library, "short")


def test_changes_that_fill_a_slot_are_not_held_against_what_the_plan_promises(oakfield_library: Library) -> None:
    library = with_slot(oakfield_library, slot=58)
    assert library.trust is not None
    pairs = library.plans["short"].blocks[0].model_copy(update={"minutes": 23})
    blocks = (pairs, *library.plans["short"].blocks[1:])
    plan = library.plans["short"].model_copy(update={"blocks": blocks})
    library = replace(library, plans={**library.plans, "short": plan})
    assert [block.minutes for block in whole(localise(library, "short")).blocks] == [23, 15, 20]


def test_what_a_block_asks_for_beforehand_is_not_asked_when_it_is_left_out(project: Workspace) -> None:
    library = load(project).value
    assert library is not None
    long, short = (whole(localise(library, "half-day", Request(minutes=m))) for m in (None, 105))
    gone = {block.id for block in short.sessions[0].left_out}
    of_blocks = {item.block: item.text for item in library.plans["half-day"].before if not isinstance(item, str)}
    assert gone & set(of_blocks)
    assert len(long.before) - len(short.before) == len(gone & set(of_blocks))


def test_sessions_on_one_day_share_a_slot_and_those_of_a_series_have_it_each() -> None:
    def day(first: str) -> list[Piece]:
        return [Piece(f"{first}-{n}", "must" if n else "could", 20, 25, 30) for n in range(2)]

    together = fitted([day("a"), day("b")], [NINE, NINE + 50], 80, in_one_day=True)
    apart = fitted([day("a"), day("b")], [NINE, NOON], 45, in_one_day=False)
    assert all(isinstance(found, Retimed) for found in (*together, *apart))
    assert [[(each.id, each.start, each.minutes) for each in found.kept] for found in apart if found] == [  # type: ignore[union-attr]
        [("a-0", NINE, 20), ("a-1", NINE + 20, 25)],
        [("b-0", NOON, 20), ("b-1", NOON + 20, 25)],
    ]
    kept = [each for found in together if isinstance(found, Retimed) for each in found.kept]
    assert sum(each.minutes for each in kept) == 80
    assert all(before.end == after.start for before, after in pairwise(kept))


def test_an_objective_is_kept_by_1_block_of_the_whole_workshop() -> None:
    first = [Piece("a", "must", 20, 20, 40), Piece("b", "could", 10, 10, 10, objectives=("see",))]
    second = [Piece("c", "must", 20, 20, 40), Piece("d", "could", 15, 15, 15, objectives=("see",))]
    found = fitted([first, second], [NINE, NOON], 32, in_one_day=False)
    assert [[each.id for each in part.kept] for part in found if isinstance(part, Retimed)] == [["a", "b"], ["c"]]


# Every plan ---------------------------------------------------------------------------------------

TRUSTS = (None, "northmoor", "harrowfen", "dyffryn-onnen")


@pytest.fixture(scope="module", params=TRUSTS, ids=lambda trust: trust or "base")
def library(request: pytest.FixtureRequest, project: Workspace) -> Library:
    found = load(project, trust=project.trust_folder(request.param) if request.param else None).value
    assert found is not None
    return found


def plans_of(library: Library) -> list[str]:
    """Every plan of the base; of a trust, those that it changes and those that are its own."""
    trust = library.trust
    return [id for id in library.plans if trust is None or id in trust.changes or ("plan", id) in library.own]


def in_order(session: Session) -> bool:
    return all(before.end == after.start for before, after in pairwise(session.blocks))


def clock_of(block: SessionBlock) -> list[tuple[int, int]]:
    """Start and end of the changeover of a block, of its steps and of its debrief."""
    found = [(block.start, block.start + block.changeover)]
    found += [(step.start, step.start + step.minutes) for step in block.steps]
    if block.activity is not None and block.activity.debrief is not None:
        found.append((block.debrief_start, block.debrief_start + block.debrief_minutes))
    return found


def test_every_plan_fits_every_slot_from_its_least_to_its_most(library: Library) -> None:
    for id in plans_of(library):
        span = lengths(library, id)
        assert span is not None
        assert span.least < span.most
        plan = library.plans[id]
        there: set[str] = set()
        everything = {block.id for block in whole(localise(library, id)).blocks}
        for minutes in sorted({span.least, *range(-(-span.least // 5) * 5, span.most, 5), span.most}):
            workshop = whole(localise(library, id, Request(minutes=minutes)))
            kept = {block.id for block in workshop.blocks}
            left_out = {block.id for session in workshop.sessions for block in session.left_out}
            assert (kept | left_out, kept & left_out) == (everything, set())
            assert there <= kept, f"{id} in {minutes} minutes drops {there - kept}"
            there = kept
            slots = [workshop.minutes] if workshop.in_one_day else [s.minutes for s in workshop.sessions]
            assert set(slots) == {minutes}
            assert {o.id for o in plan.objectives} <= {o for block in workshop.blocks for o in block.objectives}
            assert all(in_order(session) for session in workshop.sessions)
            for block in workshop.blocks:
                if block.activity is not None:
                    clock = clock_of(block)
                    assert all(before[1] == after[0] for before, after in pairwise(clock))
                    assert (clock[0][0], clock[-1][1]) == (block.start, block.end)
                    assert block.minutes <= block.most
            assert BREAKS.isdisjoint(fault.code for fault in workshop_faults(workshop))
        assert there == everything


def test_no_plan_begins_or_ends_with_a_break_or_has_2_together_whatever_is_left_out(library: Library) -> None:
    for id in plans_of(library):
        span = lengths(library, id)
        assert span is not None
        for minutes in range(span.least, span.most + 1, 10):
            workshop = whole(localise(library, id, Request(minutes=minutes)))
            days = [workshop.blocks] if workshop.in_one_day else [session.blocks for session in workshop.sessions]
            for day in days:
                breaks = [block.activity is None for block in day]
                assert not breaks[0]
                assert not breaks[-1]
                assert not any(first and second for first, second in pairwise(breaks))


def test_just_outside_of_its_span_no_plan_fits(library: Library) -> None:
    for id in plans_of(library):
        span = lengths(library, id)
        assert span is not None
        for minutes, code in ((span.least - 1, "slot-too-short"), (span.most + 1, "slot-too-long")):
            if not (id == "full-day" and minutes > FULL_DAY):
                found = localise(library, id, Request(minutes=minutes)).diagnostics
                assert {fault.code for fault in found if fault.severity == "error"} == {code}


@pytest.mark.parametrize(("plan", "minutes"), [("half-day", 105), ("half-day", 150), ("full-day", 200), ("taster", 12)])
def test_participants_never_read_of_a_block_that_is_left_out(project: Workspace, plan: str, minutes: int) -> None:
    library = load(project).value
    assert library is not None
    workshop = whole(localise(library, plan, Request(dates=(date(2027, 1, 14),), minutes=minutes)))
    gone = [block for session in workshop.sessions for block in session.left_out]
    assert gone
    edition = Imprint(Stamp("abc1234", "5 January 2027", "Built 5 January 2027, build abc1234"), OWN)
    decks = [deck_view(workshop, session, edition, workbook_pages={}) for session in workshop.sessions]
    numbers = slide_numbers(decks, workshop)
    assert facilitator_view(workshop, edition, workbook_pages={}, slide_numbers=numbers)
    slides = [slide for deck in decks for slide in deck.slides if not slide.hidden]
    shown = repr((participant_view(workshop, edition), [replace(slide, notes=NotesView("", ())) for slide in slides]))
    kept = " ".join(block.title for block in workshop.blocks)
    for block in gone:
        if block.title not in kept and block.activity is not None:
            assert block.title not in shown
            assert block.activity.worksheet is None or block.activity.worksheet.question not in shown


def test_a_session_of_a_day_never_loses_all_its_blocks() -> None:
    morning = [Piece("talk", "must", 20, 30, 40), Piece("more", "should", 10, 20, 30)]
    afternoon = [Piece("walk", "could", 15, 20, 30), Piece("long", "could", 30, 40, 50)]
    results = fitted([morning, afternoon], [540, 600], 40, in_one_day=True)
    kept = [[given.id for given in each.kept] for each in results if isinstance(each, Retimed)]
    assert kept == [["talk"], ["walk"]]
