"""What comes from elsewhere: a trust's name and logo, and frameworks that age."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from kit.diagnostics import Diagnostic
from kit.lint.prose import passages
from kit.load import Library

MOST_YEARS_UNCHECKED = 3
MOST_YEARS_UNREVIEWED = 3
SHORTEST_NAME = 3
"""A shorter name is too likely to be a word of its own."""

_OUR_WORDS = ("activity", "plan", "themes", "tasks", "words")
"""The base files that speak for every trust. Voices and the article name the places they name."""


def logo_without_permission(library: Library) -> Iterator[Diagnostic]:
    """A logo that nobody has said may be used."""
    logo = library.brand.logo if library.brand else None
    if logo is not None and not logo.permission:
        yield Diagnostic(
            "logo-without-permission",
            "The logo is left out, because nobody has said that it may be used.",
            "When your communications team agrees, write `permission: true` under `logo`. "
            "`kit brand` writes a sheet to send to them.",
            library.texts["brand"].place(("logo", "permission"), key=True),
            severity="warning",
        )


def trust_named_in_base(library: Library) -> Iterator[Diagnostic]:
    """The trust's name in content that every other trust prints too."""
    if library.trust is None:
        return
    names = [name for name in (library.trust.name, library.trust.short) if len(name) >= SHORTEST_NAME]
    if not names:
        return
    named = re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(name) for name in names)})(?!\w)")
    folder = library.texts["trust"].file.removesuffix("trust.yaml")
    suspects = [
        (role, text)
        for role, text in library.texts.items()
        if role.partition(":")[0] in _OUR_WORDS
        and not text.file.startswith(folder)
        and any(named.search(line) for line in text.lines)
    ]
    for passage in passages(suspects):
        if match := named.search(passage.words):
            yield Diagnostic(
                "trust-named-in-base",
                f"“{match[0]}” is 1 trust's name, but every trust prints this text.",
                "Write {{ trust.short }} instead, or move the text into the trust's folder.",
                passage.place,
                severity="warning",
            )


def framework_checks_too_old(library: Library, today: date) -> Iterator[Diagnostic]:
    """Frameworks that nobody has compared with their source for 3 years."""
    for position, framework in enumerate(library.frameworks):
        checked = framework.checked
        if _longer_ago(checked, today, MOST_YEARS_UNCHECKED):
            yield Diagnostic(
                "framework-check-too-old",
                f"“{framework.title}” was last checked in {checked:%B} {checked.year}, "
                f"more than {MOST_YEARS_UNCHECKED} years ago.",
                "Compare the names with the owner's current version, then write the day under `checked`.",
                library.texts["frameworks"].place(("frameworks", position, "checked")),
                severity="warning",
            )


def policy_reviews_too_old(library: Library, today: date) -> Iterator[Diagnostic]:
    """Policies of the trust's own that nobody has reviewed for 3 years."""
    for position, policy in enumerate(library.trust.policies if library.trust else ()):
        reviewed = policy.reviewed
        if _longer_ago(reviewed, today, MOST_YEARS_UNREVIEWED):
            yield Diagnostic(
                "policy-review-too-old",
                f"“{policy.title}” was last reviewed in {reviewed:%B} {reviewed.year}, "
                f"more than {MOST_YEARS_UNREVIEWED} years ago.",
                "Ask its owner which version is in force, then correct its address and the day under `reviewed`.",
                library.texts["trust"].place(("policies", position, "reviewed")),
                severity="warning",
            )


def _longer_ago(day: date, today: date, years: int) -> bool:
    """Whether `day` lies more than so many years before `today`; its anniversary itself does not."""
    return (today.year - day.year, today.month, today.day) > (years, day.month, day.day)
