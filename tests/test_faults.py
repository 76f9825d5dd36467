"""Validation findings in a facilitator's words; what each looks like in a file is shown by the cases."""

from __future__ import annotations

import pytest

from kit.diagnostics import Diagnostic
from kit.faults import near, validate
from kit.model.activity import Activity
from kit.model.trust import Trust
from kit.source import read_yaml

THEMES = ["interlinked", "process-and-change", "bogged-down"]


@pytest.mark.parametrize(
    ("written", "meant"), [("interlinkd", "interlinked"), ("bogged-dwon", "bogged-down"), ("process", "")]
)
def test_a_near_miss_is_suggested(written: str, meant: str) -> None:
    assert near(written, THEMES) == (f"Did you mean “{meant}”?" if meant else "")


@pytest.mark.parametrize("written", ["zebra", "", "q", "x" * 500])
def test_a_wild_miss_is_not(written: str) -> None:
    assert near(written, THEMES) == ""


def faults(model: type[Activity | Trust], text: str) -> list[Diagnostic]:
    read = read_yaml(text, "f")
    assert read.value is not None
    return [fault for fault in validate(model, read.value).diagnostics if fault.code != "missing-field"]


@pytest.mark.parametrize(
    ("layout", "field", "place"),
    [("quote", "title", "f:3:12"), ("quote", "quote", "f:4:12"), ("content", "points", "f:5:13")],
)
def test_a_fault_within_a_slide_is_placed_at_its_field(layout: str, field: str, place: str) -> None:
    lines = [f"  - layout: {layout}", "    title: Words", "    quote: some-id", "    points: [a]"]
    wrong = [f"    {field}: 4" if line.strip().startswith(field) else line for line in lines]
    (fault,) = [f for f in faults(Activity, "\n".join(["slides:", *wrong])) if f.code == "wrong-type"]
    assert f"“{field}”" in fault.message
    assert str(fault.place) == place


def test_the_fields_that_are_offered_are_those_of_the_change_that_was_begun() -> None:
    text = "changes:\n  half-day:\n    - drop: tea\n      minutes: 5\n"
    (fault,) = faults(Trust, text)
    assert fault.code == "unknown-field"
    assert fault.advice == "The fields are: drop, why."


def test_a_list_whose_items_are_wrong_is_not_also_called_too_short() -> None:
    text = "worksheet:\n  title: T\n  question: Q\n  parts:\n    - {kind: lines, prompt: P, lines: many}\n"
    assert [fault.code for fault in faults(Activity, text)] == ["wrong-type"]
