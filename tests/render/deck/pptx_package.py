"""A PowerPoint file taken apart: its parts, what leads where, the shapes of a slide and their words."""

from __future__ import annotations

import io
import posixpath
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from zipfile import ZipFile

from lxml import etree

A = "http://schemas.openxmlformats.org/drawingml/2006/main"
P = "http://schemas.openxmlformats.org/presentationml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
P14 = "http://schemas.microsoft.com/office/powerpoint/2010/main"
NS = {
    "a": A,
    "p": P,
    "p14": P14,
    "dc": "http://purl.org/dc/elements/1.1/",
    "ep": "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties",
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
        folder, found = posixpath.dirname(part), {}
        for relation in self._listed(part):
            if relation.get("TargetMode") != "External":
                target = relation.get("Target")
                path = target[1:] if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
                found[relation.get("Id")] = (relation.get("Type").rsplit("/", 1)[-1], path)
        return found

    def outward(self, part: str) -> set[str]:
        """Ids of the relationships of `part` to addresses outside the file."""
        return {relation.get("Id") for relation in self._listed(part) if relation.get("TargetMode") == "External"}

    def _listed(self, part: str) -> list[Any]:
        folder, name = posixpath.split(part)
        rels = self.xml.get(posixpath.join(folder, "_rels", f"{name}.rels"))
        return [] if rels is None else list(rels)

    @cached_property
    def slides(self) -> list[str]:
        relations = self.relations("ppt/presentation.xml")
        listed = self.xml["ppt/presentation.xml"].iterfind("p:sldIdLst/p:sldId", NS)
        return [relations[element.get(f"{{{R}}}id")][1] for element in listed]


def words_of(element: Any) -> str:
    return "".join(text.text or "" for text in element.iter(f"{{{A}}}t")).strip()


def kind_of(shape: Any) -> str | None:
    """The placeholder's type, an empty string for the general kind, None for no placeholder."""
    holder = shape.find("./*/p:nvPr/p:ph", NS)
    return None if holder is None else holder.get("type", "")


def shapes_of(root: Any) -> list[Any]:
    return [child for child in root.find("p:cSld/p:spTree", NS) if etree.QName(child).localname in SHAPES]
