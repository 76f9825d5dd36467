"""What the pack says about printing is what its files are."""

from __future__ import annotations

import re
from pathlib import Path

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from pack.conftest import BuiltPack
from pack.reading import pdf_pages

from kit.printing import is_cut, sold_as

DUPLEX = {
    "/Simplex": pdfium.Simplex,
    "/DuplexFlipLongEdge": pdfium.DuplexFlipLongEdge,
    "/DuplexFlipShortEdge": pdfium.DuplexFlipShortEdge,
}
MM = 600 / 25.4
"""Pixels in a millimetre at 600 dots to the inch."""


def rows(pack: BuiltPack) -> list[dict[str, object]]:
    return [row for row in pack.manifest["files"] if str(row["path"]).endswith(".pdf")]


def test_every_file_tells_a_print_window_what_its_row_says(pack: BuiltPack) -> None:
    for row in rows(pack):
        edge = {"long": "/DuplexFlipLongEdge", "short": "/DuplexFlipShortEdge", "none": "/Simplex"}[str(row["flip"])]
        expected = "/Simplex" if row["sides"] == 1 else edge
        with pikepdf.open(pack.folder / str(row["path"])) as pdf:
            settings = pdf.Root.ViewerPreferences
            assert settings.Duplex == expected, row["path"]
            assert settings.PrintScaling == "/None"
            assert settings.PickTrayByPDFSize is True
            assert settings.DisplayDocTitle is True
            assert "/NumCopies" not in settings
        opened = pypdfium2.PdfDocument(pack.folder / str(row["path"]))
        assert pdfium.FPDF_VIEWERREF_GetDuplex(opened) == DUPLEX[expected]
        assert not pdfium.FPDF_VIEWERREF_GetPrintScaling(opened)
        assert pdfium.FPDF_VIEWERREF_GetNumCopies(opened) < 2
        opened.close()


def test_every_row_says_on_what_to_print(pack: BuiltPack) -> None:
    for row in rows(pack):
        assert bool(row["stock"]) != bool(row["weight"])
        assert row["colour"] in ("mono", "colour")
        assert row["cream"] is False
    by_path = {row["path"]: row for row in rows(pack)}
    assert by_path["participants/quote-cards.pdf"]["weight"] == 160
    assert by_path["participants/workbook.pdf"]["weight"] == 80
    assert by_path["room/name-badges.pdf"]["stock"] == "L4785"


def guide(pack: BuiltPack) -> list[str]:
    return pdf_pages(pack.folder / "facilitator/print-guide.pdf")


def test_the_print_guide_counts_the_files_as_they_are_on_disk(pack: BuiltPack) -> None:
    sheets, files = 0, 0
    for row in rows(pack):
        with pikepdf.open(pack.folder / str(row["path"])) as pdf:
            a_copy = -(-len(pdf.pages) // int(str(row["sides"])))
        sheets += a_copy * int(str(row["copies"]))
        # A booklet has no copies of its own: it is named beside the others.
        files += bool(row["copies"]) or row["document"] == "workbook-booklet"
    told = " ".join(guide(pack))
    assert f"In all {sheets} sheets" in re.sub(r"\s+", " ", told)
    assert f"{sheets} sheets in all" in (pack.folder / "index.html").read_text("utf-8")
    assert len(re.findall(r"\S+/\s*\S+\.pdf", told)) == files


def test_the_print_guide_tells_what_to_buy(pack: BuiltPack) -> None:
    told = re.sub(r"\s+", " ", " ".join(guide(pack)))
    workshop = pack.checked.workshop
    assert f"{workshop.attendees + workshop.spares} Badge holders for 80 by 50 mm" in told
    assert f"{workshop.attendees} Pen" in told
    assert any(is_cut(kind) for kind in pack.checked.kinds)
    assert "Paper cutter" in told
    assert any(kind.cards and sold_as(kind.cards.stock) == "L4785" for kind in pack.checked.kinds)


def ink(pack: BuiltPack, number: int, left: float, top: float, right: float, bottom: float) -> tuple[float, ...]:
    """The bounds of what is printed within a part of a page of the print guide, all in mm."""
    page = pypdfium2.PdfDocument(pack.folder / "facilitator/print-guide.pdf")[number]
    picture = page.render(scale=600 / 72, grayscale=True).to_pil()
    part = picture.crop(tuple(round(side * MM) for side in (left, top, right, bottom)))
    found = part.point(lambda value: 255 if value < 128 else 0).convert("1").getbbox()
    assert found is not None
    return left + found[0] / MM, top + found[1] / MM, left + found[2] / MM, top + found[3] / MM


@pytest.fixture(scope="module")
def base(packs: dict[str, BuiltPack]) -> BuiltPack:
    return packs["base"]


def test_the_line_to_measure_is_as_long_as_it_says(base: BuiltPack) -> None:
    page = pypdfium2.PdfDocument(base.folder / "facilitator/print-guide.pdf")[0]
    text = page.get_textpage()
    searcher = text.search("100 mm long")
    index, _ = searcher.get_next() or (0, 0)
    _, bottom, _, _ = text.get_charbox(index)
    below = 297 - bottom * 25.4 / 72
    left, _, right, _ = ink(base, 0, 14, below + 1, 125, below + 5)
    assert right - left == pytest.approx(100.2, abs=0.1)  # to the outer edges of its first and last marks, 0.2 mm wide


def test_the_ring_lies_around_the_cross_once_the_sheet_is_turned_on_its_long_edge(base: BuiltPack) -> None:
    cross, ring = (ink(base, number, 95, 278, 115, 294) for number in (0, 1))
    middle_of_cross = 210 - (cross[0] + cross[2]) / 2, (cross[1] + cross[3]) / 2
    middle_of_ring = (ring[0] + ring[2]) / 2, (ring[1] + ring[3]) / 2
    assert middle_of_cross == pytest.approx(middle_of_ring, abs=0.1)
    assert (ring[2] - ring[0]) / 2 == pytest.approx(3, abs=0.2)


def test_nothing_of_the_print_guide_lies_where_a_printer_cannot_print(base: BuiltPack) -> None:
    for number, _ in enumerate(guide(base)):
        left, top, right, bottom = ink(base, number, 0, 0, 210, 297)
        assert min(left, top, 210 - right, 297 - bottom) >= 5


def test_the_folder_of_a_pack_holds_no_whole_run_unless_asked(base: BuiltPack) -> None:
    assert not list(Path(base.folder).glob("print-all*"))
