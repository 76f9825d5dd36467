"""Addresses as QR codes (ISO/IEC 18004), drawn as one path in modules."""

from __future__ import annotations

from functools import lru_cache
from itertools import groupby

from kit.model.document import QrView

QUIET = 4
"""Modules of white on every side, without which a camera may not find the code."""

WIDTH_MM = 22
"""Of the code itself, without its white margin."""


@lru_cache(maxsize=64)
def qr(address: str) -> QrView:
    """`address` as a code that survives a stain: a quarter of it may be lost."""
    import segno

    # Error correction Q, and no more than that: a higher one would make the modules finer than office printers like.
    rows = tuple(
        tuple(bool(module) for module in row) for row in segno.make_qr(address, error="q", boost_error=False).matrix
    )
    side = len(rows)
    module_mm = WIDTH_MM / side
    return QrView(
        address=address,
        path="".join(_strokes(rows)),
        modules=side + 2 * QUIET,
        size_mm=f"{module_mm * (side + 2 * QUIET):.2f}",
        quiet_mm=f"{module_mm * QUIET:.2f}",
    )


def _strokes(rows: tuple[tuple[bool, ...], ...]) -> list[str]:
    """A rectangle for every run of dark modules in a row: fewer edges between neighbours for a printer to blur."""
    found = []
    for y, row in enumerate(rows, QUIET):
        x = QUIET
        for dark, run in groupby(row):
            length = len(list(run))
            if dark:
                found.append(f"M{x} {y}h{length}v1h-{length}z")
            x += length
    return found
