"""A session plan: objectives, and an order of blocks in one session or in several."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Discriminator, Field, Tag, model_validator

from kit.model.entry import Clock, Entry, Id, Interval, Line, Positive, Range, Text
from kit.model.language import put_together
from kit.source import Path

Priority = Literal["must", "should", "could"]


class Objective(Entry):
    """What people can do at the end: a Bloom verb and the rest of the sentence."""

    id: Id
    verb: Line
    text: Line
    """Follows the verb: `which of their week's tasks were managing and which were leading`."""

    @property
    def sentence(self) -> str:
        return put_together("{verb} {text}", verb=self.verb, text=self.text)


class Block(Entry):
    """A stretch of the session: an activity, or a break."""

    id: Id
    kind: Literal["activity", "break"] = "activity"
    activity: Id | None = None
    alternative: Id | None = None
    """The activity to use instead for a number of people that the block's own does not work for."""
    title: Line | None = None
    """What the agenda calls it; the activity's own title when left out."""
    minutes: Positive
    """What the agenda promises. The activity's steps are fitted to it within their least and most."""
    least: Positive | None = None
    """The fewest minutes that this plan wants for it, where its steps would do with less."""
    most: Positive | None = None
    """The most that this plan wants for it, where its steps could fill more."""
    priority: Priority = "must"
    objectives: tuple[Id, ...] = ()
    start: Clock | None = None
    """A locked start: the block must begin at this time."""
    purpose: Text | None = None
    """Replaces the activity's purpose in the guide (facilitator only)."""
    note: Text | None = None
    """For the facilitator of this plan: how the block joins to its neighbours."""

    @model_validator(mode="after")
    def _an_activity_or_a_break(self) -> Block:
        if self.kind == "activity" and self.activity is None:
            raise ValueError("block needs an activity, or `kind: break`")
        if self.alternative is not None and self.kind == "break":
            raise ValueError("break has no activity, and so no `alternative` to one")
        if self.kind == "break" and (self.activity is not None or self.title is None):
            raise ValueError("break needs a title and no activity")
        if not (self.least or 0) <= self.minutes <= (self.most or self.minutes):
            raise ValueError("minutes must be between `least` and `most`")
        return self


class PlanPeople(Range):
    """For how many the plan works, and for how many it is planned when nothing else is said."""

    planned: Positive


class FrameworkMap(Entry):
    """Which parts of a framework the session works on."""

    framework: Id
    items: Annotated[tuple[Id, ...], Field(min_length=1)]


class Recall(Entry):
    """A question that people answer from memory at the close; `answer` is the facilitator's alone."""

    ask: Annotated[Line, Field(max_length=90)]
    """No longer than lets 4 of them stand on a slide."""
    answer: Text
    objectives: Annotated[tuple[Id, ...], Field(min_length=1)]
    """What it tests."""


class PlanSession(Entry):
    """One session of several. Its blocks must fill its minutes exactly, and its clock starts anew."""

    id: Id
    title: Line
    after: Interval | None = None
    """How long after the session before it; on the same day when left out."""
    minutes: Positive
    start: Clock
    blocks: Annotated[tuple[Block, ...], Field(min_length=1)]
    recall: Annotated[tuple[Recall, ...], Field(max_length=4)] = ()
    homework: Annotated[tuple[Text, ...], Field(max_length=4)] = ()
    """What participants are asked to do between this session and the next."""


class Preparation(Entry):
    """Something to do beforehand that is for one block: whoever leaves the block out does not ask for it."""

    text: Text
    block: Id


def _what_is_asked(value: object) -> str:
    return "preparation" if isinstance(value, dict | Preparation) else "words"


Asked = Annotated[
    Annotated[Text, Tag("words")] | Annotated[Preparation, Tag("preparation")], Discriminator(_what_is_asked)
]
"""Something to do beforehand, in words alone where it is for no block in particular."""


class Plan(Entry):
    """`content/plans/<id>.yaml`.

    A plan of one session has `minutes`, `start` and `blocks` of its own, a plan of several has `sessions`.
    """

    id: Id
    title: Line
    subtitle: Line
    audience: Line
    minutes: Positive | None = None
    """The slot. The blocks must fill it exactly."""
    start: Clock | None = None
    people: PlanPeople
    format: Literal["room", "call"] = "room"
    """Whether people meet in a room or by video call: a call needs no badges."""
    welcome: Text
    """The first words of the workbook: what this session is, to a participant."""
    before: tuple[Asked, ...] = ()
    """What participants are asked to do beforehand."""
    objectives: Annotated[tuple[Objective, ...], Field(min_length=1, max_length=6)]
    recall: Annotated[tuple[Recall, ...], Field(max_length=4)] = ()
    """The questions that people answer from memory at the close."""
    blocks: tuple[Block, ...] = ()
    sessions: Annotated[tuple[PlanSession, ...], Field(max_length=12)] = ()
    frameworks: tuple[FrameworkMap, ...] = ()
    reading: tuple[Text, ...] = ()
    """Further reading for the last page of the workbook, a reference each."""
    leave_out: tuple[Id, ...] = ()
    """The documents that this plan's pack does without."""

    @model_validator(mode="after")
    def _one_session_or_several(self) -> Self:
        own = {"minutes": self.minutes, "start": self.start, "blocks": self.blocks}
        if self.sessions:
            given = [name for name, value in {**own, "recall": self.recall}.items() if value not in (None, ())]
            if given:
                raise ValueError(f"a plan with `sessions` has no `{given[0]}` of its own: write it in each session")
        else:
            missing = [name for name, value in own.items() if value in (None, ())]
            if missing:
                raise ValueError(f"a plan needs `{missing[0]}`, or `sessions`")
        return self

    @property
    def parts(self) -> tuple[tuple[Path, PlanSession], ...]:
        """Every session, and where in the file it is written: the whole file in a plan of one session."""
        if self.sessions:
            return tuple((("sessions", i), session) for i, session in enumerate(self.sessions))
        assert self.minutes is not None
        assert self.start is not None
        alone = PlanSession.model_construct(
            id=self.id,
            title=self.title,
            after=None,
            minutes=self.minutes,
            start=self.start,
            blocks=self.blocks,
            recall=self.recall,
            homework=(),
        )
        return (((), alone),)

    @property
    def all_blocks(self) -> tuple[Block, ...]:
        return tuple(block for _, session in self.parts for block in session.blocks)

    @property
    def length(self) -> int:
        """Minutes of all sessions together."""
        return sum(session.minutes for _, session in self.parts)
