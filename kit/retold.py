"""What a trust changed, in sentences: for the guide, and for whoever compares 2 editions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

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
from kit.model.plan import Block
from kit.model.task import Task
from kit.phrasing import Origin
from kit.schedule import clock, duration


def told(
    changes: Sequence[tuple[Change, Origin]], names: Mapping[str, str], minutes: Mapping[str, int]
) -> Iterator[str]:
    """A sentence for each change, and its reason. `names` and `minutes` are those of the plan's blocks by id."""
    for change, _ in changes:
        why = f" {change.why}" if change.why else ""
        yield f"{_sentence(change, names, minutes)}.{why}"


def _sentence(change: Change, names: Mapping[str, str], minutes: Mapping[str, int]) -> str:
    match change:
        case SetChange():
            return f"{_start(_name(change.set, names))} {_joined([*_set_in_words(change, minutes)])}"
        case DropChange():
            return f"{_start(_name(change.drop, names))} is left out"
        case MoveChange():
            where = f"{'before' if change.before else 'after'} {_name(change.beside, names)}"
            return f"{_start(_name(change.move, names))} comes {where}"
        case ReplaceChange():
            return (
                f"{_start(_name(change.replace, names))} gives way to {_brought(change.by, names)}{_length(change.by)}"
            )
        case AddChange():
            return f"{_start(_brought(change.add, names))} is added{_length(change.add)}"


def _name(text: str, names: Mapping[str, str]) -> str:
    """`“Role rewrite”`, `the step “swap” of “Role rewrite”`, `the document “register”`."""
    spot = target(text)
    if spot.kind == "block":
        return f"“{names.get(spot.block, spot.block)}”"
    of = f" of “{names.get(spot.block, spot.block)}”" if spot.block else ""
    kind = {"quote": "quotation", "task": "task card"}.get(spot.kind, spot.kind)
    return f"the {kind} “{spot.id}”{of}"


def _brought(value: object, names: Mapping[str, str]) -> str:
    match value:
        case Block():
            return f"“{names.get(value.id, value.id)}”"
        case Step():
            return f"the step “{value.title}”"
        case Page():
            return f"the handout “{value.title}”"
        case Task():
            return f"the task card “{value.text}”"
        case Choice():
            return f"the quotation “{value.quote}”"
    return f"the slide “{getattr(value, 'title', '')}”"


def _length(value: object) -> str:
    return f", {duration(value.minutes)}" if isinstance(value, Block) else ""


def _start(text: str) -> str:
    return text[:1].upper() + text[1:]


def _set_in_words(change: SetChange, minutes: Mapping[str, int]) -> Iterator[str]:
    if change.title is not None:
        yield f"is called “{change.title}”"
    if change.minutes is not None:
        spot = target(change.set)
        before = minutes.get(spot.block) if spot.kind == "block" else None
        yield f"takes {duration(change.minutes)}" + (f" instead of {before}" if before else "")
    if change.priority is not None:
        yield f"is a {change.priority}"
    if change.start is not None:
        yield f"starts at {clock(change.start)}"
    if change.copies is not None:
        yield f"is printed in {change.copies} {'copy' if change.copies == 1 else 'copies'}"
    if change.text is not None:
        yield f"reads “{change.text}”"
    if change.answer is not None:
        yield f"has the answer “{change.answer}”"
    elif change.because is not None:
        yield "has something else that speaks for its answer"
    for field, words in (
        ("purpose", "has a purpose of its own"),
        ("note", "has a note of its own"),
        ("do", "asks people to do something else"),
        ("say", "has other words to say"),
        ("watch", "has something else to watch for"),
        ("points", "has points of its own"),
        ("question", "asks another question"),
    ):
        if getattr(change, field) is not None:
            yield words


def _joined(parts: list[str]) -> str:
    if not parts:
        return "is as it was"
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
