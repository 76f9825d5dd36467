"""No template has words of its own: every fixed phrase stands in content/words, is asked for by its name, and is used.

A template is looked at in 2 ways. Its text, with every tag of Jinja taken out, must hold no letter outside of HTML tags
and of the attributes that hold ids and numbers. Its expressions are followed from the constants in them, through names,
loops and macros, to where they are printed.
"""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
import yaml
from jinja2 import nodes
from speaking import english

from kit.model.language import Forms
from kit.model.words import Words
from kit.render.html import environment

ROOT = Path(__file__).parents[1]
TEMPLATES = {
    path.relative_to(ROOT / "templates").as_posix(): path.read_text("utf-8")
    for path in sorted((ROOT / "templates").rglob("*.j2"))
}
ENV = environment(TEMPLATES, english)


# The text of a template ------------------------------------------------------------------------------

EXPRESSION = "\ue000"
"""Stands for an expression in the text of a template."""

_STYLE = re.compile(r"<style>.*?</style>|<!--.*?-->", re.DOTALL)
_TAG = re.compile(rf"<[!/]?([a-zA-Z{EXPRESSION}])[^<>]*>")
_ATTRIBUTE = re.compile(r"""([a-zA-Z][\w:-]*)="([^"]*)\"""")
_ENTITY = re.compile(r"&[a-z]+;")
_MACRO = re.compile(r"^\s*(?:macro\s+(\w+)|endmacro)")
_LETTER = re.compile(r"[^\W\d_]")

CODES = {
    *("id", "class", "href", "src", "style", "scope", "role", "type", "name", "for", "charset", "xmlns", "rel"),
    *("viewBox", "d", "fill", "stroke", "transform", "text-anchor", "font-family", "width", "height", "points"),
    *("stroke-linecap", "stroke-linejoin", "aria-hidden", "aria-labelledby", "data-slot", "data-layout"),
    *("http-equiv", "autocomplete", "inputmode"),
}
"""Attributes that nobody reads: ids, numbers, the names of styles. Any other is read out or printed."""

NOT_WORDS = {"width=device-width, initial-scale=1", "kit", "currentColor"}
"""What is no word of a language: for the browser, for a drawing, or the program's own name."""


@dataclass(frozen=True)
class Printed:
    """An expression that is printed where people read, its line and the macro that it stands in, if any."""

    source: str
    line: int
    macro: str


def text_of(source: str) -> tuple[str, list[Printed]]:
    """The text of a template with EXPRESSION for each expression and nothing for each statement; the expressions."""
    text, expressions, begun = "", [], 0
    inside = macro = words = ""
    for line, kind, value in ENV.lex(source):
        if kind == "data":
            text += value
        elif kind in ("variable_begin", "block_begin", "comment_begin"):
            inside, begun, words = kind, line, ""
        elif kind in ("variable_end", "block_end", "comment_end"):
            if inside == "variable_begin":
                expressions.append(Printed(words, begun, macro))
                text += EXPRESSION
            elif named := _MACRO.search(words):
                macro = named[1] or ""
            inside = ""
        elif inside:
            words += value
    return text, expressions


def letters_left(name: str, source: str) -> tuple[list[str], list[Printed]]:
    """Words in the text of a template, and those of its expressions that people read."""
    text, expressions = text_of(source)
    if ".html." not in name and ".svg." not in name:
        return [line.strip() for line in text.splitlines() if _LETTER.search(line.replace(EXPRESSION, ""))], expressions

    found: list[str] = []
    unread: set[int] = set()
    text = _STYLE.sub(lambda match: match[0] if EXPRESSION in match[0] else "", text)
    counted = [match.start() for match in re.finditer(EXPRESSION, text)]
    for style in _STYLE.finditer(text):
        unread |= {number for number, at in enumerate(counted) if style.start() <= at < style.end()}
    for tag in _TAG.finditer(text):
        unread |= {number for number, at in enumerate(counted) if at == tag.start(1)}
        for attribute in _ATTRIBUTE.finditer(tag[0]):
            start, end = tag.start() + attribute.start(2), tag.start() + attribute.end(2)
            if attribute[1] in CODES or attribute[2] in NOT_WORDS:
                unread |= {number for number, at in enumerate(counted) if start <= at < end}
            elif _LETTER.search(attribute[2].replace(EXPRESSION, "")):
                found.append(attribute[0])
    bare = _ENTITY.sub("", _TAG.sub("", _STYLE.sub("", text)))
    found += [line.strip() for line in bare.splitlines() if _LETTER.search(line.replace(EXPRESSION, ""))]
    return found, [each for number, each in enumerate(expressions) if number not in unread]


# Its expressions -------------------------------------------------------------------------------------

NUMBERS = {"length", "int", "float", "round", "sum", "count"}
"""Filters whose result is no text."""
WITH_TEXT = {"join", "replace", "format", "default", "d"}
"""Filters whose arguments are printed too."""
_FORMAT = re.compile(r"%[-+]?[\d.]*[sdfeg]")
_MARKUP = re.compile(r"<[^<>]*>?")


def is_word(constant: str) -> bool:
    """Letters are left when mark-up and the places for values are taken away."""
    if constant.startswith("<"):
        for attribute in _ATTRIBUTE.finditer(constant):
            if attribute[1] not in CODES and _LETTER.search(_FORMAT.sub("", attribute[2])):
                return True
        constant = _MARKUP.sub("", constant)
    return constant not in NOT_WORDS and bool(_LETTER.search(_FORMAT.sub("", _ENTITY.sub("", constant))))


def printed(node: nodes.Node) -> Iterator[str | tuple[str, ...]]:
    """What an expression may print: constants as they are, names as tuples of their parts."""
    match node:
        case nodes.Const(value=str(value)):
            yield value
        case nodes.Name():
            yield (node.name,)
        case nodes.Getattr(node=nodes.Name(name=name)):
            yield (name, node.attr)
        case nodes.CondExpr():
            yield from printed(node.expr1)
            if node.expr2 is not None:
                yield from printed(node.expr2)
        case nodes.Filter() if node.name in NUMBERS:
            return
        case nodes.Filter():
            if node.node is not None:
                yield from printed(node.node)
            for argument in node.args if node.name in WITH_TEXT else ():
                yield from printed(argument)
        case nodes.Call(node=nodes.Name(name="phrase")):
            for pair in node.kwargs:
                yield from printed(pair.value)
        case nodes.Call(node=nodes.Getattr(node=nodes.Name(name="language"))):
            for argument in node.args[:1]:
                yield from printed(argument)
        case nodes.Call(node=nodes.Getattr(node=nodes.Dict())):
            for pair in node.node.node.items:
                yield from printed(pair.key)
                yield from printed(pair.value)
        case nodes.Call(node=nodes.Getattr()):
            yield from printed(node.node.node)
        case nodes.Getitem():
            yield from printed(node.node)
        case nodes.Dict():
            for pair in node.items:
                yield from printed(pair.value)
        case nodes.BinExpr() | nodes.Concat() | nodes.List() | nodes.Tuple():
            for child in node.iter_child_nodes():
                yield from printed(child)


def bound(target: nodes.Node, value: nodes.Node) -> Iterator[tuple[tuple[str, ...], nodes.Node]]:
    """Names and what is put into them, part by part where both sides have parts."""
    match target:
        case nodes.Name() if isinstance(value, nodes.Call) and getattr(value.node, "name", "") == "namespace":
            for pair in value.kwargs:
                yield (target.name, pair.key), pair.value
        case nodes.Name():
            yield (target.name,), value
        case nodes.NSRef():
            yield (target.name, target.attr), value
        case nodes.Tuple() if isinstance(value, nodes.Tuple) and len(value.items) == len(target.items):
            for one, other in zip(target.items, value.items, strict=True):
                yield from bound(one, other)
        case nodes.Tuple():
            for one in target.items:
                yield from bound(one, value)


Name = tuple[str, ...]
"""The template, the macro whose argument it is (or nothing), and the parts of the name."""


def macros_by_call(name: str, trees: Mapping[str, nodes.Template]) -> dict[tuple[str, ...], tuple[str, nodes.Macro]]:
    """The macros that a template can call, its own and imported ones, by the parts of the names that it uses."""

    def of(template: str) -> dict[str, tuple[str, nodes.Macro]]:
        return {macro.name: (template, macro) for macro in trees[template].find_all(nodes.Macro)}

    found: dict[tuple[str, ...], tuple[str, nodes.Macro]] = {}
    for node in trees[name].find_all((nodes.Import, nodes.FromImport)):
        macros = of(node.template.value)
        if isinstance(node, nodes.Import):
            found |= {(node.target, macro): told for macro, told in macros.items()}
        else:
            pairs = [(each, each) if isinstance(each, str) else each for each in node.names]
            found |= {(alias,): macros[macro] for macro, alias in pairs}
    return found | {(macro,): told for macro, told in of(name).items()}


def bindings(
    tree: nodes.Template, macros: Mapping[tuple[str, ...], tuple[str, nodes.Macro]], name: str
) -> Iterator[tuple[Name, nodes.Node, str]]:
    """What a template gives names to in sets, loops and arguments: the name, the value, the macro around it."""
    around = {id(node): macro.name for macro in tree.find_all(nodes.Macro) for node in macro.find_all(nodes.Node)}
    for node in tree.find_all((nodes.Assign, nodes.For, nodes.Macro, nodes.Call)):
        macro = around.get(id(node), "")
        match node:
            case nodes.Assign():
                for to, value in bound(node.target, node.node):
                    yield (name, "", *to), value, macro
            case nodes.For():
                items = node.iter.items if isinstance(node.iter, nodes.List | nodes.Tuple) else [node.iter]
                for item in items:
                    for to, value in bound(node.target, item):
                        yield (name, "", *to), value, macro
            case nodes.Macro():
                for argument, value in zip(reversed(node.args), reversed(node.defaults), strict=False):
                    yield (name, node.name, argument.name), value, macro
            case nodes.Call():
                called = next((each for each in printed(node.node) if each in macros), None)
                if called is not None:
                    where, its = macros[called]
                    for argument, value in zip(its.args, node.args, strict=False):
                        yield (where, its.name, argument.name), value, macro
                    for pair in node.kwargs:
                        yield (where, its.name, pair.key), pair.value, macro


@dataclass(frozen=True)
class Held:
    """For each name the words in constants that may be in it."""

    words: Mapping[Name, frozenset[str]]
    arguments: frozenset[Name]

    def name(self, template: str, macro: str, parts: tuple[str, ...]) -> Name:
        """What a name means where it stands: an argument of the macro around it, or a name of the template."""
        return (template, macro if (template, macro, parts[0]) in self.arguments else "", *parts)


@cache
def held() -> Held:
    trees = {name: ENV.parse(source) for name, source in TEMPLATES.items()}
    arguments = frozenset(
        (name, macro.name, argument.name)
        for name, tree in trees.items()
        for macro in tree.find_all(nodes.Macro)
        for argument in macro.args
    )
    words: dict[Name, frozenset[str]] = defaultdict(frozenset)
    found = Held(words, arguments)
    flows = [
        (to, found.name(name, macro, source) if isinstance(source, tuple) else source)
        for name, tree in trees.items()
        for to, value, macro in bindings(tree, macros_by_call(name, trees), name)
        for source in printed(value)
    ]
    before = -1
    while (size := sum(map(len, words.values()))) != before:
        before = size
        for to, source in flows:
            if isinstance(source, tuple):
                words[to] |= words.get(source, frozenset())
            elif is_word(source):
                words[to] |= {source}
    return found


def words_printed(name: str, expression: Printed) -> Iterator[str]:
    tree = ENV.parse("{{" + expression.source + "}}")
    for output in tree.find_all(nodes.Output):
        for node in output.nodes:
            for source in printed(node):
                if isinstance(source, tuple):
                    said = held().words.get(held().name(name, expression.macro, source), frozenset())
                else:
                    said = frozenset({source})
                yield from (f"line {expression.line}: {word!r}" for word in sorted(said) if is_word(word))


_CODE = re.compile(r"[a-z0-9]+([-_./][a-z0-9]+)*")


def words_compared(tree: nodes.Template) -> Iterator[str]:
    """Constants that decide something and look like words in print: with a capital letter, or several words."""
    for node in tree.find_all(nodes.Compare):
        if isinstance(node.expr, nodes.Name) and node.expr.name == "letter":
            continue  # A class of letters, such as those that are set narrow.
        for constant in node.find_all(nodes.Const):
            if isinstance(constant.value, str) and is_word(constant.value) and not _CODE.fullmatch(constant.value):
                yield f"line {constant.lineno}: {constant.value!r}"


class TestTemplate:
    @pytest.mark.parametrize("name", sorted(TEMPLATES))
    def test_has_no_words_of_its_own(self, name: str) -> None:
        found, expressions = letters_left(name, TEMPLATES[name])
        found += [word for expression in expressions for word in words_printed(name, expression)]
        assert not found

    @pytest.mark.parametrize("name", sorted(TEMPLATES))
    def test_decides_nothing_by_a_word_in_print(self, name: str) -> None:
        assert not list(words_compared(ENV.parse(TEMPLATES[name])))


# What the test sees ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "source",
    [
        "<p>Do {{ x }}</p>",
        '<img alt="A logo">',
        '<img alt="{{ "A logo" if x }}">',
        '{{ "Do" }}',
        "{{ x ~ ', or' }}",
        '{{ {"a": "the room"}[x] }}',
        '{% set y = "Do" if x %}{{ y }}',
        '{% for label, text in [("Do", x)] %}{{ label }}: {{ text }}{% endfor %}',
        '{% for label, text in {"Do": x}.items() %}{{ label }}: {{ text }}{% endfor %}',
        '{% set ns = namespace(said="") %}{% set ns.said = "Do" %}{{ ns.said }}',
        '{% macro row(label) %}<p>{{ label }}</p>{% endmacro %}{{ row("Do") }}',
        '{{ x | join(" and ") }}',
        '{{ x | replace("until ", "") }}',
        '{{ "Page %s" | format(x) }}',
        '{{ phrase("common.of", what="the room") }}',
    ],
)
def test_words_are_seen(source: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(TEMPLATES, "a/page.html.j2", source)
    assert words_of("a/page.html.j2", source, monkeypatch)


@pytest.mark.parametrize(
    "source",
    [
        """<p class="turned">{{ x }}: {{ y | join(', ') }}&nbsp;×</p>""",
        """<p class="card{{ ' turned' if x }}">{{ y if x == 'break' else 1 }}</p>""",
        '{% set kind = "alone" %}<p class="{{ kind }}">{{ phrase("kind." ~ kind) }}</p>',
        '{% macro row(sign, label) %}{{ symbol(sign) }}{{ label }}{% endmacro %}{{ row("do", phrase("guide.do")) }}',
        '{% macro box(text) %}<p class="{{ text }}"></p>{% endmacro %}{{ box("side") }}'
        "{% macro all(text) %}{{ text }}{% endmacro %}{{ all(x) }}",
        """{{ phrase("guide.as_before", page='<a class="page" href="#block-%s">…</a>' | format(x) | safe) }}""",
        "{{ language.listed(x, 'or') }} {{ '%.2f' | format(y) }}",
    ],
)
def test_ids_and_names_are_no_words(source: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not words_of("a/page.html.j2", source, monkeypatch)


def words_of(name: str, source: str, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.setitem(TEMPLATES, name, source)
    held.cache_clear()
    found, expressions = letters_left(name, source)
    found += [word for each in expressions for word in words_printed(name, each)]
    held.cache_clear()
    return found


# The phrases -----------------------------------------------------------------------------------------


def english() -> dict[str, Forms]:
    words = Words.model_validate(yaml.safe_load((ROOT / "content" / "words" / "en-GB.yaml").read_text("utf-8")))
    return {f"{group}.{name}": phrase for group, named in words.phrases.items() for name, phrase in named.items()}


PHRASES = english()


ANYTHING = ".+"
"""In the name of a phrase, for what only a run of the program knows."""


@dataclass(frozen=True)
class Use:
    """Phrases that are asked for in 1 place."""

    where: str
    name: str
    """A regular expression: the name itself, or with ANYTHING where it is put together from parts."""
    fields: frozenset[str] | None
    """What is filled in; None where the call does not say."""

    def __str__(self) -> str:
        return f"{self.where}: {self.name.replace(ANYTHING, '…').replace(chr(92), '')}"

    @property
    def whole(self) -> bool:
        return ANYTHING not in self.name

    def phrases(self) -> list[str]:
        return [name for name in PHRASES if re.fullmatch(self.name, name)]


def uses_of_template(name: str, source: str) -> Iterator[Use]:
    def named(node: nodes.Node) -> Iterator[str]:
        match node:
            case nodes.Const():
                yield re.escape(node.value)
            case nodes.Concat(nodes=[nodes.Const(), *_]):
                yield "".join(re.escape(n.value) if isinstance(n, nodes.Const) else ANYTHING for n in node.nodes)
            case nodes.CondExpr():
                yield from named(node.expr1)
                yield from named(node.expr2)
            case _:
                raise AssertionError(f"{name}:{node.lineno}: the name of a phrase begins with its group, in quotes")

    for call in ENV.parse(source).find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name == "phrase":
            fields = frozenset(pair.key for pair in call.kwargs) if call.dyn_kwargs is None else None
            for phrase in named(call.args[0]):
                yield Use(f"{name}:{call.lineno}", phrase, fields)


def names_in(node: ast.expr) -> Iterator[str]:
    """The names that an argument may hold, as regular expressions."""
    match node:
        case ast.Constant(value=str(value)):
            yield re.escape(value)
        case ast.JoinedStr():
            yield "".join(re.escape(n.value) if isinstance(n, ast.Constant) else ANYTHING for n in node.values)
        case ast.IfExp():
            yield from names_in(node.body)
            yield from names_in(node.orelse)
        case ast.Subscript(value=ast.Tuple(elts=each)):
            for one in each:
                yield from names_in(one)
        case _:
            yield ANYTHING


def groups_of_functions(tree: ast.Module) -> dict[str, str]:
    """Functions that ask for a phrase of 1 group by the name that they are given first: `_say` and `slides.`."""
    groups = {}
    for node in ast.walk(tree):
        match node:
            case ast.FunctionDef(
                args=ast.arguments(posonlyargs=[ast.arg(), ast.arg(arg=given)]),
                body=[ast.Return(ast.Call(ast.Attribute(attr="phrase"), [ast.JoinedStr([group, its]), *_]))],
            ) if isinstance(group, ast.Constant) and isinstance(its, ast.FormattedValue):
                if isinstance(its.value, ast.Name) and its.value.id == given:
                    groups[node.name] = re.escape(str(group.value))
    return groups


def uses_of_module(path: Path) -> Iterator[Use]:
    tree = ast.parse(path.read_text("utf-8"))
    groups = groups_of_functions(tree)
    where = path.relative_to(ROOT).as_posix()
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(attr=called), args=[first, *_]) if called in (
                "phrase",
                "pattern",
                *groups,
            ):
                group = groups.get(called, "")
                told = called != "pattern" and all(word.arg for word in node.keywords)
                for name in names_in(first):
                    if not group and (name == ANYTHING or name.removesuffix(ANYTHING) in groups.values()):
                        continue  # It passes a name on: whoever gives the name is the one who asks.
                    fields = frozenset(str(word.arg) for word in node.keywords) if told and name != ANYTHING else None
                    yield Use(f"{where}:{node.lineno}", group + name, fields)
            case ast.Constant(value=str(value)) if value in PHRASES:
                yield Use(f"{where}:{node.lineno}", re.escape(value), None)


USES = [
    *(use for name, source in TEMPLATES.items() for use in uses_of_template(name, source)),
    *(use for path in sorted((ROOT / "kit").rglob("*.py")) for use in uses_of_module(path)),
]
WHOLE = {name for use in USES if use.whole for name in use.phrases()}


class TestPhrase:
    def test_exists_where_it_is_asked_for(self) -> None:
        assert not [str(use) for use in USES if not use.phrases()]

    def test_is_asked_for_with_its_group(self) -> None:
        assert not [str(use) for use in USES if r"\." not in use.name]

    def test_is_used(self) -> None:
        used = {name for use in USES for name in use.phrases()}
        assert not [name for name in PHRASES if name not in used]

    def test_is_given_all_that_it_asks_for(self) -> None:
        assert not [
            f"{use}: {name} needs {', '.join(sorted(missing))}"
            for use in USES
            if use.fields is not None
            for name in use.phrases()
            if use.whole or name not in WHOLE
            if (missing := PHRASES[name].fields() - use.fields)
        ]
