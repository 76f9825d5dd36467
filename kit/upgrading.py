"""A trust's folder brought to the base as it is now: what there is to decide, and the files that come of it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from kit import __version__
from kit.base import NONE, Base
from kit.catalogue import kinds
from kit.check import base as base_of
from kit.diagnostics import Outcome, Place
from kit.drift import (
    Drift,
    Meeting,
    change_at,
    copies_in,
    drifts,
    is_recorded,
    lock_text,
    minutes,
    named,
    own_value,
    recorded,
    touched_by,
)
from kit.edit import without
from kit.faults import validate
from kit.gone import closest
from kit.load import Library, Memory, load, own_files, read_as
from kit.mentions import Renamed, with_new_names
from kit.model.activity import Activity
from kit.model.change import AddChange, MoveChange, ReplaceChange, SetChange
from kit.model.lock import Fact, Lock
from kit.model.plan import Block, Plan
from kit.model.trust import Trust
from kit.source import Path as Spot
from kit.source import read_yaml
from kit.touched import Touch
from kit.workspace import LOCK, Workspace

GONE = "gone"


@dataclass(frozen=True)
class Row:
    """One line of an item: what it was, what it is and what the trust has."""

    label: str
    was: str
    now: str
    yours: str


@dataclass(frozen=True)
class Upgrade:
    """Where a folder and the base stand. `texts` are the trust's files with new names in them, by path."""

    folder: Path
    base: Base
    library: Library
    texts: Mapping[Path, str]
    on_disk: Mapping[Path, str]
    renamed: tuple[Renamed, ...]
    drifts: tuple[Drift, ...]
    fresh: tuple[Touch, ...]
    """What the lock does not know yet."""

    @property
    def profile(self) -> Path:
        return self.folder / "trust.yaml"

    @property
    def lock(self) -> Lock | None:
        return self.library.lock


def upgrade(workspace: Workspace, folder: Path) -> Outcome[Upgrade]:
    """What there is to decide for the trust in `folder`; None when it, or the base, has faults that hide that."""
    memory: Memory = {}
    base = base_of(workspace, memory)
    if base is None or base.unread:
        return Outcome(None, load(workspace, memory=memory).diagnostics)
    catalogue = kinds(workspace.templates(), base.library.english)
    if catalogue.value is None:
        return Outcome(None, catalogue.diagnostics)
    own = own_files(workspace, folder)
    files: dict[Path, tuple[str, type[Trust] | type[Plan] | type[Activity]]] = {
        folder / "trust.yaml": ("trust", Trust),
        **{path: (f"plan:{id}", Plan) for id, path in workspace.entries("plans", folder).items()},
        **{path: (f"activity:{id}", Activity) for id, path in workspace.entries("activities", folder).items()},
    }
    before: dict[Path, str] = {}
    after: dict[Path, str] = {}
    renamed: list[Renamed] = []
    for path, (role, model) in files.items():
        text = workspace.as_written(path) if path.is_relative_to(folder) else None
        source = read_yaml(_plain(text), workspace.name(path)).value if text is not None else None
        if text is None or source is None:
            continue
        edited, spots = with_new_names(role, source, text, base.library.moves, activity_of=base.activity_of, own=own)
        before[path], after[path] = text, edited
        renamed += spots
        if edited != text:
            memory[path] = read_as(workspace.name(path), _plain(edited), model)
    loaded = load(workspace, trust=folder, memory=memory)
    library = loaded.value
    if library is None or library.trust is None:
        return Outcome(None, loaded.diagnostics)
    if library.lock is None and (folder / LOCK).exists():
        return Outcome(None, tuple(fault for fault in loaded.diagnostics if fault.code == "unreadable-lock"))
    touched = touched_by(library.trust, library.own, base, library.lock)
    found = tuple(drifts(library.lock, base, touched)) if library.lock else ()
    fresh = tuple(_unknown(touched, base, library.lock or Lock(kit=__version__)))
    return Outcome(Upgrade(folder, base, library, after, before, tuple(renamed), found, fresh))


def _unknown(touched: Collection[Touch], base: Base, lock: Lock) -> Iterator[Touch]:
    """The touches that a lock has nothing of, where the base has something."""
    known = {base.now(locked.item): locked for locked in lock.items}
    for touch in touched:
        item = base.now(touch.item)
        locked = known.get(item)
        new = locked is None or not is_recorded(touch, locked)
        if new and touch.how != "of" and base.facts(item) is not None:
            yield touch


# What is shown -----------------------------------------------------------------------------------


def heading(drift: Drift) -> str:
    """`Block “sort” of half-day`, and what it is called now where that is something else."""
    item = drift.locked.item
    of = f" of {drift.item.plan}" if item.plan else ""
    now = f", now “{drift.item.part or drift.item.id}”" if drift.item.id != item.id and drift.now else ""
    text = f"{named(item)}{of}{now}"
    return text[:1].upper() + text[1:]


def rows(drift: Drift, library: Library) -> tuple[Row, ...]:
    """What was, is and is theirs: only what has moved, or all that is known of what is gone."""
    was = drift.locked.was
    if drift.now is None:
        label = "title" if "title" in was else "text"
        first = ", ".join(
            [_words(label, was.get(label, NONE)), *([minutes(was["minutes"])] if "minutes" in was else [])]
        )
        found = [Row("", first, GONE, "; ".join(dict.fromkeys(_yours(m.touch, library) for m in drift.meetings)))]
        return tuple(found)
    found = []
    for meeting in drift.meetings:
        touch = meeting.touch
        if "name" in meeting.fields:
            found.append(Row("name", touch.item.id, drift.item.id, _yours(touch, library)))
            continue
        for field in meeting.fields or ("words",):
            before = _words(field, was[field]) if field in was else "as you knew them"
            now = _words(field, drift.now.values[field]) if field in was else "rewritten"
            found.append(Row(field, before, now, _yours(touch, library, field)))
    return tuple(found)


def nearest_to(drift: Drift, upgrade: Upgrade) -> str | None:
    """What is most like something that is gone."""
    item = drift.item
    known = upgrade.base.names(item.kind, plan=item.plan, block=item.block)
    return closest(upgrade.base.library, item.kind, item.id, known, drift.locked)


def _words(field: str, fact: Fact) -> str:
    if field == "minutes":
        return minutes(fact)
    if field == "after":
        return "first" if fact == NONE else f"after {fact}"
    return "; ".join(fact) if isinstance(fact, tuple) else str(fact)


def _yours(touch: Touch, library: Library, field: str = "") -> str:
    """What a trust has in the place of what the base says."""
    if touch.role != "trust":
        return library.texts[touch.role].file if touch.role in library.texts else touch.role.partition(":")[2]
    if touch.how == "of":
        return "your changes to it"
    match change_at(library, touch):
        case SetChange() as change if field in change.values:
            return _words(field, own_value(library.english, change, field))
        case SetChange() as change:
            return "your " + ", ".join(sorted(change.values))
        case ReplaceChange() as change:
            return f"“{change.by.id}” in its place, {_length(change.by)}"
        case AddChange() as change if touch.how == "uses" and isinstance(change.add, Block):
            return f"your block “{change.add.id}”, {minutes(change.add.minutes)}"
        case AddChange() as change:
            name = getattr(change.add, "id", "") or getattr(change.add, "quote", "")
            where = "before" if change.before else "after"
            return f"“{name}” stands {where} it" if touch.how == "beside" else f"“{name}” shows it"
        case MoveChange() as change if touch.how == "move":
            return f"{'before' if change.before else 'after'} {change.beside}"
        case MoveChange() as change:
            return f"“{change.move}” stands {'before' if change.before else 'after'} it"
    return "left out"


def _length(value: object) -> str:
    length = getattr(value, "minutes", 0)
    return minutes(length if isinstance(length, int) else length.best)


def can_take(drift: Drift) -> bool:
    """Whether the base's can be had by taking something out of the profile."""
    return any(_taken_out(meeting, drift) for meeting in drift.meetings)


def _taken_out(meeting: Meeting, drift: Drift) -> tuple[Spot, ...]:
    """What goes from the profile when the base's is taken: the fields that moved, or the change."""
    touch = meeting.touch
    if touch.role != "trust" or touch.how == "beside":
        return ()
    if drift.now is None:
        return (touch.path[:2],) if touch.how == "of" else (touch.change,)
    if touch.how == "set":
        return tuple((*touch.change, field) for field in meeting.fields)
    return (touch.change,) if touch.how in ("drop", "replace", "move") else ()


def broken(drift: Drift) -> bool:
    """Whether the trust's edition cannot be built before someone sees to this: a change names what is gone."""
    return drift.now is None and any(meeting.touch.role == "trust" for meeting in drift.meetings)


# What is written ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Written:
    """The files to write, by path, and the lines that a person must see to."""

    files: Mapping[Path, bytes]
    by_hand: tuple[Place, ...]
    """What could not be taken out without touching other words."""


def written(upgrade: Upgrade, taken: Collection[Drift]) -> Outcome[Written]:
    """The files once the base's is taken for these items, and theirs is kept for all others."""
    text = upgrade.texts[upgrade.profile]
    by_hand: list[Place] = []
    spots = {spot for drift in taken for meeting in drift.meetings for spot in _taken_out(meeting, drift)}
    source = upgrade.library.texts["trust"]
    for spot in _whole_changes(spots, upgrade.library):
        edited = without(text, spot)
        if edited is None:
            by_hand.append(source.place(spot))
        text = edited or text
    made = validate(Trust, read_yaml(_plain(text), source.file).value or source)
    if made.value is None:
        return Outcome(None, made.diagnostics)
    lock = _lock(upgrade, made.value)
    texts = {**upgrade.texts, upgrade.profile: text}
    files = {path: edited.encode() for path, edited in texts.items() if edited != upgrade.on_disk[path]}
    if lock != upgrade.lock:
        files[upgrade.folder / LOCK] = lock_text(lock).encode()
    return Outcome(Written(files, tuple(by_hand)))


def _whole_changes(spots: Collection[Spot], library: Library) -> list[Spot]:
    """What to take out, last first; a change of which every field goes, goes as a whole."""
    assert library.trust is not None
    found = set()
    for spot in spots:
        if len(spot) == 4:
            change = library.trust.changes[str(spot[1])][int(spot[2])]
            assert isinstance(change, SetChange)
            spot = spot[:3] if all((*spot[:3], field) in spots for field in change.values) else spot
        found.add(spot)
    inner = {spot for spot in found if not any(spot[:n] in found for n in range(2, len(spot)))}
    return sorted(inner, key=lambda spot: tuple((isinstance(part, str), part) for part in spot), reverse=True)


def _lock(upgrade: Upgrade, trust: Trust) -> Lock:
    """The lock against the base of now. What is gone and still named stays as it was, so that it can be told of."""
    before, base = upgrade.lock, upgrade.base
    touched = touched_by(trust, upgrade.library.own, base, before)
    # What their own files stood in for, or were copied from, was gone without harm to them: it is told of once.
    items = {base.now(touch.item) for touch in touched if touch.role == "trust"}
    gone = [
        locked
        for locked in (before.items if before else ())
        if base.now(locked.item) in items and base.facts(base.now(locked.item)) is None
    ]
    return recorded(base, touched, copies_in(before, upgrade.library.own), gone)


def _plain(text: str) -> str:
    """A text as a reader takes it."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n")
