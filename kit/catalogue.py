"""What kinds of document there are: every folder of `templates` that holds a `document.yaml`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kit.diagnostics import Diagnostic, Outcome
from kit.faults import validate
from kit.model.change import SetChange, target
from kit.model.kind import Copies, DocumentKind
from kit.model.language import Language
from kit.model.trust import Trust
from kit.model.workshop import Workshop
from kit.recall import asked_in
from kit.source import SourceText, read_yaml

DESCRIPTION = "/document.yaml"

DESCRIBED = ("title", "purpose", "note", "after_printing", "after_printing_larger")
"""What is said of a document in each language."""


def kinds(templates: Mapping[str, str], language: Language) -> Outcome[tuple[DocumentKind, ...]]:
    """The kinds of document that packs are made of, in the order in which a pack lists them, named in `language`."""
    read = _described(templates, language)
    return Outcome(tuple(kind for kind in read.value if kind.pack) if read.value else None, read.diagnostics)


def apart(templates: Mapping[str, str], id: str, language: Language) -> Outcome[DocumentKind]:
    """The kind `id`, which a command of its own makes. That there is none is a bug."""
    read = _described(templates, language)
    found = [kind for kind in read.value or () if kind.id == id and not kind.pack]
    return Outcome(found[0] if read.value else None, read.diagnostics)


def named(kind: DocumentKind, language: Language) -> DocumentKind:
    """`kind` with its title and whatever else is said of it in `language`."""
    words = {name: text for name in DESCRIBED if (text := language.document(kind.id, name))}
    finish = language.document(kind.id, "finish")
    cards = kind.cards.model_copy(update={"finish": finish}) if kind.cards and finish else kind.cards
    return kind.model_copy(update={**words, "cards": cards})


def _described(templates: Mapping[str, str], language: Language) -> Outcome[tuple[DocumentKind, ...]]:
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
            found += [named(validated.value, language)] if validated.value else []
    if faults:
        return Outcome(None, tuple(faults))
    return Outcome(tuple(sorted(found, key=lambda kind: (kind.order, kind.id))))


@dataclass(frozen=True)
class Absence:
    """Why a pack does without a document, and how it would come in."""

    reason: str
    """The name of a phrase."""
    advice: str
    activity: str = ""

    def why(self, language: Language) -> str:
        """The reason, to follow “because”."""
        return language.phrase(f"absent.{self.reason}", activity=self.activity)


def as_set(known: Sequence[DocumentKind], workshop: Workshop) -> tuple[DocumentKind, ...]:
    """The kinds with the titles, copies and notes that the trust sets."""
    return tuple(_set(kind, workshop.documents.get(kind.id, {})) for kind in known)


def _set(kind: DocumentKind, values: Mapping[str, Any]) -> DocumentKind:
    new = dict(values)
    if "copies" in new:
        large_print = kind.copies is not None and kind.copies.large_print
        new["copies"] = Copies(per="room", count=new["copies"], large_print=large_print)
    return kind.model_copy(update=new) if new else kind


def unprinted(known: Sequence[DocumentKind], trust: Trust, text: SourceText) -> Iterator[Diagnostic]:
    """A fault for copies that a trust sets of what nobody prints. `text` is its profile."""
    printed = {kind.id: kind.copies is not None and kind.paper != "screen" for kind in known}
    for plan, changes in trust.changes.items():
        for position, change in enumerate(changes):
            if isinstance(change, SetChange) and change.copies and not printed.get(target(change.set).id, True):
                yield Diagnostic(
                    "no-copies-of-it",
                    f"The document “{target(change.set).id}” is not printed, so there are no copies to set.",
                    "Take `copies` away.",
                    text.place(("changes", plan, position, "copies"), key=True),
                )


def in_pack(known: Sequence[DocumentKind], workshop: Workshop) -> tuple[DocumentKind, ...]:
    """The kinds that the workshop has a use for."""
    return tuple(kind for kind in known if why_not(kind, workshop) is None)


def why_not(kind: DocumentKind, workshop: Workshop) -> Absence | None:
    """Why the workshop has no use for a document; None when it has."""
    if kind.id in workshop.plan.leave_out:
        return Absence("left_out", "Take it out of `leave_out` in the plan.")
    if kind.format not in (None, workshop.plan.format):
        return Absence("by_video_call", "Write `format: room` in the plan, or leave `format` out.")
    activities = [block.activity for block in workshop.blocks if block.activity]
    match kind.when:
        case "dated" if workshop.first_date is None:
            return Absence("no_date", "Give one with --date, or in the trust’s profile.")
        case "activity" if not any(activity.id == kind.activity for activity in activities):
            return Absence("no_activity", "Use the activity in a block of the plan.", kind.activity or "")
        case "material" if not any(m.document == kind.id for activity in activities for m in activity.materials):
            return Absence(
                "not_needed",
                "Name it as the `document` of a material in an activity of the plan.",
            )
        case "recall" if not any(asked_in(session.blocks) for session in workshop.sessions):
            return Absence("nothing_asked", "Write `recall` in the plan, and use an activity that asks.")
        case "homework" if not any(session.homework for session in workshop.sessions):
            return Absence("no_homework", "Write `homework` in a session of the plan.")
        case "scenarios" if not workshop.scenarios:
            return Absence(
                "no_scenarios",
                "Write `scenarios` in the trust’s profile, and name the trust with --trust.",
            )
    return None
