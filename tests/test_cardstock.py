"""What cards are printed on: the document's stock, the trust's, and the command line's ways to make backs."""

from __future__ import annotations

from typing import Any

import pytest
from speaking import english
from typer.testing import CliRunner

from kit.cardstock import as_printed, flip_faults
from kit.catalogue import kinds
from kit.cli import app
from kit.model.kind import DocumentKind
from kit.model.stock import STOCKS, Flip
from kit.model.trust import Printing
from kit.workspace import Workspace


@pytest.fixture(scope="module")
def known(project: Workspace) -> tuple[DocumentKind, ...]:
    found = kinds(project.templates(), english).value
    assert found
    return found


def printed(known: tuple[DocumentKind, ...], id: str, print_: dict[str, Any], *more: Any) -> DocumentKind:
    return next(kind for kind in as_printed(known, Printing.model_validate(print_), *more) if kind.id == id)


def test_without_a_word_of_a_trust_documents_stay_as_they_are(known: tuple[DocumentKind, ...]) -> None:
    assert as_printed(known, Printing()) == known


def test_a_trust_chooses_stock_flip_and_copies_for_all_or_for_one(known: tuple[DocumentKind, ...]) -> None:
    profile = {
        "flip": "short",
        "back_offset": [0.5, -1],
        "cards": {"quote-cards": {"stock": "a4-a6", "flip": "fold", "copies_of_each": 2}},
    }
    quotes, tasks = (printed(known, id, profile) for id in ("quote-cards", "task-cards"))
    assert quotes.cards
    assert tasks.cards
    assert (quotes.cards.stock, quotes.flip, quotes.sides, quotes.orientation) == ("a4-a6", "fold", 1, "landscape")
    assert quotes.cards.copies_of_each == 2
    assert (tasks.cards.stock, tasks.flip, tasks.sides) == ("a4-8-cards", "short", 2)
    assert quotes.cards.back_offset == tasks.cards.back_offset == (0.5, -1)


def test_the_command_line_comes_before_the_profile(known: tuple[DocumentKind, ...]) -> None:
    profile = {"back_offset": [0.5, -1], "cards": {"quote-cards": {"flip": "fold"}}}
    quotes = printed(known, "quote-cards", profile, "short", (2.0, 0.0))
    assert quotes.cards
    assert (quotes.flip, quotes.sides, quotes.cards.back_offset) == ("short", 2, (2.0, 0.0))


def test_an_offset_of_nothing_on_the_command_line_is_an_offset(known: tuple[DocumentKind, ...]) -> None:
    quotes = printed(known, "quote-cards", {"back_offset": [0.5, -1]}, None, (0.0, 0.0))
    assert quotes.cards
    assert quotes.cards.back_offset == (0.0, 0.0)


@pytest.mark.parametrize("flip", ["long", "short", "fold"])
def test_cards_without_backs_do_not_get_one(known: tuple[DocumentKind, ...], flip: Flip) -> None:
    badges = printed(known, "name-badges", {}, flip)
    assert (badges.flip, badges.sides) == ("none", 1)


def test_sticky_labels_have_no_back(known: tuple[DocumentKind, ...]) -> None:
    quotes = printed(known, "quote-cards", {"cards": {"quote-cards": {"stock": "l7165"}}})
    assert (quotes.flip, quotes.sides) == ("none", 1)


def test_a_fold_that_a_stock_does_not_allow_is_refused_on_the_command_line_too(
    known: tuple[DocumentKind, ...],
) -> None:
    on_pre_cut = as_printed(known, Printing.model_validate({"cards": {"task-cards": {"stock": "c32015"}}}))
    (fault,) = flip_faults(on_pre_cut, "fold")
    assert fault.code == "stock-does-not-serve"
    assert "task cards" in fault.message
    assert not list(flip_faults(on_pre_cut, "short"))


def test_a_card_grows_to_larger_stocks_and_no_further_than_its_document_allows(
    known: tuple[DocumentKind, ...],
) -> None:
    quotes = next(kind for kind in known if kind.id == "quote-cards").cards
    assert quotes
    for name in STOCKS:
        heights = [STOCKS[each].card_height for each in quotes.model_copy(update={"stock": name}).stocks()]
        assert heights == sorted(set(heights))
        assert len(heights) == 1 or heights[-1] <= 105
    assert quotes.model_copy(update={"stock": "c32011"}).stocks() == ("c32011", "a4-8-cards", "a4-4-cards")
    assert quotes.model_copy(update={"stock": "a4-a7"}).stocks() == ("a4-a7", "a4-a6")


@pytest.mark.parametrize(
    ("flags", "told"),
    [
        (["--back-offset", "1.5"], "is not 2 numbers of mm"),
        (["--back-offset", "left,2"], "is not 2 numbers of mm"),
        (["--back-offset", "nan,0"], "is too far"),
        (["--back-offset", "9,1"], "5 mm is the most"),
        (["--flip", "up"], "is not one of"),
    ],
)
def test_a_flag_that_makes_no_sense_is_refused_before_anything_is_read(flags: list[str], told: str) -> None:
    result = CliRunner().invoke(app, ["build", *flags])
    assert result.exit_code == 2
    assert told in " ".join(result.stderr.split())


def test_every_stock_is_listed_with_what_to_buy() -> None:
    result = CliRunner().invoke(app, ["list", "stocks"])
    assert result.exit_code == 0
    for name, stock in STOCKS.items():
        assert f"{name} " in result.stdout
        assert stock.name in result.stdout
