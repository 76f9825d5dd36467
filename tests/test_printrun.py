"""What is sent to a printer: everything once, whatever happens on the way, and only what the printer can do."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.printers import JobState, Printer
from kit.printrun import (
    PrintFile,
    PrintRun,
    Sent,
    as_record,
    lp_command,
    print_files,
    print_run,
    sent_before,
)

NOW = datetime(2026, 11, 26, 9, 12, 30)
BOTH = frozenset({"one-sided", "two-sided-long-edge", "two-sided-short-edge"})
OFFICE = Printer("Office-2", sides=BOTH, papers=frozenset({"A4", "A3"}), colours=frozenset({"color", "monochrome"}))
PLAIN = Printer("Plain", sides=frozenset({"one-sided"}), papers=frozenset({"A4"}), colours=frozenset({"monochrome"}))
SILENT = Printer("Silent")


def a_file(path: str = "participants/workbook.pdf", **more: Any) -> PrintFile:
    given = {"pages": 14, "paper": "A4", "sides": 2, "flip": "long", "copies": 18, **more}
    return PrintFile(path, "workbook", "Workbook: Leading", "0" * 64, **given)


def sent(file: PrintFile, job: int, copies: int = 0, printer: str = "Office-2") -> Sent:
    return Sent(file.path, file.sha256, copies or file.copies, printer, job, NOW)


def run(file: PrintFile, printer: Printer = OFFICE, **choices: Any) -> PrintRun:
    return print_run([file], printer, [], {}, **choices)


# Options -------------------------------------------------------------------------------------------


def test_a_file_is_sent_with_all_that_its_row_says() -> None:
    (sending,) = run(a_file()).sendings
    assert lp_command(sending, "Office-2", "/packs/half-day/participants/workbook.pdf") == [
        *("lp", "-d", "Office-2", "-n", "18", "-t", "Workbook: Leading", "-o", "media=A4"),
        *("-o", "sides=two-sided-long-edge", "-o", "print-scaling=none", "-o", "collate=true"),
        *("--", "/packs/half-day/participants/workbook.pdf"),
    ]
    assert sending.sheets == 7 * 18


@pytest.mark.parametrize(
    ("row", "sides"),
    [
        ({"flip": "long"}, "two-sided-long-edge"),
        ({"flip": "short"}, "two-sided-short-edge"),
        ({"sides": 1, "flip": "none"}, "one-sided"),
        ({"sides": 1, "flip": "fold"}, "one-sided"),
        ({"pages": 1}, "one-sided"),
    ],
)
def test_the_sides_and_the_edge_are_those_of_the_row(row: dict[str, Any], sides: str) -> None:
    assert run(a_file(**row)).sendings[0].sides == sides


def test_other_paper_is_put_in_once_for_all_that_is_on_it() -> None:
    files = [
        a_file("cards.pdf", weight=160),
        a_file("workbook.pdf", weight=80),
        a_file("badges.pdf", weight=0, stock="L4785"),
        a_file("dyslexia.pdf", weight=80, cream=True),
        a_file("guide.pdf", paper="A3"),
        a_file("signs.pdf", weight=160),
    ]
    sendings = print_run(files, OFFICE, [], {}).sendings
    assert [(sending.file.path, sending.file.on) for sending in sendings] == [
        ("workbook.pdf", "A4"),
        ("guide.pdf", "A3"),
        ("cards.pdf", "A4, 160 g/m²"),
        ("signs.pdf", "A4, 160 g/m²"),
        ("badges.pdf", "A4, L4785 sheets"),
        ("dyslexia.pdf", "A4, cream"),
    ]


def test_the_edition_for_a_mono_printer_asks_for_black() -> None:
    assert "print-color-mode=monochrome" in run(a_file(edition="mono")).sendings[0].options


@pytest.mark.parametrize(
    ("printer", "asked"),
    [(OFFICE, True), (PLAIN, True), (SILENT, False), (Printer("C", colours=frozenset({"color"})), False)],
)
def test_a_file_for_black_ink_asks_for_black_where_the_printer_knows_it(printer: Printer, asked: bool) -> None:
    (sending,) = run(a_file(colour="mono"), printer).sendings
    assert ("print-color-mode=monochrome" in sending.options) == asked
    assert not any("color" in option for option in run(a_file(), printer).sendings[0].options)


def test_what_is_made_for_both_sides_is_named_before_a_printer_prints_it_on_one() -> None:
    file = a_file()
    agreed, not_agreed = run(file, PLAIN), run(file, PLAIN, one_sided=False)
    assert agreed.on_one_side == not_agreed.on_one_side == (file,)
    assert agreed.sheets == 14 * 18
    assert not_agreed.sendings == ()


def test_a_page_alone_needs_no_printer_for_both_sides() -> None:
    assert run(a_file(pages=1), PLAIN).on_one_side == ()


def test_paper_that_the_printer_does_not_have_is_named() -> None:
    file = a_file(paper="A3")
    assert run(file, PLAIN).no_paper == (file,)
    assert run(file, PLAIN).sendings == ()
    assert run(file, OFFICE).no_paper == run(file, SILENT).no_paper == ()


FILES = st.builds(
    a_file,
    st.sampled_from(["a.pdf", "b.pdf", "c.pdf", "d.pdf"]),
    pages=st.integers(1, 40),
    paper=st.sampled_from(["A3", "A4", "A5"]),
    sides=st.sampled_from([1, 2]),
    flip=st.sampled_from(["long", "short"]),
    copies=st.integers(1, 30),
    colour=st.sampled_from(["", "mono"]),
)
PRINTERS = st.builds(
    Printer,
    st.sampled_from(["Office-2", "Plain", "Silent"]),
    sides=st.none() | st.sets(st.sampled_from([*BOTH])).map(lambda some: frozenset({"one-sided", *some})),
    papers=st.none() | st.frozensets(st.sampled_from(["A3", "A4", "A5"])),
    colours=st.none() | st.frozensets(st.sampled_from(["color", "monochrome"])),
)


@given(st.lists(FILES, unique_by=lambda file: file.path), PRINTERS, st.booleans())
def test_nothing_is_asked_of_a_printer_that_it_cannot_do(
    files: list[PrintFile], printer: Printer, one_sided: bool
) -> None:
    planned = print_run(files, printer, [], {}, one_sided=one_sided)
    for sending in planned.sendings:
        asked = dict(option.split("=") for option in sending.options)
        assert printer.papers is None or asked["media"] in printer.papers
        assert printer.sides is None or asked["sides"] in printer.sides
        if "print-color-mode" in asked:
            assert printer.colours is not None
            assert asked["print-color-mode"] in printer.colours
    left_out = (*planned.no_paper, *(() if one_sided else planned.on_one_side))
    assert sorted([*(s.file.path for s in planned.sendings), *(f.path for f in left_out)]) == sorted(
        file.path for file in files
    )


# What was sent ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "again", "taken_back"),
    [
        (JobState.PRINTED, False, False),
        (JobState.PRINTING, False, False),
        (JobState.FORGOTTEN, False, False),
        (JobState.WAITING, False, False),
        (JobState.LOST, True, False),
        (JobState.HELD, True, True),
    ],
)
def test_what_did_not_come_out_is_sent_again(state: JobState, again: bool, taken_back: bool) -> None:
    file = a_file()
    job = sent(file, 4)
    planned = print_run([file], OFFICE, [job], {job: state})
    assert [sending.file for sending in planned.sendings] == ([file] if again else [])
    assert [back for sending in planned.sendings for back in sending.take_back] == ([job] if taken_back else [])
    assert planned.sent == (() if again else (file,))


def test_what_waits_at_another_printer_is_taken_back_from_there() -> None:
    file = a_file()
    job = sent(file, 4, printer="Office-3")
    planned = print_run([file], OFFICE, [job], {job: JobState.WAITING})
    assert planned.sendings[0].take_back == (job,)
    assert job.name == "Office-3-4"


def test_after_one_to_look_at_the_others_are_sent() -> None:
    file = a_file(copies=18)
    job = sent(file, 4, copies=1)
    assert print_run([file], OFFICE, [job], {job: JobState.PRINTED}).sendings[0].copies == 17


def test_a_file_that_was_built_anew_and_differs_is_printed() -> None:
    before = a_file()
    job = sent(before, 4)
    now = PrintFile(**{**before.__dict__, "sha256": "1" * 64})
    assert len(print_run([now], OFFICE, [job], {job: JobState.PRINTED}).sendings) == 1


def test_all_of_it_again_and_some_more() -> None:
    file = a_file(copies=18)
    job = sent(file, 4)
    states = {job: JobState.PRINTED}
    assert print_run([file], OFFICE, [job], states, again=True).sendings[0].copies == 18
    assert print_run([file], OFFICE, [job], states, copies=2).sendings[0].copies == 2


@given(st.data())
def test_every_file_comes_out_once_whatever_happens_on_the_way(data: st.DataObject) -> None:
    """A world of 2 printers: every run is cut short anywhere, and jobs then are printed, held, cancelled or left."""
    files = data.draw(st.lists(FILES.map(_on_a4), min_size=1, max_size=4, unique_by=lambda file: file.path))
    record: list[Sent] = []
    states: dict[Sent, JobState] = {}
    printed = dict.fromkeys((file.path for file in files), 0)

    def becomes(job: Sent, state: JobState) -> None:
        if state in (JobState.PRINTED, JobState.FORGOTTEN):
            printed[job.path] += job.copies
        states[job] = state

    def go(printer: Printer, cut: int) -> int:
        planned = print_run(files, printer, record, states)
        for sending in planned.sendings[:cut]:
            for job in sending.take_back:
                assert states[job] in (JobState.WAITING, JobState.HELD)
                becomes(job, JobState.LOST)
            record.append(
                Sent(sending.file.path, sending.file.sha256, sending.copies, printer.name, len(record) + 1, NOW)
            )
            becomes(record[-1], JobState.WAITING)
        return len(planned.sendings)

    for _ in range(data.draw(st.integers(0, 5))):
        go(data.draw(st.sampled_from([OFFICE, PLAIN])), data.draw(st.integers(0, len(files))))
        for job in [job for job in record if states[job] in (JobState.WAITING, JobState.HELD, JobState.PRINTING)]:
            becomes(job, data.draw(st.sampled_from([*JobState])))
    while go(OFFICE, len(files)):
        pass
    for job in [job for job in record if states[job] in (JobState.WAITING, JobState.PRINTING)]:
        becomes(job, JobState.PRINTED)
    assert printed == {file.path: file.copies for file in files}


def _on_a4(file: PrintFile) -> PrintFile:
    return PrintFile(**{**file.__dict__, "paper": "A4"})


# Files -----------------------------------------------------------------------------------------------


ROW = {
    "path": "participants/workbook.pdf",
    "document": "workbook",
    "title": "Workbook",
    "sha256": "0" * 64,
    "bytes": 9,
    "audience": "participant",
    "pages": 14,
    "paper": "A4",
    "orientation": "portrait",
    "sides": 2,
    "flip": "long",
    "copies": 18,
    "order": [2, 30],
}


def test_the_files_of_a_pack_are_in_the_order_of_the_print_table() -> None:
    first = {**ROW, "path": "z.pdf", "order": [1, 5, 50]}
    deck = {key: ROW[key] for key in ("path", "document", "title", "sha256")}
    unprinted, screen = {**ROW, "copies": 0}, {**ROW, "paper": "screen"}
    files = print_files({"files": [ROW, deck, unprinted, screen, first]})
    assert files is not None
    assert [file.path for file in files] == ["z.pdf", "participants/workbook.pdf"]


@pytest.mark.parametrize("damage", [{"copies": "many"}, {"pages": 0}, {"sides": 3}, {"flip": None}, {"sha256": 1}])
def test_a_damaged_row_is_told(damage: dict[str, Any]) -> None:
    assert print_files({"files": [{**ROW, **damage}]}) is None


def test_a_record_is_read_as_it_was_written() -> None:
    jobs = (sent(a_file(), 4), sent(a_file("room/Ŵ.pdf"), 5, copies=2))
    assert sent_before(as_record(jobs).decode()) == jobs
    assert sent_before(None) == ()


@pytest.mark.parametrize("text", ["", "{", "{}", '[{"path": "a.pdf"}]', '[{"job": -1}]'])
def test_a_damaged_record_is_told(text: str) -> None:
    assert sent_before(text) is None
