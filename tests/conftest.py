"""What every test may use."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import settings

from kit.load import Library, load
from kit.workspace import Workspace

HERE = Path(__file__).parent
PROJECT = HERE.parent
SMALL = HERE / "small"

# A slow machine must not turn a true rule into a failure, and every run tries the same examples.
settings.register_profile("kit", max_examples=60, deadline=None, derandomize=True)
settings.load_profile("kit")

SLOWEST = (
    *("packs", "test_editions", "series", "test_pipeline", "test_corporate", "test_cardfiles", "test_upgrade"),
    *("test_overrides", "test_cases", "test_scaffold", "test_workbook", "test_compose", "test_deck_lint"),
    *("test_bilingual", "test_content", "test_rebuild", "test_task_cards", "test_packaging", "test_deckdiff"),
)
"""Groups of tests that take half a minute and more, or nearly all of it in a single test, the slowest first."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="Write golden files anew instead of comparing.")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that share what is slow to make go to one worker, which makes it once: with `pytest --dist loadgroup`.

    The slowest groups come first, since one that came last would keep one worker busy and the other waiting. It has to
    come before pytest-xdist reads the groups.
    """
    for item in items:
        item.add_marker(pytest.mark.xdist_group(_group(item)))
    items.sort(key=lambda item: SLOWEST.index(_group(item)) if _group(item) in SLOWEST else len(SLOWEST))


def _group(item: pytest.Item) -> str:
    packs = {"packs", "series"} & set(getattr(item, "fixturenames", ()))
    return min(packs) if packs else item.path.stem


@pytest.fixture(scope="session")
def project() -> Workspace:
    """The real content and templates."""
    return Workspace(PROJECT, PROJECT)


@pytest.fixture
def small(tmp_path: Path) -> Workspace:
    """A copy of the small made-up workspace, to change at will."""
    root = (tmp_path / "small").resolve()
    shutil.copytree(SMALL, root)
    return Workspace(root, root)


@pytest.fixture(scope="session")
def small_library() -> Library:
    """The small workspace as its base edition sees it."""
    loaded = load(Workspace(SMALL, SMALL))
    assert loaded.value is not None
    assert not loaded.diagnostics
    return loaded.value


@pytest.fixture(scope="session")
def oakfield_library() -> Library:
    """The small workspace as the trust Oakfield sees it."""
    workspace = Workspace(SMALL, SMALL)
    loaded = load(workspace, trust=workspace.trust_folder("oakfield"))
    assert loaded.value is not None
    assert not loaded.diagnostics
    return loaded.value
