"""The few pieces of DrawingML that slides, layouts and the master have in common, as strings and elements."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

from kit.render.deck.grid import Box, Level
from kit.render.deck.slides import Paragraph, Run

A = "http://schemas.openxmlformats.org/drawingml/2006/main"
P = "http://schemas.openxmlformats.org/presentationml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMESPACES = f'xmlns:a="{A}" xmlns:p="{P}" xmlns:r="{R}"'
LANGUAGE = "en-GB"
EMU = 914400
FLAT_BEFORE = 4
"""Points between paragraphs that are no list."""
TABLE_STYLE = "{6E25E649-3F16-4E02-A733-19D2CDBF48F0}"

DECORATIVE = "{C183D7F6-B498-43B3-948B-1728B52AA6E4}"
"""The extension that marks a shape as decoration, which a screen reader leaves out."""
_DECORATIVE = (
    f'<a:extLst><a:ext uri="{DECORATIVE}"><adec:decorative '
    'xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>'
)


def emu(inches: float) -> int:
    """English metric units, 914400 to the inch."""
    return round(inches * EMU)


def hundredths(points: float) -> int:
    """Hundredths of a point, as DrawingML counts sizes of type."""
    return round(points * 100)


def parse(xml: str) -> Any:
    """An element with python-pptx's own classes behind it."""
    from pptx.oxml import parse_xml

    return parse_xml(xml)


def serialise(element: Any) -> bytes:
    """A part of the package."""
    return etree.tostring(element, xml_declaration=True, encoding="UTF-8", standalone=True)


def xfrm(box: Box, tag: str = "a:xfrm") -> str:
    """Position and size."""
    return (
        f'<{tag}><a:off x="{emu(box.x)}" y="{emu(box.y)}"/>'
        f'<a:ext cx="{emu(box.width)}" cy="{emu(box.height)}"/></{tag}>'
    )


def fill(colour: str) -> str:
    """A flat fill by the theme's name of a colour, or by `#rrggbb` where the theme has none that would do."""
    return f"<a:solidFill>{_colour(colour)}</a:solidFill>"


def _colour(name: str) -> str:
    return f'<a:srgbClr val="{name[1:].upper()}"/>' if name.startswith("#") else f'<a:schemeClr val="{name}"/>'


def painted(xml: str, paint: Mapping[str, str]) -> str:
    """`xml` with each colour by the name that another theme has for it."""
    if not paint:
        return xml
    return _SCHEME.sub(lambda found: _colour(paint.get(found[1], found[1])), xml)


_SCHEME = re.compile(r'<a:schemeClr val="(\w+)"/>')


def named(number: int, name: str, alt: str | None = None, decorative: bool = False) -> str:
    """`cNvPr`: a shape's number and name, with its alternative text or the decorative flag."""
    described = "" if alt is None else f" descr={quoteattr(alt)}"
    inner = _DECORATIVE if decorative else ""
    return f'<p:cNvPr id="{number}" name={quoteattr(name)}{described}>{inner}</p:cNvPr>'


def level_properties(number: int, level: Level) -> str:
    """`lvlNpPr` of a list style: one level of a placeholder."""
    margin = emu(level.hang)
    spacing = f'<a:lnSpc><a:spcPct val="{round(level.spacing * 100000)}"/></a:lnSpc>'
    before = f'<a:spcBef><a:spcPts val="{hundredths(level.before)}"/></a:spcBef>'
    brand = '<a:buClr><a:schemeClr val="accent1"/></a:buClr><a:buFont typeface="+mj-lt"/>'
    mark = {
        "": "<a:buNone/>",
        "dash": f'{brand}<a:buChar char="–"/>',
        "number": f'{brand}<a:buAutoNum type="arabicPlain"/>',
        "box": f'{brand}<a:buChar char="□"/>',
    }[level.mark]
    return (
        f'<a:lvl{number}pPr marL="{margin}" indent="{-margin}" algn="{level.align}">{spacing}{before}{mark}'
        f'<a:defRPr lang="{LANGUAGE}" sz="{hundredths(level.size)}" b="{int(level.bold)}">{fill(level.colour)}'
        f"</a:defRPr></a:lvl{number}pPr>"
    )


def list_style(levels: Iterable[Level]) -> str:
    """`lstStyle` with `levels`."""
    return f"<a:lstStyle>{''.join(level_properties(n, level) for n, level in enumerate(levels, 1))}</a:lstStyle>"


def sizes_only(sizes: Sequence[float], flat: bool = False, ink: str = "") -> str:
    """`lstStyle` that changes nothing but the sizes, so that one place on the slide holds them.

    A `flat` one takes away bullets and indents too, and `ink` sets a colour.
    """
    attributes, mark = "", ""
    if flat:
        space = (
            f'<a:spcBef><a:spcPts val="{hundredths(FLAT_BEFORE)}"/></a:spcBef><a:spcAft><a:spcPts val="0"/></a:spcAft>'
        )
        attributes, mark = ' marL="0" indent="0"', f"{space}<a:buNone/>"
    colour = fill(ink) if ink else ""
    levels = "".join(
        f'<a:lvl{n}pPr{attributes}>{mark}<a:defRPr sz="{hundredths(size)}">{colour}</a:defRPr></a:lvl{n}pPr>'
        for n, size in enumerate(sizes, 1)
    )
    return f"<a:lstStyle>{levels}</a:lstStyle>"


_OWN_COLOUR = (
    '<a:extLst><a:ext uri="{A12FA001-AC4F-418D-AE19-62706E023703}"><ahyp:hlinkClr '
    'xmlns:ahyp="http://schemas.microsoft.com/office/drawing/2018/hyperlinkcolor" val="tx"/></a:ext></a:extLst>'
)
"""Links are underlined words in the colour of the words around them, which can be read on any ground."""


def run(piece: Run, size: float | None = None, colour: str = "") -> str:
    """A run in our language; `size` and `colour` only where nothing is inherited, as in a table's cell.

    A link is not whole until `links.lead` has given it its relationship.
    """
    colour = "accent1" if piece.accent else colour
    attributes = f' lang="{LANGUAGE}"'
    attributes += f' sz="{hundredths(size)}"' if size is not None else ""
    attributes += ' b="1"' if piece.bold else ""
    attributes += ' i="1"' if piece.italic else ""
    inner = fill(colour) if colour else ""
    inner += f"<a:hlinkClick r:id={quoteattr(piece.link)}>{_OWN_COLOUR}</a:hlinkClick>" if piece.link else ""
    return f"<a:r><a:rPr{attributes}>{inner}</a:rPr><a:t>{escape(piece.text)}</a:t></a:r>"


def paragraph(source: Paragraph, properties: str = "", size: float | None = None, colour: str = "") -> str:
    """A paragraph; `properties` is a whole `pPr` where the level alone does not say enough."""
    if not properties and source.level > 1:
        properties = f'<a:pPr lvl="{source.level - 1}"/>'
    ending = f' sz="{hundredths(size)}"' if size is not None else ""
    runs = "".join(run(piece, size, colour) for piece in source.runs)
    return f'<a:p>{properties}{runs}<a:endParaRPr lang="{LANGUAGE}"{ending}/></a:p>'


def plain(text: str) -> str:
    """A paragraph of plain words."""
    return paragraph(Paragraph((Run(text),)))


def path_geometry(commands: str, width: int, height: int, filled: bool) -> str:
    """`custGeom` with one path in its own units."""
    how = "" if filled else ' fill="none"'
    return (
        '<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/><a:rect l="0" t="0" r="r" b="b"/><a:pathLst>'
        f'<a:path w="{width}" h="{height}"{how}>{commands}</a:path></a:pathLst></a:custGeom>'
    )


def number_field() -> str:
    """A paragraph with the slide's number."""
    return (
        '<a:p><a:fld id="{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}" type="slidenum">'
        f'<a:rPr lang="{LANGUAGE}"/><a:t>‹#›</a:t></a:fld><a:endParaRPr lang="{LANGUAGE}"/></a:p>'
    )
