"""What a trust's profile says, in finished words: the venue, access, privacy, policies, the staff survey."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from kit.model.document import PolicyView, PrivacyView, ScoreView, SurveyView
from kit.model.framework import Framework
from kit.model.trust import Venue
from kit.model.workshop import Workshop

PEOPLE_PROMISE = "nhs-people-promise"
"""The framework whose parts the staff survey scores."""

MOST_POINTS = 10
_THEMES = {"staff-engagement": "Staff engagement", "morale": "Morale"}


# Where to go -------------------------------------------------------------------------------------


def way_out(venue: Venue) -> tuple[tuple[str, str], ...]:
    """The fire exit and where to gather, as one line with its label; nothing where neither is known."""
    if venue.fire_exit and venue.assembly_point:
        return (("Fire exit", f"{venue.fire_exit.rstrip('.')}. Assembly point: {venue.assembly_point}"),)
    alone = (("Fire exit", venue.fire_exit), ("Assembly point", venue.assembly_point))
    return tuple((label, text) for label, text in alone if text)


def before_you_come(venue: Venue) -> tuple[tuple[str, str], ...]:
    """What people need to know to plan their way, a label and a text each."""
    return _known(
        ("Step-free access", venue.step_free),
        ("Hearing loop", venue.hearing_loop),
        ("Accessible toilet", venue.accessible_toilet),
        ("Quiet room", venue.quiet_room),
        ("Parking", venue.parking),
    )


def in_the_room(venue: Venue) -> tuple[tuple[str, str], ...]:
    """What people need to know once they are there, a label and a text each."""
    return (
        *_known(("Step-free access", venue.step_free), ("Hearing loop", venue.hearing_loop)),
        *way_out(venue),
        *_known(
            ("Accessible toilet", venue.accessible_toilet),
            ("Quiet room", venue.quiet_room),
            ("Wifi", venue.wifi),
        ),
    )


def _known(*lines: tuple[str, str | None]) -> tuple[tuple[str, str], ...]:
    return tuple((label, text) for label, text in lines if text)


def access_needs_by(workshop: Workshop) -> str:
    """`by Thursday 7 January 2027`; `at least 7 days before the session` without a date; empty without a deadline."""
    deadline, first = workshop.access_needs_by, workshop.all_sessions[0]
    if deadline is None:
        return ""
    if isinstance(deadline, date):
        return f"by {workshop.language.long_date(deadline)}"
    if first.date:
        return f"by {workshop.language.long_date(first.date - timedelta(days=deadline))}"
    days = "1 day" if deadline == 1 else f"{deadline} days"
    return f"at least {days} before the {'first ' if first.of > 1 else ''}session"


# What people are told ----------------------------------------------------------------------------


def privacy(workshop: Workshop) -> PrivacyView | None:
    """What the forms and the letter say about personal details."""
    told = workshop.organisation.privacy
    if told is None:
        return None
    uses = f"{told.purpose.rstrip('.')}, and keeps"
    until, contact = told.retention.rstrip("."), told.contact.rstrip(".")
    return PrivacyView(
        register=f"{told.controller} uses these details {uses} them {until}. Questions about them: {contact}.",
        form=f"{told.controller} uses these answers {uses} them {until}. Questions about them: {contact}.",
        letter=f"{told.controller} uses what you tell us {uses} it {until}. Questions about this go to {contact}.",
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
    names = {**_THEMES, **_elements(workshop.frameworks)}
    return SurveyView(
        source=f"{found.source}, {found.year}",
        benchmark=found.benchmark or "",
        scores=tuple(
            ScoreView(
                name=names.get(score.element, score.element.replace("-", " ").capitalize()),
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


def score_lines(view: SurveyView) -> Iterator[str]:
    """`We are a team: 6.8, benchmark 6.9`, one for each score."""
    for score in view.scores:
        yield f"{score.name}: {score.score}" + (f", benchmark {score.benchmark}" if score.benchmark else "")
