"""The base that a trust's folder was made against, and the base now: what is recorded, and what has moved since."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

import yaml

from kit import __version__
from kit.base import NONE, Base, Facts, digest
from kit.diagnostics import Diagnostic, Place
from kit.gone import reference
from kit.load import Library
from kit.model.change import SetChange
from kit.model.language import Language
from kit.model.lock import Fact, Item, Lock, LockedItem
from kit.model.trust import Trust
from kit.source import Path
from kit.touched import OWN_FILES, Touch, touches

SHOWN = {
    "plan": ("title", "minutes"),
    "activity": ("title", "minutes", "themes"),
    "block": ("title", "minutes", "priority"),
    "step": ("title", "minutes"),
    "slide": ("title",),
    "document": ("title",),
    "quote": ("text",),
    "task": ("text", "answer"),
    "template": (),
}
"""The facts that tell a person what an item is, for each kind."""

WHOLE = {
    "plan": ("blocks",),
    "activity": ("summary", "steps"),
    "block": ("summary",),
    "step": ("do",),
    "slide": ("points", "question"),
    "document": (),
    "quote": (),
    "task": ("because",),
    "template": (),
}
"""What is kept of an item besides when all of it counts: it was left out, replaced, copied."""

OF_THE_WHOLE = ("drop", "replace", "hides", "copied", "within")
"""The touches that any change of an item's words concerns."""

LONG = {
    "purpose": "the purpose of",
    "note": "the note of",
    "do": "what to do in",
    "say": "what to say in",
    "watch": "what to watch for in",
    "points": "the points of",
}
"""Fields that are too long to repeat in a message, and how a message speaks of them."""

_HEAD = """\
# Written by kit; do not edit. It records the base that this folder was made against, so that kit can tell you when
# the base changes under one of your changes. Keep it with the folder; kit upgrade brings it up to date.
"""


# What is recorded --------------------------------------------------------------------------------


def recorded(
    base: Base, touched: Iterable[Touch], copies: Mapping[Item, Collection[str]], kept: Iterable[LockedItem] = ()
) -> Lock:
    """The lock of a folder against the base as it is. `kept` stay as they were: what is gone and still named."""
    fields: dict[Item, set[str]] = {}
    whole: set[Item] = set()
    copied = {base.now(item): tuple(sorted(ids)) for item, ids in copies.items() if ids}
    for touch in (*touched, *(Touch(item, "copied", "", ()) for item in copied)):
        item = base.now(touch.item)
        fields.setdefault(item, set(SHOWN[item.kind])).update(_kept_of(touch))
        whole |= {item} if touch.how in OF_THE_WHOLE else set()
    items = {each.item: each for each in kept}
    for item, names in fields.items():
        facts = base.facts(item)
        if facts is not None:
            was = {name: facts.values[name] for name in sorted(names) if name in facts.values}
            items[item] = LockedItem(
                kind=item.kind,
                id=item.id,
                plan=item.plan or None,
                whole=item in whole,
                hash=facts.digest if item in whole else digest(was),
                was=was,
                copies=copied.get(item, ()),
            )
    return Lock(kit=__version__, items=tuple(items[item] for item in sorted(items, key=_order)))


def with_copy(lock: Lock, base: Base, item: Item, copy: str) -> Lock:
    """The same lock, which knows that the folder has a `copy` of an item. All else that it says stays as it was."""
    known = {locked.item: locked for locked in lock.items}
    (fresh,) = recorded(base, (), {item: (copy,)}).items
    before = known.get(item)
    if before is not None:
        copies = tuple(sorted({*before.copies, copy}))
        was = dict(sorted({**fresh.was, **before.was}.items()))
        fresh = (before if before.whole else fresh).model_copy(update={"was": was, "copies": copies})
    known[item] = fresh
    return lock.model_copy(update={"items": tuple(known[each] for each in sorted(known, key=_order))})


def _order(item: Item) -> tuple[str, str, str]:
    return (item.plan, item.kind, item.id)


def _kept_of(touch: Touch) -> tuple[str, ...]:
    """The facts that a touch rests on, besides those that say what the item is."""
    match touch.how:
        case "set":
            return touch.fields
        case "move":
            return ("after",)
    return WHOLE[touch.item.kind] if touch.how in OF_THE_WHOLE else ()


def is_recorded(touch: Touch, locked: LockedItem) -> bool:
    """Whether a lock holds all of an item that a touch rests on."""
    whole = locked.whole or touch.how not in OF_THE_WHOLE
    return whole and all(name in locked.was for name in _kept_of(touch))


def lock_text(lock: Lock) -> str:
    """`kit.lock`: the same lock has the same text."""
    lines = [f"kit: {_quoted(lock.kit)}", "items:" if lock.items else "items: []"]
    for locked in lock.items:
        lines.append(f"  - kind: {locked.kind}")
        lines.append(f"    id: {_quoted(locked.id)}")
        lines += [f"    plan: {_quoted(locked.plan)}"] if locked.plan else []
        lines += ["    whole: true"] if locked.whole else []
        lines.append(f"    hash: {_quoted(locked.hash)}")
        lines.append("    was:" if locked.was else "    was: {}")
        lines += [f"      {name}: {_in_yaml(fact)}" for name, fact in locked.was.items()]
        lines += [f"    copies: {_in_yaml(locked.copies)}"] if locked.copies else []
    return _HEAD + "\n".join(lines) + "\n"


def _in_yaml(fact: Fact) -> str:
    if isinstance(fact, int):
        return str(fact)
    return _quoted(fact) if isinstance(fact, str) else f"[{', '.join(map(_quoted, fact))}]"


def _quoted(text: str) -> str:
    # Quotation marks round everything: a bare 1e5, or a hash that is all digits, would be read as a number.
    dumped: str = yaml.safe_dump(text, default_style='"', allow_unicode=True, width=1_000_000)
    return dumped.rstrip("\n")


def copies_in(lock: Lock | None, own: Collection[tuple[str, str]]) -> dict[Item, tuple[str, ...]]:
    """For each item that was copied, the copies that are still there."""
    found = {}
    for locked in lock.items if lock else ():
        there = tuple(copy for copy in locked.copies if (locked.kind, copy) in own)
        if there:
            found[locked.item] = there
    return found


def touched_by(trust: Trust, own: Collection[tuple[str, str]], base: Base, lock: Lock | None) -> tuple[Touch, ...]:
    """Every touch of a folder, those of its own files included."""
    once = {(locked.kind, locked.id) for locked in lock.items if locked.kind in OWN_FILES} if lock else set()
    there = {("plan", id) for id in base.library.plans} | {("activity", id) for id in base.library.activities}
    there |= {("template", name) for name in base.templates}
    copied = (
        Touch(item, "copied", f"{item.kind}:{copy}", ("id",))
        for item, ids in copies_in(lock, own).items()
        for copy in ids
    )
    return (*touches(trust, own, {each for each in own if each in there | base.unread | once}), *copied)


# What has moved ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Meeting:
    """A touch, and the fields that have moved under it; none when the words have changed and no fact has."""

    touch: Touch
    fields: tuple[str, ...]


@dataclass(frozen=True)
class Drift:
    """An item that is no longer what it was when a trust changed it."""

    locked: LockedItem
    item: Item
    """By its name now, if it is there."""
    now: Facts | None
    """None when it is gone."""
    meetings: tuple[Meeting, ...]


def drifts(lock: Lock, base: Base, touched: Iterable[Touch]) -> Iterator[Drift]:
    """Everything that has moved under a touch, or is gone, in the order of the lock."""
    by_item: dict[Item, list[Touch]] = {}
    for touch in touched:
        by_item.setdefault(base.now(touch.item), []).append(touch)
    for locked in lock.items:
        item = base.now(locked.item)
        found = by_item.get(item, ())
        if not found or base.unknown(item) or _in_a_plan_that_is_gone(item, base):
            continue
        facts = base.facts(item)
        if facts is None:
            yield Drift(locked, item, None, tuple(Meeting(touch, ()) for touch in found))
            continue
        met = [Meeting(touch, fields) for touch in found if (fields := _met(touch, locked, facts, base)) is not None]
        if met:
            yield Drift(locked, item, facts, tuple(met))


def _in_a_plan_that_is_gone(item: Item, base: Base) -> bool:
    """Whether an item went with its whole plan, of which a drift of its own tells."""
    return bool(item.plan) and base.facts(Item("plan", item.plan)) is None


def _met(touch: Touch, locked: LockedItem, facts: Facts, base: Base) -> tuple[str, ...] | None:
    """What has moved of what a touch rests on; None when that is as it was, or was never recorded."""
    moved = tuple(
        name
        for name, fact in locked.was.items()
        if facts.values.get(name, NONE) != _by_name_now(name, fact, locked.item, base)
    )
    match touch.how:
        case "hides" if base.now(touch.item) != touch.item:
            return ("name",)
        case "drop" | "replace" | "hides" | "copied" | "within":
            shown = (*SHOWN[locked.kind], *WHOLE[locked.kind])
            other = locked.whole and facts.digest != locked.hash
            return tuple(name for name in moved if name in shown) if other else None
        case "set":
            return tuple(name for name in moved if name in touch.fields) or None
        case "move":
            return ("after",) if "after" in moved else None
        case "uses":
            return ("minutes",) if "minutes" in moved else None
    return None


def _by_name_now(name: str, fact: Fact, item: Item, base: Base) -> Fact:
    """A fact that is made of ids, by the names that they have now."""
    if name == "after" and isinstance(fact, str) and fact != NONE:
        return base.renames.named("block", fact, item.plan)
    if name == "blocks" and isinstance(fact, tuple):
        return tuple(base.renames.named("block", id, item.id) for id in fact)
    return fact


# What is said of it ------------------------------------------------------------------------------


def warnings(found: Iterable[Drift], library: Library) -> Iterator[Diagnostic]:
    """A warning for each change that meets what has moved, at its line. What is gone and named is an error already."""
    advice = f"See what was, what is and what you have, and decide: kit upgrade --trust {reference(library)}."
    for drift in found:
        for meeting in drift.meetings:
            touch = meeting.touch
            if drift.now is None:
                continue
            for path, message in _told(drift, meeting, library):
                place = _place(library, touch.role, path)
                if place is not None:
                    yield Diagnostic("base-has-moved", message, advice, place, severity="warning")


def _place(library: Library, role: str, path: Path) -> Place | None:
    """Where a touch is written; None when its file could not be read."""
    text = library.texts.get(role)
    if text is not None:
        return text.place(path)
    own = (each for each in library.templates if f"template:{each.name}" == role)
    return next((each.place(1) for each in own), None)


def _told(drift: Drift, meeting: Meeting, library: Library) -> Iterator[tuple[tuple[str | int, ...], str]]:
    touch, name = meeting.touch, named(drift.item)
    assert drift.now is not None
    was, now = drift.locked.was, drift.now.values
    match touch.how:
        case "set":
            change = change_at(library, touch)
            assert isinstance(change, SetChange)
            for field in meeting.fields:
                ours = own_value(library.english, change, field)
                yield (*touch.change, field), _set(name, field, was[field], now[field], ours)
        case "move":
            before, since = _after(was["after"]), _after(now["after"])
            yield touch.path, f"{_start(name)} came {before} when you moved it; now it comes {since}."
        case "uses":
            yield (
                touch.path,
                f"{_start(name)} took {minutes(was['minutes'])} when you added it; it now takes {now['minutes']}.",
            )
        case "drop":
            yield touch.path, f"{_start(name)}, which you leave out, {_changed(meeting.fields, was, now)}."
        case "replace":
            yield touch.path, f"{_start(name)}, which you replaced, {_changed(meeting.fields, was, now)}."
        case "copied":
            yield touch.path, f"{_start(name)}, which you copied, {_changed(meeting.fields, was, now)}."
        case "hides" if "name" in meeting.fields:
            yield (
                touch.path,
                f"{_start(named(touch.item))}, in whose place your file stood, is called “{drift.item.id}” now. Give "
                "your file that name and that id, or it stands in for nothing.",
            )
        case "within":
            yield touch.path, f"{_start(name)}, of which you change a part, {_changed(meeting.fields, was, now)}."
        case "hides" if touch.item.kind == "template":
            yield touch.path, f"{_start(name)}, of which you change a part, has been rewritten in the base."
        case "hides":
            yield (
                touch.path,
                f"{_start(name)}, in whose place your file stands, {_changed(meeting.fields, was, now)}.",
            )


def _set(name: str, field: str, was: Fact, now: Fact, mine: Fact) -> str:
    same = " That is what you set, so your change makes no difference now." if now == mine else ""
    if field == "minutes":
        return f"{_start(name)} was {minutes(was)} when you set {mine}; it is now {now}.{same}"
    if field in LONG and was != NONE:
        return f"The text that you replaced has been rewritten in the base: {LONG[field]} {name}.{same}"
    if was == NONE:
        return f"{_start(name)} had no `{field}` of its own when you set one; now it has.{same}"
    return f"The {field} of {name} was {quoted(was)} when you set {quoted(mine)}; it is now {quoted(now)}.{same}"


def _changed(fields: tuple[str, ...], was: Mapping[str, Fact], now: Mapping[str, Fact]) -> str:
    if "minutes" in fields:
        return f"was {minutes(was['minutes'])} and is now {now['minutes']} in the base"
    if "title" in fields:
        return f"was called {quoted(was['title'])} and is now {quoted(now['title'])} in the base"
    if "priority" in fields:
        return f"was a {was['priority']} and is now a {now['priority']} in the base"
    return "has been rewritten in the base"


def _after(fact: Fact) -> str:
    return "first" if fact == NONE else f"after “{fact}”"


def named(item: Item) -> str:
    """`block “sort”`, `step “deal” of “sort”`, `quotation “west-x”`."""
    if item.kind in ("step", "slide"):
        return f"{item.kind} “{item.part}” of “{item.block}”"
    return f"{'quotation' if item.kind == 'quote' else item.kind} “{item.id}”"


def minutes(fact: Fact) -> str:
    """`25 minutes`, or a range, which says so itself."""
    return f"{fact} minute{'' if fact == 1 else 's'}" if isinstance(fact, int) else str(fact)


def quoted(fact: Fact) -> str:
    return f"“{fact}”" if isinstance(fact, str) and fact != NONE else str(fact)


def _start(text: str) -> str:
    return text[:1].upper() + text[1:]


def change_at(library: Library, touch: Touch) -> object:
    """The change that a touch is part of."""
    assert library.trust is not None
    _, plan, position = touch.change
    return library.trust.changes[str(plan)][int(position)]


def own_value(english: Language, change: SetChange, field: str) -> Fact:
    """What a trust sets, as the base's facts put it."""
    value = change.values[field]
    if field == "start":
        return english.clock(int(value))
    if isinstance(value, str):
        return " ".join(value.split())
    assert isinstance(value, int | tuple)
    return value
