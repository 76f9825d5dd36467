"""What is seen on a slide: where shapes stand, on what ground, in what colour and how large their words are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import Any

from pptx_package import FEET, NS, TITLES, A, Fault, P, Package, kind_of, shapes_of, words_of

from kit.palette import contrast
from kit.render.deck.fit import PITCH, POINTS, lines
from kit.render.deck.slides import Run

EMU = 914400
LEAST_CONTRAST = 4.5
TOLERANCE = 0.03
"""Inches by which boxes may share an edge."""
STYLES = {
    "title": "titleStyle",
    "ctrTitle": "titleStyle",
    "body": "bodyStyle",
    "": "bodyStyle",
    "subTitle": "bodyStyle",
}

Box = tuple[float, float, float, float]
"""Left, top, right, bottom, in inches."""


def _holders(root: Any) -> list[tuple[Any, Any]]:
    """The placeholders of a layout or a master, each with the mark that says what it is for."""
    marks = ((shape.find("./*/p:nvPr/p:ph", NS), shape) for shape in root.iter(f"{{{P}}}sp"))
    return [(mark, shape) for mark, shape in marks if mark is not None]


@dataclass(frozen=True)
class Sheet:
    """A slide with its layout, its master and its theme."""

    root: Any
    layout: Any
    master: Any
    theme: Any
    size: tuple[float, float]

    def colour(self, holder: Any) -> str | None:
        """`#rrggbb` of a fill or a reference; None where it is none, or changed by more than its name says."""
        for element in holder if holder is not None else ():
            if element.tag == f"{{{A}}}srgbClr" and not len(element):
                return f"#{element.get('val').lower()}"
            if element.tag == f"{{{A}}}schemeClr" and not len(element):
                return self._of_theme(element.get("val"))
        return None

    def _of_theme(self, name: str) -> str | None:
        mapping: Any = self.master.find("p:clrMap", NS)
        for root in (self.layout, self.root):
            own = root.find("p:clrMapOvr/a:overrideClrMapping", NS)
            mapping = mapping if own is None else own
        scheme = self.theme.find(".//a:clrScheme", NS)
        found = scheme.find(f"a:{mapping.get(name, name)}", NS)
        if found is None:
            return None
        return f"#{(found[0].get('lastClr') or found[0].get('val')).lower()}"

    def like(self, shape: Any) -> list[Any]:
        """What a placeholder inherits from: those of the layout and the master, the nearest first."""
        mark = shape.find("./*/p:nvPr/p:ph", NS)
        if mark is None:
            return []
        kind, index = mark.get("type", ""), mark.get("idx", "0")
        of_master = {"ctrTitle": "title", "": "body", "subTitle": "body", "tbl": "body"}.get(kind, kind)
        of_layout = [below for other, below in self._holders_of_layout if other.get("idx", "0") == index]
        return of_layout + [below for other, below in self._holders_of_master if other.get("type", "") == of_master]

    @cached_property
    def _holders_of_layout(self) -> list[tuple[Any, Any]]:
        return _holders(self.layout)

    @cached_property
    def _holders_of_master(self) -> list[tuple[Any, Any]]:
        return _holders(self.master)

    def box(self, shape: Any) -> Box | None:
        for each in (shape, *self.like(shape)):
            place = each.find("./p:spPr/a:xfrm", NS)
            place = each.find("./p:xfrm", NS) if place is None else place
            place = each.find("./p:grpSpPr/a:xfrm", NS) if place is None else place
            if place is not None and place.find("a:off", NS) is not None:
                off, ext = place.find("a:off", NS), place.find("a:ext", NS)
                x, y, cx, cy = (int(v) / EMU for v in (off.get("x"), off.get("y"), ext.get("cx"), ext.get("cy")))
                return x, y, x + cx, y + cy
        return None

    def ground(self, box: Box) -> str | None:
        """The colour below the middle of `box`; None where it is a picture or a mixture."""
        colour: str | None = None
        for root in (self.master, self.layout, self.root):
            background = root.find("p:cSld/p:bg/p:bgPr/a:solidFill", NS)
            background = root.find("p:cSld/p:bg/p:bgRef", NS) if background is None else background
            colour = colour if background is None else self.colour(background)
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        for place, filled in self._painted:
            if place[0] <= x <= place[2] and place[1] <= y <= place[3]:
                if filled is None:
                    return None
                colour = self.colour(filled)
        return colour

    @cached_property
    def _painted(self) -> list[tuple[Box, Any]]:
        """Where there are pictures of the layout and the master, and shapes with a fill, which is None for pictures."""
        found = []
        for root in (self.master, self.layout, self.root):
            for shape in root.iter(f"{{{P}}}sp", f"{{{P}}}pic"):
                picture = shape.tag == f"{{{P}}}pic" and root is not self.root
                filled = None if picture else shape.find("./p:spPr/a:solidFill", NS)
                shown = filled is not None and shape.find("./*/p:nvPr/p:ph", NS) is None
                place = self.box(shape) if picture or shown else None
                if place is not None:
                    found.append((place, filled))
        return found


@dataclass(frozen=True)
class Text:
    """One shape with words: its box and how its levels are set."""

    sheet: Sheet
    shape: Any
    box: Box

    def styles(self, level: int) -> Iterator[Any]:
        """Whatever says how a level is set, the nearest first."""
        above = self.sheet.like(self.shape)
        for each in (self.shape, *above):
            yield from each.findall(f"./p:txBody/a:lstStyle/a:lvl{level}pPr", NS)
        kind = kind_of(self.shape)
        style = "otherStyle" if kind is None else STYLES.get(kind, "otherStyle")
        yield from self.sheet.master.findall(f"p:txStyles/p:{style}/a:lvl{level}pPr", NS)

    def first(self, level: int, path: str, attribute: str, otherwise: str) -> str:
        for style in self.styles(level):
            found = style if path == "." else style.find(path, NS)
            if found is not None and found.get(attribute) is not None:
                return str(found.get(attribute))
        return otherwise

    @property
    def paragraphs(self) -> list[tuple[int, Any]]:
        found = []
        for paragraph in self.shape.iterfind("./p:txBody/a:p", NS):
            properties = paragraph.find("a:pPr", NS)
            found.append((int(properties.get("lvl", "0")) + 1 if properties is not None else 1, paragraph))
        return found

    def size(self, level: int) -> float:
        scale = self.shape.find("./p:txBody/a:bodyPr/a:normAutofit", NS)
        share = int(scale.get("fontScale", "100000")) / 100000 if scale is not None else 1
        return round(int(self.first(level, "a:defRPr", "sz", "1800")) / 100 * share)

    def inset(self, name: str, usual: int) -> float:
        for each in (self.shape, *self.sheet.like(self.shape)):
            body = each.find("./p:txBody/a:bodyPr", NS)
            if body is not None and body.get(name) is not None:
                return int(body.get(name)) / EMU
        return usual / EMU

    @property
    def height(self) -> float:
        """In inches, as much as its words need."""
        total = 0.0
        width = self.box[2] - self.box[0] - self.inset("lIns", 91440) - self.inset("rIns", 91440)
        for place, (level, paragraph) in enumerate(self.paragraphs):
            size = self.size(level)
            bold = self.first(level, "a:defRPr", "b", "0") == "1"
            spacing = int(self.first(level, "a:lnSpc/a:spcPct", "val", "100000")) / 100000
            indent = int(self.first(level, ".", "marL", "0")) / EMU
            runs = [Run(run.findtext("a:t", "", NS), _bold(run)) for run in paragraph.iterfind("a:r", NS)]
            total += lines(runs, size, width - indent, bold) * size * PITCH * spacing
            total += int(self.first(level, "a:spcBef/a:spcPts", "val", "0")) / 100 if place else 0
        return total / POINTS

    @property
    def room(self) -> float:
        return self.box[3] - self.box[1] - self.inset("tIns", 45720) - self.inset("bIns", 45720)

    def colours(self) -> Iterator[tuple[str, str]]:
        """Each colour in which something is set, with the words."""
        for level, paragraph in self.paragraphs:
            usual = next(
                (fill for style in self.styles(level) if (fill := style.find("a:defRPr/a:solidFill", NS)) is not None),
                None,
            )
            for run in paragraph.iterfind("a:r", NS):
                own = run.find("a:rPr/a:solidFill", NS)
                colour = self.sheet.colour(usual if own is None else own)
                if colour is not None:
                    yield colour, run.findtext("a:t", "", NS)


def _bold(run: Any) -> bool:
    properties = run.find("a:rPr", NS)
    return properties is not None and properties.get("b") == "1"


def sheet(package: Package, part: str) -> Sheet:
    """The slide in `part` with what it stands on."""

    def next_of(kind: str, of: str) -> str:
        return next(target for found, target in package.relations(of).values() if found == kind)

    layout = next_of("slideLayout", part)
    master = next_of("slideMaster", layout)
    size = package.xml["ppt/presentation.xml"].find("p:sldSz", NS)
    return Sheet(
        package.xml[part],
        package.xml[layout],
        package.xml[master],
        package.xml[next_of("theme", master)],
        (int(size.get("cx")) / EMU, int(size.get("cy")) / EMU),
    )


def on_slide(package: Package, part: str) -> Iterator[Fault]:
    """What is wrong with what is seen on the slide in `part`."""
    here = sheet(package, part)
    seen: list[tuple[Any, Box]] = []
    for shape in shapes_of(here.root):
        box = here.box(shape)
        if box is None:
            yield Fault("shape-without-place", part, _name(shape))
            continue
        width, height = here.size
        if min(box[0], box[1]) < -TOLERANCE or box[2] > width + TOLERANCE or box[3] > height + TOLERANCE:
            yield Fault("outside-the-slide", part, _name(shape))
        if shape.find("./*/p:cNvPr", NS).find(".//adec:decorative", NS) is None:
            seen.append((shape, box))
    yield from _overlaps(part, seen)
    yield from _order(part, seen)
    for shape, box in seen:
        if shape.tag == f"{{{P}}}sp" and words_of(shape):
            yield from _text(part, Text(here, shape, box))


def _name(shape: Any) -> str:
    return str(shape.find("./*/p:cNvPr", NS).get("name"))


def _overlaps(part: str, seen: Sequence[tuple[Any, Box]]) -> Iterator[Fault]:
    for (one, a), (other, b) in combinations(seen, 2):
        across = min(a[2], b[2]) - max(a[0], b[0])
        down = min(a[3], b[3]) - max(a[1], b[1])
        if across > TOLERANCE and down > TOLERANCE:
            yield Fault("shape-on-shape", part, f"{_name(one)} and {_name(other)}")


def _order(part: str, seen: Sequence[tuple[Any, Box]]) -> Iterator[Fault]:
    """After the title, what stands below is read after what stands above it in the same column."""
    content = [(shape, box) for shape, box in seen if kind_of(shape) not in (*TITLES, *FEET) and _name(shape) != "Logo"]
    for (before, a), (after, b) in combinations(content, 2):
        across = min(a[2], b[2]) - max(a[0], b[0])
        if across > 0.5 * max(a[2] - a[0], b[2] - b[0]) and b[3] <= a[1] + TOLERANCE:
            yield Fault("reading-order", part, f"{_name(after)} stands above {_name(before)}")


def _text(part: str, text: Text) -> Iterator[Fault]:
    if kind_of(text.shape) not in FEET and text.height > text.room + 0.15 * text.size(1) / POINTS:
        yield Fault("text-overflows", part, f"{_name(text.shape)}: {text.height:.2f} in {text.room:.2f} inches")
    ground = text.sheet.ground(text.box)
    if ground is None:
        return
    for colour, words in text.colours():
        if contrast(colour, ground) < LEAST_CONTRAST:
            yield Fault("low-contrast", part, f"{words}: {colour} on {ground}")
