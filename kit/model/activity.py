"""An activity: a way of working with its own steps, debrief, materials, worksheet and slides."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from kit.model.entry import Duration, Entry, Id, Line, Positive, Range, Text
from kit.model.language import put_together

Per = Literal["person", "pair", "group", "table", "room"]


class Step(Entry):
    """One step. `do` is for everyone to see; `say` and `watch` are the facilitator's alone."""

    id: Id
    title: Line
    minutes: Duration
    do: Text
    say: Text | None = None
    watch: Text | None = None


class Question(Entry):
    """A debrief question (`ask`, for everyone) and what a good answer touches (`listen`, facilitator only)."""

    ask: Text
    listen: Text | None = None


class Debrief(Entry):
    """Questions for the plenary, and the point to land before the group moves on (facilitator only)."""

    minutes: Duration
    questions: Annotated[tuple[Question, ...], Field(min_length=1, max_length=5)]
    land: Text


class People(Range):
    """For how many people something works."""


class Groups(Range):
    """How the room is divided. `size` is the best size of a group; least and most still work."""

    kind: Literal["alone", "pairs", "trios", "tables", "room"]
    size: Positive


class Material(Entry):
    """Something to have in the room, and the rule for how many."""

    id: Id
    item: Line
    per: Per
    count: Positive = 1
    document: Id | None = None
    """The document of the pack that this is, when the kit prints it: `quote-cards`, `handouts`."""
    note: Line | None = None


class Role(Entry):
    """A part that somebody takes in an activity, as its card says it to them."""

    id: Id
    title: Line
    text: Text


class Objection(Entry):
    """What someone may well say, and a way to meet it with respect (facilitator only)."""

    they_say: Text
    you_say: Text


class Adaptations(Entry):
    """How to run it in other circumstances (facilitator only)."""

    small_group: Text
    small_below: Positive = 8
    """Fewer people than this are a small group."""
    large_group: Text
    large_above: Positive = 30
    """More people than this are a large group."""
    online: Text
    no_tables: Text
    """For a room that has chairs only, or fixed rows."""
    access: Text
    """For someone who cannot stand, move about, see the cards or hear the room well."""


class Credit(Entry):
    """Whose method it is."""

    method: Line
    by: Line
    licence: Line | None = None

    @property
    def line(self) -> str:
        """`Role rewrite: A. Author (CC BY 4.0)`."""
        pattern = "{method}: {by} ({licence})" if self.licence else "{method}: {by}"
        return put_together(pattern, method=self.method, by=self.by, licence=self.licence)


# Worksheet parts ---------------------------------------------------------------------------------


class TextPart(Entry):
    """Words to read."""

    kind: Literal["text"]
    text: Text


class LinesPart(Entry):
    """A prompt with ruled lines to write on, 9 mm apart."""

    kind: Literal["lines"]
    prompt: Text
    lines: Annotated[int, Field(strict=True, ge=1, le=24)]


class TablePart(Entry):
    """A grid to fill in. The first column may hold printed words; the others are left to write in."""

    kind: Literal["table"]
    caption: Line
    columns: Annotated[tuple[Line, ...], Field(min_length=2, max_length=6)]
    widths: tuple[Positive, ...] = ()
    """Relative widths, one for each column; equal when left out."""
    rows: Annotated[tuple[Text, ...], Field(max_length=20)] = ()
    """The printed words of the first column, a row each."""
    blank_rows: Annotated[int, Field(strict=True, ge=0, le=20)] = 0
    lines: Annotated[int, Field(strict=True, ge=1, le=6)] = 1
    """How many lines of handwriting a row has room for."""
    recall: bool = False
    """Its rows are questions to answer from memory: what is sent afterwards asks them again. Without rows of its own,
    it takes those of the plan."""


class DiagramPart(Entry):
    """One of our own drawings, to read or to write on. `alt` says in words what it shows."""

    kind: Literal["diagram"]
    diagram: Id
    caption: Line
    alt: Text


class QuotesPart(Entry):
    """Quotations to read or mark, each with speaker and post."""

    kind: Literal["quotes"]
    quotes: Annotated[tuple[Id, ...], Field(min_length=1, max_length=8)]
    lines: Annotated[int, Field(strict=True, ge=0, le=6)] = 0
    """Lines to write on below each."""


class ChecklistPart(Entry):
    """Statements with a box to tick."""

    kind: Literal["checklist"]
    prompt: Text
    items: Annotated[tuple[Line, ...], Field(min_length=2, max_length=12)]


Part = Annotated[
    TextPart | LinesPart | TablePart | DiagramPart | QuotesPart | ChecklistPart, Field(discriminator="kind")
]


class Worksheet(Entry):
    """A page for participants: one question in large type, then room to work."""

    title: Line
    question: Text
    parts: Annotated[tuple[Part, ...], Field(min_length=1, max_length=8)]


# Slides ------------------------------------------------------------------------------------------

# Every activity gets an activity slide (from its steps) and a debrief slide (from its questions).
# What is listed under `slides` comes in addition.


class _Slide(Entry):
    id: Id
    title: Line
    when: Literal["before", "during", "after"] = "before"
    """Before the activity slide, between it and the debrief, or after the debrief."""
    say: Text | None = None
    """Speaker notes (facilitator only)."""


class QuoteSlide(_Slide):
    """One quotation that fills the slide."""

    layout: Literal["quote"]
    quote: Id


class Panel(Entry):
    """One side of a comparison."""

    heading: Line
    points: Annotated[tuple[Line, ...], Field(min_length=1, max_length=5)]
    symbol: Id | None = None
    """Beside the heading, a symbol by its id, such as that of the theme which the panel is about."""


class CompareSlide(_Slide):
    """Two headed panels side by side."""

    layout: Literal["compare"]
    left: Panel
    right: Panel
    source: Line | None = None
    """Whose view it is: `Lisi Gordon and Michael West, in Limb M. BMJ 2016;352:i631`."""


class ContentSlide(_Slide):
    """A title and a few points."""

    layout: Literal["content"]
    points: Annotated[tuple[Line, ...], Field(min_length=1, max_length=5)]


class DiscussionSlide(_Slide):
    """A question for the room."""

    layout: Literal["discussion"]
    question: Line
    prompts: Annotated[tuple[Line, ...], Field(max_length=4)] = ()
    recall: bool = False
    """Its prompts are the questions that the plan asks from memory."""


class DiagramSlide(_Slide):
    """One of our own drawings, as large as the slide allows, with a few words beside it. `alt` says what it shows."""

    layout: Literal["diagram"]
    diagram: Id
    alt: Text
    points: Annotated[tuple[Line, ...], Field(min_length=1, max_length=4)]


class SpectrumSlide(_Slide):
    """A statement to stand on, and the line from one end to the other."""

    layout: Literal["spectrum"]
    statement: Line


class ChartSlide(_Slide):
    """A chart of the room's votes, empty until somebody counts them. The title is what was asked."""

    layout: Literal["chart"]
    choices: Annotated[tuple[Line, ...], Field(min_length=2, max_length=6)]
    message: Line
    """What people do to vote."""


Slide = Annotated[
    QuoteSlide | CompareSlide | ContentSlide | DiscussionSlide | DiagramSlide | SpectrumSlide | ChartSlide,
    Field(discriminator="layout"),
]


class Activity(Entry):
    """`content/activities/<id>.yaml`. Its length is the sum of its steps and debrief, never stored."""

    id: Id
    title: Line
    summary: Line
    """One sentence for participants: what we do here."""
    purpose: Text
    """Why the facilitator runs it (facilitator only)."""
    themes: Annotated[tuple[Id, ...], Field(min_length=1)]
    quotes: tuple[Id, ...] = ()
    people: People
    groups: Groups
    changeover: Annotated[int, Field(strict=True, ge=0, le=5)] = 0
    """Minutes to get people and furniture from tables into the arrangement of this activity, or back from it. They are
    counted before its first step, and none are where a break comes before, in which the room is changed."""
    moves: bool = False
    """At least half of the people leave their places in it. How long a session sits is counted between such blocks."""
    tests: bool = False
    """People find out in it what they have kept of the session."""
    room: Text
    """How to set the room (facilitator only)."""
    prepare: tuple[Text, ...] = ()
    """What to do before people arrive (facilitator only)."""
    steps: Annotated[tuple[Step, ...], Field(min_length=1, max_length=12)]
    debrief: Debrief | None = None
    materials: tuple[Material, ...] = ()
    worksheet: Worksheet | None = None
    signs: Annotated[tuple[Line, ...], Field(max_length=8)] = ()
    """Words to hang on the wall, a sheet each: the ends of a line, the statements."""
    roles: Annotated[tuple[Role, ...], Field(max_length=8)] = ()
    """The parts that people take, each on a card: 1 set for each group, or for the room."""
    slides: tuple[Slide, ...] = ()
    objections: tuple[Objection, ...] = ()
    answers: tuple[Text, ...] = ()
    """Sample answers (facilitator only)."""
    adaptations: Adaptations
    credit: Credit

    @property
    def best(self) -> int:
        """How many minutes it takes at best, debrief included."""
        return sum(step.minutes.best for step in self.steps) + (self.debrief.minutes.best if self.debrief else 0)
