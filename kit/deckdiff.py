"""What differs between the deck that a plan makes and the same deck after people have edited it: a pure function.

Slides are known by their id, and by what they say where the file has lost it. What office programs change by
themselves is no difference, and neither are the numbers that the kit puts behind titles that repeat.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from kit.render.deck.identity import alike, digest
from kit.render.deck.readback import Deck, DeckSlide, Grid, Place, Words

Kind = Literal["text", "notes", "added", "removed", "moved", "hidden", "shown", "drawn"]

LEAST_LIKENESS = 0.5
"""Of all words of 2 slides, for one to be the other after editing; it must be more than what all slides share."""
_PARAGRAPHS = 0.3
"""The same of 2 paragraphs, where their number has changed."""
_NEAR = 36_000
"""English metric units, 1 mm: LibreOffice rounds places to hundredths of a millimetre."""
_NUMBERED = re.compile(r"\s*\(\d+(?:\s\w+\s\d+)?\)$")
"""`(2)`, `(1 of 2)`: what the kit puts behind a title."""

TITLE = "Title"
"""What a difference in the title of a slide is called."""

Pair = tuple[str | None, str | None]
"""A paragraph as the plan has it and as the deck has it; None where one of them has none."""


@dataclass(frozen=True)
class Difference:
    """One thing that the edited deck has otherwise.

    `slide` is the id of the slide in the plan (empty for one that was added), `number` counts the slides of the edited
    deck from 1 (0 for one that is gone), `title` is what the slide is called there. `old` and `new` are paragraphs,
    None where there is none.
    """

    kind: Kind
    slide: str
    number: int
    title: str
    where: str = ""
    """The name of the placeholder or table, or `Notes`."""
    old: str | None = None
    new: str | None = None
    since: bool = False
    """The deck says what it said when it was built: not the deck has changed here, but the plan."""
    pairs: tuple[Pair, ...] = ()
    """All paragraphs of the same place, in the order of the edited deck."""
    row: tuple[str, ...] = ()
    """The other cells of its row, as the plan has them."""


def differences(expected: Deck, edited: Deck) -> tuple[Difference, ...]:
    """Everything that `edited` has otherwise than `expected`, slide by slide in the order of `edited`."""
    pairs = matched(expected.slides, edited.slides)
    moved = _moved([(ours, theirs) for ours, theirs in pairs if ours and theirs])
    known = {slide.id for slide in expected.slides}
    found: list[Difference] = []
    for ours, theirs in pairs:
        if theirs is None and ours is not None:
            # A deck that was built without it has not lost it.
            since = bool(edited.built) and digest(ours.id) not in edited.built
            found.append(Difference("removed", ours.id, 0, ours.title, since=since))
        elif ours is None and theirs is not None:
            pairs_of = tuple((None, text) for words in theirs.words for text in words.paragraphs)
            since = theirs.id not in known and digest(theirs.id) in edited.built
            found.append(
                Difference("added", "", theirs.number, theirs.title, new=theirs.title, since=since, pairs=pairs_of)
            )
        elif ours is not None and theirs is not None:
            if theirs.number in moved:
                before = next((s.title for s in edited.slides if s.number == theirs.number - 1), "")
                found.append(Difference("moved", ours.id, theirs.number, theirs.title, new=before))
            if ours.hidden != theirs.hidden:
                kind: Kind = "hidden" if theirs.hidden else "shown"
                found.append(Difference(kind, ours.id, theirs.number, theirs.title))
            found += _within(ours, theirs)
    return tuple(found)


# Slides ------------------------------------------------------------------------------------------


def matched(
    expected: Sequence[DeckSlide], edited: Sequence[DeckSlide]
) -> tuple[tuple[DeckSlide | None, DeckSlide | None], ...]:
    """Each slide with what became of it: in the order of `edited`, and what is gone where it would stand."""
    bags = {id(slide): Counter(alike(" ".join(slide.texts)).casefold().split()) for slide in (*expected, *edited)}

    def likeness(ours: DeckSlide, theirs: DeckSlide) -> float:
        a, b = bags[id(ours)], bags[id(theirs)]
        return 2 * (a & b).total() / max(1, a.total() + b.total())

    of: dict[int, DeckSlide] = {}
    for ours in expected:
        same = [theirs for theirs in edited if ours.id and theirs.id == ours.id]
        if same:
            of[max(same, key=lambda theirs: likeness(ours, theirs)).number] = ours
    taken = {id(ours) for ours in of.values()}
    free = [theirs for theirs in edited if theirs.number not in of]
    scored = sorted(
        (
            (likeness(ours, theirs), -abs(ours.number - theirs.number), ours, theirs)
            for ours in expected
            if id(ours) not in taken
            for theirs in free
        ),
        key=lambda score: score[:2],
        reverse=True,
    )
    for score, _, ours, theirs in scored:
        if score >= LEAST_LIKENESS and id(ours) not in taken and theirs.number not in of:
            of[theirs.number] = ours
            taken.add(id(ours))
    rows: list[tuple[DeckSlide | None, DeckSlide | None]] = [(of.get(theirs.number), theirs) for theirs in edited]
    for ours in expected:
        if id(ours) not in taken:
            before = [n for n, (known, _) in enumerate(rows) if known and known.number < ours.number]
            rows.insert(before[-1] + 1 if before else 0, (ours, None))
    return tuple(rows)


def _moved(pairs: Sequence[tuple[DeckSlide, DeckSlide]]) -> frozenset[int]:
    """The numbers of the fewest slides that must have been moved to give this order."""
    order = [ours.number for ours, _ in pairs]
    ends: list[int] = []
    chains: list[list[int]] = []
    for place, number in enumerate(order):
        at = bisect_left(ends, number)
        chain = [*(chains[at - 1] if at else []), place]
        if at == len(ends):
            ends.append(number)
            chains.append(chain)
        else:
            ends[at], chains[at] = number, chain
    stay = set(chains[-1]) if chains else set()
    return frozenset(theirs.number for place, (_, theirs) in enumerate(pairs) if place not in stay)


# Within a slide ----------------------------------------------------------------------------------


def _within(ours: DeckSlide, theirs: DeckSlide) -> Iterator[Difference]:
    def told(kind: Kind, where: str, pairs: Sequence[Pair], row: tuple[str, ...] = ()) -> Iterator[Difference]:
        for old, new in _changed(pairs):
            since = _since(old, new, theirs.built)
            yield Difference(kind, ours.id, theirs.number, theirs.title, where, old, new, since, tuple(pairs), row)

    title = _without_number(ours.title), _without_number(theirs.title)
    if alike(title[0]) != alike(title[1]):
        since = _since(ours.title, theirs.title, theirs.built)
        yield Difference(
            "text", ours.id, theirs.number, theirs.title, TITLE, title[0], title[1] or None, since, (title,)
        )
    for words, now in _same_places(ours.words, theirs.words):
        where = words.name if words else now.name if now else ""
        yield from told("text", where, aligned(words.paragraphs if words else (), now.paragraphs if now else ()))
    for grid, table in _same_tables(ours.grids, theirs.grids):
        for pairs, row in _cells(grid, table):
            yield from told("text", grid.name if grid else table.name if table else "", pairs, row)
    yield from told("notes", "Notes", aligned(ours.notes, theirs.notes))
    more = Counter(theirs.drawn) - Counter(ours.drawn)
    for name in sorted(more.elements())[: max(0, len(theirs.drawn) - len(ours.drawn))]:
        yield Difference("drawn", ours.id, theirs.number, theirs.title, new=name)


def _changed(pairs: Sequence[Pair]) -> Iterator[Pair]:
    olds, news = ([text for pair in pairs if (text := pair[side]) is not None] for side in (0, 1))
    if sorted(map(alike, olds)) == sorted(map(alike, news)):
        if list(map(alike, olds)) != list(map(alike, news)):
            yield "; ".join(olds), "; ".join(news)
        return
    yield from (pair for pair in pairs if alike(pair[0] or "") != alike(pair[1] or ""))


def _since(old: str | None, new: str | None, built: frozenset[str]) -> bool:
    """Whether the deck was built with what it says now, so that it is the plan which has changed."""
    if not built:
        return False
    return digest(new) in built if new is not None else digest(old or "") not in built


def _without_number(title: str) -> str:
    return _NUMBERED.sub("", title)


def _same_places(ours: Sequence[Words], theirs: Sequence[Words]) -> Iterator[tuple[Words | None, Words | None]]:
    """Placeholders with what became of them: by name, and by place, words and order where names are lost."""
    left, right = list(ours), list(theirs)
    found: list[tuple[Words, Words]] = []
    for words in ours:
        same = [now for now in right if now.name == words.name]
        if len(same) == 1:
            found.append((words, same[0]))
            left.remove(words)
            right.remove(same[0])
    scored = sorted(
        ((_fitness(words, now, a == b), words, now) for a, words in enumerate(left) for b, now in enumerate(right)),
        key=lambda score: score[0],
        reverse=True,
    )
    for score, words, now in scored:
        if score >= _PARAGRAPHS and words in left and now in right:
            found.append((words, now))
            left.remove(words)
            right.remove(now)
    order = {id(words): place for place, words in enumerate(ours)}
    yield from sorted(found, key=lambda pair: order.get(id(pair[0]), 0))
    yield from ((words, None) for words in left)
    yield from ((None, now) for now in right)


def _fitness(words: Words, now: Words, same_rank: bool) -> float:
    near = words.box is not None and now.box is not None and _is_near(words.box, now.box)
    return likeness(" ".join(words.paragraphs), " ".join(now.paragraphs)) + (0.5 if near else 0) + 0.1 * same_rank


def _is_near(a: Place, b: Place) -> bool:
    return all(abs(one - other) <= _NEAR for one, other in zip(a[:2], b[:2], strict=True))


def _same_tables(ours: Sequence[Grid], theirs: Sequence[Grid]) -> Iterator[tuple[Grid | None, Grid | None]]:
    left = list(theirs)
    for grid in ours:
        now = next((each for each in left if each.name == grid.name), left[0] if left else None)
        if now is not None:
            left.remove(now)
        yield grid, now
    yield from ((None, now) for now in left)


def _cells(grid: Grid | None, table: Grid | None) -> Iterator[tuple[tuple[Pair, ...], tuple[str, ...]]]:
    """The paragraphs of every cell in pairs, with the other cells of its row; a row that is new or gone as one text."""
    before, after = _without_counts(grid.rows if grid else ()), _without_counts(table.rows if table else ())
    rows = aligned([" | ".join(row) for row in before], [" | ".join(row) for row in after])
    olds, news = iter(before), iter(after)
    for old, new in rows:
        one, other = next(olds) if old is not None else (), next(news) if new is not None else ()
        if old is None or new is None or len(one) != len(other):
            shown = tuple(_longest(row) if row else None for row in (one, other))
            yield ((shown[0], shown[1]),), one
            continue
        for n, (cell, now) in enumerate(zip(one, other, strict=True)):
            yield aligned(_lines(cell), _lines(now)), tuple(each for m, each in enumerate(one) if m != n)


def _without_counts(rows: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Rows without the number that counts each, from 1 or from where the table before it ended."""
    heads = [row[0] for row in rows[1:] if row]
    counted = bool(heads) and all(head.isdecimal() for head in heads)
    return [row[1:] for row in rows] if counted else list(rows)


def _longest(row: tuple[str, ...]) -> str:
    return max(row, key=len)


def _lines(cell: str) -> tuple[str, ...]:
    return tuple(line for line in cell.split("\n") if line)


# Paragraphs --------------------------------------------------------------------------------------


def likeness(a: str, b: str) -> float:
    """How alike 2 texts are by their words, from 0 to 1."""
    return SequenceMatcher(None, alike(a).casefold().split(), alike(b).casefold().split(), autojunk=False).ratio()


def aligned(old: Sequence[str], new: Sequence[str]) -> tuple[Pair, ...]:
    """Paragraphs in pairs, in order: what is the same, what has other words, what is only on one side."""
    found: list[Pair] = []
    matcher = SequenceMatcher(None, [alike(text) for text in old], [alike(text) for text in new], autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag in ("equal", "replace") and b - a == d - c:
            found += zip(old[a:b], new[c:d], strict=True)
        else:
            found += _most_alike(old[a:b], new[c:d])
    return tuple(found)


def _most_alike(old: Sequence[str], new: Sequence[str]) -> Iterator[Pair]:
    """The pairs, without crossing, that are most alike in all; the rest alone."""
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    scores = [[likeness(one, other) for other in new] for one in old]
    for a in range(len(old) - 1, -1, -1):
        for b in range(len(new) - 1, -1, -1):
            together = scores[a][b] + best[a + 1][b + 1] if scores[a][b] >= _PARAGRAPHS else 0.0
            best[a][b] = max(best[a + 1][b], best[a][b + 1], together)
    a = b = 0
    while a < len(old) and b < len(new):
        if scores[a][b] >= _PARAGRAPHS and best[a][b] == scores[a][b] + best[a + 1][b + 1]:
            yield old[a], new[b]
            a, b = a + 1, b + 1
        elif best[a][b] == best[a + 1][b]:
            yield old[a], None
            a += 1
        else:
            yield None, new[b]
            b += 1
    yield from ((text, None) for text in old[a:])
    yield from ((None, text) for text in new[b:])


def word_changes(old: str, new: str) -> Iterable[tuple[Literal["same", "out", "in"], str]]:
    """A text in runs of words: those that stay, those that went and those that came."""
    before, after = old.split(), new.split()
    matcher = SequenceMatcher(None, [alike(w) for w in before], [alike(w) for w in after], autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            yield "same", " ".join(after[c:d])
            continue
        if a < b:
            yield "out", " ".join(before[a:b])
        if c < d:
            yield "in", " ".join(after[c:d])
