"""The differences of an edited deck for people to read, and for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from kit.deckchanges import Finding
from kit.deckdiff import word_changes
from kit.decklabels import Labels

WIDEST = 110
"""Columns of a terminal: longer lines are hard to follow."""
_AROUND = 8
"""Words that are shown on each side of what has changed in a long text."""
_HEADS = {
    "added": "A slide that is not in the plan",
    "removed": "Slide left out",
    "moved": "Moved",
    "hidden": "Hidden",
    "shown": "No longer hidden",
    "drawn": "Drawing or picture added",
}


def show(found: Sequence[Finding]) -> None:
    """Slide by slide, what it was and what it is, where it comes from and what to do."""
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False, soft_wrap=False)
    console.width = min(console.width, WIDEST)
    edits = [finding for finding in found if finding.is_edit]
    later = [finding for finding in found if not finding.is_edit]
    for _, group in groupby(edits, key=lambda finding: (finding.difference.number, finding.difference.slide)):
        members = list(group)
        first = members[0].difference
        number = f"Slide {first.number}" if first.number else "Slide that is gone"
        console.print(Text(f"{number}: {first.title}", style="bold"))
        for finding in members:
            for line in _lines(finding, colour=console.color_system is not None):
                console.print(line)
        console.print()
    if later:
        slides = len({finding.difference.slide for finding in later})
        console.print(
            Text(
                f"On {_count(slides, 'slide')}, the plan has changed since the deck was built "
                f"({_count(len(later), 'text')}). Nobody edited these, and the next deck has them as they are now.\n"
            )
        )
    if not edits:
        console.print("Nobody has changed this deck." if later else "No difference: the deck is as the plan has it.")


def _count(number: int, name: str) -> str:
    return f"{number} {name}" if number == 1 else f"{number} {name}s"


def _lines(finding: Finding, *, colour: bool) -> Iterator[Any]:
    from rich.padding import Padding
    from rich.text import Text

    difference = finding.difference
    if difference.kind in _HEADS:
        what = f": {difference.new}" if difference.kind == "drawn" and difference.new else ""
        what = f", now after “{difference.new}”" if difference.kind == "moved" and difference.new else what
        yield Padding(Text(_HEADS[difference.kind] + what), (0, 0, 0, 2), expand=False)
    else:
        head = {"quotation": f"{difference.where}: a quotation was changed", "minutes": f"{difference.where}: minutes"}
        yield Padding(Text(head.get(finding.nature, difference.where)), (0, 0, 0, 2), expand=False)
        for label, text in _was_and_now(difference.old, difference.new, colour=colour):
            yield Padding(Text.assemble((f"{label}  ", "dim"), text), (0, 0, 0, 4), expand=False)
    if finding.place is not None:
        yield Padding(Text(str(finding.place), style="dim"), (0, 0, 0, 4), expand=False)
    if finding.can_be_written:
        verb = "drop" if finding.drops else f"set {finding.field} of"
        yield Padding(Text(f"Can be written: {verb} {finding.drops or finding.target}"), (0, 0, 0, 4), expand=False)
    elif finding.advice:
        yield Padding(Text(f"By hand: {finding.advice}"), (0, 0, 0, 4), expand=False)


def _was_and_now(old: str | None, new: str | None, *, colour: bool) -> Iterator[tuple[str, Any]]:
    from rich.text import Text

    runs = list(word_changes(old or "", new or ""))
    for label, mine, given, style in (("was", "out", old, "red"), ("now", "in", new, "green")):
        if given is None:
            yield label, Text("(nothing)", style="dim")
            continue
        own = [(kind, words) for kind, words in runs if kind in ("same", mine)]
        text = Text()
        for place, (kind, words) in enumerate(own):
            text.append(" " if place else "")
            if kind == "same":
                text.append(_shortened(words, first=place == 0, last=place == len(own) - 1))
            else:
                both = old is not None and new is not None
                text.append(words if colour or not both else f"[{words}]", style=f"bold {style}")
        yield label, text


def _shortened(words: str, *, first: bool, last: bool) -> str:
    """What stays, without what is far from a change."""
    parts = words.split()
    if len(parts) <= 3 * _AROUND:
        return words
    start = [] if first else parts[:_AROUND]
    end = [] if last else parts[-_AROUND:]
    return " ".join([*start, "…", *end])


def as_json(found: Sequence[Finding], labels: Labels) -> str:
    """`deck` says what it was built from; `differences` has kind, slide, old and new, place, change and advice each."""
    rows = [
        {
            "kind": finding.difference.kind if finding.nature in ("text", "slide") else finding.nature,
            "slide": finding.difference.slide or None,
            "number": finding.difference.number or None,
            "title": finding.difference.title,
            "where": finding.difference.where or None,
            "old": finding.difference.old,
            "new": finding.difference.new,
            "edited": finding.is_edit,
            "place": str(finding.place) if finding.place else None,
            "change": _change(finding),
            "advice": finding.advice or None,
        }
        for finding in found
    ]
    deck = {
        "plan": labels.plan or None,
        "trust": labels.trust or None,
        "session": labels.session,
        "build": labels.build or None,
        "built_on": labels.built_on.isoformat() if labels.built_on else None,
    }
    return json.dumps({"deck": deck, "differences": rows}, indent=2, ensure_ascii=False)


def _change(finding: Finding) -> dict[str, Any] | None:
    if finding.drops:
        return {"drop": finding.drops}
    return {"set": finding.target, finding.field: finding.value} if finding.target else None
