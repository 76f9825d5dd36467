"""What a trust changed, and what a slot did, in sentences: for the guide, and for whoever compares 2 editions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kit.model.activity import Step
from kit.model.change import (
    AddChange,
    Change,
    Choice,
    DropChange,
    MoveChange,
    Page,
    ReplaceChange,
    SetChange,
    target,
)
from kit.model.language import Language, joined_by
from kit.model.plan import Block
from kit.model.task import Task
from kit.model.workshop import Session, Workshop
from kit.phrasing import Origin


def told(
    language: Language,
    changes: Sequence[tuple[Change, Origin]],
    names: Mapping[str, str],
    minutes: Mapping[str, int],
) -> Iterator[str]:
    """A sentence for each change, and its reason. `names` and `minutes` are those of the plan's blocks by id."""
    for change, _ in changes:
        sentence = _Sentence(language, names, minutes).of(change)
        yield f"{sentence[:1].upper()}{sentence[1:]}" + (f" {change.why}" if change.why else "")


@dataclass(frozen=True)
class _Sentence:
    language: Language
    names: Mapping[str, str]
    minutes: Mapping[str, int]

    def of(self, change: Change) -> str:
        match change:
            case SetChange():
                parts = [*self._set(change)] or [self._say("as_it_was")]
                return self._say("set", what=self._name(change.set), how=self.language.listed(parts))
            case DropChange():
                return self._say("dropped", what=self._name(change.drop))
            case MoveChange():
                where = "moved_before" if change.before else "moved_after"
                return self._say(where, what=self._name(change.move), other=self._name(change.beside))
            case ReplaceChange():
                return self._with_length("replaced", change.by, what=self._name(change.replace))
            case AddChange():
                return self._with_length("added", change.add)

    def _say(self, name: str, /, **values: Any) -> str:
        return self.language.phrase(f"changes.{name}", **values)

    def _with_length(self, name: str, value: object, **values: str) -> str:
        if isinstance(value, Block):
            name, values = f"{name}_block", values | {"length": self.language.duration(value.minutes)}
        return self._say(name, new=self._brought(value), **values)

    def _name(self, text: str) -> str:
        """`“Role rewrite”`, `the step “swap” of “Role rewrite”`, `the document “register”`."""
        spot = target(text)
        block = self.names.get(spot.block, spot.block)
        if spot.kind == "block":
            return self._say("block", name=block)
        if block:
            return self._say(f"{spot.kind}_of", name=spot.id, block=block)
        return self._say(spot.kind, name=spot.id)

    def _brought(self, value: object) -> str:
        match value:
            case Block():
                return self._say("block", name=self.names.get(value.id, value.id))
            case Step():
                return self._say("step", name=value.title)
            case Page():
                return self._say("handout", name=value.title)
            case Task():
                return self._say("task", name=value.text)
            case Choice():
                return self._say("quote", name=value.quote)
        return self._say("slide", name=getattr(value, "title", ""))

    def _set(self, change: SetChange) -> Iterator[str]:
        if change.title is not None:
            yield self._say("set_title", title=change.title)
        if change.minutes is not None:
            spot = target(change.set)
            before = self.minutes.get(spot.block) if spot.kind == "block" else None
            length = self.language.duration(change.minutes)
            yield (
                self._say("set_minutes_from", length=length, before=before)
                if before
                else self._say("set_minutes", length=length)
            )
        if change.priority is not None:
            yield self._say("set_priority", priority=self.language.phrase(f"priority.{change.priority}"))
        if change.start is not None:
            yield self._say("set_start", time=self.language.clock(change.start))
        if change.copies is not None:
            yield self._say("set_copies", n=change.copies)
        if change.text is not None:
            yield self._say("set_text", text=change.text)
        if change.answer is not None:
            yield self._say("set_answer", answer=self.language.phrase(f"guide.answer_{change.answer}"))
        elif change.because is not None:
            yield self._say("set_because")
        for field in ("purpose", "note", "do", "say", "watch", "points", "question"):
            if getattr(change, field) is not None:
                yield self._say(f"set_{field}")


def refitted(workshop: Workshop) -> tuple[str, ...]:
    """What was done to fit the workshop to its slot: nothing where it stands as it is written."""
    said = [(session, _refitted(workshop, session)) for session in workshop.sessions if _is_refitted(session)]
    if not said:
        return ()
    language, first = workshop.language, workshop.sessions[0]
    planned = language.duration(sum(session.planned for session in workshop.sessions))
    if workshop.in_one_day:
        clock = language.clock_range(first.start, workshop.sessions[-1].end - first.start)
        head = language.phrase("slot.fitted", length=language.duration(workshop.minutes), clock=clock, planned=planned)
    else:
        head = language.phrase("slot.fitted_alike", length=language.duration(first.minutes), planned=planned)
    bodies = (
        language.phrase("slot.of_session", session=session.name, sentences=joined_by(" ", sentences))
        if session.name
        else joined_by(" ", sentences)
        for session, sentences in said
        if sentences
    )
    return (head, *bodies, *_reached_by_one(workshop))


def _is_refitted(session: Session) -> bool:
    return (
        bool(session.left_out)
        or session.minutes != session.planned
        or any(block.minutes != block.planned for block in session.blocks)
    )


def _refitted(workshop: Workshop, session: Session) -> list[str]:
    language = workshop.language
    changed = [
        (block, language.phrase("slot.from_to", block=block.title, planned=block.planned, minutes=block.minutes))
        for block in session.blocks
        if block.minutes != block.planned
    ]
    groups = {
        "left_out": [block.title for block in session.left_out],
        "shortened": [text for block, text in changed if block.minutes < block.planned],
        "longer": [text for block, text in changed if block.minutes > block.planned],
    }
    return [language.phrase(f"slot.{name}", blocks=joined_by(", ", texts)) for name, texts in groups.items() if texts]


def _reached_by_one(workshop: Workshop) -> Iterator[str]:
    """The objectives that several blocks reached, and one is left."""
    left_out = [block for session in workshop.sessions for block in session.left_out]
    for number, objective in enumerate(workshop.plan.objectives, 1):
        there = [block for block in workshop.blocks if objective.id in block.objectives]
        if len(there) == 1 and any(objective.id in block.objectives for block in left_out):
            yield workshop.language.phrase("slot.alone", number=number, block=there[0].title)
