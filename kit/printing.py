"""How many copies of each document a workshop needs, on how many sheets of what paper."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import Literal

from kit.catalogue import why_not
from kit.grouping import ready
from kit.model.edition import STANDARD, Edition, copies_in, made_in
from kit.model.kind import DocumentKind
from kit.model.language import Language
from kit.model.stock import PLAIN, STOCKS, Stock
from kit.model.workshop import Session, Workshop


@dataclass(frozen=True)
class Printed:
    """A file of the pack as it came out: what the print guide counts from."""

    kind: DocumentKind
    path: str
    title: str
    pages: int
    send: str = ""
    """`Send on Thursday 31 December 2026`; empty when it is not sent."""
    session: int = 0
    """Number of the session that it is made for, or 0."""
    edition: Edition = STANDARD
    note: str = ""
    """What is told of this file beside the note of its kind."""
    web_page: str = ""
    """The path of the web page beside it; empty where there is none."""


def copies_of(kind: DocumentKind, workshop: Workshop, edition: Edition) -> int:
    """How many copies of a document the workshop needs in one of the editions that it is made in."""
    if kind.copies is None:
        return 0
    wanted = _wanted(kind, workshop, edition)
    return ceil(wanted / kind.copies.to_a_sheet)


def _wanted(kind: DocumentKind, workshop: Workshop, edition: Edition) -> int:
    """The same before several of them are put on a sheet."""
    assert kind.copies is not None
    holders = {
        "person": workshop.attendees,
        "facilitator": max(1, len(workshop.organisation.facilitators)),
        "table": _sets(kind, workshop)[0],
        "room": 1,
    }[kind.copies.per]
    wanted = holders * kind.copies.count + (workshop.spares if kind.copies.spares else 0)
    return copies_in(edition, made_in(kind, workshop.editions), kind.copies.per == "person", wanted)


def _sets(kind: DocumentKind, workshop: Workshop) -> tuple[int, Literal["group", "table", "room"]]:
    """How many sets of what lies on tables there must be, and what each is for: the most that an activity needs."""
    needed = [
        (ready(material, block.activity, workshop), material.per)
        for block in workshop.blocks
        if block.activity
        for material in block.activity.materials
        if material.document == kind.id
    ]
    sets, per = max(needed, default=(workshop.tables, "table"))
    return sets, "room" if per == "room" else "table" if sets == workshop.tables else "group"


def reason(kind: DocumentKind, workshop: Workshop, edition: Edition) -> str:
    """Where the number of copies comes from, in words."""
    assert kind.copies is not None
    language, copies = workshop.language, kind.copies
    if "copies" in workshop.documents.get(kind.id, {}):
        return language.phrase("printing.set_here")
    wanted = _wanted(kind, workshop, edition)
    if edition != made_in(kind, workshop.editions)[0]:
        told = language.phrase("printing.asked", n=wanted) if edition.copies else language.phrase("printing.in_case")
    elif copies.per == "person":
        told = _people_and_spares(kind, workshop, wanted)
    elif kind.cards and kind.cards.of == "badges":
        people = _people_and_spares(kind, workshop, workshop.attendees + workshop.spares)
        return language.phrase("printing.badges", n=workshop.attendees + workshop.spares, people=people)
    elif kind.cards and kind.cards.of == "tables":
        return language.phrase("printing.tents", n=workshop.tables)
    elif copies.per == "facilitator":
        told = language.phrase("printing.per_facilitator", n=wanted // copies.count, count=copies.count)
    else:
        per = _sets(kind, workshop)[1] if copies.per == "table" else copies.per
        told = language.phrase(f"printing.per_{per}", n=copies.count)
    if copies.to_a_sheet > 1:
        told = language.phrase("printing.to_a_sheet", people=told, n=copies.to_a_sheet)
    return told


def _people_and_spares(kind: DocumentKind, workshop: Workshop, wanted: int) -> str:
    language = workshop.language
    spares = min(workshop.spares, wanted) if kind.cards or (kind.copies and kind.copies.spares) else 0
    parts = [language.phrase("count.people", n=wanted - spares)] if wanted > spares else []
    parts += [language.phrase("printing.spares", n=spares)] if spares else []
    return language.listed(parts)


def edition_name(language: Language, edition: Edition) -> str:
    """`large print, 18 point`; empty for the standard edition."""
    if edition.name == "standard":
        return ""
    return language.phrase(f"edition.{edition.name.replace('-', '_')}", size=f"{edition.size:g}")


def large_print(kind: DocumentKind, workshop: Workshop) -> str:
    """`2 of the 18 workbooks in large print`: those who asked are among the attendees, so no copy is added."""
    asked = min(workshop.large_print, workshop.attendees)
    if not asked or kind.copies is None or not kind.copies.large_print:
        return ""
    return workshop.language.phrase(
        f"large_print.{kind.id}", n=workshop.attendees, asked=asked, people=workshop.attendees
    )


def needed_at(kind: DocumentKind, session: Session, workshop: Workshop) -> bool:
    """Whether a printed document is needed in the room at this session."""
    numbers = {"first": (1,), "every": range(1, session.of + 1), "last": (session.of,), "never": ()}[kind.needed]
    return session.number in numbers and why_not(kind, workshop.alone(session)) is None


# Paper -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Paper:
    """What to put into the printer."""

    size: str
    weight: int
    """In g/m²; 0 for sheets that are sold cut already."""
    stock: str = ""
    """What those are sold as: `L4785`"""
    cream: bool = False

    @property
    def suffix(self) -> str:
        """Tells its file of the whole run from that on plain paper: `-160gsm`."""
        return ("" if self.weight == PLAIN else f"-{self.weight}gsm") + ("-cream" if self.cream else "")

    def called(self, language: Language) -> str:
        """`A4, 160 g/m²`, `A4, 80 g/m², cream`, `A4, L4785 sheets`."""
        if self.stock:
            return language.phrase("printing.sheets_of", size=self.size, stock=self.stock)
        return language.phrase("printing.cream" if self.cream else "printing.paper", size=self.size, weight=self.weight)


def paper_of(kind: DocumentKind, edition: Edition) -> Paper:
    """The paper of a document. The British Dyslexia Association (2023) asks for cream rather than white."""
    stock = sold_as(kind.cards.stock) if kind.cards else ""
    return Paper(kind.paper, 0 if stock else kind.weight, stock, edition.name == "dyslexia" and not stock)


def sold_as(stock: str) -> str:
    """The code under which a sheet of cards is sold: `L4785`; empty for plain A4."""
    return "" if stock.startswith("a4-") else stock.partition("-")[0].upper()


def cuts(stock: Stock) -> tuple[int, int]:
    """How many cuts a sheet takes across and down; an edge of the sheet needs none."""

    def between(start: float, size: float, pitch: float, count: int, sheet: float) -> int:
        edges = {round(start + n * pitch + end, 2) for n in range(count) for end in (0.0, size)}
        return len(edges - {0.0, round(sheet, 2)})

    across = between(stock.top, stock.card_height, stock.pitch_y, stock.rows, stock.sheet_height)
    return across, between(stock.left, stock.card_width, stock.pitch_x, stock.columns, stock.sheet_width)


def is_cut(kind: DocumentKind) -> bool:
    """Whether somebody has to cut its sheets into cards."""
    return bool(kind.cards and not sold_as(kind.cards.stock) and not STOCKS[kind.cards.stock].tent)
