"""What to do when a session runs late or has time left, as the run sheet and the deck show it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class LateRow:
    """What to do when a block begins so late, and the new clock: a time for each column of the card, empty where the
    block is over or left out."""

    behind: str
    """`10 min`"""
    do: str
    starts: tuple[str, ...]
    end: str
    late: bool
    """Whether the session cannot end on time."""


@dataclass(frozen=True)
class LateBlock:
    """A block that may begin late."""

    block: str
    title: str
    clock: str
    """When it is to begin: `10:20am`."""
    over: int
    """How many columns are of blocks that have begun by then."""
    rows: tuple[LateRow, ...]


@dataclass(frozen=True)
class LateCard:
    """What to do when a session runs late, and when it has time left."""

    session: int
    columns: tuple[str, ...]
    """The blocks after the first, by their numbers; a break by its name."""
    blocks: tuple[LateBlock, ...]
    ahead: tuple[str, ...]
    """A sentence each."""
