"""Quotations word for word against a copy of the article that the user has."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kit.diagnostics import Diagnostic
from kit.load import Library

_ALIKE = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "\u00a0": " ", "…": "..."})
_SENTENCE_END = re.compile(r"\.[\"']?$")


def normal(text: str) -> str:
    """Curly quotation marks as straight ones, runs of white space as one blank."""
    return " ".join(text.translate(_ALIKE).split())


def paragraphs(article: str) -> tuple[str, ...]:
    """The body paragraphs of a plain-text copy: blocks between blank lines that end with a full stop.

    Titles, standfirst, by-lines and section headings do not, so paragraph 1 is the first of the body.
    """
    blocks = (normal(block) for block in re.split(r"\n\s*\n", article.replace("\r\n", "\n")))
    return tuple(block for block in blocks if _SENTENCE_END.search(block))


def prove(library: Library, article: str, name: str) -> Iterator[Diagnostic]:
    """A fault for every quotation that does not stand in `article` as it is written, or not where it says."""
    body = paragraphs(article)
    text = library.texts["quotes"]
    for position, quote in enumerate(library.article.quotes):
        fragments = [normal(fragment) for fragment in quote.fragments]
        found = [number for number, block in enumerate(body, 1) if _holds(block, fragments)]
        path = ("quotes", position)
        if not found:
            yield Diagnostic(
                "quote-not-in-article",
                f"The quotation “{quote.id}” does not stand in {name} word for word.",
                "Copy the passage again. Mark what you leave out with [...].",
                text.place((*path, "text")),
            )
        elif quote.paragraph not in found:
            yield Diagnostic(
                "quote-in-other-paragraph",
                f"The quotation “{quote.id}” stands in paragraph {found[0]}, not {quote.paragraph}.",
                f"Write `paragraph: {found[0]}`.",
                text.place((*path, "paragraph")),
            )


def _holds(block: str, fragments: Sequence[str]) -> bool:
    """Whether all fragments stand in `block`, whole words, in their order."""
    at = 0
    for fragment in fragments:
        match = re.compile(rf"(?<!\w){re.escape(fragment)}(?!\w)").search(block, at)
        if match is None:
            return False
        at = match.end()
    return bool(fragments)
