"""What a printer can do and what became of a job, from what CUPS says of them.

The names of attributes and the numbers of states are those of the Internet Printing Protocol: RFC 8011, and
PWG 5101.1 for the sizes of paper.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

STOPPED = 5
"""`printer-state` of a printer that takes no work: 3 is idle, 4 at work."""

PRINTER_ATTRIBUTES = (
    "printer-state",
    "printer-state-message",
    "printer-state-reasons",
    "printer-is-accepting-jobs",
    "sides-supported",
    "media-supported",
    "print-color-mode-supported",
)
JOB_ATTRIBUTES = ("job-id", "job-state", "job-printer-uri")

TROUBLES = {
    "media-jam": "a paper jam",
    "media-empty": "no paper",
    "media-needed": "it waits for paper",
    "door-open": "a door is open",
    "cover-open": "a cover is open",
    "toner-empty": "no toner",
    "marker-supply-empty": "no toner or ink",
    "output-area-full": "the tray for what is printed is full",
    "offline": "it does not answer",
    "connecting-to-device": "it does not answer",
    "paused": "it was paused",
    "shutdown": "it is switched off",
    "timed-out": "it does not answer",
}
"""`printer-state-reasons` that a person can put right, in words."""


class JobState(Enum):
    """What became of a job."""

    WAITING = auto()
    HELD = auto()
    PRINTING = auto()
    LOST = auto()
    """Cancelled by somebody, or given up by the printer."""
    PRINTED = auto()
    FORGOTTEN = auto()
    """CUPS knows nothing of it any more: it keeps the last few hundred."""


_JOB_STATES = {
    3: JobState.WAITING,
    4: JobState.HELD,
    5: JobState.PRINTING,
    6: JobState.PRINTING,
    7: JobState.LOST,
    8: JobState.LOST,
    9: JobState.PRINTED,
}


@dataclass(frozen=True)
class Printer:
    """A printer as CUPS describes it. None stands for what it does not tell."""

    name: str
    sides: frozenset[str] | None = None
    """`one-sided`, `two-sided-long-edge`, `two-sided-short-edge`."""
    papers: frozenset[str] | None = None
    """ISO sizes, as in `A4`."""
    colours: frozenset[str] | None = None
    """`color`, `monochrome` and others."""
    stopped: bool = False
    accepting: bool = True
    trouble: str = ""
    """What it says is wrong, in words; empty when it says nothing."""

    def can_print_on(self, paper: str) -> bool:
        """Whether it has a size of paper; a printer that does not tell is taken to have it."""
        return self.papers is None or paper in self.papers

    def can_print(self, sides: str) -> bool:
        """Whether it can print `sides`, by the name in IPP; a printer that does not tell is taken to."""
        return self.sides is None or sides in self.sides

    @property
    def tells_what_it_can_do(self) -> bool:
        return self.sides is not None and self.papers is not None


def printer(name: str, told: Mapping[str, Any]) -> Printer:
    """A printer from its attributes, as far as they are there. What is not of the kind expected counts as not told."""
    media = _words(told, "media-supported")
    sizes = [size for word in media or () if (size := re.match(r"iso_([a-c]\d+)_", word))]
    return Printer(
        name,
        sides=_words(told, "sides-supported"),
        papers=None if media is None else frozenset(size[1].upper() for size in sizes),
        colours=_words(told, "print-color-mode-supported"),
        stopped=told.get("printer-state") == STOPPED,
        accepting=told.get("printer-is-accepting-jobs") is not False,
        trouble=_trouble(told),
    )


def job_state(told: Mapping[str, Any]) -> JobState:
    """What became of the job with these attributes; `FORGOTTEN` when there are none."""
    return _JOB_STATES.get(told.get("job-state", 0), JobState.FORGOTTEN)


def answers(report: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    """The attributes that came back for each request of a report of `ipptool -X`: nothing where one was refused."""
    found: list[Mapping[str, Any]] = []
    for test in report.get("Tests", ()):
        groups = [group for group in test.get("ResponseAttributes", ()) if "attributes-charset" not in group]
        found.append({name: value for group in groups for name, value in group.items()})
    return found


def _words(told: Mapping[str, Any], name: str) -> frozenset[str] | None:
    """A set of keywords. A single one comes by itself, without a list."""
    value = told.get(name)
    words = [value] if isinstance(value, str) else value
    return frozenset(word for word in words if isinstance(word, str)) if isinstance(words, list) else None


def _trouble(told: Mapping[str, Any]) -> str:
    """The first reason that a person can put right, or the message of whoever stopped it."""
    reasons = [
        re.sub(r"-(error|warning|report)$", "", word) for word in sorted(_words(told, "printer-state-reasons") or ())
    ]
    known = [TROUBLES[reason] for reason in reasons if reason in TROUBLES and reason != "paused"]
    if known:
        return known[0]
    message = told.get("printer-state-message")
    # At work it holds what the printer is doing; only one that has stopped says why.
    if told.get("printer-state") == STOPPED and isinstance(message, str) and message.strip():
        return message.strip().rstrip(".")
    return TROUBLES["paused"] if "paused" in reasons else ""
