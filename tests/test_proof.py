"""Quotations against a copy of the article; the article here is made up."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kit.load import Library
from kit.proof import paragraphs, prove

ARTICLE = """Oars and rudders
By Pat Reed

Which of the two matters more

Robin Ash keeps it short. "A boat with oars alone goes in circles," Ash says. Nobody on the bank disagrees.

The other view

Kim Birch has rowed for years. 'It's the rudder that decides . . . where the
rowing goes.' Birch leaves it at that.
"""


def codes(library: Library, article: str) -> list[tuple[str, str]]:
    return [
        (fault.code, str(fault.place).rpartition("content/article/")[2])
        for fault in prove(library, article, "copy.txt")
    ]


def with_first(library: Library, **changes: object) -> Library:
    first, *others = library.article.quotes
    quotes = (first.model_copy(update=changes), *others)
    return replace(library, article=library.article.model_copy(update={"quotes": quotes}))


@pytest.fixture
def ours(small_library: Library) -> Library:
    return with_first(small_library, text="A boat with oars alone goes in circles")


def test_headings_and_bylines_are_not_paragraphs() -> None:
    assert [paragraph.split()[0] for paragraph in paragraphs(ARTICLE)] == ["Robin", "Kim"]


def test_windows_line_ends_make_the_same_paragraphs() -> None:
    assert paragraphs(ARTICLE.replace("\n", "\r\n")) == paragraphs(ARTICLE)


def test_exact_words_pass_with_straight_quotation_marks_for_curly_and_over_a_line_end(ours: Library) -> None:
    assert codes(ours, ARTICLE) == []


@pytest.mark.parametrize(
    "text",
    [
        "A boat with oars only goes in circles",
        "A boat with oars alone goes in circle",
        "boat with oars alone goes in circles Ash says",
        "a boat with oars alone goes in circles",
        "oat with oars alone",
        "goes in circles [...] A boat",
        "A boat with oars alone goes in circles [...] It’s the rudder",
    ],
)
def test_a_passage_that_does_not_stand_there_as_written_is_found(ours: Library, text: str) -> None:
    assert codes(with_first(ours, text=text), ARTICLE) == [("quote-not-in-article", "quotes.yaml:4:11")]


@pytest.mark.parametrize("text", ["A boat [...] goes in circles", "Robin Ash keeps it short [sic]. [...] Nobody"])
def test_what_is_marked_as_left_out_or_as_a_slip_passes(ours: Library, text: str) -> None:
    assert codes(with_first(ours, text=text), ARTICLE) == []


def test_a_changed_word_in_the_copy_is_found(ours: Library) -> None:
    assert codes(ours, ARTICLE.replace("decides", "settles")) == [("quote-not-in-article", "quotes.yaml:9:11")]


def test_a_wrong_paragraph_is_found_and_the_right_one_told(ours: Library) -> None:
    (fault,) = prove(with_first(ours, paragraph=2), ARTICLE, "copy.txt")
    assert (fault.code, fault.advice) == ("quote-in-other-paragraph", "Write `paragraph: 1`.")


def test_an_empty_copy_proves_nothing(ours: Library) -> None:
    assert [code for code, _ in codes(ours, "")] == ["quote-not-in-article"] * 2
