"""Measuring: widths, lines, ladders."""

from __future__ import annotations

from math import floor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.render.deck.bake import widths
from kit.render.deck.fit import advance, balanced, fit, fit_table, font_scale, lines
from kit.render.deck.grid import CELL_GAP, Column, Layout, Placeholder, TableStyle
from kit.render.deck.layouts import NARROW_ALL, named
from kit.render.deck.planning import table_style
from kit.render.deck.slides import Paragraph, Row, Run, Table

ACTIVITY, AGENDA, CONTENT = named("Activity"), named("Agenda"), named("Title and Content")
QUOTE, QUOTE_SHORT = named("Quote"), named("Quote short")
LIBERATION = Path("/usr/share/fonts/truetype/liberation2/LiberationSans-Regular.ttf")


def said(text: str) -> tuple[Paragraph, ...]:
    return (Paragraph((Run(text),)),)


def holder(slot: str, *layouts: object) -> Placeholder:
    return next(h for layout in (*layouts, CONTENT) for h in layout.placeholders if h.slot == slot)  # type: ignore[attr-defined]


def table(*rows: tuple[str, ...]) -> Table:
    made = [Row(tuple(said(cell) for cell in row)) for row in rows]
    return Table(made[0], tuple(made[1:]))


@pytest.mark.skipif(not LIBERATION.exists(), reason="needs Liberation Sans")
def test_the_table_is_what_the_font_says() -> None:
    found = widths(str(LIBERATION))
    assert all(advance(char, 1000) == pytest.approx(width) for char, width in found.items())


def test_a_figure_is_556_thousandths_of_an_em() -> None:
    assert advance("0", 100) == pytest.approx(55.6)


def test_lines_break_between_words_and_after_hyphens() -> None:
    assert lines((Run("0000 0000"),), 10, advance("0000", 10) / 72 / 0.985 + 0.001) == 2
    assert lines((Run("0000-0000"),), 10, advance("0000-", 10) / 72 / 0.985 + 0.001) == 2


def test_runs_of_one_word_are_not_parted() -> None:
    room = advance("0000", 10) / 72
    assert lines((Run("00"), Run("00")), 10, room * 1.05) == 1


def test_a_word_wider_than_its_box_takes_several_lines() -> None:
    assert lines((Run("0" * 100),), 10, advance("0" * 30, 10) / 72) == 4


def test_balanced_text_takes_no_more_lines() -> None:
    runs = (Run("What six people said about leading and about managing in a hospital"),)
    narrow = balanced(runs, 40, 10, bold=True)
    assert narrow < 10
    assert lines(runs, 40, narrow, bold=True) == lines(runs, 40, 10, bold=True)


def test_balanced_text_breaks_at_a_space_rather_than_at_a_hyphen() -> None:
    runs = (Run("Spectrum line-up: debrief"),)
    kept = balanced(runs, 24, 3.1, bold=True)
    assert lines(runs, 24, kept, bold=True) == 2
    assert lines((Run("Spectrum line-up:"),), 24, kept, bold=True) == 1
    # There it cannot be had: the first line holds no more than the hyphen.
    assert balanced(runs, 30, 3.1, bold=True) <= 3.1


def test_a_quotation_is_set_as_large_as_it_fits() -> None:
    short, long = said("“Twelve words.”"), said("“" + "word " * 40 + "”")
    assert fit(holder("quote", QUOTE_SHORT), short).sizes == (72,)
    assert fit(holder("quote", QUOTE), short).sizes == (54,)
    fitted = fit(holder("quote", QUOTE), long)
    assert 28 <= fitted.sizes[0] < 54
    assert fitted.over == 0


def test_the_floor_is_kept_and_the_excess_counted() -> None:
    fitted = fit(holder("points", CONTENT), said("word " * 400))
    assert fitted.sizes[0] == 24
    assert fitted.over > 5


def test_forty_words_always_fit_a_quote_slide() -> None:
    words = "accountabilities " * 40
    assert fit(holder("quote", QUOTE), said(words)).over <= 9
    assert fit(holder("quote", QUOTE), said("leadership " * 40)).over == 0


@pytest.mark.parametrize("agenda", [AGENDA, named("Agenda", NARROW_ALL)], ids=["wide", "narrow"])
def test_an_agenda_of_9_rows_is_24_points_large_with_the_clock_and_each_title_on_1_line(agenda: Layout) -> None:
    placeholder = holder("agenda", agenda)
    assert placeholder.table
    rows = table(("Time", "What we do", "Length"), *(("12:30pm", "A letter from your organisation", "10"),) * 9)
    style = table_style(placeholder.table, rows)
    fitted = fit_table(style, rows, placeholder.box.height)
    assert (fitted.size, fitted.over) == (24, 0)
    assert {round(height, 3) for height in fitted.heights[1:]} == {round((24 * 1.2 + 2 * 24 * 0.12) / 72, 3)}
    assert sum(column.width for column in style.columns) == pytest.approx(placeholder.box.width)


@given(st.integers(0, 23), st.integers(0, 59), st.sampled_from(["am", "pm", "yb", "yp", ""]))
def test_every_clock_fits_the_column_that_is_made_for_it(hour: int, minute: int, half: str) -> None:
    style = TableStyle((Column(0.5, wraps=False), Column(5)), 24, 20, 0.1)
    rows = table(("Time", "What we do"), (f"{hour}:{minute:02}{half}", "Pairs"))
    assert fit_table(table_style(style, rows), rows, 5).size == 24


def test_the_clock_takes_room_from_the_titles_only_where_it_has_too_little() -> None:
    style = TableStyle((Column(1.1, wraps=False), Column(4)), 24, 20, 0.1)
    short, long = (table_style(style, table(("Time", "What we do"), (clock, "Pairs"))) for clock in ("9am", "12:30pm"))
    assert short == style
    assert long.columns[0].width > 1.1
    assert lines((Run("12:30pm"),), 24, long.columns[0].width - CELL_GAP) == 1


def test_an_agenda_of_20_rows_is_too_long_rather_than_small() -> None:
    placeholder = holder("agenda", AGENDA)
    assert placeholder.table
    rows = table(("Time", "What we do", "Length"), *(("10:35am", "Work in pairs", "10"),) * 20)
    fitted = fit_table(placeholder.table, rows, placeholder.box.height)
    assert fitted.size == 20
    assert fitted.over > 0


def test_steps_stay_at_20_points_or_more() -> None:
    placeholder = holder("steps", ACTIVITY)
    assert placeholder.table
    rows = table(("No", "Step", "Minutes"), *(("1", "Read it to your neighbour. " * 6, "5"),) * 9)
    fitted = fit_table(placeholder.table, rows, placeholder.box.height)
    assert fitted.size == 20
    assert fitted.over > 0


@given(
    st.lists(st.integers(12, 72), min_size=1, max_size=3, unique=True),
    st.floats(0.5, 1),
)
def test_a_stored_scale_gives_the_sizes_that_were_measured(usual: list[int], shrunk: float) -> None:
    sizes = [floor(size * shrunk + 0.5) for size in usual]
    scale = font_scale(usual, sizes)
    assert scale is not None
    assert [floor(size * scale / 100_000 + 0.5) for size in usual] == sizes


def test_sizes_that_no_single_scale_gives_have_none() -> None:
    assert font_scale([40, 20], [30, 20]) is None
