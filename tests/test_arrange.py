"""What a session asks of the room and of people's time."""

from __future__ import annotations

from datetime import date
from itertools import combinations
from math import hypot

import pytest
from hypothesis import given
from hypothesis import strategies as st
from speaking import english

from kit.arrange import floor, follow_up, main_themes, people_time, seats_at
from kit.load import Library
from kit.localise import localise


def test_contact_time_leaves_the_breaks_out(small_library: Library) -> None:
    workshop = localise(small_library, "short").value
    assert workshop is not None
    assert workshop.minutes == 60
    assert workshop.sessions[0].contact_minutes == 45


def test_people_time_is_people_times_time() -> None:
    assert people_time(english, "people", 18, 210) == "18 people for 3 hours 30 minutes each: 63 hours"
    assert people_time(english, "facilitators", 1, 60) == "1 facilitator for 1 hour"


def test_follow_up_has_dates_only_when_the_session_has_one() -> None:
    assert [(point.when, point.date) for point in follow_up(english, date(2027, 1, 14))] == [
        ("1 week", "Thursday 21 January 2027"),
        ("4 weeks", "Thursday 11 February 2027"),
        ("3 months", "Thursday 15 April 2027"),
    ]
    assert [point.date for point in follow_up(english, None)] == ["", "", ""]


def test_themes_come_in_the_order_of_how_many_blocks_use_them(small_library: Library) -> None:
    workshop = localise(small_library, "short").value
    assert workshop is not None
    assert {theme.id for theme in main_themes(workshop)} == {"interlinked", "process-and-change"}


@given(st.integers(1, 60), st.integers(1, 15))
def test_everyone_has_a_seat_and_no_table_has_2_more_than_another(attendees: int, tables: int) -> None:
    seats = seats_at(attendees, tables)
    assert sum(seats) == attendees
    assert len(seats) == tables
    assert max(seats) - min(seats) <= 1


@pytest.mark.parametrize(("attendees", "tables"), [(4, 1), (12, 3), (18, 5), (24, 6), (40, 10), (60, 12), (30, 4)])
def test_the_floor_keeps_chairs_apart_within_the_walls_and_off_the_clear_strip(attendees: int, tables: int) -> None:
    plan = floor(english, attendees, tables)
    chairs = [seat for table in plan.tables for seat in table.seats]
    assert len(chairs) == attendees
    for chair in chairs:
        assert plan.seat <= chair.x <= plan.width - plan.seat
        assert plan.seat <= chair.y <= plan.height - plan.strip - plan.seat
    for one, other in combinations(chairs, 2):
        assert hypot(one.x - other.x, one.y - other.y) >= 2 * plan.seat
    assert f"{tables} table" in plan.alt
