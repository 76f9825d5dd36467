"""Repairs of WeasyPrint 70's tagging, so that every PDF conforms to PDF/UA-1 (ISO 14289-1).

Each repair names the clause that it serves. They wrap functions which WeasyPrint does not promise to
keep, so `install` refuses any version but those that they were written for. Facts about a box that
only these repairs need are kept on the box itself, under names that begin with `kit_`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from importlib import import_module
from typing import Any

VERSIONS = {"weasyprint": "70.0", "pydyf": "0.13.0"}
"""What the repairs were written for and tested with."""

_SVG = "{http://www.w3.org/2000/svg}"
_POINTS = 0.75
"""Points in a CSS pixel."""


def prepare(root: Any) -> None:
    """Complete the HTML tree `root` in place, before layout, where that is simpler than to repair the tags."""
    for table in root.iter("table"):
        _scope_headers(table)
    for svg in root.iter(f"{_SVG}svg"):
        _name_drawing(svg)


class OtherEngine(Exception):
    """What is installed is not what the repairs were written for. `found` says what is, `wanted` what it should be."""

    def __init__(self, found: str, wanted: str) -> None:
        self.found = found
        self.wanted = wanted
        super().__init__(f"the tags of {wanted} are repaired here, not those of {found}")


@lru_cache(maxsize=1)
def install() -> None:
    """Put the repairs in place, once for the process. Raises `OtherEngine` for a version they were not written for."""
    for name, version in VERSIONS.items():
        found = import_module(name).__version__
        if found != version:
            raise OtherEngine(f"{name} {found}", f"{name} {version}")
    document: Any = import_module("weasyprint.document")
    stream: Any = import_module("weasyprint.pdf.stream")
    tags: Any = import_module("weasyprint.pdf.tags")
    document.Page.__init__ = _artifacts_found(document.Page.__init__)
    document.Page.paint = _links_remembered(document.Page.paint)
    document.Document.write_pdf = _tables_continued(document.Document.write_pdf)
    stream.Stream.marked = _artifacts_painted(stream.Stream.marked)
    tags._build_box_tree = _structure_repaired(tags._build_box_tree)
    pdf: Any = import_module("weasyprint.pdf")
    pdf.add_tags = _pages_known(pdf.add_tags)


# Before layout -----------------------------------------------------------------------------------


def _scope_headers(table: Any) -> None:
    """Every header cell says what it heads: PDF/UA-1, 7.5.

    WeasyPrint takes a TH without `scope` for the head of its column wherever it stands. Here one that
    opens a row of the table's body heads the row.
    """
    for row in table.iter("tr"):
        cells = [cell for cell in row if cell.tag in ("th", "td")]
        heads_only = all(cell.tag == "th" for cell in cells)
        for position, cell in enumerate(cells):
            if cell.tag == "th" and cell.get("scope") is None:
                cell.set("scope", "row" if position == 0 and not heads_only else "col")


def _name_drawing(svg: Any) -> None:
    """An inline drawing named by `aria-label` alone gets its alternative text: PDF/UA-1, 7.3.

    WeasyPrint reads the name from a `<title>` child and nowhere else.
    """
    label = svg.get("aria-label")
    if label and svg.find(f"{_SVG}title") is None:
        title = svg.makeelement(f"{_SVG}title", {})
        title.text = label
        svg.insert(0, title)


# Artifacts ---------------------------------------------------------------------------------------


def _artifacts_found(init: Callable[..., None]) -> Callable[..., None]:
    """Find what is decoration, as soon as a page is laid out: PDF/UA-1, 7.1 and 7.8.

    Decoration is a running header or footer, a leader, an image with an empty `alt`, an image that a
    stylesheet put there, and anything under `aria-hidden`. Its links are dropped. Of links within a link
    only the outermost stays: WeasyPrint makes one for each box on the way down.
    """

    def wrapped(self: Any, page_box: Any) -> None:
        init(self, page_box)
        with_link = {id(box) for _, _, _, box in self.links}
        dropped: set[int] = set()
        self.kit_tables = []
        _mark(page_box, False, False, with_link, dropped, self.kit_tables)
        self.links = [link for link in self.links if id(link[3]) not in dropped]

    return wrapped


def _mark(
    box: Any, in_artifact: bool, in_link: bool, with_link: set[int], dropped: set[int], tables: list[Any]
) -> None:
    in_artifact = in_artifact or _is_decoration(box)
    box.kit_artifact = in_artifact
    if box.is_table_wrapper and not in_artifact:
        tables.append(box)
    if id(box) in with_link:
        if in_artifact or in_link:
            dropped.add(id(box))
        in_link = True
    for child in box.all_children():
        _mark(_placed(child), in_artifact, in_link, with_link, dropped, tables)


def _is_decoration(box: Any) -> bool:
    boxes: Any = import_module("weasyprint.formatting_structure.boxes")
    if isinstance(box, boxes.MarginBox) or box.is_leader:
        return True
    element = box.element
    if element is None or not isinstance(element.tag, str):
        return False
    if isinstance(box, boxes.ReplacedBox) and box.element_tag != element.tag:
        return True
    if element.get("aria-hidden") == "true":
        return True
    if element.tag == "img" and element.get("alt") == "":
        return True
    return element.tag in ("img", f"{_SVG}svg") and element.get("role") in ("presentation", "none")


def _artifacts_painted(marked: Callable[..., Any]) -> Callable[..., Any]:
    """Paint decoration as an Artifact instead of as content: PDF/UA-1, 7.1."""

    @contextmanager
    def wrapped(self: Any, box: Any, tag: str) -> Iterator[None]:
        with self.artifact() if _is_artifact(box) else marked(self, box, tag):
            yield

    return wrapped


def _is_artifact(box: Any) -> bool:
    return getattr(box, "kit_artifact", False) or getattr(box, "kit_repeated", False)


# Pages that are there several times ---------------------------------------------------------------


def _links_remembered(paint: Callable[..., None]) -> Callable[..., None]:
    """Each page knows the annotations of its own links: PDF/UA-1, 7.18.5.

    WeasyPrint leaves them with the boxes, which copies of a page have in common.
    """

    def wrapped(self: Any, stream: Any, scale: float = 1) -> None:
        self.kit_annotations = [(box, box.link_annotation) for _, _, _, box in self.links]
        paint(self, stream, scale)

    return wrapped


def _pages_known(add_tags: Callable[..., None]) -> Callable[..., None]:
    """Let the repair of the tree know the pages that it is made from."""

    def wrapped(pdf: Any, document: Any, *rest: Any) -> None:
        pdf.kit_pages = document.pages
        pdf.kit_tables = {}
        pdf.kit_continued = 0
        add_tags(pdf, document, *rest)

    return wrapped


# Tables that run over several pages ---------------------------------------------------------------


def _tables_continued(write_pdf: Callable[..., Any]) -> Callable[..., Any]:
    """Find the tables that go on from the page before. Their heads, repeated for the eye, are artifacts: PDF/UA-1, 7.1.

    WeasyPrint makes a table of its own of what is on each page. Which pages a file has is known when it is written: a
    file may begin in the middle of a table, and may hold a page several times.
    """

    def wrapped(self: Any, *arguments: Any, **options: Any) -> Any:
        # By the element of each table, whether it has had a head yet.
        begun: dict[Any, bool] = {}
        before = -1
        for page in self.pages:
            number, here = page._page_box.page_type.index, dict[Any, bool]()
            if number != before + 1:
                begun = {}
            for table in page.kit_tables:
                element, head = table.element, _head(table)
                table.kit_continues = element in here or element in begun
                has_head = here.get(element, False) or begun.get(element, False)
                if head is not None:
                    _repeat(head, has_head)
                here[element] = has_head or head is not None
            begun, before = here, number
        return write_pdf(self, *arguments, **options)

    return wrapped


def _head(wrapper: Any) -> Any:
    """The rows at the head of a table on a page; None where it has none there."""
    table = wrapper.get_wrapped_table()
    return next((group for group in table.children if group.is_header), None) if table else None


def _repeat(box: Any, repeated: bool) -> None:
    box.kit_repeated = repeated
    # WeasyPrint notes on the structure element of each header cell what the others call it by.
    box.mark = {}
    for child in box.all_children():
        _repeat(_placed(child), repeated)


# The structure tree ------------------------------------------------------------------------------


def _structure_repaired(build: Callable[..., Iterator[Any]]) -> Callable[..., Iterator[Any]]:
    """Correct each structure element as it is made; WeasyPrint calls this for every box, from the page down."""

    def wrapped(
        box: Any, parent: Any, pdf: Any, page: int, nums: Any, annotations: list[Any], tags: Any
    ) -> Iterator[Any]:
        box = _placed(box)
        if _is_artifact(box):
            return
        if isinstance(box, _page_box()):
            for linked, annotation in pdf.kit_pages[page].kit_annotations:
                linked.link_annotation = annotation
        element = box.element
        continued = pdf.kit_continued
        made = build(box, parent, pdf, page, nums, annotations, tags)
        if element is None or element.tag in ("html", "body"):
            # These make no node of their own: what comes out has been repaired further down.
            for node in made:
                _set_language_of_page(node, element, pdf)
                yield node
            return
        for node in made:
            node.kit_term = element.tag == "dt"
            _demote_empty_link(node, box)
            if box.element_tag == element.tag:
                node.kit_element = element
                _repair(node, box, pdf, page)
            if node["S"] == "/Table":
                begun = pdf.kit_tables.get(element) if getattr(box, "kit_continues", False) else None
                if begun is not None:
                    _continue(begun, node, pdf)
                    _drop_headers(begun, pdf)
                    pdf.kit_continued += 1
                    continue
                pdf.kit_tables[element] = node
            # What held nothing on this page but the rest of a table holds nothing now.
            if node["K"] or pdf.kit_continued == continued:
                yield node

    return wrapped


def _repair(node: Any, box: Any, pdf: Any, page: int) -> None:
    _set_language(node, box.element)
    _describe_link(box)
    if node["S"] == "/TH":
        _set_scope(node, box.element)
    elif node["S"] == "/Table":
        _drop_guessed_headers(node, pdf)
    elif node["S"] == "/Figure":
        _set_figure_box(node, pdf, page)
    elif node["S"] == "/LI":
        _gather_body(node, pdf)
    elif node["S"] == "/L" and box.element.tag == "dl":
        _pair_terms(node, pdf)


def _demote_empty_link(node: Any, box: Any) -> None:
    """What leads nowhere by itself is no Link: PDF/UA-1, 7.18.5.

    So it is with text that a stylesheet adds to a link, with the box around the lines of a link that is a
    block, and with a link to a page that is not in the file.
    """
    if node["S"] == "/Link" and box.link_annotation is None:
        node["S"] = "/Span"


def _set_language_of_page(node: Any, element: Any, pdf: Any) -> None:
    """Pages in another language than the file's own say so on each of their top-level nodes: PDF/UA-1, 7.2."""
    language = element.get("lang") if element is not None else None
    if language and language != pdf.catalog["Lang"].string and "Lang" not in node:
        node["Lang"] = _pydyf().String(language)


def _set_language(node: Any, element: Any) -> None:
    """A change of language is marked where it happens: PDF/UA-1, 7.2."""
    language = element.get("lang") or element.get("{http://www.w3.org/XML/1998/namespace}lang")
    if language:
        node["Lang"] = _pydyf().String(language)


def _set_scope(node: Any, element: Any) -> None:
    """A header cell says whether it heads a row or a column: PDF/UA-1, 7.5."""
    node["A"]["Scope"] = "/Row" if element.get("scope") in ("row", "rowgroup") else "/Column"


def _drop_guessed_headers(table: Any, pdf: Any) -> None:
    """Where cells span rows or columns, `Scope` alone says what heads what: PDF/UA-1, 7.5.

    WeasyPrint's lists of header cells take no account of a row that an earlier one reaches into.
    """
    if any("RowSpan" in cell["A"] or "ColSpan" in cell["A"] for cell in _cells(table, pdf)):
        _drop_headers(table, pdf)


def _drop_headers(table: Any, pdf: Any) -> None:
    """Leave it to `Scope`: WeasyPrint's lists may name a head that is not in the structure."""
    for cell in _cells(table, pdf):
        cell["A"].pop("Headers", None)


def _continue(part: Any, rest: Any, pdf: Any) -> None:
    """Put the rest of a table where it began, and of a row or a cell that a page break parts: PDF/UA-1, 7.5."""
    if part["S"] in ("/TH", "/TD", "/Caption"):
        _move(rest, part, pdf)
        return
    begun = {own.kit_element: own for own in (_object(pdf, reference) for reference in part["K"])}
    for reference in rest["K"]:
        kid = _object(pdf, reference)
        if kid.kit_element in begun:
            _continue(begun[kid.kit_element], kid, pdf)
        else:
            kid["P"] = part.reference
            part["K"].append(reference)


def _cells(part: Any, pdf: Any) -> Iterator[Any]:
    for reference in part["K"]:
        node = _object(pdf, reference)
        if node["S"] in ("/TH", "/TD"):
            yield node
        elif node["S"] in ("/THead", "/TBody", "/TFoot", "/TR"):
            yield from _cells(node, pdf)


def _set_figure_box(node: Any, pdf: Any, page: int) -> None:
    """The bounds of a figure in the space of the page, from its foot, in points: ISO 32000-1, 14.8.5.4.3.

    WeasyPrint gives them in pixels from the top of the page.
    """
    _, bottom, _, top = pdf.objects[pdf.pages["Kids"][::3][page]]["MediaBox"]
    height = bottom + top
    x1, y1, x2, y2 = node["A"]["BBox"]
    node["A"]["BBox"] = _pydyf().Array((x1 * _POINTS, height - y2 * _POINTS, x2 * _POINTS, height - y1 * _POINTS))


def _gather_body(item: Any, pdf: Any) -> None:
    """A list item holds a label and a body and nothing else: PDF/UA-1, 7.2.

    WeasyPrint makes a body of bare text only; a paragraph or a block comes to stand beside the label.
    """
    nodes = [(reference, _object(pdf, reference)) for reference in item["K"]]
    content = [(reference, node) for reference, node in nodes if node["S"] != "/Lbl"]
    if all(node["S"] == "/LBody" for _, node in content):
        return
    pydyf = _pydyf()
    body = pydyf.Dictionary(
        {
            "Type": "/StructElem",
            "S": "/LBody",
            "K": pydyf.Array([reference for reference, _ in content]),
            "Pg": item["Pg"],
            "P": item.reference,
        }
    )
    pdf.add_object(body)
    for _, node in content:
        node["P"] = body.reference
        if node["S"] == "/LBody":
            node["S"] = "/NonStruct"
    labels = [reference for reference, node in nodes if node["S"] == "/Lbl"]
    item["K"] = pydyf.Array([*labels, body.reference])


def _pair_terms(terms: Any, pdf: Any) -> None:
    """A term and what is said of it are the label and the body of one item: PDF/UA-1, 7.2.

    WeasyPrint makes an item of each, and leaves a `<div>` around a pair between the list and its items.
    """
    items: list[Any] = []
    for item in _items(terms, pdf):
        item["P"] = terms.reference
        body = _object(pdf, item["K"][-1])
        if item.kit_term:
            body["S"] = "/Lbl"
        elif items and items[-1].kit_term:
            term = items[-1]
            if len(term["K"]) == 1:
                body["P"] = term.reference
                term["K"].append(body.reference)
            else:
                _move(body, _object(pdf, term["K"][-1]), pdf)
            continue
        items.append(item)
    terms["K"] = _pydyf().Array([item.reference for item in items])


def _items(part: Any, pdf: Any) -> Iterator[Any]:
    for reference in part["K"]:
        node = _object(pdf, reference)
        if node["S"] == "/LI":
            yield node
        else:
            yield from _items(node, pdf)


def _move(body: Any, into: Any, pdf: Any) -> None:
    for reference in body["K"]:
        _object(pdf, reference)["P"] = into.reference
        into["K"].append(reference)


def _describe_link(box: Any) -> None:
    """A link is described in words: PDF/UA-1, 7.18.5. WeasyPrint describes one by the id that it leads to."""
    annotation = box.link_annotation
    if annotation is None:
        return
    label = box.element.get("aria-label") or box.element.get("title")
    if not label and "Dest" in annotation:
        label = " ".join("".join(box.element.itertext()).split())
    if label:
        annotation["Contents"] = _pydyf().String(label)


def _object(pdf: Any, reference: Any) -> Any:
    return pdf.objects[int(reference.split()[0])]


def _placed(box: Any) -> Any:
    """The box itself where an absolutely placed one is only stood for in the tree."""
    return getattr(box, "_box", box)


@lru_cache(maxsize=1)
def _page_box() -> type:
    box: type = import_module("weasyprint.formatting_structure.boxes").PageBox
    return box


@lru_cache(maxsize=1)
def _pydyf() -> Any:
    return import_module("pydyf")
