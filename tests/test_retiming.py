"""A session in its slot: what holds whatever the blocks are, and what trying everything finds too."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from random import Random

import pytest
from bruteforce import changeovers, choices, cover, fillings, keeps_the_rules, lengths
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from kit.model.plan import Priority
from kit.retiming import Given, Piece, Retimed, Span, Unfit, changeover, needed, retimed, span_of

NINE = 9 * 60
PRIORITIES: tuple[Priority, ...] = ("must", "should", "could")

Plan = tuple[tuple[Piece, ...], int]
"""The blocks of a plan, and when it starts."""


@st.composite
def plans(
    draw: st.DrawFn,
    *,
    most_blocks: int = 10,
    room: int = 12,
    longest: int = 50,
    changeovers: bool = True,
    fixed: bool = True,
) -> Plan:
    """Plans of any kind. `room` is between the least and the most of a block; without `fixed`, no locks, no lunches."""
    start = draw(st.sampled_from((NINE, NINE + 25, 11 * 60, 12 * 60 + 15, 18 * 60)))
    return tuple(
        draw(_piece(f"block-{place}", start, room, longest, changeovers, fixed))
        for place in range(draw(st.integers(1, most_blocks)))
    ), start


@st.composite
def _piece(draw: st.DrawFn, id: str, start: int, room: int, longest: int, changeovers: bool, fixed: bool) -> Piece:
    is_break = draw(st.integers(0, 3)) == 0
    lunch = is_break and fixed and draw(st.integers(0, 3)) == 0
    least = 30 if lunch else draw(st.sampled_from((10, 15))) if is_break else draw(st.integers(3, longest))
    most = least + draw(st.integers(0, room))
    return Piece(
        id,
        draw(st.sampled_from(PRIORITIES)),
        least,
        draw(st.integers(least, most)),
        most,
        is_break=is_break,
        changeover=draw(st.sampled_from((0, 0, 2, 5))) if changeovers and not is_break else 0,
        objectives=() if is_break else tuple(draw(st.sets(st.sampled_from("xyz"), max_size=2))),
        start=start + 5 * draw(st.integers(0, 30)) if fixed and draw(st.integers(0, 9)) == 0 else None,
        lunch=lunch,
    )


def ids(found: Retimed) -> tuple[str, ...]:
    return tuple(each.id for each in found.kept)


def kept_of(pieces: Sequence[Piece], found: Retimed) -> tuple[Piece, ...]:
    return tuple(piece for piece in pieces if piece.id in ids(found))


def some_lengths(span: Span) -> range:
    """The lengths of a span, or so many of them that a test is done soon."""
    return range(span.least, span.most + 1, max(1, (span.most - span.least) // 9))


def fitted(pieces: Sequence[Piece], start: int, minutes: int, always: frozenset[str] = frozenset()) -> Retimed:
    found = retimed(pieces, start, minutes, always)
    assert isinstance(found, Retimed)
    return found


# What holds whatever the blocks are ---------------------------------------------------------------


@given(plans(), st.booleans())
def test_a_session_that_fits_fills_its_slot_and_keeps_every_rule(plan: Plan, few: bool) -> None:
    pieces, start = plan
    always = needed(pieces)
    for minutes in some_lengths(span_of(pieces, start, always)):
        found = retimed(pieces, start, minutes, always, few=few)
        if isinstance(found, Unfit):
            continue
        kept = kept_of(pieces, found)
        assert ids(found) == tuple(piece.id for piece in kept)
        assert set(found.left_out) == {piece.id for piece in pieces} - set(ids(found))
        assert [each.start for each in found.kept] == [start, *(each.end for each in found.kept)][: len(kept)]
        assert sum(each.minutes for each in found.kept) == minutes
        assert [each.changeover for each in found.kept] == changeovers(kept)
        assert keeps_the_rules(kept, [each.minutes for each in found.kept], start)
        assert all(piece in kept for piece in pieces if piece.priority == "must" or piece.start is not None)
        assert always <= set(ids(found))
        wanted = {objective for piece in pieces for objective in piece.objectives}
        assert wanted == {objective for piece in kept for objective in piece.objectives}
        assert found == retimed(pieces, start, minutes, always, few=few)


@settings(max_examples=150)
@given(plans())
def test_more_time_never_drops_a_block_that_less_time_kept(plan: Plan) -> None:
    pieces, start = plan
    always = needed(pieces)
    span = span_of(pieces, start, always)
    kept: frozenset[str] = frozenset()
    for minutes in range(span.least, span.most + 1):
        found = retimed(pieces, start, minutes, always)
        if isinstance(found, Retimed):
            assert kept <= set(ids(found))
            kept = frozenset(ids(found))


@given(plans())
def test_the_span_is_where_a_session_begins_to_fit_and_where_it_ends(plan: Plan) -> None:
    pieces, start = plan
    always = needed(pieces)
    span = span_of(pieces, start, always)
    if span.least > span.most:
        assert all(isinstance(retimed(pieces, start, m, always), Unfit) for m in range(5, 300, 7))
        return
    for minutes in (span.least, span.most):
        assert isinstance(retimed(pieces, start, minutes, always), Retimed)
    for minutes in (span.least - 1, span.most + 1):
        told = retimed(pieces, start, minutes, always)
        assert isinstance(told, Unfit)
        assert (told.span, told.gap, told.locked) == (span, None, "")


@given(plans())
def test_a_length_in_the_span_that_is_refused_is_told_with_the_lengths_beside_it_that_work(plan: Plan) -> None:
    pieces, start = plan
    span = span_of(pieces, start)
    refused = {m: retimed(pieces, start, m) for m in range(span.least, span.most + 1)}
    for minutes, told in refused.items():
        if isinstance(told, Unfit):
            assert told.gap is not None
            shorter, longer = told.gap
            assert shorter < minutes < longer
            assert all(isinstance(refused[m], Unfit) for m in range(shorter + 1, longer))
            assert isinstance(refused[shorter], Retimed)
            assert isinstance(refused[longer], Retimed)


# What trying everything finds ---------------------------------------------------------------------


def price(kept: Sequence[Piece], minutes: Sequence[int], start: int, *, few: bool) -> int:
    """What a session costs: the square of the share of its room that each block uses, and each start off the mark."""
    down, up = {"must": 3, "should": 2, "could": 1}, {"must": 2, "should": 3, "could": 4}
    total, at = 0, start
    for place, (piece, change, taken) in enumerate(zip(kept, changeovers(kept), minutes, strict=True)):
        least, most = piece.least + change, piece.most + change
        best = min(max(piece.best, least), most)
        if taken < best:
            total += 1000 * down[piece.priority] * (best - taken) ** 2 // (best - least) ** 2
        elif taken > best:
            total += 1000 * up[piece.priority] * (taken - best) ** 2 // (most - best) ** 2
        total += (1500 if few and taken != best else 0) + (400 if place and at % 5 else 0)
        at += taken
    return total


@given(plans(most_blocks=5, room=5), st.booleans())
def test_the_minutes_are_those_that_cost_least_of_all(plan: Plan, few: bool) -> None:
    pieces, start = plan
    span = span_of(pieces, start)
    for minutes in some_lengths(span)[::3]:
        found = retimed(pieces, start, minutes, few=few)
        if isinstance(found, Retimed):
            kept = kept_of(pieces, found)
            mine = price(kept, [each.minutes for each in found.kept], start, few=few)
            assert mine == min(price(kept, each, start, few=few) for each in fillings(kept, start, minutes))


@given(plans(most_blocks=5, room=6))
def test_no_length_is_taken_that_no_choice_of_blocks_fills(plan: Plan) -> None:
    pieces, start = plan
    always = needed(pieces)
    filled = set().union(*(lengths(kept, start) for kept in choices(pieces, always)))
    for minutes in range(1, 260):
        found = retimed(pieces, start, minutes, always)
        if isinstance(found, Retimed):
            assert minutes in filled
            assert minutes in lengths(kept_of(pieces, found), start)


@given(plans(most_blocks=6, room=6, fixed=False))
def test_without_locks_and_lunches_the_least_is_the_shortest_length_that_any_choice_fills(plan: Plan) -> None:
    pieces, start = plan
    always = needed(pieces)
    filled = set().union(*(lengths(kept, start) for kept in choices(pieces, always)))
    span = span_of(pieces, start, always)
    assert (span.least <= span.most) == bool(filled)
    if filled:
        assert span.least == min(filled)
        assert span.most <= max(filled)


@given(plans(most_blocks=5, room=6, longest=12, changeovers=False, fixed=False))
def test_where_no_break_is_needed_as_many_shoulds_are_kept_as_can_be_and_then_coulds(plan: Plan) -> None:
    pieces, start = plan
    assume(sum(piece.most for piece in pieces) <= 90)
    always = needed(pieces)

    def shoulds(kept: Sequence[Piece]) -> int:
        return sum(piece.priority == "should" and not piece.is_break for piece in kept)

    filled = [(kept, lengths(kept, start)) for kept in choices(pieces, always)]
    for minutes in range(1, sum(piece.most for piece in pieces) + 1):
        found = retimed(pieces, start, minutes, always)
        if isinstance(found, Retimed):
            kept = kept_of(pieces, found)
            assert shoulds(kept) == max(shoulds(other) for other, can in filled if minutes in can)
            if any(piece.priority == "could" and piece.id not in always for piece in kept):
                assert all(piece in kept for piece in pieces if piece.priority == "should")


@given(plans(most_blocks=6), st.sets(st.sampled_from("xyz")))
def test_objectives_are_kept_by_the_fewest_coulds_and_then_in_the_fewest_minutes(plan: Plan, reached: set[str]) -> None:
    pieces, _ = plan
    assert needed(pieces, frozenset(reached)) == cover(pieces, frozenset(reached))


# In particular ------------------------------------------------------------------------------------


def block(
    id: str, minutes: int, room: int = 0, priority: Priority = "must", *, start: int | None = None, change: int = 0
) -> Piece:
    return Piece(id, priority, minutes, minutes, minutes + room, start=start, changeover=change)


def pause(id: str, minutes: int = 10, room: int = 0, priority: Priority = "should", *, lunch: bool = False) -> Piece:
    return Piece(id, priority, minutes, minutes, minutes + room, is_break=True, lunch=lunch)


def test_blocks_keep_the_minutes_of_the_plan_in_the_slot_of_the_plan() -> None:
    pieces = (block("a", 20, 10), pause("tea", 10, 5), block("b", 30, 10, "could"))
    assert fitted(pieces, NINE, 60).kept == (
        Given("a", NINE, 20, 0),
        Given("tea", NINE + 20, 10, 0),
        Given("b", NINE + 30, 30, 0),
    )


def test_a_changeover_stands_at_the_beginning_of_the_block_after_it_and_beside_no_break() -> None:
    pieces = (block("a", 20), block("b", 20, change=5), block("c", 20), pause("tea"), block("d", 20, change=5))
    assert [each.changeover for each in fitted(pieces, NINE, 100).kept] == [0, 5, 5, 0, 0]
    assert (changeover(0, 5), changeover(None, 5), changeover(5, None), changeover(5, 2)) == (5, 0, 0, 5)


def test_without_the_block_between_people_stay_as_they_are_placed() -> None:
    pieces = (block("a", 20, change=5), block("b", 20, 0, "could"), block("c", 20, change=5))
    assert span_of(pieces, NINE) == Span(45, 70)
    assert [each.changeover for each in fitted(pieces, NINE, 45).kept] == [0, 5]


def test_the_breaks_are_those_with_which_the_session_takes_the_least_time() -> None:
    pieces = (
        *(block("a", 45), pause("first", 15, priority="should"), block("b", 40)),
        *(pause("second", 10, priority="could"), block("c", 45)),
    )
    assert span_of(pieces, NINE).least == 140
    assert fitted(pieces, NINE, 140).left_out == ("first",)
    assert fitted(pieces, NINE, 155).left_out == ()


def test_a_break_that_is_left_over_joins_after_the_activities_of_its_priority() -> None:
    pieces = (block("a", 20, 30), pause("tea"), block("b", 15, 0, "should"), block("c", 5, 0, "could"))
    assert fitted(pieces, NINE, 30).left_out == ("tea", "b", "c")
    assert fitted(pieces, NINE, 35).left_out == ("tea", "c")
    assert fitted(pieces, NINE, 45).left_out == ("c",)


def test_a_block_that_leaves_less_time_after_a_locked_start_stays_out() -> None:
    pieces = (
        *(block("a", 10, 40), pause("tea", priority="must"), block("x", 5, 0, "should")),
        block("visit", 10, 80, start=NINE + 60),
    )
    assert span_of(pieces, NINE).most == 150
    assert all(fitted(pieces, NINE, minutes).left_out == ("x",) for minutes in range(70, 151, 10))


def test_what_fills_the_time_before_a_locked_start_comes_in_even_past_a_lunch_that_has_no_place() -> None:
    pieces = (
        *(block("filler", 45, 0, "could"), pause("lunch", 30, lunch=True)),
        *(block("short", 10, 10), block("visit", 5, start=NINE + 61)),
    )
    assert fitted(pieces, NINE, 66).left_out == ("lunch",)


def test_a_start_that_cannot_be_kept_is_told_with_what_could() -> None:
    pieces = (block("a", 20, 5), pause("tea", 10, 5, "must"), block("visit", 20, start=NINE + 60))
    told = retimed(pieces, NINE, 80)
    assert isinstance(told, Unfit)
    assert (told.locked, told.reached) == ("visit", (NINE + 30, NINE + 40))


def test_no_lunch_is_had_in_the_evening() -> None:
    pieces = (block("a", 60), pause("lunch", 30, priority="must", lunch=True), block("b", 60))
    told = retimed(pieces, 18 * 60, 150)
    assert isinstance(told, Unfit)
    assert told.span.least > told.span.most


def test_a_length_that_only_a_could_before_a_should_would_fill_is_refused() -> None:
    """With it in, a little more time would drop the could for the should."""
    pieces = (block("a", 20), block("long", 30, 0, "should"), block("short", 10, 0, "could"))
    told = retimed(pieces, NINE, 30)
    assert isinstance(told, Unfit)
    assert told.gap == (20, 50)


def test_blocks_that_reach_what_nothing_else_reaches_are_needed() -> None:
    sort = replace(block("sort", 30, 0, "should"), objectives=("see", "say"))
    pairs = replace(block("pairs", 20, 0, "should"), objectives=("see",))
    rounds = replace(block("rounds", 5, 0, "could"), objectives=("say",))
    assert needed((sort, pairs, rounds)) == {"sort"}
    assert needed((sort, pairs, rounds), frozenset({"say"})) == {"pairs"}
    assert needed((replace(pairs, priority="must"), rounds)) == {"rounds"}


# Speed --------------------------------------------------------------------------------------------


def long_day(blocks: int = 40) -> tuple[Piece, ...]:
    """A day of so many short blocks: the same each time."""
    random = Random(3)
    return tuple(
        pause(f"break-{place}", 10, 10) if place % 7 == 6 else _short(random, f"block-{place}")
        for place in range(blocks)
    )


def _short(random: Random, id: str) -> Piece:
    best = random.randint(6, 16)
    least, most = best - random.randint(1, 5), best + random.randint(1, 6)
    changes, reaches = random.randint(0, 2), f"objective-{random.randint(0, 4)}"
    return Piece(id, random.choice(PRIORITIES), least, best, most, changeover=changes, objectives=(reaches,))


@pytest.mark.parametrize("share", [0.0, 0.25, 0.5, 0.75, 0.9, 1.0])
def test_a_day_of_40_blocks_is_fitted_at_once(share: float) -> None:
    pieces = long_day()
    always = needed(pieces)
    span = span_of(pieces, NINE, always)
    minutes = span.least + round(share * (span.most - span.least))
    times = []
    for _ in range(3):
        begun = time.process_time()
        fitted(pieces, NINE, minutes, always)
        times.append(time.process_time() - begun)
    assert min(times) < 0.4


def test_a_locked_start_is_met_by_whichever_blocks_fill_the_time_before_it() -> None:
    pieces = (
        Piece("a", "should", 20, 20, 20),
        Piece("b", "should", 30, 30, 30),
        Piece("speaker", "must", 10, 10, 10, start=570),
    )
    found = retimed(pieces, 540, 40)
    assert isinstance(found, Retimed)
    assert [given.id for given in found.kept] == ["b", "speaker"]
    assert found.kept[1].start == 570
