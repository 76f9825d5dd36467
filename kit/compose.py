"""A session becomes documents: all arithmetic and all wording end here.

What comes out holds finished strings. Two artefacts that show the same thing are given the same string,
so a slide and a handout cannot disagree.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kit.arrange import contact_minutes, floor, follow_up, main_themes, people_time, signs
from kit.correspondence import recall
from kit.model.activity import Activity, QuoteSlide, QuotesPart
from kit.model.arrangements import Packed
from kit.model.article import Quote, Theme
from kit.model.brand import Palette
from kit.model.document import (
    AgendaRow,
    BadgeView,
    Bar,
    BlockView,
    DebriefView,
    FacilitatorView,
    FileRow,
    HandoutView,
    House,
    IndexView,
    MaterialView,
    Occasion,
    ParticipantView,
    PartView,
    QuoteView,
    ScenarioView,
    SourceView,
    Stamp,
    StepView,
    TableView,
    TaskAnswer,
    TaskView,
    ThemeView,
    Tick,
    Timeline,
)
from kit.model.kind import DocumentKind
from kit.model.session import Session, SessionBlock
from kit.printing import Printed, copies_of, print_rows
from kit.schedule import clock, clock_range, duration, how_many, long_date

TICK_MINUTES = 30
HANDOUTS = "handouts"
"""The document that is made of pages of the workbook."""


@dataclass(frozen=True)
class Edition:
    """What a pack shows of itself and of its house, beside the session."""

    stamp: Stamp
    palette: Palette
    logo_alt: str = ""

    @property
    def has_logo(self) -> bool:
        return bool(self.logo_alt)


def house(session: Session, edition: Edition) -> House:
    organisation = session.organisation
    return House(organisation.name, organisation.short, edition.has_logo, edition.logo_alt, edition.palette)


def participant_view(session: Session, edition: Edition) -> ParticipantView:
    """All that participants may see. It has no field for the facilitator's words."""
    quotes = quoted(session)
    used = {id for block in session.blocks if block.activity for id in block.activity.themes}
    used |= {id for scenario in session.scenarios for id in scenario.themes}
    return ParticipantView(
        stamp=edition.stamp,
        house=house(session, edition),
        title=session.plan.title,
        subtitle=session.plan.subtitle,
        audience=session.plan.audience,
        occasion=occasion(session),
        welcome=session.plan.welcome,
        before=session.plan.before,
        objectives=tuple(objective.sentence for objective in session.plan.objectives),
        agenda=tuple(_agenda_row(block) for block in session.blocks),
        timeline=timeline(session),
        handouts=tuple(_handouts(session)),
        themes=tuple(_theme(session, theme) for theme in session.article.themes if theme.id in used),
        main_themes=tuple(_theme(session, theme) for theme in main_themes(session)),
        signs=tuple(signs(session)),
        follow_up=follow_up(session.date),
        quotes=tuple(quote_view(session, quote) for quote in quotes),
        scenarios=tuple(_scenarios(session)),
        tasks=tuple(_tasks(session)),
        badges=tuple(_badges(session)),
        tables=tuple(_tables(session)),
        reading=session.plan.reading,
        source=_source(session, quotes),
        recall=recall(session),
    )


def facilitator_view(
    session: Session,
    edition: Edition,
    *,
    workbook_pages: Mapping[str, int],
    slide_numbers: Mapping[str, tuple[int, int]],
    kinds: Sequence[DocumentKind] = (),
) -> FacilitatorView:
    """The participants' view and what is the facilitator's alone.

    `workbook_pages` gives the page of each handout by block id, `slide_numbers` the first and last
    slide of each block by block id; `kinds` are the documents of the pack, for the list of what to bring.
    """
    participant = participant_view(session, edition)
    handouts = {handout.id: handout.number for handout in participant.handouts}
    blocks = tuple(
        _block(session, block, handouts.get(block.id, 0), workbook_pages, slide_numbers) for block in session.blocks
    )
    people = "1 person" if session.attendees == 1 else f"{session.attendees} people"
    tables = "1 table" if session.tables == 1 else f"{session.tables} tables"
    return FacilitatorView(
        participant=participant,
        blocks=blocks,
        materials=_all_materials(session),
        frameworks=tuple(_frameworks(session)),
        what_we_changed=session.changes,
        attendees=f"{people} at {tables}",
        people=people,
        places=session.attendees + session.spares,
        spares=session.spares,
        people_time=people_time(session.attendees, ("person", "people"), session.minutes),
        facilitators_time=_facilitators_time(session),
        floor=floor(session.attendees, session.tables),
        packing=tuple(_packing(session, kinds)),
        must_end=clock(session.end),
        task_answers=tuple(
            TaskAnswer(number, task.text, task.answer, task.why) for number, task in enumerate(session.tasks, 1)
        ),
    )


def index_view(
    facilitator: FacilitatorView,
    session: Session,
    printed: Sequence[Printed],
    absent: Sequence[tuple[str, str]] = (),
) -> IndexView:
    """What is in the pack, what is not (title and reason), and what to print of it."""
    rows = tuple(print_rows(session, printed))
    return IndexView(
        facilitator=facilitator,
        prints=rows,
        files=tuple(
            FileRow(
                item.path,
                item.title,
                item.kind.purpose,
                item.kind.audience,
                item.kind.moment,
                item.send_on,
                item.kind.each is not None,
            )
            for item in printed
        ),
        absent=tuple(absent),
        sheets=sum(row.sheets for row in rows),
    )


# What participants see ---------------------------------------------------------------------------


def occasion(session: Session) -> Occasion:
    """When and where, as far as it is known."""
    venue = session.organisation.venue
    practical = (
        [
            ("Step-free access", venue.step_free),
            ("Hearing loop", venue.hearing_loop),
            ("Fire exit", venue.fire_exit),
            ("Wifi", venue.wifi),
        ]
        if venue
        else []
    )
    return Occasion(
        date=long_date(session.date) if session.date else "",
        time=clock_range(session.start, session.minutes),
        length=duration(session.minutes),
        contact_time=duration(contact_minutes(session)),
        room=venue.room if venue else "",
        address=(venue.address or "") if venue else "",
        facilitators=tuple(f"{person.name}, {person.role}" for person in session.organisation.facilitators),
        practical=tuple((label, text) for label, text in practical if text),
        contact=session.organisation.contact,
    )


def timeline(session: Session) -> Timeline:
    """The session to scale, in fractions of its length."""
    whole = session.minutes
    bars = tuple(
        Bar(
            block=block.id,
            title=block.title,
            clock=clock(block.start),
            minutes=block.minutes,
            kind=block.kind,
            priority=block.priority,
            number=block.number,
            x=(block.start - session.start) / whole,
            width=block.minutes / whole,
        )
        for block in session.blocks
    )
    first = -(-session.start // TICK_MINUTES) * TICK_MINUTES
    ticks = tuple(Tick(clock(at), (at - session.start) / whole) for at in range(first, session.end + 1, TICK_MINUTES))
    told = "; ".join(f"{block.title}, {clock_range(block.start, block.minutes)}" for block in session.blocks)
    return Timeline(bars=bars, ticks=ticks, alt=f"Timeline of the session, drawn to scale. {told}.")


def _agenda_row(block: SessionBlock) -> AgendaRow:
    return AgendaRow(
        block=block.id,
        clock=clock_range(block.start, block.minutes),
        starts=clock(block.start),
        title=block.title,
        summary=block.activity.summary if block.activity else "",
        minutes=duration(block.minutes),
        kind=block.kind,
        number=block.number,
    )


def quoted(session: Session) -> tuple[Quote, ...]:
    """Every quotation that the session's activities name, each once, in the article's order."""
    named: set[str] = set()
    for block in session.blocks:
        named |= _quotes_of(block.activity) if block.activity else set()
    return tuple(quote for quote in session.article.quotes if quote.id in named)


def _quotes_of(activity: Activity) -> set[str]:
    named = set(activity.quotes)
    named |= {slide.quote for slide in activity.slides if isinstance(slide, QuoteSlide)}
    for part in activity.worksheet.parts if activity.worksheet else ():
        named |= set(part.quotes) if isinstance(part, QuotesPart) else set()
    return named


def quote_view(session: Session, quote: Quote) -> QuoteView:
    """A quotation with its speaker, post, citation and first theme."""
    article = session.article
    voice, theme = article.voice(quote.voice), article.theme(quote.themes[0])
    position = article.quotes.index(quote)
    return QuoteView(
        id=quote.id,
        text=quote.text,
        speaker=voice.name,
        post=f"{voice.post}, in {article.source.year}",
        citation=article.source.short_citation,
        theme_title=theme.title,
        theme_symbol=theme.symbol,
        theme_question=theme.question,
        place=str(session.texts["quotes"].place(("quotes", position, "text"))),
    )


def _theme(session: Session, theme: Theme) -> ThemeView:
    voices = tuple(session.article.voice(id).name for id in theme.voices)
    return ThemeView(theme.id, theme.title, theme.explanation, theme.question, theme.symbol, voices)


def _themes_of(session: Session, activity: Activity) -> tuple[ThemeView, ...]:
    return tuple(_theme(session, session.article.theme(id)) for id in activity.themes)


def _handouts(session: Session) -> Iterator[HandoutView]:
    number = 0
    for block in session.blocks:
        activity = block.activity
        if activity is None or activity.worksheet is None:
            continue
        number += 1
        yield HandoutView(
            number=number,
            id=block.id,
            title=activity.worksheet.title,
            activity=block.title,
            clock=clock_range(block.start, block.minutes),
            question=activity.worksheet.question,
            parts=tuple(
                PartView(
                    part,
                    tuple(quote_view(session, session.article.quote(id)) for id in part.quotes)
                    if isinstance(part, QuotesPart)
                    else (),
                )
                for part in activity.worksheet.parts
            ),
            themes=_themes_of(session, activity),
            place=str(session.texts[f"activity:{activity.id}"].place(("worksheet",))),
        )


def _scenarios(session: Session) -> Iterator[ScenarioView]:
    for position, scenario in enumerate(session.scenarios):
        place = str(session.texts["trust"].place(("scenarios", position, "text")))
        yield ScenarioView(scenario.id, scenario.title, scenario.kind, scenario.text, scenario.question, place)


def _tasks(session: Session) -> Iterator[TaskView]:
    for position, task in enumerate(session.tasks):
        yield TaskView(task.id, task.text, str(session.texts["tasks"].place(("tasks", position, "text"))))


def _badges(session: Session) -> Iterator[BadgeView]:
    for number in range(1, session.attendees + session.spares + 1):
        yield BadgeView(f"badge-{number}", session.plan.title, _place_of_title(session))


def _tables(session: Session) -> Iterator[TableView]:
    for number in range(1, session.tables + 1):
        yield TableView(f"table-{number}", str(number), session.plan.title, _place_of_title(session))


def _place_of_title(session: Session) -> str:
    return str(session.texts[f"plan:{session.plan.id}"].place(("title",)))


def _source(session: Session, quotes: Sequence[Quote]) -> SourceView:
    source = session.article.source
    words = sum(quote.words for quote in quotes)
    passages = "1 passage" if len(quotes) == 1 else f"{len(quotes)} passages"
    share = round(100 * words / source.words)
    inferred = " (inferred from the publisher’s pattern)" if source.doi.status == "inferred" else ""
    return SourceView(
        citation=source.citation,
        doi=source.doi.value + inferred,
        voices=tuple((voice.name, f"{voice.post}, in {source.year}") for voice in session.article.voices),
        quoting=source.quoting,
        count=f"This pack quotes {passages}, {words} of the article’s {source.words} words ({share}%). "
        "A passage that is used more than once is counted once.",
    )


# What the facilitator sees -----------------------------------------------------------------------


def _block(
    session: Session,
    block: SessionBlock,
    handout: int,
    workbook_pages: Mapping[str, int],
    slide_numbers: Mapping[str, tuple[int, int]],
) -> BlockView:
    activity = block.activity
    objectives = {o.id: o.sentence for o in session.plan.objectives}
    return BlockView(
        id=block.id,
        number=block.number,
        kind=block.kind,
        priority=block.priority,
        title=block.title,
        starts=clock(block.start),
        ends=clock(block.end),
        clock=clock_range(block.start, block.minutes),
        minutes=duration(block.minutes),
        summary=activity.summary if activity else "",
        purpose=block.purpose,
        note=block.note,
        groups=groups_in_words(activity) if activity else "",
        room=activity.room if activity else "",
        prepare=activity.prepare if activity else (),
        steps=tuple(_steps(block)),
        debrief=_debrief(block),
        materials=_materials(session, activity) if activity else (),
        objections=tuple((o.they_say, o.you_say) for o in activity.objections) if activity else (),
        answers=activity.answers if activity else (),
        adaptations=tuple(_adaptations(activity)) if activity else (),
        credit=_credit(activity) if activity else "",
        themes=_themes_of(session, activity) if activity else (),
        objectives=tuple(objectives[id] for id in block.objectives if id in objectives),
        handout=handout,
        workbook_page=workbook_pages.get(block.id, 0) if handout else 0,
        slides=slides_in_words(slide_numbers.get(block.id)),
    )


def slides_in_words(numbers: tuple[int, int] | None) -> str:
    """`slide 4`, `slides 4 to 6`, or nothing."""
    if numbers is None:
        return ""
    first, last = numbers
    return f"slide {first}" if first == last else f"slides {first} to {last}"


def groups_in_words(activity: Activity) -> str:
    """How the room is divided: `tables of 4 (3 to 5 works)`."""
    groups = activity.groups
    match groups.kind:
        case "alone":
            return "each person alone"
        case "room":
            return "the whole room"
        case "pairs":
            return "pairs, with one group of 3 if the number is odd"
        case "trios":
            words = "groups of 3"
        case "tables":
            words = f"tables of {groups.size}"
    return f"{words} ({groups.least} to {groups.most} works)" if groups.least != groups.most else words


def short_minutes(minutes: int) -> str:
    """`5 min`: for margins, tables and slides."""
    return f"{minutes} min"


def _steps(block: SessionBlock) -> Iterator[StepView]:
    for number, timed in enumerate(block.steps, 1):
        step = timed.step
        yield StepView(
            number=number,
            title=step.title,
            clock=clock(timed.start),
            minutes=short_minutes(timed.minutes),
            do=step.do,
            say=step.say or "",
            watch=step.watch or "",
        )


def _debrief(block: SessionBlock) -> DebriefView | None:
    debrief = block.activity.debrief if block.activity else None
    if debrief is None:
        return None
    return DebriefView(
        clock=clock(block.debrief_start),
        minutes=short_minutes(block.debrief_minutes),
        questions=tuple((question.ask, question.listen or "") for question in debrief.questions),
        land=debrief.land,
    )


def _materials(session: Session, activity: Activity) -> tuple[MaterialView, ...]:
    return tuple(
        MaterialView(
            item=material.item,
            count=how_many(material, attendees=session.attendees, tables=session.tables, groups=activity.groups),
            rule=f"{material.count} for {'the room' if material.per == 'room' else f'each {material.per}'}",
            note=material.note or ("in the workbook" if material.document == HANDOUTS else ""),
            in_workbook=material.document == HANDOUTS,
            document=material.document or "",
        )
        for material in activity.materials
    )


def _all_materials(session: Session) -> tuple[MaterialView, ...]:
    """Each thing once, with the most that any block needs: pens are used again."""
    found: dict[str, MaterialView] = {}
    for block in session.blocks:
        for material in _materials(session, block.activity) if block.activity else ():
            key = material.item.casefold()
            if not material.printed and (key not in found or found[key].count < material.count):
                found[key] = material
    return tuple(found.values())


def _packing(session: Session, kinds: Sequence[DocumentKind]) -> Iterator[Packed]:
    for kind in kinds:
        copies = copies_of(kind, session)
        if copies:
            yield Packed(kind.title, copies, kind.note or "")


def _facilitators_time(session: Session) -> str:
    people = len(session.organisation.facilitators)
    return people_time(people, ("facilitator", "facilitators"), session.minutes) if people else ""


def _adaptations(activity: Activity) -> Iterator[tuple[str, str]]:
    adaptations = activity.adaptations
    yield "A small group", adaptations.small_group
    yield "A large group", adaptations.large_group
    yield "Online", adaptations.online
    yield "Access", adaptations.access


def _credit(activity: Activity) -> str:
    licence = f" ({activity.credit.licence})" if activity.credit.licence else ""
    return f"{activity.credit.method}: {activity.credit.by}{licence}"


def _frameworks(session: Session) -> Iterator[tuple[str, tuple[str, ...]]]:
    by_id = {framework.id: framework for framework in session.frameworks}
    for mapped in session.plan.frameworks:
        framework = by_id.get(mapped.framework)
        if framework is not None:
            names = {item.id: item.name for item in framework.items}
            yield f"{framework.title}, {framework.version}", tuple(names[id] for id in mapped.items if id in names)
