"""The theme: a palette's four colours spread over the twelve that a PowerPoint theme has."""

from __future__ import annotations

from xml.sax.saxutils import quoteattr

from kit.model.brand import Palette
from kit.palette import LEAST_CONTRAST, contrast

FONT = "Arial"

PAIRS = (
    ("dk1", "lt1"),
    ("dk2", "lt1"),
    ("accent1", "lt1"),
    ("accent2", "lt1"),
    ("dk1", "lt2"),
    ("dk2", "lt2"),
    ("hlink", "lt1"),
)
"""Colours that stand on each other as text and ground, each way round."""


def mix(one: str, other: str, share: float) -> str:
    """`#rrggbb` that is `share` (0 to 1) of the way from one colour to the other, in sRGB."""
    pairs = ((int(one[i : i + 2], 16), int(other[i : i + 2], 16)) for i in (1, 3, 5))
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def muted(ink: str, ground: str) -> str:
    """The ink, as far towards the ground (at most 35%) as text on the ground may go."""
    shares = (0.35, 0.3, 0.25, 0.2, 0.15, 0.1, 0.05)
    return next((c for s in shares if contrast(c := mix(ink, ground, s), ground) >= LEAST_CONTRAST + 0.3), ink)


def colours(palette: Palette) -> dict[str, str]:
    """The theme's colours by name, `#rrggbb`.

    `accent1` is the brand, `accent2` muted ink for text, `accent3` the hairline; the rest are steps of
    the brand and the ink for charts that somebody adds later.
    """
    ink, ground, brand = palette.ink, palette.ground, palette.brand
    return {
        "dk1": ink,
        "lt1": ground,
        "dk2": brand,
        "lt2": palette.tint,
        "accent1": brand,
        "accent2": muted(ink, ground),
        "accent3": mix(brand, ground, 0.65),
        "accent4": mix(brand, ink, 0.5),
        "accent5": mix(brand, ground, 0.3),
        "accent6": mix(ink, ground, 0.5),
        "hlink": brand,
        "folHlink": mix(brand, ink, 0.3),
    }


def theme_xml(palette: Palette, name: str) -> str:
    """The theme part: flat fills, three weights of line, no effects."""
    scheme = "".join(
        f'<a:{key}><a:srgbClr val="{value[1:].upper()}"/></a:{key}>' for key, value in colours(palette).items()
    )
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    lines = "".join(f'<a:ln w="{width}">{fill}<a:prstDash val="solid"/></a:ln>' for width in (6350, 12700, 19050))
    effects = "<a:effectStyle><a:effectLst/></a:effectStyle>" * 3
    face = f'<a:latin typeface={quoteattr(FONT)}/><a:ea typeface=""/><a:cs typeface=""/>'
    return (
        '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
        f"name={quoteattr(name)}><a:themeElements>"
        f"<a:clrScheme name={quoteattr(name)}>{scheme}</a:clrScheme>"
        f"<a:fontScheme name={quoteattr(FONT)}><a:majorFont>{face}</a:majorFont>"
        f"<a:minorFont>{face}</a:minorFont></a:fontScheme>"
        f'<a:fmtScheme name="Flat"><a:fillStyleLst>{fill * 3}</a:fillStyleLst><a:lnStyleLst>{lines}</a:lnStyleLst>'
        f"<a:effectStyleLst>{effects}</a:effectStyleLst><a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst></a:fmtScheme>"
        "</a:themeElements><a:objectDefaults/><a:extraClrSchemeLst/></a:theme>"
    )
