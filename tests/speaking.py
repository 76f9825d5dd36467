"""The language that tests read: the project's own English."""

from __future__ import annotations

from pathlib import Path

from kit.load import load
from kit.model.language import Language
from kit.workspace import Workspace

PROJECT = Path(__file__).parents[1]


def _english() -> Language:
    loaded = load(Workspace(PROJECT, PROJECT))
    assert loaded.value is not None
    return loaded.value.english


english = _english()
