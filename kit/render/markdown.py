"""Markdown as the content writes it: blocks, words within a line, and words alone."""

from __future__ import annotations

import re
from functools import lru_cache

from markdown_it import MarkdownIt
from markupsafe import Markup

from kit.model.language import BEGIN, END, ENGLISH, InEnglish


@lru_cache(maxsize=1)
def _markdown() -> MarkdownIt:
    # Raw HTML stays text: a trust's words are never markup of their own.
    return MarkdownIt("commonmark", {"html": False, "typographer": False}).disable(["image", "autolink", "html_inline"])


def markdown_blocks(text: str) -> Markup:
    """Paragraphs, lists and emphasis, each marked as English where it stays so in a pack of another language."""
    tokens = _markdown().parse(text)
    if isinstance(text, InEnglish):
        for token in tokens:
            if token.level == 0 and token.nesting >= 0:
                token.attrSet("lang", ENGLISH)
    return Markup(_markdown().renderer.render(tokens, _markdown().options, {}))


def markdown_inline(text: str) -> Markup:
    """Emphasis and links only, no paragraph around it; marked as English as above."""
    written = Markup(_markdown().renderInline(text))
    return Markup(f"{BEGIN}{written}{END}") if isinstance(text, InEnglish) else written


_TAG = re.compile(r"<[^>]+>")


def plain(text: str) -> str:
    """Markdown with its marks taken away, on one line: for alternative text and slide titles."""
    words = " ".join(str(Markup(_TAG.sub("", _markdown().render(text))).unescape()).split())
    return InEnglish(words) if isinstance(text, InEnglish) else words
