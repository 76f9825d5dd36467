"""An organisation's own type: what is refused, what is told, and that pages hold in it."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from fontTools.ttLib import TTFont
from speaking import english

from kit.brandfiles import BrandFiles, FontFile
from kit.catalogue import kinds
from kit.check import Order, check
from kit.compose import Imprint, participant_view
from kit.diagnostics import Place
from kit.model.document import Stamp
from kit.render.job import Job, run
from kit.render.typeface import LEAST_SCALE, MOST_BYTES, SAMPLE, font_faults, typeface
from kit.standalone import brand_proof
from kit.workspace import Workspace

PLACE = Place("ours/_brand.yml", 8, 11)


def font(project: Workspace, face: str = "Regular", *, wider: float = 1, may: int = 0, without: str = "") -> bytes:
    """A font of our own made into somebody else's: wider, with other marks, or with letters taken away."""
    with TTFont(BytesIO(project.fonts()[f"KitText-{face}.ttf"])) as opened:
        opened["OS/2"].fsType = may
        for glyph, (advance, bearing) in list(opened["hmtx"].metrics.items()):
            opened["hmtx"].metrics[glyph] = (round(advance * wider), bearing)
        for table in opened["cmap"].tables:
            for letter in without:
                table.cmap.pop(ord(letter), None)
        written = BytesIO()
        opened.save(written)
        return written.getvalue()


def brand(*faces: tuple[bytes, int], headings: str = "Ours") -> BrandFiles:
    files = tuple(FontFile("Ours", f"{weight}.ttf", weight, "normal", data, PLACE) for data, weight in faces)
    return BrandFiles(fonts=files, base="Ours", headings=headings)


def width(data: bytes) -> float:
    with TTFont(BytesIO(data)) as opened:
        glyphs, metrics = opened.getBestCmap(), opened["hmtx"]
        return float(sum(metrics[glyphs[ord(letter)]][0] for letter in SAMPLE) / opened["head"].unitsPerEm)


def fonts_in(pdf: bytes) -> set[str]:
    """The fonts of a PDF, by the name of their family and weight."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        fonts = [font for page in opened.pages for font in page.Resources.get("/Font", {}).values()]
        return {str(font.BaseFont).partition("+")[2] for font in fonts}


def sheet(project: Workspace, small: Workspace, **more: Any) -> Job:
    checked = check(small, Order(plan="short", trust="oakfield")).value
    assert checked is not None
    templates = project.templates()
    kind = next(kind for kind in kinds(templates, english).value or () if kind.id == "diary-sheet")
    view = participant_view(
        checked.workshop, Imprint(Stamp("abc1234", "5 January", "Built 5 January"), checked.palette)
    )
    created = datetime(2027, 1, 5)
    return Job(kind, kind.path, kind.title, view, checked.palette, templates, english, project.fonts(), created, **more)


# What is refused, and what is told ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (lambda project: font(project, may=0x0002), "font-may-not-be-embedded"),
        (lambda project: font(project, may=0x0100), "font-may-not-be-embedded"),
        (lambda project: b"\0" * (MOST_BYTES + 1), "broken-font"),
        (lambda project: font(project)[:900], "broken-font"),
        (lambda project: b"", "broken-font"),
    ],
)
def test_a_font_that_cannot_be_used_is_an_error_at_its_line(data: Any, code: str, project: Workspace) -> None:
    (fault,) = font_faults(brand((data(project), 400)), [])
    assert (fault.code, fault.severity, fault.place) == (code, "error", PLACE)


def test_what_a_font_lacks_is_told_once_for_the_family(project: Workspace) -> None:
    lacking = brand((font(project, without="é"), 400))
    assert [fault.code for fault in font_faults(lacking, ["A caf\u00e9"])] == [
        "font-lacks-characters",
        "font-without-bold",
    ]
    assert [fault.code for fault in font_faults(lacking, ["A cafe"])] == ["font-without-bold"]
    assert font_faults(brand((font(project), 400), (font(project, "Bold"), 700)), ["A caf\u00e9"]) == ()


# How it is fitted --------------------------------------------------------------------------------


@pytest.mark.parametrize("wider", [0.9, 1, 1.15])
def test_a_line_holds_as_many_words_as_in_our_own_type(wider: float, project: Workspace) -> None:
    ours = project.fonts()
    fitted = typeface(brand((font(project, wider=wider), 400)), ours)
    assert fitted is not None
    own = width(ours["KitText-Regular.ttf"])
    assert width(fitted.faces[0].data) == pytest.approx(min(own, own * wider), rel=0.005)


def test_a_font_is_never_made_smaller_than_can_be_read(project: Workspace) -> None:
    ours = project.fonts()
    fitted = typeface(brand((font(project, wider=2), 400)), ours)
    assert fitted is not None
    assert width(fitted.faces[0].data) == pytest.approx(2 * LEAST_SCALE * width(ours["KitText-Regular.ttf"]), rel=0.005)


def test_text_and_headings_name_their_families_and_ours_for_what_they_lack(project: Workspace) -> None:
    fitted = typeface(brand((font(project), 400)), project.fonts())
    assert fitted is not None
    assert f'--base-type: "{fitted.base}", "Kit Text"' in fitted.css
    headings = typeface(replace(brand((font(project), 400)), base=""), project.fonts())
    assert headings is not None
    assert "--base-type" not in headings.css
    assert typeface(BrandFiles(), project.fonts()) is None


# On the page -------------------------------------------------------------------------------------


def test_a_page_is_set_in_it_and_in_nothing_else(project: Workspace, small: Workspace) -> None:
    own = typeface(brand((font(project), 400), (font(project, "Bold"), 700)), project.fonts())
    assert own is not None
    (made,) = run(sheet(project, small, type=own)).value or ()
    assert fonts_in(made.data) == {own.base.replace(" ", "-"), own.base.replace(" ", "-") + "-Bold"}


def test_what_does_not_fit_because_of_the_font_says_so(project: Workspace, small: Workspace) -> None:
    own = typeface(brand((font(project, wider=2.2), 400), (font(project, "Bold", wider=2.2), 700)), project.fonts())
    assert own is not None
    (fault,) = run(sheet(project, small, type=own)).diagnostics
    assert (fault.code, fault.place) == ("font-too-wide", PLACE)
    assert "“Ours”" in fault.message


def test_the_proof_sheet_shows_the_type(project: Workspace, tmp_path: Path) -> None:
    folder = tmp_path / "ours"
    shutil.copytree(project.content / "trusts/northmoor", folder)
    for face in ("Regular", "Bold"):
        (folder / f"{face}.ttf").write_bytes(font(project, face))
    fonts = "{family: Ours, source: file, files: [Regular.ttf, {path: Bold.ttf, weight: bold}]}"
    with (folder / "_brand.yml").open("a", encoding="utf-8") as file:
        file.write(f"\ntypography:\n  fonts:\n    - {fonts}\n  headings: Ours\n")
    proof = brand_proof(project, folder, today=datetime(2027, 1, 5).date())
    assert proof.value is not None, proof.diagnostics
    assert {name.partition("-")[0] for name in fonts_in(proof.value.data)} == {"Own", "Kit"}
