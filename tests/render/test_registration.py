"""Backs meet their fronts on every stock, however they are made: measured from the sheets as they are printed."""

from __future__ import annotations

import pytest
from registration import boxes, laid_out, measured, ways

from kit.model.stock import STOCKS, Flip

PRINTERS_STEP = 25.4 / 600
"""The smallest distance that an office printer can tell, in mm."""


@pytest.mark.parametrize(("stock", "flip"), list(ways()))
def test_every_back_lies_behind_its_front(stock: str, flip: Flip) -> None:
    assert measured(stock, flip).worst < PRINTERS_STEP / 10


@pytest.mark.parametrize(
    ("stock", "flip", "seen"),
    [
        # To the right on the back is to the left from the front of a sheet turned on its side.
        ("a4-8-cards", "long", (-1.5, -0.75)),
        # The same sheet turned on its top edge has its back upside down: what was up is down, for paper and printer.
        ("a4-8-cards", "short", (-1.5, -0.75)),
        # A page on its side is printed a quarter turned to the left: the paper's right is its down.
        ("a4-4-cards", "long", (0.75, -1.5)),
    ],
)
def test_the_back_is_moved_in_one_direction_of_the_paper(stock: str, flip: Flip, seen: tuple[float, float]) -> None:
    for miss in measured(stock, flip, (1.5, -0.75)).misses:
        assert miss == pytest.approx(seen, abs=PRINTERS_STEP / 10)


def test_a_folded_card_has_nothing_to_move() -> None:
    assert measured("a4-8-cards", "fold", (1.5, -0.75)).worst < PRINTERS_STEP / 10


@pytest.mark.parametrize("name", [name for name, stock in STOCKS.items() if not stock.tent])
def test_a_print_shops_page_has_its_card_3_mm_of_bleed_and_room_for_marks(name: str) -> None:
    stock, found = STOCKS[name], boxes(name)
    left, top, right, bottom = found["TrimBox"]
    assert (right - left, bottom - top) == pytest.approx((stock.card_width, stock.card_height), abs=0.002)
    assert found["BleedBox"] == pytest.approx((left - 3, top - 3, right + 3, bottom + 3), abs=0.002)
    assert found["MediaBox"] == found["CropBox"] == pytest.approx((0, 0, right + 10, bottom + 10), abs=0.002)


def test_a_print_shop_gets_2_pages_for_a_card() -> None:
    assert laid_out("a4-8-cards", "long", shop=True).pages == 2 * 8
    assert laid_out("a4-8-cards", "none", shop=True).pages == 8
