"""A plan and a trust become a workshop."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter
from speaking import english

from kit.load import Library
from kit.localise import Request, localise
from kit.model.trust import Change, SessionDetails
from kit.model.workshop import Workshop
from kit.phrasing import worded

CHANGES: TypeAdapter[tuple[Change, ...]] = TypeAdapter(tuple[Change, ...])


def session_of(library: Library, request: Request | None = None) -> Workshop:
    outcome = localise(library, "short", request or Request())
    assert outcome.value is not None
    assert outcome.diagnostics == ()
    return outcome.value


def changed(library: Library, *changes: dict[str, Any]) -> Library:
    assert library.trust is not None
    written = {"short": CHANGES.validate_python(changes)}
    return replace(library, trust=library.trust.model_copy(update={"changes": written}))


def start_of(workshop: Workshop) -> int:
    return workshop.sessions[0].start


def ids(workshop: Workshop) -> list[str]:
    return [block.id for block in workshop.blocks]


def a_break(id: str, minutes: int = 5) -> dict[str, Any]:
    return {"id": id, "kind": "break", "title": id.title(), "minutes": minutes}


def test_without_changes_the_plan_is_as_it_is_written(oakfield_library: Library) -> None:
    assert ids(session_of(changed(oakfield_library))) == ["pairs", "tea", "rounds"]


def test_a_set_changes_its_block_and_no_other(oakfield_library: Library) -> None:
    workshop = session_of(
        changed(
            oakfield_library,
            {"set": "pairs", "minutes": 30, "title": "In twos", "priority": "could", "note": "Mind the oars"},
            {"set": "tea", "minutes": 10},
        )
    )
    pairs, tea, rounds = workshop.blocks
    assert (pairs.title, pairs.minutes, pairs.priority, pairs.note) == ("In twos", 30, "could", "Mind the oars")
    assert (tea.title, tea.minutes, rounds.minutes) == ("Tea", 10, 20)


def test_a_block_goes_before_or_after_one_that_is_there_even_one_just_added(oakfield_library: Library) -> None:
    workshop = session_of(
        changed(
            oakfield_library,
            {"set": "tea", "minutes": 5},
            {"add": a_break("late"), "after": "tea"},
            {"add": a_break("early", 2), "before": "late"},
            {"add": a_break("last", 3), "after": "late"},
        )
    )
    assert ids(workshop) == ["pairs", "tea", "early", "late", "last", "rounds"]


def test_a_drop_takes_a_block_away_and_its_id_is_free_again(oakfield_library: Library) -> None:
    workshop = session_of(
        changed(oakfield_library, {"drop": "tea"}, {"add": a_break("tea", 15), "after": "rounds"}),
    )
    assert ids(workshop) == ["pairs", "rounds", "tea"]
    assert [block.number for block in workshop.blocks] == [1, 2, 0]


def test_every_change_is_told_with_its_reason_in_the_trusts_words(oakfield_library: Library) -> None:
    assert session_of(oakfield_library).changes == (
        "“Once round the room” is left out. We have no circle.",
        "“Once round the room” is added, 20 minutes.",
        "“Rowing in pairs” is called “Rowing at Oakfield”.",
    )


def test_the_command_line_comes_before_the_trust_and_the_trust_before_the_plan(
    small_library: Library, oakfield_library: Library
) -> None:
    asked = Request(dates=(date(2028, 2, 29),), start=600, attendees=7)
    base, trust, request = (
        session_of(small_library),
        session_of(oakfield_library),
        session_of(oakfield_library, asked),
    )
    assert (base.first_date, start_of(base), base.attendees, base.tables, base.spares) == (None, 570, 9, 3, 2)
    assert (trust.first_date, start_of(trust)) == (date(2027, 3, 4), 780)
    assert (trust.attendees, trust.tables, trust.spares) == (12, 3, 1)
    assert (request.first_date, start_of(request)) == (date(2028, 2, 29), 600)
    assert (request.attendees, request.tables) == (7, 2)


def test_a_trust_that_asks_for_no_spares_gets_none(oakfield_library: Library) -> None:
    assert oakfield_library.trust is not None
    details = SessionDetails(spares=0, start="00:00")
    library = replace(oakfield_library, trust=oakfield_library.trust.model_copy(update={"session": details}))
    workshop = session_of(library)
    assert (workshop.spares, start_of(workshop)) == (0, 0)


def test_the_clock_runs_on_through_blocks_steps_and_debrief(small_library: Library) -> None:
    workshop = session_of(small_library)
    assert [(block.start, block.end) for block in workshop.blocks] == [(570, 595), (595, 610), (610, 630)]
    pairs = workshop.blocks[0]
    assert [(step.start, step.minutes) for step in pairs.steps] == [(570, 5), (575, 10)]
    assert (pairs.debrief_start, pairs.debrief_minutes) == (585, 10)


def with_changeover(library: Library, activity: str, minutes: int) -> Library:
    """The library in which it takes so long to get to an activity from tables."""
    other = library.activities[activity].model_copy(update={"changeover": minutes})
    return replace(library, activities={**library.activities, activity: other})


def test_people_are_moved_at_the_beginning_of_a_block_and_its_steps_fill_what_is_left(small_library: Library) -> None:
    plan = small_library.plans["short"]
    pairs, tea, rounds = plan.blocks
    library = replace(small_library, plans={"short": plan.model_copy(update={"blocks": (tea, pairs, rounds)})})
    found = session_of(with_changeover(library, "rounds", 4)).blocks
    assert [block.changeover for block in found] == [0, 0, 4]
    assert [(step.start, step.minutes) for step in found[2].steps] == [(614, 16)]


def test_nobody_is_moved_between_blocks_while_there_is_a_break(small_library: Library) -> None:
    assert [block.changeover for block in session_of(with_changeover(small_library, "rounds", 4)).blocks] == [0, 0, 0]


def test_steps_at_their_least_are_done_before_people_are_moved(small_library: Library) -> None:
    plan = small_library.plans["short"]
    pairs, tea, rounds = plan.blocks
    blocks = (tea, pairs.model_copy(update={"minutes": 33}), rounds.model_copy(update={"minutes": 12}))
    library = replace(small_library, plans={"short": plan.model_copy(update={"blocks": blocks})})
    assert session_of(with_changeover(library, "rounds", 4)).blocks[2].changeover == 2


@pytest.mark.parametrize("minutes", [38, 47, 60, 75, 90])
def test_a_slot_is_filled_and_every_step_stays_in_its_range(small_library: Library, minutes: int) -> None:
    workshop = session_of(small_library, Request(minutes=minutes))
    assert workshop.minutes == minutes
    for block in workshop.blocks:
        assert all(step.step.minutes.least <= step.minutes <= step.step.minutes.most for step in block.steps)
        assert block.planned == {"pairs": 25, "tea": 15, "rounds": 20}[block.id]


splits = st.lists(st.integers(1, 39), min_size=1, max_size=4).filter(lambda parts: sum(parts) <= 42)


@given(st.integers(18, 40), st.integers(10, 30), splits)
def test_blocks_of_any_length_that_fill_the_slot_are_filled_by_their_steps(
    oakfield_library: Library, pairs: int, rounds: int, breaks: Sequence[int]
) -> None:
    added = [{"add": a_break(f"break-{n}", minutes), "after": "tea"} for n, minutes in enumerate(breaks)]
    changes: list[dict[str, Any]] = [{"set": "pairs", "minutes": pairs}, {"set": "rounds", "minutes": rounds}, *added]
    total = pairs + rounds + 15 + sum(breaks)
    library = changed(oakfield_library, *changes)
    plan = library.plans["short"].model_copy(update={"minutes": total})
    workshop = session_of(replace(library, plans={"short": plan}))
    assert workshop.minutes == total == workshop.sessions[0].end - start_of(workshop)
    for block, following in zip(workshop.blocks, workshop.blocks[1:], strict=False):
        assert block.end == following.start
    for block in workshop.blocks:
        if block.activity is not None:
            assert sum(step.minutes for step in block.steps) + block.debrief_minutes == block.minutes
            assert all(s.step.minutes.least <= s.minutes <= s.step.minutes.most for s in block.steps)


def test_terms_reach_everything_but_the_quotations(oakfield_library: Library) -> None:
    workshop = session_of(oakfield_library)
    assert workshop.plan.welcome == "Welcome aboard at Oakfield."
    assert workshop.plan.audience == "New clinical leads"
    assert workshop.article.themes[0].explanation.endswith("1 boat in every care group.")
    assert workshop.scenarios[0].title == "A leak at Oakfield"
    assert workshop.blocks[0].activity is not None
    assert workshop.blocks[0].activity.steps[0].do == "Find a partner in your care group."
    assert workshop.article.quotes == oakfield_library.article.quotes


def test_a_quotation_that_holds_braces_or_straight_marks_is_left_alone(small_library: Library) -> None:
    quote = small_library.article.quotes[0].model_copy(update={"text": 'It\'s {{ trust.short }} "as is"'})
    article = small_library.article.model_copy(update={"quotes": (quote, *small_library.article.quotes[1:])})
    assert session_of(replace(small_library, article=article)).article.quotes[0].text == quote.text


def test_names_and_posts_are_set_with_curly_apostrophes(small_library: Library) -> None:
    assert session_of(small_library).article.voices[1].post == "head of the river’s trust"


def test_a_listing_speaks_the_organisations_words(small_library: Library, oakfield_library: Library) -> None:
    assert worded(small_library).plans["short"].welcome == "Welcome aboard at your organisation."
    assert worded(oakfield_library).article.themes[0].explanation.endswith("every care group.")


@pytest.mark.parametrize("start", [23 * 60 + 30])
def test_a_session_past_midnight_keeps_its_order(small_library: Library, start: int) -> None:
    workshop = session_of(small_library, Request(start=start))
    assert workshop.sessions[0].end == start + 60
    assert [english.clock_range(block.start, block.minutes) for block in workshop.blocks] == [
        "11:30pm to 11:55pm",
        "11:55pm to 12:10am",
        "12:10am to 12:30am",
    ]


def test_a_start_after_midnight_may_be_locked(small_library: Library) -> None:
    plan = small_library.plans["short"]
    blocks = tuple(block.model_copy(update={"start": 10}) if block.id == "rounds" else block for block in plan.blocks)
    late = replace(small_library, plans={"short": plan.model_copy(update={"blocks": blocks})})
    outcome = localise(late, "short", Request(start=23 * 60 + 30))
    assert outcome.value is not None
    assert not outcome.diagnostics
    assert [fault.code for fault in localise(late, "short", Request(start=22 * 60)).diagnostics] == [
        "start-cannot-be-kept"
    ]


def test_a_trusts_date_and_start_hold_for_the_plan_that_it_names(oakfield_library: Library) -> None:
    trust = oakfield_library.trust
    assert trust is not None
    details = trust.session.model_copy(update={"date": (date(2027, 1, 14),), "start": 13 * 60, "attendees": 11})

    def workshop(plan: str | None) -> Workshop:
        profile = trust.model_copy(update={"session": details.model_copy(update={"plan": plan})})
        found = localise(replace(oakfield_library, trust=profile), "short").value
        assert found is not None
        return found

    for plan in (None, "short"):
        assert (workshop(plan).first_date, start_of(workshop(plan))) == (date(2027, 1, 14), 13 * 60)
    other = workshop("another")
    assert (other.first_date, start_of(other)) == (None, 9 * 60 + 30)
    assert other.attendees == 11
