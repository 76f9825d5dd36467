"""Slides and their pages of notes as parts of the file.

python-pptx gives a new slide a copy of every placeholder of its layout, found by a search for each, and most of them
would be taken out or filled anew. Here a slide is written with what it has, and read once.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from typing import Any, cast
from xml.sax.saxutils import quoteattr

from pptx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from pptx.opc.packuri import PackURI
from pptx.parts.slide import NotesSlidePart, SlidePart

from kit.render.deck.grid import Box
from kit.render.deck.ooxml import NAMESPACES, P, parse, xfrm

GROUP = '<p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>'
_FIRST_ID = 256
"""The least id of a slide: ECMA-376-1, 19.7.13."""
_REPEATED = ("type", "orient", "sz", "idx")
"""What a placeholder on a slide says again of the one on its layout, by which it is known to be its own."""


class Shapes:
    """The shapes of a slide in reading order, as XML, while it is written."""

    def __init__(self) -> None:
        self._written: list[str] = []
        self._slots: list[str] = []
        self.number = 2
        """The number that the next shape has; 1 is the slide's."""

    def add(self, xml: str, slot: str = "", after: str = "") -> None:
        """Adds a shape; right after that of the slot `after`, where there is one."""
        place = self._slots.index(after) + 1 if after and after in self._slots else len(self._slots)
        self._written.insert(place, xml)
        self._slots.insert(place, slot)
        self.number += xml.count("<p:cNvPr ")

    @property
    def xml(self) -> str:
        return "".join(self._written)


def placeholders(layout: Any) -> Mapping[int, str]:
    """The `p:ph` for a slide of each placeholder of a layout, by index."""
    found = {}
    for holder in layout._element.iter(f"{{{P}}}ph"):
        said = "".join(f" {name}={quoteattr(holder.get(name))}" for name in _REPEATED if holder.get(name))
        found[int(holder.get("idx", 0))] = f"<p:ph{said}/>"
    return found


def placeholder(about: str, place: str, body: str) -> str:
    """A placeholder with a text; `about` is its `cNvPr`, `place` its `p:ph`, `body` its `txBody`."""
    locked = '<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
    return f"<p:sp><p:nvSpPr>{about}{locked}<p:nvPr>{place}</p:nvPr></p:nvSpPr><p:spPr/>{body}</p:sp>"


def frame(about: str, place: str, box: Box, kind: str, content: str) -> str:
    """A placeholder with a table or a chart; `kind` is the namespace of the content."""
    return (
        f"<p:graphicFrame><p:nvGraphicFramePr>{about}"
        '<p:cNvGraphicFramePr><a:graphicFrameLocks noGrp="1"/></p:cNvGraphicFramePr>'
        f"<p:nvPr>{place}</p:nvPr></p:nvGraphicFramePr>{xfrm(box, 'p:xfrm')}"
        f'<a:graphic><a:graphicData uri="{kind}">{content}</a:graphicData></a:graphic></p:graphicFrame>'
    )


def picture(about: str, relation: str, box: Box) -> str:
    """The picture that a part has by the id of a relation."""
    return (
        f'<p:pic><p:nvPicPr>{about}<p:cNvPicPr><a:picLocks noChangeAspect="1"/></p:cNvPicPr><p:nvPr/></p:nvPicPr>'
        f'<p:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></p:blipFill>'
        f'<p:spPr>{xfrm(box)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr></p:pic>'
    )


def slide_part(deck: Any, layout: Any) -> Any:
    """A new slide at the end of a python-pptx presentation, with nothing on it."""
    listed = deck.part._element.get_or_add_sldIdLst()
    name = PackURI(f"/ppt/slides/slide{len(listed) + 1}.xml")
    part = cast(Any, SlidePart).new(name, deck.part.package, layout.part)
    relation = deck.part.relate_to(part, RELATIONSHIP_TYPE.SLIDE)
    listed.append(parse(f'<p:sldId {NAMESPACES} id="{_FIRST_ID + len(listed)}" r:id="{relation}"/>'))
    return part


def slide_xml(name: str, shapes: Shapes, timing: str, *, hidden: bool) -> str:
    """A slide; `timing` is its animation, or empty. A hidden one is left out of the show."""
    shown = ' show="0"' if hidden else ""
    return (
        f"<p:sld {NAMESPACES}{shown}><p:cSld name={quoteattr(name)}><p:spTree>{GROUP}{shapes.xml}</p:spTree></p:cSld>"
        f"<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr>{timing}</p:sld>"
    )


def put(part: Any, layout: Any, xml: str) -> None:
    """Makes `xml` the slide of a part. It does not inherit its layout's mapping of colours: it has to say so itself."""
    part._element = parse(xml)
    theirs = layout._element.find(f"{{{P}}}clrMapOvr")
    mapping = part._element.find(f"{{{P}}}clrMapOvr")
    if theirs is not None and len(theirs) and theirs[0].tag.endswith("overrideClrMapping"):
        part._element.replace(mapping, deepcopy(theirs))


def add_notes(slide: Any, master: Any, xml: str) -> Any:
    """Gives the part of a slide a page of notes, and returns that page's element."""
    package = slide.package
    name = package.next_partname("/ppt/notesSlides/notesSlide%d.xml")
    part = NotesSlidePart(name, CONTENT_TYPE.PML_NOTES_SLIDE, package, parse(xml))
    part.relate_to(master.part, RELATIONSHIP_TYPE.NOTES_MASTER)
    part.relate_to(slide, RELATIONSHIP_TYPE.SLIDE)
    slide.relate_to(part, RELATIONSHIP_TYPE.NOTES_SLIDE)
    return part._element
