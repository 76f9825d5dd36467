"""Worksheets on their pages: which parts stand on which page, and how many lines to write on fill it to the foot.

Every length is in millimetres. Words are measured by counting letters, a little on the large side: a page is never to
spill over. The style sheet of the workbook draws what is worked out here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from math import ceil

from markupsafe import Markup

from kit.model.activity import DiagramPart, TablePart
from kit.model.document import HandoutView, PartView, QuoteView, ScenarioView, ThemeView
from kit.model.page import Page
from kit.render.markdown import plain

Draw = Callable[[DiagramPart], Markup]
"""The drawing of a part that has one."""

NOTES_FROM = 45
"""What is left of a page from here on becomes lines for notes."""
PIECES_APART = 2
"""From one piece of a part to the next."""
MOST_LINES = 4
"""Lines of a printed row in its column; a grid that would take more is laid out as a list."""


@dataclass(frozen=True)
class Item:
    """A part of a worksheet, or a piece of one that stands on a page of its own."""

    view: PartView
    height: float
    drawing: str = ""
    """Mark-up."""
    quotes: tuple[QuoteView, ...] = ()
    widths: tuple[float, ...] = ()
    """Of the columns of a grid; none where it is laid out as a list."""
    rows: range = range(0)
    """Of a grid: those of its rows that are in this piece, blank ones after the printed."""
    first: bool = True
    """The piece that a part begins with: its caption stands above it."""
    lines: int = 0
    """Lines to write on, in each place that there is to write in."""
    line: float = 0
    """The height of one in a grid."""
    apart: float = 0
    """From what stands above it."""
    long: bool = False
    """It does not fit on a page, and may be broken."""

    @property
    def places(self) -> int:
        """How many lines grow with it when a page has room to spare."""
        part = self.view.part
        if part.kind == "lines":
            return part.lines
        if isinstance(part, TablePart):
            if self.widths:
                return part.lines * len(self.rows)
            return part.lines * sum(len(part.columns) - (row < len(part.rows)) for row in self.rows)
        return 0


@dataclass(frozen=True)
class Leaf:
    """A page of a worksheet: what stands on it, and how many lines for notes close it."""

    items: tuple[Item, ...]
    apart: float
    notes: int = 0


def leaves(handout: HandoutView, page: Page, draw: Draw) -> tuple[Leaf, ...]:
    """The pages of a worksheet. What a page has to spare goes to its lines and rows."""
    head = _head(handout, page)
    again = _continued(handout, page) if page.continues else 0.0
    waiting = [item for view in handout.parts for item in _items(view, page, draw)]
    apart = page.apart if head + sum(item.height + page.apart for item in waiting) <= page.room else page.close
    done: list[Leaf] = []
    placed: list[Item] = []
    used = head
    while waiting:
        item = waiting.pop(0)
        item = replace(
            item,
            apart=apart if item.first or not placed else PIECES_APART,
            long=item.height + apart > page.room - head,
        )
        if page.continues and item.widths and item.height + apart > page.room - again and not placed:
            item, *rest = _split(item, page.room - used - apart, page)
            waiting = rest + waiting
        if placed and (used + item.height + item.apart > page.room or (page.one_idea and item.first)):
            done.append(_filled(placed, page.room - used, apart, page))
            placed, used = [], again
            waiting.insert(0, item)
            continue
        placed.append(item)
        used += item.height + item.apart
    return (*done, _filled(placed, page.room - used, apart, page))


def _split(item: Item, room: float, page: Page) -> list[Item]:
    """A grid as what fits in `room` and the rest; whole where not even 2 of its rows fit."""
    part = item.view.part
    assert isinstance(part, TablePart)
    for last in range(item.rows.stop - 1, item.rows.start + 1, -1):
        rows = range(item.rows.start, last)
        height = table_height(part, rows, item.widths, page.ruling, page)
        if height <= room:
            rest = range(last, item.rows.stop)
            left = table_height(part, rest, item.widths, page.ruling, page)
            return [
                replace(item, rows=rows, height=height, long=False),
                replace(item, rows=rest, height=left, long=False, first=False),
            ]
    return [item]


def _filled(items: Sequence[Item], spare: float, apart: float, page: Page) -> Leaf:
    left, owed = max(spare, 0), 0.0
    places = sum(item.places for item in items)
    share = min(left / max(places, 1), page.most_spare)
    if page.one_idea and all(item.view.part.kind == "lines" for item in items):
        share = left / max(places, 1)
    grown = []
    for item in items:
        part = item.view.part
        if part.kind == "lines":
            owed += share * part.lines
            more = int(owed / page.ruling)
            owed -= more * page.ruling
            left -= more * page.ruling
            item = replace(item, lines=part.lines + more)
        elif isinstance(part, TablePart) and item.widths:
            item = replace(item, line=page.ruling + share)
            left -= table_height(part, item.rows, item.widths, item.line, page) - item.height
        elif isinstance(part, TablePart):
            # All rows alike, whatever that leaves.
            more = int(share / page.ruling)
            left -= more * page.ruling * item.places
            item = replace(item, lines=part.lines + more * part.lines)
        grown.append(item)
    notes = int((left - page.notes_head) / page.ruling) if left > NOTES_FROM else 0
    return Leaf(tuple(grown), apart, notes)


# What stands above the parts ------------------------------------------------------------------------------


def _head(handout: HandoutView, page: Page) -> float:
    question = ceil(len(plain(handout.question)) / page.question_letters) * page.question_room
    if page.head is not None:
        return page.head + question
    width = page.text_width - 5
    lines = lines_of(handout.question, width, page.text_width / page.question_letters)
    return _continued(handout, page) + 4 + lines * page.question_room


def _continued(handout: HandoutView, page: Page) -> float:
    """The lines with number, activity and time, and the title; as much is kept on every page of the worksheet."""
    activity = handout.activity if handout.activity != handout.title else ""
    if page.one_idea:
        eyebrow = 2 + lines_of(activity, page.text_width, page.letter) if activity else 1
    else:
        # Number, activity and time stand on one line; each has as much as 10 letters in labels and spaces.
        eyebrow = lines_of(f"{activity} {handout.clock}", page.text_width - 20 * page.letter, page.letter)
    return 3 + page.work_room * (eyebrow + lines_of(handout.title, page.text_width, page.letter * 1.15))


# The parts ----------------------------------------------------------------------------------------


def _items(view: PartView, page: Page, draw: Draw) -> list[Item]:
    part = view.part
    if isinstance(part, TablePart):
        rows = range(len(part.rows) + part.blank_rows)
        widths = column_widths(part, page)
        if widths:
            return [Item(view, table_height(part, rows, widths, page.ruling, page), widths=widths, rows=rows)]
        return [Item(view, row_height(part, row, page), rows=range(row, row + 1), first=row == 0) for row in rows]
    if part.kind == "quotes" and page.continues:
        return [
            Item(view, _quote_height(quote, part.lines, page), quotes=(quote,), first=quote == view.quotes[0])
            for quote in view.quotes
        ]
    if part.kind == "diagram":
        drawing = draw(part)
        height = float(str(drawing).split('height="')[1].split("mm")[0])
        return [Item(view, _prompt(part.caption, page) + 2.5 + height, drawing=drawing)]
    return [Item(view, _height(view, page), quotes=view.quotes)]


def _height(view: PartView, page: Page) -> float:
    part = view.part
    if part.kind == "lines":
        return _prompt(part.prompt, page) + part.lines * page.ruling
    if part.kind == "quotes":
        return sum(_quote_height(quote, part.lines, page) for quote in view.quotes)
    if part.kind == "checklist":
        ticks = (
            len(part.items)
            if not page.continues
            else sum(lines_of(each, page.text_width - 12, page.letter) for each in part.items)
        )
        return _prompt(part.prompt, page) + 2 + ticks * page.tick_room
    if part.kind == "text":
        return _prompt(part.text, page) + 2.5 * len(part.text.split("\n\n"))
    raise TypeError(part.kind)


def _prompt(text: str, page: Page) -> float:
    return lines_of(text, page.text_width - 2, page.letter) * page.work_room


def _quote_height(quote: QuoteView, lines: int, page: Page) -> float:
    if not page.continues:
        return lines_of(quote.text, page.text_width - 20, page.letter) * page.quote_room + 12 + lines * page.ruling
    speaker = lines_of(f"{quote.speaker}, {quote.post}. {quote.citation}", page.text_width - 2, page.letter)
    words = lines_of(quote.text, page.text_width - 6, page.letter * (1 if page.one_idea else 1.12))
    return words * page.quote_room + speaker * page.work_room + 6 + lines * page.ruling


def lines_of(text: str, width: float, letter: float) -> int:
    """Lines that words take in a column, at `letter` for the width of a letter."""
    lines, used = 0, 0.0
    for word in plain(text).split():
        long = (len(word) + 1) * letter
        if lines == 0 or used + long > width + letter:
            lines, used = lines + 1, long
        else:
            used += long
    return lines


# Grids ----------------------------------------------------------------------------------------


def column_widths(part: TablePart, page: Page) -> tuple[float, ...]:
    """How wide the columns of a grid are; nothing when they cannot hold their words, or are too narrow to write in.

    A column that its author drew narrow is one to tick or for a date, and needs less.
    """
    shares = part.widths or (1,) * len(part.columns)
    widths = tuple(page.text_width * (share / sum(shares)) for share in shares)
    if page.least_column is None:
        return widths
    letter = page.cell_letter
    words = [_longest_word([column], letter) for column in part.columns]
    words[0] = max(words[0], _longest_word(part.rows, letter))
    to_tick = [share < 0.6 * sum(shares) / len(shares) for share in shares]
    least = [
        max(word, page.least_tick if tick else page.least_column) for word, tick in zip(words, to_tick, strict=True)
    ]
    if sum(least) > page.text_width:
        return ()
    lacking = [max(need - width, 0) for need, width in zip(least, widths, strict=True)]
    to_give = [max(width - need, 0) for need, width in zip(least, widths, strict=True)]
    given = sum(lacking) / sum(to_give) if sum(lacking) else 0
    fitted = tuple(width + lack - give * given for width, lack, give in zip(widths, lacking, to_give, strict=True))
    if any(lines_of(row, fitted[0] - 3, letter) > MOST_LINES for row in part.rows):
        return ()
    return fitted


def _longest_word(texts: Sequence[str], letter: float) -> float:
    """The width that the longest word of `texts` needs, with the padding of its cell."""
    return max((len(word) for text in texts for word in plain(text).split()), default=0) * letter * 1.04 + 3.4


def cell_height(part: TablePart, index: int, widths: Sequence[float], line: float, page: Page) -> float:
    """Row `index` of a grid, blank ones after the printed, with `line` for each line of handwriting."""
    words = 0.0
    if index < len(part.rows):
        words = lines_of(part.rows[index], widths[0] - 3, page.cell_letter) * page.cell_room + 2.5
    return max(words, part.lines * line)


def table_height(part: TablePart, rows: range, widths: Sequence[float], line: float, page: Page) -> float:
    """A grid, or some of its rows, with the caption and the head."""
    columns = zip(part.columns, widths, strict=True)
    head = max(1, *(lines_of(column, width - 3, page.cell_letter) for column, width in columns))
    caption = _prompt(part.caption, page) + 2 if page.continues else 7.7
    return caption + sum(cell_height(part, row, widths, line, page) for row in rows) + head * page.cell_room + 3


def row_height(part: TablePart, index: int, page: Page) -> float:
    """A row of a grid that is laid out as a list: its name, and a place to write in for each column."""
    height = 4.0
    if index == 0:
        height += _prompt(part.caption, page) + 2
    cells = part.columns
    if index < len(part.rows):
        height += _prompt(f"{part.columns[0]}: {part.rows[index]}", page)
        cells = part.columns[1:]
    for column in cells:
        height += part.lines * page.ruling + (0 if on_its_line(column, page) else _prompt(column, page))
    return height


def on_its_line(label: str, page: Page) -> bool:
    """Whether a label leaves half of its line to write on."""
    return len(label) * page.letter < page.text_width * 0.5 and page.work_room < page.ruling


# Pages that are filled with lines ------------------------------------------------------------------


def task_lines(tasks: Sequence[str], page: Page) -> tuple[int, ...]:
    """Lines below each task between 2 sessions. A task takes its own lines and 10 mm of margins."""
    if page.one_idea:
        head = 4 * page.work_room
        return tuple(max(int((page.room - head - _prompt(task, page) * 1.1 - 10) / page.ruling), 3) for task in tasks)
    words = sum(10 + page.work_room * lines_of(task, page.text_width - 12, page.letter) for task in tasks)
    free = page.room - 26 * (page.work_room / 5.65) - words
    return (int(free / page.ruling / len(tasks)),) * len(tasks)


def scenario_lines(scenarios: Sequence[ScenarioView], page: Page) -> tuple[int, ...]:
    """Lines below each situation: 3 of them share a standard page, elsewhere each has its own."""
    words = [_words(each, page) for each in scenarios]
    if page.continues:
        above = [(8 if number == 0 else 4) * page.work_room for number in range(len(scenarios))]
        return tuple(max(int((page.room - a - w) / page.ruling), 3) for a, w in zip(above, words, strict=True))
    # Both the heading and each situation's own title and margins take room before there is any to write in.
    free = page.room - 36 - sum(22 + each for each in words[:3])
    return (max(3, int(free / page.ruling / min(len(scenarios), 3))),) * len(scenarios)


def theme_lines(theme: ThemeView, page: Page) -> int:
    """Lines below a theme that has a page of its own."""
    words = lines_of(theme.explanation, page.text_width - 18, page.letter) + lines_of(
        theme.question, page.text_width - 18, page.letter
    )
    return max(int((page.room - (words + 3) * page.work_room) / page.ruling), 0)


def _words(scenario: ScenarioView, page: Page) -> float:
    # Body text is smaller than that of worksheets, so more of it goes on a line.
    width = page.text_width + 8 if not page.continues else page.text_width * page.work / page.body
    lines = lines_of(scenario.text, width, page.letter) + lines_of(scenario.question, width, page.letter)
    return page.body_room * lines
