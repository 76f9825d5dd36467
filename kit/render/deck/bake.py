"""Bakes the advance widths of a typeface into `widths.json`: `python -m kit.render.deck.bake REGULAR.ttf BOLD.ttf`.

The deck is set in Arial, which a facilitator's computer has and a build machine often has not.
Liberation Sans has Arial's widths by design and may be had everywhere, so it is what gets measured.
"""

from __future__ import annotations

import json
import sys

from fontTools.ttLib import TTFont

_RANGES = ((0x20, 0x17F), (0x1E80, 0x1EF3), (0x2010, 0x203A), (0x20AC, 0x20AC), (0x2122, 0x2122), (0x2190, 0x2195))


def widths(path: str) -> dict[str, int]:
    """Advance width of each character that the font has, in thousandths of an em."""
    font = TTFont(path)
    em = font["head"].unitsPerEm
    glyphs = font.getBestCmap()
    points = (point for first, last in _RANGES for point in range(first, last + 1))
    return {chr(p): round(font["hmtx"][glyphs[p]][0] * 1000 / em) for p in points if p in glyphs}


def main(regular: str, bold: str) -> None:
    """Writes the table to standard output."""
    name = str(TTFont(regular)["name"].getDebugName(4))
    version = str(TTFont(regular)["name"].getDebugName(5))
    table = {
        "source": f"Advance widths of {name} and its bold, {version}, baked by kit.render.deck.bake",
        "unit": "thousandths of an em",
        "regular": widths(regular),
        "bold": widths(bold),
    }
    json.dump(table, sys.stdout, ensure_ascii=True, separators=(",", ":"), sort_keys=True)
    sys.stdout.write("\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
