"""Questions from memory: the plan's own, put where an activity asks for them, and all that a workshop asked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kit.model.activity import Activity, DiscussionSlide, Part, Slide, TablePart
from kit.model.language import like
from kit.model.plan import Recall
from kit.model.workshop import SessionBlock

_NUMBERED = re.compile(r"^\d+\.\s+")


def asking(activity: Activity, questions: Sequence[Recall]) -> Activity:
    """The activity with the plan's questions on its worksheet and its slide, and their answers for the facilitator.

    An activity that has no place for them is given back as it is; one that has a place loses it when there are none.
    """
    if not waits(activity):
        return activity
    if not questions:
        return _without(activity)
    asked = tuple(question.ask for question in questions)
    answered = tuple(
        like(question.answer, f"Question {number}: {question.answer}") for number, question in enumerate(questions, 1)
    )
    assert activity.worksheet is not None
    parts = tuple(part.model_copy(update={"rows": asked}) if _waits(part) else part for part in _parts(activity))
    return activity.model_copy(
        update={
            "worksheet": activity.worksheet.model_copy(update={"parts": parts}),
            "slides": tuple(_prompting(slide, asked) for slide in activity.slides),
            "answers": (*answered, *activity.answers),
        }
    )


def waits(activity: Activity) -> bool:
    """Whether the activity asks the questions that the plan has to give it."""
    return any(_waits(part) for part in _parts(activity))


def _without(activity: Activity) -> Activity:
    assert activity.worksheet is not None
    parts = tuple(part for part in activity.worksheet.parts if not _waits(part))
    slides = tuple(slide for slide in activity.slides if not (isinstance(slide, DiscussionSlide) and slide.recall))
    worksheet = activity.worksheet.model_copy(update={"parts": parts}) if parts else None
    return activity.model_copy(update={"worksheet": worksheet, "slides": slides})


def asked_in(blocks: Sequence[SessionBlock]) -> tuple[str, ...]:
    """The questions from memory of the last block that has any, without their numbers."""
    for block in reversed(blocks):
        rows = tuple(_rows(block.activity)) if block.activity else ()
        if rows:
            return rows
    return ()


def _rows(activity: Activity) -> Iterator[str]:
    for part in _parts(activity):
        if isinstance(part, TablePart) and part.recall:
            yield from (like(row, _NUMBERED.sub("", row)) for row in part.rows)


def _parts(activity: Activity) -> tuple[Part, ...]:
    return activity.worksheet.parts if activity.worksheet else ()


def _waits(part: Part) -> bool:
    return isinstance(part, TablePart) and part.recall and not part.rows


def _prompting(slide: Slide, asked: tuple[str, ...]) -> Slide:
    return slide.model_copy(update={"prompts": asked}) if isinstance(slide, DiscussionSlide) and slide.recall else slide
