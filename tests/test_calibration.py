"""The calibration sheet: what is read from it is what a back must be moved by, for any printer."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.calibration import HEIGHT, WIDTH, back_marks, front_marks
from kit.model.stock import STOCKS
from kit.render.sheet import back_of, offset_on, slots
from kit.standalone import calibration_sheet
from kit.workspace import Workspace

QUARTERS = st.integers(-12, 12).map(lambda n: n / 4)


@given(QUARTERS, QUARTERS)
def test_the_marks_that_meet_name_the_offset_that_puts_the_backs_right(right: float, down: float) -> None:
    """A printer whose backs stray by `right` and `down`: the sheet is read, and its number given to cards."""
    read = (
        read_from(front_marks(WIDTH / 2, sign=-1), [WIDTH - mark.at - right for mark in back_marks(WIDTH / 2)]),
        read_from(front_marks(HEIGHT / 2, sign=1), [mark.at + down for mark in back_marks(HEIGHT / 2)]),
    )
    stock = STOCKS["a4-8-cards"]
    moved = offset_on(stock, "long", read)
    for slot in slots(stock):
        back = back_of(slot, stock, "long")
        printed = (back.x + moved[0] + right, back.y + moved[1] + down)
        assert (stock.sheet_width - printed[0] - back.width, printed[1]) == pytest.approx((slot.x, slot.y))


def read_from(front: tuple[object, ...], back: list[float]) -> float:
    """What stands beside the mark of the front that meets one of the back; unlabelled marks are counted from labels."""
    places = [mark.at for mark in front]  # type: ignore[attr-defined]
    labels = [mark.label for mark in front]  # type: ignore[attr-defined]
    met = min(range(len(places)), key=lambda n: min(abs(places[n] - at) for at in back))
    first, second = float(labels[0]), float(labels[4])
    return first + (second - first) / 4 * met


@pytest.fixture(scope="module")
def sheet(project: Workspace) -> bytes:
    outcome = calibration_sheet(project, None, today=date(2026, 12, 2))
    assert outcome.value is not None, outcome.diagnostics
    return outcome.value.data


def test_it_is_1_sheet_that_a_printer_is_told_to_turn_on_its_long_edge(sheet: bytes) -> None:
    with pikepdf.open(io.BytesIO(sheet)) as pdf:
        assert len(pdf.pages) == 2
        assert str(pdf.Root.ViewerPreferences.Duplex) == "/DuplexFlipLongEdge"
        assert str(pdf.Root.ViewerPreferences.PrintScaling) == "/None"


def test_it_says_what_to_do_and_what_to_write(sheet: bytes) -> None:
    with pypdfium2.PdfDocument(sheet) as pdf:
        front, back = (" ".join(page.get_textpage().get_text_bounded().split()) for page in pdf)
    assert "print: {back_offset: [0.5, -1.5]}" in front
    assert "kit build --back-offset 0.5,-1.5" in front
    assert "100 mm" in front
    assert "Turn the sheet over" in back


def test_a_trust_gets_it_too(project: Workspace) -> None:
    trust = Path(project.content / "trusts" / "northmoor")
    assert calibration_sheet(project, trust, today=date(2026, 12, 2)).value is not None
