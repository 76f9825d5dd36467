"""The slides of a block: an activity with its debrief and the slides of its own, or a break."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kit.compose import HANDOUTS, groups_in_words, quote_view
from kit.model.activity import (
    ChartSlide,
    CompareSlide,
    ContentSlide,
    DiagramSlide,
    DiscussionSlide,
    QuoteSlide,
    Slide,
    SpectrumSlide,
)
from kit.model.document import ChartView, FigureView, NotesView, PanelView, SlideView
from kit.model.language import joined_by
from kit.model.page import SLIDE, SLIDE_ACROSS
from kit.model.workshop import Session, SessionBlock
from kit.schedule import how_many
from kit.slides.context import Context, notes
from kit.source import Path

LEAST_SECTIONS = 3


def block_slides(context: Context, block: SessionBlock) -> Iterator[SlideView]:
    yield from _break(context, block) if block.activity is None else _activity(context, block)


def in_sections(session: Session) -> bool:
    """Whether each activity begins with a slide of its own: with so few, people know where they are."""
    return sum(block.activity is not None for block in session.blocks) >= LEAST_SECTIONS


def _section(context: Context, block: SessionBlock) -> SlideView:
    """What begins now, and where that is in the session."""
    assert block.activity is not None
    of = sum(each.activity is not None for each in context.session.blocks)
    return SlideView(
        id=f"{block.id}/section",
        layout="section",
        section=block.title,
        title=block.title,
        subtitle=block.activity.summary,
        number=block.number,
        clock=context.language.clock_range(block.start, block.minutes),
        here=block.id,
        where=context.say("where_we_are", n=block.number, of=of),
        notes=notes(clock=context.clock(block)),
        place=context.place_in_session("blocks"),
    )


def _break(context: Context, block: SessionBlock) -> Iterator[SlideView]:
    back = context.say("back_at", time=context.language.clock(block.end))
    yield SlideView(
        id=f"{block.id}/break",
        layout="break",
        section=block.title,
        title=block.title,
        subtitle=back,
        minutes=context.language.short_minutes(block.minutes),
        ends=context.say("until", time=context.language.clock(block.end)),
        notes=notes(clock=context.clock(block), say=(context.say("back_note", back=back),)),
        place=context.place_in_session("blocks"),
    )


def _activity(context: Context, block: SessionBlock) -> Iterator[SlideView]:
    assert block.activity is not None
    if in_sections(context.session):
        yield _section(context, block)
    own = list(enumerate(block.activity.slides))
    for position, slide in own:
        if slide.when == "before":
            yield _own(context, block, slide, position)
    yield _steps(context, block)
    for position, slide in own:
        if slide.when == "during":
            yield _own(context, block, slide, position)
    if block.activity.debrief is not None:
        yield _debrief(context, block)
    for position, slide in own:
        if slide.when == "after":
            yield _own(context, block, slide, position)


def _steps(context: Context, block: SessionBlock) -> SlideView:
    activity = block.activity
    assert activity is not None
    materials = tuple(
        f"{how_many(m, attendees=context.workshop.attendees, tables=context.workshop.tables, groups=activity.groups)}"
        f" × {m.item}"
        for m in activity.materials
    )
    page = context.workbook_pages.get(block.id, 0)
    # Participants look for what the kit printed for them; pens and paper lie on the tables and stand in the notes.
    cards = tuple(m.item for m in activity.materials if m.document not in (None, HANDOUTS) and m.per != "room")
    return SlideView(
        id=f"{block.id}/activity",
        layout="activity",
        section=block.title,
        title=context.say("steps_of", activity=block.title) if in_sections(context.session) else block.title,
        subtitle=activity.summary,
        number=block.number,
        clock=context.language.clock_range(block.start, block.minutes),
        minutes=context.language.short_minutes(block.minutes),
        ends=context.say("until", time=context.language.clock(block.end)),
        groups=groups_in_words(context.language, activity),
        points=tuple(timed.step.do for timed in block.steps),
        step_minutes=tuple(timed.minutes for timed in block.steps),
        need=(*cards, *((context.say("workbook_page", n=page),) if page else ())),
        notes=NotesView(
            clock=context.clock(block),
            say=tuple(
                f"**{timed.step.title}, {context.language.short_minutes(timed.minutes)}.** {timed.step.say}"
                for timed in block.steps
                if timed.step.say
            ),
            watch=tuple(f"**{t.step.title}.** {t.step.watch}" for t in block.steps if t.step.watch),
            listen=(),
            workbook=context.language.phrase("common.workbook_page", page=page, number=block.handout) if page else "",
            materials=materials,
        ),
        place=context.place(f"activity:{activity.id}", "steps"),
    )


def _debrief(context: Context, block: SessionBlock) -> SlideView:
    assert block.activity is not None
    assert block.activity.debrief is not None
    debrief = block.activity.debrief
    return SlideView(
        id=f"{block.id}/debrief",
        layout="debrief",
        section=block.title,
        title=context.say("debrief", activity=block.title),
        number=block.number,
        clock=context.language.clock_range(block.debrief_start, block.debrief_minutes),
        minutes=context.language.short_minutes(block.debrief_minutes),
        ends=context.say("until", time=context.language.clock(block.end)),
        points=tuple(question.ask for question in debrief.questions),
        notes=NotesView(
            clock=context.times(block.debrief_start, block.debrief_minutes),
            say=(context.say("point_to_land", point=debrief.land),),
            watch=(),
            listen=tuple(f"**{q.ask}** {q.listen}" for q in debrief.questions if q.listen),
            workbook="",
            materials=(),
        ),
        place=context.place(f"activity:{block.activity.id}", "debrief"),
    )


def _own(context: Context, block: SessionBlock, slide: Slide, position: int) -> SlideView:
    assert block.activity is not None
    path: Path = ("slides", position)
    plain = SlideView(
        id=f"{block.id}/{slide.id}",
        layout=slide.layout,
        section=block.title,
        title=slide.title,
        notes=replace(
            notes(clock=context.clock(block), say=(slide.say,) if slide.say else ()),
            listen=tuple(f"**{question.ask}** {question.answer}" for question in context.session.recall)
            if isinstance(slide, DiscussionSlide) and slide.recall
            else (),
        ),
        place=context.place(f"activity:{block.activity.id}", *path),
        at_own_pace=isinstance(slide, DiscussionSlide) and slide.recall,
    )
    return _filled(plain, slide, context)


def _filled(slide: SlideView, written: Slide, context: Context) -> SlideView:
    match written:
        case QuoteSlide():
            return replace(slide, quote=quote_view(context.workshop, context.workshop.article.quote(written.quote)))
        case CompareSlide():
            return replace(
                slide,
                left=PanelView(written.left.heading, written.left.points),
                right=PanelView(written.right.heading, written.right.points),
                source=written.source or "",
            )
        case ContentSlide():
            return replace(slide, points=written.points)
        case DiscussionSlide():
            return replace(slide, question=written.question, points=written.prompts)
        case DiagramSlide():
            return replace(slide, points=written.points, figure=FigureView(written.diagram, written.alt, SLIDE))
        case SpectrumSlide():
            return _spectrum(slide, written, context)
        case ChartSlide():
            return _votes(slide, written, context)


def _spectrum(slide: SlideView, written: SpectrumSlide, context: Context) -> SlideView:
    ends = context.language.phrase("common.agree"), context.language.phrase("common.disagree")
    line = FigureView("spectrum", context.say("line", left=ends[0], right=ends[1]), SLIDE_ACROSS)
    return replace(slide, question=written.statement, line_ends=ends, figure=line)


def _votes(slide: SlideView, written: ChartSlide, context: Context) -> SlideView:
    """A chart without votes: nobody has voted, and the chart is not to say otherwise."""
    chart = ChartView(
        columns=(context.say("choice"), context.say("votes")),
        rows=tuple((choice, "0") for choice in written.choices),
        alt=context.say("votes_told", choices=joined_by("; ", list(written.choices))),
    )
    how = context.say("votes_note")
    return replace(
        slide, question=written.message, chart=chart, notes=replace(slide.notes, say=(*slide.notes.say, how))
    )
