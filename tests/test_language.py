"""Words, times and dates in the language of a pack."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from speaking import english

from kit.model.entry import parse_clock
from kit.model.language import InEnglish


def test_every_time_as_shown_reads_back_as_the_same_time() -> None:
    assert [parse_clock(english.clock(minutes)) for minutes in range(1, 24 * 60)] == list(range(1, 24 * 60))


def test_midnight_is_shown_but_not_read_since_nobody_knows_which_one_is_meant() -> None:
    assert english.clock(0) == english.clock(24 * 60) == "midnight"
    with pytest.raises(ValueError, match="not a time"):
        parse_clock("midnight")
    assert parse_clock("00:00") == 0


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("09:30", "9:30am"),
        ("9.30am", "9:30am"),
        ("9am", "9am"),
        (" 1 PM ", "1pm"),
        ("13:05", "1:05pm"),
        ("12am", "midnight"),
        ("12pm", "midday"),
        ("midday", "midday"),
    ],
)
def test_times_are_read_as_people_write_them_and_shown_in_one_way(written: str, shown: str) -> None:
    assert english.clock(parse_clock(written)) == shown


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (1, "1 minute"),
        (25, "25 minutes"),
        (60, "1 hour"),
        (61, "1 hour 1 minute"),
        (210, "3 hours 30 minutes"),
        (120, "2 hours"),
        (0, "0 minutes"),
    ],
)
def test_durations_are_words_with_their_right_number(minutes: int, words: str) -> None:
    assert english.duration(minutes) == words


def test_the_day_the_clocks_change_is_a_day_like_any_other() -> None:
    assert english.long_date(date(2027, 3, 28)) == "Sunday 28 March 2027"
    assert english.clock(30 + 60) == "1:30am"


def test_dates_of_2_years_each_have_theirs() -> None:
    assert english.long_dates([date(2026, 12, 3), date(2027, 1, 7)]) == "3 December 2026 and 7 January 2027"
    assert english.long_dates([date(2027, 1, 7)] * 2) == "Thursday 7 January 2027"
    assert english.long_dates([]) == ""


def test_a_list_of_what_stays_english_is_joined_in_english() -> None:
    welsh = replace(english, tag="cy", fallback=english)
    listed = welsh.listed([InEnglish("4 groups of 3"), InEnglish("1 of 4")])
    assert listed == "4 groups of 3 and 1 of 4"
    assert isinstance(listed, InEnglish)
    assert welsh.listed(["bore", "prynhawn"]) == "bore a(c) prynhawn"
