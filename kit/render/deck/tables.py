"""Tables of slides as PowerPoint’s own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pptx.shapes.placeholder import TablePlaceholder

from kit.render.deck.fit import POINTS, FittedTable
from kit.render.deck.grid import CELL_GAP, Placeholder, TableStyle
from kit.render.deck.ooxml import NAMESPACES, TABLE_STYLE, emu, painted, paragraph, parse
from kit.render.deck.planning import Plan
from kit.render.deck.slides import Row


def set_table(planned: Plan, shape: Any, holder: Placeholder, style: TableStyle) -> Any:
    """Puts the table of `planned` in the place of the placeholder `shape`, and returns its frame."""
    table, fitted = planned.slide.tables[holder.slot], planned.tables[holder.slot]
    rows = [table.header, *table.rows]
    holder_shape: Any = TablePlaceholder(shape._element, shape._parent)
    frame = holder_shape.insert_table(rows=len(rows), cols=len(style.columns))
    frame.left, frame.top, frame.width = (emu(at) for at in (holder.box.x, holder.box.y, holder.box.width))
    frame._element.nvGraphicFramePr.cNvPr.set("descr", f"{holder.name}, as a table with a header row")
    frame.height = sum(emu(height) for height in fitted.heights)
    grid = frame._element.graphic.graphicData.tbl
    properties = grid.tblPr
    for attribute in list(properties.attrib):
        del properties.attrib[attribute]
    properties.set("firstRow", "1")
    for child in list(properties):
        properties.remove(child)
    properties.append(parse(f"<a:tableStyleId {NAMESPACES}>{TABLE_STYLE}</a:tableStyleId>"))
    for column, wanted in zip(grid.tblGrid.gridCol_lst, style.columns, strict=True):
        column.set("w", str(emu(wanted.width)))
        for extension in list(column):
            column.remove(extension)
    for number, (element, row) in enumerate(zip(grid.tr_lst, rows, strict=True)):
        element.set("h", str(emu(fitted.heights[number])))
        for cell, content in zip(list(element.tc_lst), _cells(row, style, fitted, header=number == 0), strict=True):
            element.replace(cell, parse(painted(content, planned.layout.paint)))
    return frame._element


def _cells(row: Row, style: TableStyle, fitted: FittedTable, header: bool) -> Iterable[str]:
    size = style.header if header else fitted.size
    pad = emu(4 / POINTS) if header else emu(fitted.pad / POINTS)
    for number, (cell, column) in enumerate(zip(row.cells, style.columns, strict=True)):
        colour = "" if header else "accent2" if row.quiet else "" if column.colour == "tx1" else column.colour
        align = f'<a:pPr algn="{column.align}"/>' if column.align != "l" else ""
        words = "".join(paragraph(source, align, size, colour) for source in cell)
        right = emu(CELL_GAP) if column.align == "l" and number < len(style.columns) - 1 else 0
        yield (
            f"<a:tc {NAMESPACES}><a:txBody><a:bodyPr/><a:lstStyle/>{words}</a:txBody>"
            f'<a:tcPr marL="0" marR="{right}" marT="{pad}" marB="{pad}" anchor="{"b" if header else "t"}"/></a:tc>'
        )
