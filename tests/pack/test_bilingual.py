"""A pack in 2 languages: what participants get stands in one and then in the other, and each page says in which."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest
from conftest import DAY, BuiltPack
from drawing import drawn_here
from pptx import Presentation
from reading import pdf_pages

from kit.check import Order, check
from kit.pipeline import build, publish_pack
from kit.workspace import Workspace

ONLY = ("joining-instructions", "joining-email", "workbook", "handouts", "register", "quote-cards", "deck")


@pytest.fixture(scope="module")
def bilingual(project: Workspace, tmp_path_factory: pytest.TempPathFactory) -> BuiltPack:
    folder = tmp_path_factory.mktemp("bilingual")
    order = Order(plan="half-day", trust="dyffryn-onnen", only=ONLY)
    checked = check(project, order).value
    assert checked is not None
    with drawn_here():
        pack = build(project, checked, order, today=DAY)
    assert pack.value is not None, pack.diagnostics
    publish_pack(pack.value, folder, order)
    return BuiltPack(folder, checked, {})


def languages_of(path: Path) -> list[str]:
    """For each page that begins a top-level element, the language that its words are tagged with."""
    with pikepdf.open(path) as pdf:
        own = str(pdf.Root.Lang)
        return [str(element.get("/Lang", own)) for element in pdf.Root.StructTreeRoot.K[0].K]  # type: ignore[operator]


def test_a_letter_has_a_language_on_each_side_of_the_sheet(bilingual: BuiltPack) -> None:
    path = bilingual.folder / "participants/before/joining-instructions.pdf"
    welsh, english = pdf_pages(path)
    assert "Dydd Iau 11 Mawrth 2027, 1yp tan 4:30yp" in " ".join(welsh.split())
    assert "Thursday 11 March 2027, 1pm to 4:30pm" in " ".join(english.split())
    assert "Bwrdd Iechyd Prifysgol Dyffryn Onnen" in " ".join(welsh.split())
    assert "Arwain a rheoli mewn meddygaeth" in " ".join(welsh.split())
    assert "Leading and managing in medicine" in " ".join(english.split())
    found = languages_of(path)
    assert found == sorted(found)
    assert set(found) == {"cy", "en-GB"}
    kind = next(kind for kind in bilingual.checked.kinds if kind.id == "joining-instructions")
    assert (kind.sides, kind.flip) == (2, "long")


def test_a_workbook_is_whole_in_each_language_and_a_handout_has_its_pages_of_both(bilingual: BuiltPack) -> None:
    pages = [" ".join(page.split()) for page in pdf_pages(bilingual.folder / "participants/workbook.pdf")]
    half = len(pages) // 2
    assert len(pages) == 2 * half
    assert ["Taflen 1" in pages[3], "Handout 1" in pages[half + 3]] == [True, True]
    handouts = sorted((bilingual.folder / "participants/handouts").iterdir())
    assert handouts
    for number, handout in enumerate(handouts, 1):
        text = [" ".join(page.split()) for page in pdf_pages(handout)]
        assert any(f"Taflen {number}" in page for page in text)
        assert any(f"Handout {number}" in page for page in text)


def test_a_message_says_it_twice(bilingual: BuiltPack) -> None:
    text = (bilingual.folder / "participants/before/joining-email.txt").read_text("utf-8")
    assert text.index("Annwyl gydweithiwr,") < text.index("Dear colleague,")


def test_there_is_a_deck_in_each_language(bilingual: BuiltPack) -> None:
    for name, title, tag in (("deck", "Arwain a rheoli", "cy-GB"), ("deck-en", "Leading and managing", "en-GB")):
        deck = Presentation(str(bilingual.folder / f"{name}.pptx"))
        assert deck.slides[0].shapes.title.text.startswith(title)
        assert deck.core_properties.language == tag


def test_what_is_for_facilitators_alone_is_in_1_language(bilingual: BuiltPack) -> None:
    assert len(pdf_pages(bilingual.folder / "facilitator/register.pdf")) == 1
    assert set(languages_of(bilingual.folder / "facilitator/register.pdf")) == {"cy"}


def test_a_card_that_would_be_the_same_twice_is_printed_once(bilingual: BuiltPack) -> None:
    quotes = len(bilingual.checked.workshop.article.quotes)
    pages = pdf_pages(bilingual.folder / "participants/quote-cards.pdf")
    assert len(pages) <= 2 * -(-quotes // 8)
