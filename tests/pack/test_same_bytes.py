"""The same input gives the same bytes, whichever process draws it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

PROJECT = Path(__file__).parents[2]


def build_in_a_process(folder: Path, *, seed: str, zone: str) -> bytes:
    environment = os.environ | {"PYTHONHASHSEED": seed, "TZ": zone, "SOURCE_DATE_EPOCH": "1799000000"}
    command = [sys.executable, "-m", "kit", "build", "--trust", "northmoor", "--quiet", "--zip", "-o", str(folder)]
    subprocess.run(command, check=True, cwd=PROJECT, env=environment)
    return folder.with_name(folder.name + ".zip").read_bytes()


def test_two_processes_with_other_hash_seeds_and_time_zones_write_the_same_pack(tmp_path: Path) -> None:
    one = build_in_a_process(tmp_path / "one" / "pack", seed="1", zone="Europe/London")
    two = build_in_a_process(tmp_path / "two" / "pack", seed="2", zone="Pacific/Auckland")
    if one != two:
        manifests = [json.loads((tmp_path / name / "pack/manifest.json").read_text("utf-8")) for name in ("one", "two")]
        hashes = [{row["path"]: row["sha256"] for row in manifest["files"]} for manifest in manifests]
        assert hashes[0] == hashes[1]
    assert one == two
    with ZipFile(tmp_path / "one" / "pack.zip") as archive:
        assert archive.testzip() is None
        assert "pack/index.html" in archive.namelist()
