"""Slides as parts of a page: a handout says every word that the room sees and none of the notes; a page has both."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import date, datetime
from functools import cache

import pytest
from lxml import html
from pack.reading import font_sizes, pdf_pages, squeezed
from speaking import PROJECT, english

from kit.check import Checked, Order, check
from kit.compose import Imprint, participant_view
from kit.localise import Request
from kit.model.document import DeckPageView, DeckView, ShownDeck, SlideFace, SlideView, Stamp
from kit.model.edition import STANDARD
from kit.model.page import A4, SLIDE, SLIDE_ACROSS, SLIDE_FRAME, on_handout, page_for
from kit.render.html import SLIDES, render
from kit.render.job import Job, assets_of, page_of, stylesheets
from kit.render.pdf import Laid, lay_out
from kit.render.slidepages import PageSlide, sections
from kit.slides import deck_view, for_participants
from kit.workspace import Workspace

WORKSPACE = Workspace(PROJECT, PROJECT)
STAMP = Stamp("abc1234", "5 January 2027", "Built 5 January 2027, build abc1234")
PACKS = [("half-day", "northmoor"), ("lunch", ""), ("half-day", "dyffryn-onnen")]


@cache
def checked(plan: str, trust: str) -> Checked:
    found = check(WORKSPACE, Order(plan, trust or None, Request(dates=(date(2027, 1, 14),)))).value
    assert found is not None
    return found


@cache
def deck(plan: str, trust: str) -> DeckView:
    of = checked(plan, trust)
    return deck_view(of.workshop, of.workshop.sessions[0], Imprint(STAMP, of.palette), workbook_pages={})


@cache
def job(plan: str, trust: str) -> Job:
    of = checked(plan, trust)
    kind = next(kind for kind in of.kinds if kind.id == "slides")
    alone = of.workshop.alone(of.workshop.sessions[0])
    view = participant_view(alone, Imprint(STAMP, of.palette))
    view = replace(view, deck=for_participants(deck(plan, trust)))
    language, fonts = of.library.language, WORKSPACE.fonts()
    return Job(kind, kind.path, kind.title, view, of.palette, of.templates, language, fonts, datetime(2027, 1, 5))


@cache
def laid(plan: str, trust: str) -> Laid:
    made = job(plan, trust)
    return lay_out(page_of(made), stylesheets(made), assets_of(made)[0], created=made.created)


@cache
def written(plan: str, trust: str) -> bytes:
    return laid(plan, trust).write(title="Slides")


def page_slides(of: Checked, shown: DeckView | ShownDeck) -> list[PageSlide]:
    source = render(of.templates, SLIDES, of.library.language, deck=shown)
    return [slide for section in sections(source) for slide in section.slides]


def words(face: str) -> str:
    """What a sighted reader finds on a slide, drawings aside."""
    root = html.fragment_fromstring(face, create_parent=True)
    for hidden in root.xpath(".//*[@aria-hidden='true'] | .//*[local-name()='svg']"):
        hidden.drop_tree()
    return squeezed(" ".join(root.itertext()))


# The handout -------------------------------------------------------------------------------------


@pytest.mark.parametrize(("plan", "trust"), PACKS)
def test_every_word_of_every_slide_stands_in_the_handout_in_its_order(plan: str, trust: str) -> None:
    found = squeezed(" ".join(pdf_pages(written(plan, trust)))).split()
    slides = page_slides(checked(plan, trust), for_participants(deck(plan, trust)))
    assert len(slides) == sum(not slide.hidden for slide in deck(plan, trust).slides)
    for slide in slides:
        title, *_ = html.fragment_fromstring(slide.face, create_parent=True).xpath(".//h3")
        missing = [word for word in words(slide.face).split() if word not in found]
        assert not missing, (slide.id, missing)
        # A line may end at a hyphen, which is then no space.
        assert squeezed(title.text_content()).replace(" ", "") in "".join(found)
    # The headings follow each other as the slides do.
    titles = [squeezed(slide.title) for slide in slides]
    root = html.fromstring(page_of(job(plan, trust)))
    assert [squeezed(heading.text_content()) for heading in root.xpath("//h3")] == titles


@pytest.mark.parametrize(("plan", "trust"), PACKS)
def test_no_word_of_the_notes_is_in_the_handout(plan: str, trust: str) -> None:
    found = squeezed(" ".join(pdf_pages(written(plan, trust))))
    shown = " ".join(words(slide.face) for slide in page_slides(checked(plan, trust), deck(plan, trust)))
    spoken = [text for slide in page_slides(checked(plan, trust), deck(plan, trust)) for text in paragraphs(slide)]
    long = [text for text in spoken if len(text.split()) > 5 and text not in shown]
    assert len(long) > 10
    assert [text for text in long if text in found] == []


def paragraphs(slide: PageSlide) -> Iterator[str]:
    for part in html.fragment_fromstring(slide.notes, create_parent=True).xpath(".//p | .//li[not(p)]"):
        yield squeezed(part.text_content())


def test_what_participants_are_given_has_no_field_for_notes() -> None:
    assert {field.name for field in fields(SlideView)} - {field.name for field in fields(SlideFace)} == {"notes"}
    whole = deck("lunch", "")
    first, *rest = whole.slides
    shown = for_participants(replace(whole, slides=(replace(first, hidden=True), *rest)))
    assert [slide.id for slide in shown.slides] == [slide.id for slide in rest if not slide.hidden]
    assert not any(isinstance(slide, SlideView) for slide in shown.slides)


@pytest.mark.parametrize(("plan", "trust"), PACKS)
def test_a_handout_is_legible_and_nothing_on_it_is_cut_or_covered(plan: str, trust: str) -> None:
    assert min(font_sizes(written(plan, trust))) >= 7.9
    assert laid(plan, trust).collisions() == ()
    assert laid(plan, trust).spills() == ()


def test_most_pages_of_a_handout_hold_3_slides() -> None:
    slides = len(for_participants(deck("half-day", "northmoor")).slides)
    assert laid("half-day", "northmoor").pages <= slides / 3 + 4


def test_a_drawing_of_a_slide_fits_its_handout() -> None:
    small = on_handout(SLIDE, A4)
    assert small.text_width == pytest.approx(SLIDE.text_width * 112 / 338.67, rel=0.01)
    assert small.label >= 8 * 25.4 / 72
    assert on_handout(SLIDE_ACROSS, A4).label == 0
    large = page_for(replace(STANDARD, name="large-print", size=18.0))
    assert on_handout(SLIDE, large).label == large.label
    assert on_handout(SLIDE, large).text_width == large.text_width - 2 * SLIDE_FRAME


# The page with the notes -------------------------------------------------------------------------


def deck_page(plan: str, trust: str, shown: DeckView) -> html.HtmlElement:
    of = checked(plan, trust)
    kind = next(kind for kind in of.kinds if kind.id == "deck-page")
    participant = participant_view(of.workshop.alone(of.workshop.sessions[0]), Imprint(STAMP, of.palette))
    context = {"doc": DeckPageView(participant, shown), "palette": of.palette, "document": kind}
    page = render(
        of.templates, "deck-page/page.html.j2", of.library.language, edition=STANDARD, logo_data="", **context
    )
    return html.document_fromstring(page)


@pytest.mark.parametrize(("plan", "trust"), PACKS)
def test_the_page_of_a_deck_has_every_slide_with_its_notes(plan: str, trust: str) -> None:
    tree = deck_page(plan, trust, deck(plan, trust))
    rows = tree.xpath("//article")
    slides = page_slides(checked(plan, trust), deck(plan, trust))
    assert [row.get("id") for row in rows] == [slide.id for slide in slides]
    for row, slide in zip(rows, slides, strict=True):
        notes = squeezed(row.xpath(".//details")[0].text_content())
        assert slide.notes
        assert all(text in notes for text in paragraphs(slide))
        assert words(slide.face) in words(html.tostring(row, encoding="unicode"))
    assert squeezed(english.phrase("common.for_facilitators_only")) in squeezed(tree.text_content()) or trust
    links = {link[1:] for link in tree.xpath("//a/@href") if link.startswith("#")}
    assert links <= set(tree.xpath("//@id"))
    assert len(tree.xpath("//summary")) == len({summary.text_content() for summary in tree.xpath("//summary")})


def test_a_hidden_slide_is_on_the_page_with_the_notes_and_says_so() -> None:
    first, *rest = deck("lunch", "").slides
    tree = deck_page("lunch", "", replace(deck("lunch", ""), slides=(replace(first, hidden=True), *rest)))
    assert english.phrase("deck-page.hidden") in tree.xpath("//article")[0].text_content()
    assert english.phrase("deck-page.hidden") not in tree.xpath("//article")[1].text_content()


# Taken apart -------------------------------------------------------------------------------------


def one(inner: str) -> PageSlide:
    (section,) = sections(f'<article><section id="a/b" data-section="S"><h1>T</h1>{inner}</section></article>')
    return section.slides[0]


def test_a_slot_or_a_drawing_that_nothing_knows_is_shown() -> None:
    slide = one('<p data-slot="brand-new">One</p><figure><svg width="9mm"><title>Two</title></svg></figure>')
    assert "One" in slide.face
    assert slide.told == "Two"
    assert "9mm" not in slide.face


def test_what_is_data_for_powerpoint_alone_is_left_out() -> None:
    assert "figure" not in one('<figure data-timer="8" aria-label="A bar"></figure>').face


def test_hours_of_a_strip_do_not_run_into_each_other() -> None:
    hours = "".join(f'<time data-x="{x}">{words}</time>' for x, words in ((0, "9am"), (0.86, "midday"), (1, "12:30pm")))
    kinds = ((0, "here"), (0.5, "quiet"))
    bars = "".join(f'<span data-x="{x}" data-width="0.5" class="{kind}"></span>' for x, kind in kinds)
    face = one(f'<figure data-timeline aria-label="Part 1 of 2">{bars}{hours}</figure>').face
    assert "midday" not in face
    assert "12:30pm" in face
    # Where we are is said in words too, as the drawing is not read out.
    assert '<p class="where">Part 1 of 2</p>' in face
    assert "aria-hidden" in face


def test_a_title_stands_in_the_narrow_column_with_what_is_to_be_known_first() -> None:
    face = one('<p data-slot="time">8 min</p><p>Wide</p>').face
    side, main = html.fragment_fromstring(face, create_parent=True)
    assert [part.tag for part in side] == ["h3", "p"]
    assert main.text_content().split() == ["Wide"]


def test_a_link_to_a_slide_that_is_not_there_becomes_words() -> None:
    assert "href" not in one('<p><a href="#gone">Later</a></p>').face
    assert 'href="#a/b"' in one('<p><a href="#a/b">Here</a></p>').face


def test_notes_are_taken_apart_from_what_is_shown() -> None:
    slide = one("<p>Seen</p><aside><h2>Say</h2><p>Heard</p></aside>")
    assert "Heard" not in slide.face
    assert "<h4>Say</h4>" in slide.notes


@pytest.mark.parametrize("inner", ["one two", "one <em>two</em>", "<p>one</p><p>two</p>"])
def test_a_quotation_gets_its_marks(inner: str) -> None:
    face = one(f'<blockquote data-slot="quote">{inner}</blockquote>').face
    text = " ".join(html.fragment_fromstring(face, create_parent=True).xpath(".//blockquote")[0].text_content().split())
    assert text.startswith("“one")
    assert text.endswith("two”")


def test_slides_of_a_section_stand_together() -> None:
    slide = '<section id="{0}" data-section="{1}"><h1>{0}</h1></section>'
    source = "".join(slide.format(*pair) for pair in (("a", "X"), ("b", "X"), ("c", "Y"), ("d", "X")))
    found = sections(f"<article>{source}</article>")
    assert [(section.title, [slide.number for slide in section.slides]) for section in found] == [
        ("X", [1, 2]),
        ("Y", [3]),
        ("X", [4]),
    ]
