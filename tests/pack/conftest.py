"""The packs that people would be handed, built once for each test process."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from drawing import drawn_here

from kit.check import Checked, Order, check
from kit.localise import NOTHING_ASKED, Request
from kit.pipeline import build, publish_pack
from kit.workspace import Workspace

DAY = date(2027, 1, 4)


@dataclass(frozen=True)
class BuiltPack:
    """A pack on disk, and what it was made from."""

    folder: Path
    checked: Checked
    manifest: dict[str, Any]

    def files(self, suffix: str) -> list[Path]:
        return sorted(self.folder.rglob(f"*{suffix}"))

    @property
    def participant_files(self) -> list[Path]:
        """What is sent to people, lies on the tables and hangs on the walls, too."""
        return sorted(
            path for name in ("participants", "room") for path in (self.folder / name).rglob("*") if path.is_file()
        )


def built(
    project: Workspace, folder: Path, trust: str | None, plan: str = "half-day", request: Request = NOTHING_ASKED
) -> BuiltPack:
    order = Order(plan=plan, trust=trust, request=request)
    checked = check(project, order).value
    assert checked is not None
    pack = build(project, checked, order, today=DAY)
    assert pack.value is not None, pack.diagnostics
    publish_pack(pack.value, folder, order)
    return BuiltPack(folder, checked, json.loads((folder / "manifest.json").read_text("utf-8")))


@pytest.fixture(scope="session")
def packs(project: Workspace, tmp_path_factory: pytest.TempPathFactory) -> dict[str, BuiltPack]:
    """The half-day pack of the base and of Northmoor."""
    root = tmp_path_factory.mktemp("packs")
    return {name: built(project, root / name, trust) for name, trust in (("base", None), ("northmoor", "northmoor"))}


@pytest.fixture(params=["base", "northmoor"])
def pack(request: pytest.FixtureRequest, packs: dict[str, BuiltPack]) -> BuiltPack:
    return packs[request.param]


@pytest.fixture(scope="session")
def series(project: Workspace, tmp_path_factory: pytest.TempPathFactory) -> BuiltPack:
    """A plan of 4 sessions, with their dates."""
    dated = Request(dates=(date(2027, 1, 14),))
    with drawn_here():
        return built(project, tmp_path_factory.mktemp("packs") / "series", "northmoor", "series", dated)
