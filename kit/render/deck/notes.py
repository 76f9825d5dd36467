"""What stands in the speaker notes of a slide."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kit.render.deck.fit import POINTS, height
from kit.render.deck.grid import NOTES, NOTES_SIZES, Level
from kit.render.deck.ooxml import NAMESPACES, paragraph, parse, plain, sizes_only
from kit.render.deck.slides import Paragraph, Run


def annotate(slide: Any, notes: Sequence[Paragraph]) -> None:
    """Speaker notes: bold cue headings, paragraphs and lists."""
    page = slide.notes_slide
    body = page.notes_placeholder._element
    written = [_note(note, first=place == 0) for place, note in enumerate(notes)]
    words = "".join(written) or plain("")
    style = sizes_only([_notes_size(notes)] * 3)
    body.replace(body.txBody, parse(f"<p:txBody {NAMESPACES}><a:bodyPr/>{style}{words}</p:txBody>"))
    for shape in page.placeholders:
        shape._element.nvSpPr.cNvPr.attrib.pop("descr", None)


def _notes_size(notes: Sequence[Paragraph]) -> float:
    """The largest size at which the notes fit a printed page; the least one where none does."""
    levels = [Level(NOTES_SIZES[0], before=7, hang=0.25)]
    fitting = (s for s in NOTES_SIZES if height(notes, levels, [s], NOTES.width) <= NOTES.height * POINTS)
    return next(fitting, NOTES_SIZES[-1])


def _note(note: Paragraph, first: bool) -> str:
    before = '<a:spcBef><a:spcPts val="{}"/></a:spcBef>'
    if note.mark == "heading":
        runs = tuple(Run(piece.text, bold=True) for piece in note.runs)
        return paragraph(Paragraph(runs), f'<a:pPr marL="0" indent="0">{before.format(0 if first else 900)}</a:pPr>')
    if note.mark in ("bullet", "number"):
        margin, level = 228600 * note.level, f' lvl="{note.level - 1}"' if note.level > 1 else ""
        bullet = '<a:buFont typeface="+mj-lt"/>' + (
            '<a:buChar char="–"/>' if note.mark == "bullet" else '<a:buAutoNum type="arabicPeriod"/>'
        )
        inner = f"{before.format(200)}{bullet}"
        return paragraph(note, f'<a:pPr marL="{margin}"{level} indent="-228600">{inner}</a:pPr>')
    return paragraph(note, f'<a:pPr marL="0" indent="0">{before.format(200)}</a:pPr>')
