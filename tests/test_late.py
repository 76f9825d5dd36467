"""What to do when late: what holds of every way to the end of every session of the base."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.late import BEHIND, WayToTheEnd, spare, ways_to_the_end
from kit.leeway import least
from kit.load import Library, load
from kit.localise import Request, localise
from kit.model.workshop import Session, SessionBlock
from kit.retiming import SHORTEST_BREAK, SHORTEST_LUNCH
from kit.workspace import Workspace

PLANS = ("evening", "foundation", "full-day", "half-day", "lunch", "online", "series", "taster")


@pytest.fixture(scope="module")
def library(project: Workspace) -> Library:
    found = load(project).value
    assert found is not None
    return found


def sessions_of(library: Library, plan: str, request: Request | None = None) -> tuple[Session, ...]:
    workshop = localise(library, plan, request or Request()).value
    assert workshop is not None
    return workshop.sessions


def minutes_of(way: WayToTheEnd) -> dict[str, int]:
    """What each block gets that is kept."""
    changed = {block.id: minutes for block, minutes in way.changed}
    return {block.id: changed.get(block.id, block.minutes) for block, _ in way.starts}


def holds(session: Session, way: WayToTheEnd) -> None:
    """What is true of any way, or this fails."""
    assert way.over is not None
    place = session.blocks.index(way.block)
    kept, minutes = [block for block, _ in way.starts], minutes_of(way)
    at = way.block.start + way.behind
    for block, start in way.starts:
        assert start == at
        at += minutes[block.id]
    assert at <= session.end + way.over
    if way.over:
        assert at == session.end + way.over
    elif at < session.end:
        assert way.left_out
        assert all(minutes[block.id] == max(block.most, block.minutes) for block in kept)
    assert sorted([*kept, *way.left_out], key=session.blocks.index) == list(session.blocks[place:])
    assert all(block.priority != "must" for block in way.left_out)
    assert all(block.activity is not None for block in way.left_out)
    for block in kept:
        if block.activity is None:
            assert least_of_a_break(block) <= minutes[block.id] <= block.minutes
        else:
            assert least(block) - block.changeover <= minutes[block.id] <= block.most
    objectives = {id for block in session.blocks for id in block.objectives}
    reached = {id for block in session.blocks[:place] for id in block.objectives}
    assert objectives <= reached | {id for block in kept for id in block.objectives}


def least_of_a_break(block: SessionBlock) -> int:
    return min(block.minutes, SHORTEST_LUNCH if block.minutes >= SHORTEST_LUNCH else SHORTEST_BREAK)


def by_block(session: Session) -> list[list[WayToTheEnd]]:
    return [list(ways) for _, ways in groupby(ways_to_the_end(session), key=lambda way: way.block.id)]


@pytest.mark.parametrize("plan", PLANS)
def test_every_block_of_every_session_has_a_way_to_the_end_at_each_lateness(library: Library, plan: str) -> None:
    for session in sessions_of(library, plan):
        found = by_block(session)
        assert [ways[0].block for ways in found] == list(session.blocks)
        for ways in found:
            assert [way.behind for way in ways] == list(BEHIND)
            for way in ways:
                holds(session, way)


@pytest.mark.parametrize("plan", PLANS)
def test_whoever_is_later_ends_later_and_gets_no_block_back(library: Library, plan: str) -> None:
    for session in sessions_of(library, plan):
        for ways in by_block(session):
            for sooner, later in pairwise(ways):
                assert (sooner.over or 0) <= (later.over or 0)
                assert {block.id for block in sooner.left_out} <= {block.id for block in later.left_out}


@pytest.mark.parametrize("minutes", [105, 150, 200])
def test_a_session_that_was_fitted_to_its_slot_has_ways_to_the_end_too(library: Library, minutes: int) -> None:
    (session,) = sessions_of(library, "half-day", Request(minutes=minutes))
    for way in ways_to_the_end(session):
        holds(session, way)


def test_a_few_blocks_lose_much_rather_than_many_a_little(library: Library) -> None:
    (session,) = sessions_of(library, "half-day")
    first = next(way for way in ways_to_the_end(session) if way.behind == 10)
    assert len(first.changed) == 1


def with_blocks(session: Session, blocks: Sequence[SessionBlock]) -> Session:
    at, found = session.start, []
    for block in blocks:
        found.append(replace(block, start=at))
        at += block.minutes
    return replace(session, blocks=tuple(found))


@given(st.integers(30, 90), st.integers(10, 29))
def test_a_lunch_stays_a_lunch_and_a_break_a_break(small_library: Library, lunch: int, tea: int) -> None:
    (session,) = sessions_of(small_library, "short")
    pairs, a_break, rounds = session.blocks
    long, short = replace(a_break, id="lunch", minutes=lunch), replace(a_break, minutes=tea)
    for way in ways_to_the_end(with_blocks(session, (pairs, short, rounds, long))):
        holds(with_blocks(session, (pairs, short, rounds, long)), way)


def test_a_late_block_whose_own_start_was_locked_still_has_a_way(small_library: Library) -> None:
    (session,) = sessions_of(small_library, "short")
    pairs, tea, rounds = session.blocks
    locked = replace(session, blocks=(pairs, replace(tea, locked=True), rounds))
    for ways in by_block(locked)[1:]:
        assert all(way.over is not None for way in ways)
        assert ways[0].block in [block for block, _ in ways[0].starts]


def test_a_locked_start_that_nothing_can_save_is_told_as_such(small_library: Library) -> None:
    (session,) = sessions_of(small_library, "short")
    pairs, tea, rounds = session.blocks
    locked = replace(session, blocks=(replace(pairs, priority="must"), replace(tea, locked=True), rounds))
    found = {way.behind: way.over for way in ways_to_the_end(locked) if way.block.id == "pairs"}
    assert found[5] == 0
    assert found[30] is None


def test_time_that_is_left_goes_to_what_was_left_out_and_to_what_can_take_more(library: Library) -> None:
    (session,) = sessions_of(library, "half-day", Request(minutes=150))
    found = spare(session)
    assert [block.id for block, _ in found.added] == [b.id for b in session.left_out if b.activity is not None]
    assert all(minutes == least(block) for block, minutes in found.added)
    assert found.longer
    assert all(block.minutes + minutes == block.most for block, minutes in found.longer)
