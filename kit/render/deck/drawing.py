"""Drawings that are PowerPoint's own: SVG paths as freeforms, which stay sharp, recolour and can be edited."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from fontTools.pens.boundsPen import BoundsPen
from fontTools.pens.recordingPen import RecordingPen
from fontTools.pens.transformPen import TransformPen
from fontTools.svgLib.path import parse_path
from fontTools.svgLib.path.shapes import PathBuilder
from lxml import etree

from kit.render.deck.grid import Box
from kit.render.deck.ooxml import EMU, fill, named, path_geometry, xfrm
from kit.render.deck.slides import Operation, Symbol

_SHAPES = ("path", "rect", "circle", "ellipse", "polygon", "polyline", "line")
_SILENT = ("svg", "g", "title", "desc", "metadata", "defs")
_HEX = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})")
_WORDS = {"black": "#000000", "white": "#ffffff"}
_UNREADABLE = (ValueError, IndexError, TypeError, KeyError, AssertionError, NotImplementedError, etree.XMLSyntaxError)
"""What the readers of SVG and of path data raise at something that is neither."""
_PAINTS = (("fill", "black"), ("stroke", "none"))
_IDENTITY = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(frozen=True)
class Outline:
    """One flat shape of a logo, in the SVG's units.

    A colour is `#rrggbb`, the theme's `tx1`, or empty for none; `stroke_width` is in units of the view box.
    """

    path: str
    transform: tuple[float, ...]
    colour: str
    stroke: str
    stroke_width: float


@dataclass(frozen=True)
class Drawing:
    """A logo of flat shapes; `box` is the SVG's view box (x, y, width, height)."""

    outlines: tuple[Outline, ...]
    box: tuple[float, float, float, float]


def contain(box: Box, aspect: float, across: float = 0.5) -> Box:
    """The largest box of `aspect` (width over height) inside `box`, top-aligned; `across` 0 is left, 1 right."""
    width = min(box.width, box.height * aspect)
    height = width / aspect
    return Box(box.x + (box.width - width) * across, box.y, width, height)


def symbol_shape(number: int, name: str, symbol: Symbol, box: Box) -> str:
    """A symbol as one decorative freeform, its strokes in the brand colour."""
    place = contain(box, symbol.box[2] / symbol.box[3])
    scale = place.width * EMU / symbol.box[2]
    drawn = [step for path in symbol.paths for step in operations(path, _onto(symbol.box, scale))]
    width, height = round(place.width * EMU), round(place.height * EMU)
    geometry = path_geometry(commands(drawn), width, height, filled=False)
    return (
        f"<p:sp><p:nvSpPr>{named(number, name, '', decorative=True)}<p:cNvSpPr/><p:nvPr/></p:nvSpPr>"
        f'<p:spPr>{xfrm(place)}{geometry}<a:noFill/><a:ln w="{round(symbol.stroke * scale)}" cap="rnd">'
        f"{fill('accent1')}<a:round/></a:ln></p:spPr></p:sp>"
    )


def logo_shape(number: int, drawing: Drawing, alt: str, box: Box) -> str:
    """A logo as a group of freeforms in its own colours, with one alternative text for the whole."""
    place = contain(box, drawing.box[2] / drawing.box[3], across=1)
    scale = place.width * EMU / drawing.box[2]
    width, height = round(place.width * EMU), round(place.height * EMU)
    shapes = ""
    for n, outline in enumerate(drawing.outlines, 1):
        drawn = operations(outline.path, _onto(drawing.box, scale), outline.transform)
        geometry = path_geometry(commands(drawn), width, height, filled=bool(outline.colour))
        line = f'<a:ln w="{round(outline.stroke_width * scale)}">{_paint(outline.stroke)}<a:miter lim="400000"/></a:ln>'
        shapes += (
            f"<p:sp><p:nvSpPr>{named(number + n, f'Logo, part {n}', '', decorative=True)}<p:cNvSpPr/>"
            f"<p:nvPr/></p:nvSpPr>"
            f"<p:spPr>{xfrm(place)}{geometry}{_paint(outline.colour)}{line}</p:spPr></p:sp>"
        )
    return group(number, "Logo", alt, place, shapes)


def group(number: int, name: str, alt: str, box: Box, shapes: str) -> str:
    """Shapes that stand in `box` as one group, with one alternative text for the whole."""
    frame = xfrm(box).replace(
        "</a:xfrm>",
        xfrm(box).removeprefix("<a:xfrm>").replace("a:off", "a:chOff").replace("a:ext", "a:chExt"),
    )
    return (
        f"<p:grpSp><p:nvGrpSpPr>{named(number, name, alt)}<p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr>"
        f"<p:grpSpPr>{frame}</p:grpSpPr>{shapes}</p:grpSp>"
    )


def read_logo(svg: bytes) -> Drawing | str:
    """The flat shapes of `svg`, or in words what it has that cannot be drawn so."""
    try:
        drawing = _read(svg)
        if isinstance(drawing, Drawing):
            for outline in drawing.outlines:
                operations(outline.path, outline.transform)
        return drawing
    except _UNREADABLE:
        return "a shape that cannot be read"


def _read(svg: bytes) -> Drawing | str:
    root = etree.fromstring(svg, etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True))
    box = _view_box(root)
    if box is None:
        return "no size"
    outlines: list[Outline] = []
    for element, style, transforms in drawn_elements(root, {}, ()):
        tag = etree.QName(element).localname
        if tag not in _SHAPES:
            return f"<{tag}>"
        if "opacity" in style or "fill-opacity" in style:
            return "transparency"
        paints = [_colour(style.get(key, usual), style.get("color", "")) for key, usual in _PAINTS]
        for (key, _), paint in zip(_PAINTS, paints, strict=True):
            if paint is None:
                return f"the {key} “{style.get(key)}”"
        whole = _IDENTITY
        for text in transforms:
            step = matrix(text)
            if step is None:
                return f"the transform “{text}”"
            whole = after(whole, step)
        builder = PathBuilder()
        bare = etree.Element(tag, {k: v for k, v in element.attrib.items() if k != "transform"})
        if builder.add_path_from_element(bare):
            width = float(re.sub(r"[^\d.]", "", style.get("stroke-width", "1")) or 1)
            width *= abs(whole[0] * whole[3] - whole[1] * whole[2]) ** 0.5
            outlines += [
                Outline(path, whole, paints[0] or "", paints[1] or "", width) for path in builder.paths if any(paints)
            ]
    return Drawing(tuple(outlines), box) if outlines else "no shapes"


def _paint(colour: str) -> str:
    if not colour:
        return "<a:noFill/>"
    if colour.startswith("#"):
        return f'<a:solidFill><a:srgbClr val="{colour[1:].upper()}"/></a:solidFill>'
    return fill(colour)


def drawn_elements(
    element: Any, style: dict[str, str], transforms: tuple[str, ...]
) -> Iterator[tuple[Any, dict[str, str], tuple[str, ...]]]:
    """Elements that draw, each with the style and the transforms that reach it."""
    if not isinstance(element.tag, str):
        return
    own = dict(item.split(":", 1) for item in element.get("style", "").split(";") if ":" in item)
    style = style | {k: v for k, v in element.attrib.items() if isinstance(k, str)}
    style |= {k.strip(): v.strip() for k, v in own.items()}
    transforms = (*transforms, element.get("transform")) if element.get("transform") else transforms
    tag = etree.QName(element).localname
    if tag not in _SILENT:
        yield element, style, transforms
        return
    if tag in ("svg", "g"):
        for child in element:
            yield from drawn_elements(child, style, transforms)


def _colour(value: str, current: str) -> str | None:
    """`#rrggbb`, the theme's ink for currentColor, an empty string for none, None for what cannot be drawn."""
    value = (current or "currentColor") if value == "currentColor" else value.strip()
    if value in ("none", "transparent"):
        return ""
    if value == "currentColor":
        return "tx1"
    value = _WORDS.get(value.lower(), value)
    if not _HEX.fullmatch(value):
        return None
    return value if len(value) == 7 else "#" + "".join(c * 2 for c in value[1:])


def _view_box(root: Any) -> tuple[float, float, float, float] | None:
    numbers = [float(n) for n in re.findall(r"[-+.\deE]+", root.get("viewBox", ""))]
    if len(numbers) != 4:
        sizes = [re.match(r"[.\d]+", root.get(side, "")) for side in ("width", "height")]
        numbers = [0.0, 0.0, *(float(size.group()) for size in sizes if size)]
    if len(numbers) != 4 or numbers[2] <= 0 or numbers[3] <= 0:
        return None
    return numbers[0], numbers[1], numbers[2], numbers[3]


def matrix(text: str) -> tuple[float, ...] | None:
    """One or more of translate, scale and matrix; None for any other transform."""
    matrix = _IDENTITY
    calls = re.findall(r"(\w+)\s*\(([^)]*)\)", text)
    for name, arguments in calls:
        values = [float(v) for v in re.split(r"[\s,]+", arguments.strip())]
        if name == "translate" and len(values) in (1, 2):
            step = (1.0, 0.0, 0.0, 1.0, values[0], values[1] if len(values) == 2 else 0.0)
        elif name == "scale" and len(values) in (1, 2):
            step = (values[0], 0.0, 0.0, values[-1], 0.0, 0.0)
        elif name == "matrix" and len(values) == 6:
            step = (values[0], values[1], values[2], values[3], values[4], values[5])
        else:
            return None
        matrix = after(matrix, step)
    return matrix if calls else None


def after(outer: tuple[float, ...], inner: tuple[float, ...]) -> tuple[float, float, float, float, float, float]:
    a, b, c, d, e, f = outer
    g, h, i, j, k, m = inner
    return (
        a * g + c * h,
        b * g + d * h,
        a * i + c * j,
        b * i + d * j,
        a * k + c * m + e,
        b * k + d * m + f,
    )


def _onto(box: tuple[float, float, float, float], scale: float) -> tuple[float, ...]:
    return (scale, 0.0, 0.0, scale, -box[0] * scale, -box[1] * scale)


def operations(path: str, *transforms: tuple[float, ...]) -> list[Operation]:
    """SVG path data as lines and curves, with every transform applied in turn, the first of them last."""
    recording = RecordingPen()
    pen: Any = recording
    for transform in transforms:
        pen = TransformPen(pen, transform)
    parse_path(path, pen)
    return [(str(name), tuple(points)) for name, points in recording.value]


def bounds(drawn: Iterable[Operation]) -> tuple[float, float, float, float]:
    """The least box that holds an outline, as (x, y, width, height)."""
    pen = BoundsPen(None)
    for name, points in drawn:
        getattr(pen, name)(*points)
    left, top, right, bottom = pen.bounds
    return left, top, right - left, bottom - top


def commands(drawn: Iterable[Operation]) -> str:
    """An outline as DrawingML draws it, in whole units."""
    tags = {"moveTo": "moveTo", "lineTo": "lnTo", "curveTo": "cubicBezTo", "qCurveTo": "quadBezTo"}
    out = ""
    for name, points in drawn:
        if name == "closePath":
            out += "<a:close/>"
        elif name in tags:
            inner = "".join(f'<a:pt x="{round(x)}" y="{round(y)}"/>' for x, y in points)
            out += f"<a:{tags[name]}>{inner}</a:{tags[name]}>"
    return out
