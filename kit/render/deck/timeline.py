"""The session to scale, as shapes of PowerPoint’s own."""

from __future__ import annotations

from kit.render.deck.grid import Box
from kit.render.deck.ooxml import emu, fill, named, paragraph, xfrm
from kit.render.deck.slides import Paragraph, Run, TimelineStrip


def timeline(number: int, strip: TimelineStrip, box: Box) -> str:
    """The session to scale as a group with one alternative text: bars, and the clock below them."""
    bar_height, gap, label_width = 0.14, 0.025, 0.9
    shapes = ""
    count = number
    for span in strip.spans:
        count += 1
        bar = Box(box.x + span.x * box.width, box.y, max(0.02, span.width * box.width - gap), bar_height)
        paint = fill("accent3") if span.quiet else fill("accent1")
        shapes += (
            f"<p:sp><p:nvSpPr>{named(count, f'Block {count - number}', '', decorative=True)}<p:cNvSpPr/>"
            f"<p:nvPr/></p:nvSpPr>"
            f'<p:spPr>{xfrm(bar)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>{paint}'
            "<a:ln><a:noFill/></a:ln></p:spPr></p:sp>"
        )
    for x, label in strip.ticks:
        count += 1
        align, shift = ("l", 0.0) if x < 0.02 else ("r", label_width) if x > 0.98 else ("ctr", label_width / 2)
        place = Box(box.x + x * box.width - shift, box.y + bar_height + 0.06, label_width, 0.22)
        words = paragraph(Paragraph((Run(label),)), f'<a:pPr algn="{align}"/>', 12, "accent2")
        shapes += (
            f'<p:sp><p:nvSpPr>{named(count, f"Clock {label}")}<p:cNvSpPr txBox="1"/><p:nvPr/></p:nvSpPr>'
            f'<p:spPr>{xfrm(place)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/></p:spPr>'
            f'<p:txBody><a:bodyPr wrap="square" lIns="0" tIns="0" rIns="0" bIns="0"/><a:lstStyle/>'
            f"{words}</p:txBody></p:sp>"
        )
    off = f'x="{emu(box.x)}" y="{emu(box.y)}"'
    extent = f'cx="{emu(box.width)}" cy="{emu(box.height)}"'
    return (
        f"<p:grpSp><p:nvGrpSpPr>{named(number, 'Timeline', strip.alt)}<p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr>"
        f"<p:grpSpPr><a:xfrm><a:off {off}/><a:ext {extent}/><a:chOff {off}/><a:chExt {extent}/></a:xfrm></p:grpSpPr>"
        f"{shapes}</p:grpSp>"
    )
