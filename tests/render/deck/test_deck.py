"""The deck as a whole: what is on it, that it is sound, and that it is always the same."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args
from zipfile import ZipFile

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pptx import Presentation
from pptx_lint import lint
from speaking import english

from kit.diagnostics import Place
from kit.model.document import DeckView, SlideLayout
from kit.render.deck import DeckBrand, DeckLogo, build
from kit.render.deck.grid import HEIGHT, WIDTH, Box, Layout
from kit.render.deck.layouts import ALL
from kit.render.html import render

Build = Callable[[DeckView], Any]
GOLDEN = Path(__file__).parent / "deck.yaml"


@pytest.fixture
def built(templates: dict[str, str], brand: DeckBrand, created: Any) -> Build:
    def run(view: DeckView) -> Any:
        html = render(templates, "deck/slides.html.j2", english, deck=view)
        return build(html, view.title, brand, created)

    return run


@pytest.fixture
def deck(view: DeckView, built: Build) -> bytes:
    outcome = built(view)
    assert outcome.diagnostics == ()
    value = outcome.value
    assert isinstance(value, bytes)
    return value


def described(data: bytes) -> list[dict[str, Any]]:
    """The deck as a person would note it down: layout, what stands in each placeholder, notes."""

    def paragraphs(frame: Any) -> list[str]:
        return [paragraph.text for paragraph in frame.paragraphs]

    def shape(item: Any) -> Any:
        if item.has_table:
            return [" | ".join(cell.text for cell in row.cells) for row in item.table.rows]
        return paragraphs(item.text_frame) if item.has_text_frame else str(item._element.xpath(".//p:cNvPr/@descr")[0])

    return [
        {
            "layout": slide.slide_layout.name,
            "shapes": [{item.name: shape(item)} for item in slide.shapes],
            "notes": paragraphs(slide.notes_slide.notes_text_frame),
        }
        for slide in Presentation(io.BytesIO(data)).slides
    ]


def test_the_example_has_every_layout_of_the_model(view: DeckView) -> None:
    assert {slide.layout for slide in view.slides} == set(get_args(SlideLayout))


def test_the_deck_says_what_it_said_before(deck: bytes, request: pytest.FixtureRequest) -> None:
    now = yaml.safe_dump(described(deck), allow_unicode=True, sort_keys=False, width=110)
    if request.config.getoption("--update-golden"):
        GOLDEN.write_text(now, "utf-8")
    assert now == GOLDEN.read_text("utf-8")


def test_lint_finds_nothing(deck: bytes) -> None:
    assert lint(deck) == []


def test_same_input_same_bytes(view: DeckView, built: Build, deck: bytes) -> None:
    assert built(view).value == deck


def test_standard_layouts_keep_their_names() -> None:
    names = {layout.name for layout in ALL}
    assert names >= {
        "Title Slide",
        "Section Header",
        "Title and Content",
        "Two Content",
        "Comparison",
        "Content with Caption",
        "Blank",
    }


def test_layouts_number_their_placeholders_once() -> None:
    for layout in ALL:
        numbers = [holder.index for holder in layout.placeholders]
        assert len(numbers) == len(set(numbers)), layout.name


def test_every_box_is_on_the_slide() -> None:
    for layout in ALL:
        for holder in layout.placeholders:
            box = holder.box
            if holder.kind == "pic":
                continue
            assert box.x >= 0.4
            assert box.x + box.width <= 12.6, (layout.name, holder.name)
            assert box.y + box.height <= 6.95, (layout.name, holder.name)


def test_the_file_says_what_it_is(deck: bytes, view: DeckView) -> None:
    core = Presentation(io.BytesIO(deck)).core_properties
    assert (core.title, core.author, core.language) == (view.title, view.house.name, "en-GB")


def test_slides_use_the_theme_only(deck: bytes) -> None:
    with ZipFile(io.BytesIO(deck)) as archive:
        layouts = [archive.read(name) for name in archive.namelist() if "/slideLayouts/" in name]
        slides = [archive.read(name) for name in archive.namelist() if re.search(r"/slides/slide\d", name)]
    assert not any(b"srgbClr" in part or b'typeface="Arial' in part for part in layouts)
    assert not any(b"latin typeface" in part for part in slides)


def test_facilitator_words_stand_in_the_notes_only(deck: bytes, view: DeckView) -> None:
    watch = "If a table has put everything under"
    on_slides = [str(slide["shapes"]) for slide in described(deck)]
    assert not any(watch in text for text in on_slides)
    assert any(watch in " ".join(slide["notes"]) for slide in described(deck))


def test_notes_have_bold_cues(deck: bytes) -> None:
    slide = next(s for s in Presentation(io.BytesIO(deck)).slides if s.slide_layout.name == "Activity")
    paragraphs = [p for p in slide.notes_slide.notes_text_frame.paragraphs if p.runs and not p.level]
    bold = [p.runs[0].text for p in paragraphs if p.runs[0].font.bold and "buChar" not in p._p.xml]
    assert bold == [
        *("Clock:", "Timer:", "Materials:", "Workbook page 5, handout 2", "Say"),
        *("9:35am: Sort the cards, 8 min", "9:43am: Challenge a card, 4 min"),
        *("Listen for", "They may say", "If you are late"),
    ]


def test_text_that_does_not_fit_is_a_fault_with_its_place(view: DeckView, built: Build) -> None:
    slides = tuple(
        replace(slide, points=("Say what each of you would do about it, and why. " * 4,) * 5)
        if slide.layout == "activity"
        else slide
        for slide in view.slides
    )
    outcome = built(replace(view, slides=slides))
    assert outcome.value is None
    (fault,) = outcome.diagnostics
    assert fault.code == "text-does-not-fit"
    assert fault.place == Place("content/activities/quote-card-sort.yaml", 1, 1)
    assert re.search(r"“Quote card sort” has about \d+ lines too much in its steps", fault.message)


def test_a_title_that_comes_again_gets_a_number(view: DeckView, built: Build) -> None:
    slides = tuple(replace(slide, title="Coffee") if slide.layout == "content" else slide for slide in view.slides)
    outcome = built(replace(view, slides=(*slides, replace(slides[1], id="again"))))
    assert [fault.code for fault in outcome.diagnostics] == ["slide-title-repeats"]
    assert outcome.diagnostics[0].severity == "warning"
    assert lint(outcome.value) == []


def test_what_people_write_is_never_markup(view: DeckView, built: Build) -> None:
    odd = "A & B <b>bold</b> “quoted” {{ braces }}"
    slides = tuple(
        replace(slide, title=odd, points=(odd,)) if slide.layout == "content" else slide for slide in view.slides
    )
    outcome = built(replace(view, slides=slides))
    assert odd in str(described(outcome.value))


@given(st.text(min_size=1, max_size=60))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_words_make_a_sound_deck(view: DeckView, built: Build, words: str) -> None:
    slides = [slide for slide in view.slides if slide.layout in ("content", "activity")]
    said = f"Say {words}"
    spoken = tuple(
        replace(slide, title=f"{slide.title} {words}", points=(said,), step_minutes=(5,)) for slide in slides
    )
    outcome = built(replace(view, slides=spoken))
    assert outcome.value is None or lint(outcome.value) == []


def test_no_logo(view: DeckView, templates: dict[str, str], brand: DeckBrand, created: Any) -> None:
    html = render(templates, "deck/slides.html.j2", english, deck=view)
    outcome = build(html, view.title, replace(brand, logo=None), created)
    assert outcome.diagnostics == ()
    assert outcome.value is not None
    assert lint(outcome.value) == []


def test_a_png_logo_is_a_picture_inside_its_clear_space(
    view: DeckView, templates: dict[str, str], brand: DeckBrand, created: Any
) -> None:
    from PIL import Image

    png = io.BytesIO()
    Image.new("RGB", (400, 400), "#5b2a57").save(png, "PNG")
    html = render(templates, "deck/slides.html.j2", english, deck=view)
    outcome = build(html, view.title, replace(brand, logo=DeckLogo(png.getvalue(), "image/png", "Northmoor")), created)
    assert outcome.value is not None
    assert lint(outcome.value) == []
    slide = Presentation(io.BytesIO(outcome.value)).slides[0]
    picture = next(shape for shape in slide.shapes if shape.name == "Logo")
    assert picture.width == picture.height
    assert picture.top > 4.9 * 914400


def test_the_variant_for_dark_grounds_stands_on_the_title_band_and_on_breaks(
    view: DeckView, templates: dict[str, str], brand: DeckBrand, created: Any
) -> None:
    assert brand.logo is not None
    white = DeckLogo(brand.logo.data.replace(b"#5B2A57", b"#FFFFFF"), "image/svg+xml", "Northmoor, in white")
    html = render(templates, "deck/slides.html.j2", english, deck=view)
    outcome = build(html, view.title, replace(brand, logo_on_dark=white), created)
    assert outcome.value is not None
    assert lint(outcome.value) == []
    shown = {
        slide.slide_layout.name: [shape for shape in slide.shapes if shape.name == "Logo"]
        for slide in Presentation(io.BytesIO(outcome.value)).slides
    }
    assert {name for name, logos in shown.items() if logos} == {"Title Slide", "Break"}
    (logo,) = shown["Title Slide"]
    assert logo.top + logo.height < 4.7 * 914400
    assert logo._element.nvGrpSpPr.cNvPr.get("descr") == "Northmoor, in white"


@pytest.mark.parametrize(
    ("layout", "logo"),
    [(layout, box) for layout in ALL for box in (layout.logo, layout.logo_on_dark) if box],
    ids=lambda part: getattr(part, "name", ""),
)
def test_a_logo_has_a_quarter_of_its_height_clear_on_every_side(layout: Layout, logo: Box) -> None:
    clear = logo.height / 4
    left, top = logo.x - clear, logo.y - clear
    right, bottom = logo.x + logo.width + clear, logo.y + logo.height + clear
    assert left >= 0
    assert top >= 0
    assert right <= WIDTH
    assert bottom <= HEIGHT
    panels = [shape.box for shape in layout.shapes]
    for box in (*(holder.box for holder in layout.placeholders), *panels):
        apart = box.x >= right or box.x + box.width <= left or box.y >= bottom or box.y + box.height <= top
        around = box in panels and box.x <= left and box.x + box.width >= right and box.y + box.height >= bottom
        assert apart or around


@pytest.mark.parametrize(
    "inner",
    [
        "<text>N</text>",
        '<path d="M0 0 L9"/>',
        '<path d="M0 0H9V9Z" fill="url(#a)"/>',
        '<path d="M0 0H9V9Z" transform="rotate(9)"/>',
        '<rect width="wide" height="9"/>',
    ],
)
def test_an_svg_logo_that_cannot_be_drawn_is_said_so(
    view: DeckView, templates: dict[str, str], brand: DeckBrand, created: Any, inner: str
) -> None:
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{inner}</svg>'.encode()
    html = render(templates, "deck/slides.html.j2", english, deck=view)
    outcome = build(html, view.title, replace(brand, logo=DeckLogo(svg, "image/svg+xml", "Northmoor")), created)
    assert [(fault.code, fault.severity) for fault in outcome.diagnostics] == [("logo-not-drawn", "warning")]
    assert outcome.value is not None
