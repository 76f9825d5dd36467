"""Every code that the program can report has a page, and every page says all it should."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from test_cases import CASES, ELSEWHERE, codes_in, expectation
from typer.testing import CliRunner

from kit.cli import app
from kit.explain import Explanation, explained, explanations, listed
from kit.render.job import MISSING_LIBRARY

KIT = Path(__file__).parents[1] / "kit"
PAGES = explanations()
EXAMPLE = re.compile(r"```|\t")


def codes() -> set[str]:
    """Every code that a module writes out, or that a case shows."""
    written = {code for path in KIT.rglob("*.py") for code in codes_in(path)}
    shown = {row["code"] for case in CASES for row in expectation(case)["faults"]}
    return written | shown | set(ELSEWHERE) | {MISSING_LIBRARY}


def test_every_code_of_the_program_has_a_page_and_every_page_a_code() -> None:
    assert len(codes()) > 60
    # No module of the core raises these 2 under their full name: `kit.load.unknown` makes them up.
    assert codes() - set(PAGES) == set()
    assert set(PAGES) - codes() - {"unknown-trust", "unknown-plan"} == set()


@pytest.mark.parametrize("page", PAGES.values(), ids=lambda page: page.code)
def test_a_page_explains_in_sentences_and_shows_wrong_and_right(page: Explanation) -> None:
    for text in (page.short, page.means, page.matters):
        assert text[0].isupper() or text[0].isdigit()
        assert text.endswith(".")
    assert page.wrong != page.right
    assert not EXAMPLE.search(page.wrong + page.right)
    assert len(page.short) <= 80


@pytest.mark.parametrize(
    ("code", "silence"),
    [
        ("sitting-too-long", "# kit: allow sitting-too-long because REASON"),
        ("quote-too-long", "An error cannot be silenced: nothing is built until it is mended."),
        ("slide-title-repeats", "It cannot be silenced. It stops nothing unless you ask for --strict."),
    ],
)
def test_a_page_says_how_to_silence_what_can_be_silenced(code: str, silence: str) -> None:
    page = explained(code).value
    assert page is not None
    headings = [line for line in page.splitlines()[1:] if line and not line.startswith(" ")]
    assert headings == ["What it means", "Why it matters", "Wrong", "Right", "How to silence it"]
    assert page.splitlines()[-1] == f"  {silence}"


def test_the_severities_of_the_pages_are_those_of_the_faults() -> None:
    for case in CASES:
        for row in expectation(case)["faults"]:
            assert PAGES[row["code"]].severity == row.get("severity", "error"), row["code"]


def test_the_command_line_explains() -> None:
    runner = CliRunner()
    one = runner.invoke(app, ["check", "--explain", "no-test"])
    assert (one.exit_code, one.stdout.splitlines()[0]) == (0, "no-test (warning)")
    every = runner.invoke(app, ["check", "--explain"])
    assert [line.split()[0] for line in every.stdout.splitlines()] == [row[0] for row in listed()]
    none = runner.invoke(app, ["check", "--explain", "notest"])
    assert (none.exit_code, none.stdout) == (2, "")
    assert "There is no code “notest”. Did you mean “no-test”?" in none.stderr
