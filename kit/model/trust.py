"""A trust: its profile, its words, its scenarios and the changes it makes to plans."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from kit.model.change import Change
from kit.model.document import SlideLayout
from kit.model.entry import Address, Clock, Count, Day, Days, Deadline, Entry, Id, Line, Positive, Text
from kit.model.kind import Offset, StockName
from kit.model.language import ENGLISH, Tag
from kit.model.page import SlideShape
from kit.model.stock import Flip
from kit.model.terms import TrustTerms


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
    accessible_toilet: Line | None = None
    quiet_room: Line | None = None
    """Where somebody can be alone for a while, or pray, or express milk."""
    parking: Line | None = None
    fire_exit: Line | None = None
    assembly_point: Line | None = None
    wifi: Line | None = None


class SessionDetails(Entry):
    """One occasion: when, for how long, and for how many. Flags of the command line come before these."""

    plan: Id | None = None
    """The plan that the date and the start belong to; they hold for every plan when left out."""
    date: Days = ()
    """The day of the session. For a plan of several sessions, that of the first, or a list with the day of each."""
    start: Clock | None = None
    slot: Annotated[int, Field(strict=True, ge=5, le=720)] | None = None
    """How many minutes there are, whatever the plan has: the workshop is fitted to them. Those of each session in a
    series, of the whole day where a plan has several sessions on one day."""
    end: Clock | None = None
    """When it must be over, in place of `slot`."""
    attendees: Positive | None = None
    tables: Positive | None = None
    spares: Count | None = None
    large_print: Count = 0
    """How many people asked for their copy in large print. They are among the attendees, not beside them."""
    access_needs_by: Deadline | None = None
    """By when people should tell of what would make it easier to take part: a day, or how many days before the first
    session. A day belongs to the plan above, as the date does; a number of days holds for every plan."""

    @model_validator(mode="after")
    def _a_slot_of_one_plan(self) -> Self:
        if (self.slot is not None or self.end is not None) and self.plan is None:
            raise ValueError("a slot is for one plan: say which under `plan`")
        if self.slot is not None and self.end is not None and self.start is not None:
            raise ValueError("`slot`, `start` and `end` are one too many: leave one of them out")
        return self


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


class Policy(Entry):
    """A policy of the organisation's own that people can go on to read."""

    title: Line
    url: Address
    reviewed: Day
    """When the organisation last reviewed it."""


SurveyElement = Literal[
    "compassionate-and-inclusive",
    "recognised-and-rewarded",
    "a-voice-that-counts",
    "safe-and-healthy",
    "always-learning",
    "work-flexibly",
    "a-team",
    "staff-engagement",
    "morale",
]
"""What the staff survey scores: the elements of the NHS People Promise, by their ids, and its 2 themes."""


def _one_decimal(score: float) -> float:
    if round(score, 1) != score:
        raise ValueError("a score has 1 decimal at the most")
    return score


Score = Annotated[float, Field(strict=True, ge=0, le=10), AfterValidator(_one_decimal)]
"""Points out of 10, with 1 decimal as the survey publishes them."""


class SurveyScore(Entry):
    """One score of the staff survey."""

    element: SurveyElement
    score: Score
    benchmark: Score | None = None
    """That of the benchmark group."""


class Survey(Entry):
    """What the staff survey says of this organisation. The first scores of the list are shown on a slide."""

    year: Annotated[int, Field(strict=True, ge=2000, le=2100)]
    source: Line
    """Where the figures were published, without the year: `NHS Staff Survey`."""
    benchmark: Line | None = None
    """The group that it is compared with: `acute and community trusts`."""
    scores: Annotated[tuple[SurveyScore, ...], Field(min_length=1, max_length=9)]

    @model_validator(mode="after")
    def _each_element_once(self) -> Self:
        elements = [score.element for score in self.scores]
        twice = next((element for element in elements if elements.count(element) > 1), None)
        if twice:
            raise ValueError(f"the element “{twice}” has 2 scores")
        return self


class Privacy(Entry):
    """What people are told about the personal details that a workshop collects."""

    controller: Line
    """The organisation that answers for them, by its legal name."""
    purpose: Line
    """Follows “uses them”: `to record who attended and to send certificates`."""
    retention: Line
    """Follows “keeps them”: `for 2 years`, `until the certificates are sent`."""
    contact: Line
    """Who answers questions about them: `information.governance@northmoor.example`."""


class CardPrinting(Entry):
    """How one document of cards is printed; what is left out stays as the document has it."""

    stock: StockName | None = None
    flip: Flip | None = None
    copies_of_each: Positive | None = None
    """How many of each card are in the file, one set after the other."""


class Printing(Entry):
    """How an organisation prints its cards."""

    flip: Flip | None = None
    """How backs come behind their fronts: turned on the `long` or the `short` edge, folded over (`fold`) where the
    printer has only 1 side, or left out (`none`)."""
    back_offset: Offset = (0, 0)
    """By how much its printer's backs have to move to meet their fronts, in mm: to the right, then down. The
    calibration sheet tells."""
    cards: dict[Id, CardPrinting] = Field(default_factory=dict)
    """For a document of cards by id, what it has of its own."""

    def of(self, document: str) -> CardPrinting:
        """What a document of cards has of its own."""
        return self.cards.get(document, CardPrinting())


class Trust(Entry):
    """`content/trusts/<id>/trust.yaml`."""

    id: Id
    name: Line
    short: Line
    kind: Literal["trust", "health board", "HSC trust", "other"] = "trust"
    nation: Literal["England", "Scotland", "Wales", "Northern Ireland"] = "England"
    language: Tag = ENGLISH
    """The language of the pack: what has no words in it yet stays English."""
    edition: Literal["one language", "bilingual"] = "one language"
    """Whether what participants get stands in `language` and in English, one after the other."""
    terms: TrustTerms = TrustTerms()
    venue: Venue | None = None
    session: SessionDetails = SessionDetails()
    facilitators: tuple[Facilitator, ...] = ()
    contact: Line | None = None
    """How participants reach someone who answers questions: `od@northmoor.example, extension 4417`."""
    cpd: Approval | None = None
    """Without it, certificates say that the event is internal."""
    policies: tuple[Policy, ...] = ()
    """What participants can go on to read."""
    survey: Survey | None = None
    feedback: Address | None = None
    """A page on which people say what they made of the workshop."""
    privacy: Privacy | None = None
    scenarios: tuple[Scenario, ...] = ()
    print: Printing = Printing()
    slides: SlideShape = "16:9"
    """The shape of slides on the kit's own template: that of the screen they are shown on."""
    deck_template: Line | None = None
    """A PowerPoint file beside this one, .pptx or .potx: the deck is built on it."""
    layout_map: dict[SlideLayout, Line] = Field(default_factory=dict)
    """For a kind of slide, the name of the layout of that file to use in place of the one that was found."""
    changes: dict[Id, tuple[Change, ...]] = Field(default_factory=dict)
    """For each plan by id, what this trust does differently."""
