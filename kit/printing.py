"""What to print of a pack: how many copies of each document, and how many sheets that takes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil

from kit.catalogue import why_not
from kit.model.document import PrintRow
from kit.model.edition import STANDARD, Edition, copies_in, made_in
from kit.model.kind import DocumentKind
from kit.model.language import Language
from kit.model.workshop import Session, Workshop
from kit.schedule import sheets


@dataclass(frozen=True)
class Printed:
    """A file of the pack as it came out: what the print table counts from."""

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


def copies_of(kind: DocumentKind, workshop: Workshop, edition: Edition | None = None) -> int:
    """How many copies of a document the workshop needs, in all or in one of the editions that it is made in."""
    if kind.copies is None:
        return 0
    holders = {
        "person": workshop.attendees,
        "facilitator": max(1, len(workshop.organisation.facilitators)),
        "table": workshop.tables,
        "room": 1,
    }[kind.copies.per]
    wanted = holders * kind.copies.count + (workshop.spares if kind.copies.spares else 0)
    if edition is not None:
        wanted = copies_in(edition, made_in(kind, workshop.editions), kind.copies.per == "person", wanted)
    return ceil(wanted / kind.copies.to_a_sheet)


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


def _spares(kind: DocumentKind, workshop: Workshop) -> str:
    if kind.copies is None or not kind.copies.spares or not workshop.spares:
        return ""
    return workshop.language.phrase("printing.spares", n=workshop.spares)


def print_rows(workshop: Workshop, printed: Sequence[Printed]) -> Iterator[PrintRow]:
    """What to print of each file, in the order of the kinds. Parts of another document need no copies of their own."""
    for item in printed:
        kind = item.kind
        if kind.copies is None or kind.paper == "screen":
            continue
        copies = copies_of(kind, workshop, item.edition)
        if copies == 0:
            continue
        sides = "single_sided" if kind.sides == 1 else f"double_sided_{kind.flip}"
        yield PrintRow(
            document=item.title,
            path=item.path,
            audience=kind.audience,
            pages=item.pages,
            copies=copies,
            sides=workshop.language.phrase(f"printing.{sides}"),
            sheets=sheets(item.pages, kind.sides, copies),
            note=" ".join(
                part
                for part in (
                    _spares(kind, workshop) if item.edition == made_in(kind, workshop.editions)[0] else "",
                    kind.note,
                    item.note,
                )
                if part
            ),
        )
