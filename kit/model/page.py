"""The page that a document is laid out on: its sheet, its margins, and the sizes of what stands on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from kit.model.edition import Edition

SlideShape = Literal["16:9", "4:3"]
"""The shape of slides, width to height."""
POINT = 25.4 / 72
"""Millimetres in a point."""
LETTER = 2.2 / 12
"""Mean width of a letter of our type in millimetres, for each point of its size."""


@dataclass(frozen=True)
class Page:
    """Lengths in millimetres and sizes of type in points. The defaults are the standard page, A4 at 11 point.

    What a line is said to take, `letter` and the fields that end in `_room`, is rounded up a little: they are for
    estimates of how much fits on a page, and a page is never to spill over.
    """

    width: float = 210
    height: float = 297
    top: float = 25
    right: float = 20
    bottom: float = 23
    left: float = 20
    slack: float = 2
    """What is kept free at the foot of a page that is filled by estimate."""
    body: float = 11
    work: float = 12
    """The size of type on worksheets."""
    work_line: float = 16
    """From one line of that type to the next."""
    cell: float = 11
    cell_line: float = 14
    question: float = 22
    question_line: float = 28
    letter: float = 2.2
    """Mean width of a letter on worksheets."""
    question_letters: int = 44
    """Letters of a question that a line holds."""
    body_room: float = 5.3
    work_room: float = 5.65
    cell_room: float = 5
    quote_room: float = 6.4
    question_room: float = 9.9
    tick_room: float = 8.5
    """A statement with its box to tick."""
    head: float | None = 17
    """What stands above the question of a worksheet; None where it is to be estimated from its words."""
    ruling: float = 9
    """From one line to write on to the next."""
    apart: float = 6.5
    """Between the parts of a worksheet."""
    close: float = 4.5
    """The same on a worksheet that would not fit otherwise."""
    most_spare: float = 7
    """By how much a line to write on may grow to fill a page."""
    notes_head: float = 14
    """What stands above lines for notes."""
    label: float = 5
    """Size of the words in drawings."""
    stroke: float = 1
    """How many times as heavy as on the standard page the lines of drawings are."""
    hatched: bool = False
    """Areas of drawings are hatched, not tinted."""
    spacing: float = 0
    """Added between letters, in em."""
    circles: float = 1
    """How many times as large the circles to write in are drawn."""
    trimmed: bool = False
    """Whether drawings reach to its edges, without a margin of their own."""
    one_idea: bool = False
    """Every part of a worksheet, every theme and every situation begins a page."""
    roomy: bool = False
    """Agendas are lists instead of tables, and timelines have their words in a key."""
    least_column: float | None = None
    """The narrowest column of a grid that can be written in; a grid with a narrower one is laid out as a list. None
    where every grid stays as its author drew it."""

    least_tick: float = 0
    """The same of a column that its author drew narrow: to tick, or for a date."""

    @property
    def text_width(self) -> float:
        return self.width - self.left - self.right

    @property
    def cell_letter(self) -> float:
        """Mean width of a letter in a grid."""
        return self.letter * self.cell / self.work if self.continues else self.letter

    @property
    def narrow(self) -> bool:
        """Too narrow for a table of 3 columns, or for words around a drawing."""
        return self.text_width < 150

    @property
    def text_height(self) -> float:
        return self.height - self.top - self.bottom

    @property
    def continues(self) -> bool:
        """Whether every page of a worksheet says which worksheet it belongs to."""
        return self.head is None

    @property
    def room(self) -> float:
        """The height of a page that may be filled by estimate."""
        return self.text_height - self.slack

    @property
    def measure(self) -> float:
        """Letters in a line of text across the page."""
        return self.text_width / (self.letter * self.body / self.work)

    @property
    def properties(self) -> dict[str, str]:
        """What style sheets take from it: the names of custom properties, without the dashes, and their values."""
        margins = " ".join(f"{length:g}mm" for length in (self.top, self.right, self.bottom, self.left))
        return {
            "sheet": f"{self.width:g}mm {self.height:g}mm",
            "margins": margins,
            "text-width": f"{self.text_width:g}mm",
            "ruling": f"{self.ruling:g}mm",
            "worksheet": f"{self.work:g}pt",
            "worksheet-line": f"{self.work_line:g}pt",
            "cell": f"{self.cell:g}pt",
            "cell-line": f"{self.cell_line:g}pt",
            "question": f"{self.question:g}pt",
            "question-line": f"{self.question_line:g}pt",
            "tick": f"{self.tick_room:g}mm",
        }


A4 = Page()

A5 = Page(
    width=148,
    height=210,
    top=19,
    right=14,
    bottom=17,
    left=14,
    body=10.5,
    work=10.5,
    work_line=14,
    cell=10.5,
    cell_line=13,
    question=16,
    question_line=20.5,
    letter=LETTER * 10.5,
    question_letters=43,
    body_room=5,
    work_room=5,
    cell_room=4.65,
    quote_room=5.4,
    question_room=7.3,
    tick_room=7.5,
    head=None,
    ruling=8,
    apart=5,
    close=4,
    label=3.9,
    circles=1.3,
    least_column=27,
    least_tick=13,
)
"""Half a sheet of A4, designed as a page of its own: as many letters in a line as on a page of a book."""


SLIDE = Page(
    width=201,
    height=146,
    top=0,
    right=0,
    bottom=0,
    left=0,
    slack=0,
    ruling=14.2,
    label=27 * POINT,
    stroke=3,
    circles=1.18,
    trimmed=True,
)
"""What a diagram has to itself beside the words of a slide."""
SLIDES: Mapping[SlideShape, Page] = {
    "16:9": SLIDE,
    "4:3": replace(SLIDE, width=152, height=128, ruling=10.8, label=24 * POINT, stroke=2.4),
}
"""The same on slides of each shape."""

SLIDE_ACROSS = replace(SLIDE, width=300, label=0)
"""A line from one side of a slide to the other, whose words stand in text of their own."""


SLIDE_FRAME = 5.15
"""The frame of a slide in an edition of larger type, with what is clear inside it, in millimetres."""
_THIRD = 112 / (25.4 * 40 / 3)
"""The size of a slide that is 1 of 3 on a page."""
_LEAST_ON_A_SLIDE = 8 * POINT


def on_handout(drawn: Page, page: Page) -> Page:
    """The page of a drawing that a slide has on `drawn`, for a handout on `page`: with no word below 8 point.

    In larger type it is drawn as wide as the page, with its words at the size of the others.
    """
    if page.roomy:
        left, right = page.left + SLIDE_FRAME, page.right + SLIDE_FRAME
        return replace(page, left=left, right=right, label=page.label if drawn.label else 0)
    return replace(
        drawn,
        width=_THIRD * drawn.width,
        height=_THIRD * drawn.height,
        label=max(_THIRD * drawn.label, _LEAST_ON_A_SLIDE) if drawn.label else 0,
        ruling=_THIRD * drawn.ruling,
        stroke=_THIRD * drawn.stroke * page.stroke,
        hatched=page.hatched,
    )


def page_for(edition: Edition, *, booklet: bool = False) -> Page:
    """The page of a participants' document in an edition; `booklet` for a page of half the size."""
    if edition.name == "large-print":
        return _large_print(edition.size)
    if edition.name == "dyslexia":
        return _spaced(edition.size)
    page = A5 if booklet else A4
    return replace(page, stroke=1.7, hatched=True) if edition.name == "mono" else page


def _large_print(size: float) -> Page:
    """After UKAAF G003: everything at the size of the body, a line of 1.4, one idea a page."""
    page = _at_1_size(size, leading=1.4, question=1.2, question_leading=1.3, letter=LETTER)
    line = page.work_line * POINT
    return _with_question(
        replace(
            page,
            top=10 + 2.4 * size * POINT + 4,
            right=15,
            bottom=16 + 1.2 * size * POINT,
            left=15,
            slack=5,
            ruling=round(0.6 * size),
            most_spare=0.5 * size,
            notes_head=2 * line + 4,
            apart=line,
            close=line,
            stroke=2.2,
            circles=1.35,
            one_idea=True,
            least_column=3.2 * size,
            least_tick=1.7 * size,
        ),
        LETTER,
    )


def _spaced(size: float) -> Page:
    """After the British Dyslexia Association (2023): a line of 1.5, and room between letters and words.

    A letter takes 0.12 em more, and a sixth of what is added to a space.
    """
    letter = LETTER + (0.12 + 0.16 / 6) * POINT
    page = _at_1_size(size, leading=1.5, question=1.3, question_leading=1.5, letter=letter)
    return _with_question(
        replace(page, slack=4, ruling=10, stroke=1.3, spacing=0.12, least_column=32, least_tick=18), letter
    )


def _at_1_size(size: float, *, leading: float, question: float, question_leading: float, letter: float) -> Page:
    """A page with all its words at the size of the body, but for the questions: `question` times as large."""
    line = leading * size
    asked = question * size
    room = line * POINT * 1.01
    return Page(
        body=size,
        work=size,
        work_line=line,
        cell=size,
        cell_line=line,
        question=asked,
        question_line=question_leading * asked,
        letter=letter * size,
        body_room=room,
        work_room=room,
        cell_room=room,
        quote_room=room,
        question_room=question_leading * asked * POINT * 1.01,
        tick_room=line * POINT * 1.2,
        head=None,
        label=size * POINT,
        roomy=True,
    )


def _with_question(page: Page, letter: float) -> Page:
    """The same with as many letters in a line of a question as the page is wide enough for."""
    return replace(page, question_letters=int(page.text_width / (letter * page.question)))
