"""Check web pages in a real browser: `python tests/conformance/check_axe.py FILE.html...`

Headless Chromium, with axe-core (fetched once, pinned, into the user's cache), 320 and 1280 pixels wide: every rule of
WCAG 2.2 A and AA, and axe's best practice. Then what axe cannot see: no page scrolls sideways, at 320 pixels (WCAG
1.4.10) or with letters twice as large (1.4.4); the Tab key reaches every field and link in their order, shows where it
is, and gets out at the end (2.1.1, 2.1.2, 2.4.7); a saved copy has in it what was written.

Exit code 0 when every page passes, 1 when one does not, 2 for wrong use. What axe leaves to a person is listed and does
not fail. Without Chromium or Node nothing is checked, which is a failure where CI is set.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any

from selenium import webdriver

AXE = "axe-core@4.14.1"
WIDTHS = (320, 1280)
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice")
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
WRITTEN = "“Words” & <more>, written in a test"

RUN_AXE = (
    f"axe.run({{runOnly: {json.dumps(TAGS)}, rules: {{'target-size': {{enabled: true}}}}}}).then((found) => "
    "['violations', 'incomplete'].map((kind) => found[kind].map((rule) => "
    "({id: rule.id, help: rule.help, nodes: rule.nodes.map((node) => node.target.join(' '))}))))"
)
SCROLLS_BY = "document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth"
STOPS = """(() => {
  const groups = new Set();
  const found = document.querySelectorAll("a[href], button, input, summary, textarea, [tabindex='0']");
  window.stops = [...found].filter((it) => {
    if (!it.checkVisibility()) return false;
    if (it.type !== "radio") return true;
    return !groups.has(it.name) && groups.add(it.name);
  });
  return stops.length;
})()"""
AT = """(() => {
  const look = getComputedStyle(document.activeElement);
  return [stops.indexOf(document.activeElement), look.outlineStyle !== "none" && parseFloat(look.outlineWidth) >= 2];
})()"""
TAB = {"key": "Tab", "code": "Tab", "windowsVirtualKeyCode": 9}


def main(files: list[str]) -> int:
    if not files:
        print(__doc__, file=sys.stderr)
        return 2
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    driver, npm = shutil.which("chromedriver"), shutil.which("npm")
    if not (browser and driver and npm):
        print("axe: skipped, since Chromium, chromedriver or npm is not installed")
        return int(os.environ.get("CI") == "true")
    axe = axe_core(Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "kit-conformance")
    waiting: SimpleQueue[str] = SimpleQueue()
    # The largest first, so that no browser is left with one when the others are done.
    for file in sorted(files, key=os.path.getsize, reverse=True):
        waiting.put(file)
    browsers = min(os.cpu_count() or 1, len(files))
    script = axe.read_text("utf-8")
    with ThreadPoolExecutor(browsers) as pool:
        looking = [pool.submit(look_at, waiting, browser, driver, script) for _ in range(browsers)]
        found = [each.result() for each in looking]
    for what, times in sum((left for _, left in found), Counter[str]()).most_common():
        print(f"for a person to look at, {times} times: {what}")
    return int(any(failed for failed, _ in found))


def look_at(waiting: SimpleQueue[str], browser: str, driver: str, axe: str) -> tuple[bool, Counter[str]]:
    """Check files in a browser of its own until none is waiting: whether one failed, and what is left to a person."""
    failed, left = False, Counter[str]()
    with tempfile.TemporaryDirectory() as downloads:
        page = Page(browser, driver, axe, Path(downloads))
        try:
            while True:
                file = waiting.get_nowait()
                faults = list(faults_of(page, Path(file).resolve(), left))
                failed = failed or bool(faults)
                print("\n  ".join([f"{'FAIL' if faults else 'ok'} {file}", *faults]))
        except Empty:
            return failed, left
        finally:
            page.close()


def axe_core(cache: Path) -> Path:
    """The script of axe-core, installed once."""
    home = cache / AXE
    script = home / "node_modules" / "axe-core" / "axe.min.js"
    if not script.exists():
        home.mkdir(parents=True, exist_ok=True)
        subprocess.run(["npm", "install", "--prefix", home, "--silent", "--no-fund", "--no-audit", AXE], check=True)
    return script


class Page:
    """A page in the browser, seen through the DevTools protocol: what a page forbids to scripts does not bind it."""

    def __init__(self, browser: str, driver: str, axe: str, downloads: Path) -> None:
        options = webdriver.ChromeOptions()
        options.binary_location = browser
        for argument in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--hide-scrollbars"):
            options.add_argument(argument)
        self._chrome = webdriver.Chrome(options=options, service=webdriver.ChromeService(driver))
        self._axe = axe
        self.downloads = downloads
        self.tell("Browser.setDownloadBehavior", behavior="allow", downloadPath=str(downloads))

    def tell(self, command: str, **values: Any) -> Any:
        return self._chrome.execute_cdp_cmd(command, values)

    def ask(self, expression: str) -> Any:
        """The value of an expression in the page."""
        answer = self.tell("Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(answer["exceptionDetails"])
        return answer["result"].get("value")

    def show(self, file: Path, width: int) -> None:
        self.tell("Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=False)
        # What a page asks before it is left would keep the next one waiting.
        self.ask("window.addEventListener('beforeunload', (event) => event.stopImmediatePropagation(), true)")
        self._chrome.get("about:blank")
        self._chrome.get(file.as_uri())

    def axe(self) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        """The rules that the page breaks, and those that axe cannot decide."""
        self.ask(self._axe)
        broken, undecided = self.ask(RUN_AXE)
        return broken, undecided

    def press_tab(self) -> None:
        for kind in ("rawKeyDown", "keyUp"):
            self.tell("Input.dispatchKeyEvent", type=kind, **TAB)

    def close(self) -> None:
        self._chrome.quit()


def faults_of(page: Page, file: Path, left: Counter[str]) -> Iterator[str]:
    for width in WIDTHS:
        page.show(file, width)
        broken, undecided = page.axe()
        for rule in broken:
            yield f"{width}: {rule['id']}: {rule['help']} ({', '.join(rule['nodes'][:3])})"
        left.update(f"{rule['id']} in {file.name}, such as {rule['nodes'][0]}" for rule in undecided)
        if over := page.ask(SCROLLS_BY):
            yield f"{width}: the page scrolls sideways, by {over} pixels"
    page.ask("document.documentElement.style.fontSize = '225%'")
    if over := page.ask(SCROLLS_BY):
        yield f"with letters twice as large the page scrolls sideways, by {over} pixels"
    page.show(file, WIDTHS[-1])
    yield from keyboard_faults(page)
    if page.ask("!!document.querySelector('.save')"):
        yield from saving_faults(page, file)


def keyboard_faults(page: Page) -> Iterator[str]:
    stops = page.ask(STOPS)
    for expected in range(stops):
        page.press_tab()
        found, seen = page.ask(AT)
        if found != expected:
            name = page.ask(f"stops[{expected}].outerHTML.slice(0, 80)")
            yield f"Tab does not come to {name} after what stands before it"
            return
        if not seen:
            yield f"the focus does not show on {page.ask(f'stops[{expected}].outerHTML.slice(0, 80)')}"
    page.press_tab()
    if stops and page.ask(AT)[0] == stops - 1:
        yield "Tab does not get out of the page"


def saving_faults(page: Page, file: Path) -> Iterator[str]:
    """Write, save, and open what was saved."""
    page.ask("document.querySelector('textarea, input[type=text]').focus()")
    page.tell("Input.insertText", text=WRITTEN)
    page.ask(
        "[...document.querySelectorAll('input[type=checkbox], input[type=radio]')].slice(0, 1).map((it) => it.click())"
    )
    ticked = page.ask("document.querySelectorAll(':checked').length")
    page.ask("document.querySelector('.save button').click()")
    saved = page.downloads / file.name
    for _ in range(100):
        if saved.exists():
            break
        time.sleep(0.05)
    else:
        yield "no copy was saved"
        return
    page.show(saved, WIDTHS[-1])
    if page.ask("document.querySelector('textarea, input[type=text]').value") != WRITTEN:
        yield "the saved copy lacks what was written"
    if page.ask("document.querySelectorAll(':checked').length") != ticked:
        yield "the saved copy lacks what was ticked"
    if not page.ask("document.querySelector('.save').hidden"):
        yield "the saved copy asks to be saved before anything is written"
    saved.unlink()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
