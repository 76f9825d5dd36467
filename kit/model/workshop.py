"""A workshop: one plan in one organisation's words, each of its sessions timed to the clock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from kit.model.activity import Activity, People, Step
from kit.model.article import Article
from kit.model.change import Page, SetChange
from kit.model.edition import Edition
from kit.model.framework import Framework
from kit.model.language import Language
from kit.model.plan import Plan, Priority, Recall
from kit.model.task import Task
from kit.model.trust import Approval, Facilitator, Policy, Privacy, Scenario, Survey, Venue
from kit.source import SourceText


@dataclass(frozen=True)
class TimedStep:
    """A step with the minutes it gets; `start` is in minutes since midnight of the first day."""

    step: Step
    start: int
    minutes: int


@dataclass(frozen=True)
class OwnPage:
    """A handout that the trust adds to a block, with its number."""

    page: Page
    handout: int = 0


@dataclass(frozen=True)
class StandsIn:
    """What a block would use for another number of people: the activity's title, and for how many that works."""

    title: str
    people: People


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
    handout: int = 0
    """Counts the worksheets of the whole workshop from 1; 0 without one."""
    pages: tuple[OwnPage, ...] = ()
    """Handouts of the trust's own, which follow the block's worksheet."""
    locked: bool = False
    """Whether the plan says when it starts, so that nothing before it may run on into it."""
    changeover: int = 0
    """Minutes at its beginning that go into moving people and furniture, before the first step."""
    planned: int = 0
    """The minutes that the plan gives it: others than `minutes` where the session was fitted to its slot."""
    most: int = 0
    """The most minutes that it can fill."""
    stands_in: StandsIn | None = None
    """Whose place the activity has taken, when the number of people asks for it."""

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
    approval: Approval | None = None
    """For continuing professional development; only where it is for this plan."""
    policies: tuple[Policy, ...] = ()
    survey: Survey | None = None
    feedback: str = ""
    """The address of a page."""
    privacy: Privacy | None = None


@dataclass(frozen=True)
class Session:
    """One stretch of the workshop with a clock of its own: an hour of a series, the morning of a day, or all of it."""

    id: str
    number: int
    """Counts the sessions from 1, up to `of`."""
    of: int
    title: str
    name: str
    """`Session 2: The role`, and nothing where there is only one."""
    day: int
    """Days after the first session, as the plan has it."""
    date: date | None
    start: int
    blocks: tuple[SessionBlock, ...]
    recall: tuple[Recall, ...] = ()
    homework: tuple[str, ...] = ()
    """What people are asked to do before the next session."""
    planned: int = 0
    """The minutes that the plan promises: others than `minutes` where the session was fitted to its slot."""
    left_out: tuple[SessionBlock, ...] = ()
    """The blocks that the slot has no room for, at the place and in the minutes that the plan gives them."""

    @property
    def minutes(self) -> int:
        return sum(block.minutes for block in self.blocks)

    @property
    def contact_minutes(self) -> int:
        """Without the breaks, as certificates count it."""
        return sum(block.minutes for block in self.blocks if block.kind == "activity")

    @property
    def end(self) -> int:
        return self.start + self.minutes


@dataclass(frozen=True)
class Workshop:
    """Everything a pack is made from, in the organisation's words."""

    plan: Plan
    before: tuple[str, ...]
    """What participants are asked to do beforehand, for the blocks that there are."""
    language: Language
    english: Language
    """What messages are in."""
    organisation: Organisation
    article: Article
    frameworks: tuple[Framework, ...]
    sessions: tuple[Session, ...]
    all_sessions: tuple[Session, ...]
    """The same, also in what `alone` gives: so that a session can name the next."""
    scenarios: tuple[Scenario, ...]
    tasks: tuple[Task, ...]
    task_places: tuple[str, ...]
    """Where the text of each is written."""
    changes: tuple[str, ...]
    """What the trust changed, a sentence each."""
    slides_dropped: frozenset[str]
    """Ids of slides that the trust leaves out: `pairs/activity`."""
    slides_reworded: tuple[tuple[str, SetChange], ...]
    """Ids of slides whose words the trust sets, and how."""
    documents: Mapping[str, Mapping[str, Any]]
    """What the trust sets of documents, by id: title, copies, note."""
    attendees: int
    tables: int
    spares: int
    editions: tuple[Edition, ...]
    """The editions to make, the one for everybody first."""
    access_needs_by: date | int | None
    """By when people should tell of what they need: a day, or how many days before the first session."""
    texts: Mapping[str, SourceText]
    """The files by role (`plan:<id>`, `activity:<id>`, `quotes`, ...), so that a message can name its line."""

    @property
    def blocks(self) -> tuple[SessionBlock, ...]:
        return tuple(block for session in self.sessions for block in session.blocks)

    @property
    def minutes(self) -> int:
        return sum(session.minutes for session in self.sessions)

    @property
    def large_print(self) -> int:
        """How many of the attendees asked for their copy in large print."""
        return sum(edition.copies or 0 for edition in self.editions if edition.name == "large-print")

    @property
    def is_part(self) -> bool:
        """Whether sessions are left out: what `alone` gives."""
        return len(self.sessions) < len(self.all_sessions)

    @property
    def in_one_day(self) -> bool:
        return len({session.day for session in self.sessions}) == 1

    @property
    def first_date(self) -> date | None:
        return self.sessions[0].date

    @property
    def last_date(self) -> date | None:
        return self.sessions[-1].date

    def alone(self, session: Session) -> Workshop:
        """The workshop as the documents of one session see it."""
        return replace(self, sessions=(session,))
