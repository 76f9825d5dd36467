"""What the validators of the file format miss: parts and ids that lead nowhere, and what a reader cannot use."""

from __future__ import annotations

import io
import posixpath
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import Any
from zipfile import ZipFile

from lxml import etree

from kit.palette import PAIRS, contrast
from kit.render.deck.theme import COLOURS

A = "http://schemas.openxmlformats.org/drawingml/2006/main"
P = "http://schemas.openxmlformats.org/presentationml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
P14 = "http://schemas.microsoft.com/office/powerpoint/2010/main"
NS = {
    "a": A,
    "p": P,
    "p14": P14,
    "adec": "http://schemas.microsoft.com/office/drawing/2017/decorative",
}
SHAPES = ("sp", "pic", "graphicFrame", "grpSp", "cxnSp")
TITLES = ("title", "ctrTitle")
FEET = ("ftr", "sldNum", "dt")


@dataclass(frozen=True)
class Fault:
    """What is wrong (`code`), in which part, and a word more."""

    code: str
    part: str
    detail: str = ""


@dataclass(frozen=True)
class Package:
    """A .pptx taken apart."""

    data: bytes

    @cached_property
    def files(self) -> dict[str, bytes]:
        with ZipFile(io.BytesIO(self.data)) as archive:
            return {name: archive.read(name) for name in archive.namelist()}

    @cached_property
    def names(self) -> list[str]:
        with ZipFile(io.BytesIO(self.data)) as archive:
            return archive.namelist()

    @cached_property
    def xml(self) -> dict[str, Any]:
        return {name: etree.fromstring(data) for name, data in self.files.items() if name.endswith((".xml", ".rels"))}

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Id to (kind, target) of the internal relationships of `part`; the package itself is an empty name."""
        folder, name = posixpath.split(part)
        rels = self.xml.get(posixpath.join(folder, "_rels", f"{name}.rels"))
        found = {}
        for relation in rels if rels is not None else ():
            if relation.get("TargetMode") != "External":
                target = relation.get("Target")
                path = target[1:] if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
                found[relation.get("Id")] = (relation.get("Type").rsplit("/", 1)[-1], path)
        return found

    @cached_property
    def slides(self) -> list[str]:
        relations = self.relations("ppt/presentation.xml")
        listed = self.xml["ppt/presentation.xml"].iterfind("p:sldIdLst/p:sldId", NS)
        return [relations[element.get(f"{{{R}}}id")][1] for element in listed]


def lint(data: bytes) -> list[Fault]:
    """Every fault of a deck."""
    package = Package(data)
    return [
        *_parts(package),
        *_references(package),
        *_sections(package),
        *_titles(package),
        *(fault for part in package.slides for fault in _slide(part, package.xml[part])),
        *(fault for part in package.slides for fault in _notes(package, part)),
        *_languages(package),
        *_contrasts(package),
    ]


def _parts(package: Package) -> Iterator[Fault]:
    for name, times in Counter(package.names).items():
        if times > 1:
            yield Fault("duplicate-entry", name)
    if package.names[0] != "[Content_Types].xml":
        yield Fault("content-types-not-first", package.names[0])
    reached, todo = set(), [""]
    while todo:
        for _, target in package.relations(todo.pop()).values():
            if target in package.files and target not in reached:
                reached.add(target)
                todo.append(target)
    for name in package.files:
        if not name.endswith(".rels") and name != "[Content_Types].xml" and name not in reached:
            yield Fault("orphan-part", name)
    types = package.xml["[Content_Types].xml"]
    for override in types:
        path = override.get("PartName", "/")[1:]
        if path and path not in package.files:
            yield Fault("type-without-part", path)


def _references(package: Package) -> Iterator[Fault]:
    for part, root in package.xml.items():
        if part.endswith(".rels"):
            continue
        relations = package.relations(part)
        for identity, (_, target) in relations.items():
            if target not in package.files:
                yield Fault("dangling-relation", part, identity)
        for element in root.iter():
            for attribute, value in element.attrib.items():
                if str(attribute).startswith(f"{{{R}}}") and value not in relations:
                    yield Fault("dangling-id", part, value)
    masters = [element.get("id") for element in package.xml["ppt/presentation.xml"].iter(f"{{{P}}}sldMasterId")]
    layouts = [e.get("id") for root in package.xml.values() for e in root.iter(f"{{{P}}}sldLayoutId")]
    for identity, times in Counter(masters + layouts).items():
        if times > 1:
            yield Fault("duplicate-layout-id", "ppt/presentation.xml", identity)


def _sections(package: Package) -> Iterator[Fault]:
    root = package.xml["ppt/presentation.xml"]
    slides = [element.get("id") for element in root.iterfind("p:sldIdLst/p:sldId", NS)]
    listed = [element.get("id") for element in root.iter(f"{{{P14}}}sldId")]
    if slides != listed:
        yield Fault("sections", "ppt/presentation.xml", f"{listed} for {slides}")
    for section in root.iter(f"{{{P14}}}section"):
        if not section.get("name"):
            yield Fault("section-without-name", "ppt/presentation.xml")


def _words(element: Any) -> str:
    return "".join(text.text or "" for text in element.iter(f"{{{A}}}t")).strip()


def _kind(shape: Any) -> str | None:
    """The placeholder's type, an empty string for the general kind, None for no placeholder."""
    holder = shape.find("./*/p:nvPr/p:ph", NS)
    return None if holder is None else holder.get("type", "")


def _shapes(root: Any) -> list[Any]:
    return [child for child in root.find("p:cSld/p:spTree", NS) if etree.QName(child).localname in SHAPES]


def _titles(package: Package) -> Iterator[Fault]:
    seen: Counter[str] = Counter()
    for part in package.slides:
        shapes = _shapes(package.xml[part])
        if not shapes or _kind(shapes[0]) not in TITLES:
            yield Fault("title-not-first", part)
        title = next((_words(shape) for shape in shapes if _kind(shape) in TITLES), "")
        if not title:
            yield Fault("no-title", part)
        seen[title] += 1
        if seen[title] > 1:
            yield Fault("duplicate-title", part, title)


def _slide(part: str, root: Any) -> Iterator[Fault]:
    numbers = Counter(element.get("id") for element in root.iter(f"{{{P}}}cNvPr"))
    for number, times in numbers.items():
        if times > 1:
            yield Fault("duplicate-shape-id", part, number)
    for shape in _shapes(root):
        kind, about = _kind(shape), shape.find("./*/p:cNvPr", NS)
        name = about.get("name")
        decorative = about.find(".//adec:decorative", NS) is not None
        if kind is not None and shape.tag == f"{{{P}}}sp" and not _words(shape):
            yield Fault("empty-placeholder", part, name)
        if (kind is None or shape.tag != f"{{{P}}}sp") and not decorative and not about.get("descr"):
            yield Fault("no-alternative-text", part, name)
        if name != "Logo":
            yield from (Fault("hard-colour", part, name) for _ in shape.iter(f"{{{A}}}srgbClr"))
    feet = [kind for kind in map(_kind, _shapes(root)) if kind in FEET]
    if feet and list(map(_kind, _shapes(root)))[-len(feet) :] != feet:
        yield Fault("footer-not-last", part)
    for table in root.iter(f"{{{A}}}tbl"):
        yield from _table(part, table)


def _table(part: str, table: Any) -> Iterator[Fault]:
    if table.find("a:tblPr", NS).get("firstRow") != "1":
        yield Fault("no-header-row", part)
    columns = len(table.findall("a:tblGrid/a:gridCol", NS))
    for row in table.iterfind("a:tr", NS):
        cells = row.findall("a:tc", NS)
        if len(cells) != columns:
            yield Fault("uneven-table", part)
        for cell in cells:
            if not _words(cell):
                yield Fault("blank-cell", part)
            if any(cell.get(merge) for merge in ("gridSpan", "rowSpan", "hMerge", "vMerge")):
                yield Fault("merged-cell", part)


def _notes(package: Package, part: str) -> Iterator[Fault]:
    notes = [target for kind, target in package.relations(part).values() if kind == "notesSlide"]
    if not notes or not _words(package.xml[notes[0]]):
        yield Fault("no-notes", part)


def _languages(package: Package) -> Iterator[Fault]:
    for part, root in package.xml.items():
        if not part.startswith("ppt/"):
            continue
        for run in root.iter(f"{{{A}}}r", f"{{{A}}}fld"):
            properties = run.find("a:rPr", NS)
            if properties is None or properties.get("lang") != "en-GB":
                yield Fault("no-language", part, _words(run))


def _contrasts(package: Package) -> Iterator[Fault]:
    for part, root in package.xml.items():
        if not part.startswith("ppt/theme/"):
            continue
        colours = {etree.QName(e).localname: f"#{e[0].get('val')}" for e in root.iter(f"{{{A}}}clrScheme").__next__()}
        for pair in PAIRS:
            for text, ground in product(_called(pair.text), _called(pair.ground)):
                if contrast(colours[text], colours[ground]) < pair.least:
                    yield Fault("low-contrast", part, f"{text} on {ground}")


def _called(field: str) -> list[str]:
    """What a theme calls a colour of the palette."""
    return [name for name, of in COLOURS.items() if of == field]
