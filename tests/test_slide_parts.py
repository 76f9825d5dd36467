"""Slides that hold too much for one: how they are dealt out, and what each part is called."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from speaking import english

from kit.model.document import NotesView, PanelView, QuoteView, SlideView
from kit.slides.parts import MOST_WORDS, in_few_words, in_parts, shared, whole, words_on

LANGUAGE = english
SLIDE = SlideView(
    id="diary/activity",
    layout="activity",
    section="Diary pairs",
    title="Diary pairs",
    notes=NotesView("9am to 9:20am", ("**Begin.** Say it.",), ("**Code.** Watch it.",), (), "Page 4", ("6 × Pen",)),
    place="content/activities/diary-pairs.yaml:20:3",
    points=tuple(f"Step {n}" for n in range(1, 6)),
    step_minutes=(1, 2, 3, 4, 5),
)


@given(st.lists(st.integers(1, 40), min_size=1, max_size=9), st.integers(30, 60))
def test_items_are_dealt_over_as_few_slides_as_hold_them(weights: list[int], room: int) -> None:
    shares = shared(weights, lambda first, end: sum(weights[first:end]) <= room)
    if max(weights) > room:
        assert shares == ()
        return
    assert sum(shares) == len(weights)
    starts = [sum(shares[:n]) for n in range(len(shares))]
    parts = [weights[start : start + share] for start, share in zip(starts, shares, strict=True)]
    assert all(parts)
    assert max(map(sum, parts)) <= room
    greedy, used = 1, 0
    for weight in weights:
        greedy, used = (greedy, used + weight) if used + weight <= room else (greedy + 1, weight)
    assert len(shares) == greedy


def test_parts_are_balanced() -> None:
    assert shared([1, 1, 1, 1, 1, 1], lambda first, end: end - first <= 5) == (3, 3)


def test_parts_are_numbered_and_keep_their_steps_their_minutes_and_their_section() -> None:
    first, second = in_parts(SLIDE, (3, 2), LANGUAGE)
    assert (first.title, second.title) == ("Diary pairs (1 of 2)", "Diary pairs (2 of 2)")
    assert (first.id, second.id) == ("diary/activity", "diary/activity#2")
    assert whole(second.id) == whole(first.id) == "diary/activity"
    assert (second.points, second.step_minutes, second.first) == (("Step 4", "Step 5"), (4, 5), 4)
    assert first.section == second.section


def test_what_is_said_of_steps_stands_with_each_part_and_other_notes_with_the_first() -> None:
    first, second = in_parts(SLIDE, (3, 2), LANGUAGE)
    assert first.notes == SLIDE.notes
    assert second.notes.say == (LANGUAGE.phrase("slides.continued"), *SLIDE.notes.say)
    _, plain = in_parts(replace(SLIDE, layout="objectives"), (3, 2), LANGUAGE)
    assert plain.notes.say == (LANGUAGE.phrase("slides.continued"),)
    assert plain.notes.clock == SLIDE.notes.clock


def test_1_share_is_the_slide_as_it_is() -> None:
    assert in_parts(SLIDE, (5,), LANGUAGE) == in_parts(SLIDE, (), LANGUAGE) == (SLIDE,)


@given(st.lists(st.integers(1, 45), min_size=1, max_size=8))
def test_a_list_is_told_in_few_words_and_loses_none(lengths: list[int]) -> None:
    points = tuple(" ".join(["word"] * length) for length in lengths)
    parts = in_few_words(replace(SLIDE, points=points, step_minutes=()), LANGUAGE)
    assert tuple(point for part in parts for point in part.points) == points
    assert all(words_on(part) <= MOST_WORDS or len(part.points) == 1 for part in parts)


def test_signposts_are_not_counted_as_words() -> None:
    bare = replace(SLIDE, points=(), step_minutes=())
    assert words_on(replace(bare, left=PanelView("A heading", ("2 – words",)), right=PanelView("B", ("one",)))) == 3
    quote = QuoteView("id", "Four words of his", "A speaker", "A post in 2016", "Limb 2016", "Theme", "", "", "")
    assert words_on(replace(bare, quote=quote)) == 4
