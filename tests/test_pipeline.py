"""Whole builds: what a pack is made of, and what its build id depends on."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from drawing import drawn_here
from speaking import english

from kit import pipeline
from kit.catalogue import kinds
from kit.check import Order, check
from kit.localise import Request
from kit.printers import Printer
from kit.printrun import print_files, print_run
from kit.publish import read_manifest
from kit.workspace import Workspace

ROOT = Path(__file__).parents[1]
DAY = {"SOURCE_DATE_EPOCH": "1799107200"}
NEXT_DAY = {"SOURCE_DATE_EPOCH": "1799193600"}


def workspace_in(folder: Path) -> Path:
    """The small content with the real templates."""
    shutil.copytree(ROOT / "tests" / "small" / "content", folder / "content")
    shutil.copytree(ROOT / "templates", folder / "templates")
    return folder


def kit(cwd: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **DAY, **variables}
    command = [sys.executable, "-m", "kit", *arguments]
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, timeout=300)


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def manifest(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "manifest.json").read_text("utf-8"))
    return found


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace in which the trust's edition of the small plan was built."""
    root = workspace_in(tmp_path_factory.mktemp("one"))
    result = kit(root, "build", "short", "--trust", "oakfield", PYTHONHASHSEED="1")
    assert result.returncode == 0, result.stderr
    assert "Start here: build/oakfield/short/index.html" in result.stdout
    return root


def test_a_pack_holds_every_document_and_lists_it(built: Path) -> None:
    pack = built / "build" / "oakfield" / "short"
    found = manifest(pack)
    listed = {row["path"]: row for row in found["files"]}
    known = kinds(Workspace(ROOT, ROOT).templates(), english).value or ()
    needed = {kind.id for kind in known if kind.when == "always"}
    assert needed <= {row["document"] for row in listed.values()} <= {kind.id for kind in known}
    assert set(files(pack)) == {*listed, "manifest.json"}
    for path, row in listed.items():
        assert row["sha256"] == hashlib.sha256((pack / path).read_bytes()).hexdigest()
    assert found["trust"] == "oakfield"
    assert found["sessions"][0]["start"] == "13:00"
    assert found["build_id"] in (pack / "index.html").read_text("utf-8")


def test_what_kit_print_sends_is_what_the_start_page_says_to_print(built: Path) -> None:
    pack = built / "build" / "oakfield" / "short"
    page = (pack / "index.html").read_text("utf-8")
    files = print_files(manifest(pack)) or ()
    table = re.findall(r'<th scope="row"[^>]*><a href="([^"]+\.pdf)">', page)
    assert table
    assert [file.path for file in files] == table
    counts = re.findall(r'class="number">(\d+)</td>', page[page.index("<tfoot") : page.index("</tfoot>")])
    assert print_run(files, Printer("Office"), [], {}).sheets == sum(map(int, counts))


def test_the_same_input_gives_the_same_bytes_in_another_folder_with_another_hash_seed(
    built: Path, tmp_path: Path
) -> None:
    root = workspace_in(tmp_path / "elsewhere")
    result = kit(
        root / "content", "build", "short", "--trust", "trusts/oakfield", "-o", "../pack", "-q", PYTHONHASHSEED="2"
    )
    assert (result.returncode, result.stdout) == (0, ""), result.stderr
    assert files(root / "pack") == files(built / "build" / "oakfield" / "short")


def test_the_day_is_shown_but_is_no_part_of_the_build_id(built: Path) -> None:
    arguments = ("build", "short", "--trust", "oakfield", "--only", "index", "-o", "later", "-q")
    assert kit(built, *arguments, **NEXT_DAY).returncode == 0
    before, after = manifest(built / "build" / "oakfield" / "short"), manifest(built / "later")
    assert before["build_id"] == after["build_id"]
    assert before["built_on"] != after["built_on"]


def test_one_document_built_again_leaves_the_others_of_the_same_build(built: Path) -> None:
    pack = built / "build" / "oakfield" / "short"
    before = files(pack)
    result = kit(built, "build", "short", "--trust", "oakfield", "--only", "run-sheet", "-q")
    assert result.returncode == 0, result.stderr
    assert files(pack) == before


def build_id(root: Path, **asked: Any) -> str:
    """The id alone, since drawing a pack for every changed file would take minutes."""
    workspace = Workspace(root, root)
    order = Order("short", "oakfield", Request(**asked))
    checked = check(workspace, order).value
    assert checked is not None

    return pipeline._build_id(checked, workspace.fonts())


OTHER_PLAN = "tides.yaml"
CONTENT = sorted(
    path.relative_to(ROOT / "tests" / "small").as_posix()
    for path in (ROOT / "tests" / "small").rglob("*")
    if path.is_file() and path.name != OTHER_PLAN
)


@pytest.mark.parametrize("name", CONTENT)
def test_any_change_to_content_or_templates_changes_the_build_id(small: Workspace, name: str) -> None:
    before = build_id(small.root)
    file = small.root / name
    file.write_text(file.read_text("utf-8") + ("\n" if name.endswith(".svg") else "# A remark\n"), encoding="utf-8")
    assert build_id(small.root) != before


def test_a_change_to_another_plan_makes_no_other_build(small: Workspace) -> None:
    before = build_id(small.root)
    file = small.root / "content" / "plans" / OTHER_PLAN
    file.write_text(file.read_text("utf-8") + "# A remark\n", encoding="utf-8")
    assert build_id(small.root) == before


@pytest.mark.parametrize("asked", [{"attendees": 13}, {"start": 600}, {"dates": (date(2027, 3, 5),)}])
def test_what_was_asked_for_changes_the_build_id(small: Workspace, asked: dict[str, Any]) -> None:
    assert build_id(small.root, **asked) != build_id(small.root)
    assert build_id(small.root, **asked) == build_id(small.root, **asked)


def test_nothing_is_written_when_the_content_has_a_fault(built: Path, tmp_path: Path) -> None:
    root = tmp_path / "faulty"
    shutil.copytree(built, root)
    shutil.copytree(ROOT / "tests" / "cases" / "unknown-theme", root, dirs_exist_ok=True)
    before = files(root)
    result = kit(root, "build", "short", "--trust", "oakfield")
    assert result.returncode == 1
    assert result.stdout == ""
    assert "Nothing was written." in result.stderr
    assert files(root) == before


def test_a_folder_with_other_files_is_refused(built: Path) -> None:
    documents = built / "documents"
    documents.mkdir()
    (documents / "thesis.docx").write_bytes(b"years of work")
    result = kit(built, "build", "short", "--only", "index", "-o", "documents")
    assert result.returncode == 2
    assert "documents holds files that the kit did not make" in result.stderr
    assert files(documents) == {"thesis.docx": b"years of work"}


def test_a_trusts_logo_without_permission_is_in_no_file(tmp_path: Path) -> None:
    root = workspace_in(tmp_path / "quiet")
    shutil.copytree(ROOT / "tests" / "cases" / "logo-without-permission", root, dirs_exist_ok=True)
    workspace = Workspace(root, root)
    order = Order("short", "oakfield", only=("index",))
    checked = check(workspace, order)
    assert checked.value is not None
    with drawn_here():
        pack = pipeline.build(workspace, checked.value, order, today=date(2027, 1, 5)).value
    assert pack is not None
    assert [made.path for made in pack.made] == ["index.html"]
    assert b'class="logo"' not in pack.made[0].data


def test_the_manifest_keeps_what_cards_were_and_a_build_tells_which_changed(tmp_path: Path) -> None:
    root = workspace_in(tmp_path / "cards")
    workspace = Workspace(root, root)

    def built(attendees: int, before: Mapping[str, Any] | None = None) -> pipeline.Pack:
        order = Order("short", request=Request(attendees=attendees), only=("name-badges",))
        checked = check(workspace, order)
        assert checked.value is not None, checked.diagnostics
        with drawn_here():
            pack = pipeline.build(workspace, checked.value, order, today=date(2027, 1, 5), before=before).value
        assert pack is not None
        pipeline.publish_pack(pack, tmp_path / "pack", order)
        return pack

    built(12)
    before = read_manifest(tmp_path / "pack")
    assert before is not None
    more = built(13, before)
    assert sorted(made.path for made in more.made) == ["room/name-badges-changed.pdf", "room/name-badges.pdf"]
    assert [row.path for row in more.index.prints.rows] == ["room/name-badges-changed.pdf"]
    assert any("Only the 1 card that changed since 5 January 2027" in made.remark for made in more.made)
    same = built(13, read_manifest(tmp_path / "pack"))
    assert [made.path for made in same.made] == ["room/name-badges.pdf"]
    assert same.index.prints.rows == ()
