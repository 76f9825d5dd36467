"""Check decks by our own rules: `python tests/conformance/check_deck.py FILE.pptx...`

It finds what the validators of the file format let pass: what a screen reader stumbles over, what does not fit, what
cannot be read on its ground, what leads nowhere, quotations that are not exact. By file and slide, in words. Exit code
0 when every file passes, 1 when one does not, 2 for wrong use.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "render" / "deck")]

from pptx_lint import Fault, Package, lint  # noqa: E402

from kit.load import load  # noqa: E402
from kit.wording import curly  # noqa: E402
from kit.workspace import Workspace  # noqa: E402

IN_WORDS: Mapping[str, str] = {
    "advances-by-itself": "goes on to the next slide by itself",
    "blank-cell": "a cell of a table is empty",
    "dangling-id": "something leads nowhere",
    "dangling-relation": "a part is missing",
    "duplicate-entry": "a part is there twice",
    "duplicate-layout-id": "2 layouts have the same number",
    "duplicate-shape-id": "2 shapes have the same number",
    "duplicate-title": "its title is that of an earlier slide",
    "empty-placeholder": "a placeholder is empty",
    "footer-not-last": "the footer is not read last",
    "hard-colour": "a colour is not one of the theme",
    "jump-to-nowhere": "a link leads to no slide",
    "low-contrast": "words cannot be told from their ground",
    "merged-cell": "cells of a table are merged",
    "no-alternative-text": "a picture says nothing to a screen reader",
    "no-header-row": "a table has no header row",
    "no-language": "words are in no language",
    "no-notes": "it has no notes",
    "no-title": "it has no title",
    "notes-on-slide": "what is the facilitator’s stands on the slide",
    "orphan-part": "nothing leads to a part",
    "outside-the-slide": "a shape stands outside the slide",
    "quotation-not-exact": "a quotation is not word for word, or its speaker is another",
    "quotation-without-source": "a quotation has no speaker or no source",
    "reading-order": "it is not read in the order in which it stands",
    "sections": "the sections do not hold every slide once",
    "shape-on-shape": "2 shapes lie on each other",
    "text-overflows": "words run over their box",
    "title-not-first": "the title is not read first",
    "uneven-table": "rows of a table are not equally long",
    "wrong-count": "a count in the file is wrong",
}


@cache
def quotations() -> Mapping[str, str]:
    """The speaker of each quotation in the content, by its exact words."""
    library = load(Workspace(ROOT, ROOT)).value
    assert library is not None
    article = library.article
    return {curly(quote.text): article.voice(quote.voice).name for quote in article.quotes}


def in_words(fault: Fault) -> str:
    """`slide 8: a cell of a table is empty`"""
    number = re.fullmatch(r"ppt/slides/slide(\d+)\.xml", fault.part)
    where = f"slide {number[1]}" if number else fault.part
    detail = f" ({fault.detail})" if fault.detail else ""
    return f"{where}: {IN_WORDS.get(fault.code, fault.code)}{detail}"


def checked(path: Path) -> list[str]:
    """Everything that is wrong with one deck."""
    data = path.read_bytes()
    ours = not any(name.startswith("ppt/slideLayouts/kitLayout") for name in Package(data).files)
    return [in_words(fault) for fault in lint(data, quotations(), ours=ours)]


def main(files: Sequence[str]) -> int:
    if not files:
        print(__doc__, file=sys.stderr)
        return 2
    wrong = 0
    for name in files:
        found = checked(Path(name))
        wrong += bool(found)
        for line in found:
            print(f"{name}: {line}")
    print(f"{len(files) - wrong} of {len(files)} decks pass our own rules.")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
