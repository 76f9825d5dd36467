"""The colours of an edition."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.diagnostics import Outcome
from kit.model.brand import Brand, Palette
from kit.palette import LEAST_CONTRAST, OWN, contrast, palette
from kit.source import SourceText


def made(**colours: Any) -> Outcome[Palette]:
    brand = Brand.model_validate({"meta": {"name": "Oakfield"}, "color": colours})
    return palette(brand, SourceText("_brand.yml", {}))


def pairs(found: Palette) -> list[tuple[str, str]]:
    return [(found.ink, found.ground), (found.brand, found.ground), (found.brand, found.tint), (found.ink, found.tint)]


def test_black_on_white_is_21_to_1() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.005)


def test_the_kits_own_colours_can_be_read() -> None:
    assert all(contrast(one, other) >= LEAST_CONTRAST for one, other in pairs(OWN))


@given(st.integers(0, 0xFFFFFF))
def test_no_colour_that_cannot_be_read_passes(number: int) -> None:
    outcome = made(primary=f"#{number:06x}")
    if outcome.diagnostics:
        assert [fault.code for fault in outcome.diagnostics] == ["low-contrast"]
    else:
        assert outcome.value is not None
        assert all(contrast(one, other) >= LEAST_CONTRAST for one, other in pairs(outcome.value))


@pytest.mark.parametrize(("colour", "faults"), [("#767676", 1), ("#6b6b6b", 0)])
def test_the_limit_holds_on_the_tint_too(colour: str, faults: int) -> None:
    assert len(made(primary=colour).diagnostics) == faults


def test_a_ratio_just_below_the_limit_is_not_rounded_up_to_it() -> None:
    assert 4.45 < contrast("#777777", "#ffffff") < 4.5
    (fault,) = made(foreground="#777777", primary="#14506b").diagnostics
    assert "a contrast of 4.4 to 1; people need at least 4.5 to 1" in fault.message


def test_a_use_may_name_a_colour_of_the_palette() -> None:
    outcome = made(palette={"river": "#14506B"}, primary="river")
    assert outcome.value is not None
    assert outcome.value.brand == "#14506b"


def test_a_colour_that_lets_the_ground_through_becomes_a_solid_one() -> None:
    outcome = made(primary="#14506b80")
    assert outcome.value is not None
    assert outcome.value.brand == "#14506b"


def test_every_colour_that_is_not_one_is_told_at_once() -> None:
    outcome = made(primary="navyish", foreground="#12", secondary="mauveish")
    assert outcome.value is None
    assert [fault.code for fault in outcome.diagnostics] == ["unknown-colour"] * 3
