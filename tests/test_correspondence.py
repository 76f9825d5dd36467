"""What goes out to participants: when it is sent, what goes with it, what it asks, and what a calendar makes of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar
from shaping import on_day, with_blocks
from speaking import english

from kit.arrange import FOLLOW_UPS
from kit.catalogue import kinds, why_not
from kit.check import Order, check
from kit.correspondence import events, in_words, recall, reminders, send_on, sending
from kit.load import load
from kit.localise import Request
from kit.model.entry import Interval
from kit.model.kind import DocumentKind
from kit.model.workshop import Workshop
from kit.render.calendar import invitation
from kit.render.html import TEXT_WIDTH, folded
from kit.render.markdown import plain
from kit.schedule import clocks_change, shifted
from kit.workspace import Workspace

TODAY = date(2027, 1, 4)


@pytest.fixture
def known(project: Workspace) -> dict[str, DocumentKind]:
    return {kind.id: kind for kind in kinds(project.templates(), english).value or ()}


def session_on(project: Workspace, day: date | None, plan: str = "half-day") -> Workshop:
    checked = check(project, Order(plan=plan, request=Request(dates=(day,) if day else ()))).value
    assert checked is not None
    return checked.workshop


# When to send it ---------------------------------------------------------------------------------


def test_a_message_is_sent_on_the_same_day_of_the_week() -> None:
    thursday = date(2027, 1, 14)
    assert shifted(thursday, weeks=-2) == date(2026, 12, 31)
    assert shifted(thursday, weeks=4) == date(2027, 2, 11)
    assert shifted(thursday, months=1) == date(2027, 2, 11)
    assert shifted(thursday, months=3) == date(2027, 4, 15)


def test_the_messages_go_out_when_the_rest_of_the_pack_says(known: dict[str, DocumentKind]) -> None:
    intervals = [kind.send for kind in known.values() if kind.moment == "after" and kind.output == "text" and kind.send]
    assert [(f"{interval.weeks or interval.months}", interval.weeks, interval.months) for interval in intervals] == [
        (f"{weeks or months}", weeks, months) for weeks, months in FOLLOW_UPS
    ]


@pytest.mark.parametrize(
    ("interval", "words"),
    [
        (Interval(weeks=-2), "2 weeks before"),
        (Interval(weeks=1), "1 week after"),
        (Interval(months=3), "3 months after"),
    ],
)
def test_an_interval_in_words(interval: Interval, words: str) -> None:
    assert in_words(interval, english, session="the session") == f"{words} the session"


def test_without_a_date_it_is_said_in_words(project: Workspace, known: dict[str, DocumentKind]) -> None:
    alone, series = session_on(project, None), session_on(project, None, "series")
    assert send_on(known["joining-email"], alone, TODAY) == "2 weeks before the session"
    assert send_on(known["joining-email"], series, TODAY) == "2 weeks before the first session"
    assert send_on(known["follow-up-3-months"], series, TODAY) == "3 months after the last session"
    assert send_on(known["homework-message"], series.alone(series.sessions[1]), TODAY) == "2 weeks after session 2"
    assert send_on(known["guide"], series, TODAY) == ""


def test_a_day_that_is_past_is_not_asked_for(project: Workspace, known: dict[str, DocumentKind]) -> None:
    workshop = session_on(project, None)
    before, after = known["joining-email"], known["follow-up-1-week"]
    assert send_on(before, on_day(workshop, date(2027, 1, 14)), TODAY) == "as soon as you can"
    assert send_on(before, on_day(workshop, date(2027, 2, 18)), TODAY) == "Thursday 4 February 2027"
    assert send_on(after, on_day(workshop, date(2026, 12, 17)), TODAY) == "Thursday 24 December 2026"


def test_what_goes_out_together_is_named(project: Workspace, known: dict[str, DocumentKind]) -> None:
    workshop = session_on(project, date(2027, 7, 15))
    packed = [kind for kind in known.values() if why_not(kind, workshop) is None]
    view = sending(known["joining-email"], workshop, packed, TODAY)
    assert {title for title, _ in view.enclosed} == {"Joining instructions", "Calendar invitation", "Diary sheet"}
    assert view.events == ()
    assert sending(known["workbook"], workshop, packed, TODAY).enclosed == ()
    after = [sending(known[f"follow-up-{when}"], workshop, packed, TODAY) for when in ("1-week", "4-weeks", "3-months")]
    assert [[title for title, _ in view.enclosed] for view in after] == [["Reading and source"], ["Retrieval quiz"], []]


# Which of them a pack has ------------------------------------------------------------------------


def test_an_invitation_needs_a_date(project: Workspace, known: dict[str, DocumentKind]) -> None:
    absence = why_not(known["invitation"], session_on(project, None))
    assert absence is not None
    assert absence.why(english) == "the session has no date"
    assert why_not(known["invitation"], session_on(project, date(2027, 7, 15))) is None


def test_a_diary_sheet_needs_its_activity(project: Workspace, known: dict[str, DocumentKind]) -> None:
    workshop = session_on(project, None)
    assert why_not(known["diary-sheet"], workshop) is None
    without = tuple(block for block in workshop.blocks if block.activity and block.activity.id != "diary-pairs")
    absence = why_not(known["diary-sheet"], with_blocks(workshop, without))
    assert absence is not None
    assert "diary-pairs" in absence.why(english)


def test_a_plan_may_leave_a_document_out(project: Workspace, known: dict[str, DocumentKind]) -> None:
    workshop = session_on(project, None)
    plan = workshop.plan.model_copy(update={"leave_out": ("guide",)})
    absence = why_not(known["guide"], replace(workshop, plan=plan))
    assert absence is not None
    assert absence.why(english) == "the plan leaves it out"


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("when: activity", "`activity` must be there when, and only when, `when` is activity"),
        ("activity: pairs", "`activity` must be there when, and only when, `when` is activity"),
        ("send: {}", "an interval has weeks or months, and not both"),
        ("send: {weeks: 1, months: 1}", "an interval has weeks or months, and not both"),
    ],
)
def test_a_description_that_cannot_be_followed_is_refused(line: str, message: str) -> None:
    text = f"id: note\ntitle: Note\npurpose: A note.\naudience: participant\noutput: text\npath: note.txt\n{line}\n"
    outcome = kinds({"note/document.yaml": text}, english)
    assert outcome.value is None
    (fault,) = outcome.diagnostics
    assert message in fault.message


# What is asked again -----------------------------------------------------------------------------


def test_the_questions_from_memory_are_those_of_the_session(project: Workspace) -> None:
    workshop = session_on(project, None)
    assert recall(workshop) == tuple(question.ask for question in workshop.sessions[0].recall)
    assert len(recall(workshop)) >= 3


def test_an_activity_with_questions_of_its_own_keeps_them(project: Workspace) -> None:
    workshop = session_on(project, None)
    library = load(project).value
    assert library is not None
    activity = library.activities["retrieval-quiz"]
    closing = replace(workshop.blocks[-1], activity=activity)
    asked = recall(with_blocks(workshop, (*workshop.blocks[:-1], closing)))
    assert len(asked) == 8
    assert all(question[0].isalpha() for question in asked)


def test_a_session_without_such_questions_asks_none(project: Workspace) -> None:
    workshop = session_on(project, None)
    assert recall(with_blocks(workshop, workshop.blocks[:1])) == ()


# Plain text --------------------------------------------------------------------------------------


def test_plain_text_is_folded_and_hangs_below_its_mark() -> None:
    text = folded("Dear all,\n\n\n\n- " + "word " * 30 + "\nStep-free access: " + "word " * 30 + "\n" + "x" * 90)
    lines = text.splitlines()
    assert lines[:3] == ["Dear all,", "", "- " + " ".join(["word"] * 15)]
    assert lines[3].startswith("  word")
    assert any(line.startswith(" " * len("Step-free access: ") + "word") for line in lines)
    assert all(len(line) <= TEXT_WIDTH for line in lines[:-1])
    assert lines[-1] == "x" * 90


@pytest.mark.parametrize("label", ["When: ", "Step-free access: ", "Áit: ", "Ŵyl: "])
def test_a_text_hangs_below_its_label_in_every_language(label: str) -> None:
    first, *others = folded(label + "word " * 30).splitlines()
    assert first.startswith(label + "word")
    assert others
    assert all(line.startswith(" " * len(label) + "word") for line in others)


# The calendar ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "hours"), [(date(2027, 1, 14), 0), (date(2027, 7, 15), 1), (date(2027, 3, 28), 1), (date(2027, 10, 31), 0)]
)
def test_an_invitation_is_at_the_right_hour_in_summer_and_in_winter(project: Workspace, day: date, hours: int) -> None:
    workshop = session_on(project, day)
    data = invitation(events(workshop, ""), descriptions=["Bring; a diary,\nplease."], created=datetime(2027, 1, 4))
    calendar = Calendar.from_ical(data)
    (event,) = calendar.walk("VEVENT")
    starts, ends = event["dtstart"].dt, event["dtend"].dt
    assert starts == datetime(day.year, day.month, day.day, 9, tzinfo=ZoneInfo("Europe/London"))
    assert starts.astimezone(UTC).hour == 9 - hours
    assert ends - starts == timedelta(minutes=workshop.minutes)
    assert event["dtstart"].params["tzid"] == "Europe/London"
    assert event["summary"] == workshop.plan.title
    assert event["description"] == "Bring; a diary,\nplease."
    assert event["dtstamp"].dt == datetime(2027, 1, 4, tzinfo=UTC)


def test_the_rules_of_the_clock_are_those_of_the_time_zone(project: Workspace) -> None:
    calendar = Calendar.from_ical(
        invitation(events(session_on(project, TODAY), ""), descriptions=[""], created=datetime(2027, 1, 4))
    )
    (zone,) = calendar.walk("VTIMEZONE")
    ours, theirs = zone.to_tz(lookup_tzid=False), ZoneInfo("Europe/London")
    for month in range(1, 13):
        noon = datetime(2027, month, 15, 12)
        assert noon.replace(tzinfo=ours).utcoffset() == noon.replace(tzinfo=theirs).utcoffset()


def test_an_invitation_is_known_again_when_it_is_sent_again(project: Workspace) -> None:
    workshop = session_on(project, date(2027, 7, 15))
    (first,) = events(workshop, "northmoor")
    (later,) = events(on_day(workshop, workshop.first_date, workshop.sessions[0].start + 60), "northmoor")
    assert first.uid == later.uid == "half-day-northmoor-2027-07-15@workshop-kit"
    assert first.starts != later.starts
    assert {first.uid} != {event.uid for event in events(workshop, "")}
    assert events(on_day(workshop, None), "") == ()


LONDON = ZoneInfo("Europe/London")


def calendar_of(workshop: Workshop) -> Any:
    booked, asked = events(workshop, ""), tuple(reminders(workshop, ""))
    data = invitation(
        booked,
        descriptions=["" for _ in booked],
        created=datetime(2027, 1, 4),
        reminders=asked,
        tasks=[plain(each.task) for each in asked],
    )
    return Calendar.from_ical(data)


def test_a_session_past_midnight_ends_on_the_next_day(project: Workspace) -> None:
    workshop = on_day(session_on(project, None), date(2027, 1, 14), 22 * 60)
    (event,) = calendar_of(workshop).walk("VEVENT")
    assert event["dtstart"].dt == datetime(2027, 1, 14, 22, tzinfo=LONDON)
    assert event["dtend"].dt == datetime(2027, 1, 15, 1, 30, tzinfo=LONDON)


@pytest.mark.parametrize(
    ("first", "hours"),
    [
        (date(2027, 3, 4), [0, 1, 1, 1]),
        (date(2026, 10, 1), [1, 0, 0, 0]),
    ],
)
def test_a_series_keeps_its_clock_when_the_clocks_change(project: Workspace, first: date, hours: list[int]) -> None:
    workshop = session_on(project, first, "series")
    booked = [event for event in calendar_of(workshop).walk("VEVENT") if isinstance(event["dtstart"].dt, datetime)]
    assert len(booked) == len(workshop.sessions) == 4
    for event, session, ahead in zip(booked, workshop.sessions, hours, strict=True):
        assert event["dtstart"].dt.date() == session.date
        assert event["dtstart"].params["tzid"] == "Europe/London"
        starts = event["dtstart"].dt
        assert starts.hour * 60 + starts.minute == session.start
        assert starts.utcoffset() == timedelta(hours=ahead)


@pytest.mark.parametrize(
    ("day", "start", "minutes", "changes"),
    [
        (date(2027, 3, 27), 22 * 60, 179, False),
        (date(2027, 3, 27), 22 * 60, 180, True),
        (date(2027, 3, 28), 30, 60, True),
        (date(2027, 3, 28), 9 * 60, 210, False),
        (date(2026, 10, 25), 30, 60, False),
        (date(2026, 10, 24), 23 * 60, 240, True),
        (date(2026, 10, 26), 30, 180, False),
    ],
)
def test_a_night_on_which_the_clocks_change_is_known(day: date, start: int, minutes: int, changes: bool) -> None:
    assert clocks_change(day, start, start + minutes) == changes


def test_homework_has_a_day_in_the_calendar_with_an_alarm(project: Workspace) -> None:
    workshop = session_on(project, date(2027, 1, 14), "series")
    calendar = calendar_of(workshop)
    entries = [event for event in calendar.walk("VEVENT") if not isinstance(event["dtstart"].dt, datetime)]
    due = [(session, task) for session in workshop.sessions for task in session.homework]
    assert len(entries) == len(due) == 6
    for entry, (session, task) in zip(entries, due, strict=True):
        after = workshop.sessions[session.number]
        assert session.date is not None
        assert after.date is not None
        assert entry["dtstart"].dt == after.date - timedelta(weeks=1) > session.date
        assert entry["dtend"].dt - entry["dtstart"].dt == timedelta(days=1)
        assert entry["transp"] == "TRANSPARENT"
        assert after.title in entry["summary"]
        assert entry["description"] == plain(task)
        (alarm,) = entry.walk("VALARM")
        assert alarm["action"] == "DISPLAY"
        assert alarm["trigger"].dt == timedelta(hours=9)
    uids = [event["uid"] for event in calendar.walk("VEVENT")]
    assert len(set(uids)) == len(uids)


def test_sessions_close_together_leave_half_of_the_time_for_homework_or_no_reminder(project: Workspace) -> None:
    workshop = session_on(project, date(2027, 1, 14), "series")

    def apart(days: int) -> list[date]:
        sessions = tuple(
            replace(each, date=date(2027, 1, 14) + timedelta(days=days * place))
            for place, each in enumerate(workshop.sessions)
        )
        closer = replace(workshop, sessions=sessions, all_sessions=sessions)
        return sorted({reminder.day for reminder in reminders(closer, "")})

    assert apart(4) == [date(2027, 1, 16), date(2027, 1, 20), date(2027, 1, 24)]
    assert apart(1) == []
    assert list(reminders(session_on(project, None, "series"), "")) == []
