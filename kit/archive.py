"""An archive: a pack's PDFs for keeping, and in its guide all that the pack can be made from again.

What is attached is the plan, the trust's folder as it is on disk, and a record of what was asked for. The base is not:
it comes with the kit, and the record tells whether it has changed since. What is read back comes from anywhere, so
nothing of it is believed: names, sizes and hashes are held against the record, and names against a short list.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from pydantic import ValidationError

from kit import __version__
from kit.check import Checked, Order
from kit.localise import Request
from kit.model.edition import parse_editions
from kit.model.record import Asked, Record
from kit.workspace import KEPT, LOCK, Workspace

if TYPE_CHECKING:
    from kit.render.job import Made

RECORD = "kit-archive.json"
GUIDE = "guide"
"""The document that carries the attachments."""

MOST_FILES = 300
MOST_BYTES = 60_000_000
"""What a guide may carry: how many files, and how large they are in all."""

_PART = re.compile(r"\w(?:[\w .()&'’+,@#=!~\[\]-]{0,98}[\w)\]])?")
"""What a folder or a file may be called: no way up, nothing hidden, nothing that a system reads in its own way."""
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)
_DEEPEST = 6


class NotAnArchive(Exception):
    """A file that no pack can be made from again; what it says is a sentence for whoever gave it."""


class NotToBeKept(Exception):
    """The folder of the trust holds something that no guide can carry; what it says is for whoever looks after it."""


@dataclass(frozen=True)
class Archive:
    """An archive that was read: what it says, and its files by name."""

    record: Record
    files: Mapping[str, bytes]

    @property
    def request(self) -> Request:
        asked = self.record.asked
        editions = parse_editions(asked.editions) if asked.editions else ()
        return Request(
            asked.dates, asked.start, asked.attendees, asked.tables, asked.spares, editions, asked.minutes, asked.end
        )


# Making one --------------------------------------------------------------------------------------


def contents(workspace: Workspace, order: Order) -> Mapping[str, bytes]:
    """The files that the pack of `order` can be made from again, by name. Raises `NotToBeKept`."""
    trust = workspace.trust_folder(order.trust) if order.trust else None
    plan = workspace.plan_file(order.plan, trust)
    assert plan is not None
    found: dict[str, bytes] = {}
    if trust is None or not plan.is_relative_to(trust):
        found[plan.name] = workspace.read_bytes(plan) or b""
    if trust is not None:
        for name, path in workspace.kept(trust).items():
            if not _is_ordinary((_FOLDER, *name.split("/"))):
                raise NotToBeKept(f"The name of {name} is not one that every computer can write: give it a plain one.")
            data = workspace.read_bytes(path, MOST_BYTES)
            if data is None or len(found) >= MOST_FILES or sum(map(len, found.values())) + len(data) > MOST_BYTES:
                raise NotToBeKept(
                    f"The folder holds more than a guide can carry: there was no room for {name}. "
                    "Take out what packs do not use, such as pictures and old templates."
                )
            found[f"{_FOLDER}/{name}"] = data
    return found


_FOLDER = "trust"
"""The name of a trust's folder among attachments."""


def record(checked: Checked, order: Order, files: Mapping[str, bytes], build_id: str, today: date) -> Record:
    """What goes with `files`."""
    request = order.request
    editions = ",".join(
        edition.id + (f":{edition.copies}" if edition.copies is not None else "") for edition in request.editions
    )
    return Record(
        kit=__version__,
        build_id=build_id,
        built_on=today,
        plan=checked.workshop.plan.id,
        plan_file=next((name for name in files if "/" not in name), None),
        trust=checked.library.trust.id if checked.library.trust else None,
        asked=Asked(
            dates=request.dates,
            start=request.start,
            attendees=request.attendees,
            tables=request.tables,
            spares=request.spares,
            editions=editions,
            flip=order.flip,
            back_offset=order.back_offset,
            print_shop=order.print_shop,
            slides=order.slides,
            minutes=request.minutes,
            end=request.end,
        ),
        inputs=dict(checked.library.inputs),
        files={name: hashlib.sha256(data).hexdigest() for name, data in files.items()},
    )


def archived(made: Sequence[Made], files: Mapping[str, bytes], written: Record, today: date) -> Iterator[Made]:
    """The files of a pack with its PDFs for keeping, the guide with `files` and their record in it.

    What goes to a print shop keeps the colours of its press.
    """
    from kit.render.cardfiles import PRINT_SHOP
    from kit.render.pdfa import archived as for_keeping

    attached = {**files, RECORD: (written.model_dump_json(indent=2) + "\n").encode()}
    for item in made:
        if item.path.endswith(".pdf") and not item.path.startswith(PRINT_SHOP):
            own = attached if item.kind.id == GUIDE else {}
            item = replace(item, data=for_keeping(item.data, own, datetime.combine(today, time())))
        yield item


# Reading one -------------------------------------------------------------------------------------


def read(pdf: bytes) -> Archive:
    """The archive that a guide carries. Raises `NotAnArchive`."""
    from kit.render.pdfa import Unreadable, attachments

    try:
        attached = dict(attachments(pdf, MOST_FILES + 1, MOST_BYTES))
    except Unreadable as error:
        raise NotAnArchive("This file cannot be read as a PDF, or what it carries is too large.") from error
    said = attached.pop(RECORD, None)
    if said is None:
        raise NotAnArchive("This PDF carries no plan. Only a guide from kit build --archive does.")
    try:
        written = Record.model_validate_json(said)
        archive = Archive(written, attached)
        _ = archive.request
    except (ValidationError, ValueError) as error:
        raise NotAnArchive("What this PDF says of its plan cannot be read: it may be from a newer kit.") from error
    if {name: hashlib.sha256(data).hexdigest() for name, data in attached.items()} != written.files:
        raise NotAnArchive("The files in this PDF are not those that it says it carries. Get it again.")
    for name in attached:
        if not _may_be_written(name, written):
            raise NotAnArchive(f"This PDF carries a file that no pack is made from: {name[:80]!r}.")
    if len({name.casefold() for name in attached}) < len(attached):
        raise NotAnArchive("This PDF carries 2 files of the same name.")
    wanted = [
        *([f"{_FOLDER}/trust.yaml"] if written.trust else []),
        *([written.plan_file] if written.plan_file else []),
    ]
    if not set(wanted) <= attached.keys():
        raise NotAnArchive("The plan or the profile of the trust is missing in this PDF.")
    return archive


def _may_be_written(name: str, written: Record) -> bool:
    path = PurePosixPath(name)
    parts = name.split("/")
    if not _is_ordinary(parts):
        return False
    if len(parts) == 1:
        return name == written.plan_file == f"{written.plan}{path.suffix}" and path.suffix in (".yaml", ".yml")
    return written.trust is not None and parts[0] == _FOLDER and (path.suffix in KEPT or path.name == LOCK)


def _is_ordinary(parts: Sequence[str]) -> bool:
    return len(parts) <= _DEEPEST and all(_PART.fullmatch(part) and not _DEVICES.fullmatch(part) for part in parts)


def differences(written: Record, build_id: str, inputs: Mapping[str, str]) -> tuple[str, ...]:
    """In sentences, how what a pack is made from now differs from what it was made from; none when it is the same."""
    if written.build_id == build_id:
        return ()
    told = []
    if written.kit != __version__:
        told.append(f"It was made with kit {written.kit}; this is kit {__version__}.")
    roles = sorted({*written.inputs, *inputs})
    changed = [role for role in roles if written.inputs.get(role) != inputs.get(role)]
    if changed:
        told.append(f"The content has changed since in: {', '.join(role.replace(':', ' ') for role in changed)}.")
    return tuple(told) or ("The pages of the kit look different since, or its type does.",)
