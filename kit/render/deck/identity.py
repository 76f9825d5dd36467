"""What a deck says of itself, so that it is known again when it comes back from PowerPoint.

Where each fact is kept was chosen by what survives. PowerPoint keeps all of it. LibreOffice keeps document
properties of one's own and the names of shapes that are no placeholders; it drops the names of slides and of
placeholders, tags, creation ids and custom XML. A slide copied to another presentation loses its name, but not its page
of notes. So a slide's id is its name, and also the name of a hidden shape on its page of notes, where no one who shows,
reads or edits the slide meets it.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from base64 import urlsafe_b64encode
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

from kit.render.deck.ooxml import NAMESPACES, P, named, parse

LABELS = ("plan", "trust", "session", "language", "build", "built on", "asked for", "pages", "slides")
"""What a deck was made from, by the names under which a file holds it."""
CUSTOM = "docProps/custom.xml"
CUSTOM_MEDIA = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
CUSTOM_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
_SPACE = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_SET = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_PREFIX = "Workshop "
_LONGEST = 250
"""Characters of a property: Office cuts off what is longer than 255."""
_MOST = 60
"""Properties that are read, however many a file has."""

_MARK = "kit "
_DIGEST = 3
"""Characters, 18 bits: that an edited paragraph passes for another of its slide is a matter of 1 in thousands."""
_MARKER = re.compile(rf"{_MARK}(?P<id>[a-z0-9-]+/[a-z0-9-]+(?:#\d+)?)(?: (?P<digests>[\w-]*))?", re.ASCII)

_ALIKE = str.maketrans({"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "‚": "'", "–": "-", "—": "-", "‑": "-"})
_UNSEEN = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")


def alike(text: str) -> str:
    """Words as they are compared: what office programs change by themselves, or nobody sees, makes no difference.

    White space, quotation marks, hyphens and dashes of any kind, ellipses.
    """
    plain = unicodedata.normalize("NFC", _UNSEEN.sub("", text)).translate(_ALIKE)
    return " ".join(plain.replace("…", "...").replace("--", "-").split())


# Slides ------------------------------------------------------------------------------------------


def mark(notes: Any, id: str, texts: Iterable[str]) -> None:
    """Puts a slide's id on its page of notes (`p:notes`), with a digest of each of its `texts` as built."""
    tree = notes.find(f"{{{P}}}cSld/{{{P}}}spTree")
    number = max(int(each.get("id")) for each in tree.iter(f"{{{P}}}cNvPr")) + 1
    name = f"{_MARK}{id} {joined(texts)}"
    about = named(number, name, "", decorative=True).replace("<p:cNvPr", '<p:cNvPr hidden="1"', 1)
    tree.append(
        parse(
            f"<p:sp {NAMESPACES}><p:nvSpPr>{about}<p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr>"
            '<a:xfrm><a:off x="0" y="0"/><a:ext cx="12700" cy="12700"/></a:xfrm>'
            '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/><a:ln><a:noFill/></a:ln></p:spPr></p:sp>'
        )
    )


def marked(name: str) -> tuple[str, frozenset[str]] | None:
    """The id and the digests in the name of a shape; None for any other shape."""
    found = _MARKER.fullmatch(name)
    if found is None:
        return None
    return found["id"], digests_in(found["digests"] or "")


def joined(texts: Iterable[str]) -> str:
    """The digests of texts in a row."""
    return "".join(sorted({digest(text) for text in texts}))


def digests_in(row: str) -> frozenset[str]:
    """The digests in a row."""
    return frozenset(row[n : n + _DIGEST] for n in range(0, len(row), _DIGEST))


def digest(text: str) -> str:
    """A few characters that stand for a text; the same for texts that are `alike`."""
    hashed = hashlib.sha256(alike(text).encode()).digest()
    return urlsafe_b64encode(hashed).decode()[:_DIGEST]


# The file ----------------------------------------------------------------------------------------


def custom_properties(labels: Mapping[str, str]) -> str:
    """The part that holds `labels` as properties of the document; a long one is split over several."""
    rows = ""
    for number, (name, value) in enumerate(_split(labels), 2):
        rows += (
            f'<property fmtid="{_SET}" pid="{number}" name={quoteattr(name)}>'
            f"<vt:lpwstr>{escape(value)}</vt:lpwstr></property>"
        )
    return f'<Properties xmlns="{_SPACE}" xmlns:vt="{_TYPES}">{rows}</Properties>'


def _split(labels: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for name, value in labels.items():
        for count, start in enumerate(range(0, len(value), _LONGEST), 1):
            yield f"{_PREFIX}{name}{f' {count}' if count > 1 else ''}", value[start : start + _LONGEST]


def labels_in(properties: etree._Element) -> Mapping[str, str]:
    """The labels of a file, from the root of its custom properties; those that it has."""
    given = {}
    for row in list(properties)[:_MOST]:
        name = str(row.get("name", "")).removeprefix(_PREFIX)
        given[name] = "".join(str(text) for text in row.itertext())
    found = {}
    for label in LABELS:
        parts = [given[label]] if label in given else []
        parts += [given[f"{label} {count}"] for count in range(2, _MOST) if f"{label} {count}" in given]
        if parts:
            found[label] = "".join(parts)
    return found
