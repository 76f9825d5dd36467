"""Broken content: each folder of `cases` is laid over the small workspace and must report exactly its faults."""

from __future__ import annotations

import ast
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from kit.check import Order, check, check_all
from kit.diagnostics import Diagnostic
from kit.workspace import Workspace

HERE = Path(__file__).parent
CASES = sorted(path for path in (HERE / "cases").iterdir() if path.is_dir())

ELSEWHERE = {
    "quote-not-in-article": "test_proof.py",
    "quote-in-other-paragraph": "test_proof.py",
    "unknown-trust": "test_cli.py",
    "framework-check-too-old": "test_lint.py",
    "policy-review-too-old": "test_lint.py",
    "template-too-large": "test_templatefile.py",
}
"""Faults that no file of content causes by itself, and the tests that cause them."""


def expectation(case: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((case / "expected.yaml").read_text("utf-8"))
    return loaded


def broken(case: Path, folder: Path) -> Workspace:
    root = folder.resolve() / case.name
    shutil.copytree(HERE / "small", root)
    shutil.copytree(case, root, dirs_exist_ok=True, ignore=shutil.ignore_patterns("expected.yaml"))
    for name in expectation(case).get("without", ()):
        (root / name).unlink()
    return Workspace(root, root)


@pytest.fixture(scope="module", params=CASES, ids=lambda case: case.name)
def case(request: pytest.FixtureRequest) -> Path:
    path: Path = request.param
    return path


@pytest.fixture(scope="module")
def workspace(case: Path, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return broken(case, tmp_path_factory.mktemp("case"))


@pytest.fixture(scope="module")
def found(workspace: Workspace) -> tuple[Diagnostic, ...]:
    """All that is wrong with the workspace of a case: it is checked once for what is asked of it."""
    return check_all(workspace)


def test_broken_content_reports_every_fault_at_its_place_and_no_other(
    case: Path, found: tuple[Diagnostic, ...]
) -> None:
    expected = expectation(case)["faults"]
    places = [(fault.code, str(fault.place), fault.severity) for fault in found]
    assert places == [
        (row["code"], f"{row['file']}:{row['line']}:{row['column']}", row.get("severity", "error")) for row in expected
    ]
    for fault, row in zip(found, expected, strict=True):
        assert row["message"] in fault.message
        assert fault.advice.endswith((".", "..."))


def test_the_excerpt_is_the_line_as_written(workspace: Workspace, found: tuple[Diagnostic, ...]) -> None:
    for fault in found:
        assert fault.place is not None
        text = workspace.read_text(workspace.root / fault.place.file)
        if text:
            assert fault.place.excerpt == text.splitlines()[fault.place.line - 1]
            assert 1 <= fault.place.column <= len(fault.place.excerpt) + 1


def test_no_session_comes_of_content_with_an_error(workspace: Workspace, found: tuple[Diagnostic, ...]) -> None:
    for trust in (None, "oakfield"):
        outcome = check(workspace, Order(plan="short", trust=trust))
        assert set(outcome.diagnostics) <= set(found)
        assert (outcome.value is None) == any(fault.severity == "error" for fault in outcome.diagnostics)
        assert outcome.diagnostics == tuple(sorted(outcome.diagnostics, key=lambda fault: fault.sort_key))


def test_the_small_workspace_itself_has_no_fault() -> None:
    assert check_all(Workspace(HERE / "small", HERE / "small")) == ()


def codes_in(module: Path) -> set[str]:
    """The codes that a module writes out in full."""
    found: list[ast.expr | None] = []
    for node in ast.walk(ast.parse(module.read_text("utf-8"))):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", None) or getattr(node.func, "attr", None)
            if name in ("Diagnostic", "fault", "Slip"):
                found += [*node.args[:1], *(given.value for given in node.keywords if given.arg == "code")]
        if isinstance(node, ast.FunctionDef) and node.name in ("_code", "_why"):
            told = [inner.value for inner in ast.walk(node) if isinstance(inner, ast.Return)]
            found += [value.elts[0] if isinstance(value, ast.Tuple) else value for value in told]
    return {str(value.value) for value in found if isinstance(value, ast.Constant)}


def test_every_fault_of_the_core_has_a_case() -> None:
    shown = {row["code"] for case in CASES for row in expectation(case)["faults"]}
    modules = (
        "source",
        "faults",
        "load",
        "brandfiles",
        "templatefile",
        "references",
        "gone",
        "drift",
        "localise",
        "slot",
        "phrasing",
        "translations",
        "languages",
        "lint/*",
        "palette",
        "proof",
    )
    files = [path for name in modules for path in (HERE.parent / "kit").glob(f"{name}.py")]
    raised = {code for path in files for code in codes_in(path)}
    assert len(raised) > 20
    assert raised - shown - set(ELSEWHERE) == set()


def test_a_warning_stops_a_session_only_when_asked_to() -> None:
    workspace = Workspace(HERE / "small", HERE / "small")
    from kit.localise import Request

    many = Request(attendees=90)
    assert check(workspace, Order(plan="short", request=many)).value is not None
    assert check(workspace, Order(plan="short", request=many, strict=True)).value is None
