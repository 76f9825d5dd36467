"""Warnings that the content allows with a reason, and allowances that are none."""

from __future__ import annotations

import pytest

from kit.check import Order, check, check_all
from kit.diagnostics import Diagnostic, Place
from kit.lint.allowances import silence
from kit.source import SourceText, read_yaml
from kit.workspace import Workspace


def text(*lines: str) -> SourceText:
    read = read_yaml("\n".join(lines), "plan.yaml").value
    assert read is not None
    return read


def warning(line: int, code: str = "title-case", severity: str = "warning") -> Diagnostic:
    return Diagnostic(code, "M.", "A.", Place("plan.yaml", line, 3), "warning" if severity == "warning" else "error")


GRANTED = "# kit: allow title-case because it is a name"


@pytest.mark.parametrize(
    ("lines", "line"),
    [
        ((f"title: A Name {GRANTED}",), 1),
        ((GRANTED, "title: A Name"), 2),
        ((GRANTED, "# a remark", "title: A Name"), 3),
        (("blocks:", f"  {GRANTED}", "  - title: A Name"), 3),
        ((f"title: >- {GRANTED}", "  A Name"), 1),
    ],
)
def test_an_allowance_covers_its_own_line_or_the_next(lines: tuple[str, ...], line: int) -> None:
    assert silence([warning(line)], [text(*lines)], everything=True) == ()
    assert warning(line + 1) in silence([warning(line + 1)], [text(*lines)])
    assert warning(line, "contraction") in silence([warning(line, "contraction")], [text(*lines)])


@pytest.mark.parametrize(
    "comment", ["# kit: allow title-case", "# kit: allow title-case because", "# kit: title-case is fine", "#kit: alow"]
)
def test_an_allowance_without_a_reason_does_not_count_and_says_so(comment: str) -> None:
    found = silence([warning(1)], [text(f"title: A Name {comment}")])
    assert [fault.code for fault in found] == ["title-case", "unclear-allowance"]
    assert found[1].place == Place("plan.yaml", 1, 15)


def test_an_error_cannot_be_allowed() -> None:
    fault = warning(1, severity="error")
    found = silence([fault], [text(f"title: A Name {GRANTED}")], everything=True)
    assert [(each.code, each.severity) for each in found] == [
        ("title-case", "error"),
        ("allowance-of-an-error", "warning"),
    ]


def test_an_allowance_that_silences_nothing_is_a_warning_of_a_check_of_everything_alone() -> None:
    source = text(f"title: A name {GRANTED}")
    assert silence([], [source]) == ()
    assert [each.code for each in silence([], [source], everything=True)] == ["needless-allowance"]
    stopped = warning(9, "unknown-theme", "error")
    assert silence([stopped], [source], everything=True) == (stopped,)


def test_words_that_look_like_an_allowance_are_words() -> None:
    source = text("do: |", "  Write down:", f"  {GRANTED}")
    assert silence([], [source], everything=True) == ()


def test_a_session_is_checked_with_its_allowances(small: Workspace) -> None:
    plan = small.content / "plans" / "short.yaml"
    words = plan.read_text("utf-8").replace("title: Oars and rudders", "title: Oars and two rudders")
    plan.write_text(words, "utf-8")
    assert [fault.code for fault in check(small, Order("short", strict=True)).diagnostics] == ["number-in-words"]
    reason = "# kit: allow number-in-words because it is a name"
    plan.write_text(words.replace("two rudders", f"two rudders {reason}"), "utf-8")
    assert check(small, Order("short", strict=True)).value is not None
    assert check_all(small) == ()
