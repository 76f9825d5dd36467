"""A plan and a trust become a session: changes applied, words put in, every step timed to the clock."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from kit.changes import (
    Placed,
    changed_activity,
    changed_blocks,
    changed_tasks,
    dropped,
    of_a_task,
    pages_of,
    reworded_slides,
    set_documents,
)
from kit.dates import access_needs_by, days_of, session_dates
from kit.diagnostics import Diagnostic, Outcome
from kit.load import Library
from kit.model.activity import Activity
from kit.model.change import Change, added_blocks, target
from kit.model.edition import Edition, editions_of
from kit.model.language import ENGLISH, NAMES
from kit.model.plan import Block, Recall
from kit.model.trust import SessionDetails
from kit.model.workshop import Organisation, OwnPage, Session, SessionBlock, StandsIn, TimedStep, Workshop
from kit.people import Swap, with_alternatives
from kit.phrasing import Origin, Phrasing
from kit.recall import asking, waits
from kit.retiming import Piece, Span, changeover
from kit.retold import told
from kit.schedule import DAY, fit, tables_for
from kit.slot import Part, asked_for, fitted, piece, placed_blocks, retimed_part, slot, span, unfit_faults
from kit.wording import curly

DEFAULT_SPARES = 2
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
    minutes: int | None = None
    """How long the slot is: see `slot` of a trust's session."""
    end: int | None = None
    """When it must be over."""


NOTHING_ASKED = Request()


def localise(library: Library, plan_id: str, request: Request = NOTHING_ASKED) -> Outcome[Workshop]:
    """The session that `plan_id` becomes in this edition, or every reason why it cannot.

    None without a reason of its own when an activity of the plan could not be read: that is a fault already.
    """
    return _Localiser(library, plan_id, request).workshop()


def lengths(library: Library, plan_id: str) -> Span | None:
    """The slots, in minutes, in which the plan works in this edition; None when an activity of it cannot be read."""
    return _Localiser(library, plan_id, NOTHING_ASKED).lengths()


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
        self.minutes: dict[str, int] = {}
        """What the plan and the trust give each block, by its id, before the slot is known."""
        self.swaps: dict[str, Swap] = {}

    def fault(self, code: str, message: str, advice: str, origin: Origin | None, *path: str | int) -> None:
        """A fault at `path` of a record; without an origin it was asked for on the command line."""
        self.faults.append(Diagnostic(code, message, advice, origin.place(path) if origin else None))

    def workshop(self) -> Outcome[Workshop]:
        self.worded = self._worded_changes()
        details = self.details
        planned = details if details.plan in (None, self.plan.id) else SessionDetails()
        days = tuple(days_of(self.plan))
        changed = self._for_so_many(self._changed())
        self.minutes = {block.id: block.minutes for block, _ in placed_blocks(changed)}
        parts = self._in_its_slot(changed, planned, in_one_day=len(set(days)) == 1)
        left_out = (*self.plan.leave_out, *sorted(dropped(self._placed_changes(), "document")))
        bare = {"blocks": (), "sessions": (), "recall": (), "leave_out": left_out}
        plan = self.phrasing.put(self.plan.model_copy(update=bare), Origin(self.text))
        given = self.request.dates or planned.date
        dates = session_dates(given, days, None if self.request.dates or not given else self._profile("session"))
        deadline = access_needs_by(details, planned, dates.value or (), self.english, self._profile)
        self.faults += [*dates.diagnostics, *deadline.diagnostics]
        sessions = _with_handouts(
            self._session(part, number, day, dates.value[number - 1] if dates.value else None)
            for number, (part, day) in enumerate(zip(parts, days, strict=True), 1)
        )
        if self._all_changes_apply():
            for part in parts:
                if not part.fitted:
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
            before=asked_for(plan.before, parts),
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
            access_needs_by=deadline.value,
            texts=self.library.texts,
        )
        self.faults += self._stays_english()
        whole = len(workshop.blocks) == sum(len(part.blocks) for part in parts)
        return Outcome(workshop if whole else None, tuple(dict.fromkeys([*self.phrasing.faults, *self.faults])))

    def _session(self, part: Part, number: int, day: int, date: date | None) -> Session:
        written = part.written
        worded = self.phrasing.put(written.model_copy(update={"blocks": ()}), Origin(self.text, part.path))
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
            start=part.start,
            blocks=tuple(self._standing_in(block) for block in self._timed(part, worded.recall)),
            recall=worded.recall,
            homework=worded.homework,
            planned=written.minutes,
            left_out=tuple(self._left_out(placed, at, worded.recall) for placed, at in part.left_out),
        )

    # People

    def _for_so_many(self, parts: Sequence[Part]) -> tuple[Part, ...]:
        """The sessions, each block with the activity that works for as many people as come."""
        chosen = []
        for part in parts:
            blocks, swaps = with_alternatives(part.blocks, self.library.activities, self.attendees)
            self.swaps |= swaps
            chosen.append(replace(part, blocks=tuple(blocks)))
        return tuple(chosen)

    def _standing_in(self, block: SessionBlock) -> SessionBlock:
        swap = self.swaps.get(block.id)
        if swap is None:
            return block
        self.faults.append(swap.note)
        usual = self.phrasing.put(swap.usual, Origin(self.library.texts[f"activity:{swap.usual.id}"]))
        return replace(block, stands_in=StandsIn(usual.title, usual.people))

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

    def _changed(self) -> tuple[Part, ...]:
        """The plan's sessions after the trust's changes."""
        written = [
            [(block, Origin(self.text, (*path, "blocks", i))) for i, block in enumerate(session.blocks)]
            for path, session in self.plan.parts
        ]
        blocks = changed_blocks(written, self._placed_changes())
        return tuple(
            Part(path, session, changed, session.start)
            for (path, session), changed in zip(self.plan.parts, blocks, strict=True)
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

    def _in_its_slot(self, parts: tuple[Part, ...], details: SessionDetails, in_one_day: bool) -> tuple[Part, ...]:
        """The sessions in the slot that there is; as they are written where nobody gave one, or where they fill it."""
        asked, first = self.request, parts[0].start
        given = slot((asked.start, asked.minutes, asked.end), details, first)
        parts = tuple(replace(part, start=part.start + given.start - first) for part in parts)
        if given.minutes is None or not self._whole(parts):
            return parts
        place = None
        if self.trust is not None and asked.minutes is None and asked.end is None:
            place = self._profile("session").place(("slot" if details.slot is not None else "end",))
        results = fitted(self._pieces(parts), [part.start for part in parts], given.minutes, in_one_day=in_one_day)
        self.faults += unfit_faults(
            parts, results, given.minutes, self.english, self.plan.id, place, in_one_day=in_one_day
        )
        return tuple(retimed_part(part, result) for part, result in zip(parts, results, strict=True))

    def lengths(self) -> Span | None:
        self.worded = self._worded_changes()
        parts = self._for_so_many(self._changed())
        if not self._whole(parts):
            return None
        in_one_day = len(set(days_of(self.plan))) == 1
        return span(self._pieces(parts), [part.start for part in parts], in_one_day=in_one_day)

    def _pieces(self, parts: Sequence[Part]) -> list[list[Piece]]:
        return [[piece(block, self._changed_activity(block), part.start) for block, _ in part.blocks] for part in parts]

    def _whole(self, parts: Sequence[Part]) -> bool:
        """Whether every activity could be read; where one could not, that is a fault already."""
        return all(
            block.activity is None or block.activity in self.library.activities for block, _ in placed_blocks(parts)
        )

    def _changed_activity(self, block: Block) -> Activity | None:
        """The activity of a block with the trust's steps: words are put in where it is put on the clock."""
        activity = self.library.activities.get(block.activity or "")
        return changed_activity(activity, block.id, self.worded) if activity else None

    def _left_out(self, placed: Placed, at: int, recall: tuple[Recall, ...]) -> SessionBlock:
        block, origin = placed
        return self._block(block, origin, self.library.activities.get(block.activity or ""), at, 0, recall)

    def _timed(self, part: Part, recall: tuple[Recall, ...]) -> Iterator[SessionBlock]:
        at, number = part.start, 0
        before: int | None = None
        for block, origin in part.blocks:
            if block.start is not None and block.start != at % DAY and not part.fitted:
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
            needs = activity.changeover if activity else None
            yield self._block(block, origin, activity, at, number, recall, changeover(before, needs))
            before, at = needs, at + block.minutes

    def _block(
        self,
        block: Block,
        origin: Origin,
        activity: Activity | None,
        at: int,
        number: int,
        recall: tuple[Recall, ...],
        change: int = 0,
    ) -> SessionBlock:
        """`change` is how many minutes it takes to get to the block; as many as its steps can spare are counted."""
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
            planned=self.minutes.get(block.id, block.minutes),
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
        change = max(0, min(change, block.minutes - sum(each.least for each in ranges)))
        minutes = fit(block.minutes - change, ranges)
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
        steps, debrief_start = _on_the_clock(spoken, minutes, at + change)
        return replace(
            timed,
            title=worded.title or spoken.title,
            purpose=worded.purpose or spoken.purpose,
            activity=spoken,
            steps=steps,
            debrief_start=debrief_start,
            debrief_minutes=minutes[len(steps)] if spoken.debrief else 0,
            changeover=change,
            most=change + sum(each.most for each in ranges),
            pages=tuple(OwnPage(page) for page in pages_of(block.id, self.worded)),
        )

    def _total(self, part: Part) -> None:
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
