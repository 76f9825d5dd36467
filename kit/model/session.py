"""A session: one plan in one organisation's words, timed to the clock, for one occasion."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from kit.model.activity import Activity, Step
from kit.model.article import Article
from kit.model.framework import Framework
from kit.model.plan import Plan, Priority
from kit.model.task import Task
from kit.model.trust import Facilitator, Scenario, Venue
from kit.source import SourceText


@dataclass(frozen=True)
class TimedStep:
    """A step with the minutes it gets; `start` is in minutes since midnight of the first day."""

    step: Step
    start: int
    minutes: int


@dataclass(frozen=True)
class SessionBlock:
    """A block at its time. `number` counts the activities from 1 and is 0 for a break."""

    id: str
    kind: Literal["activity", "break"]
    number: int
    title: str
    start: int
    minutes: int
    priority: Priority
    objectives: tuple[str, ...]
    purpose: str
    note: str
    activity: Activity | None
    steps: tuple[TimedStep, ...] = ()
    debrief_start: int = 0
    debrief_minutes: int = 0

    @property
    def end(self) -> int:
        return self.start + self.minutes


@dataclass(frozen=True)
class Organisation:
    """Whose session it is; empty strings when no trust is named."""

    name: str = ""
    short: str = ""
    facilitators: tuple[Facilitator, ...] = ()
    venue: Venue | None = None
    contact: str = ""


@dataclass(frozen=True)
class Session:
    """Everything a pack is made from, in the organisation's words."""

    plan: Plan
    organisation: Organisation
    article: Article
    frameworks: tuple[Framework, ...]
    blocks: tuple[SessionBlock, ...]
    scenarios: tuple[Scenario, ...]
    tasks: tuple[Task, ...]
    changes: tuple[str, ...]
    """What the trust changed, a sentence each."""
    date: date | None
    start: int
    attendees: int
    tables: int
    spares: int
    texts: Mapping[str, SourceText]
    """The files by role (`plan`, `activity:<id>`, `quotes`, ...), so that a message can name its line."""

    @property
    def minutes(self) -> int:
        return sum(block.minutes for block in self.blocks)

    @property
    def end(self) -> int:
        return self.start + self.minutes
