"""A plan and a trust become a session: changes applied, words put in, every step timed to the clock."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from kit.diagnostics import Diagnostic, Outcome
from kit.load import Library
from kit.model.activity import Activity
from kit.model.plan import Block
from kit.model.session import Organisation, Session, SessionBlock, TimedStep
from kit.model.trust import AddChange, Change, DropChange, SessionDetails, SetChange
from kit.phrasing import Origin, Phrasing, vocabulary
from kit.schedule import clock, duration, fit, tables_for
from kit.wording import curly

DEFAULT_SPARES = 2


@dataclass(frozen=True)
class Request:
    """What was asked for on the command line; it comes before the trust's profile and the plan."""

    date: date | None = None
    start: int | None = None
    attendees: int | None = None


NOTHING_ASKED = Request()


def localise(library: Library, plan_id: str, request: Request = NOTHING_ASKED) -> Outcome[Session]:
    """The session that `plan_id` becomes in this edition, or every reason why it cannot.

    None without a reason of its own when an activity of the plan could not be read: that is a fault already.
    """
    return _Localiser(library, plan_id, request).session()


class _Localiser:
    def __init__(self, library: Library, plan_id: str, request: Request) -> None:
        self.library = library
        self.trust = library.trust
        self.plan = library.plans[plan_id]
        self.request = request
        self.text = library.texts[f"plan:{plan_id}"]
        self.phrasing = Phrasing(vocabulary(library))
        self.faults: list[Diagnostic] = []

    def fault(self, code: str, message: str, advice: str, origin: Origin, *path: str | int) -> None:
        self.faults.append(Diagnostic(code, message, advice, origin.place(path)))

    def session(self) -> Outcome[Session]:
        blocks = self._changed()
        plan = self.phrasing.put(self.plan.model_copy(update={"blocks": ()}), Origin(self.text))
        details = self.trust.session if self.trust else SessionDetails()
        planned = details if details.plan in (None, self.plan.id) else SessionDetails()
        start = _first(self.request.start, planned.start, self.plan.start)
        attendees = _first(self.request.attendees, details.attendees, self.plan.people.planned)
        timed = tuple(self._timed(blocks, start))
        if self._all_changes_apply():
            self._total(blocks)
        scenarios = tuple(
            self.phrasing.put(scenario, self._profile("scenarios", position))
            for position, scenario in enumerate(self.trust.scenarios if self.trust else ())
        )
        session = Session(
            plan=plan,
            organisation=self._organisation(),
            article=self._article(),
            frameworks=self.library.frameworks,
            blocks=timed,
            scenarios=scenarios,
            tasks=tuple(
                self.phrasing.put(task, Origin(self.library.texts["tasks"], ("tasks", position)))
                for position, task in enumerate(self.library.tasks)
            ),
            changes=tuple(self._told()),
            date=_first(self.request.date, planned.date),
            start=start,
            attendees=attendees,
            tables=details.tables or tables_for(attendees),
            spares=DEFAULT_SPARES if details.spares is None else details.spares,
            texts=self.library.texts,
        )
        whole = len(timed) == len(blocks)
        return Outcome(session if whole else None, tuple(dict.fromkeys([*self.phrasing.faults, *self.faults])))

    # Words

    def _organisation(self) -> Organisation:
        if self.trust is None:
            return Organisation()
        people = tuple(
            self.phrasing.put(person, self._profile("facilitators", position))
            for position, person in enumerate(self.trust.facilitators)
        )
        venue = self.phrasing.put(self.trust.venue, self._profile("venue")) if self.trust.venue else None
        contact = curly(self.trust.contact or "")
        return Organisation(curly(self.trust.name), curly(self.trust.short), people, venue, contact)

    def _article(self) -> Any:
        """Themes speak the organisation's words and names are set as they should be; quotations are never touched."""
        article, texts = self.library.article, self.library.texts
        themes = tuple(
            self.phrasing.put(theme, Origin(texts["themes"], ("themes", position)))
            for position, theme in enumerate(article.themes)
        )
        voices = tuple(
            self.phrasing.put(voice, Origin(texts["voices"], ("voices", position)))
            for position, voice in enumerate(article.voices)
        )
        source = self.phrasing.put(article.source, Origin(texts["source"]))
        return article.model_copy(update={"themes": themes, "voices": voices, "source": source})

    def _profile(self, *path: str | int) -> Origin:
        return Origin(self.library.texts["trust"], path)

    # Changes

    def _changes(self) -> tuple[Change, ...]:
        return self.trust.changes.get(self.plan.id, ()) if self.trust else ()

    def _changed(self) -> list[tuple[Block, Origin]]:
        """The plan's blocks after the trust's changes, in the order in which they are written."""
        blocks = [(block, Origin(self.text, ("blocks", i))) for i, block in enumerate(self.plan.blocks)]
        for position, change in enumerate(self._changes()):
            blocks = _apply(change, blocks, self._profile("changes", self.plan.id, position))
        return blocks

    def _all_changes_apply(self) -> bool:
        """False when a change names a block that is not there: the minutes are wrong because of that alone."""
        ids = {block.id for block in self.plan.blocks}
        ids |= {change.add.id for change in self._changes() if isinstance(change, AddChange)}
        return all(
            (change.set if isinstance(change, SetChange) else change.drop) in ids
            for change in self._changes()
            if not isinstance(change, AddChange)
        )

    def _told(self) -> Iterator[str]:
        """What the trust changed, in sentences for the guide."""
        before = {block.id: block for block in self.plan.blocks}
        for position, change in enumerate(self._changes()):
            worded = self.phrasing.put(change, self._profile("changes", self.plan.id, position))
            why = f" {worded.why}" if worded.why else ""
            match worded:
                case SetChange():
                    block = before.get(worded.set)
                    name = curly(self._title(block)) if block else worded.set
                    yield f"“{name}” {_joined(_set_in_words(worded, block))}.{why}"
                case DropChange():
                    block = before.get(worded.drop)
                    yield f"“{curly(self._title(block)) if block else worded.drop}” is left out.{why}"
                case AddChange():
                    yield f"“{curly(self._title(worded.add))}” is added, {duration(worded.add.minutes)}.{why}"

    def _title(self, block: Block) -> str:
        if block.title:
            return block.title
        activity = self.library.activities.get(block.activity or "")
        return activity.title if activity else block.id

    # Time

    def _timed(self, blocks: list[tuple[Block, Origin]], start: int) -> Iterator[SessionBlock]:
        at, number = start, 0
        for block, origin in blocks:
            if block.start is not None and block.start != at:
                self.fault(
                    "start-cannot-be-kept",
                    f"The block “{block.id}” is to start at {clock(block.start)}, but the blocks before it "
                    f"end at {clock(at)}.",
                    "Change the minutes of the blocks before it, or the start.",
                    origin,
                    "start",
                )
            activity = self.library.activities.get(block.activity) if block.activity else None
            if block.kind == "activity" and activity is None:
                at += block.minutes
                continue
            number += block.kind == "activity"
            yield self._block(block, origin, activity, at, number)
            at += block.minutes

    def _block(self, block: Block, origin: Origin, activity: Activity | None, at: int, number: int) -> SessionBlock:
        worded = self.phrasing.put(block, origin)
        timed = SessionBlock(
            id=block.id,
            kind=block.kind,
            number=number if activity else 0,
            title=worded.title or "",
            start=at,
            minutes=block.minutes,
            priority=block.priority,
            objectives=block.objectives,
            purpose=worded.purpose or "",
            note=worded.note or "",
            activity=None,
        )
        if activity is None:
            return timed
        spoken = self.phrasing.put(activity, Origin(self.library.texts[f"activity:{activity.id}"]))
        ranges = [step.minutes for step in activity.steps] + ([activity.debrief.minutes] if activity.debrief else [])
        minutes = fit(block.minutes, ranges)
        if minutes is None:
            least, best, most = (sum(getattr(r, name) for r in ranges) for name in ("least", "best", "most"))
            takes = f"{best} minutes" if least == most else f"{least} to {most} minutes, at best {best}"
            self.fault(
                "steps-do-not-fit-block",
                f"The block “{block.id}” is given {block.minutes} minutes, but its steps take {takes}.",
                f"Give it {best} minutes, or change the steps in {self.library.texts[f'activity:{activity.id}'].file}.",
                origin,
                "minutes",
            )
            minutes = tuple(r.best for r in ranges)
        steps, debrief_start = _on_the_clock(spoken, minutes, at)
        return replace(
            timed,
            title=worded.title or spoken.title,
            purpose=worded.purpose or spoken.purpose,
            activity=spoken,
            steps=steps,
            debrief_start=debrief_start,
            debrief_minutes=minutes[len(steps)] if spoken.debrief else 0,
        )

    def _total(self, blocks: list[tuple[Block, Origin]]) -> None:
        total = sum(block.minutes for block, _ in blocks)
        if total == self.plan.minutes:
            return
        changed = bool(self._changes())
        origin = self._profile("changes", self.plan.id) if changed else Origin(self.text, ("minutes",))
        over = total - self.plan.minutes
        self.fault(
            "blocks-do-not-fill-slot",
            f"The blocks take {duration(total)}, but the plan promises {duration(self.plan.minutes)}.",
            f"{'Take away' if over > 0 else 'Add'} {duration(abs(over))}, or change what the plan promises.",
            origin,
        )


def _first(*values: Any) -> Any:
    return next((value for value in values if value is not None), None)


def _set_in_words(change: SetChange, block: Block | None) -> Iterator[str]:
    if change.title is not None:
        yield f"is called “{change.title}”"
    if change.minutes is not None:
        yield f"takes {duration(change.minutes)}" + (f" instead of {block.minutes}" if block else "")
    if change.priority is not None:
        yield f"is a {change.priority}"
    if change.start is not None:
        yield f"starts at {clock(change.start)}"
    if change.purpose is not None:
        yield "has a purpose of its own"
    if change.note is not None:
        yield "has a note of its own"


def _joined(parts: Iterator[str]) -> str:
    listed = list(parts) or ["is as it was"]
    return listed[0] if len(listed) == 1 else f"{', '.join(listed[:-1])} and {listed[-1]}"


def _apply(change: Change, blocks: list[tuple[Block, Origin]], origin: Origin) -> list[tuple[Block, Origin]]:
    """One change; an id that no block has leaves the blocks as they are (it is a fault of its own)."""
    match change:
        case SetChange():
            new = change.model_dump(exclude={"set", "why"}, exclude_none=True)
            elsewhere = dict.fromkeys(new, origin)
            return [
                (block.model_copy(update=new), replace(place, elsewhere={**place.elsewhere, **elsewhere}))
                if block.id == change.set
                else (block, place)
                for block, place in blocks
            ]
        case DropChange():
            return [(block, place) for block, place in blocks if block.id != change.drop]
        case AddChange():
            added = (change.add, Origin(origin.text, (*origin.path, "add")))
            ids = [block.id for block, _ in blocks]
            if change.before in ids:
                position = ids.index(change.before)
            else:
                position = ids.index(change.after) + 1 if change.after in ids else len(ids)
            return [*blocks[:position], added, *blocks[position:]]


def _on_the_clock(activity: Activity, minutes: tuple[int, ...], at: int) -> tuple[tuple[TimedStep, ...], int]:
    steps = []
    for step, given in zip(activity.steps, minutes, strict=False):
        steps.append(TimedStep(step, at, given))
        at += given
    return tuple(steps), at
