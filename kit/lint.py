"""Rules over what was loaded and localised: each finds diagnostics and changes nothing."""

from __future__ import annotations

from collections.abc import Iterator

from kit.diagnostics import Diagnostic
from kit.load import Library
from kit.model.session import Session

MOST_WORDS_IN_A_QUOTE = 40
MOST_QUOTED = 1 / 3
"""The largest share of the article's words that all quotations together may take."""


def library_faults(library: Library) -> Iterator[Diagnostic]:
    """What is wrong with the content whichever session is made of it."""
    yield from _quotes_too_long(library)
    yield from _quoted_too_much(library)
    yield from _logo_without_permission(library)


def session_faults(session: Session) -> Iterator[Diagnostic]:
    """What is wrong with one session."""
    yield from _objectives_not_reached(session)
    yield from _too_few_or_many(session)


def _quotes_too_long(library: Library) -> Iterator[Diagnostic]:
    for position, quote in enumerate(library.article.quotes):
        if quote.words > MOST_WORDS_IN_A_QUOTE:
            yield Diagnostic(
                "quote-too-long",
                f"The quotation “{quote.id}” has {quote.words} words; {MOST_WORDS_IN_A_QUOTE} is the most.",
                "Choose a shorter passage. Where you leave words out, write [...].",
                library.texts["quotes"].place(("quotes", position, "text")),
            )


def _quoted_too_much(library: Library) -> Iterator[Diagnostic]:
    words = sum(quote.words for quote in library.article.quotes)
    whole = library.article.source.words
    if words > whole * MOST_QUOTED:
        yield Diagnostic(
            "too-much-quoted",
            f"All quotations together have {words} words, {words / whole:.0%} of the article; a third is the most.",
            f"Take away quotations with {words - int(whole * MOST_QUOTED)} words or more.",
            library.texts["quotes"].place(("quotes",), key=True),
        )


def _logo_without_permission(library: Library) -> Iterator[Diagnostic]:
    logo = library.brand.logo if library.brand else None
    if logo is not None and not logo.permission:
        yield Diagnostic(
            "logo-without-permission",
            "The logo is left out, because nobody has said that it may be used.",
            "When your communications team agrees, write `permission: true` under `logo`.",
            library.texts["brand"].place(("logo", "permission"), key=True),
            severity="warning",
        )


def _objectives_not_reached(session: Session) -> Iterator[Diagnostic]:
    reached = {objective for block in session.blocks for objective in block.objectives}
    for position, objective in enumerate(session.plan.objectives):
        if objective.id not in reached:
            yield Diagnostic(
                "objective-not-reached",
                f"No block works on the objective “{objective.id}”.",
                "Name it under `objectives` in a block, or take it out.",
                session.texts[f"plan:{session.plan.id}"].place(("objectives", position)),
                severity="warning",
            )


def _too_few_or_many(session: Session) -> Iterator[Diagnostic]:
    people = session.plan.people
    text = session.texts[f"plan:{session.plan.id}"]
    if not people.least <= session.attendees <= people.most:
        yield Diagnostic(
            "people-out-of-range",
            f"{session.attendees} people are expected; the plan works for {people.least} to {people.most}.",
            "See “A small group” and “A large group” for each activity in the guide.",
            text.place(("people",)),
            severity="warning",
        )
    for block in session.blocks:
        if block.activity is None:
            continue
        works = block.activity.people
        if not works.least <= session.attendees <= works.most:
            yield Diagnostic(
                "people-out-of-range",
                f"{session.attendees} people are expected; “{block.title}” works for {works.least} to {works.most}.",
                "See how to adapt it in the guide, or choose another activity.",
                session.texts[f"activity:{block.activity.id}"].place(("people",)),
                severity="warning",
            )
