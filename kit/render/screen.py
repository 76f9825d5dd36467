"""The web page that stands beside a participant's PDF: one file, for phones and screen readers.

It comes from the same template as the paper, rendered with `on_screen`, so that both say the same. What a browser asks
for beyond that is done here, to what a trust's own blocks add as well: one first heading, links to the parts of a long
page, tables that stay tables when their cells stand below each other, the logo within the file.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from kit.model.document import ParticipantView
from kit.model.edition import STANDARD
from kit.model.kind import DocumentKind
from kit.model.language import Language
from kit.render.html import render
from kit.render.sheet import Box, Card

if TYPE_CHECKING:
    from kit.render.pdf import Asset

SCRIPT = "shared/screen.js"

_MAIN, _END = '<main id="main">', "</main>"
_LEVEL = re.compile(r"<(/?)h([1-5])(?=[\s>])")
_LABEL = '<nav class="contents" aria-label="'
_CONTENTS = re.compile(r'(<nav class="contents"[^>]*>)(</nav>)')
_PART = re.compile(r"<h2(?P<rest>[^>]*)>(?P<words>.*?)</h2>", re.DOTALL)
_COUNT = re.compile(r'data-count="([^"]*)"')
_TAG = re.compile(r"<[^>]+>")
_NAMED = re.compile(r'(?<=\s)((?:id|for|name|aria-labelledby|aria-describedby)="|href="#)')
_TABLE = re.compile(r"<(table|thead|tbody|tfoot|tr|td|th)(?=[\s>])([^>]*)>")
_ROLES = {"table": "table", "tr": "row", "td": "cell", "thead": "rowgroup", "tbody": "rowgroup", "tfoot": "rowgroup"}
_PICTURE = re.compile(r'src="kit:([\w-]+)"')


@dataclass(frozen=True)
class Said:
    """What a page says, in one language."""

    language: Language
    doc: ParticipantView
    kind: DocumentKind


@dataclass(frozen=True)
class Second:
    """The same in another language, below the first on the page."""

    language: str
    called: str
    """`In English`, in that language."""
    content: Markup


def web_page(
    templates: Mapping[str, str], said: Sequence[Said], assets: Mapping[str, Asset], *, file: str, beside: str
) -> str:
    """The page called `file` with what `said` says in 1 language or in 2, beside the PDF called `beside`.

    `assets` holds the logo, if there is one, under the name by which templates ask for it.
    """
    first = said[0]
    second = _second(templates, said[1]) if len(said) > 1 else None
    html = _rendered(templates, first, file=file, beside=beside, second=second)
    head, content, foot = _divided(html)
    shown = content.split('<div class="second"')
    shown[0] = _with_contents(_with_one_title(shown[0]))
    html = "".join((head, '<div class="second"'.join(shown), foot))
    return _PICTURE.sub(lambda match: f'src="{_data_uri(assets[match[1]])}"', _TABLE.sub(_with_role, html))


def _rendered(templates: Mapping[str, str], said: Said, **more: Any) -> str:
    cards = _cards(said)
    return render(
        templates,
        f"{said.kind.id}/page.html.j2",
        said.language,
        on_screen=True,
        doc=said.doc,
        palette=said.doc.house.palette,
        document=said.kind,
        edition=STANDARD,
        layout=said.kind.cards,
        cards=cards,
        count=len(cards),
        script=Markup(templates[SCRIPT]),
        policy=_policy(templates[SCRIPT]),
        **more,
    )


def _cards(said: Said) -> tuple[Card, ...]:
    """The cards of the document, each once, however many sets of them are printed.

    A screen has room for their texts at any size, so the boxes bind nobody.
    """
    layout = said.kind.cards
    if layout is None:
        return ()
    boxes = {name: Box(name, 0, text.height or 0, text.sizes[0], 0) for name, text in layout.texts.items()}
    entries = {replace(entry, id=""): entry for entry in getattr(said.doc, layout.of)}
    return tuple(Card(number, entry, boxes) for number, entry in enumerate(entries.values(), 1))


def _policy(script: str) -> str:
    """What a browser may do with the page: show what is in it, and run this script and no other.

    Content Security Policy Level 3, https://www.w3.org/TR/CSP3/
    """
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return (
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; "
        f"script-src 'sha256-{digest}'"
    )


def _second(templates: Mapping[str, str], said: Said) -> Second:
    """Its content with every heading a level down, below the title of the page, and with names of its own."""
    html = _rendered(templates, said, file="", beside="", second=None)
    _, content, _ = _divided(html)
    tag, called = said.language.tag, said.language.phrase("screen.in_english")
    content = _lowered(_with_contents(_with_one_title(content)))
    content = content.replace(_LABEL, f"{_LABEL}{called}: ")
    return Second(tag, called, Markup(_NAMED.sub(lambda match: f"{match[1]}{tag}-", content)))


def _divided(html: str) -> tuple[str, str, str]:
    """What stands before the main part of a page, in it, and after it."""
    begin, end = html.index(_MAIN) + len(_MAIN), html.rindex(_END)
    return html[:begin], html[begin:end], html[end:]


def _lowered(html: str) -> str:
    return _LEVEL.sub(lambda match: f"<{match[1]}h{int(match[2]) + 1}", html)


def _with_one_title(html: str) -> str:
    """On paper each part of a long document has a heading of level 1; on a page that is the title alone."""
    title, end, rest = html.partition("</h1>")
    return title + end + _lowered(rest) if "<h1" in rest else html


def _with_contents(html: str) -> str:
    """Links to the parts that follow, where the template leaves a place for them.

    A part that is one of several alike says which in `data-count` of its heading: `Handout 3`.
    """
    place = _CONTENTS.search(html)
    if place is None:
        return html
    numbers, items = count(1), []

    def part(match: re.Match[str]) -> str:
        number, counted = next(numbers), _COUNT.search(match["rest"])
        words = (f"{counted[1]}: " if counted else "") + _TAG.sub("", match["words"])
        items.append(f'<li><a href="#part-{number}">{words}</a></li>')
        return f'<h2 id="part-{number}"{match["rest"]}>{match["words"]}</h2>'

    parts = _PART.sub(part, html[place.end() :])
    return f"{html[: place.start()]}{place[1]}<ol>{''.join(items)}</ol>{place[2]}{parts}"


def _with_role(match: re.Match[str]) -> str:
    """A tag of a table that says what it is: some browsers forget when a style sheet sets cells below each other."""
    name, rest = match.groups()
    if " role=" in rest:
        return match[0]
    head = "columnheader" if 'scope="col' in rest else "rowheader"
    return f'<{name} role="{_ROLES.get(name, head)}"{rest}>'


def _data_uri(asset: Asset) -> str:
    return f"data:{asset.media};base64,{base64.b64encode(asset.data).decode()}"
