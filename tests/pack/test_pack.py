"""The finished pack: what a facilitator finds in the folder, and what must not be in a participant's hands."""

from __future__ import annotations

import hashlib
import itertools
import re
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from pack.conftest import BuiltPack
from pack.reading import (
    attribute,
    depths,
    file_text,
    fonts,
    pdf_pages,
    pdf_text,
    shown_slide_texts,
    slide_texts,
    squeezed,
    structure,
)
from speaking import english

from kit.model.activity import Activity
from kit.render.html import plain

EXPECTED = {
    "index.html",
    "deck.pptx",
    "deck.html",
    "participants/slides.pdf",
    "participants/workbook.pdf",
    "participants/workbook-booklet.pdf",
    "participants/quote-cards.pdf",
    "facilitator/guide.pdf",
    "facilitator/print-guide.pdf",
    "facilitator/run-sheet.pdf",
    "room/name-badges.pdf",
    "room/table-tents.pdf",
    "room/posters.pdf",
    "participants/certificate.pdf",
    "participants/evaluation-form.pdf",
    "participants/pocket-cards.pdf",
    "participants/commitment-cards.pdf",
    "facilitator/register.pdf",
    "facilitator/sponsor-brief.pdf",
    "facilitator/what-to-bring.pdf",
    "facilitator/room-plan.pdf",
    "participants/before/joining-email.txt",
    "participants/before/joining-instructions.pdf",
    "participants/before/diary-sheet.pdf",
    "participants/after/follow-up-1-week.txt",
    "participants/after/follow-up-4-weeks.txt",
    "participants/after/follow-up-3-months.txt",
    "participants/after/retrieval-quiz.pdf",
    "participants/after/reading-and-source.pdf",
}


def with_web_pages(paths: set[str]) -> set[str]:
    read = {path for path in paths if path.startswith("participants/")} - {"participants/workbook-booklet.pdf"}
    return paths | {path.replace(".pdf", ".html") for path in read}


def all_pdfs(pack: BuiltPack) -> list[Path]:
    assert pack.files(".pdf")
    return pack.files(".pdf")


def test_the_pack_holds_what_is_promised(pack: BuiltPack) -> None:
    every = {row["path"] for row in pack.manifest["files"]}
    folders = [edition.folder for edition in pack.checked.workshop.editions if edition.folder]
    listed = {path for path in every if not path.startswith(tuple(folders))}
    for folder in folders:
        held = {path for path in listed if path.startswith("participants/") and path.endswith(".pdf")}
        held -= {"participants/workbook-booklet.pdf"}
        assert {path.removeprefix(folder) for path in every - listed if path.startswith(folder)} == held
    handouts = {path for path in listed if path.startswith("participants/handouts/")}
    scenarios = {"participants/scenario-cards.pdf"} if pack.checked.workshop.scenarios else set()
    invitation = {"participants/before/invitation.ics"} if pack.checked.workshop.first_date else set()
    tents = {"room/table-tents.pdf"} if "table-tents" in pack.checked.workshop.plan.leave_out else set()
    assert listed - handouts == with_web_pages((EXPECTED - tents) | scenarios) | invitation
    assert len(handouts) == sum(bool(block.handout) + len(block.pages) for block in pack.checked.workshop.blocks)
    on_disk = {path.relative_to(pack.folder).as_posix() for path in pack.folder.rglob("*") if path.is_file()}
    assert on_disk == every | {"manifest.json"}


def test_the_manifest_describes_every_file_as_it_is(pack: BuiltPack) -> None:
    for row in pack.manifest["files"]:
        data = (pack.folder / row["path"]).read_bytes()
        assert hashlib.sha256(data).hexdigest() == row["sha256"]
        assert len(data) == row["bytes"]
        if row["path"].endswith(".pdf"):
            with pikepdf.open(pack.folder / row["path"]) as pdf:
                assert len(pdf.pages) == row["pages"]
                widths = {tuple(round(float(x) * 25.4 / 72) for x in page.mediabox[2:]) for page in pdf.pages}
            upright, lying = (210, 297), (297, 210)
            first = lying if row["orientation"] == "landscape" else upright
            # Words that are too long for their card go to a larger one, whose sheets lie the other way.
            assert first in widths
            assert widths <= ({upright, lying} if "cards" in row else {first})
            assert row["paper"] == "A4"


def test_every_file_shows_the_same_build(pack: BuiltPack) -> None:
    build = pack.manifest["build_id"]
    for path in all_pdfs(pack):
        assert build in pdf_text(path), path
        assert squeezed(pack.manifest["built_on"]) in pdf_text(path), path
    for path in (*pack.files(".txt"), *pack.files(".ics"), *pack.files(".html")):
        assert build in file_text(path), path
        assert squeezed(pack.manifest["built_on"]) in file_text(path), path
    assert any(build in text for text in slide_texts(pack.folder / "deck.pptx", notes=True))


# Facilitator only --------------------------------------------------------------------------------


def hidden_words(activity: Activity) -> Iterator[str]:
    yield activity.purpose
    yield activity.room
    yield from activity.prepare
    yield from activity.answers
    for step in activity.steps:
        yield from filter(None, (step.say, step.watch))
    if activity.debrief:
        yield activity.debrief.land
        yield from (question.listen for question in activity.debrief.questions if question.listen)
    for objection in activity.objections:
        yield objection.they_say
        yield objection.you_say
    said = (getattr(activity.adaptations, name) for name in type(activity.adaptations).model_fields)
    yield from (text for text in said if isinstance(text, str))
    yield from (slide.say for slide in activity.slides if slide.say)


def secrets(pack: BuiltPack) -> list[str]:
    """Every facilitator-only text of the session, sentence by sentence, where it is long enough to be its own."""
    texts = [
        text
        for block in pack.checked.workshop.blocks
        for text in (*(hidden_words(block.activity) if block.activity else ()), block.note)
    ]
    sentences = [squeezed(part) for text in texts for part in re.split(r"(?<=[.?!:])\s", plain(text))]
    return [sentence for sentence in sentences if len(sentence.split()) >= 5]


def test_nothing_of_the_facilitators_is_in_a_participants_file(pack: BuiltPack) -> None:
    hidden = secrets(pack)
    assert len(hidden) > 200
    assert {path.suffix for path in pack.participant_files} >= {".pdf", ".txt", ".html"}
    for path in pack.participant_files:
        text = file_text(path)
        assert [sentence for sentence in hidden if sentence in text] == [], path


def test_nothing_of_the_facilitators_is_on_a_slide(pack: BuiltPack) -> None:
    text = " ".join(shown_slide_texts(pack.folder / "deck.pptx"))
    assert [sentence for sentence in secrets(pack) if sentence in text] == []


def test_the_guide_and_the_notes_hold_what_to_say(pack: BuiltPack) -> None:
    guide = pdf_text(pack.folder / "facilitator/guide.pdf")
    notes = " ".join(slide_texts(pack.folder / "deck.pptx", notes=True))
    said = [squeezed(plain(t.step.say)) for block in pack.checked.workshop.blocks for t in block.steps if t.step.say]
    assert said
    # A page break may put a running head into the middle of a text.
    assert sum(words in guide for words in said) > 0.8 * len(said)
    assert all(words in notes for words in said)


# Quotations --------------------------------------------------------------------------------------


def test_a_quotation_stands_with_its_speaker_wherever_it_appears(pack: BuiltPack) -> None:
    article = pack.checked.workshop.article
    texts = [file_text(path) for path in pack.participant_files]
    texts += slide_texts(pack.folder / "deck.pptx")
    appearances = 0
    for quote in article.quotes:
        words = squeezed(quote.text)
        if quote.words < 5:
            continue
        for text in texts:
            if words in text:
                appearances += 1
                assert squeezed(article.voice(quote.voice).name) in text
                assert squeezed(f"in {article.source.year}") in text
                assert squeezed(article.source.short_citation) in text
    assert appearances >= 20


def test_the_cards_hold_every_quotation_of_the_session_once_and_count_them(pack: BuiltPack) -> None:
    cards = pdf_text(pack.folder / "participants/quote-cards.pdf")
    source = pdf_text(pack.folder / "participants/workbook.pdf")
    counted = re.search(r"this pack quotes (\d+) passages (\d+) of the article s 785 words", source)
    assert counted is not None
    on_cards = [quote for quote in pack.checked.workshop.article.quotes if squeezed(quote.text) in cards]
    assert int(counted[1]) == len(on_cards)
    assert int(counted[2]) == sum(quote.words for quote in on_cards)


# One source --------------------------------------------------------------------------------------


def test_the_clock_is_the_same_on_paper_and_on_slides(pack: BuiltPack) -> None:

    workbook = pdf_text(pack.folder / "participants/workbook.pdf")
    guide = pdf_text(pack.folder / "facilitator/guide.pdf")
    slides = " ".join(slide_texts(pack.folder / "deck.pptx"))
    for block in pack.checked.workshop.blocks:
        times = squeezed(english.clock_range(block.start, block.minutes))
        assert times in workbook
        assert times in guide
        # The slide of a break says in large type when it ends.
        assert times in slides if block.activity else squeezed(english.clock(block.end)) in slides


def test_page_references_lead_to_the_handout(pack: BuiltPack) -> None:
    pages = pdf_pages(pack.folder / "participants/workbook.pdf")
    guide = " ".join(pdf_pages(pack.folder / "facilitator/guide.pdf"))
    references = re.findall(r"Workbook page (\d+), handout (\d+)", " ".join(guide.split()))
    assert references
    for page, handout in references:
        assert f"Handout {handout}" in pages[int(page) - 1]


def test_slide_references_lead_to_the_block(pack: BuiltPack) -> None:
    slides = slide_texts(pack.folder / "deck.pptx")
    guide = " ".join(" ".join(pdf_pages(pack.folder / "facilitator/guide.pdf")).split())
    for block in pack.checked.workshop.blocks:
        if block.activity is None:
            continue
        spans = [(int(a), int(b)) for a, b in re.findall(r"slides (\d+) to (\d+)", guide)]
        assert any(squeezed(block.title) in " ".join(slides[first - 1 : last]) for first, last in spans)


def test_a_handout_is_the_pages_of_the_workbook(pack: BuiltPack) -> None:
    workbook = [squeezed(page) for page in pdf_pages(pack.folder / "participants/workbook.pdf")]
    for path in sorted((pack.folder / "participants/handouts").glob("*.pdf")):
        for page in pdf_pages(path):
            assert squeezed(page) in workbook


def test_the_run_sheet_is_one_page_and_its_back_says_what_to_do_when_late(pack: BuiltPack) -> None:
    front, *back = pdf_pages(pack.folder / "facilitator/run-sheet.pdf")
    for block in pack.checked.workshop.blocks:
        assert squeezed(block.title) in squeezed(front)
        assert squeezed(block.title) in squeezed(" ".join(back))
    assert "If you are running late" not in front
    assert "If you are running late" in back[0]
    assert len(back) <= 2


def test_the_joining_instructions_are_one_page(pack: BuiltPack) -> None:
    assert len(pdf_pages(pack.folder / "participants/before/joining-instructions.pdf")) == 1


def test_messages_are_short_lines_without_a_hole(pack: BuiltPack) -> None:
    assert pack.files(".txt")
    for path in pack.files(".txt"):
        text = path.read_text("utf-8")
        assert max(map(len, text.splitlines())) <= 78, path
        assert not re.search(r"\n{3}|[ \t]\n|\bNone\b|[{}]|\(\)", text), path
        assert not re.search(r"^(Subject|Send|Attach|Pack|When|Where): *$", text, re.MULTILINE), path
        assert text.startswith("Subject: ")
        assert text.endswith("\n")


def test_the_day_and_the_place_are_the_same_wherever_they_are_sent(pack: BuiltPack) -> None:
    from kit.timetable import occasion

    known = occasion(pack.checked.workshop)
    sent = [*sorted((pack.folder / "participants/before").glob("joining-*"))]
    assert {path.suffix for path in sent} == {".txt", ".pdf", ".html"}
    for path in sent:
        text = file_text(path)
        for fact in (known.date, known.time, known.length, known.room, known.address, known.contact):
            assert squeezed(fact) in text, path


def test_no_worksheet_spills_onto_a_page_with_a_few_lines(pack: BuiltPack) -> None:
    for path in sorted((pack.folder / "participants/handouts").glob("*.pdf")):
        assert len(pdf_pages(path)) == 1, path


def test_the_evaluation_form_can_be_filled_in_and_every_field_is_named(pack: BuiltPack) -> None:
    with pikepdf.open(pack.folder / "participants/evaluation-form.pdf") as pdf:
        fields = [(str(field.T), str(field.TU)) for field in pdf.Root.AcroForm.Fields]
    assert len(fields) > 60
    assert len({name for name, _ in fields}) == len({told for _, told in fields}) == len(fields)


def test_the_register_has_a_row_for_everyone_and_asks_nothing_that_it_should_not(pack: BuiltPack) -> None:
    with pikepdf.open(pack.folder / "facilitator/register.pdf") as pdf:
        rows = sum(element.S == "/TR" for element in structure(pdf))
    workshop = pack.checked.workshop
    assert rows == 1 + workshop.attendees + workshop.spares
    text = pdf_text(pack.folder / "facilitator/register.pdf")
    assert not {"diet", "dietary", "access", "gmc"} & set(text.split())


def test_a_certificate_counts_the_time_without_the_breaks(pack: BuiltPack) -> None:
    text = pdf_text(pack.folder / "participants/certificate.pdf")
    assert "contact time without breaks 3 hours 5 minutes" in text
    assert "internal event self record in line with your college s scheme" in text
    assert "gmc" not in text


@pytest.mark.parametrize("kind", ["participants/workbook.pdf", "facilitator/guide.pdf"])
def test_no_page_is_left_half_empty(pack: BuiltPack, kind: str) -> None:
    """But for the last page: there the text may end where it ends."""
    assert [number for number, depth in enumerate(depths(pack.folder / kind)[:-1], 1) if depth < 0.5] == []


# Accessibility -----------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["participants/workbook.pdf", "facilitator/guide.pdf"])
def test_long_documents_have_bookmarks(pack: BuiltPack, kind: str) -> None:
    with pikepdf.open(pack.folder / kind) as pdf, pdf.open_outline() as outline:
        titles = [item.title for item in outline.root]
    assert len(titles) > 5
    assert all(titles)


def test_every_pdf_is_tagged_titled_and_in_english(pack: BuiltPack) -> None:
    for path in all_pdfs(pack):
        with pikepdf.open(path) as pdf:
            assert pdf.Root.MarkInfo.Marked
            assert str(pdf.Root.Lang) == "en-GB"
            assert pdf.Root.ViewerPreferences.DisplayDocTitle
            assert pack.manifest["title"] in str(pdf.docinfo["/Title"])
            with pdf.open_metadata() as metadata:
                assert metadata["pdfuaid:part"] == "1"


def test_headings_start_at_1_and_skip_none(pack: BuiltPack) -> None:
    for path in all_pdfs(pack):
        with pikepdf.open(path) as pdf:
            levels = [int(str(e.S)[2:]) for e in structure(pdf) if re.fullmatch(r"/H[1-6]", str(e.S))]
        assert levels, path
        assert levels[0] == 1, path
        assert all(after <= before + 1 for before, after in itertools.pairwise(levels)), path


def test_table_headers_have_a_scope_and_figures_a_text(pack: BuiltPack) -> None:
    headers = figures = 0
    for path in all_pdfs(pack):
        with pikepdf.open(path) as pdf:
            for element in structure(pdf):
                if element.S == "/TH":
                    headers += 1
                    assert attribute(element, "/Scope") is not None, path
                if element.S == "/Figure":
                    figures += 1
                    assert str(element.get("/Alt", "")).strip(), path
    assert headers > 20
    assert figures > 3


def test_every_font_is_embedded_and_is_ours(pack: BuiltPack) -> None:
    for path in all_pdfs(pack):
        with pikepdf.open(path) as pdf:
            found = list(fonts(pdf))
            assert found
            for font in found:
                assert "/FontFile2" in font.FontDescriptor or "/FontFile3" in font.FontDescriptor, path
                assert "Kit" in str(font.FontDescriptor.FontName), path


def test_links_lead_to_the_web_or_within_the_file(pack: BuiltPack) -> None:
    for path in all_pdfs(pack):
        with pikepdf.open(path) as pdf:
            for page in pdf.pages:
                for note in page.get("/Annots", []):
                    action = note.get("/A")
                    if action is not None:
                        assert str(action.URI).startswith(("https://", "mailto:")), path


def test_printers_are_asked_for_actual_size_and_the_right_edge(pack: BuiltPack) -> None:
    for path in all_pdfs(pack):
        row = next(r for r in pack.manifest["files"] if (pack.folder / r["path"]) == path)
        expected = {"long": "/DuplexFlipLongEdge", "short": "/DuplexFlipShortEdge", "none": "/Simplex"}[row["flip"]]
        with pikepdf.open(path) as pdf:
            assert pdf.Root.ViewerPreferences.PrintScaling == "/None"
            assert pdf.Root.ViewerPreferences.Duplex == expected


# Web pages ---------------------------------------------------------------------------------------


def test_a_web_page_stands_beside_everything_that_participants_read_on_paper(pack: BuiltPack) -> None:
    rows = {row["path"]: row for row in pack.manifest["files"]}
    pages = {path: row["beside"] for path, row in rows.items() if "beside" in row}
    alone = {path for path in rows if path.startswith("participants/") and path.endswith(".pdf")} - set(pages.values())
    assert all(path.startswith("participants/handouts/") or "booklet" in path for path in alone)
    assert {page.rpartition(".")[0] for page in pages} == {pdf.rpartition(".")[0] for pdf in pages.values()}
    start = (pack.folder / "index.html").read_text("utf-8")
    assert all(f'href="{page}"' in start for page in pages)


def test_a_web_page_says_what_its_pdf_says(pack: BuiltPack) -> None:
    """Word by word: their HTML is compared in tests/render, and here what came of it."""
    for row in pack.manifest["files"]:
        if "beside" not in row:
            continue
        paper, screen = (file_text(pack.folder / path).split() for path in (row["beside"], row["path"]))
        of_sheets = set(squeezed("sheet of front back Print at actual size double single sided flip on the").split())
        of_sheets |= set(squeezed("long short edge Cut with this side up along the marks cut into 4 each card").split())
        of_sheets |= set(squeezed("on the marks and along its broken line QR code for Notes Tick box in row").split())
        # A line of paper may end at the hyphen of a word.
        joined = {first + second for first, second in itertools.pairwise(screen)}
        lost = {word for word in {*paper} - {*screen} - joined - of_sheets if not re.fullmatch(r"\d+[a-h]?", word)}
        assert lost == set(), row["path"]
