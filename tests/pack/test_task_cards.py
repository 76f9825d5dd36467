"""A pack whose session sorts task cards: tasks for the tables, answers for the facilitator alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from drawing import drawn_here
from pack.conftest import DAY
from pack.reading import pdf_text, slide_texts, squeezed

from kit.check import Checked, Order, check
from kit.pipeline import build, publish_pack
from kit.workspace import Workspace

PLAN = """\
id: sorting
title: Sorting tasks
subtitle: A short session
audience: New {{ term.clinical_lead.many }}
minutes: 25
start: 9am
people: {least: 3, most: 40, planned: 12}
welcome: We sort 24 tasks.
objectives:
  - {id: distinguish, verb: Distinguish, text: managing from leading in 24 tasks}
blocks:
  - {id: sort, activity: task-card-sort, minutes: 25, objectives: [distinguish]}
"""


@pytest.fixture(scope="module")
def made(project: Workspace, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Checked]:
    root = tmp_path_factory.mktemp("sorting")
    (root / "sorting.yaml").write_text(PLAN, encoding="utf-8")
    order = Order(plan=str(root / "sorting.yaml"))
    checked = check(project, order).value
    assert checked is not None
    with drawn_here():
        pack = build(project, checked, order, today=DAY)
    assert pack.value is not None, pack.diagnostics
    publish_pack(pack.value, root / "pack", order)
    return root / "pack", checked


def test_the_pack_holds_the_cards_that_are_asked_for_and_no_others(made: tuple[Path, Checked]) -> None:
    folder, _ = made
    cards = {path.stem for path in folder.rglob("*-cards.pdf")}
    assert "task-cards" in cards
    assert cards.isdisjoint({"quote-cards", "scenario-cards"})


def test_every_task_is_on_a_card_and_no_answer_is_in_a_participants_file(made: tuple[Path, Checked]) -> None:
    folder, checked = made
    tasks = checked.workshop.tasks
    assert len(tasks) == 24
    cards = pdf_text(folder / "participants/task-cards.pdf")
    assert [task.text for task in tasks if squeezed(task.text) not in cards] == []
    shown = [pdf_text(path) for name in ("participants", "room") for path in (folder / name).rglob("*.pdf")]
    shown += slide_texts(folder / "deck.pptx")
    assert [task.id for task in tasks for text in shown if squeezed(task.why) in text] == []


def test_the_guide_has_every_answer_with_its_number(made: tuple[Path, Checked]) -> None:
    folder, checked = made
    guide = pdf_text(folder / "facilitator/guide.pdf")
    for number, task in enumerate(checked.workshop.tasks, 1):
        assert squeezed(f"{number} {task.text} {task.answer} {task.why}") in guide
