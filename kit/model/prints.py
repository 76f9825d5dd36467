"""What to print of a pack, as the print guide and `index.html` show it: finished strings and numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class PrintRow:
    """What to print of one file."""

    document: str
    """Its title, with the number of its session where there are several."""
    path: str
    audience: Literal["participant", "facilitator", "room"]
    pages: int
    copies: int
    reason: str
    """Where the number of copies comes from: `16 people and 2 spares`, `1 for each table`."""
    paper: str
    """`A4, 160 g/m²`, `A4, L4785 sheets`"""
    colour: str
    """`black and white`, `nicer in colour`"""
    sides: str
    """`double-sided, flip on the long edge` or `single-sided`"""
    sheets: int
    """All copies together."""
    finishing: tuple[str, ...]
    """What to do with the printed sheets: to cut, fold, staple and sort them. Whole sentences."""
    note: str
    """What else there is to know of it."""


@dataclass(frozen=True)
class PrintStage:
    """The files that are needed at the same time."""

    when: str
    """`Before the day`, `9:35am: Quote card sort`, `Session 2, at the end, 2pm`"""
    rows: tuple[PrintRow, ...]


@dataclass(frozen=True)
class PaperRow:
    """All that is printed on the same paper."""

    paper: str
    sheets: int
    files: int
    have: int
    """Sheets to have at hand: a few more, for a test and a jam."""
    have_in_words: str
    """`250 sheets, half a ream`"""


@dataclass(frozen=True)
class ShoppingRow:
    """Something to buy or to find, and how many."""

    count: int
    item: str
    note: str = ""
