"""Which layout a slide stands on, and how large its words are there."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from kit.diagnostics import Diagnostic
from kit.render.deck.fit import Fitted, FittedTable, fit, fit_table, fit_together, width_of_column
from kit.render.deck.grid import Layout, Placeholder, TableStyle
from kit.render.deck.layouts import FOR
from kit.render.deck.slides import Paragraph, Run, Slide, Table
from kit.render.deck.timeline import rows_to_scale

_FOLDED = ("number", "kicker")
"""What a section header from elsewhere seldom has a place of its own for."""


@dataclass(frozen=True)
class Plan:
    """A slide with its layout chosen and everything on it measured."""

    slide: Slide
    layout: Layout
    text: dict[str, tuple[Paragraph, ...]]
    sizes: dict[str, Fitted]
    tables: dict[str, FittedTable]


def plan(slide: Slide, layouts: Mapping[str, tuple[Layout, ...]] = FOR) -> Plan:
    """Chooses the layout and the sizes. A slot that no layout of this kind has is a bug in the template.

    `layouts` are the candidates for each kind of slide, the most fitting first.
    """
    text = dict(slide.text) | {"title": (Paragraph((Run(slide.title),)),)}
    if "quote" in text:
        text["quote"] = _in_quotation_marks(text["quote"])
    slots = [*text, *slide.tables, *(("chart",) if slide.chart else ())]
    last = None
    for layout in layouts[slide.layout]:
        placed = text if layout.holds(slots) else _folded(slide, layout, text)
        if placed and (layout.diagram is not None or slide.figure is None):
            last = _measured(slide, layout, placed)
            if not overs(last):
                return last
    if last is None:
        raise ValueError(f"slide {slide.id}: no layout for {slide.layout} has all of {', '.join(slots)}")
    return last


def _folded(slide: Slide, layout: Layout, text: dict[str, tuple[Paragraph, ...]]) -> dict[str, tuple[Paragraph, ...]]:
    """The text with the number and the clock above the summary, for a section header from elsewhere; else nothing."""
    rest = {slot: paragraphs for slot, paragraphs in text.items() if slot not in _FOLDED}
    if slide.layout != "section" or not layout.holds({*rest, "subtitle"}):
        return {}
    above = tuple(paragraph for slot in _FOLDED for paragraph in text.get(slot, ()))
    line = Paragraph((Run("  ".join(paragraph.text for paragraph in above)),))
    return rest | {"subtitle": (line, *rest.get("subtitle", ()))}


def _measured(slide: Slide, layout: Layout, text: dict[str, tuple[Paragraph, ...]]) -> Plan:
    sizes: dict[str, Fitted] = {}
    groups: dict[str, list[Placeholder]] = {}
    tables: dict[str, FittedTable] = {}
    for holder in layout.placeholders:
        if holder.table and holder.slot in slide.tables:
            table = slide.tables[holder.slot]
            fitted_table = fit_table(table_style(holder.table, table), table, holder.box.height)
            if slide.timeline and layout.timeline:
                fitted_table = rows_to_scale(fitted_table, slide.timeline, holder.box.height)
            tables[holder.slot] = fitted_table
        elif holder.slot in text and holder.group:
            groups.setdefault(holder.group, []).append(holder)
        elif holder.slot in text:
            sizes[holder.slot] = fit(holder, text[holder.slot])
    for members in groups.values():
        fitted = fit_together(tuple((holder, text[holder.slot]) for holder in members))
        sizes |= {holder.slot: one for holder, one in zip(members, fitted, strict=True)}
    return Plan(slide, layout, text, sizes, tables)


def overs(planned: Plan) -> dict[str, int]:
    """By how many lines each slot is too full, of those that are."""
    found = {slot: fitted.over for slot, fitted in planned.sizes.items() if fitted.over}
    return found | {slot: fitted.over for slot, fitted in planned.tables.items() if fitted.over}


def faults(planned: Plan, but: Collection[str] = ()) -> tuple[Diagnostic, ...]:
    """A fault for each placeholder whose text is too long even at its least size, `but` for those of some slots."""
    names = {holder.slot: holder.name.lower() for holder in planned.layout.placeholders}
    found = []
    for slot, over in overs(planned).items():
        if slot in but:
            continue
        much = "1 line" if over == 1 else f"{over} lines"
        least = planned.tables[slot].size if slot in planned.tables else planned.sizes[slot].sizes[0]
        found.append(
            Diagnostic(
                "text-does-not-fit",
                f"The slide “{planned.slide.title}” has about {much} too much in its {names[slot]}, "
                f"even in the smallest type ({least:g} point).",
                "Shorten it by that much, or move a part of it to another slide or a handout.",
                planned.slide.place,
            )
        )
    return tuple(found)


def _in_quotation_marks(paragraphs: Sequence[Paragraph]) -> tuple[Paragraph, ...]:
    first, *rest = paragraphs
    opened = [Paragraph((Run("“", accent=True), *first.runs)), *rest]
    last = opened.pop()
    return (*opened, Paragraph((*last.runs, Run("”", accent=True))))


def table_style(style: TableStyle, table: Table) -> TableStyle:
    """`style` for the cells of `table`: the widest column gives what clocks need that are wider than their column.

    It takes what a table spares that lacks the last column.
    """
    kept = style.columns[: len(table.header.cells)]
    needs = [max(c.width, 0 if c.wraps else width_of_column(style, table, n)) for n, c in enumerate(kept)]
    widest = max(range(len(kept)), key=lambda n: kept[n].width)
    needs[widest] += sum(column.width for column in style.columns) - sum(needs)
    return replace(style, columns=tuple(replace(c, width=width) for c, width in zip(kept, needs, strict=True)))
