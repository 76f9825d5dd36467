"""How fast and how large the kit is, from one run: `python tests/bench/bench.py`.

Beside what a pack costs stands what the same pack costs in 4 editions. Three goals. A cold `kit build` takes at most
1.25 times as long as bare WeasyPrint and python-pptx need for the same HTML and the same slides, one after the other.
`kit check` takes under a third of a second of CPU. No process of a build holds more than 250 MB. Every time is the best
of several runs in fresh processes.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from concurrent.futures import Future
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
RUNS = 3
EDITIONS = "standard,large-print-18,dyslexia,mono"

BARE = """
import ctypes.util, json, sys
from pathlib import Path

folder = Path(sys.argv[1])
from weasyprint import CSS, HTML
from weasyprint.urls import URLFetcher, URLFetcherResponse

assets = json.loads((folder / "assets.json").read_text())

class Assets(URLFetcher):
    def fetch(self, url, headers=None):
        name, media = assets[url.removeprefix("kit:").lstrip("/")]
        return URLFetcherResponse(url, (folder / name).read_bytes(), {"Content-Type": media})

fetcher = Assets(fail_on_errors=True)
for page in sorted(folder.glob("*.html")):
    sheets = [CSS(string=css, url_fetcher=fetcher) for css in json.loads(page.with_suffix(".css.json").read_text())]
    HTML(string=page.read_text(), url_fetcher=fetcher).write_pdf(
        folder / (page.stem + ".pdf"), stylesheets=sheets, pdf_variant="pdf/ua-1"
    )

from pptx import Presentation

deck = Presentation()
for slide in json.loads((folder / "slides.json").read_text()):
    made = deck.slides.add_slide(deck.slide_layouts[1])
    made.shapes.title.text = slide["title"]
    made.placeholders[1].text = slide["body"]
    made.notes_slide.notes_text_frame.text = slide["notes"]
deck.save(folder / "bare.pptx")
"""


def main() -> None:
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        _write_what_the_kit_draws(folder)
        script = folder / "bare.py"
        script.write_text(BARE)
        kit = [sys.executable, "-m", "kit"]
        build = _best([*kit, "build", "--quiet", "-o", str(folder / "pack")])
        bare = _best([sys.executable, str(script), str(folder)])
        check = _best([*kit, "check", "half-day"])
        editions = _best([*kit, "build", "--quiet", "--edition", EDITIONS, "-o", str(folder / "editions")])
    ratio = build["wall"] / bare["wall"]
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    print(f"{'':34}{'wall s':>8}{'CPU s':>8}{'MB':>6}")
    rows = {
        "kit build, cold": build,
        "kit build in 4 editions": editions,
        "bare WeasyPrint and python-pptx": bare,
        "kit check, cold": check,
    }
    for name, row in rows.items():
        print(f"{name:34}{row['wall']:8.2f}{row['cpu']:8.2f}{row['mb']:6.0f}")
    print(f"{cores} cores, best of {RUNS}")
    print(f"build against bare: {ratio:.2f} (goal: at most 1.25) {_verdict(ratio <= 1.25)}")
    print(f"4 editions against 1: {editions['wall'] / build['wall']:.2f} times as long")
    print(f"kit check: {check['cpu']:.2f} s of CPU (goal: under 0.33) {_verdict(check['cpu'] < 1 / 3)}")
    print(f"largest process of a build: {build['mb']:.0f} MB (goal: at most 250) {_verdict(build['mb'] <= 250)}")


def _verdict(met: bool) -> str:
    return "met" if met else "NOT MET"


def _best(command: list[str]) -> dict[str, float]:
    rows = [_measured(command) for _ in range(RUNS)]
    return {key: min(row[key] for row in rows) for key in ("wall", "cpu", "mb")}


def _measured(command: list[str]) -> dict[str, float]:
    """Wall and CPU seconds of a command with its children, and the largest resident size among them in MB."""
    probe = (
        "import json,resource,subprocess,sys,time\n"
        "t=time.perf_counter(); subprocess.run(sys.argv[1:],check=True,stdout=subprocess.DEVNULL)\n"
        "r=resource.getrusage(resource.RUSAGE_CHILDREN)\n"
        "print(json.dumps(dict(wall=time.perf_counter()-t,cpu=r.ru_utime+r.ru_stime,mb=r.ru_maxrss/1024)))"
    )
    done = subprocess.run([sys.executable, "-c", probe, *command], check=True, capture_output=True, text=True, cwd=ROOT)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def _write_what_the_kit_draws(folder: Path) -> None:
    """The HTML, stylesheets, assets and slide texts of the default pack, as the kit hands them to its engines."""
    from kit import pipeline
    from kit.check import Order, check
    from kit.render import job as jobs
    from kit.render import pdf
    from kit.workspace import Workspace

    drawn: list[tuple[str, list[str], dict[str, Any]]] = []
    lay_out = pdf.lay_out
    decks: list[Any] = []

    def noted(html: str, stylesheets: Any, assets: Any, *, created: Any) -> Any:
        drawn.append((html, list(stylesheets), dict(assets)))
        return lay_out(html, stylesheets, assets, created=created)

    def run(job: jobs.Job) -> Any:
        if job.kind.output == "deck":
            decks.append(job.view)
        return jobs.run(job)

    class Here:
        def submit(self, fn: Any, *args: Any) -> Any:
            future: Future[Any] = Future()
            future.set_result(run(*args))
            return future

    @contextmanager
    def executor() -> Any:
        yield Here()

    pdf.lay_out = noted  # type: ignore[assignment]
    pipeline.executor = executor
    from kit.render import cards

    cards.lay_out = noted  # type: ignore[assignment]
    order = Order()
    workspace = Workspace.find(ROOT)
    checked = check(workspace, order).value
    assert checked is not None
    pipeline.build(workspace, checked, order, today=date(2027, 1, 14))
    # Cards are laid out more than once until they fit; bare WeasyPrint is asked for the last one only.
    pages = {html.split("<title>")[1].split("</title>")[0]: (html, css, assets) for html, css, assets in drawn}
    names: dict[str, tuple[str, str]] = {}
    for number, (html, css, assets) in enumerate(pages.values()):
        (folder / f"{number}.html").write_text(html)
        (folder / f"{number}.css.json").write_text(json.dumps(css))
        for name, asset in assets.items():
            file = name.replace("/", "-")
            names[name] = (file, asset.media)
            (folder / file).write_bytes(asset.data)
    (folder / "assets.json").write_text(json.dumps(names))
    slides = [
        {
            "title": slide.title,
            "body": "\n".join([*slide.points, slide.quote.text if slide.quote else ""]),
            "notes": "\n".join([slide.notes.clock, *slide.notes.say, *(cue.say for cue in slide.notes.cues)]),
        }
        for slide in decks[0].slides
    ]
    (folder / "slides.json").write_text(json.dumps(slides))


if __name__ == "__main__":
    main()
