"""Minutes, days and counts: what they come to. How they are written is a matter of language."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from math import ceil
from zoneinfo import ZoneInfo

from kit.model.entry import Minutes

UK = ZoneInfo("Europe/London")
DAY = 24 * 60
"""Minutes."""


def shifted(day: date, *, weeks: int = 0, months: int = 0) -> date:
    """The day so long after `day`, or before it when a number is negative: always the same day of the week.

    Months count as whole weeks, 13 to 3 months, so that a session on a working day leads to others.
    """
    return day + timedelta(weeks=weeks + round(months * 52 / 12))


def moment(day: date, minutes: int) -> datetime:
    """The time that clocks in the UK show, `minutes` after the midnight that `day` begins with."""
    return (datetime.combine(day, time()) + timedelta(minutes=minutes)).replace(tzinfo=UK)


def clocks_change(day: date, start: int, end: int) -> bool:
    """Whether the clocks of the UK go forward or back between 2 times, in minutes after the same midnight.

    They do where so many minutes after the start, clocks show another time than counting on gives.
    """
    later = (moment(day, start).astimezone(UTC) + timedelta(minutes=end - start)).astimezone(UK)
    return later.replace(tzinfo=None) != moment(day, end).replace(tzinfo=None)


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


def sheets(pages: int, sides: int, copies: int) -> int:
    """Sheets of paper for all copies of a document."""
    return ceil(pages / sides) * copies
