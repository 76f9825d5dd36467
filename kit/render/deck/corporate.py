"""A template from elsewhere as it is read: its masters and layouts, and what each placeholder inherits.

Lengths are inches, sizes of type points and colours `#rrggbb`, as in `grid`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from lxml import etree

from kit.render.deck.colouring import Colours, colour, mapped, own_map, theme_colours
from kit.render.deck.grid import HEIGHT, WIDTH, Box, Level
from kit.render.deck.ooxml import EMU, A, P, R
from kit.render.deck.package import Package, Refused, read_xml
from kit.render.deck.typefaces import CAPITALS, width

NO_INDEX = 4294967295
"""The idx of a placeholder that lost its layout’s: LibreOffice writes it, and it names nothing."""
TITLES = ("title", "ctrTitle")
FEET = ("ftr", "sldNum", "dt")
LEVELS = 3
_NS = {"a": A, "p": P}
_PLACEHOLDER = "./p:nvSpPr/p:nvPr/p:ph"


@dataclass(frozen=True)
class Holder:
    """A placeholder with all that it inherits. `text` is its box without its margins."""

    kind: str
    """Its type as PresentationML has it, empty for general content."""
    index: int
    box: Box
    text: Box
    levels: tuple[Level, ...]
    colours: tuple[str, ...]
    """The colour of each of its levels."""
    anchor: Literal["t", "ctr", "b"]
    wide: float
    """How wide its type runs, as a multiple of Arial."""
    upright: bool
    element: Any

    def within(self, width: float, height: float) -> bool:
        """Whether it stands on a slide of that size, all but a little."""
        box, spare = self.box, 0.003 * width
        across = -spare <= box.x and box.x + box.width <= width + spare
        return across and -spare <= box.y and box.y + box.height <= height + spare


@dataclass(frozen=True)
class Drawn:
    """A shape or picture of a master or a layout, and what fills it; `rounded` when it does not fill its box."""

    box: Box
    element: Any
    part: str
    rounded: bool


@dataclass(frozen=True)
class TheirLayout:
    """A layout of the template: the part that it is, its name and type, and its placeholders with their inheritance."""

    part: str
    """Empty for a master that stands for a layout of its own."""
    name: str
    kind: str
    master: str
    holders: tuple[Holder, ...]
    feet: tuple[Holder, ...]
    colours: Colours

    @property
    def title(self) -> Holder | None:
        return next((holder for holder in self.holders if holder.kind in TITLES), None)

    @property
    def numbered(self) -> bool:
        """Whether its placeholders can be told apart by their idx."""
        indices = [holder.index for holder in self.holders]
        return len(indices) == len(set(indices)) and NO_INDEX not in indices


_MARKS: Mapping[str, Literal["", "dash", "number"]] = {
    "buNone": "",
    "buChar": "dash",
    "buBlip": "dash",
    "buAutoNum": "number",
}


class Template:
    """A template, read. Raises Refused when it has no master, or slides of a size that no screen has.

    With `whole` false the size does not matter: that is enough to take its colours.
    """

    def __init__(self, package: Package, whole: bool = True) -> None:
        self.package = package
        self.root = self.xml(package.main)
        if not self.masters:
            raise Refused("It has no slide master, so there is nothing to build on.", _ASK, package)
        size = self.root.find("p:sldSz", _NS)
        self.width = int(size.get("cx", "0")) / EMU if size is not None else WIDTH
        self.height = int(size.get("cy", "0")) / EMU if size is not None else HEIGHT
        if whole and not (4 <= self.width <= 60 and 3 <= self.height <= 60 and self.width >= self.height):
            raise Refused("Its slides are not wider than high.", _ASK, package)

    def xml(self, part: str) -> Any:
        """The root of a part."""
        if part not in self._roots:
            self._roots[part] = read_xml(self.package.parts[part].data)
        return self._roots[part]

    @cached_property
    def _roots(self) -> dict[str, Any]:
        return {}

    @cached_property
    def masters(self) -> tuple[str, ...]:
        """The parts of its masters, in order."""
        names = {relation.id: relation.target for relation in self.package.parts[self.package.main].relations}
        listed = self.root.iterfind("p:sldMasterIdLst/p:sldMasterId", _NS)
        found = (names.get(element.get(f"{{{R}}}id"), "") for element in listed)
        return tuple(name for name in found if name in self.package.parts)

    def layout_parts(self, master: str) -> tuple[str, ...]:
        names = {relation.id: relation.target for relation in self.package.parts[master].relations}
        listed = self.xml(master).iterfind("p:sldLayoutIdLst/p:sldLayoutId", _NS)
        found = (names.get(element.get(f"{{{R}}}id"), "") for element in listed)
        return tuple(name for name in found if name in self.package.parts)

    @cached_property
    def layouts(self) -> tuple[TheirLayout, ...]:
        """Every layout of every master, in order."""
        return tuple(self._layout(part, master) for master in self.masters for part in self.layout_parts(master))

    def theme(self, master: str) -> Any:
        """The root of a master's theme."""
        parts = self.package.parts[master].targets("theme")
        return self.xml(parts[0]) if parts else etree.Element("none")

    def fonts(self, master: str) -> dict[str, str]:
        """The typefaces that `+mj-lt` and `+mn-lt` stand for."""
        found = {}
        for short, name in (("+mj", "majorFont"), ("+mn", "minorFont")):
            latin = next(self.theme(master).iter(f"{{{A}}}{name}"), None)
            face = latin.find("a:latin", _NS) if latin is not None else None
            found[short] = str(face.get("typeface", "")) if face is not None else ""
        return found

    def master_colours(self, master: str) -> dict[str, str]:
        mapping = self.xml(master).find("p:clrMap", _NS)
        return mapped(theme_colours(self.theme(master)), dict(mapping.attrib) if mapping is not None else None)

    def master_holders(self, master: str) -> tuple[Holder, ...]:
        """The placeholders of a master itself."""
        return tuple(self._holders(self.xml(master), master, None, self.master_colours(master)))

    # Reading a layout

    def _layout(self, part: str, master: str) -> TheirLayout:
        root = self.xml(part)
        override = own_map(root)
        colours = mapped(theme_colours(self.theme(master)), override) if override else self.master_colours(master)
        found = tuple(self._holders(root, master, self.xml(master), colours))
        return TheirLayout(
            part,
            str(root.find("p:cSld", _NS).get("name", "")) or part.rsplit("/", 1)[-1].removesuffix(".xml"),
            str(root.get("type", "")),
            master,
            tuple(holder for holder in found if holder.kind not in FEET),
            tuple(holder for holder in found if holder.kind in FEET),
            colours,
        )

    def _holders(self, root: Any, master: str, below: Any, colours: Colours) -> Iterator[Holder]:
        for element in root.iterfind("p:cSld/p:spTree/p:sp", _NS):
            ph = element.find(_PLACEHOLDER, _NS)
            if ph is None or ph.get("type") in ("hdr", "sldImg"):
                continue
            kind = str(ph.get("type", ""))
            kind = "" if kind == "obj" else kind
            parent = _parent(below, kind) if below is not None else None
            chain = [each for each in (element, parent) if each is not None]
            box = next((found for each in chain if (found := box_of(each.find("p:spPr", _NS)))), None)
            if box is not None:
                yield self._holder(kind, int(ph.get("idx", "0")), box, chain, master, colours)

    def _holder(self, kind: str, index: int, box: Box, chain: list[Any], master: str, colours: Colours) -> Holder:
        bodies = [body for each in chain if (body := each.find("p:txBody/a:bodyPr", _NS)) is not None]

        def of_body(name: str, usual: str) -> str:
            return next((str(body.get(name)) for body in bodies if body.get(name) is not None), usual)

        left, top, right, bottom = (
            int(of_body(name, usual)) / EMU
            for name, usual in (("lIns", "91440"), ("tIns", "45720"), ("rIns", "91440"), ("bIns", "45720"))
        )
        inner = Box(box.x + left, box.y + top, max(0.1, box.width - left - right), max(0.1, box.height - top - bottom))
        styles = [_levels(self, chain, kind, master, number) for number in range(1, LEVELS + 1)]
        shrunk = next((fit for body in bodies if (fit := body.find("a:normAutofit", _NS)) is not None), None)
        scale = int(shrunk.get("fontScale", "100000")) / 100000 if shrunk is not None else 1.0
        anchors: Mapping[str, Literal["t", "ctr", "b"]] = {"ctr": "ctr", "b": "b"}
        runs = [[style.find("a:defRPr", _NS) for style in each] for each in styles]
        return Holder(
            kind=kind,
            index=index,
            box=box,
            text=inner,
            levels=tuple(_level(style, scale) for style in styles),
            colours=tuple(_first_colour(each, colours) for each in runs),
            anchor=anchors.get(of_body("anchor", "t"), "t"),
            wide=self._wide(runs[0], kind, master),
            upright=of_body("vert", "horz") == "horz",
            element=chain[0],
        )

    def _wide(self, runs: list[Any], kind: str, master: str) -> float:
        """How wide the type runs: by its family, and whether it is set in capitals."""
        usual = "+mj-lt" if kind in TITLES else "+mn-lt"
        faces = (run.find("a:latin", _NS) for run in runs if run is not None)
        face = next((str(latin.get("typeface")) for latin in faces if latin is not None), usual)
        caps = next((run.get("cap") for run in runs if run is not None and run.get("cap")), "none")
        family = self.fonts(master).get(face[:3], face) if face.startswith("+") else face
        return width(family) * (CAPITALS if caps in ("all", "small") else 1)

    # What is drawn behind the text

    def drawn(self, layout: TheirLayout) -> Iterator[Drawn]:
        """Everything that a layout shows beside its placeholders, its master's first, from the back to the front."""
        root = self.xml(layout.part) if layout.part else None
        if root is None or root.get("showMasterSp", "1") not in ("0", "false"):
            yield from _shapes(self.xml(layout.master).find("p:cSld/p:spTree", _NS), layout.master)
        if root is not None:
            yield from _shapes(root.find("p:cSld/p:spTree", _NS), layout.part)

    def pictures(self) -> Iterator[tuple[Box, Any, bytes]]:
        """The pictures on masters and on layouts for a title: where each stands, its element and its bytes."""
        titles = [part for master in self.masters for part in self.layout_parts(master)]
        titles = [part for part in titles if self.xml(part).get("type") == "title"]
        for part in (*self.masters, *titles):
            targets = {relation.id: relation.target for relation in self.package.parts[part].relations}
            for drawn in _shapes(self.xml(part).find("p:cSld/p:spTree", _NS), part):
                blip = drawn.element.find("p:blipFill/a:blip", _NS)
                target = targets.get(str(blip.get(f"{{{R}}}embed")), "") if blip is not None else ""
                if target in self.package.parts:
                    yield drawn.box, drawn.element, self.package.parts[target].data

    def background(self, layout: TheirLayout) -> tuple[Any, str]:
        """The `p:bg` that a layout shows, and the part that says so; None where neither it nor its master has one."""
        for part in (layout.part, layout.master) if layout.part else (layout.master,):
            found = self.xml(part).find("p:cSld/p:bg", _NS)
            if found is not None:
                return found, part
        return None, layout.master


_ASK = "Ask whoever looks after it for the template that people start their slides from."


def box_of(properties: Any) -> Box | None:
    """The box of a shape's properties; None where it has none of its own."""
    frame = properties.find("a:xfrm", _NS) if properties is not None else None
    off, extent = (frame.find("a:off", _NS), frame.find("a:ext", _NS)) if frame is not None else (None, None)
    if off is None or extent is None:
        return None
    x, y = int(off.get("x")) / EMU, int(off.get("y")) / EMU
    return Box(x, y, int(extent.get("cx")) / EMU, int(extent.get("cy")) / EMU)


def _parent(master: Any, kind: str) -> Any:
    wanted = "title" if kind in TITLES else kind if kind in FEET else "body"
    found = master.iterfind("p:cSld/p:spTree/p:sp", _NS)
    return next((e for e in found if (ph := e.find(_PLACEHOLDER, _NS)) is not None and ph.get("type") == wanted), None)


def _levels(template: Template, chain: list[Any], kind: str, master: str, number: int) -> list[Any]:
    """The `lvlNpPr` elements that say how a level is set, the nearest first."""
    style = "titleStyle" if kind in TITLES else "otherStyle" if kind in FEET else "bodyStyle"
    name = f"a:lvl{number}pPr"
    found = [each.find(f"p:txBody/a:lstStyle/{name}", _NS) for each in chain]
    found.append(template.xml(master).find(f"p:txStyles/p:{style}/{name}", _NS))
    found.append(template.root.find(f"p:defaultTextStyle/{name}", _NS))
    return [each for each in found if each is not None]


def _level(styles: list[Any], scale: float) -> Level:
    def attribute(name: str, usual: str) -> str:
        return next((str(style.get(name)) for style in styles if style.get(name) is not None), usual)

    def of_run(name: str, usual: str) -> str:
        runs = (style.find("a:defRPr", _NS) for style in styles)
        return next((str(run.get(name)) for run in runs if run is not None and run.get(name) is not None), usual)

    size = max(1.0, int(of_run("sz", "1800")) / 100 * scale)
    aligned: Mapping[str, Literal["l", "r", "ctr"]] = {"ctr": "ctr", "r": "r"}
    return Level(
        size=round(size * 2) / 2,
        bold=of_run("b", "0") in ("1", "true"),
        mark=_mark(styles),
        before=_space(styles, "spcBef", size) + _space(styles, "spcAft", size),
        hang=max(0, int(attribute("marL", "0")) + max(0, int(attribute("indent", "0")))) / EMU,
        align=aligned.get(attribute("algn", "l"), "l"),
        spacing=max(0.7, _space(styles, "lnSpc", size, size * 1.2) / (size * 1.2)),
    )


def _mark(styles: list[Any]) -> Literal["", "dash", "number"]:
    """Whether a level has a mark of some kind before its paragraphs."""
    for style in styles:
        for name, mark in _MARKS.items():
            if style.find(f"a:{name}", _NS) is not None:
                return mark
    return ""


def _space(styles: list[Any], name: str, size: float, usual: float = 0) -> float:
    """Space in points, which is written in points or as a share of a line."""
    found = next((each for style in styles if (each := style.find(f"a:{name}", _NS)) is not None), None)
    if found is None or not len(found):
        return usual
    value = float(str(found[0].get("val", "0")).rstrip("%"))
    if etree.QName(found[0]).localname == "spcPts":
        return value / 100
    return value / 100000 * size * 1.2


def _first_colour(runs: list[Any], colours: Colours) -> str:
    for run in runs:
        fill = run.find("a:solidFill", _NS) if run is not None else None
        found = colour(fill, colours) if fill is not None else None
        if found is not None:
            return found
    return colours["tx1"]


def _shapes(tree: Any, part: str, outer: tuple[float, float, float, float] = (0, 0, 1, 1)) -> Iterator[Drawn]:
    """The shapes of a tree that are no placeholders; `outer` says where a group stands: x, y and its two scales."""
    for element in tree:
        name = etree.QName(element).localname if isinstance(element.tag, str) else ""
        if name == "grpSp":
            yield from _shapes(element, part, _within(element, outer))
        elif name == "AlternateContent":
            yield from (each for choice in element for each in _shapes(choice, part, outer))
        elif name in ("sp", "pic") and element.find("./*/p:nvPr/p:ph", _NS) is None:
            own = box_of(element.find("p:spPr", _NS))
            if own is not None:
                x, y, across, down = outer
                box = Box(x + own.x * across, y + own.y * down, own.width * across, own.height * down)
                shape = element.find("p:spPr/a:prstGeom", _NS)
                yield Drawn(box, element, part, name == "sp" and (shape is None or shape.get("prst") != "rect"))


def _within(group: Any, outer: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    frame = group.find("p:grpSpPr/a:xfrm", _NS)
    if frame is None or any(frame.find(f"a:{name}", _NS) is None for name in ("off", "ext", "chOff", "chExt")):
        return outer

    def pair(name: str, one: str, other: str) -> tuple[float, float]:
        found = frame.find(f"a:{name}", _NS)
        return int(found.get(one)) / EMU, int(found.get(other)) / EMU

    (ox, oy), (ex, ey) = pair("off", "x", "y"), pair("ext", "cx", "cy")
    (cx, cy), (dx, dy) = pair("chOff", "x", "y"), pair("chExt", "cx", "cy")
    across, down = ex / dx if dx else 1, ey / dy if dy else 1
    x, y, wide, high = outer
    return x + (ox - cx * across) * wide, y + (oy - cy * down) * high, across * wide, down * high


def most_used_master(package: Package) -> str:
    """The master that most of the sample slides stand on; empty where there are none."""
    used: Counter[str] = Counter()
    for slide in package.parts[package.main].targets("slide"):
        for layout in package.parts[slide].targets("slideLayout") if slide in package.parts else ():
            used.update(package.parts[layout].targets("slideMaster")[:1] if layout in package.parts else ())
    return used.most_common(1)[0][0] if used else ""
