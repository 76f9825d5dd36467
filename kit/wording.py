"""The organisation's own words in the content: `{{ trust.short }}`, `{{ term.unit.many }}`.

Only names and their parts are allowed between the braces: no calls, no loops, no filters. A text
written by someone else can therefore neither run anything nor grow.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from jinja2 import TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

_ALLOWED = (nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Getattr)


@dataclass(frozen=True)
class Wording:
    """One word or name in the forms that a sentence needs."""

    one: str
    many: str
    has_article: bool = True
    """Whether the language has an indefinite article: Welsh, Irish and Gaelic have none."""

    def __str__(self) -> str:
        return self.one

    @property
    def a(self) -> str:
        """With its indefinite article: `a care group`, `an HSC trust`."""
        if not self.has_article:
            return self.one
        return f"{'an' if _sounds_like_a_vowel(self.one) else 'a'} {self.one}"

    @property
    def cap(self) -> str:
        """At the start of a sentence."""
        return self.one[:1].upper() + self.one[1:]

    @property
    def many_cap(self) -> str:
        """The plural at the start of a sentence."""
        return self.many[:1].upper() + self.many[1:]


FORMS = ("one", "many", "a", "cap", "many_cap")


def _sounds_like_a_vowel(phrase: str) -> bool:
    word = phrase.split()[0]
    if word.isupper() and len(word) > 1:
        # Initials are spelt out: an HSC trust, an NHS trust, a UK trust.
        return word[0] in "AEFHILMNORSX"
    lower = word.lower()
    if lower.startswith(("uni", "use", "eu", "one", "once")):
        return False
    return lower.startswith(("a", "e", "i", "o", "u", "hour", "honest", "honor", "honour", "heir"))


@dataclass(frozen=True)
class Vocabulary:
    """What `trust` and `term` stand for in one edition."""

    trust: Mapping[str, str]
    term: Mapping[str, Wording]

    def names(self) -> tuple[str, ...]:
        """Every name that a text may use."""
        terms = [f"term.{name}" for name in self.term]
        return (
            *(f"trust.{name}" for name in self.trust),
            *terms,
            *(f"{term}.{form}" for term in terms for form in FORMS),
        )


class UnknownWord(ValueError):
    """A text names something the vocabulary does not hold; `name` is what it asked for."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class BadPlaceholder(ValueError):
    """The braces hold something other than a name, or do not close."""


@lru_cache(maxsize=1)
def _environment() -> ImmutableSandboxedEnvironment:
    return ImmutableSandboxedEnvironment(keep_trailing_newline=True)


def has_placeholders(text: str) -> bool:
    return "{{" in text or "{%" in text or "{#" in text


_OPENING = re.compile(r"""(?:(?<=^)|(?<=[\s(\[“‘–—-])|(?<=\s\*)|(?<=\s\*\*))(["'])(?=[£$(\[]?\w|…)""", re.MULTILINE)
_DECADE = re.compile(r"(?<!\w)'(?=\d{2}s?\b)")


def curly(text: str) -> str:
    """Straight quotation marks and apostrophes as a typesetter would set them."""
    if "'" not in text and '"' not in text:
        return text
    text = _DECADE.sub("’", text)
    text = _OPENING.sub(lambda match: "“" if match[1] == '"' else "‘", text)
    return text.replace('"', "”").replace("'", "’")


def put_in(text: str, vocabulary: Vocabulary) -> str:
    """`text` with its placeholders filled.

    Raises UnknownWord for a name that does not exist, BadPlaceholder for anything but a name.
    """
    try:
        tree = _environment().parse(text)
    except TemplateSyntaxError as error:
        raise BadPlaceholder(text) from error
    if not all(isinstance(node, _ALLOWED) for node in tree.find_all(nodes.Node)):
        raise BadPlaceholder(text)
    known = set(vocabulary.names())
    # Names are looked up here instead of being run: nothing that a person wrote is ever executed.
    return "".join(_filled(part, known, vocabulary) for output in tree.find_all(nodes.Output) for part in output.nodes)


def _filled(part: nodes.Node, known: set[str], vocabulary: Vocabulary) -> str:
    if isinstance(part, nodes.TemplateData):
        return part.data
    name = _dotted(part)
    if name not in known:
        raise UnknownWord(name)
    group, word, *form = name.split(".")
    if group == "trust":
        return vocabulary.trust[word]
    return str(getattr(vocabulary.term[word], *form) if form else vocabulary.term[word])


def _dotted(node: nodes.Node) -> str:
    if isinstance(node, nodes.Getattr):
        return f"{_dotted(node.node)}.{node.attr}"
    return node.name if isinstance(node, nodes.Name) else "?"
