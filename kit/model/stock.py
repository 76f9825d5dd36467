"""Card stock: what sheets there are and where the cards lie on them. All lengths in mm."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Stock:
    """A sheet of cards, measured from its top left corner.

    On a `folded` stock each card takes two rows: its back stands upside down above the fold, so that both
    faces stand upright once the sheet is folded like a tent. ValueError when the block of cards does not
    lie within the sheet, or when a folded stock has rows without a partner or with a gap between them.
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
    folded: bool = False

    def __post_init__(self) -> None:
        overlapping = self.pitch_x < self.card_width or self.pitch_y < self.card_height
        if overlapping or self.left < 0 or self.top < 0 or self.right < 0 or self.bottom < 0:
            raise ValueError(f"cards of stock {self.name!r} do not lie side by side within their sheet")
        if self.folded and (self.rows % 2 or self.pitch_y != self.card_height):
            raise ValueError(f"cards of stock {self.name!r} cannot be folded")

    @property
    def right(self) -> float:
        """From the block of cards to the sheet's right edge."""
        return self.sheet_width - self.left - (self.columns - 1) * self.pitch_x - self.card_width

    @property
    def bottom(self) -> float:
        """From the block of cards to the sheet's bottom edge."""
        return self.sheet_height - self.top - (self.rows - 1) * self.pitch_y - self.card_height

    @property
    def landscape(self) -> bool:
        return self.sheet_width > self.sheet_height


STOCKS: Mapping[str, Stock] = {
    # All edges shared, so that 5 cuts across and 3 down free 8 cards; margins for marks.
    "a4-8-cards": Stock("8 to a sheet of A4", 210, 297, 2, 4, 13, 16.5, 92, 66, 92, 66),
    # The same block of cards on its side, a quarter of it each.
    "a4-4-cards": Stock("4 to a sheet of A4", 297, 210, 2, 2, 16.5, 13, 132, 92, 132, 92),
    # Sold die-cut as L4785, for badge holders; its margins are not the same on all sides.
    "l4785-badges": Stock("10 badges to a sheet of A4", 210, 297, 2, 5, 18, 13, 80, 50, 95, 55),
    # The strips above and below the faces fold inwards and make the foot of the tent.
    "a4-tent": Stock("1 tent to a sheet of A4", 297, 210, 1, 2, 0, 20, 297, 85, 297, 85, folded=True),
}
"""Every stock that a document may name."""
