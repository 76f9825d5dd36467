"""A session becomes its deck: which slides there are, what each says and what its notes hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from math import ceil
from typing import Any

from kit.compose import (
    HANDOUTS,
    Imprint,
    groups_in_words,
    house,
    participant_view,
    quote_view,
)
from kit.model.activity import CompareSlide, ContentSlide, DiscussionSlide, QuoteSlide, Slide
from kit.model.change import SetChange
from kit.model.document import DeckView, NotesView, PanelView, ParticipantView, SlideView
from kit.model.language import Language
from kit.model.workshop import Session, SessionBlock, Workshop
from kit.profile import score_lines, survey
from kit.schedule import how_many
from kit.source import Path

MOST_SCORES = 5
"""Of the staff survey on its slide, so that it reads from the back of a room."""

ROWS_ON_A_SLIDE = 10
LETTERS_IN_A_ROW = 58
"""What a slide of points holds in its smallest type, a little on the small side."""


def deck_view(workshop: Workshop, session: Session, imprint: Imprint, *, workbook_pages: Mapping[str, int]) -> DeckView:
    """The deck of one session. `workbook_pages` gives the page of each handout by block id, for the notes."""
    alone = workshop.alone(session)
    participant = participant_view(alone, imprint)
    slides = _Slides(alone, session, participant, workbook_pages).all()
    return DeckView(
        stamp=imprint.stamp,
        house=house(workshop, imprint),
        title=participant.title,
        subtitle=session.name or participant.subtitle,
        slides=tuple(slides),
        timeline=participant.sessions[0].timeline,
    )


def slide_numbers(decks: Iterable[DeckView], workshop: Workshop) -> Mapping[str, tuple[int, int]]:
    """The first and last slide of each block in its own deck, by block id, counted from 1."""
    ids = {block.id for block in workshop.blocks}
    numbers: dict[str, tuple[int, int]] = {}
    for deck in decks:
        for number, slide in enumerate(deck.slides, 1):
            block = slide.id.split("/")[0]
            if block in ids:
                first, _ = numbers.get(block, (number, number))
                numbers[block] = (first, number)
    return numbers


@dataclass(frozen=True)
class _Slides:
    workshop: Workshop
    """With this session alone."""
    session: Session
    participant: ParticipantView
    workbook_pages: Mapping[str, int]

    def all(self) -> Iterator[SlideView]:
        """Every slide but those that the trust leaves out, each with the words that it sets."""
        reworded = dict(self.workshop.slides_reworded)
        for slide in self._planned():
            if slide.id not in self.workshop.slides_dropped:
                yield _reworded(slide, reworded[slide.id]) if slide.id in reworded else slide

    def _planned(self) -> Iterator[SlideView]:
        yield from self._opening()
        yield from self._survey()
        for block in self.session.blocks:
            yield from self._break(block) if block.activity is None else self._activity(block)
        if self.session.homework:
            yield self._homework(self.session.blocks[-1])
        yield self._closing()

    @property
    def _language(self) -> Language:
        return self.workshop.language

    def _say(self, name: str, /, **values: Any) -> str:
        return self._language.phrase(f"slides.{name}", **values)

    def _place(self, role: str, *path: str | int) -> str:
        return str(self.workshop.texts[role].place(path))

    @property
    def _plan(self) -> str:
        return f"plan:{self.workshop.plan.id}"

    def _clock(self, block: SessionBlock) -> str:
        return self._times(block.start, block.minutes)

    def _times(self, start: int, minutes: int) -> str:
        return f"{self._language.clock_range(start, minutes)}, {self._language.duration(minutes)}"

    def _place_in_session(self, key: str) -> str:
        """Where the plan writes something of this session."""
        return self._place(self._plan, *(("sessions", self.session.number - 1) if self.session.of > 1 else ()), key)

    def _opening(self) -> Iterator[SlideView]:
        participant, occasion = self.participant, self.participant.occasion
        when = ", ".join(part for part in (occasion.date, occasion.time) if part)
        where = ", ".join(part for part in (participant.house.name, occasion.room) if part)
        yield SlideView(
            id="0-opening/title",
            layout="title",
            section=self._say("opening"),
            title=participant.title,
            subtitle=self.session.name or participant.subtitle,
            points=tuple(part for part in (when, where, *occasion.facilitators) if part),
            notes=_notes(
                say=(self._say("for_whom", audience=_lower_first(participant.audience), built=participant.stamp.line),),
            ),
            place=self._place(self._plan, "title"),
        )
        for number, points in enumerate(_screens(f"{label}: {text}" for label, text in occasion.practical)):
            yield SlideView(
                id=f"0-opening/welcome{f'-{number + 1}' if number else ''}",
                layout="welcome",
                section=self._say("opening"),
                title=self._say(("before_we_start", "also_here")[number] if number < 2 else "also_here_more", n=number),
                points=points,
                notes=_notes(say=(self._say("while_people_arrive"),)),
                place=self._place("trust", "venue"),
            )
        yield SlideView(
            id="0-opening/objectives",
            layout="objectives",
            section=self._say("opening"),
            title=self._say("works_on" if self.workshop.is_part else "by_the_end"),
            points=participant.objectives,
            notes=_notes(say=(self._say("read_once" if self.workshop.is_part else "come_back_to"),)),
            place=self._place(self._plan, "objectives"),
        )
        yield SlideView(
            id="0-opening/agenda",
            layout="agenda",
            section=self._say("opening"),
            title=self._say("today"),
            agenda=participant.sessions[0].agenda,
            clock=occasion.time,
            notes=_notes(
                clock=f"{occasion.time}, {occasion.length}",
                say=(self._say("if_late"),),
            ),
            place=self._place_in_session("blocks"),
        )

    def _survey(self) -> Iterator[SlideView]:
        """What people here said of working here, if that is known: once, in the first session."""
        found = survey(self.workshop) if self.session.number == 1 else None
        if found is None:
            return
        group = self._say("benchmark", group=found.benchmark) if found.benchmark else ""
        more = len(found.scores) - MOST_SCORES
        yield SlideView(
            id="0-opening/survey",
            layout="content",
            section=self._say("opening"),
            title=self._say("survey"),
            subtitle=self._say("survey_source", source=found.source),
            question=group,
            points=tuple(islice(score_lines(found, self._language), MOST_SCORES)),
            notes=_notes(say=(self._say("survey_note_more", n=more) if more > 0 else self._say("survey_note"),)),
            place=self._place("trust", "survey"),
        )

    def _break(self, block: SessionBlock) -> Iterator[SlideView]:
        back = self._say("back_at", time=self._language.clock(block.end))
        yield SlideView(
            id=f"{block.id}/break",
            layout="break",
            section=block.title,
            title=block.title,
            subtitle=back,
            minutes=self._language.short_minutes(block.minutes),
            ends=self._say("until", time=self._language.clock(block.end)),
            notes=_notes(clock=self._clock(block), say=(self._say("back_note", back=back),)),
            place=self._place_in_session("blocks"),
        )

    def _activity(self, block: SessionBlock) -> Iterator[SlideView]:
        assert block.activity is not None
        own = list(enumerate(block.activity.slides))
        for position, slide in own:
            if slide.when == "before":
                yield self._own(block, slide, position)
        yield self._steps(block)
        if block.activity.debrief is not None:
            yield self._debrief(block)
        for position, slide in own:
            if slide.when == "after":
                yield self._own(block, slide, position)

    def _steps(self, block: SessionBlock) -> SlideView:
        activity = block.activity
        assert activity is not None
        materials = tuple(
            f"{how_many(m, attendees=self.workshop.attendees, tables=self.workshop.tables, groups=activity.groups)}"
            f" × {m.item}"
            for m in activity.materials
        )
        page = self.workbook_pages.get(block.id, 0)
        # Participants look for what the kit printed for them; pens and paper lie on the tables and stand in the notes.
        cards = tuple(m.item for m in activity.materials if m.document not in (None, HANDOUTS) and m.per != "room")
        return SlideView(
            id=f"{block.id}/activity",
            layout="activity",
            section=block.title,
            title=block.title,
            subtitle=activity.summary,
            number=block.number,
            clock=self._language.clock_range(block.start, block.minutes),
            minutes=self._language.short_minutes(block.minutes),
            ends=self._say("until", time=self._language.clock(block.end)),
            groups=groups_in_words(self._language, activity),
            points=tuple(timed.step.do for timed in block.steps),
            step_minutes=tuple(timed.minutes for timed in block.steps),
            need=(*cards, *((self._say("workbook_page", n=page),) if page else ())),
            notes=NotesView(
                clock=self._clock(block),
                say=tuple(
                    f"**{timed.step.title}, {self._language.short_minutes(timed.minutes)}.** {timed.step.say}"
                    for timed in block.steps
                    if timed.step.say
                ),
                watch=tuple(f"**{t.step.title}.** {t.step.watch}" for t in block.steps if t.step.watch),
                listen=(),
                workbook=self._language.phrase("common.workbook_page", page=page, number=block.handout) if page else "",
                materials=materials,
            ),
            place=self._place(f"activity:{activity.id}", "steps"),
        )

    def _debrief(self, block: SessionBlock) -> SlideView:
        assert block.activity is not None
        assert block.activity.debrief is not None
        debrief = block.activity.debrief
        return SlideView(
            id=f"{block.id}/debrief",
            layout="debrief",
            section=block.title,
            title=self._say("debrief", activity=block.title),
            number=block.number,
            clock=self._language.clock_range(block.debrief_start, block.debrief_minutes),
            minutes=self._language.short_minutes(block.debrief_minutes),
            ends=self._say("until", time=self._language.clock(block.end)),
            points=tuple(question.ask for question in debrief.questions),
            notes=NotesView(
                clock=self._times(block.debrief_start, block.debrief_minutes),
                say=(self._say("point_to_land", point=debrief.land),),
                watch=(),
                listen=tuple(f"**{q.ask}** {q.listen}" for q in debrief.questions if q.listen),
                workbook="",
                materials=(),
            ),
            place=self._place(f"activity:{block.activity.id}", "debrief"),
        )

    def _own(self, block: SessionBlock, slide: Slide, position: int) -> SlideView:
        assert block.activity is not None
        path: Path = ("slides", position)
        plain = SlideView(
            id=f"{block.id}/{slide.id}",
            layout=slide.layout,
            section=block.title,
            title=slide.title,
            notes=replace(
                _notes(clock=self._clock(block), say=(slide.say,) if slide.say else ()),
                listen=tuple(f"**{question.ask}** {question.answer}" for question in self.session.recall)
                if isinstance(slide, DiscussionSlide) and slide.recall
                else (),
            ),
            place=self._place(f"activity:{block.activity.id}", *path),
        )
        return _filled(plain, slide, self.workshop)

    def _homework(self, block: SessionBlock) -> SlideView:
        """The last slide of the last block, which sends people off with it."""
        following = self.participant.sessions[0].following
        return SlideView(
            id=f"{block.id}/homework",
            layout="content",
            section=block.title,
            title=self._language.phrase("common.before_session", number=following.number)
            if following
            else self._language.phrase("common.afterwards"),
            points=self.session.homework,
            notes=_notes(
                say=(self._say("homework_note"),),
            ),
            place=self._place_in_session("homework"),
        )

    def _closing(self) -> SlideView:
        source, feedback = self.participant.source, self.participant.feedback
        return SlideView(
            id="0-closing/source",
            layout="closing",
            section=self._say("closing"),
            title=self._say("sources"),
            source=source.citation,
            subtitle=feedback.address if feedback and self.session.number == self.session.of else "",
            points=tuple(f"{name}: {post}" for name, post in source.voices),
            notes=_notes(say=(source.count, source.quoting)),
            place=self._place("source", "title"),
        )


def _reworded(slide: SlideView, change: SetChange) -> SlideView:
    return replace(
        slide,
        title=change.title or slide.title,
        points=change.points or slide.points,
        question=change.question or slide.question,
    )


def _screens(lines: Iterable[str]) -> Iterator[tuple[str, ...]]:
    """Lines on as few slides as hold them in a size that a room can read."""
    held: list[str] = []
    used = 0
    for line in lines:
        rows = ceil(len(line) / LETTERS_IN_A_ROW)
        if held and used + rows > ROWS_ON_A_SLIDE:
            yield tuple(held)
            held, used = [], 0
        held.append(line)
        used += rows
    if held:
        yield tuple(held)


def _filled(slide: SlideView, written: Slide, workshop: Workshop) -> SlideView:
    match written:
        case QuoteSlide():
            return replace(slide, quote=quote_view(workshop, workshop.article.quote(written.quote)))
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


def _notes(*, clock: str = "", say: tuple[str, ...] = ()) -> NotesView:
    return NotesView(clock=clock, say=say, watch=(), listen=(), workbook="", materials=())


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]
