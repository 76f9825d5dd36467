"""Booklets: the pages of a PDF imposed 2 to each side of a sheet, to be folded in the middle and stapled on the fold.

The pages are placed within their own file, as form XObjects, so that its structure tree keeps its order and every
link, destination and bookmark stays alive: ISO 32000-1, 14.7.4.2 (marked content in a form is found through `Stm`)
and 14.7.4.4 (a form has its own `StructParents`).
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

POINTS = 72 / 25.4
"""Points in a millimetre."""
PAPER = 0.1
"""Millimetres: how thick office paper of 80 g/m² is."""
_MARKED = re.compile(rb"/MCID (\d+)")
_MARK = 4.0
_STAPLES = (0.25, 0.75)
"""Where the staples go, as shares of the height of the fold."""


@dataclass(frozen=True)
class Side:
    """One side of a sheet: which pages stand on its left and its right, from 0; None for none.

    `shift` is how far both are moved towards the fold, in millimetres: the sheets inside others stand out beyond them
    once they are folded, by their thickness.
    """

    left: int | None
    right: int | None
    shift: float


def sides(pages: int, paper: float = PAPER) -> tuple[Side, ...]:
    """The sides of all sheets, front and back of each in turn, from the outermost sheet to the one in the middle.

    `pages` is the number of pages; the last ones of the booklet are blank where they are not a multiple of 4.
    """
    whole = -(-pages // 4) * 4

    def page(number: int) -> int | None:
        return number if number < pages else None

    return tuple(
        side
        for sheet in range(whole // 4)
        for side in (
            Side(page(whole - 1 - 2 * sheet), page(2 * sheet), sheet * paper),
            Side(page(2 * sheet + 1), page(whole - 2 - 2 * sheet), sheet * paper),
        )
    )


def creep(pages: int, paper: float = PAPER) -> float:
    """How far the pages in the middle are moved towards the fold, in millimetres."""
    return max(side.shift for side in sides(pages, paper))


@dataclass(frozen=True)
class _Placed:
    """A page on its side of a sheet: the new page, the form that holds the old one, and its left edge in points.

    Its marked content is numbered from `first`, after that of the page beside it: not every reader tells the forms of
    a page apart.
    """

    sheet: Any
    form: Any
    x: float
    first: int


_Places = dict[tuple[int, int], _Placed]
"""By the object number and generation of the old page."""


def impose(data: bytes, *, width: float = 297, height: float = 210) -> bytes:
    """The PDF `data` as a booklet on sheets of `width` by `height` millimetres, twice as wide as its pages.

    Each side of a sheet is a page of the result, to be printed on both sides and turned on the short edge. All else
    stays as it is: a file that conforms to PDF/UA-1 goes on doing so.
    """
    import pikepdf

    with pikepdf.open(io.BytesIO(data)) as pdf:
        pages, placed = list(pdf.pages), _Places()
        sheets = [_sheet(pdf, side, pages, width * POINTS, height * POINTS, placed) for side in sides(len(pages))]
        _name_anew(pdf.Root, placed)
        if "/Outlines" in pdf.Root:
            _follow_bookmarks(pdf.Root.Outlines, placed)
        _refer_to_forms(pdf.Root.StructTreeRoot, placed)
        del pdf.pages[:]
        for sheet in sheets:
            pdf.pages.append(pikepdf.Page(sheet))
        pdf.Root.ViewerPreferences.Duplex = pikepdf.Name.DuplexFlipShortEdge
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def _sheet(pdf: Any, side: Side, pages: Sequence[Any], width: float, height: float, placed: _Places) -> Any:
    """A side of a sheet as a page of its own, with the annotations of both pages on it."""
    from pikepdf import Array, Dictionary, Name

    sheet = pdf.make_indirect(
        Dictionary(Type=Name.Page, MediaBox=Array([0, 0, width, height]), Tabs=Name.S, Resources=Dictionary())
    )
    fold, shift = width / 2, side.shift * POINTS
    forms, drawn, annotations, first = Dictionary(), [_marks(fold, height)], [], 0
    for number, on_left in ((side.left, True), (side.right, False)):
        if number is None:
            continue
        page = pages[number]
        x = fold - float(page.mediabox[2]) + shift if on_left else fold - shift
        form = pdf.make_indirect(page.as_form_xobject())
        if "/StructParents" in page.obj:
            form.StructParents = page.obj.StructParents
        name = f"/Page{number + 1}"
        forms[name] = form
        half = 0.0 if on_left else fold
        drawn.append(f"q {half:.3f} 0 {fold:.3f} {height:.3f} re W n 1 0 0 1 {x:.3f} 0 cm {name} Do Q")
        placed[page.obj.objgen] = _Placed(sheet, form, x, first)
        first = _number_from(first, form, pdf.Root.StructTreeRoot.ParentTree.Nums)
        for annotation in page.obj.get("/Annots", ()):
            for box in ("/Rect", "/QuadPoints"):
                if box in annotation:
                    annotation[box] = _moved(annotation[box], x)
            annotation.P = sheet
            annotations.append(annotation)
    sheet.Resources.XObject = forms
    sheet.Contents = pdf.make_stream("\n".join(drawn).encode())
    if annotations:
        sheet.Annots = Array(annotations)
    return sheet


def _number_from(first: int, form: Any, parents: Any) -> int:
    """Number the marked content of a form from `first`, there and in the tree of parents; the next number to use."""
    from pikepdf import Array

    data = form.read_bytes()
    numbers = [int(number) for number in _MARKED.findall(data)]
    if first:
        form.write(_MARKED.sub(lambda found: b"/MCID %d" % (int(found[1]) + first), data))
        for at in range(0, len(parents), 2):
            if int(parents[at]) == int(form.get("/StructParents", -1)):
                parents[at + 1] = Array([None] * first + list(parents[at + 1]))
    return first + max(numbers, default=-1) + 1


def _marks(fold: float, height: float) -> str:
    """Where to fold and to staple, as artifacts: short lines on the fold, at the edges of the sheet and between."""
    mark = _MARK * POINTS
    lines = [(0.0, mark), (height - mark, height)]
    lines += [(height * share - mark, height * share + mark) for share in _STAPLES]
    strokes = " ".join(f"{fold:.3f} {start:.3f} m {fold:.3f} {end:.3f} l" for start, end in lines)
    return f"/Artifact BMC q 0.25 w 0 G [1.5 1.5] 0 d {strokes} S Q EMC"


def _moved(points: Any, x: float) -> Any:
    """Coordinates, each across and then up, moved to the right."""
    from pikepdf import Array

    return Array([float(number) + (0 if at % 2 else x) for at, number in enumerate(points)])


# Where links lead ----------------------------------------------------------------------------------


def _name_anew(root: Any, placed: _Places) -> None:
    """The destinations that have a name."""
    if "/Names" in root and "/Dests" in root.Names:
        for destination in list(root.Names.Dests.Names)[1::2]:
            _lead_to(destination, placed)


def _follow_bookmarks(item: Any, placed: _Places) -> None:
    """The destinations of the bookmarks below one, or below the root of all."""
    child = item.get("/First")
    while child is not None:
        _lead_to(child.get("/Dest"), placed)
        _follow_bookmarks(child, placed)
        child = child.get("/Next")


def _lead_to(destination: Any, placed: _Places) -> None:
    from pikepdf import Array, Dictionary, Name

    if not isinstance(destination, Array) or not isinstance(destination[0], Dictionary):
        return
    at = placed.get(destination[0].objgen)
    if at is None:
        return
    destination[0] = at.sheet
    if destination[1] == Name.XYZ and len(destination) > 2 and destination[2] is not None:
        destination[2] = float(destination[2]) + at.x


# The structure tree --------------------------------------------------------------------------------


def _refer_to_forms(element: Any, placed: _Places) -> None:
    """What was marked on a page is marked in a form now; elements keep their order."""
    from pikepdf import Array, Dictionary, Name

    page, kids = element.get("/Pg"), element.get("/K")
    if page is not None:
        element.Pg = placed[page.objgen].sheet
        if "/A" in element and "/BBox" in element.A:
            element.A.BBox = _moved(element.A.BBox, placed[page.objgen].x)
    new = []
    for kid in kids if isinstance(kids, Array) else () if kids is None else (kids,):
        if not isinstance(kid, Dictionary):
            at = placed[page.objgen]
            kid = Dictionary(Type=Name.MCR, Pg=at.sheet, Stm=at.form, MCID=int(kid) + at.first)
        elif kid.get("/Type") in (Name.MCR, Name.OBJR):
            at = placed[kid.get("/Pg", page).objgen]
            kid.Pg = at.sheet
            if kid.Type == Name.MCR:
                kid.Stm = at.form
                kid.MCID = int(kid.MCID) + at.first
        else:
            _refer_to_forms(kid, placed)
        new.append(kid)
    if kids is not None:
        element.K = Array(new)
