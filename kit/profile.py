"""What a trust's profile says, in finished words: the venue, access, privacy, policies, the staff survey."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Literal

from kit.model.document import PolicyView, PrivacyView, ScoreView, SurveyView
from kit.model.framework import Framework
from kit.model.language import Language, joined_by
from kit.model.trust import Venue
from kit.model.workshop import Workshop

PEOPLE_PROMISE = "nhs-people-promise"
"""The framework whose parts the staff survey scores."""

MOST_POINTS = 10


# Where to go -------------------------------------------------------------------------------------


def way_out(venue: Venue, language: Language) -> tuple[tuple[str, str], ...]:
    """The fire exit and where to gather, as one line with its label; nothing where neither is known."""
    if venue.fire_exit and venue.assembly_point:
        both = language.phrase("venue.exit_and_point", exit=venue.fire_exit.rstrip("."), point=venue.assembly_point)
        return ((language.phrase("venue.fire_exit"), both),)
    return _known(venue, language, "fire_exit", "assembly_point")


def fire_exit(venue: Venue, language: Language) -> str:
    """The text of the line with the fire exit; empty where the exit is not known."""
    return way_out(venue, language)[0][1] if venue.fire_exit else ""


def before_you_come(venue: Venue, language: Language) -> tuple[tuple[str, str], ...]:
    """What people need to know to plan their way, a label and a text each."""
    return _known(venue, language, "step_free", "hearing_loop", "accessible_toilet", "quiet_room", "parking")


def access_unknown(venue: Venue | None) -> tuple[Literal["step_free", "hearing_loop"], ...]:
    """What some people cannot do without, and `before_you_come` says nothing of."""
    return (
        *(() if venue and venue.step_free else ("step_free",)),
        *(() if venue and venue.hearing_loop else ("hearing_loop",)),
    )


def in_the_room(venue: Venue, language: Language) -> tuple[tuple[str, str], ...]:
    """What people need to know once they are there, a label and a text each."""
    return (
        *_known(venue, language, "step_free", "hearing_loop"),
        *way_out(venue, language),
        *_known(venue, language, "accessible_toilet", "quiet_room", "wifi"),
    )


def _known(venue: Venue, language: Language, *fields: str) -> tuple[tuple[str, str], ...]:
    return tuple((language.phrase(f"venue.{field}"), text) for field in fields if (text := getattr(venue, field)))


def access_needs_by(workshop: Workshop) -> str:
    """`by Thursday 7 January 2027`; `at least 7 days before the session` without a date; empty without a deadline."""
    deadline, first, language = workshop.access_needs_by, workshop.all_sessions[0], workshop.language
    if deadline is None:
        return ""
    if isinstance(deadline, date):
        return language.phrase("access.by_day", day=language.long_date(deadline))
    if first.date:
        return language.phrase("access.by_day", day=language.long_date(first.date - timedelta(days=deadline)))
    which = "access.days_before_the_first" if first.of > 1 else "access.days_before"
    return language.phrase(which, n=deadline)


# What people are told ----------------------------------------------------------------------------


def privacy(workshop: Workshop) -> PrivacyView | None:
    """What the forms and the letter say about personal details."""
    told = workshop.organisation.privacy
    if told is None:
        return None
    said = {
        "controller": told.controller,
        "purpose": told.purpose.rstrip("."),
        "retention": told.retention.rstrip("."),
        "contact": told.contact.rstrip("."),
    }
    return PrivacyView(
        register=workshop.language.phrase("privacy.register", **said),
        form=workshop.language.phrase("privacy.form", **said),
        letter=workshop.language.phrase("privacy.letter", **said),
    )


def policies(workshop: Workshop) -> tuple[PolicyView, ...]:
    """The organisation's own policies, in the order of its list."""
    return tuple(
        PolicyView(policy.title, policy.url, workshop.language.month(policy.reviewed))
        for policy in workshop.organisation.policies
    )


def survey(workshop: Workshop) -> SurveyView | None:
    """The scores of the staff survey with their bars."""
    found = workshop.organisation.survey
    if found is None:
        return None
    language, names = workshop.language, _elements(workshop.frameworks)
    return SurveyView(
        source=f"{found.source}, {found.year}",
        benchmark=found.benchmark or "",
        scores=tuple(
            ScoreView(
                name=names.get(score.element) or language.phrase(f"survey.{score.element}"),
                score=f"{score.score:.1f}",
                benchmark="" if score.benchmark is None else f"{score.benchmark:.1f}",
                length=_length(score.score),
                benchmark_length="" if score.benchmark is None else _length(score.benchmark),
            )
            for score in found.scores
        ),
    )


def _length(points: float) -> str:
    return f"{100 * points / MOST_POINTS:.0f}"


def _elements(frameworks: tuple[Framework, ...]) -> dict[str, str]:
    return {
        item.id: item.name for framework in frameworks if framework.id == PEOPLE_PROMISE for item in framework.items
    }


def survey_message(view: SurveyView, language: Language) -> str:
    """What the scores say, counted: how they compare with the benchmark, or which is the highest."""
    compared = [(float(score.score), float(score.benchmark)) for score in view.scores if score.benchmark]
    if not compared:
        best = max(view.scores, key=lambda score: float(score.score))
        return language.phrase("survey.highest", name=best.name, score=best.score)
    higher, same, lower = (
        sum(found(ours, theirs) for ours, theirs in compared) for found in (float.__gt__, float.__eq__, float.__lt__)
    )
    parts = (
        language.phrase("survey.higher", n=higher) if higher else "",
        language.phrase("survey.same", n=same) if same else "",
        language.phrase("survey.lower", n=lower) if lower else "",
    )
    return language.phrase(
        "survey.against_the_benchmark", n=len(compared), counts=joined_by(", ", [part for part in parts if part])
    )


def score_lines(view: SurveyView, language: Language) -> Iterator[str]:
    """`We are a team: 6.8, benchmark 6.9`, one for each score."""
    for score in view.scores:
        compared = {"name": score.name, "score": score.score, "benchmark": score.benchmark}
        yield language.phrase("survey.line_compared" if score.benchmark else "survey.line", **compared)
