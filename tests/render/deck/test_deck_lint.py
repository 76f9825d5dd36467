"""The lint finds what it is for: each fault planted in a sound deck, and found again."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from zipfile import ZipFile

import pytest
from lxml import etree
from pptx_lint import lint
from pptx_package import FEET, kind_of, shapes_of

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


QUOTE = "ppt/slides/slide6.xml"
LENGTHY = "Deal the cards and lay each of them under managing, leading or both, " * 20
SEEN: tuple[tuple[str, str, Callable[[bytes], bytes]], ...] = (
    (
        "wrong-count",
        "docProps/app.xml",
        lambda part: part.replace(b"</Properties>", b"<Slides>3</Slides></Properties>"),
    ),
    ("advances-by-itself", SLIDE, lambda part: part.replace(b"</p:sld>", b'<p:transition advTm="5000"/></p:sld>')),
    (
        "jump-to-nowhere",
        SLIDE,
        lambda part: part.replace(b"</p:sld>", b'<a:hlinkClick action="ppaction://hlinksldjump" r:id="rId1"/></p:sld>'),
    ),
    ("uneven-table", SLIDE, lambda part: re.sub(rb"<a:gridCol [^>]*/>", b"", part, count=1)),
    ("merged-cell", SLIDE, lambda part: part.replace(b"<a:tc>", b'<a:tc gridSpan="2">', 1)),
    ("outside-the-slide", SLIDE, lambda part: re.sub(rb'<a:off x="\d+"', b'<a:off x="9999999"', part)),
    ("shape-on-shape", SLIDE, lambda part: re.sub(rb'<a:off x="\d+"', b'<a:off x="0"', part)),
    ("text-overflows", SLIDE, lambda part: part.replace(b"until 10:05am", LENGTHY.encode())),
    ("notes-on-slide", SLIDE, lambda part: part.replace(b"until 10:05am", b"Go by what the speaker means:")),
    ("low-contrast", SLIDE, lambda part: part.replace(b'lang="en-GB"/>', b'lang="en-GB">' + PALE + b"</a:rPr>", 1)),
    ("reading-order", SLIDE, lambda part: _last_first(part)),
    ("title-not-first", SLIDE, lambda part: _last_first(part, after=0)),
    ("duplicate-shape-id", SLIDE, lambda part: re.sub(rb'<p:cNvPr id="\d+"', b'<p:cNvPr id="7"', part)),
    ("quotation-not-exact", QUOTE, lambda part: part.replace(b"absolutely about process", b"about process")),
    ("quotation-without-source", QUOTE, lambda part: part.replace(b"Limb M. BMJ 2016;352:i631", b"")),
)
"""Of each fault: what it is called, the part it is planted in, and how."""
PALE = b'<a:solidFill><a:schemeClr val="bg2"/></a:solidFill>'


def _last_first(part: bytes, after: int = 1) -> bytes:
    """The slide with the last of its shapes that is no footer read before all but `after`."""
    root = etree.fromstring(part)
    shapes = shapes_of(root)
    last = [shape for shape in shapes if kind_of(shape) not in FEET][-1]
    shapes[after].addprevious(last)
    return etree.tostring(root)


@pytest.mark.parametrize(("code", "part", "planted"), SEEN, ids=[planted[0] for planted in SEEN])
def test_planted_fault_of_sense_is_found(
    files: dict[str, bytes], view: DeckView, code: str, part: str, planted: Callable[[bytes], bytes]
) -> None:
    exact = {slide.quote.text: slide.quote.speaker for slide in view.slides if slide.quote}
    assert code not in {fault.code for fault in lint(pack(files), exact)}
    spoilt = planted(files[part])
    assert spoilt != files[part]
    assert code in {fault.code for fault in lint(pack(files | {part: spoilt}), exact)}
