"""Events as an iCalendar file, which every calendar program opens: RFC 5545."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard

from kit.model.document import EventView

_WINTER = timedelta(hours=0)
_SUMMER = timedelta(hours=1)


def invitation(events: Sequence[EventView], *, descriptions: Sequence[str], created: datetime) -> bytes:
    """The events in UK time, each with its description. `created` is the day of the build, in UTC."""
    calendar = Calendar()
    calendar.add("prodid", "-//workshop-kit//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(_uk_time())
    for each, description in zip(events, descriptions, strict=True):
        event = Event()
        event.add("uid", each.uid)
        event.add("dtstamp", created.replace(tzinfo=UTC))
        event.add("summary", each.title)
        event.add("dtstart", each.starts)
        event.add("dtend", each.ends)
        if each.place:
            event.add("location", each.place)
        event.add("description", description.strip())
        calendar.add_component(event)
    data: bytes = calendar.to_ical()
    return data


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
