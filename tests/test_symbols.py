"""The drawings: every symbol keeps the rules that let one file serve page and slide, and every diagram is plain SVG."""

from __future__ import annotations

import re
from pathlib import Path
from types import SimpleNamespace
from xml.etree import ElementTree

import pytest
import yaml
from fontTools.pens.boundsPen import BoundsPen
from fontTools.svgLib.path import parse_path

from kit.languages import language
from kit.model.page import A4, Page
from kit.model.words import Words
from kit.render.html import environment

ROOT = Path(__file__).parents[1]
SHARED = ROOT / "templates" / "shared"
SYMBOLS = sorted((SHARED / "symbols").glob("*.svg"))
DIAGRAMS = sorted((SHARED / "diagrams").glob("*.svg.j2"))
WORDS = ROOT / "content" / "words" / "en-GB.yaml"
THEMES = ROOT / "content" / "article" / "themes.yaml"

SVG = "{http://www.w3.org/2000/svg}"
ROOT_ATTRIBUTES = {
    "viewBox": "0 0 24 24",
    "fill": "none",
    "stroke": "currentColor",
    "stroke-width": "1.6",
    "stroke-linecap": "round",
    "stroke-linejoin": "round",
}
INTERFACE = {
    *("do", "say", "watch", "clock", "alone", "pairs", "trios", "tables", "room"),
    *("break", "materials", "pencil", "cut", "print"),
}
PLAIN = {"svg", "title", "g", "path", "rect", "text"}


def path_of(symbol: Path) -> str:
    (path,) = ElementTree.parse(symbol).getroot()
    return path.attrib["d"]


def drawn(diagram: Path, alt: str, page: Page = A4) -> ElementTree.Element:
    words = Words.model_validate(yaml.safe_load(WORDS.read_text("utf-8")))
    shared = "shared/drawing.svg.j2"
    templates = {f"shared/diagrams/{diagram.name}": diagram.read_text("utf-8")}
    templates[shared] = (diagram.parents[2] / shared).read_text("utf-8")
    env = environment(templates, language("en-GB", (words,)))
    palette = SimpleNamespace(ink="#1f2a30", ground="#ffffff", brand="#0b5563", tint="#e3eef0")
    name = f"shared/diagrams/{diagram.name}"
    return ElementTree.fromstring(env.get_template(name).render(alt=alt, palette=palette, page=page))


@pytest.mark.parametrize("symbol", SYMBOLS, ids=lambda path: path.stem)
class TestSymbol:
    def test_is_one_path_on_the_common_root(self, symbol: Path) -> None:
        root = ElementTree.parse(symbol).getroot()
        assert root.tag == f"{SVG}svg"
        assert root.attrib == ROOT_ATTRIBUTES
        assert [child.tag for child in root] == [f"{SVG}path"]
        assert set(root[0].attrib) == {"d"}

    def test_uses_only_commands_that_slides_can_draw(self, symbol: Path) -> None:
        assert set(re.findall("[A-Za-z]", path_of(symbol))) <= set("MLHVCSQAZmlhvcsqaz")

    def test_stays_inside_its_square(self, symbol: Path) -> None:
        pen = BoundsPen(None)
        parse_path(path_of(symbol), pen)
        assert pen.bounds is not None
        assert min(pen.bounds) >= 1
        assert max(pen.bounds) <= 23


def test_symbols_are_distinct() -> None:
    assert len({path_of(symbol) for symbol in SYMBOLS}) == len(SYMBOLS)


def test_every_sign_of_the_templates_is_drawn() -> None:
    assert {symbol.stem for symbol in SYMBOLS} >= INTERFACE


@pytest.mark.skipif(not THEMES.exists(), reason="no themes yet")
def test_every_theme_has_its_symbol() -> None:
    named = set(re.findall(r"^\s*symbol:\s*([a-z0-9-]+)\s*$", THEMES.read_text("utf-8"), re.MULTILINE))
    assert named
    assert named <= {symbol.stem for symbol in SYMBOLS}


@pytest.mark.parametrize("diagram", DIAGRAMS, ids=lambda path: path.name.removesuffix(".svg.j2"))
class TestDiagram:
    def test_opens_with_its_alternative_text(self, diagram: Path) -> None:
        alt = 'A line from "agree" to <disagree> & back'
        root = drawn(diagram, alt)
        assert root.attrib["role"] == "img"
        assert root[0].tag == f"{SVG}title"
        assert root[0].text == alt

    def test_is_drawn_to_scale_in_millimetres(self, diagram: Path) -> None:
        attributes = drawn(diagram, "A drawing").attrib
        left, top, width, height = attributes["viewBox"].split()
        assert (left, top, width) == ("0", "0", "170")
        assert (attributes["width"], attributes["height"]) == ("170mm", f"{height}mm")

    def test_is_plain_svg_in_one_stroke_and_readable_type(self, diagram: Path) -> None:
        elements = list(drawn(diagram, "A drawing").iter())
        assert {element.tag.removeprefix(SVG) for element in elements} <= PLAIN
        assert {e.attrib["stroke-width"] for e in elements if "stroke-width" in e.attrib} == {"0.35"}
        assert {e.attrib["font-family"] for e in elements if "font-family" in e.attrib} == {"Kit Text"}
        assert all(float(e.attrib["font-size"]) >= 4 for e in elements if "font-size" in e.attrib)
