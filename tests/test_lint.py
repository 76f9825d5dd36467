"""Rules over the content; the cases show what each looks like in a file, these show where each begins."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest
from shaping import with_blocks

from kit.check import Order, check
from kit.lint import library_faults, prose_faults, workshop_faults
from kit.lint.quotations import MOST_WORDS_IN_A_QUOTE
from kit.lint.reading import grade, syllables
from kit.load import Library, load
from kit.localise import Request, localise
from kit.model.workshop import Workshop
from kit.source import read_yaml
from kit.workspace import Workspace


@pytest.fixture(scope="module")
def library(small_library: Library) -> Library:
    """The small library, each theme of which is worked on twice."""
    both = tuple(theme.id for theme in small_library.article.themes)
    activities = {id: each.model_copy(update={"themes": both}) for id, each in small_library.activities.items()}
    return replace(small_library, activities=activities)


def codes(library: Library, today: date | None = None) -> list[str]:
    return [fault.code for fault in library_faults(library, today)]


# Quotations --------------------------------------------------------------------------------------


def with_quote(library: Library, text: str) -> Library:
    first, *others = library.article.quotes
    quotes = (first.model_copy(update={"text": text}), *others)
    return replace(library, article=library.article.model_copy(update={"quotes": quotes}))


@pytest.mark.parametrize(
    ("words", "faults"), [(MOST_WORDS_IN_A_QUOTE, []), (MOST_WORDS_IN_A_QUOTE + 1, ["quote-too-long"])]
)
def test_a_quotation_may_have_40_words_and_no_more(library: Library, words: int, faults: list[str]) -> None:
    assert codes(with_quote(library, " ".join(["row"] * words))) == faults


def test_marks_of_our_own_are_not_counted_as_quoted_words(library: Library) -> None:
    text = " ".join(["row"] * 20) + " [sic] [...] " + ". . . ".join(["row "] * 20)
    assert codes(with_quote(library, text)) == []


@pytest.mark.parametrize(("words", "faults"), [(51, []), (50, ["too-much-quoted"])])
def test_all_quotations_together_may_take_a_third(library: Library, words: int, faults: list[str]) -> None:
    source = library.article.source.model_copy(update={"words": words})
    library = replace(library, article=library.article.model_copy(update={"source": source}))
    assert sum(quote.words for quote in library.article.quotes) == 17
    assert codes(library) == faults


def test_a_quotation_needs_only_1_theme_of_its_speaker(library: Library) -> None:
    first, *others = library.article.quotes
    for themes, faults in (
        (("process-and-change", "interlinked"), []),
        (("process-and-change",), ["quote-outside-its-themes"]),
    ):
        quotes = (first.model_copy(update={"themes": themes}), *others)
        changed = replace(library, article=library.article.model_copy(update={"quotes": quotes}))
        assert codes(changed) == faults


# What comes from elsewhere -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("today", "faults"), [(None, 0), (date(2029, 1, 5), 0), (date(2029, 1, 6), 1), (date(2031, 1, 1), 1)]
)
def test_a_framework_is_checked_every_3_years(library: Library, today: date | None, faults: int) -> None:
    assert library.frameworks[0].checked == date(2026, 1, 5)
    assert codes(library, today) == ["framework-check-too-old"] * faults


@pytest.mark.parametrize(
    ("today", "faults"), [(None, 0), (date(2029, 5, 1), 0), (date(2029, 5, 2), 1), (date(2031, 1, 1), 1)]
)
def test_a_policy_is_reviewed_every_3_years(oakfield_library: Library, today: date | None, faults: int) -> None:
    found = [fault for fault in library_faults(oakfield_library, today) if fault.code == "policy-review-too-old"]
    assert [(fault.severity, str(fault.place)) for fault in found] == [
        ("warning", "content/trusts/oakfield/trust.yaml:26:78")
    ] * faults


def test_the_day_of_a_check_reaches_the_frameworks(small: Workspace) -> None:
    found = check(small, Order("short", today=date(2040, 1, 1)))
    assert [fault.code for fault in found.diagnostics] == ["framework-check-too-old"]
    assert found.value is not None


def test_a_trust_may_name_itself_in_its_own_folder_and_voices_may_have_worked_there(small: Workspace) -> None:
    own = small.content / "trusts" / "oakfield" / "activities"
    own.mkdir()
    words = (small.content / "activities" / "rounds.yaml").read_text("utf-8")
    (own / "rounds.yaml").write_text(words.replace("Say 1 thing each.", "Say 1 thing about Oakfield."), "utf-8")
    found = load(small, trust=small.trust_folder("oakfield")).value
    assert found is not None
    assert "Oakfield" in found.article.voices[0].post
    assert "trust-named-in-base" not in codes(found)


# A plan on the clock -----------------------------------------------------------------------------


def session_of(library: Library, **minutes: int) -> Workshop:
    """The small plan, its blocks as long as given; steps stretch to any length."""
    workshop = localise(library, "short").value
    assert workshop is not None
    blocks = tuple(replace(block, minutes=minutes.get(block.id, block.minutes)) for block in workshop.blocks)
    return with_blocks(workshop, blocks)


def changed(workshop: Workshop, activity: str, **update: object) -> Workshop:
    """The session with other marks on one activity."""
    blocks = tuple(
        replace(block, activity=block.activity.model_copy(update=update))
        if block.activity and block.activity.id == activity
        else block
        for block in workshop.blocks
    )
    return with_blocks(workshop, blocks)


def found_in(workshop: Workshop) -> list[str]:
    return [fault.code for fault in workshop_faults(workshop)]


@pytest.mark.parametrize(("minutes", "faults"), [(50, []), (51, ["sitting-too-long"])])
def test_people_may_sit_for_50_minutes(library: Library, minutes: int, faults: list[str]) -> None:
    assert found_in(session_of(library, pairs=minutes)) == faults


def test_a_break_or_a_block_in_which_people_move_ends_the_sitting(library: Library) -> None:
    workshop = session_of(library, pairs=40, rounds=40)
    assert found_in(workshop) == []
    seated = with_blocks(workshop, (block for block in workshop.blocks if block.kind == "activity"))
    assert found_in(seated) == ["sitting-too-long"]
    assert found_in(changed(seated, "pairs", moves=True)) == []


@pytest.mark.parametrize(("minutes", "faults"), [(50, []), (51, ["too-long-without-break"])])
def test_people_may_work_for_90_minutes_without_a_break_even_when_they_move(
    library: Library, minutes: int, faults: list[str]
) -> None:
    workshop = session_of(library, pairs=minutes, rounds=40)
    moving = changed(changed(workshop, "pairs", moves=True), "rounds", moves=True)
    assert found_in(with_blocks(moving, (block for block in moving.blocks if block.kind == "activity"))) == faults
    assert found_in(moving) == []


@pytest.mark.parametrize(("minutes", "faults"), [(10, []), (9, ["break-too-short"])])
def test_a_break_has_10_minutes(library: Library, minutes: int, faults: list[str]) -> None:
    assert found_in(session_of(library, tea=minutes)) == faults


@pytest.mark.parametrize(
    ("start", "lunch", "faults"),
    [
        (10 * 60 + 40, 30, []),
        (10 * 60 + 39, 30, ["lunch-out-of-hours"]),
        (12 * 60 + 40, 30, []),
        (12 * 60 + 41, 30, ["lunch-out-of-hours"]),
        (11 * 60, 29, ["lunch-out-of-hours"]),
    ],
)
def test_a_day_of_6_hours_has_its_lunch_at_midday(library: Library, start: int, lunch: int, faults: list[str]) -> None:
    workshop = changed(changed(session_of(library, tea=lunch), "pairs", moves=True), "rounds", moves=True)
    pairs, tea, rounds = workshop.blocks
    cake, longer = replace(tea, minutes=15), replace(rounds, minutes=80)
    day = (replace(pairs, minutes=50), tea, rounds, cake, longer, cake, longer, cake, replace(rounds, minutes=60))
    at, blocks = start, []
    for block in day:
        blocks.append(replace(block, start=at))
        at += block.minutes
    (session,) = workshop.sessions
    long = replace(session, start=start, blocks=tuple(blocks))
    assert found_in(replace(workshop, sessions=(long,), all_sessions=(long,))) == faults
    short = replace(long, blocks=tuple(blocks[:-1]))
    assert found_in(replace(workshop, sessions=(short,), all_sessions=(short,))) == []


@pytest.mark.parametrize(("minutes", "faults"), [(24, []), (25, ["voice-not-heard", "no-test"])])
def test_an_hour_owes_people_a_test_and_every_voice(library: Library, minutes: int, faults: list[str]) -> None:
    workshop = session_of(library, pairs=minutes)
    silent = changed(workshop, "pairs", quotes=(), slides=())
    assert found_in(changed(silent, "rounds", tests=False, debrief=silent.blocks[0].activity.debrief)) == faults  # type: ignore[union-attr]


def test_only_a_short_opening_or_a_test_may_end_without_a_debrief(library: Library) -> None:
    for minutes, faults in ((10, []), (11, ["activity-without-debrief"])):
        assert found_in(changed(session_of(library, pairs=minutes, rounds=50), "pairs", debrief=None)) == faults
    longer = session_of(library, pairs=30)
    assert found_in(changed(longer, "rounds", tests=False)) == ["no-test", "activity-without-debrief"]


@pytest.mark.parametrize(("attendees", "faults"), [(3, 3), (4, 0), (24, 0), (25, 1), (31, 3)])
def test_too_few_or_too_many_people_are_a_warning_for_plan_and_activities(
    small_library: Library, attendees: int, faults: int
) -> None:
    workshop = localise(small_library, "short", Request(attendees=attendees)).value
    assert workshop is not None
    found = list(workshop_faults(workshop))
    assert [fault.severity for fault in found] == ["warning"] * faults


# Words -------------------------------------------------------------------------------------------


def said(text: str, key: str = "do", **more: str) -> list[str]:
    """The codes found in 1 text of an activity."""
    source = read_yaml(json.dumps({key: text, **more}, ensure_ascii=False), "activity.yaml").value
    assert source is not None
    return [fault.code for fault in prose_faults([("activity:any", source)])]


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("Come back at 9:30am, 9am, 10:05pm or midday.", []),
        ("Come back at 9.30am.", ["time-style"]),
        ("Come back at 9:30 am.", ["time-style"]),
        ("Come back at 9 am.", ["time-style"]),
        ("Come back at 9 a.m. sharp.", ["time-style"]),
        ("Come back at 9AM.", ["time-style"]),
        ("Come back at 9:00am.", ["time-style"]),
        ("Come back at 14:30.", ["time-style"]),
        ("A ratio of 1.25, version 2.1, from 5 amber cards, page 352:i631 and 19:635-653.", []),
        ("Meet on 6 August 2018, on Friday or in March 2027.", []),
        ("Meet on 6th August.", ["date-style"]),
        ("Meet on the 6th of August.", ["date-style"]),
        ("Meet on August 6th.", ["date-style"]),
        ("Meet on August 6, 2018.", ["date-style"]),
        ("Meet on 06/08/2018.", ["date-style"]),
        ("Meet on 2018-08-06.", ["date-style"]),
        ("It is the 6th of its kind, in 2026/27.", []),
        ("Choose two cards.", ["number-in-words"]),
        ("Ten of you stand.", ["number-in-words"]),
        ("One of you listens often; someone writes in twos.", []),
        ("Do not look.", []),
        ("Don't look.", ["contraction"]),
        ("They’re right, and it’s late.", ["contraction"]),
        ("The patients’ and the King’s letters", []),
        ("Answer “I can’t, before two”.", []),
        ("See https://www.bmj.com/content/352/bmj.i631.", []),
        ("See [it](https://www.bmj.com), or [write](mailto:a@example.org).", []),
        ("See https:/www.bmj.com.", ["malformed-link"]),
        ("See http://bmj.", ["malformed-link"]),
        ("See [it](bmj.com).", ["malformed-link"]),
    ],
)
def test_the_house_style_is_held_where_a_machine_can_judge_it(text: str, faults: list[str]) -> None:
    assert said(text) == faults


def test_numbers_in_words_are_left_alone_in_what_is_said_aloud_and_in_the_name_of_a_method() -> None:
    assert said("Take two cards.", "say") == []
    assert said("Four corners", "title", credit="Four corners") == ["number-in-words"]
    named = read_yaml("title: Four corners\ncredit: {method: Four corners}", "activity.yaml").value
    assert named is not None
    assert list(prose_faults([("activity:any", named)])) == []


@pytest.mark.parametrize(
    ("title", "faults"),
    [
        ("Rewriting The role", ["title-case"]),
        ("Rewriting the role", []),
        ("The role", []),
        ("Roles: The first look", []),
        ("What Troika asks of the NHS", []),
        ("The {{ term.unit.cap }} and the role", []),
    ],
)
def test_a_capital_inside_a_title_is_a_slip_only_where_the_word_is_no_name(title: str, faults: list[str]) -> None:
    assert said(title, "title", do="Read the role.") == faults


def test_a_sentence_for_participants_may_have_25_words() -> None:
    words = " ".join(["row"] * 25)
    assert said(f"{words}. {words}.") == []
    assert said(f"{words}\n\n- {words}\n- {words}") == []
    assert said(f"{words} row.") == ["sentence-too-long"]
    assert said(f"{words} row.", "say") == []
    assert said(f"{' '.join(['row'] * 24)} “{words}”.") == []
    assert said(f"{' '.join(['row'] * 24)} {{{{ term.unit }}}}.") == []


def test_the_grade_is_that_of_flesch_and_kincaid() -> None:
    words = ["The", "cat", "sat", "on", "the", "mat"]
    assert grade(words, 1, syllables(words)) == pytest.approx(0.39 * 6 + 11.8 - 15.59)


@pytest.mark.parametrize(
    ("word", "count"),
    [("leader", 2), ("management", 3), ("people", 2), ("organisation", 5), ("row", 1), ("clinical", 3)],
)
def test_syllables_are_counted(word: str, count: int) -> None:
    assert syllables([word]) == {word: count}


def test_only_enough_and_hard_words_are_hard_to_read() -> None:
    hard = "Organisational accountability necessitates interdisciplinary professional collaboration. "
    easy = "We say what we do, and then we do what we say to the team that we run each day. "
    assert said(hard * 5) == []
    assert said(hard * 20) == ["hard-to-read"]
    assert said(hard * 20, "say") == []
    assert said(easy * 20) == []
    assert said(f"“{hard * 20}” {easy * 20}") == []
