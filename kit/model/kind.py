"""What kinds of document there are: `templates/<document>/document.yaml`."""

from __future__ import annotations

from itertools import pairwise
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from kit.model.entry import Count, Entry, Id, Interval, Line, Positive
from kit.model.stock import FURTHEST, PLAIN, STOCKS, Flip, Stock

Millimetres = Annotated[float, Field(ge=0, le=500)]
Points = Annotated[float, Field(ge=5, le=400)]
Name = Annotated[str, Field(pattern=r"^[a-z]+(_[a-z]+)*$", max_length=60)]
"""The name of a field, as in `theme_question`."""


class Copies(Entry):
    """How many copies a session needs."""

    per: Literal["person", "facilitator", "table", "room"]
    count: Count = 1
    spares: bool = False
    """Print the session's spares too."""
    large_print: bool = False
    """People may ask for their copy in large print."""
    to_a_sheet: Positive = 1
    """How many people one copy serves once it is cut up."""


def _known_stock(name: str) -> str:
    if name not in STOCKS:
        raise ValueError(f"“{name}” is no stock; there are {', '.join(STOCKS)}")
    return name


StockName = Annotated[str, AfterValidator(_known_stock), Field(json_schema_extra={"enum": [*STOCKS]})]
"""The name of a sheet of cards: `kit list stocks`."""

Shift = Annotated[float, Field(ge=-FURTHEST, le=FURTHEST)]
Offset = tuple[Shift, Shift]
"""To the right and down, in mm."""


def _largest_first(sizes: tuple[float, ...]) -> tuple[float, ...]:
    if any(later >= earlier for earlier, later in pairwise(sizes)):
        raise ValueError("the sizes must become smaller from one to the next")
    return sizes


class CardText(Entry):
    """A text of a card, set as large as its box holds it."""

    field: Name
    """The field of the card's entry that holds it."""
    height: Millimetres | None = None
    """The same on every stock. Without it, all that the card has within its inset, less the next 2."""
    above: tuple[Name, ...] = ()
    """The texts that the height is shared with."""
    leaves: Millimetres = 0
    """What else it leaves of the height: to lines of small type, and as air."""
    leaves_beside: Millimetres = 0
    """What it leaves of the width."""
    sizes: Annotated[tuple[Points, ...], Field(min_length=1), AfterValidator(_largest_first)]
    """The sizes to try."""
    leading: Annotated[float, Field(ge=0.8, le=2)] = 1.25
    taken: Millimetres = 0
    """How much of the height other words in the same box take, for a first guess."""
    hang: Annotated[float, Field(ge=0, le=2)] = 0
    """Room at the left of every line, in em, into which an opening mark hangs."""
    after: str = ""
    """What follows the text on its last line."""
    balanced: bool = True
    """Draw the lines in to about equal lengths; not for paragraphs."""
    called: Line
    """What a message calls it: `The quotation`."""
    by: Name
    """The field that tells this text from others: `id`."""
    advice: Line
    """What to do when it does not fit: `Quote a shorter passage`."""


class CardLayout(Entry):
    """What the cards of a document are made of. The page template puts their words in place."""

    of: Literal["quotes", "tasks", "scenarios", "roles", "badges", "tables"]
    """The list of the participants’ view that has an entry for each card."""
    stock: StockName
    grows_to: Literal["A6", "A5", "A4"] | None = None
    """How large a card may become when its words do not fit; it stays on its stock when left out."""
    inset: Millimetres
    """Kept clear inside every card; with 8 a back may land 3 mm off and still be whole. Small cards keep an eighth of
    their height clear at the most."""
    copies_of_each: Positive = 1
    """How many of each card are in the file, one set after the other."""
    back_offset: Offset = (0, 0)
    """By how much the back of an upright sheet, turned on its long edge, is moved to meet its front."""
    note: Points
    """The size of the small type."""
    finish: Line = ""
    """What to do with a printed sheet, in its margin: `Cut with this side up.`"""
    texts: dict[Name, CardText] = Field(default_factory=dict)

    def stocks(self) -> tuple[str, ...]:
        """The names of its stock and of those that a card may grow to, the smallest first."""
        names = [self.stock]
        limit = {"A6": 105, "A5": 148.5, "A4": 210, None: 0}[self.grows_to]
        while (larger := STOCKS.get(STOCKS[names[-1]].larger)) and larger.card_height <= limit:
            names.append(STOCKS[names[-1]].larger)
        return tuple(names)

    def box(self, text: CardText, stock: Stock) -> tuple[float, float]:
        """Width and height of the box of a text on a card of `stock`, in mm."""
        inset = self.inset_on(stock)
        width, height = stock.card_width - 2 * inset, stock.card_height - 2 * inset
        shared = sum(self.texts[name].height or 0 for name in text.above)
        own = text.height if text.height is not None else height - shared - text.leaves
        return width - text.leaves_beside, max(0.0, own)

    def inset_on(self, stock: Stock) -> float:
        """What is kept clear inside a card of `stock`."""
        return min(self.inset, stock.card_height / 8)


EditionName = Literal["standard", "large-print", "dyslexia", "mono"]


class Differently(Entry):
    """What is different about a document in an edition that needs more room. What is left out stays as it is."""

    orientation: Literal["portrait", "landscape"] | None = None
    sides: Annotated[int | None, Field(strict=True, ge=1, le=2)] = None
    flip: Literal["long", "short", "none"] | None = None
    to_a_sheet: Positive | None = None
    most_pages: Positive | None = None
    """There is no limit when left out: more room is what the edition is for."""


class DocumentKind(Entry):
    """A kind of document: who it is for, how it is made, where it goes and how it is printed."""

    id: Id
    title: Line = ""
    """This, the purpose, the note and what to do with printed sheets stand in `words/<language>.yaml`."""
    purpose: Line = ""
    audience: Literal["participant", "facilitator", "room"]
    output: Literal["pdf", "cards", "deck", "html", "text", "calendar"]
    path: Line
    """Within the pack. `{number}` and `{id}` stand for the handout's where there is one for each; `{session}` for
    the number and id of the session (`-2-the-role`), and for nothing in a workshop of one session."""
    when: Literal["always", "dated", "activity", "material", "scenarios", "homework", "recall"] = "always"
    """In every pack; only when the workshop has a date, has the activity named below, names the document as a
    material in one of its activities, has scenarios, sets homework between its sessions, or asks from memory."""
    pack: bool = True
    """False for what a command of its own makes, such as the proof of a brand: no pack holds it."""
    format: Literal["room", "call"] | None = None
    """Only for workshops in a room, or only for those by video call."""
    activity: Id | None = None
    moment: Literal["before", "session", "between", "after"] = "session"
    """When people need it: `index.html` keeps what is sent before, between sessions and afterwards apart from what
    the day needs."""
    needed: Literal["first", "every", "last", "never"] = "every"
    """At which sessions it is needed in the room, if it is printed."""
    send: Interval | None = None
    """When a facilitator sends it to participants: counted from the first session for what is needed before, from
    the last for what comes after, and from its own session for what goes out between 2."""
    cards: CardLayout | None = None
    each: Literal["handout", "session"] | None = None
    """There is a file of it for each of these."""
    pages_of: Id | None = None
    """Its pages are taken from this other document instead of being laid out again."""
    booklet_of: Id | None = None
    """It is this other document, laid out on pages of half the size and imposed: 2 to each side of a sheet, which is
    folded and stapled."""
    paper: Literal["A4", "A5", "screen"] = "A4"
    weight: Annotated[int, Field(strict=True, ge=60, le=400)] = PLAIN
    """Of the paper, in g/m²; cards on a sheet that is sold cut already have the weight of that."""
    colour: Literal["colour", "mono"] = "mono"
    """Whether it is nicer in colour. Nothing is lost in black and white, whatever is said here."""
    staple: bool = False
    """Several sheets of a copy are stapled together."""
    orientation: Literal["portrait", "landscape"] = "portrait"
    sides: Annotated[int, Field(strict=True, ge=1, le=2)] = 1
    flip: Flip = "none"
    most_pages: Positive | None = None
    """A document that must not grow beyond this is refused when it does."""
    forms: bool = False
    """Its boxes and fields (`input`, `textarea`) can be filled in on a screen, and are printed empty all the same."""
    copies: Copies | None = None
    editions: dict[EditionName, Differently] = Field(default_factory=dict)
    note: Line | None = None
    after_printing: Line = ""
    after_printing_larger: Line = ""
    order: Annotated[int, Field(strict=True)] = 100

    @property
    def has_web_page(self) -> bool:
        """Whether a page for browsers stands beside it, as beside all that participants read on paper."""
        of_its_own = self.pages_of is None and self.booklet_of is None
        return of_its_own and self.audience == "participant" and self.output in ("pdf", "cards")

    @property
    def template(self) -> str:
        """The folder of `templates` with the page that it is drawn from."""
        return self.booklet_of or self.id

    @model_validator(mode="after")
    def _cards_have_a_layout(self) -> Self:
        if (self.output == "cards") != (self.cards is not None):
            raise ValueError("`cards` must be there when, and only when, `output` is cards")
        return self

    @model_validator(mode="after")
    def _one_for_each_session_says_so_in_its_path(self) -> Self:
        if (self.each == "session") != ("{session}" in self.path):
            raise ValueError("`path` must hold `{session}` when, and only when, there is one for each session")
        return self

    @model_validator(mode="after")
    def _names_the_activity_it_depends_on(self) -> Self:
        if (self.when == "activity") != (self.activity is not None):
            raise ValueError("`activity` must be there when, and only when, `when` is activity")
        return self
