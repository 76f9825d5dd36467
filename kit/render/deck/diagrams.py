"""Figures as one group of PowerPoint’s own shapes: lines, ellipses and rectangles, and labels that can be retyped."""

from __future__ import annotations

from kit.render.deck.drawing import commands, group
from kit.render.deck.fit import PITCH, POINTS, advance
from kit.render.deck.grid import Box
from kit.render.deck.ooxml import EMU, fill, named, paragraph, path_geometry, xfrm
from kit.render.deck.slides import Figure, Label, Mark, Paragraph, Run

ASCENT = 0.905
"""Ems from the top of a line to its baseline, in the type of the theme and in most others."""
_ALIGNED = {"start": "l", "middle": "ctr", "end": "r"}
_BEFORE = {"start": 0.0, "middle": 0.5, "end": 1.0}
_SPARE = 1.05
"""A text box is a little wider than its words: another program's type may run wider."""


def within(box: Box, figure: Figure) -> Box:
    """The largest place for `figure` in the middle of `box`."""
    width = min(box.width, box.height * figure.width / figure.height)
    height = width * figure.height / figure.width
    return Box(box.x + (box.width - width) / 2, box.y + (box.height - height) / 2, width, height)


def diagram(number: int, name: str, figure: Figure, box: Box) -> str:
    """A group with one alternative text, as large as `box` allows. `number` is that of the group, its shapes follow."""
    place = within(box, figure)
    scale = place.width / figure.width
    shapes = "".join(
        _label(number + n, part, place, scale) if isinstance(part, Label) else _mark(number + n, n, part, place, scale)
        for n, part in enumerate(figure.parts, 1)
    )
    return group(number, name, figure.alt, place, shapes)


def _mark(number: int, count: int, mark: Mark, place: Box, scale: float) -> str:
    x, y, width, height = (length * scale for length in mark.box)
    box = Box(place.x + x, place.y + y, width, height)
    about = named(number, f"{mark.kind.capitalize()} {count}", "", decorative=True)
    paint = fill(mark.fill) if mark.fill else "<a:noFill/>"
    weight = round(mark.stroke_width * scale * EMU)
    stroke = f'<a:ln w="{weight}" cap="rnd">{fill(mark.stroke)}<a:round/></a:ln>' if mark.stroke else _NO_LINE
    frame = xfrm(box)
    if mark.kind == "line":
        frame = frame.replace("<a:xfrm>", '<a:xfrm flipV="1">') if mark.rises else frame
        return (
            f"<p:cxnSp><p:nvCxnSpPr>{about}<p:cNvCxnSpPr/><p:nvPr/></p:nvCxnSpPr>"
            f'<p:spPr>{frame}<a:prstGeom prst="line"><a:avLst/></a:prstGeom>{stroke}</p:spPr></p:cxnSp>'
        )
    geometry = f'<a:prstGeom prst="{mark.kind}"><a:avLst/></a:prstGeom>'
    if mark.kind == "outline":
        left, top, _, _ = mark.box
        unit = scale * EMU
        drawn = [(name, tuple(((x - left) * unit, (y - top) * unit) for x, y in at)) for name, at in mark.outline]
        geometry = path_geometry(commands(drawn), round(width * EMU), round(height * EMU), filled=bool(mark.fill))
    return (
        f"<p:sp><p:nvSpPr>{about}<p:cNvSpPr/><p:nvPr/></p:nvSpPr>"
        f"<p:spPr>{frame}{geometry}{paint}{stroke}</p:spPr></p:sp>"
    )


_NO_LINE = "<a:ln><a:noFill/></a:ln>"


def _label(number: int, label: Label, place: Box, scale: float) -> str:
    size = label.size * scale * POINTS
    width = max(advance(line, size) for line in label.lines) / POINTS * _SPARE
    x, y = place.x + label.x * scale, place.y + label.y * scale
    box = Box(
        x - width * _BEFORE[label.anchor], y - ASCENT * size / POINTS, width, len(label.lines) * size * PITCH / POINTS
    )
    aligned = f'<a:pPr algn="{_ALIGNED[label.anchor]}"/>'
    words = "".join(paragraph(Paragraph((Run(line),)), aligned, size, label.colour) for line in label.lines)
    return (
        f'<p:sp><p:nvSpPr>{named(number, " ".join(label.lines))}<p:cNvSpPr txBox="1"/><p:nvPr/></p:nvSpPr>'
        f'<p:spPr>{xfrm(box)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/></p:spPr>'
        '<p:txBody><a:bodyPr wrap="none" lIns="0" tIns="0" rIns="0" bIns="0"><a:spAutoFit/></a:bodyPr><a:lstStyle/>'
        f"{words}</p:txBody></p:sp>"
    )
