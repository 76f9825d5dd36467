"""What a session asks of the room, of people's time and of the weeks after it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from math import cos, pi, sin

from kit.model.arrangements import Floor, FollowUp, Seat, Sign, TableOnFloor
from kit.model.article import Theme
from kit.model.language import Language
from kit.model.workshop import Workshop
from kit.schedule import shifted

FOLLOW_UPS = ((1, 0), (4, 0), (0, 3))
"""The weeks and months that each is."""

FLOOR_WIDTH = 250.0
FLOOR_HEIGHT = 118.0
FRONT = 20.0
"""Kept for the screen and the facilitator's table."""
STRIP = 20.0
AISLE = 5.0
"""Between a table's chairs and the edge of the floor that is the table's own."""
OPEN_SIDE = pi / 3
"""The half angle of a table's side towards the screen on which nobody sits."""


def people_time(language: Language, who: str, people: int, minutes: int) -> str:
    """`18 people for 3 hours 30 minutes each: 63 hours`; `who` are `people` or `facilitators`."""
    each, together = language.duration(minutes), language.duration(people * minutes)
    return language.phrase(f"people_time.{who}", n=people, each=each, together=together)


def follow_up(language: Language, day: date | None) -> tuple[FollowUp, ...]:
    """When to ask what has happened, with the dates once the session has its own."""
    points = (
        (weeks, months, shifted(day, weeks=weeks, months=months) if day else None) for weeks, months in FOLLOW_UPS
    )
    return tuple(
        FollowUp(
            language.phrase("time.weeks", n=weeks) if weeks else language.phrase("time.months", n=months),
            language.long_date(on) if on else "",
            language.short_date(on) if on else "",
        )
        for weeks, months, on in points
    )


def signs(workshop: Workshop) -> Iterator[Sign]:
    """What the activities hang on the walls, in the order of the blocks."""
    for block in workshop.blocks:
        for text in block.activity.signs if block.activity else ():
            yield Sign(text, block.title)


def main_themes(workshop: Workshop) -> tuple[Theme, ...]:
    """The themes that the blocks work on: those of the most blocks first, else in the article's order."""
    counts = Counter(id for block in workshop.blocks if block.activity for id in block.activity.themes)
    used = [theme for theme in workshop.article.themes if theme.id in counts]
    return tuple(sorted(used, key=lambda theme: -counts[theme.id]))


def seats_at(attendees: int, tables: int) -> tuple[int, ...]:
    """How many sit at each table, the fuller tables first."""
    least, over = divmod(attendees, tables)
    return tuple(least + (number < over) for number in range(tables))


def floor(language: Language, attendees: int, tables: int) -> Floor:
    """The room drawn for so many people at so many tables."""
    seats = seats_at(attendees, tables)
    high = FLOOR_HEIGHT - FRONT - STRIP
    columns = max(range(1, tables + 1), key=lambda n: min(FLOOR_WIDTH / n, high / -(-tables // n)))
    rows = -(-tables // columns)
    reach = min(FLOOR_WIDTH / columns, high / rows) / 2 - AISLE / 2
    chair = min(reach * 0.2, 4.5)
    placed = tuple(_tables(seats, columns, high / rows, reach, chair))
    seating = _seating(seats, language)
    alt = language.phrase("room_plan.alt", seating=seating[:1].upper() + seating[1:], n=rows)
    return Floor(FLOOR_WIDTH, FLOOR_HEIGHT, STRIP, chair, placed, seating, alt)


def _tables(seats: Sequence[int], columns: int, high: float, reach: float, chair: float) -> Iterator[TableOnFloor]:
    for position, here in enumerate(seats):
        row, column = divmod(position, columns)
        in_row = min(columns, len(seats) - row * columns)
        x = FLOOR_WIDTH * (column + 0.5) / columns + (columns - in_row) * FLOOR_WIDTH / columns / 2
        y = FRONT + high * (row + 0.5)
        away = reach - chair
        around = [_angle(seat, here) for seat in range(here)]
        chairs = tuple(Seat(round(x + away * sin(a), 2), round(y - away * cos(a), 2)) for a in around)
        yield TableOnFloor(position + 1, round(x, 2), round(y, 2), round(away - chair - 1, 2), chairs)


def _angle(seat: int, seats: int) -> float:
    """From the screen's side of the table, clockwise."""
    if seats == 1:
        return pi
    return OPEN_SIDE + seat * (2 * pi - 2 * OPEN_SIDE) / (seats - 1)


def _seating(seats: Sequence[int], language: Language) -> str:
    """`5 tables with 4 seats each`; `5 tables: 3 with 4 seats and 2 with 3 seats`."""
    counts = sorted(Counter(seats).items(), reverse=True)
    tables = language.phrase("count.tables", n=len(seats))
    if len(counts) == 1:
        each = "room_plan.tables_with" if len(seats) > 1 else "room_plan.table_with"
        return language.phrase(each, tables=tables, seats=language.phrase("room_plan.seats", n=counts[0][0]))
    kinds = [
        language.phrase("room_plan.some_with", n=many, seats=language.phrase("room_plan.seats", n=number))
        for number, many in counts
    ]
    return language.phrase("room_plan.tables_of_kinds", tables=tables, kinds=language.listed(kinds))
