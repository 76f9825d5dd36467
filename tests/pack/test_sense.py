"""What a validator lets pass: every PDF of a pack makes sense to a reader who does not see it."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import DAY, BuiltPack
from drawing import drawn_here
from lxml import html as markup

import kit.pipeline
import kit.render.cards
import kit.render.pdf
from kit.check import Order, check
from kit.workspace import Workspace

sys.path.insert(0, str(Path(__file__).parents[1] / "conformance"))

from check_sense import Document, Node, faults


def test_every_pdf_makes_sense(pack: BuiltPack) -> None:
    found = {path.name: [str(fault) for fault in faults(path)] for path in pack.files(".pdf")}
    assert len(found) > 20
    assert {name: told for name, told in found.items() if told} == {}


# The order of reading ----------------------------------------------------------------------------

ONLY = ("workbook", "guide", "evaluation-form", "quote-cards", "commitment-card", "diary-sheet", "room-posters")
LEAST = 0.9
"""The share of what is read that the HTML has: the rest is page numbers and bullets."""


@pytest.fixture(scope="module")
def drawn(project: Workspace) -> list[tuple[str, bytes]]:
    """The HTML of some documents, and the PDF that became of each."""
    found: list[tuple[str, bytes]] = []
    lay_out = kit.render.pdf.lay_out

    def watched(html: str, *arguments: Any, **more: Any) -> Any:
        laid = lay_out(html, *arguments, **more)
        write = laid.write()
        found.append((html, write))
        return laid

    with drawn_here() as patch:
        patch.setattr(kit.render.pdf, "lay_out", watched)
        patch.setattr(kit.render.cards, "lay_out", watched)
        order = Order(only=ONLY)
        checked = check(project, order).value
        assert checked is not None
        assert kit.pipeline.build(project, checked, order, today=DAY).value is not None
    return found


def letters(text: str) -> str:
    return re.sub(r"[\W_]", "", text.replace("\u00ad", "")).lower()


def words_of(html: str) -> list[str]:
    """The words of a page that are to be read, in its order."""
    body = markup.document_fromstring(html).find("body")
    for element in list(body.iter()):
        hidden = not isinstance(element.tag, str) or element.get("aria-hidden") or element.tag in ("svg", "textarea")
        if hidden or "running-" in element.get("class", ""):
            element.drop_tree()
    return [word for piece in body.itertext() for part in piece.split() if (word := letters(part))]


def read_out(node: Node, document: Document) -> Iterator[str]:
    for kid in node.kids:
        if isinstance(kid, Node):
            if kid.kind != "Figure":
                yield from read_out(kid, document)
        elif isinstance(kid, tuple):
            yield document.texts[kid]


def test_what_is_read_comes_in_the_order_of_the_html(drawn: list[tuple[str, bytes]], tmp_path: Path) -> None:
    assert len(drawn) >= len(ONLY)
    for number, (html, pdf) in enumerate(drawn):
        file = tmp_path / f"{number}.pdf"
        file.write_bytes(pdf)
        document = Document(file)
        said = letters("".join(read_out(document.root, document)))
        at = 0
        for word in words_of(html):
            found = said.find(word, at)
            assert found >= 0, (document.pdf.docinfo["/Title"], word, said[at : at + 60])
            at = found + len(word)
        document.pdf.close()
        assert sum(map(len, words_of(html))) > LEAST * len(said)
