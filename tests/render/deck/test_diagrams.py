"""Diagrams on slides: a group of native shapes that says what it shows, stands as it was drawn, and can be edited."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import etree, html
from pptx import Presentation
from speaking import english

from kit.model.brand import Palette
from kit.model.document import DeckView
from kit.model.page import SLIDE, SLIDE_ACROSS, Page
from kit.palette import derive
from kit.references import DIAGRAMS
from kit.render.deck import DeckBrand, build
from kit.render.deck.diagrams import diagram, within
from kit.render.deck.figures import SCHEME, figure
from kit.render.deck.grid import Box
from kit.render.deck.ooxml import NAMESPACES, A, P
from kit.render.deck.slides import Figure, Label, Mark
from kit.render.html import environment, render

ROOT = Path(__file__).parents[3]
PALETTE = derive("#241b24", "#ffffff", "#5b2a57", "#55642e").palette
EMU_IN_A_MILLIMETRE = 36000
AREA = Box(4.65, 0.95, 7.933, 5.75)


@pytest.fixture(scope="module")
def drawn() -> Callable[..., str]:
    shared = ROOT / "templates" / "shared"
    files = [*shared.glob("*.svg.j2"), *shared.glob("diagrams/*.svg.j2")]
    env = environment({f"shared/{file.relative_to(shared)}": file.read_text("utf-8") for file in files}, english)

    def draw(name: str, page: Page = SLIDE, alt: str = "A drawing") -> str:
        return str(env.globals["diagram"](name, alt, PALETTE, page))  # type: ignore[operator]

    return draw


def read(svg: str, palette: Palette = PALETTE) -> Figure:
    colours = {str(getattr(palette, name)): called for name, called in reversed(SCHEME.items())}
    return figure(next(html.document_fromstring(f"<section>{svg}</section>").iter("svg")), colours)


def shapes(xml: str) -> Any:
    return etree.fromstring(xml.replace(">", f" {NAMESPACES}>", 1))


def boxes(group: Any) -> Iterator[tuple[float, float, float, float]]:
    """Left, top, width and height in millimetres of each shape of a group."""
    for frame in group.iter(f"{{{A}}}xfrm"):
        off, extent = frame.find(f"{{{A}}}off"), frame.find(f"{{{A}}}ext")
        at = (off.get("x"), off.get("y"), extent.get("cx"), extent.get("cy"))
        yield tuple(int(value) / EMU_IN_A_MILLIMETRE for value in at)  # type: ignore[misc]


@pytest.mark.parametrize("name", DIAGRAMS)
class TestDiagram:
    def test_every_word_of_the_drawing_can_be_retyped(self, drawn: Callable[..., str], name: str) -> None:
        svg = drawn(name)
        words = [element.text_content() for element in html.fromstring(svg).iter("text")]
        group = shapes(diagram(5, name, read(svg), AREA))
        boxes_of_text = group.findall(f"{{{P}}}sp/{{{P}}}txBody")
        assert words
        assert ["".join(box.itertext()) for box in boxes_of_text] == words
        assert all(run.get("lang") == "en-GB" for run in group.iter(f"{{{A}}}rPr"))

    def test_its_words_read_from_the_back_of_a_room(self, drawn: Callable[..., str], name: str) -> None:
        group = shapes(diagram(5, name, read(drawn(name)), AREA))
        assert all(int(run.get("sz")) >= 2000 for run in group.iter(f"{{{A}}}rPr"))

    def test_shapes_stand_where_the_drawing_has_them(self, drawn: Callable[..., str], name: str) -> None:
        svg = drawn(name)
        read_back = read(svg)
        place = within(AREA, read_back)
        scale = place.width * 25.4 / read_back.width
        group, *found = boxes(shapes(diagram(5, name, read_back, AREA)))
        assert group == pytest.approx(
            [place.x * 25.4, place.y * 25.4, place.width * 25.4, place.height * 25.4], abs=0.01
        )
        view = [float(number) for number in html.fromstring(svg).get("viewbox").split()]
        unit = scale * read_back.width / view[2]
        rects = [
            [float(rect.get(side)) for side in ("x", "y", "width", "height")]
            for rect in html.fromstring(svg).iter("rect")
        ]
        for x, y, width, height in rects:
            wanted = (group[0] + (x - view[0]) * unit, group[1] + (y - view[1]) * unit, width * unit, height * unit)
            assert any(box == pytest.approx(wanted, abs=1) for box in found)
        texts = list(html.fromstring(svg).iter("text"))
        labels = [part for part in read_back.parts if isinstance(part, Label)]
        for text, label in zip(texts, labels, strict=True):
            assert label.x * scale == pytest.approx((float(text.get("x")) - view[0]) * unit, abs=1)
            assert label.y * scale == pytest.approx((float(text.get("y")) - view[1]) * unit, abs=1)

    def test_nothing_of_it_is_off_its_place(self, drawn: Callable[..., str], name: str) -> None:
        group, *found = boxes(shapes(diagram(5, name, read(drawn(name)), AREA)))
        for left, top, width, height in found:
            assert left >= group[0] - 1
            assert top >= group[1] - 1
            assert left + width <= group[0] + group[2] + 1
            assert top + height <= group[1] + group[3] + 1

    def test_it_has_colours_of_the_theme_and_no_other(self, drawn: Callable[..., str], name: str) -> None:
        xml = diagram(5, name, read(drawn(name)), AREA)
        assert "srgbClr" not in xml
        assert 'schemeClr val="accent1"' in xml


def kinds(of: Figure) -> list[str]:
    return [part.kind for part in of.parts if isinstance(part, Mark)]


def test_circles_and_lines_are_preset_shapes(drawn: Callable[..., str]) -> None:
    assert kinds(read(drawn("circle-of-influence"))) == ["ellipse"] * 4
    assert kinds(read(drawn("two-lenses"))) == ["outline", "ellipse", "ellipse"]
    assert kinds(read(drawn("spectrum", SLIDE_ACROSS))).count("line") == 8
    assert set(kinds(read(drawn("accountability-canvas")))) == {"rect", "line"}


def test_a_colour_that_the_palette_lacks_is_a_bug(drawn: Callable[..., str]) -> None:
    other = derive("#111111", "#ffffff", "#003087", "#55642e").palette
    with pytest.raises(ValueError, match="colour"):
        read(drawn("two-lenses"), other)


@pytest.fixture
def deck(view: DeckView, templates: dict[str, str], brand: DeckBrand, created: Any) -> Any:
    made = build(render(templates, "deck/slides.html.j2", english, deck=view), view.title, brand, created)
    assert made.value is not None
    return Presentation(io.BytesIO(made.value))


def slide_called(deck: Any, name: str) -> Any:
    return next(slide for slide in deck.slides if slide._element.cSld.get("name") == name)


@pytest.mark.parametrize(
    ("name", "alt"),
    [
        ("cards-lenses", "2 circles that overlap"),
        ("stand-on-a", "A line with 7 marks"),
        ("themes", "Wheel of 2 themes, 1 block each."),
    ],
)
def test_a_diagram_is_1_group_with_its_alternative_text_after_the_words(deck: Any, name: str, alt: str) -> None:
    slide = slide_called(deck, name)
    (group,) = [shape for shape in slide.shapes if shape.shape_type is not None and shape.shape_type.name == "GROUP"]
    assert group._element.nvGrpSpPr.cNvPr.get("descr") == alt
    order = [shape.name for shape in slide.shapes]
    assert order[0] == "Title"
    assert order.index(group.name) > max(
        order.index(word.name) for word in slide.placeholders if "Foot" not in word.name and "number" not in word.name
    )


def test_2_lines_of_a_label_are_1_text_box(deck: Any) -> None:
    (group,) = [shape for shape in slide_called(deck, "themes").shapes if shape.shape_type.name == "GROUP"]
    texts = [shape.text_frame.text for shape in group.shapes if shape.has_text_frame and shape.text_frame.text]
    assert texts == ["Process and change", "Direction, alignment\nand commitment"]
