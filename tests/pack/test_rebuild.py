"""A pack that was built for keeping, and the pack that is made again from its guide."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest

PROJECT = Path(__file__).parents[2]


def kit(*arguments: str, cwd: Path) -> str:
    environment = os.environ | {"PYTHONPATH": str(PROJECT), "SOURCE_DATE_EPOCH": "1799000000"}
    command = [sys.executable, "-m", "kit", *arguments]
    done = subprocess.run(command, check=False, cwd=cwd, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout + done.stderr


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a trust with a plan of its own, and its archived pack in `pack`."""
    folder = tmp_path_factory.mktemp("kept")
    shutil.copytree(PROJECT / "content/trusts/harrowfen", folder / "harrowfen")
    asked = ("--date", "2027-03-04", "--attendees", "14", "--spares", "1", "--only", "guide,workbook,evaluation-form")
    told = kit("build", "close-to-home", "--trust", "./harrowfen", "--archive", *asked, "-o", "pack", cwd=folder)
    assert "These PDFs are archive files, for keeping" in told
    assert "kit rebuild pack/facilitator/guide.pdf" in told
    return folder


def test_a_pack_is_made_again_from_its_guide_alone(kept: Path, tmp_path: Path) -> None:
    shutil.copy(kept / "pack/facilitator/guide.pdf", tmp_path / "a guide.pdf")
    told = kit("rebuild", "a guide.pdf", "--only", "guide,workbook,evaluation-form", cwd=tmp_path)
    folder = tmp_path / "rebuilt-close-to-home"
    assert "It is the same pack as on 3 January 2027" in told
    before, after = (json.loads((at / "pack/manifest.json").read_text("utf-8")) for at in (kept, folder))
    assert before["build_id"] == after["build_id"]
    assert {row["path"]: row["sha256"] for row in before["files"]} == {
        row["path"]: row["sha256"] for row in after["files"]
    }
    for path in (kept / "harrowfen").rglob("*"):
        if path.is_file():
            assert (folder / "harrowfen" / path.relative_to(kept / "harrowfen")).read_bytes() == path.read_bytes()


def test_archive_files_say_both_standards_and_every_field_has_an_appearance(kept: Path) -> None:
    files = sorted((kept / "pack").rglob("*.pdf"))
    assert len(files) >= 3
    for path in files:
        with pikepdf.open(path) as pdf:
            with pdf.open_metadata() as metadata:
                assert metadata.pdfa_status == "3A"
                assert metadata["pdfuaid:part"] == "1"
            assert pdf.Root.OutputIntents[0].S == "/GTS_PDFA1"
            assert bool(pdf.attachments) == (path.name == "guide.pdf")
            fields = [note for page in pdf.pages for note in page.get("/Annots", []) if note.Subtype == "/Widget"]
            assert bool(fields) == (path.name == "evaluation-form.pdf")
            assert all("/N" in note.AP for note in fields)


def test_a_base_that_has_moved_is_told(kept: Path, tmp_path: Path) -> None:
    for name in ("content", "templates"):
        shutil.copytree(PROJECT / name, tmp_path / name)
    words = tmp_path / "content/words/en-GB.yaml"
    words.write_text(words.read_text("utf-8").replace("Agenda", "Order of the day", 1), "utf-8")
    shutil.copy(kept / "pack/facilitator/guide.pdf", tmp_path / "guide.pdf")
    told = kit("rebuild", "guide.pdf", "--only", "register", "-o", "again", cwd=tmp_path)
    assert "It is not the same pack as on 3 January 2027" in told
    assert "The content has changed since in: words." in told
