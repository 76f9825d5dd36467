"""The only writer: a pack appears whole or not at all, and nothing that a person made is lost.

Everything is written beside the target and swapped in at the end, so a full disk, a pulled plug or
Ctrl-C leaves the pack of before. Files that people added stay; files that they edited are kept as a
copy with a name of its own.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import Any

MANIFEST = "manifest.json"

WAY_BACK = Path(".kit", "before-upgrade")
"""Where a folder keeps what its files were before `kit upgrade`: a numbered folder for each time."""
SET_ASIDE = Path(".kit", "before-undo")
"""Where it keeps what somebody had edited between an upgrade and its undoing."""
RECORD = "upgrade.json"


class NotAPack(Exception):
    """The folder to write to holds something that the kit did not make; `folder` names it."""

    def __init__(self, folder: Path) -> None:
        super().__init__(str(folder))
        self.folder = folder


class NotEmpty(Exception):
    """The folder to begin holds something already; `folder` names it."""

    def __init__(self, folder: Path) -> None:
        super().__init__(str(folder))
        self.folder = folder


@dataclass(frozen=True)
class Artefact:
    """One finished file of a pack and what its row in the manifest says."""

    path: str
    data: bytes
    document: str
    details: Mapping[str, Any]

    @property
    def row(self) -> dict[str, Any]:
        digest = hashlib.sha256(self.data).hexdigest()
        return {"path": self.path, "document": self.document, "sha256": digest, "bytes": len(self.data), **self.details}


@dataclass(frozen=True)
class Published:
    """Where the pack is, and the files of the pack before that were kept because a person had changed them."""

    folder: Path
    kept: tuple[str, ...]


def manifest(about: Mapping[str, Any], artefacts: Sequence[Artefact]) -> bytes:
    """`manifest.json`: what the pack is and was made from, and every file with its hash."""
    rows = sorted((artefact.row for artefact in artefacts), key=lambda row: row["path"])
    return (json.dumps({**about, "files": rows}, indent=2, ensure_ascii=False) + "\n").encode()


def publish(folder: Path, artefacts: Sequence[Artefact], about: Mapping[str, Any]) -> Published:
    """Make `folder` the pack of `artefacts`.

    Raises NotAPack when the folder holds files but no manifest, and OSError when the disk refuses; in
    both cases what stood there stands there still.
    """
    _recover(folder)
    refuse_unless_pack(folder)
    before = read_manifest(folder)
    new = {artefact.path: artefact.data for artefact in artefacts}
    new[MANIFEST] = manifest(about, artefacts)
    with _beside(folder) as stage:
        for path, data in new.items():
            target = stage / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
        kept = tuple(_carry_over(folder, stage, before or {})) if before is not None else ()
        _swap(stage, folder)
    return Published(folder, kept)


def refuse_unless_pack(folder: Path) -> None:
    """Raise NotAPack when `folder` holds anything that the kit did not make: it would be swept away."""
    if folder.exists() and read_manifest(folder) is None and (not folder.is_dir() or any(folder.iterdir())):
        raise NotAPack(folder)


def read_manifest(folder: Path) -> dict[str, Any] | None:
    """The manifest of the pack in `folder`, or None when there is no pack."""
    try:
        found = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    rows = found.get("files") if isinstance(found, dict) and "build_id" in found else None
    whole = isinstance(rows, list) and all(isinstance(row, dict) and {"path", "sha256"} <= row.keys() for row in rows)
    return found if whole else None


def record_of_printing(folder: Path) -> Path:
    """Where it is recorded what of the pack in `folder` was sent to a printer.

    It lies beside the pack: the pack is what its manifest says, and the next build makes all of it anew.
    """
    return folder.with_name(f".{folder.name}.printed.json")


def write_zip(folder: Path, created: datetime) -> Path:
    """The pack as one archive beside its folder, the same bytes for the same pack."""
    target = folder.with_name(folder.name + ".zip")
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                name = f"{folder.name}/{path.relative_to(folder).as_posix()}"
                info = zipfile.ZipInfo(name, max(created, datetime(1980, 1, 1)).timetuple()[:6])
                info.external_attr = 0o644 << 16
                info.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(info, path.read_bytes())
    write_file(target, buffer.getvalue())
    return target


def write_file(target: Path, data: bytes) -> None:
    """Write one file beside its place and then put it there."""
    target.parent.mkdir(parents=True, exist_ok=True)
    stage = target.with_name(f".{target.name}.new-{os.getpid()}")
    try:
        stage.write_bytes(data)
        stage.replace(target)
    finally:
        stage.unlink(missing_ok=True)


def write_together(files: Mapping[Path, bytes] | Mapping[Path, bytes | None]) -> None:
    """Write several files, or delete those that are to have no bytes: all of them, or none when the disk refuses."""
    before = {path: path.read_bytes() if path.exists() else None for path in files}
    done: list[Path] = []
    try:
        for path, data in files.items():
            done.append(path)
            _put(path, data)
    except BaseException:
        for path in done:
            _put(path, before[path])
        raise


@dataclass(frozen=True)
class PutBack:
    """The files that are as they were before, by their paths in the folder."""

    files: tuple[str, ...]
    edited: tuple[str, ...]
    """Those that had been edited since."""
    aside: Path | None
    """Where the edited ones are kept as they were."""


def write_with_way_back(folder: Path, files: Mapping[Path, bytes]) -> Path:
    """Write files within `folder`, all or none, after what stood there was put by. Where that is, is returned.

    Raises OSError when the disk refuses; in that case what stood there stands there still.
    """
    (folder / WAY_BACK).mkdir(parents=True, exist_ok=True)
    kept = folder / WAY_BACK / str(max(_times(folder / WAY_BACK), default=0) + 1)
    record = {}
    with _beside(kept) as stage:
        for path, data in files.items():
            name = path.relative_to(folder).as_posix()
            before = path.read_bytes() if path.exists() else None
            record[name] = {"before": _digest(before), "after": _digest(data)}
            if before is not None:
                write_file(stage / name, before)
        write_file(stage / RECORD, (json.dumps(record, indent=2) + "\n").encode())
        stage.rename(kept)
    try:
        write_together(files)
    except BaseException:
        shutil.rmtree(kept, ignore_errors=True)
        raise
    return kept


def put_back(folder: Path) -> PutBack | None:
    """Put back what stood in `folder` before the last upgrade; None when there was none.

    What somebody edited since is not lost: it is set aside first. Raises OSError when the disk refuses.
    """
    times = _times(folder / WAY_BACK)
    if not times:
        return None
    kept = folder / WAY_BACK / str(max(times))
    written = json.loads((kept / RECORD).read_text(encoding="utf-8"))
    # Folders come from elsewhere, and a record must not reach out of its own.
    record = {name: row for name, row in written.items() if (folder / name).resolve().is_relative_to(folder.resolve())}
    now = {name: (folder / name).read_bytes() if (folder / name).exists() else None for name in record}
    edited = tuple(name for name in record if now[name] is not None and _digest(now[name]) != record[name]["after"])
    aside = folder / SET_ASIDE / str(max(_times(folder / SET_ASIDE), default=0) + 1) if edited else None
    files = {aside / name: now[name] for name in edited} if aside else {}
    files |= {folder / name: (kept / name).read_bytes() if row["before"] else None for name, row in record.items()}
    write_together(files)
    shutil.rmtree(kept)
    for empty in (folder / WAY_BACK, folder / WAY_BACK.parent):
        if not any(empty.iterdir()):
            empty.rmdir()
    return PutBack(tuple(record), edited, aside)


def _times(folder: Path) -> list[int]:
    """The numbers of the folders in `folder`."""
    return [int(path.name) for path in folder.glob("*") if path.is_dir() and path.name.isdecimal()]


def _digest(data: bytes | None) -> str | None:
    return None if data is None else hashlib.sha256(data).hexdigest()


def _put(path: Path, data: bytes | None) -> None:
    if data is None:
        path.unlink(missing_ok=True)
    else:
        write_file(path, data)


def refuse_unless_empty(folder: Path) -> None:
    """Raise NotEmpty when `folder` is there and holds anything, or is no folder."""
    there = folder.exists() or folder.is_symlink()
    if there and (not folder.is_dir() or any(folder.iterdir())):
        raise NotEmpty(folder)


def write_new_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Begin `folder` with `files`, by their paths in it: all of them or none.

    Raises NotEmpty when there is something in the way, and OSError when the disk refuses.
    """
    refuse_unless_empty(folder)
    folder = folder.resolve()
    with _beside(folder) as stage:
        for path, data in files.items():
            target = stage / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
        if folder.exists():
            _move_into(folder, stage)
        else:
            stage.rename(folder)


def _move_into(folder: Path, stage: Path) -> None:
    """Move what is in `stage` into an empty folder, which may be the one that the user stands in: it must stay."""
    moved: list[Path] = []
    try:
        for path in sorted(stage.iterdir()):
            path.rename(folder / path.name)
            moved.append(folder / path.name)
    except BaseException:
        for path in moved:
            path.rename(stage / path.name)
        raise


@contextmanager
def _beside(folder: Path) -> Iterator[Path]:
    folder.parent.mkdir(parents=True, exist_ok=True)
    stage = folder.with_name(f".{folder.name}.new-{os.getpid()}")
    shutil.rmtree(stage, ignore_errors=True)
    stage.mkdir()
    try:
        yield stage
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def _old(folder: Path) -> Path:
    return folder.with_name(f".{folder.name}.old")


def _swap(stage: Path, folder: Path) -> None:
    old = _old(folder)
    if folder.exists():
        folder.rename(old)
    try:
        stage.rename(folder)
    except BaseException:
        if old.exists():
            old.rename(folder)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _recover(folder: Path) -> None:
    """Put back a pack that was set aside when a swap was cut short between its two renames."""
    old = _old(folder)
    if old.exists() and not folder.exists():
        old.rename(folder)
    shutil.rmtree(old, ignore_errors=True)


def _carry_over(folder: Path, stage: Path, before: Mapping[str, Any]) -> Iterator[str]:
    """Copy into `stage` what a person added to the pack, and what they edited under a name that says so."""
    made = {row["path"]: row["sha256"] for row in before.get("files", ())}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if not path.is_file() or name == MANIFEST or path.name.startswith((".", "~$")):
            continue
        if made.get(name) == hashlib.sha256(path.read_bytes()).hexdigest():
            continue
        target = _free(stage, _edited(name) if name in made else name)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, target)
        if name in made:
            yield target.relative_to(stage).as_posix()


def _edited(name: str) -> str:
    path = PurePosixPath(name)
    return str(path.with_name(f"{path.stem} (edited copy){path.suffix}"))


def _free(stage: Path, name: str) -> Path:
    target, number = stage / name, 2
    while target.exists():
        target = (stage / name).with_stem(f"{PurePosixPath(name).stem} {number}")
        number += 1
    return target
