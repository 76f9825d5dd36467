"""One document from its view to its bytes: what a worker process is given, and what it gives back."""

from __future__ import annotations

import base64
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from kit.diagnostics import Diagnostic, Outcome
from kit.model.brand import Brand, Palette
from kit.model.kind import DocumentKind
from kit.templatefile import TemplateFile

if TYPE_CHECKING:
    from kit.render.pdf import Asset, Laid

FIELDS = """
@font-face { font-family: "Kit Field"; src: url("kit:fonts/KitField-Regular.ttf") }
input, textarea { appearance: auto; font-family: "Kit Field" }
"""
"""Makes a PDF field of each box. The fields have a font of their own: theirs is embedded whole, and with it the
words on the page would lose the Unicode of their ligatures (PDF/UA-1, 7.21.7)."""

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
class Job:
    """All that one document needs. `view` is the record that its template is given."""

    kind: DocumentKind
    path: str
    title: str
    view: Any
    palette: Palette
    templates: Mapping[str, str]
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
    extracts: tuple[Extract, ...] = ()
    wanted: bool = True
    """False when only the page numbers are asked for."""


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
    remark: str = ""
    """What the end of a build says about it."""


def run(job: Job) -> Outcome[tuple[Made, ...]]:
    """The files of one job, or why they cannot be right.

    A fault of the machine or of the words comes back as a diagnostic; anything else that is raised is a bug.
    """
    from kit.render.pdf import MissingLibrary, RenderFault

    draw = {"pdf": _pdf, "cards": _cards, "deck": _deck, "html": _html, "text": _text, "calendar": _calendar}[
        job.kind.output
    ]
    try:
        return draw(job)
    except MissingLibrary as error:
        return Outcome(None, (Diagnostic(MISSING_LIBRARY, f"{error.what} is not installed.", f"Run: {error.command}"),))
    except RenderFault as error:
        if not error.characters:
            raise
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


def _made(job: Job, data: bytes, pages: int, started: float, anchors: Mapping[str, int]) -> Made:
    return Made(job.kind, job.path, job.title, data, pages, time.perf_counter() - started, anchors, job.session)


def stylesheets(job: Job) -> Sequence[str]:
    """The colours, what all documents share, and the document's own."""
    colours = ";".join(f"--{name}:{value}" for name, value in vars(job.palette).items() if isinstance(value, str))
    own = f"{job.kind.id}/style.css"
    return [
        f":root{{{colours}}}",
        job.templates["shared/base.css"],
        *([job.templates["shared/cards.css"]] if job.kind.output == "cards" else []),
        *([job.templates[own]] if own in job.templates else []),
        *([FIELDS] if job.kind.forms else []),
    ]


def _assets(job: Job) -> tuple[Mapping[str, Asset], tuple[Diagnostic, ...]]:
    from kit.render.artwork import artwork
    from kit.render.pdf import Asset

    assets = {f"fonts/{name}": Asset(data, "font/ttf") for name, data in job.fonts.items()}
    faults: list[Diagnostic] = []
    for name, raw in (("logo", job.logo), ("logo-on-dark", job.logo_on_dark)):
        if raw is not None:
            logo = artwork(raw, None)
            faults += logo.diagnostics
            assets |= {name: logo.value} if logo.value else {}
    return assets, tuple(faults)


def _page(job: Job, **more: Any) -> str:
    from kit.render.html import render

    name = f"{job.kind.id}/page.html.j2"
    return render(job.templates, name, doc=job.view, palette=job.palette, document=job.kind, **more)


def _pdf(job: Job) -> Outcome[tuple[Made, ...]]:
    from kit.render.pdf import lay_out

    started = time.perf_counter()
    assets, faults = _assets(job)
    laid = lay_out(_page(job), stylesheets(job), assets, created=job.created)
    if job.kind.most_pages is not None and laid.pages > job.kind.most_pages:
        return Outcome(None, (*faults, _too_many_pages(job.kind, laid.pages)))
    duplex = _duplex(job.kind)
    made = [
        _made(job, laid.write(title=job.title, duplex=duplex) if job.wanted else b"", laid.pages, started, laid.anchors)
    ]
    made += [_extracted(extract, laid) for extract in job.extracts]
    return Outcome(tuple(made), faults)


def _too_many_pages(kind: DocumentKind, pages: int) -> Diagnostic:
    return Diagnostic(
        "too-many-pages",
        f"The {kind.title.lower()} takes {pages} pages; {kind.most_pages} is the most.",
        "Shorten the titles of blocks and steps, or take a block out of the plan.",
    )


def _extracted(extract: Extract, laid: Laid) -> Made:
    started = time.perf_counter()
    first = laid.anchors[extract.anchor]
    later = [
        page for id, page in laid.anchors.items() if id.startswith(("handout-", "end-of-handouts")) and page > first
    ]
    last = min(later) - 1 if later else laid.pages
    data = laid.write(title=extract.title, first=first, last=last, duplex=_duplex(extract.kind))
    seconds = time.perf_counter() - started
    return Made(extract.kind, extract.path, extract.title, data, last - first + 1, seconds, {})


def _duplex(kind: DocumentKind) -> Any:
    return "simplex" if kind.sides == 1 or kind.flip == "none" else kind.flip


def _cards(job: Job) -> Outcome[tuple[Made, ...]]:
    from kit.render import cards

    started = time.perf_counter()
    assets, faults = _assets(job)
    outcome = cards.build(job.templates, job.view, stylesheets(job), assets, kind=job.kind, created=job.created)
    if outcome.value is None:
        return Outcome(None, (*faults, *outcome.diagnostics))
    laid = outcome.value
    return Outcome(
        (_made(job, laid.write(title=job.title, duplex=_duplex(job.kind)), laid.pages, started, {}),), faults
    )


def _deck(job: Job) -> Outcome[tuple[Made, ...]]:
    from kit.render.artwork import artwork
    from kit.render.deck import DeckBrand, DeckLogo, build
    from kit.render.html import render

    started = time.perf_counter()
    logo, on_dark = (artwork(raw, None).value if raw is not None else None for raw in (job.logo, job.logo_on_dark))
    house = job.view.house
    brand = DeckBrand(
        name=house.name or "kit",
        palette=job.palette,
        logo=DeckLogo(logo.data, logo.media, house.logo_alt) if logo else None,
        logo_on_dark=DeckLogo(on_dark.data, on_dark.media, house.logo_alt) if on_dark else None,
    )
    view, design, remark = job.view, None, ""
    faults: tuple[Diagnostic, ...] = ()
    if job.deck_template is not None:
        from kit.render.deck.basis import basis, house_of

        chosen = basis(job.deck_template, brand, house_of(job.brand, job.palette))
        if chosen.value is None:
            return Outcome(None, chosen.diagnostics)
        design, brand, faults, remark = chosen.value.design, chosen.value.brand, chosen.diagnostics, chosen.value.line
        if chosen.value.report is not None:
            # The logo of a template is part of its artwork, where nobody hears it: the name is said in words.
            named = any(house.name in line for slide in view.slides[:1] for line in slide.points)
            view = replace(view, house=replace(house, has_logo=named))
    html = render(job.templates, "deck/slides.html.j2", deck=view)
    outcome = build(html, view.title, brand, job.created, design)
    if outcome.value is None:
        return Outcome(None, (*faults, *outcome.diagnostics))
    made = replace(_made(job, outcome.value, len(view.slides), started, {}), remark=remark)
    return Outcome((made,), (*faults, *outcome.diagnostics))


def _html(job: Job) -> Outcome[tuple[Made, ...]]:
    started = time.perf_counter()
    page = _page(job, logo_data=_logo_data(job))
    return Outcome((_made(job, page.encode(), 0, started, {}),))


def _plain_page(job: Job, **more: Any) -> str:
    from kit.render.html import render_text

    return render_text(job.templates, f"{job.kind.id}/page.txt.j2", doc=job.view, document=job.kind, **more)


def _text(job: Job) -> Outcome[tuple[Made, ...]]:
    started = time.perf_counter()
    return Outcome((_made(job, _plain_page(job).encode(), 0, started, {}),))


def _calendar(job: Job) -> Outcome[tuple[Made, ...]]:
    from kit.render.calendar import invitation

    started = time.perf_counter()
    events = job.view.sending.events
    descriptions = [_plain_page(job, first=event == events[0]) for event in events]
    data = invitation(events, descriptions=descriptions, created=job.created)
    return Outcome((_made(job, data, 0, started, {}),))


def _logo_data(job: Job) -> str:
    from kit.render.artwork import artwork

    logo = artwork(job.logo, None).value if job.logo is not None else None
    return f"data:{logo.media};base64,{base64.b64encode(logo.data).decode()}" if logo else ""
