"""Where values come from, and what a trust's edition does differently."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from pydantic import TypeAdapter

from kit.load import Library, load
from kit.localise import NOTHING_ASKED, Request
from kit.model.change import Change
from kit.model.trust import SessionDetails
from kit.provenance import Layer, differences, explained, report
from kit.workspace import Workspace

CHANGES: TypeAdapter[tuple[Change, ...]] = TypeAdapter(tuple[Change, ...])


def layers(library: Library, what: str, request: Request = NOTHING_ASKED) -> list[tuple[str, str]]:
    found = explained(library, "short", request, what).value
    assert found is not None
    return [(layer.source, layer.value) for layer in found]


def first(library: Library, what: str) -> Layer:
    found = explained(library, "short", NOTHING_ASKED, what).value
    assert found is not None
    return found[0]


def with_changes(library: Library, *changes: dict[str, Any]) -> Library:
    assert library.trust is not None
    written = {"short": CHANGES.validate_python(changes)}
    return replace(library, trust=library.trust.model_copy(update={"changes": written}))


def test_the_layer_that_counts_comes_first(oakfield_library: Library) -> None:
    asked = Request(dates=(date(2027, 5, 4),), start=600, attendees=7)
    assert layers(oakfield_library, "attendees", asked) == [
        ("the command line", "7"),
        ("your profile", "12"),
        ("the plan", "9"),
    ]
    assert layers(oakfield_library, "date", asked)[:2] == [
        ("the command line", "Tuesday 4 May 2027"),
        ("your profile", "Thursday 4 March 2027"),
    ]
    assert layers(oakfield_library, "start") == [("your profile", "1pm"), ("the plan", "9:30am")]
    assert layers(oakfield_library, "tables", asked) == [("the count of people, 4 to a table", "2")]


def test_a_blocks_value_is_found_where_it_is_written(oakfield_library: Library) -> None:
    library = with_changes(oakfield_library, {"set": "pairs", "minutes": 22})
    assert layers(library, "pairs.minutes") == [("your changes", "22 minutes"), ("the plan", "25 minutes")]
    assert layers(library, "pairs.title") == [("the activity", "Rowing in pairs")]
    assert layers(library, "tea.title") == [("the plan", "Tea")]


def test_the_place_is_the_line_in_the_file(oakfield_library: Library) -> None:
    place = first(oakfield_library, "pairs.title").place
    assert place is not None
    assert place.file.endswith("oakfield/trust.yaml")
    assert "Rowing at" in place.excerpt
    place = first(oakfield_library, "term.unit").place
    assert place is not None
    assert "care group" in place.excerpt


def test_a_steps_words_are_found_in_the_activity_or_in_the_changes(oakfield_library: Library) -> None:
    library = with_changes(oakfield_library, {"set": "pairs/begin", "do": "Sit down."})
    assert layers(library, "pairs/begin.do") == [
        ("your changes", "Sit down."),
        ("the activity", "Find a partner in your {{ term.unit }}."),
    ]
    assert layers(library, "pairs/begin.minutes") == [("the activity", "3 to 10 minutes, at best 5")]


@pytest.mark.parametrize("what", ["pears.minutes", "pairs.minuts", "pairs/begins.do", "attendes", "term.unti"])
def test_what_is_not_there_is_said_with_what_is_near(oakfield_library: Library, what: str) -> None:
    outcome = explained(oakfield_library, "short", NOTHING_ASKED, what)
    assert outcome.value is None
    assert outcome.diagnostics[0].code == "unknown-value"


def test_every_difference_is_a_sentence(oakfield_library: Library) -> None:
    told = differences(oakfield_library, "short", NOTHING_ASKED).value
    assert told is not None
    assert told[0] == "It speaks of Oakfield Hospitals, Oakfield for short."
    assert "“department” is “care group”, and “departments” is “care groups”." in told
    assert "12 people are expected instead of 9." in told
    assert "“Rowing in pairs” is called “Rowing at Oakfield”." in told
    assert all(sentence.endswith(".") for sentence in told)


def test_a_trust_that_changes_nothing_differs_in_its_name_alone(oakfield_library: Library) -> None:
    assert oakfield_library.trust is not None
    bare = type(oakfield_library.trust).model_validate({"id": "oakfield", "name": "Oakfield Hospitals", "short": "Oak"})
    told = differences(replace(oakfield_library, trust=bare), "short", NOTHING_ASKED).value
    assert told == ("It speaks of Oakfield Hospitals, Oak for short.",)


def test_a_report_names_the_value_then_where_it_is_from(oakfield_library: Library, small_library: Library) -> None:
    told = report(oakfield_library, "short", NOTHING_ASKED, "attendees").value
    assert told is not None
    assert told.splitlines()[0] == "attendees: 12"
    assert told.splitlines()[1].startswith("  from your profile, ")
    everything = report(oakfield_library, "short", NOTHING_ASKED, None).value
    assert everything is not None
    assert everything.startswith("Oars and rudders, for Oakfield Hospitals:\n- It speaks")
    base = report(small_library, "short", NOTHING_ASKED, None).value
    assert base is not None
    assert "--trust" in base
    assert report(small_library, "shrt", NOTHING_ASKED, None).value is None


def test_everything_of_the_occasion_can_be_asked_for(oakfield_library: Library, small_library: Library) -> None:
    for field in SessionDetails.model_fields:
        if field != "plan":
            assert layers(oakfield_library, field)
            assert layers(small_library, field)[-1][0] != "your profile"


def test_the_slot_and_its_end_come_from_the_command_line_the_profile_or_the_plan(
    oakfield_library: Library, small_library: Library
) -> None:
    assert oakfield_library.trust is not None
    session = SessionDetails(plan="short", slot=50)
    library = replace(oakfield_library, trust=oakfield_library.trust.model_copy(update={"session": session}))
    assert layers(small_library, "slot", Request(minutes=55)) == [
        ("the command line", "55 minutes"),
        ("the plan", "1 hour"),
    ]
    assert layers(small_library, "end", Request(end=630)) == [("the command line", "10:30am"), ("the plan", "10:30am")]
    assert [value for _, value in layers(library, "slot")] == ["50 minutes", "1 hour"]


def test_the_language_and_the_template_of_the_slides_are_told(project: Workspace) -> None:
    def told(trust: str) -> str:
        library = load(project, trust=project.trust_folder(trust)).value
        assert library is not None
        return report(library, "half-day", Request(), None).value or ""

    assert "It is in Welsh as far as there are words, and what participants get is in English too." in told(
        "dyffryn-onnen"
    )
    assert "Its slides are built on northmoor.pptx." in told("northmoor")
    assert "Its slides" not in told("harrowfen")
