"""A workshop becomes documents: all arithmetic and all wording end here.

What comes out holds finished strings. Two artefacts that show the same thing are given the same string,
so a slide and a handout cannot disagree.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from kit import cardentries
from kit.arrange import floor, follow_up, main_themes, people_time, signs
from kit.correspondence import recall
from kit.grouping import groups_in_words, ready, sizes_that_work
from kit.latecard import late_card
from kit.model.activity import Activity, LinesPart, Part, QuoteSlide, QuotesPart, TextPart
from kit.model.arrangements import Packed
from kit.model.article import Quote, Theme
from kit.model.brand import Palette
from kit.model.document import (
    BlockView,
    DebriefView,
    FacilitatorView,
    HandoutView,
    House,
    MaterialView,
    ParticipantView,
    PartView,
    QuoteView,
    SessionView,
    SourceView,
    Stamp,
    StepView,
    TaskAnswer,
    ThemeView,
)
from kit.model.edition import Edition, in_edition, made_in
from kit.model.kind import DocumentKind
from kit.model.language import Language
from kit.model.workshop import OwnPage, Session, SessionBlock, Workshop
from kit.people import adapted, instead_in_words, other_adaptations
from kit.printing import copies_of, edition_name, large_print, needed_at
from kit.profile import policies, privacy, survey
from kit.qr import qr
from kit.recall import asked_in
from kit.retold import refitted
from kit.timetable import agenda, called, following, occasion, since_the_last, timeline
from kit.wheel import wheel

HANDOUTS = "handouts"
"""The document that is made of pages of the workbook."""


@dataclass(frozen=True)
class Imprint:
    """What a pack shows of itself and of its house, beside the session."""

    stamp: Stamp
    palette: Palette
    logo_alt: str = ""

    @property
    def has_logo(self) -> bool:
        return bool(self.logo_alt)


def house(workshop: Workshop, imprint: Imprint) -> House:
    organisation = workshop.organisation
    return House(organisation.name, organisation.short, imprint.has_logo, imprint.logo_alt, imprint.palette)


def participant_view(workshop: Workshop, imprint: Imprint) -> ParticipantView:
    """All that participants may see. It has no field for the facilitator's words."""
    quotes = quoted(workshop)
    handouts = tuple(_handouts(workshop))
    used = {id for block in workshop.blocks if block.activity for id in block.activity.themes}
    used |= {id for scenario in workshop.scenarios for id in scenario.themes}
    return ParticipantView(
        stamp=imprint.stamp,
        house=house(workshop, imprint),
        title=workshop.plan.title,
        subtitle=workshop.plan.subtitle,
        called=called(workshop),
        audience=workshop.plan.audience,
        occasion=occasion(workshop),
        welcome=workshop.plan.welcome,
        before=workshop.before,
        objectives=objectives_of(workshop),
        sessions=tuple(_session(workshop, session, handouts) for session in workshop.sessions),
        handouts=handouts,
        wheel=wheel(workshop),
        themes=tuple(_theme(workshop, theme) for theme in workshop.article.themes if theme.id in used),
        main_themes=tuple(_theme(workshop, theme) for theme in main_themes(workshop)),
        signs=tuple(signs(workshop)),
        follow_up=follow_up(workshop.language, workshop.last_date),
        quotes=tuple(quote_view(workshop, quote) for quote in quotes),
        scenarios=tuple(cardentries.scenarios(workshop)),
        tasks=tuple(cardentries.tasks(workshop)),
        roles=tuple(cardentries.roles(workshop)),
        badges=tuple(cardentries.badges(workshop)),
        tables=tuple(cardentries.tables(workshop)),
        reading=workshop.plan.reading,
        source=_source(workshop, _counted(workshop)),
        recall=recall(workshop),
        policies=policies(workshop),
        privacy=privacy(workshop),
        feedback=qr(workshop.organisation.feedback) if workshop.organisation.feedback else None,
    )


def facilitator_view(
    workshop: Workshop,
    imprint: Imprint,
    *,
    workbook_pages: Mapping[str, int],
    slide_numbers: Mapping[str, tuple[int, int]],
    kinds: Sequence[DocumentKind] = (),
) -> FacilitatorView:
    """The participants' view and what is the facilitator's alone.

    `workbook_pages` gives the page of each handout by block id, `slide_numbers` the first and last
    slide of each block by block id; `kinds` are the documents of the pack, for the list of what to bring.
    """
    participant = participant_view(workshop, imprint)
    firsts = _first_with_its_activity(workshop)
    blocks = tuple(
        _block(workshop, session, block, firsts, workbook_pages, slide_numbers)
        for session in workshop.sessions
        for block in session.blocks
    )
    language = workshop.language
    people = language.phrase("count.people", n=workshop.attendees)
    tables = language.phrase("count.tables", n=workshop.tables)
    return FacilitatorView(
        participant=participant,
        blocks=blocks,
        materials=_all_materials(workshop),
        frameworks=tuple(_frameworks(workshop)),
        what_we_changed=workshop.changes,
        fitted=refitted(workshop),
        late=tuple(late_card(workshop, session) for session in workshop.sessions),
        attendees=language.phrase("count.people_at_tables", people=people, tables=tables),
        people=people,
        places=workshop.attendees + workshop.spares,
        spares=workshop.spares,
        large_print=next(filter(None, (large_print(kind, workshop) for kind in kinds)), ""),
        survey=survey(workshop),
        people_time=people_time(language, "people", workshop.attendees, workshop.minutes),
        facilitators_time=_facilitators_time(workshop),
        floor=floor(language, workshop.attendees, workshop.tables),
        packing=tuple(_packing(workshop, kinds)),
        must_end=workshop.language.clock(workshop.sessions[-1].end),
        task_answers=tuple(
            TaskAnswer(number, task.text, task.answer, task.why) for number, task in enumerate(workshop.tasks, 1)
        ),
    )


# What participants see ---------------------------------------------------------------------------


def _session(workshop: Workshop, session: Session, handouts: Sequence[HandoutView]) -> SessionView:
    ids = {block.id for block in session.blocks}
    ids |= {own.page.id for block in session.blocks for own in block.pages}
    return SessionView(
        id=session.id,
        number=session.number,
        name=session.name,
        title=session.title,
        date=workshop.language.long_date(session.date) if session.date else "",
        day=workshop.language.day_and_month(session.date) if session.date else "",
        time=workshop.language.clock_range(session.start, session.minutes),
        length=workshop.language.duration(session.minutes),
        starts=workshop.language.clock(session.start),
        ends=workshop.language.clock(session.end),
        later=since_the_last(workshop, session),
        agenda=agenda(workshop, session),
        timeline=timeline(workshop, session),
        handouts=tuple(handout for handout in handouts if handout.id in ids),
        homework=session.homework,
        questions=asked_in(session.blocks),
        following=following(workshop, session),
    )


def objectives_of(workshop: Workshop) -> tuple[str, ...]:
    """Whole sentences; of a part of a workshop, those that its blocks work on."""
    named = {id for block in workshop.blocks for id in block.objectives}
    return tuple(o.sentence for o in workshop.plan.objectives if not workshop.is_part or o.id in named)


def quoted(workshop: Workshop) -> tuple[Quote, ...]:
    """Every quotation that the session's activities name, each once, in the article's order."""
    named: set[str] = set()
    for block in workshop.blocks:
        named |= _quotes_of(block.activity) if block.activity else set()
    return tuple(quote for quote in workshop.article.quotes if quote.id in named)


MOST_IN_RESERVE = 4
"""Quotations beyond those that a session uses, for hidden slides at the end of its deck."""


def in_reserve(workshop: Workshop, session: Session) -> tuple[Quote, ...]:
    """The first quotations, in the article's order, on what `session` works on that no session of the workshop uses."""
    used = {quote.id for quote in quoted(replace(workshop, sessions=workshop.all_sessions))}
    themes = {id for block in session.blocks if block.activity for id in block.activity.themes}
    unused = (quote for quote in workshop.article.quotes if quote.id not in used and themes & set(quote.themes))
    return tuple(islice(unused, MOST_IN_RESERVE))


def _counted(workshop: Workshop) -> tuple[Quote, ...]:
    """Every quotation of the pack, each once: those in reserve are on slides too."""
    reserve = {quote.id for session in workshop.sessions for quote in in_reserve(workshop, session)}
    reserve |= {quote.id for quote in quoted(workshop)}
    return tuple(quote for quote in workshop.article.quotes if quote.id in reserve)


def _quotes_of(activity: Activity) -> set[str]:
    named = set(activity.quotes)
    named |= {slide.quote for slide in activity.slides if isinstance(slide, QuoteSlide)}
    for part in activity.worksheet.parts if activity.worksheet else ():
        named |= set(part.quotes) if isinstance(part, QuotesPart) else set()
    return named


def quote_view(workshop: Workshop, quote: Quote) -> QuoteView:
    """A quotation with its speaker, post, citation and first theme."""
    article = workshop.article
    voice, theme = article.voice(quote.voice), article.theme(quote.themes[0])
    position = article.quotes.index(quote)
    return QuoteView(
        id=quote.id,
        text=quote.text,
        speaker=voice.name,
        post=workshop.language.phrase("source.post_in", post=voice.post, year=article.source.year),
        citation=article.source.short_citation,
        theme_title=theme.title,
        theme_symbol=theme.symbol,
        theme_question=theme.question,
        place=str(workshop.texts["quotes"].place(("quotes", position, "text"))),
    )


def _theme(workshop: Workshop, theme: Theme) -> ThemeView:
    voices = tuple(workshop.article.voice(id).name for id in theme.voices)
    return ThemeView(theme.id, theme.title, theme.explanation, theme.question, theme.symbol, voices)


def _themes_of(workshop: Workshop, activity: Activity) -> tuple[ThemeView, ...]:
    return tuple(_theme(workshop, workshop.article.theme(id)) for id in activity.themes)


def _handouts(workshop: Workshop) -> Iterator[HandoutView]:
    for block in workshop.blocks:
        if block.activity is not None and block.activity.worksheet is not None:
            yield _worksheet(workshop, block, block.activity)
        for own in block.pages:
            yield _own_page(workshop, block, own)


def _worksheet(workshop: Workshop, block: SessionBlock, activity: Activity) -> HandoutView:
    assert activity.worksheet is not None
    return HandoutView(
        number=block.handout,
        id=block.id,
        title=activity.worksheet.title,
        activity=block.title,
        clock=workshop.language.clock_range(block.start, block.minutes),
        question=activity.worksheet.question,
        parts=tuple(
            PartView(
                part,
                tuple(quote_view(workshop, workshop.article.quote(id)) for id in part.quotes)
                if isinstance(part, QuotesPart)
                else (),
            )
            for part in activity.worksheet.parts
        ),
        themes=_themes_of(workshop, activity),
        place=str(workshop.texts[f"activity:{activity.id}"].place(("worksheet",))),
    )


def _own_page(workshop: Workshop, block: SessionBlock, own: OwnPage) -> HandoutView:
    page = own.page
    parts: list[Part] = [TextPart(kind="text", text=page.text)]
    if page.lines:
        parts.append(LinesPart(kind="lines", prompt=workshop.language.phrase("workbook.notes"), lines=page.lines))
    return HandoutView(
        number=own.handout,
        id=page.id,
        title=page.title,
        activity=block.title,
        clock=workshop.language.clock_range(block.start, block.minutes),
        question=page.question or "",
        parts=tuple(PartView(part) for part in parts),
        themes=(),
        place=str(workshop.texts["trust"].place(("changes", workshop.plan.id), key=True)),
    )


def _source(workshop: Workshop, quotes: Sequence[Quote]) -> SourceView:
    source = workshop.article.source
    words = sum(quote.words for quote in quotes)
    language = workshop.language
    share = round(100 * words / source.words)
    inferred = source.doi.status == "inferred"
    return SourceView(
        citation=source.citation,
        doi=language.phrase("source.doi_inferred", doi=source.doi.value) if inferred else source.doi.value,
        voices=tuple(
            (voice.name, language.phrase("source.post_in", post=voice.post, year=source.year))
            for voice in workshop.article.voices
        ),
        quoting=source.quoting,
        count=language.phrase(
            "source.count_in_session" if workshop.is_part else "source.count",
            n=len(quotes),
            words=words,
            of=source.words,
            share=share,
        ),
    )


# What the facilitator sees -----------------------------------------------------------------------


def _block(
    workshop: Workshop,
    session: Session,
    block: SessionBlock,
    firsts: Mapping[str, SessionBlock],
    workbook_pages: Mapping[str, int],
    slide_numbers: Mapping[str, tuple[int, int]],
) -> BlockView:
    activity = block.activity
    first = firsts[activity.id] if activity else block
    said = first.activity.answers if first.activity and first is not block else ()
    objectives = {o.id: o.sentence for o in workshop.plan.objectives}
    return BlockView(
        id=block.id,
        session=session.number,
        number=block.number,
        kind=block.kind,
        priority=block.priority,
        title=block.title,
        starts=workshop.language.clock(block.start),
        ends=workshop.language.clock(block.end),
        clock=workshop.language.clock_range(block.start, block.minutes),
        minutes=workshop.language.duration(block.minutes),
        short_minutes=workshop.language.short_duration(block.minutes),
        summary=activity.summary if activity else "",
        purpose=block.purpose,
        note=block.note,
        grouping=activity.groups.kind if activity else "",
        groups=groups_in_words(workshop, activity) if activity else "",
        group_sizes=sizes_that_work(workshop, activity) if activity else "",
        instead=instead_in_words(workshop, block),
        stands_in_for=block.stands_in.title if block.stands_in else "",
        adapted=adapted(workshop, block),
        room=activity.room if activity else "",
        prepare=activity.prepare if activity else (),
        changeover=workshop.language.short_minutes(block.changeover) if block.changeover else "",
        steps=tuple(_steps(workshop, block)),
        debrief=_debrief(workshop, block),
        materials=_materials(workshop, activity) if activity else (),
        objections=tuple((o.they_say, o.you_say) for o in activity.objections) if activity else (),
        answers=tuple(answer for answer in activity.answers if answer not in said) if activity else (),
        roles=tuple((role.title, role.text) for role in activity.roles) if activity and first is block else (),
        repeats="" if first is block else first.id,
        adaptations=tuple(other_adaptations(workshop, activity)) if activity else (),
        credit=activity.credit.line if activity else "",
        themes=_themes_of(workshop, activity) if activity else (),
        objectives=tuple(objectives[id] for id in block.objectives if id in objectives),
        handout=block.handout,
        workbook_page=workbook_pages.get(block.id, 0) if block.handout else 0,
        slides=slides_in_words(workshop.language, slide_numbers.get(block.id)),
    )


def _first_with_its_activity(workshop: Workshop) -> Mapping[str, SessionBlock]:
    """The first block of each activity, by its id."""
    firsts: dict[str, SessionBlock] = {}
    for block in workshop.blocks:
        if block.activity:
            firsts.setdefault(block.activity.id, block)
    return firsts


def slides_in_words(language: Language, numbers: tuple[int, int] | None) -> str:
    """`slide 4`, `slides 4 to 6`, or nothing."""
    if numbers is None:
        return ""
    first, last = numbers
    if first == last:
        return language.phrase("slides.number", number=first)
    return language.phrase("slides.numbers", first=first, last=last)


def _steps(workshop: Workshop, block: SessionBlock) -> Iterator[StepView]:
    for number, timed in enumerate(block.steps, 1):
        step = timed.step
        yield StepView(
            number=number,
            title=step.title,
            clock=workshop.language.clock(timed.start),
            minutes=workshop.language.short_minutes(timed.minutes),
            do=step.do,
            say=step.say or "",
            watch=step.watch or "",
        )


def _debrief(workshop: Workshop, block: SessionBlock) -> DebriefView | None:
    debrief = block.activity.debrief if block.activity else None
    if debrief is None:
        return None
    return DebriefView(
        clock=workshop.language.clock(block.debrief_start),
        minutes=workshop.language.short_minutes(block.debrief_minutes),
        questions=tuple((question.ask, question.listen or "") for question in debrief.questions),
        land=debrief.land,
    )


def _materials(workshop: Workshop, activity: Activity) -> tuple[MaterialView, ...]:
    return tuple(
        MaterialView(
            item=material.item,
            count=ready(material, activity, workshop),
            rule=workshop.language.phrase(f"materials.per_{material.per}", n=material.count),
            note=material.note
            or (workshop.language.phrase("materials.in_workbook") if material.document == HANDOUTS else ""),
            in_workbook=material.document == HANDOUTS,
            document=material.document or "",
        )
        for material in activity.materials
    )


def _all_materials(workshop: Workshop) -> tuple[MaterialView, ...]:
    """Each thing once, with the most that any block needs: pens are used again."""
    found: dict[str, MaterialView] = {}
    for block in workshop.blocks:
        for material in _materials(workshop, block.activity) if block.activity else ():
            key = material.item.casefold()
            if not material.printed and (key not in found or found[key].count < material.count):
                found[key] = material
    return tuple(found.values())


def _packing(workshop: Workshop, kinds: Sequence[DocumentKind]) -> Iterator[Packed]:
    earlier = workshop.all_sessions[: workshop.sessions[0].number - 1]
    for kind in kinds:
        first, *others = (
            (edition, copies_of(in_edition(kind, edition), workshop, edition))
            for edition in made_in(kind, workshop.editions)
        )
        copies = first[1]
        if copies:
            sheets = kind.copies.to_a_sheet if kind.copies else 1
            title = (
                workshop.language.phrase("materials.sheets_of", title=kind.title, n=sheets)
                if sheets > 1
                else kind.title
            )
            again = kind.each is None and any(needed_at(kind, session, workshop) for session in earlier)
            yield Packed(title, copies, kind.note or "", _in_editions(workshop.language, others), again)


def _in_editions(language: Language, others: Sequence[tuple[Edition, int]]) -> str:
    """`and 2: large print, 18 point`; of several editions the number alone, since the print guide has each."""
    if len(others) > 1:
        return language.phrase("materials.in_editions", n=sum(n for _, n in others))
    return "".join(
        language.phrase("materials.in_edition", n=n, edition=edition_name(language, edition)) for edition, n in others
    )


def _facilitators_time(workshop: Workshop) -> str:
    people = len(workshop.organisation.facilitators)
    return people_time(workshop.language, "facilitators", people, workshop.minutes) if people else ""


def _frameworks(workshop: Workshop) -> Iterator[tuple[str, tuple[str, ...]]]:
    by_id = {framework.id: framework for framework in workshop.frameworks}
    for mapped in workshop.plan.frameworks:
        framework = by_id.get(mapped.framework)
        if framework is not None:
            names = {item.id: item.name for item in framework.items}
            yield framework.title_and_version, tuple(names[id] for id in mapped.items if id in names)
