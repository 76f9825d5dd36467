"""What a document shows: finished strings and numbers, nothing left to compute.

Templates receive these records and put them on the page. Two views exist, and a document's audience
decides which of them its template is given: `ParticipantView` has no field that could hold words
meant for the facilitator alone; `FacilitatorView` adds them.

Strings marked *Markdown* may hold emphasis, lists and paragraphs; templates pass them through the
`md` (blocks) or `mdi` (inline) filter. All other strings are plain.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from kit.model.activity import Part
from kit.model.arrangements import Floor, FollowUp, Packed, ReminderView, Sign, Wheel
from kit.model.brand import Palette
from kit.model.late import LateCard
from kit.model.page import Page, SlideShape
from kit.model.timeline import Timeline


@dataclass(frozen=True)
class Stamp:
    """What every artefact of a pack carries alike."""

    build_id: str
    built_on: str
    """`23 November 2026`"""
    line: str
    """`Built 23 November 2026, build 4f2a91c`"""


@dataclass(frozen=True)
class House:
    """Whose pack this is."""

    name: str
    """The trust's full name, or an empty string."""
    short: str
    has_logo: bool
    logo_alt: str
    palette: Palette


@dataclass(frozen=True)
class Occasion:
    """When and where; an empty string where nothing is known, and then nothing is shown."""

    date: str
    """`Thursday 14 January 2027`"""
    time: str
    """`1pm to 4:30pm`"""
    length: str
    """`3 hours 30 minutes`"""
    contact_time: str
    """The same without the breaks: `3 hours 15 minutes`"""
    format: Literal["room", "call"]
    room: str
    address: str
    facilitators: tuple[str, ...]
    """`Dr Ada Moss, clinical director`"""
    access: tuple[tuple[str, str], ...]
    """Label and text of what people need to plan their way: step-free access, hearing loop, parking and the like."""
    access_unknown: tuple[Literal["step_free", "hearing_loop"], ...]
    """What nothing is said of, so that people who need it have to ask."""
    practical: tuple[tuple[str, str], ...]
    """Label and text of what people need in the room: the way out, hearing loop, quiet room, wifi and the like."""
    way_out: tuple[tuple[str, str], ...]
    """The line of these with the fire exit and the assembly point; empty where neither is known."""
    fire_exit: str
    """The text of that line where the exit is known."""
    hearing_loop: str
    access_needs_by: str
    """`by Thursday 7 January 2027`, `at least 7 days before the session`"""
    contact: str
    """How to reach someone who answers questions."""
    approval: str
    """`Approved by the College, code 1234, for 3 credits`; empty for an internal event."""


@dataclass(frozen=True)
class AgendaRow:
    """One line of the agenda that everyone sees."""

    block: str
    clock: str
    """`9am to 9:10am`"""
    starts: str
    """`9am`"""
    title: str
    summary: str
    minutes: str
    """`10 minutes`"""
    kind: Literal["activity", "break"]
    number: int


@dataclass(frozen=True)
class QuoteView:
    """A quotation with everything that must stand beside it."""

    id: str
    text: str
    """Exact words, without quotation marks around them."""
    speaker: str
    post: str
    """`clinical director, Southampton Children's Hospital, in 2016`"""
    citation: str
    """Short: `Limb M. BMJ 2016;352:i631`"""
    theme_title: str
    theme_symbol: str
    theme_question: str
    place: str
    """Where it is written, for a message: `content/article/quotes.yaml:12:5`"""


@dataclass(frozen=True)
class ThemeView:
    """A theme as a handout and a card show it."""

    id: str
    title: str
    explanation: str
    question: str
    symbol: str
    voices: tuple[str, ...]
    """Names."""


@dataclass(frozen=True)
class PartView:
    """One part of a worksheet; `part` is as written (its words localised), `quotes` are resolved."""

    part: Part
    quotes: tuple[QuoteView, ...] = ()


@dataclass(frozen=True)
class ScenarioView:
    """A local situation to work on."""

    id: str
    title: str
    kind: str
    """`tame` or `wicked`"""
    text: str
    question: str
    place: str


@dataclass(frozen=True)
class TaskView:
    """A task to sort, as its card shows it: without the answer."""

    id: str
    text: str
    place: str


@dataclass(frozen=True)
class RoleView:
    """A part in an activity, for whoever takes it."""

    id: str
    title: str
    text: str
    activity: str
    """The title of the activity."""
    place: str


@dataclass(frozen=True)
class BadgeView:
    """A name badge for someone whose name is not known yet."""

    id: str
    workshop: str
    place: str


@dataclass(frozen=True)
class TableView:
    """A table of the room."""

    id: str
    number: str
    workshop: str
    place: str


@dataclass(frozen=True)
class HandoutView:
    """A worksheet for participants."""

    number: int
    id: str
    """The block's id; file name and anchor (`handout-<id>`)."""
    title: str
    activity: str
    clock: str
    question: str
    """Markdown, inline."""
    parts: tuple[PartView, ...]
    themes: tuple[ThemeView, ...]
    place: str


@dataclass(frozen=True)
class NextSession:
    """What a session says of the one after it."""

    number: int
    title: str
    date: str
    """`Thursday 11 February 2027`, or an empty string."""
    when: str
    """`Thursday 11 February 2027, 1pm to 2pm`; `4 weeks later, 1pm to 2pm` without a date."""


@dataclass(frozen=True)
class SessionView:
    """One session of the workshop, as everyone may see it."""

    id: str
    number: int
    name: str
    """`Session 2: The role`; empty when the workshop has one session."""
    title: str
    date: str
    """`Thursday 14 January 2027`, or an empty string."""
    day: str
    """`14 January`, for where the year is plain; empty without a date."""
    time: str
    """`1pm to 4:30pm`"""
    length: str
    starts: str
    ends: str
    later: str
    """How long after the session before it: `4 weeks later`, `the same day`; empty for the first."""
    agenda: tuple[AgendaRow, ...]
    timeline: Timeline
    handouts: tuple[HandoutView, ...]
    homework: tuple[str, ...]
    """Markdown: what people do between this session and the next."""
    questions: tuple[str, ...]
    """What people answer from memory in it."""
    following: NextSession | None


@dataclass(frozen=True)
class SourceView:
    """The source page: the reference and the count of what is quoted."""

    citation: str
    doi: str
    """`10.1136/bmj.i631 (inferred from the publisher's pattern)`"""
    voices: tuple[tuple[str, str], ...]
    """Name, and post in the year of the article."""
    quoting: str
    """Markdown."""
    count: str
    """`This pack quotes 12 passages, 180 of the article's 785 words (23%).`"""


@dataclass(frozen=True)
class PolicyView:
    """A policy of the organisation's own."""

    title: str
    url: str
    reviewed: str
    """`June 2026`"""


@dataclass(frozen=True)
class PrivacyView:
    """What people are told about their personal details, a sentence or 2 for each document that asks for some."""

    register: str
    form: str
    letter: str


@dataclass(frozen=True)
class QrView:
    """A QR code, drawn in a square of `modules` by `modules` that includes its white margin."""

    address: str
    path: str
    """The dark modules, as the data of an SVG path."""
    modules: int
    size_mm: str
    """Width of the whole square, in millimetres: `27.68`"""
    quiet_mm: str
    """Width of the margin that it includes, so that a page can let it hang over the edge."""


@dataclass(frozen=True)
class EventView:
    """An event for a calendar: when and where. What it is about is the template's to say."""

    uid: str
    title: str
    starts: datetime
    """With its time zone."""
    ends: datetime
    place: str


@dataclass(frozen=True)
class SendingView:
    """How a document goes out to participants; empty for what they are given in the room."""

    on: str = ""
    """`Thursday 31 December 2026`, `2 weeks before the session`, `as soon as you can`"""
    enclosed: tuple[tuple[str, str], ...] = ()
    """Title and purpose of the files that go out at the same time."""
    events: tuple[EventView, ...] = ()
    """What to put in the calendar; only for calendars."""
    reminders: tuple[ReminderView, ...] = ()
    """What to do between sessions; only for calendars."""


@dataclass(frozen=True)
class ParticipantView:
    """All that a participant's document may show."""

    stamp: Stamp
    house: House
    title: str
    subtitle: str
    called: Literal["session", "day", "series"]
    """What a sentence calls all of it."""
    audience: str
    occasion: Occasion
    welcome: str
    """Markdown."""
    before: tuple[str, ...]
    objectives: tuple[str, ...]
    """Whole sentences: `Distinguish ...`"""
    sessions: tuple[SessionView, ...]
    """One or several; a document of one session is given that one alone, with a `name` if there are others."""
    handouts: tuple[HandoutView, ...]
    """Of all these sessions."""
    wheel: Wheel
    themes: tuple[ThemeView, ...]
    """The themes that this session works on, in the article's order."""
    main_themes: tuple[ThemeView, ...]
    """The themes of the blocks, those of the most blocks first."""
    signs: tuple[Sign, ...]
    """What hangs on the walls, in the order of the blocks."""
    follow_up: tuple[FollowUp, ...]
    quotes: tuple[QuoteView, ...]
    """The quotations of this pack, each once: the cards."""
    scenarios: tuple[ScenarioView, ...]
    tasks: tuple[TaskView, ...]
    """The tasks to sort, in the order of their cards; numbered from 1 as the cards are."""
    roles: tuple[RoleView, ...]
    """The parts in the activities of these sessions, as many sets as there are groups."""
    badges: tuple[BadgeView, ...]
    """One for each attendee, and the spares."""
    tables: tuple[TableView, ...]
    reading: tuple[str, ...]
    source: SourceView
    recall: tuple[str, ...]
    """The questions that people answered from memory at the session."""
    policies: tuple[PolicyView, ...]
    privacy: PrivacyView | None
    feedback: QrView | None
    """Where to say online what one made of the workshop."""
    sending: SendingView = SendingView()
    deck: ShownDeck | None = None
    """The slides of the 1 session that a document of slides is given; None for any other document."""


@dataclass(frozen=True)
class StepView:
    """One step of an activity, timed to the clock."""

    number: int
    title: str
    clock: str
    """`9:10am`"""
    minutes: str
    """`5 min`"""
    do: str
    """Markdown; everyone sees it."""
    say: str
    """Markdown, facilitator only; may be empty."""
    watch: str
    """Markdown, facilitator only; may be empty."""


@dataclass(frozen=True)
class DebriefView:
    """The plenary after an activity."""

    clock: str
    minutes: str
    questions: tuple[tuple[str, str], ...]
    """What to ask, and what to listen for (may be empty)."""
    land: str


@dataclass(frozen=True)
class MaterialView:
    """Something to have ready, with its count worked out."""

    item: str
    count: int
    rule: str
    """`1 for each table`"""
    note: str
    document: str
    """The document of this pack that it is, or an empty string."""
    in_workbook: bool = False
    """True for a worksheet: nothing to print or to hand out when people have the workbook."""

    @property
    def printed(self) -> bool:
        return bool(self.document)


@dataclass(frozen=True)
class TaskAnswer:
    """What a good table may say of a task, by the number on its card. Facilitator only."""

    number: int
    text: str
    answer: str
    """`manage`, `lead` or `both`"""
    why: str


@dataclass(frozen=True)
class ScoreView:
    """One score of the staff survey, as words and as the lengths of 2 bars."""

    name: str
    score: str
    """`6.8`"""
    benchmark: str
    """`6.9`, or an empty string."""
    length: str
    """Of its bar, in hundredths of the longest that there could be: `68`"""
    benchmark_length: str
    """The same for the benchmark, or an empty string."""


@dataclass(frozen=True)
class SurveyView:
    """What the staff survey says of the organisation."""

    source: str
    """`NHS Staff Survey, 2025`"""
    benchmark: str
    """The group that it is compared with, or an empty string."""
    scores: tuple[ScoreView, ...]


@dataclass(frozen=True)
class BlockView:
    """A block as the facilitator runs it."""

    id: str
    session: int
    """Number of its session."""
    number: int
    kind: Literal["activity", "break"]
    priority: Literal["must", "should", "could"]
    title: str
    starts: str
    ends: str
    clock: str
    """`9am to 9:10am`"""
    minutes: str
    """`10 minutes`"""
    short_minutes: str
    """`10 min`"""
    summary: str
    purpose: str
    note: str
    grouping: Literal["alone", "pairs", "trios", "tables", "room", ""]
    """How the room is divided; empty in a break."""
    groups: str
    """The same in words, for as many people as come: `8 tables of 4 and 2 of 3`"""
    group_sizes: str
    """`3 to 5 works`, or empty where there is no choice"""
    instead: str
    """That another activity works for so many people and is used instead, or empty."""
    stands_in_for: str
    """The title of the activity that it is used instead of, or empty."""
    adapted: str
    """How to run it with as few or as many people as come; empty where its steps hold as they are."""
    room: str
    prepare: tuple[str, ...]
    changeover: str
    """`2 min` to get people and furniture into place before the first step; empty when it takes none."""
    steps: tuple[StepView, ...]
    debrief: DebriefView | None
    materials: tuple[MaterialView, ...]
    objections: tuple[tuple[str, str], ...]
    answers: tuple[str, ...]
    roles: tuple[tuple[str, str], ...]
    """Title and text of each part that people take."""
    adaptations: tuple[tuple[str, str], ...]
    """Label and text: `A small group`, `A large group`, `Online`, `A room without tables`, `Access`; not `adapted`."""
    credit: str
    repeats: str
    """The id of the first block with the same activity, when this is not it: what is said there is not said again."""
    themes: tuple[ThemeView, ...]
    objectives: tuple[str, ...]
    handout: int
    """Number of its handout, 0 for none."""
    workbook_page: int
    """Page of the workbook where its handout starts, 0 for none."""
    slides: str
    """`slides 4 to 6`, `slide 4`, or empty."""


@dataclass(frozen=True)
class FacilitatorView:
    """All that the facilitator's documents may show: the participants' view and what is theirs alone."""

    participant: ParticipantView
    blocks: tuple[BlockView, ...]
    materials: tuple[MaterialView, ...]
    """For the whole session, each item once with its total."""
    frameworks: tuple[tuple[str, tuple[str, ...]], ...]
    """Title with version, and the names of the parts."""
    task_answers: tuple[TaskAnswer, ...]
    what_we_changed: tuple[str, ...]
    """A sentence for each change the trust made, with its reason."""
    fitted: tuple[str, ...]
    """What was done to fit the workshop to its slot, in sentences."""
    late: tuple[LateCard, ...]
    """A card for each session."""
    attendees: str
    """`18 people at 5 tables`"""
    people: str
    """`18 people`"""
    places: int
    """The attendees and the spares: rows of a register, sets of a handout."""
    spares: int
    large_print: str
    """`2 of the 18 workbooks in large print`, or an empty string."""
    survey: SurveyView | None
    people_time: str
    """`18 people for 3 hours 30 minutes each: 63 hours`"""
    facilitators_time: str
    """The same of the facilitators, or an empty string when nobody is named."""
    floor: Floor
    packing: tuple[Packed, ...]
    """The documents of this pack that are printed."""
    must_end: str
    """`12:30pm`: when the last of these sessions ends."""


# The deck ----------------------------------------------------------------------------------------

SlideLayout = Literal[
    "title",
    "welcome",
    "objectives",
    "agenda",
    "section",
    "activity",
    "debrief",
    "discussion",
    "quote",
    "compare",
    "content",
    "commitments",
    "diagram",
    "wheel",
    "spectrum",
    "chart",
    "table",
    "break",
    "closing",
]


@dataclass(frozen=True)
class PanelView:
    """One side of a comparison."""

    heading: str
    points: tuple[str, ...]
    symbol: str = ""


@dataclass(frozen=True)
class CueView:
    """What to say at a step, and what to watch for meanwhile. Facilitator only."""

    title: str
    """`9:15am, Sort the cards, 8 min`"""
    say: str
    """Markdown, as is the next."""
    watch: str


@dataclass(frozen=True)
class NotesView:
    """Speaker notes, in the order in which they are needed. Facilitator only."""

    clock: str
    """`9:10am to 9:35am, must end by 9:50am`, or empty"""
    say: tuple[str, ...]
    """Markdown, a paragraph each."""
    listen: tuple[str, ...] = ()
    """What good answers touch, one for each question that has it."""
    people: tuple[str, ...] = ()
    """What is different for as many people as come."""
    workbook: str = ""
    """`Workbook page 5, handout 2`, or empty"""
    materials: tuple[str, ...] = ()
    """`6 x Quote cards, one set`: what to have in hand."""
    length: str = ""
    """`25 minutes`"""
    timer: str = ""
    """What a click starts, where the slide has a timer."""
    cues: tuple[CueView, ...] = ()
    """One for each step."""
    objections: tuple[tuple[str, str], ...] = ()
    """What someone may well say, and an answer to it."""
    late: tuple[str, ...] = ()
    """What to shorten or to leave out."""


@dataclass(frozen=True)
class FigureView:
    """One of our own drawings, and the page that it is drawn for."""

    diagram: str
    alt: str
    page: Page


@dataclass(frozen=True)
class ChartView:
    """A chart of bars, as the table that it is drawn from."""

    columns: tuple[str, ...]
    """What the first column holds, and what its bars are called, a name for each series."""
    rows: tuple[tuple[str, ...], ...]
    """A category and its numbers: `6.8`, or an empty string where one is not known."""
    alt: str
    most: str = ""
    """Where its scale ends, where it does not end with the longest bar: `10`"""


@dataclass(frozen=True, kw_only=True)
class SlideFace:
    """What one slide shows. Which of the fields are filled depends on the layout; the rest are empty."""

    id: str
    layout: SlideLayout
    section: str
    """The PowerPoint section: the block's title."""
    title: str
    place: str
    """The YAML that a message about this slide should name."""
    hidden: bool = False
    """Whether the show passes over it."""
    at_own_pace: bool = False
    """Whether people answer what it asks each for themselves, and nobody talks."""
    subtitle: str = ""
    """Of a break, what stands largest on it: `Back at 10:45am`"""
    clock: str = ""
    number: int = 0
    minutes: str = ""
    """`25 min`"""
    ends: str = ""
    """`until 9:35am`"""
    groups: str = ""
    points: tuple[str, ...] = ()
    """Points, objectives, steps (each with its minutes in `step_minutes`) or debrief questions."""
    step_minutes: tuple[int, ...] = ()
    first: int = 1
    """The number of its first point: more than 1 where it goes on from the slide before."""
    need: tuple[str, ...] = ()
    question: str = ""
    quote: QuoteView | None = None
    left: PanelView | None = None
    right: PanelView | None = None
    source: str = ""
    agenda: tuple[AgendaRow, ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    """Of a table, with the heads of its `columns`."""
    leads_to: tuple[str, ...] = ()
    """The id of the slide that each row of the agenda leads to."""
    back: str = ""
    """The id of the agenda’s slide, where this one begins a section that the agenda leads to."""
    timer: int = 0
    """Minutes that a bar takes to wipe away, once it is clicked; 0 without one."""
    facts: tuple[tuple[str, str], ...] = ()
    """What people need to know of the place: about what, and what."""
    here: str = ""
    """The block that a section slide begins, by its id."""
    where: str = ""
    """In words where that is in the session: `Part 3 of 8`; of a part of the agenda, what it holds and when"""
    figure: FigureView | None = None
    wheel: Wheel | None = None
    line_ends: tuple[str, str] | None = None
    chart: ChartView | None = None


@dataclass(frozen=True, kw_only=True)
class SlideView(SlideFace):
    """One slide with what a facilitator has in the notes."""

    notes: NotesView


@dataclass(frozen=True)
class ShownDeck:
    """What participants see of the deck of one session: the slides that are shown, without notes."""

    house: House
    subtitle: str
    slides: tuple[SlideFace, ...]
    timeline: Timeline
    shape: SlideShape = "16:9"


@dataclass(frozen=True)
class DeckView:
    """The deck of one session: what every slide says, finished."""

    stamp: Stamp
    house: House
    title: str
    subtitle: str
    """That of the plan, or the name of the session where there are several."""
    slides: tuple[SlideView, ...]
    timeline: Timeline


@dataclass(frozen=True)
class DeckPageView:
    """`deck.html`: the slides of one session as a page, with their notes."""

    participant: ParticipantView
    deck: DeckView
