"""The article: its reference, its voices, its themes and what may be quoted from it."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from kit.model.entry import Entry, Id, Line, Positive, Text
from kit.model.language import put_together

SIC = re.compile(r"\s*\[sic\]")
CUT = re.compile(r"\s*\[(?:\.\.\.|…)\]\s*")


class Doi(Entry):
    """A DOI, and whether it was read in the source or follows from the publisher's pattern."""

    value: Line
    status: Literal["verified", "inferred"]


class Source(Entry):
    """The bibliographic record, how long the article is, and what a user may do with its words."""

    title: Line
    author: Line
    journal: Line
    year: Annotated[int, Field(strict=True, ge=1800, le=2200)]
    volume: Positive
    article: Line
    published: date
    doi: Doi
    words: Annotated[int, Field(strict=True, ge=1)]
    quoting: Text
    """What the source page tells participants about reproducing more than the quotations."""

    @property
    def citation(self) -> str:
        stop = "" if self.title.endswith((".", "?", "!")) else "."
        said = {"author": self.author, "title": self.title, "journal": self.journal, "article": self.article}
        pattern = f"{{author}}. {{title}}{stop} {{journal}} {{year}};{{volume}}:{{article}}."
        return put_together(pattern, year=self.year, volume=self.volume, **said)

    @property
    def short_citation(self) -> str:
        return f"{self.author}. {self.journal} {self.year};{self.volume}:{self.article}"


class Voice(Entry):
    """One of the people the article quotes, with the post it gives them."""

    id: Id
    name: Line
    post: Line
    """The post in the year of the article, as the article gives it."""
    position: Text
    """What this person argues, in our own words, in one or two sentences."""


class Theme(Entry):
    """One idea of the article, in our own words."""

    id: Id
    title: Line
    explanation: Text
    question: Text
    symbol: Id
    """The drawing in `templates/shared/symbols` that stands beside the title."""
    voices: Annotated[tuple[Id, ...], Field(min_length=1)]


class Quote(Entry):
    """A speaker's exact words.

    `[sic]` after a slip and `[...]` where words are left out are ours; all else is the article's.
    """

    id: Id
    voice: Id
    text: Text
    paragraph: Positive
    """Counted from the first paragraph after the standfirst; headings are not counted."""
    themes: Annotated[tuple[Id, ...], Field(min_length=1)]

    @property
    def fragments(self) -> tuple[str, ...]:
        """The runs of words that must each stand in the article without a change."""
        return tuple(part.strip() for part in CUT.split(SIC.sub("", self.text)) if part.strip())

    @property
    def words(self) -> int:
        return sum(len(fragment.replace(". . .", " ").split()) for fragment in self.fragments)


class Voices(Entry):
    """`voices.yaml`."""

    voices: Annotated[tuple[Voice, ...], Field(min_length=1)]


class Themes(Entry):
    """`themes.yaml`."""

    themes: Annotated[tuple[Theme, ...], Field(min_length=1)]


class Quotes(Entry):
    """`quotes.yaml`."""

    quotes: Annotated[tuple[Quote, ...], Field(min_length=1)]


class Article(Entry):
    """Everything the workshops draw on, in the order in which it is written."""

    source: Source
    voices: tuple[Voice, ...]
    themes: tuple[Theme, ...]
    quotes: tuple[Quote, ...]

    def voice(self, id: str) -> Voice:
        return next(v for v in self.voices if v.id == id)

    def theme(self, id: str) -> Theme:
        return next(t for t in self.themes if t.id == id)

    def quote(self, id: str) -> Quote:
        return next(q for q in self.quotes if q.id == id)
