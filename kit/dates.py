"""The day of each session, and the day by which people tell of what they need."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta

from kit.diagnostics import Diagnostic, Outcome
from kit.model.language import Language
from kit.model.plan import Plan
from kit.model.trust import SessionDetails
from kit.phrasing import Origin
from kit.schedule import shifted


def days_of(plan: Plan) -> Iterator[int]:
    """Days from the first session to each."""
    day = 0
    for _, session in plan.parts:
        if session.after is not None:
            day += (shifted(date.min, weeks=session.after.weeks, months=session.after.months) - date.min).days
        yield day


def session_dates(given: Sequence[date], days: Sequence[int], origin: Origin | None) -> Outcome[tuple[date, ...]]:
    """A date for each session, or none at all: from the first, or as they were `given` one by one.

    `days` are those from the first session to each. Without an `origin` the dates come from the command line.
    """
    place = origin.place(("date",)) if origin else None
    if len(given) <= 1:
        return Outcome(tuple(given[0] + timedelta(days=day) for day in days) if given else ())
    if len(given) != len(days):
        many = "1 session" if len(days) == 1 else f"{len(days)} sessions"
        fault = Diagnostic(
            "wrong-number-of-dates",
            f"{len(given)} dates are given, but the plan has {many}.",
            "Give the date of the first session or one for each, and say under `plan` which plan they are for.",
            place,
        )
        return Outcome((), (fault,))
    if list(given) != sorted(given):
        fault = Diagnostic(
            "dates-not-in-order",
            "The dates of the sessions are not in order.",
            "Write them from the first session to the last.",
            place,
        )
        return Outcome(tuple(given), (fault,))
    return Outcome(tuple(given))


def access_needs_by(
    details: SessionDetails,
    planned: SessionDetails,
    dates: Sequence[date],
    english: Language,
    profile: Callable[[str], Origin],
) -> Outcome[date | int]:
    """A number of days holds for every plan, a day for the plan whose date it goes with.

    `planned` are the details as far as they are of this plan; `profile` gives the origin of a part of the profile.
    """
    deadline = details.access_needs_by
    if not isinstance(deadline, date):
        return Outcome(deadline)
    if planned is not details:
        return Outcome(None)
    if not dates or deadline <= dates[0]:
        return Outcome(deadline)
    fault = Diagnostic(
        "access-needs-after-session",
        f"People are to tell of what they need by {english.long_date(deadline)}, but the session is on "
        f"{english.long_date(dates[0])}.",
        "Give a day before the session, or how many days before it: `access_needs_by: 7`.",
        profile("session").place(("access_needs_by",)),
    )
    return Outcome(deadline, (fault,))
