"""How large the packs are: `python tests/bench/packs.py [PLAN ...]` builds and counts them.

Words are those that a reader finds on pages and slides; the notes of slides are counted apart. Quoted is what the
pack quotes of the article, each passage once.
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "pack")]

from reading import pdf_text, slide_texts  # noqa: E402

from kit.check import Order, check  # noqa: E402
from kit.compose import quoted  # noqa: E402
from kit.pipeline import build, publish_pack  # noqa: E402
from kit.terminal import columns  # noqa: E402
from kit.workspace import Workspace  # noqa: E402

TRUSTS = (None, "northmoor", "harrowfen")


@dataclass(frozen=True)
class Size:
    """What one pack holds."""

    plan: str
    trust: str
    files: int
    pages: int
    words: int
    slides: int
    slide_words: int
    note_words: int
    quoted: str
    sheets: int

    @property
    def row(self) -> tuple[str, ...]:
        return tuple(str(value) for value in vars(self).values())


def words(text: str) -> int:
    return len(re.findall(r"\w+", text))


def measured(workspace: Workspace, plan: str, trust: str | None, folder: Path) -> Size:
    """The size of one pack. Single handouts are pages of the workbook, so they do not count again."""
    order = Order(plan=plan, trust=trust)
    checked = check(workspace, order).value
    assert checked is not None
    pack = build(workspace, checked, order, today=date(2027, 1, 4)).value
    assert pack is not None
    publish_pack(pack, folder, order)
    pdfs = [path for path in sorted(folder.rglob("*.pdf")) if path.parent.name != "handouts"]
    texts = [path.read_text("utf-8") for path in sorted(folder.rglob("*.txt"))]
    decks = sorted(folder.glob("*.pptx"))
    passages = quoted(checked.workshop)
    taken = sum(quote.words for quote in passages)
    share = round(100 * taken / checked.workshop.article.source.words)
    return Size(
        plan=plan,
        trust=trust or "base",
        files=len(pack.made),
        pages=sum(made.pages for made in pack.made if made.path.endswith(".pdf") and made.kind.each != "handout"),
        words=sum(words(pdf_text(path)) for path in pdfs) + sum(map(words, texts)),
        slides=sum(made.pages for made in pack.made if made.path.endswith(".pptx")),
        slide_words=sum(words(text) for deck in decks for text in slide_texts(deck)),
        note_words=sum(words(text) for deck in decks for text in slide_texts(deck, notes=True)),
        quoted=f"{len(passages)} passages, {taken} words, {share}%",
        sheets=pack.index.sheets,
    )


def main(plans: Sequence[str]) -> None:
    workspace = Workspace(ROOT, ROOT)
    head = ("plan", "edition", "files", "pages", "words", "slides", "on slides", "in notes", "quoted", "sheets")
    rows = [head]
    with tempfile.TemporaryDirectory() as scratch:
        for plan in plans or list(workspace.entries("plans", None)):
            for trust in TRUSTS:
                size = measured(workspace, plan, trust, Path(scratch, f"{plan}-{trust}"))
                rows.append(size.row)
    print(columns(rows))


if __name__ == "__main__":
    main(sys.argv[1:])
