"""The lint finds what it is for: each fault planted in a sound deck, and found again."""

from __future__ import annotations

import io
from zipfile import ZipFile

import pytest
from pptx_lint import lint

from kit.model.document import DeckView
from kit.render.deck import DeckBrand, build
from kit.render.deck.template import pack

SLIDE = "ppt/slides/slide8.xml"
PLANTED = (
    ("sections", "ppt/presentation.xml", b'<p14:sldId id="256"/>', b""),
    ("dangling-id", "ppt/presentation.xml", b'r:id="rId1"', b'r:id="rId999"'),
    ("duplicate-layout-id", "ppt/presentation.xml", b'id="2147483648"', b'id="2147483649"'),
    ("orphan-part", "ppt/_rels/presentation.xml.rels", b"tableStyles.xml", b"presProps.xml"),
    ("dangling-relation", "ppt/_rels/presentation.xml.rels", b"tableStyles.xml", b"tableStyle.xml"),
    ("no-language", SLIDE, b' lang="en-GB"', b""),
    ("blank-cell", SLIDE, b"<a:t>8</a:t>", b"<a:t/>"),
    ("no-header-row", SLIDE, b'firstRow="1"', b""),
    ("empty-placeholder", SLIDE, b"<a:t>30 min</a:t>", b""),
    ("duplicate-title", SLIDE, b"<a:t>Quote card sort</a:t>", b"<a:t>What the cards showed</a:t>"),
    ("no-title", SLIDE, b"<a:t>Quote card sort</a:t>", b"<a:t></a:t>"),
    ("no-alternative-text", SLIDE, b'descr="Steps, as a table with a header row"', b""),
    ("hard-colour", SLIDE, b'<a:schemeClr val="accent1"/>', b'<a:srgbClr val="5B2A57"/>'),
    ("low-contrast", "ppt/theme/theme1.xml", b'<a:dk1><a:srgbClr val="241B24"', b'<a:dk1><a:srgbClr val="999999"'),
)


@pytest.fixture
def files(html: str, view: DeckView, brand: DeckBrand, created: object) -> dict[str, bytes]:
    outcome = build(html, view.title, brand, created)  # type: ignore[arg-type]
    assert outcome.value is not None
    with ZipFile(io.BytesIO(outcome.value)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize(("code", "part", "old", "new"), PLANTED, ids=[planted[0] for planted in PLANTED])
def test_planted_fault_is_found(files: dict[str, bytes], code: str, part: str, old: bytes, new: bytes) -> None:
    assert old in files[part]
    spoilt = files | {part: files[part].replace(old, new)}
    if code == "empty-placeholder":
        spoilt[part] = spoilt[part].replace(b"<a:t>until 10:05am</a:t>", b"")
    assert code in {fault.code for fault in lint(pack(spoilt))}
