"""A pack appears whole or not at all, and nothing that a person made is lost."""

from __future__ import annotations

import hashlib
import json
import shutil
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from kit.publish import Artefact, NotAPack, Published, publish, read_manifest, write_file, write_zip

ABOUT = {"build_id": "abc1234", "built_on": "5 January 2027"}


def pack(version: str, *names: str) -> list[Artefact]:
    return [Artefact(name, f"{version} {name}".encode(), "workbook", {}) for name in names or ("a.pdf", "in/b.pdf")]


def snapshot(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def target(tmp_path: Path) -> Path:
    folder = tmp_path / "out" / "half-day"
    publish(folder, pack("old"), ABOUT)
    return folder


def names(folder: Path) -> set[str]:
    return set(snapshot(folder))


def test_a_pack_is_its_files_and_a_manifest_with_their_hashes(target: Path) -> None:
    assert names(target) == {"a.pdf", "in/b.pdf", "manifest.json"}
    found = json.loads((target / "manifest.json").read_text("utf-8"))
    assert found["build_id"] == "abc1234"
    assert [row["path"] for row in found["files"]] == ["a.pdf", "in/b.pdf"]
    for row in found["files"]:
        data = (target / row["path"]).read_bytes()
        assert (row["sha256"], row["bytes"]) == (hashlib.sha256(data).hexdigest(), len(data))


def test_a_new_pack_takes_the_place_of_the_old_one_and_leaves_nothing_beside_it(target: Path) -> None:
    publish(target, pack("new", "c.pdf"), ABOUT)
    assert names(target) == {"c.pdf", "manifest.json"}
    assert [path.name for path in target.parent.iterdir()] == ["half-day"]


# Failure at every step ---------------------------------------------------------------------------

STEPS = [(Path, "write_bytes"), (Path, "rename"), (Path, "mkdir"), (shutil, "copy2")]


def counted(monkeypatch: pytest.MonkeyPatch, owner: Any, name: str, fail_at: int, error: BaseException) -> list[int]:
    """Let `owner.name` fail at its call number `fail_at`; the list that comes back holds one entry a call."""
    real: Callable[..., Any] = getattr(owner, name)
    calls: list[int] = []

    def step(*args: Any, **kwargs: Any) -> Any:
        calls.append(len(calls))
        if len(calls) - 1 == fail_at:
            raise error
        return real(*args, **kwargs)

    monkeypatch.setattr(owner, name, step)
    return calls


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()], ids=["full", "ctrl-c"])
@pytest.mark.parametrize(("owner", "name"), STEPS, ids=[name for _, name in STEPS])
def test_a_failure_at_any_step_leaves_the_pack_of_before(
    target: Path, monkeypatch: pytest.MonkeyPatch, owner: Any, name: str, error: BaseException
) -> None:
    (target / "a.pdf").write_bytes(b"edited by hand")
    (target / "notes.txt").write_bytes(b"added by hand")
    before = snapshot(target)
    with monkeypatch.context() as patch:
        calls = counted(patch, owner, name, -1, error)
        publish(target.with_name("rehearsal"), pack("old"), ABOUT)
        (target.with_name("rehearsal") / "a.pdf").write_text("edited by hand")
        (target.with_name("rehearsal") / "notes.txt").write_text("added by hand")
        calls.clear()
        publish(target.with_name("rehearsal"), pack("new"), ABOUT)
        steps = len(calls)
    assert steps >= 1
    for fail_at in range(steps):
        with monkeypatch.context() as patch:
            counted(patch, owner, name, fail_at, error)
            with pytest.raises(type(error)):
                publish(target, pack("new"), ABOUT)
        assert snapshot(target) == before
        assert [path.name for path in target.parent.iterdir() if path.name.startswith(".")] == []


@pytest.mark.parametrize("stands_at", ["neither", "the new one"])
def test_a_swap_that_was_cut_short_is_put_right_by_the_next_build(target: Path, stands_at: str) -> None:
    (target / "notes.txt").write_bytes(b"added by hand")
    set_aside = target.with_name(".half-day.old")
    if stands_at == "neither":
        target.rename(set_aside)
    else:
        shutil.copytree(target, set_aside)
    publish(target, pack("new"), ABOUT)
    assert (target / "a.pdf").read_bytes() == b"new a.pdf"
    assert (target / "notes.txt").read_bytes() == b"added by hand"
    assert not set_aside.exists()


def test_a_process_that_was_killed_between_the_two_renames_loses_nothing(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = snapshot(target)
    with monkeypatch.context() as patch:
        real = Path.rename
        done: list[int] = []

        def only_the_first(self: Path, to: Path) -> Path:
            done.append(1)
            if len(done) > 1:
                raise KeyboardInterrupt
            return real(self, to)

        patch.setattr(Path, "rename", only_the_first)
        with pytest.raises(KeyboardInterrupt):
            publish(target, pack("new"), ABOUT)
    assert not target.exists()
    with monkeypatch.context() as patch:
        counted(patch, Path, "write_bytes", 0, OSError(28, "No space left on device"))
        with pytest.raises(OSError, match="No space"):
            publish(target, pack("new"), ABOUT)
    assert snapshot(target) == before


# What a person made ------------------------------------------------------------------------------


def rebuilt(target: Path, version: str = "new") -> Published:
    return publish(target, pack(version), ABOUT)


def test_an_edited_file_is_kept_beside_the_new_one_and_told_of(target: Path) -> None:
    (target / "in/b.pdf").write_bytes(b"my own words")
    assert rebuilt(target).kept == ("in/b (edited copy).pdf",)
    assert (target / "in/b (edited copy).pdf").read_bytes() == b"my own words"
    assert (target / "in/b.pdf").read_bytes() == b"new in/b.pdf"


def test_an_edit_of_every_build_is_kept(target: Path) -> None:
    for number in range(3):
        (target / "a.pdf").write_bytes(f"edit {number}".encode())
        rebuilt(target, f"new {number}")
    kept = sorted(data for name, data in snapshot(target).items() if "edited copy" in name)
    assert kept == [b"edit 0", b"edit 1", b"edit 2"]


def test_an_added_file_stays_through_every_build_even_where_a_new_one_has_its_name(target: Path) -> None:
    (target / "c.pdf").write_bytes(b"mine")
    rebuilt(target)
    assert (target / "c.pdf").read_bytes() == b"mine"
    publish(target, pack("new", "a.pdf", "c.pdf"), ABOUT)
    assert (target / "c.pdf").read_bytes() == b"new c.pdf"
    assert (target / "c 2.pdf").read_bytes() == b"mine"


def test_a_document_that_the_pack_no_longer_has_goes(target: Path) -> None:
    publish(target, pack("new", "a.pdf"), ABOUT)
    assert names(target) == {"a.pdf", "manifest.json"}


@pytest.mark.parametrize("lock", ["~$deck.pptx", ".~lock.deck.pptx#", ".DS_Store"])
def test_lock_files_of_office_programs_are_not_kept(target: Path, lock: str) -> None:
    (target / lock).write_bytes(b"lock")
    assert rebuilt(target).kept == ()
    assert names(target) == {"a.pdf", "in/b.pdf", "manifest.json"}


# What is not a pack ------------------------------------------------------------------------------


@pytest.mark.parametrize("manifest", [None, "", "[]", '{"name": "something else"}', "{"])
def test_a_folder_that_is_not_a_pack_is_refused_and_left_alone(tmp_path: Path, manifest: str | None) -> None:
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "thesis.docx").write_bytes(b"years of work")
    if manifest is not None:
        (folder / "manifest.json").write_text(manifest)
    before = snapshot(folder)
    with pytest.raises(NotAPack):
        publish(folder, pack("new"), ABOUT)
    assert snapshot(folder) == before


def test_a_file_where_the_folder_should_be_is_refused(tmp_path: Path) -> None:
    (tmp_path / "pack").write_bytes(b"a file")
    with pytest.raises(NotAPack):
        publish(tmp_path / "pack", pack("new"), ABOUT)
    assert (tmp_path / "pack").read_bytes() == b"a file"


def test_an_empty_folder_becomes_a_pack(tmp_path: Path) -> None:
    publish(tmp_path / "pack", pack("new"), ABOUT)
    assert read_manifest(tmp_path / "pack") is not None


# One file ----------------------------------------------------------------------------------------


def test_one_file_is_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "schema" / "plan.json"
    write_file(target, b"old")
    with monkeypatch.context() as patch:
        counted(patch, Path, "replace", 0, OSError(28, "No space left on device"))
        with pytest.raises(OSError, match="No space"):
            write_file(target, b"new")
    assert snapshot(tmp_path) == {"schema/plan.json": b"old"}


def test_the_archive_of_a_pack_is_the_same_bytes_each_time(target: Path) -> None:
    first = write_zip(target, datetime(2027, 1, 5)).read_bytes()
    (target / "a.pdf").touch()
    archive = write_zip(target, datetime(2027, 1, 5))
    assert archive.read_bytes() == first
    with zipfile.ZipFile(archive) as found:
        assert found.namelist() == ["half-day/a.pdf", "half-day/in/b.pdf", "half-day/manifest.json"]
        assert found.read("half-day/a.pdf") == b"old a.pdf"
