"""What CUPS says of printers and jobs, understood."""

from __future__ import annotations

from typing import Any

import pytest

from kit.printers import JobState, answers, job_state, printer


def test_a_printer_is_what_its_attributes_say() -> None:
    office = printer(
        "Office-2",
        {
            "printer-state": 3,
            "printer-is-accepting-jobs": True,
            "sides-supported": ["one-sided", "two-sided-long-edge"],
            "media-supported": ["iso_a4_210x297mm", "iso_a3_297x420mm", "na_letter_8.5x11in", "custom_min_1x1in"],
            "print-color-mode-supported": ["monochrome", "color"],
        },
    )
    assert office.can_print("two-sided-long-edge")
    assert not office.can_print("two-sided-short-edge")
    assert office.papers == {"A4", "A3"}
    assert office.can_print_on("A3")
    assert not office.can_print_on("A5")
    assert office.tells_what_it_can_do
    assert not office.stopped
    assert office.trouble == ""


def test_a_single_value_comes_without_a_list() -> None:
    plain = printer("Plain", {"sides-supported": "one-sided", "media-supported": "iso_a4_210x297mm"})
    assert plain.sides == {"one-sided"}
    assert plain.papers == {"A4"}


@pytest.mark.parametrize("told", [{}, {"sides-supported": 3, "media-supported": [1]}])
def test_what_a_printer_does_not_tell_is_not_made_up(told: dict[str, Any]) -> None:
    silent = printer("Silent", told)
    assert silent.sides is None
    assert not silent.tells_what_it_can_do
    assert silent.can_print("two-sided-long-edge")


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"printer-state-reasons": "media-jam-error", "printer-state-message": "E 13.20"}, "a paper jam"),
        ({"printer-state-reasons": ["paused", "media-empty-warning"]}, "no paper"),
        ({"printer-state-reasons": "paused", "printer-state-message": "Ask at the desk."}, "Ask at the desk"),
        ({"printer-state-reasons": "paused", "printer-state-message": ""}, "it was paused"),
        ({"printer-state-reasons": "none", "printer-state-message": ""}, ""),
        ({"printer-state-reasons": "vendor-thing-report"}, ""),
    ],
)
def test_the_trouble_of_a_printer_in_words(told: dict[str, Any], words: str) -> None:
    stopped = printer("Office-2", {"printer-state": 5, **told})
    assert stopped.stopped
    assert stopped.trouble == words


def test_what_a_printer_says_while_it_works_is_no_trouble() -> None:
    working = {"printer-state": 4, "printer-state-message": "Waiting for job to complete."}
    assert printer("Office-2", working).trouble == ""
    assert printer("Office-2", {**working, "printer-state-reasons": "media-empty-error"}).trouble == "no paper"


@pytest.mark.parametrize(
    ("number", "state"),
    [
        (3, JobState.WAITING),
        (4, JobState.HELD),
        (5, JobState.PRINTING),
        (6, JobState.PRINTING),
        (7, JobState.LOST),
        (8, JobState.LOST),
        (9, JobState.PRINTED),
    ],
)
def test_the_states_of_a_job(number: int, state: JobState) -> None:
    assert job_state({"job-id": 1, "job-state": number}) is state
    assert job_state({}) is JobState.FORGOTTEN


def test_a_request_that_was_refused_has_no_attributes() -> None:
    about = {"attributes-charset": "utf-8", "attributes-natural-language": "en"}
    refused = {"ResponseAttributes": [{**about, "status-message": "Job #99 does not exist."}]}
    told = {"ResponseAttributes": [about, {"job-id": 1}, {"job-state": 9}]}
    assert answers({"Tests": [told, refused]}) == [{"job-id": 1, "job-state": 9}, {}]
    assert answers({"ErrorMessage": "Unable to connect"}) == []
