"""What depends on how many people come: which activity a block uses, which adaptation holds, how both are told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from kit.diagnostics import Diagnostic
from kit.model.activity import Activity
from kit.model.plan import Block
from kit.model.workshop import SessionBlock, Workshop
from kit.phrasing import Origin
from kit.wording import curly

Blocks = Sequence[tuple[Block, Origin]]
"""Blocks of a session, and where each is written."""


@dataclass(frozen=True)
class Swap:
    """A block that uses its alternative: its usual activity, and what is told of it."""

    usual: Activity
    note: Diagnostic


def works_for(activity: Activity, people: int) -> bool:
    return activity.people.least <= people <= activity.people.most


def can_fill(activity: Activity, minutes: int) -> bool:
    """Whether its steps and its debrief can take so long, each within its least and its most."""
    ranges = [step.minutes for step in activity.steps] + ([activity.debrief.minutes] if activity.debrief else [])
    return sum(r.least for r in ranges) <= minutes <= sum(r.most for r in ranges)


def for_so_many(block: Block, activities: Mapping[str, Activity], people: int) -> Block:
    """The block with its alternative where that works for `people` and its activity does not; else as it is.

    The title and the purpose were written for the activity, so they go with it. The rest holds for both.
    """
    usual, other = activities.get(block.activity or ""), activities.get(block.alternative or "")
    if usual is None or other is None or works_for(usual, people):
        return block
    if not (works_for(other, people) and can_fill(other, block.minutes)):
        return block
    return block.model_copy(update={"activity": other.id, "alternative": None, "title": None, "purpose": None})


def with_alternatives(
    blocks: Blocks, activities: Mapping[str, Activity], people: int
) -> tuple[Blocks, Mapping[str, Swap]]:
    """The blocks of a session as `people` need them, and by their ids those that use their alternative."""
    chosen, swaps = [], {}
    for block, origin in blocks:
        now = for_so_many(block, activities, people)
        chosen.append((now, origin))
        if now is not block:
            usual, other = activities[block.activity or ""], activities[now.activity or ""]
            swaps[block.id] = Swap(usual, _note(block, usual, other, people, origin))
    return chosen, swaps


def _note(block: Block, usual: Activity, other: Activity, people: int, origin: Origin) -> Diagnostic:
    return Diagnostic(
        "alternative-used",
        f"“{curly(usual.title)}” works for {usual.people.least} to {usual.people.most} people; with {people}, the "
        f"block “{block.id}” uses “{curly(other.title)}” instead.",
        "Read it in the guide before you print. The block keeps its time and its objectives.",
        origin.place(("alternative",)),
        severity="note",
    )


def instead_in_words(workshop: Workshop, block: SessionBlock) -> str:
    """`Line-up works for 8 to 24 people. With 38, this part uses Corners instead.`; empty where nothing was changed."""
    usual = block.stands_in
    if usual is None or block.activity is None:
        return ""
    return workshop.language.phrase(
        "adaptations.instead",
        usual=usual.title,
        least=usual.people.least,
        most=usual.people.most,
        n=workshop.attendees,
        activity=block.activity.title,
    )


def which_adaptation(activity: Activity, people: int) -> Literal["small_group", "large_group", ""]:
    """The adaptation that holds for `people`; empty for as many as the steps are written for."""
    if people < activity.adaptations.small_below:
        return "small_group"
    return "large_group" if people > activity.adaptations.large_above else ""


def adapted(workshop: Workshop, block: SessionBlock) -> str:
    """How to run a block with as few or as many people as come; empty where its steps hold as they are."""
    which = which_adaptation(block.activity, workshop.attendees) if block.activity else ""
    return getattr(block.activity.adaptations, which) if block.activity and which else ""


def other_adaptations(workshop: Workshop, activity: Activity) -> Iterator[tuple[str, str]]:
    """Label and text for other circumstances than those that hold: what `adapted` gives is not among them."""
    for name in ("small_group", "large_group", "online", "no_tables", "access"):
        if name != which_adaptation(activity, workshop.attendees):
            yield workshop.language.phrase(f"adaptations.{name}"), getattr(activity.adaptations, name)
