"""The colours of an edition: from a brand to the few that documents use, with their contrast proven.

The colour library is imported where it is used: an edition without a brand never needs it.
"""

from __future__ import annotations

from math import floor

from kit.diagnostics import Diagnostic, Outcome
from kit.faults import near
from kit.model.brand import Brand, Palette
from kit.source import SourceText

LEAST_CONTRAST = 4.5
"""WCAG 2.2, success criterion 1.4.3, for text of any size."""

OWN = Palette(ink="#1f2a30", ground="#ffffff", brand="#0f4c5c", tint="#e9f1f3")
"""The kit's own colours, where no brand is given."""


def contrast(one: str, other: str) -> float:
    """The WCAG 2.2 contrast ratio of two colours, 1 to 21."""
    from coloraide import Color

    return float(Color(one).contrast(other, method="wcag21"))


def palette(brand: Brand | None, text: SourceText | None) -> Outcome[Palette]:
    """The palette of `brand`; `text` is its file, for the places of faults."""
    if brand is None or text is None:
        return Outcome(OWN)
    faults: list[Diagnostic] = []
    colours: dict[str, str] = {}
    for field in ("foreground", "background", "primary", "secondary"):
        value = getattr(brand.color, field)
        if value is None:
            continue
        named = brand.color.palette.get(value)
        path = ("color", "palette", value) if named is not None else ("color", field)
        colour = _colour(named or value)
        if colour is None:
            hint = "" if named or value.startswith("#") else near(value, brand.color.palette)
            faults.append(
                Diagnostic(
                    "unknown-colour",
                    f"“{named or value}” is neither a colour nor the name of one in the palette. {hint}".strip(),
                    "Write a hex colour in quotation marks: # and 6 characters from 0 to 9 and A to F, as in #0B5563. "
                    "A name from color.palette will do too.",
                    text.place(path),
                )
            )
        else:
            colours[field] = colour
    if faults:
        return Outcome(None, tuple(faults))
    found = Palette(
        ink=colours["foreground"],
        ground=colours["background"],
        brand=colours["primary"],
        tint=_tint(colours["primary"], colours["background"]),
    )
    for field, pairs in (
        ("foreground", ((found.ink, found.ground, "Text on the background"),)),
        (
            "primary",
            (
                (found.brand, found.ground, "The primary colour on the background"),
                (found.brand, found.tint, "The primary colour on its own pale tint"),
            ),
        ),
    ):
        ratio, what = min((contrast(one, other), what) for one, other, what in pairs)
        if ratio < LEAST_CONTRAST:
            faults.append(
                Diagnostic(
                    "low-contrast",
                    f"{what} has a contrast of {floor(ratio * 10) / 10} to 1; "
                    f"people need at least {LEAST_CONTRAST} to 1.",
                    "Choose a darker colour, or use this one for the logo only.",
                    text.place(("color", field)),
                )
            )
    return Outcome(found, tuple(faults))


def _colour(value: str) -> str | None:
    from coloraide import Color

    try:
        return Color(value).convert("srgb").fit().to_string(hex=True, alpha=False)
    except ValueError:
        return None


def _tint(colour: str, ground: str) -> str:
    from coloraide import Color

    return Color(colour).mix(ground, 0.92, space="oklab").convert("srgb").fit().to_string(hex=True)
