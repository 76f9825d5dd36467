"""Slides as data to a .pptx: every text in a placeholder, every table and drawing PowerPoint's own."""

from __future__ import annotations

import io
import uuid
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from xml.sax.saxutils import quoteattr
from zipfile import ZipFile

from pptx import Presentation
from pptx.shapes.placeholder import TablePlaceholder

from kit.diagnostics import Diagnostic
from kit.render.deck.drawing import Drawing, contain, logo_shape, symbol_shape
from kit.render.deck.fit import (
    PITCH,
    POINTS,
    Fitted,
    FittedTable,
    advance,
    balanced,
    fit,
    fit_table,
    fit_together,
    height,
    lines,
)
from kit.render.deck.grid import CELL_GAP, NOTES, NOTES_SIZES, Box, Foot, Layout, Level, Placeholder, TableStyle
from kit.render.deck.layouts import FOR
from kit.render.deck.ooxml import (
    LANGUAGE,
    NAMESPACES,
    TABLE_STYLE,
    P,
    emu,
    fill,
    hundredths,
    named,
    number_field,
    painted,
    paragraph,
    parse,
    plain,
    sizes_only,
    xfrm,
)
from kit.render.deck.slides import Paragraph, Row, Run, Slide, Table, TimelineStrip
from kit.render.deck.template import pack

_LEAST_FOOTER = 8
"""Points: a footer that would have to be smaller is left out."""
_SECTIONS = "{521415D9-36F7-43E2-AB2F-B90AF26B5E84}"
_P14 = "http://schemas.microsoft.com/office/powerpoint/2010/main"


@dataclass(frozen=True)
class LogoImage:
    """A logo to set on the title slide: shapes to draw, or a PNG's bytes."""

    alt: str
    drawing: Drawing | None = None
    png: bytes = b""


@dataclass(frozen=True)
class Logos:
    """The logo for light grounds and the one for dark grounds, where there are such."""

    on_light: LogoImage | None = None
    on_dark: LogoImage | None = None


@dataclass(frozen=True)
class Properties:
    """What the file says about itself."""

    title: str
    author: str
    created: datetime
    language: str = LANGUAGE
    """As PowerPoint names it: `cy-GB`."""


@dataclass(frozen=True)
class Plan:
    """A slide with its layout chosen and everything on it measured."""

    slide: Slide
    layout: Layout
    text: dict[str, tuple[Paragraph, ...]]
    sizes: dict[str, Fitted]
    tables: dict[str, FittedTable]


def plan(slide: Slide, layouts: Mapping[str, tuple[Layout, ...]] = FOR) -> Plan:
    """Chooses the layout and the sizes. A slot that no layout of this kind has is a bug in the template.

    `layouts` are the candidates for each kind of slide, the most fitting first.
    """
    text = dict(slide.text) | {"title": (Paragraph((Run(slide.title),)),)}
    if "quote" in text:
        text["quote"] = _in_quotation_marks(text["quote"])
    slots = [*text, *slide.tables]
    candidates = [layout for layout in layouts[slide.layout] if layout.holds(slots)]
    if not candidates:
        raise ValueError(f"slide {slide.id}: no layout for {slide.layout} has all of {', '.join(slots)}")
    plans = [_measured(slide, layout, text) for layout in candidates]
    return next((p for p in plans if not _overs(p)), plans[-1])


def _measured(slide: Slide, layout: Layout, text: dict[str, tuple[Paragraph, ...]]) -> Plan:
    sizes: dict[str, Fitted] = {}
    groups: dict[str, list[Placeholder]] = {}
    tables: dict[str, FittedTable] = {}
    for holder in layout.placeholders:
        if holder.table and holder.slot in slide.tables:
            table = slide.tables[holder.slot]
            tables[holder.slot] = fit_table(_style(holder.table, table), table, holder.box.height)
        elif holder.slot in text and holder.group:
            groups.setdefault(holder.group, []).append(holder)
        elif holder.slot in text:
            sizes[holder.slot] = fit(holder, text[holder.slot])
    for members in groups.values():
        fitted = fit_together([(holder, text[holder.slot]) for holder in members])
        sizes |= {holder.slot: one for holder, one in zip(members, fitted, strict=True)}
    return Plan(slide, layout, text, sizes, tables)


def _overs(planned: Plan) -> dict[str, int]:
    found = {slot: fitted.over for slot, fitted in planned.sizes.items() if fitted.over}
    return found | {slot: fitted.over for slot, fitted in planned.tables.items() if fitted.over}


def faults(planned: Plan) -> tuple[Diagnostic, ...]:
    """A fault for each placeholder whose text is too long even at its least size."""
    names = {holder.slot: holder.name.lower() for holder in planned.layout.placeholders}
    found = []
    for slot, over in _overs(planned).items():
        much = "1 line" if over == 1 else f"{over} lines"
        least = planned.tables[slot].size if slot in planned.tables else planned.sizes[slot].sizes[0]
        found.append(
            Diagnostic(
                "text-does-not-fit",
                f"The slide “{planned.slide.title}” has about {much} too much in its {names[slot]}, "
                f"even in the smallest type ({least:g} point).",
                "Shorten it by that much, or move a part of it to another slide or a handout.",
                planned.slide.place,
            )
        )
    return tuple(found)


def _in_quotation_marks(paragraphs: Sequence[Paragraph]) -> tuple[Paragraph, ...]:
    first, *rest = paragraphs
    opened = [Paragraph((Run("“", accent=True), *first.runs)), *rest]
    last = opened.pop()
    return (*opened, Paragraph((*last.runs, Run("”", accent=True))))


def _style(style: TableStyle, table: Table) -> TableStyle:
    """`style` for a table that may lack the last column: its width goes to the widest."""
    missing = style.columns[len(table.header.cells) :]
    if not missing:
        return style
    spare = sum(column.width for column in missing)
    kept = style.columns[: len(table.header.cells)]
    widest = max(range(len(kept)), key=lambda n: kept[n].width)
    columns = tuple(replace(c, width=c.width + spare) if n == widest else c for n, c in enumerate(kept))
    return replace(style, columns=columns)


def write(template: bytes, plans: Sequence[Plan], footer: str, logos: Logos, about: Properties) -> bytes:
    """The deck as the bytes of a .pptx, the same for the same input."""
    deck = Presentation(io.BytesIO(template))
    layouts = {layout.name: layout for layout in deck.slide_layouts}
    layouts |= {layout.part.partname[1:]: layout for master in deck.slide_masters for layout in master.slide_layouts}
    for planned in plans:
        slide = deck.slides.add_slide(layouts[planned.layout.part or planned.layout.name])
        _fill(slide, planned)
        _draw(slide, planned, logos)
        if planned.layout.footer:
            _foot(slide, planned.layout.feet, footer)
        _map_colours(slide)
        _annotate(slide, planned.slide.notes)
    _sections(deck, [planned.slide for planned in plans])
    _describe(deck, about)
    out = io.BytesIO()
    deck.save(out)
    with ZipFile(out) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    spoken = {name: _spoken(part, about.language) for name, part in parts.items() if name.endswith(".xml")}
    return pack(parts | spoken)


def _spoken(part: bytes, language: str) -> bytes:
    """A part whose words are in `language`: what decides how they are read aloud and spell-checked."""
    return part.replace(f'lang="{LANGUAGE}"'.encode(), f'lang="{language}"'.encode())


def _tree(slide: Any) -> Any:
    return slide.shapes._spTree


def _next_number(slide: Any) -> int:
    return max(int(number) for number in _tree(slide).xpath(".//p:cNvPr/@id")) + 1


def _fill(slide: Any, planned: Plan) -> None:
    shapes = {shape.placeholder_format.idx: shape for shape in slide.placeholders}
    others = set(shapes) - {holder.index for holder in planned.layout.placeholders}
    for index in others:
        shapes[index]._element.getparent().remove(shapes[index]._element)
    for holder in planned.layout.placeholders:
        shape = shapes[holder.index]
        shape.name = holder.name
        # A screen reader goes by the order of the shapes, and that of a template from elsewhere may be any.
        _tree(slide).append(shape._element)
        if holder.slot in planned.tables and holder.table:
            table = planned.slide.tables[holder.slot]
            _set_table(slide, planned, shape, holder, _style(holder.table, table))
        elif holder.slot in planned.text:
            _set_text(shape, holder, planned.text[holder.slot], planned.sizes[holder.slot].sizes, planned.layout.paint)
        else:
            shape._element.getparent().remove(shape._element)


def _set_text(
    shape: Any,
    holder: Placeholder,
    paragraphs: Sequence[Paragraph],
    sizes: Sequence[float],
    paint: Mapping[str, str],
) -> None:
    usual = tuple(level.size for level in holder.levels)
    as_it_is = tuple(sizes) == usual and not holder.flat and not holder.ink
    style = "<a:lstStyle/>" if as_it_is else sizes_only(sizes, holder.flat, holder.ink)
    inset = ""
    if holder.balanced and len(paragraphs) == 1:
        level = holder.levels[0]
        room = holder.box.width - level.hang
        kept = balanced(paragraphs[0].runs, sizes[0], room / holder.wide, level.bold) * holder.wide
        inset = f' rIns="{emu(room - kept)}"'
    words = "".join(
        paragraph(source, _first(holder, source, sizes[0]) if place == 0 else "")
        for place, source in enumerate(paragraphs)
    )
    element = shape._element
    element.replace(
        element.txBody,
        parse(
            f"<p:txBody {NAMESPACES}><a:bodyPr{inset}><a:normAutofit/></a:bodyPr>{style}"
            f"{painted(words, paint)}</p:txBody>"
        ),
    )


def _first(holder: Placeholder, source: Paragraph, size: float) -> str:
    """What a placeholder's first paragraph has of its own: no space above, or a mark that hangs by its width."""
    if holder.slot == "quote" and holder.levels[0].hang:
        return f'<a:pPr indent="{-emu(advance("“", size) / POINTS)}"/>'
    if not holder.levels[min(source.level, len(holder.levels)) - 1].before:
        return ""
    level = f' lvl="{source.level - 1}"' if source.level > 1 else ""
    return f'<a:pPr{level}><a:spcBef><a:spcPts val="0"/></a:spcBef></a:pPr>'


def _set_table(slide: Any, planned: Plan, shape: Any, holder: Placeholder, style: TableStyle) -> None:
    table, fitted = planned.slide.tables[holder.slot], planned.tables[holder.slot]
    rows = [table.header, *table.rows]
    holder_shape: Any = TablePlaceholder(shape._element, shape._parent)
    frame = holder_shape.insert_table(rows=len(rows), cols=len(style.columns))
    _tree(slide).append(frame._element)
    frame.left, frame.top, frame.width = (emu(at) for at in (holder.box.x, holder.box.y, holder.box.width))
    frame._element.nvGraphicFramePr.cNvPr.set("descr", f"{holder.name}, as a table with a header row")
    frame.height = sum(emu(height) for height in fitted.heights)
    grid = frame._element.graphic.graphicData.tbl
    properties = grid.tblPr
    for attribute in list(properties.attrib):
        del properties.attrib[attribute]
    properties.set("firstRow", "1")
    for child in list(properties):
        properties.remove(child)
    properties.append(parse(f"<a:tableStyleId {NAMESPACES}>{TABLE_STYLE}</a:tableStyleId>"))
    for column, wanted in zip(grid.tblGrid.gridCol_lst, style.columns, strict=True):
        column.set("w", str(emu(wanted.width)))
        for extension in list(column):
            column.remove(extension)
    for number, (element, row) in enumerate(zip(grid.tr_lst, rows, strict=True)):
        element.set("h", str(emu(fitted.heights[number])))
        for cell, content in zip(list(element.tc_lst), _cells(row, style, fitted, header=number == 0), strict=True):
            element.replace(cell, parse(painted(content, planned.layout.paint)))


def _cells(row: Row, style: TableStyle, fitted: FittedTable, header: bool) -> Iterable[str]:
    size = style.header if header else fitted.size
    pad = emu(4 / POINTS) if header else emu(fitted.pad / POINTS)
    for number, (cell, column) in enumerate(zip(row.cells, style.columns, strict=True)):
        colour = "" if header else "accent2" if row.quiet else "" if column.colour == "tx1" else column.colour
        align = f'<a:pPr algn="{column.align}"/>' if column.align != "l" else ""
        words = "".join(paragraph(source, align, size, colour) for source in cell)
        right = emu(CELL_GAP) if column.align == "l" and number < len(style.columns) - 1 else 0
        yield (
            f"<a:tc {NAMESPACES}><a:txBody><a:bodyPr/><a:lstStyle/>{words}</a:txBody>"
            f'<a:tcPr marL="0" marR="{right}" marT="{pad}" marB="{pad}" anchor="{"b" if header else "t"}"/></a:tc>'
        )


def _draw(slide: Any, planned: Plan, logos: Logos) -> None:
    tree, layout = _tree(slide), planned.layout
    number = _next_number(slide)
    if planned.slide.symbol and layout.symbol:
        symbol = symbol_shape(number, "Theme symbol", planned.slide.symbol, layout.symbol)
        tree.append(_shape(painted(symbol, layout.paint)))
    if planned.slide.timeline and layout.timeline:
        tree.append(_shape(painted(_timeline(number, planned.slide.timeline, layout.timeline), layout.paint)))
    if layout.logo_on_dark and logos.on_dark:
        _draw_logo(slide, number, logos.on_dark, layout.logo_on_dark)
    elif layout.logo and logos.on_light:
        _draw_logo(slide, number, logos.on_light, layout.logo)


def _draw_logo(slide: Any, number: int, logo: LogoImage, box: Box) -> None:
    if logo.drawing:
        _tree(slide).append(_shape(logo_shape(number, logo.drawing, logo.alt, box)))
        return
    picture = slide.shapes.add_picture(io.BytesIO(logo.png), 0, 0)
    place = contain(box, picture.width / picture.height, across=1)
    picture.left, picture.top = emu(place.x), emu(place.y)
    picture.width, picture.height = emu(place.width), emu(place.height)
    picture.name = "Logo"
    picture._element.nvPicPr.cNvPr.set("descr", logo.alt)


def _shape(xml: str) -> Any:
    tag, rest = xml.split(">", 1)
    return parse(f"{tag} {NAMESPACES}>{rest}")


def _timeline(number: int, strip: TimelineStrip, box: Box) -> str:
    """The session to scale as a group with one alternative text: bars, and the clock below them."""
    bar_height, gap, label_width = 0.14, 0.025, 0.9
    shapes = ""
    count = number
    for span in strip.spans:
        count += 1
        bar = Box(box.x + span.x * box.width, box.y, max(0.02, span.width * box.width - gap), bar_height)
        paint = fill("accent3") if span.quiet else fill("accent1")
        shapes += (
            f"<p:sp><p:nvSpPr>{named(count, f'Block {count - number}', '', decorative=True)}<p:cNvSpPr/>"
            f"<p:nvPr/></p:nvSpPr>"
            f'<p:spPr>{xfrm(bar)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>{paint}'
            "<a:ln><a:noFill/></a:ln></p:spPr></p:sp>"
        )
    for x, label in strip.ticks:
        count += 1
        align, shift = ("l", 0.0) if x < 0.02 else ("r", label_width) if x > 0.98 else ("ctr", label_width / 2)
        place = Box(box.x + x * box.width - shift, box.y + bar_height + 0.06, label_width, 0.22)
        words = paragraph(Paragraph((Run(label),)), f'<a:pPr algn="{align}"/>', 12, "accent2")
        shapes += (
            f'<p:sp><p:nvSpPr>{named(count, f"Clock {label}")}<p:cNvSpPr txBox="1"/><p:nvPr/></p:nvSpPr>'
            f'<p:spPr>{xfrm(place)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/></p:spPr>'
            f'<p:txBody><a:bodyPr wrap="square" lIns="0" tIns="0" rIns="0" bIns="0"/><a:lstStyle/>'
            f"{words}</p:txBody></p:sp>"
        )
    off = f'x="{emu(box.x)}" y="{emu(box.y)}"'
    extent = f'cx="{emu(box.width)}" cy="{emu(box.height)}"'
    return (
        f"<p:grpSp><p:nvGrpSpPr>{named(number, 'Timeline', strip.alt)}<p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr>"
        f"<p:grpSpPr><a:xfrm><a:off {off}/><a:ext {extent}/><a:chOff {off}/><a:chExt {extent}/></a:xfrm></p:grpSpPr>"
        f"{shapes}</p:grpSp>"
    )


def _foot(slide: Any, feet: Iterable[Foot], footer: str) -> None:
    content = {"ftr": ("Footer", plain(footer)), "sldNum": ("Slide number", number_field())}
    for n, foot in enumerate(feet, _next_number(slide)):
        name, words = content[foot.kind]
        size = _size_in(foot, footer) if foot.kind == "ftr" else None
        if size == 0:
            continue
        set_as = f' sz="{hundredths(size)}"' if size else ""
        run = f"<a:defRPr{set_as}>{fill(foot.ink) if foot.ink else ''}</a:defRPr>"
        changed = bool(set_as or foot.ink)
        style = f"<a:lstStyle><a:lvl1pPr>{run}</a:lvl1pPr></a:lstStyle>" if changed else "<a:lstStyle/>"
        _tree(slide).append(
            parse(
                f'<p:sp {NAMESPACES}><p:nvSpPr>{named(n, name)}<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
                f'<p:nvPr><p:ph type="{foot.kind}" sz="quarter" idx="{foot.index}"/></p:nvPr></p:nvSpPr><p:spPr/>'
                f"<p:txBody><a:bodyPr/>{style}{words}</p:txBody></p:sp>"
            )
        )


def _size_in(foot: Foot, footer: str) -> float | None:
    """The size at which a footer fits its box: None for the usual one, 0 where none that can be read would do."""
    if foot.box is None or foot.level is None:
        return None
    run, room = (Run(footer),), foot.box.height * POINTS + 1
    sizes = (foot.level.size, *(size for size in range(int(foot.level.size), _LEAST_FOOTER - 1, -1)))
    for size in sizes:
        if lines(run, size, foot.box.width / foot.wide, foot.level.bold) * size * PITCH <= max(room, size * PITCH):
            return None if size == foot.level.size else size
    return 0


def _map_colours(slide: Any) -> None:
    """A slide does not inherit its layout's mapping of colours: it has to say so itself."""
    theirs = slide.slide_layout._element.find(f"{{{P}}}clrMapOvr")
    mapping = slide._element.find(f"{{{P}}}clrMapOvr")
    if theirs is not None and len(theirs) and theirs[0].tag.endswith("overrideClrMapping"):
        mapping.getparent().replace(mapping, deepcopy(theirs))


def _annotate(slide: Any, notes: Sequence[Paragraph]) -> None:
    """Speaker notes: bold cue headings, paragraphs and lists."""
    page = slide.notes_slide
    body = page.notes_placeholder._element
    written = [_note(note, first=place == 0) for place, note in enumerate(notes)]
    words = "".join(written) or plain("")
    style = sizes_only([_notes_size(notes)] * 3)
    body.replace(body.txBody, parse(f"<p:txBody {NAMESPACES}><a:bodyPr/>{style}{words}</p:txBody>"))
    for shape in page.placeholders:
        shape._element.nvSpPr.cNvPr.attrib.pop("descr", None)


def _notes_size(notes: Sequence[Paragraph]) -> float:
    """The largest size at which the notes fit a printed page; the least one where none does."""
    levels = [Level(NOTES_SIZES[0], before=7, hang=0.25)]
    fitting = (s for s in NOTES_SIZES if height(notes, levels, [s], NOTES.width) <= NOTES.height * POINTS)
    return next(fitting, NOTES_SIZES[-1])


def _note(note: Paragraph, first: bool) -> str:
    before = '<a:spcBef><a:spcPts val="{}"/></a:spcBef>'
    if note.mark == "heading":
        runs = tuple(Run(piece.text, bold=True) for piece in note.runs)
        return paragraph(Paragraph(runs), f'<a:pPr marL="0" indent="0">{before.format(0 if first else 900)}</a:pPr>')
    if note.mark in ("bullet", "number"):
        margin, level = 228600 * note.level, f' lvl="{note.level - 1}"' if note.level > 1 else ""
        bullet = '<a:buFont typeface="+mj-lt"/>' + (
            '<a:buChar char="–"/>' if note.mark == "bullet" else '<a:buAutoNum type="arabicPeriod"/>'
        )
        inner = f"{before.format(200)}{bullet}"
        return paragraph(note, f'<a:pPr marL="{margin}"{level} indent="-228600">{inner}</a:pPr>')
    return paragraph(note, f'<a:pPr marL="0" indent="0">{before.format(200)}</a:pPr>')


def _sections(deck: Any, slides: Sequence[Slide]) -> None:
    """PowerPoint's sections: each run of slides of one section, every slide exactly once, ids that never change."""
    root = deck.part._element
    numbers = [element.get("id") for element in root.sldIdLst]
    groups: list[tuple[str, list[str]]] = []
    for slide, number in zip(slides, numbers, strict=True):
        name = slide.section or slide.title
        if not groups or groups[-1][0] != name:
            groups.append((name, []))
        groups[-1][1].append(number)
    written = ""
    seen: Counter[str] = Counter()
    for place, (title, members) in enumerate(groups):
        seen[title] += 1
        name = f"{title} ({seen[title]})" if seen[title] > 1 else title
        guid = str(uuid.uuid5(uuid.NAMESPACE_URL, f"section/{place}/{name}")).upper()
        ids = "".join(f'<p14:sldId id="{number}"/>' for number in members)
        written += (
            f'<p14:section name={quoteattr(name)} id="{{{guid}}}"><p14:sldIdLst>{ids}</p14:sldIdLst></p14:section>'
        )
    root.append(
        parse(
            f'<p:extLst {NAMESPACES}><p:ext uri="{_SECTIONS}"><p14:sectionLst xmlns:p14="{_P14}">{written}'
            "</p14:sectionLst></p:ext></p:extLst>"
        )
    )


def _describe(deck: Any, about: Properties) -> None:
    core = deck.core_properties
    core.title, core.author, core.last_modified_by = about.title, about.author, about.author
    core.language = about.language
    core.created = core.modified = about.created.replace(tzinfo=None)
    core.revision = 1
