"""English within a page of another language: marked where it is written, tagged once the page is whole.

A text that stays English is written between 2 marks (`kit.model.language`), since what writes it does not know where
on the page it stands. Here the marks become a `lang` in the words of an element, and nothing where no element may
stand: in an attribute, in a title, in a drawing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kit.model.language import BEGIN, END, ENGLISH

_WORDS_ONLY = ("title", "style", "script", "textarea", "option", "svg")
"""Elements that hold no mark-up of HTML."""

_VOID = ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")

_ATTRIBUTES = r"""(?:[^<>"']|"[^"]*"|'[^']*')*"""
_WHOLE = re.compile(
    rf"<(?!(?:{'|'.join(_WORDS_ONLY)}|text|tspan)\b)([a-z][a-z0-9]*)(?![^<>]*\slang=)({_ATTRIBUTES})>"
    rf"\s*{BEGIN}([^<{BEGIN}{END}]*){END}\s*</\1>"
)
"""An element whose words are English to the last, and which does not say yet what they are in."""

_TOKEN = re.compile(rf"<!--.*?-->|<(/?)([A-Za-z][\w:-]*)({_ATTRIBUTES})>|[{BEGIN}{END}]", re.DOTALL)
_NAME_IN_ENGLISH = re.compile(rf"""\s(?:alt|aria-label)=["']{BEGIN}[^"']*{END}["']""")
_TITLED = re.compile(rf"<svg(?![^<>]*\slang=)({_ATTRIBUTES}>\s*<title>){BEGIN}([^<]*){END}(</title>)")
"""A drawing whose name is English."""


def tagged(page: str) -> str:
    """The page with `lang` where its marks stand; a page without any comes back as it is.

    Where all that an element says is English, the element itself says so; else a span does.
    """
    if BEGIN not in page and END not in page:
        return page
    # A sentence of several pieces is 1 sentence.
    page = page.replace(END + BEGIN, "")
    page = _WHOLE.sub(rf'<\1\2 lang="{ENGLISH}">\3</\1>', page)
    return "".join(_tagged(_TITLED.sub(rf'<svg lang="{ENGLISH}"\1\2\3', page)))


def _tagged(page: str) -> Iterator[str]:
    pieces: list[str] = []
    begun: list[tuple[int, int]] = []
    depth = at = 0
    closed_at: int | None = None
    for token in _TOKEN.finditer(page):
        pieces.append(page[at : token.start()])
        at = token.end()
        text, name = token[0], (token[2] or "").lower()
        if text == BEGIN:
            if closed_at is None:
                begun.append((len(pieces), depth))
                pieces.append("")
        elif text == END:
            if closed_at is None and begun:
                position, as_deep = begun.pop()
                if as_deep == depth:
                    pieces[position] = f'<span lang="{ENGLISH}">'
                    pieces.append("</span>")
        else:
            if name and token[1]:
                depth -= 1
                closed_at = None if depth == closed_at else closed_at
            elif name and name not in _VOID and not text.endswith("/>"):
                closed_at = depth if closed_at is None and name in _WORDS_ONLY else closed_at
                depth += 1
            pieces.append(_clean(text))
    yield from pieces
    yield page[at:]


def _clean(tag: str) -> str:
    """A tag without marks; a picture that is named in English says so, since its name is all that there is to say."""
    named = tag.startswith(("<img", "<svg")) and " lang=" not in tag and _NAME_IN_ENGLISH.search(tag)
    clean = tag.replace(BEGIN, "").replace(END, "")
    return re.sub(r"^<\w+", rf'\g<0> lang="{ENGLISH}"', clean) if named else clean
