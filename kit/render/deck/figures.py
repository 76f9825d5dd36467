"""Drawings of the templates as data: inline SVG to rectangles, ellipses, lines, outlines and labels.

What the templates draw is plain: rectangles, paths and text in flat colours of the palette, moved and scaled. Anything
else is a bug in a template and raises.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain
from math import dist
from typing import Any, Literal

from fontTools.pens.recordingPen import RecordingPen
from fontTools.svgLib.path import parse_path
from lxml import etree

from kit.render.deck.drawing import after, bounds, drawn_elements, matrix, operations
from kit.render.deck.slides import Figure, Label, Mark, Operation

SCHEME = {
    "ink": "tx1",
    "ground": "",
    "brand": "accent1",
    "tint": "bg2",
    "muted": "accent2",
    "hairline": "accent3",
    "accent": "accent4",
}
"""What shapes call each colour of a palette. Nothing is painted like the ground: that shows through, whatever it is."""
JOINED = 1.6
"""Ems from one line to the next within which 2 lines are one label."""
NEAR = 1e-3
"""A length in the units of a drawing that nobody sees."""

Matrix = tuple[float, float, float, float, float, float]
Rectangle = tuple[float, float, float, float]


def figure(svg: Any, colours: Mapping[str, str]) -> Figure:
    """The drawing in an inline `<svg>` as an HTML parser gives it, sized in millimetres.

    `colours` gives what shapes call each `#rrggbb` that the drawing has.
    """
    # The HTML parser writes attribute names in lower case.
    x, y, width, height = (float(number) for number in svg.get("viewbox").split())
    scale = float(svg.get("width").removesuffix("mm")) / width
    parts: list[Mark | Label] = []
    for element, style, transforms in drawn_elements(svg, {}, ()):
        where: Matrix = (scale, 0.0, 0.0, scale, -x * scale, -y * scale)
        for transform in transforms:
            step = matrix(transform)
            if step is None:
                raise ValueError(f"a drawing has the transform “{transform}”")
            where = after(where, step)
        look = _Look(
            _painted(style.get("fill", "black"), colours),
            _painted(style.get("stroke", "none"), colours),
            float(style.get("stroke-width", 1)) * where[0],
        )
        match etree.QName(element).localname:
            case "rect":
                left, top, wide, high = (float(element.get(name)) for name in ("x", "y", "width", "height"))
                parts.append(look.mark("rect", _moved(where, left, top, left + wide, top + high)))
            case "path":
                parts += _marks(element.get("d"), where, look)
            case "text":
                _add(parts, _label(element, style, where, look.fill))
            case tag:
                raise ValueError(f"a drawing has <{tag}>")
    return Figure((svg.findtext("title") or "").strip(), width * scale, height * scale, tuple(parts))


@dataclass(frozen=True)
class _Look:
    fill: str
    stroke: str
    width: float

    def mark(
        self,
        kind: Literal["rect", "ellipse", "line", "outline"],
        box: Rectangle,
        outline: tuple[Operation, ...] = (),
        *,
        rises: bool = False,
    ) -> Mark:
        return Mark(kind, box, self.fill, self.stroke, self.width if self.stroke else 0, outline, rises)


def _painted(value: str, colours: Mapping[str, str]) -> str:
    if value == "none":
        return ""
    if value not in colours:
        raise ValueError(f"a drawing has the colour “{value}”, which the palette does not have")
    return colours[value]


def _moved(where: Matrix, left: float, top: float, right: float, bottom: float) -> Rectangle:
    """The box between 2 corners, as (x, y, width, height) in millimetres."""
    scale, _, _, _, x, y = where
    return left * scale + x, top * scale + y, (right - left) * scale, (bottom - top) * scale


# Paths -------------------------------------------------------------------------------------------


class _Arcs(RecordingPen):  # type: ignore[misc]
    """Records arcs as arcs; other pens are given curves in their place."""

    def arcTo(self, *arc: Any) -> None:
        self.value.append(("arcTo", arc))


@lru_cache(maxsize=5_000)
def _marks(path: str, where: Matrix, look: _Look) -> tuple[Mark, ...]:
    """A mark for each line and each circle of a path; the rest of it together if it is filled, else each by itself.

    Kept, since every deck has the same drawings.
    """
    return tuple(_marks_of(path, where, look))


def _marks_of(path: str, where: Matrix, look: _Look) -> Iterator[Mark]:
    recorded = _Arcs()
    parse_path(path, recorded)
    rest: list[tuple[Operation, ...]] = []
    for written, drawn in zip(_pieces(recorded.value), _pieces(operations(path, where)), strict=True):
        found = _circle(written)
        if found is not None:
            x, y, radius = found
            yield look.mark("ellipse", _moved(where, x - radius, y - radius, x + radius, y + radius))
        elif [name for name, _ in drawn] == ["moveTo", "lineTo", "endPath"]:
            (x1, y1), (x2, y2) = sorted(points[0] for _, points in drawn[:2])
            yield look.mark("line", (x1, min(y1, y2), x2 - x1, abs(y2 - y1)), rises=y2 < y1)
        else:
            rest.append(drawn)
    for outline in [tuple(chain(*rest))] if look.fill and rest else rest:
        yield look.mark("outline", bounds(outline), outline)


def _pieces(commands: Iterable[Operation]) -> list[tuple[Operation, ...]]:
    """The commands of a path from each `moveTo` to the next."""
    found: list[list[Operation]] = []
    for command in commands:
        if command[0] == "moveTo":
            found.append([])
        found[-1].append(command)
    return [tuple(piece) for piece in found]


def _circle(piece: Sequence[tuple[str, tuple[Any, ...]]]) -> tuple[float, float, float] | None:
    """The middle and the radius, if a piece of a path is a circle: 2 arcs from one end of a diameter to the other."""
    if [name for name, _ in piece] != ["moveTo", "arcTo", "arcTo", "closePath"]:
        return None
    start, (_, one), (_, other) = piece[0][1][0], piece[1], piece[2]
    (x1, y1), (x2, y2) = start, one[-1]
    across = dist(start, one[-1])
    round_and_back = dist(start, other[-1]) < NEAR and one[4] == other[4]
    if not round_and_back or any(abs(2 * radius - across) > NEAR for radius in (*one[:2], *other[:2])):
        return None
    return (x1 + x2) / 2, (y1 + y2) / 2, across / 2


# Words -------------------------------------------------------------------------------------------


def _label(element: Any, style: Mapping[str, str], where: Matrix, colour: str) -> Label:
    x, y = (float(element.get(name)) for name in ("x", "y"))
    left, top, _, _ = _moved(where, x, y, x, y)
    anchor = style.get("text-anchor", "start")
    return Label((element.text_content().strip(),), left, top, float(style["font-size"]) * where[0], colour, anchor)


def _add(parts: list[Mark | Label], label: Label) -> None:
    """Adds a label, or its line to the label before it where that goes on."""
    before = parts[-1] if parts else None
    if isinstance(before, Label) and replace(label, lines=before.lines, y=before.y) == before:
        down = label.y - before.y
        if 0 < down <= JOINED * label.size * len(before.lines):
            parts[-1] = replace(before, lines=(*before.lines, *label.lines))
            return
    parts.append(label)
