"""What to print of a pack: how many copies of each document, and how many sheets that takes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil

from kit.catalogue import why_not
from kit.model.document import PrintRow
from kit.model.kind import DocumentKind
from kit.model.workshop import Session, Workshop
from kit.schedule import sheets


@dataclass(frozen=True)
class Printed:
    """A file of the pack as it came out: what the print table counts from."""

    kind: DocumentKind
    path: str
    title: str
    pages: int
    send_on: str = ""
    session: int = 0
    """Number of the session that it is made for, or 0."""


def copies_of(kind: DocumentKind, workshop: Workshop) -> int:
    """How many copies of a document the workshop needs."""
    if kind.copies is None:
        return 0
    holders = {
        "person": workshop.attendees,
        "facilitator": max(1, len(workshop.organisation.facilitators)),
        "table": workshop.tables,
        "room": 1,
    }[kind.copies.per]
    wanted = holders * kind.copies.count + (workshop.spares if kind.copies.spares else 0)
    return ceil(wanted / kind.copies.to_a_sheet)


def large_print(kind: DocumentKind, workshop: Workshop) -> str:
    """`2 of the 18 workbooks in large print`: those who asked are among the attendees, so no copy is added."""
    asked = min(workshop.large_print, workshop.attendees)
    if not asked or kind.copies is None or not kind.copies.large_print:
        return ""
    one, many = kind.title.lower(), f"{kind.title.lower()}s"
    if workshop.attendees == 1:
        return f"the {one} in large print"
    return f"{asked} of the {workshop.attendees} {many} in large print"


def needed_at(kind: DocumentKind, session: Session, workshop: Workshop) -> bool:
    """Whether a printed document is needed in the room at this session."""
    numbers = {"first": (1,), "every": range(1, session.of + 1), "last": (session.of,), "never": ()}[kind.needed]
    return session.number in numbers and why_not(kind, workshop.alone(session)) is None


def _spares(kind: DocumentKind, workshop: Workshop) -> str:
    if kind.copies is None or not kind.copies.spares or not workshop.spares:
        return ""
    return f"Includes {workshop.spares} {'spare' if workshop.spares == 1 else 'spares'}."


def _in_large_print(kind: DocumentKind, workshop: Workshop) -> str:
    told = large_print(kind, workshop)
    return f"Make {told}." if told else ""


def print_rows(workshop: Workshop, printed: Sequence[Printed]) -> Iterator[PrintRow]:
    """What to print of each file, in the order of the kinds. Parts of another document need no copies of their own."""
    flips = {"long": "flip on the long edge", "short": "flip on the short edge", "none": ""}
    for item in printed:
        kind = item.kind
        if kind.copies is None or kind.paper == "screen":
            continue
        copies = copies_of(kind, workshop)
        if copies == 0:
            continue
        flip = flips[kind.flip]
        sides = (
            f"double-sided, {flip}" if kind.sides == 2 and flip else ("single-sided", "double-sided")[kind.sides - 1]
        )
        yield PrintRow(
            document=item.title,
            path=item.path,
            audience=kind.audience,
            pages=item.pages,
            copies=copies,
            sides=sides,
            sheets=sheets(item.pages, kind.sides, copies),
            note=" ".join(
                part for part in (_spares(kind, workshop), _in_large_print(kind, workshop), kind.note) if part
            ),
        )
