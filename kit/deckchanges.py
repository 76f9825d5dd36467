"""What people edited in a deck, as changes of their trust: which can be written, and what to do about the rest."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kit.deckdiff import TITLE, Difference
from kit.deckorigins import Origin, Origins, letter_by_letter
from kit.diagnostics import Place
from kit.edit import appended, at, with_field
from kit.model.change import target
from kit.model.entry import LONGEST_LINE
from kit.render.deck.identity import alike
from kit.render.markdown import plain
from kit.source import read_yaml
from kit.wording import has_placeholders

Values = Mapping[str, Any]
MOST_POINTS = 5
"""On a slide, as `SetChange` has it."""

ONE_LINE = ("title", "question")
"""Fields of a change that are 1 line."""

_IN_MARKDOWN = re.compile(r"([\\`*_\[\]<>&])")
_AT_THE_START = re.compile(r"^(\d*)([#+\-=~>.)])")


@dataclass(frozen=True)
class Finding:
    """A difference with the line of the content that it comes from, and what becomes of it.

    `target` and `values` are those of the change to write; `drops` is a slide to leave out. Where there is neither,
    `advice` says what to do by hand, if there is anything to do.
    """

    difference: Difference
    nature: str
    place: Place | None
    advice: str = ""
    target: str = ""
    field: str = ""
    value: Any = None
    drops: str = ""

    @property
    def is_edit(self) -> bool:
        """Whether somebody changed the deck: not so where the content has changed since it was built."""
        return not self.difference.since

    @property
    def can_be_written(self) -> bool:
        return bool(self.target or self.drops)


def findings(differences: Iterable[Difference], origins: Origins) -> tuple[Finding, ...]:
    """Each difference with its origin, and the change that would say what the edited deck says."""
    found: list[Finding] = []
    fields: dict[tuple[str, str], _Field] = {}
    for difference in differences:
        finding = _finding(difference, origins, fields)
        found.append(finding)
    return tuple(_agreed(found, fields))


@dataclass
class _Field:
    """A text, or a list of texts, that edits are put into one by one."""

    chunks: list[str]
    is_list: bool
    edits: dict[int, str | None] = field(default_factory=dict)
    after: dict[int, list[str]] = field(default_factory=dict)
    """New items, by the place of what they follow; -1 is the start."""

    @property
    def value(self) -> Any:
        items: list[str] = list(self.after.get(-1, ()))
        for n, chunk in enumerate(self.chunks):
            kept = self.edits.get(n, chunk)
            items += [kept] if kept is not None else []
            items += self.after.get(n, ())
        return tuple(items) if self.is_list else "\n\n".join(items)


def _finding(difference: Difference, origins: Origins, fields: dict[tuple[str, str], _Field]) -> Finding:
    match difference.kind:
        case "added":
            return Finding(difference, "slide", None, _how_to_add(difference, origins))
        case "removed":
            place, parts = origins.place_of(difference.slide), origins.parts_of(difference.slide)
            if parts == 1:
                return Finding(difference, "slide", place, drops=f"slide {difference.slide}")
            advice = f"It is 1 of {parts} that hold the same list. The list is what can be shortened."
            return Finding(difference, "slide", place, advice)
        case "moved":
            advice = "The order of slides is that of the plan. To move a whole block: `- move: ID` and `after: ID`."
            return Finding(difference, "slide", origins.place_of(difference.slide), advice)
        case "hidden" | "shown":
            advice = (
                f"The next deck shows it again. To leave it out: `- drop: slide {difference.slide}`."
                if difference.kind == "hidden"
                else "The next deck hides it again."
            )
            return Finding(difference, "slide", origins.place_of(difference.slide), advice)
        case "drawn":
            advice = "Pictures and drawings stay in this file alone: copy them into the next deck."
            return Finding(difference, "drawing", origins.place_of(difference.slide), advice)
    return _of_words(difference, origins, fields)


def _of_words(difference: Difference, origins: Origins, fields: dict[tuple[str, str], _Field]) -> Finding:
    old, slide = difference.old, difference.slide
    origin = origins.of(old, slide, difference.row) if old is not None else _neighbour(difference, origins)
    place = origin.place if origin else origins.place_of(slide)
    if difference.since:
        return Finding(difference, origin.nature if origin else "text", place)
    if origin is not None and origin.nature == "quotation" and old is not None:
        kept = difference.new is not None and alike(_inner(old, origin)) in alike(difference.new)
        if not kept:
            return Finding(difference, "quotation", place, _QUOTATION)
        return Finding(difference, "text", place, "The kit puts the marks around a quotation.")
    if origin is not None and origin.nature == "minutes":
        return Finding(difference, "minutes", place, _how_to_time(origin, difference))
    advice = _why_not(origin) or (_put(difference, origin, origins, fields) if origin else "")
    if origin is not None and not advice:
        return Finding(difference, "text", place, target=origin.target, field=origin.field)
    if difference.where == TITLE and difference.new and origins.has_own_title(slide):
        return _titled(difference, place, fields, f"slide {slide}")
    return Finding(difference, "text", place, advice)


def _why_not(origin: Origin | None) -> str:
    """What to do about a text that no change can say."""
    if origin is None:
        return "The kit puts this together by itself, so it stays in this file."
    if origin.nature == "phrase":
        return "It is the same in every pack: `words/` in your folder can say it otherwise."
    return "" if origin.target else _YOURS if origin.ours else _NOT_YOURS


def _titled(difference: Difference, place: Place | None, fields: dict[tuple[str, str], _Field], spot: str) -> Finding:
    """A slide called otherwise by itself, where its title is put together from other words."""
    new = difference.new or ""
    if has_placeholders(new) or len(new) > LONGEST_LINE:
        return Finding(difference, "text", place, f"A title has at most {LONGEST_LINE} letters, and no braces.")
    fields[spot, "title"] = _Field([new], is_list=False)
    return Finding(difference, "text", place, target=spot, field="title")


_QUOTATION = "A quotation is exact. Put the words back, or leave the slide out. It is never written back."


_YOURS = "Edit this line of your own file: every document follows."
_NOT_YOURS = "No change of a trust can say this. A plan or an activity of your own can: kit new plan, kit new activity."


def _inner(text: str, origin: Origin) -> str:
    return text[len(origin.before) : len(text) - len(origin.after)]


def _neighbour(difference: Difference, origins: Origins) -> Origin | None:
    """The origin of another item of the same list, for an item that is new."""
    for old, _ in difference.pairs:
        origin = origins.of(old, difference.slide) if old is not None else None
        if origin is not None and origin.item is not None:
            return origin
    return None


def _put(difference: Difference, origin: Origin, origins: Origins, fields: dict[tuple[str, str], _Field]) -> str:
    """Put an edit into the field that it belongs to. What to do by hand where that cannot be done, else nothing."""
    is_list = origin.item is not None
    chunks = list(origin.raw) if is_list else re.split(r"\n\s*\n", str(origin.raw))
    spot = fields.setdefault((origin.target, origin.field), _Field(chunks, is_list))
    where = origin.item if origin.item is not None else origin.chunk or 0
    if difference.new is not None:
        written = _written(difference.new, origin)
        if isinstance(written, _No):
            return written.why
        if (is_list or origin.field in ONE_LINE) and len(written) > LONGEST_LINE:
            return f"A line has at most {LONGEST_LINE} letters: shorten it."
    if difference.old is None:
        assert difference.new is not None
        spot.after.setdefault(_follows(difference, origins), []).append(str(written))
    elif difference.new is None and not is_list:
        return "A text cannot be left out alone. Leave out its step, or the slide."
    elif where in spot.edits and spot.edits[where] != (None if difference.new is None else written):
        return "Another slide says this in other words. Choose one of them, and edit the other to match."
    else:
        spot.edits[where] = None if difference.new is None else str(written)
    if is_list and not 1 <= len(spot.value) <= MOST_POINTS:
        spot.edits.pop(where, None)
        return f"A slide has 1 to {MOST_POINTS} points."
    return ""


@dataclass(frozen=True)
class _No:
    """Why a text cannot be written."""

    why: str


def _written(new: str, origin: Origin) -> str | _No:
    """A paragraph of the deck as content writes it: without what the kit puts around it, no letter taken as markup."""
    before, after, flat = letter_by_letter(origin.before), letter_by_letter(origin.after), letter_by_letter(new)
    text = new[len(before) : len(new) - len(after)].strip()
    if not (flat.startswith(before) and flat.endswith(after) and alike(text) and len(before) + len(after) < len(new)):
        return _No("What the kit puts before or after it was changed too. Edit the line itself.")
    if has_placeholders(text):
        return _No("It has braces, which stand for words of yours. Write it without them.")
    if origin.field == "title":
        return text
    for candidate in (text, _unlisted(text), _unlisted(_IN_MARKDOWN.sub(r"\\\1", text))):
        if alike(str(plain(candidate))) == alike(text):
            return candidate
    return _No("It has signs that the kit would read as markup. Edit the line itself.")


def _unlisted(text: str) -> str:
    """A text that begins like a list or a heading, so that it is neither."""
    return _AT_THE_START.sub(r"\1\\\2", text)


def _follows(difference: Difference, origins: Origins) -> int:
    """The place in its list of what an item that is new comes after."""
    last = -1
    for old, new in difference.pairs:
        if old is None and new == difference.new:
            return last
        origin = origins.of(old, difference.slide) if old is not None else None
        if origin is not None and origin.item is not None:
            last = origin.item
    return last


def _agreed(found: Sequence[Finding], fields: Mapping[tuple[str, str], _Field]) -> Iterator[Finding]:
    """The findings with the whole value of their field."""
    for finding in found:
        if not finding.target:
            yield finding
            continue
        value = fields[finding.target, finding.field].value
        yield Finding(
            finding.difference,
            finding.nature,
            finding.place,
            finding.advice,
            finding.target,
            finding.field,
            value,
        )


def _how_to_add(difference: Difference, origins: Origins) -> str:
    return "To have it in every deck: `- add:` with `id`, `layout: content`, `title` and `points`, `after:` a block."


def _how_to_time(origin: Origin, difference: Difference) -> str:
    were, are = (re.findall(r"\d+", text or "") for text in (difference.old, difference.new))
    # What a slide shows may be without the debrief, or a time of day: then nobody but a person knows the number.
    minutes = are[0] if len(are) == 1 and were == [str(origin.raw)] else "N"
    return (
        f"Minutes are not written by themselves, since the others must make room. Under `changes`: "
        f"`- set: {origin.target}` and `minutes: {minutes}`."
    )


# YAML --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Written:
    """The text of a profile with changes in it, and what could not be put in."""

    text: str
    entries: tuple[str, ...]
    """What was put in, as people would write it."""
    by_hand: tuple[str, ...]
    """The changes for which there was no safe place, likewise."""


def written(text: str, plan: str, found: Iterable[Finding]) -> Written:
    """`text`, a trust.yaml, with the changes that findings ask for: in the change that is there, or in a new one."""
    wanted: dict[str, dict[str, Any]] = {}
    for finding in found:
        if finding.drops:
            wanted.setdefault(finding.drops, {})
        elif finding.target:
            wanted.setdefault(finding.target, {})[finding.field] = finding.value
    entries, by_hand = [], []
    for spot, values in wanted.items():
        edited = _with(text, plan, spot, values)
        shown = "\n".join([f"- {'set' if values else 'drop'}: {spot}", *(_shown(*each) for each in values.items())])
        if edited is None:
            by_hand.append(shown)
            continue
        if edited != text:
            entries.append(shown)
        text = edited
    return Written(text, tuple(entries), tuple(by_hand))


def _shown(name: str, value: Any) -> str:
    if isinstance(value, tuple):
        return "\n".join([f"  {name}:", *(f"    - {item}" for item in value)])
    return f"  {name}: {value}"


def _with(text: str, plan: str, spot: str, values: Values) -> str | None:
    there = _there(text, plan, spot, "set" if values else "drop")
    if there is None:
        return appended(text, ("changes", plan), {"set": spot, **values} if values else {"drop": spot})
    edited: str | None = text
    for name, value in values.items():
        edited = with_field(edited, ("changes", plan, there), name, value) if edited is not None else None
    return edited


def _there(text: str, plan: str, spot: str, verb: str) -> int | None:
    """The place of the last change of this kind to the same thing: the last one counts."""
    read = read_yaml(text.removeprefix("\ufeff").replace("\r\n", "\n"), "").value
    try:
        changes = at(read.data if read else {}, ("changes", plan))
    except (KeyError, TypeError):
        return None
    same = [n for n, change in enumerate(changes) if _target(change.get(verb)) == target(spot)]
    return same[-1] if same else None


def _target(text: object) -> object:
    return target(text) if isinstance(text, str) else None
