"""A plan and a trust become a session: changes applied, words put in, every step timed to the clock."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from kit.diagnostics import Diagnostic, Outcome
from kit.load import Library
from kit.model.activity import Activity
from kit.model.plan import Block, Plan, PlanSession, Recall
from kit.model.trust import AddChange, Change, DropChange, SessionDetails, SetChange
from kit.model.workshop import Organisation, Session, SessionBlock, TimedStep, Workshop
from kit.phrasing import Origin, Phrasing, vocabulary
from kit.recall import asking, waits
from kit.schedule import clock, duration, fit, shifted, tables_for
from kit.source import Path
from kit.wording import curly

DEFAULT_SPARES = 2


@dataclass(frozen=True)
class Request:
    """What was asked for on the command line; it comes before the trust's profile and the plan."""

    dates: tuple[date, ...] = ()
    """The day of the first session, or of every session."""
    start: int | None = None
    """When the first session starts; the others keep their distance from it."""
    attendees: int | None = None


NOTHING_ASKED = Request()


def localise(library: Library, plan_id: str, request: Request = NOTHING_ASKED) -> Outcome[Workshop]:
    """The session that `plan_id` becomes in this edition, or every reason why it cannot.

    None without a reason of its own when an activity of the plan could not be read: that is a fault already.
    """
    return _Localiser(library, plan_id, request).workshop()


@dataclass(frozen=True)
class _Part:
    """A session as it is written at `path` of the plan, and its blocks after the trust's changes."""

    path: Path
    written: PlanSession
    blocks: tuple[tuple[Block, Origin], ...]


class _Localiser:
    def __init__(self, library: Library, plan_id: str, request: Request) -> None:
        self.library = library
        self.trust = library.trust
        self.plan = library.plans[plan_id]
        self.request = request
        self.text = library.texts[f"plan:{plan_id}"]
        self.phrasing = Phrasing(vocabulary(library))
        self.faults: list[Diagnostic] = []

    def fault(self, code: str, message: str, advice: str, origin: Origin | None, *path: str | int) -> None:
        """A fault at `path` of a record; without an origin it was asked for on the command line."""
        self.faults.append(Diagnostic(code, message, advice, origin.place(path) if origin else None))

    def workshop(self) -> Outcome[Workshop]:
        parts = self._changed()
        plan = self.phrasing.put(
            self.plan.model_copy(update={"blocks": (), "sessions": (), "recall": ()}), Origin(self.text)
        )
        details = self.trust.session if self.trust else SessionDetails()
        planned = details if details.plan in (None, self.plan.id) else SessionDetails()
        attendees = _first(self.request.attendees, details.attendees, self.plan.people.planned)
        days = tuple(_days(self.plan))
        dates = self._dates(days, planned)
        later = _first(self.request.start, planned.start, self.plan.parts[0][1].start) - self.plan.parts[0][1].start
        sessions = _with_handouts(
            self._session(part, number, day, dates[number - 1] if dates else None, later)
            for number, (part, day) in enumerate(zip(parts, days, strict=True), 1)
        )
        if self._all_changes_apply():
            for part in parts:
                self._total(part)
        scenarios = tuple(
            self.phrasing.put(scenario, self._profile("scenarios", position))
            for position, scenario in enumerate(self.trust.scenarios if self.trust else ())
        )
        workshop = Workshop(
            plan=plan,
            organisation=self._organisation(),
            article=self._article(),
            frameworks=self.library.frameworks,
            sessions=sessions,
            all_sessions=sessions,
            scenarios=scenarios,
            tasks=tuple(
                self.phrasing.put(task, Origin(self.library.texts["tasks"], ("tasks", position)))
                for position, task in enumerate(self.library.tasks)
            ),
            changes=tuple(self._told()),
            attendees=attendees,
            tables=details.tables or tables_for(attendees),
            spares=DEFAULT_SPARES if details.spares is None else details.spares,
            texts=self.library.texts,
        )
        whole = len(workshop.blocks) == sum(len(part.blocks) for part in parts)
        return Outcome(workshop if whole else None, tuple(dict.fromkeys([*self.phrasing.faults, *self.faults])))

    def _session(self, part: _Part, number: int, day: int, date: date | None, later: int) -> Session:
        written = part.written
        worded = self.phrasing.put(written.model_copy(update={"blocks": ()}), Origin(self.text, part.path))
        start = written.start + later
        return Session(
            id=written.id,
            number=number,
            of=len(self.plan.parts),
            title=worded.title,
            day=day,
            date=date,
            start=start,
            blocks=tuple(self._timed(part.blocks, start, worded.recall)),
            recall=worded.recall,
            homework=worded.homework,
        )

    # Days

    def _dates(self, days: tuple[int, ...], planned: SessionDetails) -> tuple[date, ...]:
        """A date for each session, or none at all: from the first, or as they were given one by one."""
        given = self.request.dates or planned.date
        if not given:
            return ()
        if len(given) == 1:
            return tuple(given[0] + timedelta(days=day) for day in days)
        origin = None if self.request.dates else self._profile("session")
        if len(given) != len(days):
            many = "1 session" if len(days) == 1 else f"{len(days)} sessions"
            self.fault(
                "wrong-number-of-dates",
                f"{len(given)} dates are given, but the plan has {many}.",
                "Give the date of the first session or one for each, and say under `plan` which plan they are for.",
                origin,
                "date",
            )
        elif list(given) != sorted(given):
            self.fault(
                "dates-not-in-order",
                "The dates of the sessions are not in order.",
                "Write them from the first session to the last.",
                origin,
                "date",
            )
        return given if len(given) == len(days) else ()

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
        cpd = self.trust.cpd if self.trust.cpd and self.trust.cpd.plan == self.plan.id else None
        approval = self.phrasing.put(cpd, self._profile("cpd")) if cpd else None
        return Organisation(curly(self.trust.name), curly(self.trust.short), people, venue, contact, approval)

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

    def _changed(self) -> tuple[_Part, ...]:
        """The plan's sessions after the trust's changes, which apply in the order in which they are written."""
        parts = tuple(
            _Part(
                path,
                session,
                tuple((block, Origin(self.text, (*path, "blocks", i))) for i, block in enumerate(session.blocks)),
            )
            for path, session in self.plan.parts
        )
        for position, change in enumerate(self._changes()):
            origin = self._profile("changes", self.plan.id, position)
            last = len(parts) == 1
            parts = tuple(replace(part, blocks=_apply(change, part.blocks, origin, last=last)) for part in parts)
        return parts

    def _all_changes_apply(self) -> bool:
        """False when a change names a block that is not there: the minutes are wrong because of that alone."""
        ids = {block.id for block in self.plan.all_blocks}
        ids |= {change.add.id for change in self._changes() if isinstance(change, AddChange)}
        return all(
            (change.set if isinstance(change, SetChange) else change.drop) in ids
            for change in self._changes()
            if not isinstance(change, AddChange)
        )

    def _told(self) -> Iterator[str]:
        """What the trust changed, in sentences for the guide."""
        before = {block.id: block for block in self.plan.all_blocks}
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

    def _timed(
        self, blocks: Sequence[tuple[Block, Origin]], start: int, recall: tuple[Recall, ...]
    ) -> Iterator[SessionBlock]:
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
            yield self._block(block, origin, activity, at, number, recall)
            at += block.minutes

    def _block(
        self,
        block: Block,
        origin: Origin,
        activity: Activity | None,
        at: int,
        number: int,
        recall: tuple[Recall, ...],
    ) -> SessionBlock:
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
        spoken = asking(self.phrasing.put(activity, Origin(self.library.texts[f"activity:{activity.id}"])), recall)
        if waits(activity) and not recall:
            self.faults.append(
                Diagnostic(
                    "nothing-to-recall",
                    f"The block “{block.id}” asks the plan’s questions from memory, but the plan has none.",
                    "Write 2 or 3 under `recall`, each with its `answer` and the `objectives` that it tests.",
                    origin.place(("activity",)),
                    severity="warning",
                )
            )
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

    def _total(self, part: _Part) -> None:
        total = sum(block.minutes for block, _ in part.blocks)
        promised = part.written.minutes
        if total == promised:
            return
        changed = [block for block, _ in part.blocks] != list(part.written.blocks)
        origin = self._profile("changes", self.plan.id) if changed else Origin(self.text, (*part.path, "minutes"))
        over = total - promised
        which = f" of the session “{part.written.id}”" if self.plan.sessions else ""
        self.fault(
            "blocks-do-not-fill-slot",
            f"The blocks{which} take {duration(total)}, but the plan promises {duration(promised)}.",
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


def _apply(
    change: Change, blocks: tuple[tuple[Block, Origin], ...], origin: Origin, *, last: bool
) -> tuple[tuple[Block, Origin], ...]:
    """One change in the blocks of one session; those that name no block of it leave them as they are.

    `last` says that a block to be added goes to the end when its neighbour is not there: a fault of its own, which
    must not hide what else is wrong.
    """
    match change:
        case SetChange():
            new = change.model_dump(exclude={"set", "why"}, exclude_none=True)
            elsewhere = dict.fromkeys(new, origin)
            return tuple(
                (block.model_copy(update=new), replace(place, elsewhere={**place.elsewhere, **elsewhere}))
                if block.id == change.set
                else (block, place)
                for block, place in blocks
            )
        case DropChange():
            return tuple((block, place) for block, place in blocks if block.id != change.drop)
        case AddChange():
            added = (change.add, Origin(origin.text, (*origin.path, "add")))
            ids = [block.id for block, _ in blocks]
            if change.before in ids:
                position = ids.index(change.before)
            elif change.after in ids:
                position = ids.index(change.after) + 1
            elif last:
                position = len(ids)
            else:
                return blocks
            return (*blocks[:position], added, *blocks[position:])


def _days(plan: Plan) -> Iterator[int]:
    """Days from the first session to each."""
    day = 0
    for _, session in plan.parts:
        if session.after is not None:
            day += (shifted(date.min, weeks=session.after.weeks, months=session.after.months) - date.min).days
        yield day


def _with_handouts(sessions: Iterable[Session]) -> tuple[Session, ...]:
    """The worksheets of the whole workshop are numbered in one row: they lie in one workbook."""
    count = itertools.count(1)
    return tuple(
        replace(
            session,
            blocks=tuple(
                replace(block, handout=next(count)) if block.activity and block.activity.worksheet else block
                for block in session.blocks
            ),
        )
        for session in sessions
    )


def _on_the_clock(activity: Activity, minutes: tuple[int, ...], at: int) -> tuple[tuple[TimedStep, ...], int]:
    steps = []
    for step, given in zip(activity.steps, minutes, strict=False):
        steps.append(TimedStep(step, at, given))
        at += given
    return tuple(steps), at
