"""The base as items that a trust may name: what each says, in a few facts to show and a hash of all of it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from pydantic import BaseModel

from kit.load import Library
from kit.model.activity import Activity, CompareSlide, ContentSlide, DiscussionSlide, Slide, Step
from kit.model.entry import Minutes
from kit.model.lock import Fact, Item
from kit.model.plan import Block, Plan
from kit.model.task import Task
from kit.renames import Renames

NONE = "none"
"""What a fact says of a field that is not given."""


@dataclass(frozen=True)
class Facts:
    """What the base says of one item: each field in words or a number, and the hash of everything."""

    values: Mapping[str, Fact]
    digest: str


@dataclass(frozen=True)
class Base:
    """The content without any trust."""

    library: Library
    documents: Mapping[str, str]
    """The title of each kind of document by id."""
    templates: Mapping[str, str] = field(default_factory=dict)
    """The text of each template by its name."""
    unread: frozenset[tuple[str, str]] = field(default_factory=frozenset)
    """Plans and activities, by kind and id, that are there and have a fault: what they say is not known."""

    @cached_property
    def renames(self) -> Renames:
        return Renames(self.library.moves)

    def now(self, item: Item) -> Item:
        """The item by its name now."""
        return self.renames.item(item, self.activity_of)

    def activity_of(self, plan: str, block: str) -> str:
        """The id of the activity of a plan's block; empty when there is none."""
        found = self._block(plan, block)
        return (found.activity or "") if found else ""

    def unknown(self, item: Item) -> bool:
        """Whether nothing can be said of the item, since the file that it is in has a fault."""
        if not item.plan:
            return (item.kind, item.id) in self.unread
        return ("plan", item.plan) in self.unread or (
            "activity",
            self.activity_of(item.plan, item.block),
        ) in self.unread

    def facts(self, item: Item) -> Facts | None:
        """What the base says of `item`, by its name now; None when there is no such thing."""
        library = self.library
        match item.kind:
            case "plan":
                plan = library.plans.get(item.id)
                return _facts(_of_a_plan(plan), _words(plan)) if plan else None
            case "activity":
                activity = library.activities.get(item.id)
                return _facts(_of_an_activity(activity), _words(activity)) if activity else None
            case "document":
                title = self.documents.get(item.id)
                return _facts({"title": title}, title) if title is not None else None
            case "quote":
                quote = next((each for each in library.article.quotes if each.id == item.id), None)
                return _facts({"text": _line(quote.text)}, _words(quote)) if quote else None
            case "template":
                text = self.templates.get(item.id)
                return _facts({}, text) if text is not None else None
            case "task":
                task = next((each for each in library.tasks if each.id == item.id), None)
                return _facts(_of_a_task(task), _words(task)) if task else None
        block = self._block(item.plan, item.block)
        if block is None:
            return None
        activity = library.activities.get(block.activity or "")
        if item.kind == "block":
            whole = [_words(block, "activity"), _words(activity) if activity else None]
            return _facts(self._of_a_block(block, activity, item.plan), whole)
        if item.kind == "step":
            step = next((each for each in activity.steps if each.id == item.part), None) if activity else None
            return _facts(_of_a_step(step), _words(step)) if step else None
        slide = next((each for each in activity.slides if each.id == item.part), None) if activity else None
        values = _of_a_slide(slide) if slide else self._of_a_made_slide(item, block, activity)
        return _facts(values, _words(slide) if slide else values) if values else None

    def names(self, kind: str, *, plan: str = "", block: str = "") -> tuple[str, ...]:
        """Everything of a kind that there is, in the same plan or block where it has one."""
        library = self.library
        match kind:
            case "plan":
                return tuple(library.plans)
            case "activity":
                return tuple(library.activities)
            case "document":
                return tuple(self.documents)
            case "quote":
                return tuple(quote.id for quote in library.article.quotes)
            case "task":
                return tuple(task.id for task in library.tasks)
            case "template":
                return tuple(self.templates)
            case "block":
                return tuple(each.id for each in library.plans[plan].all_blocks) if plan in library.plans else ()
        activity = library.activities.get(self.activity_of(plan, block))
        parts: tuple[Step, ...] | tuple[Slide, ...] = ()
        if activity is not None:
            parts = activity.steps if kind == "step" else activity.slides
        return tuple(f"{block}/{each.id}" for each in parts)

    def _block(self, plan: str, id: str) -> Block | None:
        found = self.library.plans.get(plan)
        return next((block for block in found.all_blocks if block.id == id), None) if found else None

    def _of_a_block(self, block: Block, activity: Activity | None, plan: str) -> dict[str, Fact]:
        return {
            "title": block.title or (activity.title if activity else NONE),
            "minutes": block.minutes,
            "priority": block.priority,
            "start": NONE if block.start is None else self.library.english.clock(block.start),
            "summary": activity.summary if activity else NONE,
            "purpose": _line(block.purpose or (activity.purpose if activity else None)),
            "note": _line(block.note),
            "after": _before(self.library.plans[plan], block.id),
        }

    def _of_a_made_slide(self, item: Item, block: Block, activity: Activity | None) -> dict[str, Fact]:
        """The slides that are made of what block and activity say; nothing when there is no such slide."""
        title = block.title or (activity.title if activity else NONE)
        points: tuple[str, ...] = ()
        match item.part:
            case "break" if block.kind == "break":
                pass
            case "section" if activity is not None:
                pass
            case "homework" if homework := _homework(self.library.plans[item.plan], block.id):
                points = tuple(_line(task) for task in homework)
            case "activity" if activity is not None:
                points = tuple(step.title for step in activity.steps)
            case "debrief" if activity is not None and activity.debrief is not None:
                points = tuple(_line(question.ask) for question in activity.debrief.questions)
            case "answers" if activity is not None and activity.answers:
                points = tuple(_line(answer) for answer in activity.answers)
            case _:
                return {}
        return {"title": title, "points": points or NONE, "question": NONE}


def _words(record: BaseModel, *without: str) -> dict[str, Any]:
    """All that a record says, but not what it is called: a new name changes no words, nor does wrapping them anew."""
    unsaid = {name for name in _LATER if not getattr(record, name, None)}
    words: dict[str, Any] = _wrapped_alike(record.model_dump(mode="json", exclude={"id", *without, *unsaid}))
    return words


_LATER = ("roles",)
"""Fields that came after folders of trusts had their locks: while they are empty, nothing has been rewritten."""


def _wrapped_alike(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _wrapped_alike(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_wrapped_alike(inner) for inner in value]
    return " ".join(value.split()) if isinstance(value, str) else value


def _facts(values: Mapping[str, Fact], whole: object) -> Facts:
    return Facts(values, digest(whole))


def digest(data: object) -> str:
    """The first 16 digits of the SHA-256 of plain data."""
    text = json.dumps(data, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _line(text: str | None) -> str:
    return " ".join(text.split()) if text else NONE


def _minutes(minutes: Minutes) -> Fact:
    """`5`, or `3 to 10 minutes, at best 5`."""
    if minutes.least == minutes.most:
        return minutes.best
    return f"{minutes.least} to {minutes.most} minutes, at best {minutes.best}"


def _before(plan: Plan, id: str) -> str:
    """The block before `id`; a block that begins a session stands after none."""
    for _, session in plan.parts:
        ids = [block.id for block in session.blocks]
        if id in ids:
            position = ids.index(id)
            return ids[position - 1] if position else NONE
    return NONE


def _homework(plan: Plan, block: str) -> tuple[str, ...]:
    """What is asked for after the session that ends with `block`."""
    return next((part.homework for _, part in plan.parts if part.blocks[-1].id == block), ())


def _of_a_plan(plan: Plan) -> dict[str, Fact]:
    return {"title": plan.title, "minutes": plan.length, "blocks": tuple(block.id for block in plan.all_blocks)}


def _of_an_activity(activity: Activity) -> dict[str, Fact]:
    return {
        "title": activity.title,
        "minutes": activity.best,
        "summary": activity.summary,
        "steps": tuple(step.title for step in activity.steps),
        "themes": activity.themes,
    }


def _of_a_step(step: Step) -> dict[str, Fact]:
    return {
        "title": step.title,
        "minutes": _minutes(step.minutes),
        "do": _line(step.do),
        "say": _line(step.say),
        "watch": _line(step.watch),
    }


def _of_a_task(task: Task) -> dict[str, Fact]:
    return {"text": _line(task.text), "answer": task.answer, "because": _line(task.why)}


def _of_a_slide(slide: Slide) -> dict[str, Fact]:
    points: tuple[str, ...] = ()
    match slide:
        case ContentSlide():
            points = slide.points
        case CompareSlide():
            points = tuple(_panels(slide))
        case DiscussionSlide():
            points = slide.prompts
    question = slide.question if isinstance(slide, DiscussionSlide) else NONE
    return {"title": slide.title, "points": points or NONE, "question": question}


def _panels(slide: CompareSlide) -> Iterator[str]:
    for panel in (slide.left, slide.right):
        yield panel.heading
        yield from panel.points
