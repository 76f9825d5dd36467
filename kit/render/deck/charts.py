"""Charts of bars as PowerPoint’s own, with the numbers in a workbook that “Edit Data” opens."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from pptx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from pptx.parts.chart import ChartPart

from kit.render.deck.fit import PITCH, POINTS, advance
from kit.render.deck.grid import Box, Placeholder
from kit.render.deck.ooxml import LANGUAGE, A, R, fill, hundredths, named, painted
from kit.render.deck.pages import frame
from kit.render.deck.slides import Chart, Series

C = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_CREATED = datetime(2000, 1, 1)
"""What every workbook says of its age, so that the same numbers are the same file."""
_SHEET = "Sheet1"
_CATEGORIES, _VALUES = 500001, 500002
"""The numbers of the 2 axes: any but negative ones, which validators refuse."""
_MOST_OF_WIDTH = 0.5
"""The share of a chart that the names of its categories take at most."""
_LEGEND = 0.16
"""The share of its height that a legend takes."""
_BESIDE = 0.07
"""The share of its width kept free for the number beside the longest bar."""


def chart(number: int, slide: Any, holder: Placeholder, given: Chart, paint: Mapping[str, str], place: str) -> str:
    """A chart for a placeholder whose `p:ph` is `place`, as the shape with number `number`; `slide` is its part."""
    size = _size(holder, given)
    xml = painted(_chart_space(given, size, holder.box.width), paint).encode()
    name = slide.package.next_partname(ChartPart.partname_template)
    part = ChartPart.load(name, CONTENT_TYPE.DML_CHART, slide.package, xml)
    part.chart_workbook.update_from_xlsx_blob(workbook(given))
    relation = slide.relate_to(part, RELATIONSHIP_TYPE.CHART)
    about = named(number, holder.name, given.alt)
    return frame(about, place, holder.box, C, f'<c:chart xmlns:c="{C}" r:id="{relation}"/>')


def _size(holder: Placeholder, chart: Chart) -> float:
    """The largest size of its type at which every bar has a line to itself, and every name its part of the width."""
    bars = len(chart.categories) * (len(chart.series) + 0.6)
    size = holder.levels[0].size
    wide = max(advance(name, size) for name in chart.categories) / POINTS <= _MOST_OF_WIDTH * holder.box.width
    return size if wide and bars * size * PITCH / POINTS <= holder.box.height * (1 - _LEGEND) else holder.least


def workbook(chart: Chart) -> bytes:
    """The numbers as an .xlsx file: a row for each category, a column for each series."""
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.set_properties({"created": _CREATED})
        sheet = book.add_worksheet(_SHEET)
        sheet.set_column(0, 0, max(len(name) for name in chart.categories))
        number = book.add_format({"num_format": _format(chart)})
        for row, name in enumerate(chart.categories, 1):
            sheet.write_string(row, 0, name)
        for column, series in enumerate(chart.series, 1):
            sheet.write_string(0, column, series.name)
            for row, value in enumerate(series.values, 1):
                if value is not None:
                    sheet.write_number(row, column, value, number)
    return out.getvalue()


def _format(chart: Chart) -> str:
    return f"0.{'0' * chart.decimals}" if chart.decimals else "0"


def _chart_space(chart: Chart, size: float, width: float) -> str:
    many = len(chart.series) > 1
    names = max(advance(name, size) for name in chart.categories) / POINTS
    left = min(_MOST_OF_WIDTH, names / width + 0.03)
    plot = Box(left, 0.01, 1 - left - _BESIDE, 1 - _LEGEND if many else 0.98)
    bars = "".join(_series(chart, series, number, size) for number, series in enumerate(chart.series))
    words = _words(size, "tx1")
    legend = f'<c:legend><c:legendPos val="b"/><c:overlay val="0"/>{words}</c:legend>' if many else ""
    most = f'<c:max val="{chart.most:g}"/>' if chart.most is not None else ""
    return (
        f'<c:chartSpace xmlns:c="{C}" xmlns:a="{A}" xmlns:r="{R}"><c:date1904 val="0"/><c:lang val="{LANGUAGE}"/>'
        '<c:roundedCorners val="0"/><c:chart><c:autoTitleDeleted val="1"/>'
        f"<c:plotArea>{_layout(plot)}"
        '<c:barChart><c:barDir val="bar"/><c:grouping val="clustered"/><c:varyColors val="0"/>'
        f'{bars}<c:gapWidth val="{60 if many else 80}"/><c:axId val="{_CATEGORIES}"/><c:axId val="{_VALUES}"/>'
        "</c:barChart>"
        f'<c:catAx><c:axId val="{_CATEGORIES}"/><c:scaling><c:orientation val="maxMin"/></c:scaling>'
        '<c:delete val="0"/><c:axPos val="l"/><c:numFmt formatCode="General" sourceLinked="0"/>'
        '<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/>'
        f'<c:spPr><a:ln w="12700">{fill("accent2")}</a:ln></c:spPr>{words}'
        f'<c:crossAx val="{_VALUES}"/><c:crosses val="autoZero"/><c:auto val="1"/><c:lblAlgn val="ctr"/>'
        '<c:lblOffset val="100"/><c:noMultiLvlLbl val="0"/></c:catAx>'
        f'<c:valAx><c:axId val="{_VALUES}"/><c:scaling><c:orientation val="minMax"/>{most}<c:min val="0"/></c:scaling>'
        f'<c:delete val="1"/><c:axPos val="t"/><c:numFmt formatCode="{_format(chart)}" sourceLinked="0"/>'
        f'<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>{words}'
        f'<c:crossAx val="{_CATEGORIES}"/><c:crosses val="autoZero"/><c:crossBetween val="between"/></c:valAx>'
        f"<c:spPr><a:noFill/></c:spPr></c:plotArea>{legend}"
        '<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        f"<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>{words}</c:chartSpace>"
    )


def _layout(plot: Box) -> str:
    """Where the bars stand, in shares of the chart: programs that choose by themselves leave names too little room."""
    at = "".join(
        f'<c:{key} val="{share:.4f}"/>'
        for key, share in (("x", plot.x), ("y", plot.y), ("w", plot.width), ("h", plot.height))
    )
    return (
        '<c:layout><c:manualLayout><c:layoutTarget val="inner"/><c:xMode val="edge"/><c:yMode val="edge"/>'
        f"{at}</c:manualLayout></c:layout>"
    )


def _series(chart: Chart, series: Series, number: int, size: float) -> str:
    column, last = chr(ord("B") + number), len(chart.categories) + 1
    # The first is solid and the others are outlined, so that nobody has to tell colours apart.
    outlined = f'<a:noFill/><a:ln w="22225">{fill("accent1")}</a:ln>'
    paint = fill("accent1") if number == 0 else outlined
    names = _cached(enumerate(escape(name) for name in chart.categories), len(chart.categories))
    known = ((at, f"{value:g}") for at, value in enumerate(series.values) if value is not None)
    values = _cached(known, len(series.values))
    shown = "".join(
        f'<c:{what} val="{int(what == "showVal")}"/>'
        for what in ("showLegendKey", "showVal", "showCatName", "showSerName", "showPercent", "showBubbleSize")
    )
    return (
        f'<c:ser><c:idx val="{number}"/><c:order val="{number}"/>'
        f"<c:tx><c:strRef><c:f>{_SHEET}!${column}$1</c:f><c:strCache>{_cached([(0, escape(series.name))], 1)}"
        "</c:strCache></c:strRef></c:tx>"
        f'<c:spPr>{paint}</c:spPr><c:invertIfNegative val="0"/>'
        f'<c:dLbls><c:numFmt formatCode={quoteattr(_format(chart))} sourceLinked="0"/>'
        f"<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>{_words(size, 'tx1', bold=number == 0)}"
        f'<c:dLblPos val="outEnd"/>{shown}</c:dLbls>'
        f"<c:cat><c:strRef><c:f>{_SHEET}!$A$2:$A${last}</c:f><c:strCache>{names}</c:strCache></c:strRef></c:cat>"
        f"<c:val><c:numRef><c:f>{_SHEET}!${column}$2:${column}${last}</c:f>"
        f"<c:numCache><c:formatCode>{_format(chart)}</c:formatCode>{values}</c:numCache></c:numRef></c:val></c:ser>"
    )


def _cached(points: Iterable[tuple[int, str]], count: int) -> str:
    found = "".join(f'<c:pt idx="{at}"><c:v>{value}</c:v></c:pt>' for at, value in points)
    return f'<c:ptCount val="{count}"/>{found}'


def _words(size: float, colour: str, bold: bool = False) -> str:
    return (
        f'<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr lang="{LANGUAGE}" sz="{hundredths(size)}" '
        f'b="{int(bold)}">{fill(colour)}</a:defRPr></a:pPr><a:endParaRPr lang="{LANGUAGE}"/></a:p></c:txPr>'
    )
