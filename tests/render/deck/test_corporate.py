"""Decks on templates from elsewhere: whatever a file is like, the deck is whole, readable and without its samples."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from powerpoints import (
    HEATHER,
    NAMESPACES,
    OFFICE,
    SAMPLE,
    SHAPES,
    Art,
    Holder,
    LayoutOf,
    PowerPoint,
    feet,
    image,
    layouts,
    northmoor,
    zipped,
)
from pptx import Presentation
from pptx_lint import Package, lint
from speaking import english

from kit.diagnostics import Place
from kit.model.document import DeckView
from kit.palette import LEAST_CONTRAST, OWN, contrast
from kit.render.deck import DeckBrand, build
from kit.render.deck.audit import House
from kit.render.deck.basis import basis
from kit.render.deck.corporate import Template
from kit.render.deck.design import Corporate, adapt
from kit.render.deck.layouts import HOSTED_FOR
from kit.render.deck.layouts.parts import LEAST_READ, LEAST_STEP
from kit.render.deck.package import Refused, clean, open_package
from kit.render.deck.samples import sample_deck
from kit.render.html import render
from kit.templatefile import TemplateFile

PLACE = Place("content/trusts/northmoor/trust.yaml", 20, 16)
EMU = 914400


@pytest.fixture
def html(view: DeckView, templates: dict[str, str]) -> str:
    return render(templates, "deck/slides.html.j2", english, deck=view)


def house(brand: DeckBrand) -> House:
    return House(brand.palette, given=True)


def built(data: bytes, html: str, brand: DeckBrand, created: datetime, **asked: str) -> tuple[bytes, Corporate]:
    design = adapt(data, asked, house(brand))
    outcome = build(html, "Leading and managing in medicine", brand, created, design)
    assert outcome.diagnostics == ()
    assert outcome.value is not None
    return outcome.value, design


@cache
def deck_of(shape: str, html: str, brand: DeckBrand, created: datetime) -> bytes:
    return built(SHAPES[shape]().file(), html, brand, created)[0]


def contents(data: bytes) -> dict[str, bytes]:
    with ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def faults(data: bytes) -> list[Any]:
    """What the linter of our own decks finds, but for what is the template's own: its colours and its languages."""
    slides = set(Package(data).slides)
    return [
        fault
        for fault in lint(data)
        if fault.code != "low-contrast" and not (fault.code == "no-language" and fault.part not in slides)
    ]


# Every shape of file -----------------------------------------------------------------------------


@pytest.mark.parametrize("shape", SHAPES)
def test_a_deck_comes_of_every_shape_of_template(shape: str, html: str, brand: DeckBrand, created: datetime) -> None:
    deck = deck_of(shape, html, brand, created)
    assert faults(deck) == []
    assert built(SHAPES[shape]().file(), html, brand, created)[0] == deck
    slides = list(Presentation(io.BytesIO(deck)).slides)
    assert len(slides) == html.count("<section")
    assert all(slide.shapes.title is not None and slide.shapes.title.text_frame.text for slide in slides)
    assert all(slide.has_notes_slide for slide in slides)


@pytest.mark.parametrize("shape", SHAPES)
def test_nothing_of_the_samples_is_left(shape: str, html: str, brand: DeckBrand, created: datetime) -> None:
    deck = deck_of(shape, html, brand, created)
    for name, part in contents(deck).items():
        assert SAMPLE.encode() not in part, name
    kinds = {part for name in contents(deck) for part in name.split("/")[:-1]}
    assert not kinds & {"comments", "tags", "customXml"}
    # The charts of the deck have their numbers with them.
    charts, embedded = (
        [name for name in contents(deck) if f"ppt/{kind}/" in name and "_rels" not in name]
        for kind in ("charts", "embeddings")
    )
    assert len(embedded) == len(charts) == 2
    assert not any(b'TargetMode="External"' in part for part in contents(deck).values())


@pytest.mark.parametrize("shape", SHAPES)
def test_everything_stands_on_the_slide_and_not_on_other_words(
    shape: str, html: str, brand: DeckBrand, created: datetime
) -> None:
    deck = Presentation(io.BytesIO(deck_of(shape, html, brand, created)))
    for number, slide in enumerate(deck.slides, 1):
        boxes = [
            (shape_.name, shape_.left, shape_.top, shape_.left + shape_.width, shape_.top + shape_.height)
            for shape_ in slide.shapes
            if shape_.is_placeholder and shape_.placeholder_format.type not in (15, 13, 16)
        ]
        for name, left, top, right, bottom in boxes:
            assert left >= -0.02 * deck.slide_width, (number, name)
            assert right <= 1.03 * deck.slide_width, (number, name)
            assert bottom <= 1.03 * deck.slide_height, (number, name)
            assert top >= 0, (number, name)
        for one, other in ((a, b) for at, a in enumerate(boxes) for b in boxes[at + 1 :]):
            across = min(one[3], other[3]) - max(one[1], other[1])
            down = min(one[4], other[4]) - max(one[2], other[2])
            assert min(across, down) < 0.12 * EMU, (number, one[0], other[0])


@pytest.mark.parametrize("shape", ["wide", "banded", "dark", "dark-second-ground", "pale-title"])
def test_text_can_be_read_on_what_it_stands_on(shape: str, html: str, brand: DeckBrand, created: datetime) -> None:
    design = adapt(SHAPES[shape]().file(), {}, house(brand))
    template = Template(design.package)
    colours = template.master_colours(design.master)
    ground = {"dark": colours["bg1"]}.get(shape, "#ffffff")
    for layout in {each.part: each for candidates in design.layouts.values() for each in candidates}.values():
        for role in ("tx1", "accent1", "accent2"):
            name = layout.paint.get(role, role)
            assert contrast(colours.get(name, name), ground) >= LEAST_CONTRAST, (layout.name, role)


# How layouts are found ---------------------------------------------------------------------------


def found(data: bytes, **asked: str) -> dict[str, str]:
    return {row.kind: row.theirs for row in adapt(data, asked, House(OWN)).report.rows if row.theirs}


def test_names_in_another_language_do_not_matter_where_there_are_types() -> None:
    german = found(SHAPES["german"]().file())
    assert german["title"] == "Titelfolie"
    assert german["content"] == "Titel und Inhalt"
    assert german["section"] == german["break"] == "Abschnittsüberschrift"
    assert german["compare"] == "Vergleich"


def test_names_are_read_where_there_are_no_types() -> None:
    assert found(SHAPES["welsh-without-types"]().file())["content"] == "Teitl a Chynnwys"


def test_copies_of_a_layout_come_after_it() -> None:
    assert not any(name.startswith("1_") for name in found(SHAPES["duplicates"]().file()).values())


def test_the_master_of_the_sample_slides_comes_first() -> None:
    assert found(SHAPES["two-masters"]().file())["content"] == "1_Title and Content"


def test_placeholders_that_cannot_be_told_apart_are_not_used() -> None:
    assert found(SHAPES["all-index-nought"]().file()) == {}
    assert "content" not in found(SHAPES["no-index"]().file())


def test_text_from_top_to_bottom_and_type_too_small_for_a_room_are_not_used() -> None:
    assert found(SHAPES["upright"]().file())["content"] == "Title and Content"
    assert "content" not in found(SHAPES["small-type"]().file())


def test_a_box_too_small_for_its_text_gives_way_to_a_layout_that_is_added(
    html: str, brand: DeckBrand, created: datetime
) -> None:
    deck, _ = built(SHAPES["shallow-subtitle"]().file(), html, brand, created)
    assert Presentation(io.BytesIO(deck)).slides[0].slide_layout.name == "Title Slide (workshop)"
    deck, _ = built(SHAPES["wide"]().file(), html, brand, created)
    assert Presentation(io.BytesIO(deck)).slides[0].slide_layout.name == "Title Slide"


def test_what_is_asked_for_comes_before_what_was_found() -> None:
    assert found(northmoor())["content"] == "NM 02 One idea"
    assert "section" not in found(northmoor())
    asked = found(northmoor(), section="NM 03 Way marker", **{"break": "NM 03 Way marker"})
    assert asked["section"] == asked["break"] == "NM 03 Way marker"


def test_a_deck_of_the_kit_serves_as_a_template_for_the_next(html: str, brand: DeckBrand, created: datetime) -> None:
    own = build(html, "Leading and managing in medicine", brand, created).value
    assert own is not None
    deck, design = built(own, html, brand, created)
    assert [row.kind for row in design.report.rows if not row.theirs] == []
    assert faults(deck) == []
    before, after = (Presentation(io.BytesIO(data)) for data in (own, deck))
    for one, other in zip(before.slides, after.slides, strict=True):
        assert one.slide_layout.name.removesuffix(" short") == other.slide_layout.name.removesuffix(" short")


def test_an_added_layout_keeps_the_art_the_title_and_the_footers(
    html: str, brand: DeckBrand, created: datetime
) -> None:
    source = replace(
        SHAPES["wide"](),
        layouts=(
            tuple(
                replace(row, art=(Art((12, 0.3, 0.9, 0.9), HEATHER, name="Crest"),)) if row.kind == "obj" else row
                for row in layouts()
            ),
        ),
    )
    deck = Presentation(io.BytesIO(built(source.file(), html, brand, created)[0]))
    activity = next(slide for slide in deck.slides if slide.slide_layout.name == "Activity")
    usual = next(slide for slide in deck.slides if slide.slide_layout.name == "Title and Content")
    assert "Crest" in [shape.name for shape in activity.slide_layout.shapes]
    places = [(s.shapes.title.left, s.shapes.title.top, s.shapes.title.width) for s in (activity, usual)]
    assert places[0] == places[1]
    assert {15, 13} <= {shape.placeholder_format.type for shape in activity.placeholders}


def test_only_layouts_that_are_used_or_missing_are_added(html: str, brand: DeckBrand, created: datetime) -> None:
    deck = Presentation(io.BytesIO(built(SHAPES["wide"]().file(), html, brand, created)[0]))
    names = [layout.name for layout in deck.slide_layouts]
    assert names[:7] == [layout.name for layout in layouts()]
    assert "Section Header (workshop)" not in names
    assert {"Agenda", "Activity", "Debrief", "Discussion", "Quote", "References"} <= set(names)


def test_type_shrinks_with_the_slide(html: str, brand: DeckBrand, created: datetime) -> None:
    def size(shape: str) -> float:
        design = adapt(SHAPES[shape]().file(), {}, house(brand))
        return next(h.levels[0].size for h in design.layouts["discussion"][0].placeholders if h.slot == "question")

    assert size("ten-inches") == pytest.approx(size("wide") * 0.75, abs=0.5)


def test_wide_type_gets_more_room(html: str, brand: DeckBrand) -> None:
    wide = adapt(SHAPES["wide-type"]().file(), {}, house(brand)).layouts["debrief"][0]
    usual = adapt(SHAPES["wide"]().file(), {}, house(brand)).layouts["debrief"][0]
    least = [next(h.least for h in layout.placeholders if h.slot == "time") for layout in (wide, usual)]
    assert least[0] < least[1]


@pytest.mark.parametrize("shape", SHAPES)
def test_what_a_room_reads_is_as_large_as_on_our_own_slides_however_little_room_there_is(
    shape: str, brand: DeckBrand
) -> None:
    file = SHAPES[shape]()
    design = adapt(file.file(), {}, house(brand))
    on_our_height = 7.5 / file.height
    for kind, candidates in design.layouts.items():
        for layout in candidates:
            for holder in layout.placeholders:
                least = holder.table.least if holder.table else holder.least
                if holder.slot in ("steps", "agenda", "facts"):
                    assert least * on_our_height >= LEAST_STEP, (kind, layout.name, holder.slot)
                elif holder.slot in ("points", "left", "right", "question", "quote"):
                    assert least * on_our_height >= LEAST_READ, (kind, layout.name, holder.slot)


def test_text_that_is_too_long_is_an_error_at_its_place_here_too(
    view: DeckView, templates: dict[str, str], brand: DeckBrand, created: datetime
) -> None:
    slides = tuple(
        replace(slide, points=("Say what each of you would do about it, and why. " * 6,) * 5)
        if slide.layout == "activity"
        else slide
        for slide in view.slides
    )
    html = render(templates, "deck/slides.html.j2", english, deck=replace(view, slides=slides))
    outcome = build(html, "T", brand, created, adapt(SHAPES["wide"]().file(), {}, house(brand)))
    assert outcome.value is None
    assert [fault.code for fault in outcome.diagnostics] == ["text-does-not-fit"]
    assert outcome.diagnostics[0].place == Place("content/activities/quote-card-sort.yaml", 1, 1)


@pytest.mark.parametrize("shape", SHAPES)
def test_what_fits_our_own_layouts_fits_the_added_ones(shape: str, brand: DeckBrand) -> None:
    file = SHAPES[shape]()
    design = adapt(file.file(), {}, house(brand))
    for kind, candidates in HOSTED_FOR.items():
        for ours, added in zip(candidates, design.layouts[kind][-len(candidates) :], strict=True):
            for own, theirs in zip(ours.placeholders, added.placeholders, strict=True):
                if own.slot in ("title", "kicker", "theme"):
                    continue
                # What a room reads goes on to another slide before it gets any smaller.
                if own.least >= LEAST_STEP and theirs.least <= LEAST_READ * file.height / 7.5:
                    continue
                share = theirs.least / own.least
                assert theirs.box.width >= own.box.width * share * 0.95 - 0.36, (kind, own.slot)
                assert theirs.box.height >= own.box.height * share * 0.9 - 0.1, (kind, own.slot)


# The theme ---------------------------------------------------------------------------------------


def scheme(deck: bytes) -> dict[str, str]:
    package = Package(deck)
    master = package.relations("ppt/slideMasters/slideMaster1.xml")
    theme = next(target for kind, target in master.values() if kind == "theme")
    holder = next(package.xml[theme].iter("{*}clrScheme"))
    return {etree.QName(each).localname: each[0].get("val") for each in holder}


def test_stock_colours_become_the_brands_and_chosen_ones_stay(html: str, brand: DeckBrand, created: datetime) -> None:
    deck, design = built(SHAPES["wide"]().file(), html, brand, created)
    assert scheme(deck)["accent1"] == brand.palette.brand[1:].upper()
    assert any("stock colours" in line for line in design.report.audit)
    chosen = replace(SHAPES["wide"](), colours={**OFFICE, "accent1": "005EB8"})
    deck, design = built(chosen.file(), html, brand, created)
    assert scheme(deck)["accent1"] == "005EB8"
    assert any(brand.palette.brand.upper() in line for line in design.report.audit)


def test_without_a_brand_the_theme_stays_and_a_stray_font_is_told() -> None:
    design = adapt(SHAPES["stray-font"]().file(), {}, House(OWN))
    assert any("Consolas" in line for line in design.report.audit)
    assert any("_brand.yml" in line for line in design.report.audit)


def test_a_picture_behind_a_title_is_measured(brand: DeckBrand) -> None:
    dark = (Art((0, 0, 40 / 3, 7.5), png=image((20, 30, 40)), name="Night"),)
    rows = tuple(replace(row, art=dark) if row.kind == "title" else row for row in layouts())
    design = adapt(replace(SHAPES["wide"](), layouts=(rows,)).file(), {}, House(OWN))
    title = next(holder for holder in design.layouts["title"][0].placeholders if holder.slot == "title")
    assert title.ink == "bg1"
    assert any(line.startswith("Title on “Title Slide”") for line in design.report.audit)


def test_a_layout_with_its_own_mapping_hands_it_to_its_slides(html: str, brand: DeckBrand, created: datetime) -> None:
    dark = 'bg1="dk2" tx1="lt1" bg2="dk1" tx2="lt2" ' + " ".join(
        f'{name}="{name}"' for name in (*(f"accent{n}" for n in range(1, 7)), "hlink", "folHlink")
    )
    rows = tuple(replace(row, mapping=dark, ground="bg1") if row.kind == "secHead" else row for row in layouts())
    deck = Presentation(io.BytesIO(built(replace(SHAPES["wide"](), layouts=(rows,)).file(), html, brand, created)[0]))
    section = next(slide for slide in deck.slides if slide.slide_layout.name == "Section Header")
    assert section._element.xpath("./p:clrMapOvr/a:overrideClrMapping/@bg1") == ["dk2"]


# What is refused ---------------------------------------------------------------------------------


def refused(data: bytes) -> Refused:
    with pytest.raises(Refused) as caught:
        adapt(data, {}, House(OWN))
    return caught.value


PPTM = "application/vnd.ms-powerpoint.presentation.macroEnabled.main+xml"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
LAUGHS = b'<!DOCTYPE p [<!ENTITY a "ha">]><p:presentation xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"/>'


def swapped(name: str, data: bytes) -> bytes:
    return zipped({**contents(SHAPES["wide"]().file()), name: data})


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"Dear all, please find attached", "not a PowerPoint file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "password"),
        (zipped({"readme.txt": b"hello"}), "not a PowerPoint file"),
        (replace(SHAPES["wide"](), media=WORD).file(), "not a PowerPoint presentation"),
        (SHAPES["wide"]().file()[:4000], "damaged"),
        (swapped("ppt/presentation.xml", b"<p:presentation"), "damaged"),
        (swapped("ppt/presentation.xml", LAUGHS), "document type"),
        (swapped("ppt/media/huge.bin", b"\0" * 310_000_000), "far more than a deck needs"),
        (swapped("ppt/huge.xml", b" " * 21_000_000), "far longer than a deck needs"),
    ],
    ids=["text", "encrypted", "zip", "word", "cut", "not-xml", "doctype", "bomb", "long-part"],
)
def test_what_cannot_be_opened_is_an_error_that_says_what_to_do(data: bytes, reason: str, brand: DeckBrand) -> None:
    assert reason in refused(data).reason
    outcome = basis(TemplateFile("corporate.pptx", data, PLACE), brand, House(OWN))
    assert outcome.value is None
    (fault,) = outcome.diagnostics
    assert (fault.code, fault.severity, fault.place) == ("template-unreadable", "error", PLACE)
    assert reason in fault.message
    assert "put a # before `deck_template`" in fault.advice


NARROW = PowerPoint(
    ((LayoutOf("Picture", "", (Holder("title"), *feet())),),),
    title=Holder("title", 0, (0.5, 0.5, 4, 1)),
    body=Holder("body", 1, (0.5, 2, 2.2, 4)),
    fonts=("Calibri", "Calibri"),
    colours={**OFFICE, "accent1": "005EB8", "accent2": "41B6E6"},
    art=(Art((11, 0.3, 1.6, 0.7), png=image((0, 94, 184), 160, 70), name="Logo"),),
)


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        (replace(NARROW, media=PPTM), "macros"),
        (NARROW, "room for content"),
        (replace(NARROW, width=5, height=7.5), "not wider than high"),
    ],
    ids=["macros", "no-room", "upright"],
)
def test_what_cannot_be_built_on_gives_its_colours_its_fonts_and_its_logo(
    source: PowerPoint, reason: str, html: str, brand: DeckBrand, created: datetime
) -> None:
    bare = DeckBrand(brand.name, OWN)
    outcome = basis(TemplateFile("corporate.pptx", source.file(), PLACE), bare, House(OWN))
    (fault,) = outcome.diagnostics
    assert (fault.code, fault.severity, fault.place) == ("template-not-used", "warning", PLACE)
    assert reason in fault.message
    assert "Its colours, fonts and logo are used." in fault.message
    assert outcome.value is not None
    assert outcome.value.brand.logo is not None
    made = build(html, "T", outcome.value.brand, created, outcome.value.design)
    assert made.value is not None
    # The rule measures in Arial; this file's type runs narrower.
    assert [fault for fault in lint(made.value) if fault.code != "text-overflows"] == []
    assert scheme(made.value)["accent1"] == "005EB8"
    assert b'typeface="Calibri"' in contents(made.value)["ppt/theme/theme1.xml"]


def test_a_brand_comes_before_what_a_refused_file_has(brand: DeckBrand) -> None:
    outcome = basis(TemplateFile("c.pptm", replace(NARROW, media=PPTM).file(), PLACE), brand, house(brand))
    assert outcome.value is not None
    assert outcome.value.brand.palette == brand.palette
    assert outcome.value.brand.logo == brand.logo


def test_a_file_without_a_master_is_not_built_on(brand: DeckBrand) -> None:
    outcome = basis(TemplateFile("c.pptx", PowerPoint(()).file(), PLACE), brand, house(brand))
    assert outcome.value is not None
    assert [fault.code for fault in outcome.diagnostics] == ["template-not-used"]
    assert "no slide master" in outcome.diagnostics[0].message


def test_layouts_that_are_not_there_are_errors_with_the_nearest_name(brand: DeckBrand) -> None:
    places = {"break": Place("trust.yaml", 9, 10)}
    file = TemplateFile("northmoor.pptx", northmoor(), PLACE, {"break": "NM 03 Way market"}, places)
    outcome = basis(file, brand, house(brand))
    assert outcome.value is None
    (fault,) = outcome.diagnostics
    assert (fault.code, fault.place) == ("unknown-layout", places["break"])
    assert "Did you mean “NM 03 Way marker”?" in fault.message


def test_a_layout_that_cannot_hold_the_slides_is_a_warning_and_the_deck_is_whole(
    html: str, brand: DeckBrand, created: datetime
) -> None:
    places = {"quote": Place("trust.yaml", 9, 10)}
    file = TemplateFile("northmoor.pptx", northmoor(), PLACE, {"quote": "NM 06 Photograph"}, places)
    outcome = basis(file, brand, house(brand))
    (fault,) = outcome.diagnostics
    assert (fault.code, fault.severity, fault.place) == ("layout-does-not-serve", "warning", places["quote"])
    assert outcome.value is not None
    deck = build(html, "T", brand, created, outcome.value.design)
    assert deck.value is not None
    assert faults(deck.value) == []


def test_embedded_objects_and_what_hangs_on_them_are_taken_out() -> None:
    data = contents(SHAPES["wide"]().file())
    master = data["ppt/slideMasters/slideMaster1.xml"].decode()
    frame = (
        f'<p:graphicFrame {NAMESPACES}><p:nvGraphicFramePr><p:cNvPr id="90" name="{SAMPLE}"/>'
        "<p:cNvGraphicFramePr/><p:nvPr/>"
        '</p:nvGraphicFramePr><p:xfrm><a:off x="0" y="0"/><a:ext cx="9" cy="9"/></p:xfrm><a:graphic><a:graphicData '
        'uri="http://schemas.openxmlformats.org/presentationml/2006/ole">'
        '<p:oleObj r:id="rIdO" progId="Excel.Sheet.12"/>'
        "</a:graphicData></a:graphic></p:graphicFrame>"
    )
    data["ppt/slideMasters/slideMaster1.xml"] = master.replace("</p:spTree>", f"{frame}</p:spTree>").encode()
    rels = "ppt/slideMasters/_rels/slideMaster1.xml.rels"
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/oleObject"
    row = f'<Relationship Id="rIdO" Type="{kind}" Target="/ppt/embeddings/a.bin"/></Relationships>'
    data[rels] = data[rels].replace(b"</Relationships>", row.encode())
    data["ppt/embeddings/a.bin"] = SAMPLE.encode()
    package, left_out = clean(open_package(zipped(data)))
    assert "embedded objects" in left_out
    assert all(SAMPLE.encode() not in part.data for part in package.parts.values())


def test_artwork_without_words_is_marked_as_decoration() -> None:
    package, _ = clean(open_package(SHAPES["banded"]().file()))
    master = etree.fromstring(package.parts["ppt/slideMasters/slideMaster1.xml"].data)
    assert len(list(master.iter("{*}decorative"))) == 2


CUT = re.compile(r'(?<==")[^"]*(?=")|<[^<>]*/>')


@given(st.sampled_from(sorted(SHAPES)), st.integers(0, 10_000), st.sampled_from(("", "x", "-1", "4294967295", "rId9")))
@settings(max_examples=20, deadline=None)
def test_whatever_is_broken_in_a_file_nothing_breaks_here(shape: str, at: int, value: str) -> None:
    data = contents(SHAPES[shape]().file())
    names = [name for name in sorted(data) if name.endswith((".xml", ".rels")) and name.startswith("ppt")]
    name = names[at % len(names)]
    text = data[name].decode()
    found = list(CUT.finditer(text))
    if found:
        piece = found[at % len(found)]
        data[name] = (text[: piece.start()] + value * (not piece[0].startswith("<")) + text[piece.end() :]).encode()
    brand = DeckBrand("Northmoor", OWN)
    outcome = basis(TemplateFile("corporate.pptx", zipped(data), PLACE), brand, House(OWN))
    assert outcome.value is not None or [fault.severity for fault in outcome.diagnostics] == ["error"]
    if outcome.value is not None:
        assert sample_deck(outcome.value.design, brand, datetime(2027, 1, 4)).value is not None


# A look before the day ---------------------------------------------------------------------------


@pytest.mark.parametrize("shape", ["wide", "four-by-three", "all-index-nought"])
def test_the_sample_deck_fills_every_layout(shape: str, brand: DeckBrand, created: datetime) -> None:
    design = adapt(SHAPES[shape]().file(), {}, house(brand))
    deck = sample_deck(design, brand, created)
    assert deck.diagnostics == ()
    assert deck.value is not None
    assert faults(deck.value) == []
    shown = {slide.slide_layout.name for slide in Presentation(io.BytesIO(deck.value)).slides}
    assert shown == {layout.name for candidates in design.layouts.values() for layout in candidates}


def test_the_template_of_northmoor_is_what_its_code_makes() -> None:
    data = (Path(__file__).parents[3] / "content/trusts/northmoor/northmoor.pptx").read_bytes()
    assert contents(data) == contents(northmoor())
    assert len(data) < 60_000


def test_readable_paint_holds_for_every_ground() -> None:
    from kit.render.deck.colouring import paints, worst

    theme = {**{name: "#" + value.lower() for name, value in OFFICE.items()}}
    colours = theme | {"tx1": "#000000", "bg1": "#ffffff", "tx2": theme["dk2"], "bg2": theme["lt2"]}
    greys = [f"#{value:02x}{value:02x}{value:02x}" for value in range(0, 256, 15)]
    for ground in greys:
        paint = paints(colours, (ground,))
        for role in ("tx1", "accent1", "accent2"):
            name = paint[role]
            assert worst(colours.get(name, name), (ground,)) >= LEAST_CONTRAST
