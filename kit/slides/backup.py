"""Slides at the end that the show passes over: sample answers, more quotations, and what to do when time runs short.

They wait for the facilitator, who types the number of one to show it. Sample answers are the only words of the
facilitator's that a slide may hold, and its title says whose they are. Participants are given none of these slides.
"""

from __future__ import annotations

from collections.abc import Iterator

from kit.compose import in_reserve, quote_view
from kit.model.document import NotesView, SlideView
from kit.model.language import joined_by
from kit.model.workshop import SessionBlock
from kit.slides.context import Context
from kit.slides.notes import clock_of, shortened, worthwhile


def backup(context: Context) -> Iterator[SlideView]:
    yield _late(context)
    seen: set[str] = set()
    for block in context.session.blocks:
        if block.activity is not None and block.activity.answers and block.activity.id not in seen:
            seen.add(block.activity.id)
            yield _answers(context, block)
    for number, quote in enumerate(in_reserve(context.workshop, context.session), 1):
        view = quote_view(context.workshop, quote)
        yield SlideView(
            id=f"0-backup/{quote.id}",
            layout="quote",
            section=context.say("backup"),
            title=context.say("another_quotation", n=number),
            quote=view,
            hidden=True,
            notes=NotesView(context.say("in_reserve"), (context.say("quotation_note"), context.say("hidden_note"))),
            place=view.place,
        )


def _answers(context: Context, block: SessionBlock) -> SlideView:
    assert block.activity is not None
    return SlideView(
        id=f"{block.id}/answers",
        layout="content",
        section=context.say("backup"),
        title=context.say("answers", activity=block.title),
        points=block.activity.answers,
        hidden=True,
        notes=NotesView(
            clock_of(context, block, block.start, block.minutes),
            (context.say("answers_note"), context.say("hidden_note")),
            length=context.language.duration(block.minutes),
        ),
        place=context.place(f"activity:{block.activity.id}", "answers"),
    )


def _late(context: Context) -> SlideView:
    return SlideView(
        id="0-backup/late",
        layout="table",
        section=context.say("backup"),
        title=context.say("late"),
        columns=(context.say("block"), context.say("latest_end"), context.say("to_shorten")),
        rows=tuple(_row(context, block) for block in context.session.blocks),
        hidden=True,
        notes=NotesView(
            context.participant.occasion.time,
            (context.say("late_note"), context.say("hidden_note")),
            length=context.participant.occasion.length,
        ),
        place=context.place_in_session("blocks"),
    )


def _row(context: Context, block: SessionBlock) -> tuple[str, str, str]:
    """The block, the latest time at which it may end, and how to be quicker."""
    named = worthwhile(block)
    ways = [context.language.listed([shortened(context, each) for each in named])] if named else []
    if block.activity is not None and block.priority != "must":
        ways.append(context.say(f"or_leave_out_{block.priority}", minutes=context.language.duration(block.minutes)))
    latest = context.language.clock(context.latest_ends[block.id])
    return block.title, latest, joined_by("; ", ways) if ways else context.say("keep_as_it_is")
