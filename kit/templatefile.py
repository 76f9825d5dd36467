"""The PowerPoint template that a trust names: found in its folder and read, or a fault at the line that names it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kit.brandfiles import elsewhere
from kit.diagnostics import Diagnostic, Place
from kit.model.trust import Trust
from kit.source import SourceText
from kit.workspace import Workspace

MAX_TEMPLATE_BYTES = 40_000_000
"""Templates hold photographs; what is larger could not be sent by email with the deck in it."""


@dataclass(frozen=True)
class TemplateFile:
    """A template as it was read: its name and bytes, and the line that names it, if one does."""

    name: str
    data: bytes
    place: Place | None
    layouts: Mapping[str, str] = field(default_factory=dict)
    """The layout that `layout_map` asks for, by kind of slide."""
    places: Mapping[str, Place] = field(default_factory=dict)
    """Where it does, by kind of slide."""


def template_file(
    workspace: Workspace, trust: Path, profile: Trust, text: SourceText
) -> tuple[TemplateFile | None, tuple[Diagnostic, ...]]:
    """The file that `profile`, which `text` says, names in the folder `trust`; None where it names none."""
    name = profile.deck_template
    if name is None:
        faults = (_without_template(text),) if profile.layout_map else ()
        return None, faults
    place = text.place(("deck_template",))
    if fetched := elsewhere(name, place):
        return None, (fetched,)
    path = workspace.inside(trust, name)
    if path is None:
        fault = Diagnostic(
            "missing-template",
            f"The PowerPoint template “{name}” is not in the trust's folder.",
            f"Put it beside trust.yaml, in {workspace.name(trust)}, or correct its name.",
            place,
        )
        return None, (fault,)
    data = workspace.read_bytes(path, MAX_TEMPLATE_BYTES)
    if data is None:
        fault = Diagnostic(
            "template-too-large",
            f"The PowerPoint template “{name}” is larger than {MAX_TEMPLATE_BYTES // 1_000_000} MB.",
            "Delete its sample slides, and have PowerPoint compress its pictures.",
            place,
        )
        return None, (fault,)
    places = {str(kind): text.place(("layout_map", kind)) for kind in profile.layout_map}
    return TemplateFile(name, data, place, {str(k): v for k, v in profile.layout_map.items()}, places), ()


def _without_template(text: SourceText) -> Diagnostic:
    return Diagnostic(
        "layouts-without-template",
        "The layouts under `layout_map` are those of a PowerPoint template, and none is named.",
        "Name the file with `deck_template`, or take `layout_map` away.",
        text.place(("layout_map",), key=True),
    )
