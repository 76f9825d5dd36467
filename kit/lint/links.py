"""Addresses of web pages: written so that they can be followed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kit.diagnostics import Diagnostic
from kit.lint.prose import Passage

_LINK = re.compile(r"\]\((?P<target>[^)]*)\)|(?P<address>\bhttps?:[^\s)>\]”’]*)")
_ADDRESS = re.compile(
    r"https?://(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}(?::\d{1,5})?(?:[/?#]\S*)?|mailto:[^@\s]+@[^@\s]+\.[a-z]{2,}",
    re.IGNORECASE,
)


def malformed_links(read: Sequence[Passage]) -> Iterator[Diagnostic]:
    """Links whose target cannot be an address: nobody on paper or on screen could follow them."""
    for passage in read:
        for address in _addresses(passage):
            if not _ADDRESS.fullmatch(address):
                yield Diagnostic(
                    "malformed-link",
                    f"“{address}” is not the address of a page.",
                    "Copy the whole of it from the browser, from https:// to the end.",
                    passage.place,
                )


def _addresses(passage: Passage) -> Iterator[str]:
    if passage.key == "link":
        yield passage.words
    elif "](" in passage.words or "http" in passage.words:
        for match in _LINK.finditer(passage.words):
            yield match["target"] if match["target"] is not None else match["address"].rstrip(".,;:!?")
