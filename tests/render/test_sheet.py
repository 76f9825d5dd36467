from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.model.stock import STOCKS, Flip, Stock
from kit.render.sheet import (
    BLEED,
    LETTERED,
    MARK_LENGTH,
    PRINTABLE,
    Card,
    Slot,
    back_of,
    fold_marks,
    fold_of,
    print_shop,
    sheets,
    slots,
    trim_marks,
)

EIGHT, TENT = STOCKS["a4-8-cards"], STOCKS["a4-tent"]
MM = 1e-6


@st.composite
def stocks(draw: st.DrawFn) -> Stock:
    """Any block of cards on any sheet, seldom centred, with or without gaps between the cards."""
    tenths = st.integers(0, 200).map(lambda n: n / 10)
    columns, rows = draw(st.integers(1, 5)), draw(st.integers(1, 6))
    width, height = draw(st.integers(30, 140)), draw(st.integers(30, 140))
    gap_x, gap_y = draw(tenths), draw(tenths)
    left, right, top, bottom = draw(tenths), draw(tenths), draw(tenths), draw(tenths)
    return replace(
        EIGHT,
        name="any",
        sheet_width=left + columns * width + (columns - 1) * gap_x + right + 0.01,
        sheet_height=top + rows * height + (rows - 1) * gap_y + bottom + 0.01,
        columns=columns,
        rows=rows,
        left=left,
        top=top,
        card_width=width,
        card_height=height,
        pitch_x=width + gap_x,
        pitch_y=height + gap_y,
    )


flips = st.sampled_from(("long", "short"))


def corners(slot: Slot) -> tuple[tuple[float, float], ...]:
    """The card's own top left and bottom right corners, wherever they lie on the sheet."""
    first, last = (slot.x, slot.y), (slot.x + slot.width, slot.y + slot.height)
    return (last, first) if slot.turned else (first, last)


@given(stocks())
def test_slots_lie_on_the_sheet_and_apart(stock: Stock) -> None:
    places = slots(stock)
    assert len(places) == stock.columns * stock.rows
    for n, a in enumerate(places):
        assert a.x >= -MM
        assert a.x + a.width <= stock.sheet_width + MM
        assert a.y >= -MM
        assert a.y + a.height <= stock.sheet_height + MM
        for b in places[n + 1 :]:
            apart_x = a.x + a.width <= b.x + MM or b.x + b.width <= a.x + MM
            apart_y = a.y + a.height <= b.y + MM or b.y + b.height <= a.y + MM
            assert apart_x or apart_y


@given(stocks(), flips)
def test_mirroring_twice_changes_nothing(stock: Stock, flip: Flip) -> None:
    for slot in slots(stock):
        again = back_of(back_of(slot, stock, flip), stock, flip)
        assert (again.x, again.y) == pytest.approx((slot.x, slot.y))
        assert again.turned == slot.turned


@given(stocks(), flips)
def test_back_lies_behind_its_front_and_stands_upright(stock: Stock, flip: Flip) -> None:
    # A sheet turned on its left edge shows the back with left and right exchanged. Turned on its top edge, top
    # and bottom are. A reader then turns the single card on its side edge, like the page of a book.
    upright = stock.sheet_height >= stock.sheet_width
    side_edge = upright == (flip == "long")
    for slot in slots(stock):
        (x1, y1), (x2, y2) = corners(back_of(slot, stock, flip))
        if side_edge:
            through = ((stock.sheet_width - x1, y1), (stock.sheet_width - x2, y2))
        else:
            through = ((x1, stock.sheet_height - y1), (x2, stock.sheet_height - y2))
        (left, top), (right, bottom) = through
        assert (right, top, left, bottom) == pytest.approx((slot.x, slot.y, slot.x + slot.width, slot.y + slot.height))


@given(stocks())
def test_marks_keep_clear_of_cards_and_of_the_edge(stock: Stock) -> None:
    for mark in trim_marks(stock):
        assert 0 < abs(mark.x2 - mark.x1) + abs(mark.y2 - mark.y1) <= MARK_LENGTH + MM
        assert min(mark.x1, mark.y1) >= -MM
        assert max(mark.x1, mark.x2) <= stock.sheet_width + MM
        assert max(mark.y1, mark.y2) <= stock.sheet_height + MM
        for slot in slots(stock):
            across = max(slot.x - max(mark.x1, mark.x2), min(mark.x1, mark.x2) - slot.x - slot.width)
            down = max(slot.y - max(mark.y1, mark.y2), min(mark.y1, mark.y2) - slot.y - slot.height)
            assert max(across, down) >= 1


@pytest.mark.parametrize("stock", [STOCKS["a4-8-cards"], STOCKS["a4-4-cards"]], ids=lambda stock: stock.name)
def test_every_cut_has_a_mark_at_both_ends(stock: Stock) -> None:
    marks = trim_marks(stock)
    across = {mark.x1 for mark in marks if mark.x1 == mark.x2}
    down = {mark.y1 for mark in marks if mark.y1 == mark.y2}
    assert across == {stock.left + n * stock.pitch_x for n in range(stock.columns + 1)}
    assert down == {stock.top + n * stock.pitch_y for n in range(stock.rows + 1)}
    assert len(marks) == 2 * (len(across) + len(down))
    assert all(min(mark.x1, mark.y1) >= PRINTABLE for mark in marks)


def test_no_marks_where_the_margin_is_too_narrow() -> None:
    full = replace(EIGHT, left=0, top=0, card_width=105, card_height=74.25, pitch_x=105, pitch_y=74.25)
    assert trim_marks(full) == ()


@pytest.mark.parametrize("change", [{"pitch_x": 91.0}, {"left": 40.0}, {"top": -1.0}, {"rows": 5}])
def test_stock_refuses_cards_off_the_sheet_or_over_each_other(change: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="8 of 92 by 66 mm"):
        replace(EIGHT, **change)


@given(st.integers(0, 40), flips)
def test_partial_sheets_keep_their_slots(count: int, flip: Flip) -> None:
    made = [Card(n, f"entry {n}", {}) for n in range(1, count + 1)]
    laid = sheets(made, EIGHT, flip)
    assert len(laid) == -(-count // 8)
    assert [placed.card.number for sheet in laid for placed in sheet.front] == list(range(1, count + 1))
    assert [placed.card.number for sheet in laid for placed in sheet.back] == list(range(1, count + 1))
    for sheet in laid:
        assert [placed.slot for placed in sheet.front] == list(slots(EIGHT)[: len(sheet.front)])


@pytest.mark.parametrize("stock", STOCKS.values(), ids=lambda stock: stock.name)
def test_marks_keep_clear_of_the_words_in_the_margins(stock: Stock) -> None:
    for mark in trim_marks(stock):
        if mark.x1 == mark.x2:
            assert mark.y1 >= LETTERED - MM
            assert mark.y2 <= stock.sheet_height - LETTERED + MM


@pytest.mark.parametrize("flip", ["long", "short"])
def test_a_tent_has_its_second_face_upside_down_above_the_fold(flip: Flip) -> None:
    (front,) = slots(TENT)
    back = back_of(front, TENT, flip)
    assert not front.turned
    assert back.turned
    assert back.y + back.height == front.y == TENT.sheet_height / 2
    assert (back.x, back.width, back.height) == (front.x, front.width, front.height)


def test_a_tent_is_folded_where_its_faces_meet_and_where_its_feet_begin_and_is_not_cut() -> None:
    assert trim_marks(TENT) == ()
    assert fold_marks(EIGHT) == ()
    assert sorted({mark.y1 for mark in fold_marks(TENT)}) == [20, 105, 190]
    assert all(mark.y1 == mark.y2 and PRINTABLE <= mark.x1 < mark.x2 for mark in fold_marks(TENT))


@pytest.mark.parametrize("change", [{"rows": 1}, {"pitch_y": 85.5, "top": 19.5}])
def test_stock_refuses_a_fold_without_two_faces_that_meet(change: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="cannot be folded"):
        replace(TENT, **change)


@pytest.mark.parametrize("flip", ["long", "short", "fold", "none"])
@pytest.mark.parametrize("stock", STOCKS.values(), ids=lambda stock: stock.name)
def test_no_mark_lies_on_a_card_or_where_a_printer_does_not_reach(stock: Stock, flip: Flip) -> None:
    faces = [*slots(stock, flip), *(back_of(slot, stock, flip) for slot in slots(stock, flip) if fold_of(stock, flip))]
    tent_folds = fold_marks(stock, flip) if stock.tent else ()
    for mark in {*trim_marks(stock, flip), *fold_marks(stock, flip)} - {*tent_folds}:
        assert min(mark.x1, mark.y1) >= PRINTABLE - MM
        assert mark.x2 <= stock.sheet_width - PRINTABLE + MM
        assert mark.y2 <= stock.sheet_height - PRINTABLE + MM
        for slot in faces:
            across = max(slot.x - max(mark.x1, mark.x2), min(mark.x1, mark.x2) - slot.x - slot.width)
            down = max(slot.y - max(mark.y1, mark.y2), min(mark.y1, mark.y2) - slot.y - slot.height)
            assert max(across, down) >= 1


@pytest.mark.parametrize("stock", [stock for stock in STOCKS.values() if stock.folds], ids=lambda stock: stock.name)
def test_both_faces_of_a_folded_card_share_the_edge_where_it_is_folded(stock: Stock) -> None:
    fronts = slots(stock, "fold")
    backs = [back_of(slot, stock, "fold") for slot in fronts]
    assert len({(slot.x, slot.y) for slot in (*fronts, *backs)}) == stock.columns * stock.rows
    for front, back in zip(fronts, backs, strict=True):
        if stock.folds == "columns" and not stock.tent:
            assert (back.x + back.width, back.y, back.turned) == pytest.approx((front.x, front.y, False))
        else:
            assert (back.x, back.y + back.height, back.turned) == pytest.approx((front.x, front.y, True))


@given(st.integers(1, 30), flips)
def test_both_faces_have_the_name_of_their_slot(count: int, flip: Flip) -> None:
    laid = sheets([Card(n, f"entry {n}", {}) for n in range(1, count + 1)], EIGHT, flip, first=3)
    names = [placed.name for sheet in laid for placed in sheet.front]
    assert len(set(names)) == count
    assert names[0] == "3A"
    assert names == [placed.name for sheet in laid for placed in sheet.back]


@given(stocks(), flips, st.floats(-5, 5), st.floats(-5, 5))
def test_everything_on_the_back_moves_alike(stock: Stock, flip: Flip, right: float, down: float) -> None:
    cards = [Card(n, f"entry {n}", {}) for n in range(1, 4)]
    still, moved = (sheets(cards, stock, flip, offset=offset) for offset in ((0, 0), (right, down)))
    for before, after in zip(still, moved, strict=True):
        assert before.front == after.front
        for one, other in zip(before.back, after.back, strict=True):
            assert (other.slot.x - one.slot.x, other.slot.y - one.slot.y) == pytest.approx(after.offset)
        assert sorted(map(abs, after.offset)) == pytest.approx(sorted((abs(right), abs(down))))


@pytest.mark.parametrize("stock", STOCKS.values(), ids=lambda stock: stock.name)
def test_a_print_shops_marks_keep_clear_of_the_bleed(stock: Stock) -> None:
    page = print_shop(stock)
    (slot,) = slots(page)
    assert (slot.width, slot.height) == (stock.card_width, stock.card_height)
    assert back_of(slot, page, "long") == slot
    marks = trim_marks(page)
    assert len(marks) == 8
    for mark in marks:
        across = max(slot.x - max(mark.x1, mark.x2), min(mark.x1, mark.x2) - slot.x - slot.width)
        down = max(slot.y - max(mark.y1, mark.y2), min(mark.y1, mark.y2) - slot.y - slot.height)
        assert max(across, down) > BLEED
        assert min(mark.x1, mark.y1) >= 0
        assert mark.x2 <= page.sheet_width
        assert mark.y2 <= page.sheet_height
