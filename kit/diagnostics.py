"""Faults as values: where, what, and what to do about it.

Nothing in this module prints. A stage of the pipeline returns an `Outcome`; one renderer for each
surface (terminal, JSON) shows the diagnostics it carries.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Generic, Literal, TypeVar

T = TypeVar("T")

Severity = Literal["error", "warning", "note"]
"""A note says what was done, and asks for nothing: it is no fault, with --strict neither."""


@dataclass(frozen=True, order=True)
class Place:
    """A spot in a file: `line` and `column` count from 1, `excerpt` is that line as written."""

    file: str
    line: int = 1
    column: int = 1
    excerpt: str = field(default="", compare=False)

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True)
class Diagnostic:
    """One fault, in a facilitator's words.

    `code` is stable and kebab-case (tests and people search for it), `message` says what is wrong,
    `advice` what to do next.
    """

    code: str
    message: str
    advice: str
    place: Place | None = None
    severity: Severity = "error"

    def stops(self, strict: bool) -> bool:
        """Whether nothing is made of content that has it."""
        return self.severity == "error" or (strict and self.severity == "warning")

    @property
    def sort_key(self) -> tuple[str, int, int, str, str]:
        place = self.place or Place("", 0, 0)
        return (place.file, place.line, place.column, self.code, self.message)


@dataclass(frozen=True)
class Outcome(Generic[T]):
    """A value, or none, and everything that was found on the way to it."""

    value: T | None
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def failed(self) -> bool:
        return self.value is None or any(d.severity == "error" for d in self.diagnostics)


def in_order(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Sorted by file, line and column, each fault once."""
    return tuple(sorted(dict.fromkeys(diagnostics), key=lambda d: d.sort_key))
