"""The tags of the PDF, a test for each repair: what a screen reader is told."""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from kit.render import tagging
from kit.render.pdf import Asset, Part, bind, lay_out

FONT = Path(__file__).parents[2] / "templates/shared/fonts/KitText-Regular.ttf"
STYLE = (
    "@font-face { font-family: 'Kit Text'; src: url(kit:fonts/KitText-Regular.ttf) }"
    "@page { size: A5 } html { font-family: 'Kit Text' }"
)
SQUARE = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9" fill="#045"/></svg>'
ASSETS = {
    "fonts/KitText-Regular.ttf": Asset(FONT.read_bytes(), "font/ttf"),
    "square": Asset(SQUARE, "image/svg+xml"),
}


class Tagged:
    """A document with one heading and `body`, written and opened again."""

    def __init__(self, body: str, css: str = "", first: int = 1, copies: int = 1) -> None:
        html = f'<html lang="en-GB"><title>t</title><body><h1 id="top">Top</h1>{body}'
        laid = lay_out(html, [STYLE, css], ASSETS, created=datetime(2026, 11, 23, tzinfo=UTC))
        self.pdf = pikepdf.open(io.BytesIO(bind(copies * [Part(laid, first)])))
        self.root = self.pdf.Root.StructTreeRoot.K[0]

    def nodes(self, kind: str) -> list[Any]:
        return [node for node in descendants(self.root) if str(node.S)[1:] == kind]

    def outline(self) -> str:
        """The structure after the heading, as `L(LI(Lbl LBody(P)))`; spans and what has no meaning left out."""
        return " ".join(outlined(node) for node in list(self.root.K)[1:]).strip()

    def annotations(self) -> list[Any]:
        return [note for page in self.pdf.pages for note in page.get("/Annots", [])]

    def painted(self) -> str:
        return "".join(page.Contents.read_bytes().decode("latin-1") for page in self.pdf.pages)


def children(node: Any) -> list[Any]:
    return [kid for kid in node.get("/K", []) if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]


def descendants(node: Any) -> Iterator[Any]:
    for kid in children(node):
        yield kid
        yield from descendants(kid)


def outlined(node: Any) -> str:
    inner = " ".join(filter(None, (outlined(kid) for kid in children(node))))
    if node.S in ("/Span", "/NonStruct"):
        return inner
    return f"{str(node.S)[1:]}({inner})" if inner else str(node.S)[1:]


SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" {} width="9" height="9"><path d="M0 0h9v9z"/>{}</svg>'


# Decoration --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [
        '<p><img src="kit:square" alt="" style="width: 9px">a</p>',
        '<p><img src="kit:square" role="presentation" alt="x" style="width: 9px">a</p>',
        "<p>" + SVG.format('aria-hidden="true"', "") + "a</p>",
        "<p>" + SVG.format('role="none"', "") + "a</p>",
        '<p class="pseudo">a</p>',
        '<p aria-hidden="true">b <img src="kit:square" alt="x" style="width: 9px"></p><p>a</p>',
        '<p><span aria-hidden="true">b <i>c</i></span>a</p>',
        '<div class="running">b <img src="kit:square" alt="x" style="width: 9px"> <a href="#top">c</a></div><p>a</p>',
    ],
)
def test_decoration_is_not_read_out(body: str) -> None:
    css = (
        ".pseudo::before { content: url(kit:square) } .running { position: running(head) }"
        "@page { @top-left { content: element(head) } @bottom-right { content: 'Page ' counter(page) } }"
    )
    tagged = Tagged(body, css)
    assert tagged.outline() == "P"
    assert tagged.nodes("Figure") == []
    assert tagged.annotations() == []
    # The words of the heading and of the paragraph; whatever else is painted lies in an artifact.
    assert tagged.painted().count("/MCID") == 2
    assert "/Artifact" in tagged.painted()


def test_leaders_are_not_read_out() -> None:
    css = "a[href]::after { content: leader('.') target-counter(attr(href), page) }"
    tagged = Tagged('<p><a href="#top">Top</a></p>', css)
    # Heading, text of the link, page number.
    assert tagged.painted().count("/MCID") == 3


@pytest.mark.parametrize("part", ["thead", "tr", "td"])
def test_a_table_part_is_not_hidden_in_silence(part: str) -> None:
    table = "<table><thead><tr><td>a</td></tr></thead><tbody><tr><td>b</td></tr></tbody></table>"
    with pytest.raises(Exception, match=f"aria-hidden on <{part}>"):
        Tagged(table.replace(f"<{part}>", f'<{part} aria-hidden="true">'))


# Figures -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "figure",
    [
        '<img src="kit:square" alt="A square" style="width: 9px">',
        SVG.format("", "<title>A square</title>"),
        SVG.format('role="img" aria-label="A square"', ""),
        SVG.format('role="img" aria-label="Something else"', "<title>A square</title>"),
    ],
)
def test_a_figure_has_words(figure: str) -> None:
    tagged = Tagged(figure)
    (node,) = tagged.nodes("Figure")
    assert node.Alt == "A square"


def test_a_figure_without_words_is_refused() -> None:
    with pytest.raises(Exception, match="alt"):
        Tagged('<img src="kit:square" style="width: 9px">')


def test_a_figure_says_where_it_is_in_points_from_the_foot() -> None:
    css = ".at { position: absolute; left: 10mm; top: 20mm; width: 30mm; height: 30mm } @page { margin: 0 }"
    tagged = Tagged('<img class="at" src="kit:square" alt="A square">', css)
    (node,) = tagged.nodes("Figure")
    mm = 72 / 25.4
    expected = (10 * mm, (210 - 50) * mm, 40 * mm, (210 - 20) * mm)
    assert [float(edge) for edge in node.A.BBox] == pytest.approx(expected, abs=0.01)


# Language ----------------------------------------------------------------------------------------


def test_a_change_of_language_is_marked() -> None:
    tagged = Tagged('<p>Welcome, or <span lang="cy">croeso</span></p><div lang="gd"><p>Fàilte</p></div>')
    languages = {str(node.S): str(node.Lang) for node in descendants(tagged.root) if "/Lang" in node}
    assert languages == {"/Span": "cy", "/Div": "gd"}


# Lists -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "outline"),
    [
        ("<ul><li>a</ul>", "L(LI(Lbl LBody))"),
        ("<ul><li><p>a</p></ul>", "L(LI(Lbl LBody(P)))"),
        ("<ul><li><div>a</div><p>b</p></ul>", "L(LI(Lbl LBody(Div P)))"),
        ("<ul><li>a<p>b</p>c</ul>", "L(LI(Lbl LBody(P)))"),
        ("<ol style='list-style: none'><li><p>a</p></ol>", "L(LI(LBody(P)))"),
        ("<ul><li><p>a</p><ul><li>b</ul></ul>", "L(LI(Lbl LBody(P)) L(LI(Lbl LBody)))"),
        ("<dl><dt>a<dd><p>b</p></dl>", "L(LI(Lbl LBody(P)))"),
        ("<dl><div><dt>a<dd>b<dd><p>c</p></div><div><dt>d<dd>e</div></dl>", "L(LI(Lbl LBody(P)) LI(Lbl LBody))"),
        ("<dl><dd>a<dt>b<dd><ul><li>c</ul></dl>", "L(LI(LBody) LI(Lbl LBody(L(LI(Lbl LBody)))))"),
    ],
)
def test_list_items_hold_label_and_body(body: str, outline: str) -> None:
    tagged = Tagged(body)
    assert tagged.outline() == outline
    for node in descendants(tagged.root):
        for kid in children(node):
            assert kid.P.objgen == node.objgen


# Tables ------------------------------------------------------------------------------------------


def scopes(table: str) -> dict[int, list[str]]:
    tagged = Tagged(table)
    rows = tagged.nodes("TR")
    return {number: [str(cell.A.Scope) for cell in children(row) if cell.S == "/TH"] for number, row in enumerate(rows)}


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ("<table><thead><tr><th>a<th>b<tbody><tr><td>1<td>2</table>", {0: ["/Column", "/Column"], 1: []}),
        ("<table><tr><th>a<th>b<tr><th>r<td>1</table>", {0: ["/Column", "/Column"], 1: ["/Row"]}),
        ("<table><tr><th>r<td>1<tr><th>s<td>2</table>", {0: ["/Row"], 1: ["/Row"]}),
        ("<table><tr><td><th>b<tr><th>r<td>1</table>", {0: ["/Column"], 1: ["/Row"]}),
        ("<table><tr><th scope=row>a<th>b</table>", {0: ["/Row", "/Column"]}),
    ],
)
def test_header_cells_say_what_they_head(table: str, expected: dict[int, list[str]]) -> None:
    assert scopes(table) == expected


def test_cells_of_a_plain_table_name_their_headers() -> None:
    tagged = Tagged("<table><tr><th>a<th>b<tr><th>r<td>1</table>")
    (cell,) = tagged.nodes("TD")
    ids = {str(head.ID) for head in tagged.nodes("TH")}
    assert len(cell.A.Headers) == 2
    assert {str(id) for id in cell.A.Headers} < ids


def test_cells_that_span_leave_the_headers_to_scope() -> None:
    tagged = Tagged(
        "<table><caption>c</caption><thead><tr><th colspan=2 rowspan=2>a<th>b<tr><th>c"
        "<tbody><tr><th rowspan=2>r<td>1<td>2<tr><td>3<td>4</table>"
    )
    assert all("/Headers" not in cell.A for cell in tagged.nodes("TD"))
    assert all("/Scope" in cell.A for cell in tagged.nodes("TH"))


LONG = (
    "<table><thead><tr><th>h<th>i</thead>"
    + "".join(f"<tbody>{''.join(f'<tr><th>{n}<td>d' for n in range(20))}</tbody>" for _ in range(3))
    + "</table>"
)
IN_ONE = "Table(THead(TR(TH TH)) " + " ".join(3 * [f"TBody({' '.join(20 * ['TR(TH TD)'])})"]) + ")"


def pages_of(tagged: Tagged, kind: str) -> set[int]:
    numbers = {page.obj.objgen: number for number, page in enumerate(tagged.pdf.pages)}
    return {numbers[node.Pg.objgen] for node in tagged.nodes(kind)}


def test_a_table_that_runs_over_several_pages_is_one_table_with_one_head() -> None:
    tagged = Tagged(f"<section><div>{LONG}</div></section><section><p>After</p></section>")
    assert len(tagged.pdf.pages) > 2
    # Nor is anything left of what stood around it on the pages after the first.
    assert tagged.outline() == f"Sect(Div({IN_ONE})) Sect(P)"
    assert pages_of(tagged, "TR") == set(range(len(tagged.pdf.pages)))
    for node in descendants(tagged.root):
        for kid in children(node):
            assert kid.P.objgen == node.objgen
    # What a cell names as its head is in the structure, where it names any.
    ids = {str(head.ID) for head in tagged.nodes("TH") if "/ID" in head}
    assert {str(id) for cell in tagged.nodes("TD") for id in cell.A.get("/Headers", [])} <= ids
    # 60 rows of 2 cells, the head, what is around the table. Heads are painted on the other pages too, as artifacts.
    assert tagged.painted().count("/MCID") == 2 * 60 + 2 + 2
    assert tagged.painted().count("/Artifact") >= 2 * (len(tagged.pdf.pages) - 1)


def test_a_row_that_a_page_break_parts_is_one_row() -> None:
    words = "<br>".join(60 * ["a"])
    tagged = Tagged(f"<table><thead><tr><th>h<th>i</thead><tbody><tr><th>r<td>{words}<tr><th>s<td>b</tbody></table>")
    assert len(tagged.pdf.pages) > 1
    assert tagged.outline() == "Table(THead(TR(TH TH)) TBody(TR(TH TD) TR(TH TD)))"


def test_a_table_without_a_head_is_one_table_too() -> None:
    tagged = Tagged(f"<table>{''.join(60 * ['<tr><td>a<td>b'])}</table>")
    assert len(tagged.pdf.pages) > 1
    assert tagged.outline() == f"Table(TBody({' '.join(60 * ['TR(TD TD)'])}))"


def test_pages_from_the_middle_of_a_table_have_its_head() -> None:
    tagged = Tagged(LONG, first=2)
    assert outlined(tagged.root.K[0]).startswith("Table(THead(TR(TH TH)) TBody(TR(TH TD) ")
    assert len(tagged.nodes("Table")) == len(tagged.nodes("THead")) == 1


def test_each_copy_of_a_table_in_a_file_is_a_table_of_its_own() -> None:
    tagged = Tagged(LONG, copies=2)
    assert [outlined(table) for table in tagged.nodes("Table")] == [IN_ONE, IN_ONE]


# Links -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "outline"),
    [
        ('<p><a href="#top"><img src="kit:square" alt="x" style="width: 9px"></a></p>', "P(Link(Figure))"),
        ('<p><a href="#top">a <em>b</em> <span>c</span></a></p>', "P(Link)"),
        ('<a href="#top" style="display: block"><p>a</p><p>b</p></a>', "Link(P P)"),
        ('<ul><li><a href="#top" style="display: block">a</a></ul>', "L(LI(Lbl LBody(Link)))"),
        ('<p><a>a</a> <a href="#top">b</a></p>', "P(Link)"),
    ],
)
def test_a_link_is_one_link(body: str, outline: str) -> None:
    css = "a[href]::after { content: ' (page ' target-counter(attr(href), page) ')' }"
    tagged = Tagged(body, css)
    assert tagged.outline() == outline
    (note,) = tagged.annotations()
    (link,) = tagged.nodes("Link")
    (reference,) = (kid for kid in link.K if isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/OBJR")
    assert reference.Obj.objgen == note.objgen


@pytest.mark.parametrize(
    ("link", "words"),
    [
        ('<a href="#top">Back to the <em>top</em></a>', "Back to the top"),
        ('<a href="#top" title="To the first page">Back</a>', "To the first page"),
        ('<a href="https://www.example.org/" aria-label="An example">here</a>', "An example"),
        ('<a href="https://www.example.org/">here</a>', "https://www.example.org/"),
    ],
)
def test_a_link_is_described_in_words(link: str, words: str) -> None:
    tagged = Tagged(f"<p>{link}</p>")
    (note,) = tagged.annotations()
    assert note.Contents == words


# Versions ----------------------------------------------------------------------------------------


def test_an_engine_that_the_repairs_were_not_written_for_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tagging, "VERSIONS", {"weasyprint": "71.0"})
    with pytest.raises(tagging.OtherEngine, match=r"71\.0"):
        tagging.install.__wrapped__()


def test_whoever_has_another_engine_is_told_what_to_install() -> None:
    # In a process of its own: in this one the repairs are in place.
    script = (
        "from kit.render import pdf, tagging\n"
        "tagging.VERSIONS = {'weasyprint': '71.0', 'pydyf': '0.13.0'}\n"
        "try: pdf.engine_versions()\n"
        "except pdf.MissingLibrary as error: print(error)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=FONT.parents[3], capture_output=True, text=True)
    assert "weasyprint 71.0, the one version whose tags" in done.stdout, done.stderr
    assert done.stdout.strip().endswith("-m pip install weasyprint==71.0 pydyf==0.13.0")


def test_the_repairs_are_put_in_place_once() -> None:
    Tagged("<p>a</p>")
    before = tagging.install.cache_info().misses
    tagging.install()
    assert tagging.install.cache_info().misses == before
