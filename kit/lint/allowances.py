"""Warnings that somebody has looked at and allows: `# kit: allow CODE because REASON`, in the YAML.

At the end of a line the comment covers that line; on lines of its own it covers the line that follows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from kit.diagnostics import Diagnostic, Place
from kit.source import SourceText

_COMMENT = re.compile(r"(?:^|\s)(?P<comment>#\s*kit:\s*(?P<said>.*?))\s*$")
_ALLOW = re.compile(r"allow\s+(?P<code>[a-z0-9]+(?:-[a-z0-9]+)*)\s+because\s+\S.*")
_ADVICE = "Write it as `# kit: allow CODE because REASON`, with the reason in your own words."


@dataclass(frozen=True)
class Allowance:
    """A reasoned allowance: for which code, and the line that it covers."""

    code: str
    file: str
    covers: int
    place: Place

    def allows(self, fault: Diagnostic) -> bool:
        spot = fault.place
        return spot is not None and (fault.code, spot.file, spot.line) == (self.code, self.file, self.covers)


def silence(
    faults: Iterable[Diagnostic], texts: Iterable[SourceText], *, everything: bool = False
) -> tuple[Diagnostic, ...]:
    """`faults` without the warnings that `texts` allow, and with what is wrong with the allowances.

    Only a check of `everything` can say of an allowance that nothing needs it.
    """
    listed = tuple(faults)
    written = [each for text in {text.file: text for text in texts}.values() for each in _written(text)]
    granted = [each for each in written if isinstance(each, Allowance)]
    unclear = [each for each in written if isinstance(each, Diagnostic)]
    if not written:
        return listed
    allowed = {fault for fault in listed if fault.severity == "warning" and any(each.allows(fault) for each in granted)}
    firm = [each for each in granted if any(each.allows(fault) for fault in listed if fault.severity == "error")]
    stopped = any(fault.severity == "error" for fault in listed)
    idle = [each for each in granted if not any(each.allows(fault) for fault in listed)]
    return (
        *(fault for fault in listed if fault not in allowed),
        *unclear,
        *map(_of_an_error, firm),
        *(_needless(each) for each in idle if everything and not stopped),
    )


def _written(text: SourceText) -> Iterator[Allowance | Diagnostic]:
    for number, line in enumerate(text.lines, 1):
        if "kit:" not in line or (match := _COMMENT.search(line)) is None:
            continue
        if any(match["comment"] in words for words in _strings(text.data)):
            continue
        place = Place(text.file, number, match.start("comment") + 1, line)
        allow = _ALLOW.fullmatch(match["said"])
        if allow is None:
            reasonless = match["said"].startswith("allow ") and "because" not in match["said"]
            why = "it gives no reason" if reasonless else "it cannot be read"
            message = f"This comment allows nothing: {why}."
            yield Diagnostic("unclear-allowance", message, _ADVICE, place, severity="warning")
        else:
            yield Allowance(allow["code"], text.file, _covered(text.lines, number), place)


def _covered(lines: tuple[str, ...], number: int) -> int:
    """The line that a comment on line `number` covers: its own, or the next that is no comment."""
    if not lines[number - 1].lstrip().startswith("#"):
        return number
    following = (n for n in range(number + 1, len(lines) + 1) if not lines[n - 1].lstrip().startswith("#"))
    return next(following, number)


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _strings(inner)


def _of_an_error(allowance: Allowance) -> Diagnostic:
    return Diagnostic(
        "allowance-of-an-error",
        f"“{allowance.code}” is an error, and an error cannot be allowed.",
        "Mend the fault, then take this comment away.",
        allowance.place,
        severity="warning",
    )


def _needless(allowance: Allowance) -> Diagnostic:
    return Diagnostic(
        "needless-allowance",
        f"Nothing here needs the allowance of “{allowance.code}”.",
        "Take the comment away, or correct its code: kit check --explain lists them. Only kit check's warnings count.",
        allowance.place,
        severity="warning",
    )
