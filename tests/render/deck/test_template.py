"""Our own template: every layout on slides of both shapes, in the theme's colours and fonts, and of use to pandoc."""

from __future__ import annotations

import io
import posixpath
import re
import subprocess
from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from pptx import Presentation
from typer.testing import CliRunner

from kit.cli import app
from kit.palette import OWN
from kit.render.deck.fit import FittedTable
from kit.render.deck.grid import GRIDS, Box, Grid, Layout
from kit.render.deck.layouts import layouts
from kit.render.deck.slides import Span, TimelineStrip
from kit.render.deck.template import compile_template
from kit.render.deck.timeline import agenda, here, rows_to_scale

EMU = 914400
EVERY = [(grid, layout) for grid in GRIDS.values() for layout in layouts(grid)]
SHAPES = pytest.mark.parametrize("grid", GRIDS.values(), ids=list(GRIDS))
READ_FROM_THE_BACK = {"points", "question", "quote", "left", "right", "left-heading", "right-heading", "message"}
TALK = """---
title: A morning on leading
author: Dr Ada Moss
date: 14 January 2027
---

# What we do today

## Three points

- One
- Two

::: notes
Say it slowly.
:::

## Two columns

:::::: columns
::: column
- Left
:::
::: column
- Right
:::
::::::
"""


def each(position: tuple[Grid, Layout]) -> str:
    return f"{position[1].name}, {position[0].width:.0f} inches"


def parts(data: bytes) -> dict[str, bytes]:
    with ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


# What a layout holds -----------------------------------------------------------------------------


@pytest.mark.parametrize("position", EVERY, ids=each)
def test_everything_stands_on_the_slide_and_nothing_on_anything_else(position: tuple[Grid, Layout]) -> None:
    grid, layout = position
    boxes = [(holder.name, holder.box) for holder in layout.placeholders]
    for name, box in boxes:
        assert box.x >= 0, name
        assert box.y >= 0, name
        assert box.x + box.width <= grid.width + 0.001, name
        assert box.y + box.height <= 7.501, name
    for at, (name, one) in enumerate(boxes):
        for other_name, other in boxes[at + 1 :]:
            across = min(one.x + one.width, other.x + other.width) - max(one.x, other.x)
            down = min(one.y + one.height, other.y + other.height) - max(one.y, other.y)
            assert min(across, down) < 0.05, (name, other_name)


@pytest.mark.parametrize("position", EVERY, ids=each)
def test_what_is_read_from_the_back_of_the_room_has_24_points(position: tuple[Grid, Layout]) -> None:
    grid, layout = position
    for holder in layout.placeholders:
        if holder.slot in READ_FROM_THE_BACK:
            assert holder.least >= (20 if grid.narrow and "heading" in holder.slot else 24), holder.name
        if holder.slot == "steps":
            assert holder.table is not None
            assert holder.table.least >= 20
        if holder.slot in ("groups", "need"):
            assert holder.levels[1].size * holder.least / holder.levels[0].size >= 18


def test_both_shapes_have_the_same_layouts_with_the_same_places() -> None:
    wide, narrow = (
        {layout.name: [(h.slot, h.kind, h.index) for h in layout.placeholders] for layout in layouts(grid)}
        for grid in GRIDS.values()
    )
    assert wide == narrow
    assert len(wide) >= 20


# The file ----------------------------------------------------------------------------------------


@SHAPES
def test_colours_and_fonts_are_those_of_the_theme(grid: Grid) -> None:
    for name, data in parts(compile_template(OWN, "kit", grid=grid)).items():
        if name.startswith("ppt/theme/"):
            continue
        assert b"srgbClr" not in data, name
        assert b"prstClr" not in data, name
        assert {font for font in re.findall(rb'typeface="([^"]*)"', data) if not font.startswith(b"+m")} == set(), name


@SHAPES
def test_the_file_has_its_masters_and_the_shape_of_its_slides(grid: Grid) -> None:
    data = compile_template(OWN, "kit", grid=grid)
    assert {"ppt/handoutMasters/handoutMaster1.xml", "ppt/notesMasters/notesMaster1.xml"} <= set(parts(data))
    deck = Presentation(io.BytesIO(data))
    assert deck.slide_width == round(grid.width * EMU)
    assert deck.slide_height == round(7.5 * EMU)
    assert [layout.name for layout in deck.slide_layouts] == [layout.name for layout in layouts(grid)]


# The session to scale ----------------------------------------------------------------------------


def strip(minutes: list[int], breaks: tuple[int, ...] = (), now: int = -1) -> TimelineStrip:
    whole, spans, before = sum(minutes), [], 0
    for number, each_ in enumerate(minutes):
        spans.append(Span(before / whole, each_ / whole, number in breaks, number == now))
        before += each_
    return TimelineStrip(tuple(spans), (), "The session")


@given(st.lists(st.integers(5, 90), min_size=1, max_size=14))
def test_rows_of_an_agenda_fill_its_height_in_order_and_none_is_too_low(minutes: list[int]) -> None:
    least, room = 0.34, 5.9
    fitted = FittedTable(20, 0.1, (0.33, *(least for _ in minutes)), 0)
    heights = rows_to_scale(fitted, strip(minutes), room).heights
    assert heights[0] == 0.33
    assert sum(heights) == pytest.approx(room)
    assert all(height >= least - 1e-9 for height in heights[1:])
    if min(minutes) * (room - 0.33) / sum(minutes) >= least:
        assert list(heights[1:]) == pytest.approx([each_ * (room - 0.33) / sum(minutes) for each_ in minutes])


def shapes_of(xml: str, kind: str) -> list[etree._Element]:
    names = " ".join(f'xmlns:{p}="urn:{p}"' for p in ("a", "p", "r", "adec"))
    root = etree.fromstring(xml.replace("<p:grpSp>", f"<p:grpSp {names}>", 1))
    return [
        shape for shape in root.iter("{urn:p}sp") if (shape.find(".//{urn:p}cNvPr").get("name") or "").startswith(kind)
    ]


def tall(shape: etree._Element) -> int:
    return int(shape.find(".//{urn:a}ext[@cy]").get("cy"))


def test_bars_are_as_tall_as_blocks_are_long_and_a_break_is_hollow() -> None:
    drawn = agenda(1, strip([10, 20, 30], breaks=(1,)), Box(0, 0, 1.5, 6), (0.0, 1.0, 2.0, 3.0))
    first, rest, last = shapes_of(drawn, "Block")
    assert tall(last) / tall(first) == pytest.approx(3, abs=0.1)
    assert rest.find("{urn:p}spPr/{urn:a}noFill") is not None
    assert first.find("{urn:p}spPr/{urn:a}solidFill") is not None


def test_where_we_are_is_told_by_height_and_not_by_colour_alone() -> None:
    bars = shapes_of(here(1, strip([30, 30, 30], now=1), Box(0, 0, 8, 1)), "Block")
    assert tall(bars[1]) >= 2 * tall(bars[0])
    assert tall(bars[0]) == tall(bars[2])


@pytest.mark.parametrize("height", [1.0, 0.73])
def test_the_clock_below_the_strip_stays_in_its_box(height: float) -> None:
    given = replace(strip([30, 30], now=0), ticks=((0.0, "9am"), (1.0, "10am")))
    for label in shapes_of(here(1, given, Box(0, 0, 8, height)), "Clock"):
        top = int(label.find(".//{urn:a}off").get("y"))
        assert top + tall(label) <= height * EMU


# Pandoc ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("shape", GRIDS)
def test_pandoc_makes_slides_on_our_layouts(shape: str, tmp_path: Path) -> None:
    reference, talk, made = tmp_path / "kit.pptx", tmp_path / "talk.md", tmp_path / "talk.pptx"
    told = CliRunner().invoke(app, ["deck", "template", "-o", str(reference), "--slides", shape])
    assert told.exit_code == 0, told.output
    talk.write_text(TALK, "utf-8")
    subprocess.run(["pandoc", talk, "-o", made, "--reference-doc", reference, "--slide-level", "2"], check=True)
    data = made.read_bytes()
    deck = Presentation(io.BytesIO(data))
    slides = {
        slide.slide_layout.name: {
            shape_.placeholder_format.idx: shape_.text_frame.text for shape_ in slide.placeholders
        }
        for slide in deck.slides
    }
    assert slides["Title Slide"][0] == "A morning on leading"
    assert slides["Title Slide"][10] == "14 January 2027"
    assert slides["Section Header"][0] == "What we do today"
    assert slides["Title and Content"] == {0: "Three points", 1: "One\nTwo"}
    assert slides["Two Content"] == {0: "Two columns", 1: "Left", 2: "Right"}
    assert all(len(slide.shapes) == len(slide.placeholders) for slide in deck.slides)
    assert deck.slide_width == round(GRIDS[shape].width * EMU)  # type: ignore[index]
    names = set(parts(data))
    for name in names:
        if name.endswith(".rels"):
            folder = posixpath.dirname(posixpath.dirname(name))
            for relation in etree.fromstring(parts(data)[name]):
                target = posixpath.normpath(posixpath.join(folder, relation.get("Target"))).lstrip("/")
                assert target in names, (name, target)
