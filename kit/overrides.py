"""A trust's own blocks of templates: which there are, what is wrong with them, and how they join the base's.

A file `templates/<document>/page.html.j2` of a trust begins with `{% extends "base/<document>/page.html.j2" %}` and
gives some of its blocks other contents; `templates/<document>/style.css` adds rules to the base's. Names and blocks are
found by reading alone. What only drawing shows (a value that is not there) is told by `kit.render.job`.

Jinja and tinycss2 are imported where they are used: an edition without templates of its own needs neither.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from types import UnionType
from typing import TYPE_CHECKING, Any, Union, get_args, get_origin, get_type_hints

from kit.diagnostics import Diagnostic, Place, in_order
from kit.faults import near
from kit.model.document import FacilitatorView, ParticipantView
from kit.model.kind import DocumentKind

if TYPE_CHECKING:
    from jinja2 import Environment
    from jinja2.nodes import Node, Template

BASE = "base/"
"""Before the name of a template: the base's own, where the trust's has taken its name."""
STYLE = "style.css"
FILTERS = ("md", "mdi", "plain", "whole", "folded")
"""The filters that `kit.render.html` adds to Jinja's own."""
_FUNCTIONS = ("symbol", "diagram", "phrase", "language", "as_spoken", "on_screen")
_OF_CARDS = ("layout", "sheets", "count", "advice", "remark")
_GIVEN = {
    "pdf": ("doc", "palette", "document", "edition", "page"),
    "cards": ("doc", "palette", "document", *_OF_CARDS),
    "text": ("doc", "document"),
    "calendar": ("doc", "document", "first"),
}
"""What a template is given, by the output of its document. Other outputs have no templates to change."""
_UNFIT_TAGS = re.compile(r"<\s*(script|style|link|meta|base|iframe|object|embed)\b", re.IGNORECASE)
_LISTING = "To see them all: kit list templates."
_COLOUR = re.compile(r"colou?r|background|border|outline|fill|stroke|shadow|decoration|column-rule")
_FETCHING = ("url", "src", "image", "image-set")
_NO_COLOURS = ("transparent", "currentcolor", "none", "inherit", "initial", "unset")


@dataclass(frozen=True)
class OwnTemplate:
    """A file of a trust's `templates`: its name below that folder, how messages name it, and its text."""

    name: str
    file: str
    text: str

    @property
    def document(self) -> str:
        return self.name.partition("/")[0]

    def place(self, line: int) -> Place:
        lines = self.text.splitlines()
        return Place(self.file, line, 1, lines[line - 1] if 1 <= line <= len(lines) else "")


def joined(templates: Mapping[str, str], own: Iterable[OwnTemplate]) -> Mapping[str, str]:
    """The base's templates with a trust's in front of them."""
    merged = dict(templates)
    for each in own:
        if each.name.endswith(f"/{STYLE}"):
            merged[each.name] = f"{templates.get(each.name, '')}\n{each.text}"
        else:
            merged |= {BASE + each.name: templates[each.name], each.name: each.text}
    return merged


def overridable(templates: Mapping[str, str], kinds: Sequence[DocumentKind]) -> dict[str, tuple[str, ...]]:
    """Every template that a trust may change a part of, with the names of its blocks as they follow each other."""
    return {name: tuple(_Base(templates, name).blocks) for name in _with_blocks(templates, kinds)}


def _with_blocks(templates: Mapping[str, str], kinds: Sequence[DocumentKind]) -> tuple[str, ...]:
    """The names of these templates, for which none of them needs to be read."""
    return tuple(
        f"{kind.id}/{page}"
        for kind in kinds
        if kind.output in _GIVEN
        for page in ("page.html.j2", "page.txt.j2")
        if f"{kind.id}/{page}" in templates
    )


def told(own: Iterable[OwnTemplate]) -> Iterator[str]:
    """What a trust's templates change, a sentence each."""
    for each in own:
        if each.name.endswith(f"/{STYLE}"):
            yield f"It adds rules to {each.name}."
        else:
            blocks = _names(_environment().parse(each.text))
            yield f"It has its own {'block' if len(blocks) == 1 else 'blocks'} of {each.name}: {', '.join(blocks)}."


def template_faults(
    own: Iterable[OwnTemplate], templates: Mapping[str, str], kinds: Sequence[DocumentKind]
) -> tuple[Diagnostic, ...]:
    """All that reading a trust's templates shows to be wrong."""
    return in_order(fault for each in own for fault in _faults(each, templates, kinds))


def _faults(own: OwnTemplate, templates: Mapping[str, str], kinds: Sequence[DocumentKind]) -> Iterator[Diagnostic]:
    known = _with_blocks(templates, kinds)
    documents = {name.partition("/")[0] for name in known}
    if own.name.endswith(f"/{STYLE}") and own.document in documents:
        yield from _stylesheet_faults(own)
    elif own.name in known:
        kind = next(kind for kind in kinds if kind.id == own.document)
        yield from _Reading(own, _Base(templates, own.name), kind, templates).faults()
    else:
        names = [*known, *(f"{document}/{STYLE}" for document in documents)]
        instead = {"deck": "What slides say is changed under `changes` in trust.yaml.", "index": "It is the kit’s own."}
        yield Diagnostic(
            "unknown-template",
            f"There is no template “{own.name}” that you can change. {near(own.name, names)}".strip(),
            instead.get(own.document, f"Give the file the name of one that there is, or take it away. {_LISTING}"),
            own.place(1),
        )


# Pages -------------------------------------------------------------------------------------------


def _environment() -> Environment:
    from jinja2 import Environment

    env = Environment(trim_blocks=True, lstrip_blocks=True)
    env.filters.update(dict.fromkeys(FILTERS, str))
    return env


def _names(tree: Template) -> tuple[str, ...]:
    from jinja2.nodes import Block

    return tuple(block.name for block in sorted(tree.find_all(Block), key=lambda block: block.lineno))


class _Base:
    """A template of the base with those that it extends: their blocks, and the names that they give to blocks."""

    def __init__(self, templates: Mapping[str, str], name: str) -> None:
        from jinja2.nodes import Block, Extends, Name

        self.blocks: list[str] = []
        self.scoped: set[str] = set()
        self.given: set[str] = set()
        self.inner: set[str] = set()
        """Names that a scoped block sees beside the others."""
        while name in templates:
            tree = _environment().parse(templates[name])
            self.blocks += [block for block in _names(tree) if block not in ("head", *self.blocks)]
            self.scoped |= {block.name for block in tree.find_all(Block) if block.scoped}
            self.given |= set(_given(tree))
            self.inner |= {each.name for each in tree.find_all(Name) if each.ctx == "store"}
            extends = tree.find(Extends)
            name = getattr(extends.template, "value", "") if extends else ""


def _given(node: Node) -> Iterator[str]:
    """The names that a template gives to its blocks: what it sets, imports and defines outside them."""
    from jinja2.nodes import Assign, AssignBlock, Block, For, FromImport, Import, Macro, Name

    for child in node.iter_child_nodes():
        match child:
            case Macro():
                yield child.name
            case Import():
                yield child.target
            case FromImport():
                yield from (name if isinstance(name, str) else name[1] for name in child.names)
            case Assign() | AssignBlock():
                yield from (
                    each.name for each in [child.target, *child.target.find_all(Name)] if isinstance(each, Name)
                )
            case Block() | For():
                pass
            case _:
                yield from _given(child)


class _Reading:
    """One page of a trust's, read against the base's."""

    def __init__(self, own: OwnTemplate, base: _Base, kind: DocumentKind, templates: Mapping[str, str]) -> None:
        self.own = own
        self.base = base
        self.kind = kind
        self.templates = templates

    def fault(self, code: str, message: str, advice: str, line: int) -> Diagnostic:
        return Diagnostic(code, message, advice, self.own.place(line))

    def faults(self) -> Iterator[Diagnostic]:
        from jinja2 import TemplateSyntaxError

        try:
            tree = _environment().parse(self.own.text)
        except TemplateSyntaxError as error:
            yield self.fault(
                "template-syntax",
                f"This cannot be read as a template: {(error.message or '').rstrip('.')}.",
                "Look for a tag that is not closed, and for an {% endblock %} too few, in this line and above it.",
                error.lineno,
            )
            return
        yield from self._shape(tree)
        yield from self._blocks(tree)
        yield from self._mark_up()
        yield from self._words(tree)

    def _shape(self, tree: Template) -> Iterator[Diagnostic]:
        from jinja2.nodes import Assign, AssignBlock, Block, Extends, FromImport, Import, Macro, Output, TemplateData

        body = [node for node in tree.body if not _is_blank(node)]
        wanted = f'{{% extends "{BASE}{self.own.name}" %}}'
        first = body[0] if body else None
        if not isinstance(first, Extends) or getattr(first.template, "value", "") != BASE + self.own.name:
            yield self.fault(
                "template-without-base",
                "This would take the place of a whole template, and only blocks of it can be changed.",
                f"Begin the file with {wanted} and keep only the blocks that you change.",
                first.lineno if first else 1,
            )
            return
        for node in body[1:]:
            if isinstance(node, Block | Assign | AssignBlock | Macro | Import | FromImport):
                continue
            outside = node.nodes if isinstance(node, Output) else [node]
            found = next(n for n in outside if not (isinstance(n, TemplateData) and not n.data.strip()))
            blank = len(found.data) - len(found.data.lstrip()) if isinstance(found, TemplateData) else 0
            line = found.lineno + (found.data[:blank].count("\n") if isinstance(found, TemplateData) else 0)
            yield self.fault(
                "unfit-template",
                "This stands outside every block, so that no page would show it.",
                "Put it between {% block NAME %} and {% endblock %}, or take it away.",
                line,
            )

    def _blocks(self, tree: Template) -> Iterator[Diagnostic]:
        from jinja2.nodes import Block

        for block in tree.find_all(Block):
            if block.name not in self.base.blocks:
                yield self.fault(
                    "unknown-template-block",
                    f"{self.own.name} has no block “{block.name}”. {near(block.name, self.base.blocks)}".strip(),
                    f"Its blocks are: {', '.join(self.base.blocks)}.",
                    block.lineno,
                )

    def _mark_up(self) -> Iterator[Diagnostic]:
        for number, line in enumerate(self.own.text.splitlines(), 1):
            if found := _UNFIT_TAGS.search(line):
                yield self.fault(
                    "unfit-template",
                    f"A template may not hold a <{found[1].lower()}>: it could bring in something from outside.",
                    f"Take it away. Rules of your own go into {self.own.document}/{STYLE} beside it.",
                    number,
                )

    def _words(self, tree: Template) -> Iterator[Diagnostic]:
        """Names of values, fields, filters, tests and templates that are not there."""
        from jinja2.nodes import Extends, Filter, FromImport, Getattr, Import, Include, Name, Test

        env = _environment()
        unfit = []
        for what, known, nodes in (
            ("filter", env.filters, tree.find_all(Filter)),
            ("test", env.tests, tree.find_all(Test)),
        ):
            unfit += [self._unknown(what, node.name, known, node.lineno) for node in nodes if node.name not in known]
        taking: tuple[Include | Import | FromImport, ...]
        taking = (*tree.find_all(Include), *tree.find_all(Import), *tree.find_all(FromImport))
        for taken in taking:
            named = getattr(taken.template, "value", None)
            if isinstance(named, str) and named not in self.templates:
                unfit.append(self._unknown("template", named, self.templates, taken.lineno))
        attributes = list(tree.find_all(Getattr))
        for attribute in attributes:
            if attribute.attr.startswith("_"):
                yield self.fault(
                    "unfit-template",
                    f"A template may not reach “{attribute.attr}”: it is part of the program, not of the content.",
                    "Take it away, and use what the base’s template uses.",
                    attribute.lineno,
                )
        yield from unfit
        if unfit:
            return
        given = {*_GIVEN[self.kind.output], *_FUNCTIONS, *env.globals, *self.base.given, *_given(tree)}
        if self.base.scoped & set(_names(tree)):
            given |= self.base.inner
        undeclared = _undeclared(tree) - given
        for name in sorted(undeclared):
            line = next((n.lineno for n in tree.find_all(Name) if n.name == name and n.ctx == "load"), 1)
            yield self._unknown("value", name, given, line)
        if not tree.find(Extends):
            return
        for attribute in attributes:
            held = self._record(attribute.node)
            there = _fields_of(held) if held is not None else []
            if there and attribute.attr not in there and not attribute.attr.startswith("_"):
                yield self._unknown("value", attribute.attr, there, attribute.lineno)

    def _unknown(self, what: str, name: str, known: Iterable[str], line: int) -> Diagnostic:
        return self.fault(
            "unknown-template-name",
            f"There is no {what} “{name}” here. {near(name, known)}".strip(),
            f"Use what templates/{self.own.name} of the kit uses in this place.",
            line,
        )

    def _record(self, node: Node) -> type | None:
        """The record that an expression such as `doc.occasion` stands for, where its type alone tells."""
        from jinja2.nodes import Getattr, Name

        participants = self.kind.audience != "facilitator" or self.kind.output == "cards"
        if isinstance(node, Name):
            return {"doc": ParticipantView if participants else FacilitatorView, "workshop": ParticipantView}.get(
                node.name
            )
        held = self._record(node.node) if isinstance(node, Getattr) else None
        if held is None or not isinstance(node, Getattr):
            return None
        kind = get_type_hints(held).get(node.attr)
        options = get_args(kind) if get_origin(kind) in (Union, UnionType) else (kind,)
        records = [option for option in options if isinstance(option, type) and is_dataclass(option)]
        return records[0] if len(records) == 1 else None


def _fields_of(record: type) -> list[str]:
    properties = [name for name in dir(record) if isinstance(getattr(record, name), property)]
    return [*(field.name for field in fields(record)), *properties]


def _undeclared(tree: Template) -> set[str]:
    from jinja2.meta import find_undeclared_variables

    return find_undeclared_variables(tree)


def _is_blank(node: Node) -> bool:
    from jinja2.nodes import Output, TemplateData

    return isinstance(node, Output) and all(isinstance(n, TemplateData) and not n.data.strip() for n in node.nodes)


# Stylesheets -------------------------------------------------------------------------------------


def _stylesheet_faults(own: OwnTemplate) -> Iterator[Diagnostic]:
    """What may not be added to a stylesheet. Colours are those of the brand, since those are proven readable."""
    tinycss2 = importlib.import_module("tinycss2")

    def unfit(message: str, advice: str, line: int) -> Diagnostic:
        return Diagnostic("unfit-stylesheet", message, advice, own.place(line))

    waiting: list[Any] = list(tinycss2.parse_stylesheet(own.text, skip_comments=True, skip_whitespace=True))
    while waiting:
        rule = waiting.pop()
        if rule.type == "error":
            advice = "Look for a brace or a colon that is missing, in this line and above it."
            yield unfit("This cannot be read as a rule of CSS.", advice, rule.source_line)
        elif rule.type == "at-rule" and rule.lower_at_keyword not in ("page", "media"):
            advice = "Take it away. Fonts are named in _brand.yml, and nothing is fetched."
            yield unfit(f"A stylesheet of yours may not hold @{rule.at_keyword}.", advice, rule.source_line)
        elif rule.type == "at-rule" or rule.type == "qualified-rule":
            waiting += tinycss2.parse_blocks_contents(rule.content or (), skip_comments=True, skip_whitespace=True)
        elif rule.type == "declaration":
            yield from _declaration_faults(rule, unfit)


def _declaration_faults(declaration: Any, unfit: Callable[[str, str, int], Diagnostic]) -> Iterator[Diagnostic]:
    tokens, colours = list(declaration.value), bool(_COLOUR.search(declaration.lower_name))
    for token in tokens:
        if token.type == "url" or (token.type == "function" and token.lower_name in _FETCHING):
            if not str(getattr(token, "value", "")).startswith("kit:"):
                advice = "Take it away: a pack uses only what the kit and the brand give it."
                yield unfit("A stylesheet of yours may not use a file or an address.", advice, token.source_line)
        elif colours and _is_colour(token):
            yield unfit(
                "Colours come from _brand.yml, where it is proven that they can be read.",
                "Write var(--brand), var(--accent), var(--ink), var(--muted), var(--tint) or var(--hairline).",
                token.source_line,
            )
        tokens += getattr(token, "arguments", ()) if token.type == "function" and token.lower_name != "var" else ()


def _is_colour(token: Any) -> bool:
    if token.type == "ident" and token.lower_value in _NO_COLOURS:
        return False
    return importlib.import_module("tinycss2.color4").parse_color(token) is not None
