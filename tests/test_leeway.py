"""How late a block may end, and what can be shortened."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from kit.leeway import latest_ends, least, shortenings
from kit.load import Library
from kit.localise import localise
from kit.model.activity import Step
from kit.model.entry import Minutes
from kit.model.workshop import SessionBlock, TimedStep


def block(number: int, start: int, minutes: int, give: int, *, locked: bool = False) -> SessionBlock:
    """A block of 1 step that can give up `give` of its minutes."""
    times = Minutes(least=minutes - give, best=minutes, most=minutes)
    step = Step(id="step", title="Step", minutes=times, do="Do it.")
    return SessionBlock(
        id=f"b{number}",
        kind="activity",
        number=number,
        title=f"Block {number}",
        start=start,
        minutes=minutes,
        priority="must",
        objectives=(),
        purpose="",
        note="",
        activity=None,
        steps=(TimedStep(step, start, minutes),),
        locked=locked,
    )


@st.composite
def sessions(draw: st.DrawFn) -> tuple[SessionBlock, ...]:
    found: list[SessionBlock] = []
    at = draw(st.integers(0, 20 * 60))
    for number in range(draw(st.integers(1, 8))):
        minutes = draw(st.integers(1, 40))
        give = draw(st.integers(0, minutes))
        found.append(block(number, at, minutes, give, locked=draw(st.booleans())))
        at += minutes
    return tuple(found)


def in_time(blocks: tuple[SessionBlock, ...], place: int, ends: int) -> bool:
    """Whether every later block can be done at its least, and every fixed time be kept, when one ends at `ends`."""
    at = ends
    for later in blocks[place + 1 :]:
        if later.locked and at > later.start:
            return False
        at = max(at, later.start if later.locked else at) + least(later)
    return at <= blocks[-1].end


@given(sessions())
def test_what_ends_at_its_latest_leaves_time_for_the_rest_and_a_minute_more_does_not(
    blocks: tuple[SessionBlock, ...],
) -> None:
    for place, (each, latest) in enumerate(zip(blocks, latest_ends(blocks), strict=True)):
        assert latest >= each.end
        assert in_time(blocks, place, latest)
        assert not in_time(blocks, place, latest + 1)


def test_nothing_runs_on_into_a_time_that_is_locked() -> None:
    blocks = (block(1, 540, 20, 5), block(2, 560, 20, 10, locked=True), block(3, 580, 20, 5))
    assert latest_ends(blocks) == (560, 585, 600)


def test_a_break_keeps_its_length_and_a_debrief_may_be_shortened(small_library: Library) -> None:
    workshop = localise(small_library, "short").value
    assert workshop is not None
    pairs, tea, _ = workshop.sessions[0].blocks
    assert (shortenings(tea), least(tea)) == ((), tea.minutes)
    assert pairs.activity is not None
    assert pairs.activity.debrief is not None
    brief = pairs.activity.debrief.model_copy(update={"minutes": Minutes(least=4, best=10, most=10)})
    given = replace(pairs, activity=pairs.activity.model_copy(update={"debrief": brief}))
    assert [(each.title, each.planned, each.least) for each in shortenings(given)][-1] == ("", 10, 4)
