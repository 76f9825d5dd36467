"""How a number of people divides into groups, and how many of each material that asks for."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

from kit.model.activity import Activity, Groups, Material
from kit.model.language import Language
from kit.model.workshop import Workshop

PAIRS = Groups(kind="pairs", size=2, least=2, most=3)
"""2 people, and 1 group of 3 where the number is odd: what a material for each pair is counted by."""


def sizes(people: int, groups: Groups, tables: int) -> tuple[int, ...]:
    """How many people are in each group, the larger groups first; they add up to `people`.

    Groups differ by 1 person at the most. Their number is the one that keeps them, on average, nearest to the best
    size within least and most; of two that are as near, the larger. Whoever sits at tables stays there where that
    works: with `tables` in the room, they are the groups; a call has 0. Where no number of groups keeps to least and
    most, they are as near to that as they can be: `come_out` tells.
    """
    if groups.kind in ("alone", "room"):
        return (1,) * people if groups.kind == "alone" else (people,)
    if groups.kind == "tables" and tables and come_out(_even(people, tables), groups):
        return _even(people, tables)
    number = min(range(1, people + 1), key=lambda number: (*_strays(people, number, groups), -number))
    return _even(people, number)


def come_out(divided: tuple[int, ...], groups: Groups) -> bool:
    """Whether every group is of a size that works."""
    return groups.kind in ("alone", "room") or all(groups.least <= size <= groups.most for size in divided)


def _even(people: int, number: int) -> tuple[int, ...]:
    size, larger = divmod(people, number)
    return (size + 1,) * larger + (size,) * (number - larger)


def _strays(people: int, number: int, groups: Groups) -> tuple[int, Fraction]:
    """By how many people `number` groups together are too small or too large, and how far each is off the best size."""
    size, larger = divmod(people, number)
    counts = ((size + 1, larger), (size, number - larger))
    outside = sum(max(groups.least - of, of - groups.most, 0) * many for of, many in counts)
    return outside, Fraction(sum(abs(of - groups.size) * many for of, many in counts), number)


def groups_in_words(workshop: Workshop, activity: Activity) -> str:
    """How an activity divides the people of a workshop: `8 tables of 4 and 2 of 3`."""
    return in_words(workshop.language, activity.groups, workshop.attendees, seated_at(workshop))


def in_words(language: Language, groups: Groups, people: int, tables: int) -> str:
    """`7 pairs and 1 group of 3`, `8 tables of 4 and 2 of 3`, `the whole room`.

    Where it does not come out, the sizes that work are said too: `1 group of 3 and 1 of 2, though 3 to 4 works best`.
    """
    if groups.kind == "alone":
        return language.phrase("groups.alone")
    if groups.kind == "room":
        return language.phrase("groups.room")
    divided = sizes(people, groups, tables)
    words = language.listed(_counted(language, groups, divided, at_tables=len(divided) == tables))
    if come_out(divided, groups):
        return words
    return language.phrase("groups.outside", groups=words, least=groups.least, most=groups.most)


def _counted(language: Language, groups: Groups, divided: tuple[int, ...], *, at_tables: bool) -> list[str]:
    """`8 tables of 4` and `2 of 3`: what is named once is not named again, and what there is most of comes first."""
    told: list[str] = []
    named = ""
    for size, number in sorted(Counter(divided).items(), key=lambda each: (-each[1], -each[0])):
        if groups.kind == "pairs" and size == PAIRS.size:
            name = "pairs"
        else:
            name = "tables" if groups.kind == "tables" and at_tables else "groups"
        told.append(language.phrase(f"groups.{'more' if name == named else name}", n=number, size=size))
        named = name
    return told


def sizes_that_work(workshop: Workshop, activity: Activity) -> str:
    """`3 to 5 works`: for the day, when others come.

    Empty where there is no choice, and where `groups_in_words` says it.
    """
    groups = activity.groups
    if groups.kind not in ("trios", "tables") or groups.least == groups.most:
        return ""
    if not come_out(sizes(workshop.attendees, groups, seated_at(workshop)), groups):
        return ""
    return workshop.language.phrase("groups.works", least=groups.least, most=groups.most)


def how_many(material: Material, *, people: int, tables: int, groups: Groups) -> int:
    """How many of a material to have ready for an activity that divides `people` into `groups`.

    What each table needs goes to each group where tables are the groups, be they more or fewer than stand in the room,
    and where there are no tables.
    """
    holders = {
        "person": people,
        "pair": len(sizes(people, PAIRS, tables)),
        "group": len(sizes(people, groups, tables)),
        "table": tables if tables and groups.kind != "tables" else len(sizes(people, groups, tables)),
        "room": 1,
    }[material.per]
    return holders * material.count


def ready(material: Material, activity: Activity, workshop: Workshop) -> int:
    """The same for an activity of a workshop."""
    return how_many(material, people=workshop.attendees, tables=seated_at(workshop), groups=activity.groups)


def seated_at(workshop: Workshop) -> int:
    """How many tables people sit at; none in a call."""
    return workshop.tables if workshop.plan.format == "room" else 0
