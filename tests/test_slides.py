"""The deck: which slides there are, and what they say."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from shaping import with_blocks
from speaking import PROJECT

from kit.check import Order, check
from kit.compose import Imprint, participant_view
from kit.latecard import late_card
from kit.load import Library
from kit.localise import localise
from kit.model.document import DeckView, Stamp
from kit.model.workshop import Workshop
from kit.palette import OWN
from kit.slides import deck_view, slide_numbers
from kit.workspace import Workspace

EDITION = Imprint(Stamp("abc1234", "5 January 2027", "Built 5 January 2027, build abc1234"), OWN)


def session_of(library: Library) -> Workshop:
    workshop = localise(library, "short").value
    assert workshop is not None
    return workshop


def deck_of(library: Library) -> DeckView:
    workshop = session_of(library)
    return deck_view(workshop, workshop.sessions[0], EDITION, workbook_pages={"pairs": 4})


def test_every_block_has_its_slides_in_its_order(small_library: Library) -> None:
    assert [(slide.layout, slide.section) for slide in deck_of(small_library).slides] == [
        ("title", "Opening"),
        ("objectives", "Opening"),
        ("agenda", "Opening"),
        ("quote", "Rowing in pairs"),
        ("activity", "Rowing in pairs"),
        ("debrief", "Rowing in pairs"),
        ("break", "Tea"),
        ("activity", "Once round the room"),
        ("wheel", "Closing"),
        ("closing", "Closing"),
        *[("table", "Backup, hidden in the show")] * 3,
        ("content", "Backup, hidden in the show"),
    ]


def test_what_is_hidden_stands_at_the_end_and_counts_for_no_block(small_library: Library) -> None:
    slides = deck_of(small_library).slides
    hidden = [slide.hidden for slide in slides]
    assert hidden == sorted(hidden)
    assert all(slide.section == "Backup, hidden in the show" for slide in slides if slide.hidden)
    numbers = slide_numbers([deck_of(small_library)], session_of(small_library))
    assert max(last for _, last in numbers.values()) < hidden.index(True)


def test_there_is_a_hidden_slide_for_each_block_that_may_begin_late_and_it_says_what_the_run_sheet_says(
    small_library: Library,
) -> None:
    workshop = session_of(small_library)
    session = workshop.sessions[0]
    slides = [slide for slide in deck_of(small_library).slides if slide.id.startswith("0-backup/late-")]
    card = late_card(workshop, session)
    assert [slide.id for slide in slides] == [f"0-backup/late-{block.id}" for block in session.blocks]
    for place, (slide, block) in enumerate(zip(slides, card.blocks, strict=True)):
        assert [row[:2] for row in slide.rows] == [(row.behind, row.do) for row in block.rows]
        for said, row in zip(slide.rows, block.rows, strict=True):
            assert all(time in said[2] for time in row.starts[place:] if time)
            assert row.end in said[2]


def test_the_agenda_leads_to_the_first_slide_of_each_block_and_back(small_library: Library) -> None:
    slides = deck_of(small_library).slides
    agenda = next(slide for slide in slides if slide.layout == "agenda")
    firsts = [next(s.id for s in slides if s.id.startswith(f"{row.block}/")) for row in agenda.agenda]
    assert list(agenda.leads_to) == firsts
    assert [slide.id for slide in slides if slide.back == agenda.id] == firsts


def test_a_venue_with_something_to_tell_gets_a_slide_before_the_start(oakfield_library: Library) -> None:
    slides = deck_of(oakfield_library).slides
    assert (slides[1].layout, slides[1].facts) == ("welcome", (("Fire exit", "By the river"),))


def test_every_slide_has_an_id_of_its_own_and_a_place_in_the_content(oakfield_library: Library) -> None:
    slides = deck_of(oakfield_library).slides
    assert len({slide.id for slide in slides}) == len(slides)
    assert all(slide.place.split(":")[0].endswith(".yaml") for slide in slides)


def test_the_numbers_of_a_blocks_slides_are_those_of_the_deck(small_library: Library) -> None:
    workshop = session_of(small_library)
    assert slide_numbers([deck_of(small_library)], workshop) == {"pairs": (4, 6), "tea": (7, 7), "rounds": (8, 8)}


def test_a_block_called_opening_counts_only_its_own_slides(small_library: Library) -> None:
    workshop = session_of(small_library)
    renamed = tuple(
        replace(block, id=id) for block, id in zip(workshop.blocks, ("opening", "tea", "closing"), strict=True)
    )
    workshop = with_blocks(workshop, renamed)
    deck = deck_view(workshop, workshop.sessions[0], EDITION, workbook_pages={})
    assert slide_numbers([deck], workshop) == {"opening": (4, 6), "tea": (7, 7), "closing": (8, 8)}


def test_an_activity_slide_shows_what_to_do_and_its_notes_what_to_say(small_library: Library) -> None:
    slide = next(s for s in deck_of(small_library).slides if s.id == "pairs/activity")
    assert slide.points == ("Find a partner in your department.", "Compare last week.")
    assert slide.clock == "9:30am to 9:55am"
    assert slide.step_minutes == (5, 10)
    (cue,) = slide.notes.cues
    assert (cue.title, cue.say) == ("9:30am: Begin, 5 min", "Facilitator only, say begin.")
    assert cue.watch == "Facilitator only, watch begin."
    assert slide.notes.workbook == "Workbook page 4, handout 1"


def test_the_timer_of_an_activity_runs_until_its_debrief(small_library: Library) -> None:
    steps, debrief = (s for s in deck_of(small_library).slides if s.id in ("pairs/activity", "pairs/debrief"))
    assert (steps.timer, steps.minutes, steps.ends) == (sum(steps.step_minutes), "15 min", "until 9:45am")
    assert (debrief.timer, debrief.minutes, debrief.ends) == (10, "10 min", "until 9:55am")


def test_what_people_may_object_and_what_to_have_in_hand_stand_before_the_steps(small_library: Library) -> None:
    first = next(slide for slide in deck_of(small_library).slides if slide.id.startswith("pairs/"))
    assert first.layout == "quote"
    assert first.notes.objections
    assert first.notes.materials
    assert first.notes.workbook == "Workbook page 4, handout 1"


def test_every_slide_says_when_it_is_up(small_library: Library) -> None:
    assert all(slide.notes.clock for slide in deck_of(small_library).slides)


def test_the_debrief_slide_asks_and_its_notes_hold_the_point_to_land(small_library: Library) -> None:
    slide = next(s for s in deck_of(small_library).slides if s.id == "pairs/debrief")
    assert slide.points == ("What surprised you?",)
    assert slide.notes.say == ("**The point to land.** Facilitator only, land pairs.",)
    assert slide.notes.listen == ("**What surprised you?** Facilitator only, listen surprised.",)


def test_slide_and_handout_show_the_same_agenda(oakfield_library: Library) -> None:
    agenda = next(slide for slide in deck_of(oakfield_library).slides if slide.layout == "agenda")
    assert agenda.agenda == participant_view(session_of(oakfield_library), EDITION).sessions[0].agenda


def with_a_long_question(folder: Path) -> tuple[Path, Path]:
    """A copy of the content with a question that no slide holds, and the file in which that stands."""
    root = (folder / "copy").resolve()
    for name in ("content", "templates"):
        shutil.copytree(PROJECT / name, root / name)
    file = root / "content/activities/troika.yaml"
    text, question = file.read_text("utf-8"), "Without telling any of the stories, what changed when you could hear"
    file.write_text(text.replace(question, f"{question}{' and hear it again' * 40}"), "utf-8")
    return root, file


@pytest.mark.parametrize("trust", [None, "northmoor"])
def test_the_check_names_the_line_of_what_no_slide_holds_in_type_that_a_room_can_read(
    tmp_path: Path, trust: str | None
) -> None:
    root, file = with_a_long_question(tmp_path)
    found = check(Workspace(root, root), Order(trust=trust)).diagnostics
    (fault,) = [each for each in found if each.code == "text-does-not-fit"]
    assert fault.severity == "error"
    assert fault.place is not None
    assert fault.place.file == "content/activities/troika.yaml"
    assert fault.place.excerpt == file.read_text("utf-8").splitlines()[fault.place.line - 1]


def test_a_check_of_2_languages_measures_the_slides_of_both(tmp_path: Path) -> None:
    root, _ = with_a_long_question(tmp_path)
    words = root / "content/trusts/dyffryn-onnen/words/cy.yaml"
    told = "  activities/troika: {debrief/questions/1/ask: Beth newidiodd?}\n"
    words.write_text(words.read_text("utf-8") + told, "utf-8")
    found = check(Workspace(root, root), Order(trust="dyffryn-onnen")).diagnostics
    assert [each.code for each in found if each.severity == "error"] == ["text-does-not-fit"]
