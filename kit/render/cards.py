"""Quote cards: fixed slots on a sheet, backs that meet their fronts, words as large as they fit.

Three parts, in this order: geometry, in millimetres from the sheet's top left corner; the settings that
a text may take, from the advance widths of its font; and `build`, which lays the sheets out and lowers
whatever overflows until the laid-out document itself shows that everything fits.
"""

from __future__ import annotations

import importlib
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any, Literal

from kit.diagnostics import Diagnostic, Outcome, Place, in_order
from kit.model.document import ParticipantView, QuoteView
from kit.render.html import render
from kit.render.pdf import TOLERANCE_MM, Asset, Laid, Overflow, lay_out

Flip = Literal["long", "short"]

# Geometry ----------------------------------------------------------------------------------------

MM_PER_PT = 25.4 / 72
PRINTABLE = 5.0
"""How far from the sheet's edge an office printer can be trusted to print, in mm."""
MARK_LENGTH = 4.0
MARK_CLEARANCE = 1.5
"""Between a trim mark and the nearest card, in mm: a cut that strays this far shows no ink."""


@dataclass(frozen=True)
class Slot:
    """Where a card lies on its sheet, in mm. A turned card is drawn upside down in its slot."""

    x: float
    y: float
    width: float
    height: float
    turned: bool = False


@dataclass(frozen=True)
class Mark:
    """A straight trim mark, in mm."""

    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True)
class Stock:
    """A sheet of cards and how its cards are set: lengths in mm, type in pt.

    `inset` is kept clear inside every card, so that a back may land 3 mm off and still be whole. `foot` is
    the height kept for speaker and post, `head` that of a theme's title on one line; `note` is the size of
    the small type; `words` and `question` are the sizes to try, largest first.
    ValueError when the block of cards does not lie within the sheet.
    """

    name: str
    sheet_width: float
    sheet_height: float
    columns: int
    rows: int
    left: float
    top: float
    card_width: float
    card_height: float
    pitch_x: float
    pitch_y: float
    inset: float
    foot: float
    head: float
    note: float
    words: tuple[float, ...]
    question: tuple[float, ...]

    def __post_init__(self) -> None:
        overlapping = self.pitch_x < self.card_width or self.pitch_y < self.card_height
        if overlapping or self.left < 0 or self.top < 0 or self.right < 0 or self.bottom < 0:
            raise ValueError(f"cards of stock {self.name!r} do not lie side by side within their sheet")

    @property
    def right(self) -> float:
        """From the block of cards to the sheet's right edge."""
        return self.sheet_width - self.left - (self.columns - 1) * self.pitch_x - self.card_width

    @property
    def bottom(self) -> float:
        """From the block of cards to the sheet's bottom edge."""
        return self.sheet_height - self.top - (self.rows - 1) * self.pitch_y - self.card_height

    @property
    def inner_width(self) -> float:
        return self.card_width - 2 * self.inset

    @property
    def inner_height(self) -> float:
        return self.card_height - 2 * self.inset

    @property
    def symbol(self) -> float:
        """The side of a theme symbol."""
        return 3 * self.note * MM_PER_PT

    @property
    def post_width(self) -> float:
        """What the symbol leaves to the speaker's post."""
        return self.inner_width - self.symbol - self.note * MM_PER_PT

    @property
    def landscape(self) -> bool:
        return self.sheet_width > self.sheet_height


EIGHT = Stock(
    name="8 to a sheet of A4",
    sheet_width=210,
    sheet_height=297,
    columns=2,
    rows=4,
    left=13,
    top=16.5,
    card_width=92,
    card_height=66,
    pitch_x=92,
    pitch_y=66,
    inset=8,
    foot=15,
    head=12.5,
    note=8.5,
    words=(30, 28, 26, 24, 22, 20, 18.5, 17, 16, 15, 14, 13),
    question=(14, 13, 12, 11),
)
"""92 x 66 mm, all edges shared, so that 5 cuts across and 3 down free 8 cards; margins for marks."""

FOUR = Stock(
    name="4 to a sheet of A4",
    sheet_width=297,
    sheet_height=210,
    columns=2,
    rows=2,
    left=16.5,
    top=13,
    card_width=132,
    card_height=92,
    pitch_x=132,
    pitch_y=92,
    inset=10,
    foot=33,
    head=22,
    note=16,
    words=(40, 36, 32, 29, 26, 24, 22, 20, 18, 17, 16),
    question=(22, 20, 18),
)
"""132 x 92 mm with nothing below 16 pt, for large print: the same block of cards, a quarter of it each."""


def slots(stock: Stock) -> tuple[Slot, ...]:
    """The slots of the front of a sheet, row by row."""
    return tuple(
        Slot(
            stock.left + column * stock.pitch_x,
            stock.top + row * stock.pitch_y,
            stock.card_width,
            stock.card_height,
        )
        for row in range(stock.rows)
        for column in range(stock.columns)
    )


def back_of(slot: Slot, stock: Stock, flip: Flip) -> Slot:
    """The slot on the back of the same sheet that covers `slot` when the printer turns it over.

    The mirror is about the sheet, not about the block of cards, which need not be centred on it. Turned on a
    side edge, left and right change places; turned on the top edge, top and bottom do, and the card must be
    drawn upside down to stand upright behind its front.
    """
    if (flip == "long") != stock.landscape:
        return Slot(stock.sheet_width - slot.x - slot.width, slot.y, slot.width, slot.height, slot.turned)
    return Slot(slot.x, stock.sheet_height - slot.y - slot.height, slot.width, slot.height, not slot.turned)


def trim_marks(stock: Stock) -> tuple[Mark, ...]:
    """Marks in the margins, one for each end of each cut; none where the margin has no room to print one."""
    across = _edges(stock.left, stock.card_width, stock.pitch_x, stock.columns)
    down = _edges(stock.top, stock.card_height, stock.pitch_y, stock.rows)
    above, below = stock.top - MARK_CLEARANCE, stock.sheet_height - stock.bottom + MARK_CLEARANCE
    before, after = stock.left - MARK_CLEARANCE, stock.sheet_width - stock.right + MARK_CLEARANCE
    marks: list[Mark] = []
    if length := _mark_length(stock.top):
        marks += [Mark(x, above - length, x, above) for x in across]
    if length := _mark_length(stock.bottom):
        marks += [Mark(x, below, x, below + length) for x in across]
    if length := _mark_length(stock.left):
        marks += [Mark(before - length, y, before, y) for y in down]
    if length := _mark_length(stock.right):
        marks += [Mark(after, y, after + length, y) for y in down]
    return tuple(marks)


def _edges(start: float, size: float, pitch: float, count: int) -> tuple[float, ...]:
    edges = (start + n * pitch + end for n in range(count) for end in (0.0, size))
    return tuple(sorted({round(edge, 4) for edge in edges}))


def _mark_length(margin: float) -> float:
    return max(0.0, min(MARK_LENGTH, margin - MARK_CLEARANCE - PRINTABLE))


# Fitting -----------------------------------------------------------------------------------------

WORDS_LEADING = 1.2
QUESTION_LEADING = 1.25
NOTE_LEADING = 1.3
HANG = 0.4
"""Room for the opening quotation mark beside the words, in em: the mark's own advance width."""
FOOT_GAP = 1.8
"""Between the words and the rule above the speaker, in mm."""
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
    text: str, width: float, height: float, sizes: Sequence[float], face: Face, *, leading: float, hang: float = 0
) -> tuple[Setting, ...]:
    """The settings to try for `text` in a box of `width` by `height` mm, the best first.

    They begin at the largest size that may fit and end at the smallest of `sizes`. Each size comes twice:
    first with its lines drawn in to about equal lengths, so that no word stands alone on the last line,
    then with the whole width of the box.
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
        balanced = (_narrowest(pieces, room) * SLACK + hang) * em
        if balanced < width:
            found.append(Setting(size, round(balanced, 2)))
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


# Sheets ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Card:
    """A quotation as its card sets it; `number` counts the cards of the set from 1."""

    number: int
    quote: QuoteView
    words: Setting
    post: Setting
    question: Setting


@dataclass(frozen=True)
class Placed:
    """A card on a side of a sheet."""

    slot: Slot
    card: Card


@dataclass(frozen=True)
class Sheet:
    """Both sides of a sheet, each in the order of its cards; a partial sheet leaves its last slots empty."""

    number: int
    front: tuple[Placed, ...]
    back: tuple[Placed, ...]


def sheets(cards: Sequence[Card], stock: Stock, flip: Flip) -> tuple[Sheet, ...]:
    """The cards in their slots, as many sheets as they need."""
    places = slots(stock)
    starts = range(0, len(cards), len(places))
    return tuple(_sheet(number, cards[start:], places, stock, flip) for number, start in enumerate(starts, 1))


def _sheet(number: int, cards: Sequence[Card], places: Sequence[Slot], stock: Stock, flip: Flip) -> Sheet:
    front = tuple(Placed(slot, card) for slot, card in zip(places, cards, strict=False))
    return Sheet(number, front, tuple(Placed(back_of(placed.slot, stock, flip), placed.card) for placed in front))


@dataclass(frozen=True)
class _Text:
    """One of the texts that must fit; `id` is that of its element in the page."""

    id: str
    kind: Literal["words", "speaker", "question"]
    quote: QuoteView
    settings: tuple[Setting, ...]


def build(
    templates: Mapping[str, str],
    doc: ParticipantView,
    css: Sequence[str],
    assets: Mapping[str, Asset],
    *,
    document: Any,
    created: datetime,
    flip: Flip = "long",
    stock: Stock = EIGHT,
) -> Outcome[Laid]:
    """The quote cards of a pack, laid out.

    `templates` holds `quote-cards/page.html.j2` and what it extends; `css` its stylesheets in order;
    `assets` the fonts under `fonts/KitText-*.ttf`. Give the same `flip` to `Laid.write(duplex=...)`.

    Every text is set at the largest size of its stock at which the laid-out page holds it. Where the smallest
    does not fit, there is no value and a diagnostic `card-text-does-not-fit` for each such text;
    `no-quotes-for-cards` when the document has no quotations.
    """
    if not doc.quotes:
        return Outcome(None, (_NO_QUOTES,))
    face = read_face(assets["fonts/KitText-Regular.ttf"].data)
    texts = tuple(text for quote in doc.quotes for text in _texts(quote, stock, face))
    chosen = {text.id: 0 for text in texts}
    while True:
        laid = _lay_out(templates, doc, css, assets, texts, chosen, document, created, flip, stock)
        over = {overflow.id: overflow for overflow in laid.overflows("card-text")}
        lower = [text.id for text in texts if text.id in over and chosen[text.id] + 1 < len(text.settings)]
        if not lower:
            break
        chosen |= {id: chosen[id] + 1 for id in lower}
    if over:
        return Outcome(None, in_order(_misfits([(text, over[text.id]) for text in texts if text.id in over], stock)))
    return Outcome(laid)


def _texts(quote: QuoteView, stock: Stock, face: Face) -> tuple[_Text, ...]:
    width = stock.inner_width
    words = settings(quote.text + "”", width, _words_height(stock), stock.words, face, leading=WORDS_LEADING, hang=HANG)
    question = settings(
        quote.theme_question,
        width,
        _question_height(stock) - stock.head,
        stock.question,
        face,
        leading=QUESTION_LEADING,
    )
    post = settings(quote.post, stock.post_width, stock.foot, (stock.note,), face, leading=NOTE_LEADING)
    return (
        _Text(f"words-{quote.id}", "words", quote, words),
        _Text(f"speaker-{quote.id}", "speaker", quote, post),
        _Text(f"question-{quote.id}", "question", quote, question),
    )


def _words_height(stock: Stock) -> float:
    return stock.inner_height - stock.foot - FOOT_GAP


def _question_height(stock: Stock) -> float:
    return stock.inner_height - 2 * stock.note * MM_PER_PT


def _lay_out(
    templates: Mapping[str, str],
    doc: ParticipantView,
    css: Sequence[str],
    assets: Mapping[str, Asset],
    texts: Sequence[_Text],
    chosen: Mapping[str, int],
    document: Any,
    created: datetime,
    flip: Flip,
    stock: Stock,
) -> Laid:
    now = {text.id: text.settings[chosen[text.id]] for text in texts}
    cards = tuple(
        Card(number, quote, *(now[f"{kind}-{quote.id}"] for kind in ("words", "speaker", "question")))
        for number, quote in enumerate(doc.quotes, 1)
    )
    html = render(
        templates,
        "quote-cards/page.html.j2",
        doc=doc,
        css="",
        palette=doc.house.palette,
        document=document,
        sheets=sheets(cards, stock, flip),
        stock=stock,
        marks=trim_marks(stock),
        flip=flip,
        words_height=_words_height(stock),
        question_height=_question_height(stock),
    )
    return lay_out(html, css, assets, created=created)


# Faults ------------------------------------------------------------------------------------------

_NO_QUOTES = Diagnostic(
    code="no-quotes-for-cards",
    message="There are no quotations to print on cards.",
    advice="Name quotes in an activity of the plan, or leave the quote cards out of the pack.",
)


def _misfits(misfits: Sequence[tuple[_Text, Overflow]], stock: Stock) -> tuple[Diagnostic, ...]:
    # A question and a post stand on every card of their theme and speaker: one message for each is enough.
    first = {(text.kind, _subject(text)): (text, over) for text, over in reversed(misfits)}
    return tuple(_misfit(text, over, stock) for text, over in first.values())


def _subject(text: _Text) -> str:
    return {"words": text.quote.id, "speaker": text.quote.speaker, "question": text.quote.theme_title}[text.kind]


def _misfit(text: _Text, over: Overflow, stock: Stock) -> Diagnostic:
    smallest = f"{text.settings[-1].size:g} pt"
    quote = text.quote
    if text.kind == "words":
        cut = _words_over(quote.text, over.over_mm, _words_height(stock))
        message = f"The quotation “{quote.id}” does not fit on a card, even at {smallest}."
        advice = f"Quote a shorter passage: about {cut} fewer."
    elif text.kind == "question":
        cut = _words_over(quote.theme_question, over.over_mm, _question_height(stock))
        message = f"The theme “{quote.theme_title}” and its question do not fit on a card, even at {smallest}."
        advice = f"Shorten the question by about {cut}."
    else:
        cut = _words_over(quote.post, over.over_mm, stock.foot)
        message = f"The name and post of {quote.speaker} do not fit on a card."
        advice = f"Shorten the post by about {cut}."
    return Diagnostic("card-text-does-not-fit", message, advice, _place(quote.place))


def _words_over(text: str, over: float, room: float) -> str:
    count = len(text.split())
    words = max(1, min(count - 1, math.ceil(count * over / (room + over))))
    return f"{words} word" if words == 1 else f"{words} words"


def _place(place: str) -> Place:
    file, line, column = place.rsplit(":", 2)
    return Place(file, int(line), int(column))
