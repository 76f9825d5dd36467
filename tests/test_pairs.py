"""Every colour that a template, a drawing or a slide uses stands in the table of pairs that are proven."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import tinycss2

from kit.model.brand import Palette
from kit.model.page import A4
from kit.palette import PAIRS
from kit.render.deck.grid import TINT, Layout
from kit.render.deck.layouts import ALL
from kit.render.deck.theme import COLOURS

TEMPLATES = Path(__file__).parents[1] / "templates"
SHEETS = sorted(TEMPLATES.rglob("*.css"))
PAGES = sorted(TEMPLATES.rglob("*.j2"))
PROVEN = {(pair.text, pair.ground) for pair in PAIRS}
GROUNDS = {pair.ground for pair in PAIRS}
FIELDS = set(Palette.__dataclass_fields__)
TYPES = {"base-type", "heading-type"}
SIZES = {"small", "work", "h3", "h2", "h1", "display", "line", "half", "hair", "fine", "logo", "size", "spare", "foot"}
SIZES |= {"body", *A4.properties}
"""The other variables of style sheets: lengths, and the 2 rules, which are in ink."""

_USED = re.compile(r"var\(--([a-z0-9-]+)")
_LITERAL = re.compile(r"#[0-9a-fA-F]{3,8}\b|\b(?:white|black|gr[ae]y|red|blue|green|rgba?\(|hsla?\()")
_TAG = re.compile(r"<(text|g|rect|circle|path|svg)\b((?:\{\{.*?\}\}|\{%.*?%\}|[^>])*)>", re.DOTALL)
_PAINT = re.compile(r'(fill|stroke)="((?:\{\{.*?\}\}|\{%.*?%\}|[^"])*)"', re.DOTALL)
_FIELD = re.compile(r"palette\.([a-z_]+)")


def rules(css: str) -> Iterator[dict[str, str]]:
    """The declarations of each rule, also of those within `@media` and `@page`."""
    waiting = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
    while waiting:
        rule = waiting.pop(0)
        content = getattr(rule, "content", None)
        if content is None:
            continue
        inner = tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True)
        yield {each.name: tinycss2.serialize(each.value) for each in inner if each.type == "declaration"}
        waiting += [each for each in inner if each.type in ("qualified-rule", "at-rule")]


def pairs_of(declarations: dict[str, str]) -> Iterator[tuple[str, str]]:
    """What a rule sets on what: text is ink and the ground is the page's where it does not say."""
    text = _USED.findall(declarations.get("color", ""))
    ground = _USED.findall(declarations.get("background", declarations.get("background-color", "")))
    for one in text or (["ink"] if ground else []):
        yield from ((one, other) for other in ground or ["ground"] if one != other)
    for name, value in declarations.items():
        if name.startswith("border") and _USED.findall(value) == ["tint"]:
            # No line is as pale as that: a border as wide as a column is the ground of what stands there.
            yield "ink", "tint"
        elif name not in ("color", "background", "background-color"):
            yield from ((colour, "ground") for colour in _USED.findall(value) if colour in FIELDS - {"ground"})


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.relative_to(TEMPLATES).as_posix())
def test_style_sheets_set_only_proven_pairs(sheet: Path) -> None:
    css = sheet.read_text("utf-8")
    assert set(_USED.findall(css)) <= FIELDS | SIZES | TYPES
    found = {pair for declarations in rules(css) for pair in pairs_of(declarations)}
    assert found - PROVEN == set()


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.relative_to(TEMPLATES).as_posix())
def test_style_sheets_have_no_colour_of_their_own(sheet: Path) -> None:
    values = [value for declarations in rules(sheet.read_text("utf-8")) for value in declarations.values()]
    assert [value for value in values if _LITERAL.search(value)] == []


def painted(source: str) -> tuple[set[str], set[str], set[str]]:
    """The fields that words, grounds and lines are painted with in the drawings of a template."""
    words, grounds, lines = set(), {"ground"}, set()
    for tag, rest in re.findall(
        r"<(text|g|rect|circle|path|svg)\b((?:\{\{.*?\}\}|\{%.*?%\}|[^>])*)>", source, re.DOTALL
    ):
        for paint, value in re.findall(r'(fill|stroke)="((?:\{\{.*?\}\}|\{%.*?%\}|[^"])*)"', rest, re.DOTALL):
            fields = set(_FIELD.findall(value))
            if paint == "stroke":
                lines |= fields
            elif tag == "text" or (tag == "g" and "font" in rest):
                words |= fields
            else:
                grounds |= fields
    return words, grounds, lines


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.relative_to(TEMPLATES).as_posix())
def test_drawings_set_only_colours_that_are_proven_on_a_ground_they_have(page: Path) -> None:
    source = page.read_text("utf-8")
    assert set(_FIELD.findall(source)) <= FIELDS
    words, grounds, lines = painted(source)
    for word in words:
        assert any((word, ground) in PROVEN for ground in grounds)
    for ground in grounds - {"ground"}:
        # A shape is told from the page by its own colour, or by the line around it.
        assert (ground, "ground") in PROVEN or lines & {"ink", "brand"}
        assert ground in GROUNDS or not words
    assert {(line, "ground") for line in lines - {"ground"}} <= PROVEN


def on_slides(layout: Layout) -> Iterator[tuple[str, str]]:
    """The pairs of a layout, in the theme's names; a dark one has the brand for its ground."""
    names = {"bg1": "dk2", "tx1": "lt1", "accent1": "lt1", "accent2": "lt2"} if layout.dark else {}
    usual = {"bg1": "lt1", "tx1": "dk1", "bg2": "lt2", "tx2": "dk2"}

    def named(colour: str) -> str:
        return names.get(colour) or usual.get(colour, colour)

    for holder in layout.placeholders:
        panels = [
            shape.colour
            for shape in layout.shapes
            if shape.box.y <= holder.box.y and shape.box.y + shape.box.height >= holder.box.y + holder.box.height
            if shape.box.width > holder.box.width
        ]
        ground = named(panels[-1] if panels else "bg1")
        for level in holder.levels:
            yield named(level.colour), ground
        for column in holder.table.columns if holder.table else ():
            yield named(column.colour), ground
    for shape in layout.shapes:
        # A quiet ground says nothing by itself; what stands on it is proven above.
        if shape.colour != TINT:
            yield named(shape.colour), named("bg1")


@pytest.mark.parametrize("layout", ALL, ids=lambda layout: layout.name)
def test_slides_set_only_proven_pairs(layout: Layout) -> None:
    found = {(COLOURS[text], COLOURS[ground]) for text, ground in on_slides(layout)}
    assert found - PROVEN == set()


def test_the_walk_finds_what_is_not_proven() -> None:
    (declarations,) = rules(".a { color: var(--hairline); background: var(--tint) }")
    assert set(pairs_of(declarations)) == {("hairline", "tint")}
    assert not PROVEN & {("hairline", "tint")}
    assert painted('<text fill="{{ palette.muted }}">a</text><rect fill="{{ palette.tint }}"/>')[0] == {"muted"}
