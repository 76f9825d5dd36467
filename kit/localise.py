"""A plan and a trust become a session: changes applied, words put in, every step timed to the clock."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from kit.changes import (
    changed_activity,
    changed_blocks,
    changed_tasks,
    dropped,
    of_a_task,
    pages_of,
    reworded_slides,
    set_documents,
)
from kit.diagnostics import Diagnostic, Outcome
from kit.load import Library
from kit.model.activity import Activity
from kit.model.change import Change, added_blocks, target
from kit.model.edition import Edition, editions_of
from kit.model.language import ENGLISH, NAMES
from kit.model.plan import Block, Plan, PlanSession, Recall
from kit.model.trust import SessionDetails
from kit.model.workshop import Organisation, OwnPage, Session, SessionBlock, StandsIn, TimedStep, Workshop
from kit.people import with_alternatives
from kit.phrasing import Origin, Phrasing
from kit.recall import asking, waits
from kit.retold import told
from kit.schedule import fit, shifted, tables_for
from kit.source import Path
from kit.wording import curly

DEFAULT_SPARES = 2
DAY = 24 * 60
"""In minutes: a session that runs past midnight has its later times on the next day."""
TASK_CARDS = "task-cards"
"""The document that an activity which sorts tasks names as a material."""


@dataclass(frozen=True)
class Request:
    """What was asked for on the command line; it comes before the trust's profile and the plan."""

    dates: tuple[date, ...] = ()
    """The day of the first session, or of every session."""
    start: int | None = None
    """When the first session starts; the others keep their distance from it."""
    attendees: int | None = None
    tables: int | None = None
    spares: int | None = None
    editions: tuple[Edition, ...] = ()


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
        self.english = library.english
        self.plan = library.plans[plan_id]
        self.request = request
        self.text = library.texts[f"plan:{plan_id}"]
        self.phrasing = Phrasing(library, library.language)
        self.faults: list[Diagnostic] = []
        self.details = self.trust.session if self.trust else SessionDetails()
        self.attendees: int = _first(request.attendees, self.details.attendees, self.plan.people.planned)
        self.worded: tuple[tuple[Change, Origin], ...] = ()

    def fault(self, code: str, message: str, advice: str, origin: Origin | None, *path: str | int) -> None:
        """A fault at `path` of a record; without an origin it was asked for on the command line."""
        self.faults.append(Diagnostic(code, message, advice, origin.place(path) if origin else None))

    def workshop(self) -> Outcome[Workshop]:
        parts = self._changed()
        self.worded = self._worded_changes()
        left_out = (*self.plan.leave_out, *sorted(dropped(self._placed_changes(), "document")))
        bare = {"blocks": (), "sessions": (), "recall": (), "leave_out": left_out}
        plan = self.phrasing.put(self.plan.model_copy(update=bare), Origin(self.text))
        details = self.details
        planned = details if details.plan in (None, self.plan.id) else SessionDetails()
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
        tasks = changed_tasks(
            [(task, Origin(self.library.texts["tasks"], ("tasks", n))) for n, task in enumerate(self.library.tasks)],
            self._placed_changes(),
        )
        self._cards(len(tasks), sessions)
        workshop = Workshop(
            plan=plan,
            language=self.library.language,
            english=self.library.english,
            organisation=self._organisation(),
            article=self._article(),
            frameworks=tuple(
                self.phrasing.put(framework, Origin(self.library.texts["frameworks"], ("frameworks", position)))
                for position, framework in enumerate(self.library.frameworks)
            ),
            sessions=sessions,
            all_sessions=sessions,
            scenarios=scenarios,
            tasks=tuple(self.phrasing.put(task, origin) for task, origin in tasks),
            task_places=tuple(str(origin.place(("text",))) for _, origin in tasks),
            changes=tuple(
                told(self.library.language, self.worded, self._names(), {b.id: b.minutes for b in self.plan.all_blocks})
            ),
            slides_dropped=dropped(self.worded, "slide"),
            slides_reworded=reworded_slides(self.worded),
            documents=set_documents(self.worded),
            attendees=self.attendees,
            tables=_first(self.request.tables, details.tables, tables_for(self.attendees)),
            spares=_first(self.request.spares, details.spares, DEFAULT_SPARES),
            editions=editions_of(self.request.editions, details.large_print),
            access_needs_by=self._access_needs_by(details, planned, dates),
            texts=self.library.texts,
        )
        self.faults += self._stays_english()
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
            name=self.library.language.phrase("session.name", n=number, title=worded.title)
            if len(self.plan.parts) > 1
            else "",
            day=day,
            date=date,
            start=start,
            blocks=tuple(self._for_so_many(part, start, worded.recall)),
            recall=worded.recall,
            homework=worded.homework,
        )

    # People

    def _for_so_many(self, part: _Part, start: int, recall: tuple[Recall, ...]) -> Iterator[SessionBlock]:
        """The blocks on the clock, each with the activity that works for as many people as come."""
        chosen, swaps = with_alternatives(part.blocks, self.library.activities, self.attendees)
        for block in self._timed(chosen, start, recall):
            if swap := swaps.get(block.id):
                self.faults.append(swap.note)
                usual = self.phrasing.put(swap.usual, Origin(self.library.texts[f"activity:{swap.usual.id}"]))
                yield replace(block, stands_in=StandsIn(usual.title, usual.people))
            else:
                yield block

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

    def _access_needs_by(
        self, details: SessionDetails, planned: SessionDetails, dates: tuple[date, ...]
    ) -> date | int | None:
        """A number of days holds for every plan, a day for the plan whose date it goes with."""
        deadline = details.access_needs_by
        if not isinstance(deadline, date):
            return deadline
        if planned is not details:
            return None
        if dates and deadline > dates[0]:
            self.fault(
                "access-needs-after-session",
                f"People are to tell of what they need by {self.english.long_date(deadline)}, but the session is on "
                f"{self.english.long_date(dates[0])}.",
                "Give a day before the session, or how many days before it: `access_needs_by: 7`.",
                self._profile("session"),
                "access_needs_by",
            )
        return deadline

    # Words

    def _organisation(self) -> Organisation:
        if self.trust is None:
            return Organisation()
        people = tuple(
            self.phrasing.put(person, self._profile("facilitators", position))
            for position, person in enumerate(self.trust.facilitators)
        )
        venue = self.phrasing.put(self.trust.venue, self._profile("venue")) if self.trust.venue else None
        if self.plan.format == "call":
            # Its fire exit and its car park would be somebody else's room.
            venue = None
        contact = curly(self.trust.contact or "")
        cpd = self.trust.cpd if self.trust.cpd and self.trust.cpd.plan == self.plan.id else None
        approval = self.phrasing.put(cpd, self._profile("cpd")) if cpd else None
        policies = tuple(
            self.phrasing.put(policy, self._profile("policies", position))
            for position, policy in enumerate(self.trust.policies)
        )
        survey, privacy = self.trust.survey, self.trust.privacy
        return Organisation(
            curly(self.phrasing.words.trust["name"]),
            curly(self.phrasing.words.trust["short"]),
            people,
            venue,
            contact,
            approval,
            policies=policies,
            survey=self.phrasing.put(survey, self._profile("survey")) if survey else None,
            feedback=self.trust.feedback or "",
            privacy=self.phrasing.put(privacy, self._profile("privacy")) if privacy else None,
        )

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

    def _stays_english(self) -> Iterator[Diagnostic]:
        """What has no words in the language of the pack."""
        language, files = self.library.language, self.phrasing.english
        if language.tag == ENGLISH:
            return
        spoken, trust = NAMES[language.tag], self.trust.id if self.trust else ""
        place = self._profile("language").place(())
        to_see = f"To see them all: kit list untranslated --trust {trust}."
        if lacking := len(language.lacks()):
            told = f"{lacking} fixed phrases have no {spoken} yet and stay English."
            yield Diagnostic("not-translated", told, to_see, place, "warning")
        if files:
            texts = ", ".join(f"{len(paths)} in {file}" for file, paths in sorted(files.items()))
            told = f"Texts of the plan “{self.plan.id}” have no {spoken} yet and stay English: {texts}."
            yield Diagnostic("not-translated", told, to_see, place, "warning")

    # Changes

    def _changes(self) -> tuple[Change, ...]:
        return self.trust.changes.get(self.plan.id, ()) if self.trust else ()

    def _changed(self) -> tuple[_Part, ...]:
        """The plan's sessions after the trust's changes."""
        written = [
            [(block, Origin(self.text, (*path, "blocks", i))) for i, block in enumerate(session.blocks)]
            for path, session in self.plan.parts
        ]
        blocks = changed_blocks(written, self._placed_changes())
        return tuple(
            _Part(path, session, changed) for (path, session), changed in zip(self.plan.parts, blocks, strict=True)
        )

    def _placed_changes(self) -> tuple[tuple[Change, Origin], ...]:
        return tuple(
            (change, self._profile("changes", self.plan.id, position))
            for position, change in enumerate(self._changes())
        )

    def _worded_changes(self) -> tuple[tuple[Change, Origin], ...]:
        """The same in the trust's words, for what goes into an activity whose words are in place already."""
        return tuple((self.phrasing.put(change, origin), origin) for change, origin in self._placed_changes())

    def _all_changes_apply(self) -> bool:
        """False when a change names a block that is not there: the minutes are wrong because of that alone."""
        ids = {block.id for block in self.plan.all_blocks} | {block.id for block in added_blocks(self._changes())}
        named = [
            target(text).block
            for change in self._changes()
            for text in (getattr(change, verb, None) for verb in ("set", "drop", "replace", "move"))
            if text and target(text).kind == "block"
        ]
        return all(id in ids for id in named)

    def _names(self) -> dict[str, str]:
        """What each block of the plan, and each that is added, is called."""
        blocks = (*self.plan.all_blocks, *added_blocks(self._changes()))
        return {block.id: curly(self._title(block)) for block in blocks}

    def _title(self, block: Block) -> str:
        if block.title:
            return block.title
        activity = self.library.activities.get(block.activity or "")
        return activity.title if activity else block.id

    def _cards(self, count: int, sessions: Sequence[Session]) -> None:
        """Changes to the task cards that nobody sees, or that texts do not know of."""
        about = [origin.place(()) for change, origin in self._placed_changes() if of_a_task(change)]
        if not about:
            return
        activities = [block.activity for session in sessions for block in session.blocks if block.activity]
        if not any(material.document == TASK_CARDS for activity in activities for material in activity.materials):
            self.faults.append(
                Diagnostic(
                    "task-cards-not-used",
                    "No activity of this plan uses the task cards, so nobody sees this change.",
                    "Take it away, or put it under the plan that uses them.",
                    about[0],
                    severity="warning",
                )
            )
        elif count != len(self.library.tasks):
            self.faults.append(
                Diagnostic(
                    "another-number-of-tasks",
                    f"There are {count} task cards now, and the activity says {len(self.library.tasks)}.",
                    "Drop 1 for each that you add, or set the steps that say how many there are and allow this.",
                    about[0],
                    severity="warning",
                )
            )

    # Time

    def _timed(
        self, blocks: Sequence[tuple[Block, Origin]], start: int, recall: tuple[Recall, ...]
    ) -> Iterator[SessionBlock]:
        at, number = start, 0
        for block, origin in blocks:
            if block.start is not None and block.start != at % DAY:
                self.fault(
                    "start-cannot-be-kept",
                    f"The block “{block.id}” is to start at {self.english.clock(block.start)}, but the blocks before "
                    f"it end at {self.english.clock(at)}.",
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
            locked=block.start is not None,
        )
        if activity is None:
            return timed
        worded_activity = self.phrasing.put(activity, Origin(self.library.texts[f"activity:{activity.id}"]))
        spoken = asking(changed_activity(worded_activity, block.id, self.worded), recall)
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
        ranges = [step.minutes for step in spoken.steps] + ([spoken.debrief.minutes] if spoken.debrief else [])
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
            pages=tuple(OwnPage(page) for page in pages_of(block.id, self.worded)),
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
            f"The blocks{which} take {self.english.duration(total)}, but the plan promises "
            f"{self.english.duration(promised)}.",
            f"{'Take away' if over > 0 else 'Add'} {self.english.duration(abs(over))}, or change what the plan "
            "promises.",
            origin,
        )


def _first(*values: Any) -> Any:
    return next((value for value in values if value is not None), None)


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
            blocks=tuple(_with_handout(block, count) for block in session.blocks),
        )
        for session in sessions
    )


def _with_handout(block: SessionBlock, count: Iterator[int]) -> SessionBlock:
    number = next(count) if block.activity and block.activity.worksheet else 0
    return replace(block, handout=number, pages=tuple(replace(page, handout=next(count)) for page in block.pages))


def _on_the_clock(activity: Activity, minutes: tuple[int, ...], at: int) -> tuple[tuple[TimedStep, ...], int]:
    steps = []
    for step, given in zip(activity.steps, minutes, strict=False):
        steps.append(TimedStep(step, at, given))
        at += given
    return tuple(steps), at
