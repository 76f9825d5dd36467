"""What a trust does differently, applied: to the order of blocks, to the steps of an activity, to what it shows.

Whatever order changes are written in, they apply by kind: what is added, then moved, then replaced, then dropped, then
set. So a change may name what another one brings in, and independent changes give the same workshop in any order. Of 2
things added after the same one, the first that is written stands first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from kit.model.activity import (
    Activity,
    CompareSlide,
    ContentSlide,
    DiscussionSlide,
    Part,
    QuoteSlide,
    QuotesPart,
    Slide,
    Step,
)
from kit.model.change import (
    AddChange,
    Change,
    Choice,
    DropChange,
    MoveChange,
    Page,
    ReplaceChange,
    SetChange,
    Target,
    target,
)
from kit.model.entry import Minutes
from kit.model.plan import Block
from kit.model.task import Task
from kit.phrasing import Origin

T = TypeVar("T")
_SLIDES = (QuoteSlide, CompareSlide, ContentSlide, DiscussionSlide)


@dataclass(frozen=True)
class Entry(Generic[T]):
    """One thing of an ordered list. `after` names what it was added after; `new` tells it from what the plan has."""

    id: str
    value: T
    new: bool = False
    after: str = ""


@dataclass(frozen=True)
class _Edits(Generic[T]):
    """What to do with the entries of lists that belong together."""

    adds: tuple[tuple[Entry[T], str, bool], ...] = ()
    """The entry, what it stands beside, and whether before that."""
    moves: tuple[tuple[str, str, bool], ...] = ()
    replaces: tuple[tuple[str, Entry[T]], ...] = ()
    drops: frozenset[str] = frozenset()
    sets: tuple[tuple[str, Callable[[T], T]], ...] = ()


Lists = tuple[tuple[Entry[T], ...], ...]


def _edited(lists: Lists[T], edits: _Edits[T]) -> Lists[T]:
    """The lists after all edits. An edit that names nothing leaves them as they are: that is a fault of its own."""
    waiting = list(edits.adds)
    while waiting:
        placed = [add for add in waiting if _find(lists, add[1])]
        if not placed:
            break
        add = placed[0]
        lists = _put(lists, *add)
        waiting.remove(add)
    if len(lists) == 1:
        lists = ((*lists[0], *(entry for entry, _, _ in waiting)),)
    for id, beside, before in edits.moves:
        found = _find(lists, id)
        if found is not None and _find(lists, beside) and id != beside:
            taken = tuple(tuple(entry for entry in items if entry is not found) for items in lists)
            lists = _put(taken, replace(found, after="" if before else beside), beside, before)
    for id, instead in edits.replaces:
        lists = tuple(tuple(instead if e.id == id and not e.new else e for e in items) for items in lists)
    lists = tuple(tuple(e for e in items if e.new or e.id not in edits.drops) for items in lists)
    for id, change in edits.sets:
        lists = tuple(tuple(replace(e, value=change(e.value)) if e.id == id else e for e in items) for items in lists)
    return lists


def _find(lists: Lists[T], id: str) -> Entry[T] | None:
    return next((entry for items in lists for entry in items if entry.id == id), None)


def _put(lists: Lists[T], entry: Entry[T], beside: str, before: bool) -> Lists[T]:
    """`entry` before or after another, and after those that were put after the same one already."""
    new = []
    for items in lists:
        position = next((i for i, other in enumerate(items) if other.id == beside), None)
        if position is None:
            new.append(items)
            continue
        if not before:
            position += 1
            while position < len(items) and items[position].after == beside:
                position += 1
        new.append((*items[:position], entry, *items[position:]))
    return tuple(new)


# Blocks ------------------------------------------------------------------------------------------

Placed = tuple[Block, Origin]
"""A block, and where it is written."""


def changed_blocks(
    sessions: Sequence[Sequence[Placed]], changes: Sequence[tuple[Change, Origin]]
) -> tuple[tuple[Placed, ...], ...]:
    """The blocks of each session after the trust's changes."""
    lists = tuple(tuple(Entry(block.id, (block, origin)) for block, origin in blocks) for blocks in sessions)
    edits = _edits(changes, "block", _block_entry, _block_setter)
    return tuple(tuple(entry.value for entry in entries) for entries in _edited(lists, edits))


def _block_entry(value: object, origin: Origin, after: str) -> Entry[Placed] | None:
    return Entry(value.id, (value, origin), True, after) if isinstance(value, Block) else None


def _block_setter(change: SetChange, origin: Origin) -> Callable[[Placed], Placed]:
    values = change.values
    elsewhere = dict.fromkeys(values, origin)
    return lambda placed: (
        placed[0].model_copy(update=values),
        replace(placed[1], elsewhere={**placed[1].elsewhere, **elsewhere}),
    )


def _edits(
    changes: Iterable[tuple[Change, Origin]],
    kind: str,
    entry: Callable[[object, Origin, str], Entry[T] | None],
    setter: Callable[[SetChange, Origin], Callable[[T], T]],
    block: str = "",
) -> _Edits[T]:
    """Of all changes, those about blocks, or about the steps of one `block`."""

    def named(text: str) -> str | None:
        """The id that a target names, if it is one of ours."""
        spot = target(text)
        if spot.kind != kind or (kind == "step" and spot.block != block):
            return None
        return spot.id or spot.block

    adds, moves, replaces, drops, sets = [], [], [], set(), []
    for change, origin in changes:
        match change:
            case AddChange():
                beside = named(change.beside) if change.beside else ""
                new = entry(change.add, Origin(origin.text, (*origin.path, "add")), beside or "")
                if new is not None and beside is not None:
                    adds.append((new if change.after else replace(new, after=""), beside, change.before is not None))
            case MoveChange():
                id, beside = named(change.move), named(change.beside) if change.beside else None
                if id and beside:
                    moves.append((id, beside, change.before is not None))
            case ReplaceChange():
                id = named(change.replace)
                new = entry(change.by, Origin(origin.text, (*origin.path, "by")), "")
                if id and new is not None:
                    replaces.append((id, new))
            case DropChange():
                drops |= {named(change.drop)} - {None}
            case SetChange():
                id = named(change.set)
                if id:
                    sets.append((id, setter(change, origin)))
    return _Edits(tuple(adds), tuple(moves), tuple(replaces), frozenset(d for d in drops if d), tuple(sets))


# Within a block ----------------------------------------------------------------------------------


def changed_activity(activity: Activity, block: str, changes: Sequence[tuple[Change, Origin]]) -> Activity:
    """The activity of a block with other steps, slides and quotations. The changes are in the trust's words."""
    steps = (tuple(Entry(step.id, step) for step in activity.steps),)
    edits = _edits(changes, "step", _step_entry, lambda change, _: _step_setter(change), block)
    (edited,) = _edited(steps, edits)
    added = [change.add for change, _ in changes if isinstance(change, AddChange) and _belongs(change, block)]
    slides = (*activity.slides, *_own_slides(changes, block))
    chosen = (item.quote for item in added if isinstance(item, Choice))
    changed = activity.model_copy(
        update={
            "steps": tuple(entry.value for entry in edited),
            "slides": slides,
            "quotes": tuple(dict.fromkeys((*activity.quotes, *chosen))),
        }
    )
    return _without_quotes(changed, dropped(changes, "quote"))


def _step_entry(value: object, origin: Origin, after: str) -> Entry[Step] | None:
    return Entry(value.id, value, True, after) if isinstance(value, Step) else None


def _step_setter(change: SetChange) -> Callable[[Step], Step]:
    values = dict(change.values)
    if change.minutes is not None:
        values["minutes"] = Minutes(least=change.minutes, best=change.minutes, most=change.minutes)
    return lambda step: step.model_copy(update=values)


def _belongs(change: AddChange, block: str) -> bool:
    """Whether what is added goes into this block, beside which it is put."""
    return bool(change.beside) and target(change.beside) == Target("block", block, "")


def _own_slides(changes: Sequence[tuple[Change, Origin]], block: str) -> Iterator[Slide]:
    for change, _ in changes:
        if isinstance(change, AddChange) and isinstance(change.add, _SLIDES) and _belongs(change, block):
            yield change.add.model_copy(update={"when": "before" if change.before else "after"})


def pages_of(block: str, changes: Sequence[tuple[Change, Origin]]) -> tuple[Page, ...]:
    """The handouts that a trust adds to a block."""
    return tuple(
        change.add
        for change, _ in changes
        if isinstance(change, AddChange) and isinstance(change.add, Page) and _belongs(change, block)
    )


def dropped(changes: Sequence[tuple[Change, Origin]], kind: str) -> frozenset[str]:
    """The ids of the documents, the quotations or the slides (`block/slide`) that are left out."""
    spots = (target(change.drop) for change, _ in changes if isinstance(change, DropChange))
    return frozenset(f"{s.block}/{s.id}" if s.block else s.id for s in spots if s.kind == kind)


def reworded_slides(changes: Sequence[tuple[Change, Origin]]) -> tuple[tuple[str, SetChange], ...]:
    """The slides (`block/slide`) whose words are set, and how."""
    found = []
    for change, _ in changes:
        if isinstance(change, SetChange):
            spot = target(change.set)
            if spot.kind == "slide":
                found.append((f"{spot.block}/{spot.id}", change))
    return tuple(found)


# Tasks and documents -----------------------------------------------------------------------------

PlacedTask = tuple[Task, Origin]
"""A task, and where it is written."""


def changed_tasks(tasks: Sequence[PlacedTask], changes: Sequence[tuple[Change, Origin]]) -> tuple[PlacedTask, ...]:
    """The tasks to sort after the trust's changes, in the order of their cards."""
    lists = (tuple(Entry(task.id, (task, origin)) for task, origin in tasks),)
    (edited,) = _edited(lists, _edits(changes, "task", _task_entry, _task_setter))
    return tuple(entry.value for entry in edited)


def of_a_task(change: Change) -> bool:
    """Whether a change is about the task cards."""
    named = (getattr(change, verb, None) for verb in ("set", "drop", "move"))
    return isinstance(getattr(change, "add", None), Task) or any(n and target(n).kind == "task" for n in named)


def _task_entry(value: object, origin: Origin, after: str) -> Entry[PlacedTask] | None:
    return Entry(value.id, (value, origin), True, after) if isinstance(value, Task) else None


def _task_setter(change: SetChange, origin: Origin) -> Callable[[PlacedTask], PlacedTask]:
    values = {"why" if field == "because" else field: value for field, value in change.values.items()}
    elsewhere = dict.fromkeys(values, origin)
    return lambda placed: (
        placed[0].model_copy(update=values),
        replace(placed[1], elsewhere={**placed[1].elsewhere, **elsewhere}),
    )


def set_documents(changes: Sequence[tuple[Change, Origin]]) -> dict[str, dict[str, Any]]:
    """For each document by id, what the trust sets of it."""
    found: dict[str, dict[str, Any]] = {}
    for change, _ in changes:
        if isinstance(change, SetChange) and target(change.set).kind == "document":
            found.setdefault(target(change.set).id, {}).update(change.values)
    return found


# Quotations --------------------------------------------------------------------------------------


def _without_quotes(activity: Activity, left_out: frozenset[str]) -> Activity:
    """An activity that shows none of these quotations; a part of its worksheet that held no other goes with them."""
    if not left_out:
        return activity
    worksheet = activity.worksheet
    if worksheet is not None:
        parts = tuple(_part_without(part, left_out) for part in worksheet.parts)
        kept = tuple(part for part in parts if part is not None)
        worksheet = worksheet.model_copy(update={"parts": kept}) if kept else None
    return activity.model_copy(
        update={
            "quotes": tuple(id for id in activity.quotes if id not in left_out),
            "slides": tuple(s for s in activity.slides if not (isinstance(s, QuoteSlide) and s.quote in left_out)),
            "worksheet": worksheet,
        }
    )


def _part_without(part: Part, left_out: frozenset[str]) -> Part | None:
    if not isinstance(part, QuotesPart):
        return part
    kept = tuple(id for id in part.quotes if id not in left_out)
    return part.model_copy(update={"quotes": kept}) if kept else None
