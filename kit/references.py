"""Names that lead nowhere: every id in the content must be the id of something."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal

from kit.diagnostics import Diagnostic
from kit.faults import near
from kit.gone import gone
from kit.model.activity import Activity, CompareSlide, DiagramPart, DiagramSlide, QuoteSlide, QuotesPart, Step
from kit.model.change import (
    AddChange,
    Change,
    Choice,
    DropChange,
    MoveChange,
    ReplaceChange,
    SetChange,
    Target,
    added_blocks,
    target,
)
from kit.model.lock import Item
from kit.model.plan import Block, Plan, Preparation
from kit.model.task import Task
from kit.model.trust import Trust
from kit.source import Path, SourceText

if TYPE_CHECKING:
    from kit.load import Library

LISTED = {"quote": "quotes", "theme": "themes", "activity": "activities", "plan": "plans", "document": "documents"}
"""What `kit list` calls each kind of entry that it can list."""

MADE_SLIDES = ("section", "activity", "debrief", "break", "homework", "answers")
"""The slides that a block has beside its activity's own."""

FRAME = {
    "0-opening": ("title", "welcome", "objectives", "agenda"),
    "0-closing": ("themes", "source"),
    "0-backup": ("late",),
}
"""The slides around the blocks of a session."""

DIAGRAMS = ("accountability-canvas", "circle-of-influence", "spectrum", "two-lenses")


def dangling(library: Library, elsewhere: Mapping[str, Collection[str]]) -> Iterator[Diagnostic]:
    """A fault for every id that is used and not defined, and for every id that is defined twice.

    `elsewhere` names what the library does not hold: all plans, symbols and documents, and the activities
    whose files could not be read, since naming one of them is no second fault.
    """
    return _References(library, elsewhere).all()


class _References:
    def __init__(self, library: Library, elsewhere: Mapping[str, Collection[str]]) -> None:
        self.library = library
        article = library.article
        self.known: dict[str, Collection[str]] = {
            "voice": [v.id for v in article.voices],
            "theme": [t.id for t in article.themes],
            "quote": [q.id for q in article.quotes],
            "activity": [*library.activities, *elsewhere["activity"]],
            "plan": elsewhere["plan"],
            "symbol": elsewhere["symbol"],
            "document": elsewhere["document"],
            "framework": [f.id for f in library.frameworks],
            "diagram": DIAGRAMS,
            "task": [t.id for t in library.tasks],
        }

    def all(self) -> Iterator[Diagnostic]:
        yield from self._article()
        for id, activity in self.library.activities.items():
            yield from self._activity(activity, self.library.texts[f"activity:{id}"])
        for id, plan in self.library.plans.items():
            yield from self._plan(plan, self.library.texts[f"plan:{id}"])
        if self.library.trust is not None:
            yield from self._trust(self.library.trust, self.library.texts["trust"])

    def _one(self, what: str, id: str, text: SourceText, path: Path, *, key: bool = False) -> Iterator[Diagnostic]:
        known = self.known[what]
        if id not in known:
            listing = LISTED.get(what)
            advice = f"To see them all: kit list {listing}." if listing else f"It is one of: {', '.join(known)}."
            told = _there_is_no(what, id, known), advice
            if what in ("plan", "activity", "document", "quote", "task"):
                told = gone(self.library, text, what, id, known, item=Item(what, id)) or told  # type: ignore[arg-type]
            yield Diagnostic(f"unknown-{what}", *told, text.place(path, key=key))

    def _many(self, what: str, ids: tuple[str, ...], text: SourceText, path: Path) -> Iterator[Diagnostic]:
        for position, id in enumerate(ids):
            yield from self._one(what, id, text, (*path, position))

    def _unique(
        self, ids: list[str], text: SourceText, path: Path, *, before: Sequence[str] = ()
    ) -> Iterator[Diagnostic]:
        """A fault for each id that stands among those before it, in this list or in the lists `before`."""
        for position, id in enumerate(ids):
            if id in (*before, *ids[:position]):
                yield Diagnostic(
                    "duplicate-id",
                    f"The id “{id}” is used a second time here.",
                    "Give one of the two another id.",
                    text.place((*path, position, "id")),
                )

    def _article(self) -> Iterator[Diagnostic]:
        article, texts = self.library.article, self.library.texts
        yield from self._unique([v.id for v in article.voices], texts["voices"], ("voices",))
        yield from self._unique([t.id for t in article.themes], texts["themes"], ("themes",))
        yield from self._unique([q.id for q in article.quotes], texts["quotes"], ("quotes",))
        yield from self._unique([f.id for f in self.library.frameworks], texts["frameworks"], ("frameworks",))
        yield from self._unique([t.id for t in self.library.tasks], texts["tasks"], ("tasks",))
        for position, theme in enumerate(article.themes):
            yield from self._many("voice", theme.voices, texts["themes"], ("themes", position, "voices"))
            yield from self._one("symbol", theme.symbol, texts["themes"], ("themes", position, "symbol"))
        for position, quote in enumerate(article.quotes):
            yield from self._one("voice", quote.voice, texts["quotes"], ("quotes", position, "voice"))
            yield from self._many("theme", quote.themes, texts["quotes"], ("quotes", position, "themes"))

    def _activity(self, activity: Activity, text: SourceText) -> Iterator[Diagnostic]:
        yield from self._many("theme", activity.themes, text, ("themes",))
        yield from self._many("quote", activity.quotes, text, ("quotes",))
        yield from self._unique([s.id for s in activity.steps], text, ("steps",))
        yield from self._unique([m.id for m in activity.materials], text, ("materials",))
        yield from self._unique([s.id for s in activity.slides], text, ("slides",))
        for position, material in enumerate(activity.materials):
            if material.document is not None:
                yield from self._one("document", material.document, text, ("materials", position, "document"))
        for position, slide in enumerate(activity.slides):
            if isinstance(slide, QuoteSlide):
                yield from self._one("quote", slide.quote, text, ("slides", position, "quote"))
            if isinstance(slide, CompareSlide):
                for side, panel in (("left", slide.left), ("right", slide.right)):
                    if panel.symbol:
                        yield from self._one("symbol", panel.symbol, text, ("slides", position, side, "symbol"))
            if isinstance(slide, DiagramSlide):
                yield from self._one("diagram", slide.diagram, text, ("slides", position, "diagram"))
        for position, part in enumerate(activity.worksheet.parts if activity.worksheet else ()):
            path: Path = ("worksheet", "parts", position)
            if isinstance(part, QuotesPart):
                yield from self._many("quote", part.quotes, text, (*path, "quotes"))
            if isinstance(part, DiagramPart):
                yield from self._one("diagram", part.diagram, text, (*path, "diagram"))

    def _plan(self, plan: Plan, text: SourceText) -> Iterator[Diagnostic]:
        yield from self._unique([o.id for o in plan.objectives], text, ("objectives",))
        yield from self._unique([s.id for s in plan.sessions], text, ("sessions",))
        blocks = [block.id for block in plan.all_blocks]
        for position, item in enumerate(plan.before):
            if isinstance(item, Preparation):
                yield from self._block_id(item.block, blocks, plan, text, ("before", position, "block"))
        seen: list[str] = []
        for path, session in plan.parts:
            ids = [block.id for block in session.blocks]
            yield from self._unique(ids, text, (*path, "blocks"), before=seen)
            seen += ids
            for position, block in enumerate(session.blocks):
                yield from self._block(block, plan, text, (*path, "blocks", position))
            for position, question in enumerate(session.recall):
                yield from self._objectives(question.objectives, plan, text, (*path, "recall", position))
        yield from self._many("document", plan.leave_out, text, ("leave_out",))
        for position, mapped in enumerate(plan.frameworks):
            spot: Path = ("frameworks", position)
            yield from self._one("framework", mapped.framework, text, (*spot, "framework"))
            framework = next((f for f in self.library.frameworks if f.id == mapped.framework), None)
            for place, item in enumerate(mapped.items if framework else ()):
                known = [i.id for i in framework.items] if framework else []
                if item not in known:
                    yield Diagnostic(
                        "unknown-framework-item",
                        _there_is_no("item", item, known),
                        f"The items are: {', '.join(known)}.",
                        text.place((*spot, "items", place)),
                    )

    def _block(self, block: Block, plan: Plan, text: SourceText, path: Path) -> Iterator[Diagnostic]:
        if block.activity is not None:
            yield from self._one("activity", block.activity, text, (*path, "activity"))
        if block.alternative is not None:
            yield from self._one("activity", block.alternative, text, (*path, "alternative"))
        yield from self._objectives(block.objectives, plan, text, path)

    def _objectives(self, ids: Sequence[str], plan: Plan, text: SourceText, path: Path) -> Iterator[Diagnostic]:
        known = [o.id for o in plan.objectives]
        for position, objective in enumerate(ids):
            if objective not in known:
                yield Diagnostic(
                    "unknown-objective",
                    _there_is_no("objective", objective, known),
                    f"The objectives of this plan are: {', '.join(known)}.",
                    text.place((*path, "objectives", position)),
                )

    def _trust(self, trust: Trust, text: SourceText) -> Iterator[Diagnostic]:
        yield from self._unique([s.id for s in trust.scenarios], text, ("scenarios",))
        for position, scenario in enumerate(trust.scenarios):
            yield from self._many("theme", scenario.themes, text, ("scenarios", position, "themes"))
        if trust.session.plan is not None:
            yield from self._one("plan", trust.session.plan, text, ("session", "plan"))
        if trust.cpd is not None:
            yield from self._one("plan", trust.cpd.plan, text, ("cpd", "plan"))
        for plan_id, changes in trust.changes.items():
            yield from self._one("plan", plan_id, text, ("changes", plan_id), key=True)
            plan = self.library.plans.get(plan_id)
            if plan is not None:
                yield from self._changes(plan, changes, text)

    def _changes(self, plan: Plan, changes: tuple[Change, ...], text: SourceText) -> Iterator[Diagnostic]:
        """Targets that are not there. What is added may be named; what is dropped or replaced may not be set."""
        written = [block.id for block in plan.all_blocks]
        brought = [block.id for block in added_blocks(changes)]
        gone = [t.block for change in changes if (t := _gone(change)) is not None and t.kind == "block"]
        left = [id for id in (*written, *brought) if id not in gone or id in brought]
        for position, change in enumerate(changes):
            path: Path = ("changes", plan.id, position)
            match change:
                case SetChange():
                    yield from self._target(change.set, left, plan, changes, text, (*path, "set"))
                case DropChange():
                    # A block that a change adds is not dropped again, but its steps and slides may be.
                    known = written if target(change.drop).kind == "block" else [*written, *brought]
                    yield from self._target(change.drop, known, plan, changes, text, (*path, "drop"))
                case ReplaceChange():
                    yield from self._target(change.replace, written, plan, changes, text, (*path, "replace"))
                    yield from self._brought(change.by, plan, written, gone, text, (*path, "by"))
                case MoveChange():
                    yield from self._target(change.move, [*written, *brought], plan, changes, text, (*path, "move"))
                    yield from self._neighbour(change, "move", change.move, text, path)
                    yield from self._beside(change, [*written, *brought], plan, changes, text, path)
                case AddChange():
                    name = getattr(change.add, "id", "") or getattr(change.add, "quote", "")
                    yield from self._neighbour(change, "add", name, text, path)
                    yield from self._beside(change, [*written, *brought], plan, changes, text, path)
                    yield from self._brought(change.add, plan, written, gone, text, (*path, "add"))

    def _beside(
        self,
        change: AddChange | MoveChange,
        blocks: list[str],
        plan: Plan,
        changes: tuple[Change, ...],
        text: SourceText,
        path: Path,
    ) -> Iterator[Diagnostic]:
        for key, named in (("before", change.before), ("after", change.after)):
            if named is not None:
                yield from self._target(named, blocks, plan, changes, text, (*path, key))

    def _brought(
        self, value: Any, plan: Plan, written: list[str], gone: list[str], text: SourceText, path: Path
    ) -> Iterator[Diagnostic]:
        """What is wrong with a block, a slide or a quotation that a change brings in."""
        if isinstance(value, Block):
            if value.id in written and value.id not in gone:
                yield Diagnostic(
                    "duplicate-id",
                    f"The plan has a block “{value.id}” already.",
                    "Give the block that you add another id.",
                    text.place((*path, "id")),
                )
            yield from self._block(value, plan, text, path)
        if isinstance(value, Task) and value.id in self.known["task"]:
            yield Diagnostic(
                "duplicate-id",
                f"There is a task “{value.id}” already.",
                "Give the task that you add another id, or change the one that there is with `set`.",
                text.place((*path, "id")),
            )
        if isinstance(value, Choice | QuoteSlide):
            yield from self._one("quote", value.quote, text, (*path, "quote"))

    def _target(
        self,
        named: str,
        blocks: list[str],
        plan: Plan,
        changes: tuple[Change, ...],
        text: SourceText,
        path: Path,
    ) -> Iterator[Diagnostic]:
        spot = target(named)
        match spot.kind:
            case "document":
                yield from self._one("document", spot.id, text, path)
            case "quote":
                yield from self._one("quote", spot.id, text, path)
            case "task":
                if spot.id not in _tasks_added(changes):
                    yield from self._one("task", spot.id, text, path)
            case "slide" if spot.block in FRAME:
                yield from self._within("slide", spot.id, FRAME[spot.block], spot.block, text, path)
            case _:
                yield from self._block_id(spot.block, blocks, plan, text, path)
                activity = self._activity_of(spot.block, plan, changes)
                if spot.block in blocks and activity is not None and spot.kind == "step":
                    steps = [step.id for step in activity.steps] + _steps_added_to(spot.block, changes)
                    yield from self._within("step", spot.id, steps, spot.block, text, path, activity.id, plan)
                if spot.block in blocks and activity is not None and spot.kind == "slide":
                    slides = [slide.id for slide in activity.slides]
                    slides += MADE_SLIDES
                    yield from self._within("slide", spot.id, slides, spot.block, text, path, activity.id, plan)

    def _within(
        self,
        what: Literal["step", "slide"],
        id: str,
        known: Collection[str],
        block: str,
        text: SourceText,
        path: Path,
        activity: str = "",
        plan: Plan | None = None,
    ) -> Iterator[Diagnostic]:
        if id not in known:
            told = _there_is_no(what, id, known), f"The {what}s of “{block}” are: {', '.join(known)}."
            item = Item(what, f"{block}/{id}", plan.id) if plan else None
            told = gone(self.library, text, what, id, known, within=activity, item=item) or told
            yield Diagnostic(f"unknown-{what}", *told, text.place(path))

    def _activity_of(self, id: str, plan: Plan, changes: tuple[Change, ...]) -> Activity | None:
        blocks = {block.id: block for block in (*plan.all_blocks, *added_blocks(changes))}
        return self.library.activities.get(blocks[id].activity or "") if id in blocks else None

    def _neighbour(
        self, change: AddChange | MoveChange, key: str, id: str, text: SourceText, path: Path
    ) -> Iterator[Diagnostic]:
        if isinstance(getattr(change, "add", None), Task) and not change.beside:
            return
        if (change.before is None) == (change.after is None):
            given = "neither `before` nor `after`" if change.before is None else "both `before` and `after`"
            what = "the block " if isinstance(getattr(change, "add", None), Block) else ""
            yield Diagnostic(
                "unclear-position",
                f"It is not clear where {what}“{id}” goes: there is {given}.",
                "Write one of the two, with the id of what it stands beside.",
                text.place((*path, key), key=True),
            )

    def _block_id(self, id: str, blocks: list[str], plan: Plan, text: SourceText, path: Path) -> Iterator[Diagnostic]:
        if id not in blocks:
            told = _there_is_no("block", id, blocks), f"The blocks of this plan are: {', '.join(blocks)}."
            told = (
                gone(self.library, text, "block", id, blocks, within=plan.id, item=Item("block", id, plan.id)) or told
            )
            yield Diagnostic("unknown-block", *told, text.place(path))


def _gone(change: Change) -> Target | None:
    """What a change takes away."""
    if isinstance(change, DropChange):
        return target(change.drop)
    return target(change.replace) if isinstance(change, ReplaceChange) else None


def _steps_added_to(block: str, changes: tuple[Change, ...]) -> list[str]:
    """The ids of steps that changes put into a block."""
    brought = [
        change.add
        for change in changes
        if isinstance(change, AddChange) and change.beside and target(change.beside).block == block
    ]
    return [item.id for item in brought if isinstance(item, Step)]


def _tasks_added(changes: tuple[Change, ...]) -> list[str]:
    brought = (change.add for change in changes if isinstance(change, AddChange))
    return [item.id for item in brought if isinstance(item, Task)]


def _there_is_no(what: str, id: str, known: Collection[str]) -> str:
    return f"There is no {what} “{id}”. {near(id, known)}".strip()
