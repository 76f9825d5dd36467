"""The colours of an edition."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from coloraide import Color
from hypothesis import given
from hypothesis import strategies as st

from kit.diagnostics import Outcome
from kit.model.brand import Brand, Palette
from kit.palette import LEAST_STEP, OWN, PAIRS, contrast, derive, palette, readable
from kit.source import read_yaml

COLOUR = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


def made(text: str) -> Outcome[Palette]:
    """The palette of a file whose `color` is `text`."""
    read = read_yaml(f"color:\n{text}", "_brand.yml").value
    assert read is not None
    return palette(Brand.model_validate(read.data), read)


def given_as(**colours: Any) -> Outcome[Palette]:
    return made("\n".join(f'  {use}: "{colour}"' for use, colour in colours.items()))


def steps_of(found: Palette) -> list[float]:
    lightness = sorted(float(Color(colour).convert("oklch")["lightness"]) for colour in found.series)
    return [above - below for below, above in pairwise(lightness)]


def test_black_on_white_is_21_to_1() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.005)


@given(COLOUR, COLOUR)
def test_contrast_is_that_of_the_colour_library(one: str, other: str) -> None:
    assert contrast(one, other) == pytest.approx(Color(one).contrast(other, method="wcag21"), rel=1e-4)


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: f"{pair.text} on {pair.ground}")
def test_the_kits_own_colours_can_be_read(pair: Any) -> None:
    assert pair.ratio(OWN) >= pair.least


def test_the_kits_own_colours_are_those_it_would_derive_but_for_the_tint() -> None:
    found = derive(None, None, None).palette
    assert {name for name in vars(OWN) if getattr(found, name) != getattr(OWN, name)} == {"tint"}


@given(COLOUR, COLOUR, COLOUR, st.none() | COLOUR)
def test_every_pair_of_any_palette_can_be_read(ink: str, ground: str, brand: str, second: str | None) -> None:
    found = derive(ink, ground, brand, second).palette
    assert [pair for pair in PAIRS if pair.ratio(found) < pair.least] == []
    assert len(set(found.series)) == 4
    assert min(steps_of(found)) >= LEAST_STEP


@given(COLOUR, st.none() | COLOUR)
def test_on_white_the_colours_of_a_chart_differ_in_black_and_white(brand: str, second: str | None) -> None:
    assert min(steps_of(derive(None, "#ffffff", brand, second).palette)) >= 2 * LEAST_STEP


@given(COLOUR, COLOUR)
def test_a_colour_that_can_be_read_stays_as_it_is(colour: str, ground: str) -> None:
    assert (readable(colour, ground) == colour) == (contrast(colour, ground) >= 4.5)


def test_a_colour_that_is_made_darker_keeps_its_hue() -> None:
    found = Color(readable("#7fa8b8", "#ffffff")).convert("oklch")
    given_ = Color("#7fa8b8").convert("oklch")
    assert found["hue"] == pytest.approx(given_["hue"], abs=2)
    assert found["lightness"] < given_["lightness"]


def test_a_brand_that_can_be_read_is_used_as_it_is_and_nothing_is_said() -> None:
    outcome = given_as(foreground="#241B24", primary="#5B2A57", secondary="#55642E")
    assert outcome.diagnostics == ()
    assert outcome.value is not None
    assert (outcome.value.ink, outcome.value.brand, outcome.value.accent) == ("#241b24", "#5b2a57", "#55642e")


def test_a_colour_that_cannot_be_read_is_replaced_and_the_change_is_told() -> None:
    outcome = given_as(primary="#7FA8B8")
    assert outcome.value is not None
    (told,) = outcome.diagnostics
    assert (told.code, told.severity) == ("low-contrast", "warning")
    assert told.place is not None
    assert (told.place.line, told.place.column) == (2, 12)
    assert told.message == (
        "The primary colour on the background has a contrast of 2.5 to 1, and people need at least 4.5 to 1. "
        f"Packs use {outcome.value.brand.upper()} instead of #7FA8B8: 5.2 to 1."
    )


def test_a_ratio_just_below_the_limit_is_not_rounded_up_to_it() -> None:
    assert 4.45 < contrast("#777777", "#ffffff") < 4.5
    (told,) = given_as(foreground="#777777", primary="#14506b").diagnostics
    assert "a contrast of 4.4 to 1, and people need at least 4.5 to 1" in told.message


def test_a_tint_on_which_the_brand_could_not_be_read_is_made_paler() -> None:
    usual, near = derive(None, None, "#14506b").palette, derive(None, None, "#747474").palette
    assert contrast(usual.tint, "#ffffff") > contrast(near.tint, "#ffffff")
    assert near.brand == "#747474"


def test_text_on_a_dark_background_is_pale_without_being_asked_for() -> None:
    outcome = given_as(background="#101820", primary="#41B6E6")
    assert outcome.diagnostics == ()
    assert outcome.value is not None
    assert outcome.value.ink == "#ffffff"


def test_a_brand_without_colours_has_the_kits_own() -> None:
    assert palette(Brand(), None).value == OWN


@pytest.mark.parametrize(
    "text",
    [
        '  palette: {river: "#14506B"}\n  primary: river',
        '  palette: {river: "#14506B", house: river}\n  primary: house',
        '  dark: "#14506B"\n  primary: dark',
        '  primary: "rgb(20 80 107)"',
    ],
)
def test_a_use_may_name_a_colour_of_the_palette_or_of_another_use(text: str) -> None:
    outcome = made(text)
    assert outcome.value is not None
    assert outcome.value.brand == "#14506b"


def test_a_colour_that_lets_the_ground_through_becomes_a_solid_one() -> None:
    outcome = given_as(primary="#14506b80")
    assert outcome.value is not None
    assert outcome.value.brand == "#14506b"


def test_every_colour_that_is_not_one_is_told_at_once_even_where_packs_do_not_use_it() -> None:
    outcome = given_as(primary="navyish", foreground="#12", secondary="transparent", danger="mauveish")
    assert outcome.value is None
    assert [fault.code for fault in outcome.diagnostics] == ["unknown-colour"] * 4


def test_names_in_a_circle_are_no_colours() -> None:
    outcome = made("  palette: {one: two, two: one}\n  primary: one")
    assert outcome.value is None
    assert {fault.code for fault in outcome.diagnostics} == {"unknown-colour"}
