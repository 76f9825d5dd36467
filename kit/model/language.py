"""The languages of a pack: fixed phrases by name, and how dates and times are written.

Which form of a phrase goes with a number, the names of days and months, and the joining of lists come from the
Unicode Common Locale Data Repository, through Babel: Welsh has 6 forms where English has 2.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from html import escape
from string import Formatter
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self, SupportsIndex, get_args

from pydantic import BeforeValidator, StringConstraints, model_validator

from kit.model.entry import Entry, Id, Line, Text
from kit.model.terms import Terms

if TYPE_CHECKING:
    from babel import Locale

Tag = Literal["en-GB", "cy", "ga", "gd"]
"""The languages that a pack can be in, as BCP 47 names them: English, Welsh, Irish and Scottish Gaelic."""

ENGLISH: Tag = "en-GB"
TAGS: tuple[Tag, ...] = get_args(Tag)
NAMES: Mapping[Tag, str] = {"en-GB": "English", "cy": "Welsh", "ga": "Irish", "gd": "Scottish Gaelic"}

Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*([-_][a-z0-9]+)*$", max_length=60)]


BEGIN, END = "\ufdd0", "\ufdd1"
"""Stand around English in the HTML of another language. No text holds them: they are no characters (Unicode, 23.7)."""


class InEnglish(str):
    """A text that stays English in a pack of another language, so that pages can say so to a screen reader."""

    __slots__ = ()

    def __html__(self) -> str:
        """What a template writes, by the convention of MarkupSafe."""
        return f"{BEGIN}{escape(self)}{END}" if self else ""

    def __getitem__(self, part: SupportsIndex | slice) -> InEnglish:
        return InEnglish(super().__getitem__(part))

    def lower(self) -> InEnglish:
        """As for any text."""
        return InEnglish(super().lower())

    def upper(self) -> InEnglish:
        """As for any text."""
        return InEnglish(super().upper())


class InPartEnglish(str):
    """A text in another language with words in it that stay English. `html` is the same with them marked."""

    html: str

    def __new__(cls, text: str, html: str = "") -> Self:
        made = super().__new__(cls, text)
        made.html = html
        return made

    def __html__(self) -> str:
        """As above."""
        return self.html


def _as_html(value: Any) -> Any:
    if isinstance(value, InEnglish | InPartEnglish):
        return value.__html__()
    return escape(value) if isinstance(value, str) else value


def in_place(pattern: str, values: Mapping[str, Any]) -> str:
    """`pattern` with `values` in its braces; what stays English in it is known afterwards too."""
    filled = pattern.format(**values)
    if isinstance(pattern, InEnglish):
        return InEnglish(filled)
    if any(isinstance(value, InEnglish | InPartEnglish) for value in values.values()):
        return InPartEnglish(filled, escape(pattern).format(**{name: _as_html(v) for name, v in values.items()}))
    return filled


def put_together(pattern: str, /, **values: Any) -> str:
    """As above for a `pattern` that has no words of its own: English when all its texts are."""
    texts = [value for value in values.values() if isinstance(value, str) and value]
    whole = texts and all(isinstance(text, InEnglish) for text in texts)
    return in_place(InEnglish(pattern) if whole else pattern, values)


def joined_by(separator: str, texts: Sequence[str]) -> str:
    """As `separator.join(texts)`; what is English stays known."""
    names = [f"text_{number}" for number in range(len(texts))]
    return put_together(separator.join(f"{{{name}}}" for name in names), **dict(zip(names, texts, strict=True)))


def like(source: str, text: str) -> str:
    """`text`, made from `source`, in the language of it."""
    return InEnglish(text) if isinstance(source, InEnglish) else text


def _one_form(value: Any) -> Any:
    return {"other": value} if isinstance(value, str) else value


class Forms(Entry):
    """A phrase in the forms that numbers ask for. `{n}` is the number; other names in braces are filled in too."""

    zero: Text | None = None
    one: Text | None = None
    two: Text | None = None
    few: Text | None = None
    many: Text | None = None
    other: Text

    @model_validator(mode="after")
    def _braces_that_can_be_filled(self) -> Self:
        for text in self.texts():
            fields = [part for _, part, spec, _ in Formatter().parse(text) if part is not None or spec]
            if not all(part and part.isidentifier() for part in fields):
                raise ValueError("only a name may stand between braces, as in {n}")
        return self

    def texts(self) -> Iterator[str]:
        """Every form that is given."""
        for name in type(self).model_fields:
            text = getattr(self, name)
            if text is not None:
                yield text

    def fields(self) -> frozenset[str]:
        """The names in braces."""
        return frozenset(part for text in self.texts() for _, part, _, _ in Formatter().parse(text) if part)


Phrase = Annotated[Forms, BeforeValidator(_one_form, json_schema_input_type=Text | Forms)]
"""Words in one form, or in those that numbers ask for."""

Phrases = dict[Name, dict[Name, Phrase]]
"""Phrases by where they stand, then by what they say: `guide`, `purpose`."""


class DocumentWords(Entry):
    """What a kind of document is called and what is said of it."""

    title: Line | None = None
    purpose: Line | None = None
    note: Line | None = None
    """For whoever prints it."""
    after_printing: Line | None = None
    """What to do with the printed copies: fold them, sign them, hang them up."""
    after_printing_larger: Line | None = None
    """The same in an edition of larger type, where it is cut or folded in another way."""
    finish: Line | None = None
    """What stands in the margin of a printed sheet of cards."""


@dataclass(frozen=True)
class Language:
    """One language, ready to write with. What it has no words for, `fallback` says."""

    tag: Tag
    phrases: Mapping[str, Forms] = field(default_factory=dict)
    """By their 2 names with a full stop between: `guide.purpose`."""
    documents: Mapping[Id, DocumentWords] = field(default_factory=dict)
    texts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """What content says: by file, then by the way to a text in it."""
    fallback: Language | None = None
    name: str = ""
    """What an organisation is called when no trust is named."""
    short: str = ""
    terms: Terms | None = None
    """What its parts are called."""

    def phrase(self, name: str, /, **values: Any) -> str:
        """The phrase `name` with its braces filled; `n` also chooses the form. A name that is not there is a bug."""
        return in_place(self.pattern(name, values.get("n")), values)

    def pattern(self, name: str, n: int | None = None) -> str:
        """The words of the phrase `name` in the form for the number `n`, their braces still open."""
        forms = self.phrases.get(name)
        if forms is None:
            if self.fallback is None:
                raise KeyError(f"there is no phrase {name}")
            return InEnglish(self.fallback.pattern(name, n))
        if n is None:
            return forms.other
        return getattr(forms, _locale(self.tag).plural_form(n)) or forms.other

    def document(self, id: str, field: str) -> str:
        """What `field` of the document `id` says; empty where no language has it."""
        words = self.documents.get(id)
        own = getattr(words, field) if words else None
        return own or (InEnglish(self.fallback.document(id, field)) if self.fallback else "")

    def lacks(self) -> tuple[str, ...]:
        """The names of the phrases and documents that the fallback says instead."""
        if self.fallback is None:
            return ()
        phrases = [name for name in self.fallback.phrases if name not in self.phrases]
        documents = [
            f"{id}.{name}"
            for id, words in self.fallback.documents.items()
            for name in DocumentWords.model_fields
            if getattr(words, name) and not getattr(self.documents.get(id, DocumentWords()), name)
        ]
        return (*phrases, *documents)

    def in_english(self, name: str) -> str:
        """What the phrase or the document's field `name` says in the language behind this one."""
        base = self.fallback or self
        id, _, field = name.partition(".")
        return base.pattern(name) if name in base.phrases else base.document(id, field)

    # Times and dates, as the NHS service manual writes them

    def clock(self, minutes: int) -> str:
        """`9am`, `9:05am`, `midday`, `midnight` for minutes since midnight."""
        hour, minute = divmod(minutes % (24 * 60), 60)
        if minute == 0 and hour in (0, 12):
            return self.phrase("time.midday" if hour == 12 else "time.midnight")
        shown = str((hour - 1) % 12 + 1)
        return self.phrase("time.am" if hour < 12 else "time.pm", time=f"{shown}:{minute:02}" if minute else shown)

    def clock_range(self, start: int, minutes: int) -> str:
        """`9am to 9:10am`."""
        return self.phrase("time.range", start=self.clock(start), end=self.clock(start + minutes))

    def duration(self, minutes: int) -> str:
        """`25 minutes`, `1 hour`, `3 hours 30 minutes`."""
        hours, rest = divmod(minutes, 60)
        parts = [self.phrase("time.hours", n=hours)] if hours else []
        parts += [self.phrase("time.minutes", n=rest)] if rest or not hours else []
        return " ".join(parts)

    def short_minutes(self, minutes: int) -> str:
        """`5 min`: for margins, tables and slides."""
        return self.phrase("time.short_minutes", n=minutes)

    def short_duration(self, minutes: int) -> str:
        """`25 min`, `1 hour`, `1 hour 30 min`: the same for longer times."""
        hours, rest = divmod(minutes, 60)
        parts = [self.phrase("time.hours", n=hours)] if hours else []
        parts += [self.short_minutes(rest)] if rest or not hours else []
        return " ".join(parts)

    def in_weeks(self, days: int) -> str:
        """`1 week`, `4 weeks`, `10 days`."""
        return self.phrase("time.days", n=days) if days % 7 else self.phrase("time.weeks", n=days // 7)

    def long_date(self, day: date) -> str:
        """`Thursday 14 January 2027`."""
        return self._date(day, "EEEE d MMMM y")

    def short_date(self, day: date) -> str:
        """`14 January 2027`."""
        return self._date(day, "d MMMM y")

    def day_and_month(self, day: date) -> str:
        """`14 January`."""
        return self._date(day, "d MMMM")

    def month(self, day: date) -> str:
        """`January 2027`."""
        return self._date(day, "MMMM y")

    def weekday(self, number: int) -> str:
        """`Monday` for 0."""
        from babel.dates import get_day_names

        return str(get_day_names("wide", locale=_locale(self.tag))[number])

    def long_dates(self, days: Sequence[date]) -> str:
        """One day in full, or several: `14 January, 11 February and 11 March 2027`; empty when there are none."""
        different = sorted(set(days))
        if len(different) <= 1:
            return "".join(self.long_date(day) for day in different)
        years = {day.year for day in different}
        return self.listed(
            [self._date(day, "d MMMM y" if len(years) > 1 or day == different[-1] else "d MMMM") for day in different]
        )

    def listed(self, items: Sequence[str], kind: Literal["and", "or"] = "and") -> str:
        """`a`, `a and b`, `a, b and c`; with `or` in its place. What is English throughout is joined in English."""
        from babel.lists import format_list

        if self.fallback is not None and items and all(isinstance(item, InEnglish) for item in items):
            return InEnglish(self.fallback.listed(items, kind))
        return format_list(items, style="standard" if kind == "and" else "or", locale=_locale(self.tag))

    def _date(self, day: date, pattern: str) -> str:
        from babel.dates import format_date

        return format_date(day, pattern, locale=_locale(self.tag))


@lru_cache(maxsize=len(TAGS))
def _locale(tag: Tag) -> Locale:
    from babel import Locale

    return Locale.parse(tag, sep="-")
