"""When and where: the sessions of a workshop in words, as agendas, and drawn to scale."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Literal

from kit.model.document import AgendaRow, NextSession, Occasion
from kit.model.language import Language, joined_by, put_together
from kit.model.timeline import Bar, Tick, Timeline
from kit.model.trust import Approval
from kit.model.workshop import Session, SessionBlock, Workshop
from kit.profile import access_needs_by, access_unknown, before_you_come, fire_exit, in_the_room, way_out

TICK_MINUTES = 30


def occasion(workshop: Workshop) -> Occasion:
    """When and where, as far as it is known."""
    venue = workshop.organisation.venue
    return Occasion(
        date=workshop.language.long_dates([session.date for session in workshop.sessions if session.date]),
        time=_time(workshop),
        length=_length(workshop),
        contact_time=workshop.language.duration(sum(session.contact_minutes for session in workshop.sessions)),
        format=workshop.plan.format,
        room=venue.room if venue else "",
        address=(venue.address or "") if venue else "",
        facilitators=tuple(f"{person.name}, {person.role}" for person in workshop.organisation.facilitators),
        access=before_you_come(venue, workshop.language) if venue else (),
        access_unknown=access_unknown(venue),
        practical=in_the_room(venue, workshop.language) if venue else (),
        way_out=way_out(venue, workshop.language) if venue else (),
        fire_exit=fire_exit(venue, workshop.language) if venue else "",
        hearing_loop=(venue.hearing_loop or "") if venue else "",
        access_needs_by=access_needs_by(workshop),
        contact=workshop.organisation.contact,
        approval=_approval(workshop.language, workshop.organisation.approval),
    )


def _approval(language: Language, approval: Approval | None) -> str:
    if approval is None:
        return ""
    return language.phrase("occasion.approved", body=approval.body, code=approval.code, n=approval.credits)


def _time(workshop: Workshop) -> str:
    """The hours that hold for every day; nothing when they differ, since each session says its own."""
    first, last = workshop.sessions[0], workshop.sessions[-1]
    if workshop.in_one_day:
        return workshop.language.clock_range(first.start, last.end - first.start)
    same = len({(session.start, session.minutes) for session in workshop.sessions}) == 1
    return workshop.language.clock_range(first.start, first.minutes) if same else ""


def _length(workshop: Workshop) -> str:
    """`3 hours 30 minutes`; `4 sessions of 1 hour, 4 weeks apart`."""
    sessions, language = workshop.sessions, workshop.language
    if workshop.in_one_day:
        return language.duration(workshop.minutes)
    if len({session.minutes for session in sessions}) == 1:
        length = language.phrase("occasion.alike", n=len(sessions), length=language.duration(sessions[0].minutes))
    else:
        length = language.phrase("occasion.unlike", n=len(sessions), length=language.duration(workshop.minutes))
    gaps = {later.day - before.day for before, later in pairwise(sessions)}
    if len(gaps) > 1:
        return length
    return language.phrase("occasion.apart", sessions=length, time=language.in_weeks(gaps.pop()))


def called(workshop: Workshop) -> Literal["session", "day", "series"]:
    """What a sentence calls all of the workshop."""
    if len(workshop.sessions) == 1:
        return "session"
    return "day" if workshop.in_one_day else "series"


def since_the_last(workshop: Workshop, session: Session, language: Language | None = None) -> str:
    """`4 weeks later`, `the same day`; empty for the first session. In the pack's language unless another is named."""
    language = language or workshop.language
    if session.number == 1:
        return ""
    days = session.day - workshop.all_sessions[session.number - 2].day
    return (
        language.phrase("occasion.later", time=language.in_weeks(days))
        if days
        else language.phrase("occasion.same_day")
    )


def following(workshop: Workshop, session: Session) -> NextSession | None:
    """The session after this one."""
    if session.number == len(workshop.all_sessions):
        return None
    after = workshop.all_sessions[session.number]
    return NextSession(
        number=after.number,
        title=after.title,
        date=workshop.language.long_date(after.date) if after.date else "",
        when=when(workshop, after) if after.date else f"{since_the_last(workshop, after)}, {when(workshop, after)}",
    )


def when(workshop: Workshop, session: Session) -> str:
    """`Thursday 14 January 2027, 1pm to 4:30pm`, or the time alone."""
    time = workshop.language.clock_range(session.start, session.minutes)
    return f"{workshop.language.long_date(session.date)}, {time}" if session.date else time


def agenda(workshop: Workshop, session: Session) -> tuple[AgendaRow, ...]:
    """What everyone sees of the session's order."""
    return tuple(
        AgendaRow(
            block=block.id,
            clock=workshop.language.clock_range(block.start, block.minutes),
            starts=workshop.language.clock(block.start),
            title=block.title,
            summary=block.activity.summary if block.activity else "",
            minutes=workshop.language.duration(block.minutes),
            kind=block.kind,
            number=block.number,
        )
        for block in session.blocks
    )


def timeline(workshop: Workshop, session: Session) -> Timeline:
    """The session to scale, in fractions of its length."""
    whole = session.minutes
    bars = tuple(_bar(workshop, block, session) for block in session.blocks)
    first = -(-session.start // TICK_MINUTES) * TICK_MINUTES
    ticks = tuple(
        Tick(workshop.language.clock(at), (at - session.start) / whole, on_the_hour=at % 60 == 0)
        for at in range(first, session.end + 1, TICK_MINUTES)
    )
    return Timeline(bars=bars, ticks=ticks, alt=_told(workshop, session.blocks, session.name))


def _bar(workshop: Workshop, block: SessionBlock, session: Session) -> Bar:
    return Bar(
        block=block.id,
        title=block.title,
        clock=workshop.language.clock(block.start),
        minutes=block.minutes,
        kind=block.kind,
        priority=block.priority,
        number=block.number,
        x=(block.start - session.start) / session.minutes,
        width=block.minutes / session.minutes,
    )


def _told(workshop: Workshop, blocks: Sequence[SessionBlock], name: str) -> str:
    language = workshop.language
    told = joined_by(
        "; ",
        [
            put_together("{title}, {time}", title=block.title, time=language.clock_range(block.start, block.minutes))
            for block in blocks
        ],
    )
    return (
        language.phrase("drawings.timeline_of", session=name, blocks=told)
        if name
        else language.phrase("drawings.timeline", blocks=told)
    )
