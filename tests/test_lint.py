"""Rules over the content; the cases show what each looks like in a file, these show where each begins."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kit.lint import MOST_WORDS_IN_A_QUOTE, library_faults, session_faults
from kit.load import Library
from kit.localise import Request, localise


def with_quote(library: Library, text: str) -> Library:
    first, *others = library.article.quotes
    quotes = (first.model_copy(update={"text": text}), *others)
    return replace(library, article=library.article.model_copy(update={"quotes": quotes}))


@pytest.mark.parametrize(
    ("words", "faults"), [(MOST_WORDS_IN_A_QUOTE, []), (MOST_WORDS_IN_A_QUOTE + 1, ["quote-too-long"])]
)
def test_a_quotation_may_have_40_words_and_no_more(small_library: Library, words: int, faults: list[str]) -> None:
    library = with_quote(small_library, " ".join(["row"] * words))
    assert [fault.code for fault in library_faults(library)] == faults


def test_marks_of_our_own_are_not_counted_as_quoted_words(small_library: Library) -> None:
    text = " ".join(["row"] * 20) + " [sic] [...] " + ". . . ".join(["row "] * 20)
    assert [fault.code for fault in library_faults(with_quote(small_library, text))] == []


@pytest.mark.parametrize(("words", "faults"), [(51, []), (50, ["too-much-quoted"])])
def test_all_quotations_together_may_take_a_third(small_library: Library, words: int, faults: list[str]) -> None:
    source = small_library.article.source.model_copy(update={"words": words})
    library = replace(small_library, article=small_library.article.model_copy(update={"source": source}))
    assert sum(quote.words for quote in library.article.quotes) == 17
    assert [fault.code for fault in library_faults(library)] == faults


@pytest.mark.parametrize(("attendees", "faults"), [(3, 3), (4, 0), (24, 0), (25, 1), (31, 3)])
def test_too_few_or_too_many_people_are_a_warning_for_plan_and_activities(
    small_library: Library, attendees: int, faults: int
) -> None:
    session = localise(small_library, "short", Request(attendees=attendees)).value
    assert session is not None
    found = list(session_faults(session))
    assert [fault.severity for fault in found] == ["warning"] * faults
