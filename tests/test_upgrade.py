"""Staying theirs: what a trust's changes rest on is recorded, told of when it moves, and followed when they say so."""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter
from typer.testing import CliRunner, Result

import kit.upgrade
from kit import edit
from kit.base import Base
from kit.check import Order, base, check
from kit.cli import app
from kit.drift import drifts, lock_text, recorded, touched_by, warnings
from kit.load import Library, load
from kit.localise import localise
from kit.model.change import Change
from kit.model.lock import Item, Lock, LockedItem
from kit.model.moved import Move
from kit.publish import write_with_way_back
from kit.renames import Renames
from kit.source import read_yaml
from kit.upgrading import heading, rows, upgrade, written
from kit.workspace import Workspace

ROOT = Path(__file__).parents[1]

CHANGES = """\
changes: # what we do differently
  # the hour on the water
  short: # kit: allow voice-not-heard because we read their words out
    - drop: rounds # we have no circle
      why: We have no circle.
    # people asked for it
    - add: {id: finish, activity: rounds, minutes: 20, objectives: [choose]}
      after: tea
    - set: pairs
      title: Rowing at {{ trust.short }}
      minutes: 25 # as ever
    - {set: pairs/begin, do: Sit down., watch: "Nobody stands."} # steady
    - drop: document workbook
    - {drop: 'quote birch-rudder'}
"""


def run(*arguments: str, typed: str = "") -> Result:
    return CliRunner().invoke(app, list(arguments), input=typed, env={"COLUMNS": "80", "NO_COLOR": "1"})


def told(result: Result) -> str:
    """All that was said, on one line."""
    return " ".join((result.stdout + result.stderr).split())


def snapshot(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def exchange(path: Path, old: str, new: str) -> None:
    text = path.read_bytes().decode()
    assert old in text, f"{old!r} is not in {path.name}"
    path.write_bytes(text.replace(old, new).encode())


class Place:
    """A small workspace in which the trust Oakfield changes a plan."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.content = workspace.content
        self.folder = workspace.content / "trusts" / "oakfield"
        self.profile, self.lock = self.folder / "trust.yaml", self.folder / "kit.lock"
        self.plan = self.content / "plans" / "short.yaml"
        self.pairs = self.content / "activities" / "pairs.yaml"
        self.rounds = self.content / "activities" / "rounds.yaml"

    def write_changes(self, text: str) -> None:
        profile = self.profile.read_text("utf-8")
        head, _, rest = profile.partition("changes:")
        self.profile.write_text(head + text + rest[rest.index("policies:") :], "utf-8")

    def moved(self, *rows: str) -> None:
        lines = "".join(f"  - {{{row}, since: 0.2.0}}\n" for row in rows)
        (self.content / "moved.yaml").write_text(f"moved:\n{lines}", "utf-8")

    def faults(self) -> dict[str, str]:
        """What is said of each line of the trust's profile."""
        found = check(self.workspace, Order(plan="short", trust="oakfield")).diagnostics
        return {f.place.excerpt.strip(): f"{f.code}: {f.message}" for f in found if f.place}


@pytest.fixture
def place(small: Workspace, monkeypatch: pytest.MonkeyPatch) -> Place:
    monkeypatch.chdir(small.root)
    monkeypatch.delenv("KIT_TRUST", raising=False)
    place = Place(small)
    place.write_changes(CHANGES)
    assert run("upgrade", "--trust", "oakfield", "--yes").exit_code == 0
    shutil.rmtree(place.folder / ".kit")
    return place


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kit.upgrade, "at_a_terminal", lambda: True)


# What is recorded --------------------------------------------------------------------------------


def test_a_lock_holds_what_the_changes_rest_on_and_nothing_else(place: Place) -> None:
    read = read_yaml(place.lock.read_text("utf-8"), "kit.lock").value
    assert read is not None
    lock = Lock.model_validate(read.data)
    was = {(each.kind, each.id): each.was for each in lock.items}
    assert set(was) == {
        ("plan", "short"),
        ("block", "pairs"),
        ("block", "rounds"),
        ("block", "tea"),
        ("step", "pairs/begin"),
        ("activity", "rounds"),
        ("document", "workbook"),
        ("quote", "birch-rudder"),
    }
    assert was["block", "pairs"] == {"title": "Rowing in pairs", "minutes": 25, "priority": "must"}
    assert was["step", "pairs/begin"]["do"] == "Find a partner in your {{ term.unit }}."
    assert was["step", "pairs/begin"]["watch"] == "Facilitator only, watch begin."


def test_checking_and_building_never_write_a_lock(place: Place) -> None:
    place.lock.unlink()
    before = snapshot(place.content)
    result = run("check", "short", "--trust", "oakfield", "--strict")
    assert result.exit_code == 0
    assert "kit upgrade --trust oakfield" in result.stdout
    assert check(place.workspace, Order(plan="short", trust="oakfield")).value is not None
    assert snapshot(place.content) == before


def test_a_change_that_is_not_recorded_is_no_fault_and_the_upgrade_records_it(place: Place) -> None:
    exchange(place.profile, "    - drop: document workbook\n", "    - {move: tea, before: pairs}\n")
    exchange(place.plan, "minutes: 15", "minutes: 15 ")
    assert place.faults() == {}
    checked = run("check", "short", "--trust", "oakfield", "--strict")
    assert checked.exit_code == 0
    assert "kit.lock does not know 1 of your changes yet." in checked.stdout
    result = run("upgrade", "--trust", "oakfield", "--yes")
    assert "kit.lock" not in run("check", "short", "--trust", "oakfield").stdout
    assert result.exit_code == 0
    assert "1 change is not recorded yet" in told(result)
    assert 'after: "pairs"' in place.lock.read_text("utf-8")
    assert "document" not in place.lock.read_text("utf-8")


def test_a_new_folder_has_a_lock_and_a_copy_is_recorded(small: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(small.root)
    assert run("new", "trust", "Southmere Hospitals", "--no-prompt").exit_code == 0
    lock = small.root / "southmere" / "kit.lock"
    assert "items: []" in lock.read_text("utf-8")
    assert run("new", "activity", "our-pairs", "--from", "pairs", "--trust", "./southmere").exit_code == 0
    assert run("new", "plan", "our-short", "--from", "short", "--trust", "./southmere").exit_code == 0
    assert 'copies: ["our-pairs"]' in lock.read_text("utf-8")
    assert "base-has-moved" not in run("check", "--trust", "./southmere").stderr
    exchange(small.content / "activities" / "pairs.yaml", "Compare last week.", "Compare last month.")
    result = run("check", "--trust", "./southmere")
    assert "Activity “pairs”, which you copied, has been rewritten in the base." in told(result)
    assert "activities/our-pairs.yaml:1" in told(result)
    upgraded = run("upgrade", "--trust", "./southmere", "--yes")
    assert "southmere/activities/our-pairs.yaml" in told(upgraded)
    assert "base-has-moved" not in run("check", "--trust", "./southmere").stderr


def test_a_copy_of_something_of_ones_own_is_no_matter_of_the_base(place: Place) -> None:
    assert run("new", "activity", "first", "--from", "pairs", "--trust", "oakfield").exit_code == 0
    before = place.lock.read_bytes()
    assert run("new", "activity", "second", "--from", "first", "--trust", "oakfield").exit_code == 0
    assert place.lock.read_bytes() == before


FACTS = st.integers(0, 10**6) | st.text(max_size=40) | st.lists(st.text(max_size=20), max_size=3).map(tuple)


@given(st.dictionaries(st.sampled_from(["title", "minutes", "do", "points"]), FACTS))
def test_a_lock_reads_back_as_it_was_written(was: dict[str, Any]) -> None:
    item = LockedItem(kind="step", id="pairs/begin", plan="short", hash="0" * 16, was=was, copies=("no", "null"))
    lock = Lock(kit="0.1.0", items=(item,))
    read = read_yaml(lock_text(lock), "kit.lock").value
    assert read is not None
    assert Lock.model_validate(read.data) == lock


LOCKED = st.builds(
    LockedItem,
    kind=st.sampled_from(["plan", "activity", "block", "step", "slide", "document", "quote"]),
    id=st.sampled_from(
        ["short", "pairs", "rounds", "tea", "pairs/begin", "pairs/boat", "deck", "ash-boat", "gone", "/"]
    ),
    plan=st.sampled_from([None, "short", "tides", "gone"]),
    whole=st.booleans(),
    hash=st.just("0" * 16),
    was=st.dictionaries(
        st.sampled_from(["title", "minutes", "priority", "text", "do", "after", "blocks", "points", "themes", "odd"]),
        st.sampled_from([1, "none", "words", ("a", "b")]),
    ),
    copies=st.sampled_from([(), ("pairs",), ("no-such",)]),
)
HERS = TypeAdapter(tuple[Change, ...]).validate_python(
    [
        {"drop": "rounds"},
        {"set": "pairs", "title": "Ours", "minutes": 30},
        {"set": "pairs/begin", "do": "Sit.", "minutes": 4},
        {"set": "slide pairs/boat", "points": ["What now?"]},
        {"move": "tea", "before": "pairs"},
        {"drop": "document deck"},
        {"drop": "quote ash-boat"},
        {"add": {"id": "again", "activity": "rounds", "minutes": 20}, "after": "tea"},
    ]
)


@given(st.lists(LOCKED, max_size=6))
def test_whatever_a_lock_says_it_is_told_in_sentences(oakfield_library: Library, items: list[LockedItem]) -> None:
    assert oakfield_library.trust is not None
    trust = oakfield_library.trust.model_copy(update={"changes": {"short": HERS}})
    library = replace(oakfield_library, trust=trust, lock=Lock(kit="0.0.1", items=tuple(items)))
    now = Base(replace(library, trust=None), {"deck": "Slides"})
    for drift in drifts(library.lock or Lock(kit=""), now, touched_by(trust, library.own, now, library.lock)):
        assert rows(drift, library)
        assert heading(drift)[0].isupper()
        for fault in warnings([drift], library):
            assert fault.message[0].isupper()
            assert fault.message.endswith(".")


@pytest.mark.parametrize("folder", sorted((ROOT / "content" / "trusts").iterdir()), ids=lambda path: path.name)
def test_the_locks_of_the_trusts_here_are_up_to_date(folder: Path) -> None:
    workspace = Workspace(ROOT, ROOT)
    library, now = load(workspace, trust=folder).value, base(workspace)
    assert library is not None
    assert library.trust is not None
    assert now is not None
    lock = recorded(now, touched_by(library.trust, library.own, now, library.lock), {})
    assert (folder / "kit.lock").read_text("utf-8") == lock_text(lock), f"Run: kit upgrade --trust {folder.name}"


# What is told ------------------------------------------------------------------------------------


def test_minutes_that_moved_are_told_at_the_line_that_set_them(place: Place) -> None:
    exchange(place.plan, "minutes: 25", "minutes: 30")
    assert place.faults()["minutes: 25 # as ever"] == (
        "base-has-moved: Block “pairs” was 25 minutes when you set 25; it is now 30."
    )


def test_what_moved_and_no_change_rests_on_is_not_told(place: Place) -> None:
    exchange(place.plan, "note of the block", "another note of the block")
    exchange(place.pairs, "say begin", "say it again")
    exchange(place.rounds, "a circle", "a round")
    found = place.faults()
    assert list(found) == ["- drop: rounds # we have no circle"]
    assert "which you leave out, has been rewritten" in found["- drop: rounds # we have no circle"]


def test_words_that_were_replaced_and_rewritten_are_told(place: Place) -> None:
    exchange(place.pairs, "Find a partner", "Find 1 partner")
    (message,) = place.faults().values()
    assert message.endswith("has been rewritten in the base: what to do in step “begin” of “pairs”.")


def test_a_base_that_comes_to_say_the_same_is_told_so(place: Place) -> None:
    exchange(place.pairs, "Facilitator only, watch begin.", "Nobody stands.")
    (message,) = place.faults().values()
    assert "your change makes no difference now" in message


def test_what_moved_stops_only_those_who_ask_for_it(place: Place) -> None:
    exchange(place.pairs, "Find a partner", "Find 1 partner")
    assert run("check", "short", "--trust", "oakfield").exit_code == 0
    assert run("check", "short", "--trust", "oakfield", "--strict").exit_code == 1
    assert run("check", "tides", "--trust", "oakfield", "--strict").exit_code == 0
    exchange(place.profile, "do: Sit down., watch", "do: Sit down., watch")
    exchange(place.profile, "# steady", "# kit: allow base-has-moved because we stay seated")
    assert run("check", "short", "--trust", "oakfield", "--strict").exit_code == 0


def test_an_activity_that_is_gone_is_told_once_with_the_count_and_the_nearest(place: Place) -> None:
    exchange(place.profile, "minutes: 20, objectives: [choose]}\n      after: tea", "minutes: 10}\n      after: tea")
    exchange(
        place.profile,
        "    # people asked for it\n",
        "    - add: {id: start, activity: rounds, minutes: 10, objectives: [choose]}\n      before: pairs\n",
    )
    assert run("upgrade", "--trust", "oakfield", "--yes").exit_code == 0
    exchange(place.rounds, "id: rounds", "id: circles")
    place.rounds.rename(place.rounds.with_name("circles.yaml"))
    exchange(place.plan, "activity: rounds", "activity: circles")
    found = [message for message in place.faults().values() if "“rounds” is gone" in message]
    assert (
        found
        == ["unknown-activity: Activity “rounds” is gone from the base: 2 of your changes name it. Nearest: “circles”."]
        * 2
    )


def test_a_document_that_is_gone_is_told(place: Place) -> None:
    shutil.rmtree(place.workspace.root / "templates" / "workbook")
    (message,) = place.faults().values()
    assert message == "unknown-document: Document “workbook” is gone from the base: 1 of your changes names it."


def test_a_block_that_is_gone_is_told_to_changes_of_its_steps_too(place: Place) -> None:
    place.write_changes("changes:\n  short:\n    - {set: pairs/begin, do: Sit.}\n    - {drop: pairs/compare}\n")
    assert run("upgrade", "--trust", "oakfield", "--yes").exit_code == 0
    exchange(place.plan, "  - id: pairs\n", "  - id: rowing\n")
    assert set(place.faults().values()) == {
        "unknown-block: Block “pairs” is gone from the base: 2 of your changes name it."
    }


def test_a_file_in_place_of_the_bases_is_told_of_what_it_hides(place: Place) -> None:
    (place.folder / "activities").mkdir()
    own = place.folder / "activities" / "rounds.yaml"
    shutil.copy(place.rounds, own)
    assert run("upgrade", "--trust", "oakfield", "--yes").exit_code == 0
    exchange(place.rounds, "a circle", "a ring")
    (hidden, dropped) = place.faults().values()
    assert "Activity “rounds”, in whose place your file stands, has been rewritten in the base." in hidden
    assert "which you leave out" in dropped
    assert run("upgrade", "--trust", "oakfield", "--yes").exit_code == 0
    assert place.faults() == {}
    rename_everything(place)
    result = run("upgrade", "--trust", "oakfield", "--yes")
    assert "name rounds circle" in told(result)
    found = run("check", "--trust", "oakfield").stderr
    assert "error" not in found


# Upgrading ---------------------------------------------------------------------------------------


def move_everything(place: Place) -> None:
    """Minutes, words and a document: 3 things that Oakfield's changes rest on."""
    exchange(place.plan, "minutes: 25", "minutes: 30")
    exchange(
        place.plan, "{id: tea, kind: break, title: Tea, minutes: 15}", "{id: tea, kind: break, title: Tea, minutes: 10}"
    )
    exchange(place.pairs, "Find a partner", "Find 1 partner")
    exchange(place.workspace.content / "words" / "en-GB.yaml", "title: Workbook", "title: The workbook")


def test_nothing_moved_is_1_line_and_nothing_is_written(place: Place) -> None:
    before = snapshot(place.folder)
    result = run("upgrade", "--trust", "oakfield")
    assert (result.exit_code, result.stdout) == (
        0,
        "Nothing has moved in the base that the changes of Oakfield Hospitals rest on.\n",
    )
    assert snapshot(place.folder) == before


def test_each_item_shows_what_was_what_is_and_what_is_theirs(place: Place) -> None:
    move_everything(place)
    lines = run("upgrade", "--trust", "oakfield", "--dry-run").stdout.splitlines()
    rows = [re.split(r"  +", line.strip()) for line in lines]
    assert ["minutes", "25 minutes", "30 minutes", "25 minutes"] in rows
    assert ["title", "Workbook", "The workbook", "left out"] in rows
    assert max(map(len, lines)) <= 80
    assert not any("watch" in row[0] or "priority" in row[0] for row in rows if row)


@pytest.mark.parametrize(
    ("flags", "typed", "code"),
    [(["--dry-run"], "", 0), ([], "", 2)],
)
def test_looking_writes_nothing(place: Place, flags: list[str], typed: str, code: int) -> None:
    move_everything(place)
    before = snapshot(place.folder)
    assert run("upgrade", "--trust", "oakfield", *flags, typed=typed).exit_code == code
    assert snapshot(place.folder) == before


@pytest.mark.usefixtures("asked")
@pytest.mark.parametrize(("typed", "code"), [("b\nb\nb\nn\n", 0), ("b\nb\n", 130), ("", 130)])
def test_a_refused_question_writes_nothing(place: Place, typed: str, code: int) -> None:
    move_everything(place)
    before = snapshot(place.folder)
    result = run("upgrade", "--trust", "oakfield", typed=typed)
    assert result.exit_code == code
    assert "Nothing was written" in result.stderr
    assert snapshot(place.folder) == before


@pytest.mark.usefixtures("asked")
def test_enter_keeps_what_is_theirs_to_the_letter(place: Place) -> None:
    move_everything(place)
    before = place.profile.read_bytes()
    assert run("upgrade", "--trust", "oakfield", typed="\n\n\n\n").exit_code == 0
    assert place.profile.read_bytes() == before
    assert not any("base-has-moved" in message for message in place.faults().values())


@pytest.mark.usefixtures("asked")
def test_taking_the_bases_takes_out_a_field_or_a_change_and_no_comment(place: Place) -> None:
    move_everything(place)
    before = place.profile.read_text("utf-8")
    result = run("upgrade", "--trust", "oakfield", typed="b\nq\nb\nb\ny\n")
    assert result.exit_code == 0
    assert "Write k or b." in result.stderr
    after = before.replace("    - drop: document workbook\n", "")
    after = after.replace("      minutes: 25 # as ever\n", "").replace("do: Sit down., watch", "watch")
    assert place.profile.read_text("utf-8") == after
    assert not any("base-has-moved" in message for message in place.faults().values())


def test_upgrading_twice_changes_nothing_the_second_time(place: Place) -> None:
    move_everything(place)
    assert run("upgrade", "--trust", "oakfield", "--yes").exit_code == 0
    before = snapshot(place.folder)
    assert run("upgrade", "--trust", "oakfield", "--yes").exit_code == 0
    assert snapshot(place.folder) == before


@pytest.mark.usefixtures("asked")
def test_what_is_gone_stays_named_until_they_take_it_out(place: Place) -> None:
    shutil.rmtree(place.workspace.root / "templates" / "workbook")
    kept = run("upgrade", "--trust", "oakfield", "--yes")
    assert kept.exit_code == 1
    assert "Document “workbook”" in kept.stdout
    assert "is gone from the base" in "".join(place.faults().values())
    assert run("upgrade", "--trust", "oakfield", typed="t\ny\n").exit_code == 0
    assert "workbook" not in place.profile.read_text("utf-8")
    assert "workbook" not in place.lock.read_text("utf-8")
    assert place.faults() == {}


@pytest.mark.usefixtures("asked")
def test_a_plan_that_is_gone_is_1_question_and_not_1_for_each_of_its_blocks(place: Place) -> None:
    place.plan.unlink()
    assert run("check", "--trust", "oakfield").exit_code == 1
    result = run("upgrade", "--trust", "oakfield", typed="t\ny\n")
    assert result.exit_code == 0
    assert "1 of 1: Plan “short”" in result.stdout or "1 of 2: Plan “short”" in result.stdout
    assert "changes" not in place.profile.read_text("utf-8").replace("# changes", "")


@pytest.mark.usefixtures("asked")
def test_what_stands_beside_something_that_is_gone_is_not_taken_out(place: Place) -> None:
    exchange(place.plan, "id: tea", "id: coffee")
    before = place.profile.read_bytes()
    result = run("upgrade", "--trust", "oakfield", typed="y\n")
    assert result.exit_code == 1
    assert "“finish” stands after it" in told(result)
    assert "Name another in its place, in your file." in result.stdout
    assert place.profile.read_bytes() == before
    assert "Block “tea” is gone from the base" in "".join(place.faults().values())


@pytest.mark.parametrize("name", ["activities/pairs.yaml", "plans/tides.yaml", "trusts/oakfield/trust.yaml"])
def test_faults_that_hide_what_has_moved_stop_an_upgrade(place: Place, name: str) -> None:
    file = place.content / name
    file.write_text("titel: x\n" + file.read_text("utf-8"), "utf-8")
    before = snapshot(place.content)
    result = run("upgrade", "--trust", "oakfield", "--yes")
    assert result.exit_code == 1
    assert "There is no field “titel” here." in result.stderr
    assert "Nothing was written" in result.stderr
    assert snapshot(place.content) == before


def test_a_lock_that_cannot_be_read_is_not_written_over(place: Place) -> None:
    place.lock.write_text("kit: [", "utf-8")
    result = run("upgrade", "--trust", "oakfield", "--yes")
    assert result.exit_code == 1
    assert "unreadable-lock" in result.stderr
    assert place.lock.read_text("utf-8") == "kit: ["
    assert run("check", "short", "--trust", "oakfield").exit_code == 0


# New names ---------------------------------------------------------------------------------------


def rename_everything(place: Place) -> None:
    """A plan, a block (twice), a step, an activity and a quotation get new names."""
    exchange(place.plan, "id: short", "id: brief")
    place.plan.rename(place.plan.with_name("brief.yaml"))
    plan = place.plan.with_name("brief.yaml")
    exchange(plan, "  - id: pairs\n    activity: pairs", "  - id: row-in-pairs\n    activity: pairs")
    exchange(plan, "activity: rounds", "activity: circle")
    exchange(place.content / "plans" / "tides.yaml", "activity: rounds", "activity: circle")
    exchange(place.pairs, "id: begin", "id: start")
    exchange(place.pairs, "quote: birch-rudder", "quote: birch-helm")
    exchange(place.content / "article" / "quotes.yaml", "id: birch-rudder", "id: birch-helm")
    exchange(place.rounds, "id: rounds", "id: circle")
    place.rounds.rename(place.rounds.with_name("circle.yaml"))
    place.moved(
        "kind: block, plan: short, from: pairs, to: rowing",
        "kind: block, plan: brief, from: rowing, to: row-in-pairs",
        "kind: plan, from: short, to: brief",
        "kind: step, activity: pairs, from: begin, to: start",
        "kind: activity, from: rounds, to: circle",
        "kind: quote, from: birch-rudder, to: birch-helm",
    )


def renamed(text: str) -> str:
    """What Oakfield's profile is once it follows."""
    for old, new in (
        ("  short: # kit", "  brief: # kit"),
        ("activity: rounds", "activity: circle"),
        ("- set: pairs\n", "- set: row-in-pairs\n"),
        ("{set: pairs/begin,", "{set: row-in-pairs/start,"),
        ("'quote birch-rudder'", "'quote birch-helm'"),
    ):
        assert old in text
        text = text.replace(old, new)
    return text


def test_new_names_are_told_where_the_old_ones_stand(place: Place) -> None:
    rename_everything(place)
    result = run("check", "--trust", "oakfield")
    assert result.exit_code == 1
    assert "The plan “short” is called “brief” since version 0.2.0." in told(result)
    assert "kit upgrade --trust oakfield: it writes the new name for you." in told(result)


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_new_names_are_written_and_nothing_else_is_touched(place: Place, ends: str, mark: str) -> None:
    rename_everything(place)
    before = place.profile.read_text("utf-8")
    place.profile.write_bytes((mark + before.replace("\n", ends)).encode())
    result = run("upgrade", "--trust", "oakfield", "--yes")
    assert result.exit_code == 0
    assert place.profile.read_bytes() == (mark + renamed(before).replace("\n", ends)).encode()
    assert check(place.workspace, Order(plan="brief", trust="oakfield")).diagnostics == ()
    assert run("upgrade", "--trust", "oakfield").stdout.startswith("Nothing has moved")


def test_new_names_reach_the_plans_and_the_activities_of_their_own(place: Place) -> None:
    (place.folder / "plans").mkdir()
    (place.folder / "activities").mkdir()
    own = place.plan.read_text("utf-8").replace("id: short", "id: ours")
    (place.folder / "plans" / "ours.yaml").write_text(own, "utf-8")
    mine = place.pairs.read_text("utf-8").replace("id: pairs", "id: mine")
    (place.folder / "activities" / "mine.yaml").write_text(mine, "utf-8")
    rename_everything(place)
    assert run("upgrade", "--trust", "oakfield", "--yes").exit_code == 0
    assert (place.folder / "plans" / "ours.yaml").read_text("utf-8") == own.replace(
        "activity: rounds", "activity: circle"
    )
    assert (place.folder / "activities" / "mine.yaml").read_text("utf-8") == mine.replace("birch-rudder", "birch-helm")


def test_a_term_with_a_new_name_is_followed_though_the_profile_cannot_be_read(place: Place) -> None:
    exchange(place.profile, "unit: {one: care group, many: care groups}", "dept: {one: care group, many: care groups}")
    exchange(place.profile, "Water comes in.", "Water comes into the {{ term.dept }}.")
    place.moved("kind: term, from: dept, to: unit")
    assert run("upgrade", "--trust", "oakfield", "--yes").exit_code == 0
    text = place.profile.read_text("utf-8")
    assert "unit: {one: care group, many: care groups}" in text
    assert "Water comes into the {{ term.unit }}." in text


def test_a_new_name_that_cannot_be_written_safely_is_left_to_a_person(place: Place) -> None:
    exchange(place.profile, "    - set: pairs\n", "    - set: >-\n        pairs\n")
    rename_everything(place)
    result = run("upgrade", "--trust", "oakfield", "--yes")
    assert result.exit_code == 1
    assert "Write this one yourself" in result.stdout
    text = place.profile.read_text("utf-8")
    assert ">-\n        pairs\n" in text
    assert "{set: row-in-pairs/start," in text


def test_a_file_of_their_own_keeps_its_name_when_the_base_renames_its_namesake(place: Place) -> None:
    (place.folder / "activities").mkdir()
    shutil.copy(place.rounds, place.folder / "activities" / "rounds.yaml")
    rename_everything(place)
    assert run("upgrade", "--trust", "oakfield", "--yes").exit_code == 0
    assert "activity: rounds, minutes: 20" in place.profile.read_text("utf-8")


NAMES = st.sampled_from(["ash", "birch", "cedar", "elm", "oak"])
MOVES = st.lists(st.tuples(NAMES, NAMES), max_size=6)


@given(MOVES, NAMES)
def test_following_new_names_ends_and_is_done_once(pairs: list[tuple[str, str]], name: str) -> None:
    moves = [Move.model_validate({"kind": "quote", "from": old, "to": new, "since": "0.2.0"}) for old, new in pairs]
    renames = Renames(moves)
    last = renames.named("quote", name)
    onward = dict(reversed(pairs))
    seen = {name}
    while name in onward and onward[name] not in seen:
        seen.add(name := onward[name])
    assert last == name


# Undoing -----------------------------------------------------------------------------------------


def test_undoing_gives_back_the_same_bytes(place: Place) -> None:
    rename_everything(place)
    before = snapshot(place.folder)
    assert run("upgrade", "--trust", "oakfield", "--yes").exit_code == 0
    assert snapshot(place.folder) != before
    assert run("upgrade", "--trust", "oakfield", "--undo").exit_code == 0
    assert snapshot(place.folder) == before
    again = run("upgrade", "--trust", "oakfield", "--undo")
    assert (again.exit_code, again.stdout) == (2, "")


def test_undoing_the_first_upgrade_takes_the_lock_away(place: Place) -> None:
    place.lock.unlink()
    before = snapshot(place.folder)
    assert run("upgrade", "--trust", "oakfield", "--yes").exit_code == 0
    assert run("upgrade", "--trust", "oakfield", "--undo").exit_code == 0
    assert snapshot(place.folder) == before


def test_what_was_edited_after_an_upgrade_is_set_aside_when_it_is_undone(place: Place) -> None:
    rename_everything(place)
    before = snapshot(place.folder)
    assert run("upgrade", "--trust", "oakfield", "--yes").exit_code == 0
    exchange(place.profile, "as ever", "for ever")
    edited = place.profile.read_bytes()
    result = run("upgrade", "--trust", "oakfield", "--undo")
    assert result.exit_code == 0
    assert "You had edited trust.yaml since." in result.stdout
    assert place.profile.read_bytes() == before["trust.yaml"]
    assert (place.folder / ".kit" / "before-undo" / "1" / "trust.yaml").read_bytes() == edited


def test_several_upgrades_are_undone_one_by_one(place: Place) -> None:
    states = [snapshot(place.folder)]
    for minutes in ("30", "35"):
        exchange(
            place.plan,
            f"minutes: {int(minutes) - 5}\n    objectives: [compare]",
            f"minutes: {minutes}\n    objectives: [compare]",
        )
        assert run("upgrade", "--trust", "oakfield", "--yes").exit_code == 0
        states.append(snapshot(place.folder))
    for state in reversed(states[:-1]):
        assert run("upgrade", "--trust", "oakfield", "--undo").exit_code == 0
        assert snapshot(place.folder) == state


def test_a_disk_that_refuses_leaves_all_as_it_was(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    from kit import publish

    before = snapshot(place.folder)
    write_file = publish.write_file

    def full(target: Path, data: bytes) -> None:
        if target == place.lock and data == b"new":
            raise OSError(28, "No space left on device")
        write_file(target, data)

    monkeypatch.setattr(publish, "write_file", full)
    with pytest.raises(OSError, match="No space"):
        write_with_way_back(place.folder, {place.profile: b"new", place.lock: b"new"})
    assert snapshot(place.folder) == before


def test_a_record_that_reaches_out_of_its_folder_is_not_followed(place: Place) -> None:
    outside = place.content / "trusts" / "outside.yaml"
    outside.write_text("ours", "utf-8")
    write_with_way_back(place.folder, {place.profile: b"new"})
    record = place.folder / ".kit" / "before-upgrade" / "1" / "upgrade.json"
    exchange(record, '"trust.yaml"', '"../outside.yaml"')
    run("upgrade", "--trust", "oakfield", "--undo")
    assert outside.read_text("utf-8") == "ours"


# Rules -------------------------------------------------------------------------------------------

EDITS = (
    ("plans/short.yaml", "    minutes: 25\n", "    minutes: 30\n"),
    ("plans/short.yaml", "title: Tea, minutes: 15", "title: Tea and cake, minutes: 10"),
    ("plans/short.yaml", "    minutes: 20\n    priority: could", "    minutes: 25\n    priority: must"),
    ("activities/pairs.yaml", "Find a partner", "Find 1 partner"),
    ("activities/pairs.yaml", "id: compare\n    title: Compare", "id: compare\n    title: Compare weeks"),
    ("activities/pairs.yaml", "title: One voice", "title: A voice"),
    (
        "activities/rounds.yaml",
        "title: Round, minutes: {least: 10, best: 20",
        "title: Round, minutes: {least: 10, best: 15",
    ),
    ("article/quotes.yaml", "with oars alone", "with 2 oars alone"),
)
LINES = (
    "{drop: rounds}",
    "{drop: pairs/compare}",
    "{set: pairs, title: Ours, minutes: 30}",
    "{set: pairs/begin, do: Sit., minutes: 4}",
    "{set: slide pairs/debrief, points: [What now?]}",
    "{move: rounds, before: pairs}",
    "{drop: slide pairs/boat}",
    "{drop: quote ash-boat}",
    "{add: {id: rest, kind: break, title: Rest, minutes: 5}, after: tea}",
    "{add: {quote: ash-boat}, after: rounds}",
    "{replace: tea, by: {id: coffee, kind: break, title: Coffee, minutes: 15}}",
    "{replace: pairs/compare, by: {id: talk, title: Talk, minutes: 9, do: Talk.}}",
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sets(st.sampled_from(LINES), max_size=5), st.sets(st.sampled_from(EDITS), min_size=1, max_size=4))
def test_keeping_ones_own_never_changes_the_workshop(
    tmp_path_factory: pytest.TempPathFactory, lines: set[str], edits: set[tuple[str, str, str]]
) -> None:
    root = tmp_path_factory.mktemp("kept").resolve() / "small"
    shutil.copytree(ROOT / "tests" / "small", root)
    place = Place(Workspace(root, root))
    place.write_changes("changes:\n  short:\n" + "".join(f"    - {line}\n" for line in sorted(lines)) if lines else "")
    keep(place)
    for name, old, new in sorted(edits):
        exchange(place.content / name, old, new)
    before, workshop = place.profile.read_bytes(), workshop_of(place)
    keep(place)
    assert place.profile.read_bytes() == before
    assert workshop_of(place) == workshop
    found = check(place.workspace, Order(plan="short", trust="oakfield")).diagnostics
    assert not any(fault.code == "base-has-moved" for fault in found)
    up = upgrade(place.workspace, place.folder).value
    assert up is not None
    again = written(up, ()).value
    assert again is not None
    assert (up.drifts, again.files) == ((), {})


def keep(place: Place) -> None:
    """Upgrade, with all that is theirs kept."""
    up = upgrade(place.workspace, place.folder).value
    assert up is not None
    made = written(up, ()).value
    assert made is not None
    for path, data in made.files.items():
        path.write_bytes(data)


def workshop_of(place: Place) -> object:
    library = load(place.workspace, trust=place.folder).value
    assert library is not None
    outcome = localise(library, "short")
    return outcome.value, outcome.diagnostics


ITEMS = st.lists(
    st.sampled_from(["{drop: x}", "drop: y # here", "set: z\n    note: >-\n      long\n\n      text", "'w' # there"]),
    min_size=1,
    max_size=6,
)


@given(ITEMS, st.data(), st.sampled_from(["\n", "\r\n"]))
def test_taking_an_item_out_leaves_every_other_line(items: list[str], data: st.DataObject, ends: str) -> None:
    blocks = [f"  # about {n}\n  - {item}\n" for n, item in enumerate(items)]
    text = "a: 1\nlist:\n" + "".join(blocks) + "# after\nb: 2\n"
    at = data.draw(st.integers(0, len(items) - 1))
    made = edit.without(text.replace("\n", ends), ("list", at))
    assert made is not None
    if len(items) == 1:
        assert edit.at(read_yaml(made.replace(ends, "\n"), "").value.data, ()) == {"a": 1, "b": 2}  # type: ignore[union-attr]
        assert "# after" in made
        return
    blocks[at] = f"  # about {at}\n"
    assert made.replace(ends, "\n") == "a: 1\nlist:\n" + "".join(blocks) + "# after\nb: 2\n"


def hashes(root: Path) -> Iterator[tuple[str, str]]:
    for name in ("content", "templates"):
        for path in sorted((root / name).rglob("*")):
            if path.is_file():
                yield path.relative_to(root).as_posix(), hashlib.sha256(path.read_bytes()).hexdigest()


def test_no_command_on_a_trust_writes_to_the_base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = tmp_path.resolve() / "project"
    for name in ("content", "templates"):
        shutil.copytree(ROOT / name, root / name)
    (root / "work").mkdir()
    monkeypatch.chdir(root / "work")
    monkeypatch.delenv("KIT_TRUST", raising=False)
    before = dict(hashes(root))
    trust = ("--trust", "./southmere")
    example = (
        "changes:\n  half-day:\n    - {set: role-rewrite, minutes: 40}\n    - {set: troika, minutes: 30}\n"
        "    - {drop: document register}\n"
    )
    assert run("new", "trust", "Southmere Hospitals", "--no-prompt").exit_code == 0
    profile = root / "work" / "southmere" / "trust.yaml"
    profile.write_text(profile.read_text("utf-8") + example, "utf-8")
    for arguments in (
        ("new", "activity", "our-troika", *trust),
        ("new", "plan", "our-lunch", *trust),
        ("check", *trust),
        ("upgrade", *trust, "--yes"),
        ("build", *trust, "--only", "run-sheet"),
        ("explain", *trust),
        ("list", "plans", *trust),
        ("brand", "./southmere"),
        ("upgrade", *trust, "--dry-run"),
        ("upgrade", *trust, "--undo"),
    ):
        result = run(*arguments)
        assert result.exit_code in (0, 1), (arguments, result.stderr)
        assert dict(hashes(root)) == before, arguments


def test_the_hash_of_an_item_does_not_depend_on_its_name(place: Place) -> None:
    now = base(place.workspace)
    assert now is not None
    first = now.facts(Item("activity", "rounds"))
    rename_everything(place)
    after = base(place.workspace)
    assert after is not None
    second = after.facts(Item("activity", "circle"))
    assert first is not None
    assert second is not None
    assert first.digest == second.digest


# Templates ---------------------------------------------------------------------------------------


def test_a_page_that_a_trust_changes_a_part_of_is_recorded_and_told_of_when_it_is_rewritten(place: Place) -> None:
    page = place.workspace.root / "templates/workbook/page.html.j2"
    page.write_text("<p>{% block close %}{% endblock %}</p>\n", "utf-8")
    own = place.folder / "templates/workbook/page.html.j2"
    own.parent.mkdir(parents=True)
    own.write_text('{% extends "base/workbook/page.html.j2" %}\n{% block close %}Row on.{% endblock %}\n', "utf-8")
    run("upgrade", "--trust", "oakfield", "--yes")
    assert "page.html.j2" in (place.folder / "kit.lock").read_text("utf-8")
    assert "has been rewritten" not in run("check", "--trust", "oakfield", "short").stderr
    page.write_text("<section>{% block close %}{% endblock %}</section>\n", "utf-8")
    told = run("check", "--trust", "oakfield", "short").stderr
    assert "Template “workbook/page.html.j2”, of which you change a part, has been rewritten in the base." in told
    before = own.read_bytes()
    assert run("upgrade", "--trust", "oakfield", "--yes").exit_code == 0
    assert own.read_bytes() == before
    assert "has been rewritten" not in run("check", "--trust", "oakfield", "short").stderr


def test_a_step_that_a_trust_sets_in_a_block_of_its_own_rests_on_the_bases_activity(place: Place) -> None:
    profile = place.folder / "trust.yaml"
    place.write_changes(
        "changes:\n  short:\n    - drop: rounds\n"
        "    - {add: {id: finish, activity: rounds, minutes: 20, objectives: [choose]}, after: tea}\n"
        "    - {set: finish/round, do: Say 2 things each.}\n"
    )
    run("upgrade", "--trust", "oakfield", "--yes")
    moved = "of which you change a part, has been rewritten in the base."
    assert moved not in run("check", "--trust", "oakfield", "short").stderr
    exchange(place.workspace.content / "activities/rounds.yaml", "Say 1 thing each.", "Say 1 thing sitting.")
    assert f"Activity “rounds”, {moved}" in run("check", "--trust", "oakfield", "short").stderr
    written = profile.read_bytes()
    run("upgrade", "--trust", "oakfield", "--yes")
    assert profile.read_bytes() == written
    assert moved not in run("check", "--trust", "oakfield", "short").stderr
