"""The checker itself: it must see each of the faults that veraPDF lets pass."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from kit.render.pdf import Asset, lay_out

HERE = Path(__file__).parent
FONT = HERE.parents[1] / "templates/shared/fonts/KitText-Regular.ttf"
SQUARE = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9"/></svg>'
BODY = (
    '<h1>One</h1><h2>Two</h2><img src="kit:square" alt="A square" style="width: 9px">'
    '<table><tr><th>a<tr><td>1</table><p><a href="https://www.example.org/">b</a></p>'
)


def checker() -> Any:
    spec = importlib.util.spec_from_file_location("check_pdfua", HERE / "check_pdfua.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    style = "@font-face { font-family: 'Kit Text'; src: url(kit:check.ttf) } html { font-family: 'Kit Text' }"
    assets = {"check.ttf": Asset(FONT.read_bytes(), "font/ttf"), "square": Asset(SQUARE, "image/svg+xml")}
    html = f'<html lang="en"><title>t</title>{BODY}'
    file = tmp_path_factory.mktemp("pdf") / "sound.pdf"
    file.write_bytes(lay_out(html, [style], assets, created=datetime(2026, 11, 23, tzinfo=UTC)).write())
    return file


def without(kind: str, change: Callable[[Any], None]) -> Callable[[pikepdf.Pdf], None]:
    def spoil(pdf: pikepdf.Pdf) -> None:
        for node in checker().structure(pdf.Root.StructTreeRoot):
            if str(node.S) == kind:
                change(node)

    return spoil


def drop_fonts(pdf: pikepdf.Pdf) -> None:
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Dictionary) and "/FontFile2" in thing:
            del thing["/FontFile2"]


def link_to_a_file(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].Annots[0].A.URI = pikepdf.String("file:///etc/passwd")


def drop(container: Any, key: str) -> None:
    del container[key]


def test_a_sound_file_has_no_faults(sound: Path) -> None:
    assert checker().sense_faults(sound) == []


@pytest.mark.parametrize(
    ("spoil", "fault"),
    [
        (lambda pdf: drop(pdf.Root, "/Lang"), "no language"),
        (lambda pdf: drop(pdf.docinfo, "/Title"), "no title"),
        (lambda pdf: drop(pdf.Root, "/ViewerPreferences"), "name of the file"),
        (lambda pdf: drop(pdf.Root, "/StructTreeRoot"), "no tags"),
        (without("/TH", lambda node: drop(node.A, "/Scope")), "header cell"),
        (without("/Figure", lambda node: drop(node, "/Alt")), "alternative text"),
        (without("/Figure", lambda node: drop(node.A, "/BBox")), "where it is"),
        (without("/H2", lambda node: node.update({"/S": pikepdf.Name("/H3")})), "level 3 follows one of level 1"),
        (without("/H1", lambda node: node.update({"/S": pikepdf.Name("/P")})), "no heading first"),
        (drop_fonts, "not embedded"),
        (link_to_a_file, "file:///etc/passwd"),
    ],
)
def test_each_fault_is_seen(sound: Path, tmp_path: Path, spoil: Callable[[pikepdf.Pdf], None], fault: str) -> None:
    file = tmp_path / "spoilt.pdf"
    with pikepdf.open(sound) as pdf:
        spoil(pdf)
        pdf.save(file)
    assert any(fault in found for found in checker().sense_faults(file))
