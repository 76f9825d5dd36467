"""The same input gives the same bytes, whichever process draws it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

from pack.conftest import BuiltPack

PROJECT = Path(__file__).parents[2]
ON_THE_DAY = "1799064000"
"""Noon of the day on which the packs of these tests were built."""


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_another_process_with_another_hash_seed_and_time_zone_writes_the_same_pack(
    packs: dict[str, BuiltPack], tmp_path: Path
) -> None:
    folder = tmp_path / "pack"
    environment = os.environ | {"PYTHONHASHSEED": "2", "TZ": "Pacific/Auckland", "SOURCE_DATE_EPOCH": ON_THE_DAY}
    command = [sys.executable, "-m", "kit", "build", "--trust", "northmoor", "--quiet", "--zip", "-o", str(folder)]
    subprocess.run(command, check=True, cwd=PROJECT, env=environment)
    one, other = files(packs["northmoor"].folder), files(folder)
    assert one.keys() == other.keys()
    assert [path for path in one if one[path] != other[path]] == []
    with ZipFile(folder.with_name("pack.zip")) as archive:
        assert archive.testzip() is None
        assert {f"pack/{path}": data for path, data in other.items()} == {
            name: archive.read(name) for name in archive.namelist()
        }
