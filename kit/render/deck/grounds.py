"""What colours a text would stand on: the background, and the shapes and pictures of a layout that reach its box."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from lxml import etree
from PIL import Image

from kit.palette import mix
from kit.render.deck.colouring import colour, opacity
from kit.render.deck.corporate import Drawn, Template, TheirLayout
from kit.render.deck.grid import Box
from kit.render.deck.ooxml import A, P, R

MAX_PIXELS = 60_000_000
_NS = {"a": A, "p": P}
_FILLS = ("solidFill", "gradFill", "blipFill", "pattFill", "noFill", "grpFill")
_TOUCHES = 0.03
"""The share of a text's box that a drawing has to cover before it counts."""
_TOUCHES_ROUNDED = 0.2
"""The same for a shape that does not fill its own box."""
_SAMPLES = (8, 6)


def grounds(template: Template, layout: TheirLayout, box: Box) -> tuple[str, ...]:
    """Every colour that text in `box` may stand on, as `#rrggbb`; some of them are measured from pictures."""
    slide = Box(0, 0, template.width, template.height)
    found: tuple[str, ...] = ("#ffffff",)
    background, part = template.background(layout)
    if background is not None:
        found = _background(template, layout, background, part, box, slide) or found
    for drawn in template.drawn(layout):
        share = shared(drawn.box, box)
        if share < (_TOUCHES_ROUNDED if drawn.rounded else _TOUCHES):
            continue
        above = _painted(template, layout, drawn, box, found)
        covers = share > 0.97 and not drawn.rounded
        found = above if covers and above else (*found, *above)
    return tuple(dict.fromkeys(found))


def covered(template: Template, layout: TheirLayout, box: Box) -> bool:
    """Whether a drawing of the layout that is smaller than the slide lies in `box`: a logo, a rule, a band."""
    whole = template.width * template.height
    return any(
        shared(drawn.box, box) > 0 and drawn.box.width * drawn.box.height < 0.6 * whole
        for drawn in template.drawn(layout)
    )


def shared(one: Box, other: Box) -> float:
    """The share of `other` that `one` covers."""
    across = min(one.x + one.width, other.x + other.width) - max(one.x, other.x)
    down = min(one.y + one.height, other.y + other.height) - max(one.y, other.y)
    area = other.width * other.height
    return max(0.0, across) * max(0.0, down) / area if area else 0.0


def _background(
    template: Template, layout: TheirLayout, background: Any, part: str, box: Box, slide: Box
) -> tuple[str, ...]:
    reference = background.find("p:bgRef", _NS)
    if reference is not None:
        found = colour(reference, layout.colours)
        return (found,) if found else ()
    properties = background.find("p:bgPr", _NS)
    return _fill(template, layout, properties, part, box, slide) if properties is not None else ()


def _painted(template: Template, layout: TheirLayout, drawn: Drawn, box: Box, below: Iterable[str]) -> tuple[str, ...]:
    element = drawn.element
    if etree.QName(element).localname == "pic":
        return _picture(template, element.find("p:blipFill", _NS), drawn.part, box, drawn.box, below)
    properties = element.find("p:spPr", _NS)
    filled = [child for child in properties if etree.QName(child).localname in _FILLS]
    if not filled:
        reference = element.find("p:style/a:fillRef", _NS)
        found = colour(reference, layout.colours) if reference is not None and reference.get("idx") != "0" else None
        return (found,) if found else ()
    found_fill = _fill(template, layout, properties, drawn.part, box, drawn.box)
    share = opacity(filled[0])
    if share < 1:
        return tuple(mix(under, over, share) for under in below for over in found_fill)
    return found_fill


def _fill(template: Template, layout: TheirLayout, holder: Any, part: str, box: Box, whole: Box) -> tuple[str, ...]:
    """The colours of the fill in `holder`, a shape's properties or a background's."""
    for element in holder:
        name = etree.QName(element).localname if isinstance(element.tag, str) else ""
        if name in ("solidFill", "pattFill"):
            found = colour(element if name == "solidFill" else element[0], layout.colours)
            return (found,) if found else ()
        if name == "gradFill":
            stops = (colour(stop, layout.colours) for stop in element.iter(f"{{{A}}}gs"))
            return tuple(found for found in stops if found)
        if name == "blipFill":
            return _picture(template, element, part, box, whole, ())
    return ()


def _picture(template: Template, fill: Any, part: str, box: Box, whole: Box, below: Iterable[str]) -> tuple[str, ...]:
    """Colours of the part of a picture that lies behind `box`; none for a kind of picture that cannot be read."""
    blip = fill.find("a:blip", _NS) if fill is not None else None
    id = blip.get(f"{{{R}}}embed") if blip is not None else None
    relations = template.package.parts[part].relations
    name = next((relation.target for relation in relations if relation.id == id), "")
    if name not in template.package.parts:
        return ()
    seen = _thumbnail(template.package.parts[name].data)
    if seen is None:
        return ()
    left, right = ((at - whole.x) / whole.width for at in (box.x, box.x + box.width))
    top, bottom = ((at - whole.y) / whole.height for at in (box.y, box.y + box.height))
    edges = (max(0.0, left), max(0.0, top), min(1.0, right), min(1.0, bottom))
    if edges[2] <= edges[0] or edges[3] <= edges[1]:
        return ()
    crop = tuple(round(edge * side) for edge, side in zip(edges, (seen.width, seen.height) * 2, strict=True))
    piece = seen.crop((crop[0], crop[1], max(crop[2], crop[0] + 1), max(crop[3], crop[1] + 1)))
    piece = piece.resize(_SAMPLES, Image.Resampling.BOX)
    behind = next(iter(below), "#ffffff")
    found = []
    flat = piece.tobytes()
    for red, green, blue, alpha in zip(*(flat[channel::4] for channel in range(4)), strict=True):
        found.append(mix(behind, f"#{red:02x}{green:02x}{blue:02x}", alpha / 255))
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=64)
def _thumbnail(data: bytes) -> Image.Image | None:
    """A small copy of a picture; None for one that cannot be read, or has more pixels than anybody needs."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            picture = Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "GIF", "BMP"))
            if picture.width * picture.height > MAX_PIXELS:
                return None
            picture.thumbnail((400, 400))
            return picture.convert("RGBA")
    except (OSError, ValueError, Image.DecompressionBombError, Warning, SyntaxError):
        return None
