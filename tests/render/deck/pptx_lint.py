"""What the validators of the file format miss: parts and ids that lead nowhere, and what a reader cannot use."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any

from lxml import etree
from pptx_package import FEET, NS, P14, TITLES, A, Fault, P, Package, R, kind_of, shapes_of, words_of
from pptx_sight import on_slide

from kit.palette import PAIRS, contrast
from kit.render.deck.theme import COLOURS

__all__ = ["Fault", "Package", "lint"]


def lint(data: bytes, quotations: Mapping[str, str] | None = None, ours: bool = True) -> list[Fault]:
    """Every fault of a deck. `quotations` gives the speaker of each that may be shown, by its exact words.

    What stands in layouts and in the theme is judged where they are `ours`, and not those of a trust's template.
    """
    package = Package(data)
    return [
        *_parts(package),
        *_references(package),
        *_sections(package),
        *_titles(package),
        *(fault for part in package.slides for fault in _slide(part, package.xml[part])),
        *(fault for part in package.slides for fault in _notes(package, part)),
        *_languages(package, ours),
        *(_contrasts(package) if ours else ()),
        *_counts(package),
        *(fault for part in package.slides for fault in _on_its_own(package, part)),
        *(fault for part in package.slides for fault in on_slide(package, part)),
        *(fault for part in package.slides for fault in _told(package, part)),
        *(fault for part in package.slides for fault in _quoted(package, part, quotations)),
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
        relations, outward = package.relations(part), package.outward(part)
        for identity, (_, target) in relations.items():
            if target not in package.files:
                yield Fault("dangling-relation", part, identity)
        for element in root.iter():
            for attribute, value in element.attrib.items():
                if str(attribute).startswith(f"{{{R}}}") and value not in {*relations, *outward}:
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


def _titles(package: Package) -> Iterator[Fault]:
    seen: Counter[str] = Counter()
    for part in package.slides:
        shapes = shapes_of(package.xml[part])
        if not shapes or kind_of(shapes[0]) not in TITLES:
            yield Fault("title-not-first", part)
        title = next((words_of(shape) for shape in shapes if kind_of(shape) in TITLES), "")
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
    for shape in shapes_of(root):
        kind, about = kind_of(shape), shape.find("./*/p:cNvPr", NS)
        name = about.get("name")
        decorative = about.find(".//adec:decorative", NS) is not None
        if kind is not None and shape.tag == f"{{{P}}}sp" and not words_of(shape):
            yield Fault("empty-placeholder", part, name)
        if (kind is None or shape.tag != f"{{{P}}}sp") and not decorative and not about.get("descr"):
            yield Fault("no-alternative-text", part, name)
        if name != "Logo":
            yield from (Fault("hard-colour", part, name) for _ in shape.iter(f"{{{A}}}srgbClr"))
    feet = [kind for kind in map(kind_of, shapes_of(root)) if kind in FEET]
    if feet and list(map(kind_of, shapes_of(root)))[-len(feet) :] != feet:
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
            if not words_of(cell):
                yield Fault("blank-cell", part)
            if any(cell.get(merge) for merge in ("gridSpan", "rowSpan", "hMerge", "vMerge")):
                yield Fault("merged-cell", part)


def _notes(package: Package, part: str) -> Iterator[Fault]:
    notes = [target for kind, target in package.relations(part).values() if kind == "notesSlide"]
    if not notes or not words_of(package.xml[notes[0]]):
        yield Fault("no-notes", part)


def _languages(package: Package, ours: bool) -> Iterator[Fault]:
    """Runs in no language, or in another than the deck says it is in."""
    stated = package.xml["docProps/core.xml"].findtext("dc:language", None, NS)
    if not stated:
        yield Fault("no-language", "docProps/core.xml")
    for part, root in package.xml.items():
        if not part.startswith("ppt/" if ours else ("ppt/slides/", "ppt/notesSlides/", "ppt/charts/")):
            continue
        for run in root.iter(f"{{{A}}}r", f"{{{A}}}fld"):
            properties = run.find("a:rPr", NS)
            if properties is None or properties.get("lang") not in (stated, "en-GB"):
                yield Fault("no-language", part, words_of(run))


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


def _counts(package: Package) -> Iterator[Fault]:
    """Counts that the file gives of itself are right, or are not given."""
    about = package.xml.get("docProps/app.xml")
    hidden = sum(package.xml[part].get("show") == "0" for part in package.slides)
    notes = sum(name.startswith("ppt/notesSlides/notesSlide") for name in package.files)
    for name, count in (("Slides", len(package.slides)), ("Notes", notes), ("HiddenSlides", hidden)):
        given = about.findtext(f"ep:{name}", None, NS) if about is not None else None
        if given is not None and int(given) != count:
            yield Fault("wrong-count", "docProps/app.xml", f"{name}: {given} for {count}")


def _on_its_own(package: Package, part: str) -> Iterator[Fault]:
    """Nothing advances by itself, and what jumps leads to a slide."""
    root = package.xml[part]
    for transition in root.iter(f"{{{P}}}transition"):
        if transition.get("advTm") is not None or transition.get("advClick") == "0":
            yield Fault("advances-by-itself", part)
    relations = package.relations(part)
    for link in root.iter(f"{{{A}}}hlinkClick"):
        if link.get("action") == "ppaction://hlinksldjump":
            kind, target = relations.get(link.get(f"{{{R}}}id"), ("", ""))
            if kind != "slide" or target not in package.slides:
                yield Fault("jump-to-nowhere", part, target)


def _told(package: Package, part: str) -> Iterator[Fault]:
    """What the notes say is not on the slide too: it is the facilitator's."""
    shown = " ".join(words_of(shape) for shape in shapes_of(package.xml[part]))
    notes = [target for kind, target in package.relations(part).values() if kind == "notesSlide"]
    for paragraph in (p for note in notes for p in package.xml[note].iter(f"{{{A}}}p")):
        said = words_of(paragraph)
        if len(said.split()) >= 5 and said in shown:
            yield Fault("notes-on-slide", part, said)


def _quoted(package: Package, part: str, quotations: Mapping[str, str] | None) -> Iterator[Fault]:
    """A quotation is exact, and its speaker and its source stand with it."""
    shapes = {shape.find("./*/p:cNvPr", NS).get("name"): shape for shape in shapes_of(package.xml[part])}
    if "Quotation" not in shapes:
        return
    words = words_of(shapes["Quotation"]).removeprefix("\u201c").removesuffix("\u201d")
    below = [words_of(p) for p in shapes["Speaker"].iter(f"{{{A}}}p")] if "Speaker" in shapes else []
    if len(below) < 3 or not all(below):
        yield Fault("quotation-without-source", part, words)
    if quotations is not None and quotations.get(words) not in below:
        yield Fault("quotation-not-exact", part, words)
