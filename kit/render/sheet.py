"""Sheets of cards: fixed slots, backs that meet their fronts, and marks for cutting and folding.

All lengths in mm from the sheet's top left corner.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from string import ascii_uppercase
from typing import Any, Literal

from kit.model.stock import Flip, Stock

PRINTABLE = 5.0
"""How far from the sheet's edge an office printer can be trusted to print."""
LETTERED = 8.5
"""What the lines in the margins above and below the cards reach to."""
MARK_LENGTH = 4.0
MARK_CLEARANCE = 1.5
"""Between a trim mark and the nearest card: a cut that strays this far shows no ink."""
BLEED = 3.0
"""How far a print shop prints beyond the edge of a card."""
SLUG = 10.0
"""What a print shop's page has around the card: the bleed, and the marks beyond it."""

Offset = tuple[float, float]
"""To the right and down, in mm."""


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

    `id` is that of its element in the page; empty in further copies of a card.
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
    """A card on a side of a sheet. `name` is that of its slot, as in `2C`: both faces have it when they could part."""

    slot: Slot
    card: Card
    name: str = ""


@dataclass(frozen=True)
class Sheet:
    """Both faces of its cards, each in their order; a partial sheet leaves its last slots empty.

    The backs lie on the back of the sheet, or on its front too when they are folded over.
    """

    number: int
    stock: Stock
    fold: Literal["columns", "rows", ""]
    front: tuple[Placed, ...]
    back: tuple[Placed, ...]
    marks: tuple[Mark, ...]
    folds: tuple[Mark, ...]
    offset: Offset
    """What everything on the back is moved by."""

    @property
    def lettered(self) -> bool:
        """Whether its margins have room for a line above and below the cards."""
        return min(self.stock.top, self.stock.bottom) >= LETTERED and not self.stock.page

    @property
    def page(self) -> str:
        """The name of its `@page` rule."""
        return page_name(self.stock)


def page_name(stock: Stock) -> str:
    """The name of the `@page` rule that gives the size of a sheet."""
    if stock.page:
        return f"cards-{stock.card_width:g}x{stock.card_height:g}".replace(".", "-")
    return "cards-landscape" if stock.landscape else "cards-portrait"


def fold_of(stock: Stock, flip: Flip) -> Literal["columns", "rows", ""]:
    """Which neighbours are the 2 faces of a card; empty when cards are not folded over."""
    return stock.folds if stock.tent or flip == "fold" else ""


def slots(stock: Stock, flip: Flip = "long") -> tuple[Slot, ...]:
    """The slots of the fronts on a sheet, row by row."""
    fold = fold_of(stock, flip)
    return tuple(
        Slot(
            stock.left + column * stock.pitch_x,
            stock.top + row * stock.pitch_y,
            stock.card_width,
            stock.card_height,
        )
        for row in range(fold == "rows", stock.rows, 2 if fold == "rows" else 1)
        for column in range(fold == "columns", stock.columns, 2 if fold == "columns" else 1)
    )


def back_of(slot: Slot, stock: Stock, flip: Flip) -> Slot:
    """The slot of the back that belongs to the front in `slot`.

    On a card that is folded over it lies beside the front, upright to its left like the back of a book’s cover, or
    upside down above it. Else it is the slot on the back of the same sheet that covers `slot` when the printer turns it
    over. The mirror is about the sheet, not about the block of cards, which need not be centred on it. Turned on a side
    edge, left and right change places; turned on the top edge, top and bottom do, and the card must be drawn upside
    down to stand upright behind its front. On a print shop’s page both faces are upright.
    """
    fold = fold_of(stock, flip)
    if stock.page:
        return slot
    if fold == "columns":
        return replace(slot, x=slot.x - stock.pitch_x)
    if fold == "rows":
        return replace(slot, y=slot.y - stock.pitch_y, turned=not slot.turned)
    if (flip == "long") != stock.landscape:
        return replace(slot, x=stock.sheet_width - slot.x - slot.width)
    return replace(slot, y=stock.sheet_height - slot.y - slot.height, turned=not slot.turned)


def offset_on(stock: Stock, flip: Flip, offset: Offset) -> Offset:
    """`offset` as the back of this stock needs it, from the offset of an upright sheet turned on its long edge.

    A printer errs in one direction of the paper. A page on its side is turned a quarter to the left to be printed,
    which is what `landscape` means for printers (RFC 8011, 5.2.10), and a sheet turned on its short edge has its back
    printed upside down.
    """
    right, down = offset
    if stock.landscape:
        right, down = -down, right
    return (-right, -down) if flip == "short" else (right, down)


def sheets(
    cards: Sequence[Card], stock: Stock, flip: Flip, *, offset: Offset = (0, 0), backs: bool = True, first: int = 1
) -> tuple[Sheet, ...]:
    """The cards in their slots, as many sheets as they need, numbered from `first`.

    `offset` moves what is printed on the back of an upright sheet turned on its long edge; see `offset_on`.
    """
    places = slots(stock, flip)
    starts = range(0, len(cards), len(places))
    return tuple(
        _sheet(number, cards[start:], places, stock, flip, offset, backs) for number, start in enumerate(starts, first)
    )


def _sheet(
    number: int,
    cards: Sequence[Card],
    places: Sequence[Slot],
    stock: Stock,
    flip: Flip,
    offset: Offset,
    backs: bool,
) -> Sheet:
    fold = fold_of(stock, flip)
    two_sided = backs and flip != "none" and not fold
    moved = offset_on(stock, flip, offset) if two_sided else (0.0, 0.0)
    parted = two_sided and not stock.page
    front = tuple(
        Placed(slot, card, f"{number}{letter}" if parted else "")
        for slot, card, letter in zip(places, cards, ascii_uppercase, strict=False)
    )
    back = tuple(replace(one, slot=_moved(back_of(one.slot, stock, flip), moved)) for one in front)
    return Sheet(
        number,
        stock,
        fold,
        front,
        back if fold or two_sided else (),
        trim_marks(stock, flip),
        fold_marks(stock, flip),
        moved,
    )


def _moved(slot: Slot, offset: Offset) -> Slot:
    return replace(slot, x=slot.x + offset[0], y=slot.y + offset[1])


# A print shop's pages ----------------------------------------------------------------------------


def print_shop(stock: Stock) -> Stock:
    """A page for each card of `stock`, with what a print shop cuts away around it."""
    width, height = stock.card_width, stock.card_height
    return replace(
        stock,
        sheet_width=width + 2 * SLUG,
        sheet_height=height + 2 * SLUG,
        columns=1,
        rows=1,
        left=SLUG,
        top=SLUG,
        pitch_x=width,
        pitch_y=height,
        tent=False,
        page=True,
    )


# Marks -------------------------------------------------------------------------------------------


def trim_marks(stock: Stock, flip: Flip = "long") -> tuple[Mark, ...]:
    """Marks in the margins, one for each end of each cut; none where the margin has no room to print one.

    A tent is not cut, and a card that is folded over is not cut where it is folded.
    """
    if stock.tent:
        return ()
    fold = fold_of(stock, flip)
    across = _edges(stock.left, stock.card_width, stock.pitch_x, stock.columns, folded=fold == "columns")
    down = _edges(stock.top, stock.card_height, stock.pitch_y, stock.rows, folded=fold == "rows")
    return _in_margins(stock, across, down)


def fold_marks(stock: Stock, flip: Flip = "long") -> tuple[Mark, ...]:
    """Marks where a sheet or a card is folded.

    A tent has them at both side edges: where the faces meet, and where the strips fold inwards. Cards that are folded
    over have them in the margins, between the 2 faces.
    """
    if stock.tent:
        down = _edges(stock.top, stock.card_height, stock.pitch_y, stock.rows)
        folds = [y for y in down if PRINTABLE < y < stock.sheet_height - PRINTABLE]
        edge = stock.sheet_width - PRINTABLE
        return tuple(
            mark
            for y in folds
            for mark in (Mark(PRINTABLE, y, PRINTABLE + MARK_LENGTH, y), Mark(edge - MARK_LENGTH, y, edge, y))
        )
    fold = fold_of(stock, flip)
    across = [stock.left + n * stock.pitch_x for n in range(1, stock.columns, 2)] if fold == "columns" else []
    between = [stock.top + n * stock.pitch_y for n in range(1, stock.rows, 2)] if fold == "rows" else []
    return _in_margins(stock, across, between)


def _in_margins(stock: Stock, across: Sequence[float], down: Sequence[float]) -> tuple[Mark, ...]:
    """Marks above and below the cards at `across`, and before and after them at `down`."""
    clear, lettered, printable = MARK_CLEARANCE, LETTERED, PRINTABLE
    if stock.page:
        clear, lettered, printable = BLEED + 1, 0.0, 0.0
    across = [x for x in across if printable <= x <= stock.sheet_width - printable]
    down = [y for y in down if printable <= y <= stock.sheet_height - printable]
    above, below = stock.top - clear, stock.sheet_height - stock.bottom + clear
    before, after = stock.left - clear, stock.sheet_width - stock.right + clear
    marks: list[Mark] = []
    if length := _mark_length(stock.top - clear - lettered):
        marks += [Mark(x, above - length, x, above) for x in across]
    if length := _mark_length(stock.bottom - clear - lettered):
        marks += [Mark(x, below, x, below + length) for x in across]
    if length := _mark_length(stock.left - clear - printable):
        marks += [Mark(before - length, y, before, y) for y in down]
    if length := _mark_length(stock.right - clear - printable):
        marks += [Mark(after, y, after + length, y) for y in down]
    return tuple(marks)


def _edges(start: float, size: float, pitch: float, count: int, *, folded: bool = False) -> tuple[float, ...]:
    """Both edges of each card along a side of the block; without those between 2 faces of one card."""
    edges = {round(start + n * pitch + end, 4) for n in range(count) for end in (0.0, size)}
    return tuple(sorted(edges - ({round(start + n * pitch, 4) for n in range(1, count, 2)} if folded else set())))


def _mark_length(room: float) -> float:
    return max(0.0, min(MARK_LENGTH, room))
