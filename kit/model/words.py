"""How content speaks when no trust is named, and how a pack says what is the same in all of them."""

from __future__ import annotations

from pydantic import Field

from kit.model.entry import Entry, Id, Line, Text
from kit.model.language import DocumentWords, Phrases
from kit.model.terms import Terms, TrustTerms


class Words(Entry):
    """`content/words/en-GB.yaml`: all of it."""

    name: Line
    short: Line
    terms: Terms
    documents: dict[Id, DocumentWords]
    phrases: Phrases


class Translation(Entry):
    """`words/<language>.yaml` of the content, or of a trust's folder: as much as there is."""

    name: Line | None = None
    short: Line | None = None
    terms: TrustTerms = TrustTerms()
    documents: dict[Id, DocumentWords] = Field(default_factory=dict)
    phrases: Phrases = Field(default_factory=dict)
    texts: dict[str, dict[str, Text]] = Field(default_factory=dict)
    """What content says, by its file and the way to it: `plans/half-day`, `blocks/break/title`."""
