"""Events as an iCalendar file, which every calendar program opens: RFC 5545."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from icalendar import Alarm, Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard

from kit.model.arrangements import ReminderView
from kit.model.document import EventView

_WINTER = timedelta(hours=0)
_SUMMER = timedelta(hours=1)
REMINDED_AT = timedelta(hours=9)
"""After the midnight that the day begins with."""


def invitation(
    events: Sequence[EventView],
    *,
    descriptions: Sequence[str],
    created: datetime,
    reminders: Sequence[ReminderView] = (),
    tasks: Sequence[str] = (),
) -> bytes:
    """The events in UK time and the reminders on their days, each with its description or task as plain text.

    `created` is the day of the build, in UTC.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//workshop-kit//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(_uk_time())
    stamped = created.replace(tzinfo=UTC)
    for each, description in zip(events, descriptions, strict=True):
        event = Event()
        event.add("uid", each.uid)
        event.add("dtstamp", stamped)
        event.add("summary", each.title)
        event.add("dtstart", each.starts)
        event.add("dtend", each.ends)
        if each.place:
            event.add("location", each.place)
        event.add("description", description.strip())
        calendar.add_component(event)
    for reminder, told in zip(reminders, tasks, strict=True):
        calendar.add_component(_all_day(reminder, told, stamped))
    data: bytes = calendar.to_ical()
    return data


def _all_day(reminder: ReminderView, task: str, stamped: datetime) -> Event:
    """An entry for a day that stays free, with an alarm: many programs leave out what is a to-do in the format."""
    event = Event()
    event.add("uid", reminder.uid)
    event.add("dtstamp", stamped)
    event.add("summary", reminder.title)
    event.add("dtstart", reminder.day)
    event.add("dtend", reminder.day + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    event.add("description", task.strip())
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", reminder.title)
    alarm.add("trigger", REMINDED_AT)
    event.add_component(alarm)
    return event


def _uk_time() -> Timezone:
    """The clock changes as rules: the same on every machine, whichever release of the time zones it has."""
    zone = Timezone()
    zone.add("tzid", "Europe/London")
    for season, name, before, after, first, month in (
        (TimezoneDaylight(), "BST", _WINTER, _SUMMER, datetime(1996, 3, 31, 1), 3),
        (TimezoneStandard(), "GMT", _SUMMER, _WINTER, datetime(1996, 10, 27, 2), 10),
    ):
        season.add("dtstart", first)
        season.add("rrule", {"freq": "yearly", "bymonth": month, "byday": "-1su"})
        season.add("tzname", name)
        season.add("tzoffsetfrom", before)
        season.add("tzoffsetto", after)
        zone.add_component(season)
    return zone
