"""What stands in the speaker notes of a slide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from pptx.enum.shapes import PP_PLACEHOLDER

from kit.render.deck.fit import PITCH, POINTS, lines
from kit.render.deck.grid import NOTES, NOTES_SIZES
from kit.render.deck.ooxml import NAMESPACES, P, emu, hundredths, number_field, paragraph, parse, plain, sizes_only
from kit.render.deck.slides import Paragraph

_ABOVE, _ABOVE_A_HEADING = 2, 9
"""Points."""
_HANG = 0.25
"""Inches that a list is indented by, for each of its levels."""


def annotate(slide: Any, notes: Sequence[Paragraph]) -> None:
    """Speaker notes: bold cue headings, paragraphs and lists."""
    page = slide.notes_slide
    body = page.notes_placeholder._element
    written = [_note(note, first=place == 0) for place, note in enumerate(notes)]
    words = "".join(written) or plain("")
    style = sizes_only([_notes_size(notes)] * 3)
    body.replace(body.txBody, parse(f"<p:txBody {NAMESPACES}><a:bodyPr/>{style}{words}</p:txBody>"))
    for shape in page.placeholders:
        if shape.placeholder_format.type == PP_PLACEHOLDER.SLIDE_NUMBER:
            for empty in shape._element.findall(f"{{{P}}}txBody"):
                shape._element.remove(empty)
            words = f"<p:txBody {NAMESPACES}><a:bodyPr/><a:lstStyle/>{number_field()}</p:txBody>"
            shape._element.append(parse(words))
        shape._element.nvSpPr.cNvPr.attrib.pop("descr", None)


def _notes_size(notes: Sequence[Paragraph]) -> float:
    """The largest size at which the notes fit a printed page; the least one where none does."""
    fitting = (size for size in NOTES_SIZES if _height(notes, size) <= NOTES.height * POINTS)
    return next(fitting, NOTES_SIZES[-1])


def _height(notes: Sequence[Paragraph], size: float) -> float:
    rows = sum(
        lines(note.runs, size, NOTES.width - (_HANG * note.level if _is_listed(note) else 0), note.mark == "heading")
        for note in notes
    )
    return rows * size * PITCH + sum(_above(note, first=place == 0) for place, note in enumerate(notes))


def _is_listed(note: Paragraph) -> bool:
    return note.mark in ("bullet", "number")


def _above(note: Paragraph, first: bool) -> float:
    """Points of space above a paragraph: more where something new begins."""
    return 0 if first else _ABOVE_A_HEADING if note.mark == "heading" else _ABOVE


def _note(note: Paragraph, first: bool) -> str:
    before = f'<a:spcBef><a:spcPts val="{hundredths(_above(note, first))}"/></a:spcBef>'
    if note.mark == "heading":
        runs = tuple(replace(piece, bold=True) for piece in note.runs)
        return paragraph(Paragraph(runs), f'<a:pPr marL="0" indent="0">{before}</a:pPr>')
    if _is_listed(note):
        hang, level = emu(_HANG), f' lvl="{note.level - 1}"' if note.level > 1 else ""
        bullet = '<a:buFont typeface="+mj-lt"/>' + (
            '<a:buChar char="–"/>' if note.mark == "bullet" else '<a:buAutoNum type="arabicPeriod"/>'
        )
        return paragraph(note, f'<a:pPr marL="{hang * note.level}"{level} indent="-{hang}">{before}{bullet}</a:pPr>')
    return paragraph(note, f'<a:pPr marL="0" indent="0">{before}</a:pPr>')
