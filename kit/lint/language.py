"""The house style where a machine can judge it: the NHS service manual's way with times, dates and numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kit.diagnostics import Diagnostic
from kit.lint.prose import Passage, without_placeholders

_MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_NUMBERS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_NUMBER = "|".join(word for name in _NUMBERS for word in (name, name.capitalize()))


@dataclass(frozen=True)
class Slip:
    """One way to write that the house does not follow, and what to do instead."""

    code: str
    hint: re.Pattern[str]
    """Cheap to look for, and in every text that holds the slip: thousands of texts are searched at each check."""
    pattern: re.Pattern[str]
    says: str
    advice: str
    participants_only: bool = False


SLIPS = (
    Slip(
        "time-style",
        re.compile(r"[0-9]"),
        re.compile(
            r"\b(?:\d{1,2}\.\d\d ?[ap]\.?m\b|\d{1,2}(?::\d\d)?(?: [ap]m\b| ?[ap]\.m\.?| ?[AP]M\b)|\d{1,2}:00[ap]m\b"
            r"|(?:[01]?\d|2[0-3]):[0-5]\d\b(?! ?[ap]\.?m| ?[AP]M))",
            re.ASCII,
        ),
        "is not how a time is written here",
        "Write 9am, 9:30am, midday or midnight: a colon, no blank, lower case.",
    ),
    Slip(
        "date-style",
        re.compile(r"[0-9]"),
        re.compile(
            rf"\b(?:\d{{1,2}}(?:st|nd|rd|th) (?:of )?{_MONTH}\b|{_MONTH} \d{{1,2}}(?:(?:st|nd|rd|th)\b|, \d{{4}}\b)"
            r"|\d{1,2}/\d{1,2}/\d\d(?:\d\d)?\b|\d{4}-\d\d-\d\d\b)",
            re.ASCII,
        ),
        "is not how a date is written here",
        "Write 14 January 2027: day, month in full, year, and no th.",
    ),
    Slip(
        "number-in-words",
        re.compile(_NUMBER),
        re.compile(rf"\b(?:{_NUMBER})\b"),
        "is a number in words",
        "Write 2 to 10 as numerals in everything that participants read.",
        participants_only=True,
    ),
    Slip(
        "contraction",
        re.compile(r"['’](?:t|s|re|ve|ll|m)\b"),
        re.compile(r"\w+n['’]t\b|\w+['’](?:re|ve|ll|m)\b|\b(?:[Ii]t|[Tt]hat|[Tt]here|[Ww]hat|[Ll]et)['’]s\b"),
        "is a contraction",
        "Write both words out, as in do not. What somebody says may stand as it is, in quotation marks.",
    ),
)

_TITLES = ("title", "heading", "caption")
_WORD = re.compile(r"[^\W\d_]+")
_CAPITAL_INSIDE = re.compile(r"\W[A-Z][a-z]")
_START = re.compile(r"(?:^|[:.?!–] )\W*\w+")


def slips(read: Sequence[Passage]) -> Iterator[Diagnostic]:
    """Times, dates, numbers and contractions that are not written as the house writes them."""
    for passage in read:
        if not passage.prose:
            continue
        for slip in SLIPS:
            if (slip.participants_only and not passage.for_participants) or not slip.hint.search(passage.words):
                continue
            found = dict.fromkeys(match[0] for match in slip.pattern.finditer(passage.unquoted))
            if found and not _is_name_of_method(passage):
                yield Diagnostic(
                    slip.code,
                    f"{', '.join(f'“{word}”' for word in found)} {slip.says}.",
                    slip.advice,
                    passage.place,
                    severity="warning",
                )


def titles_not_in_sentence_case(read: Sequence[Passage]) -> Iterator[Diagnostic]:
    """Titles with a capital inside that is no name: the same file writes the word in lower case elsewhere."""
    suspects = [passage for passage in read if passage.key in _TITLES and passage.prose and _capitals(passage)]
    names = {word for passage in read if suspects and passage.role == "voices" for word in _names(passage)}
    for passage in suspects:
        prose = [other.words for other in read if other.prose and other.source is passage.source]
        capitals = [
            word
            for word in _capitals(passage)
            if word not in names and any(re.search(rf"\b{word.lower()}\b", words) for words in prose)
        ]
        if capitals:
            yield Diagnostic(
                "title-case",
                f"{', '.join(f'“{word}”' for word in capitals)} has a capital inside the title “{passage.words}”.",
                "Write titles as a sentence is written: a capital for the first word and for names.",
                passage.place,
                severity="warning",
            )


def _capitals(passage: Passage) -> list[str]:
    """The words of a title that begin with a capital, but for the first and for those in capitals throughout."""
    if not _CAPITAL_INSIDE.search(passage.words):
        return []
    later = _START.sub("", without_placeholders(passage.unquoted))
    return [word for word in _WORD.findall(later) if word[0].isupper() and word[1:].islower()]


def _names(passage: Passage) -> list[str]:
    return _WORD.findall(passage.words) if passage.key == "name" else []


def _is_name_of_method(passage: Passage) -> bool:
    """Whether an activity is called after its method: the name is its inventor's."""
    data = passage.source.data
    credit = data.get("credit") if passage.path == ("title",) and isinstance(data, dict) else None
    method = credit.get("method") if isinstance(credit, dict) else None
    return isinstance(method, str) and passage.words.casefold() in method.casefold()
