"""Cards of any kind: every text as large as its box holds it, laid out on the sheets of a stock.

What the cards are made of is data: the `cards` of a document's `document.yaml` names the list that has an
entry for each card, the stock, and the texts that are to be fitted; the document's page template puts them
in place. Two parts, in this order: the settings that a text may take, from the advance widths of its font;
and `build`, which lays the sheets out and lowers whatever overflows until the laid-out document itself shows
that everything fits.
"""

from __future__ import annotations

import importlib
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

from kit.diagnostics import Diagnostic, Outcome, Place, in_order
from kit.model.document import ParticipantView
from kit.model.kind import CardLayout, CardText, DocumentKind
from kit.model.language import Language
from kit.model.stock import STOCKS, Stock
from kit.render.html import render
from kit.render.pdf import TOLERANCE_MM, Asset, Laid, Overflow, lay_out
from kit.render.sheet import Box, Card, Flip, fold_marks, sheets, trim_marks

# Fitting -----------------------------------------------------------------------------------------

MM_PER_PT = 25.4 / 72
HOPE = 0.98
"""Widths are taken a little short of their sum, since kerning closes letters up. A setting that hopes for
too much costs one more layout; one that hopes for too little would leave the words smaller than they fit."""
SLACK = 1.015
"""A balanced line is given a little more than its words need, for the same reason."""

_PIECE = re.compile(r"(\s*)(\S+?(?:[\u2013\u2014](?=\w)|(?=\s|$)))")
"""The space before a piece that no line breaks, and the piece. Hyphened words stay whole on a card."""


@dataclass(frozen=True)
class Setting:
    """How a text is set: its size in pt, and the width that its lines may take in mm."""

    size: float
    measure: float


@dataclass(frozen=True)
class Face:
    """Advance widths of a font in em, by code point."""

    advances: Mapping[int, float]
    missing: float

    def width(self, text: str) -> float:
        return sum(self.advances.get(ord(character), self.missing) for character in text)


def read_face(font: bytes) -> Face:
    """The advance widths of a TrueType font."""
    # Loaded here and not above: commands that draw nothing need not pay for it.
    ttlib = importlib.import_module("fontTools.ttLib")
    with ttlib.TTFont(BytesIO(font), lazy=True) as ttf:
        em, metrics = ttf["head"].unitsPerEm, ttf["hmtx"]
        advances = {code: metrics[glyph][0] / em for code, glyph in ttf.getBestCmap().items()}
        return Face(advances, metrics[".notdef"][0] / em)


def settings(
    text: str,
    width: float,
    height: float,
    sizes: Sequence[float],
    face: Face,
    *,
    leading: float,
    hang: float = 0,
    balanced: bool = True,
) -> tuple[Setting, ...]:
    """The settings to try for `text` in a box of `width` by `height` mm, the best first.

    They begin at the largest size that may fit and end at the smallest of `sizes`. Each size of a `balanced`
    text comes twice: first with its lines drawn in to about equal lengths, so that no word stands alone on
    the last line, then with the whole width of the box.
    """
    pieces = tuple((face.width(space), face.width(piece)) for space, piece in _PIECE.findall(text))
    found: list[Setting] = []
    for size in sizes:
        em = size * MM_PER_PT
        room = width / em - hang
        hoped = _lines(pieces, room / HOPE)
        smallest = size == sizes[-1]
        if not found and not smallest and (hoped is None or hoped * leading * em > height + TOLERANCE_MM):
            continue
        drawn_in = (_narrowest(pieces, room) * SLACK + hang) * em
        if balanced and drawn_in < width:
            found.append(Setting(size, round(drawn_in, 2)))
        found.append(Setting(size, width))
    return tuple(found)


def _lines(pieces: Sequence[tuple[float, float]], room: float) -> int | None:
    """How many lines the pieces (space before, width) fill; None when one is wider than `room`."""
    lines, used = 0, math.inf
    for space, width in pieces:
        if width > room:
            return None
        if used + space + width > room:
            lines, used = lines + 1, width
        else:
            used += space + width
    return lines


def _narrowest(pieces: Sequence[tuple[float, float]], room: float) -> float:
    """The least room that takes no more lines than `room` does; `room` itself for a single line."""
    wanted = _lines(pieces, room)
    if wanted is None or wanted < 2:
        return room
    least, most = room / wanted / 2, room
    while most - least > 0.01:
        middle = (least + most) / 2
        lines = _lines(pieces, middle)
        if lines is not None and lines <= wanted:
            most = middle
        else:
            least = middle
    return most


# The document ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Text:
    """One of the texts that must fit; `id` is that of its element in the page."""

    id: str
    name: str
    entry: Any
    layout: CardText
    width: float
    settings: tuple[Setting, ...]

    def box(self, choice: int) -> Box:
        setting = self.settings[choice]
        return Box(self.id, self.width, self.layout.height, setting.size, setting.measure)


def build(
    templates: Mapping[str, str],
    language: Language,
    doc: ParticipantView,
    css: Sequence[str],
    assets: Mapping[str, Asset],
    *,
    kind: DocumentKind,
    created: datetime,
) -> Outcome[Laid]:
    """The cards of a document, laid out.

    `templates` holds `<kind>/page.html.j2` and what it extends; `css` its stylesheets in order; `assets` the
    fonts under `fonts/KitText-*.ttf`. Give `Laid.write` the kind's own sides and flip.

    Every text is set at the largest of its sizes at which the laid-out page holds it. Where the smallest
    does not fit, there is no value and a diagnostic `card-text-does-not-fit` for each such text;
    `nothing-for-cards` when the document's list is empty.
    """
    layout = kind.cards
    assert layout is not None
    entries: Sequence[Any] = getattr(doc, layout.of)
    if not entries:
        return Outcome(None, (_nothing(kind, layout),))
    stock = STOCKS[layout.stock]
    face = read_face(assets["fonts/KitText-Regular.ttf"].data)
    texts = tuple(text for entry in entries for text in _texts(entry, layout, stock, face))
    chosen = {text.id: 0 for text in texts}
    while True:
        cards = _cards(entries, texts, chosen)
        laid = lay_out(_page(templates, language, doc, kind, layout, stock, cards), css, assets, created=created)
        over = {overflow.id: overflow for overflow in laid.overflows("card-text")}
        lower = [text.id for text in texts if text.id in over and chosen[text.id] + 1 < len(text.settings)]
        if not lower:
            break
        chosen |= {id: chosen[id] + 1 for id in lower}
    if over:
        return Outcome(None, in_order(_misfits([(text, over[text.id]) for text in texts if text.id in over])))
    return Outcome(laid)


def _texts(entry: Any, layout: CardLayout, stock: Stock, face: Face) -> tuple[_Text, ...]:
    return tuple(_text(name, entry, text, layout, stock, face) for name, text in layout.texts.items())


def _text(name: str, entry: Any, text: CardText, layout: CardLayout, stock: Stock, face: Face) -> _Text:
    width = stock.card_width - 2 * layout.inset if text.width is None else text.width
    found = settings(
        f"{getattr(entry, text.field)}{text.after}",
        width,
        text.height - text.taken,
        text.sizes,
        face,
        leading=text.leading,
        hang=text.hang,
        balanced=text.balanced,
    )
    return _Text(f"{name}-{entry.id}", name, entry, text, width, found)


def _cards(entries: Sequence[Any], texts: Sequence[_Text], chosen: Mapping[str, int]) -> tuple[Card, ...]:
    boxes: dict[str, dict[str, Box]] = {entry.id: {} for entry in entries}
    for text in texts:
        boxes[text.entry.id][text.name] = text.box(chosen[text.id])
    return tuple(Card(number, entry, boxes[entry.id]) for number, entry in enumerate(entries, 1))


def _page(
    templates: Mapping[str, str],
    language: Language,
    doc: ParticipantView,
    kind: DocumentKind,
    layout: CardLayout,
    stock: Stock,
    cards: Sequence[Card],
) -> str:
    flip: Flip = "short" if kind.flip == "short" else "long"
    sides = language.phrase(f"cards.flip_{flip}" if kind.sides == 2 else "cards.single_sided")
    return render(
        templates,
        f"{kind.id}/page.html.j2",
        language,
        doc=doc,
        palette=doc.house.palette,
        document=kind,
        layout=layout,
        stock=stock,
        sheets=sheets(cards, stock, flip),
        count=len(cards),
        marks=trim_marks(stock),
        folds=fold_marks(stock),
        advice=f"{sides} {layout.finish}",
    )


# Faults ------------------------------------------------------------------------------------------


def _nothing(kind: DocumentKind, layout: CardLayout) -> Diagnostic:
    return Diagnostic(
        code="nothing-for-cards",
        message=f"There are no {layout.of} to print: the {kind.title.lower()} would be empty.",
        advice=f"Name {layout.of} in the plan, or take the {kind.title.lower()} out of the materials.",
    )


def _misfits(misfits: Sequence[tuple[_Text, Overflow]]) -> tuple[Diagnostic, ...]:
    # Some texts stand on many cards, like the post of a speaker: one message for each is enough.
    first = {(text.name, _subject(text)): (text, over) for text, over in reversed(misfits)}
    return tuple(_misfit(text, over) for text, over in first.values())


def _subject(text: _Text) -> str:
    return str(getattr(text.entry, text.layout.by))


def _misfit(text: _Text, over: Overflow) -> Diagnostic:
    words = str(getattr(text.entry, text.layout.field))
    return Diagnostic(
        "card-text-does-not-fit",
        f"{text.layout.called} “{_subject(text)}” does not fit on a card, even at {text.settings[-1].size:g} pt.",
        f"{text.layout.advice}: about {_words_over(words, over.over_mm, text.layout.height)} fewer.",
        _place(text.entry.place),
    )


def _words_over(text: str, over: float, room: float) -> str:
    count = len(text.split())
    words = max(1, min(count - 1, math.ceil(count * over / (room + over))))
    return f"{words} word" if words == 1 else f"{words} words"


def _place(place: str) -> Place:
    file, line, column = place.rsplit(":", 2)
    return Place(file, int(line), int(column))
