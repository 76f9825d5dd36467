"""What a pack says of itself: its files, what to print of them, and how the plans cover the themes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kit.model.document import FacilitatorView
from kit.model.prints import PaperRow, PrintRow, PrintStage, ShoppingRow


@dataclass(frozen=True)
class FileRow:
    """A file of the pack."""

    path: str
    document: str
    """Title of its kind."""
    title: str
    purpose: str
    audience: Literal["participant", "facilitator", "room"]
    moment: Literal["before", "session", "between", "after"]
    send: str
    """`Send on Thursday 31 December 2026`, or an empty string when it is not sent."""
    part: bool
    """It is one of several files of its kind, like a single handout."""
    session: int
    """Number of the session that it is made for, or 0."""
    edition: str
    """`large print, 18 point`; empty for the standard edition."""
    web_page: str
    """The path of the web page beside it; empty where there is none."""


@dataclass(frozen=True)
class CoverageRow:
    """One theme: the activities that work on it, and in how many blocks of each plan it is worked on."""

    theme: str
    title: str
    activities: tuple[str, ...]
    """Titles."""
    blocks: tuple[int | None, ...]
    """A number for each plan; None for a plan that makes no workshop."""


@dataclass(frozen=True)
class CoverageView:
    """The matrix of themes, activities and plans of one edition."""

    plans: tuple[tuple[str, str], ...]
    """Id and title of each plan: the columns."""
    rows: tuple[CoverageRow, ...]


@dataclass(frozen=True)
class PrintsView:
    """What to print, in the order in which it is needed, on what paper."""

    stages: tuple[PrintStage, ...]
    papers: tuple[PaperRow, ...]
    """That of the most sheets first."""

    @property
    def rows(self) -> tuple[PrintRow, ...]:
        """Every file, in order."""
        return tuple(row for stage in self.stages for row in stage.rows)

    @property
    def sheets(self) -> int:
        """All copies of all files together."""
        return sum(row.sheets for row in self.rows)


@dataclass(frozen=True)
class PrintGuideView:
    """`print-guide.pdf`: the same for a print room, and what to buy."""

    facilitator: FacilitatorView
    prints: PrintsView
    booklets: tuple[str, ...]
    """How to print each booklet that may take the place of a file."""
    shopping: tuple[ShoppingRow, ...]


@dataclass(frozen=True)
class SeparatorView:
    """`print-all.pdf`: the sheets between the files of one paper."""

    facilitator: FacilitatorView
    prints: PrintsView
    """Those on this paper; each gets a sheet before it."""


@dataclass(frozen=True)
class IndexView:
    """`index.html`: what is in the pack and what to print."""

    facilitator: FacilitatorView
    prints: PrintsView
    files: tuple[FileRow, ...]
    coverage: CoverageView
    absent: tuple[tuple[str, str], ...]
    """Title of each document that this pack does without, and why: `the session has no date`."""
