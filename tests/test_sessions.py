"""Plans of several sessions: each with a clock, a date and documents of its own, in one workshop."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from kit.check import Order, check
from kit.compose import Imprint, facilitator_view, participant_view
from kit.correspondence import events, recall
from kit.load import Library
from kit.localise import Request, localise
from kit.model.document import Stamp
from kit.model.plan import Plan
from kit.model.trust import Approval, Change
from kit.model.workshop import Workshop
from kit.palette import OWN
from kit.slides import deck_view
from kit.timetable import called, occasion
from kit.workspace import Workspace

EDITION = Imprint(Stamp("abc1234", "5 January 2027", "Built 5 January 2027, build abc1234"), OWN)
CHANGES: TypeAdapter[tuple[Change, ...]] = TypeAdapter(tuple[Change, ...])
FIRST = date(2027, 1, 14)


def tides(library: Library, **asked: Any) -> Workshop:
    workshop = localise(library, "tides", Request(**asked)).value
    assert workshop is not None
    return workshop


def changed(library: Library, *changes: dict[str, Any]) -> Library:
    assert library.trust is not None
    written = {"tides": CHANGES.validate_python(changes)}
    return replace(library, trust=library.trust.model_copy(update={"changes": written}))


def real(project: Workspace, plan: str, **asked: Any) -> Workshop:
    checked = check(project, Order(plan=plan, request=Request(**asked))).value
    assert checked is not None
    return checked.workshop


# The clock and the dates -------------------------------------------------------------------------


def test_the_clock_and_the_numbers_of_blocks_start_anew_and_those_of_handouts_go_on(project: Workspace) -> None:
    series = real(project, "series")
    assert [session.start for session in series.sessions] == [750] * 4
    assert [session.blocks[0].start for session in series.sessions] == [750] * 4
    assert [session.blocks[0].number for session in series.sessions] == [1] * 4
    handouts = [block.handout for block in series.blocks if block.handout]
    assert handouts == list(range(1, len(handouts) + 1))


def test_a_first_date_gives_the_others(small_library: Library) -> None:
    assert [session.date for session in tides(small_library).sessions] == [None, None]
    dates = [session.date for session in tides(small_library, dates=(FIRST,)).sessions]
    assert dates == [FIRST, FIRST + timedelta(weeks=1)]


def test_each_session_may_be_given_its_own_date(small_library: Library) -> None:
    given_dates = (FIRST, date(2027, 2, 3))
    assert tuple(session.date for session in tides(small_library, dates=given_dates).sessions) == given_dates


@pytest.mark.parametrize(
    ("dates", "code"),
    [((FIRST,) * 3, "wrong-number-of-dates"), ((FIRST, FIRST - timedelta(days=1)), "dates-not-in-order")],
)
def test_dates_that_do_not_fit_the_sessions_are_refused(
    small_library: Library, dates: tuple[date, ...], code: str
) -> None:
    faults = localise(small_library, "tides", Request(dates=dates)).diagnostics
    assert [(fault.code, fault.place) for fault in faults] == [(code, None)]


@given(st.integers(0, 22 * 60))
def test_another_start_moves_every_session_by_as_much(small_library: Library, start: int) -> None:
    planned, moved = tides(small_library), tides(small_library, start=start)
    by = start - planned.sessions[0].start
    assert [session.start + by for session in planned.sessions] == [session.start for session in moved.sessions]


def test_a_day_moves_with_its_morning(project: Workspace) -> None:
    morning, afternoon = real(project, "full-day", start=8 * 60).sessions
    assert (morning.start, morning.end) == (8 * 60, afternoon.start)


# A trust's changes -------------------------------------------------------------------------------


def test_a_change_finds_its_block_in_whichever_session_it_is(oakfield_library: Library) -> None:
    library = changed(
        oakfield_library,
        {"set": "rounds", "minutes": 15},
        {"add": {"id": "tea", "kind": "break", "title": "Tea", "minutes": 5}, "after": "rounds"},
    )
    outcome = localise(library, "tides")
    assert outcome.diagnostics == ()
    assert outcome.value is not None
    assert [[block.id for block in session.blocks] for session in outcome.value.sessions] == [
        ["pairs"],
        ["rounds", "tea"],
    ]


def test_a_session_that_a_change_overfills_is_named(oakfield_library: Library) -> None:
    (fault,) = localise(changed(oakfield_library, {"set": "rounds", "minutes": 30}), "tides").diagnostics
    assert fault.code == "blocks-do-not-fill-slot"
    assert "“home”" in fault.message


def test_a_plan_has_blocks_of_its_own_or_sessions(small_library: Library) -> None:
    several = small_library.plans["tides"].model_dump(exclude_unset=True)
    for more in ({"minutes": 20}, {"sessions": []}):
        with pytest.raises(ValidationError):
            Plan.model_validate(several | more)


# In words ----------------------------------------------------------------------------------------


def test_when_it_is_in_words(project: Workspace, small_library: Library) -> None:
    series = occasion(real(project, "series", dates=(FIRST,)))
    assert series.date == "14 January, 11 February, 11 March and 8 April 2027"
    assert (series.time, series.length) == ("12:30pm to 1:30pm", "4 sessions of 1 hour, 4 weeks apart")
    assert series.contact_time == "4 hours"
    day = occasion(real(project, "full-day", dates=(FIRST,)))
    assert (day.date, day.time, day.length) == ("Thursday 14 January 2027", "9am to 4:30pm", "7 hours 30 minutes")
    uneven = occasion(tides(small_library))
    assert (uneven.date, uneven.time, uneven.length) == ("", "", "2 sessions, 45 minutes in all, 1 week apart")


def test_what_it_is_called(project: Workspace) -> None:
    assert [called(real(project, plan)) for plan in ("half-day", "full-day", "series")] == ["session", "day", "series"]


# Documents ---------------------------------------------------------------------------------------


def test_a_document_of_one_session_holds_that_session_and_no_other(project: Workspace) -> None:
    series = real(project, "series")
    for session in series.sessions:
        alone = participant_view(series.alone(session), EDITION)
        assert [view.name for view in alone.sessions] == [f"Session {session.number}: {session.title}"]
        assert [handout.id for handout in alone.handouts] == [block.id for block in session.blocks if block.handout]
        assert alone.called == "session"
    whole = participant_view(series, EDITION)
    assert [view.following.number if view.following else 0 for view in whole.sessions] == [2, 3, 4, 0]


def test_a_session_promises_only_what_it_works_on(project: Workspace) -> None:
    series = real(project, "series")
    promised = [set(participant_view(series.alone(session), EDITION).objectives) for session in series.sessions]
    assert all(promised)
    assert set().union(*promised) == set(participant_view(series, EDITION).objectives)
    assert promised[0] != promised[3]


def test_every_session_has_a_deck_with_its_homework(project: Workspace) -> None:
    series = real(project, "series")
    for session in series.sessions:
        deck = deck_view(series, session, EDITION, workbook_pages={})
        assert deck.subtitle == session.name
        homework = [point for slide in deck.slides if "/homework" in slide.id for point in slide.points]
        assert homework == list(session.homework)


def test_the_guide_says_of_every_block_in_which_session_it_is(project: Workspace) -> None:
    series = real(project, "series")
    guide = facilitator_view(series, EDITION, workbook_pages={}, slide_numbers={})
    numbers = [block.session for block in guide.blocks]
    assert numbers == sorted(numbers)
    assert set(numbers) == {1, 2, 3, 4}


def test_a_calendar_has_an_event_for_each_day(project: Workspace) -> None:
    series = events(real(project, "series", dates=(FIRST,)), "northmoor")
    assert len({event.uid for event in series}) == len(series) == 4
    assert [event.starts.date() for event in series] == [FIRST + timedelta(weeks=4 * n) for n in range(4)]
    (day,) = events(real(project, "full-day", dates=(FIRST,)), "")
    assert (day.starts.hour, day.ends.hour, day.ends.minute) == (9, 16, 30)
    assert day.title == real(project, "full-day").plan.title


def test_an_event_that_moves_keeps_its_id(project: Workspace) -> None:
    planned = events(real(project, "series", dates=(FIRST,)), "")
    days = [event.starts.date() for event in planned]
    moved = events(real(project, "series", dates=(*days[:3], days[3] + timedelta(days=1))), "")
    assert [event.uid for event in planned] == [event.uid for event in moved]


# Questions from memory ---------------------------------------------------------------------------


def test_the_questions_of_a_plan_stand_where_its_activity_asks_them(project: Workspace) -> None:
    workshop = real(project, "half-day")
    asked = tuple(question.ask for question in workshop.sessions[0].recall)
    closing = workshop.blocks[-1].activity
    assert closing is not None
    assert closing.worksheet is not None
    assert asked in [getattr(part, "rows", ()) for part in closing.worksheet.parts]
    assert asked in [getattr(slide, "prompts", ()) for slide in closing.slides]
    answers = closing.answers[: len(asked)]
    assert all(answer.startswith(f"Question {number}: ") for number, answer in enumerate(answers, 1))


def test_a_plan_without_questions_leaves_no_empty_table(project: Workspace) -> None:
    checked = check(project, Order(plan="half-day")).value
    assert checked is not None
    library = checked.library
    silent = library.plans["half-day"].model_copy(update={"recall": ()})
    outcome = localise(replace(library, plans={"half-day": silent}), "half-day")
    assert "nothing-to-recall" in [fault.code for fault in outcome.diagnostics]
    assert outcome.value is not None
    closing = outcome.value.blocks[-1].activity
    assert closing is not None
    assert closing.worksheet is not None
    assert not any(getattr(part, "recall", False) for part in closing.worksheet.parts)
    assert not any(getattr(slide, "recall", False) for slide in closing.slides)


def test_what_is_sent_afterwards_asks_the_questions_of_all_sessions(project: Workspace) -> None:
    series = real(project, "series")
    asked = [question.ask for session in series.sessions for question in session.recall]
    assert list(recall(series)) == list(dict.fromkeys(asked))


# What a certificate says -------------------------------------------------------------------------


def test_an_approval_is_told_for_the_plan_that_it_is_for_and_no_other(oakfield_library: Library) -> None:
    assert oakfield_library.trust is not None
    approval = Approval(body="College of Rowers", code="R1", credits=1, plan="tides")
    library = replace(oakfield_library, trust=oakfield_library.trust.model_copy(update={"cpd": approval}))
    told = {plan: localise(library, plan).value for plan in ("tides", "short")}
    assert told["tides"] is not None
    assert told["short"] is not None
    assert occasion(told["tides"]).approval == "Approved by College of Rowers, code R1, for 1 credit"
    assert occasion(told["short"]).approval == ""


def test_a_call_has_no_fire_exit(project: Workspace) -> None:
    for plan, rooms in (("online", 0), ("half-day", 1)):
        checked = check(project, Order(plan=plan, trust="northmoor")).value
        assert checked is not None
        known = occasion(checked.workshop)
        assert bool(known.room) == bool(known.practical) == bool(rooms)
