"""How late each block of a session may end, and what can be shortened when it runs late."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kit.model.entry import Minutes
from kit.model.workshop import SessionBlock


@dataclass(frozen=True)
class Shortening:
    """A step that can be done in less time than it is planned for. An empty title stands for the debrief."""

    title: str
    planned: int
    least: int

    @property
    def saves(self) -> int:
        return self.planned - self.least


def shortenings(block: SessionBlock) -> tuple[Shortening, ...]:
    """What of a block can be shortened, in its order: nothing of a break, since its end has been announced."""
    return tuple(_shortenings(block))


def _shortenings(block: SessionBlock) -> Iterator[Shortening]:
    parts: list[tuple[str, int, Minutes]] = [(t.step.title, t.minutes, t.step.minutes) for t in block.steps]
    if block.activity is not None and block.activity.debrief is not None:
        parts.append(("", block.debrief_minutes, block.activity.debrief.minutes))
    for title, planned, minutes in parts:
        if minutes.least < planned:
            yield Shortening(title, planned, minutes.least)


def least(block: SessionBlock) -> int:
    """The fewest minutes that a block works in: every step at its least. A break keeps its length."""
    return block.minutes - sum(each.saves for each in shortenings(block))


def latest_ends(blocks: Sequence[SessionBlock]) -> tuple[int, ...]:
    """When each block must have ended, in minutes since midnight, so that the rest can still be done.

    The end of the session is fixed, and so is a start that the plan locks. A block may run on for as long as the
    blocks between it and the next fixed time can give up, each of them going to its least minutes. Where they can give
    up nothing, that is the planned end. No block is left out: whether to do so is for people to decide.
    """
    found: list[int] = []
    fixed = blocks[-1].end if blocks else 0
    for place in reversed(range(len(blocks))):
        found.append(fixed)
        block = blocks[place]
        fixed -= least(block)
        if block.locked:
            fixed = block.start
    return tuple(reversed(found))
