"""What goes out to participants around the sessions: when to send it, what goes with it, what to book."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby

from kit.model.arrangements import ReminderView
from kit.model.document import EventView, SendingView
from kit.model.entry import Interval
from kit.model.kind import DocumentKind
from kit.model.language import Language
from kit.model.workshop import Session, Workshop
from kit.recall import asked_in
from kit.schedule import moment, shifted

REMINDED_BEFORE = timedelta(weeks=1)
"""How long before a session calendars ask for the homework; where that is not after the session before, in between."""


def sending(
    kind: DocumentKind, workshop: Workshop, packed: Sequence[DocumentKind], today: date, trust: str = ""
) -> SendingView:
    """How `kind` goes out. `packed` are all kinds of the pack; `trust` is the id of the trust, if there is one."""
    return SendingView(
        on=send_on(kind, workshop, today),
        enclosed=tuple(
            (other.title, other.purpose)
            for other in packed
            if other.moment == kind.moment != "session" and other.send == kind.send and other.id != kind.id
            if other.output in ("pdf", "calendar")
        ),
        events=events(workshop, trust) if kind.output == "calendar" else (),
        reminders=tuple(reminders(workshop, trust)) if kind.output == "calendar" else (),
    )


def send_on(kind: DocumentKind, workshop: Workshop, today: date) -> str:
    """When to send `kind`: `Thursday 31 December 2026`; in words without a date, or when that day is past.

    An empty string for what is not sent.
    """
    if kind.send is None:
        return ""
    session, language = _its_session(kind, workshop), workshop.language
    if session.date is None:
        return in_words(kind.send, language, session=_which(session, kind, language))
    day = _day(kind, workshop, today)
    return language.long_date(day) if day else language.phrase("sending.now")


def send_line(kind: DocumentKind, workshop: Workshop, today: date) -> str:
    """The same as a line of its own: `Send on Thursday 31 December 2026`, `Send 2 weeks before the session`."""
    on = send_on(kind, workshop, today)
    if not on:
        return ""
    if _day(kind, workshop, today):
        return workshop.language.phrase("index.send_on", day=on)
    return workshop.language.phrase("index.send", when=on)


def _its_session(kind: DocumentKind, workshop: Workshop) -> Session:
    return workshop.sessions[-1 if kind.moment == "after" else 0]


def _day(kind: DocumentKind, workshop: Workshop, today: date) -> date | None:
    """The day to send `kind`; None without a date, or when that day is past and the session is still to come."""
    session = _its_session(kind, workshop)
    if kind.send is None or session.date is None:
        return None
    day = shifted(session.date, weeks=kind.send.weeks, months=kind.send.months)
    return None if day < today <= session.date else day


def _which(session: Session, kind: DocumentKind, language: Language) -> str:
    if session.of == 1:
        return language.phrase("sending.the_session")
    if kind.moment == "between":
        return language.phrase("sending.numbered", n=session.number)
    return language.phrase("sending.the_last" if kind.moment == "after" else "sending.the_first")


def in_words(interval: Interval, language: Language, *, session: str) -> str:
    """`2 weeks before the session`, `1 month after the last session`."""
    number, unit = (interval.weeks, "weeks") if interval.weeks else (interval.months, "months")
    return language.phrase(f"sending.{unit}_{'after' if number > 0 else 'before'}", n=abs(number), session=session)


def events(workshop: Workshop, trust: str) -> tuple[EventView, ...]:
    """An event for the calendar for each day; none when there is no date.

    The same plan of the same trust from the same day keeps its ids, so that a new file corrects an old one.
    """
    venue = workshop.organisation.venue
    dated = groupby(workshop.sessions, key=lambda session: session.date)
    days = [(day, tuple(sessions)) for day, sessions in dated if day is not None]
    return tuple(
        EventView(
            uid=_uid(workshop, trust, _part(sessions, len(days))),
            title=": ".join(filter(None, (workshop.plan.title, sessions[0].title if len(days) > 1 else ""))),
            starts=moment(day, sessions[0].start),
            ends=moment(day, sessions[-1].end),
            place=", ".join(filter(None, (venue.room, venue.address))) if venue else "",
        )
        for day, sessions in days
    )


def _part(sessions: Sequence[Session], days: int) -> str:
    return sessions[0].id if days > 1 else ""


def _uid(workshop: Workshop, trust: str, part: str) -> str:
    first = workshop.first_date.isoformat() if workshop.first_date else ""
    return "-".join(filter(None, (workshop.plan.id, trust, first, part))) + "@workshop-kit"


def reminders(workshop: Workshop, trust: str) -> Iterator[ReminderView]:
    """What there is to do between sessions, an entry for each on a day before the next; none without dates.

    They keep their ids as events do. Sessions on days next to each other leave no day between to be reminded on.
    """
    language = workshop.language
    for session in workshop.sessions:
        after = workshop.all_sessions[session.number] if session.number < session.of else None
        if after is None or after.date is None or session.date is None:
            continue
        half = session.date + (after.date - session.date) / 2
        day = max(after.date - REMINDED_BEFORE, half)
        if not session.date < day < after.date:
            continue
        for number, task in enumerate(session.homework, 1):
            yield ReminderView(
                uid=_uid(workshop, trust, f"{session.id}-homework-{number}"),
                title=language.phrase("invitation.to_do", session=after.title, n=number, of=len(session.homework)),
                day=day,
                task=task,
            )


def recall(workshop: Workshop) -> tuple[str, ...]:
    """The questions from memory of every session, without their numbers."""
    return tuple(dict.fromkeys(question for session in workshop.sessions for question in asked_in(session.blocks)))
