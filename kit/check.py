"""The first three stages in one: load, localise, check. Everything that is wrong, before anything is drawn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kit.catalogue import in_pack, kinds, why_not
from kit.diagnostics import Diagnostic, Outcome, in_order
from kit.faults import near
from kit.lint import library_faults, prose_faults, whole_faults, workshop_faults
from kit.lint.allowances import silence
from kit.load import Library, Memory, load, profile, unknown
from kit.localise import NOTHING_ASKED, Request, localise
from kit.model.brand import Palette
from kit.model.kind import DocumentKind
from kit.model.workshop import Workshop
from kit.palette import palette
from kit.phrasing import activity_faults
from kit.source import SourceText
from kit.unfilled import Gain, unfilled
from kit.workspace import Workspace


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


def check(workspace: Workspace, order: Order) -> Outcome[Checked]:
    """One workshop, or every reason why there is none."""
    trust = workspace.trust_folder(order.trust) if order.trust else None
    if order.trust and trust is None:
        return Outcome(None, (unknown("trust", order.trust, workspace.trusts(), "kit list trusts"),))
    plan = workspace.plan_file(order.plan, trust)
    if plan is None:
        return Outcome(None, (unknown("plan", order.plan, workspace.entries("plans", trust), "kit list plans"),))
    templates = workspace.templates()
    catalogue = kinds(templates)
    loaded = load(workspace, plan=plan, trust=trust)
    faults = [*catalogue.diagnostics, *loaded.diagnostics]
    library, workshop = loaded.value, None
    colours: Outcome[Palette] = Outcome(None)
    if library is not None:
        colours = palette(library.brand, library.texts.get("brand"))
        faults += [*colours.diagnostics, *_edition_faults(library, order.today)]
        workshop, more = _workshop(library, plan.stem, order.request)
        faults += [*more, *prose_faults(library.texts.items())]
    faults += _unknown_documents(order.only, catalogue.value or ())
    needed = in_pack(catalogue.value, workshop) if catalogue.value and workshop else ()
    if workshop is not None:
        faults += _unneeded_documents(order.only, catalogue.value or (), workshop)
    found = in_order(silence(faults, library.texts.values() if library else ()))
    stopped = any(fault.severity == "error" or order.strict for fault in found)
    if stopped or library is None or workshop is None or colours.value is None or catalogue.value is None:
        return Outcome(None, found)
    return Outcome(Checked(library, workshop, colours.value, needed, catalogue.value, templates), found)


def check_all(workspace: Workspace, today: date | None = None, alone: Path | None = None) -> tuple[Diagnostic, ...]:
    """Every fault of every plan, for the base and for every trust of the workspace, or for the trust in `alone`.

    For `today`, see `Order`.
    """
    faults = [*kinds(workspace.templates()).diagnostics]
    memory: Memory = {}
    files: dict[str, tuple[str, SourceText]] = {}
    for trust in (alone,) if alone else (None, *workspace.trusts().values()):
        loaded = load(workspace, trust=trust, memory=memory)
        faults += loaded.diagnostics
        if loaded.value is None:
            continue
        faults += palette(loaded.value.brand, loaded.value.texts.get("brand")).diagnostics
        faults += _edition_faults(loaded.value, today)
        files |= {text.file: (role, text) for role, text in loaded.value.texts.items()}
        for plan in loaded.value.plans:
            faults += _workshop(loaded.value, plan, NOTHING_ASKED)[1]
        faults += [*activity_faults(loaded.value), *whole_faults(loaded.value)]
    faults += prose_faults(files.values())
    return in_order(silence(faults, [text for _, text in files.values()], everything=alone is None))


def not_filled_in(workspace: Workspace, trust: str | None) -> tuple[Gain, ...]:
    """What a trust's profile leaves out, and what each would add; nothing without a profile that can be read."""
    folder = workspace.trust_folder(trust) if trust else None
    written = profile(workspace, folder) if folder else None
    return tuple(unfilled(written)) if written else ()


def _workshop(library: Library, plan: str, request: Request) -> tuple[Workshop | None, list[Diagnostic]]:
    if plan not in library.plans:
        return None, []
    localised = localise(library, plan, request)
    workshop = localised.value
    return workshop, [*localised.diagnostics, *(workshop_faults(workshop) if workshop else ())]


def _edition_faults(library: Library, today: date | None) -> Iterator[Diagnostic]:
    yield from library_faults(library, today)
    yield from logo_faults(library)
    if library.deck_template is not None:
        from kit.render.deck.basis import template_faults

        yield from template_faults(library.deck_template)


def logo_faults(library: Library) -> Iterator[Diagnostic]:
    """What is wrong with the logos themselves, each fault at the line that names the file."""
    for logo in (library.files.logo, library.files.logo_on_dark):
        if logo is not None:
            from kit.render.artwork import artwork

            yield from artwork(logo.data, logo.place).diagnostics


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
                f"This workshop has no use for the document “{kind.id}”: {absence.why}.",
                absence.advice,
            )
