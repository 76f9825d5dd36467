"""The storyboard: six stages from a plan to a pack.

load      YAML files                -> Library      kit.load
localise  library, plan, request    -> Workshop     kit.localise
check     workshop                  -> diagnostics  kit.lint
compose   workshop                  -> views        kit.compose, kit.slides
render    view, template            -> bytes        kit.render
publish   bytes                     -> a folder     kit.publish
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, as_completed
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from kit import __version__
from kit.brandfiles import BrandFiles
from kit.catalogue import apart, as_set, named, why_not
from kit.check import Checked, Order
from kit.compose import Imprint, facilitator_view, house, participant_view
from kit.correspondence import send_line, sending
from kit.decklabels import Labels
from kit.diagnostics import Diagnostic, Outcome, in_order
from kit.load import Library, load
from kit.localise import localise
from kit.model.document import DeckPageView, DeckView, FacilitatorView, ParticipantView, Stamp
from kit.model.edition import STANDARD, Edition, in_edition, made_in
from kit.model.kind import DocumentKind
from kit.model.language import Language
from kit.model.packview import CoverageView, IndexView
from kit.model.workshop import Session, Workshop
from kit.palette import in_black_and_white
from kit.printguide import place_in_order
from kit.printing import Printed, copies_of, edition_name, needed_at, paper_of
from kit.publish import Artefact, Published, publish, read_manifest
from kit.render.job import Earlier, Extract, Job, Made, run
from kit.render.typeface import typeface
from kit.slides import deck_view, for_participants, slide_numbers
from kit.startpage import coverage_view, index_view
from kit.wholerun import PRINT_ALL, PRINT_GUIDE, print_all, print_guides
from kit.workers import executor
from kit.workspace import Workspace

WORKBOOK = "workbook"
HANDOUT_ANCHOR = "handout-"
INDEX = "index"
SLIDES = "slides"
DECK_PAGE = "deck-page"

IN_ONE_LANGUAGE = ("quotes", "badges", "tables")
"""Cards that a bilingual edition prints once: nobody wears 2 badges, and a quotation is the same in both."""


@dataclass(frozen=True)
class Pack:
    """A finished pack: every file, and what the end of a build tells the user."""

    plan: str
    stamp: Stamp
    made: tuple[Made, ...]
    index: IndexView
    about: Mapping[str, Any]
    workshop: Workshop


# compose, render ---------------------------------------------------------------------------------


def build(
    workspace: Workspace,
    checked: Checked,
    order: Order,
    *,
    today: date,
    tell: Callable[[Made], None] = lambda made: None,
    before: Mapping[str, Any] | None = None,
) -> Outcome[Pack]:
    """Compose and render. `tell` is called for each file as it is finished.

    `before` is the manifest of an earlier build, or nothing but `{}` where there is none, when files of the cards that
    have changed since are asked for.
    """
    fonts = workspace.fonts()
    build_id = _build_id(checked, fonts)
    stamp = _stamp(checked.workshop.language, build_id, today)
    created = datetime.combine(today, time())
    files = checked.library.files if _may_show_logo(checked.library) else BrandFiles()
    own_type = typeface(checked.library.files, fonts)
    workshop, english = checked.workshop, checked.english
    imprint = Imprint(stamp, checked.palette, files.logo.alt if files.logo else "")
    in_english = replace(imprint, stamp=_stamp(english.language, build_id, today)) if english else imprint
    participant = participant_view(workshop, imprint)
    trust = checked.library.trust.id if checked.library.trust else ""

    shape = order.slides or checked.library.shape

    def job(
        kind: DocumentKind, view: Any, of: Session | None, language: Language, edition: Edition, **more: Any
    ) -> Job:
        logos = files if edition.name != "mono" else BrandFiles()
        return Job(
            in_edition(kind, edition),
            edition.folder + _path(kind, of),
            _title(language, kind, of, participant.title, edition),
            view,
            _seen_in(edition, imprint).palette,
            checked.templates,
            language,
            fonts,
            created,
            logo=logos.logo.data if logos.logo else None,
            logo_on_dark=logos.logo_on_dark.data if logos.logo_on_dark else None,
            session=of.number if of and of.of > 1 else 0,
            type=own_type,
            own=tuple(each for each in checked.library.templates if each.document == kind.template),
            deck_template=checked.library.deck_template if kind.output == "deck" else None,
            slides=shape,
            brand=checked.library.brand,
            edition=edition,
            earlier=None if before is None or not kind.cards else _earlier(before, edition.folder + _path(kind, of)),
            print_shop=order.print_shop,
            copies=copies_of(in_edition(kind, edition), workshop, edition) if order.copies_in_files else 0,
            **{"wanted": not order.only or kind.id in order.only, **more},
        )

    def shown(kind: DocumentKind, of: Session | None, edition: Edition, **more: Any) -> Job:
        """What participants see of the workshop or of one session; in a bilingual edition with the same in English."""
        seen = workshop.alone(of) if of else workshop
        view = participant_view(seen, _seen_in(edition, imprint))
        view = replace(view, sending=sending(kind, seen, checked.kinds, today, trust))
        view = with_slides(view, kind, workshop, of, _seen_in(edition, imprint))
        return job(kind, view, of, workshop.language, edition, second=second(kind, of, edition), **more)

    def with_slides(
        view: ParticipantView, kind: DocumentKind, told: Workshop, of: Session | None, as_printed: Imprint
    ) -> ParticipantView:
        if kind.id != SLIDES or of is None:
            return view
        deck = slides_told(of, told)
        return replace(view, deck=for_participants(replace(deck, house=house(told, as_printed)), shape))

    def on_screen(kind: DocumentKind, of: Session | None) -> Job:
        """The web page, which is one for all editions: its reader's browser sets the size of the words."""
        page = shown(kind, of, STANDARD)
        beside = made_in(kind, workshop.editions)[0].folder + page.path
        return replace(page, path=page.path.replace(".pdf", ".html"), beside=beside)

    def second(kind: DocumentKind, of: Session | None, edition: Edition) -> Job | None:
        if english is None or (kind.cards and kind.cards.of in IN_ONE_LANGUAGE):
            return None
        seen = english.alone(english.sessions[of.number - 1]) if of else english
        kinds = as_set([named(each, english.language) for each in checked.kinds], english)
        view = participant_view(seen, _seen_in(edition, in_english))
        view = replace(view, sending=sending(kind, seen, kinds, today, trust))
        view = with_slides(view, kind, english, of, _seen_in(edition, in_english))
        return job(as_set([named(kind, english.language)], english)[0], view, of, english.language, edition)

    decks: dict[tuple[int, str], DeckView] = {}

    def slides_told(of: Session, seen: Workshop) -> DeckView:
        """The slides of a session, as many as they take on what the deck is built on: measured once for all files."""
        from kit.render.deck.paging import paged

        key = of.number, seen.language.tag
        if key not in decks:
            stamped = imprint if seen is workshop else in_english
            view = deck_view(seen, seen.sessions[of.number - 1], stamped, workbook_pages=pages, shape=shape)
            decks[key] = paged(view, checked.templates, seen.language, checked.layouts)
        return decks[key]

    def english_deck(kind: DocumentKind, of: Session, seen: Workshop) -> Job:
        deck = slides_told(of, seen)
        made = deck_job(named(kind, seen.language), deck, of, seen, in_english)
        stem, dot, suffix = made.path.rpartition(".")
        return replace(made, path=f"{stem}-en{dot}{suffix}")

    def deck_job(kind: DocumentKind, deck: DeckView, of: Session, told: Workshop, as_told: Imprint) -> Job:
        """The slides with their notes, as a file for PowerPoint or as a page."""
        if kind.id != DECK_PAGE:
            return job(kind, deck, of, told.language, STANDARD, labels=labels(of, told, pages))
        alone = told.alone(told.sessions[of.number - 1])
        return job(kind, DeckPageView(participant_view(alone, as_told), deck), of, told.language, STANDARD)

    def labels(of: Session | None, seen: Workshop, pages: Mapping[str, int]) -> Mapping[str, str]:
        number = of.number if of else 1
        asked = order.request
        return Labels(workshop.plan.id, trust, number, seen.language.tag, build_id, today, asked, pages, shape).written

    wanted = {kind.id: kind for kind in checked.kinds if not order.only or kind.id in order.only}
    # What counts all pages that are printed needs them laid out, whether they are written or not.
    counted = PRINT_GUIDE in wanted or order.print_all
    laid = {kind.id: kind for kind in checked.kinds if kind.id in wanted or (counted and _is_printed(kind))}
    workbook = next(kind for kind in checked.known if kind.id == WORKBOOK)

    def workbook_in(edition: Edition) -> Job:
        extracts = tuple(_extracts(wanted, participant.handouts, participant.title, workshop.language, edition))
        return shown(workbook, None, edition, extracts=extracts)

    jobs: dict[str, Job] = {}

    with executor() as pool:

        def draw(each: Job) -> Future[Outcome[tuple[Made, ...]]]:
            jobs[each.path] = each
            return pool.submit(run, each)

        futures = [draw(workbook_in(edition)) for edition in made_in(workbook, workshop.editions)]
        # The pages that the guide names are those of the edition that most people have before them.
        first = futures[0]
        futures += [
            draw(shown(kind, of, edition))
            for kind, of, edition in _files(laid.values(), workshop)
            if _shows_no_secret(kind) and kind.id not in (WORKBOOK, SLIDES) and kind.pages_of is None
        ]
        futures += [
            pool.submit(run, on_screen(kind, of))
            for kind, of, edition in _files(wanted.values(), workshop)
            if kind.has_web_page and kind.id != SLIDES and edition == made_in(kind, workshop.editions)[0]
        ]
        # The guide, the slides and their notes name pages of the workbook, so they wait for it, and for it alone.
        pages = _workbook_pages(first.result().value or ()) if workbook in checked.kinds else {}
        numbers = slide_numbers([slides_told(of, workshop) for of in workshop.sessions], workshop)

        def facilitated(of: Session | None = None, edition: Edition = STANDARD) -> FacilitatorView:
            return facilitator_view(
                workshop.alone(of) if of else workshop,
                _seen_in(edition, imprint),
                workbook_pages=pages,
                slide_numbers=numbers,
                kinds=[kind for kind in checked.kinds if needed_at(kind, of or workshop.sessions[0], workshop)],
            )

        def for_facilitators(kind: DocumentKind, of: Session | None, edition: Edition) -> Job:
            if of and _is_deck(kind):
                return deck_job(kind, slides_told(of, workshop), of, workshop, imprint)
            return job(kind, facilitated(of, edition), of, workshop.language, edition)

        futures += [
            draw(for_facilitators(kind, of, edition))
            for kind, of, edition in _files(laid.values(), workshop)
            if not _shows_no_secret(kind) and kind.id not in (INDEX, PRINT_GUIDE)
        ]
        futures += [
            draw(english_deck(kind, of, english))
            for kind, of, _ in _files(wanted.values(), workshop)
            if english and of and _is_deck(kind)
        ]
        futures += [
            draw(shown(kind, of, edition)) for kind, of, edition in _files(laid.values(), workshop) if kind.id == SLIDES
        ]
        if SLIDES in wanted:
            futures += [
                pool.submit(run, on_screen(wanted[SLIDES], of))
                for kind, of, edition in _files([wanted[SLIDES]], workshop)
                if edition == made_in(kind, workshop.editions)[0]
            ]
        coverage = _coverage(workspace, checked, order) if INDEX in wanted else None
        faults, made = _gather(futures, tell, wanted)
        faults = tuple(_with_line(fault, checked.workshop) for fault in faults)
        if any(fault.stops(order.strict) for fault in faults):
            return Outcome(None, faults)
        facilitator = facilitated()
        guide = next((kind for kind in checked.kinds if kind.id == PRINT_GUIDE), None) if counted else None
        if guide is not None:
            guides = print_guides(
                pool,
                lambda edition, view: job(guide, view, None, workshop.language, edition),
                facilitator,
                workshop,
                _printed(checked, made, today),
                guide,
            )
            if guides.value is None:
                return Outcome(None, (*faults, *guides.diagnostics))
            jobs |= {each.path: each for each, _ in guides.value}
            made += [item for _, item in guides.value]
        run_of_all = apart(checked.templates, PRINT_ALL, workshop.language).value if order.print_all else None
        if run_of_all is not None:
            whole = print_all(
                pool,
                lambda kind, view: job(kind, view, None, workshop.language, STANDARD, wanted=True),
                facilitator,
                workshop,
                _printed(checked, made, today),
                jobs,
                run_of_all,
            )
            if whole.value is None:
                return Outcome(None, (*faults, *whole.diagnostics))
            made += whole.value
            for item in whole.value:
                tell(item)
    made = [item for item in made if item.data and (item.kind.id in wanted or item.kind.id == PRINT_ALL)]
    index = _index(facilitator, checked, made, coverage or CoverageView((), ()), today)
    if INDEX in wanted:
        outcome = run(job(wanted[INDEX], index, None, workshop.language, STANDARD))
        made += outcome.value or ()
    about = _about(checked, order, stamp)
    return Outcome(Pack(order.plan, stamp, tuple(made), index, about, checked.workshop), faults)


def _files(kinds: Iterable[DocumentKind], workshop: Workshop) -> Iterator[tuple[DocumentKind, Session | None, Edition]]:
    """Every file to make: one of a kind, or one for each session that has a use for it, in each of its editions."""
    for kind, edition in ((each, edition) for each in kinds for edition in made_in(each, workshop.editions)):
        if kind.each != "session":
            yield kind, None, edition
        else:
            yield from ((kind, of, edition) for of in workshop.sessions if why_not(kind, workshop.alone(of)) is None)


def _earlier(manifest: Mapping[str, Any], path: str) -> Earlier:
    """The cards of an earlier build in the file at `path`; none when there was no such file."""
    rows = [row for row in manifest.get("files", ()) if row["path"] == path]
    cards = rows[0].get("cards") if rows else None
    return Earlier(str(manifest.get("built_on", "")), cards if isinstance(cards, dict) else {})


def _seen_in(edition: Edition, imprint: Imprint) -> Imprint:
    """A mono printer gets ink alone: a logo is made for colour, and a grey version of it would be ours."""
    if edition.name != "mono":
        return imprint
    return replace(imprint, palette=in_black_and_white(imprint.palette), logo_alt="")


def _path(kind: DocumentKind, of: Session | None) -> str:
    return kind.path.format(session=f"-{of.number}-{of.id}" if of.of > 1 else "") if of else kind.path


def _title(language: Language, kind: DocumentKind, of: Session | None, title: str, edition: Edition) -> str:
    numbered = _numbered(language, kind.title, of.number) if of and of.of > 1 else kind.title
    return f"{_with_edition(language, numbered, edition)}: {title}"


def _with_edition(language: Language, title: str, edition: Edition) -> str:
    name = edition_name(language, edition)
    return language.phrase("edition.document", title=title, edition=name) if name else title


def _numbered(language: Language, title: str, session: int) -> str:
    return language.phrase("session.document", title=title, n=session)


def _coverage(workspace: Workspace, checked: Checked, order: Order) -> CoverageView:
    """How all plans cover the themes, for the start page.

    The other plans are no part of what this pack is made from, so the build id does not name them: who changes the
    lunch has not made another half-day.
    """
    loaded = load(workspace, trust=workspace.trust_folder(order.trust) if order.trust else None)
    library = loaded.value or checked.library
    return coverage_view(library, {id: localise(library, id).value for id in library.plans})


def _is_printed(kind: DocumentKind) -> bool:
    return kind.copies is not None and kind.paper != "screen" and kind.pages_of is None


def _shows_no_secret(kind: DocumentKind) -> bool:
    """True for what is made from the participants’ view: cards and signs are seen by all, whoever prints them."""
    return kind.audience != "facilitator" or kind.output == "cards"


def _is_deck(kind: DocumentKind) -> bool:
    """Whether it is the slides of a session with their notes, as a file for PowerPoint or as a page."""
    return kind.output == "deck" or kind.id == DECK_PAGE


def _gather(
    futures: Sequence[Future[Outcome[tuple[Made, ...]]]], tell: Callable[[Made], None], wanted: Iterable[str]
) -> tuple[tuple[Diagnostic, ...], list[Made]]:
    """Every fault and every file, each file told of as soon as it is there."""
    faults: list[Diagnostic] = []
    made: list[Made] = []
    for future in as_completed(futures):
        outcome = future.result()
        faults += outcome.diagnostics
        for item in outcome.value or ():
            made.append(item)
            if item.data and item.kind.id in wanted:
                tell(item)
    return in_order(faults), made


def _with_line(fault: Diagnostic, workshop: Workshop) -> Diagnostic:
    """A fault found while drawing knows only the name of its place; here it gets the line itself."""
    text = next((text for text in workshop.texts.values() if fault.place and text.file == fault.place.file), None)
    if fault.place is None or text is None or fault.place.line > len(text.lines):
        return fault
    return replace(fault, place=replace(fault.place, excerpt=text.lines[fault.place.line - 1]))


def _extracts(
    wanted: Mapping[str, DocumentKind], handouts: Any, title: str, language: Language, edition: Edition
) -> Iterator[Extract]:
    for kind in wanted.values():
        if kind.each == "handout" and kind.pages_of == WORKBOOK:
            for handout in handouts:
                path = edition.folder + kind.path.format(number=handout.number, id=handout.id)
                named = f"{_with_edition(language, handout.title, edition)}: {title}"
                yield Extract(kind, path, named, f"{HANDOUT_ANCHOR}{handout.id}")


def _workbook_pages(made: Sequence[Made]) -> Mapping[str, int]:
    return {
        id.removeprefix(HANDOUT_ANCHOR): page
        for item in made
        for id, page in item.anchors.items()
        if item.kind.id == WORKBOOK and id.startswith(HANDOUT_ANCHOR)
    }


def _printed(checked: Checked, made: Sequence[Made], today: date) -> list[Printed]:
    """Every file as the print guide and the start page tell of it, in the order of the kinds."""
    order = {kind.id: position for position, kind in enumerate(checked.kinds)}
    workshop, web_pages = checked.workshop, {item.beside: item.path for item in made if item.beside}
    return [
        replace(
            _as_printed(item, workshop),
            send=send_line(item.kind, _seen_by(item, workshop), today),
            web_page=web_pages.get(item.path, ""),
        )
        for item in sorted(made, key=lambda item: (order.get(item.kind.id, len(order)), item.path))
        if not item.beside
    ]


def _as_printed(item: Made, workshop: Workshop) -> Printed:
    return Printed(
        item.kind, item.path, _name(item, workshop.language), item.pages, "", item.session, item.edition, item.note
    )


def _index(
    facilitator: FacilitatorView, checked: Checked, made: Sequence[Made], coverage: CoverageView, today: date
) -> IndexView:
    workshop = checked.workshop
    absent = [
        (kind.title, absence.why(workshop.language)) for kind in checked.known if (absence := why_not(kind, workshop))
    ]
    return index_view(facilitator, workshop, _printed(checked, made, today), coverage, absent)


def _name(item: Made, language: Language) -> str:
    if item.kind.each == "handout":
        return item.title
    numbered = _numbered(language, item.kind.title, item.session) if item.session else item.kind.title
    return _with_edition(language, numbered, item.edition)


def _seen_by(item: Made, workshop: Workshop) -> Workshop:
    return workshop.alone(workshop.sessions[item.session - 1]) if item.session else workshop


def _may_show_logo(library: Library) -> bool:
    return bool(library.brand and library.brand.logo and library.brand.logo.permission)


# publish -----------------------------------------------------------------------------------------


def publish_pack(pack: Pack, folder: Path, order: Order) -> Published:
    """Write the pack. With `only`, the other documents of the same build stay beside the new ones."""
    artefacts = [Artefact(item.path, item.data, item.kind.id, _details(item, pack.workshop)) for item in pack.made]
    if order.only:
        artefacts += _still_good(folder, pack, {artefact.path for artefact in artefacts})
    return publish(folder, artefacts, pack.about)


def _details(item: Made, workshop: Workshop) -> dict[str, Any]:
    kind = item.kind
    details: dict[str, Any] = {"title": item.title, "audience": kind.audience, "edition": item.edition.id}
    if item.beside:
        return details | {"beside": item.beside}
    if kind.output == "deck":
        return details | {"slides": item.pages}
    if kind.output in ("html", "text", "calendar"):
        return details
    paper = paper_of(kind, item.edition)
    return details | {
        "pages": item.pages,
        "paper": kind.paper,
        "orientation": kind.orientation,
        "sides": kind.sides,
        "flip": kind.flip,
        "copies": copies_of(kind, workshop, item.edition),
        "order": place_in_order(workshop, _as_printed(item, workshop)),
        **({"cards": dict(item.cards)} if item.cards else {}),
        "weight": paper.weight,
        "stock": paper.stock,
        "cream": paper.cream,
        "colour": "mono" if item.edition.name == "mono" else kind.colour,
    }


def _still_good(folder: Path, pack: Pack, replaced: set[str]) -> Iterator[Artefact]:
    before = read_manifest(folder)
    alike = ("build_id", "built_on", "archive")
    if before is None or any(before.get(name) != pack.about.get(name) for name in alike):
        return
    for row in before["files"]:
        path = folder / row["path"]
        if row["path"] not in replaced and path.is_file():
            data = path.read_bytes()
            if hashlib.sha256(data).hexdigest() == row["sha256"]:
                details = {k: v for k, v in row.items() if k not in ("path", "document", "sha256", "bytes")}
                yield Artefact(row["path"], data, row["document"], details)


def _stamp(language: Language, build_id: str, today: date) -> Stamp:
    built_on = language.short_date(today)
    return Stamp(build_id, built_on, language.phrase("stamp.line", day=built_on, build=build_id))


def _build_id(checked: Checked, fonts: Mapping[str, bytes]) -> str:
    """It names what went in: content, templates, the request and the kit's version, not the day."""
    workshop = checked.workshop
    facts = {
        "kit": __version__,
        "inputs": checked.library.inputs,
        "templates": {name: hashlib.sha256(text.encode()).hexdigest() for name, text in checked.templates.items()},
        "fonts": {name: hashlib.sha256(font).hexdigest() for name, font in fonts.items()},
        "plan": workshop.plan.id,
        "sessions": [(str(session.date), session.start) for session in workshop.sessions],
        "slot": [[(block.id, block.minutes) for block in session.blocks] for session in workshop.sessions],
        "attendees": workshop.attendees,
        "tables": workshop.tables,
        "spares": workshop.spares,
        "editions": [(edition.id, edition.copies) for edition in workshop.editions],
        "cards": [(kind.id, kind.flip, kind.cards.back_offset) for kind in checked.kinds if kind.cards],
    }
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()[:7]


def _about(checked: Checked, order: Order, stamp: Stamp) -> dict[str, Any]:
    workshop = checked.workshop
    return {
        "build_id": stamp.build_id,
        "built_on": stamp.built_on,
        "kit": __version__,
        "plan": workshop.plan.id,
        "title": workshop.plan.title,
        "trust": checked.library.trust.id if checked.library.trust else None,
        "attendees": workshop.attendees,
        "tables": workshop.tables,
        "spares": workshop.spares,
        "editions": [edition.id for edition in workshop.editions],
        "sessions": [
            {
                "id": session.id,
                "date": session.date.isoformat() if session.date else None,
                "start": f"{session.start // 60:02}:{session.start % 60:02}",
                "minutes": session.minutes,
            }
            for session in workshop.sessions
        ],
        "inputs": [{"name": name, "sha256": digest} for name, digest in checked.library.inputs],
    }
