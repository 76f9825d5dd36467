"""Slides as parts of a page: the HTML that the deck is made of, taken apart for a handout or a web page.

What a slide says is written in one place, `templates/deck/slides.html.j2`. A page takes it from there, with whatever
slots and drawings a slide has: nothing here knows one by name but those that are data for a drawing of PowerPoint's.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Literal, cast

from lxml import html
from lxml.html import HtmlElement
from markupsafe import Markup

from kit.model.document import ShownDeck, SlideFace
from kit.model.page import Page, on_handout

_DEEPER = {"h1": "h3", "h2": "h4", "h3": "h5", "h4": "h6"}
"""On a page the title stands above the sections, and these above the slides."""
_SIDE = ("time", "side", "groups", "need", "caption")
"""Slots that stand in a narrow column beside the others: what is to be known before these."""
_TITLED_BESIDE = ("content", "objectives", "agenda", "debrief", "closing")
"""Layouts whose title stands in the narrow column, also where no slot does."""
_ROLES = {"table": "table", "thead": "rowgroup", "tbody": "rowgroup", "tr": "row", "td": "cell"}
_APART = 0.24
"""Hours that are closer to each other than this, as a part of the whole strip, would run into each other."""
_TALL, _LOW, _GAP = 34, 14, 3
"""How tall the block of now is on a strip that is 1,000 wide, how tall the others are, and what parts them."""
_PANELS = ("left", "right")
"""What the slots of 2 panels begin with."""
_LITTLE, _MUCH = 130, 330
"""Letters on a slide up to which it is set larger on paper, and from which it is set smaller."""


@dataclass(frozen=True)
class PageSlide:
    """A slide on a page. `number` counts from 1 as the deck does; `id` is unique in it."""

    number: int
    id: str
    layout: str
    title: Markup
    """The words of its title."""
    hidden: bool
    length: Literal["brief", "usual", "full"]
    """How much it says."""
    face: Markup
    """What it shows: its title as a heading of level 3, then each slot under its `data-slot`."""
    told: Markup
    """What its drawing shows, in words."""
    notes: Markup
    """What its notes say, their headings of level 4; empty where it is given without notes."""


@dataclass(frozen=True)
class SlideSection:
    """Slides that follow each other under the name of a section."""

    title: Markup
    slides: tuple[PageSlide, ...]


def sections(source: str) -> tuple[SlideSection, ...]:
    """The slides in `source`, which is what the deck's template writes, by section.

    Marks around what is English stay where they are: the page that these go into tags them (`kit.render.spoken`).
    """
    found = [*html.document_fromstring(source).iter("section")]
    there = {slide.get("id", "") for slide in found}
    slides = [(slide.get("data-section", ""), _page_slide(slide, n, there)) for n, slide in enumerate(found, 1)]
    return tuple(
        SlideSection(Markup.escape(title), tuple(slide for _, slide in group))
        for title, group in groupby(slides, lambda pair: pair[0])
    )


def drawn_for(deck: ShownDeck, paper: Page) -> ShownDeck:
    """The deck with each of its drawings as a handout on `paper` has it."""
    return replace(deck, slides=tuple(_drawn_on(slide, paper) for slide in deck.slides))


def _drawn_on(slide: SlideFace, paper: Page) -> SlideFace:
    if slide.figure is None:
        return slide
    return replace(slide, figure=replace(slide.figure, page=on_handout(slide.figure.page, paper)))


def _page_slide(slide: HtmlElement, number: int, there: set[str]) -> PageSlide:
    # What a link leads to may be a slide that is not on this page.
    for link in slide.iter("a"):
        if link.get("href", "").startswith("#") and link.get("href", "")[1:] not in there:
            link.drop_tag()
    notes = [*slide.iter("aside")]
    for aside in notes:
        aside.drop_tree()
    title = slide.find("h1")
    for heading in [*slide.iter(*_DEEPER), *(each for aside in notes for each in aside.iter(*_DEEPER))]:
        heading.tag = _DEEPER[heading.tag]
    for head in slide.iter("th"):
        head.set("scope", head.get("scope", "col"))
    for table in slide.iter("table"):
        if table.get("data-chart") is not None:
            _with_roles(table)
    for figure in [*slide.iter("figure")]:
        _drawn(figure)
    for quotation in slide.iter("blockquote"):
        _in_quotation_marks(quotation)
    _with_side(slide)
    _with_panels(slide)
    letters = len(" ".join(slide.text_content().split()))
    return PageSlide(
        number=number,
        id=slide.get("id", ""),
        layout=slide.get("data-layout", ""),
        title=Markup.escape(" ".join(title.text_content().split()) if title is not None else ""),
        hidden=slide.get("hidden") is not None,
        length="brief" if letters < _LITTLE else "full" if letters > _MUCH else "usual",
        face=_inside(slide),
        told=Markup(" ").join(Markup.escape(drawing.findtext("title", "")) for drawing in slide.iter("svg")).strip(),
        notes=Markup("").join(map(_inside, notes)),
    )


def _inside(element: HtmlElement) -> Markup:
    """The mark-up of what stands in `element`."""
    written: Iterator[str] = (cast(str, html.tostring(child, encoding="unicode")) for child in element)
    return Markup("".join(written).strip())


def _with_side(slide: HtmlElement) -> None:
    """The title and what stands in the narrow column become one part, before what stands in the wide one."""
    beside = [child for child in slide if child.get("data-slot") in _SIDE]
    if beside or slide.get("data-layout") in _TITLED_BESIDE:
        side = slide.makeelement("div", {"class": "side"})
        main = slide.makeelement("div", {"class": "main"})
        side.extend([c for c in slide if c.tag in _DEEPER.values() or c.get("data-slot") == "kicker"])
        side.extend(beside)
        main.extend([*slide])
        slide.extend([side, main])


def _with_roles(table: HtmlElement) -> None:
    """A table whose cells a narrow page sets below each other says that it is one: some browsers forget it then."""
    for part in table.iter(*_ROLES):
        part.set("role", _ROLES[part.tag])
    for head in table.iter("th"):
        head.set("role", "columnheader" if head.get("scope") == "col" else "rowheader")


def _with_panels(slide: HtmlElement) -> None:
    """What belongs to one of 2 panels becomes one part."""
    for name in _PANELS:
        parts = [c for c in slide if (c.get("data-slot") or "").split("-")[0] == name]
        if parts:
            panel = slide.makeelement("div", {"class": f"panel {name}"})
            parts[0].addprevious(panel)
            panel.extend(parts)


def _in_quotation_marks(quotation: HtmlElement) -> None:
    """The deck sets the marks by itself, so that the opening one hangs."""
    first, *rest = [*quotation.iter("p")] or [quotation]
    last = rest[-1] if rest else first
    first.text = f"“{first.text or ''}"
    if len(last):
        last[-1].tail = f"{last[-1].tail or ''}”"
    else:
        last.text = f"{last.text}”"


def _drawn(figure: HtmlElement) -> None:
    """A drawing as a page has it: a figure that is data for PowerPoint alone, such as a timer, is none."""
    figure.tag = "div"
    label = figure.attrib.pop("aria-label", "")
    if figure.get("data-timeline") is None:
        figure.set("class", "figure")
        # As large as its place on the page, not as on a slide.
        for drawing in figure.findall("svg"):
            drawing.attrib.pop("width", None)
            drawing.attrib.pop("height", None)
        if not len(figure):
            figure.drop_tree()
        return
    bars, hours = [*figure.iter("span")], _apart([*figure.iter("time")])
    now = bool(figure.find_class("here"))
    figure.attrib.pop("data-timeline")
    figure.set("class", "strip")
    figure.set("aria-hidden", "true")
    figure[:] = [_bars(figure, bars, now), *hours]
    for hour in hours:
        hour.set("style", f"left:{float(hour.attrib.pop('data-x')):.1%}")
    if now:
        where = figure.makeelement("p", {"class": "where"})
        where.text = label
        figure.addprevious(where)


def _apart(hours: list[HtmlElement]) -> list[HtmlElement]:
    """The first hour of a strip, the last, and those between that leave room for the words of each."""
    kept: list[HtmlElement] = hours[:1]
    last = float(hours[-1].get("data-x")) if hours else 1.0
    for hour in hours[1:-1]:
        x = float(hour.get("data-x"))
        if x - float(kept[-1].get("data-x")) >= _APART <= last - x:
            kept.append(hour)
    return [*kept, *hours[1:][-1:]]


def _bars(figure: HtmlElement, bars: list[HtmlElement], now: bool) -> HtmlElement:
    """The blocks of a strip as one drawing: boxes of their own would take longer to lay out than a slide does.

    The block of now is taller than the others and a break is hollow, so that both are told without colour.
    """
    size = {"viewBox": f"0 0 1000 {_TALL if now else _LOW}", "preserveAspectRatio": "none", "fill": "currentColor"}
    hidden = {"aria-hidden": "true"}
    drawing: HtmlElement = figure.makeelement("svg", {"xmlns": "http://www.w3.org/2000/svg", **hidden, **size})
    path = ""
    for bar in bars:
        x, width = 1000 * float(bar.get("data-x")), max(_GAP, 1000 * float(bar.get("data-width")) - _GAP)
        height = _TALL if now and "here" in bar.get("class", "") else _LOW
        top = (_TALL if now else _LOW) - height
        path += f"M{x:.0f} {top}h{width:.0f}v{height}h-{width:.0f}z"
        if "quiet" in bar.get("class", "") and height == _LOW and width > 2 * _GAP:
            inner = width - 2 * _GAP
            path += f"M{x + _GAP:.0f} {top + _GAP}v{height - 2 * _GAP}h{inner:.0f}v-{height - 2 * _GAP}z"
    drawing.append(drawing.makeelement("path", {"d": path}))
    return drawing
