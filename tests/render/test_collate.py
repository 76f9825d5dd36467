"""The whole run as 1 job: order, fronts and backs, tags of every copy."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import datetime
from types import SimpleNamespace
from typing import Any

import pikepdf
import pytest
from speaking import PROJECT, english

from kit.model.kind import DocumentKind
from kit.render.collate import Repeated, collate
from kit.render.job import Job
from kit.workspace import Workspace

FONTS = Workspace(PROJECT, PROJECT).fonts()
STYLE = """@font-face { font-family: "Kit Text"; src: url("kit:fonts/KitText-Regular.ttf") }
html { font: 11pt "Kit Text" } section { break-after: page } section:last-child { break-after: auto }
@page { size: A4 %s; margin: 20mm }"""


def job(name: str, pages: int, sides: int = 1, flip: str = "none", orientation: str = "portrait", **more: Any) -> Job:
    """A document of so many pages, with a link from its first to its last."""
    body = "".join(
        f'<section id="p{number}"><h1>{name} {number}</h1><p><a href="#p{pages}">to the last</a></p></section>'
        for number in range(1, pages + 1)
    )
    return drawn(name, body, sides, flip, orientation, **more)


def drawn(name: str, body: str, sides: int, flip: str, orientation: str, **more: Any) -> Job:
    kind = DocumentKind.model_validate(
        {
            "id": name,
            "title": name,
            "audience": "participant",
            "output": "pdf",
            "path": f"{name}.pdf",
            "sides": sides,
            "flip": flip,
            "orientation": orientation,
        }
    )
    html = f'<!doctype html><html lang="en-GB"><head><title>{name}</title></head><body>{body}</body></html>'
    templates = {f"{name}/page.html.j2": html, "shared/base.css": STYLE % orientation}
    palette: Any = SimpleNamespace()
    return Job(kind, kind.path, name, None, palette, templates, english, FONTS, created=datetime(2026, 11, 26), **more)


def run(*files: Repeated) -> pikepdf.Pdf:
    between = "".join(f"<section><h1>Before {each.job.title}</h1></section>" for each in files)
    cover = drawn("run", between + '<section aria-hidden="true"></section>', 2, "long", "portrait")
    outcome = collate(cover, files)
    assert outcome.value is not None
    (made,) = outcome.value
    pdf = pikepdf.open(io.BytesIO(made.data))
    assert made.pages == len(pdf.pages)
    return pdf


def elements(node: Any) -> Iterator[Any]:
    if isinstance(node, pikepdf.Dictionary):
        yield node
        kids = node.get("/K", [])
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            yield from elements(kid)


def headings(pdf: pikepdf.Pdf) -> list[str]:
    """The heading of each page by its tags, and `` for a page with none."""
    text = {page.obj.objgen: "" for page in pdf.pages}
    for element in elements(pdf.Root.StructTreeRoot.K[0]):
        if element.get("/S") == "/H1":
            page = next(page for page in pdf.pages if page.obj.objgen == element.Pg.objgen)
            text[element.Pg.objgen] = page_words(page)
    return [text[page.obj.objgen] for page in pdf.pages]


def page_words(page: pikepdf.Page) -> str:
    import pypdfium2

    one = pikepdf.new()
    one.pages.append(page)
    data = io.BytesIO()
    one.save(data)
    return str(pypdfium2.PdfDocument(data.getvalue())[0].get_textpage().get_text_range()).splitlines()[0].strip()


A, B, C = (
    Repeated(job("a", 3, 2, "long"), 2),
    Repeated(job("b", 2, 2, "short"), 2),
    Repeated(job("c", 1, 1, orientation="landscape"), 3),
)


@pytest.fixture(scope="module")
def whole() -> pikepdf.Pdf:
    return run(A, B, C)


def test_every_copy_follows_a_sheet_that_names_it_and_begins_on_a_front(whole: pikepdf.Pdf) -> None:
    expected = [
        *("Before a", ""),
        *("a 1", "a 2", "a 3", ""),
        *("a 1", "a 2", "a 3", ""),
        *("Before b", ""),
        *("b 1", "b 2"),
        *("b 1", "b 2"),
        *("Before c", ""),
        *("c 1", ""),
        *("c 1", ""),
        *("c 1", ""),
    ]
    assert headings(whole) == expected


def test_backs_made_for_the_short_edge_are_turned_and_no_others(whole: pikepdf.Pdf) -> None:
    turned = [number for number, page in enumerate(whole.pages) if page.obj.get("/Rotate") == 180]
    assert turned == [number for number, words in enumerate(headings(whole)) if words == "b 2"]
    assert whole.Root.ViewerPreferences.Duplex == "/DuplexFlipLongEdge"


def test_where_nothing_has_2_sides_the_job_has_none() -> None:
    pdf = run(Repeated(job("c", 2), 2))
    assert headings(pdf) == ["Before c", "c 1", "c 2", "c 1", "c 2"]
    assert pdf.Root.ViewerPreferences.Duplex == "/Simplex"


def test_both_languages_of_a_copy_run_on() -> None:
    both = Repeated(job("a", 1, 2, "long", second=job("b", 2, 2, "long")), 1)
    assert headings(run(both)) == ["Before a", "", "a 1", "b 1", "b 2", ""]


def test_every_copy_has_its_own_tags_and_its_own_links(whole: pikepdf.Pdf) -> None:
    linked = [page for page in whole.pages if "/Annots" in page.obj]
    assert len(linked) == 3 * 2 + 2 * 2 + 3
    parents = whole.Root.StructTreeRoot.ParentTree.Nums
    by_number = {int(parents[at]): parents[at + 1] for at in range(0, len(parents), 2)}
    numbers = [int(note.StructParent) for page in linked for note in page.obj.Annots]
    assert len(set(numbers)) == len(numbers)
    places = dict(zip(*[iter(whole.Root.Names.Dests.Names)] * 2, strict=True))
    order = {page.obj.objgen: number for number, page in enumerate(whole.pages)}
    for page in linked:
        for note in page.obj.Annots:
            element = by_number[int(note.StructParent)]
            assert element.Pg.objgen == page.obj.objgen
            leads_to = order[places[note.Dest][0].objgen]
            assert 0 <= leads_to - order[page.obj.objgen] < 3


def test_bookmarks_name_each_file_once(whole: pikepdf.Pdf) -> None:
    with whole.open_outline() as outline:
        found = [(entry.title, [child.title for child in entry.children]) for entry in outline.root]
    assert found == [
        ("Before a", ["a 1", "a 2", "a 3"]),
        ("Before b", ["b 1", "b 2"]),
        ("Before c", ["c 1"]),
    ]


def test_empty_backs_hold_nothing_to_read(whole: pikepdf.Pdf) -> None:
    empty = {page.obj.objgen for page, words in zip(whole.pages, headings(whole), strict=True) if not words}
    tagged = {node.Pg.objgen for node in elements(whole.Root.StructTreeRoot.K[0]) if "/Pg" in node}
    assert not empty & tagged
