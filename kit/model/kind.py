"""What kinds of document there are: `templates/<document>/document.yaml`."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from kit.model.entry import Count, Entry, Id, Line, Positive


class Copies(Entry):
    """How many copies a session needs."""

    per: Literal["person", "facilitator", "table", "room"]
    count: Count = 1
    spares: bool = False
    """Print the session's spares too."""


class DocumentKind(Entry):
    """A kind of document: who it is for, how it is made, where it goes and how it is printed."""

    id: Id
    title: Line
    purpose: Line
    audience: Literal["participant", "facilitator", "room"]
    output: Literal["pdf", "cards", "deck", "html"]
    path: Line
    """Within the pack; `{number}` and `{id}` stand for the handout's where `each` is given."""
    each: Literal["handout"] | None = None
    pages_of: Id | None = None
    """Its pages are taken from this other document instead of being laid out again."""
    paper: Literal["A4", "A5", "screen"] = "A4"
    orientation: Literal["portrait", "landscape"] = "portrait"
    sides: Annotated[int, Field(strict=True, ge=1, le=2)] = 1
    flip: Literal["long", "short", "none"] = "none"
    most_pages: Positive | None = None
    """A document that must not grow beyond this is refused when it does."""
    copies: Copies | None = None
    note: Line | None = None
    order: Annotated[int, Field(strict=True)] = 100
