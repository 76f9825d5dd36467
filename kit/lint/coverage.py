"""What a workshop or the whole content leaves out: objectives, voices, themes."""

from __future__ import annotations

from collections.abc import Iterator

from kit.diagnostics import Diagnostic
from kit.lint.workshop import LONG_ENOUGH, blocks_place
from kit.load import Library
from kit.model.activity import Activity, QuoteSlide, QuotesPart
from kit.model.workshop import Workshop

FEWEST_ACTIVITIES = 2

WEAK_VERBS = {
    *("understand", "know", "learn", "appreciate", "realise", "believe", "feel", "grasp", "see", "think"),
    *("be", "become", "gain", "get", "consider", "explore", "familiarise", "acknowledge", "value", "experience"),
}
"""Verbs that Bloom’s taxonomy leaves out, since they name no performance."""


def themes_in_few_activities(library: Library) -> Iterator[Diagnostic]:
    """Themes that fewer than 2 activities work on."""
    for position, theme in enumerate(library.article.themes):
        used = [activity.id for activity in library.activities.values() if theme.id in activity.themes]
        if len(used) < FEWEST_ACTIVITIES:
            yield Diagnostic(
                "theme-in-few-activities",
                f"The theme “{theme.title}” is worked on in {f'“{used[0]}” alone' if used else 'no activity'}.",
                f"Name `{theme.id}` under `themes` in an activity that works on it, or write one.",
                library.texts["themes"].place(("themes", position)),
                severity="warning",
            )


def weak_verbs(workshop: Workshop) -> Iterator[Diagnostic]:
    """Objectives that begin with something nobody can see another person do."""
    for position, objective in enumerate(workshop.plan.objectives):
        if objective.verb.split()[0].casefold() in WEAK_VERBS:
            yield Diagnostic(
                "weak-verb",
                f"Nobody can see whether another person can “{objective.verb.lower()}”.",
                "Begin with what people do to show it: distinguish, compare, appraise, draft, defend.",
                workshop.texts[f"plan:{workshop.plan.id}"].place(("objectives", position, "verb")),
                severity="warning",
            )


def objectives_not_reached(workshop: Workshop) -> Iterator[Diagnostic]:
    """Objectives that no block names."""
    reached = {objective for block in workshop.blocks for objective in block.objectives}
    for position, objective in enumerate(workshop.plan.objectives):
        if objective.id not in reached:
            yield Diagnostic(
                "objective-not-reached",
                f"No block works on the objective “{objective.id}”.",
                "Name it under `objectives` in a block, or take it out.",
                workshop.texts[f"plan:{workshop.plan.id}"].place(("objectives", position)),
                severity="warning",
            )


def objectives_not_tested(workshop: Workshop) -> Iterator[Diagnostic]:
    """Objectives that no question from memory and no closing block comes back to."""
    reached = {objective for block in workshop.blocks for objective in block.objectives}
    closing = [block for block in workshop.blocks if block.activity and block.activity.tests]
    tested = {objective for block in closing for objective in block.objectives}
    for session in workshop.sessions:
        if any(block in closing for block in session.blocks):
            tested |= {objective for question in session.recall for objective in question.objectives}
    for position, objective in enumerate(workshop.plan.objectives):
        if objective.id in reached - tested and closing:
            yield Diagnostic(
                "objective-not-tested",
                f"At the close, nothing comes back to the objective “{objective.id}”.",
                "Name it in a question under `recall`, or under `objectives` of the closing block if that tests it.",
                workshop.texts[f"plan:{workshop.plan.id}"].place(("objectives", position)),
                severity="warning",
            )


def voices_not_heard(workshop: Workshop) -> Iterator[Diagnostic]:
    """Voices of whom a workshop of an hour or more shows no quotation.

    An unknown quotation or voice is a fault already, and says nothing about who is heard.
    """
    article = workshop.article
    shown = {id for block in workshop.blocks if block.activity for id in _quotes_of(block.activity)}
    known = shown <= {quote.id for quote in article.quotes}
    heard = {quote.voice for quote in article.quotes if quote.id in shown}
    missing = [voice.name for voice in article.voices if voice.id not in heard]
    if workshop.minutes >= LONG_ENOUGH and known and missing and heard <= {voice.id for voice in article.voices}:
        yield Diagnostic(
            "voice-not-heard",
            f"Nothing in this workshop quotes {_or(missing)}.",
            "Use an activity that quotes them, or name a quotation of theirs under `quotes` in one.",
            blocks_place(workshop),
            severity="warning",
        )


def _quotes_of(activity: Activity) -> Iterator[str]:
    yield from activity.quotes
    yield from (slide.quote for slide in activity.slides if isinstance(slide, QuoteSlide))
    for part in activity.worksheet.parts if activity.worksheet else ():
        yield from part.quotes if isinstance(part, QuotesPart) else ()


def _or(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"
