"""Booklets: the order of pages once folded, and what stays alive in the file."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.render.booklet import MOST_PAGES, booklet
from kit.render.imposition import PAPER, POINTS, Side, creep, impose, sides
from kit.render.pdf import Asset, Laid, lay_out
from kit.workspace import Workspace
from tests.conftest import PROJECT

WIDTH, HEIGHT = 148 * POINTS, 210 * POINTS


def folded(printed: tuple[Side, ...]) -> list[int | None]:
    """The pages in the order in which they are read, once the sheets are laid in each other and folded."""
    fronts, backs = printed[::2], printed[1::2]
    first = [page for front, back in zip(fronts, backs, strict=True) for page in (front.right, back.left)]
    last = [page for front, back in zip(fronts, backs, strict=True) for page in (front.left, back.right)]
    return first + last[::-1]


@given(st.integers(min_value=1, max_value=200))
def test_a_folded_booklet_is_read_from_its_first_page_to_its_last(pages: int) -> None:
    read = folded(sides(pages))
    assert read[:pages] == list(range(pages))
    assert set(read[pages:]) <= {None}
    assert len(read) - pages < 4
    assert len(read) % 4 == 0


@given(st.integers(min_value=1, max_value=200))
def test_each_sheet_is_moved_by_the_thickness_of_those_around_it(pages: int) -> None:
    printed = sides(pages)
    assert [side.shift for side in printed[::2]] == [side.shift for side in printed[1::2]]
    assert [round(side.shift / PAPER) for side in printed[::2]] == list(range(len(printed) // 2))
    assert creep(pages) == printed[-1].shift


def test_the_outermost_sheet_of_8_pages_has_the_cover() -> None:
    assert sides(8) == (Side(7, 0, 0), Side(1, 6, 0), Side(5, 2, PAPER), Side(3, 4, PAPER))
    assert sides(6)[:2] == (Side(None, 0, 0), Side(1, None, 0))


# The file ------------------------------------------------------------------------------------------

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10" width="40mm" height="40mm" role="img">'
    '<title>A square</title><path d="M0 0H10V10H0Z"/></svg>'
)


def chapter(number: int, of: int) -> str:
    after = number % of + 1
    return (
        f'<section id="p{number}"><h1>Part {number}</h1><p>On with <a href="#p{after}">part {after}</a>, or to '
        f'<a href="https://example.org/{number}">page {number} of the web</a>.</p><ul><li>oars</li></ul>'
        f'<table><tr><th scope="col">A</th></tr><tr><td>{number}</td></tr></table>'
        f"{SVG if number == 3 else ''}</section>"
    )


def made(pages: int) -> bytes:
    return laid(pages).write()


def laid(pages: int) -> Laid:
    """A document of so many A5 pages with links, bookmarks, a list, a table and a drawing."""
    css = "@page{size:148mm 210mm;margin:15mm}section{break-after:page}section:last-child{break-after:auto}"
    body = "".join(chapter(number, pages) for number in range(1, pages + 1))
    html = f'<!DOCTYPE html><html lang="en-GB"><head><title>Boats</title></head><body>{body}</body></html>'
    assets = {f"fonts/{name}": Asset(data, "font/ttf") for name, data in Workspace(PROJECT, PROJECT).fonts().items()}
    face = '@font-face{font-family:"Kit Text";src:url(kit:fonts/KitText-Regular.ttf)}body{font:11pt "Kit Text"}'
    face += '@font-face{font-family:"Kit Text";font-weight:600;src:url(kit:fonts/KitText-SemiBold.ttf)}'
    face += "h1,th{font-weight:600}"
    return lay_out(html, [face + css], assets, created=datetime(2027, 1, 5))


def test_a_booklet_that_no_stapler_takes_is_left_out_with_a_word_about_it() -> None:
    assert booklet(laid(MOST_PAGES), "Boats").value is not None
    thick = booklet(laid(MOST_PAGES + 1), "Boats")
    assert thick.value is None
    assert [(fault.code, fault.severity) for fault in thick.diagnostics] == [("booklet-too-thick", "warning")]
    assert f"{MOST_PAGES + 1} pages, and {MOST_PAGES} is the most" in thick.diagnostics[0].message


def marked(pdf: pikepdf.Pdf) -> list[tuple[str, int]]:
    """Every piece of marked content in the order of the structure tree: its page, and its number there."""
    names = {page.obj.objgen: f"/Page{number}" for number, page in enumerate(pdf.pages, start=1)}
    for page in pdf.pages:
        names |= {form.objgen: name for name, form in page.obj.Resources.get("/XObject", {}).items()}

    def walk(element: Any, page: Any) -> Iterator[tuple[str, int]]:
        page = element.get("/Pg", page)
        kids = element.get("/K")
        for kid in kids if isinstance(kids, pikepdf.Array) else [] if kids is None else [kids]:
            if not isinstance(kid, pikepdf.Dictionary):
                yield names[page.objgen], int(kid)
            elif kid.get("/Type") == pikepdf.Name.MCR:
                yield names[(kid.get("/Stm") or kid.Pg).objgen], int(kid.MCID)
            elif kid.get("/Type") != pikepdf.Name.OBJR:
                yield from walk(kid, page)

    found = list(walk(pdf.Root.StructTreeRoot, None))
    first = {name: min(number for other, number in found if other == name) for name, _ in found}
    return [(name, number - first[name]) for name, number in found]


@pytest.fixture(scope="module", params=[5, 8])
def both(request: pytest.FixtureRequest) -> tuple[pikepdf.Pdf, pikepdf.Pdf]:
    data = made(request.param)
    return pikepdf.open(io.BytesIO(data)), pikepdf.open(io.BytesIO(impose(data)))


Both = tuple[pikepdf.Pdf, pikepdf.Pdf]


def test_the_structure_tree_keeps_its_order(both: Both) -> None:
    before, after = both
    assert len(marked(before)) > 20
    assert marked(after) == marked(before)


def test_every_piece_of_content_finds_its_way_back_to_its_element(both: Both) -> None:
    _, after = both
    nums = list(after.Root.StructTreeRoot.ParentTree.Nums)
    parents = dict(zip((int(n) for n in nums[::2]), nums[1::2], strict=True))
    forms = [form for page in after.pages for form in page.obj.Resources.XObject.values()]
    assert all("/StructParents" not in page.obj for page in after.pages)
    assert len({int(form.StructParents) for form in forms}) == len(forms)
    for form in forms:
        numbers = re.findall(rb"/MCID (\d+)", form.read_bytes())
        elements = parents[int(form.StructParents)]
        assert all(isinstance(elements[int(number)], pikepdf.Dictionary) for number in numbers)


def test_pages_of_content_are_what_they_were(both: Both) -> None:
    before, after = both
    forms = {name: form for page in after.pages for name, form in page.obj.Resources.XObject.items()}
    for number, page in enumerate(before.pages, start=1):
        assert unnumbered(forms[f"/Page{number}"]) == unnumbered(page.obj.Contents)


def unnumbered(stream: pikepdf.Stream) -> list[bytes]:
    return re.sub(rb"/MCID \d+", b"/MCID", stream.read_bytes()).split()


def test_no_2_pieces_of_content_on_a_sheet_have_one_number(both: Both) -> None:
    _, after = both
    for page in after.pages:
        forms = page.obj.Resources.XObject.values()
        numbers = [n for form in forms for n in re.findall(rb"/MCID (\d+)", form.read_bytes())]
        assert len(numbers) == len(set(numbers)) > 0


def test_sheets_are_a4_and_turned_on_the_short_edge(both: Both) -> None:
    before, after = both
    assert len(after.pages) == len(sides(len(before.pages)))
    for page in after.pages:
        assert [round(float(edge) / POINTS) for edge in page.mediabox] == [0, 0, 297, 210]
    assert after.Root.ViewerPreferences.Duplex == "/DuplexFlipShortEdge"
    assert after.Root.ViewerPreferences.PrintScaling == "/None"
    assert after.Root.ViewerPreferences.DisplayDocTitle
    assert after.Root.Lang == "en-GB"


def where(pdf: pikepdf.Pdf, count: int) -> dict[int, tuple[pikepdf.Page, float]]:
    """For each page of the document, from 0: the sheet that it stands on, and its left edge in points."""
    places = {}
    for side, page in zip(sides(count), pdf.pages, strict=True):
        shift = side.shift * POINTS
        if side.left is not None:
            places[side.left] = (page, 148.5 * POINTS - WIDTH + shift)
        if side.right is not None:
            places[side.right] = (page, 148.5 * POINTS - shift)
    return places


def test_links_lie_over_their_words_and_lead_where_they_led(both: Both) -> None:
    before, after = both
    places = where(after, len(before.pages))
    for number, page in enumerate(before.pages):
        sheet, x = places[number]
        for old in page.obj.Annots:
            uri = str(old.get("/A", {}).get("/URI", ""))
            rect = [float(edge) + (0 if at % 2 else x) for at, edge in enumerate(old.Rect)]
            assert [
                new
                for new in sheet.obj.Annots
                if [round(float(edge), 2) for edge in new.Rect] == [round(edge, 2) for edge in rect]
                and str(new.get("/A", {}).get("/URI", "")) == uri
                and new.P.objgen == sheet.obj.objgen
            ]
    assert sum(len(page.obj.Annots) for page in after.pages) == 2 * len(before.pages)


def test_destinations_and_bookmarks_lead_to_the_right_half_of_the_right_sheet(both: Both) -> None:
    before, after = both
    places = where(after, len(before.pages))

    def led(pdf: pikepdf.Pdf) -> Iterator[tuple[str, Any]]:
        names = list(pdf.Root.Names.Dests.Names)
        yield from zip((str(name) for name in names[::2]), names[1::2], strict=True)
        item = pdf.Root.Outlines.get("/First")
        while item is not None:
            yield str(item.Title), item.Dest
            item = item.get("/Next")

    was, now = dict(led(before)), dict(led(after))
    assert was.keys() == now.keys()
    assert len(was) == 2 * len(before.pages)
    for name, old in was.items():
        number = next(n for n, page in enumerate(before.pages) if page.obj.objgen == old[0].objgen)
        sheet, x = places[number]
        assert now[name][0].objgen == sheet.obj.objgen
        assert float(now[name][2]) == pytest.approx(float(old[2]) + x, abs=0.01)
        assert float(now[name][3]) == pytest.approx(float(old[3]), abs=0.01)


def test_the_same_pages_make_the_same_bytes() -> None:
    data = made(5)
    assert impose(data) == impose(data)
