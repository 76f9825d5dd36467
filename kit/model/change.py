"""What a trust does differently in a plan: changes that name blocks, steps, slides, documents, tasks and
quotations by id.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, NamedTuple, Self

from pydantic import Discriminator, Field, StringConstraints, Tag, model_validator

from kit.model.activity import CompareSlide, ContentSlide, DiscussionSlide, QuoteSlide, Step
from kit.model.entry import Clock, Entry, Id, Line, Positive, Text
from kit.model.plan import Block, Priority
from kit.model.task import Answer, Task, TaskText

Kind = Literal["block", "step", "slide", "document", "quote", "task"]

_ID = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_WHOLE = "block|document|quote|task"
TargetText = Annotated[
    str,
    StringConstraints(
        pattern=rf"^(?:(?:step|slide) {_ID}/{_ID}|(?:{_WHOLE}) {_ID}|{_ID}(?:/{_ID})?)$",
        max_length=130,
    ),
]
"""What a change is about: `sort`, `sort/deal` (a step), `slide sort/activity`, `document register`, `task x`,
`quote x`."""


class Target(NamedTuple):
    """A target in its parts. `block` is empty for documents, quotations and tasks, `id` for blocks."""

    kind: Kind
    block: str
    id: str


def target(text: str) -> Target:
    """The parts of a `TargetText`."""
    word, blank, rest = text.partition(" ")
    named = rest if blank else text
    block, slash, id = named.partition("/")
    kind: Kind = word if blank else ("step" if slash else "block")  # type: ignore[assignment]
    if kind in ("document", "quote", "task"):
        return Target(kind, "", named)
    return Target(kind, block, id)


class Page(Entry):
    """A handout of the trust's own, in Markdown."""

    id: Id
    title: Line
    question: Line | None = None
    """What stands at its head in large type."""
    text: Text
    lines: Annotated[int, Field(strict=True, ge=0, le=24)] = 0
    """Ruled lines to write on, below the text."""


class Choice(Entry):
    """A quotation put on the cards of a block."""

    quote: Id


SETTABLE: dict[str, frozenset[str]] = {
    "block": frozenset({"title", "minutes", "priority", "start", "purpose", "note"}),
    "step": frozenset({"title", "minutes", "do", "say", "watch"}),
    "slide": frozenset({"title", "points", "question"}),
    "document": frozenset({"title", "copies", "note"}),
    "task": frozenset({"text", "answer", "because"}),
}
"""For each kind of target, the fields that a change may set."""


class SetChange(Entry):
    """Give a block, a step, a slide, a document or a task other words, minutes or copies."""

    set: TargetText
    title: Line | None = None
    minutes: Positive | None = None
    priority: Priority | None = None
    start: Clock | None = None
    purpose: Text | None = None
    note: Text | None = None
    do: Text | None = None
    say: Text | None = None
    watch: Text | None = None
    points: Annotated[tuple[Line, ...], Field(min_length=1, max_length=5)] | None = None
    question: Line | None = None
    copies: Positive | None = None
    """How many copies of a document are printed in all, however many people come."""
    text: TaskText | None = None
    answer: Answer | None = None
    because: Line | None = None
    """What speaks for the answer to a task; `why` says what speaks for the change."""
    why: Line | None = None

    @model_validator(mode="after")
    def _fields_fit_the_target(self) -> Self:
        kind = target(self.set).kind
        settable = SETTABLE.get(kind)
        if settable is None:
            raise ValueError(f"a {kind} can be dropped, and nothing of it can be set")
        wrong = self.model_fields_set - {"set", "why"} - settable
        if wrong:
            fields = ", ".join(sorted(settable))
            raise ValueError(f"a {kind} has no `{min(wrong)}` that can be set; there are {fields}")
        if self.answer is not None and self.because is None:
            raise ValueError("another answer needs what speaks for it, under `because`")
        return self

    @property
    def values(self) -> dict[str, Any]:
        """What is set, by field."""
        return {name: getattr(self, name) for name in self.model_fields_set - {"set", "why"}}


class DropChange(Entry):
    """Leave a block, a step, a slide, a document, a task or a quotation out."""

    drop: TargetText
    why: Line | None = None


def _what_is_added(value: Any) -> str:
    """The tag of what a change adds. A slide's tag is its layout; one that is none is reported at its `layout`."""
    if not isinstance(value, dict):
        return {"Block": "block", "Step": "step", "Page": "page", "Choice": "choice", "Task": "task"}.get(
            type(value).__name__, getattr(value, "layout", "block")
        )
    if "layout" in value:
        layout = value["layout"]
        return layout if layout in ("quote", "compare", "content", "discussion") else "content"
    if "answer" in value:
        return "task"
    if set(value) == {"quote"}:
        return "choice"
    return "step" if "do" in value else "page" if "text" in value else "block"


Added = Annotated[
    Annotated[Block, Tag("block")]
    | Annotated[Step, Tag("step")]
    | Annotated[Page, Tag("page")]
    | Annotated[Choice, Tag("choice")]
    | Annotated[Task, Tag("task")]
    | Annotated[QuoteSlide, Tag("quote")]
    | Annotated[CompareSlide, Tag("compare")]
    | Annotated[ContentSlide, Tag("content")]
    | Annotated[DiscussionSlide, Tag("discussion")],
    Discriminator(_what_is_added),
]
"""A block, a step (it has `do`), a page (it has `text`), a slide (it has `layout`), a task (it has
`answer`), or `quote: ID` alone."""


class AddChange(Entry):
    """Put something in. A block goes beside a block, a step beside a step; slides, pages and quotations to a block.

    A task goes beside a task, or to the end.
    """

    add: Added
    before: TargetText | None = None
    after: TargetText | None = None
    why: Line | None = None

    @property
    def beside(self) -> str:
        return self.before or self.after or ""


class ReplaceChange(Entry):
    """Put another block, or another step, in the place of one that is there."""

    replace: TargetText
    by: Annotated[Annotated[Block, Tag("block")] | Annotated[Step, Tag("step")], Discriminator(_what_is_added)]
    why: Line | None = None


class MoveChange(Entry):
    """Put a block, or a step, before or after another one."""

    move: TargetText
    before: TargetText | None = None
    after: TargetText | None = None
    why: Line | None = None

    @property
    def beside(self) -> str:
        return self.before or self.after or ""


VERBS = ("set", "drop", "add", "replace", "move")


def _verb(value: Any) -> str | None:
    if isinstance(value, dict):
        return next((verb for verb in VERBS if verb in value), None)
    return next((verb for verb in VERBS if hasattr(value, verb)), None)


Change = Annotated[
    Annotated[SetChange, Tag("set")]
    | Annotated[DropChange, Tag("drop")]
    | Annotated[AddChange, Tag("add")]
    | Annotated[ReplaceChange, Tag("replace")]
    | Annotated[MoveChange, Tag("move")],
    Discriminator(_verb),
]


def added_blocks(changes: tuple[Change, ...]) -> tuple[Block, ...]:
    """The blocks that changes bring in."""
    brought = [change.add for change in changes if isinstance(change, AddChange)]
    brought += [change.by for change in changes if isinstance(change, ReplaceChange)]
    return tuple(item for item in brought if isinstance(item, Block))
