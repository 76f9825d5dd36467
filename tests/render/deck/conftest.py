"""A deck of every layout: a morning of three and a half hours in 8 blocks, for a trust that does not exist."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any, Literal

import pytest
from speaking import english

from kit.model.arrangements import Spoke, Wheel
from kit.model.document import (
    AgendaRow,
    ChartView,
    CueView,
    DeckView,
    FigureView,
    House,
    NotesView,
    PanelView,
    QuoteView,
    SlideView,
    Stamp,
)
from kit.model.page import POINT, SLIDE, SLIDE_ACROSS
from kit.model.timeline import Bar, Tick, Timeline
from kit.palette import derive
from kit.render.deck import DeckBrand, DeckLogo
from kit.render.html import render

ROOT = Path(__file__).parents[3]
CREATED = datetime(2026, 11, 23, 9, 0)
PALETTE = derive("#241b24", "#ffffff", "#5b2a57", "#55642e").palette
TITLE = "Leading and managing in medicine"
CITATION = "Limb M. BMJ 2016;352:i631"

SYMBOL = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="currentColor" '
    'stroke-width="1.6"><path d="M2.5 2.5H14.5V14.5H2.5ZM8.5 15a6.5 6.5 0 1 1 13 0a6.5 6.5 0 1 1 -13 0Z"/></svg>'
)

LOGO = b"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 64">
  <circle cx="73" cy="25" r="15" fill="#5B2A57"/>
  <g transform="translate(0 2) scale(1)"><path d="M0 54 C12 28 26 14 40 14 C57 14 66 40 92 54 Z" fill="#55642E"
    stroke="#FFFFFF" stroke-width="3"/></g>
  <path d="M0 57 H120 V61 H0 Z" fill="#5B2A57"/>
</svg>"""

BLOCKS = (
    ("welcome", "Welcome and introductions", "9am", "9:10am", 10, "must"),
    ("diary", "Last week, hour by hour", "9:10am", "9:35am", 25, "must"),
    ("cards", "Quote card sort", "9:35am", "10:05am", 30, "must"),
    ("line-up", "Stand on the line", "10:05am", "10:25am", 20, "should"),
    ("coffee", "Coffee", "10:25am", "10:45am", 20, ""),
    ("wicked", "Two things that are both true", "10:45am", "11:10am", 25, "must"),
    ("role", "Rewrite a role", "11:10am", "11:55am", 45, "must"),
    ("troika", "Advice from two colleagues", "11:55am", "12:20pm", 25, "could"),
    ("close", "What you will do next", "12:20pm", "12:30pm", 10, "must"),
)


def _quote(id: str, text: str, speaker: str, post: str, theme: str) -> QuoteView:
    return QuoteView(
        id=id,
        text=text,
        speaker=speaker,
        post=post,
        citation=CITATION,
        theme_title=theme,
        theme_symbol="both-skill-sets",
        theme_question="",
        place="content/article/quotes.yaml:12:5",
    )


FIELDEN = _quote(
    "fielden-both-skill-sets",
    "Individuals do tend to move more towards one than the other, but you need both skill sets.",
    "Jonathan Fielden",
    "medical director, University College Hospital, London, in 2016",
    "Both skill sets",
)
FIELDEN_LONG = _quote(
    "fielden-rarely",
    "Leaders without management skills rarely become good leaders, and managers without the ability to lead "
    "people rarely can achieve what they need to",
    "Jonathan Fielden",
    "medical director, University College Hospital, London, in 2016",
    "Both skill sets",
)
GORDON = _quote(
    "gordon-process",
    "Management is absolutely about process",
    "Lisi Gordon",
    "research fellow, Centre for Medical Education, Dundee University, in 2016",
    "Process and change",
)


def _notes(clock: str = "", say: tuple[str, ...] = (), **more: Any) -> NotesView:
    return NotesView(clock, say, workbook="Workbook page 5, handout 2" if more else "", **more)


def _agenda() -> tuple[AgendaRow, ...]:
    rows = []
    for n, (id, title, starts, ends, minutes, priority) in enumerate(BLOCKS, 1):
        rows.append(
            AgendaRow(
                block=id,
                clock=f"{starts} to {ends}",
                starts=starts,
                title=title,
                summary="",
                minutes=f"{minutes} minutes",
                kind="activity" if priority else "break",
                number=n,
            )
        )
    return tuple(rows)


def _timeline() -> Timeline:
    whole = sum(minutes for *_, minutes, _ in BLOCKS)
    bars, before = [], 0
    for n, (id, title, starts, _, minutes, priority) in enumerate(BLOCKS, 1):
        bars.append(
            Bar(
                block=id,
                title=title,
                clock=starts,
                minutes=minutes,
                kind="activity" if priority else "break",
                priority="must",
                number=n,
                x=before / whole,
                width=minutes / whole,
            )
        )
        before += minutes
    ticks = tuple(
        Tick(label, x, on_the_hour=True)
        for label, x in (("9am", 0), ("10am", 2 / 7), ("11am", 4 / 7), ("midday", 6 / 7))
    )
    return Timeline(tuple(bars), ticks, "9am, welcome, 10 minutes; and so on to 12:30pm.")


def _wheel() -> Wheel:
    def spoke(theme: str, label: tuple[str, ...], side: int, anchor: Literal["start", "end"]) -> Spoke:
        ring = f"M0 {-10 * side}A10 10 0 0 1 0 {10 * side}L0 {20 * side}A20 20 0 0 0 0 {-20 * side}Z"
        return Spoke(theme, "both-skill-sets", 1, (ring,), 45 * side, 0, label, 53 * side, 2.6, anchor)

    spokes = (
        spoke("process", ("Process and change",), 1, "start"),
        spoke("direction", ("Direction, alignment", "and commitment"), -1, "end"),
    )
    return Wheel(300, 120, 10, 20 * POINT, 8.6, spokes, "A filled ring is a block.", "Wheel of 2 themes, 1 block each.")


def _slides() -> tuple[SlideView, ...]:
    plan = "content/plans/morning.yaml"
    cards = "content/activities/quote-card-sort.yaml"
    return (
        SlideView(
            id="title",
            layout="title",
            section="Welcome and introductions",
            title=TITLE,
            subtitle="A morning for consultants who lead a service",
            points=("Thursday 14 January 2027, 9am to 12:30pm", "Seminar room 2, education centre"),
            notes=_notes("Before 9am", ("Have this slide up as people come in.",)),
            place=f"{plan}:2:1",
        ),
        SlideView(
            id="welcome",
            layout="welcome",
            section="Welcome and introductions",
            title="Welcome to the education centre",
            facts=(
                ("Step-free access", "By the north entrance"),
                ("Hearing loop", "On, and marked by the front 2 rows"),
                ("Fire exit", "At the back on the left, then to the car park"),
                ("We finish at", "12:30pm"),
            ),
            notes=_notes("9am to 9:10am, 10 minutes", ("Good morning.", "There is no test at the end.")),
            place=f"{plan}:12:3",
        ),
        SlideView(
            id="objectives",
            layout="objectives",
            section="Welcome and introductions",
            title="What you will be able to do by the end",
            points=(
                "Distinguish which of your week’s tasks were managing and which were leading",
                "Appraise 6 people’s views of how the two are related",
                "Redraft one role so that its holder knows what they answer for",
                "Commit to one change, with a date and a colleague who will ask",
            ),
            notes=_notes("9:05am to 9:10am, 5 minutes", ("Read them once, then move on.",)),
            place=f"{plan}:20:3",
        ),
        SlideView(
            id="agenda",
            layout="agenda",
            section="Welcome and introductions",
            title="The morning",
            agenda=_agenda(),
            notes=_notes("", ("We break at 10:25am.",)),
            place=f"{plan}:31:1",
        ),
        SlideView(
            id="part-1",
            layout="section",
            section="Quote card sort",
            title="What 6 people said about leading and managing",
            subtitle="We start from their words, then from our own weeks",
            number=3,
            clock="9:35am to 10:05am",
            here="cards",
            where="Part 3 of 8",
            notes=_notes(),
            place=f"{plan}:40:1",
        ),
        SlideView(
            id="cards-quote-short",
            layout="quote",
            section="Quote card sort",
            title="Lisi Gordon on management",
            quote=GORDON,
            notes=_notes("", ("Ask who agrees, by hands.",)),
            place=f"{cards}:90:3",
        ),
        SlideView(
            id="cards-quote",
            layout="quote",
            section="Quote card sort",
            title="Jonathan Fielden on the two sets of skills",
            quote=FIELDEN,
            notes=_notes("", ("Pause before you say anything.",)),
            place=f"{cards}:96:3",
        ),
        SlideView(
            id="cards",
            layout="activity",
            section="Quote card sort",
            title="Quote card sort",
            number=3,
            clock="9:35am to 10:05am",
            minutes="30 min",
            ends="until 10:05am",
            groups="Tables of 4 (3 to 5)",
            points=(
                "Deal the cards. In turn, lay each under managing, leading or both, with a reason.",
                "Each of you may move 1 card that you did not lay. Say why.",
                "Choose the 4 cards you argued over most. Put them in order, from agree to disagree.",
                "Turn over the card that divides you most. Answer its question together.",
                "Send 2 people to the next table with that card. Defend where you put it.",
            ),
            step_minutes=(8, 4, 5, 5, 8),
            need=("Quote cards, 1 set", "Heading slips, 1 set", "Handout 2"),
            notes=_notes(
                "9:35am to 10:05am, must end by 10:15am",
                (
                    "Keep the printed quotation *facing* you.",
                    "Go by what the speaker means:\n\n- not by the post\n- not by the tone",
                ),
                length="30 minutes",
                timer="Click once, and a bar runs out over 22 minutes.",
                cues=(
                    CueView(
                        "9:35am: Sort the cards, 8 min",
                        "Go by what the speaker means.",
                        "If a table has put everything under “both”, ask for the 2 least convincing.",
                    ),
                    CueView("9:43am: Challenge a card, 4 min", "", "Stop at 8 minutes."),
                ),
                listen=("A definition that somebody had to change.",),
                materials=("6 x Quote cards, one set", "6 x Heading slips"),
                objections=(("These cards are out of context.", "They are. Say what you would add."),),
                late=("Shorten “Sort the cards” from 8 to 5 min, which saves 3 minutes.",),
            ),
            timer=22,
            place=f"{cards}:1:1",
        ),
        SlideView(
            id="cards-debrief",
            layout="debrief",
            section="Quote card sort",
            title="What the cards showed",
            number=3,
            clock="9:57am to 10:05am",
            minutes="8 min",
            ends="until 10:05am",
            points=(
                "Which card moved most often, and what moved it?",
                "What would have to be true for the pile called “both” to be empty?",
                "Whose view is missing from the cards?",
            ),
            notes=_notes(
                "9:57am to 10:05am, 8 minutes", ("Take one answer from each table.",), listen=("A job plan.",)
            ),
            timer=8,
            place=f"{cards}:120:1",
        ),
        SlideView(
            id="compare",
            layout="compare",
            section="Stand on the line",
            title="What each is said to do",
            left=PanelView(
                "Management",
                ("Supports the daily work", "Finds the people and the money", "Keeps known processes running"),
            ),
            right=PanelView(
                "Leadership", ("Gives direction", "Brings people into line with it", "Wins their commitment")
            ),
            source="Views of Michael West and Lisi Gordon, as reported in Limb M. BMJ 2016;352:i631",
            notes=_notes("10:05am", ("Neither column is the better one.",)),
            place="content/activities/spectrum-line-up.yaml:60:3",
        ),
        SlideView(
            id="discussion",
            layout="discussion",
            section="Stand on the line",
            title="For the whole room",
            question="When did you last take a decision that nobody had asked you to take?",
            points=("Who noticed?", "What would have happened otherwise?"),
            notes=_notes("10:15am to 10:25am, 10 minutes", ("Wait for 10 seconds.",)),
            place="content/activities/spectrum-line-up.yaml:72:3",
        ),
        SlideView(
            id="cards-lenses",
            layout="diagram",
            section="Quote card sort",
            title="3 headings for the cards",
            points=("A card goes where its speaker means it", "“Both” is the part the 2 share"),
            figure=FigureView("two-lenses", "2 circles that overlap", SLIDE),
            notes=_notes("9:35am", ("Keep to the words on the slips.",)),
            place=f"{cards}:80:3",
        ),
        SlideView(
            id="stand-on-a",
            layout="spectrum",
            section="Stand on the line",
            title="Statement A",
            question="A doctor who accepts “leader” but refuses “manager” is avoiding half the job.",
            line_ends=("Agree", "Disagree"),
            figure=FigureView("spectrum", "A line with 7 marks", SLIDE_ACROSS),
            notes=_notes("10:05am", ("Leave it up.",)),
            place="content/activities/spectrum-line-up.yaml:150:3",
        ),
        SlideView(
            id="votes",
            layout="chart",
            section="Stand on the line",
            title="Which statement spread us out the most?",
            question="Raise your hand once.",
            chart=ChartView(("Choice", "Votes"), (("A. Half the job", "0"), ("B. All leaders", "0")), "2 bars, empty"),
            notes=_notes("10:20am", ("Count aloud.",)),
            place="content/activities/spectrum-line-up.yaml:170:3",
        ),
        SlideView(
            id="survey",
            layout="chart",
            section="Stand on the line",
            title="3 staff survey scores against the benchmark: 1 higher, 1 lower",
            question="Which of these would you have guessed?",
            subtitle="The benchmark is 12 trusts like Northmoor, all of them invented.",
            source="Northmoor staff survey, 2026, out of 10",
            chart=ChartView(
                ("What is scored", "Northmoor", "Benchmark"),
                (("We are a team", "6.8", "6.9"), ("We are always learning", "5.9", "5.7"), ("Morale", "6", "")),
                "Bar chart. We are a team: 6.8, benchmark 6.9; We are always learning: 5.9, benchmark 5.7; Morale: 6.",
                "10",
            ),
            notes=_notes("9:05am", ("Leave a minute of silence.",)),
            place="content/trusts/northmoor/trust.yaml:45:1",
        ),
        SlideView(
            id="themes",
            layout="wheel",
            section="What you will do next",
            title="Where we have been, 1 filled ring for each part",
            wheel=_wheel(),
            notes=_notes("12:24pm", ("Ask which they will take back.",)),
            place="content/article/themes.yaml:1:1",
        ),
        SlideView(
            id="late",
            layout="table",
            section="Backup",
            title="If you are running late",
            columns=("Block", "Must end by", "Shorten"),
            rows=(
                ("Quote card sort", "10:15am", "“Sort the cards” from 8 to 5 min"),
                ("Stand on the line", "10:35am", "Leave it out"),
            ),
            notes=_notes("9am to 12:30pm", ("This slide is hidden.",)),
            place="content/plans/half-day.yaml:40:3",
            hidden=True,
        ),
        SlideView(
            id="coffee",
            layout="break",
            section="Coffee",
            title="Coffee",
            subtitle="Back at 10:45am",
            minutes="20 min",
            ends="until 10:45am",
            timer=20,
            notes=_notes("10:25am to 10:45am, 20 minutes", ("Start again on time.",)),
            place=f"{plan}:61:3",
        ),
        SlideView(
            id="role-content",
            layout="content",
            section="Rewrite a role",
            title="A role that somebody could start on Monday says 4 things",
            points=(
                "What its holder answers for, and to whom",
                "What its holder may decide alone",
                "Who and what stands behind the holder",
                "Which duties come with it, welcome or not",
            ),
            notes=_notes("11:10am", ("This is our list, and not the article’s.",)),
            place="content/activities/role-rewrite.yaml:88:3",
        ),
        SlideView(
            id="role-quote",
            layout="quote",
            section="Rewrite a role",
            title="Jonathan Fielden on what each lacks without the other",
            quote=FIELDEN_LONG,
            notes=_notes(),
            place="content/activities/role-rewrite.yaml:94:3",
        ),
        SlideView(
            id="commitments",
            layout="commitments",
            section="What you will do next",
            title="Before session 2",
            points=("Keep a diary for a week, an hour at a time", "Ask a colleague what they think you answer for"),
            notes=_notes("12:20pm", ("Say when you will ask.",)),
            place=f"{plan}:70:3",
        ),
        SlideView(
            id="closing",
            layout="closing",
            section="What you will do next",
            title="The article, and the people it quotes",
            source="Limb M. How does leadership differ from management in medicine? BMJ 2016;352:i631.",
            points=(
                "Michael West, head of thought leadership, the King’s Fund",
                "Lisi Gordon, research fellow, Centre for Medical Education, Dundee University",
                "Jonathan Fielden, medical director, University College Hospital, London",
                "Peter Wilson, clinical director, Southampton Children’s Hospital",
                "Stephen Gillam, GP and lecturer, Institute of Public Health, Cambridge University",
                "Simon Bird, leads the UK healthcare practice, Hay Group",
            ),
            notes=_notes("12:25pm", ("The posts are those of 2016.",)),
            place="content/article/source.yaml:1:1",
        ),
    )


@pytest.fixture
def view() -> DeckView:
    return DeckView(
        stamp=Stamp("4f2a91c", "23 November 2026", "Built 23 November 2026, build 4f2a91c"),
        house=House("Northmoor University Hospitals", "Northmoor", True, "Northmoor University Hospitals", PALETTE),
        title=TITLE,
        subtitle="A morning for consultants who lead a service",
        slides=_slides(),
        timeline=_timeline(),
    )


@pytest.fixture
def templates() -> dict[str, str]:
    drawings = ("wheel", "drawing", "diagrams/two-lenses", "diagrams/spectrum")
    names = ("deck/slides.html.j2", *(f"shared/{name}.svg.j2" for name in drawings))
    return {
        **{name: (ROOT / "templates" / name).read_text("utf-8") for name in names},
        "shared/symbols/both-skill-sets.svg": SYMBOL,
    }


@pytest.fixture
def html(view: DeckView, templates: dict[str, str]) -> str:
    return render(templates, "deck/slides.html.j2", english, deck=view)


@pytest.fixture
def brand() -> DeckBrand:
    name = "Northmoor University Hospitals"
    return DeckBrand(name, PALETTE, DeckLogo(LOGO, "image/svg+xml", name))


@pytest.fixture
def created() -> datetime:
    return CREATED
