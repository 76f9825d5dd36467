"""What kinds of document there are: every folder of `templates` that holds a `document.yaml`."""

from __future__ import annotations

from collections.abc import Mapping

from kit.diagnostics import Diagnostic, Outcome
from kit.faults import validate
from kit.model.kind import DocumentKind
from kit.source import read_yaml

DESCRIPTION = "/document.yaml"


def kinds(templates: Mapping[str, str]) -> Outcome[tuple[DocumentKind, ...]]:
    """The kinds of document in the order in which a pack lists them."""
    found: list[DocumentKind] = []
    faults: list[Diagnostic] = []
    for name, text in templates.items():
        if not name.endswith(DESCRIPTION):
            continue
        read = read_yaml(text, f"templates/{name}")
        faults += read.diagnostics
        if read.value is not None:
            validated = validate(DocumentKind, read.value)
            faults += validated.diagnostics
            found += [validated.value] if validated.value else []
    if faults:
        return Outcome(None, tuple(faults))
    return Outcome(tuple(sorted(found, key=lambda kind: (kind.order, kind.id))))
