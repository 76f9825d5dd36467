"""A .pptx that people have edited, read as data: what each slide says, and where.

The file is opened as `package` opens any from outside. What office programs rewrite on saving is not looked at: how
text is cut into runs, sizes, languages, and the numbers and names of placeholders where these are lost.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from kit.render.deck.identity import CUSTOM, alike, digests_in, labels_in, marked
from kit.render.deck.ooxml import A, P, R
from kit.render.deck.package import Package, Part, Refused, open_package, read_xml

MAX_SLIDES = 1000
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_TITLES = ("title", "ctrTitle")
_FEET = ("ftr", "sldNum", "dt", "hdr", "sldImg")
_SHAPES = ("sp", "pic", "graphicFrame", "grpSp", "cxnSp", "contentPart")
_SPACES = {"a": A, "p": P}

Place = tuple[int, int, int, int]
"""Left, top, width and height in English metric units."""


@dataclass(frozen=True)
class Words:
    """The words of a placeholder or a text box, a string for each paragraph that has any.

    `name` is that of the shape, `kind` the type of its placeholder (None for a text box), `box` where it stands on
    the slide as far as that is known.
    """

    name: str
    kind: str | None
    paragraphs: tuple[str, ...]
    box: Place | None = None


@dataclass(frozen=True)
class Grid:
    """A table: the words of each cell, row by row, the header first; paragraphs of a cell with line ends between."""

    name: str
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class DeckSlide:
    """One slide. `number` counts from 1; `id` is empty where the file does not tell it."""

    number: int
    id: str
    title: str
    words: tuple[Words, ...] = ()
    """Without the title, the footer and the slide's number."""
    grids: tuple[Grid, ...] = ()
    notes: tuple[str, ...] = ()
    hidden: bool = False
    drawn: tuple[str, ...] = ()
    """Names of all other shapes: pictures, drawings, charts, groups."""
    built: frozenset[str] = frozenset()
    """Digests of its texts when it was built; empty where the file does not tell."""

    @property
    def texts(self) -> tuple[str, ...]:
        """Everything that it says, and its notes."""
        said = [self.title, *(text for words in self.words for text in words.paragraphs)]
        cells = [line for grid in self.grids for row in grid.rows for cell in row for line in cell.split("\n")]
        return tuple(text for text in (*said, *cells, *self.notes) if text)


@dataclass(frozen=True)
class Deck:
    """A deck as read, and what the file says of how it was built: see `identity.LABELS`."""

    slides: tuple[DeckSlide, ...]
    labels: Mapping[str, str] = field(default_factory=dict)

    @property
    def built(self) -> frozenset[str]:
        """Digests of the ids of the slides that it was built with; empty where the file does not tell."""
        return digests_in(self.labels.get("slides", ""))


def read_back(data: bytes) -> Deck:
    """The deck in a .pptx. Raises Refused, in a facilitator's words, for a file that is none or cannot be trusted."""
    package = open_package(data)
    main = package.parts[package.main]
    root = read_xml(main.data)
    targets = {relation.id: relation.target for relation in main.relations if not relation.external}
    names = [targets.get(str(each.get(f"{{{R}}}id")), "") for each in root.iterfind("p:sldIdLst/p:sldId", _SPACES)]
    if len(names) > MAX_SLIDES:
        raise Refused("It has more slides than any workshop.", f"Give a deck of at most {MAX_SLIDES} slides.")
    slides = tuple(
        _slide(package, package.parts[name], number)
        for number, name in enumerate((name for name in names if name in package.parts), 1)
    )
    if not slides:
        raise Refused("It has no slides.", "Give the deck that you edited.")
    custom = package.parts.get(CUSTOM)
    return Deck(slides, labels_in(read_xml(custom.data)) if custom else {})


def texts_of(slide: Any, notes: Any) -> tuple[str, ...]:
    """What a slide that is being written (`p:sld`) and its page of notes (`p:notes`) will be read back as."""
    return _read(slide, notes, None, 1).texts


def _slide(package: Package, part: Part, number: int) -> DeckSlide:
    def related(kind: str) -> etree._Element | None:
        name = next(iter(part.targets(kind)), "")
        return read_xml(package.parts[name].data) if name in package.parts else None

    return _read(read_xml(part.data), related("notesSlide"), related("slideLayout"), number)


def _read(root: Any, notes: Any, layout: Any, number: int) -> DeckSlide:
    boxes = _boxes(layout) if layout is not None else {}
    title, words, grids, drawn = "", [], [], []
    for shape in _shapes(root):
        holder = shape.find("./*/p:nvPr/p:ph", _SPACES)
        kind = None if holder is None else str(holder.get("type", "obj"))
        if kind in _FEET:
            continue
        name = _name(shape)
        table = next(shape.iter(f"{{{A}}}tbl"), None) if _local(shape) == "graphicFrame" else None
        paragraphs = _paragraphs(shape.find("p:txBody", _SPACES)) if _local(shape) == "sp" else ()
        if table is not None:
            grids.append(Grid(name, tuple(_rows(table))))
        elif kind in _TITLES and not title and paragraphs:
            title = " ".join(paragraphs)
        elif paragraphs:
            index = "" if holder is None else str(holder.get("idx", ""))
            words.append(Words(name, kind, paragraphs, _box(shape) or boxes.get(index)))
        elif kind is None or _local(shape) != "sp":
            # A chart or a picture may stand in a placeholder, and no longer does when LibreOffice has saved it.
            drawn.append(name)
    id, built = _identity(root, notes)
    return DeckSlide(
        number,
        id,
        title,
        tuple(words),
        tuple(grids),
        _notes(notes) if notes is not None else (),
        str(root.get("show", "1")) in ("0", "false"),
        tuple(drawn),
        built,
    )


def _local(element: Any) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _shapes(root: Any) -> Iterator[Any]:
    """The shapes on a slide in reading order; of versions for several programs the first."""
    tree = root.find("p:cSld/p:spTree", _SPACES)
    for child in tree if tree is not None else ():
        if child.tag == f"{_MC}AlternateContent":
            choice = next(iter(child), None)
            yield from (each for each in (choice if choice is not None else ()) if _local(each) in _SHAPES)
        elif _local(child) in _SHAPES:
            yield child


def _name(shape: Any) -> str:
    about = shape.find("./*/p:cNvPr", _SPACES)
    return "" if about is None else str(about.get("name", ""))


def _rows(table: Any) -> Iterator[tuple[str, ...]]:
    for row in table.iterfind("a:tr", _SPACES):
        yield tuple("\n".join(_paragraphs(cell.find("a:txBody", _SPACES))) for cell in row.iterfind("a:tc", _SPACES))


def _paragraphs(body: Any) -> tuple[str, ...]:
    """The words of each paragraph, however it is cut into runs; white space as one blank."""
    found = []
    for paragraph in body.iterfind("a:p", _SPACES) if body is not None else ():
        found_here = paragraph.iter(f"{{{A}}}t", f"{{{A}}}br")
        pieces = [" " if _local(piece) == "br" else str(piece.text or "") for piece in found_here]
        text = " ".join("".join(pieces).replace("_x000B_", " ").split())
        if alike(text):
            found.append(text)
    return tuple(found)


def _notes(notes: Any) -> tuple[str, ...]:
    for shape in _shapes(notes):
        holder = shape.find("./*/p:nvPr/p:ph", _SPACES)
        if holder is not None and holder.get("type") == "body":
            return _paragraphs(shape.find("p:txBody", _SPACES))
    return ()


def _identity(root: Any, notes: Any) -> tuple[str, frozenset[str]]:
    """The id that a slide carries, on its page of notes or as its name, and the digests of its texts."""
    for shape in _shapes(notes) if notes is not None else ():
        found = marked(_name(shape))
        if found is not None:
            return found
    named = str(root.find("p:cSld", _SPACES).get("name", "")) if root.find("p:cSld", _SPACES) is not None else ""
    return (named if "/" in named else ""), frozenset()


def _boxes(layout: Any) -> dict[str, Place]:
    """Where the placeholders of a layout stand, by their index."""
    found = {}
    for shape in _shapes(layout):
        holder = shape.find("./*/p:nvPr/p:ph", _SPACES)
        place = _box(shape)
        if holder is not None and place is not None:
            found[str(holder.get("idx", ""))] = place
    return found


def _box(shape: Any) -> Place | None:
    frame = shape.find("p:spPr/a:xfrm", _SPACES)
    if frame is None:
        frame = shape.find("p:xfrm", _SPACES)
    offset, extent = (frame.find(f"a:{tag}", _SPACES) if frame is not None else None for tag in ("off", "ext"))
    if offset is None or extent is None:
        return None
    try:
        left, top = int(offset.get("x")), int(offset.get("y"))
        return left, top, int(extent.get("cx")), int(extent.get("cy"))
    except (TypeError, ValueError):
        return None
