"""Content in an organisation's own words: placeholders filled, quotation marks curled, every slip with its place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from pydantic import BaseModel

from kit.diagnostics import Diagnostic, Place
from kit.faults import near
from kit.load import Library
from kit.model.trust import Terms
from kit.source import Path, SourceText
from kit.wording import BadPlaceholder, UnknownWord, Vocabulary, Wording, curly, has_placeholders, put_in

M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True)
class Origin:
    """Where a record is written, and which of its fields are written elsewhere: what a trust's change set."""

    text: SourceText
    path: Path = ()
    elsewhere: Mapping[str, Origin] = field(default_factory=dict)

    def place(self, path: Path) -> Place:
        other = self.elsewhere.get(str(path[0])) if path else None
        return other.place(path) if other else self.text.place((*self.path, *path))


def vocabulary(library: Library) -> Vocabulary:
    """The trust's words where it has them, the base's where it has not."""
    words, trust = library.words, library.trust
    terms = {
        name: (getattr(trust.terms, name) if trust else None) or getattr(words.terms, name)
        for name in Terms.model_fields
    }
    owner = trust or words
    return Vocabulary(
        trust={"name": owner.name, "short": owner.short},
        term={name: Wording(term.one, term.many) for name, term in terms.items()},
    )


class Phrasing:
    """Puts one edition's words into records, and keeps what cannot be read."""

    def __init__(self, words: Vocabulary) -> None:
        self.words = words
        self.faults: list[Diagnostic] = []

    def put(self, value: M, origin: Origin) -> M:
        """`value` with every text of it in the edition's words; a text that cannot be read stays as it is."""
        return map_text(value, lambda text, where: self._text(text, origin, where))

    def _text(self, text: str, origin: Origin, where: Path) -> str:
        if not has_placeholders(text):
            return curly(text)
        try:
            return curly(put_in(text, self.words))
        except UnknownWord as error:
            hint = near(error.name, self.words.names())
            names = ", ".join(name for name in self.words.names() if name.count(".") == 1)
            message = f"There is no word “{error.name}”. {hint}".strip()
            self.faults.append(Diagnostic("unknown-term", message, f"The words are: {names}.", origin.place(where)))
        except BadPlaceholder:
            self.faults.append(
                Diagnostic(
                    "bad-placeholder",
                    "The braces in this text cannot be read.",
                    "Write a name and nothing else between two pairs of braces, as in {{ trust.short }}.",
                    origin.place(where),
                )
            )
        return text


def worded(library: Library) -> Library:
    """`library` in its organisation's words, for listings."""
    phrasing, nowhere = Phrasing(vocabulary(library)), Origin(SourceText("", None))
    themes = tuple(phrasing.put(theme, nowhere) for theme in library.article.themes)
    return replace(
        library,
        article=library.article.model_copy(update={"themes": themes}),
        activities={id: phrasing.put(activity, nowhere) for id, activity in library.activities.items()},
        plans={id: phrasing.put(plan, nowhere) for id, plan in library.plans.items()},
    )


def activity_faults(library: Library) -> tuple[Diagnostic, ...]:
    """What cannot be read in the words of the activities, those that no plan uses included."""
    phrasing = Phrasing(vocabulary(library))
    for id, activity in library.activities.items():
        phrasing.put(activity, Origin(library.texts[f"activity:{id}"]))
    return tuple(dict.fromkeys(phrasing.faults))


def map_text(value: M, put: Callable[[str, Path], str], path: Path = ()) -> M:
    """A copy of a record in which every text has gone through `put(text, path)`; the record itself if none changes."""
    changed = {}
    for name in type(value).model_fields:
        before = getattr(value, name)
        after = _map_any(before, put, (*path, name))
        if after is not before:
            changed[name] = after
    return value.model_copy(update=changed) if changed else value


def _map_any(value: Any, put: Callable[[str, Path], str], path: Path) -> Any:
    if isinstance(value, str):
        put_in_place = put(value, path)
        return value if put_in_place == value else put_in_place
    if isinstance(value, BaseModel):
        return map_text(value, put, path)
    if isinstance(value, tuple):
        items = tuple(_map_any(item, put, (*path, i)) for i, item in enumerate(value))
        return items if any(a is not b for a, b in zip(items, value, strict=True)) else value
    if isinstance(value, Mapping):
        return {key: _map_any(item, put, (*path, key)) for key, item in value.items()}
    return value
