"""Packs in another language: what is printed of it, what stays English, and what both are called in the file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from speaking import english
from test_golden import DOCUMENTS, MESSAGES, page

from kit.check import Order, check
from kit.load import load
from kit.localise import localise
from kit.model.language import Forms, Language, _locale
from kit.phrasing import english_texts
from kit.source import read_yaml
from kit.translations import translations, untranslated
from kit.workspace import Workspace

GAELIC = "gd"
"""The language that the tests pretend to speak: one with more forms than English, and no file of its own."""


def pretended(text: str) -> str:
    return f"«{text}»"


@pytest.fixture
def gaelic(small: Workspace) -> Workspace:
    """The small workspace, whose trust speaks a language in which every phrase is its English between marks."""
    phrases: dict[str, dict[str, Any]] = {}
    for name, forms in english.phrases.items():
        group, _, own = name.partition(".")
        phrases.setdefault(group, {})[own] = {"other": pretended(forms.other)}
    documents = {
        id: {field: pretended(text) for field, text in words.model_dump().items() if text}
        for id, words in english.documents.items()
    }
    file = small.content / "words" / f"{GAELIC}.yaml"
    file.write_text(yaml.safe_dump({"documents": documents, "phrases": phrases}, allow_unicode=True), "utf-8")
    profile = small.content / "trusts/oakfield/trust.yaml"
    profile.write_text(profile.read_text("utf-8") + f"language: {GAELIC}\n", "utf-8")
    return small


def words_of(text: str) -> set[str]:
    return {word.casefold() for word in re.findall(r"[^\W\d_]{3,}", text)}


def strings(data: Any) -> Iterator[str]:
    if isinstance(data, dict):
        for key, value in data.items():
            yield str(key)
            yield from strings(value)
    elif isinstance(data, list):
        for item in data:
            yield from strings(item)
    else:
        yield str(data)


def data_of(file: Path) -> Any:
    read = read_yaml(file.read_text("utf-8"), file.name).value
    assert read is not None
    return read.data


def outside_marks(text: str) -> str:
    """What is left when everything between marks is taken away, marks within marks too."""
    before = None
    while text != before:
        before, text = text, re.sub(r"«[^«»]*»", " ", text)
    return text


NEITHER = {"pdf", "pptx", "ics", "txt", "doi", "bmj", "kit", "http", "https", "org"}


@pytest.mark.parametrize("document", [*DOCUMENTS, *MESSAGES])
def test_no_page_says_anything_in_english_but_the_content(document: str, gaelic: Workspace, project: Workspace) -> None:
    shown = page(gaelic, project, document)
    start = re.search(r"<body[^>]*>|<article[^>]*>", shown)
    body = unescape(shown[start.end() :] if start else shown)
    alternatives = " ".join(re.findall(r'(?:alt|title|aria-label)="([^"]*)"', body))
    text = re.sub(r"<style.*?</style>|<script.*?</script>", " ", body, flags=re.DOTALL)
    text = re.sub(r"<[^>]*>", "\n", text)
    written = " ".join(
        word
        for file in gaelic.content.rglob("*.y*ml")
        if file.parent.name != "words"
        for word in strings(data_of(file))
    )
    months = " ".join(_locale(GAELIC).months["format"]["wide"].values())
    days = " ".join(_locale(GAELIC).days["format"]["wide"].values())
    other = " ".join(
        [months, days, "agus Built January build abc long Oars again rudders Both once Rowing pairs Invitation date"]
    )
    other += " participants/workbook.pdf facilitator/guide.pdf"
    terms = " ".join(str(term) for _, term in english.terms or ())
    left = words_of(outside_marks(f"{text}\n{alternatives}")) - words_of(f"{written} {other} {terms}") - NEITHER
    assert not left, sorted(left)


def test_a_phrase_that_has_no_words_stays_english_and_is_counted(small: Workspace) -> None:
    (small.content / "words/cy.yaml").write_text("phrases:\n  time: {hours: '{n} awr'}\n", "utf-8")
    profile = small.content / "trusts/oakfield/trust.yaml"
    profile.write_text(profile.read_text("utf-8") + "language: cy\n", "utf-8")
    outcome = check(small, Order("short", "oakfield"))
    assert outcome.value is not None
    language = outcome.value.library.language
    assert (language.duration(61), language.clock(60)) == ("1 awr 1 minute", "1am")
    told = [fault.message for fault in outcome.diagnostics if fault.code == "not-translated"]
    assert any(message.startswith(f"{len(language.lacks())} fixed phrases") for message in told)
    assert "time.hours" not in language.lacks()
    assert "time.minutes" in language.lacks()


def test_what_stays_english_says_so_to_a_screen_reader(gaelic: Workspace, project: Workspace) -> None:
    profile = gaelic.content / "trusts/oakfield/trust.yaml"
    text = profile.read_text("utf-8")
    profile.write_text(
        text.replace("    text: Water comes in.\n", "    text: Water.\n    gd: {text: Uisge.}\n"), "utf-8"
    )
    shown = page(gaelic, project, "workbook")
    assert "<p>Uisge.</p>" in shown
    assert '<p lang="en-GB">Welcome aboard at Oakfield.</p>' in shown
    assert f'<html lang="{GAELIC}">' in shown


def test_a_trusts_own_words_come_before_the_bases(small: Workspace) -> None:
    own = small.content / "trusts/oakfield/words"
    own.mkdir()
    (own / "en-GB.yaml").write_text("phrases:\n  common: {agenda: Order of the day}\n", "utf-8")
    library = load(small, trust=own.parent).value
    assert library is not None
    assert library.language.phrase("common.agenda") == "Order of the day"
    assert english.phrase("common.agenda") == "Agenda"


def test_what_stands_beside_a_text_is_printed_in_its_place(small: Workspace) -> None:
    profile = small.content / "trusts/oakfield/trust.yaml"
    text = profile.read_text("utf-8").replace(
        "    title: A leak at {{ trust.short }}\n",
        "    title: A leak at {{ trust.short }}\n    cy: {title: 'Gollyngiad, {{ trust.short }}: {{ term.unit.a }}'}\n",
    )
    text = text.replace("many: care groups}", "many: care groups, cy: {one: adran, many: adrannau}}")
    profile.write_text(text + "cy: {short: Derwen}\nlanguage: cy\n", "utf-8")
    library = load(small, trust=profile.parent).value
    assert library is not None
    workshop = localise(library, "short").value
    assert workshop is not None
    assert workshop.scenarios[0].title == "Gollyngiad, Derwen: adran"
    # A sentence that stays English speaks of the organisation in English.
    assert workshop.plan.welcome == "Welcome aboard at Oakfield."


def test_a_trust_translates_the_base_from_its_own_folder(small: Workspace) -> None:
    own = small.content / "trusts/oakfield"
    (own / "words").mkdir()
    (own / "words/cy.yaml").write_text(
        "texts:\n"
        "  plans/short: {title: Rhwyfau, welcome: 'Croeso i {{ trust.short }}.', blocks/tea/title: Te}\n"
        "  article/themes: {themes/interlinked/title: Ynghyd}\n",
        "utf-8",
    )
    profile = own / "trust.yaml"
    profile.write_text(profile.read_text("utf-8") + "cy: {short: Derwen}\nlanguage: cy\n", "utf-8")
    library = load(small, trust=own).value
    assert library is not None
    workshop = localise(library, "short").value
    assert workshop is not None
    assert (workshop.plan.title, workshop.plan.welcome) == ("Rhwyfau", "Croeso i Derwen.")
    assert next(block.title for block in workshop.blocks if block.id == "tea") == "Te"
    assert workshop.article.theme("interlinked").title == "Ynghyd"
    left = {(file, way) for file, way, _ in english_texts(library)}
    assert ("plans/short", "subtitle") in left
    assert ("plans/short", "title") not in left


def test_a_way_that_leads_nowhere_is_told(small: Workspace) -> None:
    own = small.content / "trusts/oakfield"
    (own / "words").mkdir()
    (own / "words/cy.yaml").write_text(
        "texts:\n  plans/short: {titel: X}\n  plan/short: {title: X}\n  article/quotes: {quotes/1/text: X}\n",
        "utf-8",
    )
    profile = own / "trust.yaml"
    profile.write_text(profile.read_text("utf-8") + "language: cy\n", "utf-8")
    found = [fault for fault in load(small, trust=own).diagnostics if fault.code == "nothing-to-translate"]
    assert [(fault.message, fault.place and fault.place.line) for fault in found] == [
        ("There is no text “titel” in plans/short.", 2),
        ("There is no file “plan/short” to translate.", 3),
        ("There is no file “article/quotes” to translate.", 4),
    ]


def test_a_quotation_is_not_translated(small: Workspace) -> None:
    quotes = small.content / "article/quotes.yaml"
    text = quotes.read_text("utf-8").replace("    voice:", "    cy: {text: Dyfyniad}\n    voice:", 1)
    quotes.write_text(text, "utf-8")
    (fault,) = load(small).diagnostics
    assert (fault.code, fault.advice) == ("nothing-to-translate", "Take it out.")


texts = st.text(st.characters(categories=["L", "Zs"], exclude_characters="\x85"), min_size=1, max_size=12).filter(
    lambda text: text.strip() == text and bool(text)
)
entries = st.recursive(
    texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["a", "b", "cd"]), inner, max_size=3),
    max_leaves=8,
)


@given(entries)
def test_taking_translations_out_leaves_what_was_there_before_they_were_put_in(data: Any) -> None:
    def with_welsh(value: Any) -> Any:
        if isinstance(value, dict):
            said = {key: f"cy {text}" for key, text in value.items() if isinstance(text, str)}
            return {key: with_welsh(inner) for key, inner in value.items()} | {"cy": said}
        return [with_welsh(item) for item in value] if isinstance(value, list) else value

    welsh = with_welsh(data)
    assert untranslated(welsh) == data
    source = read_yaml(yaml.safe_dump(welsh, allow_unicode=True, width=10_000), "file.yaml").value
    assert source is not None
    for path, said in translations(source, "cy").items():
        value = data
        for part in path:
            value = value[part]
        assert said == f"cy {value}"


@given(st.integers(0, 10_000))
def test_a_number_takes_the_form_that_its_language_has_for_it(n: int) -> None:
    forms = Forms(zero="zero", one="one", two="two", few="few", many="many", other="other")
    welsh = Language("cy", {"count.people": forms})
    assert welsh.phrase("count.people", n=n) == {0: "zero", 1: "one", 2: "two", 3: "few", 6: "many"}.get(n, "other")


def test_every_file_of_words_fits_the_english(project: Workspace) -> None:
    for path in Path(project.content / "words").glob("*.yaml"):
        if path.stem != "en-GB":
            assert path.stem in ("cy", "ga", "gd")
    library = load(project, trust=project.trust_folder("dyffryn-onnen"))
    assert library.value is not None
    assert not library.diagnostics
