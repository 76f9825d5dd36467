"""Texts in other languages beside the content's own: `cy: {title: ..., do: ...}` in any entry.

A translation stands next to what it translates, so that whoever changes the one sees the other. It is taken out
before an entry is validated, and found again by the path of the text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, get_args

from pydantic import BaseModel, StringConstraints

from kit.diagnostics import Diagnostic
from kit.model.article import Quote
from kit.model.entry import LONGEST_LINE, LONGEST_TEXT
from kit.model.language import ENGLISH, NAMES, TAGS, Tag
from kit.source import Path, SourceText

OTHERS: tuple[Tag, ...] = tuple(tag for tag in TAGS if tag != ENGLISH)


def untranslated(data: Any) -> Any:
    """`data` without its translations: what an entry is validated as."""
    if isinstance(data, dict):
        return {key: untranslated(value) for key, value in data.items() if not _is_translation(key, value)}
    if isinstance(data, list):
        return [untranslated(item) for item in data]
    return data


def _is_translation(key: object, value: object) -> bool:
    return key in OTHERS and isinstance(value, dict)


def translations(text: SourceText, tag: Tag) -> Mapping[Path, str]:
    """The texts of a file in the language `tag`, by the paths of those that they stand for."""
    return {
        there: words
        for path, spoken, said in _all(text.data, ())
        if spoken == tag
        for name, value in said.items()
        for there, words in _said(value, (*path, name))
    }


def _said(said: Any, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(said, str):
        yield path, said.strip()
    elif isinstance(said, list):
        yield from (((*path, n), item.strip()) for n, item in enumerate(said) if isinstance(item, str))


FOLDERS = {"plan": "plans", "activity": "activities"}
FILES = {name: f"article/{name}" for name in ("source", "themes", "voices")} | {
    name: name for name in ("tasks", "frameworks")
}
"""What files of words call the files of the content, by what a library calls them."""


def file_name(role: str) -> str:
    """What files of words call a file: `plans/half-day` for `plan:half-day`; empty for one that they say nothing of."""
    kind, _, id = role.partition(":")
    return f"{FOLDERS[kind]}/{id}" if kind in FOLDERS and id else FILES.get(role, "")


def ways(text: SourceText) -> Mapping[str, Path]:
    """The path of every text of a file by the way to it: ids where there are any, else numbers from 1."""
    return dict(_ways(text.data, (), ()))


def _ways(data: Any, way: tuple[str, ...], path: Path) -> Iterator[tuple[str, Path]]:
    if isinstance(data, str):
        yield "/".join(way), path
    elif isinstance(data, dict):
        for key, value in data.items():
            if not _is_translation(key, value):
                yield from _ways(value, (*way, str(key)), (*path, key))
    elif isinstance(data, list):
        for position, item in enumerate(data):
            id = item.get("id") if isinstance(item, dict) else None
            yield from _ways(item, (*way, str(id or position + 1)), (*path, position))


def text_faults(
    words: Mapping[str, Mapping[str, str]], text: SourceText, read: Mapping[str, SourceText]
) -> Iterator[Diagnostic]:
    """Texts of a file of words that lead nowhere in the files that were read, which are given by role."""
    known = {file_name(role): source for role, source in read.items() if file_name(role)}
    for file, said in words.items():
        if file not in known:
            # A check of one plan reads its own activities alone.
            if file.partition("/")[0] not in FOLDERS.values() and file not in FILES.values():
                yield Diagnostic(
                    "nothing-to-translate",
                    f"There is no file “{file}” to translate.",
                    "Write it as `plans/half-day`, `activities/troika`, `article/themes` or `tasks`.",
                    text.place(("texts", file), key=True),
                )
            continue
        there = ways(known[file])
        for way in said:
            if way not in there:
                yield Diagnostic(
                    "nothing-to-translate",
                    f"There is no text “{way}” in {file}.",
                    "Take the way to it from: kit list untranslated --trust FOLDER.",
                    text.place(("texts", file, way), key=True),
                )


def translation_faults(text: SourceText, entry: BaseModel) -> Iterator[Diagnostic]:
    """Translations of what is not there or is no text, and those that do not match it. `entry` is the file's."""
    for path, tag, said in _all(text.data, ()):
        parent = _at(entry, path)
        model = type(parent) if isinstance(parent, BaseModel) else BaseModel
        known = [name for name in model.model_fields if is_prose(model, name)]
        for name, words in said.items():
            here = (*path, tag, name)
            if name not in known:
                yield Diagnostic(
                    "nothing-to-translate",
                    f"There is no text “{name}” here to say in {NAMES[tag]}.",
                    f"It may translate: {', '.join(known)}." if known else "Take it out.",
                    text.place(here, key=True),
                )
                continue
            yield from _mismatch(getattr(parent, name), words, _most(model, name), text, here)


def _mismatch(original: Any, words: Any, most: int, text: SourceText, path: Path) -> Iterator[Diagnostic]:
    place = text.place(path)
    if isinstance(original, tuple):
        if not isinstance(words, list) or len(words) != len(original):
            yield Diagnostic(
                "translation-does-not-match",
                f"“{path[-1]}” is a list of {len(original)}, and so must its translation be.",
                "Translate every item, in the same order.",
                place,
            )
            return
        pairs = list(words)
    else:
        pairs = [words]
    for said in pairs:
        if not isinstance(said, str) or not said.strip():
            advice = "Write the words, in quotation marks where they hold a colon."
            yield Diagnostic("translation-does-not-match", f"“{path[-1]}” must be a text.", advice, place)
        elif len(said.strip()) > most or (most == LONGEST_LINE and "\n" in said.strip()):
            yield Diagnostic(
                "translation-does-not-match",
                f"“{path[-1]}” has room for {most} characters" + (" on 1 line." if most == LONGEST_LINE else "."),
                "Shorten it.",
                place,
            )
    if original in (None, ()):
        yield Diagnostic(
            "translation-does-not-match",
            f"“{path[-1]}” stands here in {NAMES[path[-2]]} alone.",  # type: ignore[index]
            "Write it in English too: that is what all other editions print.",
            place,
        )


def _all(data: Any, path: Path) -> Iterator[tuple[Path, Tag, Mapping[str, Any]]]:
    if isinstance(data, dict):
        for key, value in data.items():
            if _is_translation(key, value):
                yield path, key, value
            else:
                yield from _all(value, (*path, key))
    elif isinstance(data, list):
        for position, item in enumerate(data):
            yield from _all(item, (*path, position))


def _at(entry: Any, path: Path) -> Any:
    for part in path:
        if isinstance(entry, BaseModel):
            entry = getattr(entry, str(part), None)
        elif isinstance(entry, Mapping):
            entry = entry.get(part)
        elif isinstance(entry, tuple) and isinstance(part, int) and part < len(entry):
            entry = entry[part]
        else:
            return None
    return entry


def is_prose(model: type[BaseModel], name: str) -> bool:
    """Whether a field holds words to translate: not an id or an address, and nothing of a quotation."""
    return model is not Quote and _most(model, name) > 0


@lru_cache(maxsize=4096)
def _most(model: type[BaseModel], name: str) -> int:
    """How many characters the words of a field may have; 0 for a field without words."""
    field = model.model_fields[name]
    return _longest([*field.metadata, *get_args(field.annotation)])


def _longest(parts: list[Any]) -> int:
    for part in parts:
        if isinstance(part, StringConstraints):
            return part.max_length if part.max_length in (LONGEST_LINE, LONGEST_TEXT) else 0
        if inner := _longest([*getattr(part, "__metadata__", ()), *get_args(part)]):
            return inner
    return 0
