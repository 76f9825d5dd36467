"""The first three stages in one: load, localise, check. Everything that is wrong, before anything is drawn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from kit.base import Base
from kit.cardstock import as_printed, flip_faults, printing_faults
from kit.catalogue import as_set, in_pack, kinds, unprinted, why_not
from kit.compose import Imprint
from kit.diagnostics import Diagnostic, Outcome, in_order
from kit.drift import drifts, is_recorded, touched_by, warnings
from kit.faults import near
from kit.lint import library_faults, prose_faults, whole_faults, workshop_faults
from kit.lint.allowances import silence
from kit.load import Library, Memory, load, lock_of, own_files, profile, unknown
from kit.localise import NOTHING_ASKED, Request, localise
from kit.model.brand import Palette
from kit.model.document import DeckView, Stamp
from kit.model.kind import DocumentKind, Offset
from kit.model.language import ENGLISH
from kit.model.page import SlideShape
from kit.model.stock import Flip
from kit.model.trust import Printing
from kit.model.workshop import Workshop
from kit.overrides import joined, template_faults
from kit.palette import OWN, palette
from kit.phrasing import activity_faults
from kit.slides import deck_view
from kit.slides.limits import too_many_words, without_notes, written_at
from kit.source import SourceText
from kit.touched import touches
from kit.unfilled import Gain, unfilled
from kit.workspace import Workspace

if TYPE_CHECKING:
    from kit.render.deck.grid import Layout


Layouts = Mapping[str, "tuple[Layout, ...]"]
"""The layouts for each kind of slide, the most fitting first."""


@dataclass(frozen=True)
class Order:
    """What to build. `plan` and `trust` are ids or paths, `only` ids of documents (all when empty).

    `today` is the day from which the age of what was checked elsewhere is counted; nothing is too old without it.
    """

    plan: str = "half-day"
    trust: str | None = None
    request: Request = NOTHING_ASKED
    only: tuple[str, ...] = ()
    strict: bool = False
    today: date | None = None
    flip: Flip | None = None
    """How the backs of all cards come behind their fronts, whatever a trust has."""
    back_offset: Offset | None = None
    """In mm, in place of the trust's."""
    print_shop: bool = False
    """Make a print shop's file of each document of cards too."""
    print_all: bool = False
    """The whole run as 1 print job for each paper, too."""
    copies_in_files: bool = False
    """Each file tells a printer how many copies there are to be."""
    slides: SlideShape | None = None
    """The shape of slides, whatever a trust has."""


@dataclass(frozen=True)
class Checked:
    """A workshop without an error, and what its pack needs beside it."""

    library: Library
    workshop: Workshop
    palette: Palette
    kinds: tuple[DocumentKind, ...]
    """The documents that this workshop has a use for."""
    known: tuple[DocumentKind, ...]
    """All documents that there are."""
    templates: Mapping[str, str]
    layouts: Layouts
    """What slides stand on."""
    english: Workshop | None = None
    """The same in English, for what a bilingual edition prints in both languages."""


def check(workspace: Workspace, order: Order, memory: Memory | None = None) -> Outcome[Checked]:
    """One workshop, or every reason why there is none. `memory` may hold files as they are to be."""
    trust = workspace.trust_folder(order.trust) if order.trust else None
    if order.trust and trust is None:
        return Outcome(None, (unknown("trust", order.trust, workspace.trusts(), "kit list trusts"),))
    plan = workspace.plan_file(order.plan, trust)
    if plan is None:
        return Outcome(None, (unknown("plan", order.plan, workspace.entries("plans", trust), "kit list plans"),))
    templates = workspace.templates()
    memory = {} if memory is None else memory
    loaded = load(workspace, plan=plan, trust=trust, memory=memory)
    library, workshop = loaded.value, None
    catalogue = kinds(templates, library.language) if library else Outcome[tuple[DocumentKind, ...]](None)
    faults = [*catalogue.diagnostics, *loaded.diagnostics]
    colours: Outcome[Palette] = Outcome(None)
    layouts: Outcome[Layouts] = Outcome(None)
    if library is not None:
        colours = palette(library.brand, library.texts.get("brand"))
        faults += [*colours.diagnostics, *_edition_faults(library, order.today)]
        faults += _of_documents(library, templates, catalogue.value or ())
        faults += _moved_under(workspace, library, memory, catalogue.value or (), plan.stem)
        layouts = _layouts(library, colours.value, order.slides)
        workshop, more = _workshop(loaded, plan.stem, order.request, templates, layouts.value)
        faults += [*layouts.diagnostics, *more, *prose_faults(library.texts.items())]
    faults += _unknown_documents(order.only, catalogue.value or ())
    known = as_set(catalogue.value, workshop) if catalogue.value and workshop else ()
    printing = library.trust.print if library and library.trust else Printing()
    faults += flip_faults(known, order.flip)
    known = as_printed(known, printing, order.flip, order.back_offset)
    if library is not None and _is_bilingual(library):
        known = tuple(_back_to_back(kind) for kind in known)
    needed = in_pack(known, workshop) if workshop else ()
    if workshop is not None:
        faults += _unneeded_documents(order.only, catalogue.value or (), workshop)
    found = in_order(silence(faults, library.texts.values() if library else ()))
    stopped = any(fault.stops(order.strict) for fault in found)
    if stopped or library is None or workshop is None or colours.value is None or catalogue.value is None:
        return Outcome(None, found)
    assert layouts.value is not None
    english = _in_english(library, plan.stem, order.request) if _is_bilingual(library) else None
    drawn = joined(templates, library.templates)
    return Outcome(Checked(library, workshop, colours.value, needed, known, drawn, layouts.value, english), found)


def check_all(workspace: Workspace, today: date | None = None, alone: Path | None = None) -> tuple[Diagnostic, ...]:
    """Every fault of every plan, for the base and for every trust of the workspace, or for the trust in `alone`.

    For `today`, see `Order`.
    """
    faults: list[Diagnostic] = []
    templates = workspace.templates()
    memory: Memory = {}
    files: dict[str, tuple[str, SourceText]] = {}
    for trust in (alone,) if alone else (None, *workspace.trusts().values()):
        loaded = load(workspace, trust=trust, memory=memory)
        faults += loaded.diagnostics
        if loaded.value is None:
            continue
        catalogue = kinds(templates, loaded.value.language)
        faults += catalogue.diagnostics
        colours = palette(loaded.value.brand, loaded.value.texts.get("brand"))
        layouts = _layouts(loaded.value, colours.value)
        faults += [*colours.diagnostics, *layouts.diagnostics]
        faults += _edition_faults(loaded.value, today)
        faults += _of_documents(loaded.value, templates, catalogue.value or ())
        faults += _moved_under(workspace, loaded.value, memory, catalogue.value or ())
        files |= {text.file: (role, text) for role, text in loaded.value.texts.items()}
        for plan in loaded.value.plans:
            faults += _workshop(loaded, plan, NOTHING_ASKED, templates, layouts.value)[1]
        faults += [*activity_faults(loaded.value), *whole_faults(loaded.value)]
    faults += prose_faults(files.values())
    return in_order(silence(faults, [text for _, text in files.values()], everything=alone is None))


def not_filled_in(workspace: Workspace, trust: str | None) -> tuple[Gain, ...]:
    """What a trust's profile leaves out, and what each would add; nothing without a profile that can be read."""
    folder = workspace.trust_folder(trust) if trust else None
    written = profile(workspace, folder) if folder else None
    return tuple(unfilled(written)) if written else ()


def not_recorded(workspace: Workspace, trust: str | None) -> int:
    """How many changes of a trust its lock knows nothing of; 0 without a profile or a lock that can be read."""
    folder = workspace.trust_folder(trust) if trust else None
    written = profile(workspace, folder) if folder else None
    lock = lock_of(workspace, folder) if folder else None
    if folder is None or written is None or lock is None:
        return 0
    known = {locked.item: locked for locked in lock.items}
    touched = (touch for touch in touches(written, own_files(workspace, folder)) if touch.how != "of")
    fresh = (t for t in touched if t.item not in known or not is_recorded(t, known[t.item]))
    return len({touch.change for touch in fresh})


def base(workspace: Workspace, memory: Memory | None = None) -> Base | None:
    """The content without any trust, as items that a trust may name; None when it cannot be read."""
    library = load(workspace, memory=memory).value
    if library is None:
        return None
    return _as_base(workspace, library, kinds(workspace.templates(), library.english).value or ())


def _as_base(workspace: Workspace, library: Library, known: Sequence[DocumentKind]) -> Base:
    titles = {kind.id: library.english.document(kind.id, "title") or kind.title for kind in known}
    unread = {("plan", id) for id in workspace.entries("plans") if id not in library.plans}
    unread |= {("activity", id) for id in workspace.entries("activities") if id not in library.activities}
    return Base(library, titles, workspace.templates(), frozenset(unread))


def _moved_under(
    workspace: Workspace,
    library: Library,
    memory: Memory,
    known: Sequence[DocumentKind],
    plan: str | None = None,
) -> Iterator[Diagnostic]:
    """What has moved in the base under the changes of a trust, or under those to 1 `plan`."""
    if library.trust is None or library.lock is None:
        return
    # What an edition has read is the base's as long as no file of the trust's own stands in for one.
    ours = {("plan", id) for id in workspace.entries("plans")}
    ours |= {("activity", id) for id in workspace.entries("activities")}
    file, text = workspace.entries("plans").get(plan or ""), library.texts.get(f"plan:{plan}")
    alike = library.own.isdisjoint(ours) and bool(file and text and workspace.name(file) == text.file)
    alone = library if alike else load(workspace, memory=memory).value
    if alone is None:
        return
    now = _as_base(workspace, alone, known)
    touched = (
        touch
        for touch in touched_by(library.trust, library.own, now, library.lock)
        if plan is None or touch.role != "trust" or touch.path[1] == plan
    )
    yield from warnings(drifts(library.lock, now, touched), library)


def _workshop(
    loaded: Outcome[Library],
    plan: str,
    request: Request,
    templates: Mapping[str, str],
    layouts: Layouts | None,
) -> tuple[Workshop | None, list[Diagnostic]]:
    library = loaded.value
    if library is None or plan not in library.plans:
        return None, []
    localised = localise(library, plan, request)
    workshop = localised.value
    if workshop is None:
        return None, [*localised.diagnostics]
    # Slides are told of content that holds together.
    sound = not (loaded.failed or localised.failed)
    english = _in_english(library, plan, request) if sound and _is_bilingual(library) else None
    on_slides = [
        fault
        for told in (workshop, english)
        if sound and told is not None
        for fault in _deck_faults(told, library, templates, layouts)
    ]
    return workshop, [*localised.diagnostics, *workshop_faults(workshop), *on_slides]


def _deck_faults(
    workshop: Workshop, library: Library, templates: Mapping[str, str], layouts: Layouts | None
) -> Iterator[Diagnostic]:
    """What is wrong with the slides as they are written, before a deck is drawn."""
    from kit.render.html import SLIDES

    nobody = Imprint(Stamp("", "", ""), OWN)
    drawn = joined(templates, library.templates) if SLIDES in templates else {}
    for session in workshop.sessions:
        deck = deck_view(workshop, session, nobody, workbook_pages={})
        yield from too_many_words(deck, workshop)
        if drawn and layouts:
            yield from _too_full(deck, workshop, drawn, layouts)


def _too_full(
    deck: DeckView, workshop: Workshop, templates: Mapping[str, str], layouts: Layouts
) -> Iterator[Diagnostic]:
    """The slides whose words do not fit in type that a room can read."""
    from kit.render.deck.paging import too_full

    quiet = replace(deck, slides=tuple(without_notes(slide) for slide in deck.slides))
    for slide, fault in too_full(quiet, templates, workshop.language, layouts):
        yield replace(fault, place=written_at(slide, workshop) or fault.place)


def _layouts(library: Library, colours: Palette | None, shape: SlideShape | None = None) -> Outcome[Layouts]:
    """What slides stand on: a trust's template where it can be used, else our own of the shape that is wanted.

    With it what is wrong with the template; there is no value where no deck can be built on it.
    """
    shape = shape or library.shape
    if library.deck_template is None:
        from kit.render.deck.layouts import FOR_SHAPE

        return Outcome(FOR_SHAPE[shape])
    from kit.render.deck import DeckBrand
    from kit.render.deck.basis import basis, house_of
    from kit.render.deck.grid import GRIDS

    colours = colours or OWN
    brand = DeckBrand("", colours)
    based = basis(library.deck_template, brand, house_of(library.brand, colours), GRIDS[shape])
    return Outcome(based.value.design.layouts if based.value else None, based.diagnostics)


def _is_bilingual(library: Library) -> bool:
    return library.trust is not None and library.trust.edition == "bilingual" and library.language.tag != ENGLISH


def _back_to_back(kind: DocumentKind) -> DocumentKind:
    """What participants get has a language on each side of a sheet."""
    if kind.audience != "participant" or kind.sides == 2 or kind.output != "pdf":
        return kind
    return kind.model_copy(update={"sides": 2, "flip": "long"})


def _in_english(library: Library, plan: str, request: Request) -> Workshop | None:
    return localise(replace(library, language=library.english), plan, request).value


def _edition_faults(library: Library, today: date | None) -> Iterator[Diagnostic]:
    yield from library_faults(library, today)
    yield from logo_faults(library)
    yield from type_faults(library)


def _of_documents(
    library: Library, templates: Mapping[str, str], known: Sequence[DocumentKind]
) -> Iterator[Diagnostic]:
    """What is wrong with what a trust makes of documents and their templates."""
    if library.templates and known:
        yield from template_faults(library.templates, templates, known)
    if library.trust:
        yield from unprinted(known, library.trust, library.texts["trust"])
        yield from printing_faults(known, library.trust, library.texts["trust"])


def logo_faults(library: Library) -> Iterator[Diagnostic]:
    """What is wrong with the logos themselves, each fault at the line that names the file."""
    for logo in (library.files.logo, library.files.logo_on_dark):
        if logo is not None:
            from kit.render.artwork import artwork

            yield from artwork(logo.data, logo.place).diagnostics


def type_faults(library: Library) -> Iterator[Diagnostic]:
    """What is wrong with the fonts of a brand, and which characters of this content they lack."""
    if library.files.fonts:
        from kit.render.typeface import font_faults

        yield from font_faults(library.files, ["".join(text.lines) for text in library.texts.values()])


def _unknown_documents(only: Sequence[str], known: Sequence[DocumentKind]) -> Iterator[Diagnostic]:
    ids = [kind.id for kind in known]
    for id in only:
        if known and id not in ids:
            yield Diagnostic(
                "unknown-document",
                f"There is no document “{id}”. {near(id, ids)}".strip(),
                f"The documents are: {', '.join(ids)}.",
            )


def _unneeded_documents(only: Sequence[str], known: Sequence[DocumentKind], workshop: Workshop) -> Iterator[Diagnostic]:
    for kind in known:
        if kind.id in only and (absence := why_not(kind, workshop)):
            yield Diagnostic(
                "document-not-needed",
                f"This workshop has no use for the document “{kind.id}”: {absence.why(workshop.english)}.",
                absence.advice,
            )
