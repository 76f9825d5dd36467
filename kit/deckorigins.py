"""Which line of the content a text on a slide comes from, and which change of a trust would say it otherwise.

Slides are put together from many texts: a cell may hold what a step asks people to do, and a paragraph of the notes the
name of a step, its minutes and what to say. So a text is looked for by its words in what the content says of the
slide's block, and in everything else after that. How slides are composed does not matter here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from kit.diagnostics import Place
from kit.load import Library
from kit.model.change import SETTABLE, target
from kit.model.document import DeckView
from kit.model.workshop import Workshop
from kit.phrasing import vocabulary
from kit.render.deck.identity import alike
from kit.render.markdown import plain
from kit.slides.parts import whole
from kit.source import Path, SourceText
from kit.wording import BadPlaceholder, UnknownWord, curly, has_placeholders, put_in

Nature = Literal["text", "quotation", "minutes", "phrase"]

_TIMED = re.compile(r"\d")
_ALIKE_IN_LENGTH = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-"})
LEAST_LETTERS = 3
"""Of a text that is looked for within a longer one: shorter ones are found everywhere."""
LAST = ("source", "voices", "themes", "frameworks", "tasks", "words")
"""Files that are searched when nothing nearer has a text."""


@dataclass(frozen=True)
class Origin:
    """Where a text comes from.

    `target` and `field` are those of a change that sets it, empty where there is none. `item` is its place in a list,
    `chunk` among the paragraphs of a text.
    """

    nature: Nature
    place: Place
    target: str = ""
    field: str = ""
    item: int | None = None
    chunk: int | None = None
    raw: Any = None
    """The whole value as written: a text, or a list of them. Of minutes, how many there are now."""
    before: str = ""
    """What stands before and after it in the text that was looked for."""
    after: str = ""
    ours: bool = False
    """Whether it stands in a file of the trust."""


@dataclass(frozen=True)
class _Said:
    """A text of a file as slides show it."""

    shown: str
    nature: Nature
    role: str
    path: Path
    chunk: int | None
    raw: Any


class Origins:
    """The origins of what stands in 1 deck."""

    def __init__(self, library: Library, workshop: Workshop, view: DeckView) -> None:
        self.library = library
        self.workshop = workshop
        self.plan = workshop.plan.id
        self.places = {slide.id: slide.place for slide in view.slides}
        self._blocks = {block.id: block for block in workshop.blocks}
        self._words = vocabulary(library, workshop.language)
        self._said: dict[str, tuple[_Said, ...]] = {}

    def of(self, text: str, slide: str, row: Sequence[str] = ()) -> Origin | None:
        """Where `text` on the slide with this id comes from; None when nothing in the content says so.

        `row` are the other cells of its row, which tell the minutes of one step from those of another.
        """
        if self._is_time(text):
            return self._exact(text, slide) or self._minutes(slide, row)
        return self._exact(text, slide) or self._within(text, slide)

    def place_of(self, slide: str) -> Place | None:
        """The line that a message about the slide itself names."""
        from kit.render.deck.read import parse_place

        written = self.places.get(slide)
        return parse_place(written) if written else None

    def parts_of(self, slide: str) -> int:
        """On how many slides the deck has what one slide of the content holds."""
        return sum(whole(id) == whole(slide) for id in self.places)

    def has_own_title(self, slide: str) -> bool:
        """Whether a change can title this slide alone: not where it is in parts, or what stands largest is a time."""
        return self.parts_of(slide) == 1 and not slide.endswith("/break")

    def _block_of(self, slide: str) -> str:
        block = slide.partition("/")[0]
        return block if block in self._blocks else ""

    # Words

    def _exact(self, text: str, slide: str) -> Origin | None:
        wanted = alike(text)
        for roles in self._roles(self._block_of(slide)):
            same = [said for role in roles for said in self._texts(role) if alike(said.shown) == wanted]
            if same:
                return self._origin(min(same, key=lambda said: self._distance(said, slide)), slide)
        return None

    def _distance(self, said: _Said, slide: str) -> int:
        """How far a text is from a slide: its own are nearest, those of other slides farthest."""
        source = self._source(said.role)
        spot = self._settable(said, source, self._block_of(slide))[0]
        if spot == f"slide {whole(slide)}":
            return 0
        return 2 if spot.startswith("slide ") else 1

    def _within(self, text: str, slide: str) -> Origin | None:
        flat = letter_by_letter(text)
        for roles in self._roles(self._block_of(slide)):
            found = [
                (said, at)
                for role in roles
                for said in self._texts(role)
                if len(said.shown) >= LEAST_LETTERS and (at := _find(flat, letter_by_letter(said.shown))) >= 0
            ]
            if found:
                said, at = max(found, key=lambda each: len(each[0].shown))
                return self._origin(said, slide, text[:at], text[at + len(said.shown) :])
        return None

    def _source(self, role: str) -> SourceText:
        return self.library.texts["trust" if role == "trust:changes" else role]

    def _roles(self, block: str) -> Iterator[tuple[str, ...]]:
        """The files in which a text of a block is looked for, the nearest first; those in 1 row are as near."""
        activity = self._blocks[block].activity if block else None
        yield (*(("trust:changes",) if self.library.trust else ()), *((f"activity:{activity.id}",) if activity else ()))
        yield (f"plan:{self.plan}", *(("trust",) if self.library.trust else ()), "quotes")
        yield tuple(dict.fromkeys(f"activity:{b.activity.id}" for b in self._blocks.values() if b.activity))
        yield LAST

    def _texts(self, role: str) -> tuple[_Said, ...]:
        if role not in self._said:
            self._said[role] = tuple(self._read(role))
        return self._said[role]

    def _read(self, role: str) -> Iterator[_Said]:
        if role.partition(":changes")[0] not in self.library.texts:
            return
        source = self._source(role)
        for path, value in _strings(source.data):
            changes = path[:1] == ("changes",)
            if role.startswith("trust") and changes != (role == "trust:changes"):
                continue
            if changes and path[:2] != ("changes", self.plan):
                continue
            nature: Nature = "quotation" if role == "quotes" else "phrase" if role == "words" else "text"
            chunks = [chunk for chunk in re.split(r"\n\s*\n", value) if chunk.strip()]
            for number, chunk in enumerate(chunks):
                shown = self._shown(chunk)
                if shown:
                    yield _Said(shown, nature, role, path, number if len(chunks) > 1 else None, value)

    def _shown(self, raw: str) -> str:
        try:
            worded = curly(put_in(raw, self._words) if has_placeholders(raw) else raw)
        except (UnknownWord, BadPlaceholder):
            return ""
        return str(plain(worded))

    def _origin(self, said: _Said, slide: str, before: str = "", after: str = "") -> Origin:
        source = self._source(said.role)
        spot, field, item = self._settable(said, source, self._block_of(slide))
        raw = said.raw
        if item is not None:
            raw = _items(source.data, said.path)
        ours = said.role.startswith("trust") or tuple(said.role.split(":")) in self.library.own
        return Origin(said.nature, source.place(said.path), spot, field, item, said.chunk, raw, before, after, ours)

    def _settable(self, said: _Said, source: SourceText, block: str) -> tuple[str, str, int | None]:
        """The target and the field of a change that would set this text, and its place in a list."""
        spot, path = "", said.path
        of = self._block_with(said.role, block)
        match path:
            case ("steps", int(n), *_) if of:
                spot, path = f"{of}/{_value(source.data, path[:2])['id']}", path[2:]
            case ("slides", int(n), *_) if of:
                spot, path = f"slide {of}/{_value(source.data, path[:2])['id']}", path[2:]
            case ("title" | "purpose",) if of:
                spot = of
            case ("blocks", int(n), *_) if said.role.startswith("plan:"):
                spot, path = str(source.data["blocks"][n]["id"]), path[2:]
            case ("sessions", int(s), "blocks", int(n), *_) if said.role.startswith("plan:"):
                spot, path = str(source.data["sessions"][s]["blocks"][n]["id"]), path[4:]
            case ("changes", _, int(_), *_):
                spot, path = _of_a_change(_value(source.data, path[:3]), path[3:])
        if of and path[:2] == ("debrief", "questions") and path[-1:] == ("ask",):
            return f"slide {of}/debrief", "points", int(path[2])
        field = "points" if path[:1] == ("prompts",) else str(path[0]) if path else ""
        item = path[1] if len(path) == 2 and isinstance(path[1], int) else None
        fits = spot and field in SETTABLE[target(spot).kind] and len(path) == (1 if item is None else 2)
        return (spot, field, item) if fits else ("", "", None)

    def _block_with(self, role: str, block: str) -> str:
        """The block that works with the activity of a file: the slide's own, or the only one that does."""
        blocks = [b.id for b in self._blocks.values() if b.activity and role == f"activity:{b.activity.id}"]
        return block if block in blocks else blocks[0] if len(blocks) == 1 else ""

    # Minutes

    def _is_time(self, text: str) -> bool:
        """Whether a text is minutes, times of day and other numbers, and has no letters beside."""
        left = alike(text)
        if not _TIMED.search(left):
            return False
        for time in self._times:
            left = left.replace(time, "")
        return not any(letter.isalpha() for letter in left)

    @cached_property
    def _times(self) -> tuple[str, ...]:
        """Every way in which slides tell how long something takes and when it is, the longest first."""
        language, found = self.workshop.language, set()
        spans = [(block.start, block.minutes) for block in self._blocks.values()]
        spans += [(step.start, step.minutes) for block in self._blocks.values() for step in block.steps]
        spans += [(block.debrief_start, block.debrief_minutes) for block in self._blocks.values()]
        for start, minutes in spans:
            until = language.phrase("slides.until", time=language.clock(start + minutes))
            clock, long = language.clock_range(start, minutes), language.duration(minutes)
            found |= {clock, long, f"{clock}, {long}", language.short_minutes(minutes), until}
        return tuple(sorted(map(alike, found), key=len, reverse=True))

    def _minutes(self, slide: str, row: Sequence[str]) -> Origin | None:
        """The minutes of the step or of the block that a row names, else of the slide's own block."""
        block = self._block_of(slide)
        for cell in row:
            named = self._exact(cell, slide)
            if named is not None and named.target:
                return Origin("minutes", named.place, named.target, "minutes", raw=self._given(named.target))
        if not block:
            return None
        place = self._line_of_block(block)
        return Origin("minutes", place, block, "minutes", raw=self._given(block)) if place else None

    def _given(self, spot: str) -> int | None:
        """The minutes that a block or a step has now."""
        block, _, step = spot.partition("/")
        if block not in self._blocks:
            return None
        if not step:
            return self._blocks[block].minutes
        return next((timed.minutes for timed in self._blocks[block].steps if timed.step.id == step), None)

    def _line_of_block(self, block: str) -> Place | None:
        source = self.library.texts[f"plan:{self.plan}"]
        for path, value in _strings(source.data):
            if path[-1] == "id" and value == block and "blocks" in path:
                return source.place((*path[:-1], "minutes"))
        return None


def _of_a_change(change: Mapping[str, Any], path: Path) -> tuple[str, Path]:
    """What a text in a change belongs to: what it sets, or what it adds, which can be set too."""
    if "set" in change:
        return str(change["set"]), path
    if path[:1] not in (("add",), ("by",)):
        return "", path
    made = change[str(path[0])]
    beside = str(change.get("before") or change.get("after") or change.get("replace") or "")
    if "layout" in made:
        return f"slide {beside}/{made['id']}", path[1:]
    if "do" in made:
        return f"{beside.partition('/')[0]}/{made['id']}", path[1:]
    return (str(made["id"]), path[1:]) if "minutes" in made else ("", path)


def _items(data: Any, path: Path) -> tuple[str, ...]:
    """The list that a text at `path` belongs to: of texts, or of sets with a text under the same key."""
    if isinstance(path[-1], int):
        return tuple(_value(data, path[:-1]))
    return tuple(item[path[-1]] for item in _value(data, path[:-2]))


def _strings(data: Any) -> Iterator[tuple[Path, str]]:
    """Every text in the data of a file, in its order."""
    waiting: list[tuple[Path, Any]] = [((), data)]
    while waiting:
        path, value = waiting.pop(0)
        if isinstance(value, str):
            yield path, value
        elif isinstance(value, Mapping):
            waiting = [((*path, key), item) for key, item in value.items()] + waiting
        elif isinstance(value, list):
            waiting = [((*path, n), item) for n, item in enumerate(value)] + waiting


def _value(data: Any, path: Path) -> Any:
    for part in path:
        data = data[part]
    return data


def letter_by_letter(text: str) -> str:
    """As `alike`, but each letter stays where it is."""
    return text.translate(_ALIKE_IN_LENGTH)


def _find(text: str, part: str) -> int:
    """Where whole words stand in a text; -1 where they do not."""
    at = text.find(part)
    while at >= 0:
        end = at + len(part)
        whole = not (at and text[at - 1].isalnum() and part[0].isalnum())
        if whole and not (end < len(text) and text[end].isalnum() and part[-1].isalnum()):
            return at
        at = text.find(part, at + 1)
    return -1
