"""New names in the base, followed from the name that somebody knew: one step after another, whatever their order."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from kit.model.lock import Item
from kit.model.moved import Move


class Renames:
    """All moves of `content/moved.yaml`. A circle, which is a fault of its own, ends where it began."""

    def __init__(self, moves: Iterable[Move]) -> None:
        listed = tuple(moves)
        self._moves: dict[tuple[str, str, str], Move] = {}
        for move in listed:
            if move.kind in ("plan", "activity", "document", "quote", "task", "term"):
                self._moves.setdefault((move.kind, "", move.from_), move)
        for move in listed:
            if move.kind == "block":
                self._moves.setdefault(("block", self.named("plan", move.plan or ""), move.from_), move)
            if move.kind in ("step", "slide"):
                self._moves.setdefault((move.kind, self.named("activity", move.activity or ""), move.from_), move)

    def path(self, kind: str, id: str, within: str = "") -> tuple[Move, ...]:
        """The moves that lead from `id` to its name now. `within` is a block's plan, a step's or slide's activity."""
        within = self.named("plan" if kind == "block" else "activity", within) if within else ""
        found: list[Move] = []
        seen = {id}
        while (move := self._next(kind, id, within)) is not None and move.to not in seen:
            found.append(move)
            seen.add(id := move.to)
        return tuple(found)

    def named(self, kind: str, id: str, within: str = "") -> str:
        """What `id` is called now; itself when it was never renamed."""
        moves = self.path(kind, id, within) if id else ()
        return moves[-1].to if moves else id

    def item(self, item: Item, activity_of: Callable[[str, str], str]) -> Item:
        """The item by its name now. `activity_of` knows the activity of a plan's block, by the ids of both."""
        if not item.plan:
            return item._replace(id=self.named(item.kind, item.id))
        plan = self.named("plan", item.plan)
        block = self.named("block", item.block, plan)
        if item.kind == "block":
            return Item("block", block, plan)
        part = self.named(item.kind, item.part, activity_of(plan, block))
        return Item(item.kind, f"{block}/{part}", plan)

    def _next(self, kind: str, id: str, within: str) -> Move | None:
        return self._moves.get((kind, within, id)) or (self._moves.get((kind, "", id)) if kind == "block" else None)


def circles(moves: Iterable[Move]) -> tuple[int, ...]:
    """The positions of the moves that lead back to the name that they began with."""
    listed = tuple(moves)
    renames = Renames(listed)
    found = []
    for position, move in enumerate(listed):
        within = move.plan or move.activity or ""
        steps = renames.path(move.kind, move.to, within)
        if move.to == move.from_ or any(step.to == move.from_ for step in steps):
            found.append(position)
    return tuple(found)
