"""Entries of the content as plain lines, for `kit show`, and as rows for `kit list`, with how they cover each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from textwrap import fill

from kit.catalogue import kinds
from kit.diagnostics import Outcome
from kit.load import Library, unknown
from kit.localise import NOTHING_ASKED, Request, lengths, localise
from kit.model.language import Language
from kit.model.plan import Plan
from kit.model.workshop import Session, SessionBlock, Workshop
from kit.overrides import overridable
from kit.phrasing import english_texts
from kit.retold import refitted
from kit.startpage import coverage_view
from kit.timetable import occasion, since_the_last

WIDTH = 88
BAR = 24
"""Characters for a whole session, drawn to scale."""

LOOKS = {"must": "█", "should": "▒", "could": "░", "break": "·"}


def show(library: Library, what: str, id: str, request: Request = NOTHING_ASKED) -> Outcome[str]:
    """The lines of one theme, quote, activity or plan; a plan is shown as `request` has it."""
    article = library.article
    known, lines, listing = {
        "theme": ([t.id for t in article.themes], _theme, "themes"),
        "quote": ([q.id for q in article.quotes], _quote, "quotes"),
        "activity": (list(library.activities), _activity, "activities"),
        "plan": (list(library.plans), None, "plans"),
    }[what]
    if id not in known:
        return Outcome(None, (unknown(what, id, known, f"kit list {listing}"),))
    return Outcome("\n".join(lines(library, id))) if lines else _plan(library, id, request)


def listing(library: Library, what: str) -> list[tuple[str, ...]]:
    """A row for each of the plans, activities, themes or quotes: its id, then what tells it from the others."""
    match what:
        case "plans":
            return [
                (p.id, _length(library.english, p), _works_in(library, p), f"{p.title}. {p.audience}")
                for p in library.plans.values()
            ]
        case "activities":
            return [(a.id, a.title, a.summary) for a in library.activities.values()]
        case "themes":
            return [(t.id, t.title) for t in library.article.themes]
        case "quotes":
            return [(q.id, f"{q.words} words", f"“{q.text}”") for q in library.article.quotes]
    raise ValueError(f"there is no list of {what}")


def _length(english: Language, plan: Plan) -> str:
    days = 1 + sum(session.after is not None for session in plan.sessions)
    return (
        f"{len(plan.sessions)} sessions, {english.duration(plan.length)}" if days > 1 else english.duration(plan.length)
    )


def _works_in(library: Library, plan: Plan) -> str:
    """The slots that the plan can be fitted to; of a series, those of each session."""
    found = lengths(library, plan.id)
    if found is None or found.least > found.most:
        return ""
    each = " each" if any(session.after for session in plan.sessions) else ""
    return f"{found.least} to {found.most} min{each}"


def coverage(library: Library) -> Iterator[tuple[str, ...]]:
    """Themes against the content, a row each: how many activities work on a theme, then how many blocks of each plan.

    The first row names the columns. Plans are counted with the trust's changes; a plan that makes no workshop has
    question marks.
    """
    matrix = coverage_view(library, {id: localise(library, id).value for id in library.plans})
    yield ("theme", "activities", *(id for id, _ in matrix.plans))
    for row in matrix.rows:
        blocks = ("?" if number is None else str(number) for number in row.blocks)
        yield (row.theme, str(len(row.activities)), *blocks)


def _wrapped(text: str, indent: str = "") -> str:
    return "\n".join(
        fill(p, WIDTH, initial_indent=indent, subsequent_indent=indent) for p in text.split("\n") if p.strip()
    )


def _theme(library: Library, id: str) -> Iterator[str]:
    article = library.article
    theme = article.theme(id)
    yield theme.title
    yield ""
    yield _wrapped(theme.explanation)
    yield ""
    yield _wrapped(f"To discuss: {theme.question}")
    yield ""
    yield f"Voices: {', '.join(article.voice(voice).name for voice in theme.voices)}"
    for quote in article.quotes:
        if id in quote.themes:
            yield _wrapped(f"“{quote.text}” {article.voice(quote.voice).name} ({quote.id})", "  ")
    used = [activity.id for activity in library.activities.values() if id in activity.themes]
    yield f"Activities: {', '.join(used) if used else 'none yet'}"


def _quote(library: Library, id: str) -> Iterator[str]:
    article = library.article
    quote = article.quote(id)
    voice = article.voice(quote.voice)
    yield _wrapped(f"“{quote.text}”")
    yield f"{voice.name}, {voice.post}, in {article.source.year}"
    yield f"{article.source.short_citation}, paragraph {quote.paragraph}; {quote.words} words"
    yield f"Themes: {', '.join(quote.themes)}"


def _activity(library: Library, id: str) -> Iterator[str]:
    activity = library.activities[id]
    ranges = [step.minutes for step in activity.steps] + ([activity.debrief.minutes] if activity.debrief else [])
    least, best, most = (sum(getattr(r, name) for r in ranges) for name in ("least", "best", "most"))
    yield activity.title
    people = activity.people
    yield f"{library.english.duration(best)} at best, {least} to {most} minutes; {people.least} to {people.most} people"
    yield ""
    yield _wrapped(activity.purpose)
    yield ""
    for step in activity.steps:
        yield f"{step.minutes.best:>4} min  {step.title}"
    if activity.debrief:
        yield f"{activity.debrief.minutes.best:>4} min  Debrief"
    yield ""
    yield f"Themes: {', '.join(activity.themes)}"
    yield f"Method: {activity.credit.method}, {activity.credit.by}"


def _plan(library: Library, id: str, request: Request) -> Outcome[str]:
    """The plan as this edition runs it: with the trust's changes, in its own words and times, in the slot asked for.

    The ids are those by which a trust's changes name the blocks. What has no workshop has only its objectives.
    """
    localised = localise(library, id, request)
    faults = tuple(fault for fault in localised.diagnostics if fault.severity == "error")
    if faults and request != NOTHING_ASKED:
        return Outcome(None, faults)
    workshop = localised.value
    plan = workshop.plan if workshop else library.plans[id]
    length = occasion(workshop).length if workshop else library.english.duration(library.plans[id].length)
    people = f"{length}, {plan.people.least} to {plan.people.most} people. {plan.audience}"
    lines = [plan.title, plan.subtitle, people, ""]
    if workshop:
        lines += _on_the_clock(workshop)
    lines += [_wrapped(f"- {objective.sentence}") for objective in plan.objectives]
    return Outcome("\n".join(lines))


def _on_the_clock(workshop: Workshop) -> Iterator[str]:
    """Each session to scale: a line for each block, with a bar where it lies in the session."""
    english = workshop.english
    width = max(len(block.id) for session in workshop.sessions for block in (*session.blocks, *session.left_out))
    for session in workshop.sessions:
        if session.name:
            yield ", ".join(filter(None, (session.name, since_the_last(workshop, session))))
        for block in session.blocks:
            times = english.clock_range(block.start, block.minutes)
            look = "break" if block.activity is None else block.priority
            named = f"{look:<6}  {block.id:<{width}}  {block.title}"
            yield f"{times:<18} {block.minutes:>3} min  {_bar(session, block)}  {named}"
        for block in session.left_out:
            yield f"{'left out':<18} {'':>7}  {'':<{BAR}}  {block.priority:<6}  {block.id:<{width}}  {block.title}"
        for task in session.homework:
            yield _wrapped(f"Homework: {task}", "  ")
        yield ""
    for sentence in refitted(workshop):
        yield _wrapped(sentence)
    if refitted(workshop):
        yield ""


def _bar(session: Session, block: SessionBlock) -> str:
    """Where a block lies in its session, to scale; must, should, could and breaks look different in any colour."""
    begins = round((block.start - session.start) / session.minutes * BAR)
    ends = max(begins + 1, round((block.end - session.start) / session.minutes * BAR))
    look = LOOKS["break" if block.activity is None else block.priority]
    return " " * begins + look * (ends - begins) + " " * (BAR - ends)


def untranslated(library: Library) -> list[tuple[str, str, str]]:
    """What has no words in the language of the edition, in English: by its name, or its file and the way to it."""
    language, base = library.language, library.english
    phrases = [
        ("phrases" if name in base.phrases else "documents", name, language.in_english(name))
        for name in language.lacks()
    ]
    return phrases + [(file, way, " ".join(text.split())) for file, way, text in english_texts(library)]


def documents(templates: Mapping[str, str], language: Language) -> list[tuple[str, str, str]]:
    """Id, title and path of every document that packs are made of, and whether a web page stands beside it."""
    known = kinds(templates, language).value or ()
    return [(kind.id, kind.title, f"{kind.path} and .html" if kind.has_web_page else kind.path) for kind in known]


def pages(templates: Mapping[str, str], language: Language) -> list[tuple[str, str]]:
    """Every template of which a trust may change a part, with its blocks."""
    known = kinds(templates, language).value or ()
    return [(name, ", ".join(blocks)) for name, blocks in overridable(templates, known).items()]
