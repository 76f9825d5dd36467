from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html as lxml_html
from speaking import english
from viewing import view

from kit.catalogue import kinds
from kit.diagnostics import Outcome
from kit.model.document import BadgeView, ParticipantView, QuoteView, ScenarioView, TableView, TaskView
from kit.model.kind import DocumentKind
from kit.model.stock import STOCKS, Flip
from kit.render import cards, fitting
from kit.render.fitting import Setting
from kit.render.pdf import Asset, Laid, lay_out
from kit.render.sheet import Slot, back_of, slots
from kit.workspace import Workspace

ROOT = Path(__file__).parents[2]
SMALL = ROOT / "tests" / "small"
CREATED = datetime(2026, 11, 23)
EIGHT = STOCKS["a4-8-cards"]
SIZES = (30.0, 24.0, 18.5, 16.0, 13.0)

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


@pytest.fixture(scope="module")
def templates() -> dict[str, str]:
    return dict(Workspace(ROOT, ROOT).templates())


@pytest.fixture(scope="module")
def assets() -> dict[str, Asset]:
    return {f"fonts/{name}": Asset(data, "font/ttf") for name, data in Workspace(ROOT, ROOT).fonts().items()}


class Bench:
    """Builds cards from the real templates and keeps the HTML of each layout."""

    def __init__(self, templates: dict[str, str], assets: dict[str, Asset]) -> None:
        self.templates = templates
        self.assets = assets
        self.layouts: list[str] = []

    def kind(self, id: str) -> DocumentKind:
        name = f"{id}/document.yaml"
        found = kinds({name: self.templates[name]}, english).value
        assert found
        return found[0]

    def build_kind(self, kind: DocumentKind, doc: ParticipantView) -> Outcome[Laid]:
        colours = ":root { --ink: #1f2a30; --ground: #ffffff; --brand: #0b5563; --tint: #e3eef0 }"
        sheets = ("shared/base.css", "shared/cards.css", f"{kind.id}/style.css")
        css = (colours, *(self.templates[name] for name in sheets))
        built = cards.build(self.templates, english, doc, css, self.assets, kind=kind, created=CREATED)
        return Outcome(built.value.laid if built.value else None, built.diagnostics)

    def build(
        self,
        quotes: tuple[QuoteView, ...],
        stock: str = "a4-8-cards",
        flip: Flip = "long",
        sizes: tuple[float, ...] = (),
        **more: Any,
    ) -> Outcome[Laid]:
        kind = self.kind("quote-cards")
        assert kind.cards
        words = kind.cards.texts["words"]
        texts = kind.cards.texts | {"words": words.model_copy(update={"sizes": sizes or words.sizes})}
        layout = kind.cards.model_copy(update={"stock": stock, "texts": texts, "grows_to": None, **more})
        return self.build_kind(kind.model_copy(update={"flip": flip, "cards": layout}), view(quotes=quotes))

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


# Fitting


@given(st.lists(st.text("abcdefgh", min_size=1, max_size=14), min_size=1, max_size=40))
def test_settings_run_from_large_to_the_smallest_within_the_box(words: list[str]) -> None:
    face = fitting.Face({ord(letter): 0.5 for letter in "abcdefgh "}, 0.6)
    found = fitting.settings(" ".join(words), 76, 33, SIZES, face, leading=1.2, hang=0.4)
    sizes = [setting.size for setting in found]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[-1] == SIZES[-1]
    assert all(0 < setting.measure <= 76 for setting in found)
    assert all(Setting(size, 76) in found for size in sizes)


def test_lines_are_drawn_in_so_that_no_word_stands_alone() -> None:
    face = fitting.Face({}, 0.5)
    drawn_in, full = fitting.settings("aaaa bbbb cccc dddd", 80, 30, (30,), face, leading=1.2)
    assert full == Setting(30, 80)
    em = 30 * fitting.MM_PER_PT
    # 4 words of 2 em with spaces of half an em: 3 and 1 in the full width, 2 and 2 in this one.
    assert 4.5 * em < drawn_in.measure < 4.7 * em


def test_widths_come_from_the_font(assets: dict[str, Asset]) -> None:
    face = fitting.read_face(assets["fonts/KitText-Regular.ttf"].data)
    assert face.width("“") == pytest.approx(0.4, abs=0.005)
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
    assert sizes[0] == 30
    assert sizes == sorted(sizes, reverse=True)


@pytest.mark.parametrize("one", [QUOTES[1], QUOTES[3], QUOTES[4]], ids=lambda one: one.id)
def test_words_are_as_large_as_they_fit(bench: Bench, one: QuoteView) -> None:
    assert bench.build((one,)).value is not None
    layout = bench.kind("quote-cards").cards
    assert layout
    sizes = layout.texts["words"].sizes
    larger = sizes[sizes.index(bench.size(f"words-{one.id}")) - 1]
    refused = bench.build((one,), sizes=(larger,))
    assert [fault.code for fault in refused.diagnostics] == ["card-text-does-not-fit"]


def test_hyphenated_words_are_not_broken(bench: Bench) -> None:
    bench.build(QUOTES)
    whole = bench.page.get_element_by_id("words-quote-3").find_class("whole")
    assert [word.text for word in whole] == ["well-rehearsed", "cop-out."]


@pytest.mark.parametrize("name", ["a4-8-cards", "a4-4-cards"])
@pytest.mark.parametrize("flip", ["long", "short"])
def test_backs_meet_their_fronts_in_the_file(bench: Bench, name: str, flip: Flip) -> None:
    stock = STOCKS[name]
    laid = bench.build(QUOTES, name, flip).value
    assert laid is not None
    assert f"flip on the {flip} edge" in bench.page.text_content()
    places = slots(stock)
    with pypdfium2.PdfDocument(laid.write(duplex=flip)) as pdf:
        for n, one in enumerate(QUOTES):
            sheet, slot = divmod(n, len(places))
            front = text_in(pdf[2 * sheet], places[slot])
            back = text_in(pdf[2 * sheet + 1], back_of(places[slot], stock, flip))
            assert one.speaker in front
            assert f"{n + 1} of {len(QUOTES)}" in front
            assert one.citation in back
            assert f"{n + 1} of {len(QUOTES)}" in back


def text_in(page: Any, slot: Slot, *, inside: float = 6) -> str:
    """The text that lies within the slot, at least `inside` mm from its edges."""
    point = 72 / 25.4
    left, right = (slot.x + inside) * point, (slot.x + slot.width - inside) * point
    top = page.get_height() - (slot.y + inside) * point
    bottom = page.get_height() - (slot.y + slot.height - inside) * point
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
        "The post of “Robin Ashe” does not fit on a card, even at 8.5 pt.",
        "The question of the theme “Bound together” does not fit on a card, even at 11 pt.",
    ]
    assert {str(fault.place) for fault in outcome.diagnostics} == {QUOTES[0].place}


def test_no_quotations_is_a_fault_and_not_an_empty_file(bench: Bench) -> None:
    outcome = bench.build(())
    assert outcome.value is None
    assert [fault.code for fault in outcome.diagnostics] == ["nothing-for-cards"]
    assert "no quotes to print" in outcome.diagnostics[0].message
    assert bench.layouts == []


# Other kinds of card


def test_a_task_stands_on_the_front_and_its_number_behind_it(bench: Bench) -> None:
    tasks = tuple(TaskView(f"task-{n}", f"Publish the rota for ward {n}.", "tasks.yaml:1:1") for n in range(1, 11))
    laid = bench.build_kind(bench.kind("task-cards"), view(tasks=tasks)).value
    assert laid is not None
    places = slots(EIGHT)
    with pypdfium2.PdfDocument(laid.write(duplex="long")) as pdf:
        assert len(pdf) == 4
        for n, task in enumerate(tasks):
            sheet, slot = divmod(n, len(places))
            assert task.text in text_in(pdf[2 * sheet], places[slot])
            back = text_in(pdf[2 * sheet + 1], back_of(places[slot], EIGHT, "long"), inside=8)
            assert back == str(n + 1)


def test_a_scenario_has_its_question_and_no_back_and_does_not_say_what_kind_it_is(bench: Bench) -> None:
    story = "One service runs at 2 hospitals. " * 12
    scenario = ScenarioView("rota", "A rota for 2 sites", "wicked", story, "Who would have to move?", "trust.yaml:9:1")
    laid = bench.build_kind(bench.kind("scenario-cards"), view(scenarios=(scenario,))).value
    assert laid is not None
    with pypdfium2.PdfDocument(laid.write()) as pdf:
        assert len(pdf) == 1
        text = " ".join(pdf[0].get_textpage().get_text_bounded().split())
    assert scenario.title in text
    assert story.strip() in text
    assert scenario.question in text
    assert "wicked" not in text


def test_a_scenario_that_is_too_long_is_named_with_its_line(bench: Bench) -> None:
    scenario = ScenarioView(
        "rota", "A rota", "tame", "One service runs at 2 hospitals. " * 40, "Who?", "trust.yaml:9:1"
    )
    (fault,) = bench.build_kind(bench.kind("scenario-cards"), view(scenarios=(scenario,))).diagnostics
    assert fault.message == "The scenario “rota” does not fit on a card, even at 10 pt."
    assert str(fault.place) == "trust.yaml:9:1"


def test_there_is_a_badge_for_everyone_and_each_has_its_place(bench: Bench) -> None:
    badges = tuple(BadgeView(f"badge-{n}", "Leading and managing", "short.yaml:2:1") for n in range(1, 15))
    laid = bench.build_kind(bench.kind("name-badges"), view(badges=badges)).value
    assert laid is not None
    stock = STOCKS["l4785-badges"]
    with pypdfium2.PdfDocument(laid.write()) as pdf:
        assert len(pdf) == 2
        found = [text_in(pdf[page], slot, inside=4) for page in (0, 1) for slot in slots(stock)]
    assert found == ["Leading and managing Name Place of work"] * 14 + [""] * 6


def test_a_tent_shows_its_number_on_both_faces_and_the_upper_one_upside_down(bench: Bench) -> None:
    tables = tuple(TableView(f"table-{n}", str(n), "Leading and managing", "short.yaml:2:1") for n in (1, 2, 3))
    laid = bench.build_kind(bench.kind("table-tents"), view(tables=tables)).value
    assert laid is not None
    stock = STOCKS["a4-tent"]
    (lower,) = slots(stock)
    upper = back_of(lower, stock, "long")
    with pypdfium2.PdfDocument(laid.write()) as pdf:
        assert len(pdf) == 3
        for page, table in zip(pdf, tables, strict=True):
            for slot in (lower, upper):
                assert table.number in text_in(page, slot).split()
    turned = bench.page.find_class("turned")
    assert len(turned) == len(tables)
    assert all(style(card, "top") < lower.y for card in turned)


def test_only_one_face_of_a_tent_has_ids(bench: Bench) -> None:
    tables = (TableView("table-1", "1", "Leading and managing", "short.yaml:2:1"),)
    bench.build_kind(bench.kind("table-tents"), view(tables=tables))
    ids = bench.page.xpath("//@id")
    assert sorted(ids) == ["number-table-1", "workshop-table-1"]
