"""What cards are printed on and how their backs come behind them, as documents, a trust and a command line have it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kit.diagnostics import Diagnostic
from kit.faults import near
from kit.model.kind import CardLayout, DocumentKind, Offset
from kit.model.stock import STOCKS, Flip
from kit.model.trust import Printing, Trust
from kit.source import SourceText

LISTING = "To see them all: kit list stocks."


def as_printed(
    known: Sequence[DocumentKind], printing: Printing, flip: Flip | None = None, offset: Offset | None = None
) -> tuple[DocumentKind, ...]:
    """The kinds with their cards on the stock and with the backs that a trust's profile asks for.

    `flip` and `offset` are those of the command line, which come first. Kinds without cards are as they were, and cards
    that have no back do not get one.
    """
    return tuple(_as_printed(kind, kind.cards, printing, flip, offset) if kind.cards else kind for kind in known)


def _as_printed(
    kind: DocumentKind, layout: CardLayout, printing: Printing, flip: Flip | None, offset: Offset | None
) -> DocumentKind:
    own = printing.of(kind.id)
    name = own.stock or layout.stock
    stock = STOCKS[name]
    turned = _flip(kind, printing, flip) if stock.printed_twice else "none"
    cards = layout.model_copy(
        update={
            "stock": name,
            "copies_of_each": own.copies_of_each or layout.copies_of_each,
            "back_offset": offset or printing.back_offset,
        }
    )
    return kind.model_copy(
        update={
            "cards": cards,
            "flip": turned,
            "sides": 2 if turned in ("long", "short") else 1,
            "orientation": "landscape" if stock.landscape else "portrait",
        }
    )


def _flip(kind: DocumentKind, printing: Printing, flip: Flip | None) -> Flip:
    if kind.sides == 1:
        return kind.flip
    return flip or printing.of(kind.id).flip or printing.flip or kind.flip


def printing_faults(known: Sequence[DocumentKind], trust: Trust, text: SourceText) -> Iterator[Diagnostic]:
    """What of a trust's `print` cannot be done. `text` is its profile."""
    kinds = {kind.id: kind for kind in known if kind.cards}
    for id, own in trust.print.cards.items():
        where = ("print", "cards", id)
        kind = kinds.get(id)
        if kind is None:
            yield Diagnostic(
                "unknown-document",
                f"There are no cards “{id}”. {near(id, kinds)}".strip(),
                f"The documents of cards are: {', '.join(kinds)}.",
                text.place(where, key=True),
            )
            continue
        if own.flip not in (None, "none") and kind.sides == 1:
            yield Diagnostic(
                "cards-without-backs",
                f"The {kind.title.lower()} have no backs, so there is nothing to turn or to fold.",
                "Take `flip` away.",
                text.place((*where, "flip")),
            )
            continue
        if why := _unfit(kind, own.stock, _flip(kind, trust.print, None)):
            field = "stock" if own.stock else "flip"
            place = text.place((*where, field)) if own.stock or own.flip else text.place(("print", "flip"))
            yield Diagnostic("stock-does-not-serve", why, f"Choose another stock, or another `flip`. {LISTING}", place)
    for id, kind in kinds.items():
        if id not in trust.print.cards and (why := _unfit(kind, None, _flip(kind, trust.print, None))):
            yield Diagnostic(
                "stock-does-not-serve",
                why,
                f"Give the {kind.title.lower()} a `flip` or a stock of their own under `cards`. {LISTING}",
                text.place(("print", "flip")),
            )


def flip_faults(kinds: Sequence[DocumentKind], flip: Flip | None) -> Iterator[Diagnostic]:
    """What of the command line's `--flip` cannot be done with cards on their stock."""
    for kind in kinds:
        if flip and kind.cards and (why := _unfit(kind, kind.cards.stock, flip if kind.sides == 2 else kind.flip)):
            yield Diagnostic("stock-does-not-serve", why, "Choose another --flip, or name other documents with --only.")


def _unfit(kind: DocumentKind, name: str | None, flip: Flip) -> str:
    """Why cards cannot be printed on the stock `name`, or on their own without it; empty when they can."""
    assert kind.cards is not None
    stock, cards = STOCKS[name or kind.cards.stock], kind.title.lower()
    if stock.tent != STOCKS[kind.cards.stock].tent:
        return f"The {cards} do not fit on this stock: {stock.name}."
    if flip == "fold" and not stock.folds:
        return f"The {cards} cannot be folded over: no 2 cards of their stock share an edge."
    return ""
