"""Check PDF files for what veraPDF lets pass: `python tests/conformance/check_sense.py FILE.pdf...`

PDF/UA-1 asks a person to judge much that a validator cannot: whether headings skip a level, whether a link says where
it leads, whether what is read out comes in the order in which it stands. What can be judged from the file is judged
here: by file and page, in words. Exit code 0 when every file passes, 1 when one does not, 2 for wrong use.
"""

from __future__ import annotations

import ctypes
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
from pypdfium2 import raw

HEADINGS = {f"/H{level}": level for level in range(1, 7)}
SCHEMES = ("https:", "http:", "mailto:", "tel:")
MARGIN = 0.12
"""The share of a page, at its head and at its foot, in which running lines stand."""
TOLERANCE = 0.5
"""Points by which a figure may pass the edge of its page."""

SAYS_NOTHING = {"here", "click here", "this", "link", "more", "read more", "page", "this page", "yma", "rhagor", "mwy"}
ENGLISH = frozenset(
    [
        "the",
        "and",
        "of",
        "for",
        "with",
        "is",
        "are",
        "was",
        "were",
        "you",
        "your",
        "we",
        "they",
        "them",
        "what",
        "which",
        "who",
        "how",
        "from",
        "this",
        "that",
        "these",
        "those",
        "it",
        "its",
        "an",
        "be",
        "been",
        "has",
        "have",
        "not",
        "one",
        "each",
        "every",
        "when",
        "where",
        "before",
        "after",
        "about",
        "into",
        "their",
        "there",
        "would",
        "should",
        "could",
    ]
)
WELSH = frozenset(
    [
        "yr",
        "yn",
        "ac",
        "gan",
        "mae",
        "eich",
        "chi",
        "wedi",
        "gyda",
        "beth",
        "sy",
        "sydd",
        "ei",
        "eu",
        "pob",
        "neu",
        "nid",
        "dim",
        "hyn",
        "hwn",
        "hon",
        "ond",
        "wrth",
        "bydd",
        "fydd",
        "oedd",
        "i'r",
        "o'r",
        "a'r",
        "â",
        "ar",
        "dros",
        "trwy",
        "drwy",
        "cyn",
        "tra",
        "os",
        "fel",
        "mewn",
        "iddynt",
        "iddo",
        "ydy",
        "yw",
        "bod",
        "fod",
        "cael",
        "mwy",
    ]
)
"""Words that are written in one of the languages alone."""


@dataclass(frozen=True)
class Fault:
    """What is wrong and on which page, from 1; 0 where it is wrong with the whole file."""

    page: int
    what: str

    def __str__(self) -> str:
        return f"page {self.page}: {self.what}" if self.page else self.what


@dataclass(frozen=True)
class Painted:
    """A piece of text in the order in which it is painted: the id of its marked content, None where it is artifact."""

    mcid: int | None
    text: str
    x: float
    y: float
    """Left and lower edge in points, from the foot of the page."""


@dataclass(eq=False)
class Node:
    """A structure element: its kind (`P`), its page from 1, the language that holds for it, and what it holds.

    `kids` are nodes, ids of marked content with their page, and annotations.
    """

    kind: str
    page: int
    language: str
    record: Any
    parent: Node | None
    kids: list[Node | tuple[int, int] | Any] = field(default_factory=list)

    @property
    def nodes(self) -> list[Node]:
        return [kid for kid in self.kids if isinstance(kid, Node)]

    @property
    def annotations(self) -> list[Any]:
        return [kid for kid in self.kids if isinstance(kid, pikepdf.Dictionary)]

    def walk(self) -> Iterator[Node]:
        for node in self.nodes:
            yield node
            yield from node.walk()

    def content(self) -> Iterator[tuple[int, int]]:
        """Page and id of every piece of marked content in it, in reading order."""
        for kid in self.kids:
            if isinstance(kid, Node):
                yield from kid.content()
            elif isinstance(kid, tuple):
                yield kid

    def within(self, kind: str) -> bool:
        return self.parent is not None and (self.parent.kind == kind or self.parent.within(kind))


class Document:
    """A PDF as a screen reader knows it, and as it is painted."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.pdf = pikepdf.open(file)
        self.numbers = {page.obj.objgen: number for number, page in enumerate(self.pdf.pages, 1)}

    @cached_property
    def root(self) -> Node:
        language = str(self.pdf.Root.get("/Lang", ""))
        root = Node("", 0, language, None, None)
        root.kids = list(self._read(self.pdf.Root.StructTreeRoot.get("/K", []), root, 0))
        return root

    def _read(self, kids: Any, parent: Node, page: int) -> Iterator[Any]:
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if isinstance(kid, int):
                yield (page, kid)
                continue
            here = self.numbers[kid.Pg.objgen] if "/Pg" in kid else page
            if kid.get("/Type") == "/OBJR":
                yield kid.Obj
            elif kid.get("/Type") == "/MCR":
                yield (here, int(kid.MCID))
            else:
                node = Node(str(kid.S)[1:], here, str(kid.get("/Lang", parent.language)), kid, parent)
                node.kids = list(self._read(kid.get("/K", []), node, here))
                node.page = here or next((kid.page for kid in node.nodes), 0)
                yield node

    @cached_property
    def painted(self) -> dict[int, list[Painted]]:
        """What is painted on each page, from 1."""
        document = pypdfium2.PdfDocument(self.file)
        try:
            return {number: list(_painted(page)) for number, page in enumerate(document, 1)}
        finally:
            document.close()

    @cached_property
    def texts(self) -> dict[tuple[int, int], str]:
        """The text of every piece of marked content, by page and id."""
        found: dict[tuple[int, int], str] = defaultdict(str)
        for number, pieces in self.painted.items():
            for piece in pieces:
                if piece.mcid is not None:
                    found[number, piece.mcid] += piece.text
        return found

    def text(self, node: Node) -> str:
        """The words of a node, on one line."""
        return tidy("".join(self.texts[place] for place in node.content()))

    def annotations(self) -> Iterator[tuple[int, Any]]:
        for number, page in enumerate(self.pdf.pages, 1):
            for note in page.get("/Annots", []):
                yield number, note


def _painted(page: Any) -> Iterator[Painted]:
    textpage = page.get_textpage()
    for thing in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT], max_depth=8):
        size = raw.FPDFTextObj_GetText(thing, textpage, None, 0)
        buffer = ctypes.create_string_buffer(size)
        raw.FPDFTextObj_GetText(thing, textpage, _wide(buffer), size)
        text = buffer.raw[: max(size - 2, 0)].decode("utf-16-le", errors="replace")
        left, bottom, _, _ = thing.get_bounds()
        mcid = raw.FPDFPageObj_GetMarkedContentID(thing)
        yield Painted(mcid if mcid >= 0 else None, text, left, bottom)


def _wide(buffer: Any) -> Any:
    return ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort))


def tidy(text: str) -> str:
    return " ".join(text.replace("\u00ad", "").replace("\ufffe", "").replace("\x02", "").split())


def attributes(record: Any) -> dict[str, Any]:
    """The attributes of a structure element, whether written as one dictionary or as several."""
    given = record.get("/A", [])
    several = given if isinstance(given, pikepdf.Array) else [given]
    return {key: value for one in several if isinstance(one, pikepdf.Dictionary) for key, value in one.items()}


# The checks --------------------------------------------------------------------------------------


def faults(file: Path) -> list[Fault]:
    """What a reader with a screen reader or a keyboard would stumble over; empty when all is well."""
    document = Document(file)
    with document.pdf:
        found = list(of_the_file(document))
        if "/StructTreeRoot" not in document.pdf.Root:
            return [*found, Fault(0, "the document has no tags")]
        for check in CHECKS:
            found += check(document)
    return list(dict.fromkeys(found))


def of_the_file(document: Document) -> Iterator[Fault]:
    root = document.pdf.Root
    if not str(root.get("/Lang", "")):
        yield Fault(0, "the document has no language")
    if not str(document.pdf.docinfo.get("/Title", "")):
        yield Fault(0, "the document has no title")
    if not root.get("/ViewerPreferences", {}).get("/DisplayDocTitle", False):
        yield Fault(0, "the window would show the name of the file, not the title")
    embedded = {"/FontFile", "/FontFile2", "/FontFile3"}
    for thing in document.pdf.objects:
        is_font = isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/FontDescriptor"
        if is_font and not embedded & set(thing.keys()):
            yield Fault(0, f"the font {thing.get('/FontName', 'without a name')} is not embedded")


def headings(document: Document) -> Iterator[Fault]:
    """They begin at 1, go down one level at a time, and have words."""
    before = 0
    for node in document.root.walk():
        level = HEADINGS.get(f"/{node.kind}")
        if level is None:
            continue
        if level > before + 1:
            what = (
                f"a heading of level {level} follows one of level {before}" if before else "no heading of level 1 first"
            )
            yield Fault(node.page, what)
        if not document.text(node):
            yield Fault(node.page, f"a heading of level {level} has no words")
        before = level


def tables(document: Document) -> Iterator[Fault]:
    """Every header says what it heads, and every row has as many cells as the others."""
    for table in document.root.walk():
        if table.kind != "Table":
            continue
        rows = list(_rows(table))
        if not rows:
            yield Fault(table.page, "a table has no row")
            continue
        for kid in table.nodes:
            if kid.kind not in ("Caption", "THead", "TBody", "TFoot", "TR"):
                yield Fault(table.page, f"a {kid.kind} stands in a table between its rows")
        taken: set[tuple[int, int]] = set()
        widths = []
        for number, row in enumerate(rows):
            column = 0
            for cell in row.nodes:
                if cell.kind not in ("TH", "TD"):
                    yield Fault(row.page, f"a {cell.kind} stands in a row of a table between its cells")
                    continue
                given = attributes(cell.record)
                if cell.kind == "TH" and "/Scope" not in given:
                    yield Fault(cell.page, f"the header cell “{document.text(cell)}” does not say what it heads")
                while (number, column) in taken:
                    column += 1
                across, down = int(given.get("/ColSpan", 1)), int(given.get("/RowSpan", 1))
                taken |= {(number + y, column + x) for y in range(down) for x in range(across)}
                column += across
            while (number, column) in taken:
                column += 1
            widths.append(column)
        if len(set(widths)) > 1:
            yield Fault(table.page, f"a table has rows of {', '.join(map(str, sorted(set(widths))))} cells")
        if max(y for y, _ in taken) >= len(rows):
            yield Fault(table.page, "a cell reaches below the last row of its table")


def _rows(part: Node) -> Iterator[Node]:
    for kid in part.nodes:
        if kid.kind == "TR":
            yield kid
        elif kid.kind in ("THead", "TBody", "TFoot"):
            yield from _rows(kid)


def figures(document: Document) -> Iterator[Fault]:
    """Each has words, and says where on its page it is."""
    for node in document.root.walk():
        if node.kind != "Figure":
            continue
        words = str(node.record.get("/Alt", "")).strip()
        if not words:
            yield Fault(node.page, "a figure has no alternative text")
        box = attributes(node.record).get("/BBox")
        if box is None:
            yield Fault(node.page, f"the figure “{words[:40]}” does not say where it is")
            continue
        left, bottom, right, top = (float(edge) for edge in box)
        sheet = [float(edge) for edge in document.pdf.pages[node.page - 1].MediaBox]
        inside = (
            left >= sheet[0] - TOLERANCE
            and bottom >= sheet[1] - TOLERANCE
            and right <= sheet[2] + TOLERANCE
            and top <= sheet[3] + TOLERANCE
        )
        if not (inside and left < right and bottom < top):
            yield Fault(node.page, f"the figure “{words[:40]}” lies outside its page")


def lists(document: Document) -> Iterator[Fault]:
    """A list holds items, and an item a label and a body."""
    for node in document.root.walk():
        if node.kind == "L":
            for kid in node.nodes:
                if kid.kind not in ("LI", "L", "Caption"):
                    yield Fault(node.page, f"a {kid.kind} stands in a list between its items")
        if node.kind == "LI":
            kinds = [kid.kind for kid in node.nodes]
            if kinds not in (["Lbl", "LBody"], ["LBody"]) or len(node.kids) != len(kinds):
                yield Fault(node.page, f"an item of a list holds {', '.join(kinds) or 'nothing'}")
        home = {"LI": "L", "Lbl": "LI", "LBody": "LI"}.get(node.kind)
        if home and node.parent is not None and node.parent.kind != home:
            yield Fault(node.page, f"a {node.kind} stands in a {node.parent.kind}")


def links(document: Document) -> Iterator[Fault]:
    """Each is one link with words that say where it leads, and leads to the web or within the file."""
    tagged = set()
    for node in document.root.walk():
        if node.kind != "Link":
            continue
        notes = [note for note in node.annotations if note.get("/Subtype") == "/Link"]
        tagged |= {note.objgen for note in notes}
        said = document.text(node) or " ".join(str(kid.record.get("/Alt", "")) for kid in node.walk()).strip()
        if len(notes) != 1:
            yield Fault(node.page, f"the link “{said}” leads nowhere")
            continue
        told = tidy(str(notes[0].get("/Contents", "")))
        target = str(notes[0].get("/Dest", ""))
        if not said:
            yield Fault(node.page, f"a link to {told or target} has no words")
        for words in (said, told):
            if words.lower().strip(".…:") in SAYS_NOTHING:
                yield Fault(node.page, f"the link “{words}” does not say where it leads")
        if not told or (target and told.lstrip("#") == target):
            yield Fault(node.page, f"the link “{said}” is described by the id “{told}”")
    for number, note in document.annotations():
        if note.get("/Subtype") != "/Link":
            continue
        if note.objgen not in tagged or "/StructParent" not in note:
            yield Fault(number, "a link is not in the structure of the document")
        uri = str(note.A.URI) if "/A" in note and "/URI" in note.A else ""
        if "/A" in note and not uri.lower().startswith(SCHEMES):
            yield Fault(number, f"a link leads to {uri}")


def languages(document: Document) -> Iterator[Fault]:
    """What is plainly English is not tagged as Welsh, nor the other way round."""
    for node in document.root.walk():
        if node.kind in ("Span", "NonStruct", "Link", "Figure") and not node.nodes:
            yield from _spoken(node, document)


def _spoken(node: Node, document: Document) -> Iterator[Fault]:
    text = str(node.record.get("/Alt", "")) if node.kind == "Figure" else document.text(node)
    words = re.findall(r"[\w']+", text.lower().replace("’", "'"))
    english, welsh = sum(word in ENGLISH for word in words), sum(word in WELSH for word in words)
    if node.language.startswith("cy") and english > welsh:
        yield Fault(node.page, f"English that is not tagged so: “{text[:80]}”")
    if node.language.startswith("en") and welsh > english:
        yield Fault(node.page, f"Welsh that is not tagged so: “{text[:80]}”")


def artifacts(document: Document) -> Iterator[Fault]:
    """Running lines, page numbers and leaders are not read out; all other text is."""
    known = set(document.root.content())
    names = set(_names(document.root))
    seen: dict[tuple[str, int], set[int]] = defaultdict(set)
    for number, pieces in document.painted.items():
        height = float(document.pdf.pages[number - 1].MediaBox[3])
        # What stands on every card of a sheet is no running line.
        often = Counter(piece.text.strip() for piece in pieces)
        for piece in pieces:
            if piece.mcid is None or not piece.text.strip():
                continue
            if (number, piece.mcid) not in known:
                yield Fault(number, f"“{piece.text.strip()}” is marked as content and not in the structure")
            if re.fullmatch(r"[.․…·_\s]{3,}", piece.text):
                yield Fault(number, f"the leader “{piece.text[:12]}” is read out")
            in_margin = not MARGIN * height < piece.y < (1 - MARGIN) * height
            if in_margin and often[piece.text.strip()] == 1 and (number, piece.mcid) not in names:
                seen[_line(piece, number)].add(number)
    for (text, _), pages in seen.items():
        if len(pages) > max(2, len(document.painted) // 2):
            yield Fault(min(pages), f"the running line “{text[:60]}” is read out on {len(pages)} pages")


def _line(piece: Painted, page: int) -> tuple[str, int]:
    """What a running line is known by: its words and its height on the page.

    Numbers of pages go up with the pages, those of the items of a list do not. Figures are not all of one height.
    """
    text = piece.text.strip()
    return (f"# + {int(text) - page}", 0) if text.isdecimal() else (text, round(piece.y))


def _names(root: Node) -> Iterator[tuple[int, int]]:
    """The content of headings, and of what stands right before one: it says of what kind the thing is."""
    before: Node | None = None
    for node in root.walk():
        if node.kind in KINDS:
            yield from node.content()
            if before is not None and before.page == node.page:
                yield from _block(before).content()
        if any(isinstance(kid, tuple) for kid in node.kids):
            before = node


def _block(node: Node) -> Node:
    inline = node.kind in ("Span", "NonStruct") and node.parent is not None
    return _block(node.parent) if inline and node.parent else node


def forms(document: Document) -> Iterator[Fault]:
    """Every field has a name and a description of its own, is tagged, and is reached by the tab key in turn."""
    tagged = [
        note.objgen
        for node in document.root.walk()
        if node.kind == "Form"
        for note in node.annotations
        if note.get("/Subtype") == "/Widget"
    ]
    widgets = [(number, note) for number, note in document.annotations() if note.get("/Subtype") == "/Widget"]
    for number, note in widgets:
        name = str(note.get("/T", note.get("/Parent", {}).get("/T", "")))
        if not name:
            yield Fault(number, "a field has no name")
        if not str(note.get("/TU", note.get("/Parent", {}).get("/TU", ""))).strip():
            yield Fault(number, f"the field {name} has no description")
        if "/StructParent" not in note or note.objgen not in tagged:
            yield Fault(number, f"the field {name} is not in the structure of the document")
    for name, times in Counter(str(note.get("/T", "")) for _, note in widgets if "/Parent" not in note).items():
        if times > 1:
            yield Fault(0, f"{times} fields are called “{name}”")
    for (number, words), times in Counter((number, str(note.get("/TU", ""))) for number, note in widgets).items():
        if times > 1:
            yield Fault(number, f"{times} fields are described as “{words}”")
    for number in {number for number, _ in document.annotations()}:
        if document.pdf.pages[number - 1].get("/Tabs") != "/S":
            yield Fault(number, "the tab key does not follow the structure")
    order = {objgen: position for position, objgen in enumerate(tagged)}
    positions = [order[note.objgen] for _, note in widgets if note.objgen in order]
    if positions != sorted(positions):
        yield Fault(0, "the fields are not read in the order in which the tab key reaches them")


def bookmarks(document: Document) -> Iterator[Fault]:
    """Each is a heading in the same words, on the same page, in the same order; none of level 1 or 2 is left out.

    A page that stands in the file before, as in a run of many copies, has its bookmarks there.
    """
    titles = [(node.page, squeezed(document.text(node)), node) for node in document.root.walk() if node.kind in KINDS]
    with document.pdf.open_outline() as outline:
        entries = [(page_of(item, document), squeezed(item.title)) for item in _flattened(outline.root)]
    position = 0
    for page, title in entries:
        found = next((at for at in range(position, len(titles)) if titles[at][:2] == (page, title)), None)
        if found is None:
            yield Fault(page, f"the bookmark “{title}” is no heading there, or out of turn")
        else:
            position = found + 1
    marked = Counter(entries)
    if len(document.numbers) > 4 and entries == []:
        yield Fault(0, "a document of many pages has no bookmarks")
    first = _first_copies(document)
    for page, title, node in titles:
        if entries and HEADINGS[f"/{node.kind}"] <= 2 and not (marked[page, title] or marked[first[page], title]):
            yield Fault(page, f"the heading “{title}” has no bookmark")


def _first_copies(document: Document) -> dict[int, int]:
    """For each page the first one that has its words."""
    first: dict[str, int] = {}
    words = {number: " ".join(piece.text for piece in pieces) for number, pieces in document.painted.items()}
    return {number: first.setdefault(said, number) for number, said in words.items()}


KINDS = {kind[1:] for kind in HEADINGS}


def squeezed(text: str) -> str:
    return re.sub(r"\W+", "", text)


def _flattened(items: Sequence[Any]) -> Iterator[Any]:
    for item in items:
        yield item
        yield from _flattened(item.children)


def page_of(item: Any, document: Document) -> int:
    target = item.destination
    return document.numbers.get(target[0].objgen, 0) if isinstance(target, pikepdf.Array) else 0


def readings(document: Document) -> Iterator[Fault]:
    """Nothing is read twice.

    The order of reading is not held against that of painting: CSS paints the bullets of lists, and what is placed
    absolutely, after what stands around them (CSS 2, appendix E). What holds is that both have the words of the HTML,
    and that they are read in its order: tests/pack/test_reading_order.py compares them.
    """
    for (number, _), times in Counter(document.root.content()).items():
        if times > 1:
            yield Fault(number, "something is read twice")


CHECKS = (headings, tables, figures, lists, links, languages, artifacts, forms, bookmarks, readings)


def main(files: Sequence[str]) -> int:
    if not files:
        print(__doc__, file=sys.stderr)
        return 2
    failed = False
    with ProcessPoolExecutor() as pool:
        for file, found in zip(files, pool.map(faults, map(Path, files), chunksize=4), strict=True):
            print(f"{'FAIL' if found else 'ok'} {file}")
            for fault in found:
                print(f"  {fault}")
            failed = failed or bool(found)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
