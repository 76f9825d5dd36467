"""What is asked before a trust's folder is written: how each answer is read, and what it is likely to be."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import get_args

from kit.lint import prose_faults
from kit.model.terms import Term
from kit.model.trust import Trust
from kit.palette import OWN
from kit.source import REPLACEMENT, SourceText

KINDS: tuple[str, ...] = get_args(Trust.model_fields["kind"].annotation)
NATIONS: tuple[str, ...] = get_args(Trust.model_fields["nation"].annotation)
OWN_COLOUR = OWN.brand.upper()

MAX_LINE = 160
MAX_ID = 60
MAX_PEOPLE = 1000


@dataclass(frozen=True)
class Answers:
    """What is known of an organisation; None for what the base or each plan is to decide.

    Every text is one that `line` has read, `colour` one that `colour` has.
    """

    name: str
    short: str
    kind: str
    nation: str
    unit: Term | None = None
    attendees: int | None = None
    contact: str | None = None
    colour: str = OWN_COLOUR

    @property
    def id(self) -> str:
        return folder_id(self.short, self.name)


class BadAnswer(ValueError):
    """An answer that cannot be used; the message says why and what to write, in one sentence."""


# Reading -----------------------------------------------------------------------------------------


def line(text: str) -> str:
    """A name or a label: words on one line, blanks made single. BadAnswer for what no page can show."""
    words = " ".join(text.split())
    if not words:
        raise BadAnswer("There is nothing here: write it in words.")
    if len(words) > MAX_LINE:
        raise BadAnswer(f"That has {len(words)} characters, and {MAX_LINE} is the most: shorten it.")
    if not words.isprintable() or REPLACEMENT in words:
        raise BadAnswer("That holds a character that cannot be printed: type it afresh instead of pasting it.")
    # The rules of `kit check` would refuse it later: a link that leads nowhere, for one.
    faults = prose_faults([("trust", SourceText("", {"answer": words}))])
    refused = next((fault for fault in faults if fault.severity == "error"), None)
    if refused is not None:
        raise BadAnswer(refused.message)
    return words


def line_or_none(text: str) -> str | None:
    """The same where nothing is an answer too."""
    return line(text) if text.strip() else None


def kind(text: str) -> str:
    """What sort of organisation it is, one of `KINDS`."""
    return _one_of(KINDS, text)


def nation(text: str) -> str:
    """The nation of the UK, one of `NATIONS`."""
    return _one_of(NATIONS, text)


def people(text: str) -> int | None:
    """How many people come; None for nothing."""
    if not text.strip():
        return None
    # `isdecimal` alone would let through the digits of every script.
    if not re.fullmatch(r"[0-9]{1,4}", text.strip()) or not 1 <= int(text) <= MAX_PEOPLE:
        raise BadAnswer(f"“{text.strip()}” is not a number of people: write a whole number from 1 to {MAX_PEOPLE}.")
    return int(text)


def colour(text: str) -> str:
    """A hex colour, as `#0B5563`. The # may be left out: a shell eats it."""
    digits = text.strip().removeprefix("#").upper()
    if not re.fullmatch(r"[0-9A-F]{6}|[0-9A-F]{3}", digits):
        raise BadAnswer(
            f"“{text.strip()}” is not a hex colour: write # and 6 characters from 0 to 9 and A to F, as in #0B5563."
        )
    return "#" + (digits if len(digits) == 6 else "".join(digit * 2 for digit in digits))


def _one_of(choices: tuple[str, ...], text: str) -> str:
    given = " ".join(text.split())
    for choice in choices:
        if choice.casefold() == given.casefold():
            return choice
    raise BadAnswer(f"“{given}” is none of the answers known here: write {listed(choices)}.")


def listed(choices: tuple[str, ...]) -> str:
    """`England, Scotland, Wales or Northern Ireland`."""
    return f"{', '.join(choices[:-1])} or {choices[-1]}"


# Guessing ----------------------------------------------------------------------------------------

_OF_ANY_ORGANISATION = frozenset(
    (
        *("acute", "ambulance", "board", "boards", "care", "children's", "children’s", "community", "district"),
        *("foundation", "general", "group", "health", "healthcare", "hospital", "hospitals", "hsc", "infirmary"),
        *("integrated", "mental", "nhs", "partnership", "service", "services", "social", "teaching", "trust"),
        *("trusts", "university", "women's", "women’s"),
    )
)
_JOINS = frozenset(("and", "&", "of", "for", "the", "in", "at", "-", "–"))


def short_name(name: str) -> str:
    """What people are likely to say for `name`: its first words that are not those of any hospital.

    `Southmere` for `Southmere University Hospitals`, `Leicester` for `University Hospitals of Leicester NHS Trust`.
    """
    words = name.split()
    plain = [word.strip('.,;:()“”"').casefold() for word in words]
    start = next((at for at, word in enumerate(plain) if word not in _OF_ANY_ORGANISATION | _JOINS), len(words))
    end = next((at for at in range(start, len(words)) if plain[at] in _OF_ANY_ORGANISATION), len(words))
    while end > start and plain[end - 1] in _JOINS:
        end -= 1
    return " ".join(words[start:end]).rstrip(",;:") or name


def id_of(text: str) -> str:
    """`text` as an id, in lower-case words joined by hyphens; empty when it has no letter to begin with."""
    plain = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", re.sub(r"['’]", "", plain))
    while words and words[0][0].isdigit():
        words.pop(0)
    return "-".join(words)[:MAX_ID].rstrip("-")


def folder_id(short: str, name: str) -> str:
    """The id of an organisation, from what people call it or from its name."""
    return id_of(short) or id_of(name) or "our-trust"


def likely_kind(name: str) -> str:
    """The kind that a name tells of itself."""
    said = name.casefold()
    if "health and social care" in said or "hsc" in said.split():
        return "HSC trust"
    scottish = said.startswith("nhs ") and "trust" not in said and "england" not in said
    return "health board" if scottish or "health board" in said else "trust"


def likely_nation(name: str, kind: str) -> str:
    """Where an organisation of this kind is: boards are Scottish (`NHS Lothian`) or Welsh."""
    if kind == "HSC trust":
        return "Northern Ireland"
    if kind == "health board":
        return "Scotland" if name.casefold().startswith("nhs ") else "Wales"
    return "England"


def plural(word: str) -> str:
    """The plural of an English noun, as far as a rule can tell: it is only ever a suggestion."""
    if re.search(r"[^aeiou]y$", word):
        return word[:-1] + "ies"
    return word + ("es" if re.search(r"(?:s|x|z|ch|sh)$", word) else "s")
