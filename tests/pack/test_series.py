"""A pack of several sessions: 1 workbook, and for each session a deck, a run sheet and a list of what to bring."""

from __future__ import annotations

import itertools
import re

import pikepdf
from conftest import BuiltPack
from reading import pdf_pages, pdf_text, slide_texts, squeezed
from speaking import english


def test_there_is_1_workbook_and_a_deck_for_each_session(series: BuiltPack) -> None:
    listed = [row["path"] for row in series.manifest["files"]]
    names = [f"-{session.number}-{session.id}" for session in series.checked.workshop.sessions]
    assert len(names) == 4
    each = ("deck{}.pptx", "deck{}.html", "participants/slides{}.pdf")
    for document in (*each, "facilitator/run-sheet{}.pdf", "facilitator/what-to-bring{}.pdf"):
        stem, suffix = document.split("{}")
        found = [path for path in listed if path.startswith(stem) and path.endswith(suffix)]
        assert found == [document.format(name) for name in names]
    workbooks = [path for path in listed if path.startswith("participants/workbook") and path.endswith(".pdf")]
    assert workbooks == ["participants/workbook-booklet.pdf", "participants/workbook.pdf"]
    assert sum(path.startswith("participants/between/reminder") for path in listed) == 3


def test_each_deck_shows_the_clock_of_its_session_and_the_homework_after_it(series: BuiltPack) -> None:
    for session in series.checked.workshop.sessions:
        text = " ".join(slide_texts(series.folder / f"deck-{session.number}-{session.id}.pptx"))
        for block in session.blocks:
            assert squeezed(english.clock_range(block.start, block.minutes)) in text
            assert squeezed(block.title) in text
        for task in session.homework:
            assert squeezed(task) in text


def test_slide_references_lead_to_the_block_in_its_own_deck(series: BuiltPack) -> None:
    for session in series.checked.workshop.sessions:
        slides = slide_texts(series.folder / f"deck-{session.number}-{session.id}.pptx")
        run_sheet = " ".join(
            " ".join(pdf_pages(series.folder / f"facilitator/run-sheet-{session.number}-{session.id}.pdf")).split()
        )
        spans = [(int(a), int(b)) for a, b in re.findall(r"slides (\d+) to (\d+)", run_sheet)]
        assert len(spans) == len(session.blocks)
        for block, (first, last) in zip(session.blocks, spans, strict=True):
            assert squeezed(block.title) in " ".join(slides[first - 1 : last])


def test_page_references_lead_to_the_handout(series: BuiltPack) -> None:
    pages = pdf_pages(series.folder / "participants/workbook.pdf")
    guide = " ".join(" ".join(pdf_pages(series.folder / "facilitator/guide.pdf")).split())
    references = re.findall(r"Workbook page (\d+), handout (\d+)", guide)
    assert len(references) == sum(bool(block.handout) for block in series.checked.workshop.blocks)
    for page, handout in references:
        assert f"Handout {handout}" in pages[int(page) - 1]


def test_the_homework_has_a_page_after_the_handouts_of_its_session(series: BuiltPack) -> None:
    pages = [squeezed(page) for page in pdf_pages(series.folder / "participants/workbook.pdf")]
    for session in series.checked.workshop.sessions:
        last = [block.handout for block in session.blocks if block.handout][-1]
        homework = [
            number for number, page in enumerate(pages) if all(squeezed(task) in page for task in session.homework)
        ]
        if session.homework:
            assert len(homework) == 1
            assert f"handout {last} " in pages[homework[0] - 1]


def test_the_handout_that_sets_homework_brings_its_page(series: BuiltPack) -> None:
    for path in sorted((series.folder / "participants/handouts").glob("*.pdf")):
        assert len(pdf_pages(path)) == (2 if "setting-off" in path.name else 1), path


def test_the_reminder_says_what_to_do_and_when_to_come_next(series: BuiltPack) -> None:
    sessions = series.checked.workshop.sessions
    for session, after in itertools.pairwise(sessions):
        text = (series.folder / f"participants/between/reminder-{session.number}-{session.id}.txt").read_text("utf-8")
        assert all(squeezed(task) in squeezed(text) for task in session.homework)
        assert squeezed(after.title) in squeezed(text)
        assert squeezed(english.clock_range(after.start, after.minutes)) in squeezed(text)


def test_answers_to_the_questions_are_in_the_guide_and_nowhere_else(series: BuiltPack) -> None:
    guide = pdf_text(series.folder / "facilitator/guide.pdf")
    parts = [
        squeezed(part)
        for session in series.checked.workshop.sessions
        for question in session.recall
        for part in re.split(r"(?<=[.?!:])\s", question.answer)
        if len(part.split()) >= 6
    ]
    assert len(parts) > 15
    assert sum(part in guide for part in parts) > 0.8 * len(parts)
    workbook = pdf_text(series.folder / "participants/workbook.pdf")
    assert [part for part in parts if part in workbook] == []


def test_the_register_has_a_column_for_each_session(series: BuiltPack) -> None:
    text = pdf_text(series.folder / "facilitator/register.pdf")
    assert [number for number in range(1, 6) if f"session {number}" in text] == [1, 2, 3, 4]


def test_no_page_is_left_half_empty(series: BuiltPack) -> None:
    from test_pack import depths

    for kind in ("participants/workbook.pdf", "facilitator/guide.pdf"):
        found = depths(series.folder / kind)[:-1]
        assert [number for number, depth in enumerate(found, 1) if depth < 0.5] == [], kind


def test_every_file_of_a_session_is_titled_with_its_number(series: BuiltPack) -> None:
    for session in series.checked.workshop.sessions:
        with pikepdf.open(series.folder / f"facilitator/run-sheet-{session.number}-{session.id}.pdf") as pdf:
            assert f"session {session.number}" in str(pdf.docinfo["/Title"])


def test_the_start_page_shows_every_session_and_the_themes_of_all_plans(series: BuiltPack) -> None:
    page = (series.folder / "index.html").read_text("utf-8")
    for session in series.checked.workshop.sessions:
        assert f"Session {session.number}: " in page
        assert f"deck-{session.number}-{session.id}.pptx" in page
    assert page.count('<th scope="row"') > len(series.checked.workshop.article.themes)
    for plan in ("taster", "lunch", "half-day", "online"):
        assert f">{plan}</abbr>" in page


def test_the_joining_letter_is_one_page(series: BuiltPack) -> None:
    assert len(pdf_pages(series.folder / "participants/before/joining-instructions.pdf")) == 1
