"""The web pages beside PDFs say what the PDFs say, and stand on their own in a browser.

What only a browser can tell (`axe`, reflow, the keyboard) is in `tests/conformance/check_axe.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from lxml import html
from speaking import english

from kit.check import Checked, Order, check
from kit.compose import Imprint, participant_view
from kit.localise import Request
from kit.model.document import Stamp
from kit.model.edition import STANDARD
from kit.model.kind import DocumentKind
from kit.model.language import Language
from kit.model.stock import STOCKS
from kit.overrides import OwnTemplate, joined
from kit.render.html import render
from kit.render.pdf import Asset
from kit.render.screen import Said, web_page
from kit.render.sheet import Box, Card, sheets
from kit.slides import deck_view, for_participants
from kit.workspace import Workspace

PROJECT = Path(__file__).parents[2]
STAMP = Stamp("abc1234", "5 January 2027", "Built 5 January 2027, build abc1234")
LOGO = Asset(b"<svg/>", "image/svg+xml")
WORKSPACE = Workspace(PROJECT, PROJECT)
PLANS = sorted(WORKSPACE.entries("plans"))
PACKS = [(plan, "") for plan in PLANS] + [("half-day", trust) for trust in ("northmoor", "harrowfen", "dyffryn-onnen")]
PACK_IDS = [f"{plan}-{trust or 'base'}" for plan, trust in PACKS]


@dataclass(frozen=True)
class Made:
    """A document as a web page, with what it was made from."""

    checked: Checked
    said: Said
    page: str

    @property
    def tree(self) -> html.HtmlElement:
        return html.document_fromstring(self.page)


@cache
def checked(plan: str, trust: str) -> Checked:
    found = check(WORKSPACE, Order(plan=plan, trust=trust or None, request=Request(dates=(date(2027, 1, 14),)))).value
    assert found is not None
    return found


def kinds(of: Checked) -> Iterator[DocumentKind]:
    return (kind for kind in of.kinds if kind.has_web_page)


def said(of: Checked, kind: DocumentKind, language: Language | None = None) -> Said:
    workshop = of.english if language and of.english else of.workshop
    logo = of.library.files.logo
    imprint = Imprint(STAMP, of.palette, logo.alt if logo else "")
    if kind.id == "slides":
        first = workshop.sessions[0]
        deck = for_participants(deck_view(workshop, first, imprint, workbook_pages={}))
        return Said(workshop.language, replace(participant_view(workshop.alone(first), imprint), deck=deck), kind)
    view = participant_view(workshop, imprint)
    return Said(workshop.language, view, kind)


@cache
def made(plan: str, trust: str, both: bool = False) -> tuple[Made, ...]:
    of = checked(plan, trust)
    pages = []
    for kind in kinds(of):
        all_said = [said(of, kind), *([said(of, kind, english)] if both else [])]
        page = web_page(of.templates, all_said, {"logo": LOGO}, file=f"{kind.id}.html", beside=f"{kind.id}.pdf")
        pages.append(Made(of, all_said[0], page))
    return tuple(pages)


# The same words ----------------------------------------------------------------------------------

PAPER_ONLY = (
    *("*[contains(@class, 'running-')]", "*[@aria-hidden]", "*[contains(@class, 'margin')]"),
    *("p[contains(@class, 'stamp') or @class='foot']", "h1[@class='advice']", "svg[@class='qr']"),
    *("p[contains(@class, 'house')]", "div[@class='scale']"),
)
"""What paper has for itself: running heads and feet, sheets and how to cut them, the stamp, a code to scan. A letter
has its drawing only where there is room for it on the sheet."""
SCREEN_ONLY = (
    "head",
    "body/header",
    "footer",
    "script",
    "aside",
    "nav",
    "*[contains(@class, 'unseen')]",
    "a[@class='skip']",
    "div[@class='scale']",
    "div[@class='strip']",
    "p[@class='foot']",
)
"""What a screen has for itself: its frame, the way about, and what only a screen reader is told."""


def texts(source: str, without: tuple[str, ...]) -> list[str]:
    """Every run of words in it, its words alone."""
    tree = html.document_fromstring(source)
    for path in ("head", "style", *without):
        for found in tree.xpath(f"//{path}"):
            found.drop_tree()
    return [words for text in tree.itertext() if (words := squeezed(text))]


def squeezed(text: str) -> str:
    return " ".join(re.findall(r"\w+", text))


def on_paper(of: Checked, said: Said) -> str:
    """The HTML of which the PDF is made."""
    kind, doc, more = said.kind, said.doc, {}
    if kind.cards:
        boxes = {name: Box(name, 60, 30, 12, 60) for name in kind.cards.texts}
        cards = [Card(number, entry, boxes) for number, entry in enumerate(getattr(doc, kind.cards.of), 1)]
        placed = sheets(cards, STOCKS["a4-8-cards"], "long")
        more = {"layout": kind.cards, "sheets": placed, "count": len(cards), "advice": "", "remark": ""}
    name = f"{kind.id}/page.html.j2"
    context = {"doc": doc, "palette": of.palette, "document": kind, "edition": STANDARD}
    return render(of.templates, name, said.language, **context, **more)


@pytest.mark.parametrize(("plan", "trust"), PACKS, ids=PACK_IDS)
def test_a_page_says_what_the_paper_says_and_no_more(plan: str, trust: str) -> None:
    for page in made(plan, trust):
        paper, screen = texts(on_paper(page.checked, page.said), PAPER_ONLY), texts(page.page, SCREEN_ONLY)
        said = page.said
        of_layout = {squeezed(said.language.phrase("workbook.notes")), squeezed(said.kind.title)}
        of_layout |= {squeezed(said.doc.title)}
        all_paper, all_screen = f" {' '.join(paper)} ", f" {' '.join(screen)} "
        lost = [words for words in paper if f" {words} " not in all_screen and words not in of_layout]
        added = [words for words in screen if f" {words} " not in all_paper and words not in of_layout]
        assert (said.kind.id, lost, added) == (said.kind.id, [], [])


def test_what_a_trust_changes_on_paper_is_changed_on_the_page() -> None:
    certificate = next(page for page in made("half-day", "northmoor") if page.said.kind.id == "certificate")
    assert "Signature: chief medical officer" in certificate.tree.text_content()


def test_a_trusts_template_for_cards_shows_both_faces_on_the_page() -> None:
    of = checked("half-day", "")
    own = OwnTemplate(
        "quote-cards/page.html.j2",
        "page.html.j2",
        '{% extends "base/quote-cards/page.html.j2" %}{% block body %}{{ all_sheets(front, back) }}{% endblock %}',
    )
    kind = next(kind for kind in kinds(of) if kind.id == "quote-cards")
    page = web_page(joined(of.templates, [own]), [said(of, kind)], {}, file="a.html", beside="a.pdf")
    text = html.document_fromstring(page).text_content()
    for quote in said(of, kind).doc.quotes:
        assert quote.text in text
        assert quote.speaker in text
        assert quote.theme_title in text


# A page that stands on its own -------------------------------------------------------------------


@pytest.fixture(params=["base", "northmoor", "bilingual"])
def pages(request: pytest.FixtureRequest) -> tuple[Made, ...]:
    if request.param == "bilingual":
        return made("half-day", "dyffryn-onnen", both=True)
    return made("half-day", "" if request.param == "base" else request.param)


def test_it_has_a_language_a_title_and_its_landmarks(pages: tuple[Made, ...]) -> None:
    for page in pages:
        tree = page.tree
        assert tree.get("lang") == page.said.language.tag
        assert page.said.kind.title in tree.findtext("head/title")
        assert [len(tree.xpath(f"body/{name}")) for name in ("header", "main", "footer")] == [1, 1, 1]
        skip = tree.xpath("body/*[1]")[0]
        assert tree.xpath(f"//main[@id='{skip.get('href')[1:]}']")


def test_its_headings_begin_with_1_title_and_skip_no_level(pages: tuple[Made, ...]) -> None:
    for page in pages:
        levels = [int(heading.tag[1]) for heading in page.tree.xpath("//h1|//h2|//h3|//h4|//h5|//h6")]
        assert levels.count(1) == 1
        assert levels[0] == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))


def test_every_field_has_a_label_of_its_own(pages: tuple[Made, ...]) -> None:
    for page in pages:
        for field in page.tree.xpath("//input|//textarea"):
            label = field.xpath("ancestor::label")
            assert len(label) == 1
            assert label[0].text_content().strip()


def test_cells_are_named_and_no_2_fields_of_a_table_alike(pages: tuple[Made, ...]) -> None:
    for page in pages:
        for table in page.tree.xpath("//table"):
            assert table.get("role") == "table"
            assert all(head.get("scope") for head in table.xpath(".//th"))
            assert table.xpath(".//th")
            names = [" ".join(label.text_content().split()) for label in table.xpath(".//label")]
            assert len(names) == len(set(names))


def test_ids_are_unique_and_links_within_the_page_lead_somewhere(pages: tuple[Made, ...]) -> None:
    for page in pages:
        ids = page.tree.xpath("//@id")
        assert len(ids) == len(set(ids))
        assert {link[1:] for link in page.tree.xpath("//a/@href") if link.startswith("#")} <= set(ids)


def test_nothing_is_fetched_and_only_our_script_runs(pages: tuple[Made, ...]) -> None:
    for page in pages:
        tree = page.tree
        assert not tree.xpath("//link|//iframe|//object|//embed|//script[@src]|//*[@srcset]|//base")
        assert all(source.startswith("data:") for source in tree.xpath("//@src"))
        assert "url(" not in page.page.replace("data:", "")
        policy = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
        assert "default-src 'none'" in policy
        assert "script-src 'sha256-" in policy
        assert not [
            name for element in tree.iter(html.etree.Element) for name in element.attrib if name.startswith("on")
        ]


def test_its_foot_says_which_build_it_is_and_which_pdf_it_stands_beside(pages: tuple[Made, ...]) -> None:
    for page in pages:
        foot = page.tree.xpath("body/footer")[0].text_content()
        assert STAMP.line in foot or "abc1234" in foot
        assert f"{page.said.kind.id}.pdf" in foot


def test_drawings_have_a_name_and_symbols_are_passed_over(pages: tuple[Made, ...]) -> None:
    for page in pages:
        for drawing in page.tree.xpath("//svg[not(ancestor::svg)]"):
            assert drawing.get("aria-hidden") == "true" or (
                drawing.get("role") == "img" and drawing.findtext("title").strip()
            )


def test_a_page_without_fields_has_no_script() -> None:
    pages = {page.said.kind.id: page.tree for page in made("half-day", "")}
    assert not pages["reading-and-source"].xpath("//script|//aside")
    assert pages["workbook"].xpath("//script")


def test_a_form_has_real_fields() -> None:
    tree = next(page.tree for page in made("half-day", "") if page.said.kind.id == "evaluation-form")
    groups = {
        name: len(tree.xpath(f"//input[@name='{name}']")) for name in set(tree.xpath("//input[@type='radio']/@name"))
    }
    assert set(groups.values()) == {5}
    assert all(field.xpath("ancestor::fieldset/legend") for field in tree.xpath("//input[@type='radio']"))


def test_a_workbook_links_to_each_of_its_parts_by_a_name_of_its_own() -> None:
    tree = next(page.tree for page in made("series", "") if page.said.kind.id == "workbook")
    links, parts = tree.xpath("//nav//a"), tree.xpath("//main//h2")
    assert [link.get("href") for link in links] == [f"#{part.get('id')}" for part in parts]
    names = [link.text_content() for link in links]
    assert all(name.endswith(part.text_content()) for name, part in zip(names, parts, strict=True))
    assert len(names) == len(set(names)) > 20


def test_a_page_in_2_languages_has_both_each_with_its_own(project: Workspace) -> None:
    tree = next(page.tree for page in made("half-day", "dyffryn-onnen", both=True) if page.said.kind.id == "workbook")
    second = tree.xpath("//main/div[@lang='en-GB']")[0]
    assert tree.get("lang") == "cy"
    assert "Taflen 1" in tree.xpath("//main")[0].text_content()
    assert "Handout 1" in second.text_content()
    assert tree.xpath("//header//a[@lang='en-GB']/@href") == [f"#{second.get('id')}"]
    names = [*tree.xpath("//nav/@aria-label"), *{field.get("name") for field in second.xpath(".//input[@name]")}]
    assert len(names) == len(set(names)) >= 2


def test_a_role_stands_on_a_page_once_however_many_sets_are_printed() -> None:
    tree = next(page.tree for page in made("full-day", "") if page.said.kind.id == "role-cards")
    cards = [" ".join(card.text_content().split()) for card in tree.xpath("//article")]
    assert len(cards) == len(set(cards)) > 2
