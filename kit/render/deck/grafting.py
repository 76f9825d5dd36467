"""Layouts that a template lacks, added in its own look.

The layout is a copy of one of theirs, with its background, artwork, title and footers. Our placeholders stand where
its content stood. All lengths shrink by the same share, and so may the type, down to what a room can read.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass, replace
from math import ceil
from typing import Any

from lxml import etree

from kit.render.deck.colouring import paints
from kit.render.deck.corporate import FEET, TITLES, Holder, Template, TheirLayout
from kit.render.deck.grid import HOSTED, WIDTH, Box, Layout, Level, Placeholder, TableStyle
from kit.render.deck.grounds import covered, grounds
from kit.render.deck.mapping import ROOM_FOR_THE_NAME, TITLE_OF_ROOM, feet, floor, legible, table_in
from kit.render.deck.ooxml import NAMESPACES, A, P, R, hundredths, painted, plain, serialise, xfrm
from kit.render.deck.package import Package, Part, Relation, free_id, read_xml
from kit.render.deck.template import PML, placeholder

LEAST_SHARE = 0.55
"""Of our own sizes: a layout whose content area would need type smaller than that has no room for ours."""
_HEAD_SLOTS = ("kicker", "theme")
"""What stands on a line of its own above the content."""
_AS_TITLE = ("Title Slide", "Section Header", "Break")
"""Layouts whose title stands among the content and is larger than a title usually is."""
_INDICES = {"ftr": 20, "sldNum": 21, "dt": 22}
_NS = {"p": P}
_PLACEHOLDERS = "./p:nvSpPr/p:nvPr/p:ph | ./p:nvPicPr/p:nvPr/p:ph | ./p:nvGraphicFramePr/p:nvPr/p:ph"
_EMPTY = (
    f'<p:sldLayout {NAMESPACES}><p:cSld name=""><p:spTree><p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/>'
    "<p:nvPr/></p:nvGrpSpPr><p:grpSpPr/></p:spTree></p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr>"
    "</p:sldLayout>"
)


@dataclass(frozen=True)
class Host:
    """The layout that grafts are copies of, and where its title and its content stand.

    A `layout` with an empty part stands for a master without layouts.
    """

    layout: TheirLayout
    title: Holder
    body: Holder
    area: Box
    """Where content may stand: its own, and what is free below it."""


@dataclass(frozen=True)
class Graft:
    """A layout to add: ours as slides are planned on it, and the part that it becomes."""

    layout: Layout
    part: Part


def hosts(template: Template, first: TheirLayout | None, preferred: str) -> Iterable[Host]:
    """Layouts that could be copied, the best first: the one for title and content, others with room, a master."""
    others = sorted(
        template.layouts, key=lambda layout: (layout.master != preferred, layout.kind in ("title", "secHead"))
    )
    for layout in ([first] if first else []) + [layout for layout in others if layout != first]:
        host = _host(template, layout)
        if host is not None:
            yield host
    for master in sorted(template.masters, key=lambda master: master != preferred):
        colours = template.master_colours(master)
        found = template.master_holders(master)
        bare = TheirLayout(
            "",
            "",
            "",
            master,
            tuple(h for h in found if h.kind not in FEET),
            tuple(h for h in found if h.kind in FEET),
            colours,
        )
        host = _host(template, bare)
        if host is not None:
            yield host


def _host(template: Template, layout: TheirLayout) -> Host | None:
    above = template.master_holders(layout.master)
    title = layout.title or next((h for h in above if h.kind in TITLES), None)
    bodies = [h for h in layout.holders if h.kind in ("", "body", "tbl", "chart") and h.upright]
    body = max(bodies, key=lambda h: h.box.width * h.box.height, default=None)
    body = body or next((h for h in above if h.kind == "body"), None)
    if title is None or body is None or not title.upright or title.box.width < template.width * 0.25:
        return None
    if not title.within(template.width, template.height):
        return None
    return Host(layout, title, body, _area(template, layout, body))


def _area(template: Template, layout: TheirLayout, body: Holder) -> Box:
    text = _on_slide(template, body.text)
    tops = [foot.box.y for foot in layout.feet if foot.box.y > text.y + text.height / 2]
    bottom = min([*tops, template.height * 0.95]) - 0.08
    below = Box(text.x, text.y + text.height, text.width, bottom - text.y - text.height)
    if below.height <= 0 or (layout.part and covered(template, layout, below)):
        return text
    return replace(text, height=bottom - text.y)


def _on_slide(template: Template, box: Box) -> Box:
    """The part of a box that is on the slide, a little away from its edges."""
    x, y = max(0.2, box.x), max(0.2, box.y)
    right, bottom = min(template.width - 0.2, box.x + box.width), min(template.height - 0.2, box.y + box.height)
    return Box(x, y, max(0.1, right - x), max(0.1, bottom - y))


def share(template: Template, host: Host, ours: Layout) -> float:
    """How much smaller than on our own slides what stands on `ours` may have to be, at most 1."""
    left, top, right, bottom = _extent(ours)
    area = _content(template, host, ours)
    usual = min(1.0, template.width / WIDTH)
    return min(usual, area.width / (right - left) / host.body.wide, area.height / (bottom - top))


def graft(template: Template, host: Host, ours: Layout, number: int, taken: Iterable[str]) -> Graft:
    """`ours`, as a copy of the host with our placeholders on it. `number` tells its part from other grafts’.

    `taken` are the names that layouts of the template have already.
    """
    name = ours.name if ours.name not in set(taken) else f"{ours.name} (workshop)"
    path = posixpath.join(posixpath.dirname(template.package.main), f"slideLayouts/kitLayout{number}.xml")
    paint = paints(host.layout.colours, grounds(template, host.layout, _content(template, host, ours)))
    holders = tuple(_placed(template, host, ours, holder) for holder in ours.placeholders)
    layout = replace(
        ours,
        name=name,
        placeholders=holders,
        shapes=(),
        dark=False,
        symbol=_drawn(template, host, ours, ours.symbol),
        panel_symbols=(),
        timeline=_drawn(template, host, ours, ours.timeline),
        diagram=_drawn(template, host, ours, ours.diagram),
        chart=_drawn(template, host, ours, ours.chart),
        back=None,
        timer=_drawn(template, host, ours, ours.timer),
        logo=None,
        logo_on_dark=None,
        feet=tuple(replace(foot, index=_INDICES[foot.kind]) for foot in feet(template, host.layout, any_index=True)),
        part=path,
        paint=paint,
    )
    return Graft(layout, _part(template, host, ours, layout))


def add(package: Package, grafts: Iterable[Graft], master_of: dict[str, str]) -> Package:
    """The package with `grafts` among the layouts of their masters, which `master_of` gives by the graft’s part."""
    parts = dict(package.parts)
    ids = [
        int(found)
        for part in parts.values()
        for found in re.findall(rb'<p:sld(?:Layout|Master)Id [^>]*\bid="(\d+)"', part.data)
    ]
    next_id = max(ids) + 1
    for made in grafts:
        master = master_of[made.layout.part]
        above = parts[master]
        relation = Relation(free_id(above.relations), f"{R}/slideLayout", made.layout.part)
        root = read_xml(above.data)
        listed = root.find("p:sldLayoutIdLst", _NS)
        if listed is None:
            listed = etree.fromstring(f"<p:sldLayoutIdLst {NAMESPACES}/>")
            mapping = root.find("p:clrMap", _NS)
            assert mapping is not None
            mapping.addnext(listed)
        listed.append(etree.fromstring(f'<p:sldLayoutId {NAMESPACES} id="{next_id}" r:id="{relation.id}"/>'))
        next_id += 1
        parts[master] = replace(above, data=serialise(root), relations=(*above.relations, relation))
        parts[made.layout.part] = made.part
    return Package(parts, package.main)


# Where things stand ------------------------------------------------------------------------------


def _among_content(ours: Layout, holder: Placeholder) -> bool:
    return holder.slot not in _HEAD_SLOTS and (holder.slot != "title" or ours.name in _AS_TITLE)


def _extent(ours: Layout) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of what stands on our own layout below its title."""
    boxes = [holder.box for holder in ours.placeholders if _among_content(ours, holder)]
    boxes += [box for box in (ours.timeline, ours.diagram, ours.chart, ours.timer) if box]
    left, right = max(HOSTED.margin, min(box.x for box in boxes)), max(box.x + box.width for box in boxes)
    return left, min(box.y for box in boxes), right, max(box.y + box.height for box in boxes)


def _head(template: Template, ours: Layout) -> float:
    """The height of the line above the content, where there is one."""
    heights = [0.44 for holder in ours.placeholders if holder.slot in _HEAD_SLOTS]
    heights += [0.7] if ours.symbol else []
    return max(heights, default=0.0) * min(1.0, template.width / WIDTH)


def _content(template: Template, host: Host, ours: Layout) -> Box:
    head = _head(template, ours)
    return Box(host.area.x, host.area.y + head, host.area.width, host.area.height - head)


def _moved(template: Template, host: Host, ours: Layout, box: Box) -> Box:
    """A box of our own layout in the content area of the host."""
    left, top, right, bottom = _extent(ours)
    area = _content(template, host, ours)
    across, down = area.width / (right - left), area.height / (bottom - top)
    x = max(area.x, area.x + (box.x - left) * across)
    end = min(area.x + area.width, area.x + (box.x + box.width - left) * across)
    return Box(x, area.y + (box.y - top) * down, end - x, box.height * down)


def _drawn(template: Template, host: Host, ours: Layout, box: Box | None) -> Box | None:
    if box is None:
        return None
    if box == ours.symbol:
        side = _head(template, ours) * 0.9
        return Box(host.area.x + host.area.width - side, host.area.y, side, side)
    return _moved(template, host, ours, box)


def _placed(template: Template, host: Host, ours: Layout, holder: Placeholder) -> Placeholder:
    usual = min(1.0, template.width / WIDTH)
    least = min(usual, share(template, host, ours))
    if holder.slot == "title" and ours.name not in _AS_TITLE:
        title = host.title
        size = max(title.levels[0].size, TITLE_OF_ROOM * usual)
        return replace(
            holder,
            kind="title",
            index=0,
            box=title.text,
            levels=tuple(replace(level, size=size) for level in title.levels[:1]),
            least=min(size, max(28 * least, floor(template, holder.least))),
            anchor=title.anchor,
            balanced=False,
            wide=title.wide,
            ink=legible(template, host.layout, title)[0],
        )
    box = _moved(template, host, ours, holder.box)
    least *= ROOM_FOR_THE_NAME if holder.slot == "subtitle" else 1
    if holder.slot in _HEAD_SLOTS:
        right = _head(template, ours) + 0.1 if ours.symbol else 0
        height = _head(template, ours)
        box = Box(host.area.x, host.area.y, host.area.width - right, height * (0.75 if not ours.symbol else 1))
    kind = "title" if holder.kind == "ctrTitle" else "body" if holder.kind == "subTitle" else holder.kind
    levels = tuple(_scaled(level, usual) for level in holder.levels)
    read = floor(template, holder.least)
    if holder.slot == "quote":
        # Nothing hangs into the margin: there may be artwork.
        levels = tuple(replace(level, hang=0.0) for level in levels)
    if _bulleted(host, holder, usual):
        levels = host.body.levels
    levels = tuple(replace(level, size=max(level.size, read)) if n == 0 else level for n, level in enumerate(levels))
    return replace(
        holder,
        kind=kind,
        box=box,
        levels=levels,
        least=min(levels[0].size, max(round(holder.least * least * 2) / 2, read)),
        anchor="ctr" if holder.slot in _HEAD_SLOTS else holder.anchor,
        wide=host.title.wide if kind == "title" else host.body.wide,
        table=_table(template, host, holder, box, usual, least),
        ink=legible(template, host.layout, host.body)[0] if _bulleted(host, holder, usual) else "",
    )


def _table(
    template: Template, host: Host, holder: Placeholder, box: Box, usual: float, least: float
) -> TableStyle | None:
    if holder.table is None:
        return None
    style = table_in(template, holder.table, box.width, usual, host.body.wide)
    read = ceil(floor(template, holder.table.least))
    return replace(style, least=max(10, int(holder.table.least * least), read))


def _bulleted(host: Host, ours: Placeholder, usual: float) -> bool:
    """Whether a placeholder has points as the template sets them: with its mark, and in type for a room."""
    points = ours.kind == "" and ours.levels[0].mark == host.body.levels[0].mark == "dash"
    return points and host.body.levels[0].size >= 0.8 * ours.least * usual


def _scaled(level: Level, scale: float) -> Level:
    return replace(level, size=round(level.size * scale), before=level.before * scale, hang=level.hang * scale)


# The part ----------------------------------------------------------------------------------------


def _part(template: Template, host: Host, ours: Layout, layout: Layout) -> Part:
    source = host.layout.part
    root: Any = deepcopy(template.xml(source)) if source else etree.fromstring(_EMPTY)
    for attribute in ("type", "matchingName"):
        root.attrib.pop(attribute, None)
    root.set("preserve", "1")
    root.set("userDrawn", "1")
    slide = root.find("p:cSld", _NS)
    slide.set("name", layout.name)
    for holder in (root, slide):
        for extension in holder.findall("p:extLst", _NS):
            holder.remove(extension)
    tree = slide.find("p:spTree", _NS)
    for element in list(tree):
        if element.xpath(_PLACEHOLDERS, namespaces=_NS):
            tree.remove(element)
    number = max(int(id) for id in tree.xpath(".//p:cNvPr/@id", namespaces=_NS)) + 1
    for holder in layout.placeholders:
        own = next(each for each in ours.placeholders if each.slot == holder.slot)
        bulleted = _bulleted(host, own, min(1.0, template.width / WIDTH))
        tree.append(_element(host, ours, layout, holder, number, bulleted))
        number += 1
    for foot in host.layout.feet:
        copy = _copied(foot.element, number, foot.kind, _INDICES[foot.kind])
        tree.append(copy)
        number += 1
    relations = template.package.parts[source].relations if source else ()
    relations = relations or (Relation("rId1", f"{R}/slideMaster", host.layout.master),)
    return Part(serialise(root), f"{PML}slideLayout+xml", relations)


def _element(host: Host, ours: Layout, layout: Layout, holder: Placeholder, number: int, bulleted: bool) -> Any:
    if holder.slot == "title" and ours.name not in _AS_TITLE:
        title = _copied(host.title.element, number, "title", 0, holder.prompt)
        if holder.levels[0].size != host.title.levels[0].size:
            _size(title, holder.levels[0].size)
        return title
    if bulleted:
        copy = _copied(host.body.element, number, "", holder.index, holder.prompt)
        copy.find("p:nvSpPr/p:cNvPr", _NS).set("name", holder.name)
        _stand(copy, holder.box)
        if holder.levels[0].size != host.body.levels[0].size:
            _size(copy, holder.levels[0].size)
        return copy
    # Space below paragraphs is the one thing that our own layouts leave to the master.
    below = '</a:spcBef><a:spcAft><a:spcPts val="0"/></a:spcAft>'
    xml = painted(placeholder(number, holder).replace("</a:spcBef>", below), layout.paint)
    return etree.fromstring(xml.replace("<p:sp>", f"<p:sp {NAMESPACES}>", 1))


def _copied(element: Any, number: int, kind: str, index: int, prompt: str = "") -> Any:
    """A placeholder of theirs under a number, a type and an idx of ours, with `prompt` for its text."""
    copy = deepcopy(element)
    about = copy.find("p:nvSpPr/p:cNvPr", _NS)
    about.set("id", str(number))
    for extension in list(about):
        about.remove(extension)
    ph = copy.find("p:nvSpPr/p:nvPr/p:ph", _NS)
    for attribute in ("type", "idx"):
        ph.attrib.pop(attribute, None)
    if kind:
        ph.set("type", kind)
    if index:
        ph.set("idx", str(index))
    if prompt:
        ph.set("hasCustomPrompt", "1")
        body = _body(copy)
        for old in body.findall(f"{{{A}}}p"):
            body.remove(old)
        body.append(etree.fromstring(plain(prompt).replace("<a:p>", f"<a:p {NAMESPACES}>", 1)))
    return copy


def _size(element: Any, size: float) -> None:
    """Set the size of a copied placeholder’s first level."""
    style = _body(element).find(f"{{{A}}}lstStyle")
    level = style.find(f"{{{A}}}lvl1pPr")
    level = etree.SubElement(style, f"{{{A}}}lvl1pPr") if level is None else level
    run = level.find(f"{{{A}}}defRPr")
    run = etree.SubElement(level, f"{{{A}}}defRPr") if run is None else run
    run.set("sz", str(hundredths(size)))


def _body(element: Any) -> Any:
    """The text of a copied placeholder, with the parts that some programs leave out when they are empty."""
    body = element.find("p:txBody", _NS)
    if body is None:
        body = etree.SubElement(element, f"{{{P}}}txBody")
        element.find("p:spPr", _NS).addnext(body)
    if body.find(f"{{{A}}}bodyPr") is None:
        body.insert(0, etree.Element(f"{{{A}}}bodyPr"))
    if body.find(f"{{{A}}}lstStyle") is None:
        body.insert(1, etree.Element(f"{{{A}}}lstStyle"))
    return body


def _stand(element: Any, box: Box) -> None:
    """Give a copied placeholder a box of its own, without margins."""
    properties = element.find("p:spPr", _NS)
    for old in properties.findall(f"{{{A}}}xfrm"):
        properties.remove(old)
    properties.insert(0, etree.fromstring(xfrm(box).replace("<a:xfrm>", f"<a:xfrm {NAMESPACES}>", 1)))
    body = _body(element).find(f"{{{A}}}bodyPr")
    for side in ("lIns", "tIns", "rIns", "bIns"):
        body.set(side, "0")
    for old in list(body):
        body.remove(old)
    etree.SubElement(body, f"{{{A}}}normAutofit")
