"""Which documents there are, and which of them a session has a use for."""

from __future__ import annotations

from dataclasses import replace

import pytest
from shaping import with_blocks
from speaking import english

from kit.catalogue import in_pack, kinds
from kit.check import Order, check
from kit.load import Library
from kit.localise import localise
from kit.model.activity import Material
from kit.model.kind import DocumentKind
from kit.model.workshop import Workshop
from kit.workspace import Workspace

CARDS = """\
id: bed-cards
title: Bed cards
purpose: Beds to count.
audience: participant
output: cards
path: bed-cards.pdf
cards: {of: tasks, stock: a4-8-cards, inset: 8, note: 9, finish: Cut along the marks.}
"""


@pytest.fixture
def known(project: Workspace) -> tuple[DocumentKind, ...]:
    found = kinds(project.templates(), english).value
    assert found
    return found


def session_of(library: Library) -> Workshop:
    workshop = localise(library, "short").value
    assert workshop is not None
    return workshop


def asking_for(workshop: Workshop, document: str) -> Workshop:
    """The session, with a material in its first activity."""
    position, block = next((n, block) for n, block in enumerate(workshop.blocks) if block.activity)
    assert block.activity
    material = Material(id="cards", item="Cards", per="table", document=document)
    activity = block.activity.model_copy(update={"materials": (*block.activity.materials, material)})
    blocks = list(workshop.blocks)
    blocks[position] = replace(block, activity=activity)
    return with_blocks(workshop, blocks)


def ids(found: tuple[DocumentKind, ...]) -> set[str]:
    return {kind.id for kind in found}


def test_cards_come_only_when_an_activity_asks_for_them(
    small_library: Library, known: tuple[DocumentKind, ...]
) -> None:
    workshop = session_of(small_library)
    without = ids(in_pack(known, workshop))
    assert {"workbook", "guide", "name-badges", "table-tents"} <= without
    assert without.isdisjoint({"task-cards", "quote-cards", "scenario-cards"})
    assert ids(in_pack(known, asking_for(workshop, "task-cards"))) == without | {"task-cards"}


def test_scenario_cards_come_with_scenarios(oakfield_library: Library, known: tuple[DocumentKind, ...]) -> None:
    workshop = session_of(oakfield_library)
    assert "scenario-cards" in ids(in_pack(known, workshop))
    assert "scenario-cards" not in ids(in_pack(known, replace(workshop, scenarios=())))


@pytest.mark.parametrize(
    ("document", "advice"), [("task-cards", "Name it as the `document` of a material"), ("scenario-cards", "scenarios")]
)
def test_a_document_that_the_session_does_not_need_is_not_left_out_in_silence(
    project: Workspace, document: str, advice: str
) -> None:
    outcome = check(project, Order(only=(document,)))
    assert outcome.value is None
    (fault,) = (fault for fault in outcome.diagnostics if fault.severity == "error")
    assert fault.code == "document-not-needed"
    assert f"This workshop has no use for the document “{document}”: " in fault.message
    assert advice in fault.advice


def test_a_description_of_cards_is_read() -> None:
    assert not kinds({"bed-cards/document.yaml": CARDS}, english).diagnostics


@pytest.mark.parametrize(
    ("written", "instead", "message"),
    [
        ("a4-8-cards", "a4-9-cards", "“a4-9-cards” is no stock"),
        ("output: cards", "output: pdf", "`cards` must be there when, and only when, `output` is cards"),
        ("of: tasks", "of: beds", "“of” cannot be “beds”"),
    ],
)
def test_a_description_of_cards_that_cannot_be_laid_out_is_refused(written: str, instead: str, message: str) -> None:
    outcome = kinds({"bed-cards/document.yaml": CARDS.replace(written, instead)}, english)
    assert outcome.value is None
    (fault,) = outcome.diagnostics
    assert message in fault.message
    assert fault.place is not None
    assert fault.place.file == "templates/bed-cards/document.yaml"
