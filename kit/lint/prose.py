"""Every text of the content as it is written: where it stands, and who reads it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from kit.diagnostics import Place
from kit.source import Path, SourceText

PARTICIPANT = {
    "activity": {
        *("title", "summary", "do", "ask", "question", "prompt", "prompts", "text", "caption", "alt", "columns"),
        *("rows", "items", "points", "heading", "statement", "choices", "message"),
    },
    "plan": {"title", "subtitle", "audience", "welcome", "before", "text", "ask", "homework"},
    "themes": {"title", "explanation", "question"},
    "voices": {"position"},
    "tasks": {"text"},
    "source": {"quoting"},
    "trust": {
        *("title", "text", "question", "room", "address", "step_free", "hearing_loop", "accessible_toilet"),
        *("quiet_room", "parking", "fire_exit", "assembly_point", "wifi", "privacy.purpose", "retention"),
    },
}
"""For each role of a file, the keys whose texts participants read. The role is what stands before the colon.

A key may be written with the key that it stands under, where that makes a difference: `privacy.purpose`.
"""

NAMES = {"trust": {"policies.title"}}
"""What would be prose by its key, and is a name that somebody else gave."""

FACILITATOR = {
    "activity": {
        *("purpose", "say", "watch", "listen", "land", "room", "prepare", "item", "note", "they_say", "you_say"),
        *("small_group", "large_group", "online", "no_tables", "access", "answers"),
    },
    "plan": {"purpose", "note", "answer"},
    "tasks": {"why"},
    "trust": {"purpose", "note", "why", "because"},
    "frameworks": {"licence"},
}
"""The same for texts that are the facilitator's alone."""

_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"")
_PLACEHOLDER = re.compile(r"\{\{.*?\}\}")


class Passage(NamedTuple):
    """One text. `prose` is false for what is not ours to style: names, references, quotations, settings."""

    source: SourceText
    role: str
    path: Path
    key: str
    words: str
    prose: bool
    for_participants: bool

    @property
    def place(self) -> Place:
        return self.source.place(self.path)

    @property
    def unquoted(self) -> str:
        """The words, with a dash in the place of everything that stands in quotation marks."""
        return _QUOTED.sub("–", self.words) if "“" in self.words or '"' in self.words else self.words


def passages(texts: Iterable[tuple[str, SourceText]]) -> Iterator[Passage]:
    """Every text of the files, which are given with their roles as a library has them."""
    nothing: set[str] = set()
    for name, source in texts:
        role = name.partition(":")[0]
        theirs, ours, names = (table.get(role, nothing) for table in (PARTICIPANT, FACILITATOR, NAMES))
        found: list[tuple[Path, str, str]] = []
        _collect(source.data, (), "", found)
        for path, key, words in found:
            under = f"{next((part for part in reversed(path[:-1]) if isinstance(part, str)), '')}.{key}"
            shown = under in theirs or (key in theirs and under not in names)
            yield Passage(source, role, path, key, words, shown or (key in ours and under not in names), shown)


def _collect(value: Any, path: Path, key: str, found: list[tuple[Path, str, str]]) -> None:
    if isinstance(value, str):
        found.append((path, key, value))
    elif isinstance(value, dict):
        for name, inner in value.items():
            _collect(inner, (*path, name), name, found)
    elif isinstance(value, list):
        for position, inner in enumerate(value):
            _collect(inner, (*path, position), key, found)


def without_placeholders(words: str, instead: str = "") -> str:
    """`words` with `instead` where a trust's own words will stand."""
    return _PLACEHOLDER.sub(instead, words) if "{{" in words else words
