"""What several commands ask for a workshop in the same way: the flags, and the order that they make."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kit.model.stock import FURTHEST

if TYPE_CHECKING:
    from kit.check import Order
    from kit.localise import Request
    from kit.model.edition import Edition
    from kit.model.trust import Trust

DateOption = Annotated[
    list[str] | None,
    typer.Option("--date", metavar="YYYY-MM-DD", help="The day of the first session; given once for each, every day."),
]
StartOption = Annotated[str | None, typer.Option("--start", metavar="HH:MM", help="When the session starts.")]
MinutesOption = Annotated[
    int | None,
    typer.Option(
        "--minutes", min=5, max=720, help="How long the slot is, which the workshop is fitted to. Of a series, each."
    ),
]
EndOption = Annotated[
    str | None, typer.Option("--end", metavar="HH:MM", help="When it must be over, in place of --minutes or --start.")
]
AttendeesOption = Annotated[int | None, typer.Option("--attendees", min=1, max=1000, help="How many people come.")]
TablesOption = Annotated[int | None, typer.Option("--tables", min=1, max=250, help="How many tables the room has.")]
SparesOption = Annotated[int | None, typer.Option("--spares", min=0, max=100, help="How many copies more than people.")]


class FlipChoice(StrEnum):
    """How the backs of cards come behind their fronts."""

    long = "long"
    short = "short"
    fold = "fold"
    none = "none"


class ShapeChoice(StrEnum):
    """The shape of slides, width to height."""

    wide = "16:9"
    narrow = "4:3"


SlidesOption = Annotated[
    ShapeChoice | None,
    typer.Option("--slides", help="The shape of slides: that of the screen. A PowerPoint template keeps its own."),
]
FlipOption = Annotated[
    FlipChoice | None,
    typer.Option("--flip", help="How backs of cards are made: turned on the long or short edge, folded over, or not."),
]
BackOffsetOption = Annotated[
    str | None,
    typer.Option(
        "--back-offset", metavar="X,Y", help="Move the backs of cards by this many mm: to the right, and down."
    ),
]
StrictOption = Annotated[bool, typer.Option("--strict", help="Treat warnings as errors.")]


def order_for(
    plan: str,
    trust: str | None,
    request: Request | None = None,
    *,
    only: str = "",
    strict: bool = False,
) -> Order:
    """The order of a command; `only` is a list of documents with commas between."""
    from kit.check import Order
    from kit.localise import NOTHING_ASKED

    documents = tuple(part.strip() for part in only.split(",") if part.strip())
    return Order(plan, trust, request or NOTHING_ASKED, documents, strict, today())


def request_for(
    on: Sequence[str] | None,
    start: str | None,
    attendees: int | None,
    tables: int | None = None,
    spares: int | None = None,
    edition: str = "",
    minutes: int | None = None,
    end: str | None = None,
) -> Request:
    """What was asked for on the command line; a flag that cannot be read is refused by its name."""
    from kit.localise import Request

    days = tuple(_day(written) for written in on or ())
    begins, ends = _clock(start, "--start"), _clock(end, "--end")
    if begins is not None and ends is not None and minutes is not None:
        told = "--start, --minutes and --end are one too many. Leave one of them out: it follows from the others."
        raise typer.BadParameter(told, param_hint="--end")
    return Request(days, begins, attendees, tables, spares, _editions(edition), minutes, ends)


def _clock(written: str | None, flag: str) -> int | None:
    from kit.model.entry import parse_clock

    try:
        return parse_clock(written) if written else None
    except ValueError:
        raise typer.BadParameter(f"{written} is not a time. Write it as 13:00 or 1pm.", param_hint=flag) from None


def offset_of(written: str | None) -> tuple[float, float] | None:
    """`1.5,-0.75` as two numbers of mm; refused when it is not, or too far for any printer."""
    if written is None:
        return None
    try:
        right, down = (float(part) for part in written.split(","))
    except ValueError:
        told = f"{written} is not 2 numbers of mm. Write it as 1.5,-0.75: to the right, and down."
        raise typer.BadParameter(told, param_hint="--back-offset") from None
    if not (abs(right) <= FURTHEST and abs(down) <= FURTHEST):
        told = f"{written} is too far: {FURTHEST:g} mm is the most. Measure it: kit print --calibrate."
        raise typer.BadParameter(told, param_hint="--back-offset")
    return right, down


def _day(written: str) -> date:
    from kit.model.entry import parse_day

    try:
        return parse_day(written)
    except ValueError:
        told = f"{written} is not a date. Write it as 2027-01-14 or 14/1/2027."
        raise typer.BadParameter(told, param_hint="--date") from None


def _editions(written: str) -> tuple[Edition, ...]:
    from kit.model.edition import parse_editions

    try:
        return parse_editions(written) if written else ()
    except ValueError as error:
        told = str(error)
        raise typer.BadParameter(f"{told[0].upper()}{told[1:]}.", param_hint="--edition") from None


def default_folder(plan: str, trust: Trust | None) -> Path:
    """Where the pack of a plan goes when no folder is named."""
    return Path("build", trust.id, plan) if trust else Path("build", plan)


def today() -> date:
    """The day that is shown on the pack: SOURCE_DATE_EPOCH (reproducible-builds.org) or today."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    try:
        return datetime.fromtimestamp(int(epoch), UTC).date() if epoch else date.today()
    except (ValueError, OverflowError, OSError):
        raise typer.BadParameter(f"{epoch} is not a number of seconds.", param_hint="SOURCE_DATE_EPOCH") from None
