"""What is found, under which name, and what is never read."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kit.load import load
from kit.workspace import MAX_BYTES, Workspace


def test_the_project_is_found_from_any_folder_within_it(small: Workspace) -> None:
    inner = small.root / "content" / "trusts" / "oakfield"
    found = Workspace.find(inner)
    assert (found.root, found.here) == (small.root, inner)


def test_elsewhere_the_kits_own_content_is_used(tmp_path: Path) -> None:
    found = Workspace.find(tmp_path)
    assert found.root != tmp_path
    assert "half-day" in found.entries("plans")


def test_a_message_names_a_file_as_the_user_would_from_where_they_stand(small: Workspace) -> None:
    plan = small.content / "plans" / "short.yaml"
    assert small.name(plan) == "content/plans/short.yaml"
    assert Workspace(small.root, small.content).name(plan) == "plans/short.yaml"
    assert Workspace(small.root, small.root / "templates").name(plan) == "content/plans/short.yaml"


def test_a_trusts_own_plan_hides_the_base_plan_of_the_same_name(small: Workspace) -> None:
    oakfield = small.trusts()["oakfield"]
    (oakfield / "plans").mkdir()
    shutil.copy(small.content / "plans" / "short.yaml", oakfield / "plans" / "short.yaml")
    assert small.entries("plans", oakfield)["short"] == oakfield / "plans" / "short.yaml"
    assert small.entries("plans")["short"] == small.content / "plans" / "short.yaml"


@pytest.mark.parametrize("reference", ["oakfield", "content/trusts/oakfield", "content/trusts/oakfield/trust.yaml"])
def test_a_trust_is_given_by_id_by_folder_or_by_file(small: Workspace, reference: str) -> None:
    assert small.trust_folder(reference) == small.trusts()["oakfield"]


@pytest.mark.parametrize("reference", ["short", "content/plans/short.yaml"])
def test_a_plan_is_given_by_id_or_by_file(small: Workspace, reference: str) -> None:
    assert small.plan_file(reference) == small.content / "plans" / "short.yaml"


@pytest.mark.parametrize("reference", ["", ".", "nowhere", "content/plans", "content/trusts/oakfield/logo.svg"])
def test_what_is_neither_a_plan_nor_a_trust_is_not_found(small: Workspace, reference: str) -> None:
    assert small.plan_file(reference) is None
    assert small.trust_folder(reference) is None


@pytest.mark.parametrize("name", ["../../words.yaml", "/etc/hostname", "link.svg", "folder-link/words.yaml", "", "."])
def test_nothing_outside_a_trusts_folder_is_taken_for_its_logo(small: Workspace, name: str) -> None:
    oakfield = small.trusts()["oakfield"]
    (oakfield / "link.svg").symlink_to(small.content / "words.yaml")
    (oakfield / "folder-link").symlink_to(small.content)
    assert small.inside(oakfield, name) is None
    assert small.inside(oakfield, "logo.svg") == oakfield / "logo.svg"


def test_a_byte_order_mark_is_dropped_and_a_wrong_encoding_shows(small: Workspace) -> None:
    file = small.root / "notes.txt"
    file.write_bytes(b"\xef\xbb\xbfcaf\xc3\xa9")
    assert small.read_text(file) == "café"
    file.write_bytes("café".encode("cp1252"))
    assert small.read_text(file) == "caf\ufffd"


def test_a_logo_that_is_too_large_to_read_is_a_fault_and_not_left_out_in_silence(small: Workspace) -> None:
    oakfield = small.trusts()["oakfield"]
    (oakfield / "logo.svg").write_bytes(b" " * (MAX_BYTES + 1))
    loaded = load(small, trust=oakfield)
    assert [fault.code for fault in loaded.diagnostics] == ["broken-logo"]
