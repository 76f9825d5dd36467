"""Tables of slides as PowerPoint’s own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from kit.render.deck.fit import POINTS, FittedTable
from kit.render.deck.grid import CELL_GAP, Placeholder, TableStyle
from kit.render.deck.ooxml import TABLE_STYLE, A, emu, named, paragraph
from kit.render.deck.pages import frame
from kit.render.deck.planning import Plan
from kit.render.deck.slides import Row

_TABLE = A.replace("/main", "/table")


def table(number: int, planned: Plan, holder: Placeholder, style: TableStyle, place: str) -> str:
    """The table of `planned` for a placeholder whose `p:ph` is `place`, as the shape with number `number`."""
    given, fitted = planned.slide.tables[holder.slot], planned.tables[holder.slot]
    about = named(number, holder.name, f"{holder.name}, as a table with a header row")
    columns = "".join(f'<a:gridCol w="{emu(column.width)}"/>' for column in style.columns)
    rows = "".join(
        f'<a:tr h="{emu(height)}">{"".join(_cells(row, style, fitted, header=row is given.header))}</a:tr>'
        for row, height in zip((given.header, *given.rows), fitted.heights, strict=True)
    )
    return frame(
        about,
        place,
        replace(holder.box, height=sum(fitted.heights)),
        _TABLE,
        f'<a:tbl><a:tblPr firstRow="1"><a:tableStyleId>{TABLE_STYLE}</a:tableStyleId></a:tblPr>'
        f"<a:tblGrid>{columns}</a:tblGrid>{rows}</a:tbl>",
    )


def _cells(row: Row, style: TableStyle, fitted: FittedTable, header: bool) -> Iterable[str]:
    size = style.header if header else fitted.size
    pad = emu(4 / POINTS) if header else emu(fitted.pad / POINTS)
    for number, (cell, column) in enumerate(zip(row.cells, style.columns, strict=True)):
        colour = "" if header else "accent2" if row.quiet else "" if column.colour == "tx1" else column.colour
        align = f'<a:pPr algn="{column.align}"/>' if column.align != "l" else ""
        words = "".join(paragraph(source, align, size, colour) for source in cell)
        right = emu(CELL_GAP) if column.align == "l" and number < len(style.columns) - 1 else 0
        yield (
            f"<a:tc><a:txBody><a:bodyPr/><a:lstStyle/>{words}</a:txBody>"
            f'<a:tcPr marL="0" marR="{right}" marT="{pad}" marB="{pad}" anchor="{"b" if header else "t"}"/></a:tc>'
        )
