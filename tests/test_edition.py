"""Editions: how they are asked for, which documents they lay out anew, and how many copies there are of each."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.catalogue import kinds
from kit.model.edition import (
    LARGE_PRINT_SIZES,
    STANDARD,
    Edition,
    copies_in,
    editions_of,
    in_edition,
    made_in,
    parse_editions,
)
from kit.workspace import Workspace
from tests.speaking import PROJECT, english

KINDS = {kind.id: kind for kind in kinds(Workspace(PROJECT, PROJECT).templates(), english).value or ()}


def test_editions_are_asked_for_by_name_size_and_number() -> None:
    assert parse_editions("standard, large-print-22:2,dyslexia,mono:1") == (
        STANDARD,
        Edition("large-print", 22, 2),
        Edition("dyslexia", 14),
        Edition("mono", 11, 1),
    )
    assert parse_editions("large-print") == (Edition("large-print", 18),)


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("", "name an edition"),
        ("braille", "“braille” is no edition; there are standard, large-print, dyslexia, mono"),
        ("large-print-17", "16, 18, 22, 24"),
        ("mono-18", "only large-print has a size"),
        ("large-print:0", "from 1 to 1000"),
        ("mono,mono:2", "mono is named twice"),
    ],
)
def test_what_is_no_edition_is_refused_with_what_there_is(written: str, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        parse_editions(written)


def test_who_asked_for_large_print_in_the_profile_gets_it_without_being_asked_again() -> None:
    assert editions_of((), 0) == (STANDARD,)
    assert editions_of((), 2) == (STANDARD, Edition("large-print", 18, 2))
    assert editions_of(parse_editions("standard,large-print-24"), 2) == (STANDARD, Edition("large-print", 24, 2))
    assert editions_of(parse_editions("standard,large-print:3"), 2) == (STANDARD, Edition("large-print", 18, 3))


@given(
    st.lists(st.sampled_from(["standard", "large-print", "dyslexia", "mono"]), min_size=1, unique=True),
    st.lists(st.integers(1, 6) | st.none(), min_size=4, max_size=4),
    st.integers(10, 200),
)
def test_everybody_has_one_copy_and_nobody_two(names: list[str], numbers: list[int | None], people: int) -> None:
    written = ",".join(f"{name}:{number}" if number else name for name, number in zip(names, numbers, strict=False))
    editions = parse_editions(written)
    copies = {edition.id: copies_in(edition, editions, True, people) for edition in editions}
    if people >= sum(edition.copies or 1 for edition in editions[1:]):
        assert sum(copies.values()) == people
    assert all(copies[edition.id] == (edition.copies or 1) for edition in editions[1:])


def test_a_set_for_a_table_is_not_taken_from_the_others_at_it() -> None:
    editions = parse_editions("standard,large-print:2")
    assert [copies_in(edition, editions, False, 5) for edition in editions] == [5, 2]


def test_only_a_mono_printer_asks_for_pages_of_the_facilitator_anew() -> None:
    editions = parse_editions("standard,large-print,dyslexia,mono")
    assert [edition.name for edition in made_in(KINDS["guide"], editions)] == ["standard", "mono"]
    assert made_in(KINDS["workbook"], editions) == editions
    assert made_in(KINDS["deck"], parse_editions("large-print")) == (STANDARD,)


def test_whoever_prints_larger_type_is_not_told_to_cut_what_is_not_to_be_cut() -> None:
    large = parse_editions("large-print")[0]
    assert "into 4" in KINDS["pocket-card"].after_printing
    assert "nothing to cut" in in_edition(KINDS["pocket-card"], large).after_printing
    assert in_edition(KINDS["certificate"], large).after_printing == KINDS["certificate"].after_printing


@pytest.mark.parametrize("size", LARGE_PRINT_SIZES)
def test_larger_type_may_take_more_pages(size: int) -> None:
    edition = parse_editions(f"large-print-{size}")[0]
    assert KINDS["certificate"].most_pages == 1
    assert in_edition(KINDS["certificate"], edition).most_pages is None
