"""What of the base a trust's folder touches: every item that its changes name, and what its own files stand in for."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Literal

from kit.model.activity import QuoteSlide
from kit.model.change import (
    AddChange,
    Change,
    Choice,
    DropChange,
    MoveChange,
    ReplaceChange,
    SetChange,
    added_blocks,
    target,
)
from kit.model.lock import Item
from kit.model.plan import Block
from kit.model.trust import Trust
from kit.source import Path

How = Literal["set", "drop", "replace", "move", "beside", "uses", "shows", "of", "hides", "copied", "within"]

OWN_FILES: tuple[Literal["plan", "activity", "template"], ...] = ("plan", "activity", "template")
"""What a file of a trust's own stands in for, by the kind of item; of a template, for a part."""


@dataclass(frozen=True)
class Touch:
    """One spot of a trust's folder that rests on an item of the base."""

    item: Item
    how: How
    role: str
    """The file, as a library calls it: `trust`, `activity:troika-by-video`."""
    path: Path
    """Where in that file: the value that names the item, or the id of the file."""
    fields: tuple[str, ...] = ()
    """What is set of it."""

    @property
    def change(self) -> Path:
        """The way to the change itself: `("changes", "half-day", 3)`."""
        return self.path[:3]


def touches(
    trust: Trust, own: Collection[tuple[str, str]] = (), hidden: Collection[tuple[str, str]] = ()
) -> Iterator[Touch]:
    """Every touch of a profile, in the order of the file.

    `own` are the trust's own files, by kind and id: what a change says of them is no matter of the base. Those that
    stand in for a file of the base are `hidden` too.
    """
    for plan, changes in trust.changes.items():
        if ("plan", plan) in own:
            continue
        yield Touch(Item("plan", plan), "of", "trust", ("changes", plan))
        brought = {block.id: block.activity for block in added_blocks(changes)}
        for position, change in enumerate(changes):
            for touch in _of_a_change(change, plan, ("changes", plan, position)):
                ours = touch.item.block in brought and touch.how not in ("drop", "replace")
                activity = brought.get(touch.item.block)
                if ours and touch.item.part and activity and ("activity", activity) not in own:
                    # The block is the trust's, and the step in it the base's.
                    yield Touch(Item("activity", activity), "within", "trust", touch.path)
                if not ours and (touch.item.kind, touch.item.id) not in own and touch.item.block[:1] != "0":
                    yield touch
    for kind in sorted(OWN_FILES):
        for id in sorted(each for of, each in hidden if of == kind):
            yield Touch(Item(kind, id), "hides", f"{kind}:{id}", ("id",))


def _of_a_change(change: Change, plan: str, path: Path) -> Iterator[Touch]:
    match change:
        case SetChange():
            yield Touch(_item(change.set, plan), "set", "trust", (*path, "set"), tuple(sorted(change.values)))
        case DropChange():
            yield Touch(_item(change.drop, plan), "drop", "trust", (*path, "drop"))
        case ReplaceChange():
            yield Touch(_item(change.replace, plan), "replace", "trust", (*path, "replace"))
            yield from _brought(change.by, (*path, "by"))
        case MoveChange():
            yield Touch(_item(change.move, plan), "move", "trust", (*path, "move"))
            yield from _beside(change, plan, path)
        case AddChange():
            yield from _brought(change.add, (*path, "add"))
            yield from _beside(change, plan, path)


def _beside(change: AddChange | MoveChange, plan: str, path: Path) -> Iterator[Touch]:
    for key, named in (("before", change.before), ("after", change.after)):
        if named is not None:
            yield Touch(_item(named, plan), "beside", "trust", (*path, key))


def _brought(value: object, path: Path) -> Iterator[Touch]:
    if isinstance(value, Block) and value.activity is not None:
        yield Touch(Item("activity", value.activity), "uses", "trust", (*path, "activity"))
    if isinstance(value, Choice | QuoteSlide):
        yield Touch(Item("quote", value.quote), "shows", "trust", (*path, "quote"))


def _item(text: str, plan: str) -> Item:
    spot = target(text)
    if spot.kind in ("document", "quote", "task"):
        return Item(spot.kind, spot.id)
    return Item(spot.kind, f"{spot.block}/{spot.id}" if spot.id else spot.block, plan)
