"""What stands in the speaker notes of a slide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kit.render.deck.fit import PITCH, POINTS, lines
from kit.render.deck.grid import NOTES, NOTES_SIZES
from kit.render.deck.ooxml import NAMESPACES, emu, hundredths, named, number_field, paragraph, plain, sizes_only
from kit.render.deck.pages import GROUP, placeholder
from kit.render.deck.slides import Paragraph

_ABOVE, _ABOVE_A_HEADING = 2, 9
"""Points."""
_HANG = 0.25
"""Inches that a list is indented by, for each of its levels."""


def notes_xml(notes: Sequence[Paragraph]) -> str:
    """A page of speaker notes on our master for them: bold cue headings, paragraphs and lists."""
    written = [_note(note, first=place == 0) for place, note in enumerate(notes)]
    words = "".join(written) or plain("")
    style = sizes_only([_notes_size(notes)] * 3)
    image = placeholder(named(2, "Slide image"), '<p:ph type="sldImg" idx="2"/>', "")
    body = placeholder(
        named(3, "Notes"),
        '<p:ph type="body" sz="quarter" idx="3"/>',
        f"<p:txBody><a:bodyPr/>{style}{words}</p:txBody>",
    )
    number = placeholder(
        named(4, "Slide number"),
        '<p:ph type="sldNum" sz="quarter" idx="4"/>',
        f"<p:txBody><a:bodyPr/><a:lstStyle/>{number_field()}</p:txBody>",
    )
    return (
        f"<p:notes {NAMESPACES}><p:cSld><p:spTree>{GROUP}{image}{body}{number}</p:spTree></p:cSld>"
        "<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:notes>"
    )


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
