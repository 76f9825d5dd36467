"""What each code of a fault means: `explanations.yaml`, as pages for the terminal."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from textwrap import fill, indent
from typing import Annotated

from pydantic import Field

from kit.diagnostics import Diagnostic, Outcome, Severity
from kit.faults import near
from kit.model.entry import Entry, Id, Line, Text
from kit.source import read_yaml

WIDTH = 80


class Explanation(Entry):
    """The page of one code: what it means, why it matters, and what wrong and right look like."""

    code: Id
    severity: Severity
    allowable: bool = True
    """Whether a comment in the content may allow it, when it is a warning."""
    short: Line
    """One line for the list of all codes."""
    means: Text
    matters: Text
    wrong: Text
    right: Text


class Explanations(Entry):
    """`explanations.yaml`, in the order in which the list shows them."""

    explanations: Annotated[tuple[Explanation, ...], Field(min_length=1)]


@lru_cache(maxsize=1)
def explanations() -> dict[str, Explanation]:
    """Every page by its code."""
    text = files("kit").joinpath("explanations.yaml").read_text("utf-8")
    read = read_yaml(text, "explanations.yaml").value
    assert read is not None
    return {each.code: each for each in Explanations.model_validate(read.data).explanations}


def listed() -> tuple[tuple[str, str, str], ...]:
    """Code, severity and one line for each."""
    return tuple((each.code, each.severity, each.short) for each in explanations().values())


def explained(code: str) -> Outcome[str]:
    """The page of a code, or the fault that there is no such code."""
    known = explanations()
    if code not in known:
        message = f"There is no code “{code}”. {near(code, known)}".strip()
        return Outcome(None, (Diagnostic("unknown-code", message, "To see them all: kit check --explain."),))
    return Outcome("\n".join(_page(known[code])))


def _page(page: Explanation) -> Iterator[str]:
    yield f"{page.code} ({page.severity})"
    for heading, text in (("What it means", page.means), ("Why it matters", page.matters)):
        yield f"\n{heading}"
        yield fill(text, WIDTH, initial_indent="  ", subsequent_indent="  ")
    for heading, example in (("Wrong", page.wrong), ("Right", page.right)):
        yield f"\n{heading}"
        yield indent(example, "  ")
    yield "\nHow to silence it"
    yield indent(_silence(page), "  ")


def _silence(page: Explanation) -> str:
    if page.severity == "error":
        return "An error cannot be silenced: nothing is built until it is mended."
    if page.severity == "note":
        return "It is no fault, and stops nothing."
    if not page.allowable:
        return "It cannot be silenced. It stops nothing unless you ask for --strict."
    return (
        "Write a comment at the end of the line, or on the line above it, with your reason:\n"
        f"# kit: allow {page.code} because REASON"
    )
