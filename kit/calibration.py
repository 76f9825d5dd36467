"""The calibration sheet: what shows by how much a printer's backs miss their fronts.

Two scales, one across and one down, each with marks on both sides of the sheet: 6 mm apart on the front and 6.25 mm on
the back, like a vernier. Held to the light, one mark of the front meets one of the back, and the number beside it is
what to tell the kit, in steps of a quarter of a millimetre. All lengths in mm from the sheet's top left corner.
"""

from __future__ import annotations

from dataclasses import dataclass

from kit.model.brand import Palette
from kit.model.document import House

CALIBRATION_SHEET = "calibration-sheet"

WIDTH, HEIGHT = 210.0, 297.0
FRONT_PITCH, BACK_PITCH = 6.0, 6.25
REACH = 3.0
"""The largest offset that the scales show: few office printers miss by more."""
RULER = 100.0
"""How long a line is that tells whether the printer has scaled the page."""
_STEP = BACK_PITCH - FRONT_PITCH
_MARKS = round(REACH / _STEP)


@dataclass(frozen=True)
class ScaleMark:
    """A mark of a scale, `at` so many mm along it. `label` is the offset that it stands for, on every fourth mark."""

    at: float
    label: str


@dataclass(frozen=True)
class CalibrationView:
    """All that the sheet shows. Each scale runs through the middle of the page."""

    title: str
    house: House
    across: tuple[ScaleMark, ...]
    down: tuple[ScaleMark, ...]
    across_back: tuple[ScaleMark, ...]
    down_back: tuple[ScaleMark, ...]
    ruler: float


def calibration_view(title: str, palette: Palette) -> CalibrationView:
    """The two pages of the sheet. It has no house of its own: printers belong to buildings, not to brands."""
    return CalibrationView(
        title=title,
        house=House("", "", False, "", palette),
        across=front_marks(WIDTH / 2, sign=-1),
        down=front_marks(HEIGHT / 2, sign=1),
        across_back=back_marks(WIDTH / 2),
        down_back=back_marks(HEIGHT / 2),
        ruler=RULER,
    )


def front_marks(middle: float, *, sign: int) -> tuple[ScaleMark, ...]:
    """The marks of the front. What is labelled is what a back must be moved by, not by how much it strayed.

    A back that strayed by e to the right lies e to the left seen through the front, since the sheet was turned on its
    long edge: its mark n, at 6.25 n - e, meets the front's, at 6 n, where n is 4 e, and it must move by -e, which is
    -n / 4. Down the page nothing changes sides: n is -4 e there, and it must move by n / 4.
    """
    return tuple(
        ScaleMark(middle + number * FRONT_PITCH, _label(sign * number * _STEP) if number % 4 == 0 else "")
        for number in range(-_MARKS, _MARKS + 1)
    )


def back_marks(middle: float) -> tuple[ScaleMark, ...]:
    """The marks of the back, which is its own mirror image."""
    return tuple(ScaleMark(middle + number * BACK_PITCH, "") for number in range(-_MARKS, _MARKS + 1))


def _label(offset: float) -> str:
    return f"{offset:+g}" if offset else "0"
