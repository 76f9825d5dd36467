"""A plan or an activity as the beginning of another: the same text, with a few values exchanged at their place."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

import yaml

from kit import source
from kit.faults import nearest

_SCHEMA_LINE = re.compile(r"\A# yaml-language-server: \$schema=.*\n")
_FLOW = set(",[]{}:?")
"""What a word may hold in a block and not between braces: quotation marks make it right in both."""


def schema_line(path: str | None) -> str:
    """The comment by which an editor finds the schema at `path`; empty when there is no way to it."""
    return f"# yaml-language-server: $schema={path}\n" if path else ""


def scalar(text: str) -> str:
    """`text` as a YAML value on one line: it reads back as the same text, in a block and between braces."""
    # The dumper follows YAML 1.1, our reader 1.2: for the one, 0o17 and 1e5 are words.
    bare = _dumped(text) == text and source.scalar(text) == text and _FLOW.isdisjoint(text)
    return text if bare else _dumped(text, '"')


def _dumped(text: str, style: str | None = None) -> str:
    dumped: str = yaml.safe_dump(text, allow_unicode=True, width=100_000, default_style=style)
    return dumped.removesuffix("...\n").removesuffix("\n")


def likely_source(id: str, known: Collection[str]) -> str | None:
    """The id that `id` was made from: one that it holds (`lunch-cardiology`), else one that is spelt much like it."""
    held = [each for each in known if f"-{each}-" in f"-{id}-"]
    return max(held, key=len) if held else nearest(id, known)


def title_of(id: str) -> str:
    """An id in words, until somebody thinks of a title: `Lunch cardiology`."""
    words = id.replace("-", " ")
    return words[:1].upper() + words[1:]


def with_values(text: str, values: Mapping[str, str], *, schema: str | None) -> str:
    """`text` with other values under some of its first keys, and with the way to its schema from where it goes.

    Comments and layout stay. The text is one that has been read before: a mapping, with each of the keys.
    """
    root = yaml.compose(text, Loader=source.PARSER)
    assert isinstance(root, yaml.MappingNode)
    spans = [
        (value.start_mark.index, value.end_mark.index, values[key.value])
        for key, value in root.value
        if key.value in values
    ]
    for start, end, value in sorted(spans, reverse=True):
        # A folded text ends with its line.
        end = start + len(text[start:end].rstrip())
        text = text[:start] + scalar(value) + text[end:]
    return _SCHEMA_LINE.sub(lambda _: schema_line(schema), text)
