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


DOCUMENTS = ("deck", "workbook", "quote-cards", "certificate", "joining-email")
"""One of each way of drawing; `test_pipeline` has a whole small pack."""


def test_another_process_with_another_hash_seed_and_time_zone_writes_the_same_documents(
    packs: dict[str, BuiltPack], tmp_path: Path
) -> None:
    folder = tmp_path / "pack"
    environment = os.environ | {"PYTHONHASHSEED": "2", "TZ": "Pacific/Auckland", "SOURCE_DATE_EPOCH": ON_THE_DAY}
    asked = ("--trust", "northmoor", "--only", ",".join(DOCUMENTS), "--quiet", "--zip", "-o", str(folder))
    subprocess.run([sys.executable, "-m", "kit", "build", *asked], check=True, cwd=PROJECT, env=environment)
    one, other = files(packs["northmoor"].folder), files(folder)
    del other["manifest.json"]
    assert len(other) > len(DOCUMENTS)
    assert [path for path in other if one[path] != other[path]] == []
    with ZipFile(folder.with_name("pack.zip")) as archive:
        assert archive.testzip() is None
        found = {name: archive.read(name) for name in archive.namelist() if not name.endswith("/manifest.json")}
    assert found == {f"pack/{path}": data for path, data in other.items()}
