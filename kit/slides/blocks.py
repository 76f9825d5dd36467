"""The slides of a block: an activity with its debrief and the slides of its own, or a break."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kit.compose import HANDOUTS, quote_view
from kit.grouping import groups_in_words
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
from kit.model.page import SLIDE_ACROSS, SLIDES
from kit.model.workshop import Session, SessionBlock
from kit.slides.context import Context
from kit.slides.notes import clock_of, cues, materials, of_people, when_late, workbook
from kit.source import Path

LEAST_SECTIONS = 3


def block_slides(context: Context, block: SessionBlock) -> Iterator[SlideView]:
    yield from _break(context, block) if block.activity is None else _prepared(context, block)


def _prepared(context: Context, block: SessionBlock) -> Iterator[SlideView]:
    """The slides of an activity, the first of which says what to have in hand.

    What people may object stands where its notes are short: on the first slide, or on the one after the steps.
    """
    assert block.activity is not None
    slides = list(_activity(context, block))
    steps = next(place for place, slide in enumerate(slides) if slide.layout == "activity")
    objected = 0 if steps else min(1, len(slides) - 1)
    said = tuple((each.they_say, each.you_say) for each in block.activity.objections)
    for place, slide in enumerate(slides):
        notes = slide.notes
        if place in (0, steps):
            notes = replace(notes, materials=tuple(materials(context, block)), workbook=workbook(context, block))
        yield replace(slide, notes=replace(notes, objections=said) if place == objected else notes)


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
        notes=NotesView(
            clock_of(context, block, block.start, block.minutes),
            (),
            length=context.language.duration(block.minutes),
        ),
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
        timer=block.minutes,
        notes=NotesView(
            clock=clock_of(context, block, block.start, block.minutes),
            length=context.language.duration(block.minutes),
            timer=_timer(context, block.end, block.minutes),
            say=(context.say("back_note", back=back),),
        ),
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
    page = context.workbook_pages.get(block.id, 0)
    # Participants look for what the kit printed for them; pens and paper lie on the tables and stand in the notes.
    cards = tuple(m.item for m in activity.materials if m.document not in (None, HANDOUTS) and m.per != "room")
    # The debrief has a slide of its own: this one is up until then.
    minutes = block.minutes - block.debrief_minutes
    return SlideView(
        id=f"{block.id}/activity",
        layout="activity",
        section=block.title,
        title=context.say("steps_of", activity=block.title) if in_sections(context.session) else block.title,
        subtitle=activity.summary,
        number=block.number,
        clock=context.language.clock_range(block.start, block.minutes),
        minutes=context.language.short_minutes(minutes),
        ends=context.say("until", time=context.language.clock(block.start + minutes)),
        groups=groups_in_words(context.workshop, activity),
        points=tuple(timed.step.do for timed in block.steps),
        step_minutes=tuple(timed.minutes for timed in block.steps),
        need=(*cards, *((context.say("workbook_page", n=page),) if page else ())),
        timer=minutes,
        notes=NotesView(
            clock=clock_of(context, block, block.start, block.minutes),
            length=context.language.duration(block.minutes),
            timer=_timer(context, block.start + minutes, minutes),
            say=(),
            people=tuple(of_people(context, block)),
            cues=tuple(cues(context, block)),
            late=tuple(when_late(context, block)),
        ),
        place=context.place(f"activity:{activity.id}", "steps"),
    )


def _debrief(context: Context, block: SessionBlock) -> SlideView:
    assert block.activity is not None
    assert block.activity.debrief is not None
    debrief, start, minutes = block.activity.debrief, block.debrief_start, block.debrief_minutes
    return SlideView(
        id=f"{block.id}/debrief",
        layout="debrief",
        section=block.title,
        title=context.say("debrief", activity=block.title),
        number=block.number,
        clock=context.language.clock_range(start, minutes),
        minutes=context.language.short_minutes(minutes),
        ends=context.say("until", time=context.language.clock(block.end)),
        points=tuple(question.ask for question in debrief.questions),
        timer=minutes,
        notes=NotesView(
            clock=clock_of(context, block, start, minutes),
            length=context.language.duration(minutes),
            timer=_timer(context, block.end, minutes),
            say=(context.say("point_to_land", point=debrief.land),),
            listen=tuple(f"**{q.ask}** {q.listen}" for q in debrief.questions if q.listen),
            late=(context.say("debrief_late", planned=minutes, least=debrief.minutes.least),)
            if debrief.minutes.least < minutes
            else (),
        ),
        place=context.place(f"activity:{block.activity.id}", "debrief"),
    )


def _timer(context: Context, end: int, minutes: int) -> str:
    return context.say("timer", minutes=context.language.duration(minutes), time=context.language.clock(end))


def _own(context: Context, block: SessionBlock, slide: Slide, position: int) -> SlideView:
    assert block.activity is not None
    path: Path = ("slides", position)
    plain = SlideView(
        id=f"{block.id}/{slide.id}",
        layout=slide.layout,
        section=block.title,
        title=slide.title,
        notes=NotesView(
            clock=clock_of(context, block, block.start, block.minutes),
            length=context.language.duration(block.minutes),
            say=(slide.say,) if slide.say else (),
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
                left=PanelView(written.left.heading, written.left.points, written.left.symbol or ""),
                right=PanelView(written.right.heading, written.right.points, written.right.symbol or ""),
                source=written.source or "",
            )
        case ContentSlide():
            return replace(slide, points=written.points)
        case DiscussionSlide():
            return replace(slide, question=written.question, points=written.prompts)
        case DiagramSlide():
            return replace(
                slide, points=written.points, figure=FigureView(written.diagram, written.alt, SLIDES[context.shape])
            )
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
