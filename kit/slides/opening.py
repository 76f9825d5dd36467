"""The slides before the first block: title, welcome, objectives, agenda, and what people here said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kit.model.document import ChartView, NotesView, SlideView
from kit.model.language import joined_by
from kit.profile import MOST_POINTS, score_lines, survey, survey_message
from kit.slides.context import Context
from kit.slides.notes import clock_of

MOST_SCORES = 5
"""Of the staff survey on its slide, so that it reads from the back of a room."""


def opening(context: Context) -> Iterator[SlideView]:
    yield from _welcome(context)
    yield from _survey(context)


def _welcome(context: Context) -> Iterator[SlideView]:
    participant, occasion = context.participant, context.participant.occasion
    when = ", ".join(part for part in (occasion.date, occasion.time) if part)
    where = ", ".join(part for part in (participant.house.name, occasion.room) if part)
    before = context.say("before", time=context.language.clock(context.session.start))
    yield SlideView(
        id="0-opening/title",
        layout="title",
        section=context.say("opening"),
        title=participant.title,
        subtitle=context.session.name or participant.subtitle,
        points=tuple(part for part in (when, where, *occasion.facilitators) if part),
        notes=NotesView(
            clock=before,
            say=(context.say("for_whom", audience=_lower_first(participant.audience), built=participant.stamp.line),),
        ),
        place=context.place_in_plan("title"),
    )
    if occasion.practical:
        yield SlideView(
            id="0-opening/welcome",
            layout="welcome",
            section=context.say("opening"),
            title=context.say("before_we_start"),
            facts=occasion.practical,
            notes=NotesView(before, (context.say("while_people_arrive"),)),
            place=context.place("trust", "venue"),
        )
    yield SlideView(
        id="0-opening/objectives",
        layout="objectives",
        section=context.say("opening"),
        title=context.say("works_on" if context.workshop.is_part else "by_the_end"),
        points=participant.objectives,
        notes=NotesView(
            _in_the_first(context), (context.say("read_once" if context.workshop.is_part else "come_back_to"),)
        ),
        place=context.place_in_plan("objectives"),
    )
    yield SlideView(
        id="0-opening/agenda",
        layout="agenda",
        section=context.say("opening"),
        title=context.say("today"),
        agenda=participant.sessions[0].agenda,
        clock=occasion.time,
        notes=NotesView(occasion.time, (context.say("if_late"), context.say("bars")), length=occasion.length),
        place=context.place_in_session("blocks"),
    )


def _survey(context: Context) -> Iterator[SlideView]:
    """What people here said of working here, if that is known: once, in the first session."""
    found = survey(context.workshop) if context.session.number == 1 else None
    if found is None:
        return
    shown = replace(found, scores=found.scores[:MOST_SCORES])
    more = len(found.scores) - MOST_SCORES
    told = [*score_lines(shown, context.language)]
    compared = any(score.benchmark for score in shown.scores)
    names = (context.workshop.organisation.short, *((context.language.phrase("guide.benchmark"),) if compared else ()))
    yield SlideView(
        id="0-opening/survey",
        layout="chart",
        section=context.say("opening"),
        title=survey_message(shown, context.language),
        question=context.say("survey_question"),
        subtitle=context.say("benchmark", group=found.benchmark) if compared and found.benchmark else "",
        chart=ChartView(
            columns=(context.language.phrase("guide.what_is_scored"), *names),
            rows=tuple((score.name, score.score, score.benchmark)[: len(names) + 1] for score in shown.scores),
            alt=context.say("survey_told", scores=joined_by("; ", told)),
            most=str(MOST_POINTS),
        ),
        source=context.say("survey_source", source=found.source),
        notes=NotesView(
            _in_the_first(context),
            (context.say("survey_note_more", n=more) if more > 0 else context.say("survey_note"),),
        ),
        place=context.place("trust", "survey"),
        at_own_pace=True,
    )


def _in_the_first(context: Context) -> str:
    """The clock of what is shown while the first block runs."""
    block = context.session.blocks[0]
    return context.say("within", block=block.title, clock=clock_of(context, block, block.start, block.minutes))


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]
