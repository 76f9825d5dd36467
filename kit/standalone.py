"""Documents that commands of their own make: no pack holds them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path

from kit.brandproof import BRAND_PROOF, brand_proof_view
from kit.calibration import CALIBRATION_SHEET, calibration_view
from kit.catalogue import apart
from kit.check import logo_faults, type_faults
from kit.diagnostics import Diagnostic, Outcome, in_order
from kit.load import Library, load
from kit.model.kind import DocumentKind
from kit.palette import OWN, Derived, derived
from kit.render.job import Job, Made, run
from kit.render.typeface import typeface
from kit.workspace import Workspace


def brand_proof(workspace: Workspace, trust: Path, *, today: date) -> Outcome[Made]:
    """The proof sheet of the brand in the folder `trust`: one page to send to whoever looks after it.

    It shows the logo whether or not its use is allowed yet, since that is what it asks for.
    """
    templates = workspace.templates()
    loaded = load(workspace, trust=trust)
    kind = apart(templates, BRAND_PROOF, loaded.value.english) if loaded.value else Outcome[DocumentKind](None)
    library, text = loaded.value, loaded.value.texts.get("brand") if loaded.value else None
    found = derived(library.brand, text) if library else Outcome[Derived](None)
    faults = [
        *kind.diagnostics,
        *loaded.diagnostics,
        *found.diagnostics,
        *(_drawing_faults(library) if library else ()),
    ]
    if library is None or kind.value is None or found.value is None or any(f.severity == "error" for f in faults):
        return Outcome(None, in_order(faults))
    view = brand_proof_view(library, found.value, today)
    files = library.files
    outcome = run(
        Job(
            kind.value,
            kind.value.path,
            f"{kind.value.title}: {view.house.name}",
            view,
            found.value.palette,
            templates,
            library.english,
            workspace.fonts(),
            datetime.combine(today, time()),
            logo=files.logo.data if files.logo else None,
            logo_on_dark=files.logo_on_dark.data if files.logo_on_dark else None,
            type=typeface(files, workspace.fonts()),
        )
    )
    return Outcome(outcome.value[0] if outcome.value else None, in_order((*faults, *outcome.diagnostics)))


def calibration_sheet(workspace: Workspace, trust: Path | None, *, today: date) -> Outcome[Made]:
    """Two pages that show how to move the backs of cards for one printer, in the language of the trust in `trust`."""
    templates = workspace.templates()
    loaded = load(workspace, trust=trust)
    if loaded.value is None:
        return Outcome(None, loaded.diagnostics)
    language = loaded.value.language
    kind = apart(templates, CALIBRATION_SHEET, language)
    if kind.value is None:
        return Outcome(None, kind.diagnostics)
    title, created = kind.value.title, datetime.combine(today, time())
    view = calibration_view(title, OWN)
    outcome = run(Job(kind.value, kind.value.path, title, view, OWN, templates, language, workspace.fonts(), created))
    return Outcome(outcome.value[0] if outcome.value else None, outcome.diagnostics)


def _drawing_faults(library: Library) -> Iterator[Diagnostic]:
    yield from logo_faults(library)
    yield from type_faults(library)
