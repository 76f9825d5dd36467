"""Back from PowerPoint: what people changed in a deck is found, told with its line, and written where it can be."""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from pptx import Presentation
from typer.testing import CliRunner, Result

from kit.check import Order, check
from kit.cli import app
from kit.deckagain import Again, made_again
from kit.deckchanges import Finding, findings, written
from kit.deckdiff import aligned, differences, matched, word_changes
from kit.decklabels import Labels, read_labels
from kit.deckorigins import Origins
from kit.load import Memory, read_as
from kit.model.trust import Trust
from kit.render.deck.identity import alike
from kit.render.deck.readback import Deck, DeckSlide, Words, read_back
from kit.workspace import Workspace

ROOT = Path(__file__).parents[1]
SMALL = ROOT / "tests" / "small"
SAVED = ROOT / "tests" / "decks"
DAY = date(2026, 11, 23)
LABELS = Labels("short", "oakfield", 1, "en-GB", "1234567", DAY, pages={"pairs": 3}, shape="4:3")
SLIDES = """
slides:
  - id: ways
    layout: content
    title: How we row
    points: [Nobody stands, "Blades in: together", Breathe out]
    say: Facilitator only, say ways.
  - {id: ask, layout: discussion, title: A question, question: Who steers?, prompts: [By day, By night]}
  - id: two
    layout: compare
    title: 2 boats
    left: {heading: Oar, points: [Slow]}
    right: {heading: Sail, points: [Fast]}
"""


def folder(root: Path) -> Path:
    """The small workspace with the kit's own templates and words, and slides of every kind that a trust can reword."""
    shutil.copytree(SMALL / "content", root / "content")
    shutil.copytree(ROOT / "templates", root / "templates")
    shutil.copy(ROOT / "content/words/en-GB.yaml", root / "content/words/en-GB.yaml")
    rounds = root / "content/activities/rounds.yaml"
    rounds.write_text(rounds.read_text("utf-8").rstrip() + SLIDES, "utf-8")
    return root


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    root = folder(tmp_path_factory.mktemp("decks") / "boats").resolve()
    return Workspace(root, root)


def again(workspace: Workspace, profile: str | None = None, labels: Labels = LABELS) -> tuple[Again, Origins]:
    """The deck of the small plan, with another `profile` in place of the trust's where it is given."""
    path = workspace.root / "content/trusts/oakfield/trust.yaml"
    memory: Memory = {} if profile is None else {path: read_as(workspace.name(path), profile, Trust)}
    checked = check(workspace, Order("short", "oakfield", labels.request), memory)
    assert checked.value is not None, checked.diagnostics
    made = made_again(checked.value, labels, today=DAY)
    assert made.value is not None, made.diagnostics
    return made.value, Origins(checked.value.library, made.value.workshop, made.value.view)


@pytest.fixture(scope="module")
def made(workspace: Workspace) -> tuple[Again, Origins]:
    return again(workspace)


class Edit:
    """A deck open in PowerPoint, so to speak."""

    def __init__(self, data: bytes) -> None:
        self.deck = Presentation(io.BytesIO(data))
        self.slides = {slide._element.cSld.get("name"): slide for slide in self.deck.slides}

    def shape(self, slide: str, name: str) -> Any:
        return next(shape for shape in self.slides[slide].shapes if shape.name == name)

    def write(self, slide: str, name: str, text: str, paragraph: int = 0) -> None:
        self._write(self.shape(slide, name).text_frame.paragraphs[paragraph], text)

    def cell(self, slide: str, name: str, row: int, column: int, text: str) -> None:
        self._write(self.shape(slide, name).table.cell(row, column).text_frame.paragraphs[0], text)

    def note(self, slide: str, old: str, new: str) -> None:
        for paragraph in self.slides[slide].notes_slide.notes_text_frame.paragraphs:
            if old in paragraph.text:
                self._write(paragraph, paragraph.text.replace(old, new))

    def add_point(self, slide: str, name: str, text: str, after: int) -> None:
        before = self.shape(slide, name).text_frame.paragraphs[after]._p
        before.addnext(deepcopy(before))
        self.write(slide, name, text, after + 1)

    def take_point(self, slide: str, name: str, paragraph: int) -> None:
        element = self.shape(slide, name).text_frame.paragraphs[paragraph]._p
        element.getparent().remove(element)

    @property
    def order(self) -> Any:
        return self.deck.slides._sldIdLst

    def place(self, slide: str) -> int:
        return list(self.slides).index(slide)

    def take(self, slide: str) -> None:
        self.order.remove(list(self.order)[self.place(slide)])

    def move(self, slide: str, to: int) -> None:
        element = list(self.order)[self.place(slide)]
        self.order.remove(element)
        self.order.insert(to, element)

    def add(self, title: str, *points: str) -> None:
        slide = self.deck.slides.add_slide(self.slides["finish/ways"].slide_layout)
        slide.shapes.title.text = title
        body = self.shape("finish/ways", "Content").placeholder_format.idx
        next(s for s in slide.placeholders if s.placeholder_format.idx == body).text = "\n".join(points)

    @property
    def data(self) -> bytes:
        out = io.BytesIO()
        self.deck.save(out)
        return out.getvalue()

    @staticmethod
    def _write(paragraph: Any, text: str) -> None:
        first, *rest = paragraph.runs
        first.text = text
        for run in rest:
            run._r.getparent().remove(run._r)


def found(made: tuple[Again, Origins], data: bytes) -> list[Finding]:
    """What differs in `data` by anybody's hand."""
    return [each for each in findings(differences(made[0].deck, read_back(data)), made[1]) if each.is_edit]


# No difference -----------------------------------------------------------------------------------


def test_a_deck_that_nobody_touched_has_no_difference(made: tuple[Again, Origins]) -> None:
    assert found(made, made[0].data) == []
    assert found(made, Edit(made[0].data).data) == []


def office(data: bytes, *, names: bool = False) -> bytes:
    """A deck as office programs write it again: runs cut, languages changed, names and numbers lost."""
    files = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            text = archive.read(name)
            if re.fullmatch(r"ppt/(slides|notesSlides)/\w+\.xml", name):
                xml = text.decode()
                xml = re.sub(r'<p:cSld name="[^"]*">', "<p:cSld>", xml)
                xml = (
                    re.sub(r'<p:ph type="body"( sz="\w+")? idx="\d+"/>', "<p:ph/>", xml) if "/slides/" in name else xml
                )
                xml = re.sub(r'(<p:cNvPr id="\d+") name="[^"]*"(?=/>)', r'\1 name="PlaceHolder 1"', xml)
                xml = re.sub(r'name="kit [^"]*"', 'name="Rectangle 1"', xml) if names else xml
                xml = xml.replace('lang="en-GB"', 'lang="en-US" dirty="0"').replace("’", "'").replace("—", "–")
                xml = re.sub(
                    r"<a:t>(\w+) ", r'<a:t>\1</a:t></a:r><a:r><a:rPr lang="cy-GB"/><a:t xml:space="preserve"> ', xml
                )
                xml = xml.replace("</a:p></p:txBody>", '</a:p><a:p><a:endParaRPr lang="en-GB"/></a:p></p:txBody>')
                text = xml.encode()
            files[name] = text
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return out.getvalue()


@pytest.mark.parametrize("names", [False, True])
def test_what_office_programs_rewrite_is_no_difference(made: tuple[Again, Origins], names: bool) -> None:
    again_saved = office(made[0].data, names=names)
    assert found(made, again_saved) == []
    ids = [slide.id for slide in read_back(again_saved).slides]
    assert ids == ([""] * len(ids) if names else [slide.id for slide in made[0].deck.slides])


def test_a_deck_that_libreoffice_saved_has_no_difference() -> None:
    """Both files are kept: `short.pptx` as it was built, and as LibreOffice 7.4 wrote it, without its layouts."""
    built, saved = (read_back((SAVED / name).read_bytes()) for name in ("short.pptx", "short-libreoffice.pptx"))
    assert differences(built, saved) == ()
    assert [slide.id for slide in saved.slides] == [slide.id for slide in built.slides]
    assert read_labels(saved.labels) == read_labels(built.labels)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_a_round_trip_through_libreoffice_has_no_difference(made: tuple[Again, Origins], tmp_path: Path) -> None:
    edit = Edit(made[0].data)
    edit.write("finish/ways", "Content", "Breathe in", 2)
    (tmp_path / "deck.pptx").write_bytes(edit.data)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    convert = ["soffice", profile, "--headless", "--convert-to", "pptx:Impress MS PowerPoint 2007 XML", "--outdir"]
    subprocess.run([*convert, str(tmp_path / "saved"), str(tmp_path / "deck.pptx")], check=True, capture_output=True)
    (finding,) = found(made, (tmp_path / "saved" / "deck.pptx").read_bytes())
    assert (finding.difference.old, finding.difference.new) == ("Breathe out", "Breathe in")
    assert finding.target == "slide finish/ways"


def test_a_deck_says_what_it_was_built_from(made: tuple[Again, Origins]) -> None:
    assert read_labels(made[0].deck.labels) == LABELS
    many = Labels(
        "short", "oakfield", 2, "cy", "1234567", DAY, pages={f"a-long-name-of-a-block-{n}": n for n in range(40)}
    )
    split = Deck((), many.written)
    assert read_labels(split.labels) == many


@pytest.mark.parametrize("label", ["session", "built on", "asked for", "pages"])
def test_what_a_file_says_wrongly_is_not_taken(label: str) -> None:
    assert read_labels({label: "no such thing"}) == Labels()


def test_a_slide_tells_its_id_to_nobody_who_shows_or_reads_it(made: tuple[Again, Origins]) -> None:
    with zipfile.ZipFile(io.BytesIO(made[0].data)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    assert not any(b"kit pairs" in data for name, data in files.items() if name.startswith("ppt/slides/"))
    markers = [
        re.findall(rb'<p:cNvPr [^>]*name="kit [^>]*>.*?</p:cNvPr>', data)
        for name, data in files.items()
        if name.startswith("ppt/notesSlides/notes")
    ]
    assert len(markers) == len(made[0].deck.slides)
    for (marker,) in markers:
        assert b'hidden="1"' in marker
        assert b'descr=""' in marker
        assert b"decorative" in marker


# Every kind of difference ------------------------------------------------------------------------


CASES: dict[str, tuple[Callable[[Edit], None], str, str, str | None, str, Any]] = {
    "a title": (
        lambda e: e.write("finish/ways", "Title", "How to row"),
        "text", "How we row", "How to row", "slide finish/ways", "How to row",
    ),
    "the title of an activity": (
        lambda e: e.cell("0-opening/agenda", "Agenda", 1, 1, "Rowing in twos"),
        "text", "Rowing at Oakfield", "Rowing in twos", "pairs", "Rowing in twos",
    ),
    "a title that the kit puts together": (
        lambda e: e.write("pairs/debrief", "Title", "What we found"),
        "text", "Rowing at Oakfield: debrief", "What we found", "slide pairs/debrief", "What we found",
    ),
    "a title that is the same in every pack": (
        lambda e: e.write("0-opening/agenda", "Title", "Our hour"),
        "text", "What we do today", "Our hour", "slide 0-opening/agenda", "Our hour",
    ),
    "a question of the debrief": (
        lambda e: e.write("pairs/debrief", "Questions", "What did you miss?"),
        "text", "What surprised you?", "What did you miss?", "slide pairs/debrief", ("What did you miss?",),
    ),
    "a block in the agenda": (
        lambda e: e.cell("0-opening/agenda", "Agenda", 2, 1, "Coffee"),
        "text", "Tea", "Coffee", "tea", "Coffee",
    ),
    "the title of a debrief": (
        lambda e: e.write("pairs/debrief", "Title", "Rowing in twos: debrief"),
        "text", "Rowing at Oakfield: debrief", "Rowing in twos: debrief", "pairs", "Rowing in twos",
    ),
    "a point": (
        lambda e: e.write("finish/ways", "Content", "Sit still", 0),
        "text", "Nobody stands", "Sit still", "slide finish/ways", ("Sit still", "Blades in: together", "Breathe out"),
    ),
    "a point that is new": (
        lambda e: e.add_point("finish/ways", "Content", "1. Look # ahead", 0),
        "text", "", "1. Look # ahead", "slide finish/ways",
        ("Nobody stands", "1\\. Look # ahead", "Blades in: together", "Breathe out"),
    ),
    "a point that is gone": (
        lambda e: e.take_point("finish/ways", "Content", 1),
        "text", "Blades in: together", None, "slide finish/ways", ("Nobody stands", "Breathe out"),
    ),
    "a step": (
        lambda e: e.cell("pairs/activity", "Steps", 1, 1, "Find a partner & sit down."),
        "text", "Find a partner in your care group.", "Find a partner & sit down.", "pairs/begin",
        "Find a partner & sit down.",
    ),
    "a question": (
        lambda e: e.write("finish/ask", "Question", "Who keeps time?"),
        "text", "Who steers?", "Who keeps time?", "slide finish/ask", "Who keeps time?",
    ),
    "a prompt": (
        lambda e: e.write("finish/ask", "Prompts", "At dawn", 1),
        "text", "By night", "At dawn", "slide finish/ask", ("By day", "At dawn"),
    ),
    "what to say": (
        lambda e: e.note("pairs/activity", "say begin", "begin aloud"),
        "text", "Facilitator only, say begin.", "Facilitator only, begin aloud.", "pairs/begin",
        "Facilitator only, begin aloud.",
    ),
    "minutes of a step": (
        lambda e: e.cell("pairs/activity", "Steps", 2, 2, "12"),
        "minutes", "10", "12", "", None,
    ),
    "minutes of a block": (
        lambda e: e.write("pairs/activity", "Minutes", "30 min"),
        "minutes", " min", "30 min", "", None,
    ),
    "a quotation": (
        lambda e: e.write("pairs/boat", "Quotation", "“It’s the sail that decides . . . where the rowing goes.”"),
        "quotation", "“It’s the rudder that decides . . . where the rowing goes.”",
        "“It’s the sail that decides . . . where the rowing goes.”", "", None,
    ),
    "an objective": (
        lambda e: e.write("0-opening/objectives", "Objectives", "Compare 2 kinds of boats"),
        "text", "Compare 2 kinds of work", "Compare 2 kinds of boats", "", None,
    ),
    "the venue": (
        lambda e: e.cell("0-opening/welcome", "Practical details", 1, 1, "By the lake"),
        "text", "By the river", "By the lake", "", None,
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_what_was_changed_is_told_with_its_line_and_its_change(made: tuple[Again, Origins], case: str) -> None:
    edit_it, nature, old, new, target, value = CASES[case]
    edit = Edit(made[0].data)
    edit_it(edit)
    (finding,) = found(made, edit.data)
    told = finding.difference
    assert finding.nature == nature
    assert old in (told.old or "")
    assert (new or "") in (told.new or "")
    assert (told.new is None) is (new is None)
    assert (finding.target, finding.value) == (target, value)
    assert finding.place is not None
    assert finding.place.line > 1
    assert bool(finding.advice) is not bool(finding.target)


PLACES = {
    "a title": ("content/activities/rounds.yaml", "How we row"),
    "a step": ("content/activities/pairs.yaml", "do: Find a partner in your {{ term.unit }}."),
    "the title of an activity": ("content/trusts/oakfield/trust.yaml", "title: Rowing at {{ trust.short }}"),
    "a block in the agenda": ("content/plans/short.yaml", "title: Tea"),
    "minutes of a step": ("content/activities/pairs.yaml", "do: Compare last week."),
    "minutes of a block": ("content/plans/short.yaml", "minutes: 25"),
    "a quotation": ("content/article/quotes.yaml", "rudder"),
    "the venue": ("content/trusts/oakfield/trust.yaml", "By the river"),
    "an objective": ("content/plans/short.yaml", "2 kinds of work"),
}


@pytest.mark.parametrize("case", PLACES)
def test_the_line_is_the_one_that_says_it(made: tuple[Again, Origins], case: str) -> None:
    edit = Edit(made[0].data)
    CASES[case][0](edit)
    (finding,) = found(made, edit.data)
    assert finding.place is not None
    file, words = PLACES[case]
    assert finding.place.file == file
    assert words in finding.place.excerpt


def _hide(edit: Edit) -> None:
    edit.slides["finish/ask"]._element.set("show", "0")


WHOLE: dict[str, tuple[Callable[[Edit], None], str, str]] = {
    "moved": (lambda e: e.move("finish/ask", 3), "finish/ask", ""),
    "removed": (lambda e: e.take("finish/two"), "finish/two", "slide finish/two"),
    "hidden": (_hide, "finish/ask", ""),
    "added": (lambda e: e.add("Our own", "One", "Two"), "", ""),
}


@pytest.mark.parametrize("kind", WHOLE)
def test_slides_that_were_moved_taken_out_hidden_or_added_are_told(made: tuple[Again, Origins], kind: str) -> None:
    edit_it, slide, drops = WHOLE[kind]
    edit = Edit(made[0].data)
    edit_it(edit)
    (finding,) = found(made, edit.data)
    assert (finding.difference.kind, finding.difference.slide, finding.drops) == (kind, slide, drops)
    assert bool(finding.advice) is not bool(drops)


def test_a_picture_that_was_put_on_a_slide_is_told(made: tuple[Again, Origins]) -> None:
    edit = Edit(made[0].data)
    picture = io.BytesIO((ROOT / ".github/pictures/cards.png").read_bytes())
    edit.slides["finish/ways"].shapes.add_picture(picture, 0, 0)
    (finding,) = found(made, edit.data)
    assert finding.difference.kind == "drawn"


def test_of_a_slide_and_its_copy_the_one_most_like_it_is_known(made: tuple[Again, Origins]) -> None:
    slide = DeckSlide(1, "a/b", "Boats", (Words("Content", "obj", ("One boat", "Two boats")),))
    copy = DeckSlide(1, "a/b", "Boats", (Words("Content", "obj", ("One boat", "Three ships sail")),))
    same = DeckSlide(2, "a/b", "Boats", slide.words)
    assert matched([slide], [copy, same]) == ((None, copy), (slide, same))


def test_a_slide_that_lost_its_id_is_known_by_its_words(made: tuple[Again, Origins]) -> None:
    edit = Edit(office(made[0].data, names=True))
    slide = next(each for each in edit.deck.slides if each.shapes.title.text.strip() == "How we row")
    element = list(edit.order)[7]
    edit.order.remove(element)
    edit.order.insert(2, element)
    text = next(shape for shape in slide.shapes if "Breathe" in shape.text_frame.text)
    Edit._write(text.text_frame.paragraphs[2], "Breathe in slowly")
    told = found(made, edit.data)
    assert {each.difference.kind for each in told} == {"moved", "text"}
    assert [each.target for each in told if each.difference.kind == "text"] == ["slide finish/ways"]


# Files that are no deck --------------------------------------------------------------------------


def packed(**files: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name.replace("__", "/"), text)
    return out.getvalue()


def replaced(data: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for each in archive.namelist():
            new.writestr(each, change(archive.read(each)) if each == name else archive.read(each))
    return out.getvalue()


FIRST = "ppt/slides/slide1.xml"
HOSTILE: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "no zip": (lambda data: b"Dear all, here is the deck", "is not a PowerPoint file"),
    "cut short": (lambda data: data[: len(data) // 2], "is not a PowerPoint file"),
    "password": (lambda data: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + data, "password"),
    "another zip": (lambda data: packed(a="b"), "not a PowerPoint file"),
    "a bomb": (lambda data: replaced(data, FIRST, lambda _: b" " * 21_000_000), "far longer than a deck needs"),
    "a document type": (
        lambda data: replaced(data, FIRST, lambda _: b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'),
        "document type",
    ),
    "broken XML": (lambda data: replaced(data, FIRST, lambda xml: xml[:-9]), "damaged"),
    "no slides": (
        lambda data: replaced(
            data, "ppt/presentation.xml", lambda xml: re.sub(rb"<p:sldIdLst>.*</p:sldIdLst>", b"", xml)
        ),
        "no slides",
    ),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_a_file_that_is_no_deck_gets_a_sentence(
    made: tuple[Again, Origins], workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, case: str
) -> None:
    change, words = HOSTILE[case]
    (tmp_path / "deck.pptx").write_bytes(change(made[0].data))
    monkeypatch.chdir(workspace.root)
    result = kit("deck", "diff", str(tmp_path / "deck.pptx"))
    assert result.exit_code == 2
    assert words in result.output
    assert "Traceback" not in result.output
    assert len(result.output.splitlines()) < 5


# Written back ------------------------------------------------------------------------------------

PROFILE = "content/trusts/oakfield/trust.yaml"
EDITS: tuple[tuple[str, Callable[[Edit, str], None]], ...] = (
    ("title of a slide", lambda e, t: e.write("finish/ways", "Title", t)),
    ("title of a block", lambda e, t: e.cell("0-opening/agenda", "Agenda", 1, 1, t)),
    ("title of its debrief", lambda e, t: e.write("pairs/debrief", "Title", t)),
    ("question of the debrief", lambda e, t: e.write("pairs/debrief", "Questions", t)),
    ("title of a break", lambda e, t: e.cell("0-opening/agenda", "Agenda", 2, 1, t)),
    ("point", lambda e, t: e.write("finish/ways", "Content", t, 1)),
    ("new point", lambda e, t: e.add_point("finish/ways", "Content", t, 2)),
    ("prompt", lambda e, t: e.write("finish/ask", "Prompts", t, 0)),
    ("question", lambda e, t: e.write("finish/ask", "Question", t)),
    ("step", lambda e, t: e.cell("pairs/activity", "Steps", 2, 1, t)),
    ("say", lambda e, t: e.note("pairs/activity", "Facilitator only, say begin.", t)),
)
TEXTS = st.text(
    st.sampled_from(list("abcdef ABC éŵ 123 .,:;!?'’“”\"-–#*_`[]{}<>&|@%~+=\\/…")), min_size=1, max_size=40
).filter(lambda text: bool(alike(text)) and any(letter.isalpha() for letter in text))


@settings(max_examples=12, phases=(Phase.explicit, Phase.generate))
@given(st.lists(st.tuples(st.sampled_from(range(len(EDITS))), TEXTS), min_size=1, max_size=4, unique_by=lambda e: e[0]))
def test_what_is_written_back_is_no_difference_any_more(
    made: tuple[Again, Origins], workspace: Workspace, edits: list[tuple[int, str]]
) -> None:
    """Whatever people type where a trust may say it otherwise: written, built anew and compared, nothing is left."""
    edit = Edit(made[0].data)
    for which, text in edits:
        EDITS[which][1](edit, text)
    data = edit.data
    first = found(made, data)
    profile = (workspace.root / PROFILE).read_text("utf-8")
    new = written(profile, "short", first)
    assert not new.by_hand
    then = found(again(workspace, new.text), data)
    left = [each for each in first if not each.can_be_written]
    assert [(e.difference.slide, e.difference.new) for e in then] == [
        (e.difference.slide, e.difference.new) for e in left
    ]
    assert written(new.text, "short", then).text == new.text


def test_writing_changes_only_what_was_edited(made: tuple[Again, Origins], workspace: Workspace) -> None:
    edit = Edit(made[0].data)
    edit.cell("0-opening/agenda", "Agenda", 1, 1, "Rowing: in twos")
    edit.write("finish/ways", "Content", "Sit still", 0)
    edit.take("finish/two")
    before = (workspace.root / PROFILE).read_text("utf-8")
    new = written(before, "short", found(made, edit.data)).text
    gone = [line for line in before.splitlines() if line not in new.splitlines()]
    assert gone == ["      title: Rowing at {{ trust.short }}"]
    more = [line for line in new.splitlines() if line not in before.splitlines()]
    assert more == [
        '      title: "Rowing: in twos"',
        "    - set: slide finish/ways",
        "      points:",
        "        - Sit still",
        '        - "Blades in: together"',
        "        - Breathe out",
        "    - drop: slide finish/two",
    ]


def test_one_text_in_2_words_is_for_a_person_to_decide(made: tuple[Again, Origins]) -> None:
    edit = Edit(made[0].data)
    edit.cell("0-opening/agenda", "Agenda", 2, 1, "Coffee")
    edit.write("tea/break", "What it is", "Cake, 15 min")
    first, second = found(made, edit.data)
    assert (first.target, first.value) == ("tea", "Coffee")
    assert not second.can_be_written
    assert "other words" in second.advice


def test_a_block_and_its_slide_may_be_called_otherwise(made: tuple[Again, Origins]) -> None:
    edit = Edit(made[0].data)
    edit.cell("0-opening/agenda", "Agenda", 1, 1, "Rowing in threes")
    edit.write("pairs/debrief", "Title", "Rowing in twos: debrief")
    assert [(each.target, each.value) for each in found(made, edit.data)] == [
        ("pairs", "Rowing in threes"),
        ("slide pairs/debrief", "Rowing in twos: debrief"),
    ]


def test_a_session_that_is_not_there_is_refused(edited: Path) -> None:
    result = kit("deck", "diff", "edited.pptx", "--session", "4")
    assert result.exit_code == 2
    assert "--session" in result.output


def test_what_the_plan_has_changed_since_is_nobodys_edit(made: tuple[Again, Origins], workspace: Workspace) -> None:
    profile = (
        (workspace.root / PROFILE).read_text("utf-8").replace("title: Rowing at {{ trust.short }}", "title: Boats")
    )
    profile = profile.replace("policies:", "    - drop: slide finish/two\npolicies:", 1)
    newer = again(workspace, profile)
    assert found(newer, made[0].data) == []
    told = findings(differences(newer[0].deck, made[0].deck), newer[1])
    assert {each.difference.slide for each in told} >= {"pairs/activity", "pairs/debrief", "0-opening/agenda", ""}
    assert not any(each.can_be_written for each in told)


# The command -------------------------------------------------------------------------------------


def kit(*arguments: str, typed: str = "") -> Result:
    return CliRunner().invoke(app, list(arguments), input=typed, env={"COLUMNS": "100", "NO_COLOR": "1"})


@pytest.fixture
def edited(tmp_path: Path, made: tuple[Again, Origins], monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace to write into, and in it a deck with 2 edits, of which 1 can be written."""
    root = folder((tmp_path / "boats").resolve())
    monkeypatch.chdir(root)
    edit = Edit(made[0].data)
    edit.write("finish/ways", "Content", "Sit still", 0)
    edit.write("pairs/boat", "Quotation", "“It’s the sail that decides.”")
    (root / "edited.pptx").write_bytes(edit.data)
    return root


def test_the_command_shows_writes_and_has_nothing_to_write_again(edited: Path) -> None:
    profile = edited / PROFILE
    before = profile.read_bytes()
    shown = kit("deck", "diff", "edited.pptx")
    assert shown.exit_code == 1
    assert profile.read_bytes() == before
    for words in ("How we row", "[Nobody stands]", "[Sit still]", "rounds.yaml:", "a quotation was changed", "--yes"):
        assert words in shown.output
    assert kit("deck", "diff", "edited.pptx", "--dry-run").exit_code == 1
    assert profile.read_bytes() == before
    wrote = kit("deck", "diff", "edited.pptx", "--plan", "short", "--trust", "oakfield", "--yes")
    assert wrote.exit_code == 1, "the quotation is still another"
    assert "kit build short --trust oakfield" in wrote.output
    assert "- Sit still" in profile.read_text("utf-8")
    assert (edited / "content/trusts/oakfield/.kit/before-upgrade/1/trust.yaml").read_bytes() == before
    then = kit("deck", "diff", "edited.pptx", "--yes")
    assert "Sit still" not in then.output
    assert "a quotation was changed" in then.output
    assert kit("upgrade", "--trust", "oakfield", "--undo").exit_code == 0
    assert profile.read_bytes() == before


def test_the_command_speaks_to_programs(edited: Path) -> None:
    result = kit("deck", "diff", "edited.pptx", "--json")
    told = json.loads(result.stdout)
    assert result.exit_code == 1
    assert told["deck"] == {
        "plan": "short", "trust": "oakfield", "session": 1, "build": "1234567", "built_on": "2026-11-23"
    }  # fmt: skip
    assert [(row["kind"], row["slide"], row["old"], row["new"]) for row in told["differences"]] == [
        ("quotation", "pairs/boat", "“It’s the rudder that decides . . . where the rowing goes.”",
         "“It’s the sail that decides.”"),
        ("text", "finish/ways", "Nobody stands", "Sit still"),
    ]  # fmt: skip
    assert told["differences"][1]["change"]["set"] == "slide finish/ways"
    assert told["differences"][1]["place"].startswith("content/activities/rounds.yaml:")


def test_the_base_is_never_written_to(edited: Path) -> None:
    before = {path: path.read_bytes() for path in (edited / "content").rglob("*.yaml")}
    deck = edited / "base.pptx"
    checked = check(Workspace(edited, edited), Order("short"))
    assert checked.value is not None
    made = made_again(checked.value, Labels("short", language="en-GB", build="1234567", built_on=DAY), today=DAY)
    assert made.value is not None
    edit = Edit(made.value.data)
    edit.cell("pairs/activity", "Steps", 2, 1, "Compare the week.")
    deck.write_bytes(edit.data)
    result = kit("deck", "diff", "base.pptx", "--yes")
    assert result.exit_code == 1
    assert "--trust" in result.output
    assert {path: path.read_bytes() for path in (edited / "content").rglob("*.yaml")} == before


def test_changes_with_faults_are_not_written(edited: Path, made: tuple[Again, Origins]) -> None:
    edit = Edit(made[0].data)
    edit.cell("pairs/activity", "Steps", 2, 1, "Compare last week. " * 300)
    (edited / "edited.pptx").write_bytes(edit.data)
    before = (edited / PROFILE).read_bytes()
    result = kit("deck", "diff", "edited.pptx", "--yes")
    assert result.exit_code == 1
    assert "Nothing was written" in result.output
    assert (edited / PROFILE).read_bytes() == before


def test_a_deck_that_names_no_plan_is_asked_for_one(edited: Path) -> None:
    data = (edited / "edited.pptx").read_bytes()
    (edited / "bare.pptx").write_bytes(replaced(data, "docProps/custom.xml", lambda _: b"<Properties/>"))
    result = kit("deck", "diff", "bare.pptx")
    assert result.exit_code == 2
    assert "--plan" in result.output


def test_words_that_changed_stand_between_those_that_stay() -> None:
    assert list(word_changes("Tell the story, change the details", "Tell the “story,” change all details")) == [
        ("same", "Tell the"), ("out", "story,"), ("in", "“story,”"), ("same", "change"), ("out", "the"), ("in", "all"),
        ("same", "details"),
    ]  # fmt: skip


@given(
    st.lists(st.sampled_from(["a b", "c d", "e f", "a c", "g"]), max_size=6),
    st.lists(st.sampled_from(["a b", "c x", "e f"]), max_size=6),
)
def test_paragraphs_in_pairs_lose_none_and_keep_their_order(old: list[str], new: list[str]) -> None:
    pairs = aligned(old, new)
    assert [one for one, _ in pairs if one is not None] == old
    assert [other for _, other in pairs if other is not None] == new
    assert all(pair != (None, None) for pair in pairs)


if __name__ == "__main__":
    import tempfile

    with tempfile.TemporaryDirectory() as place:
        root = folder(Path(place).resolve() / "boats")
        sys.stdout.buffer.write(again(Workspace(root, root))[0].data)
