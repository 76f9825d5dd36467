"""Where a trust's files name things of the base, and new names put in their place."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import Any

from kit.diagnostics import Place
from kit.edit import with_value
from kit.model.change import VERBS, target
from kit.model.moved import Move
from kit.renames import Renames
from kit.source import Path, SourceText, read_yaml

_TARGET = re.compile(r"(?:(?:step|slide) )?[a-z0-9-]+(?:/[a-z0-9-]+)?|(?:block|document|quote) [a-z0-9-]+")

ActivityOf = Callable[[str, str], str]
"""The id of the activity of a block, by the ids of plan and block as they are now; empty when it has none."""


@dataclass(frozen=True)
class Renamed:
    """An old name in a file. `done` is false where a person must write the new one."""

    place: Place
    kind: str
    old: str
    new: str
    done: bool = True


@dataclass(frozen=True)
class _Mention:
    """A spot that names something, and its text with the new name."""

    path: Path
    kind: str
    old: str
    new: str
    key: bool = False


def with_new_names(
    role: str,
    source: SourceText,
    text: str,
    moves: Collection[Move],
    *,
    activity_of: ActivityOf,
    own: Collection[tuple[str, str]],
) -> tuple[str, tuple[Renamed, ...]]:
    """The text of a trust's file with every old name replaced, and what was, or could not be, replaced.

    `text` is the file as it stands, line ends and all; `source` is what was read of it. What has the name of a file
    of the trust's `own` means that file.
    """
    renames = _Renaming(Renames(moves), activity_of, own)
    told: list[Renamed] = []
    # Keys last: the way to a value leads through them.
    for mention in sorted(renames.mentions(role, source.data), key=lambda mention: mention.key):
        edited = with_value(text, mention.path, mention.new, key=mention.key)
        place = source.place(mention.path, key=mention.key)
        told.append(Renamed(place, mention.kind, mention.old, mention.new, edited is not None))
        text = edited or text
    for move in moves:
        if move.kind == "term":
            text, spots = _with_new_term(text, move.from_, Renames(moves).named("term", move.from_), source)
            told += spots
    return text, tuple(sorted(told, key=lambda each: (each.place, each.old)))


def _with_new_term(text: str, old: str, new: str, source: SourceText) -> tuple[str, list[Renamed]]:
    """Every `{{ term.old }}` and its plural by the new name."""
    named = re.compile(rf"(\{{\{{\s*term\.){re.escape(old)}\b")
    spots = [
        Renamed(Place(source.file, number, found.start() + 1, line), "term", f"term.{old}", f"term.{new}")
        for number, line in enumerate(source.lines, 1)
        for found in named.finditer(line)
    ]
    edited = named.sub(rf"\g<1>{new}", text)
    sound = not read_yaml(edited.removeprefix("\ufeff").replace("\r\n", "\n"), source.file).diagnostics
    return (edited, spots) if spots and sound else (text, [])


@dataclass(frozen=True)
class _Renaming:
    renames: Renames
    activity_of: ActivityOf
    own: Collection[tuple[str, str]]

    def mentions(self, role: str, data: Any) -> Iterator[_Mention]:
        """Everything in a file that has a new name. What is not as it should be names nothing: a fault of its own."""
        kind = role.partition(":")[0]
        if kind == "trust":
            yield from self._of_a_profile(data)
        if kind == "plan":
            yield from self._blocks(data, ())
            for n, session in _items(_get(data, "sessions")):
                yield from self._blocks(session, ("sessions", n))
            yield from self._listed("document", _get(data, "leave_out"), ("leave_out",))
        if kind == "activity":
            yield from self._listed("quote", _get(data, "quotes"), ("quotes",))
            for n, slide in _items(_get(data, "slides")):
                yield from self._one("quote", slide, "quote", ("slides", n))
            for n, part in _items(_get(_get(data, "worksheet"), "parts")):
                yield from self._listed("quote", _get(part, "quotes"), ("worksheet", "parts", n, "quotes"))
            for n, material in _items(_get(data, "materials")):
                yield from self._one("document", material, "document", ("materials", n))

    def _of_a_profile(self, data: Any) -> Iterator[_Mention]:
        for section in ("session", "cpd"):
            yield from self._one("plan", _get(data, section), "plan", (section,))
        yield from self._keys("term", _get(data, "terms"), ("terms",))
        changes = _get(data, "changes")
        yield from self._keys("plan", changes, ("changes",))
        for plan in changes if isinstance(changes, dict) else ():
            brought = dict(_brought(changes[plan]))
            for n, change in _items(changes[plan]):
                path: Path = ("changes", plan, n)
                for key in (*VERBS, "before", "after"):
                    yield from self._target(change, key, plan, brought, path)
                for key in ("add", "by"):
                    yield from self._one("activity", _get(change, key), "activity", (*path, key))
                    yield from self._one("quote", _get(change, key), "quote", (*path, key))

    def _target(self, change: Any, key: str, plan: str, brought: dict[str, str], path: Path) -> Iterator[_Mention]:
        written = _get(change, key)
        if not isinstance(written, str) or not _TARGET.fullmatch(written):
            return
        spot, now = target(written), self.renames.named("plan", plan)
        block, id = "", self.renames.named(spot.kind, spot.id)
        if spot.kind not in ("document", "quote", "task"):
            mine = spot.block in brought or ("plan", plan) in self.own
            block = spot.block if mine else self.renames.named("block", spot.block, now)
            activity = brought.get(spot.block, "") if mine else self.activity_of(now, block)
            theirs = bool(activity) and ("activity", activity) not in self.own
            id = self.renames.named(spot.kind, spot.id, activity) if spot.id and theirs else spot.id
        word = written.partition(" ")[0] + " " if " " in written else ""
        new = word + "/".join(part for part in (block, id) if part)
        if new != written:
            yield _Mention((*path, key), spot.kind, written, new)

    def _blocks(self, session: Any, path: Path) -> Iterator[_Mention]:
        for n, block in _items(_get(session, "blocks")):
            yield from self._one("activity", block, "activity", (*path, "blocks", n))

    def _one(self, kind: str, record: Any, key: str, path: Path) -> Iterator[_Mention]:
        yield from self._named(kind, _get(record, key), (*path, key))

    def _listed(self, kind: str, values: Any, path: Path) -> Iterator[_Mention]:
        for n, value in _items(values):
            yield from self._named(kind, value, (*path, n))

    def _keys(self, kind: str, record: Any, path: Path) -> Iterator[_Mention]:
        for key in record if isinstance(record, dict) else ():
            yield from self._named(kind, key, (*path, key), key=True)

    def _named(self, kind: str, value: Any, path: Path, *, key: bool = False) -> Iterator[_Mention]:
        if isinstance(value, str) and (kind, value) not in self.own:
            new = self.renames.named(kind, value)
            if new != value:
                yield _Mention(path, kind, value, new, key)


def _brought(changes: Any) -> Iterator[tuple[str, str]]:
    """The id of every block that changes bring in, and of its activity."""
    for _, change in _items(changes):
        for key in ("add", "by"):
            block = _get(change, key)
            if isinstance(_get(block, "id"), str) and isinstance(_get(block, "activity"), str):
                yield block["id"], block["activity"]


def _get(record: Any, key: str) -> Any:
    return record.get(key) if isinstance(record, dict) else None


def _items(values: Any) -> Iterator[tuple[int, Any]]:
    return enumerate(values) if isinstance(values, list) else iter(())
