"""A session plan: objectives and an order of blocks."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from kit.model.entry import Clock, Entry, Id, Line, Positive, Range, Text

Priority = Literal["must", "should", "could"]


class Objective(Entry):
    """What people can do at the end: a Bloom verb and the rest of the sentence."""

    id: Id
    verb: Line
    text: Line
    """Follows the verb: `which of their week's tasks were managing and which were leading`."""

    @property
    def sentence(self) -> str:
        return f"{self.verb} {self.text}"


class Block(Entry):
    """A stretch of the session: an activity, or a break."""

    id: Id
    kind: Literal["activity", "break"] = "activity"
    activity: Id | None = None
    title: Line | None = None
    """What the agenda calls it; the activity's own title when left out."""
    minutes: Positive
    """What the agenda promises. The activity's steps are fitted to it within their least and most."""
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
        if self.kind == "break" and (self.activity is not None or self.title is None):
            raise ValueError("break needs a title and no activity")
        return self


class PlanPeople(Range):
    """For how many the plan works, and for how many it is planned when nothing else is said."""

    planned: Positive


class FrameworkMap(Entry):
    """Which parts of a framework the session works on."""

    framework: Id
    items: Annotated[tuple[Id, ...], Field(min_length=1)]


class Plan(Entry):
    """`content/plans/<id>.yaml`."""

    id: Id
    title: Line
    subtitle: Line
    audience: Line
    minutes: Positive
    """The slot. The blocks must fill it exactly."""
    start: Clock
    people: PlanPeople
    welcome: Text
    """The first words of the workbook: what this session is, to a participant."""
    before: tuple[Text, ...] = ()
    """What participants are asked to do beforehand."""
    objectives: Annotated[tuple[Objective, ...], Field(min_length=1, max_length=6)]
    blocks: Annotated[tuple[Block, ...], Field(min_length=1)]
    frameworks: tuple[FrameworkMap, ...] = ()
    reading: tuple[Text, ...] = ()
    """Further reading for the last page of the workbook, a reference each."""
    leave_out: tuple[Id, ...] = ()
    """The documents that this plan's pack does without."""
