"""Sheets of cards: fixed slots, backs that meet their fronts, and marks for cutting and folding.

All lengths in mm from the sheet's top left corner.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from kit.model.stock import Stock

Flip = Literal["long", "short"]

PRINTABLE = 5.0
"""How far from the sheet's edge an office printer can be trusted to print."""
LETTERED = 8.5
"""What the lines in the margins above and below the cards reach to."""
MARK_LENGTH = 4.0
MARK_CLEARANCE = 1.5
"""Between a trim mark and the nearest card: a cut that strays this far shows no ink."""


@dataclass(frozen=True)
class Slot:
    """Where a card lies on its sheet. A turned card is drawn upside down in its slot."""

    x: float
    y: float
    width: float
    height: float
    turned: bool = False


@dataclass(frozen=True)
class Mark:
    """A straight mark for a cut or a fold."""

    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True)
class Box:
    """The box of a text, and how the text is set in it: its size in pt, and the width that its lines may take.

    `id` is that of its element in the page.
    """

    id: str
    width: float
    height: float
    size: float
    measure: float


@dataclass(frozen=True)
class Card:
    """An entry of the document as its card sets it; `number` counts the cards of the set from 1."""

    number: int
    entry: Any
    texts: Mapping[str, Box]


@dataclass(frozen=True)
class Placed:
    """A card on a side of a sheet."""

    slot: Slot
    card: Card


@dataclass(frozen=True)
class Sheet:
    """Both faces of its cards, each in their order; a partial sheet leaves its last slots empty.

    The backs lie on the back of the sheet, or on its front too when the stock is folded.
    """

    number: int
    front: tuple[Placed, ...]
    back: tuple[Placed, ...]


def slots(stock: Stock) -> tuple[Slot, ...]:
    """The slots of the fronts on a sheet, row by row."""
    rows = range(1, stock.rows, 2) if stock.folded else range(stock.rows)
    return tuple(
        Slot(
            stock.left + column * stock.pitch_x,
            stock.top + row * stock.pitch_y,
            stock.card_width,
            stock.card_height,
        )
        for row in rows
        for column in range(stock.columns)
    )


def back_of(slot: Slot, stock: Stock, flip: Flip) -> Slot:
    """The slot of the back that belongs to the front in `slot`.

    On a folded stock it lies above the fold. Else it is the slot on the back of the same sheet that covers
    `slot` when the printer turns it over. The mirror is about the sheet, not about the block of cards, which
    need not be centred on it. Turned on a side edge, left and right change places; turned on the top edge,
    top and bottom do, and the card must be drawn upside down to stand upright behind its front.
    """
    if stock.folded:
        return Slot(slot.x, slot.y - stock.pitch_y, slot.width, slot.height, not slot.turned)
    if (flip == "long") != stock.landscape:
        return Slot(stock.sheet_width - slot.x - slot.width, slot.y, slot.width, slot.height, slot.turned)
    return Slot(slot.x, stock.sheet_height - slot.y - slot.height, slot.width, slot.height, not slot.turned)


def sheets(cards: Sequence[Card], stock: Stock, flip: Flip) -> tuple[Sheet, ...]:
    """The cards in their slots, as many sheets as they need."""
    places = slots(stock)
    starts = range(0, len(cards), len(places))
    return tuple(_sheet(number, cards[start:], places, stock, flip) for number, start in enumerate(starts, 1))


def _sheet(number: int, cards: Sequence[Card], places: Sequence[Slot], stock: Stock, flip: Flip) -> Sheet:
    front = tuple(Placed(slot, card) for slot, card in zip(places, cards, strict=False))
    return Sheet(number, front, tuple(Placed(back_of(placed.slot, stock, flip), placed.card) for placed in front))


def trim_marks(stock: Stock) -> tuple[Mark, ...]:
    """Marks in the margins, one for each end of each cut; none where the margin has no room to print one.

    A folded stock is not cut.
    """
    if stock.folded:
        return ()
    across = _edges(stock.left, stock.card_width, stock.pitch_x, stock.columns)
    down = _edges(stock.top, stock.card_height, stock.pitch_y, stock.rows)
    above, below = stock.top - MARK_CLEARANCE, stock.sheet_height - stock.bottom + MARK_CLEARANCE
    before, after = stock.left - MARK_CLEARANCE, stock.sheet_width - stock.right + MARK_CLEARANCE
    marks: list[Mark] = []
    if length := _mark_length(stock.top, LETTERED):
        marks += [Mark(x, above - length, x, above) for x in across]
    if length := _mark_length(stock.bottom, LETTERED):
        marks += [Mark(x, below, x, below + length) for x in across]
    if length := _mark_length(stock.left, PRINTABLE):
        marks += [Mark(before - length, y, before, y) for y in down]
    if length := _mark_length(stock.right, PRINTABLE):
        marks += [Mark(after, y, after + length, y) for y in down]
    return tuple(marks)


def fold_marks(stock: Stock) -> tuple[Mark, ...]:
    """Marks at both side edges of a folded stock: where the faces meet, and where the strips fold inwards."""
    if not stock.folded:
        return ()
    down = _edges(stock.top, stock.card_height, stock.pitch_y, stock.rows)
    folds = [y for y in down if PRINTABLE < y < stock.sheet_height - PRINTABLE]
    edge = stock.sheet_width - PRINTABLE
    return tuple(
        mark
        for y in folds
        for mark in (Mark(PRINTABLE, y, PRINTABLE + MARK_LENGTH, y), Mark(edge - MARK_LENGTH, y, edge, y))
    )


def _edges(start: float, size: float, pitch: float, count: int) -> tuple[float, ...]:
    edges = (start + n * pitch + end for n in range(count) for end in (0.0, size))
    return tuple(sorted({round(edge, 4) for edge in edges}))


def _mark_length(margin: float, kept: float) -> float:
    return max(0.0, min(MARK_LENGTH, margin - MARK_CLEARANCE - kept))
