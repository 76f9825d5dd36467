"""One document from its view to its bytes: what a worker process is given, and what it gives back."""

from __future__ import annotations

import base64
import re
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from kit.diagnostics import Diagnostic, Outcome
from kit.model.brand import Brand, Palette
from kit.model.edition import STANDARD, Edition
from kit.model.kind import DocumentKind
from kit.model.language import Language
from kit.model.page import Page, SlideShape, page_for
from kit.overrides import OwnTemplate
from kit.render.typeface import Type
from kit.templatefile import TemplateFile

if TYPE_CHECKING:
    from kit.render.cardfiles import CardSet
    from kit.render.deck.basis import Basis
    from kit.render.pdf import Asset, Laid, Part

FIELDS = """
@font-face { font-family: "Kit Field"; src: url("kit:fonts/KitField-Regular.ttf") }
input, textarea { appearance: auto; font-family: "Kit Field" }
"""
"""Makes a PDF field of each box. The fields have a font of their own: theirs is embedded whole, and with it the
words on the page would lose the Unicode of their ligatures (PDF/UA-1, 7.21.7)."""

BETWEEN_LANGUAGES = "-" * 60
"""Stands in a plain text between its 2 languages."""

DOES_NOT_FIT = ("too-many-pages", "card-text-does-not-fit")
MISSING_LIBRARY = "missing-library"
"""The code of the fault that is the machine's, not the content's."""


@dataclass(frozen=True)
class Extract:
    """Pages of a document to be written as a file of their own: from `anchor` to the page before the next one."""

    kind: DocumentKind
    path: str
    title: str
    anchor: str


@dataclass(frozen=True)
class Earlier:
    """What a document of cards was when it was last built: on which day, and each card by its digest."""

    day: str
    cards: Mapping[str, str]


@dataclass(frozen=True)
class Job:
    """All that one document needs. `view` is the record that its template is given."""

    kind: DocumentKind
    path: str
    title: str
    view: Any
    palette: Palette
    templates: Mapping[str, str]
    language: Language
    fonts: Mapping[str, bytes]
    created: datetime
    logo: bytes | None = None
    logo_on_dark: bytes | None = None
    """The variant for dark grounds, where there is one."""
    deck_template: TemplateFile | None = None
    """The PowerPoint file that a deck is built on, where the trust has one."""
    brand: Brand | None = None
    """What a deck's template is held against."""
    session: int = 0
    """Number of the session that the file is for; 0 when it is for all of the workshop."""
    type: Type | None = None
    """An organisation's own type; the kit's without it."""
    own: tuple[OwnTemplate, ...] = ()
    """What the trust made of this document's templates: a fault in drawing may be theirs."""
    extracts: tuple[Extract, ...] = ()
    second: Job | None = None
    """The same in English, for a bilingual edition: its pages come after these."""
    edition: Edition = STANDARD
    earlier: Earlier | None = None
    """The cards of the last build, when a file of those that changed is asked for."""
    print_shop: bool = False
    """Make a print shop's file of cards too."""
    beside: str = ""
    """The path of the PDF that this is the web page of; empty for any other file."""
    slides: SlideShape = "16:9"
    """Of a deck on our own template."""
    copies: int = 0
    """What the file tells a printer of copies; nothing when it is 0."""
    labels: Mapping[str, str] = field(default_factory=dict)
    """What a deck says in its file of what it was made from."""
    wanted: bool = True
    """False when only the page numbers are asked for."""

    @property
    def page(self) -> Page:
        return page_for(self.edition, booklet=self.kind.booklet_of is not None)


@dataclass(frozen=True)
class Made:
    """A finished file. `pages` counts pages or slides; `anchors` gives the page of every id."""

    kind: DocumentKind
    path: str
    title: str
    data: bytes
    pages: int
    seconds: float
    anchors: Mapping[str, int]
    session: int = 0
    """Number of the session that the file is for; 0 when it is for all of the workshop."""
    edition: Edition = STANDARD
    beside: str = ""
    """The path of the PDF that this is the web page of; empty for any other file."""
    remark: str = ""
    """What the end of a build says about it."""
    note: str = ""
    """What stands beside it where it says what to print."""
    cards: Mapping[str, str] = field(default_factory=dict)
    """Of cards: what tells whether each is still what it was."""


def run(job: Job) -> Outcome[tuple[Made, ...]]:
    """The files of one job, or why they cannot be right.

    What does not fit in an organisation's own type is drawn again in ours, to tell whether the type is the reason.
    """
    outcome = _drawn(job)
    if job.type is None or not any(fault.code in DOES_NOT_FIT for fault in outcome.diagnostics):
        return outcome
    if _drawn(replace(job, type=None)).value is None:
        return outcome
    fault = Diagnostic(
        "font-too-wide",
        f"The {job.kind.title.lower()} does not fit in the font {job.type.called}, and does in the kit’s own type.",
        "Use a narrower font for `base`, or keep yours for `headings` alone.",
        job.type.place,
    )
    return Outcome(None, (fault,))


def _drawn(job: Job) -> Outcome[tuple[Made, ...]]:
    """The files of one job in the type that it asks for.

    A fault of the machine or of the words comes back as a diagnostic; anything else that is raised is a bug.
    """
    from kit.render.pdf import MissingLibrary, RenderFault

    draw = {"pdf": _pdf, "cards": _cards, "deck": _deck, "html": _html, "text": _text, "calendar": _calendar}
    try:
        return _web_page(job) if job.beside else draw[job.kind.output](job)
    except MissingLibrary as error:
        return Outcome(None, (Diagnostic(MISSING_LIBRARY, f"{error.what} is not installed.", f"Run: {error.command}"),))
    except RenderFault as error:
        if not error.characters:
            if not job.own:
                raise
            return Outcome(None, (_undrawable(job.own[0], str(error)),))
        shown = ", ".join(f"“{character}” (U+{ord(character):04X})" for character in error.characters)
        return Outcome(
            None,
            (
                Diagnostic(
                    "character-not-in-font",
                    f"The {job.kind.title.lower()} uses characters that its font does not have: {shown}.",
                    "Search your texts for them and write them another way.",
                ),
            ),
        )
    except Exception as error:
        fault = _in_template(job, error)
        if fault is None:
            raise
        return Outcome(None, (fault,))


_NOT_THERE = re.compile(r"has no attribute '(?P<attribute>[^']+)'|'(?P<name>[^']+)' is undefined")


def _in_template(job: Job, error: Exception) -> Diagnostic | None:
    """The fault for what was raised from a line of a trust's own template; None when it was not."""
    own, line = None, 1
    frame = error.__traceback__
    names = {each.name: each for each in job.own}
    while frame is not None:
        found = names.get(frame.tb_frame.f_code.co_filename)
        if found is not None:
            own, line = found, frame.tb_lineno
        frame = frame.tb_next
    return _undrawable(own, str(error), line) if own else None


def _undrawable(own: OwnTemplate, words: str, line: int = 1) -> Diagnostic:
    missing = _NOT_THERE.search(words)
    return Diagnostic(
        "template-fails",
        f"There is no value “{missing['attribute'] or missing['name']}” here."
        if missing
        else f"The page cannot be drawn with this template: {words.rstrip('.')}.",
        f"Correct the line, or go back to what templates/{own.name} of the kit has in this block.",
        own.place(line),
    )


def _made(job: Job, data: bytes, pages: int, started: float, anchors: Mapping[str, int]) -> Made:
    seconds = time.perf_counter() - started
    return Made(job.kind, job.path, job.title, data, pages, seconds, anchors, job.session, job.edition, job.beside)


def stylesheets(job: Job) -> Sequence[str]:
    """The colours, what all documents share, the document's own, and what an edition lays out anew."""
    colours = {name: value for name, value in vars(job.palette).items() if isinstance(value, str)}
    given = ";".join(f"--{name}:{value}" for name, value in (colours | job.page.properties).items())
    edition = job.edition
    type = job.type if job.type and edition.keeps_type else None
    names = [
        *(["shared/cards.css"] if job.kind.output == "cards" else []),
        f"{job.kind.template}/style.css",
        *(["shared/editions/larger.css"] if edition.larger else []),
        f"shared/editions/{edition.name}.css",
        *([f"{job.kind.template}/larger.css"] if edition.larger else []),
        f"{job.kind.template}/{edition.name}.css",
        *([f"{job.kind.id}/style.css"] if job.kind.booklet_of else []),
    ]
    return [
        f":root{{{given};--body:{job.page.body:g}pt}}",
        job.templates["shared/base.css"],
        *([type.css] if type else []),
        *(job.templates[name] for name in names if name in job.templates),
        *([FIELDS] if job.kind.forms else []),
    ]


def assets_of(job: Job) -> tuple[Mapping[str, Asset], tuple[Diagnostic, ...]]:
    """The fonts and logos that its pages may use, and what is wrong with a logo."""
    from kit.render.artwork import artwork
    from kit.render.pdf import Asset

    assets = {f"fonts/{name}": Asset(data, "font/ttf") for name, data in job.fonts.items()}
    assets |= {f"fonts/{face.name}": Asset(face.data, "font/otf") for face in (job.type.faces if job.type else ())}
    faults: list[Diagnostic] = []
    for name, raw in (("logo", job.logo), ("logo-on-dark", job.logo_on_dark)):
        if raw is not None:
            logo = artwork(raw, None)
            faults += logo.diagnostics
            assets |= {name: logo.value} if logo.value else {}
    return assets, tuple(faults)


def page_of(job: Job, **more: Any) -> str:
    """Its pages as HTML."""
    from kit.render.html import render

    name = f"{job.kind.template}/page.html.j2"
    context = {
        "doc": job.view,
        "palette": job.palette,
        "document": job.kind,
        "edition": job.edition,
        "page": job.page,
    }
    return render(job.templates, name, job.language, **context, **more)


def _pdf(job: Job) -> Outcome[tuple[Made, ...]]:
    from kit.render.pdf import Part, bind, lay_out

    started = time.perf_counter()
    assets, faults = assets_of(job)
    both = [
        lay_out(page_of(each), stylesheets(each), assets, created=each.created)
        for each in (job, job.second)
        if each is not None
    ]
    longest = max(laid.pages for laid in both)
    if job.kind.most_pages is not None and longest > job.kind.most_pages:
        return Outcome(None, (*faults, _too_many_pages(job, longest)))
    if found := next(filter(None, (_collided(job, laid) for laid in both)), None):
        return Outcome(None, (*faults, found))
    if job.kind.booklet_of is not None:
        booklets = _booklets(job, both, started)
        return Outcome(booklets.value, (*faults, *booklets.diagnostics))
    data = (
        bind([Part(laid) for laid in both], title=job.title, duplex=_duplex(job.kind), copies=job.copies)
        if job.wanted
        else b""
    )
    made = [_made(job, data, sum(laid.pages for laid in both), started, both[0].anchors)]
    made += [_extracted(extract, both, job.edition) for extract in job.extracts]
    return Outcome(tuple(made), faults)


def _booklets(job: Job, documents: Sequence[Laid], started: float) -> Outcome[tuple[Made, ...]]:
    """A booklet for each language: one with both would be too thick to fold."""
    from kit.render.booklet import booklet

    made: list[Made] = []
    faults: list[Diagnostic] = []
    for each, laid in zip(filter(None, (job, job.second)), documents, strict=True):
        outcome = booklet(laid, each.title)
        faults += outcome.diagnostics
        if outcome.value is not None:
            sheets, creep = outcome.value.sheets, outcome.value.creep
            found = _made(each, outcome.value.data, 2 * sheets, started, {})
            path = job.path if each is job else job.path.replace(".pdf", "-en.pdf")
            note = each.language.phrase("booklet.sheets", n=sheets, creep=f"{creep:.1f}")
            remark = f"{each.kind.title}: {sheets} sheets a copy. Pages inside move up to {creep:.1f} mm to the fold."
            made.append(replace(found, path=path, note=note, remark=remark))
    return Outcome(tuple(made), tuple(faults))


def _collided(job: Job, laid: Laid) -> Diagnostic | None:
    """Text on other text, off its sheet or past its margin: where a trust's template or larger type may be the reason.

    Pages of the usual size are proven for long words by tests. Larger type has less room for the words of a trust.
    """
    found = laid.collisions() if job.own else ()
    if not found and job.edition.larger and job.kind.output == "pdf" and (job.wanted or job.extracts):
        return _too_large(job, laid)
    if not found:
        return None
    first, title = found[0], job.kind.title.lower()
    return Diagnostic(
        "text-on-text",
        f"On page {first.page} of the {title}, “{first.text}” runs into other text or off the page.",
        "Shorten what this template adds, or make room for it in its style.css.",
        job.own[0].place(1),
    )


def _too_large(job: Job, laid: Laid) -> Diagnostic | None:
    found = (*laid.collisions(), *laid.spills())
    if not found:
        return None
    smaller = "" if job.edition.name == "dyslexia" else " or choose a smaller size, such as --edition large-print-16,"
    return Diagnostic(
        "too-large-to-fit",
        f"“{found[0].text}” does not fit on page {found[0].page} of the {job.kind.title.lower()} in {job.edition.id}.",
        f"Write it in fewer or shorter words,{smaller} or leave the document out: kit build --help.",
    )


def _too_many_pages(job: Job, pages: int) -> Diagnostic:
    own = job.own[0] if job.own else None
    return Diagnostic(
        "too-many-pages",
        f"The {job.kind.title.lower()} takes {pages} pages; {job.kind.most_pages} is the most.",
        "Shorten what this template adds."
        if own
        else "Shorten the titles of blocks and steps, or take a block out of the plan.",
        own.place(1) if own else None,
    )


def _extracted(extract: Extract, documents: Sequence[Laid], edition: Edition) -> Made:
    """The pages of a handout from the document in each language, one after the other."""
    from kit.render.pdf import bind

    started = time.perf_counter()
    parts = [_pages_of(extract, laid) for laid in documents]
    data = bind(parts, title=extract.title, duplex=_duplex(extract.kind))
    pages = sum(part.last - part.first + 1 for part in parts if part.last)
    seconds = time.perf_counter() - started
    return Made(extract.kind, extract.path, extract.title, data, pages, seconds, {}, edition=edition)


def _pages_of(extract: Extract, laid: Laid) -> Part:
    from kit.render.pdf import Part

    first = laid.anchors[extract.anchor]
    later = [
        page for id, page in laid.anchors.items() if id.startswith(("handout-", "end-of-handouts")) and page > first
    ]
    return Part(laid, first, min(later) - 1 if later else laid.pages)


def _duplex(kind: DocumentKind) -> Any:
    return "simplex" if kind.sides == 1 or kind.flip == "none" else kind.flip


def _cards(job: Job) -> Outcome[tuple[Made, ...]]:
    from kit.render.cardfiles import files

    started = time.perf_counter()
    assets, faults = assets_of(job)
    jobs = [each for each in (job, job.second) if each is not None]
    outcome = files(
        [card_set(each) for each in jobs],
        assets,
        path=job.path,
        title=job.title,
        before=job.earlier.cards if job.earlier else None,
        day=job.earlier.day if job.earlier else "",
        copies=job.copies,
        print_shop=job.print_shop and job.edition.name == "standard",
        refused=lambda position, laid: _collided(jobs[position], laid),
    )
    if outcome.value is None:
        return Outcome(None, (*faults, *outcome.diagnostics))
    made = (
        replace(
            _made(job, file.data, file.pages, started, {}),
            kind=file.kind,
            path=file.path,
            title=file.title,
            remark=file.remark,
            note=file.note,
            cards=file.cards,
        )
        for file in outcome.value
    )
    return Outcome(tuple(made), (*faults, *outcome.diagnostics))


def card_set(job: Job) -> CardSet:
    """The cards of a job, in its own language alone."""
    from kit.render.cardfiles import CardSet

    css = partial(_in_colours, job)
    spacing = job.edition.spacing
    return CardSet(job.kind, job.language, job.view, job.palette, css, job.templates, job.created, spacing)


def _in_colours(job: Job, palette: Palette) -> Sequence[str]:
    return stylesheets(replace(job, palette=palette))


def _deck_basis(job: Job) -> Outcome[Basis]:
    """What the deck is built on: our own template, unless the trust has one that can be used."""
    from kit.render.artwork import artwork
    from kit.render.deck import DeckBrand, DeckLogo
    from kit.render.deck.basis import Basis, basis, house_of
    from kit.render.deck.design import Own
    from kit.render.deck.grid import GRIDS

    logo, on_dark = (artwork(raw, None).value if raw is not None else None for raw in (job.logo, job.logo_on_dark))
    house = job.view.house
    brand = DeckBrand(
        house.name,
        job.palette,
        logo=DeckLogo(logo.data, logo.media, house.logo_alt) if logo else None,
        logo_on_dark=DeckLogo(on_dark.data, on_dark.media, house.logo_alt) if on_dark else None,
    )
    grid = GRIDS[job.slides]
    if job.deck_template is None:
        return Outcome(Basis(Own(job.palette, brand.name or job.view.title, grid), brand, ""))
    return basis(job.deck_template, brand, house_of(job.brand, job.palette), grid)


def _deck(job: Job) -> Outcome[tuple[Made, ...]]:
    from kit.render.deck import build
    from kit.render.html import SLIDES, render

    started = time.perf_counter()
    based = _deck_basis(job)
    if based.value is None:
        return Outcome(None, based.diagnostics)
    design, brand, remark, faults = based.value.design, based.value.brand, based.value.line, based.diagnostics
    html = render(job.templates, SLIDES, job.language, deck=job.view)
    outcome = build(html, job.view.title, brand, job.created, design, job.language.tag, job.labels)
    if outcome.value is None:
        return Outcome(None, (*faults, *outcome.diagnostics))
    made = replace(_made(job, outcome.value, len(job.view.slides), started, {}), remark=remark)
    return Outcome((made,), (*faults, *outcome.diagnostics))


def _html(job: Job) -> Outcome[tuple[Made, ...]]:
    started = time.perf_counter()
    page = page_of(job, logo_data=_logo_data(job))
    return Outcome((_made(job, page.encode(), 0, started, {}),))


def _web_page(job: Job) -> Outcome[tuple[Made, ...]]:
    from kit.render.screen import Said, web_page

    started = time.perf_counter()
    assets, faults = assets_of(job)
    said = [Said(each.language, each.view, each.kind) for each in (job, job.second) if each is not None]
    file, beside = (path.rpartition("/")[2] for path in (job.path, job.beside))
    page = web_page(job.templates, said, assets, file=file, beside=beside)
    return Outcome((_made(job, page.encode(), 0, started, {}),), faults)


def _plain_page(job: Job, **more: Any) -> str:
    from kit.render.html import render_text

    return render_text(
        job.templates, f"{job.kind.id}/page.txt.j2", job.language, doc=job.view, document=job.kind, **more
    )


def _text(job: Job) -> Outcome[tuple[Made, ...]]:
    started = time.perf_counter()
    text = _one_after_the_other(_plain_page(job), _plain_page(job.second) if job.second else "")
    return Outcome((_made(job, text.encode(), 0, started, {}),))


def _one_after_the_other(first: str, second: str) -> str:
    return f"{first.rstrip()}\n\n{BETWEEN_LANGUAGES}\n\n{second}" if second else first


def _calendar(job: Job) -> Outcome[tuple[Made, ...]]:
    from kit.render.calendar import invitation
    from kit.render.markdown import plain

    started = time.perf_counter()
    events = job.view.sending.events
    descriptions = [
        _one_after_the_other(
            *(_plain_page(each, first=event == events[0]) if each else "" for each in (job, job.second))
        )
        for event in events
    ]
    reminders = job.view.sending.reminders
    again = job.second.view.sending.reminders if job.second else ()
    tasks = [
        _one_after_the_other(plain(each.task), plain(same.task) if same else "")
        for each, same in zip_longest(reminders, again)
    ]
    data = invitation(events, descriptions=descriptions, created=job.created, reminders=reminders, tasks=tasks)
    return Outcome((_made(job, data, 0, started, {}),))


def _logo_data(job: Job) -> str:
    from kit.render.artwork import artwork

    logo = artwork(job.logo, None).value if job.logo is not None else None
    return f"data:{logo.media};base64,{base64.b64encode(logo.data).decode()}" if logo else ""
