"""`kit print` on a real CUPS server: what reaches the printer, and what happens when it stops."""

from __future__ import annotations

import re
import shlex
import subprocess
from collections import Counter
from io import BytesIO

import pikepdf
import pytest
from conftest import OFFICE, Desk, Ran, a_file
from cupsserver import Arrived, CupsServer, Queue

ALL = (
    "facilitator/guide.pdf",
    "participants/workbook.pdf",
    "participants/pocket-cards.pdf",
    "room/badges.pdf",
)
COPIES = {"facilitator/guide.pdf": 1, "participants/workbook.pdf": 15, "participants/pocket-cards.pdf": 4}


def paths(desk: Desk, arrived: list[Arrived]) -> list[str]:
    """The files of the pack that reached a printer, told by their bytes."""
    names = {desk.data(path): path for path in ALL}
    return [names[each.data] for each in arrived]


def printed_once(desk: Desk, arrived: list[Arrived]) -> bool:
    return Counter(paths(desk, arrived)) == Counter(ALL)


# What reaches the printer --------------------------------------------------------------------------


def test_a_pack_reaches_the_printer_whole_and_in_order(desk: Desk, office: Queue) -> None:
    ran = desk.print()
    assert ran.code == 0, ran.err
    arrived = office.arrived(4)
    assert paths(desk, arrived) == list(ALL)
    assert [len(pikepdf.open(BytesIO(each.data)).pages) for each in arrived] == [5, 4, 2, 2]
    guide, workbook, cards, badges = arrived
    assert workbook.copies == 15
    assert cards.copies == 4
    assert guide.title == "guide: “Leading”"
    assert workbook.options["sides"] == guide.options["sides"] == "two-sided-long-edge"
    assert workbook.options["Duplex"] == "DuplexNoTumble"
    assert (cards.options["sides"], cards.options["Duplex"]) == ("two-sided-short-edge", "DuplexTumble")
    assert (badges.options["sides"], badges.options["Duplex"]) == ("one-sided", "None")
    assert all(each.options["print-scaling"] == "none" for each in arrived)
    assert all(each.options["PageSize"] == "A4" for each in arrived)
    assert "collate" in workbook.options


def test_the_table_says_what_goes_to_the_printer(desk: Desk, office: Queue) -> None:
    lines = desk.print().out.splitlines()
    assert lines[:6] == [
        "To Office-2, in this order:",
        "  facilitator/guide.pdf          1 ×   A4  both sides, flip on the long edge   3 sheets",
        "  participants/workbook.pdf      15 ×  A4  both sides, flip on the long edge   30 sheets",
        "  participants/pocket-cards.pdf  4 ×   A4  both sides, flip on the short edge  4 sheets",
        "  room/badges.pdf                1 ×   A4  1 side                              2 sheets",
        "  In all 39 sheets.",
    ]


def test_a_dry_run_shows_commands_that_can_be_run_as_they_are(desk: Desk, office: Queue) -> None:
    ran = desk.print("--dry-run", "--only", "pocket-cards")
    assert ran.code == 0
    (command,) = ran.out.splitlines()
    assert "'pocket-cards: “Leading”'" in command
    assert office.nothing_arrived()
    subprocess.run(shlex.split(command), env=desk.cups.environment, check=True, capture_output=True)
    (by_hand,) = office.arrived(1)
    assert desk.print("--only", "pocket-cards").code == 0
    by_kit = office.arrived(2)[1]
    assert by_kit.data == by_hand.data
    assert by_kit.options["sides"] == by_hand.options["sides"]
    assert by_kit.copies == by_hand.copies == 4


def test_a_dry_run_records_nothing(desk: Desk, office: Queue) -> None:
    desk.print("--dry-run")
    assert "were sent" not in desk.print("--dry-run").err


def test_one_to_look_at_and_then_the_others(desk: Desk, office: Queue) -> None:
    assert desk.print("--only", "workbook", "--copies", "1").code == 0
    assert desk.print().code == 0
    assert Counter(paths(desk, office.arrived(5))) == Counter([*ALL, "participants/workbook.pdf"])
    assert sum(each.copies for each in office.arrived(5) if each.data == desk.data(ALL[1])) == 15


def test_what_was_sent_is_printed_again_when_asked_for(desk: Desk, office: Queue) -> None:
    desk.print("--only", "guide")
    office.arrived(1)
    assert "To print them again, add --again." in desk.print("--only", "guide").out
    assert desk.print("--only", "guide", "--again").code == 0
    assert len(office.arrived(2)) == 2


def test_after_another_build_only_what_is_different_is_left_to_print(desk: Desk, office: Queue) -> None:
    assert desk.print().code == 0
    desk.artefacts[3] = a_file("room/badges.pdf", 40, 2)
    desk.build()
    ran = desk.print()
    assert "3 files were sent on" in ran.out
    assert "1 is left" in ran.out
    assert office.arrived(5)[4].data == desk.data("room/badges.pdf")


# Printers ------------------------------------------------------------------------------------------


def test_a_printer_that_prints_on_one_side_gets_the_rest_until_somebody_agrees(desk: Desk, plain: Queue) -> None:
    ran = desk.print("--printer", "Plain")
    assert ran.code == 3
    assert "prints on 1 side only, and 3 files are made for both" in ran.err
    assert "--one-sided" in ran.err
    assert paths(desk, plain.arrived(1)) == ["room/badges.pdf"]
    agreed = desk.print("--printer", "Plain", "--one-sided", "--yes")
    assert agreed.code == 0
    assert "In all 73 sheets." in agreed.out
    arrived = plain.arrived(4)
    assert printed_once(desk, arrived)
    assert {each.options["sides"] for each in arrived} == {"one-sided"}


def test_a_printer_that_tells_nothing_is_asked_for_all_with_a_warning(desk: Desk, raw: Queue) -> None:
    ran = desk.print("--printer", "Raw")
    assert ran.code == 0
    assert "Raw does not tell what it can do. Print 1 document first" in ran.err
    assert printed_once(desk, raw.arrived(4))


def test_paper_that_a_printer_does_not_have_is_told_and_the_rest_is_printed(
    desk: Desk, office: Queue, plain: Queue
) -> None:
    manifest = desk.pack / "manifest.json"
    manifest.write_text(manifest.read_text("utf-8").replace('"paper": "A4"', '"paper": "A5"', 1), "utf-8")
    ran = desk.print()
    assert ran.code == 3
    assert "Office-2 has no A5 paper, so this is left out: facilitator/guide.pdf." in ran.err
    assert len(office.arrived(3)) == 3


def test_a_printer_may_have_a_name_of_any_letters_and_settings_that_somebody_saved(
    desk: Desk, cups: CupsServer
) -> None:
    queue = cups.add("Büro+1", OFFICE)
    cups.run("lpoptions", "-p", "Büro+1/draft", "-o", "sides=one-sided")
    cups.run("lpoptions", "-d", "Büro+1/draft")
    try:
        assert desk.print().code == 0
        assert queue.arrived(4)[0].options["sides"] == "two-sided-long-edge"
        assert "4 files were sent" in desk.print().out
    finally:
        cups.run("lpoptions", "-x", "Büro+1/draft")
        queue.remove()


def test_without_a_usual_printer_those_that_there_are_are_named(desk: Desk, plain: Queue, raw: Queue) -> None:
    ran = desk.print()
    assert ran.code == 2
    assert ran.err == "No printer is set as the usual one. Name one with --printer. There are: Plain, Raw.\n"
    assert desk.print("--printer", "Office-9").err == "There is no printer Office-9. There are: Plain, Raw.\n"


def test_without_a_printer_there_is_a_way_on(desk: Desk) -> None:
    ran = desk.print()
    assert ran.code == 3
    assert ran.err == "This machine knows no printer. Add one in its settings, then run this again.\n"


# Questions -----------------------------------------------------------------------------------------


def test_nothing_is_printed_on_more_than_50_sheets_without_being_asked(desk: Desk, office: Queue) -> None:
    ran = desk.print("--only", "workbook", "--copies", "26")
    assert ran.code == 2
    assert "52 sheets would be printed on Office-2." in ran.err
    assert office.nothing_arrived()
    assert desk.print("--only", "workbook", "--copies", "25").code == 0
    assert desk.print("--only", "workbook", "--copies", "26", "--yes").code == 0
    assert [each.copies for each in office.arrived(2)] == [25, 26]


@pytest.fixture
def at_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kit.printout.at_a_terminal", lambda: True)


@pytest.mark.usefixtures("at_a_terminal")
def test_who_is_there_is_asked_before_many_sheets(desk: Desk, office: Queue) -> None:
    arguments = ("--only", "workbook", "--copies", "26")
    no = desk.print(*arguments, input="\n")
    assert "52 sheets will be printed on Office-2. Print them all? [y/N]" in no.err
    assert no.code == 0
    assert office.nothing_arrived()
    assert desk.print(*arguments, input="y\n").code == 0
    assert office.arrived(1)[0].copies == 26


@pytest.mark.usefixtures("at_a_terminal")
def test_who_is_there_is_asked_whether_1_side_will_do(desk: Desk, plain: Queue) -> None:
    no = desk.print("--printer", "Plain", "--only", "pocket-cards", input="n\n")
    assert no.code == 3
    assert plain.nothing_arrived()
    assert desk.print("--printer", "Plain", "--only", "pocket-cards", input="y\n").code == 0
    assert plain.arrived(1)[0].options["sides"] == "one-sided"


def on_card(desk: Desk) -> None:
    """The guide, which is first in the print table, on heavier paper than the rest."""
    manifest = desk.pack / "manifest.json"
    manifest.write_text(manifest.read_text("utf-8").replace('"paper"', '"weight": 160, "paper"', 1), "utf-8")


def test_what_is_on_other_paper_waits_until_somebody_puts_it_in(desk: Desk, office: Queue) -> None:
    on_card(desk)
    ran = desk.print()
    assert ran.code == 3
    assert "Next: 3 sheets on A4, 160 g/m². Put it into Office-2 once the pages before are out." in ran.err
    assert "1 file left." in ran.err
    assert paths(desk, office.arrived(3)) == list(ALL[1:])
    dry = desk.print("--dry-run").out.splitlines()
    assert dry[0] == "# On A4, 160 g/m²:"
    assert len(dry) == 2
    assert desk.print("--yes").code == 0
    assert printed_once(desk, office.arrived(4))


@pytest.mark.usefixtures("at_a_terminal")
@pytest.mark.parametrize(("answer", "files"), [("y\n", 4), ("n\n", 3)])
def test_who_is_there_says_when_the_paper_is_in(desk: Desk, office: Queue, answer: str, files: int) -> None:
    on_card(desk)
    assert "Is it in? [Y/n]" in desk.print(input=answer).err
    assert len(office.arrived(files)) == files


# How far backs are off -----------------------------------------------------------------------------


def test_the_calibration_sheet_is_printed_on_both_sides_of_1_sheet(desk: Desk, office: Queue) -> None:
    ran = desk.print("--calibrate")
    assert ran.code == 0, ran.err
    assert "calibration-sheet.pdf is on its way to Office-2." in ran.out
    (sheet,) = office.arrived(1)
    assert sheet.data == (desk.folder / "calibration-sheet.pdf").read_bytes()
    assert len(pikepdf.open(BytesIO(sheet.data)).pages) == 2
    assert (sheet.copies, sheet.options["sides"]) == (1, "two-sided-long-edge")
    assert sheet.options["print-scaling"] == "none"


def test_a_printer_for_1_side_has_nothing_to_calibrate(desk: Desk, plain: Queue) -> None:
    ran = desk.print("--calibrate", "--printer", "Plain")
    assert ran.code == 3
    assert "Plain cannot print calibration-sheet.pdf: it needs both sides of A4." in ran.err
    assert plain.nothing_arrived()


# When it stops -------------------------------------------------------------------------------------


def stopped_in_the_middle(desk: Desk) -> Ran:
    return desk.print(instead_of_lp='$real "$@"; [ $n = 2 ] && cupsdisable -r "Out of toner" Office-2; exit 0')


def test_a_printer_that_stops_in_the_middle_gets_no_more_until_it_goes_on(desk: Desk, office: Queue) -> None:
    ran = stopped_in_the_middle(desk)
    assert ran.code == 3
    # CUPS forgets what it was told when the job that was under way ends after that.
    assert re.search(r"Office-2 has stopped: (Out of toner|it was paused)\. Nothing more was sent\.", ran.err)
    assert ran.out.count("Office-2-N") == 2
    still = desk.print()
    assert "2 files were sent on" in still.out
    assert "2 are left." in still.out
    assert still.code == 3
    office.enable()
    assert desk.print().code == 0
    assert printed_once(desk, office.arrived(4))
    assert "4 files were sent on" in desk.print().out


def test_after_a_jam_the_printer_goes_on_by_itself_and_nothing_comes_twice(desk: Desk, office: Queue) -> None:
    office.jam()
    desk.print("--only", "guide")
    office.wait_until_stopped()
    ran = desk.print("--only", "guide")
    assert "1 job is not out yet at Office-2." in ran.out
    assert "It has stopped: a paper jam. What waits is printed when it goes on." in ran.out
    office.clear_jam()
    office.enable()
    assert desk.print().code == 0
    assert printed_once(desk, office.arrived(4))


def test_what_waits_at_a_printer_that_stopped_can_be_printed_on_another(
    desk: Desk, office: Queue, plain: Queue
) -> None:
    office.jam()
    desk.print("--only", "badges")
    office.wait_until_stopped()
    ran = desk.print("--printer", "Plain", "--only", "badges")
    assert "Office-2-N did not come out: it is taken back, and its file is sent anew." in ran.out
    assert paths(desk, plain.arrived(1)) == ["room/badges.pdf"]
    office.clear_jam()
    office.enable()
    assert desk.print("--only", "badges").out.startswith("1 file was sent on")
    assert desk.print("--only", "guide").code == 0
    assert paths(desk, office.arrived(1)) == ["facilitator/guide.pdf"]


def test_a_job_that_was_held_or_cancelled_is_sent_again_once(desk: Desk, office: Queue) -> None:
    office.hold_what_comes()
    assert desk.print().code == 0
    office.cancel_newest()
    office.hold_nothing()
    dry = desk.print("--dry-run").out.splitlines()
    assert [line.split()[0] for line in dry] == ["cancel", "lp", "cancel", "lp", "cancel", "lp", "lp"]
    ran = desk.print()
    assert ran.code == 0
    assert ran.out.count("did not come out") == 3
    assert "1 job was cancelled before it was printed" in ran.out
    assert printed_once(desk, office.arrived(4))


def test_ctrl_c_lets_a_file_that_is_being_sent_be_recorded(desk: Desk, office: Queue) -> None:
    ran = desk.print_in_a_process(instead_of_lp='[ $n = 2 ] && kill -INT -$PPID; $real "$@"')
    assert ran.code == 130
    assert "kit print goes on with what is left" in ran.err
    assert desk.print().code == 0
    assert printed_once(desk, office.arrived(4))


def test_what_the_printing_system_refuses_is_told_in_its_words(desk: Desk, office: Queue) -> None:
    ran = desk.print(instead_of_lp='[ $n = 3 ] && cupsreject Office-2; $real "$@"')
    assert ran.code == 3
    assert (
        'Office-2 did not take participants/pocket-cards.pdf: Destination "Office-2" is not accepting jobs.' in ran.err
    )
    assert "2 files left. To go on with what is left, run kit print again." in ran.err
    assert "Office-2 takes no jobs. Nothing more was sent." in desk.print().err
    office.server.run("cupsaccept", "Office-2")
    assert desk.print().code == 0
    assert printed_once(desk, office.arrived(4))


def test_a_record_that_cannot_be_read_is_told(desk: Desk, office: Queue) -> None:
    desk.print("--only", "guide")
    (desk.folder / "build" / ".half-day.printed.json").write_text("[{", "utf-8")
    ran = desk.print("--only", "guide")
    assert "all counts as not sent: build/.half-day.printed.json" in ran.err
    assert len(office.arrived(2)) == 2


# What is missing -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("series",), "There is no pack in build/series. Make it with kit build, or say where it is with --pack."),
        (("--pack", "elsewhere"), "There is no pack in elsewhere."),
        (("--only", "workbok"), "There is no document “workbok”. Did you mean “workbook”?"),
        (("--only", "deck"), "This pack prints badges, guide, pocket-cards, workbook."),
        (("--copies", "2"), "Say of which document, for example: kit print --only workbook --copies 2"),
        (("--trust", "nowhere"), "There is no trust “nowhere”."),
    ],
)
def test_wrong_use_says_what_to_do(desk: Desk, office: Queue, arguments: tuple[str, ...], told: str) -> None:
    ran = desk.print(*arguments)
    assert ran.code == 2
    assert told in ran.err
    assert office.nothing_arrived()


def test_a_pack_that_lacks_a_file_is_not_printed_in_part(desk: Desk, office: Queue) -> None:
    (desk.pack / "room" / "badges.pdf").unlink()
    ran = desk.print()
    assert ran.code == 2
    assert "The pack in build/half-day is not whole." in ran.err
    assert office.nothing_arrived()


def test_a_pack_without_anything_to_print_says_so(desk: Desk, office: Queue) -> None:
    desk.artefacts = desk.artefacts[-1:]
    desk.build()
    assert desk.print().err == "Nothing in build/half-day is printed.\n"


def test_no_file_outside_the_pack_is_printed(desk: Desk, office: Queue) -> None:
    (desk.folder / "secret.pdf").write_bytes(desk.data("room/badges.pdf"))
    manifest = desk.pack / "manifest.json"
    manifest.write_text(manifest.read_text("utf-8").replace("room/badges.pdf", "../../secret.pdf"), "utf-8")
    assert desk.print().code == 2
    assert office.nothing_arrived()


def test_without_cups_there_is_the_line_to_run_and_a_way_to_print_by_hand(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(desk.cups.environment, "PATH", "/nowhere")
    ran = desk.print()
    assert ran.code == 3
    assert "which is not on this machine" in ran.err
    assert "sudo apt-get install cups-client cups-ipp-utils" in ran.err
    assert "Or print by hand: build/half-day/index.html says how many copies of each file" in ran.err
    (desk.pack / "facilitator" / "print-guide.pdf").write_bytes(b"%PDF")
    assert "Or print by hand: build/half-day/facilitator/print-guide.pdf says" in desk.print().err


def test_a_printing_system_that_does_not_answer_is_told(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(desk.cups.environment, "CUPS_SERVER", f"{desk.folder}/nobody")
    ran = desk.print()
    assert ran.code == 3
    assert "CUPS, the printing system of this machine, does not answer. Start it, then run this again." in ran.err


def test_a_folder_that_cannot_be_written_to_stops_before_anything_is_sent(
    desk: Desk, office: Queue, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(target: object, data: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("kit.publish.write_file", full)
    ran = desk.print()
    assert ran.code == 3
    assert "could not be recorded, so no more was: No space left on device." in ran.err
    assert office.nothing_arrived()
