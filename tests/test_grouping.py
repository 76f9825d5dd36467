"""How people divide into groups, and how many of each material that asks for."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from speaking import english

from kit.grouping import PAIRS, come_out, how_many, in_words, sizes
from kit.model.activity import Groups, Material

THREES = Groups(kind="trios", size=3, least=3, most=4)
FOURS = Groups(kind="tables", size=4, least=3, most=5)


@st.composite
def groupings(draw: st.DrawFn, most_people: int = 200) -> tuple[int, Groups, int]:
    """So many people, how they are to be divided, and the tables in the room."""
    least, size, most = sorted(draw(st.lists(st.integers(1, 9), min_size=3, max_size=3)))
    kind = draw(st.sampled_from(("pairs", "trios", "tables")))
    groups = Groups.model_validate({"kind": kind, "size": size, "least": least, "most": most})
    return draw(st.integers(1, most_people)), groups, draw(st.integers(0, 30))


def partitions(people: int, least: int, most: int) -> Iterator[tuple[int, ...]]:
    """Every way to divide people into groups of least to most, the larger first."""
    if people == 0:
        yield ()
    for size in range(min(people, most), least - 1, -1):
        for rest in partitions(people - size, least, size):
            yield (size, *rest)


@given(groupings())
def test_everybody_is_in_a_group_and_no_group_is_much_larger_than_another(case: tuple[int, Groups, int]) -> None:
    people, groups, tables = case
    divided = sizes(people, groups, tables)
    assert sum(divided) == people
    assert max(divided) - min(divided) <= 1
    assert list(divided) == sorted(divided, reverse=True)


@given(groupings(most_people=24))
def test_groups_are_of_sizes_that_work_wherever_there_is_a_way(case: tuple[int, Groups, int]) -> None:
    people, groups, tables = case
    ways = list(partitions(people, groups.least, groups.most))
    assert come_out(sizes(people, groups, tables), groups) == bool(ways)


@given(groupings(most_people=24))
def test_groups_are_on_average_as_near_to_the_best_size_as_can_be(case: tuple[int, Groups, int]) -> None:
    people, groups, _ = case

    def off(divided: tuple[int, ...]) -> Fraction:
        return Fraction(sum(abs(size - groups.size) for size in divided), len(divided))

    ways = [off(way) for way in partitions(people, groups.least, groups.most)]
    if ways:
        assert off(sizes(people, groups, 0)) == min(ways)


@given(groupings())
def test_people_stay_at_their_tables_where_that_works(case: tuple[int, Groups, int]) -> None:
    people, groups, tables = case
    divided = sizes(people, groups, tables)
    if groups.kind == "tables" and tables and groups.least * tables <= people <= groups.most * tables:
        assert len(divided) == tables


@given(groupings(), st.sampled_from(("pair", "group", "table")))
def test_no_group_goes_without(case: tuple[int, Groups, int], per: str) -> None:
    people, groups, tables = case
    material = Material.model_validate({"id": "set", "item": "Set", "per": per, "count": 2})
    number = how_many(material, people=people, tables=tables, groups=groups)
    assert number >= 2
    if per == "group" or (per == "table" and groups.kind == "tables"):
        assert number == 2 * len(sizes(people, groups, tables))


@pytest.mark.parametrize(
    ("people", "tables", "groups", "words"),
    [
        (16, 4, PAIRS, "8 pairs"),
        (17, 5, PAIRS, "7 pairs and 1 group of 3"),
        (3, 1, PAIRS, "1 group of 3"),
        (16, 4, THREES, "4 groups of 3 and 1 of 4"),
        (38, 10, FOURS, "8 tables of 4 and 2 of 3"),
        (7, 2, FOURS, "1 table of 4 and 1 of 3"),
        (38, 3, FOURS, "8 groups of 4 and 2 of 3"),
        (38, 0, FOURS, "8 groups of 4 and 2 of 3"),
        (5, 2, THREES, "1 group of 3 and 1 of 2, though 3 to 4 works best"),
        (1, 1, PAIRS, "1 group of 1, though 2 to 3 works best"),
        (9, 3, Groups(kind="alone", size=1, least=1, most=1), "each person alone"),
        (9, 3, Groups(kind="room", size=16, least=8, most=24), "the whole room"),
    ],
)
def test_groups_in_words(people: int, tables: int, groups: Groups, words: str) -> None:
    assert in_words(english, groups, people, tables) == words


@pytest.mark.parametrize(
    ("per", "count", "needed"), [("person", 1, 9), ("pair", 1, 4), ("group", 2, 4), ("table", 3, 9), ("room", 1, 1)]
)
def test_what_to_have_ready_follows_the_groups(per: str, count: int, needed: int) -> None:
    material = Material.model_validate({"id": "pen", "item": "Pen", "per": per, "count": count})
    groups = Groups(kind="trios", size=4, least=3, most=5)
    assert how_many(material, people=9, tables=3, groups=groups) == needed
