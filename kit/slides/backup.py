"""Slides at the end that the show passes over: sample answers, more quotations, and what to do when time runs short.

They wait for the facilitator, who types the number of one to show it. Sample answers are the only words of the
facilitator's that a slide may hold, and its title says whose they are. Participants are given none of these slides.
"""

from __future__ import annotations

from collections.abc import Iterator

from kit.compose import in_reserve, quote_view
from kit.latecard import late_card
from kit.model.document import NotesView, SlideView
from kit.model.language import joined_by
from kit.model.late import LateCard, LateRow
from kit.model.workshop import SessionBlock
from kit.slides.context import Context
from kit.slides.notes import clock_of


def backup(context: Context) -> Iterator[SlideView]:
    yield from _late(context)
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


def _late(context: Context) -> Iterator[SlideView]:
    """What the back of the run sheet says, a slide for each block."""
    card = late_card(context.workshop, context.session)
    places = {block.id: place for place, block in enumerate(context.session.blocks)}
    for block in card.blocks:
        yield SlideView(
            id=f"0-backup/late-{block.block}",
            layout="table",
            section=context.say("backup"),
            title=context.say("late", block=block.title, time=block.clock),
            columns=(context.say("behind"), context.say("what_to_do"), context.say("then")),
            rows=tuple((row.behind, row.do, _then(context, card, row, places[block.block])) for row in block.rows),
            hidden=True,
            notes=NotesView(
                context.participant.occasion.time,
                (context.say("late_note"), context.say("hidden_note")),
                length=context.participant.occasion.length,
            ),
            place=context.place_in_session("blocks"),
        )


def _then(context: Context, card: LateCard, row: LateRow, begun: int) -> str:
    """The new clock: `6 at 10:50, 7 at 11:15, end 12:30`."""
    times = [
        context.say("block_at", block=name, time=time)
        for name, time in zip(card.columns[begun:], row.starts[begun:], strict=True)
        if time
    ]
    return joined_by(", ", [*times, context.say("end_at", time=row.end)]) if row.end else ""
