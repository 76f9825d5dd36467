"""Files for a print shop: colours as inks, the boxes of a page, and what PDF/X-1a asks for besides (ISO 15930-4:2003).

Pure functions, and edits of a PDF in the making. There is no colour profile within: FOGRA39 is registered with the
International Color Consortium, and for registered conditions PDF/X-1a lets its name stand for it.
"""

from __future__ import annotations

import importlib
from dataclasses import replace
from typing import Any

from kit.model.brand import Palette
from kit.render.sheet import BLEED, SLUG

CONDITION = "FOGRA39"
"""Offset on coated paper (ISO 12647-2:2004): what print shops in Europe take when nothing else is said."""
REGISTRY = "http://www.color.org"
VARIANT = "pdf/x-1a"
_POINTS = 72 / 25.4


def in_inks(palette: Palette) -> Palette:
    """The colours as `device-cmyk(...)`: ink and its paler sister in black alone, so that small type is not blurred by
    4 plates that never meet exactly; the others without a profile, by their complements.
    """
    black = {name: f"device-cmyk(0 0 0 {1 - _grey(getattr(palette, name)):.2f})" for name in ("muted",)}
    others = {
        name: _inks(value)
        for name, value in vars(palette).items()
        if isinstance(value, str) and name not in ("ink", *black)
    }
    series: Any = tuple(_inks(colour) for colour in palette.series)
    return replace(palette, **black, **others, ink="device-cmyk(0 0 0 1)", series=series)


def _channels(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def _grey(colour: str) -> float:
    red, green, blue = _channels(colour)
    return 0.299 * red + 0.587 * green + 0.114 * blue


def _inks(colour: str) -> str:
    channels = _channels(colour)
    light = max(channels)
    cyan, magenta, yellow = ((light - channel) / light if light else 0 for channel in channels)
    return f"device-cmyk({cyan:.2f} {magenta:.2f} {yellow:.2f} {1 - light:.2f})"


def finish(document: Any, pdf: Any) -> None:
    """Give each page of a card its boxes, and the file its output intent. Lengths in the file are in points."""
    pydyf = importlib.import_module("pydyf")
    for page in pdf.objects:
        if isinstance(page, dict) and page.get("Type") == "/Page":
            left, top, right, bottom = page["MediaBox"]
            for name, kept in (("TrimBox", SLUG), ("BleedBox", SLUG - BLEED), ("CropBox", 0)):
                by = kept * _POINTS
                page[name] = pydyf.Array([left + by, top + by, right - by, bottom - by])
        elif isinstance(page, dict) and "lab-d50" in page:
            # Named in every file of WeasyPrint and used in none of ours: PDF/X-1a knows no Lab.
            page.clear()
    intent = {"Type": "/OutputIntent", "S": "/GTS_PDFX"}
    names = {"OutputConditionIdentifier": CONDITION, "RegistryName": REGISTRY, "Info": f"Coated {CONDITION}"}
    intents = pydyf.Dictionary(intent | {name: pydyf.String(text) for name, text in names.items()})
    pdf.catalog["OutputIntents"] = pydyf.Array([intents])
    pdf.catalog["ViewerPreferences"] = pydyf.Dictionary({"PrintScaling": "/None", "DisplayDocTitle": "true"})
