"""The checker itself: it must see each of the faults that veraPDF lets pass."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from kit.render.pdf import Asset, Laid, Part, bind_leaves, lay_out, leaves

HERE = Path(__file__).parent
FONTS = HERE.parents[1] / "templates/shared/fonts"
SQUARE = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9"/></svg>'
STYLE = """
@font-face { font-family: "Kit Text"; src: url(kit:text.ttf) }
@font-face { font-family: "Kit Field"; src: url(kit:field.ttf) }
html { font-family: "Kit Text" } h1 { bookmark-level: 1 } h2 { bookmark-level: 2 }
input { appearance: auto; font-family: "Kit Field" }
.head { position: running(head) }
@page { size: A5; @top-left { content: element(head) } @bottom-right { content: counter(page) } }
section { break-before: page }
"""
BODY = """
<div class="head">A running head</div>
<h1>One</h1><h2 id="two">Two</h2><img src="kit:square" alt="A square" style="width: 9px">
<table><tr><th>a<th>b<tr><td>1<td>2</table>
<ul><li>First<li>Second</ul>
<p><a href="#two">Back to the second</a></p><p><a href="https://www.example.org/">An example of its kind</a></p>
<form><p>Ticked <input type="checkbox" name="a" title="A tick"></p>
<p>Or not <input type="checkbox" name="b" title="B tick"></p></form>
<section><p>What you and your colleagues would say of it</p></section>
<section><p>A third page</p></section>
"""


def checker() -> Any:
    spec = importlib.util.spec_from_file_location("check_sense", HERE / "check_sense.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["check_sense"] = module
    spec.loader.exec_module(module)
    return module


check_sense = checker()


def laid_out(body: str) -> Laid:
    assets = {
        "text.ttf": Asset((FONTS / "KitText-Regular.ttf").read_bytes(), "font/ttf"),
        "field.ttf": Asset((FONTS / "KitField-Regular.ttf").read_bytes(), "font/ttf"),
        "square": Asset(SQUARE, "image/svg+xml"),
    }
    html = f'<html lang="en"><title>t</title>{body}'
    return lay_out(html, [STYLE], assets, created=datetime(2026, 11, 23, tzinfo=UTC))


def drawn(file: Path, body: str) -> Path:
    file.write_bytes(laid_out(body).write())
    return file


def numbered(numbers: range) -> str:
    """Pages with a number at the foot of each."""
    foot = "<section><p>a</p><p style='position: absolute; top: 165mm'>{}</p></section>"
    return "".join(foot.format(number) for number in numbers)


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return drawn(tmp_path_factory.mktemp("pdf") / "sound.pdf", BODY)


def nodes(pdf: pikepdf.Pdf, kind: str) -> list[Any]:
    waiting, found = [pdf.Root.StructTreeRoot], []
    while waiting:
        node = waiting.pop(0)
        kids = node.get("/K", [])
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                waiting.append(kid)
                found += [kid] if str(kid.S) == kind else []
    return found


def at_first(kind: str, change: Callable[[Any], None]) -> Callable[[pikepdf.Pdf], None]:
    return lambda pdf: change(nodes(pdf, kind)[0])


def notes(pdf: pikepdf.Pdf, kind: str) -> list[Any]:
    return [note for page in pdf.pages for note in page.get("/Annots", []) if note.Subtype == kind]


def put(container: Any, key: str, value: Any) -> None:
    container[key] = value


def drop(container: Any, key: str) -> None:
    del container[key]


def drop_fonts(pdf: pikepdf.Pdf) -> None:
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Dictionary) and "/FontFile2" in thing:
            del thing["/FontFile2"]


def rename_bookmark(pdf: pikepdf.Pdf) -> None:
    with pdf.open_outline() as outline:
        outline.root[0].title = "Another"


def kind(name: str) -> Callable[[Any], None]:
    return lambda node: node.update({"/S": pikepdf.Name(name)})


def test_a_sound_file_has_no_faults(sound: Path) -> None:
    assert check_sense.faults(sound) == []


@pytest.mark.parametrize(
    ("spoil", "fault"),
    [
        (lambda pdf: drop(pdf.Root, "/Lang"), "no language"),
        (lambda pdf: drop(pdf.docinfo, "/Title"), "no title"),
        (lambda pdf: drop(pdf.Root, "/ViewerPreferences"), "name of the file"),
        (lambda pdf: drop(pdf.Root, "/StructTreeRoot"), "no tags"),
        (drop_fonts, "not embedded"),
        (at_first("/TH", lambda node: drop(node.A, "/Scope")), "page 1: the header cell “a”"),
        (at_first("/TR", lambda node: drop(node.K, -1)), "a table has rows of 1, 2 cells"),
        (at_first("/TH", lambda node: put(node.A, "/RowSpan", 9)), "below the last row"),
        (at_first("/TH", kind("/P")), "a P stands in a row"),
        (at_first("/Figure", lambda node: drop(node, "/Alt")), "alternative text"),
        (at_first("/Figure", lambda node: drop(node.A, "/BBox")), "where it is"),
        (at_first("/Figure", lambda node: put(node.A, "/BBox", [0, 0, 9000, 9])), "outside its page"),
        (at_first("/LBody", kind("/P")), "an item of a list holds Lbl, P"),
        (at_first("/LI", kind("/P")), "a P stands in a list"),
        (at_first("/H2", kind("/H3")), "level 3 follows one of level 1"),
        (at_first("/H1", kind("/P")), "no heading of level 1 first"),
        (rename_bookmark, "page 1: the bookmark “Another” is no heading there"),
        (lambda pdf: drop(pdf.Root, "/Outlines"), ""),
        (lambda pdf: put(notes(pdf, "/Link")[0], "/Contents", "two"), "described by the id “two”"),
        (lambda pdf: put(notes(pdf, "/Link")[0], "/Contents", "here"), "“here” does not say where it leads"),
        (lambda pdf: put(notes(pdf, "/Link")[1].A, "/URI", "file:///etc/passwd"), "file:///etc/passwd"),
        (lambda pdf: drop(notes(pdf, "/Link")[0], "/StructParent"), "a link is not in the structure"),
        (lambda pdf: drop(notes(pdf, "/Widget")[0], "/T"), "a field has no name"),
        (lambda pdf: drop(notes(pdf, "/Widget")[0], "/TU"), "the field a has no description"),
        (lambda pdf: put(notes(pdf, "/Widget")[0], "/T", "b"), "2 fields are called “b”"),
        (lambda pdf: put(notes(pdf, "/Widget")[0], "/TU", "B tick"), "2 fields are described as “B tick”"),
        (lambda pdf: drop(notes(pdf, "/Widget")[0], "/StructParent"), "the field a is not in the structure"),
        (lambda pdf: drop(pdf.pages[0], "/Tabs"), "the tab key does not follow"),
        (lambda pdf: put(pdf.Root, "/Lang", "cy"), "English that is not tagged so: “What you and your colleagues"),
    ],
)
def test_each_fault_is_seen(sound: Path, tmp_path: Path, spoil: Callable[[pikepdf.Pdf], None], fault: str) -> None:
    file = tmp_path / "spoilt.pdf"
    with pikepdf.open(sound) as pdf:
        spoil(pdf)
        pdf.save(file)
    found = [str(each) for each in check_sense.faults(file)]
    assert any(fault in each for each in found) if fault else not found


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ('<h1>One</h1><p>An agenda <a href="https://www.example.org/">here</a></p>', "the link “here”"),
        ("<h1>One</h1><p>.............</p>", "the leader"),
        (
            "<h1>One</h1>" + numbered(range(7, 12)),
            "the running line “# + 5”",
        ),
        (
            "<h1>One</h1>" + 4 * "<section><h1>Two</h1><p style='position: absolute; top: 165mm'>A foot</p></section>",
            "foot",
        ),
        ("<h1>One</h1><p lang='cy'>Mae eich gwaith yn bwysig</p><p>Mae eich gwaith yn bwysig</p>", "Welsh that is not"),
    ],
)
def test_faults_of_a_page_are_seen(tmp_path: Path, body: str, fault: str) -> None:
    found = [str(each) for each in check_sense.faults(drawn(tmp_path / "page.pdf", body))]
    assert [fault in each for each in found] == [True]


def test_copies_of_a_page_need_no_bookmark(tmp_path: Path) -> None:
    run, other = laid_out("<h1>One</h1><section><h1>Two</h1></section>"), laid_out("<h1>Three</h1>")
    file = tmp_path / "run.pdf"
    again = [*leaves(Part(run)), *leaves(Part(run), "again-", bookmarks=False)]
    file.write_bytes(bind_leaves(run, again))
    assert check_sense.faults(file) == []
    file.write_bytes(bind_leaves(run, [*again, *leaves(Part(other), "other-", bookmarks=False)]))
    assert [str(fault) for fault in check_sense.faults(file)] == ["page 5: the heading “Three” has no bookmark"]


def test_the_numbers_of_a_list_are_no_page_numbers(tmp_path: Path) -> None:
    assert check_sense.faults(drawn(tmp_path / "list.pdf", f"<h1>One</h1>{numbered(range(3, 20, 4))}")) == []
