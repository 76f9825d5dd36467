"""Clock times, durations and counts: what they are and how the NHS writes them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from math import ceil

from kit.model.activity import Groups, Material
from kit.model.entry import Minutes

MINUTES_IN_A_DAY = 24 * 60


def clock(minutes: int) -> str:
    """`9am`, `9:05am`, `midday`, `midnight`: the NHS service manual's way to write a time."""
    hour, minute = divmod(minutes % MINUTES_IN_A_DAY, 60)
    if minute == 0 and hour in (0, 12):
        return "midday" if hour == 12 else "midnight"
    half = "am" if hour < 12 else "pm"
    shown = (hour - 1) % 12 + 1
    return f"{shown}:{minute:02}{half}" if minute else f"{shown}{half}"


def clock_range(start: int, minutes: int) -> str:
    """`9am to 9:10am`."""
    return f"{clock(start)} to {clock(start + minutes)}"


def duration(minutes: int) -> str:
    """`25 minutes`, `1 hour`, `3 hours 30 minutes`."""
    hours, rest = divmod(minutes, 60)
    parts = []
    if hours:
        parts.append(f"{hours} hour" if hours == 1 else f"{hours} hours")
    if rest or not hours:
        parts.append(f"{rest} minute" if rest == 1 else f"{rest} minutes")
    return " ".join(parts)


def long_date(day: date) -> str:
    """`Thursday 14 January 2027`."""
    return f"{day:%A} {day.day} {day:%B} {day.year}"


def long_dates(days: Sequence[date]) -> str:
    """One day in full, or several: `14 January, 11 February and 11 March 2027`; empty when there are none."""
    different = sorted(set(days))
    if not different:
        return ""
    if len(different) == 1:
        return long_date(different[0])
    years = {day.year for day in different}
    *shown, last = (
        f"{day.day} {day:%B}" + (f" {day.year}" if len(years) > 1 or day == different[-1] else "") for day in different
    )
    return f"{', '.join(shown)} and {last}"


def in_weeks(days: int) -> str:
    """`1 week`, `4 weeks`, `10 days`."""
    number, unit = (days // 7, "week") if days % 7 == 0 else (days, "day")
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"


def short_date(day: date) -> str:
    """`14 January 2027`."""
    return f"{day.day} {day:%B} {day.year}"


def shifted(day: date, *, weeks: int = 0, months: int = 0) -> date:
    """The day so long after `day`, or before it when a number is negative: always the same day of the week.

    Months count as whole weeks, 13 to 3 months, so that a session on a working day leads to others.
    """
    return day + timedelta(weeks=weeks + round(months * 52 / 12))


def fit(minutes: int, ranges: Sequence[Minutes]) -> tuple[int, ...] | None:
    """Whole minutes for each range so that they sum to `minutes`, as near to the best as can be.

    A minute is given to (or taken from) whichever has used the smallest share of its room, so that no
    step bears the whole change; the earlier wins a tie. None when least and most do not allow it.
    """
    if not sum(r.least for r in ranges) <= minutes <= sum(r.most for r in ranges):
        return None
    given = [r.best for r in ranges]
    sign = 1 if minutes > sum(given) else -1
    while sum(given) != minutes:
        room = [(r.most - r.best) if sign > 0 else (r.best - r.least) for r in ranges]
        left = [i for i, r in enumerate(ranges) if abs(given[i] - r.best) < room[i]]
        chosen = min(left, key=lambda i: (abs(given[i] - ranges[i].best) / room[i], i))
        given[chosen] += sign
    return tuple(given)


def tables_for(attendees: int, seats: int = 4) -> int:
    """How many tables a group needs at `seats` to a table."""
    return max(1, ceil(attendees / seats))


def how_many(material: Material, *, attendees: int, tables: int, groups: Groups) -> int:
    """How many of a material to have ready."""
    holders = {
        "person": attendees,
        "pair": ceil(attendees / 2),
        "group": ceil(attendees / groups.size),
        "table": tables,
        "room": 1,
    }[material.per]
    return holders * material.count


def sheets(pages: int, sides: int, copies: int) -> int:
    """Sheets of paper for all copies of a document."""
    return ceil(pages / sides) * copies
