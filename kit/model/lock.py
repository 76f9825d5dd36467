"""Which base a trust's folder was made against: `kit.lock`, written by the kit and read by nobody else."""

from __future__ import annotations

from typing import Annotated, Literal, NamedTuple

from pydantic import Field, StringConstraints

from kit.model.entry import Entry, Id

ItemKind = Literal["plan", "activity", "block", "step", "slide", "document", "quote", "task", "template"]
Fact = int | str | tuple[str, ...]


class Item(NamedTuple):
    """Something of the base that a trust may name: `block sort` of a plan, `step sort/deal`, `document register`."""

    kind: ItemKind
    id: str
    plan: str = ""
    """For blocks, steps and slides."""

    @property
    def block(self) -> str:
        """The block that it is, or is in; empty for what belongs to no plan."""
        return self.id.partition("/")[0] if self.plan else ""

    @property
    def part(self) -> str:
        """Of a step or a slide, its id in its block."""
        return self.id.partition("/")[2]


class LockedItem(Entry):
    """One item of the base as it was. `was` holds what a person needs to see of it."""

    kind: ItemKind
    id: Annotated[str, StringConstraints(min_length=1, max_length=130)]
    plan: Id | None = None
    whole: bool = False
    """Whether all of it counts, since it was left out, replaced or copied; else what stands under `was`."""
    hash: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{16}$")]
    """Of all that counts: SHA-256, the first 16 digits."""
    was: dict[str, Fact] = Field(default_factory=dict)
    copies: tuple[Id, ...] = ()
    """The files of the trust's own that began as copies of it."""

    @property
    def item(self) -> Item:
        return Item(self.kind, self.id, self.plan or "")


class Lock(Entry):
    """`kit.lock`: the version of the kit, and every item of the base that the folder touches."""

    kit: Annotated[str, StringConstraints(min_length=1, max_length=40)]
    items: tuple[LockedItem, ...] = ()
