from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pikepdf
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html as lxml_html

from kit.diagnostics import Outcome
from kit.model.brand import Palette
from kit.model.document import (
    House,
    Occasion,
    ParticipantView,
    QuoteView,
    SourceView,
    Stamp,
    Timeline,
)
from kit.render import cards
from kit.render.cards import EIGHT, FOUR, Card, Flip, Setting, Stock
from kit.render.pdf import Asset, Laid, lay_out

TEMPLATES = Path(__file__).parents[2] / "templates"
CREATED = datetime(2026, 11, 23)
MM = 1e-6

# Made up, in lengths from 2 to 24 words.
TEXTS = (
    "Plain speech",
    "Rotas are settled by Thursday",
    "I call it a well-rehearsed cop-out.",
    "Somebody has to count the beds & somebody has to ask why there are <so few>",
    "We met every week, we wrote everything down, and after a year we found that nobody had read a single page of it",
)


def quote(number: int, text: str, **changes: str) -> QuoteView:
    view = QuoteView(
        id=f"quote-{number}",
        text=text,
        speaker="Robin Ashe",
        post="clinical director, a hospital by the sea, in 2016",
        citation="Limb M. BMJ 2016;352:i631",
        theme_title="Bound together",
        theme_symbol="interlinked",
        theme_question="Which part of your last hard decision was managing, and which was leading?",
        place=f"content/article/quotes.yaml:{number + 3}:5",
    )
    return replace(view, **changes)


QUOTES = tuple(quote(number, text) for number, text in enumerate(TEXTS, 1))


def view(quotes: tuple[QuoteView, ...]) -> ParticipantView:
    return ParticipantView(
        stamp=Stamp("4f2a91c", "23 November 2026", "Built 23 November 2026, build 4f2a91c"),
        house=House("", "", False, "", Palette("#1f2a30", "#ffffff", "#0b5563", "#e3eef0")),
        title="Leading and managing",
        subtitle="",
        audience="",
        occasion=Occasion("", "", "", "", "", (), ()),
        welcome="",
        before=(),
        objectives=(),
        agenda=(),
        timeline=Timeline((), (), ""),
        handouts=(),
        themes=(),
        quotes=quotes,
        scenarios=(),
        reading=(),
        source=SourceView("", "", (), "", ""),
    )


@pytest.fixture(scope="module")
def templates() -> dict[str, str]:
    return {
        path.relative_to(TEMPLATES).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(TEMPLATES.rglob("*"))
        if path.suffix in {".j2", ".svg", ".css"}
    }


@pytest.fixture(scope="module")
def assets() -> dict[str, Asset]:
    fonts = sorted((TEMPLATES / "shared" / "fonts").glob("*.ttf"))
    return {f"fonts/{font.name}": Asset(font.read_bytes(), "font/ttf") for font in fonts}


class Bench:
    """Builds cards from the real templates and keeps the HTML of each layout."""

    def __init__(self, templates: dict[str, str], assets: dict[str, Asset]) -> None:
        self.templates = templates
        self.assets = assets
        self.layouts: list[str] = []

    def build(self, quotes: tuple[QuoteView, ...], stock: Stock = EIGHT, flip: Flip = "long") -> Outcome[Laid]:
        colours = ":root { --ink: #1f2a30; --ground: #ffffff; --brand: #0b5563; --tint: #e3eef0 }"
        css = (colours, self.templates["shared/base.css"], self.templates["quote-cards/style.css"])
        document = SimpleNamespace(id="quote-cards", title="Quote cards", purpose="Words to sort.")
        return cards.build(
            self.templates,
            view(quotes),
            css,
            self.assets,
            document=document,
            created=CREATED,
            flip=flip,
            stock=stock,
        )

    @property
    def page(self) -> lxml_html.HtmlElement:
        return lxml_html.document_fromstring(self.layouts[-1])

    def size(self, id: str) -> float:
        return style(self.page.get_element_by_id(id), "font-size")


@pytest.fixture
def bench(templates: dict[str, str], assets: dict[str, Asset], monkeypatch: pytest.MonkeyPatch) -> Bench:
    kept = Bench(templates, assets)

    def keep(html: str, *rest: Any, **options: Any) -> Laid:
        kept.layouts.append(html)
        return lay_out(html, *rest, **options)

    monkeypatch.setattr(cards, "lay_out", keep)
    return kept


def style(element: Any, name: str) -> float:
    found = re.search(rf"(?:^|; ){name}: ([\d.]+)(?:mm|pt)", element.get("style"))
    assert found
    return float(found[1])


# Geometry


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


def corners(slot: cards.Slot) -> tuple[tuple[float, float], ...]:
    """The card's own top left and bottom right corners, wherever they lie on the sheet."""
    first, last = (slot.x, slot.y), (slot.x + slot.width, slot.y + slot.height)
    return (last, first) if slot.turned else (first, last)


@given(stocks())
def test_slots_lie_on_the_sheet_and_apart(stock: Stock) -> None:
    places = cards.slots(stock)
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
    for slot in cards.slots(stock):
        again = cards.back_of(cards.back_of(slot, stock, flip), stock, flip)
        assert (again.x, again.y) == pytest.approx((slot.x, slot.y))
        assert again.turned == slot.turned


@given(stocks(), flips)
def test_back_lies_behind_its_front_and_stands_upright(stock: Stock, flip: Flip) -> None:
    # A sheet turned on its left edge shows the back with left and right exchanged. Turned on its top edge, top
    # and bottom are. A reader then turns the single card on its side edge, like the page of a book.
    upright = stock.sheet_height >= stock.sheet_width
    side_edge = upright == (flip == "long")
    for slot in cards.slots(stock):
        (x1, y1), (x2, y2) = corners(cards.back_of(slot, stock, flip))
        if side_edge:
            through = ((stock.sheet_width - x1, y1), (stock.sheet_width - x2, y2))
        else:
            through = ((x1, stock.sheet_height - y1), (x2, stock.sheet_height - y2))
        (left, top), (right, bottom) = through
        assert (right, top, left, bottom) == pytest.approx((slot.x, slot.y, slot.x + slot.width, slot.y + slot.height))


@given(stocks())
def test_marks_keep_clear_of_cards_and_of_the_edge(stock: Stock) -> None:
    for mark in cards.trim_marks(stock):
        assert 0 < abs(mark.x2 - mark.x1) + abs(mark.y2 - mark.y1) <= cards.MARK_LENGTH + MM
        assert min(mark.x1, mark.y1) >= -MM
        assert max(mark.x1, mark.x2) <= stock.sheet_width + MM
        assert max(mark.y1, mark.y2) <= stock.sheet_height + MM
        for slot in cards.slots(stock):
            across = max(slot.x - max(mark.x1, mark.x2), min(mark.x1, mark.x2) - slot.x - slot.width)
            down = max(slot.y - max(mark.y1, mark.y2), min(mark.y1, mark.y2) - slot.y - slot.height)
            assert max(across, down) >= 1


@pytest.mark.parametrize("stock", [EIGHT, FOUR])
def test_every_cut_has_a_mark_at_both_ends(stock: Stock) -> None:
    marks = cards.trim_marks(stock)
    across = {mark.x1 for mark in marks if mark.x1 == mark.x2}
    down = {mark.y1 for mark in marks if mark.y1 == mark.y2}
    assert across == {stock.left + n * stock.pitch_x for n in range(stock.columns + 1)}
    assert down == {stock.top + n * stock.pitch_y for n in range(stock.rows + 1)}
    assert len(marks) == 2 * (len(across) + len(down))
    assert all(min(mark.x1, mark.y1) >= cards.PRINTABLE for mark in marks)


def test_no_marks_where_the_margin_is_too_narrow() -> None:
    full = replace(EIGHT, left=0, top=0, card_width=105, card_height=74.25, pitch_x=105, pitch_y=74.25)
    assert cards.trim_marks(full) == ()


@pytest.mark.parametrize("change", [{"pitch_x": 91.0}, {"left": 40.0}, {"top": -1.0}, {"rows": 5}])
def test_stock_refuses_cards_off_the_sheet_or_over_each_other(change: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="8 to a sheet of A4"):
        replace(EIGHT, **change)


@given(st.integers(0, 40), flips)
def test_partial_sheets_keep_their_slots(count: int, flip: Flip) -> None:
    plain = Setting(20, 70)
    made = [Card(n, quote(n, "Plain speech"), plain, plain, plain) for n in range(1, count + 1)]
    laid = cards.sheets(made, EIGHT, flip)
    assert len(laid) == -(-count // 8)
    assert [placed.card.number for sheet in laid for placed in sheet.front] == list(range(1, count + 1))
    assert [placed.card.number for sheet in laid for placed in sheet.back] == list(range(1, count + 1))
    for sheet in laid:
        assert [placed.slot for placed in sheet.front] == list(cards.slots(EIGHT)[: len(sheet.front)])


# Fitting


@given(st.lists(st.text("abcdefgh", min_size=1, max_size=14), min_size=1, max_size=40))
def test_settings_run_from_large_to_the_smallest_within_the_box(words: list[str]) -> None:
    face = cards.Face({ord(letter): 0.5 for letter in "abcdefgh "}, 0.6)
    found = cards.settings(" ".join(words), 76, 33, EIGHT.words, face, leading=1.2, hang=0.4)
    sizes = [setting.size for setting in found]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[-1] == EIGHT.words[-1]
    assert all(0 < setting.measure <= 76 for setting in found)
    assert all(Setting(size, 76) in found for size in sizes)


def test_lines_are_drawn_in_so_that_no_word_stands_alone() -> None:
    face = cards.Face({}, 0.5)
    drawn_in, full = cards.settings("aaaa bbbb cccc dddd", 80, 30, (30,), face, leading=1.2)
    assert full == Setting(30, 80)
    em = 30 * cards.MM_PER_PT
    # 4 words of 2 em with spaces of half an em: 3 and 1 in the full width, 2 and 2 in this one.
    assert 4.5 * em < drawn_in.measure < 4.7 * em


def test_widths_come_from_the_font(assets: dict[str, Asset]) -> None:
    face = cards.read_face(assets["fonts/KitText-Regular.ttf"].data)
    assert face.width("“") == pytest.approx(cards.HANG, abs=0.005)
    assert face.width("WW") == 2 * face.width("W") > face.width("ii")


# The document


def test_every_text_fits_and_every_word_is_there(bench: Bench) -> None:
    outcome = bench.build(QUOTES)
    assert outcome.diagnostics == ()
    assert outcome.value is not None
    assert outcome.value.pages == 2
    assert outcome.value.overflows("card-text") == ()
    for one in QUOTES:
        shown = bench.page.get_element_by_id(f"words-{one.id}").text_content().strip()
        assert shown == f"“{one.text}”"
        assert bench.page.get_element_by_id(f"question-{one.id}").text_content().split() == [
            *one.theme_title.split(),
            *one.theme_question.split(),
        ]
    sizes = [bench.size(f"words-{one.id}") for one in QUOTES]
    assert sizes[0] == EIGHT.words[0]
    assert sizes == sorted(sizes, reverse=True)


@pytest.mark.parametrize("one", [QUOTES[1], QUOTES[3], QUOTES[4]], ids=lambda one: one.id)
def test_words_are_as_large_as_they_fit(bench: Bench, one: QuoteView) -> None:
    assert bench.build((one,)).value is not None
    larger = EIGHT.words[EIGHT.words.index(bench.size(f"words-{one.id}")) - 1]
    refused = bench.build((one,), replace(EIGHT, words=(larger,)))
    assert [fault.code for fault in refused.diagnostics] == ["card-text-does-not-fit"]


def test_hyphenated_words_are_not_broken(bench: Bench) -> None:
    bench.build(QUOTES)
    whole = bench.page.get_element_by_id("words-quote-3").find_class("whole")
    assert [word.text for word in whole] == ["well-rehearsed", "cop-out."]


@pytest.mark.parametrize("stock", [EIGHT, FOUR], ids=lambda stock: stock.name)
@pytest.mark.parametrize("flip", ["long", "short"])
def test_backs_meet_their_fronts_in_the_file(bench: Bench, stock: Stock, flip: Flip) -> None:
    laid = bench.build(QUOTES, stock, flip).value
    assert laid is not None
    assert f"flip on the {flip} edge" in bench.page.text_content()
    places = cards.slots(stock)
    with pypdfium2.PdfDocument(laid.write(duplex=flip)) as pdf:
        for n, one in enumerate(QUOTES):
            sheet, slot = divmod(n, len(places))
            front = text_in(pdf[2 * sheet], places[slot])
            back = text_in(pdf[2 * sheet + 1], cards.back_of(places[slot], stock, flip))
            assert one.speaker in front
            assert f"{n + 1} of {len(QUOTES)}" in front
            assert one.citation in back
            assert f"{n + 1} of {len(QUOTES)}" in back


def text_in(page: Any, slot: cards.Slot) -> str:
    """The text that lies within the slot, 6 mm inside its edges."""
    point = 72 / 25.4
    left, right = (slot.x + 6) * point, (slot.x + slot.width - 6) * point
    top = page.get_height() - (slot.y + 6) * point
    bottom = page.get_height() - (slot.y + slot.height - 6) * point
    found: str = page.get_textpage().get_text_bounded(left, bottom, right, top)
    return " ".join(found.split())


def test_fronts_are_read_before_backs_and_in_order(bench: Bench) -> None:
    quotes = tuple(quote(n, "Rotas are settled by Thursday") for n in range(1, 11))
    bench.build(quotes)
    ids = [id for id in bench.page.xpath("//@id") if not id.startswith("speaker-")]
    assert ids == [
        *(f"words-quote-{n}" for n in range(1, 9)),
        *(f"question-quote-{n}" for n in range(1, 9)),
        *(f"words-quote-{n}" for n in (9, 10)),
        *(f"question-quote-{n}" for n in (9, 10)),
    ]
    numbers = [element.text for element in bench.page.find_class("count")]
    assert numbers == [f"{n} of 10" for n in (*range(1, 9), *range(1, 9), 9, 10, 9, 10)]


def test_large_print_has_nothing_below_16_pt_on_a_card(bench: Bench) -> None:
    assert bench.build(QUOTES, FOUR).value is not None
    sizes = [style(element, "font-size") for element in bench.page.xpath("//*[contains(@style, 'font-size')]")]
    assert min(sizes) >= 16


def test_tags_have_one_top_heading_and_no_figure(bench: Bench) -> None:
    laid = bench.build(QUOTES).value
    assert laid is not None
    with pikepdf.open(BytesIO(laid.write(duplex="long"))) as pdf:
        kinds = [str(item.S) for item in structure(pdf.Root.StructTreeRoot)]
        assert kinds.count("/H1") == 1
        assert kinds.count("/H2") == 1
        assert kinds.count("/BlockQuote") == len(QUOTES)
        assert "/Figure" not in kinds
        assert [[float(edge) for edge in page.mediabox] for page in pdf.pages] == [
            pytest.approx([0, 0, 595.276, 841.89], abs=0.01)
        ] * 2


def structure(node: Any) -> Iterator[Any]:
    children = node.get("/K", [])
    for child in children if isinstance(children, pikepdf.Array) else [children]:
        if isinstance(child, pikepdf.Dictionary) and "/S" in child:
            yield child
            yield from structure(child)


def test_same_input_gives_the_same_bytes(bench: Bench) -> None:
    first, second = bench.build(QUOTES).value, bench.build(QUOTES).value
    assert first is not None
    assert second is not None
    assert first.write(duplex="long") == second.write(duplex="long")


# Faults


def test_each_quotation_that_cannot_fit_is_named_with_what_to_do(bench: Bench) -> None:
    long = quote(7, "Seventy words will never stand upon so small a card. " * 7)
    wide = quote(8, "Otorhinolaryngologicalsupersubspecialisationconference")
    outcome = bench.build((QUOTES[0], long, wide))
    assert outcome.value is None
    first, second = outcome.diagnostics
    assert first.code == second.code == "card-text-does-not-fit"
    assert first.message == "The quotation “quote-7” does not fit on a card, even at 13 pt."
    fewer = re.fullmatch(r"Quote a shorter passage: about (\d+) words fewer\.", first.advice)
    assert fewer
    kept = " ".join(long.text.split()[: -int(fewer[1])])
    assert len(kept.split()) > 5
    assert bench.build((replace(long, text=kept),)).value is not None
    assert str(first.place) == "content/article/quotes.yaml:10:5"
    assert "quote-8" in second.message
    assert str(second.place) == "content/article/quotes.yaml:11:5"


def test_question_and_post_that_cannot_fit_are_each_told_once(bench: Bench) -> None:
    question = "Which part of it was managing, and which was leading? " * 9
    post = "clinical director of a great many services in a great many places, " * 3
    outcome = bench.build(tuple(replace(one, theme_question=question, post=post) for one in QUOTES))
    messages = sorted(fault.message for fault in outcome.diagnostics)
    assert messages == [
        "The name and post of Robin Ashe do not fit on a card.",
        "The theme “Bound together” and its question do not fit on a card, even at 11 pt.",
    ]
    assert {str(fault.place) for fault in outcome.diagnostics} == {QUOTES[0].place}


def test_no_quotations_is_a_fault_and_not_an_empty_file(bench: Bench) -> None:
    outcome = bench.build(())
    assert outcome.value is None
    assert [fault.code for fault in outcome.diagnostics] == ["no-quotes-for-cards"]
    assert bench.layouts == []
