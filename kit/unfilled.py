"""What a trust has not said of itself yet, and what saying it would add to a pack. Nothing of this is a fault."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pydantic import BaseModel

from kit.model.trust import Trust

GAINS: Mapping[str, str] = {
    "terms": "your own words for departments and posts, wherever the pack speaks of them",
    "venue": "the room on the letter, the title slide, the run sheet and the certificate",
    "venue.address": "the address in the joining instructions, in the calendar and on the certificate",
    "venue.step_free": "a line in the joining instructions, on the welcome slide and on a poster",
    "venue.hearing_loop": "a line in the joining instructions, on the welcome slide and on a poster",
    "venue.accessible_toilet": "a line in the joining instructions, on the welcome slide and on a poster",
    "venue.quiet_room": "a line in the joining instructions, on the welcome slide and on a poster",
    "venue.parking": "a line in the joining instructions",
    "venue.fire_exit": "a line on the welcome slide, the run sheet and a poster",
    "venue.assembly_point": "where to gather, beside the fire exit on the welcome slide, the run sheet and a poster",
    "venue.wifi": "a line on the welcome slide, in the workbook and on a poster",
    "session.date": "the day on every page, the calendar invitation, and the day on which to send each message",
    "session.start": "your own times in place of the plan's",
    "session.slot": "the workshop fitted to the minutes that you have, whatever the plan takes",
    "session.attendees": "copies, materials and rows of the register for as many as come",
    "session.tables": "table signs and a room plan for the tables that you have",
    "session.spares": "your own number of spare copies in place of 2",
    "session.large_print": "copies in large print of all that participants hold, for those who asked",
    "session.access_needs_by": "the day by which people tell you what they need, in the joining instructions",
    "facilitators": "names on the letter, the title slide and the certificate, and a guide for each facilitator",
    "contact": "whom to ask, in the joining instructions and in every message",
    "cpd": "the approving body, its code and the credits on the certificate",
    "policies": "where to read more here, at the end of the workbook and of the guide",
    "survey": "your staff survey on a slide, and with bars at the end of the guide",
    "survey.benchmark": "the name of the group that the scores are compared with",
    "survey.scores.benchmark": "a second bar beside each score",
    "feedback": "a QR code on the evaluation form, and the address on the slide with the source",
    "privacy": "what happens to personal details, on the register, the evaluation form and the letter",
    "scenarios": "scenario cards, and pages of the workbook to work on them",
    "slides": "slides of another shape, for a projector that is not 16:9",
    "deck_template": "slides on your own PowerPoint template, with your artwork and your layouts",
}
"""Fields of a profile that may be left out, and what each adds, in the order in which a profile has them."""


@dataclass(frozen=True)
class Gain:
    """A field that is not filled in, and what it would add."""

    field: str
    """`venue.hearing_loop`"""
    adds: str

    def __str__(self) -> str:
        return f"{self.field}: {self.adds}"


def unfilled(trust: Trust) -> Iterator[Gain]:
    """The fields that a profile leaves out. What stands within one of these is not told of beside it."""
    for field, adds in GAINS.items():
        # A template of the trust's own has a shape of its own.
        if _is_open(trust, field.split(".")) and not (field == "slides" and trust.deck_template):
            yield Gain(field, adds)


def _is_open(record: BaseModel, path: Sequence[str]) -> bool:
    first, *rest = path
    value = getattr(record, first)
    if rest:
        within = value if isinstance(value, tuple) else (value,)
        return any(_is_open(part, rest) for part in within if part is not None)
    if isinstance(value, BaseModel):
        return not value.model_fields_set
    return value is None or value == () or first not in record.model_fields_set
