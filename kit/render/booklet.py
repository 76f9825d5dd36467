"""A laid-out document as a booklet: whether it can be one, and the file to print it from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kit.diagnostics import Diagnostic, Outcome

if TYPE_CHECKING:
    from kit.render.pdf import Laid

MOST_PAGES = 64
"""16 sheets of 80 g/m²: what a stapler takes, and what lies flat once it is folded."""


@dataclass(frozen=True)
class Booklet:
    """The file, how many sheets a copy takes, and how far the pages inside are moved towards the fold (in mm)."""

    data: bytes
    sheets: int
    creep: float


def booklet(laid: Laid, title: str) -> Outcome[Booklet]:
    """The booklet called `title`. One that is too thick is left out, with a warning."""
    from kit.render.imposition import creep, impose, sides
    from kit.render.pdf import Part, bind

    if laid.pages > MOST_PAGES:
        fault = Diagnostic(
            "booklet-too-thick",
            f"The booklet would have {laid.pages} pages, and {MOST_PAGES} is the most that can be folded and stapled. "
            "It is left out.",
            "Print the workbook on A4 instead.",
            severity="warning",
        )
        return Outcome(None, (fault,))
    data = impose(bind([Part(laid)], title=title))
    return Outcome(Booklet(data, len(sides(laid.pages)) // 2, creep(laid.pages)))
