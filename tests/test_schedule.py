"""Clock times, durations, fitting and counts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.model.entry import Minutes, parse_clock
from kit.schedule import fit, sheets, tables_for

ranges = st.lists(
    st.lists(st.integers(0, 60), min_size=3, max_size=3).map(
        lambda found: dict(zip(("least", "best", "most"), sorted(found), strict=True))
    ),
    min_size=1,
    max_size=8,
).map(lambda found: [Minutes(**each) for each in found])


@st.composite
def fittings(draw: st.DrawFn) -> tuple[int, list[Minutes]]:
    found = draw(ranges)
    return draw(st.integers(sum(r.least for r in found), sum(r.most for r in found))), found


@given(fittings())
def test_fitted_minutes_fill_the_block_and_stay_within_each_step(case: tuple[int, list[Minutes]]) -> None:
    minutes, found = case
    given = fit(minutes, found)
    assert given is not None
    assert sum(given) == minutes
    assert all(r.least <= each <= r.most for each, r in zip(given, found, strict=True))


@given(fittings())
def test_a_longer_block_shortens_no_step(case: tuple[int, list[Minutes]]) -> None:
    minutes, found = case
    shorter, longer = fit(minutes, found), fit(minutes + 1, found)
    assert shorter is not None
    assert longer is None or all(a <= b for a, b in zip(shorter, longer, strict=True))
    assert longer is not None or minutes == sum(r.most for r in found)


@given(ranges)
def test_the_best_minutes_are_given_where_they_fit(found: list[Minutes]) -> None:
    best = tuple(r.best for r in found)
    assert fit(sum(best), found) == best


@given(ranges)
def test_what_is_too_short_or_too_long_is_refused(found: list[Minutes]) -> None:
    assert fit(sum(r.least for r in found) - 1, found) is None
    assert fit(sum(r.most for r in found) + 1, found) is None


def test_no_step_bears_the_whole_change() -> None:
    steps = [Minutes(least=2, best=10, most=10), Minutes(least=2, best=10, most=10)]
    assert fit(14, steps) == (7, 7)


@pytest.mark.parametrize("written", ["25:00", "24:00", "9:60", "9", "0am", "13pm", "noon-ish", "", "9:5", "-1:00"])
def test_what_is_not_a_time_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match="not a time"):
        parse_clock(written)


def test_nobody_is_left_without_a_table() -> None:
    assert [tables_for(people) for people in (1, 4, 5, 18)] == [1, 1, 2, 5]


def test_a_last_page_on_its_own_takes_a_sheet_for_every_copy() -> None:
    assert sheets(5, 2, 20) == 60
    assert sheets(5, 1, 20) == 100
