"""What a deck is built on: our own template, or a trust's with our layouts mapped and grafted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Protocol

from lxml import etree

from kit.model.brand import Palette
from kit.render.deck.audit import House, audited
from kit.render.deck.colouring import paints
from kit.render.deck.corporate import Template, TheirLayout, most_used_master
from kit.render.deck.grafting import LEAST_SHARE, Graft, Host, add, graft, hosts, share
from kit.render.deck.grid import WIDE, Grid, Layout
from kit.render.deck.grounds import grounds
from kit.render.deck.layouts import HOSTED_FOR, kinds, layouts
from kit.render.deck.mapping import Match, as_ours, asked_for, best_match
from kit.render.deck.ooxml import A, R, painted, serialise
from kit.render.deck.package import (
    Package,
    Part,
    Refused,
    Relation,
    clean,
    free_id,
    open_package,
    put_together,
    read_xml,
    with_our_parts,
)
from kit.render.deck.template import HEADER, PML, compile_template, table_style, table_styles
from kit.render.deck.theme import FONT, theme_xml
from kit.render.deck.typefaces import width


class Design(Protocol):
    """Layouts for each kind of slide, the most fitting first, and the template that has those that are used."""

    @property
    def layouts(self) -> Mapping[str, tuple[Layout, ...]]: ...

    def template(self, used: Iterable[Layout]) -> bytes: ...


@dataclass(frozen=True)
class Own:
    """Our own template."""

    palette: Palette
    name: str
    grid: Grid = WIDE
    fonts: tuple[str, str] = (FONT, FONT)

    @property
    def layouts(self) -> Mapping[str, tuple[Layout, ...]]:
        """Those of the grid, their type as wide as it is in the fonts."""
        return kinds(tuple(_set_in(layout, self.fonts) for layout in layouts(self.grid)))

    def template(self, used: Iterable[Layout]) -> bytes:
        return compile_template(self.palette, self.name, self.fonts, self.grid)


def _set_in(layout: Layout, fonts: tuple[str, str]) -> Layout:
    def wide(kind: str) -> float:
        return width(fonts[0] if kind in ("title", "ctrTitle") else fonts[1])

    return replace(layout, placeholders=tuple(replace(h, wide=wide(h.kind)) for h in layout.placeholders))


@dataclass(frozen=True)
class Row:
    """What became of our layout for one kind of slide."""

    kind: str
    theirs: str
    """The name of their layout; empty where one is added."""
    how: str
    lacks: tuple[str, ...] = ()
    """What theirs has no place for: slides with that get a layout that is added in its look."""


@dataclass(frozen=True)
class Report:
    """How a template was used, in words for the people who gave it."""

    rows: tuple[Row, ...]
    audit: tuple[str, ...]
    """The theme against the brand, and colours that could not be read."""
    left_out: tuple[str, ...]
    """What the file held and a deck has no use for: sample slides, comments, links."""
    unplaced: tuple[tuple[str, str], ...]
    """What `layout_map` asks for and could not be done: the kind of slide, and why."""
    names: tuple[str, ...]
    """The layouts that the template has."""

    @property
    def line(self) -> str:
        """All of it in a sentence."""
        mapped = sum(bool(row.theirs) for row in self.rows)
        kinds = "1 kind" if mapped == 1 else f"{mapped} kinds"
        return f"{kinds} of slide on its own layouts, {len(self.rows) - mapped} on layouts added in its look"


@dataclass(frozen=True)
class Corporate:
    """A trust's template, cleaned, with the layouts that could be added to it."""

    layouts: Mapping[str, tuple[Layout, ...]]
    package: Package
    grafts: tuple[Graft, ...]
    master: str
    report: Report

    def template(self, used: Iterable[Layout]) -> bytes:
        """The template with the grafts that slides stand on, and with those for which it has nothing of its own."""
        needed = {layout.part for layout in used}
        needed |= {candidates[0].part for candidates in self.layouts.values()}
        grafts = [made for made in self.grafts if made.layout.part in needed]
        return put_together(add(self.package, grafts, {made.layout.part: self.master for made in grafts}))


MALFORMED = (AttributeError, KeyError, IndexError, TypeError, ValueError, ArithmeticError, etree.LxmlError)
"""What is raised at XML that breaks the rules of its own format: each reader trusts some other rule."""


def adapt(data: bytes, asked: Mapping[str, str], house: House) -> Corporate:
    """The design that comes of a .pptx or .potx file.

    `asked` gives a layout of theirs by name for a kind of slide; a name that the file does not have counts for
    nothing here. Raises Refused when the file cannot be used.
    """
    opened = open_package(data)
    try:
        made = _adapted(opened, asked, house)
        _try(made)
    except MALFORMED as error:
        reason = "Parts of it break the rules of the file format, so that no slide can be put on it."
        raise Refused(reason, "Open it in PowerPoint, let it be repaired, and save it again.", opened) from error
    return made


def _try(made: Corporate) -> None:
    """Put a slide on each layout: what cannot be had in the end should be known before anything is made."""
    from pptx import Presentation
    from pptx.exc import PythonPptxError

    used = {layout.part: layout for candidates in made.layouts.values() for layout in candidates}
    try:
        deck = Presentation(BytesIO(made.template(used.values())))
        found = {layout.part.partname[1:]: layout for master in deck.slide_masters for layout in master.slide_layouts}
        for part, layout in used.items():
            slide = deck.slides.add_slide(found[part])
            indices = {holder.placeholder_format.idx for holder in slide.placeholders}
            if not {holder.index for holder in layout.placeholders} <= indices:
                raise KeyError(part)
    except PythonPptxError as error:
        raise ValueError(str(error)) from error


def _adapted(opened: Package, asked: Mapping[str, str], house: House) -> Corporate:
    preferred = most_used_master(opened)
    cleaned, left_out = clean(opened)
    package, audit = audited(Template(cleaned), house)
    template = Template(package)
    preferred = preferred if preferred in template.masters else template.masters[0]
    matches = {ours.name: best_match(template, ours, preferred) for ours in _ours()}
    content = matches["Title and Content"]
    host = _roomy_host(template, content.theirs if content else None, preferred)
    taken = {layout.name for layout in template.layouts}
    grafts = {ours.name: graft(template, host, ours, n, taken) for n, ours in enumerate(_ours(), 1)}
    layouts: dict[str, tuple[Layout, ...]] = {}
    rows: list[Row] = []
    unread: list[str] = []
    unplaced: list[tuple[str, str]] = []
    for kind, candidates in HOSTED_FOR.items():
        chosen, row, unable = _chosen(template, kind, candidates, matches, asked.get(kind))
        unplaced += unable
        made = [as_ours(template, ours, match) for ours, match in chosen]
        unread += [why for _, changes in made for why in changes]
        own = tuple(grafts[ours.name].layout for ours in candidates)
        layouts[kind] = (*(layout for layout, _ in made), *own)
        rows.append(row)
    names = tuple(dict.fromkeys(layout.name for layout in template.layouts))
    report = Report(tuple(rows), (*audit, *dict.fromkeys(unread)), left_out, tuple(unplaced), names)
    complete = _with_table_style(with_our_parts(package, theme_xml(house.palette, "Notes")), template, host)
    return Corporate(layouts, complete, tuple(grafts.values()), host.layout.master, report)


def _ours() -> tuple[Layout, ...]:
    """Our layouts that slides stand on, each once."""
    return tuple({layout.name: layout for candidates in HOSTED_FOR.values() for layout in candidates}.values())


def _roomy_host(template: Template, first: TheirLayout | None, preferred: str) -> Host:
    for host in hosts(template, first, preferred):
        if min(share(template, host, ours) for ours in _ours()) >= LEAST_SHARE * min(1, template.width / 13.34):
            return host
    raise Refused(
        "None of its layouts, nor its master, has a title and room for content below it.",
        "Ask whoever looks after it for the template that people start their slides from.",
        template.package,
    )


Chosen = list[tuple[Layout, Match]]


def _chosen(
    template: Template,
    kind: str,
    candidates: tuple[Layout, ...],
    matches: Mapping[str, Match | None],
    asked: str | None,
) -> tuple[Chosen, Row, list[tuple[str, str]]]:
    """Which of theirs serve a kind of slide, the row about it, and why `asked` could not be used."""
    chosen = [(ours, match) for ours in candidates if (match := matches[ours.name])]
    unable: list[tuple[str, str]] = []
    theirs = next((layout for layout in template.layouts if layout.name == asked), None)
    if theirs is not None:
        found = [(ours, asked_for(template, ours, theirs)) for ours in candidates]
        chosen = [(ours, match) for ours, match in found if isinstance(match, Match)]
        whys = [match for _, match in found if isinstance(match, str)]
        if not chosen:
            unable.append((kind, whys[-1]))
    if not chosen:
        return chosen, Row(kind, "", "added in its look"), unable
    held = {slot for _, match in chosen for slot in match.slots}
    missing = {h.slot: h.name.lower() for ours in candidates for h in ours.placeholders if h.slot not in held}
    _, first = chosen[0]
    return chosen, Row(kind, first.theirs.name, f"by {first.how}", tuple(missing.values())), unable


def _with_table_style(package: Package, template: Template, host: Host) -> Package:
    """The package with our table style beside those that it has, in the colours that can be read on the host."""
    paint = paints(host.layout.colours, grounds(template, host.layout, host.area))
    parts = dict(package.parts)
    main = parts[package.main]
    name = next(iter(main.targets("tableStyles")), "")
    if name:
        root = read_xml(parts[name].data)
        style = painted(table_style(), paint).replace("<a:tblStyle ", f'<a:tblStyle xmlns:a="{A}" ', 1)
        root.append(etree.fromstring(style))
        parts[name] = Part(serialise(root), parts[name].media)
        return Package(parts, package.main)
    name = "ppt/kitTableStyles.xml"
    parts[name] = Part((HEADER + painted(table_styles(), paint)).encode(), f"{PML}tableStyles+xml")
    relation = Relation(free_id(main.relations), f"{R}/tableStyles", name)
    parts[package.main] = Part(main.data, main.media, (*main.relations, relation))
    return Package(parts, package.main)
