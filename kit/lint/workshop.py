"""A workshop on the clock: how long people sit, what tests them, what a block needs, how many come."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import groupby, pairwise
from typing import Any

from kit.diagnostics import Diagnostic, Place
from kit.model.workshop import Session, SessionBlock, Workshop
from kit.retiming import FULL_DAY, LONGEST_STRETCH, LUNCH_FROM, LUNCH_UNTIL, SHORTEST_BREAK, SHORTEST_LUNCH
from kit.schedule import clocks_change

LONG_ENOUGH = 60
"""Minutes from which a session owes people a test of what they kept, and every voice."""

MOST_MINUTES_SITTING = 50
MOST_CREDITS_A_DAY = 8
LONGEST_OPENING = 10
"""Minutes up to which the first block may do without a debrief."""


def blocks_place(workshop: Workshop) -> Place:
    """Where the blocks of a workshop are decided: in the plan, or in what the trust changes about it."""
    if workshop.changes:
        return workshop.texts["trust"].place(("changes", workshop.plan.id), key=True)
    text = workshop.texts[f"plan:{workshop.plan.id}"]
    return text.place(("sessions",) if "sessions" in text.data else ("blocks",), key=True)


def no_test(workshop: Workshop) -> Iterator[Diagnostic]:
    """A session of an hour or more in which nobody finds out what they kept."""
    if workshop.minutes >= LONG_ENOUGH and not any(
        block.activity and block.activity.tests for block in workshop.blocks
    ):
        yield Diagnostic(
            "no-test",
            f"In {workshop.english.duration(workshop.minutes)}, people never find out what they have kept of it.",
            "Add a block whose activity has `tests: true`, such as commitments or retrieval-quiz.",
            blocks_place(workshop),
            severity="warning",
        )


def sitting_too_long(workshop: Workshop) -> Iterator[Diagnostic]:
    """Stretches of more than 50 minutes without a break or a block in which people move."""
    for stretch in _seated(workshop):
        minutes = sum(block.minutes for block in stretch)
        if minutes > MOST_MINUTES_SITTING:
            first, last = stretch[0].id, stretch[-1].id
            where = f"In the block “{first}”" if first == last else f"From the block “{first}” to the block “{last}”,"
            yield Diagnostic(
                "sitting-too-long",
                f"{where} people sit for {minutes} minutes; {MOST_MINUTES_SITTING} is the most.",
                "Put a break or an activity with `moves: true` in between.",
                _block_place(workshop, _over(stretch, MOST_MINUTES_SITTING)),
                severity="warning",
            )


def too_long_without_break(workshop: Workshop) -> Iterator[Diagnostic]:
    """Stretches of more than 90 minutes between the breaks: what a slot is fitted to, plans keep too."""
    for session in workshop.sessions:
        for is_break, group in groupby(session.blocks, key=lambda block: block.activity is None):
            stretch = [] if is_break else list(group)
            minutes = sum(block.minutes for block in stretch)
            if minutes > LONGEST_STRETCH:
                yield Diagnostic(
                    "too-long-without-break",
                    f"From the block “{stretch[0].id}” to the block “{stretch[-1].id}”, people work for {minutes} "
                    f"minutes without a break; {LONGEST_STRETCH} is the most.",
                    f"Put a break of {SHORTEST_BREAK} minutes or more in between.",
                    _block_place(workshop, _over(stretch, LONGEST_STRETCH)),
                    severity="warning",
                )


def break_too_short(workshop: Workshop) -> Iterator[Diagnostic]:
    """Breaks in which nobody gets to the toilets and back."""
    for block in workshop.blocks:
        if block.activity is None and block.minutes < SHORTEST_BREAK:
            yield Diagnostic(
                "break-too-short",
                f"The break “{block.id}” has {block.minutes} minutes; {SHORTEST_BREAK} is the least.",
                "Give it more, or leave it out and let an activity with `moves: true` stand there.",
                _block_place(workshop, block),
                severity="warning",
            )


def lunch_out_of_hours(workshop: Workshop) -> Iterator[Diagnostic]:
    """Full days without a lunch between 11:30am and 2pm."""
    for _, sessions in groupby(workshop.sessions, key=lambda session: session.day):
        day = [block for session in sessions for block in session.blocks]
        lunches = [block for block in day if block.activity is None and block.minutes >= SHORTEST_LUNCH]
        if day[-1].end - day[0].start < FULL_DAY:
            continue
        if not any(block.start >= LUNCH_FROM and block.end <= LUNCH_UNTIL for block in lunches):
            say = workshop.english
            yield Diagnostic(
                "lunch-out-of-hours",
                f"The day takes {say.duration(day[-1].end - day[0].start)}, and it has no break of {SHORTEST_LUNCH} "
                f"minutes or more between {say.clock(LUNCH_FROM)} and {say.clock(LUNCH_UNTIL)}.",
                "Move the lunch, or start at another time.",
                _block_place(workshop, lunches[0]) if lunches else blocks_place(workshop),
                severity="warning",
            )


def _seated(workshop: Workshop) -> Iterator[list[SessionBlock]]:
    for session in workshop.sessions:
        stretch: list[SessionBlock] = []
        for block in session.blocks:
            if block.activity is None or block.activity.moves:
                yield stretch
                stretch = []
            else:
                stretch.append(block)
        yield stretch


def _over(stretch: list[SessionBlock], most: int) -> SessionBlock:
    """The block in which so many minutes are passed."""
    passed = 0
    for block in stretch:
        passed += block.minutes
        if passed > most:
            return block
    return stretch[-1]


def _block_place(workshop: Workshop, block: SessionBlock) -> Place:
    text = workshop.texts[f"plan:{workshop.plan.id}"]
    several = text.data.get("sessions")
    parts = [(("sessions", i), part) for i, part in enumerate(several)] if several else [((), text.data)]
    for path, part in parts:
        for position, written in enumerate(part["blocks"]):
            if written["id"] == block.id:
                return text.place((*path, "blocks", position))
    changes: list[Any] = workshop.texts["trust"].data["changes"][workshop.plan.id]
    position, verb = next(
        (i, verb) for i, change in enumerate(changes) for verb in ("add", "by") if _id(change.get(verb)) == block.id
    )
    return workshop.texts["trust"].place(("changes", workshop.plan.id, position, verb))


def _id(written: Any) -> Any:
    return written.get("id") if isinstance(written, dict) else None


def without_debrief(workshop: Workshop) -> Iterator[Diagnostic]:
    """Activities without a debrief, but for tests and for a short opening."""
    openings = {session.blocks[0].id for session in workshop.sessions}
    for block in workshop.blocks:
        activity = block.activity
        if activity is None or activity.debrief is not None or activity.tests:
            continue
        if block.id not in openings or block.minutes > LONGEST_OPENING:
            yield Diagnostic(
                "activity-without-debrief",
                f"“{block.title}” ends without a debrief.",
                "Add a `debrief` with a question or more and the point to land.",
                workshop.texts[f"activity:{activity.id}"].place(("id",), key=True),
                severity="warning",
            )


def without_materials(workshop: Workshop) -> Iterator[Diagnostic]:
    """Activities that do not say what to have in the room, be it nothing at all."""
    for block in workshop.blocks:
        if block.activity is not None and "materials" not in block.activity.model_fields_set:
            yield Diagnostic(
                "activity-without-materials",
                f"“{block.title}” does not say what to have in the room.",
                "List it under `materials`, down to the pens. When nothing is needed, write `materials: []`.",
                workshop.texts[f"activity:{block.activity.id}"].place(("id",), key=True),
                severity="warning",
            )


def more_credits_than_hours(workshop: Workshop) -> Iterator[Diagnostic]:
    """An approval for more credits than there are hours of contact: 1 an hour is the most, and 8 a day.

    Source: CPD scheme of the Federation of the Royal Colleges of Physicians.
    """
    approval = workshop.organisation.approval
    if approval is None:
        return
    minutes: Counter[int] = Counter()
    for session in workshop.sessions:
        minutes[session.day] += session.contact_minutes
    hours = sum(min(MOST_CREDITS_A_DAY, contact // 60) for contact in minutes.values())
    if approval.credits > hours:
        yield Diagnostic(
            "more-credits-than-hours",
            f"{approval.credits} credits are given, but there are {hours} whole hours of contact without breaks.",
            "Compare them with the approval, and with what you changed in the plan since.",
            workshop.texts["trust"].place(("cpd", "credits")),
            severity="warning",
        )


def large_print_for_too_many(workshop: Workshop) -> Iterator[Diagnostic]:
    """More people who asked for large print than people who come: they are counted among these."""
    text = workshop.texts.get("trust")
    if workshop.large_print > workshop.attendees:
        yield Diagnostic(
            "large-print-for-too-many",
            f"{workshop.large_print} copies are to be in large print, but {workshop.attendees} people are expected.",
            "Give under `large_print` how many of the people who come asked for it, and not all copies.",
            text.place(("session", "large_print")) if text else None,
            severity="warning",
        )


def front_twice(workshop: Workshop) -> Iterator[Diagnostic]:
    """Blocks one after the other in which everyone listens to the front, seated and as one group."""
    for session in workshop.sessions:
        for before, block in pairwise(session.blocks):
            if _at_the_front(before) and _at_the_front(block):
                yield Diagnostic(
                    "front-twice",
                    f"In “{before.title}” and then in “{block.title}”, people sit and listen to the front.",
                    "Put an activity in pairs or at tables between them, or change their order.",
                    _block_place(workshop, block),
                    severity="warning",
                )


def _at_the_front(block: SessionBlock) -> bool:
    return block.activity is not None and block.activity.groups.kind == "room" and not block.activity.moves


def clock_changes(workshop: Workshop) -> Iterator[Diagnostic]:
    """Sessions during which the clocks go forward or back: the pack counts on from the start as if they did not."""
    for session in workshop.sessions:
        if session.date is not None and clocks_change(session.date, session.start, session.end):
            yield Diagnostic(
                "clock-changes-in-session",
                f"The clocks change in the session that starts on {workshop.english.long_date(session.date)} at "
                f"{workshop.english.clock(session.start)}, and the pack gives times as if they did not.",
                "Start earlier or later, or tell people which times are by the old clock.",
                _start_place(workshop, session),
                severity="warning",
            )


def _start_place(workshop: Workshop, session: Session) -> Place:
    text = workshop.texts[f"plan:{workshop.plan.id}"]
    return text.place((*(("sessions", session.number - 1) if session.of > 1 else ()), "start"))


def too_few_or_many(workshop: Workshop) -> Iterator[Diagnostic]:
    """A plan, and activities in it, that do not work for as many people as are expected."""
    people = workshop.plan.people
    text = workshop.texts[f"plan:{workshop.plan.id}"]
    if not people.least <= workshop.attendees <= people.most:
        yield Diagnostic(
            "people-out-of-range",
            f"{workshop.attendees} people are expected; the plan works for {people.least} to {people.most}.",
            "See “A small group” and “A large group” for each activity in the guide.",
            text.place(("people",)),
            severity="warning",
        )
    for block in workshop.blocks:
        if block.activity is None:
            continue
        works = block.activity.people
        if not works.least <= workshop.attendees <= works.most:
            yield Diagnostic(
                "people-out-of-range",
                f"{workshop.attendees} people are expected; “{block.title}” works for {works.least} to {works.most}.",
                "See how to adapt it in the guide, or choose another activity.",
                workshop.texts[f"activity:{block.activity.id}"].place(("people",)),
                severity="warning",
            )
