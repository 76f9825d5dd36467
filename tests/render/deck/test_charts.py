"""Charts on slides: PowerPoint's own, with the numbers of the page in a workbook, and told apart without colour."""

from __future__ import annotations

import io
from typing import Any
from zipfile import ZipFile

import pytest
from lxml import etree
from pptx import Presentation
from speaking import english

from kit.model.document import DeckView
from kit.render.deck import DeckBrand, build
from kit.render.deck.charts import C, workbook
from kit.render.deck.ooxml import A
from kit.render.deck.slides import Chart, Series
from kit.render.html import render

NS = {"a": A, "c": C, "x": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}


@pytest.fixture
def deck(view: DeckView, templates: dict[str, str], brand: DeckBrand, created: Any) -> Any:
    made = build(render(templates, "deck/slides.html.j2", english, deck=view), view.title, brand, created)
    assert made.value is not None
    return Presentation(io.BytesIO(made.value))


def frame_of(deck: Any, name: str) -> Any:
    slide = next(slide for slide in deck.slides if slide._element.cSld.get("name") == name)
    (frame,) = [shape for shape in slide.shapes if shape.has_chart]
    return frame


def in_workbook(data: bytes) -> list[list[str]]:
    """The cells of the first sheet, row by row."""
    with ZipFile(io.BytesIO(data)) as archive:
        strings = ["".join(si.itertext()) for si in etree.fromstring(archive.read("xl/sharedStrings.xml"))]
        sheet = etree.fromstring(archive.read("xl/worksheets/sheet1.xml"))
    return [
        [
            strings[int(cell.findtext("x:v", namespaces=NS))]
            if cell.get("t") == "s"
            else cell.findtext("x:v", "", namespaces=NS)
            for cell in row
        ]
        for row in sheet.iterfind(".//x:row", NS)
    ]


def test_a_chart_and_its_workbook_have_the_numbers_of_the_page(deck: Any) -> None:
    chart = frame_of(deck, "survey").chart
    (plot,) = chart.plots
    assert list(plot.categories) == ["We are a team", "We are always learning", "Morale"]
    assert {series.name: series.values for series in plot.series} == {
        "Northmoor": (6.8, 5.9, 6.0),
        "Benchmark": (6.9, 5.7, None),
    }
    assert in_workbook(chart.part.chart_workbook.xlsx_part.blob) == [
        ["Northmoor", "Benchmark"],
        ["We are a team", "6.8", "6.9"],
        ["We are always learning", "5.9", "5.7"],
        ["Morale", "6"],
    ]


def test_its_bars_are_as_long_as_the_scale_says(deck: Any) -> None:
    axis = frame_of(deck, "survey").chart.value_axis
    assert (axis.minimum_scale, axis.maximum_scale) == (0, 10)


def test_its_alternative_text_says_every_number(deck: Any) -> None:
    frame = frame_of(deck, "survey")
    alt = frame._element.nvGraphicFramePr.cNvPr.get("descr")
    assert all(number in alt for number in ("6.8", "6.9", "5.9", "5.7", "6."))


def test_series_differ_without_colour_and_each_bar_has_its_number(deck: Any) -> None:
    ours, theirs = frame_of(deck, "survey").chart.part._element.iterfind(".//c:ser", NS)
    assert ours.find("c:spPr/a:solidFill", NS) is not None
    assert theirs.find("c:spPr/a:noFill", NS) is not None
    assert theirs.find("c:spPr/a:ln/a:solidFill", NS) is not None
    assert [series.find("c:dLbls/c:showVal", NS).get("val") for series in (ours, theirs)] == ["1", "1"]


@pytest.mark.parametrize("name", ["survey", "votes"])
def test_what_a_chart_says_has_a_language_a_size_and_colours_of_the_theme(deck: Any, name: str) -> None:
    root = frame_of(deck, name).chart.part._element
    words = list(root.iter(f"{{{A}}}defRPr"))
    assert words
    assert all(each.get("lang") == "en-GB" and int(each.get("sz")) >= 2000 for each in words)
    assert root.find("c:lang", NS).get("val") == "en-GB"
    assert not list(root.iter(f"{{{A}}}srgbClr"))
    assert all(int(axis.get("val")) > 0 for axis in root.iter(f"{{{C}}}axId"))


def test_nobody_has_voted_before_the_room_has(deck: Any) -> None:
    (series,) = frame_of(deck, "votes").chart.plots[0].series
    assert series.values == (0, 0)


def test_a_deck_in_another_language_says_so_in_its_charts(
    view: DeckView, templates: dict[str, str], brand: DeckBrand, created: Any
) -> None:
    source = render(templates, "deck/slides.html.j2", english, deck=view)
    made = build(source, view.title, brand, created, language="cy").value
    assert made is not None
    with ZipFile(io.BytesIO(made)) as archive:
        charts = [archive.read(name) for name in archive.namelist() if "/charts/chart" in name]
    assert len(charts) == 2
    assert not any(b"en-GB" in chart for chart in charts)


def test_what_people_write_is_no_formula() -> None:
    data = workbook(Chart("", ("=1+1", "A & B"), (Series("=HYPERLINK(1)", (1.0, 2.0)),)))
    assert in_workbook(data) == [["=HYPERLINK(1)"], ["=1+1", "1"], ["A & B", "2"]]
