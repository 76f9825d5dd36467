"""A PowerPoint template looked at before a workshop hangs on it: what is used for what, and pictures of all of it."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from kit.diagnostics import Diagnostic, Outcome
from kit.load import Library
from kit.model.page import SlideShape
from kit.palette import OWN, palette
from kit.publish import write_file
from kit.render.contactsheet import SLIDE_WIDTH, contact_sheet
from kit.render.deck.basis import Basis, basis, house_of
from kit.render.deck.grid import GRIDS
from kit.render.deck.samples import sample_deck, too_small
from kit.render.deck.template import compile_template
from kit.templatefile import MAX_TEMPLATE_BYTES, TemplateFile
from kit.workspace import Workspace

_PATIENCE = 180
"""Seconds that LibreOffice is given."""


@dataclass(frozen=True)
class Looked:
    """A template as it would be used, and a deck with every layout filled."""

    basis: Basis
    deck: bytes


@dataclass(frozen=True)
class Saved:
    """A file that was written, and whether there was one before it."""

    path: Path
    replaced: bool


def template_at(workspace: Workspace, path: Path, library: Library | None) -> TemplateFile | None:
    """The file as a trust’s `deck_template`, with the trust’s `layout_map`; None when it is not there or too large."""
    data = workspace.read_bytes(path.absolute(), MAX_TEMPLATE_BYTES)
    if data is None:
        return None
    named = library.deck_template if library else None
    if named is not None:
        return replace(named, name=path.name, data=data)
    return TemplateFile(path.name, data, None)


def look(file: TemplateFile, library: Library | None, created: datetime) -> Outcome[Looked]:
    """How decks would stand on `file`, for the trust of `library` where there is one."""
    from kit.render.deck import DeckBrand

    brand = library.brand if library else None
    colours = palette(brand, library.texts.get("brand") if library else None).value or OWN
    name = library.trust.name if library and library.trust else "kit"
    chosen = basis(file, DeckBrand(name, colours), house_of(brand, colours))
    if chosen.value is None:
        return Outcome(None, chosen.diagnostics)
    deck = sample_deck(chosen.value.design, chosen.value.brand, created)
    assert deck.value is not None, deck.diagnostics
    return Outcome(Looked(chosen.value, deck.value), chosen.diagnostics)


def own_template(library: Library | None, shape: SlideShape) -> bytes:
    """The kit’s own template without a slide, in the brand of `library`: for PowerPoint, pandoc and Quarto."""
    brand = library.brand if library else None
    colours = palette(brand, library.texts.get("brand") if library else None).value or OWN
    name = library.trust.name if library and library.trust else "kit"
    return compile_template(colours, name, grid=GRIDS[shape], handouts=False)


def rows(looked: Looked) -> Iterator[tuple[str, str, str]]:
    """The mapping as lines of a table: the kind of slide, the layout, how it was found."""
    if looked.basis.report is None:
        return
    for row in looked.basis.report.rows:
        more = f"; one is added for slides with {' or '.join(row.lacks)}" if row.lacks else ""
        yield row.kind, f"“{row.theirs}”" if row.theirs else row.how, f"{row.how}{more}" if row.theirs else ""


def remarks(looked: Looked) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What else there is to say, under headings: nothing that was changed or left out goes without a word."""
    report = looked.basis.report
    if report is None:
        return
    if report.audit:
        yield "Theme and colours", report.audit
    small = too_small(looked.basis.design)
    if small:
        names = ", ".join(f"“{name}”" for name in small)
        yield "Too small", (f"{names}: slides whose words do not fit there get a layout that is added.",)
    if report.left_out:
        yield "Left out of decks", (f"The file holds {', '.join(report.left_out)}. No deck has them.",)


def pictures(workspace: Workspace, deck: bytes, stem: str) -> tuple[Mapping[str, bytes], str]:
    """The deck as a PDF, and as a PNG of all slides, by name; and in words what could not be made, and why."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        return {}, "There are no pictures, since LibreOffice is not installed. Open the deck in PowerPoint to see it."
    with TemporaryDirectory() as place:
        folder = Path(place)
        write_file(folder / f"{stem}.pptx", deck)
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        convert = [
            office,
            profile,
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            place,
            str(folder / f"{stem}.pptx"),
        ]
        pdf = workspace.read_bytes(folder / f"{stem}.pdf") if _done(convert) else None
        if pdf is None:
            return {}, "There are no pictures, since LibreOffice could not draw the deck. Open it in PowerPoint."
        paper = shutil.which("pdftoppm")
        if paper is None:
            return {
                f"{stem}.pdf": pdf
            }, "The PDF shows a slide on each page. For all on 1 picture, install poppler-utils."
        size = ["-scale-to-x", str(SLIDE_WIDTH), "-scale-to-y", "-1"]
        drawn = _done([paper, "-png", *size, str(folder / f"{stem}.pdf"), str(folder / "slide")])
        slides = [workspace.read_bytes(path) for path in sorted(folder.glob("slide*.png"))] if drawn else []
        sheet = contact_sheet([slide for slide in slides if slide])
    return {f"{stem}.pdf": pdf, f"{stem}.png": sheet}, ""


def _done(command: list[str]) -> bool:
    try:
        return subprocess.run(command, check=False, capture_output=True, timeout=_PATIENCE).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def save(folder: Path, files: Mapping[str, bytes]) -> tuple[Saved, ...]:
    """Writes `files` into `folder`. Raises OSError when the disk refuses."""
    found = []
    for name, data in files.items():
        path = folder / name
        there = path.exists()
        write_file(path.absolute(), data)
        found.append(Saved(path, there))
    return tuple(found)


def not_there(path: Path) -> Diagnostic:
    """The fault of naming a file that cannot be read."""
    return Diagnostic(
        "missing-template",
        f"There is no file {path}, or it is larger than {MAX_TEMPLATE_BYTES // 1_000_000} MB.",
        "Give the path of a .pptx or .potx file.",
    )
