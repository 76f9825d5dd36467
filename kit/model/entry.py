"""What every entry of the content has in common: frozen, closed, and typed words."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date, datetime
from typing import Annotated, Any, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator


class Entry(BaseModel):
    """A frozen record that refuses keys it does not know."""

    # Validators are built when a record is first read: most records are only ever part of another.
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=60)]
"""Lower-case words joined by hyphens, as in `quote-card-sort`."""

LONGEST_LINE = 160
LONGEST_TEXT = 4000

Line = Annotated[
    str, StringConstraints(min_length=1, max_length=LONGEST_LINE, pattern=r"^[^\n]*$", strip_whitespace=True)
]
"""Words on one line: a title, a label."""

Text = Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_TEXT, strip_whitespace=True)]
"""Prose in Markdown: paragraphs, lists and emphasis, no raw HTML."""

Count = Annotated[int, Field(strict=True, ge=0, le=1000)]
Positive = Annotated[int, Field(strict=True, ge=1, le=1000)]


class Minutes(Entry):
    """How long something takes: a whole number of minutes, or its least, best and most."""

    least: Annotated[int, Field(strict=True, ge=0, le=600)]
    best: Annotated[int, Field(strict=True, ge=0, le=600)]
    most: Annotated[int, Field(strict=True, ge=0, le=600)]


def _range(value: Any) -> Any:
    if isinstance(value, int) and not isinstance(value, bool):
        return {"least": value, "best": value, "most": value}
    return value


def _ordered(minutes: Minutes) -> Minutes:
    if not minutes.least <= minutes.best <= minutes.most:
        raise ValueError("least, best and most must not decrease")
    return minutes


class Range(Entry):
    """A least and a most, in that order."""

    least: Positive
    most: Positive

    @model_validator(mode="after")
    def _least_before_most(self) -> Self:
        if self.least > self.most:
            raise ValueError("least must not be more than most")
        return self


Duration = Annotated[
    Minutes,
    BeforeValidator(_range, json_schema_input_type=Annotated[int, Field(ge=0, le=600)] | Minutes),
    AfterValidator(_ordered),
]
"""`minutes: 5`, or `minutes: {least: 3, best: 5, most: 8}`."""


class Interval(Entry):
    """How long after a session something happens; a negative number is before it."""

    weeks: Annotated[int, Field(strict=True, ge=-52, le=52)] = 0
    months: Annotated[int, Field(strict=True, ge=-12, le=12)] = 0

    @model_validator(mode="after")
    def _weeks_or_months(self) -> Self:
        if (self.weeks == 0) == (self.months == 0):
            raise ValueError("an interval has weeks or months, and not both")
        return self


_CLOCK = re.compile(r"^(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2}))?\s*(?P<half>am|pm)?$", re.IGNORECASE)


def parse_clock(value: Any) -> int:
    """Minutes since midnight for `09:30`, `9:30am`, `1pm` or `midday`; ValueError for anything else."""
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 24 * 60:
        return value
    text = str(value).strip().lower()
    if text == "midday":
        return 12 * 60
    match = _CLOCK.match(text)
    if match and (match["minute"] or match["half"]):
        hour, minute = int(match["hour"]), int(match["minute"] or 0)
        if match["half"]:
            if not 1 <= hour <= 12:
                raise ValueError("not a time")
            hour = hour % 12 + (12 if match["half"] == "pm" else 0)
        if hour < 24 and minute < 60:
            return hour * 60 + minute
    raise ValueError("not a time")


def parse_day(value: Any) -> date:
    """The day of `2027-01-14`, or as people in the UK write it: `14/1/2027`, `14 January 2027`. ValueError else."""
    if isinstance(value, date):
        return value
    for form in ("%Y-%m-%d", "%d/%m/%Y", "%d %B %Y"):
        with suppress(ValueError):
            return datetime.strptime(str(value).strip(), form).date()
    raise ValueError("not a date")


Day = Annotated[date, BeforeValidator(parse_day, json_schema_input_type=str)]
"""A day, written `2027-01-14`, `14/1/2027` or `14 January 2027`."""


Days = Annotated[
    tuple[Day, ...],
    BeforeValidator(
        lambda value: value if isinstance(value, list | tuple) else [value],
        json_schema_input_type=str | list[str],
    ),
]
"""A day, or a list of days."""


MOST_DAYS_BEFORE = 365


def _day_or_days_before(value: Any) -> date | int:
    if isinstance(value, int) and not isinstance(value, bool):
        if not 1 <= value <= MOST_DAYS_BEFORE:
            raise ValueError(f"a number of days before the session is 1 to {MOST_DAYS_BEFORE}")
        return value
    return parse_day(value)


Deadline = Annotated[
    date | int,
    BeforeValidator(
        _day_or_days_before,
        json_schema_input_type=str | Annotated[int, Field(ge=1, le=MOST_DAYS_BEFORE)],
    ),
]
"""A day, or how many days before the session."""


_ADDRESS = re.compile(
    r"https://(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}(?::\d{1,5})?(?:[/?#][\w.~:/?#\[\]@!$&()*+,;=%-]*)?",
    re.IGNORECASE | re.ASCII,
)
LONGEST_ADDRESS = 120
"""Characters: a longer address makes a QR code of 22 mm too fine for an office printer."""


def _page_address(text: str) -> str:
    if not _ADDRESS.fullmatch(text):
        raise ValueError("not the address of a page")
    return text


Address = Annotated[
    str,
    StringConstraints(max_length=LONGEST_ADDRESS, strip_whitespace=True),
    AfterValidator(_page_address),
    Field(json_schema_extra={"format": "uri", "pattern": "^https://"}),
]
"""The whole address of a web page, from https:// to the end."""


def _clock_in_yaml(value: Any) -> int:
    if not isinstance(value, str):
        raise ValueError("not a time")
    return parse_clock(value)


Clock = Annotated[int, BeforeValidator(_clock_in_yaml, json_schema_input_type=str)]
"""A time of day, written `09:30`, `9:30am` or `midday`; held as minutes since midnight."""
