"""The template that a trust names: where it is looked for, and what of it goes into a build."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

import pytest
from powerpoints import PML, SAMPLE, SHAPES
from typer.testing import CliRunner

from kit import templatefile
from kit.cli import app
from kit.load import load
from kit.workspace import Workspace

WIDE = SHAPES["wide"]().file()
PPTX = f"{PML}presentation.main+xml"
PPTM = "application/vnd.ms-powerpoint.presentation.macroEnabled.main+xml"


@pytest.fixture
def named(small: Workspace) -> Callable[[str, bytes], Path]:
    """A way to have Oakfield name a template, which lies in its folder."""

    def write(name: str, data: bytes, more: str = "") -> Path:
        folder = small.content / "trusts" / "oakfield"
        (folder / name).write_bytes(data)
        file = folder / "trust.yaml"
        file.write_text(f"{file.read_text('utf-8')}\ndeck_template: {name}\n{more}", "utf-8")
        return folder

    return write


def test_a_template_is_read_and_named_among_what_went_in(small: Workspace, named: Callable[..., Path]) -> None:
    before = load(small, trust=small.trust_folder("oakfield")).value
    folder = named("corporate.pptx", WIDE)
    library = load(small, trust=folder).value
    assert before is not None
    assert library is not None
    assert library.deck_template is not None
    assert library.deck_template.data == WIDE
    assert {name for name, _ in library.inputs} - {name for name, _ in before.inputs} == {"deck-template"}


def test_a_template_outside_the_folder_is_not_read(small: Workspace, named: Callable[..., Path]) -> None:
    folder = named("corporate.pptx", WIDE)
    (folder / "corporate.pptx").rename(folder.parent / "corporate.pptx")
    file = folder / "trust.yaml"
    file.write_text(file.read_text("utf-8").replace("corporate.pptx", "../corporate.pptx"), "utf-8")
    assert [fault.code for fault in load(small, trust=folder).diagnostics] == ["missing-template"]


def test_a_template_that_is_too_large_is_a_fault(
    small: Workspace, named: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(templatefile, "MAX_TEMPLATE_BYTES", len(WIDE) - 1)
    (fault,) = load(small, trust=named("corporate.pptx", WIDE)).diagnostics
    assert fault.code == "template-too-large"


@pytest.mark.parametrize(
    ("media", "told", "remark"),
    [
        (PPTX, "", "Slides on corporate.pptx: 9 kinds of slide on its own layouts, 10 on layouts added in its look."),
        (PPTM, "It holds macros", "Slides on the kit's own template, since corporate.pptx cannot be used."),
    ],
    ids=["used", "not-used"],
)
def test_a_build_says_what_became_of_the_template(
    media: str, told: str, remark: str, tmp_path: Path, project: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "trust.yaml").write_text(
        "id: southmere\nname: Southmere Hospitals\nshort: Southmere\ndeck_template: corporate.pptx\n", "utf-8"
    )
    (tmp_path / "corporate.pptx").write_bytes(replace(SHAPES["wide"](), media=media).file())
    monkeypatch.chdir(project.root)
    out = tmp_path / "out"
    result = CliRunner().invoke(app, ["build", "taster", "-t", str(tmp_path), "--only", "deck", "-o", str(out)])
    assert result.exit_code == 0, result.stderr
    assert remark in result.stdout
    assert told in result.stderr
    assert bool(told) == ("template-not-used" in result.stderr)
    with ZipFile(out / "deck.pptx") as deck:
        assert not any(SAMPLE.encode() in deck.read(name) for name in deck.namelist())


# kit doctor --deck -------------------------------------------------------------------------------


@pytest.fixture
def doctor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[int, str, str]]:
    """`kit doctor --deck` in an empty folder, on a machine without LibreOffice."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", "")

    def run(data: bytes, *more: str) -> tuple[int, str, str]:
        Path("corporate.pptx").write_bytes(data)
        result = CliRunner().invoke(app, ["doctor", "--deck", "corporate.pptx", *more])
        return result.exit_code, result.stdout, result.stderr

    return run


def test_the_doctor_says_what_is_used_for_what(doctor: Callable[..., tuple[int, str, str]]) -> None:
    code, out, _ = doctor(WIDE)
    assert code == 0
    rows = {line.split()[0]: line for line in out.splitlines() if line and not line.startswith(" ")}
    assert "“Title Slide”" in rows["title"]
    assert "by its type" in rows["title"]
    assert "added in its look" in rows["activity"]
    assert "one is added for slides with number and clock or caption" in rows["content"]
    assert "stock colours" in out
    assert "sample slides" in out
    assert "LibreOffice is not installed" in out
    assert Path("build/corporate-layouts/corporate-layouts.pptx").is_file()


def test_the_doctor_says_what_it_writes_over(doctor: Callable[..., tuple[int, str, str]]) -> None:
    assert "in place of the one of before" not in doctor(WIDE, "--save", "seen")[1]
    assert "corporate-layouts.pptx (in place of the one of before)" in doctor(WIDE, "--save", "seen")[1]


def test_the_doctor_names_a_layout_that_is_too_small(doctor: Callable[..., tuple[int, str, str]]) -> None:
    code, out, _ = doctor(SHAPES["shallow-subtitle"]().file())
    assert code == 0
    assert "“Title Slide”: slides whose words do not fit there get a layout that is added." in out


def test_the_doctor_refuses_what_is_no_template(doctor: Callable[..., tuple[int, str, str]]) -> None:
    code, out, told = doctor(b"Dear all")
    assert (code, out) == (1, "")
    assert "It is not a PowerPoint file" in told
    assert not Path("build").exists()


def test_the_doctor_takes_the_trusts_brand_and_its_layouts(
    doctor: Callable[..., tuple[int, str, str]], project: Workspace
) -> None:
    data = (project.content / "trusts/northmoor/northmoor.pptx").read_bytes()
    _, out, _ = doctor(data, "--trust", str(project.content / "trusts/northmoor"))
    assert next(line for line in out.splitlines() if line.startswith("break")).split() == [
        *("break", "“NM", "03", "Way", "marker”", "by", "your", "layout_map")
    ]


def test_a_file_that_is_not_there_is_wrong_use(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(app, ["doctor", "--deck", "nowhere.pptx"])
    assert result.exit_code == 2
    assert "There is no file nowhere.pptx" in result.stderr
