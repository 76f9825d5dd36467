"""A PowerPoint file taken apart and put together again: what may come in, and what of it stays.

The file comes from outside and is treated as hostile: sizes are capped before anything is unpacked, no XML with a
document type is read, and only parts reached by the relationships named in `KEPT` stay. Slides, notes, comments,
custom shows, sections, embedded objects, links, tags and macros are none of them, so they leave no trace.
"""

from __future__ import annotations

import io
import posixpath
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import count
from zipfile import BadZipFile, LargeZipFile, ZipFile
from zlib import error as ZlibError

from lxml import etree

from kit.render.deck.ooxml import DECORATIVE, NAMESPACES, A, P, R, named, serialise
from kit.render.deck.template import (
    HEADER,
    OFFICE,
    PML,
    about_the_file,
    content_types,
    notes_master,
    pack,
    package_relations,
    relations_xml,
)

MAX_PARTS = 4_000
MAX_UNPACKED = 300_000_000
MAX_XML = 20_000_000
"""Bytes of a single XML part, unpacked."""

KEPT: Mapping[str, frozenset[str]] = {
    "officeDocument": frozenset({"slideMaster", "theme", "tableStyles", "font", "handoutMaster"}),
    "slideMaster": frozenset({"slideLayout", "theme", "image"}),
    "slideLayout": frozenset({"slideMaster", "image", "themeOverride"}),
    "handoutMaster": frozenset({"theme", "image"}),
    "theme": frozenset({"image"}),
    "themeOverride": frozenset({"image"}),
}
"""The relationships that are followed from a part, by the relationship that led to it."""

_OF_PRESENTATION = ("sldMasterIdLst", "handoutMasterIdLst", "sldSz", "notesSz", "embeddedFontLst", "defaultTextStyle")
_LINKS = (
    "hlinkClick",
    "hlinkHover",
    "hlinkMouseOver",
    "snd",
    "audioFile",
    "videoFile",
    "quickTimeFile",
    "wavAudioFile",
)
_HOLDERS = ("graphicFrame", "pic", "sp", "cxnSp", "grpSp", "bg", "controls", "custDataLst", "ext")
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_WITH_MACROS = "application/vnd.ms-powerpoint."
_FIRST_ID = 2147483648
_WORDS = {
    "slide": "sample slides",
    "hyperlink": "links",
    "oleObject": "embedded objects",
    "package": "embedded objects",
    "chart": "charts on layouts",
    "diagramData": "diagrams on layouts",
    "control": "controls",
    "video": "film and sound",
    "audio": "film and sound",
    "media": "film and sound",
    "commentAuthors": "comments",
    "authors": "comments",
    "image": "pictures kept outside the file",
}
"""What is left out, in words, by the relationship that led to it; the rest is bookkeeping."""


@dataclass(frozen=True)
class Relation:
    """A relationship of a part: its kind is the last word of its type, its target a part unless it is external."""

    id: str
    type: str
    target: str
    external: bool = False

    @property
    def kind(self) -> str:
        return self.type.rsplit("/", 1)[-1]


@dataclass(frozen=True)
class Part:
    """One part of a package, its content type and its relationships."""

    data: bytes
    media: str
    relations: tuple[Relation, ...] = ()

    def targets(self, kind: str) -> tuple[str, ...]:
        """The parts that it refers to by relationships of this kind, in order."""
        return tuple(r.target for r in self.relations if r.kind == kind and not r.external)


@dataclass(frozen=True)
class Package:
    """A presentation: its parts by name, and the name of the main one."""

    parts: Mapping[str, Part]
    main: str


class Refused(Exception):
    """Why a file cannot be the deck's template, or be read as a deck, in a facilitator's words, and what to do.

    `package` is what could be opened nevertheless, so that its colours can be taken; None when nothing could.
    """

    def __init__(self, reason: str, advice: str, package: Package | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.advice = advice
        self.package = package


_SAVE = "Open it in PowerPoint and save it again as a PowerPoint presentation (.pptx) or template (.potx)."


def read_xml(data: bytes) -> etree._Element:
    """The root of an XML part. Raises Refused for what is none, or has a document type."""
    try:
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise Refused("A part of it is damaged.", _SAVE) from None
    if root.getroottree().docinfo.doctype:  # type: ignore[union-attr]
        raise Refused("It holds a document type, which no PowerPoint file has.", _SAVE)
    return root


def open_package(data: bytes) -> Package:
    """The parts of a .pptx or .potx file. Raises Refused when it is none, or is one that cannot be trusted."""
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        raise Refused(
            "It is protected by a password, or in the old .ppt format.",
            "Open it in PowerPoint, take the password away, and save it as a PowerPoint presentation (.pptx).",
        )
    files = _unzipped(data)
    if "[Content_Types].xml" not in files:
        raise Refused("It is not a PowerPoint file.", _SAVE)
    media = _media(read_xml(files["[Content_Types].xml"]))
    parts = {
        name: Part(content, media(name), tuple(_relations(files, name)))
        for name, content in files.items()
        if name != "[Content_Types].xml" and not name.endswith(".rels")
    }
    main = next((r.target for r in _relations(files, "") if r.kind == "officeDocument"), "")
    if "purl.oclc.org" in (parts[main].data[:2000].decode("utf-8", "replace") if main in parts else ""):
        raise Refused("It is saved as “Strict Open XML”, which few programs read.", _SAVE)
    kind = parts[main].media if main in parts else ""
    if not kind.startswith(PML) and not kind.startswith(_WITH_MACROS):
        raise Refused("It is not a PowerPoint presentation.", _SAVE)
    package = Package(parts, main)
    if kind.startswith(_WITH_MACROS) or any("vbaProject" in part.media for part in parts.values()):
        raise Refused("It holds macros: programs that run on people’s computers.", _SAVE, package)
    return package


def _unzipped(data: bytes) -> dict[str, bytes]:
    try:
        with ZipFile(io.BytesIO(data)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            if any(entry.flag_bits & 1 for entry in entries):
                raise Refused("It is protected by a password.", "Take the password away and save it again.")
            if len(entries) > MAX_PARTS or sum(entry.file_size for entry in entries) > MAX_UNPACKED:
                raise Refused("It unpacks to far more than a deck needs.", _SAVE)
            if any(e.file_size > MAX_XML for e in entries if e.filename.endswith((".xml", ".rels"))):
                raise Refused("A part of it is far longer than a deck needs.", _SAVE)
            return {entry.filename.lstrip("/"): archive.read(entry) for entry in entries}
    except (BadZipFile, LargeZipFile, ZlibError, NotImplementedError, EOFError, OSError, ValueError, RuntimeError):
        raise Refused("It is not a PowerPoint file, or it is damaged.", _SAVE) from None


def _media(types: etree._Element) -> _Media:
    return _Media(
        {str(e.get("PartName", "")).lstrip("/"): str(e.get("ContentType")) for e in types if e.get("PartName")},
        {str(e.get("Extension")).lower(): str(e.get("ContentType")) for e in types if e.get("Extension")},
    )


@dataclass(frozen=True)
class _Media:
    """The content type of a part by its name."""

    parts: Mapping[str, str]
    endings: Mapping[str, str]

    def __call__(self, name: str) -> str:
        return self.parts.get(name) or self.endings.get(name.rsplit(".", 1)[-1].lower(), "")


def _relations(files: Mapping[str, bytes], name: str) -> Iterator[Relation]:
    folder, base = posixpath.split(name)
    path = posixpath.join(folder, "_rels", f"{base}.rels")
    for element in read_xml(files[path]) if path in files else ():
        target, external = str(element.get("Target", "")), element.get("TargetMode") == "External"
        if not external:
            target = posixpath.normpath(posixpath.join("/" + folder, target)).lstrip("/")
        yield Relation(str(element.get("Id")), str(element.get("Type")), target, external)


# What stays --------------------------------------------------------------------------------------


def clean(package: Package) -> tuple[Package, tuple[str, ...]]:
    """The masters, layouts and themes of a package alone, and in words what was left out."""
    kept: dict[str, Part] = {}
    left: set[str] = set()
    waiting = [(package.main, "officeDocument")]
    while waiting:
        name, kind = waiting.pop(0)
        if name in kept:
            continue
        part = package.parts[name]
        stays = [r for r in part.relations if _stays(package, r, kind)]
        gone = [r for r in part.relations if r not in stays]
        left |= {_WORDS[r.kind] for r in gone if r.kind in _WORDS and not (r.kind == "image" and not r.external)}
        data = _without(part.data, gone, kind) if part.media.endswith("+xml") else part.data
        kept[name] = replace(part, data=data, relations=tuple(stays))
        waiting += [(r.target, r.kind) for r in stays]
    return _numbered(Package(kept, package.main)), tuple(sorted(left))


def _stays(package: Package, relation: Relation, kind: str) -> bool:
    if relation.external or relation.kind not in KEPT.get(kind, ()) or relation.target not in package.parts:
        return False
    return relation.kind != "image" or package.parts[relation.target].media.startswith("image/")


def _without(data: bytes, gone: list[Relation], kind: str) -> bytes:
    root = read_xml(data)
    if kind == "officeDocument":
        _trim_presentation(root)
    names = ("timing", "transition", "custDataLst", "controls") if kind in ("slideMaster", "slideLayout") else ()
    for element in [e for e in root.iter() if isinstance(e.tag, str) and etree.QName(e).localname in names]:
        _remove(element)
    if kind in ("slideMaster", "slideLayout"):
        _mark_artwork(root)
    ids = {relation.id for relation in gone}
    for element in list(root.iter()):
        for attribute, value in list(element.attrib.items()):
            if str(attribute).startswith(f"{{{R}}}") and value in ids | {""}:
                _unlink(element, str(attribute))
    return serialise(root)


def _mark_artwork(root: etree._Element) -> None:
    """Mark pictures and shapes that have neither words nor an alternative text as decorative."""
    spaces = {"a": A, "p": P}
    for drawing in root.iter(f"{{{P}}}pic", f"{{{P}}}sp", f"{{{P}}}cxnSp"):
        about = drawing.find("./*/p:cNvPr", spaces)
        words = any((text.text or "").strip() for text in drawing.iter(f"{{{A}}}t"))
        if about is None or words or about.get("descr") or drawing.find("./*/p:nvPr/p:ph", spaces) is not None:
            continue
        marked = etree.fromstring(named(0, "", decorative=True).replace("<p:cNvPr", f"<p:cNvPr {NAMESPACES}", 1))
        extensions = about.find("a:extLst", spaces)
        if extensions is None:
            about.append(marked[0])
        elif DECORATIVE not in [extension.get("uri") for extension in extensions]:
            extensions.append(marked[0][0])


def _trim_presentation(root: etree._Element) -> None:
    for child in list(root):
        if not isinstance(child.tag, str) or etree.QName(child).localname not in _OF_PRESENTATION:
            root.remove(child)
    for attribute in list(root.attrib):
        if attribute not in ("saveSubsetFonts", "embedTrueTypeFonts", "rtl"):
            del root.attrib[attribute]


def _unlink(element: etree._Element, attribute: str) -> None:
    """Take away what refers to a part that is gone: the link alone, else the drawing that holds it."""
    if element.getparent() is None or attribute not in element.attrib:
        return
    name = etree.QName(element).localname
    embedded = f"{{{R}}}embed"
    if name in _LINKS or name in ("sldLayoutId", "sldMasterId", "handoutMasterId"):
        _remove(element)
    elif attribute != embedded and element.get(embedded):
        del element.attrib[attribute]
    else:
        around = (e for e in element.iterancestors() if isinstance(e.tag, str))
        holder = next((e for e in around if etree.QName(e).localname in _HOLDERS), element)
        _remove(next(holder.iterancestors(_MC), holder))


def _remove(element: etree._Element) -> None:
    """Take an element out, and a wrapper for several versions of PowerPoint with it."""
    wrapped = next(element.iterancestors(_MC), element)
    parent = wrapped.getparent()
    if parent is not None:
        parent.remove(wrapped)


def _numbered(package: Package) -> Package:
    """Masters and layouts with numbers of their own: some files give one to two of them, which PowerPoint repairs."""
    parts, number = dict(package.parts), _FIRST_ID
    main = read_xml(parts[package.main].data)
    names = {relation.id: relation.target for relation in parts[package.main].relations}
    for master in main.iter(f"{{{P}}}sldMasterId"):
        master.set("id", str(number))
        number += 1
        name = names[str(master.get(f"{{{R}}}id"))]
        root = read_xml(parts[name].data)
        for layout in root.iter(f"{{{P}}}sldLayoutId"):
            layout.set("id", str(number))
            number += 1
        parts[name] = replace(parts[name], data=serialise(root))
    parts[package.main] = replace(parts[package.main], data=serialise(main))
    return Package(parts, package.main)


# Put together ------------------------------------------------------------------------------------


def with_our_parts(package: Package, notes_theme: str) -> Package:
    """The package with what a deck of ours has beside its masters: pages for notes, and empty properties.

    `notes_theme` is the XML of the theme of the notes pages.
    """
    folder = posixpath.dirname(package.main)
    theme = posixpath.join(folder, "theme/kitNotesTheme.xml")
    ours = {
        "notesMaster": ("notesMasters/kitNotesMaster.xml", notes_master()),
        "presProps": ("kitPresProps.xml", f"<p:presentationPr {NAMESPACES}/>"),
        "viewProps": ("kitViewProps.xml", f"<p:viewPr {NAMESPACES}/>"),
    }
    parts = dict(package.parts)
    main = parts[package.main]
    relations = list(main.relations)
    for kind, (path, xml) in ours.items():
        name = posixpath.join(folder, path)
        below = (Relation("rId1", f"{R}/theme", theme),) if kind == "notesMaster" else ()
        parts[name] = Part((HEADER + xml).encode(), f"{PML}{kind}+xml", below)
        relations.append(Relation(free_id(relations), f"{R}/{kind}", name))
    parts[theme] = Part((HEADER + notes_theme).encode(), OFFICE + "theme+xml")
    root = read_xml(main.data)
    id = next(relation.id for relation in relations if relation.kind == "notesMaster")
    listed = f'<p:notesMasterIdLst {NAMESPACES}><p:notesMasterId r:id="{id}"/></p:notesMasterIdLst>'
    masters = root.find(f"{{{P}}}sldMasterIdLst")
    assert masters is not None
    masters.addnext(etree.fromstring(listed))
    parts[package.main] = Part(serialise(root), PML + "presentation.main+xml", tuple(relations))
    return Package(parts, package.main)


def free_id(relations: Iterable[Relation]) -> str:
    """An id that none of `relations` has."""
    taken = {relation.id for relation in relations}
    return next(f"rId{n}" for n in count(1) if f"rId{n}" not in taken)


def put_together(package: Package) -> bytes:
    """The bytes of a .pptx; the same for the same parts."""
    about = about_the_file()
    files = {name: (HEADER + xml).encode() for name, (xml, _) in about.items()}
    for name, part in package.parts.items():
        files[name] = part.data
        if part.relations:
            folder, base = posixpath.split(name)
            rows = [(r.id, r.type, "/" + r.target) for r in part.relations]
            files[posixpath.join(folder, "_rels", f"{base}.rels")] = (HEADER + relations_xml(rows)).encode()
    files["_rels/.rels"] = (HEADER + package_relations(package.main)).encode()
    media = {name: part.media for name, part in package.parts.items()} | {
        name: kind for name, (_, kind) in about.items()
    }
    files["[Content_Types].xml"] = (HEADER + content_types(media)).encode()
    return pack(files)
