"""Quotations: how long, how much in all, and under which themes."""

from __future__ import annotations

from collections.abc import Iterator

from kit.diagnostics import Diagnostic
from kit.load import Library

MOST_WORDS_IN_A_QUOTE = 40
MOST_QUOTED = 1 / 3
"""The largest share of the article's words that all quotations together may take."""


def quotes_too_long(library: Library) -> Iterator[Diagnostic]:
    """Quotations of more than 40 words."""
    for position, quote in enumerate(library.article.quotes):
        if quote.words > MOST_WORDS_IN_A_QUOTE:
            yield Diagnostic(
                "quote-too-long",
                f"The quotation “{quote.id}” has {quote.words} words; {MOST_WORDS_IN_A_QUOTE} is the most.",
                "Choose a shorter passage. Where you leave words out, write [...].",
                library.texts["quotes"].place(("quotes", position, "text")),
            )


def quoted_too_much(library: Library) -> Iterator[Diagnostic]:
    """Quotations that together take more than a third of the article."""
    words = sum(quote.words for quote in library.article.quotes)
    whole = library.article.source.words
    if words > whole * MOST_QUOTED:
        yield Diagnostic(
            "too-much-quoted",
            f"All quotations together have {words} words, {words / whole:.0%} of the article; a third is the most.",
            f"Take away quotations with {words - int(whole * MOST_QUOTED)} words or more.",
            library.texts["quotes"].place(("quotes",), key=True),
        )


def outside_their_themes(library: Library) -> Iterator[Diagnostic]:
    """Quotations whose speaker belongs to none of the themes they stand under. Unknown ids are faults of their own."""
    themes = {theme.id: theme for theme in library.article.themes}
    voices = {voice.id: voice.name for voice in library.article.voices}
    for position, quote in enumerate(library.article.quotes):
        named = [themes[id] for id in quote.themes if id in themes]
        if quote.voice not in voices or not named or any(quote.voice in theme.voices for theme in named):
            continue
        yield Diagnostic(
            "quote-outside-its-themes",
            f"The quotation “{quote.id}” is by {voices[quote.voice]}, whom none of its themes names.",
            f"Give it another theme, or add `{quote.voice}` to the voices of “{named[0].id}”.",
            library.texts["quotes"].place(("quotes", position, "themes")),
        )
