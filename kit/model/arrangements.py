"""What has to be arranged around a session: its follow-up, what hangs on the walls, where people sit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal


@dataclass(frozen=True)
class FollowUp:
    """A time after the session at which somebody asks what has happened."""

    when: str
    """`1 week`"""
    date: str
    """`Thursday 21 January 2027`, or an empty string when the session has no date."""
    short_date: str
    """`21 January 2027`, or an empty string likewise."""


@dataclass(frozen=True)
class Sign:
    """Words to hang on the wall, and the title of the block that uses them."""

    text: str
    block: str


@dataclass(frozen=True)
class Packed:
    """A document of the pack to have with you, and how many copies."""

    title: str
    copies: int
    note: str
    others: str = ""
    """What there is of it in other editions: `and 2: large print, 18 point`, `and 4 in other editions`"""
    again: bool = False
    """It was printed for an earlier session, and is brought again."""


@dataclass(frozen=True)
class Seat:
    """The middle of a chair on the floor plan, in its units."""

    x: float
    y: float


@dataclass(frozen=True)
class TableOnFloor:
    """A round table and its chairs, none of them with its back to the screen."""

    number: int
    x: float
    y: float
    radius: float
    seats: tuple[Seat, ...]


@dataclass(frozen=True)
class Floor:
    """The room seen from above, the screen at the top. It shows who sits where, not the size of a real room."""

    width: float
    height: float
    strip: float
    """How deep the clear floor along the back wall is."""
    seat: float
    """The radius of a chair."""
    tables: tuple[TableOnFloor, ...]
    seating: str
    """`5 tables: 3 with 4 seats and 2 with 3 seats`"""
    alt: str
    """The whole plan in words."""


@dataclass(frozen=True)
class Spoke:
    """A theme on the wheel. Lengths are in the wheel's units; the origin is its hub, y points down."""

    theme: str
    symbol: str
    blocks: int
    """How many blocks of the workshop work on it."""
    rings: tuple[str, ...]
    """SVG paths of its rings, from the hub outwards: the first `blocks` of them are to be filled."""
    symbol_x: float
    symbol_y: float
    """The middle of its symbol."""
    label: tuple[str, ...]
    """Its title in 1 line or 2."""
    label_x: float
    label_y: float
    """Where the baseline of the first line begins, ends or has its middle."""
    anchor: Literal["start", "middle", "end"]
    leader: str = ""
    """The SVG path of a line from its symbol to its label; empty where the two stand together."""


@dataclass(frozen=True)
class Wheel:
    """How much of a workshop works on each theme of the article."""

    width: float
    height: float
    symbol: float
    """The side of a symbol."""
    size: float
    """Of the type of its labels."""
    line: float
    """From one line of a label to the next."""
    spokes: tuple[Spoke, ...]
    key: str
    """What a ring stands for."""
    alt: str
    """The whole wheel in words."""


@dataclass(frozen=True)
class ReminderView:
    """A task before the next session, for a day in a calendar."""

    uid: str
    title: str
    day: date
    task: str
    """Markdown."""
