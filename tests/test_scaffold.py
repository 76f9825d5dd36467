"""Beginning something of one's own: a trust's folder, a plan, an activity."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from powerpoints import SHAPES
from typer.testing import CliRunner, Result

import kit.new
from kit.check import Order, check
from kit.cli import app
from kit.load import load
from kit.model.change import VERBS
from kit.model.terms import Term, Terms
from kit.model.trust import Trust
from kit.publish import NotEmpty, write_new_folder
from kit.scaffold import answers, trust_files
from kit.scaffold.answers import Answers, BadAnswer
from kit.scaffold.copying import likely_source, scalar, with_values
from kit.source import read_yaml
from kit.unfilled import unfilled
from kit.workspace import Workspace

ROOT = Path(__file__).parents[1]
SMALL = Workspace(ROOT / "tests" / "small", ROOT / "tests" / "small")
NAME = "Southmere University Hospitals"
NOWHERE = {"trust": None, "brand": None}


def run(*arguments: str, typed: str = "", **variables: str) -> Result:
    return CliRunner().invoke(app, list(arguments), input=typed, env=variables)


def told(result: Result) -> str:
    """What went to standard error, on one line."""
    return " ".join(result.stderr.split())


def snapshot(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder outside the project, in which the user stands."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("KIT_TRUST", raising=False)
    return tmp_path


@pytest.fixture
def southmere(elsewhere: Path) -> Path:
    assert run("new", "trust", NAME).exit_code == 0
    return elsewhere / "southmere"


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kit.new, "at_a_terminal", lambda: True)


# What is likely ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Southmere University Hospitals", "Southmere"),
        ("Southmere University Hospitals NHS Foundation Trust", "Southmere"),
        ("University Hospitals of Westmere NHS Trust", "Westmere"),
        ("Dale and Fell Coast University Health Board", "Dale and Fell Coast"),
        ("North Lough Health and Social Care Trust", "North Lough"),
        ("St Osyth's and Holm Hospitals", "St Osyth's and Holm"),
        ("The Larkfield NHS Foundation Trust", "Larkfield"),
        ("Mere Hospitals and Community Trust", "Mere"),
        ("NHS Westerdale", "Westerdale"),
        ("Mere, Holm: the (teaching) hospitals", "Mere, Holm"),
        ("University Hospital NHS Trust", "University Hospital NHS Trust"),
    ],
)
def test_a_short_name_is_what_sets_a_name_apart(name: str, short: str) -> None:
    assert answers.short_name(name) == short


@pytest.mark.parametrize(
    ("name", "kind", "nation"),
    [
        (NAME, "trust", "England"),
        ("North Lough Health and Social Care Trust", "HSC trust", "Northern Ireland"),
        ("Dale Coast University Health Board", "health board", "Wales"),
        ("NHS Westerdale", "health board", "Scotland"),
        ("NHS Foundation Trust of Mere", "trust", "England"),
    ],
)
def test_the_kind_and_the_nation_follow_from_the_name(name: str, kind: str, nation: str) -> None:
    assert answers.likely_kind(name) == kind
    assert answers.likely_nation(name, kind) == nation


@pytest.mark.parametrize(
    ("words", "id"),
    [
        ("St Osyth's & Holm", "st-osyths-holm"),
        ("Ynys Môn", "ynys-mon"),
        ("3 Rivers", "rivers"),
        ("病院", ""),
        ("a" * 80, "a" * 60),
    ],
)
def test_an_id_has_lower_case_words_and_numbers_joined_by_hyphens(words: str, id: str) -> None:
    assert answers.id_of(words) == id


@pytest.mark.parametrize(
    ("one", "many"), [("care group", "care groups"), ("specialty", "specialties"), ("bus", "buses"), ("day", "days")]
)
def test_a_plural_is_suggested(one: str, many: str) -> None:
    assert answers.plural(one) == many


@pytest.mark.parametrize(
    ("id", "source"),
    [
        ("lunch-cardiology", "lunch"),
        ("cardiology-half-day", "half-day"),
        ("full-dya", "full-day"),
        ("xyzzy", None),
    ],
)
def test_a_new_plan_comes_from_the_one_it_is_named_after(id: str, source: str | None) -> None:
    assert likely_source(id, ["lunch", "half-day", "full-day", "day"]) == source


# How answers are read ----------------------------------------------------------------------------


@pytest.mark.parametrize("written", ["#0b5563", "0B5563", " #0B5563 "])
def test_a_colour_is_read_with_and_without_its_hash(written: str) -> None:
    assert answers.colour(written) == "#0B5563"


@pytest.mark.parametrize(
    ("read", "text", "why"),
    [
        (answers.colour, "teal", "“teal” is not a hex colour"),
        (answers.colour, "#0B556", "is not a hex colour"),
        (answers.nation, "France", "write England, Scotland, Wales or Northern Ireland"),
        (answers.kind, "clinic", "write trust, health board, HSC trust or other"),
        (answers.people, "some", "a whole number from 1 to 1000"),
        (answers.people, "0", "a whole number from 1 to 1000"),
        (answers.people, "1001", "a whole number from 1 to 1000"),
        (answers.line, "  ", "nothing here"),
        (answers.line, "a" * 161, "161 characters"),
        (answers.line, "Mere\x1b[31m", "cannot be printed"),
        (answers.line, "Mere\ufffd", "cannot be printed"),
        (answers.line, "ask at http:intranet", "is not the address of a page"),
    ],
)
def test_a_bad_answer_is_refused_in_one_sentence(read: Callable[[str], Any], text: str, why: str) -> None:
    with pytest.raises(BadAnswer, match=re.escape(why)) as refused:
        read(text)
    assert str(refused.value).count(". ") == 0
    assert str(refused.value).endswith(".")


def test_choices_are_read_whatever_their_capitals() -> None:
    assert answers.kind("hsc TRUST") == "HSC trust"
    assert answers.nation(" northern  ireland ") == "Northern Ireland"


# What is written ---------------------------------------------------------------------------------

names = st.text(st.characters(exclude_categories=("C", "Zl", "Zp")), min_size=1, max_size=160)
hard = st.lists(
    st.sampled_from([*"#:'\"-,[]{}&*!|>%@`?~ \\0e.ox_=<", "no", "null", "{{", "\u00a0", "é"]), max_size=40
).map("".join)


def readable(text: str) -> bool:
    try:
        answers.line(text)
    except BadAnswer:
        return False
    return True


def written(folder: Path, found: Answers) -> Path:
    write_new_folder(folder, trust_files(found, NOWHERE))
    return folder


@given(name=st.one_of(names, hard).filter(readable), other=st.one_of(hard, names).filter(readable))
@example(name="St Osyth's: the #1 “trust”", other="no")
@example(name="0o17", other="1e5")
@example(name="- [a, b]", other="10:00")
@example(name="{{ trust.short }}", other="~")
@example(name="\"Quoted\" \\ and 'more'", other="yes: no # maybe")
def test_whatever_an_organisation_is_called_its_folder_reads_back_the_same(name: str, other: str) -> None:
    full, said = answers.line(name), answers.line(other)
    found = Answers(full, said, "other", "Wales", Term(one=said, many=full), 7, said)
    with tempfile.TemporaryDirectory() as folder:
        loaded = load(SMALL, trust=written(Path(folder, "trust"), found))
    assert loaded.diagnostics == ()
    assert loaded.value is not None
    profile, brand = loaded.value.trust, loaded.value.brand
    assert profile is not None
    assert brand is not None
    assert brand.meta.name is not None
    assert profile.name == brand.meta.name.full == " ".join(name.split())
    assert profile.short == profile.contact == " ".join(other.split())
    assert profile.terms.unit == Term(one=profile.short, many=profile.name)
    assert profile.id == found.id


@pytest.mark.parametrize("plain", [NAME, "St Osyth's", "Dr A. Moss & others (2)"])
def test_an_ordinary_name_is_written_without_quotation_marks(plain: str) -> None:
    assert scalar(plain) == plain


def examples_uncommented(text: str) -> str:
    """`text` as it is when every example is put to use: its # taken away, and nothing else."""
    return re.sub(r"^#(?=[^ \n]|  )", "", text, flags=re.MULTILINE)


@pytest.mark.parametrize("given_much", [False, True], ids=["little-given", "much-given"])
def test_every_example_in_the_files_is_right_as_it_stands(tmp_path: Path, given_much: bool, project: Workspace) -> None:
    more = (Term(one="division", many="divisions"), 18, "extension 4417") if given_much else ()
    folder = written(tmp_path / "southmere", Answers(NAME, "Southmere", "trust", "England", *more))
    shutil.copy(ROOT / "content/trusts/northmoor/logo.svg", folder / "logo/logo.svg")
    (folder / "fonts").mkdir()
    for face, name in (("Regular", "our-sans.ttf"), ("Bold", "our-sans-bold.ttf")):
        (folder / "fonts" / name).write_bytes(project.fonts()[f"KitText-{face}.ttf"])
    (folder / "corporate.pptx").write_bytes(SHAPES["wide"]().file())
    for file in ("trust.yaml", "_brand.yml"):
        text = examples_uncommented((folder / file).read_text("utf-8"))
        (folder / file).write_text(text, encoding="utf-8")
    profile = read_yaml((folder / "trust.yaml").read_text("utf-8"), "trust.yaml").value
    assert profile is not None
    assert set(profile.data) == set(Trust.model_fields)
    assert set(profile.data["terms"]) == set(Terms.model_fields)
    assert {next(iter(change)) for change in profile.data["changes"]["half-day"]} == set(VERBS)
    checked = check(project, Order("half-day", str(folder)))
    assert checked.diagnostics == ()
    assert checked.value is not None
    assert checked.value.library.files.logo is not None
    assert checked.value.library.trust is not None
    assert list(unfilled(checked.value.library.trust)) == []


def test_what_is_not_given_is_left_to_the_base(tmp_path: Path) -> None:
    folder = written(tmp_path / "southmere", Answers(NAME, "Southmere", "trust", "England"))
    profile = load(SMALL, trust=folder).value
    assert profile is not None
    assert profile.trust == Trust(id="southmere", name=NAME, short="Southmere")
    assert set(snapshot(folder)) == {"trust.yaml", "_brand.yml", "logo/README.txt", "kit.lock"}


def test_the_place_of_the_logo_says_what_to_ask_for(tmp_path: Path) -> None:
    folder = written(tmp_path / "southmere", Answers(NAME, "Southmere", "trust", "England"))
    text = (folder / "logo/README.txt").read_text("utf-8")
    for word in ("svg", "png", "communications team", "_brand.yml"):
        assert word in text


# All of it or nothing ----------------------------------------------------------------------------

FILES = {"a.yaml": b"a", "logo/b.txt": b"b", "c.yml": b"c"}


@pytest.mark.parametrize("there", [False, True], ids=["new", "empty"])
@pytest.mark.parametrize("name", ["write_bytes", "mkdir", "rename"])
def test_a_failure_at_any_step_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, there: bool
) -> None:
    real: Callable[..., Any] = getattr(Path, name)
    for fail_at in range(8):
        root = tmp_path / str(fail_at)
        (root / "mine" if there else root).mkdir(parents=True)
        calls: list[int] = []

        def step(*args: Any, calls: list[int] = calls, fail_at: int = fail_at, **kwargs: Any) -> Any:
            calls.append(1)
            if len(calls) - 1 == fail_at:
                raise OSError(28, "No space left on device")
            return real(*args, **kwargs)

        with monkeypatch.context() as patched:
            patched.setattr(Path, name, step)
            try:
                write_new_folder(root / "mine", FILES)
            except OSError:
                assert snapshot(root) == {}
                assert [path.name for path in root.iterdir()] == (["mine"] if there else [])
            else:
                assert snapshot(root / "mine") == FILES
                assert fail_at > 0
                return
    pytest.fail("it never succeeded")


def test_an_empty_folder_stays_the_same_folder(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    before = (tmp_path / "mine").stat().st_ino
    write_new_folder(tmp_path / "mine", FILES)
    assert (tmp_path / "mine").stat().st_ino == before


@pytest.mark.parametrize("obstacle", ["folder", "file", "broken link"])
def test_nothing_is_written_where_something_is(tmp_path: Path, obstacle: str) -> None:
    target = tmp_path / "mine"
    if obstacle == "folder":
        target.mkdir()
        (target / ".hidden").write_text("kept")
    elif obstacle == "file":
        target.write_text("kept")
    else:
        target.symlink_to(tmp_path / "nowhere")
    before = snapshot(tmp_path)
    with pytest.raises(NotEmpty):
        write_new_folder(target, FILES)
    assert snapshot(tmp_path) == before
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]


# kit new trust -----------------------------------------------------------------------------------


def test_a_new_trust_passes_the_check_and_builds_at_once(southmere: Path) -> None:
    checked = run("check", "--trust", "./southmere")
    assert (checked.exit_code, checked.stdout.splitlines()[0], checked.stderr) == (0, "No faults.", "")
    command = [sys.executable, "-m", "kit", "build", "taster", "--trust", "./southmere", "--only", "run-sheet"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    built = subprocess.run(command, cwd=southmere.parent, env=environment, capture_output=True, text=True, timeout=120)
    assert (built.returncode, built.stderr) == (0, "")
    pdf = pypdfium2.PdfDocument(southmere.parent / "build/southmere/taster/facilitator/run-sheet.pdf")
    text = "".join(page.get_textpage().get_text_bounded() for page in pdf)
    assert NAME in text
    assert not re.search(r"[\[\]{}]|None", text)


def test_the_next_three_steps_are_commands_that_work(elsewhere: Path) -> None:
    result = run("new", "trust", NAME)
    assert result.stderr == ""
    steps = re.findall(r"^  \d\. .*", result.stdout, re.MULTILINE)
    assert len(steps) == 3
    assert steps[0].endswith("kit build --trust ./southmere")
    assert "kit check --trust ./southmere" in steps[1]
    assert "README.txt" in steps[2]
    assert (elsewhere / "southmere/logo/README.txt").is_file()


def test_a_name_needs_no_quotation_marks(elsewhere: Path) -> None:
    assert run("new", "trust", *NAME.split(), "--nation", "Wales").exit_code == 0
    assert f"name: {NAME}\n" in (elsewhere / "southmere/trust.yaml").read_text("utf-8")


def test_every_question_has_a_flag(elsewhere: Path) -> None:
    flags = {
        "--short": "Mere",
        "--kind": "Health Board",
        "--nation": "wales",
        "--unit": "speciality",
        "--attendees": "24",
        "--contact": "od@mere.example",
        "--colour": "8a1538",
        "--folder": "in/mine",
    }
    result = run("new", "trust", NAME, *(part for flag in flags.items() for part in flag))
    assert result.exit_code == 0
    assert "kit build --trust ./in/mine" in result.stdout
    library = load(SMALL, trust=elsewhere / "in/mine").value
    assert library is not None
    profile = library.trust
    assert profile is not None
    assert (profile.id, profile.short, profile.kind, profile.nation) == ("mere", "Mere", "health board", "Wales")
    assert profile.terms.unit == Term(one="speciality", many="specialities")
    assert (profile.session.attendees, profile.contact) == (24, "od@mere.example")
    assert library.brand is not None
    assert library.brand.color.palette[library.brand.color.primary] == "#8A1538"


@pytest.mark.parametrize(
    ("flag", "value", "why"),
    [
        ("--colour", "teal", "is not a hex colour"),
        ("--nation", "Englnd", "write England, Scotland, Wales or Northern Ireland"),
        ("--kind", "club", "write trust"),
        ("--attendees", "lots", "a whole number"),
        ("--short", " ", "nothing here"),
    ],
)
@pytest.mark.usefixtures("asked")
def test_a_bad_flag_is_wrong_use_before_anything_is_asked(flag: str, value: str, why: str, elsewhere: Path) -> None:
    result = run("new", "trust", NAME, flag, value)
    assert result.exit_code == 2
    assert why in told(result)
    assert flag in told(result)
    assert "What people call it" not in result.output
    assert list(elsewhere.iterdir()) == []


def test_a_trust_without_a_name_is_wrong_use_where_nobody_can_be_asked(elsewhere: Path) -> None:
    result = run("new", "trust", "--no-prompt")
    assert result.exit_code == 2
    assert "NAME" in told(result)


@pytest.mark.parametrize("arguments", [(NAME,), ("Other", "--folder", "southmere")])
def test_a_folder_that_holds_something_is_never_touched(arguments: tuple[str, ...], southmere: Path) -> None:
    (southmere / "trust.yaml").write_text("mine", encoding="utf-8")
    before = snapshot(southmere.parent)
    result = run("new", "trust", *arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr == "./southmere is there already and is not empty: choose another folder with --folder.\n"
    assert snapshot(southmere.parent) == before


def test_a_disk_that_refuses_is_told_and_leaves_nothing(elsewhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*given: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    result = run("new", "trust", NAME)
    assert result.exit_code == 3
    assert "No space left on device" in told(result)
    assert list(elsewhere.iterdir()) == []


@pytest.mark.usefixtures("asked")
def test_questions_have_answers_ready_and_bad_ones_are_asked_again(elsewhere: Path) -> None:
    typed = ["", "club", "", "France", "Scotland", "care group", "", "lots", "18", "", "teal", "#8A1538"]
    result = run("new", "trust", NAME, typed="\n".join(typed) + "\n")
    assert result.exit_code == 0
    assert "[Southmere]" in result.stderr
    assert "[care groups]" in result.stderr
    for slip in ("“club”", "“France”", "“lots”", "“teal”"):
        assert result.stderr.count(f"Error: {slip}") == 1
    library = load(SMALL, trust=elsewhere / "southmere").value
    assert library is not None
    assert library.trust is not None
    assert (library.trust.nation, library.trust.session.attendees) == ("Scotland", 18)
    assert library.trust.contact is None


@pytest.mark.usefixtures("asked")
def test_what_a_flag_says_is_not_asked(elsewhere: Path) -> None:
    result = run("new", "trust", NAME, "--short", "Mere", "--nation", "Wales", typed="\n" * 6)
    assert result.exit_code == 0
    assert "for short" not in result.stderr
    assert "Where it is" not in result.stderr
    assert "What it is" in result.stderr


@pytest.mark.usefixtures("asked")
def test_no_prompt_asks_nothing(elsewhere: Path) -> None:
    result = run("new", "trust", NAME, "--no-prompt")
    assert (result.exit_code, result.stderr) == (0, "")


@pytest.mark.usefixtures("asked")
def test_whoever_stops_halfway_has_written_nothing(elsewhere: Path) -> None:
    result = run("new", "trust", NAME, typed="Mere\n")
    assert result.exit_code == 130
    assert "Nothing was written" in told(result)
    assert list(elsewhere.iterdir()) == []


def test_a_terminal_is_asked(elsewhere: Path) -> None:
    import pty

    ours, theirs = pty.openpty()
    os.write(ours, b"Westmere Hospitals\n" + b"\n" * 8)
    command = [sys.executable, "-m", "kit", "new", "trust"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    result = subprocess.run(
        command, cwd=elsewhere, env=environment, stdin=theirs, capture_output=True, text=True, timeout=60
    )
    os.close(theirs)
    os.close(ours)
    assert result.returncode == 0
    assert "The full name of your organisation" in result.stderr
    assert "Westmere Hospitals has a folder now" in result.stdout
    assert (elsewhere / "westmere/trust.yaml").is_file()


@pytest.mark.parametrize("within", [True, False], ids=["within-the-project", "elsewhere"])
def test_an_editor_is_told_of_the_schema_only_where_the_way_to_it_lasts(
    within: bool, small: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(ROOT / "content/schema", small.content / "schema")
    monkeypatch.chdir(small.root)
    folder = small.root / "content/trusts/mere" if within else tmp_path / "mere"
    assert run("new", "trust", NAME, "--folder", str(folder)).exit_code == 0
    assert run("new", "plan", "short-one", "--trust", str(folder)).exit_code == 0
    for file, schema in (("trust.yaml", "trust"), ("_brand.yml", "brand"), ("plans/short-one.yaml", "plan")):
        way = re.match(r"# yaml-language-server: \$schema=(.*)\n", (folder / file).read_text("utf-8"))
        if file.startswith("plans/") or not within:
            # The small plan has no such line, and a copy is given none.
            assert way is None
        else:
            assert way is not None
            assert (folder / file).parent.joinpath(way[1]).resolve() == small.content / f"schema/{schema}.json"


# kit new plan, kit new activity ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("what", "folder", "source"), [("plan", "plans", "half-day"), ("activity", "activities", "troika")]
)
def test_a_copy_differs_in_its_id_and_its_title_alone(what: str, folder: str, source: str, southmere: Path) -> None:
    result = run("new", what, "ours", "--from", source, "--trust", "southmere", "--title", "Ours: it's #1")
    assert result.exit_code == 0
    assert result.stdout.startswith(f"southmere/{folder}/ours.yaml begins as a copy of {source}.\n")
    assert len(re.findall(r"^  \d\. ", result.stdout, re.MULTILINE)) == 2
    first, *before = (ROOT / "content" / folder / f"{source}.yaml").read_text("utf-8").splitlines()
    after = (southmere / folder / "ours.yaml").read_text("utf-8").splitlines()
    assert first.startswith("# yaml-language-server")
    changed = [(old, new) for old, new in zip(before, after, strict=True) if old != new]
    assert [new for _, new in changed] == ["id: ours", '''title: "Ours: it's #1"''']


def test_only_the_values_at_the_top_are_exchanged_and_comments_stay() -> None:
    text = (
        "# yaml-language-server: $schema=../schema/plan.json\n# Über 🙂.\nid: a # why\n"
        "title: >-\n  Over\n  lines\n\nblocks:\n  - {id: a, title: b}\n"
    )
    assert with_values(text, {"id": "c", "title": "T: t"}, schema="../../s.json") == (
        "# yaml-language-server: $schema=../../s.json\n# Über 🙂.\nid: c # why\n"
        'title: "T: t"\n\nblocks:\n  - {id: a, title: b}\n'
    )


def test_a_copied_plan_and_activity_are_sound_at_once(southmere: Path) -> None:
    assert run("new", "plan", "lunch-cardiology", "--trust", "southmere").exit_code == 0
    assert run("new", "activity", "troika-by-video", "--trust", "southmere").exit_code == 0
    plan = southmere / "plans/lunch-cardiology.yaml"
    assert "title: Lunch cardiology\n" in plan.read_text("utf-8")
    assert "minutes: 60\n" in plan.read_text("utf-8")
    checked = run("check", "--trust", "southmere")
    assert (checked.exit_code, checked.stdout.splitlines()[0]) == (0, "No faults.")


def test_where_no_name_is_near_it_is_said_what_is_copied(southmere: Path) -> None:
    plan, activity = (run("new", what, "xyzzy", "--trust", "southmere") for what in ("plan", "activity"))
    assert "half-day is copied; choose another with --from" in told(plan)
    assert "opening-question is copied; choose another with --from" in told(activity)


def test_without_a_trust_a_plan_goes_into_the_content(small: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(small.root)
    result = run("new", "plan", "short-evening")
    assert result.exit_code == 0
    assert result.stdout.startswith("content/plans/short-evening.yaml begins as a copy of short.")
    assert "kit check short-evening && kit build short-evening" in result.stdout
    assert run("check").exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("plan", "lunch", "-t", "southmere"), "There is a plan “lunch” already"),
        (("activity", "troika", "-t", "southmere"), "There is an activity “troika” already"),
        (("plan", "My Plan", "-t", "southmere"), "as in my-plan"),
        (("plan", "../out", "-t", "southmere"), "“../out” is not an id"),
        (("plan", "new", "--from", "lnch", "-t", "southmere"), "Did you mean “lunch”?"),
        (("activity", "new", "--from", "trioka", "-t", "southmere"), "Did you mean “troika”?"),
        (("plan", "new", "-t", "suothmere"), "There is no trust “suothmere”."),
        (("plan", "new", "--title", " ", "-t", "southmere"), "nothing here"),
        (("plan", "new"), "belongs to the kit itself"),
        (("plan", "new", "-t", "northmoor"), "belongs to the kit itself"),
    ],
)
def test_what_cannot_be_begun_is_wrong_use_and_says_what_to_do(
    arguments: tuple[str, ...], why: str, southmere: Path
) -> None:
    before = snapshot(southmere)
    result = run("new", *arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert why in told(result)
    assert snapshot(southmere) == before


def test_a_plan_with_faults_is_not_copied(southmere: Path) -> None:
    (southmere / "plans").mkdir()
    (southmere / "plans/broken.yaml").write_text("id: broken\n", encoding="utf-8")
    result = run("new", "plan", "broken-too", "--trust", "southmere")
    assert result.exit_code == 1
    assert "southmere/plans/broken.yaml:1:1" in result.stderr
    assert "mend southmere/plans/broken.yaml first" in told(result)
    assert not (southmere / "plans/broken-too.yaml").exists()


# KIT_TRUST ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", ["build", "check", "explain", "list", "show", "new plan", "new activity"])
def test_help_names_the_variable_wherever_a_trust_may_be_given(command: str) -> None:
    text = " ".join(run(*command.split(), "--help").stdout.split())
    assert "[env var: KIT_TRUST]" in text


@pytest.mark.parametrize("command", ["trust", "plan", "activity"])
def test_every_new_thing_shows_an_example(command: str) -> None:
    assert f"\n    kit new {command} " in run("new", command, "--help").stdout


def test_the_variable_stands_for_the_flag_and_the_flag_comes_first(southmere: Path) -> None:
    (southmere / "plans").mkdir()
    shutil.copy(ROOT / "content/plans/lunch.yaml", southmere / "plans/ours.yaml")
    ours = (southmere / "plans/ours.yaml").read_text("utf-8").replace("id: lunch", "id: ours")
    (southmere / "plans/ours.yaml").write_text(ours, encoding="utf-8")

    def listed(*flags: str, **variables: str) -> bool:
        result = run("list", "plans", *flags, **variables)
        assert result.exit_code == 0
        return "\nours " in result.stdout

    assert listed(KIT_TRUST="./southmere")
    assert not listed()
    assert not listed(KIT_TRUST="")
    assert not listed("--trust", "northmoor", KIT_TRUST="./southmere")
    assert listed("--trust", "southmere", KIT_TRUST="./nowhere")


def test_a_variable_that_leads_nowhere_is_named(elsewhere: Path) -> None:
    result = run("check", "half-day", KIT_TRUST="./nowhere")
    assert result.exit_code == 2
    assert "KIT_TRUST" in result.stderr
    assert "./nowhere" in result.stderr


def test_a_check_for_one_trust_is_of_all_its_plans(southmere: Path) -> None:
    with (southmere / "trust.yaml").open("a", encoding="utf-8") as profile:
        profile.write("\nchanges:\n  lunch:\n    - drop: four-corners\n")
    result = run("check", "--trust", "southmere")
    assert result.exit_code == 1
    assert re.search(r"southmere/trust\.yaml:\d+:", result.stderr)
    assert run("check", "half-day", "--trust", "southmere").exit_code == 0
