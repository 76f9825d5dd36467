"""The terminal's face: diagnostics and results as lines, in colour only where a person looks on."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any, TextIO

from kit.diagnostics import Diagnostic

_STYLES = {"bold": "1", "red": "31", "yellow": "33", "dim": "2", "green": "32"}


def colourful(stream: TextIO) -> bool:
    """Whether `stream` shows colours: a terminal, and NO_COLOR (https://no-color.org) not set."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def styled(text: str, style: str, stream: TextIO) -> str:
    """`text` in a style, or as it is where colours are not wanted."""
    return f"\033[{_STYLES[style]}m{text}\033[0m" if colourful(stream) else text


def diagnostics_as_text(diagnostics: Sequence[Diagnostic], stream: TextIO) -> str:
    """Each fault with its place, its line and what to do; a count at the end."""
    parts = [_one(diagnostic, stream) for diagnostic in diagnostics]
    return "\n\n".join([*parts, summary(diagnostics)]) if parts else ""


def _one(diagnostic: Diagnostic, stream: TextIO) -> str:
    colour = {"error": "red", "warning": "yellow", "note": "dim"}[diagnostic.severity]
    head = f"{styled(diagnostic.severity, colour, stream)}: {styled(diagnostic.message, 'bold', stream)}"
    lines = [head]
    place = diagnostic.place
    if place is not None:
        lines.append(f"  {place}  {styled(diagnostic.code, 'dim', stream)}")
        if place.excerpt.strip():
            number = f"{place.line} | "
            shown, column = _window(place.excerpt, place.column)
            lines += [f"  {number}{shown}", "  " + " " * (len(number) + column - 1) + styled("^", colour, stream)]
    lines.append(f"  {diagnostic.advice}")
    return "\n".join(lines)


def _window(excerpt: str, column: int, width: int = 100) -> tuple[str, int]:
    """The part of a long line around `column`, and where the column is in it."""
    excerpt = excerpt.replace("\t", " ").rstrip()
    start = max(0, column - width // 2) if len(excerpt) > width else 0
    shown = excerpt[start : start + width]
    if start:
        shown = "…" + shown[1:]
    if start + width < len(excerpt):
        shown += "…"
    return shown, column - start


def summary(diagnostics: Sequence[Diagnostic]) -> str:
    """`2 errors and 1 warning.`"""
    counts = [
        f"{number} {name}" + ("" if number == 1 else "s")
        for name in ("error", "warning", "note")
        if (number := sum(d.severity == name for d in diagnostics))
    ]
    return f"{', '.join(counts[:-1])}{' and ' if counts[1:] else ''}{counts[-1]}." if counts else "No faults."


def check_as_json(diagnostics: Sequence[Diagnostic], gains: Sequence[Any]) -> str:
    """`faults` with code, severity, message, advice and place each; `not_filled_in` with a field and what it adds."""
    found = {"faults": [asdict(each) for each in diagnostics], "not_filled_in": [asdict(each) for each in gains]}
    return json.dumps(found, indent=2, ensure_ascii=False)


def notes_as_text(gains: Sequence[Any], trust: str, *, locked: bool, fresh: int) -> str:
    """What is no fault: what a profile leaves out, and what the folder of the `trust` does not record of its base."""
    lines = ["", "Not filled in, and what it would add:", *(f"  {gain}" for gain in gains)] if gains else []
    if trust and not locked:
        lines += ["", "This folder does not record the base that it was made against."]
    if trust and locked and fresh:
        lines += ["", f"kit.lock does not know {fresh} of your changes yet."]
    if trust and (fresh or not locked):
        lines.append(f"To be told when the base moves under your changes: kit upgrade --trust {trust}")
    return "".join(f"{line}\n" for line in lines)


def columns(rows: Iterable[Sequence[str]], stream: TextIO = sys.stdout) -> str:
    """Rows in aligned columns, two blanks apart; the last column is left as it is."""
    table = [tuple(row) for row in rows]
    if not table:
        return ""
    widths = [max(len(row[i]) for row in table) for i in range(len(table[0]) - 1)]
    return "\n".join(
        "  ".join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[-1]]).rstrip()
        for row in table
    )
