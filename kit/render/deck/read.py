"""HTML of the deck's template to slides as data. Anything the template cannot have written is a bug and raises."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Literal

from lxml import html
from lxml.html import HtmlElement

from kit.diagnostics import Place
from kit.render.deck.slides import (
    Cell,
    Chart,
    Figure,
    Paragraph,
    Row,
    Run,
    Series,
    Slide,
    Span,
    Symbol,
    Table,
    TimelineStrip,
    Timer,
)

_SPACE = re.compile(r"[ \t\r\n\f]+")
_BLOCKS = ("p", "li", "blockquote", "div", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "pre")
_MARKS = ("quiet", "here", "should", "could")
"""What a block on the timeline may be marked as."""
_NOT_IN_XML = dict.fromkeys([*(set(range(32)) - {9, 10, 13}), 0xFFFE, 0xFFFF, *range(0xD800, 0xE000)])
"""Characters that no XML file can hold, each mapped to nothing."""


def read(source: str) -> tuple[Slide, ...]:
    """The slides of `source`, in order."""
    root = html.document_fromstring(source.translate(_NOT_IN_XML))
    return tuple(_slide(section) for section in root.iter("section"))


def parse_place(text: str) -> Place | None:
    """`content/plans/day.yaml:12:5` as a place; None for an empty text, line 1 where no numbers are given."""
    match = re.fullmatch(r"(?P<file>.+?)(?::(?P<line>\d+))?(?::(?P<column>\d+))?", text.strip())
    if match is None:
        return None
    return Place(match["file"], int(match["line"] or 1), int(match["column"] or 1))


def _slide(section: HtmlElement) -> Slide:
    slots = {element.get("data-slot", ""): element for element in section.iter() if element.get("data-slot")}
    tables = {slot: _table(element) for slot, element in slots.items() if element.tag == "table"}
    text = {slot: _paragraphs(element) for slot, element in slots.items() if element.tag != "table"}
    symbols = {
        _of_what(svg): _symbol(svg)
        for svg in section.iter("svg")
        if not any(a.tag == "figure" for a in svg.iterancestors())
    }
    figures = list(section.iterfind("figure[@data-figure]/svg"))
    charts = [_chart(table) for table in section.iterfind("table[@data-chart]")]
    strips = [_strip(figure) for figure in section.iter("figure") if figure.get("data-timeline") is not None]
    return Slide(
        id=section.get("id", ""),
        layout=section.get("data-layout", ""),
        section=section.get("data-section", ""),
        title=" ".join("".join(section.find("h1").itertext()).split()),
        place=parse_place(section.get("data-place", "")),
        text={slot: paragraphs for slot, paragraphs in text.items() if paragraphs},
        tables=tables,
        symbols=symbols,
        timeline=strips[0] if strips else None,
        timer=next((_timer(figure) for figure in section.iter("figure") if figure.get("data-timer")), None),
        figure=_figure(figures[0]) if figures else None,
        chart=charts[0] if charts else None,
        first=int(section.get("data-first", "1")),
        back=Run(section.get("data-back-words"), link=section.get("data-back")) if section.get("data-back") else None,
        hidden=section.get("hidden") is not None,
        notes=tuple(p for aside in section.iter("aside") for p in _notes(aside)),
    )


def _paragraphs(element: HtmlElement) -> tuple[Paragraph, ...]:
    """The paragraphs in `element`; an element's `data-level` holds for everything inside it."""
    found = []
    for block in _leaves(element):
        runs = _runs(block)
        level = next((int(a.get("data-level")) for a in (block, *block.iterancestors()) if a.get("data-level")), 1)
        if runs:
            found.append(Paragraph(runs, level))
    return tuple(found)


def _leaves(element: HtmlElement) -> Iterator[HtmlElement]:
    """The innermost blocks, and any block that holds words of its own before an inner one."""
    inner = [child for child in element if child.tag in _BLOCKS]
    if not inner or (element.text or "").strip():
        yield element
    for child in inner:
        yield from _leaves(child)


def _runs(block: HtmlElement, *, linked: bool = True) -> tuple[Run, ...]:
    """Runs of `block` without those of its inner blocks, white space folded as HTML folds it.

    Where they are not to be `linked`, the address of a link stands in brackets behind its words.
    """
    runs: list[Run] = []
    space = True
    for piece in _pieces(block, Run(""), linked):
        folded = _SPACE.sub(" ", piece.text)
        if space:
            folded = folded.removeprefix(" ")
        if not folded:
            continue
        space = folded.endswith(" ")
        if runs and replace(runs[-1], text="") == replace(piece, text=""):
            runs[-1] = replace(piece, text=runs[-1].text + folded)
        else:
            runs.append(replace(piece, text=folded))
    if runs and runs[-1].text.endswith(" "):
        last = runs.pop()
        if last.text.strip(" "):
            runs.append(replace(last, text=last.text.rstrip(" ")))
    return tuple(runs)


def _pieces(element: HtmlElement, style: Run, linked: bool) -> Iterator[Run]:
    yield replace(style, text=element.text or "")
    for child in element:
        if child.tag == "br":
            yield replace(style, text=" ")
        elif isinstance(child.tag, str) and child.tag not in _BLOCKS:
            address = child.get("href", "")
            inner = replace(
                style,
                bold=style.bold or child.tag in ("b", "strong"),
                italic=style.italic or child.tag in ("i", "em"),
                link=(address if linked else "") or style.link,
            )
            yield from _pieces(child, inner, linked)
            if address and not linked and address != child.text_content():
                yield replace(style, text=f" ({address})")
        yield replace(style, text=child.tail or "")


def _table(element: HtmlElement) -> Table:
    header, *rows = [_row(tr) for tr in element.iter("tr")]
    return Table(header, tuple(rows))


def _row(tr: HtmlElement) -> Row:
    cells: tuple[Cell, ...] = tuple(_paragraphs(cell) for cell in tr if cell.tag in ("th", "td"))
    return Row(cells, quiet="quiet" in tr.get("class", ""))


def _of_what(svg: HtmlElement) -> str:
    """`left` or `right` for the symbol of a panel; any other is that of the slide’s theme."""
    slots = (ancestor.get("data-slot", "") for ancestor in svg.iterancestors())
    return next((slot.removesuffix("-symbol") for slot in slots if slot.endswith("-symbol")), "theme")


def _symbol(svg: HtmlElement) -> Symbol:
    # The HTML parser writes attribute names in lower case.
    x, y, width, height = (float(number) for number in svg.get("viewbox", "0 0 24 24").replace(",", " ").split())
    elements = [svg, *svg.iter("g", "path")]
    stroke = next((float(e.get("stroke-width")) for e in elements if e.get("stroke-width")), width / 16)
    return Symbol(tuple(path.get("d", "") for path in svg.iter("path")), (x, y, width, height), stroke)


def _figure(svg: HtmlElement) -> Figure:
    from kit.render.deck.figures import SCHEME, figure

    article = next(svg.iterancestors("article"))
    # The first name for a colour counts where 2 of a palette are alike.
    colours = {article.get(f"data-{name}"): called for name, called in reversed(SCHEME.items())}
    return figure(svg, colours)


def _chart(table: HtmlElement) -> Chart:
    (_, *names), *rows = [
        [cell.text_content().strip() for cell in tr if cell.tag in ("th", "td")] for tr in table.iter("tr")
    ]
    values = [[float(text) if text else None for text in row[1:]] for row in rows]
    most = table.get("data-most", "")
    return Chart(
        alt=table.get("aria-label", ""),
        categories=tuple(row[0] for row in rows),
        series=tuple(
            Series(name, tuple(column)) for name, column in zip(names, zip(*values, strict=True), strict=True)
        ),
        decimals=max(len(text.partition(".")[2]) for row in rows for text in row[1:]),
        most=float(most) if most else None,
    )


def _strip(figure: HtmlElement) -> TimelineStrip:
    spans = tuple(
        Span(
            float(span.get("data-x")),
            float(span.get("data-width")),
            "quiet" in _classes(span),
            "here" in _classes(span),
            next((word for word in ("should", "could") if word in _classes(span)), "must"),
        )
        for span in figure.iter("span")
        if span.get("data-x")
    )
    ticks = tuple((float(tick.get("data-x")), tick.text_content().strip()) for tick in figure.iter("time"))
    return TimelineStrip(spans, ticks, figure.get("aria-label", ""))


def _classes(element: HtmlElement) -> list[str]:
    return list(element.get("class", "").split())


def _timer(figure: HtmlElement) -> Timer:
    return Timer(int(figure.get("data-timer")), figure.get("aria-label", ""))


def _notes(aside: HtmlElement) -> Iterator[Paragraph]:
    for block in _leaves(aside):
        runs = _runs(block, linked=False)
        if not runs:
            continue
        lists = [a.tag for a in (block, *block.iterancestors()) if a.tag in ("ul", "ol")]
        mark: Literal["", "bullet", "number", "heading"] = ""
        if block.tag == "h2":
            mark = "heading"
        elif lists:
            mark = "number" if lists[0] == "ol" else "bullet"
        yield Paragraph(runs, max(1, len(lists)), mark)
