"""The theme: a palette spread over the twelve colours that a PowerPoint theme has."""

from __future__ import annotations

from xml.sax.saxutils import quoteattr

from kit.model.brand import Palette

FONT = "Arial"

COLOURS = {
    "dk1": "ink",
    "lt1": "ground",
    "dk2": "brand",
    "lt2": "tint",
    "accent1": "brand",
    "accent2": "muted",
    "accent3": "hairline",
    "accent4": "accent",
    "hlink": "brand",
    "folHlink": "muted",
}
"""What each of the theme's colours is in a palette; `accent5` and `accent6` are of its series for charts."""


def colours(palette: Palette) -> dict[str, str]:
    """The theme's colours by name, `#rrggbb`."""
    found = {name: str(getattr(palette, field)) for name, field in COLOURS.items()}
    *_, fifth, sixth = palette.series
    of_charts = {"accent5": fifth, "accent6": sixth}
    order = ("dk1", "lt1", "dk2", "lt2", *(f"accent{n}" for n in range(1, 7)), "hlink", "folHlink")
    return {name: (found | of_charts)[name] for name in order}


def theme_xml(palette: Palette, name: str, fonts: tuple[str, str] = (FONT, FONT)) -> str:
    """The theme part: flat fills, three weights of line, no effects. `fonts` are those for headings and for text."""
    scheme = "".join(
        f'<a:{key}><a:srgbClr val="{value[1:].upper()}"/></a:{key}>' for key, value in colours(palette).items()
    )
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    lines = "".join(f'<a:ln w="{width}">{fill}<a:prstDash val="solid"/></a:ln>' for width in (6350, 12700, 19050))
    effects = "<a:effectStyle><a:effectLst/></a:effectStyle>" * 3
    major, minor = (f'<a:latin typeface={quoteattr(font)}/><a:ea typeface=""/><a:cs typeface=""/>' for font in fonts)
    return (
        '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
        f"name={quoteattr(name)}><a:themeElements>"
        f"<a:clrScheme name={quoteattr(name)}>{scheme}</a:clrScheme>"
        f"<a:fontScheme name={quoteattr(fonts[1])}><a:majorFont>{major}</a:majorFont>"
        f"<a:minorFont>{minor}</a:minorFont></a:fontScheme>"
        f'<a:fmtScheme name="Flat"><a:fillStyleLst>{fill * 3}</a:fillStyleLst><a:lnStyleLst>{lines}</a:lnStyleLst>'
        f"<a:effectStyleLst>{effects}</a:effectStyleLst><a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst></a:fmtScheme>"
        "</a:themeElements><a:objectDefaults/><a:extraClrSchemeLst/></a:theme>"
    )
