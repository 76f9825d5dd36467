"""The session to scale, as shapes of PowerPoint’s own: the agenda’s bars, and the strip of where we are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from kit.render.deck.fit import FittedTable
from kit.render.deck.grid import Box
from kit.render.deck.ooxml import emu, fill, named, paragraph, xfrm
from kit.render.deck.slides import Paragraph, Run, TimelineStrip

_WIDE = {"must": 1.0, "should": 2 / 3, "could": 1 / 3}
"""How wide a bar of the agenda is, as a share of the widest: that needs no colour and no words on the slide."""

_GAP = 0.03
_LINE = 9525
_TICK = 14


def rows_to_scale(fitted: FittedTable, strip: TimelineStrip, room: float) -> FittedTable:
    """The rows of an agenda as near as they fit to where their blocks begin in `room` inches, header included.

    A row that is too tall for its block moves those around it, each by as little as will do (isotonic regression of
    their places by pooling those that would overlap).
    """
    header, *rows = fitted.heights
    scale = room - header
    if len(rows) != len(strip.spans) or sum(rows) > scale:
        return fitted
    before = [sum(rows[:n]) for n in range(len(rows))]
    pools: list[list[float]] = []
    for at, span in zip(before, strip.spans, strict=True):
        pools.append([span.x * scale - at])
        while len(pools) > 1 and _mean(pools[-2]) > _mean(pools[-1]):
            last = pools.pop()
            pools[-1] += last
    shifts = [min(max(0.0, _mean(pool)), scale - sum(rows)) for pool in pools for _ in pool]
    # The first block begins where the scale does, so its row is never moved.
    tops = [at + shift for at, shift in zip(before, shifts, strict=True)]
    return replace(fitted, heights=(header, *(end - top for top, end in pairwise((*tops, scale)))))


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def agenda(number: int, strip: TimelineStrip, box: Box, heights: Sequence[float]) -> str:
    """Bars from top to bottom, each as tall as its block is long, and a hairline from each to its row of the table.

    `heights` are those of the table beside `box`, header first, in inches. The clock stands at the left. The wider a
    bar, the less may its block be left out.
    """
    top, room = box.y + heights[0], sum(heights[1:])
    label, bar = box.width * 0.57, box.width * 0.18
    left = box.x + label + 0.1
    shapes, count = "", number
    row = top
    for span, height in zip(strip.spans, heights[1:], strict=False):
        start = top + span.x * room
        wide = bar if span.quiet else bar * _WIDE[span.priority]
        place = Box(left + bar - wide, start + _GAP / 2, wide, max(0.04, span.width * room - _GAP))
        shapes += _bar(count + 1, f"Block {(count - number) // 2 + 1}", place, hollow=span.quiet)
        shapes += _leader(count + 2, left + bar, start, box.x + box.width, row)
        count, row = count + 2, row + height
    for x, words in strip.ticks:
        count += 1
        place = Box(box.x, top + x * room - 0.12, label, 0.24)
        shapes += _label(count, f"Clock {words}", place, words, "r")
    return _group(number, "Timeline", strip.alt, box, shapes)


def here(number: int, strip: TimelineStrip, box: Box) -> str:
    """The session as a strip, the block that begins now taller than the others and with a mark above it."""
    shapes, count = "", number
    tall, short = 0.34, 0.14
    # The clock below the bars ends in the box: where a template from elsewhere has less room, its footer comes next.
    base = box.y + max(tall, box.height - 0.36)
    for span in strip.spans:
        count += 1
        height = tall if span.here else short
        place = Box(box.x + span.x * box.width, base - height, max(0.03, span.width * box.width - _GAP), height)
        shapes += _bar(count, f"Block {count - number}", place, hollow=span.quiet, strong=span.here)
    for x, words in strip.ticks:
        count += 1
        align, shift = ("l", 0.0) if x < 0.02 else ("r", 1.0) if x > 0.98 else ("ctr", 0.5)
        place = Box(box.x + x * box.width - shift, base + 0.07, 1.0, 0.24)
        shapes += _label(count, f"Clock {words}", place, words, align)
    return _group(number, "Where we are", strip.alt, box, shapes)


def _bar(number: int, name: str, place: Box, *, hollow: bool, strong: bool = True) -> str:
    """A block; a break is hollow, so that it is told apart without colour."""
    paint = "<a:noFill/>" if hollow else fill("accent1" if strong else "accent3")
    line = f'<a:ln w="{_LINE}">{fill("accent1")}</a:ln>' if hollow else "<a:ln><a:noFill/></a:ln>"
    return (
        f"<p:sp><p:nvSpPr>{named(number, name, '', decorative=True)}<p:cNvSpPr/><p:nvPr/></p:nvSpPr>"
        f'<p:spPr>{xfrm(place)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>{paint}{line}</p:spPr></p:sp>'
    )


def _leader(number: int, x: float, y: float, to_x: float, to_y: float) -> str:
    """A hairline from a bar to its row."""
    flip = ' flipV="1"' if to_y < y else ""
    place = xfrm(Box(x, min(y, to_y), to_x - x, abs(to_y - y))).replace("<a:xfrm>", f"<a:xfrm{flip}>")
    return (
        f"<p:cxnSp><p:nvCxnSpPr>{named(number, 'Leader', '', decorative=True)}<p:cNvCxnSpPr/><p:nvPr/></p:nvCxnSpPr>"
        f'<p:spPr>{place}<a:prstGeom prst="line"><a:avLst/></a:prstGeom>'
        f'<a:ln w="6350">{fill("accent3")}</a:ln></p:spPr></p:cxnSp>'
    )


def _label(number: int, name: str, place: Box, words: str, align: str) -> str:
    text = paragraph(Paragraph((Run(words),)), f'<a:pPr algn="{align}"/>', _TICK, "accent2")
    return (
        f'<p:sp><p:nvSpPr>{named(number, name)}<p:cNvSpPr txBox="1"/><p:nvPr/></p:nvSpPr>'
        f'<p:spPr>{xfrm(place)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/></p:spPr>'
        f'<p:txBody><a:bodyPr wrap="none" lIns="0" tIns="0" rIns="0" bIns="0" anchor="ctr"/><a:lstStyle/>'
        f"{text}</p:txBody></p:sp>"
    )


def _group(number: int, name: str, alt: str, box: Box, shapes: str) -> str:
    off = f'x="{emu(box.x)}" y="{emu(box.y)}"'
    extent = f'cx="{emu(box.width)}" cy="{emu(box.height)}"'
    return (
        f"<p:grpSp><p:nvGrpSpPr>{named(number, name, alt)}<p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr>"
        f"<p:grpSpPr><a:xfrm><a:off {off}/><a:ext {extent}/><a:chOff {off}/><a:chExt {extent}/></a:xfrm></p:grpSpPr>"
        f"{shapes}</p:grpSp>"
    )
