"""Editions: the same words in each, laid out so that the people they are for can read them.

The workbook and the cards have tests of their own for how they are laid out.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from bench.contrast import contrasts, grey_patches
from conformance.check_sense import faults
from fontTools.ttLib import TTFont
from lxml import html
from pack.reading import colours_of, font_sizes, pdf_pages, squeezed
from speaking import PROJECT

from kit import pipeline
from kit.check import Order, check
from kit.diagnostics import Outcome
from kit.load import Memory
from kit.localise import Request
from kit.model.edition import parse_editions
from kit.render.job import Job, page_of, run
from kit.workspace import Workspace

DAY = date(2027, 1, 4)
PLANS = sorted(path.stem for path in (PROJECT / "content/plans").glob("*.yaml"))
LARGER = ("large-print-18", "large-print-24", "dyslexia")
FOR_PARTICIPANTS = (
    *("certificate", "commitment-card", "pocket-card", "diary-sheet", "evaluation-form"),
    *("joining-instructions", "retrieval-quiz", "reading-and-source"),
)
FOR_THE_OTHERS = ("guide", "run-sheet", "materials-list", "room-plan", "register", "sponsor-brief", "room-posters")

READ: Memory = {}
"""The files of the content, which are read once for all tests."""

OF_SLIDES = ("slides",)
"""Of many pages: the half-day stands for all."""

SAID_ANOTHER_WAY = {
    ("commitment-card", "commitment cards cut into 4 on the marks and each card along its broken line"),
    ("commitment-card", "commitment cards cut across the middle along the broken line"),
    ("diary-sheet", "half day"),
}
"""What an edition says that another does not: how a sheet is cut, and the head of a column that it lacks."""


@dataclass(frozen=True)
class Laid:
    """A document of the test packs: in which edition, its file and its HTML."""

    edition: str
    document: str
    size: float
    data: bytes
    page: str

    @property
    def pdf(self) -> pypdfium2.PdfDocument:
        return pypdfium2.PdfDocument(self.data)


class _Noting:
    """Takes every job, and draws none."""

    def __init__(self, jobs: list[Job]) -> None:
        self.jobs = jobs

    def submit(self, _: Any, job: Job) -> Future[Any]:
        self.jobs.append(job)
        future: Future[Any] = Future()
        future.set_result(Outcome(()))
        return future


def jobs_of(plan: str, trust: str | None, editions: str, documents: tuple[str, ...]) -> list[Job]:
    """What a build would draw of those `documents` for which the plan has a use."""
    jobs: list[Job] = []

    @contextmanager
    def executor() -> Iterator[Any]:
        yield _Noting(jobs)

    order = Order(plan, trust, Request(dates=(date(2027, 1, 14),), editions=parse_editions(editions)))
    workspace = Workspace(PROJECT, PROJECT)
    checked = check(workspace, order, READ).value
    assert checked is not None
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pipeline, "executor", executor)
        pipeline.build(workspace, checked, order, today=DAY)
    return [job for job in jobs if job.kind.id in documents and job.path.endswith(".pdf")]


@pytest.fixture(scope="module")
def laid() -> list[Laid]:
    """Northmoor's half-day in all editions, and the series in the smallest and the largest of large print."""
    jobs = jobs_of(
        "half-day",
        "northmoor",
        "large-print-18,large-print-24,dyslexia,mono",
        (*FOR_PARTICIPANTS, *OF_SLIDES, *FOR_THE_OTHERS),
    )
    jobs += jobs_of("series", None, "large-print-18,large-print-24", FOR_PARTICIPANTS)
    return [
        Laid(job.edition.id, job.kind.id, job.edition.size, made.data, page_of(job))
        for job in jobs
        for made in _drawn(job)
    ]


def _drawn(job: Job) -> tuple[Any, ...]:
    outcome = run(job)
    assert outcome.value is not None, outcome.diagnostics
    return outcome.value


def larger(laid: list[Laid]) -> list[Laid]:
    found = [each for each in laid if each.edition in LARGER]
    assert {each.document for each in found} == {*FOR_PARTICIPANTS, *OF_SLIDES}
    return found


# The same words ----------------------------------------------------------------------------------


def texts_of(page: str) -> set[str]:
    """Every text between two tags, without drawings and the words that stand for one in larger type."""
    root = html.fromstring(page)
    for drawing in root.xpath("//*[local-name()='svg'] | //title | //section[@class='day idea'] | //p[@class='told']"):
        drawing.drop_tree()
    return {words for text in root.xpath("//body//text()") if (words := squeezed(text))}


@pytest.mark.parametrize(("plan", "trust"), [*((plan, None) for plan in PLANS), ("half-day", "northmoor")])
def test_nothing_is_lost_between_editions(plan: str, trust: str | None) -> None:
    jobs = jobs_of(
        plan, trust, "standard,large-print-18,dyslexia,mono", (*FOR_PARTICIPANTS, *OF_SLIDES, *FOR_THE_OTHERS)
    )
    pages = {(job.kind.id, job.session, job.edition.name): page_of(job) for job in jobs}
    assert len({document for document, _, _ in pages}) >= 10
    for (document, session, edition), page in pages.items():
        usual = pages[document, session, "standard"]
        # A logo says the name that stands in its place in black and white.
        apart = {words for words in texts_of(page) ^ texts_of(usual) if words not in alternatives(usual)}
        assert {(document, words) for words in apart} <= SAID_ANOTHER_WAY, edition
        assert fields(page) == fields(usual)


def alternatives(page: str) -> str:
    """What stands for the pictures of a page when they are read aloud."""
    return squeezed(" ".join(html.fromstring(page).xpath("//img/@alt")))


def test_the_list_of_a_day_has_all_that_its_drawing_names(laid: list[Laid]) -> None:
    (usual,) = jobs_of("half-day", "northmoor", "standard", ("joining-instructions",))
    agenda = [row.title for of in usual.view.sessions for row in of.agenda]
    assert [bar.title for of in usual.view.sessions for bar in of.timeline.bars] == agenda
    for each in larger(laid):
        if each.document == "joining-instructions" and "northmoor" in each.page:
            listed = html.fromstring(each.page).xpath("//section[@class='day idea']//li/text()")
            assert [text.strip() for text in listed if text.strip()] == agenda


def fields(page: str) -> set[tuple[str, str]]:
    """The name and the tooltip of every field of a form."""
    found = html.fromstring(page).xpath("//input | //textarea")
    return {(field.get("name"), field.get("title")) for field in found}


def test_all_words_of_a_document_reach_its_pages(laid: list[Laid]) -> None:
    for each in larger(laid):
        root = html.fromstring(each.page)
        for hidden in root.xpath("//*[@aria-hidden='true'] | //*[local-name()='svg'] | //title"):
            hidden.drop_tree()
        told = Counter(squeezed(" ".join(root.xpath("//body//text()"))).split())
        shown = Counter(squeezed(" ".join(pdf_pages(each.data))).split())
        assert told - shown == Counter(), (each.document, each.edition)


def test_every_edition_makes_sense_to_whoever_does_not_see_it(laid: list[Laid], tmp_path: Path) -> None:
    file = tmp_path / "page.pdf"
    for each in laid:
        file.write_bytes(each.data)
        assert [str(fault) for fault in faults(file)] == [], (each.document, each.edition)


# Type that can be read ---------------------------------------------------------------------------


def test_no_word_of_large_print_is_smaller_than_its_size(laid: list[Laid]) -> None:
    for each in larger(laid):
        if each.edition != "dyslexia":
            assert min(font_sizes(each.data)) >= each.size - 0.01, (each.document, each.edition)


def test_no_word_of_the_edition_for_dyslexia_is_smaller_than_14_point(laid: list[Laid]) -> None:
    for each in larger(laid):
        if each.edition == "dyslexia":
            assert min(font_sizes(each.data)) >= 14 - 0.01, each.document


def test_nothing_is_in_italics_where_italics_are_hard_to_read(laid: list[Laid]) -> None:
    for each in larger(laid):
        with pikepdf.open(io.BytesIO(each.data)) as pdf:
            fonts = {str(font.BaseFont) for page in pdf.pages for font in page.Resources.get("/Font", {}).values()}
        assert fonts
        assert not [font for font in fonts if "Italic" in font or "Oblique" in font], each.document


def test_letters_stand_apart_in_the_edition_for_dyslexia(laid: list[Laid]) -> None:
    """The same words at the same size are wider by 0.12 em a letter, and by 0.16 em more a space."""
    (of_dyslexia,) = (each for each in laid if (each.edition, each.document) == ("dyslexia", "retrieval-quiz"))
    page = of_dyslexia.pdf[0].get_textpage()
    text = page.get_text_range()
    at = text.index("from memory")
    left, right = (page.get_charbox(at + offset, loose=True)[0] for offset in (0, len("from memory") - 1))
    wider = right - left - sum(_advances("from memor", 14))
    assert wider == pytest.approx(10 * 0.12 * 14 + 0.16 * 14, abs=0.2)


def _advances(text: str, size: float) -> list[float]:
    font = TTFont(PROJECT / "templates/shared/fonts/KitText-Regular.ttf")
    names, widths, unit = font.getBestCmap(), font["hmtx"], font["head"].unitsPerEm
    return [widths[names[ord(letter)]][0] * size / unit for letter in text]


def test_a_line_of_large_print_has_no_more_than_70_characters(laid: list[Laid]) -> None:
    for each in larger(laid):
        longest = max((line for page in pdf_pages(each.data) for line in page.splitlines()), key=len)
        assert len(longest) <= 70, (each.document, each.edition, longest)


def test_a_word_too_long_for_large_print_is_named_and_not_cut() -> None:
    (job,) = jobs_of("half-day", None, "large-print-24", ("certificate",))
    long = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch"
    outcome = run(replace(job, view=replace(job.view, title=long)))
    (fault,) = outcome.diagnostics
    assert outcome.value is None
    assert (fault.code, fault.severity) == ("too-large-to-fit", "error")
    assert long in fault.message
    assert "certificate of attendance in large-print-24" in fault.message
    assert "large-print-16" in fault.advice


# A mono printer ----------------------------------------------------------------------------------


def mono(laid: list[Laid]) -> list[Laid]:
    found = [each for each in laid if each.edition == "mono"]
    assert {each.document for each in found} == {*FOR_PARTICIPANTS, *OF_SLIDES, *FOR_THE_OTHERS}
    return found


def test_mono_pages_are_painted_in_black_and_white_alone(laid: list[Laid]) -> None:
    for each in mono(laid):
        assert colours_of(each.data) <= {(0.0,), (1.0,)}, each.document


def test_mono_pages_hold_no_picture(laid: list[Laid]) -> None:
    """A logo was made for colour: the name stands in its place."""
    for each in mono(laid):
        with pikepdf.open(io.BytesIO(each.data)) as pdf:
            assert not [page for page in pdf.pages if page.get_images()], each.document


def test_what_a_mono_printer_prints_can_be_read(laid: list[Laid]) -> None:
    """Rasterised at 150 dpi: every word at 4.5 to 1 or more, and no grey but that between an edge and its ground."""
    for each in mono(laid):
        for page in each.pdf:
            faint = [(word, ratio) for word, ratio in contrasts(page) if ratio < 4.5]
            assert faint == [], each.document
            assert grey_patches(page) == 0, each.document
