"""Content in an organisation's own words: placeholders filled, quotation marks curled, every slip with its place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from pydantic import BaseModel

from kit.diagnostics import Diagnostic, Place
from kit.faults import near
from kit.load import Library
from kit.model.article import Themes
from kit.model.language import ENGLISH, InEnglish, Language
from kit.model.task import Tasks
from kit.model.terms import Terms
from kit.source import Path, SourceText
from kit.translations import file_name, is_prose, translations, ways
from kit.wording import BadPlaceholder, UnknownWord, Vocabulary, Wording, curly, has_placeholders, put_in

M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True)
class Origin:
    """Where a record is written, and which of its fields are written elsewhere: what a trust's change set."""

    text: SourceText
    path: Path = ()
    elsewhere: Mapping[str, Origin] = field(default_factory=dict)

    def place(self, path: Path) -> Place:
        text, whole = self.written(path)
        return text.place(whole)

    def written(self, path: Path) -> tuple[SourceText, Path]:
        """The file in which the value at `path` of the record is written, and its path in it."""
        other = self.elsewhere.get(str(path[0])) if path else None
        return other.written(path) if other else (self.text, (*self.path, *path))


def vocabulary(library: Library, language: Language) -> Vocabulary:
    """In `language`, the trust's words where it has them, the base's where it has not."""
    base, trust = language, library.trust
    if trust is not None and base.tag != ENGLISH:
        said = translations(library.texts["trust"], base.tag)
        trust = map_text(trust, lambda text, path, prose: said.get(path, text) if prose else text)
    terms = {
        name: (getattr(trust.terms, name) if trust else None) or getattr(base.terms, name)
        for name in Terms.model_fields
    }
    owner = trust or base
    return Vocabulary(
        trust={"name": owner.name, "short": owner.short},
        term={name: Wording(term.one, term.many, has_article=base.tag == ENGLISH) for name, term in terms.items()},
    )


class Phrasing:
    """Puts one edition's words into records, and keeps what cannot be read."""

    def __init__(self, library: Library, language: Language) -> None:
        self.words = vocabulary(library, language)
        self.language = language.tag
        self._texts = {
            library.texts[role].file: language.texts[name]
            for role in library.texts
            if (name := file_name(role)) in language.texts
        }
        self._english_words = self.words if language.tag == ENGLISH else vocabulary(library, library.english)
        self.faults: list[Diagnostic] = []
        self.english: dict[str, set[Path]] = {}
        """By file, the paths of the texts that have no words in the language."""
        self._translated: dict[str, Mapping[Path, str]] = {}

    def put(self, value: M, origin: Origin) -> M:
        """`value` with every text of it in the edition's words; a text that cannot be read stays as it is."""
        return map_text(value, lambda text, where, prose: self._text(text, origin, where, prose))

    def _text(self, text: str, origin: Origin, where: Path, prose: bool) -> str:
        words = self.words
        if prose and self.language != ENGLISH:
            said = self._said(*origin.written(where))
            # A sentence that stays English speaks of the organisation in English too.
            text, words = (text, self._english_words) if said is None else (said, self.words)
        stays = words is not self.words
        if not has_placeholders(text):
            return InEnglish(curly(text)) if stays else curly(text)
        try:
            filled = curly(put_in(text, words))
            return InEnglish(filled) if stays else filled
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

    def _said(self, source: SourceText, path: Path) -> str | None:
        if source.file not in self._translated:
            there = ways(source) if source.file in self._texts else {}
            told = {there[way]: said for way, said in self._texts.get(source.file, {}).items() if way in there}
            self._translated[source.file] = {**translations(source, self.language), **told}
        said = self._translated[source.file].get(path)
        if said is None:
            self.english.setdefault(source.file, set()).add(path)
        return said


def worded(library: Library) -> Library:
    """`library` in its organisation's words, for listings."""
    phrasing, nowhere = Phrasing(library, library.english), Origin(SourceText("", None))
    themes = tuple(phrasing.put(theme, nowhere) for theme in library.article.themes)
    return replace(
        library,
        article=library.article.model_copy(update={"themes": themes}),
        activities={id: phrasing.put(activity, nowhere) for id, activity in library.activities.items()},
        plans={id: phrasing.put(plan, nowhere) for id, plan in library.plans.items()},
    )


def activity_faults(library: Library) -> tuple[Diagnostic, ...]:
    """What cannot be read in the words of the activities, those that no plan uses included."""
    phrasing = Phrasing(library, library.english)
    for id, activity in library.activities.items():
        phrasing.put(activity, Origin(library.texts[f"activity:{id}"]))
    return tuple(dict.fromkeys(phrasing.faults))


Put = Callable[[str, Path, bool], str]


def english_texts(library: Library) -> list[tuple[str, str, str]]:
    """The texts of an edition that have no words in its language: file, way and English, in the order of the files."""
    phrasing = Phrasing(library, library.language)
    for role, text in library.texts.items():
        entry = _entry(library, role)
        if entry is not None:
            phrasing.put(entry, Origin(text))
    found = []
    for role, text in library.texts.items():
        to = {path: way for way, path in ways(text).items()}
        paths = sorted(phrasing.english.get(text.file, ()), key=lambda path: text.values.get(path, (0, 0)))
        found += [(file_name(role) or text.file, to[path], str(_value(text.data, path))) for path in paths]
    return sorted(found, key=lambda each: each[0])


def _entry(library: Library, role: str) -> BaseModel | None:
    kind, _, id = role.partition(":")
    match kind:
        case "plan":
            return library.plans.get(id)
        case "activity":
            return library.activities.get(id)
        case "themes":
            return Themes(themes=library.article.themes)
        case "tasks":
            return Tasks(tasks=library.tasks)
    return library.trust if role == "trust" else None


def _value(data: Any, path: Path) -> Any:
    for part in path:
        data = data[part]
    return data


def map_text(value: M, put: Put, path: Path = ()) -> M:
    """A copy of a record in which every string has gone through `put`; the record itself if none changes.

    `put` is given the string, its path, and whether it is for people to read.
    """
    changed = {}
    for name in type(value).model_fields:
        before = getattr(value, name)
        after = _map_any(before, put, (*path, name), is_prose(type(value), name))
        if after is not before:
            changed[name] = after
    return value.model_copy(update=changed) if changed else value


def _map_any(value: Any, put: Put, path: Path, prose: bool) -> Any:
    if isinstance(value, str):
        put_in_place = put(value, path, prose)
        return value if put_in_place == value and not isinstance(put_in_place, InEnglish) else put_in_place
    if isinstance(value, BaseModel):
        return map_text(value, put, path)
    if isinstance(value, tuple):
        items = tuple(_map_any(item, put, (*path, i), prose) for i, item in enumerate(value))
        return items if any(a is not b for a, b in zip(items, value, strict=True)) else value
    if isinstance(value, Mapping):
        return {key: _map_any(item, put, (*path, key), prose) for key, item in value.items()}
    return value
