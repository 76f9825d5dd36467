"""Slides as data to a .pptx: every text in a placeholder, every table and drawing PowerPoint's own."""

from __future__ import annotations

import io
import uuid
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from xml.sax.saxutils import quoteattr
from zipfile import ZipFile

from pptx import Presentation
from pptx.opc.packuri import PackURI

from kit.render.deck.charts import chart
from kit.render.deck.diagrams import diagram
from kit.render.deck.drawing import Drawing, contain, logo_shape, symbol_shape
from kit.render.deck.fit import PITCH, POINTS, advance, balanced, font_scale, lines
from kit.render.deck.grid import Box, Foot, Placeholder
from kit.render.deck.identity import joined, mark
from kit.render.deck.links import label, lead
from kit.render.deck.notes import notes_xml
from kit.render.deck.ooxml import (
    LANGUAGE,
    NAMESPACES,
    emu,
    fill,
    hundredths,
    named,
    number_field,
    painted,
    paragraph,
    parse,
    sizes_only,
)
from kit.render.deck.pages import Shapes, add_notes, picture, placeholder, placeholders, put, slide_part, slide_xml
from kit.render.deck.planning import Plan, table_style
from kit.render.deck.readback import texts_of
from kit.render.deck.slides import Paragraph, Run, Slide
from kit.render.deck.tables import table
from kit.render.deck.template import pack, with_custom_properties
from kit.render.deck.timeline import agenda, here
from kit.render.deck.timing import timer_bar, timing

_BEFORE_A_LINK = "\u2003"
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
    labels: Mapping[str, str] = field(default_factory=dict)
    """What it was made from, by which it is known again: see `identity.LABELS`."""


def write(template: bytes, plans: Sequence[Plan], footer: str, logos: Logos, about: Properties) -> bytes:
    """The deck as the bytes of a .pptx, the same for the same input."""
    deck = Presentation(io.BytesIO(template))
    _count_parts(deck.part.package)
    layouts = {layout.name: layout for layout in deck.slide_layouts}
    layouts |= {layout.part.partname[1:]: layout for master in deck.slide_masters for layout in master.slide_layouts}
    places = {name: placeholders(layout) for name, layout in layouts.items()}
    slides: dict[str, Any] = {}
    for planned in plans:
        name = planned.layout.part or planned.layout.name
        slide = slide_part(deck, layouts[name])
        shapes = Shapes()
        _fill(slide, shapes, planned, places[name])
        _draw(slide, shapes, planned, logos)
        timing = _time(shapes, planned)
        if planned.layout.footer:
            _foot(shapes, planned.layout.feet, footer, planned.slide.back)
        elif planned.slide.back and planned.layout.back:
            words = label(shapes.number, planned.slide.back, planned.layout.back)
            shapes.add(painted(words, planned.layout.paint))
        given = planned.slide
        put(slide, layouts[name], slide_xml(given.id, shapes, timing, hidden=given.hidden))
        notes = add_notes(slide, deck.notes_master, notes_xml(given.notes))
        mark(notes, given.id, texts_of(slide._element, notes))
        slides[given.id] = slide
    lead(slides)
    _sections(deck, [planned.slide for planned in plans])
    _describe(deck, about)
    out = io.BytesIO()
    deck.save(out)
    with ZipFile(out) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    labels = about.labels and {**about.labels, "slides": joined(planned.slide.id for planned in plans)}
    spoken = {name: _spoken(part, about.language) for name, part in parts.items() if name.endswith(".xml")}
    return pack(with_custom_properties(parts | spoken, labels))


def _count_parts(package: Any) -> None:
    """Gives python-pptx a counter where it would walk the whole package for the name of each new part."""
    taken = {str(part.partname) for part in package.iter_parts()}
    counts: Counter[str] = Counter()

    def next_name(pattern: str) -> PackURI:
        counts[pattern] += 1
        while pattern % counts[pattern] in taken:
            counts[pattern] += 1
        return PackURI(pattern % counts[pattern])

    package.next_partname = next_name


def _spoken(part: bytes, language: str) -> bytes:
    """A part whose words are in `language`: what decides how they are read aloud and spell-checked."""
    for way in ('lang="{}"', '<c:lang val="{}"/>'):
        part = part.replace(way.format(LANGUAGE).encode(), way.format(language).encode())
    return part


def _fill(slide: Any, shapes: Shapes, planned: Plan, places: Mapping[int, str]) -> None:
    """Writes what stands in placeholders, in the order of our layout: a screen reader goes by the order of shapes."""
    paint = planned.layout.paint
    for holder in planned.layout.placeholders:
        place = places[holder.index]
        if holder.slot in planned.tables and holder.table:
            style = table_style(holder.table, planned.slide.tables[holder.slot])
            shapes.add(painted(table(shapes.number, planned, holder, style, place), paint))
        elif holder.slot == "chart" and planned.slide.chart:
            shapes.add(chart(shapes.number, slide, holder, planned.slide.chart, paint, place))
        elif holder.slot in planned.text:
            about = named(shapes.number, holder.name)
            shapes.add(placeholder(about, place, _text(holder, planned)), holder.slot)


def _text(holder: Placeholder, planned: Plan) -> str:
    """The words of a slot as a `txBody`, at the sizes that were measured.

    Sizes smaller than the layout's are stored as PowerPoint stores them, as the `fontScale` of `normAutofit`
    (ECMA-376-1, 21.1.2.1.3): it applies that when it opens the file, and grows the text again when somebody takes words
    away. Where no scale gives these sizes, they stand in the shape's own list style; so do those that several have in
    common, since LibreOffice works out a scale of its own for each and would make 2 headings different.
    """
    paragraphs, sizes = planned.text[holder.slot], planned.sizes[holder.slot].sizes
    usual = tuple(level.size for level in holder.levels)
    alike = holder.group and tuple(sizes) != usual
    scale = None if holder.flat or holder.ink or alike else font_scale(usual, sizes)
    style = "<a:lstStyle/>" if scale else sizes_only(sizes, holder.flat, holder.ink)
    shrunk = f' fontScale="{scale}"' if scale and tuple(sizes) != usual else ""
    inset = ""
    if holder.balanced and len(paragraphs) == 1:
        level = holder.levels[0]
        room = holder.box.width - level.hang
        kept = balanced(paragraphs[0].runs, sizes[0], room / holder.wide, level.bold) * holder.wide
        inset = f' rIns="{emu(room - kept)}"'
    words = "".join(
        paragraph(source, _of_its_own(holder, source, sizes[0], place, planned.slide.first))
        for place, source in enumerate(paragraphs)
    )
    body = f"<a:bodyPr{inset}><a:normAutofit{shrunk}/></a:bodyPr>{style}"
    return f"<p:txBody>{body}{painted(words, planned.layout.paint)}</p:txBody>"


def _of_its_own(holder: Placeholder, source: Paragraph, size: float, place: int, first: int) -> str:
    """What a paragraph has that its level does not: no space above the first, a mark that hangs, a later number."""
    if place == 0 and holder.slot == "quote" and holder.levels[0].hang:
        return f'<a:pPr indent="{-emu(advance("“", size) / POINTS)}"/>'
    own, style = "", holder.levels[min(source.level, len(holder.levels)) - 1]
    if place == 0 and style.before:
        own = '<a:spcBef><a:spcPts val="0"/></a:spcBef>'
    if first > 1 and style.mark == "number" and not holder.flat:
        own += f'<a:buFont typeface="+mj-lt"/><a:buAutoNum type="arabicPlain" startAt="{first}"/>'
    level = f' lvl="{source.level - 1}"' if source.level > 1 else ""
    return f"<a:pPr{level}>{own}</a:pPr>" if own else ""


def _draw(slide: Any, shapes: Shapes, planned: Plan, logos: Logos) -> None:
    layout = planned.layout
    places = {"theme": layout.symbol, **dict(zip(("left", "right"), layout.panel_symbols, strict=False))}
    for name, symbol in planned.slide.symbols.items():
        if place := places.get(name):
            shape = symbol_shape(shapes.number, f"{name.capitalize()} symbol", symbol, place)
            shapes.add(painted(shape, layout.paint))
    if (strip := planned.slide.timeline) and layout.timeline:
        fitted, number = next(iter(planned.tables.values()), None), shapes.number
        drawn = (
            agenda(number, strip, layout.timeline, fitted.heights) if fitted else here(number, strip, layout.timeline)
        )
        shapes.add(painted(drawn, layout.paint))
    if (figure := planned.slide.figure) and layout.diagram:
        shapes.add(painted(diagram(shapes.number, "Diagram", figure, layout.diagram), layout.paint))
    if layout.logo_on_dark and logos.on_dark:
        shapes.add(_logo(slide, shapes.number, logos.on_dark, layout.logo_on_dark))
    elif layout.logo and logos.on_light:
        shapes.add(_logo(slide, shapes.number, logos.on_light, layout.logo))


def _time(shapes: Shapes, planned: Plan) -> str:
    """Adds a bar to start with a click, where the layout has room for one, and returns the animation of it."""
    timer, box = planned.slide.timer, planned.layout.timer
    if not (timer and box):
        return ""
    number = shapes.number
    # It is read where it is seen: after the minutes that it counts.
    shapes.add(painted(timer_bar(number, timer, box), planned.layout.paint), after="time")
    return timing(number, timer.minutes)


def _logo(slide: Any, number: int, logo: LogoImage, box: Box) -> str:
    if logo.drawing:
        return logo_shape(number, logo.drawing, logo.alt, box)
    image, relation = slide.get_or_add_image_part(io.BytesIO(logo.png))
    width, height = image.scale(None, None)
    return picture(named(number, "Logo", logo.alt), relation, contain(box, width / height, across=1))


def _foot(shapes: Shapes, feet: Iterable[Foot], footer: str, back: Run | None) -> None:
    runs = (Run(footer), *((Run(_BEFORE_A_LINK), back) if back else ()))
    content = {"ftr": ("Footer", paragraph(Paragraph(runs))), "sldNum": ("Slide number", number_field())}
    for foot in feet:
        name, words = content[foot.kind]
        size = _size_in(foot, runs) if foot.kind == "ftr" else None
        if size == 0:
            continue
        set_as = f' sz="{hundredths(size)}"' if size else ""
        run = f"<a:defRPr{set_as}>{fill(foot.ink) if foot.ink else ''}</a:defRPr>"
        changed = bool(set_as or foot.ink)
        style = f"<a:lstStyle><a:lvl1pPr>{run}</a:lvl1pPr></a:lstStyle>" if changed else "<a:lstStyle/>"
        place = f'<p:ph type="{foot.kind}" sz="quarter" idx="{foot.index}"/>'
        body = f"<p:txBody><a:bodyPr/>{style}{words}</p:txBody>"
        shapes.add(placeholder(named(shapes.number, name), place, body))


def _size_in(foot: Foot, run: Sequence[Run]) -> float | None:
    """The size at which a footer fits its box: None for the usual one, 0 where none that can be read would do."""
    if foot.box is None or foot.level is None:
        return None
    room = foot.box.height * POINTS + 1
    sizes = (foot.level.size, *(size for size in range(int(foot.level.size), _LEAST_FOOTER - 1, -1)))
    for size in sizes:
        if lines(run, size, foot.box.width / foot.wide, foot.level.bold) * size * PITCH <= max(room, size * PITCH):
            return None if size == foot.level.size else size
    return 0


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
