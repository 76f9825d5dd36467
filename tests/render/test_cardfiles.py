"""The files of a document of cards: the sheets, those of the cards that changed, and one for a print shop."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from PIL import Image
from speaking import english
from viewing import view

from kit.catalogue import kinds
from kit.model.document import BadgeView, QuoteView, ScenarioView, TaskView
from kit.model.edition import Edition, in_edition
from kit.model.stock import STOCKS
from kit.palette import OWN
from kit.render.job import Earlier, Job, Made, run
from kit.render.press import in_inks
from kit.workspace import Workspace

ROOT = Path(__file__).parents[2]
WORKSPACE = Workspace(ROOT, ROOT)
TEMPLATES = WORKSPACE.templates()

QUOTES = tuple(
    QuoteView(
        id=f"quote-{number}",
        text=f"We met every week, and after {number} of them nobody had read a page.",
        speaker="Robin Ashe",
        post="clinical director, a hospital by the sea, in 2016",
        citation="Limb M. BMJ 2016;352:i631",
        theme_title="Bound together",
        theme_symbol="interlinked",
        theme_question="Which part of your last hard decision was managing, and which was leading?",
        place=f"content/article/quotes.yaml:{number}:5",
    )
    for number in range(1, 11)
)


def job(id: str = "quote-cards", lists: dict[str, Any] | None = None, **more: Any) -> Job:
    name = f"{id}/document.yaml"
    (kind,) = kinds({name: TEMPLATES[name]}, english).value or ()
    doc = view(**(lists or {"quotes": QUOTES}))
    return Job(
        kind, kind.path, f"{kind.title}: Short", doc, OWN, TEMPLATES, english, WORKSPACE.fonts(),
        datetime(2026, 12, 2), **more,
    )  # fmt: skip


def made(wanted: Job) -> tuple[Made, ...]:
    outcome = run(wanted)
    assert outcome.value is not None, outcome.diagnostics
    return outcome.value


def text(data: bytes) -> str:
    with pypdfium2.PdfDocument(data) as pdf:
        return " ".join(" ".join(page.get_textpage().get_text_bounded() for page in pdf).split())


def changed(**fields: Any) -> tuple[QuoteView, ...]:
    """The quotations with the third one changed."""
    return (*QUOTES[:2], replace(QUOTES[2], **fields), *QUOTES[3:])


# Only what changed


def test_only_the_cards_that_changed_are_printed_again_and_the_sheet_says_so() -> None:
    (before,) = made(job())
    earlier = Earlier("2 December 2026", before.cards)
    whole, part = made(job(lists={"quotes": changed(text="We met every month.")}, earlier=earlier))
    assert (part.path, part.pages) == ("participants/quote-cards-changed.pdf", 2)
    assert "Only the 1 card that changed since 2 December 2026" in text(part.data)
    assert "We met every month." in text(part.data)
    assert "3 of 10" in text(part.data)
    assert "We met every week" not in text(part.data)
    assert whole.pages == before.pages
    # What is to be printed is the part; the whole stays for whoever needs all cards.
    assert whole.kind.copies is None
    assert part.kind.copies == before.kind.copies
    assert whole.remark.endswith("Only the 1 card that changed since 2 December 2026.")


@pytest.mark.parametrize(
    "same",
    [
        {"place": "elsewhere.yaml:1:1"},
        {},
    ],
)
def test_a_card_is_the_same_wherever_its_words_are_written(same: dict[str, str]) -> None:
    (before,) = made(job())
    (whole,) = made(job(lists={"quotes": changed(**same)}, earlier=Earlier("2 December 2026", before.cards)))
    assert whole.cards == before.cards
    assert whole.kind.copies is None
    assert "none has changed since 2 December 2026" in whole.remark


def test_moved_backs_and_more_copies_do_not_make_other_cards() -> None:
    wanted = job()
    (before,) = made(wanted)
    assert wanted.kind.cards
    cards = wanted.kind.cards.model_copy(update={"back_offset": (1.0, 1.0), "copies_of_each": 2})
    (after,) = made(replace(wanted, kind=wanted.kind.model_copy(update={"cards": cards})))
    assert after.cards == before.cards


def test_one_more_card_changes_those_that_say_how_many_there_are_and_no_others() -> None:
    badges = tuple(BadgeView(f"badge-{n}", "Leading and managing", "short.yaml:2:1") for n in range(1, 6))
    (before,) = made(job("name-badges", {"badges": badges[:4]}))
    (after,) = made(job("name-badges", {"badges": badges}))
    assert before.cards.items() < after.cards.items()
    (few,) = made(job(lists={"quotes": QUOTES[:4]}))
    (more,) = made(job(lists={"quotes": QUOTES[:5]}))
    assert not few.cards.items() & more.cards.items()


def test_another_colour_or_another_stock_makes_every_card_another() -> None:
    wanted = job()
    (before,) = made(wanted)
    (coloured,) = made(replace(wanted, palette=replace(OWN, brand="#5b2a57")))
    assert wanted.kind.cards
    cards = wanted.kind.cards.model_copy(update={"stock": "a4-a7"})
    (larger,) = made(replace(wanted, kind=wanted.kind.model_copy(update={"cards": cards})))
    assert not set(before.cards.values()) & {*coloured.cards.values(), *larger.cards.values()}


def test_without_an_earlier_build_all_cards_count_as_new() -> None:
    (whole,) = made(job(earlier=Earlier("", {})))
    assert whole.kind.copies is not None
    assert "no earlier build" in whole.remark


# Copies, stocks, growth


def with_cards(wanted: Job, flip: str = "long", **cards: Any) -> Job:
    assert wanted.kind.cards
    layout = wanted.kind.cards.model_copy(update=cards)
    sides = 2 if flip in ("long", "short") else 1
    return replace(wanted, kind=wanted.kind.model_copy(update={"cards": layout, "flip": flip, "sides": sides}))


def test_copies_come_as_sets_one_after_the_other() -> None:
    (doubled,) = made(with_cards(job(), copies_of_each=2))
    assert doubled.pages == 2 * 3
    with pypdfium2.PdfDocument(doubled.data) as pdf:
        sheets = [pdf[page].get_textpage().get_text_bounded() for page in (0, 2, 4)]
    assert ["1 of 10" in sheet for sheet in sheets] == [True, True, False]
    assert ["10 of 10" in sheet for sheet in sheets] == [False, True, True]


def test_both_faces_of_a_card_carry_the_name_of_their_slot_and_folded_ones_need_none() -> None:
    (turned,) = made(job())
    with pypdfium2.PdfDocument(turned.data) as pdf:
        faces = [pdf[page].get_textpage().get_text_bounded().split() for page in range(4)]
    for words in faces[:2]:
        assert {f"1{letter}" for letter in "ABCDEFGH"} <= set(words)
    for words in faces[2:]:
        assert {"2A", "2B"} <= set(words)
    (folded,) = made(with_cards(job(), "fold"))
    assert folded.pages == 3
    assert "1A" not in text(folded.data).split()
    assert "fold at the dashed marks" in text(folded.data)


def test_fronts_alone_are_half_the_pages() -> None:
    (fronts,) = made(with_cards(job(), "none"))
    assert fronts.pages == 2
    assert "Which part of your last" not in text(fronts.data)


@pytest.mark.parametrize("stock", [name for name, stock in STOCKS.items() if not stock.tent])
def test_the_same_quotations_lie_on_every_stock(stock: str) -> None:
    (found,) = made(with_cards(job(), "long" if STOCKS[stock].printed_twice else "none", stock=stock))
    words = text(found.data)
    for one in QUOTES:
        assert one.text in words


def test_what_is_too_long_for_its_card_goes_to_a_larger_one_on_a_sheet_of_its_own() -> None:
    long = changed(text="We wrote it all down and nobody read it. " * 6)
    (grown,) = made(job(lists={"quotes": long}))
    assert "1 of them is longer" in grown.note
    with pypdfium2.PdfDocument(grown.data) as pdf:
        assert len(pdf) == 6
        sizes = [tuple(round(side * 25.4 / 72) for side in page.get_size()) for page in pdf]
        last = pdf[4].get_textpage().get_text_bounded()
    assert sizes == [(210, 297)] * 4 + [(297, 210)] * 2
    assert "3 of 10" in last
    assert "nobody read it" in last


def test_what_is_too_long_for_a6_is_refused_and_says_by_how_much() -> None:
    outcome = run(job(lists={"quotes": changed(text="We wrote it all down and nobody read it. " * 20)}))
    assert outcome.value is None
    (fault,) = outcome.diagnostics
    assert fault.message == "The quotation “quote-3” does not fit on a card, even at 13 pt."
    assert "words fewer" in fault.advice


# Editions


@pytest.mark.parametrize("size", [16, 18, 22, 24])
def test_no_word_of_a_card_in_large_print_is_smaller_than_its_edition(size: float) -> None:
    edition, wanted = Edition("large-print", size), job()
    (found,) = made(replace(wanted, edition=edition, kind=in_edition(wanted.kind, edition)))
    with pypdfium2.PdfDocument(found.data) as pdf:
        for page in pdf:
            words = page.get_textpage()
            for position in range(words.count_chars()):
                drawn = pypdfium2.raw.FPDFText_GetFontSize(words, position)
                # Pages are scaled by 3/4, since CSS counts in pixels; the lines in the margins and the names of slots
                # are for whoever cuts the sheet.
                if drawn * 0.75 > 7.5:
                    assert drawn * 0.75 >= size - 0.01
    if size <= 18:
        with pypdfium2.PdfDocument(found.data) as pdf:
            assert round(pdf[0].get_width() * 25.4 / 72) == 297, "4 cards of about A6 to a sheet on its side"


def test_a_long_scenario_gets_a_page_of_its_own_in_large_print() -> None:
    story = "One service runs at 2 hospitals, and neither rota is full. " * 9
    scenario = ScenarioView("rota", "A rota for 2 sites", "wicked", story, "Who would have to move?", "trust.yaml:9:1")
    edition, wanted = Edition("large-print", 24), job("scenario-cards", {"scenarios": (scenario,)})
    (found,) = made(replace(wanted, edition=edition, kind=in_edition(wanted.kind, edition)))
    assert story.strip() in text(found.data)
    # Whoever prints and cuts it is told of the sheet that it lies on, and not that it is larger than others.
    assert wanted.kind.cards is not None
    assert found.kind.cards is not None
    assert STOCKS[found.kind.cards.stock].card_height > STOCKS[wanted.kind.cards.stock].card_height
    with pypdfium2.PdfDocument(found.data) as pdf:
        lying = pdf[0].get_width() > pdf[0].get_height()
    assert found.kind.orientation == ("landscape" if lying else "portrait")
    assert found.note == ""


# For a print shop


@pytest.fixture(scope="module")
def press() -> Made:
    tasks = tuple(TaskView(f"task-{n}", f"Publish the rota for ward {n}.", "tasks.yaml:1:1") for n in range(1, 4))
    (_, found) = made(job("task-cards", {"tasks": tasks}, print_shop=True))
    return found


def test_a_print_shop_gets_a_page_for_each_face(press: Made) -> None:
    assert press.path == "print-shop/task-cards.pdf"
    assert press.pages == 6
    assert press.kind.copies is None


def test_the_file_says_what_it_conforms_to_and_for_which_condition_it_is(press: Made) -> None:
    with pikepdf.open(BytesIO(press.data)) as pdf:
        assert pdf.pdf_version == "1.4"
        assert str(pdf.docinfo["/GTS_PDFXVersion"]) == "PDF/X-1a:2003"
        assert str(pdf.docinfo["/Trapped"]) == "/False"
        assert "/ID" in pdf.trailer
        (intent,) = pdf.Root.OutputIntents
        assert (str(intent.S), str(intent.OutputConditionIdentifier)) == ("/GTS_PDFX", "FOGRA39")
        assert str(intent.RegistryName) == "http://www.color.org"
        assert pdf.Root.MarkInfo.Marked
        assert not any("/Annots" in page for page in pdf.pages)


def test_every_colour_is_ink_and_text_is_black_alone(press: Made) -> None:
    with pikepdf.open(BytesIO(press.data)) as pdf:
        for page in pdf.pages:
            colour: tuple[float, ...] = ()
            inside = False
            for operands, operator in pikepdf.parse_content_stream(page):
                name = str(operator)
                assert name not in ("rg", "RG", "sh", "Do")
                if name in ("cs", "CS"):
                    assert str(operands[0]) == "/DeviceCMYK"
                if name == "scn":
                    colour = tuple(float(value) for value in operands)
                    assert len(colour) == 4
                inside = name == "BT" or (inside and name != "ET")
                if inside and name in ("TJ", "Tj"):
                    assert colour in ((0, 0, 0, 1), inks(OWN.brand))
            assert not any("Lab" in str(space) for space in page.Resources.get("/ColorSpace", {}).values())
            for state in page.Resources.ExtGState.values():
                assert all(float(state[key]) == 1 for key in ("/ca", "/CA") if key in state)


def inks(colour: str) -> tuple[float, ...]:
    written = in_inks(replace(OWN, accent=colour)).accent
    return tuple(float(part) for part in written.removeprefix("device-cmyk(").rstrip(")").split())


def test_every_font_is_embedded(press: Made) -> None:
    with pikepdf.open(BytesIO(press.data)) as pdf:
        for page in pdf.pages:
            for font in page.Resources.Font.values():
                descriptor = font.DescendantFonts[0].FontDescriptor
                assert "/FontFile2" in descriptor


@pytest.mark.skipif(shutil.which("gs") is None, reason="Ghostscript makes the plates")
def test_black_text_is_on_the_black_plate_only(tmp_path: Path) -> None:
    tasks = (TaskView("task-1", "Publish the rota.", "tasks.yaml:1:1"),)
    wanted = job("task-cards", {"tasks": tasks}, print_shop=True)
    (_, found) = made(replace(wanted, palette=replace(OWN, brand="#000000")))
    file = tmp_path / "cards.pdf"
    file.write_bytes(found.data)
    subprocess.run(
        [
            *("gs", "-q", "-dBATCH", "-dNOPAUSE", "-dSAFER", "-sDEVICE=tiffsep", "-r100", "-dLastPage=1"),
            f"-sOutputFile={tmp_path}/plate%d.tif",
            str(file),
        ],
        check=True,
    )
    darkest = {
        ink: Image.open(tmp_path / f"plate1({ink}).tif").convert("L").getextrema()[0]
        for ink in ("Cyan", "Magenta", "Yellow", "Black")
    }
    assert darkest == {"Cyan": 255, "Magenta": 255, "Yellow": 255, "Black": 0}
