"""A trust: its profile, its words, its scenarios and the changes it makes to plans."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from kit.model.change import Change
from kit.model.entry import Clock, Count, Days, Entry, Id, Line, Positive, Text


class Term(Entry):
    """A word of the organisation's own, in the singular and the plural, in lower case unless it is a name."""

    one: Line
    many: Line


class Terms(Entry):
    """What this organisation calls its parts and its people."""

    unit: Term
    sub_unit: Term
    executive_doctor: Term
    clinical_director: Term
    clinical_lead: Term
    general_manager: Term


class TrustTerms(Entry):
    """The terms a trust changes; the others stay as they are."""

    unit: Term | None = None
    sub_unit: Term | None = None
    executive_doctor: Term | None = None
    clinical_director: Term | None = None
    clinical_lead: Term | None = None
    general_manager: Term | None = None


class Facilitator(Entry):
    """Someone who runs the session."""

    name: Line
    role: Line


class Venue(Entry):
    """Where it happens, and what people need to know to get in and out."""

    room: Line
    address: Line | None = None
    step_free: Line | None = None
    hearing_loop: Line | None = None
    fire_exit: Line | None = None
    wifi: Line | None = None


class SessionDetails(Entry):
    """One occasion: when, and for how many. Flags of the command line come before these."""

    plan: Id | None = None
    """The plan that the date and the start belong to; they hold for every plan when left out."""
    date: Days = ()
    """The day of the session. For a plan of several sessions, that of the first, or a list with the day of each."""
    start: Clock | None = None
    attendees: Positive | None = None
    tables: Positive | None = None
    spares: Count | None = None


class Scenario(Entry):
    """A local situation to work on, made up or with names and details changed."""

    id: Id
    title: Line
    kind: Literal["tame", "wicked"]
    text: Text
    question: Text
    themes: Annotated[tuple[Id, ...], Field(min_length=1)]


class Approval(Entry):
    """That a body has approved the workshop for continuing professional development."""

    body: Line
    """Who approved it: `Federation of the Royal Colleges of Physicians`."""
    code: Line
    credits: Annotated[int, Field(strict=True, ge=1, le=24)]
    """Whole credits, as the body granted them."""
    plan: Id
    """The plan that was approved: an approval holds for that event and no other."""


class Trust(Entry):
    """`content/trusts/<id>/trust.yaml`."""

    id: Id
    name: Line
    short: Line
    kind: Literal["trust", "health board", "HSC trust", "other"] = "trust"
    nation: Literal["England", "Scotland", "Wales", "Northern Ireland"] = "England"
    terms: TrustTerms = TrustTerms()
    venue: Venue | None = None
    session: SessionDetails = SessionDetails()
    facilitators: tuple[Facilitator, ...] = ()
    contact: Line | None = None
    """How participants reach someone who answers questions: `od@northmoor.example, extension 4417`."""
    cpd: Approval | None = None
    """Without it, certificates say that the event is internal."""
    scenarios: tuple[Scenario, ...] = ()
    changes: dict[Id, tuple[Change, ...]] = Field(default_factory=dict)
    """For each plan by id, what this trust does differently."""


class Words(Entry):
    """`content/words.yaml`: how the content speaks when no trust is named."""

    name: Line
    short: Line
    terms: Terms
