"""The checker itself: it must see each fault that makes a page hard to use, and pass a page that has none."""

from __future__ import annotations

import importlib.util
import os
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
SOUND = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>A page</title>
<meta name="viewport" content="width=device-width"><style>:focus-visible { outline: 3px solid #000 }</style>
</head><body><main><h1>A page</h1><p><a href="#end">To the end</a></p><!-- more -->
<p><label>Name <input type="text"></label></p><p id="end"><a href="https://www.example.org/">A link</a></p>
</main></body></html>"""
FAULTS = {
    "scrolls sideways": '<p style="width: 40rem">Wide</p>',
    "Tab does not come to": '<p tabindex="3">First</p>',
    "Tab does not get out": "<script>document.addEventListener('keydown', (event) => "
    "{ if (document.activeElement.closest('#end')) event.preventDefault() })</script>",
    "focus does not show": "<style>:focus-visible { outline: none !important }</style>",
    "label: ": '<p><input type="text" class="unnamed"></p>',
    "color-contrast: ": '<p style="color: #999">Pale</p>',
    "target-size: ": '<p><button style="width: 9px; height: 9px; padding: 0; border: 0">a</button>'
    '<button style="width: 9px; height: 9px; padding: 0; border: 0">b</button></p>',
}
OF_AXE = ("label: ", "color-contrast: ", "target-size: ")


def checker() -> Any:
    spec = importlib.util.spec_from_file_location("check_axe", HERE / "check_axe.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


CHECK = checker()
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "kit-conformance"
SCRIPT = CACHE / CHECK.AXE / "node_modules" / "axe-core" / "axe.min.js"
BROWSER = next(filter(None, map(shutil.which, CHECK.BROWSERS)), None)
DRIVER = shutil.which("chromedriver")

pytestmark = pytest.mark.skipif(not (BROWSER and DRIVER), reason="needs Chromium and chromedriver")
needs_axe = pytest.mark.skipif(not SCRIPT.exists(), reason="axe-core is fetched by check_axe.py")
NO_AXE = "window.axe = {run: async () => ({violations: [], incomplete: []})}"


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    script = SCRIPT.read_text("utf-8") if SCRIPT.exists() else NO_AXE
    found = CHECK.Page(BROWSER, DRIVER, script, tmp_path_factory.mktemp("downloads"))
    yield found
    found.close()


def faults(page: Any, folder: Path, more: str) -> list[str]:
    file = folder / "page.html"
    file.write_text(SOUND.replace("<!-- more -->", more), encoding="utf-8")
    return list(CHECK.faults_of(page, file, Counter()))


def test_a_sound_page_passes(page: Any, tmp_path: Path) -> None:
    assert faults(page, tmp_path, "") == []


@pytest.mark.parametrize(
    "fault", [pytest.param(fault, marks=[needs_axe] if fault in OF_AXE else []) for fault in FAULTS]
)
def test_a_fault_is_seen(page: Any, tmp_path: Path, fault: str) -> None:
    assert any(fault in found for found in faults(page, tmp_path, FAULTS[fault]))
