"""Sheets that cards are printed on: what sizes there are and where the cards lie on them. All lengths in mm."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Flip = Literal["long", "short", "none", "fold"]
"""How backs come behind their fronts: the printer turns the sheet on its long or its short edge, a person folds the
card over, or there are none."""

PLAIN = 80
"""The weight of office paper in g/m²: what is taken to be in a printer."""

FURTHEST = 5.0
"""By how many mm a back may be moved at the most, in each direction."""


@dataclass(frozen=True)
class Stock:
    """A sheet of cards, measured from its top left corner. ValueError when its cards do not lie on it side by side.

    `name` says what to buy, for somebody at a cupboard.
    """

    name: str
    sheet_width: float
    sheet_height: float
    columns: int
    rows: int
    left: float
    top: float
    card_width: float
    card_height: float
    pitch_x: float
    pitch_y: float
    larger: str = ""
    """The stock that a card goes to when its words do not fit on this one."""
    ready_cut: bool = False
    printed_twice: bool = True
    """False for sticky labels, which have no back."""
    tent: bool = False
    """One sheet folded whole: its back stands upside down above the fold, and the strips above and below the faces fold
    inwards."""
    page: bool = False
    """A print shop’s page for 1 card, not a sheet."""

    def __post_init__(self) -> None:
        overlapping = self.pitch_x < self.card_width or self.pitch_y < self.card_height
        if overlapping or self.left < 0 or self.top < 0 or self.right < 0 or self.bottom < 0:
            raise ValueError(f"cards of stock {self.name!r} do not lie side by side within their sheet")
        if self.tent and self.folds != "rows":
            raise ValueError(f"cards of stock {self.name!r} cannot be folded")

    @property
    def right(self) -> float:
        """From the block of cards to the sheet's right edge."""
        return round(self.sheet_width - self.left - (self.columns - 1) * self.pitch_x - self.card_width, 4)

    @property
    def bottom(self) -> float:
        """From the block of cards to the sheet's bottom edge."""
        return round(self.sheet_height - self.top - (self.rows - 1) * self.pitch_y - self.card_height, 4)

    @property
    def landscape(self) -> bool:
        return self.sheet_width > self.sheet_height

    @property
    def folds(self) -> Literal["columns", "rows", ""]:
        """Which cards share an edge in pairs, to be the 2 faces of 1 card that is folded over; empty for none."""
        if self.columns % 2 == 0 and self.pitch_x == self.card_width:
            return "columns"
        return "rows" if self.rows % 2 == 0 and self.pitch_y == self.card_height else ""


STOCKS: Mapping[str, Stock] = {
    # All edges shared, so that 5 cuts across and 3 down free 8 cards; margins for marks.
    "a4-8-cards": Stock(
        "Plain A4 or card, 8 of 92 by 66 mm, with marks to cut along",
        *(210, 297, 2, 4, 13, 16.5, 92, 66, 92, 66),
        larger="a4-4-cards",
    ),
    # The same block of cards on its side, a quarter of it each.
    "a4-4-cards": Stock(
        "Plain A4 or card, 4 of 132 by 92 mm, with marks to cut along",
        *(297, 210, 2, 2, 16.5, 13, 132, 92, 132, 92),
        larger="a4-2-cards",
    ),
    "a4-2-cards": Stock(
        "Plain A4 or card, 2 of 184 by 132 mm, with marks to cut along",
        *(210, 297, 1, 2, 13, 16.5, 184, 132, 184, 132),
        larger="a4-1-card",
    ),
    "a4-1-card": Stock(
        "Plain A4 or card, 1 of 264 by 184 mm, with marks to cut along",
        *(297, 210, 1, 1, 16.5, 13, 264, 184, 264, 184),
    ),
    # A quarter of a millimetre more than A7 in one direction: ISO 216 allows 1.5. There is no margin for marks, and
    # none are needed where every cut halves what is there.
    "a4-a7": Stock(
        "Plain A4 or card, 8 of A7, without marks: halve the sheet 3 times",
        *(210, 297, 2, 4, 0, 0, 105, 74.25, 105, 74.25),
        larger="a4-a6",
    ),
    "a4-a6": Stock(
        "Plain A4 or card, 4 of A6, without marks: halve the sheet twice",
        *(297, 210, 2, 2, 0, 0, 148.5, 105, 148.5, 105),
        larger="a4-a5",
    ),
    "a4-a5": Stock(
        "Plain A4 or card, 2 of A5, without marks: halve the sheet",
        *(210, 297, 1, 2, 0, 0, 210, 148.5, 210, 148.5),
        larger="a4-a4",
    ),
    "a4-a4": Stock(
        "Plain A4 or card, 1 of A4, not cut",
        *(297, 210, 1, 1, 0, 0, 297, 210, 297, 210),
    ),
    "a4-85x55": Stock(
        "Plain A4 or card, 10 of 85 by 55 mm, the size of a business card, with marks to cut along",
        *(210, 297, 2, 5, 20, 11, 85, 55, 85, 55),
        larger="a4-8-cards",
    ),
    "c32011": Stock(
        "Business cards C32011, 10 of 85 by 54 mm, cut already",
        *(210, 297, 2, 5, 15, 13.5, 85, 54, 95, 54),
        ready_cut=True,
        larger="a4-8-cards",
    ),
    "c32015": Stock(
        "Business cards C32015, 8 of 85 by 54 mm, cut already",
        *(210, 297, 2, 4, 17, 31.5, 85, 54, 91, 60),
        ready_cut=True,
        larger="a4-8-cards",
    ),
    "l7414": Stock(
        "Badge inserts L7414, 10 of 90 by 52 mm, cut already",
        *(210, 297, 2, 5, 15, 18.5, 90, 52, 90, 52),
        ready_cut=True,
        larger="a4-8-cards",
    ),
    "l7165": Stock(
        "Sticky labels L7165, 8 of 99.1 by 67.7 mm, printed on 1 side",
        *(210, 297, 2, 4, 4.67, 13.04, 99.06, 67.73, 101.64, 67.73),
        larger="a4-4-cards",
        ready_cut=True,
        printed_twice=False,
    ),
    # Its margins are not the same on all sides.
    "l4785-badges": Stock(
        "Badges L4785, 10 of 80 by 50 mm, cut already, for badge holders",
        *(210, 297, 2, 5, 18, 13, 80, 50, 95, 55),
        ready_cut=True,
    ),
    "a4-tent": Stock(
        "Plain A4 or card, 1 tent with faces of 297 by 85 mm, to fold and not to cut",
        *(297, 210, 1, 2, 0, 20, 297, 85, 297, 85),
        tent=True,
    ),
}
"""Every stock that a document may name."""
