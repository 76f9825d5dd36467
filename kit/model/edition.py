"""Editions: the same words, laid out anew for people who read large print, for dyslexia, or for a mono printer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import cast, get_args

from kit.model.kind import CardLayout, CardText, Differently, DocumentKind, EditionName
from kit.model.stock import STOCKS

SIZES = {"standard": 11.0, "large-print": 18.0, "dyslexia": 14.0, "mono": 11.0}
"""The size of body text in points: UKAAF G003 for large print, the British Dyslexia Association (2023) for dyslexia."""
LARGE_PRINT_SIZES = (16, 18, 22, 24)

_WRITTEN = re.compile(r"(?P<name>[a-z-]+?)(?:-(?P<size>\d+))?(?::(?P<copies>\d+))?")


@dataclass(frozen=True)
class Edition:
    """One edition. `size` is that of its body text in points; `copies` is how many people asked for it, where told."""

    name: EditionName = "standard"
    size: float = SIZES["standard"]
    copies: int | None = None

    @property
    def id(self) -> str:
        """`standard`, `large-print-18`, `dyslexia`, `mono`."""
        return f"{self.name}-{self.size:g}" if self.name == "large-print" else self.name

    @property
    def folder(self) -> str:
        """Where its files stand within the pack, with a stroke at its end; empty for the standard edition."""
        return "" if self.name == "standard" else f"{self.id}/"

    @property
    def label(self) -> float:
        """The size of labels and captions in points: no smaller than the body in large print."""
        return self.size if self.name == "large-print" else round(self.size * 6 / 7, 1)

    @property
    def spacing(self) -> tuple[float, float]:
        """What is put between letters, and between words beside that, in em; as in `shared/editions`."""
        return (0.12, 0.16) if self.name == "dyslexia" else (0, 0)

    @property
    def keeps_type(self) -> bool:
        """Whether an organisation's own type may be used: nobody can tell whether it is plain enough for the others."""
        return self.name in ("standard", "mono")

    @property
    def larger(self) -> bool:
        """Whether its type and spacing are larger, so that pages made for the usual size are laid out another way."""
        return self.name in ("large-print", "dyslexia")

    def covers(self, kind: DocumentKind) -> bool:
        """Whether there is something to lay out anew: pages that participants hold, or any page for a mono printer.

        Large type on half a sheet would be a handful of words to a page: a booklet is for the other editions.
        """
        if kind.booklet_of is not None and self.name not in ("standard", "mono"):
            return False
        return kind.output in ("pdf", "cards") and (self.name in ("standard", "mono") or kind.audience == "participant")


STANDARD = Edition()


def parse_editions(written: str) -> tuple[Edition, ...]:
    """The editions in `standard,large-print-22:2`: by name, a size for large print, and how many people asked for it.

    Raises ValueError with a sentence for whoever wrote it.
    """
    found = tuple(_parse(part.strip()) for part in written.split(",") if part.strip())
    if not found:
        raise ValueError(f"name an edition: {', '.join(get_args(EditionName))}")
    ids = [edition.id for edition in found]
    for id in ids:
        if ids.count(id) > 1:
            raise ValueError(f"{id} is named twice")
    return found


def _parse(written: str) -> Edition:
    match = _WRITTEN.fullmatch(written)
    names = get_args(EditionName)
    if match is None or match["name"] not in names:
        raise ValueError(f"“{written}” is no edition; there are {', '.join(names)}")
    edition = Edition(cast(EditionName, match["name"]), SIZES[match["name"]])
    if match["size"]:
        if edition.name != "large-print" or int(match["size"]) not in LARGE_PRINT_SIZES:
            sizes = ", ".join(str(size) for size in LARGE_PRINT_SIZES)
            raise ValueError(f"“{written}”: only large-print has a size, and it is one of {sizes}")
        edition = replace(edition, size=float(match["size"]))
    if match["copies"] is not None:
        if not 1 <= int(match["copies"]) <= 1000:
            raise ValueError(f"“{written}”: the number of copies is from 1 to 1000")
        edition = replace(edition, copies=int(match["copies"]))
    return edition


def editions_of(asked: Sequence[Edition], large_print: int) -> tuple[Edition, ...]:
    """The editions to make: those `asked` for, else the standard one and, where people asked for it, large print.

    `large_print` is how many people asked for it, as the profile says; it counts where the request names no number.
    """
    if not asked:
        large = Edition("large-print", SIZES["large-print"], large_print)
        return (STANDARD, large) if large_print else (STANDARD,)
    first = next((edition for edition in asked if edition.name == "large-print"), None)
    return tuple(
        replace(edition, copies=large_print or None) if edition == first and edition.copies is None else edition
        for edition in asked
    )


def made_in(kind: DocumentKind, editions: Sequence[Edition]) -> tuple[Edition, ...]:
    """The editions that a document is made in: those that cover it, else the standard one alone."""
    return tuple(edition for edition in editions if edition.covers(kind)) or (STANDARD,)


def in_edition(kind: DocumentKind, edition: Edition) -> DocumentKind:
    """The document as it is in an edition, with what its description says is different there."""
    if edition.name in ("standard", "mono"):
        return kind
    told = kind.editions.get(edition.name, Differently())
    new = {name: value for name, value in told if name != "to_a_sheet" and value is not None}
    new |= {"after_printing": kind.after_printing_larger} if kind.after_printing_larger else {}
    if kind.copies is not None and told.to_a_sheet is not None:
        new["copies"] = kind.copies.model_copy(update={"to_a_sheet": told.to_a_sheet})
    if kind.cards is not None:
        cards = cards_in(kind.cards, edition)
        new |= {"cards": cards, "orientation": "landscape" if STOCKS[cards.stock].landscape else "portrait"}
    return kind.model_copy(update={"most_pages": None, **new})


_MM_PER_PT = 25.4 / 72
_A6 = 90
"""How high a card is in mm, at the least, to hold large print."""


def cards_in(layout: CardLayout, edition: Edition) -> CardLayout:
    """The cards of a document with no text below the size of an edition: on A6 in large print, and on a larger stock
    where words need it. What is kept free for small type grows as that does.
    """
    stock = layout.stock
    while edition.name == "large-print" and STOCKS[stock].card_height < _A6 and STOCKS[stock].larger:
        stock = STOCKS[stock].larger
    by = max(1.0, edition.label / layout.note)
    texts = {name: _text_in(text, edition, by, layout.note) for name, text in layout.texts.items()}
    new = {"stock": stock, "grows_to": "A4", "note": max(layout.note, edition.label), "texts": texts}
    return layout.model_copy(update=new)


def _text_in(text: CardText, edition: Edition, by: float, note: float) -> CardText:
    """`by` is what the small type, which was of the size `note`, grows by."""
    least = edition.label if text.sizes[0] <= note else edition.size
    sizes = tuple(size for size in text.sizes if size >= least) or (least,)
    grown = max(1.0, sizes[0] / text.sizes[0])
    # Fewer words stand on a line, so small type that had its lines counted out gets one more. Below a paragraph it
    # has air enough.
    line = note * by * text.leading * _MM_PER_PT
    small, lines = text.sizes[0] <= note, text.leaves * by / line
    return text.model_copy(
        update={
            "sizes": sizes,
            "height": None if text.height is None else text.height * grown + small * line,
            "leaves": text.leaves * by + (line if lines > 1.5 and text.balanced else 0),
            "leaves_beside": text.leaves_beside * by,
            "taken": text.taken * by,
        }
    )


def copies_in(edition: Edition, editions: Sequence[Edition], per_person: bool, holders: int) -> int:
    """Of `holders` copies that are needed in all, how many are in `edition`, one of the `editions` it is made in.

    The first edition is everybody's who did not ask for another. A set for a table or a room is shared, so whoever
    asked gets one beside it. An edition that nobody's number stands beside is printed once.
    """
    first, *others = editions
    asked = {other.id: min(other.copies or 1, holders) for other in others}
    if edition.id != first.id:
        return asked[edition.id]
    return max(0, holders - sum(asked.values())) if per_person else holders
