"""What an archived pack says of itself: what was asked for, and what it was made from."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from kit.model.entry import Entry, Id
from kit.model.kind import Offset
from kit.model.page import SlideShape
from kit.model.stock import Flip

Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Name = Annotated[str, StringConstraints(min_length=1, max_length=400)]


class Asked(Entry):
    """The request. `start` is in minutes since midnight, `editions` as `--edition` has them, offsets in mm."""

    dates: Annotated[tuple[date, ...], Field(max_length=20)] = ()
    start: Annotated[int, Field(ge=0, lt=24 * 60)] | None = None
    attendees: Annotated[int, Field(ge=1, le=1000)] | None = None
    tables: Annotated[int, Field(ge=1, le=1000)] | None = None
    spares: Annotated[int, Field(ge=0, le=1000)] | None = None
    editions: Annotated[str, StringConstraints(max_length=200)] = ""
    flip: Flip | None = None
    back_offset: Offset | None = None
    print_shop: bool = False
    slides: SlideShape | None = None
    minutes: Annotated[int, Field(ge=1, le=24 * 60)] | None = None
    end: Annotated[int, Field(ge=0, lt=24 * 60)] | None = None


class Record(Entry):
    """The attachment that goes with all others."""

    form: Literal[1] = 1
    """Of this record: another number is another kit's."""
    kit: Annotated[str, StringConstraints(pattern=r"^[\w.+-]{1,40}$")]
    build_id: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{7}$")]
    built_on: date
    plan: Id
    plan_file: Name | None = None
    """The plan among the attachments; None when it is one of the trust's own."""
    trust: Id | None = None
    asked: Asked = Asked()
    inputs: Annotated[dict[Name, Sha256], Field(max_length=2000)]
    """What the pack was made from, by what each file was read as."""
    files: Annotated[dict[Name, Sha256], Field(max_length=1000)]
    """What is attached, by name."""
