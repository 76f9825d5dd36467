"""A CUPS server for each test process, printers for each test, and a pack to print on them."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from cupsserver import CupsServer, Queue, driver
from typer.testing import CliRunner

from kit.cli import app
from kit.console import TRUST_VARIABLE
from kit.publish import Artefact, publish

PROJECT = Path(__file__).parents[2]

OFFICE = driver(papers=("A4", "A3"), both_sides=True, colour=True)
PLAIN = driver(papers=("A4",), both_sides=False, colour=False)


@pytest.fixture(scope="session")
def cups() -> Iterator[CupsServer]:
    # The folders that pytest makes are for their owner alone, and CUPS does its work as somebody else.
    root = Path(tempfile.mkdtemp(prefix="kit-cups-"))
    server = CupsServer(root)
    try:
        yield server
    finally:
        server.stop()
        shutil.rmtree(root, ignore_errors=True)


@pytest.fixture
def office(cups: CupsServer) -> Iterator[Queue]:
    """The usual printer: colour, both sides, A4 and A3."""
    queue = cups.add("Office-2", OFFICE)
    cups.run("lpadmin", "-d", queue.name)
    yield queue
    queue.remove()


@pytest.fixture
def plain(cups: CupsServer) -> Iterator[Queue]:
    """One that prints black on one side of A4."""
    queue = cups.add("Plain", PLAIN)
    yield queue
    queue.remove()


@pytest.fixture
def raw(cups: CupsServer) -> Iterator[Queue]:
    """One of which CUPS knows nothing."""
    queue = cups.add("Raw", None)
    yield queue
    queue.remove()


@dataclass(frozen=True)
class Ran:
    """What became of a command. `out` and `err` without the numbers that CUPS gives to jobs."""

    code: int
    out: str
    err: str


@dataclass
class Desk:
    """A folder with a pack in build/half-day, and somebody who stands there and runs `kit print`."""

    folder: Path
    cups: CupsServer
    artefacts: list[Artefact]

    @property
    def pack(self) -> Path:
        return self.folder / "build" / "half-day"

    def build(self) -> None:
        publish(self.pack, self.artefacts, {"build_id": "1234567"})

    def data(self, path: str) -> bytes:
        return (self.pack / path).read_bytes()

    def print(self, *arguments: str, instead_of_lp: str = "", input: str | None = None) -> Ran:
        ran = CliRunner().invoke(app, ["print", *arguments], env=self._environment(instead_of_lp), input=input)
        return self._ran(ran.exit_code, ran.stdout, ran.stderr)

    def print_in_a_process(self, *arguments: str, instead_of_lp: str = "") -> Ran:
        """For what would stop the tests themselves; it leads a group, as what a shell runs does."""
        done = subprocess.run(
            [sys.executable, "-m", "kit", "print", *arguments],
            env=self._environment(instead_of_lp) | {"PYTHONPATH": str(PROJECT)},
            capture_output=True,
            text=True,
            timeout=60,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )
        return self._ran(done.returncode, done.stdout, done.stderr)

    @staticmethod
    def _ran(code: int, *texts: str) -> Ran:
        out, err = (re.sub(r"(Office-2|Plain)-\d+", r"\1-N", text) for text in texts)
        return Ran(code, out, err)

    def _environment(self, instead_of_lp: str) -> dict[str, str]:
        environment = self.cups.environment
        if not instead_of_lp:
            return environment
        return environment | {"PATH": os.pathsep.join([str(self._stand_in(instead_of_lp)), environment["PATH"]])}

    def _stand_in(self, script: str) -> Path:
        """A folder with an `lp` that runs `script`, where $real is the real one and $n counts how often it ran."""
        folder = self.folder / "stand-in"
        folder.mkdir(exist_ok=True)
        lp = folder / "lp"
        count = folder / "count"
        count.unlink(missing_ok=True)
        real = shutil.which("lp", path=self.cups.environment["PATH"])
        lp.write_text(f"#!/bin/sh\necho >> {count}\nn=$(wc -l < {count})\nreal={real}\n{script}\n")
        lp.chmod(0o755)
        return folder


def pdf(pages: int) -> bytes:
    """A PDF with so many pages, unlike any other."""
    document = pikepdf.new()
    for _ in range(pages):
        document.add_blank_page(page_size=(595, 842))
    with document.open_metadata() as about:
        about["dc:title"] = os.urandom(8).hex()
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def a_file(path: str, order: int, pages: int, **more: Any) -> Artefact:
    row = {"title": f"{Path(path).stem}: “Leading”", "audience": "room", "pages": pages, "paper": "A4"}
    row |= {"orientation": "portrait", "sides": 1, "flip": "none", "copies": 1, "order": [order]}
    return Artefact(path, pdf(pages), Path(path).stem, row | more)


@pytest.fixture
def desk(cups: CupsServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """39 sheets in 4 files; the deck is not printed."""
    monkeypatch.chdir(tmp_path)
    for variable in ("LPDEST", "PRINTER", TRUST_VARIABLE):
        monkeypatch.delenv(variable, raising=False)
    artefacts = [
        a_file("facilitator/guide.pdf", 10, 5, sides=2, flip="long"),
        a_file("participants/workbook.pdf", 20, 4, sides=2, flip="long", copies=15),
        a_file("participants/pocket-cards.pdf", 30, 2, sides=2, flip="short", copies=4),
        a_file("room/badges.pdf", 40, 2),
        Artefact("deck.pptx", b"slides", "deck", {"title": "Slides", "audience": "room", "slides": 9}),
    ]
    desk = Desk(tmp_path, cups, artefacts)
    desk.build()
    return desk
