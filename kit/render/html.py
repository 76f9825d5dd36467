"""Documents through their templates: a view and a template in, HTML out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from textwrap import wrap
from types import CodeType
from typing import TYPE_CHECKING, Any

from jinja2 import BytecodeCache, FunctionLoader, StrictUndefined
from jinja2.bccache import Bucket
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from kit.model.document import DeckView, HandoutView, ShownDeck
from kit.model.language import BEGIN, END, ENGLISH, InEnglish, Language
from kit.model.page import A4, Page
from kit.render import worksheet
from kit.render.markdown import markdown_blocks, markdown_inline, plain
from kit.render.spoken import tagged

if TYPE_CHECKING:
    from kit.render.slidepages import SlideSection

SLIDES = "deck/slides.html.j2"
"""The template of every slide: of the deck, of its handout and of its page."""
TEXT_WIDTH = 78
"""Characters in a line of a plain text: what mail programs leave as it is."""

_HANGING = re.compile(r"(?:[-•]|\d+\.|[A-ZÀ-ÖØ-ÞŴŶ][\w -]*:)\s+")
"""A mark or a label, which may begin with an accented letter in Welsh, Irish or Scottish Gaelic."""


def folded(text: str) -> str:
    """Plain text in lines of at most TEXT_WIDTH characters, with 1 blank line between paragraphs at the most.

    What follows the mark of a list or a label such as `When:` is indented to stand below its first word. A word
    is never broken, so that an address stays whole.
    """
    lines = []
    for line in text.strip().splitlines():
        mark = _HANGING.match(line)
        indent = " " * mark.end() if mark else ""
        lines += wrap(
            line,
            TEXT_WIDTH,
            subsequent_indent=indent,
            drop_whitespace=True,
            break_long_words=False,
            break_on_hyphens=False,
        ) or [""]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)) + "\n"


def whole_words(text: str) -> Markup:
    """A text with its hyphened words in a `span` that no line breaks; marked as English as above."""
    words = (Markup('<span class="whole">{}</span>').format(word) if "-" in word else word for word in text.split())
    written = Markup(" ").join(words)
    return Markup(f"{BEGIN}{written}{END}") if isinstance(text, InEnglish) else written


class _Compiled(BytecodeCache):
    """What templates compile to, by name and source: reading them takes longer than filling them."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], CodeType | None] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self.kept.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.kept[bucket.key, bucket.checksum] = bucket.code


_COMPILED = {True: _Compiled(), False: _Compiled()}
"""With values escaped for HTML, and without."""


def environment(
    templates: Mapping[str, str], language: Language, *, escape: bool = True, on_screen: bool = False
) -> ImmutableSandboxedEnvironment:
    """A sandbox over `templates` (name to source) that treats an undefined name as an error.

    Values are escaped for HTML unless `escape` is false.

    Filters: `md` (Markdown blocks), `mdi` (Markdown inline), `plain`, `whole` (no hyphened word is broken), `folded`.
    Functions: `symbol(id)` is the inline SVG of `shared/symbols/<id>.svg`, decorative, since a symbol always stands
    with a word; `diagram(id, alt, palette)` is a drawing with its alternative text; `phrase(name, **values)` is a
    fixed phrase in `language`, whose values may be mark-up; `slides_of(deck, paper)` are its slides as parts of a
    page, their drawings fit for `paper` where it is given. `as_spoken` is the attribute for what is quoted, and for
    the names of files; `on_screen` is true for the web page beside a PDF.
    """
    env = ImmutableSandboxedEnvironment(
        # A template's name stands for its file, so that a traceback tells where in which template it went wrong.
        loader=FunctionLoader(lambda name: (templates[name], name, None) if name in templates else None),
        autoescape=escape,
        bytecode_cache=_COMPILED[escape],
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )

    def symbol(id: str) -> Markup:
        svg = templates[f"shared/symbols/{id}.svg"]
        return Markup(svg.replace("<svg ", f'<svg class="symbol symbol-{id}" aria-hidden="true" ', 1).strip())

    def diagram(id: str, alt: str, palette: Any, page: Page = A4) -> Markup:
        return Markup(env.get_template(f"shared/diagrams/{id}.svg.j2").render(alt=alt, palette=palette, page=page))

    def leaves(handout: HandoutView, page: Page, palette: Any) -> tuple[worksheet.Leaf, ...]:
        return worksheet.leaves(handout, page, lambda part: diagram(part.diagram, part.alt, palette, page))

    def slides_of(deck: DeckView | ShownDeck, paper: Page | None = None) -> tuple[SlideSection, ...]:
        from kit.render.slidepages import drawn_for, sections

        shown = drawn_for(deck, paper) if paper and isinstance(deck, ShownDeck) else deck
        return sections(env.get_template(SLIDES).render(deck=shown))

    def phrase(name: str, /, **values: Any) -> str:
        pattern = language.pattern(name, values.get("n"))
        if not escape:
            return pattern.format(**values)
        filled = Markup.escape(str(pattern)).format(**values)
        return Markup(f"{BEGIN}{filled}{END}") if isinstance(pattern, InEnglish) else filled

    env.filters.update(md=markdown_blocks, mdi=markdown_inline, plain=plain, whole=whole_words, folded=folded)
    env.globals.update(symbol=symbol, diagram=diagram, phrase=phrase, language=language, on_screen=on_screen)
    env.globals.update(
        page=A4,
        leaves=leaves,
        slides_of=slides_of,
        column_widths=worksheet.column_widths,
        cell_height=worksheet.cell_height,
        on_its_line=worksheet.on_its_line,
        task_lines=worksheet.task_lines,
        scenario_lines=worksheet.scenario_lines,
        theme_lines=worksheet.theme_lines,
    )
    # Quotations stay in the language in which they were spoken. Files have English names in every pack.
    env.globals["as_spoken"] = Markup("" if language.tag == ENGLISH else f' lang="{ENGLISH}"')
    return env


def render(
    templates: Mapping[str, str], name: str, language: Language, *, on_screen: bool = False, **context: Any
) -> str:
    """The template `name` filled with `context`; what is raised here is a fault of a template."""
    return tagged(environment(templates, language, on_screen=on_screen).get_template(name).render(**context))


def render_text(templates: Mapping[str, str], name: str, language: Language, **context: Any) -> str:
    """The template `name` filled with `context` as plain text."""
    return environment(templates, language, escape=False).get_template(name).render(**context)
