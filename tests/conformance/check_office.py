"""Check that LibreOffice opens decks whole: `python tests/conformance/check_office.py FILE.pptx...`

Each deck is saved again by LibreOffice without a window. What it then holds must be as many slides, with the same words
on each, as many of them hidden, and the same notes. Exit code 0 when every deck passes, 1 when one does not, 2 for
wrong use or without LibreOffice.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from pptx import Presentation

PATIENCE = 240
"""Seconds that a deck may take."""


def saved_again(path: Path, folder: Path) -> Path | None:
    """The deck as LibreOffice saves it; None where it cannot open it. Its settings are its own, and new."""
    command = [
        *("soffice", "--headless", "--norestore", f"-env:UserInstallation={(folder / 'profile').as_uri()}"),
        *("--convert-to", "pptx", "--outdir", str(folder / "again"), str(path)),
    ]
    subprocess.run(command, check=False, capture_output=True, timeout=PATIENCE)
    again = folder / "again" / path.name
    return again if again.is_file() else None


def words(texts: Iterator[str]) -> Counter[str]:
    return Counter(word for text in texts for word in re.findall(r"\w+", text))


def texts(shapes: Iterator[object]) -> Iterator[str]:
    """Every text of some shapes, those in tables and in groups too."""
    for shape in shapes:
        if getattr(shape, "has_text_frame", False):
            yield shape.text_frame.text  # type: ignore[attr-defined]
        if getattr(shape, "has_table", False):
            yield from (cell.text for row in shape.table.rows for cell in row.cells)  # type: ignore[attr-defined]
        yield from texts(iter(getattr(shape, "shapes", ())))


def lost(before: Path, after: Path) -> Iterator[str]:
    """What `after` has no more of `before`, in words."""
    first, second = Presentation(str(before)), Presentation(str(after))
    if len(first.slides) != len(second.slides):
        yield f"{len(second.slides)} slides for {len(first.slides)}"
        return
    for number, (one, other) in enumerate(zip(first.slides, second.slides, strict=True), 1):
        if (one._element.get("show") == "0") != (other._element.get("show") == "0"):
            yield f"slide {number}: hidden in one, shown in the other"
        missing = words(texts(iter(one.shapes))) - words(texts(iter(other.shapes)))
        if missing:
            yield f"slide {number}: without {', '.join(sorted(missing))}"
        said, kept = (words(iter([slide.notes_slide.notes_text_frame.text])) for slide in (one, other))
        if said - kept:
            yield f"slide {number}: notes without {', '.join(sorted(said - kept))}"


def main(files: Sequence[str]) -> int:
    if not files or shutil.which("soffice") is None:
        print(__doc__ if not files else "LibreOffice is missing: install libreoffice-impress.", file=sys.stderr)
        return 2
    wrong = 0
    for name in files:
        with tempfile.TemporaryDirectory() as folder:
            again = saved_again(Path(name), Path(folder))
            found = ["cannot be opened"] if again is None else list(lost(Path(name), again))
        wrong += bool(found)
        for line in found:
            print(f"{name}: {line}")
    print(f"{len(files) - wrong} of {len(files)} decks are whole after LibreOffice.")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
