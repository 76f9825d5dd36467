"""The command line as its users meet it."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from kit.cli import app
from kit.workspace import Workspace

ROOT = Path(__file__).parents[1]
SMALL = ROOT / "tests" / "small"


@pytest.fixture
def here(small: Workspace, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(small.root)
    return small.root


def kit(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


def broken(root: Path, case: str) -> None:
    shutil.copytree(ROOT / "tests" / "cases" / case, root, dirs_exist_ok=True)


def process(*arguments: str, cwd: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **variables}
    return subprocess.run(
        [sys.executable, *arguments], cwd=cwd, env=environment, capture_output=True, text=True, timeout=120
    )


# Help --------------------------------------------------------------------------------------------


def test_help_lists_every_command_and_where_to_start() -> None:
    result = kit("--help")
    assert result.exit_code == 0
    for command in (
        "build",
        "check",
        "list",
        "show",
        "brand",
        "upgrade",
        "rebuild",
        "new",
        "doctor",
        "print",
        "schema",
    ):
        assert f"  {command} " in result.stdout
    assert "Start with: kit build" in result.stdout


@pytest.mark.parametrize(
    "command", ["build", "check", "list", "show", "brand", "upgrade", "rebuild", "print", "schema"]
)
def test_every_command_shows_an_example_of_itself(command: str) -> None:
    result = kit(command, "--help")
    assert result.exit_code == 0
    assert "Example" in result.stdout
    assert f"\n    kit {command} " in result.stdout


def test_the_version_is_told() -> None:
    assert kit("--version").stdout.startswith("kit 0.")


@pytest.mark.parametrize(
    "arguments", [("frobnicate",), ("list", "voices"), ("build", "--attendees", "0"), ("show", "theme")]
)
def test_wrong_use_is_code_2_and_goes_to_standard_error(arguments: tuple[str, ...], here: Path) -> None:
    result = kit(*arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr


@pytest.mark.parametrize(
    ("option", "value", "told"),
    [
        ("--date", "14 January", "Write it as 2027-01-14"),
        ("--start", "half past", "Write it as 13:00 or 1pm"),
        ("--end", "teatime", "Write it as 13:00 or 1pm"),
    ],
)
def test_a_date_or_time_that_is_none_is_told_how_to_write_it(option: str, value: str, told: str, here: Path) -> None:
    result = kit("build", "short", option, value)
    assert result.exit_code == 2
    assert told in " ".join(result.stderr.split())


def test_start_minutes_and_end_are_one_too_many(here: Path) -> None:
    result = kit("build", "short", "--start", "9:00", "--minutes", "60", "--end", "10:00")
    assert result.exit_code == 2
    told = " ".join(result.stderr.replace("│", " ").split())
    assert "--start, --minutes and --end are one too many. Leave one of them out" in told


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--minutes", "30"), "“short” works in 38 minutes at least, and the slot has 30 minutes."),
        (("--start", "9:00", "--end", "11:00"), "“short” fills 1 hour 30 minutes at most, and the slot has 2 hours."),
    ],
)
def test_a_slot_of_the_command_line_that_does_not_fit_is_told_without_a_line(
    arguments: tuple[str, ...], told: str, here: Path
) -> None:
    result = kit("build", "short", *arguments)
    assert result.exit_code == 1
    assert told in " ".join(result.stderr.split())
    assert ".yaml:" not in result.stderr


# check -------------------------------------------------------------------------------------------


def test_a_check_without_faults_says_so_and_is_code_0(here: Path) -> None:
    result = kit("check")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "No faults.\n", "")


def test_faults_go_to_standard_error_with_their_line_and_a_caret_and_are_code_1(here: Path) -> None:
    broken(here, "unknown-theme")
    result = kit("check")
    assert result.exit_code == 1
    assert result.stdout == ""
    lines = result.stderr.splitlines()
    assert lines[1].split()[0] == "content/activities/rounds.yaml:5:23"
    assert lines[2].index("proces-and-change") == lines[3].index("^")
    assert "kit list themes" in lines[4]
    assert lines[-2] == "1 error."


def test_faults_as_json_are_data_on_standard_output(here: Path) -> None:
    broken(here, "several-at-once")
    result = kit("check", "--format", "json")
    assert result.exit_code == 1
    assert result.stderr == ""
    found = json.loads(result.stdout)["faults"]
    assert len(found) == 6
    assert found[0]["code"] == "unknown-quote"
    assert found[0]["severity"] == "error"
    assert found[0]["place"] == {
        "file": "content/activities/pairs.yaml",
        "line": 6,
        "column": 10,
        "excerpt": "quotes: [ash-baot]",
    }


def test_no_faults_as_json_are_an_empty_list(here: Path) -> None:
    assert json.loads(kit("check", "--format", "json").stdout) == {"faults": [], "not_filled_in": []}


def test_what_a_profile_leaves_out_is_told_and_is_no_fault(here: Path) -> None:
    result = kit("check", "short", "--trust", "oakfield", "--strict")
    assert (result.exit_code, result.stderr) == (0, "")
    told_first, _, no_lock = result.stdout.partition("\n\nThis folder does not record the base")
    assert "kit upgrade --trust oakfield" in no_lock
    first, blank, heading, *lines = told_first.splitlines()
    assert (first, blank, heading) == ("No faults.", "", "Not filled in, and what it would add:")
    assert "  venue.quiet_room: a line in the joining instructions, on the welcome slide and on a poster" in lines
    assert not any(line.startswith(("  venue.fire_exit:", "  venue:", "  session.date:")) for line in lines)
    told = json.loads(kit("check", "short", "--trust", "oakfield", "--format", "json").stdout)
    assert [f"  {gain['field']}: {gain['adds']}" for gain in told["not_filled_in"]] == lines


def test_what_a_profile_leaves_out_is_told_after_the_faults(here: Path) -> None:
    broken(here, "unknown-step-and-slide")
    result = kit("check", "short", "--trust", "oakfield")
    assert result.exit_code == 1
    assert result.stdout.splitlines()[1] == "Not filled in, and what it would add:"
    assert "error" in result.stderr


def test_a_warning_passes_unless_strict(here: Path) -> None:
    broken(here, "people-out-of-range")
    assert kit("check").exit_code == 0
    assert "3 warnings." in kit("check").stderr
    assert kit("check", "--strict").exit_code == 1


def test_one_trust_may_be_checked_alone(here: Path) -> None:
    broken(here, "unknown-colour")
    assert kit("check", "short").exit_code == 0
    assert kit("check", "short", "--trust", "oakfield").exit_code == 1


@pytest.mark.parametrize(
    ("arguments", "message", "listing"),
    [
        (
            ("check", "short", "-t", "okfield"),
            "There is no trust “okfield”. Did you mean “oakfield”?",
            "kit list trusts",
        ),
        (("check", "shot"), "There is no plan “shot”. Did you mean “short”?", "kit list plans"),
        (("check", "half-day"), "There is no plan “half-day”.", "kit list plans"),
        (("build", "shot"), "There is no plan “shot”. Did you mean “short”?", "kit list plans"),
        (("build", "short", "-t", "zebra"), "There is no trust “zebra”.", "kit list trusts"),
        (("build", "short", "--only", "dekc"), "There is no document “dekc”. Did you mean “deck”?", "workbook, deck"),
        (
            ("list", "plans", "-t", "okfield"),
            "There is no trust “okfield”. Did you mean “oakfield”?",
            "kit list trusts",
        ),
        (
            ("show", "theme", "interlinkd"),
            "There is no theme “interlinkd”. Did you mean “interlinked”?",
            "kit list themes",
        ),
        (("show", "quote", "x"), "There is no quote “x”.", "kit list quotes"),
        (("show", "activity", "pear"), "There is no activity “pear”. Did you mean “pairs”?", "kit list activities"),
        (("show", "plan", "long"), "There is no plan “long”.", "kit list plans"),
    ],
)
def test_what_is_asked_for_and_not_there_is_wrong_use_with_a_near_miss(
    arguments: tuple[str, ...], message: str, listing: str, here: Path
) -> None:
    result = kit(*arguments)
    assert result.exit_code == 2
    assert f"error: {message}\n" in result.stderr
    assert listing in result.stderr
    assert result.stdout == ""


ARTICLE = """A byline

Ash: “A boat with oars alone goes in circles.”

'It's the rudder that decides . . . where the rowing goes.'
"""


def test_every_quotation_is_proved_against_a_copy_of_the_article(here: Path) -> None:
    (here / "copy.txt").write_text(ARTICLE, encoding="utf-8")
    result = kit("check", "--article", "copy.txt")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "word for word" in result.stdout


def test_a_changed_word_in_a_quotation_is_code_1(here: Path) -> None:
    (here / "copy.txt").write_text(ARTICLE.replace("circles", "rings"), encoding="utf-8")
    result = kit("check", "--article", "copy.txt")
    assert result.exit_code == 1
    assert "“ash-boat” does not stand in copy.txt word for word" in result.stderr


def test_an_article_that_is_not_there_is_wrong_use(here: Path) -> None:
    assert kit("check", "--article", "nowhere.txt").exit_code == 2


# list, show, schema ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("what", "first"),
    [
        ("plans", ["short", "1 hour", "38 to 90 min", "Oars and rudders. New clinical leads"]),
        ("activities", ["pairs", "Rowing in pairs", "We compare a week."]),
        ("themes", ["interlinked", "Both at once"]),
        ("quotes", ["ash-boat", "8 words", "“A boat with oars alone goes in circles.”"]),
        ("documents", ["workbook", "Workbook", "participants/workbook.pdf and .html"]),
        ("trusts", ["oakfield", "Oakfield Hospitals"]),
    ],
)
def test_a_listing_is_an_id_and_what_it_is_in_columns(what: str, first: list[str], here: Path) -> None:
    result = kit("list", what)
    assert (result.exit_code, result.stderr) == (0, "")
    assert re.split(r"\s{2,}", result.stdout.splitlines()[0]) == first


def test_a_listing_tells_of_files_that_it_cannot_show(here: Path) -> None:
    broken(here, "tab")
    result = kit("list", "activities")
    assert result.stdout.split()[0] == "rounds"
    assert "content/activities/pairs.yaml:13:1" in result.stderr


@pytest.mark.parametrize(
    ("what", "id", "lines"),
    [
        ("theme", "interlinked", ["Both at once", "Voices: Robin Ash, Kim Birch", "Activities: pairs"]),
        ("quote", "ash-boat", ["Robin Ash, ward manager, Oakfield, in 2016", "Themes: interlinked"]),
        ("activity", "pairs", ["25 minutes at best, 18 to 40 minutes; 4 to 30 people"]),
        ("plan", "short", ["1 hour, 4 to 24 people. New clinical leads", "- Compare 2 kinds of work"]),
    ],
)
def test_an_entry_is_shown_in_plain_lines(what: str, id: str, lines: list[str], here: Path) -> None:
    result = kit("show", what, id)
    assert result.exit_code == 0
    for line in lines:
        assert line in result.stdout.splitlines()
    assert "{{" not in result.stdout


def test_a_plan_shows_the_ids_by_which_changes_name_its_blocks(here: Path) -> None:
    rows = [line.split() for line in kit("show", "plan", "short").stdout.splitlines() if " min  " in line]
    assert [row[row.index("min") + 3] for row in rows] == ["pairs", "tea", "rounds"]


def test_schemas_are_written_where_they_are_asked_for(here: Path) -> None:
    result = kit("schema", "out")
    assert result.exit_code == 0
    assert "out/plan.json" in result.stdout.splitlines()
    assert json.loads((here / "out" / "plan.json").read_text("utf-8"))["title"] == "Plan"


# The process -------------------------------------------------------------------------------------


# The small workspace has a brand, whose colours are mixed, and no slides to measure. Those of the real one have
# drawings, which fontTools reads.
@pytest.mark.parametrize(
    ("asked", "folder", "heavy"),
    [
        ("check", SMALL, {"weasyprint", "pptx", "fontTools"}),
        ("check half-day", ROOT, {"weasyprint", "pptx", "coloraide"}),
    ],
    ids=["small", "real"],
)
def test_a_check_loads_neither_the_pdf_engine_nor_the_deck_writer(asked: str, folder: Path, heavy: set[str]) -> None:
    script = (
        "import sys\n"
        "from kit.cli import app\n"
        "try:\n"
        f"    app({asked.split()})\n"
        "except SystemExit as stop:\n"
        "    assert not stop.code, stop.code\n"
        f"heavy = set({sorted(heavy)}) & {{name.split('.')[0] for name in sys.modules}}\n"
        "print('loaded:', sorted(heavy))\n"
    )
    result = process("-c", script, cwd=folder)
    assert result.stdout == "No faults.\nloaded: []\n", result.stderr


@pytest.mark.parametrize("variables", [{"TERM": "xterm", "NO_COLOR": ""}, {"NO_COLOR": "1", "FORCE_COLOR": "1"}])
def test_a_pipe_gets_no_escape_codes(here: Path, variables: dict[str, str]) -> None:
    broken(here, "unknown-theme")
    result = process("-m", "kit", "check", cwd=here, **variables)
    assert result.returncode == 1
    assert "error" in result.stderr
    assert "\x1b" not in result.stderr + result.stdout


def test_a_terminal_gets_colours_unless_they_are_not_wanted(here: Path) -> None:
    import pty

    broken(here, "unknown-theme")

    def seen(**variables: str) -> str:
        ours, theirs = pty.openpty()
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm", "NO_COLOR": "", **variables}
        subprocess.run([sys.executable, "-m", "kit", "check"], cwd=here, env=environment, stderr=theirs, timeout=60)
        os.close(theirs)
        return os.read(ours, 65536).decode()

    assert "\x1b[31merror\x1b[0m" in seen()
    assert "\x1b" not in seen(NO_COLOR="1")
    assert "\x1b" not in seen(TERM="dumb")


def test_a_bug_is_code_70_with_its_traceback_and_where_to_report_it(here: Path) -> None:
    script = (
        "import kit.check, kit.cli, sys\n"
        "kit.check.check_all = lambda *given: 1 / 0\n"
        "sys.argv = ['kit', 'check']\n"
        "kit.cli.main()\n"
    )
    result = process("-c", script, cwd=here)
    assert result.returncode == 70
    assert "ZeroDivisionError" in result.stderr
    assert result.stderr.splitlines()[-1].startswith("This is a bug of the kit")
