"""What a person, or a screen reader, finds in a finished PDF or deck."""

from __future__ import annotations

import ctypes
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pikepdf
import pypdfium2
from icalendar import Calendar
from lxml import etree, html
from pypdfium2.raw import (
    FPDF_PAGEOBJ_PATH,
    FPDF_PAGEOBJ_TEXT,
    FS_MATRIX,
    FPDFPageObj_GetMatrix,
    FPDFTextObj_GetFontSize,
)

FOOT = 0.07
"""The share of a page, from below, in which its running foot stands."""
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
HYPHEN = re.compile(r"(?<=\w)[\u00ad\ufffe\u0002]\s*(?=\w)")


def squeezed(text: str) -> str:
    """Words only, with one blank between: line ends and typography do not count."""
    return " ".join(re.findall(r"\w+", HYPHEN.sub("", text).lower()))


def pdf_pages(path: Path | bytes) -> list[str]:
    """The text of each page."""
    document = pypdfium2.PdfDocument(path)
    try:
        return [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()


def depths(path: Path) -> list[float]:
    """How far down each page its text and its lines to write on reach, as a share of the height.

    The running foot does not count.
    """
    document = pypdfium2.PdfDocument(path)
    try:
        return [_depth(page) for page in document]
    finally:
        document.close()


def _depth(page: Any) -> float:
    height, text = page.get_height(), page.get_textpage()
    bottoms = [text.get_rect(index)[1] / height for index in range(text.count_rects())]
    bottoms += [drawn.get_bounds()[1] / height for drawn in page.get_objects(filter=[FPDF_PAGEOBJ_PATH])]
    return 1 - min(bottom for bottom in bottoms if bottom > FOOT)


def pdf_text(path: Path) -> str:
    return squeezed(" ".join(pdf_pages(path)))


def file_text(path: Path) -> str:
    """The words of a PDF, of a web page, of a plain text, or of the events of a calendar."""
    match path.suffix:
        case ".pdf":
            return pdf_text(path)
        case ".ics":
            events = Calendar.from_ical(path.read_bytes()).walk("VEVENT")
            return squeezed(" ".join(str(event[name]) for event in events for name in ("summary", "description")))
        case ".html":
            page = html.document_fromstring(path.read_bytes())
            return squeezed(" ".join(page.xpath("//body//text()[not(ancestor::script)]")))
        case ".txt":
            return squeezed(path.read_text("utf-8"))
    raise AssertionError(f"no way to read {path.name}")


def slide_texts(path: Path, *, notes: bool = False) -> list[str]:
    """The text of each slide, or of each slide's notes."""
    return [_drawn_text(root) for root in _slides(path, "notesSlides/notesSlide" if notes else "slides/slide")]


def shown_slide_texts(path: Path) -> list[str]:
    """The text of each slide that the show does not pass over."""
    return [_drawn_text(root) for root in _slides(path, "slides/slide") if root.get("show") != "0"]


def _slides(path: Path, part: str) -> list[Any]:
    with ZipFile(path) as archive:
        names = sorted(
            (name for name in archive.namelist() if re.fullmatch(rf"ppt/{part}\d+\.xml", name)),
            key=lambda name: int(re.findall(r"\d+", name)[-1]),
        )
        return [etree.fromstring(archive.read(name)) for name in names]


def _drawn_text(root: Any) -> str:
    return squeezed(" ".join("".join(p.itertext(f"{DRAWING}t")) for p in root.iter(f"{DRAWING}p")))


def structure(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """Every structure element, in reading order."""
    waiting = [pdf.Root.StructTreeRoot.get("/K")]
    while waiting:
        node = waiting.pop()
        if isinstance(node, pikepdf.Array):
            waiting += reversed(list(node))
        elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
            yield node
            if "/K" in node:
                waiting.append(node.K)


def attribute(element: Any, name: str) -> Any:
    """An attribute of a structure element, wherever it is kept."""
    kept = element.get("/A")
    for record in kept if isinstance(kept, pikepdf.Array) else [kept]:
        if isinstance(record, pikepdf.Dictionary) and name in record:
            return record[name]
    return None


def fonts(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """Every font that a page of the file uses, with its descendants' descriptors."""
    for page in pdf.pages:
        # The pages of a booklet are drawn within those of its sheets.
        drawn = [form.get("/Resources", {}) for form in (page.resources.get("/XObject") or {}).values()]
        for resources in (page.resources, *drawn):
            for font in (resources.get("/Font") or {}).values():
                yield from font.get("/DescendantFonts", [font])


def font_sizes(path: Path | bytes) -> list[float]:
    """The size in points of every run of text, as it stands on its page."""
    document = pypdfium2.PdfDocument(path)
    try:
        return [_font_size(run) for page in document for run in page.get_objects(filter=[FPDF_PAGEOBJ_TEXT])]
    finally:
        document.close()


def _font_size(run: Any) -> float:
    size = ctypes.c_float()
    FPDFTextObj_GetFontSize(run.raw, size)
    # A drawing is an object of its own, which is scaled to its place on the page.
    form = FS_MATRIX(a=1, d=1)
    if run.container is not None:
        FPDFPageObj_GetMatrix(run.container, form)
    return size.value * abs(run.get_matrix().d * form.d)


def colours_of(path: Path | bytes) -> set[tuple[float, ...]]:
    """Every colour that something is painted in, wherever in the file; of greys only how light they are, 0 to 1."""
    with pikepdf.open(io.BytesIO(path) if isinstance(path, bytes) else path) as pdf:
        streams: list[Any] = [*pdf.pages]
        streams += [
            found
            for found in pdf.objects
            if isinstance(found, pikepdf.Stream) and (found.get("/Subtype") == "/Form" or "/PatternType" in found)
        ]
        return {colour for stream in streams for colour in _painted(stream)}


def _painted(stream: Any) -> Iterator[tuple[float, ...]]:
    for operands, operator in pikepdf.parse_content_stream(stream):
        if str(operator) in ("g", "G", "rg", "RG", "k", "K", "sc", "SC", "scn", "SCN"):
            values = tuple(round(float(each), 3) for each in operands if not isinstance(each, pikepdf.Name))
            if len(values) == 4 and values[:3] == (0, 0, 0):
                yield (1 - values[3],)
            elif values:
                yield (values[0],) if len(set(values)) == 1 and len(values) < 4 else values
