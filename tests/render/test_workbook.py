"""The workbook in its editions: the same words in all of them, on pages that hold them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from conformance.check_sense import faults
from fontTools.ttLib import TTFont
from lxml.html import document_fromstring

from kit.check import Checked, Order, check
from kit.compose import Imprint, participant_view
from kit.model.document import Stamp
from kit.model.edition import Edition, in_edition, parse_editions
from kit.model.page import A4, A5, Page, page_for
from kit.palette import in_black_and_white
from kit.render.job import Job, assets_of, page_of, stylesheets
from kit.render.pdf import Laid, lay_out
from kit.workspace import Workspace
from tests.conftest import PROJECT

PLANS = sorted(path.stem for path in (PROJECT / "content" / "plans").glob("*.yaml"))
STAMP = Stamp("abc1234", "5 January 2027", "Built 5 January 2027, build abc1234")
BOOKLET = "booklet"
OTHERS = ("large-print-16", "large-print-24", "dyslexia", "mono", BOOKLET)
LABELS = {"continued", "Notes", "as", "booklet"}
"""What pages that follow another one say of themselves, and room to spare, beside words that are said again."""


@lru_cache
def checked(plan: str, trust: str | None = None) -> Checked:
    value = check(Workspace(PROJECT, PROJECT), Order(plan=plan, trust=trust)).value
    assert value is not None
    return value


def job(plan: str, name: str, trust: str | None = None) -> Job:
    found = checked(plan, trust)
    edition = Edition() if name == BOOKLET else parse_editions(name)[0]
    kind = next(each for each in found.known if each.id == ("workbook-booklet" if name == BOOKLET else "workbook"))
    palette = in_black_and_white(found.palette) if name == "mono" else found.palette
    view = participant_view(found.workshop, Imprint(STAMP, palette))
    return Job(
        in_edition(kind, edition),
        kind.path,
        "Workbook",
        view,
        palette,
        found.templates,
        found.library.language,
        Workspace(PROJECT, PROJECT).fonts(),
        datetime(2027, 1, 5),
        edition=edition,
    )


class Words(HTMLParser):
    """What a page says: its text, and the alternative text of its drawings, but not the labels drawn in them."""

    def __init__(self) -> None:
        super().__init__()
        self.found: Counter[str] = Counter()
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.silent += tag in ("text", "head")

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in ("text", "head")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.found.update(re.findall(r"[\w’'%-]+", data))


@lru_cache
def page(plan: str, name: str) -> str:
    return page_of(job(plan, name))


def words(plan: str, name: str) -> Counter[str]:
    parser = Words()
    parser.feed(page(plan, name))
    return parser.found


@pytest.mark.parametrize("plan", PLANS)
def test_nothing_is_lost_between_editions(plan: str) -> None:
    standard = words(plan, "standard")
    assert standard.total() > 500
    for name in OTHERS:
        other = words(plan, name)
        assert standard - other == Counter(), name
        assert set(other) - set(standard) <= LABELS | set(" ".join(drawn_words(page(plan, "standard"))).split()), name


# On the page ----------------------------------------------------------------------------------------


@lru_cache
def laid(plan: str, name: str) -> Laid:
    of = job(plan, name)
    return lay_out(page(plan, name), stylesheets(of), assets_of(of)[0], created=of.created)


LAID = [("half-day", "large-print-18"), ("full-day", "large-print-24"), ("half-day", "dyslexia"), ("full-day", BOOKLET)]


@pytest.mark.parametrize(("plan", "name"), LAID)
class TestLaidOut:
    def test_each_page_of_a_worksheet_is_one_page(self, plan: str, name: str) -> None:
        """What fills a page was worked out from counts of letters: it must neither spill over nor break apart."""
        sheets = page(plan, name).split('<section class="handout" id="')[1:]
        starts = {sheet.split('"')[0]: sheet.split("</section>")[0].count('<div class="leaf"') for sheet in sheets}
        anchors = laid(plan, name).anchors
        order = sorted([*starts, "end-of-handouts"], key=lambda id: anchors[id])
        taken = {id: anchors[after] - anchors[id] for id, after in pairwise(order)}
        assert taken == starts

    def test_each_worksheet_alone_makes_sense_to_whoever_does_not_see_it(
        self, plan: str, name: str, tmp_path: Path
    ) -> None:
        of, file = laid(plan, name), tmp_path / "handout.pdf"
        starts = sorted(page for id, page in of.anchors.items() if id.startswith("handout-"))
        for first, last in pairwise([*starts, of.anchors["end-of-handouts"]]):
            file.write_bytes(of.write(first=first, last=last - 1))
            assert [str(fault) for fault in faults(file)] == []

    def test_nothing_runs_into_anything_else(self, plan: str, name: str) -> None:
        assert laid(plan, name).collisions() == ()

    def test_all_of_it_is_as_large_as_the_edition_says(self, plan: str, name: str) -> None:
        least = {BOOKLET: 8.5, "dyslexia": 12, "large-print-18": 18, "large-print-24": 24}[name]
        sizes = {text: size for text, size, _ in texts(laid(plan, name))}
        assert {text for text, size in sizes.items() if size < least - 0.01} == set()

    def test_nothing_is_slanted_or_shouted(self, plan: str, name: str) -> None:
        found = list(texts(laid(plan, name)))
        assert {style for _, _, style in found} == {("normal", "none")}


@pytest.mark.parametrize(("plan", "name"), [("full-day", BOOKLET), ("series", "large-print-24")])
def test_a_cover_holds_all_that_an_organisation_has_to_say(plan: str, name: str) -> None:
    of = job(plan, name, "northmoor")
    assert lay_out(page_of(of), stylesheets(of), assets_of(of)[0], created=of.created).collisions() == ()


def test_the_themes_beside_the_wheel_are_read_out_as_english_in_a_welsh_pack() -> None:
    themes = checked("half-day", "dyffryn-onnen").workshop.article.themes
    key = document_fromstring(page_of(job("half-day", BOOKLET, "dyffryn-onnen"))).xpath("//ul[@class='wheel-key']")[0]
    english = ["".join(entry.xpath(".//*[@lang='en-GB']//text()")) for entry in key]
    assert [re.sub(r"\s", "", said) for said in english] == [re.sub(r"\s", "", theme.title) for theme in themes]


def texts(of: Laid) -> Iterator[tuple[str, float, tuple[str, str]]]:
    """Every piece of text, its size in points, its slant and what a style sheet makes of its case."""
    for sheet in of._document.pages:
        for box in sheet._page_box.descendants(placeholders=True):
            text = getattr(box, "text", "").strip()
            if text:
                yield text, box.style["font_size"] * 0.75, (box.style["font_style"], box.style["text_transform"])


def test_a_line_of_the_booklet_is_as_long_as_in_a_book() -> None:
    assert 60 <= A5.measure <= 70
    assert A5.body >= 10.5


@pytest.mark.parametrize("size", [16, 18, 22, 24])
def test_a_line_of_large_print_is_as_long_as_the_sheet_allows_and_never_too_long(size: int) -> None:
    large = page_for(Edition("large-print", size))
    assert 38 <= large.measure <= 70
    assert large.body == large.work == large.cell == size


def test_the_sheets_are_those_that_the_page_says(project: Workspace) -> None:
    for name, width, height in ((BOOKLET, 148, 210), ("large-print-18", 210, 297)):
        plan = "full-day" if name == BOOKLET else "half-day"
        sheet = laid(plan, name)._document.pages[2]
        assert (round(sheet.width * 25.4 / 96), round(sheet.height * 25.4 / 96)) == (width, height)


# Drawings -------------------------------------------------------------------------------------------

SVG = "{http://www.w3.org/2000/svg}"
FONT = TTFont(PROJECT / "templates/shared/fonts/KitText-Bold.ttf")
ADVANCES, GLYPHS, UNITS = FONT["hmtx"], FONT.getBestCmap(), FONT["head"].unitsPerEm
PAGES = {name: A5 if name == BOOKLET else page_for(parse_editions(name)[0]) for name in ("standard", *OTHERS)}


def drawings(html: str) -> list[ElementTree.Element]:
    return [
        ElementTree.fromstring(svg)
        for svg in re.findall(r"<svg xmlns.*?</svg>\s*(?=<(?!text|path|/g|g|rect|title|svg))", html, re.DOTALL)
        if "<text" in svg
    ]


def drawn_words(html: str) -> Iterator[str]:
    for drawing in drawings(html):
        yield from (text.text or "" for text in drawing.iter(f"{SVG}text"))


def boxes(drawing: ElementTree.Element) -> Iterator[tuple[str, float, float, float, float, float]]:
    """The words of a drawing with their left, top, right and bottom edge, and their size in millimetres."""
    scale = float(drawing.attrib["width"].removesuffix("mm")) / float(drawing.attrib["viewBox"].split()[2])

    def walk(element: ElementTree.Element, given: dict[str, str]) -> Iterator[tuple[str, float, ...]]:
        given = given | element.attrib
        if element.tag == f"{SVG}text" and element.text:
            size, spacing = float(given["font-size"]), float(given.get("letter-spacing", 0))
            width = sum(ADVANCES[GLYPHS[ord(c)]][0] for c in element.text) * size / UNITS + spacing * len(element.text)
            start = float(given["x"]) - width * {"start": 0, "middle": 0.5, "end": 1}[given.get("text-anchor", "start")]
            baseline = float(given["y"])
            yield element.text, start, baseline - size * 0.72, start + width, baseline + size * 0.2, size * scale
        for child in element:
            yield from walk(child, given)

    yield from walk(drawing, {})


@pytest.mark.parametrize("name", OTHERS)
@pytest.mark.parametrize("plan", PLANS)
def test_words_in_drawings_are_whole_apart_and_large_enough(plan: str, name: str) -> None:
    found = drawings(page(plan, name))
    assert found
    on = PAGES[name]
    least = on.label if on.roomy else 2.9
    for drawing in found:
        left, top, width, height = (float(edge) for edge in drawing.attrib["viewBox"].split())
        placed = list(boxes(drawing))
        for at, (text, x, y, right, bottom, size) in enumerate(placed):
            # Widths are those of the bold face, which is wider than the regular one by a few hundredths.
            assert left - 1 < x < right < left + width + 1, text
            assert top - 0.5 < y < bottom < top + height + 0.5, text
            assert size > least - 0.06, text
            for other, x2, y2, right2, bottom2, _ in placed[:at]:
                apart = right <= x2 + 0.8 or right2 <= x + 0.8 or bottom <= y2 + 0.1 or bottom2 <= y + 0.1
                assert apart, f"“{text}” runs into “{other}”"


def test_lines_for_a_mono_printer_are_heavier_and_nothing_is_tinted() -> None:
    standard, mono = page("half-day", "standard"), page("half-day", "mono")
    tint = checked("half-day").palette.tint
    assert tint in standard
    assert tint not in mono
    assert page_for(Edition("mono")).stroke > 1.5
    assert mono.count("<path") > standard.count("<path") + 10


@pytest.mark.parametrize("on", [A4, A5, *PAGES.values()])
def test_a_page_leaves_room_for_what_it_says(on: Page) -> None:
    assert on.text_width > 100
    assert on.room > 150
    assert on.ruling >= 8
