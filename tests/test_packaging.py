"""An installed kit finds its own content and templates."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

PROJECT = Path(__file__).parents[1]


def test_a_wheel_carries_content_and_templates_and_works_elsewhere(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        check=True,
        cwd=PROJECT,
        capture_output=True,
    )
    (wheel,) = tmp_path.glob("*.whl")
    installed, elsewhere = tmp_path / "installed", tmp_path / "elsewhere"
    elsewhere.mkdir()
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(installed)
    environment = {**os.environ, "PYTHONPATH": str(installed)}

    def kit(*words: str) -> str:
        command = [sys.executable, "-m", "kit", *words]
        return subprocess.run(
            command, check=True, cwd=elsewhere, env=environment, capture_output=True, text=True
        ).stdout

    assert "half-day" in kit("list", "plans")
    assert kit("check").startswith("No faults.")
    assert "kit build --trust ./southmere" in kit("new", "trust", "Southmere University Hospitals")
    assert kit("check", "--trust", "./southmere").startswith("No faults.")
    assert "Run sheet" in kit("build", "--only", "run-sheet")
    assert (elsewhere / "build/half-day/facilitator/run-sheet.pdf").read_bytes().startswith(b"%PDF")
