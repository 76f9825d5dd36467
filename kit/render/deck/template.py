"""The deck's template, compiled from `layouts`: every part of a .pptx without slides, as XML in a zip."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from xml.sax.saxutils import quoteattr
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from kit.model.brand import Palette
from kit.render.deck.grid import (
    FEET,
    HAIRLINE,
    HEIGHT,
    MUTED,
    NOTES,
    WIDE,
    Box,
    Colour,
    Grid,
    Layout,
    Level,
    Placeholder,
    Shape,
)
from kit.render.deck.identity import CUSTOM, CUSTOM_KIND, CUSTOM_MEDIA, custom_properties
from kit.render.deck.layouts import layouts as layouts_on
from kit.render.deck.ooxml import (
    LANGUAGE,
    NAMESPACES,
    TABLE_STYLE,
    R,
    emu,
    fill,
    level_properties,
    list_style,
    named,
    number_field,
    plain,
    xfrm,
)
from kit.render.deck.theme import FONT, theme_xml

HEADER = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
PML = "application/vnd.openxmlformats-officedocument.presentationml."
OFFICE = "application/vnd.openxmlformats-officedocument."
_INSETS = 'lIns="0" tIns="0" rIns="0" bIns="0"'
_MAP = (
    'accent1="accent1" accent2="accent2" accent3="accent3" accent4="accent4" accent5="accent5" accent6="accent6" '
    'hlink="hlink" folHlink="folHlink"'
)
_LIGHT = f'bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2" {_MAP}'
_DARK_MAP = (
    '<a:overrideClrMapping bg1="dk2" tx1="lt1" bg2="dk1" tx2="lt2" accent1="lt1" accent2="lt2" accent3="accent3" '
    'accent4="accent4" accent5="accent5" accent6="accent6" hlink="lt1" folHlink="lt2"/>'
)
_GROUP = (
    '<p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr>'
    '<a:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/><a:chOff x="0" y="0"/><a:chExt cx="0" cy="0"/></a:xfrm>'
    "</p:grpSpPr>"
)
_HANDOUTS = "ppt/handoutMasters/handoutMaster1.xml"
_FOOT_TOP, _FOOT_HEIGHT, _NUMBER_WIDTH = 7.0, 0.28, 1.2
_MASTER_LEVELS = (
    Level(24, mark="dash", before=12, hang=0.36),
    Level(20, mark="dash", before=6, hang=0.3),
    Level(18, mark="dash", before=6, hang=0.3),
    Level(18, mark="dash", before=6, hang=0.3),
    Level(18, mark="dash", before=6, hang=0.3),
)


def compile_template(
    palette: Palette, name: str, fonts: tuple[str, str] = (FONT, FONT), grid: Grid = WIDE, *, handouts: bool = True
) -> bytes:
    """A presentation without slides, in the colours of `palette` and in `fonts`, for headings and for text.

    `grid` says of which shape its slides are. Without `handouts` it has no master for pages with several slides:
    pandoc does not take that over from a reference document, but it does take the relation to it, and what it writes
    then is a broken file.
    """
    layouts = {f"ppt/slideLayouts/slideLayout{n}.xml": layout for n, layout in enumerate(layouts_on(grid), 1)}
    parts: dict[str, tuple[str, str]] = {
        "ppt/presentation.xml": (_presentation(grid, handouts), PML + "presentation.main+xml"),
        "ppt/presProps.xml": (f"<p:presentationPr {NAMESPACES}/>", PML + "presProps+xml"),
        "ppt/viewProps.xml": (f"<p:viewPr {NAMESPACES}/>", PML + "viewProps+xml"),
        "ppt/tableStyles.xml": (table_styles(), PML + "tableStyles+xml"),
        "ppt/theme/theme1.xml": (theme_xml(palette, name, fonts), OFFICE + "theme+xml"),
        "ppt/theme/theme2.xml": (theme_xml(palette, name, fonts), OFFICE + "theme+xml"),
        "ppt/slideMasters/slideMaster1.xml": (_master(grid, len(layouts)), PML + "slideMaster+xml"),
        "ppt/notesMasters/notesMaster1.xml": (notes_master(), PML + "notesMaster+xml"),
        **about_the_file(),
    }
    if handouts:
        parts["ppt/theme/theme3.xml"] = (theme_xml(palette, name, fonts), OFFICE + "theme+xml")
        parts[_HANDOUTS] = (_handout_master(), PML + "handoutMaster+xml")
    parts |= {path: (_layout(layout, grid), PML + "slideLayout+xml") for path, layout in layouts.items()}
    relations = {
        "_rels/.rels": package_relations("ppt/presentation.xml"),
        "ppt/_rels/presentation.xml.rels": _relations(
            [
                (f"{R}/slideMaster", "slideMasters/slideMaster1.xml"),
                (f"{R}/notesMaster", "notesMasters/notesMaster1.xml"),
                (f"{R}/presProps", "presProps.xml"),
                (f"{R}/viewProps", "viewProps.xml"),
                (f"{R}/theme", "theme/theme1.xml"),
                (f"{R}/tableStyles", "tableStyles.xml"),
                *([(f"{R}/handoutMaster", _HANDOUTS.removeprefix("ppt/"))] if handouts else []),
            ]
        ),
        "ppt/slideMasters/_rels/slideMaster1.xml.rels": _relations(
            [(f"{R}/slideLayout", f"../slideLayouts/slideLayout{n}.xml") for n in range(1, len(layouts) + 1)]
            + [(f"{R}/theme", "../theme/theme1.xml")]
        ),
        "ppt/notesMasters/_rels/notesMaster1.xml.rels": _relations([(f"{R}/theme", "../theme/theme2.xml")]),
    }
    relations |= {
        path.replace("slideLayouts/", "slideLayouts/_rels/") + ".rels": _relations(
            [(f"{R}/slideMaster", "../slideMasters/slideMaster1.xml")]
        )
        for path in layouts
    }
    if handouts:
        path = _HANDOUTS.replace("handoutMasters/", "handoutMasters/_rels/") + ".rels"
        relations[path] = _relations([(f"{R}/theme", "../theme/theme3.xml")])
    files = {path: HEADER + xml for path, (xml, _) in parts.items()} | {
        path: HEADER + xml for path, xml in relations.items()
    }
    files["[Content_Types].xml"] = HEADER + content_types({path: kind for path, (_, kind) in parts.items()})
    return pack({path: xml.encode("utf-8") for path, xml in files.items()})


def pack(files: Mapping[str, bytes]) -> bytes:
    """A zip with nothing in it that depends on the day or the machine: content types first, then by name."""
    out = io.BytesIO()
    first = ("[Content_Types].xml", "_rels/.rels")
    with ZipFile(out, "w", ZIP_DEFLATED, compresslevel=6) as archive:
        for path in sorted(files, key=lambda path: (path not in first, path)):
            info = ZipInfo(path, (1980, 1, 1, 0, 0, 0))
            info.compress_type = ZIP_DEFLATED
            info.create_system = 0
            archive.writestr(info, files[path])
    return out.getvalue()


def with_custom_properties(files: Mapping[str, bytes], labels: Mapping[str, str]) -> dict[str, bytes]:
    """The files of a package with `labels` as properties of the document; as they are where there are none."""
    if not labels:
        return dict(files)
    relation = f'<Relationship Id="rIdCustom" Type="{CUSTOM_KIND}" Target="{CUSTOM}"/></Relationships>'
    media = f'<Override PartName="/{CUSTOM}" ContentType="{CUSTOM_MEDIA}"/></Types>'
    return {
        **files,
        CUSTOM: (HEADER + custom_properties(labels)).encode(),
        "_rels/.rels": files["_rels/.rels"].replace(b"</Relationships>", relation.encode()),
        "[Content_Types].xml": files["[Content_Types].xml"].replace(b"</Types>", media.encode()),
    }


def package_relations(main: str) -> str:
    """What a presentation begins with: its main part, and what it says about itself."""
    core_properties = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
    return _relations(
        [
            (f"{R}/officeDocument", main),
            (core_properties, "docProps/core.xml"),
            (f"{R}/extended-properties", "docProps/app.xml"),
        ]
    )


def _relations(targets: Iterable[tuple[str, str]]) -> str:
    return relations_xml((f"rId{n}", kind, target) for n, (kind, target) in enumerate(targets, 1))


def relations_xml(rows: Iterable[tuple[str, str, str]]) -> str:
    """The relationships of a part: id, type and target of each."""
    items = "".join(
        f'<Relationship Id={quoteattr(id)} Type="{kind}" Target={quoteattr(target)}/>' for id, kind, target in rows
    )
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{items}</Relationships>'
    )


def content_types(parts: Mapping[str, str]) -> str:
    """The part that gives the content type of every other, by name."""
    overrides = "".join(f'<Override PartName="/{path}" ContentType="{kind}"/>' for path, kind in parts.items())
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Default Extension="png" ContentType="image/png"/>{overrides}</Types>'
    )


def placeholder(number: int, source: Placeholder) -> str:
    """A placeholder of a layout, with number `number` among its shapes."""
    kind = f' type="{source.kind}"' if source.kind else ""
    index = f' idx="{source.index}"' if source.index else ""
    fitting = "" if source.kind == "tbl" else "<a:normAutofit/>"
    return (
        f'<p:sp><p:nvSpPr>{named(number, source.name)}<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        f'<p:nvPr><p:ph{kind}{index} hasCustomPrompt="1"/></p:nvPr></p:nvSpPr><p:spPr>{xfrm(source.box)}</p:spPr>'
        f'<p:txBody><a:bodyPr {_INSETS} anchor="{source.anchor}">{fitting}</a:bodyPr>'
        f"{list_style(source.levels)}{plain(source.prompt)}</p:txBody></p:sp>"
    )


def _foot(number: int, kind: str, name: str, index: int, box: Box, level: Level, words: str) -> str:
    size = ' sz="quarter"'
    geometry = '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
    return (
        f'<p:sp><p:nvSpPr>{named(number, name)}<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        f'<p:nvPr><p:ph type="{kind}"{size} idx="{index}"/></p:nvPr></p:nvSpPr><p:spPr>{xfrm(box)}{geometry}</p:spPr>'
        f'<p:txBody><a:bodyPr {_INSETS} anchor="ctr"/>{list_style([level])}{words}</p:txBody></p:sp>'
    )


def _feet(number: int, indices: tuple[int, int], grid: Grid, left: float | None = None, ink: Colour = MUTED) -> str:
    """The footer and the slide's number, which end on the right margin; the footer begins at `left`."""
    start = grid.margin if left is None else left
    end = grid.right - _NUMBER_WIDTH
    footer = Box(start, _FOOT_TOP, end - start - 0.2, _FOOT_HEIGHT)
    at = Box(end, _FOOT_TOP, _NUMBER_WIDTH, _FOOT_HEIGHT)
    return _foot(number, "ftr", "Footer", indices[0], footer, Level(12, ink), plain("Workshop")) + _foot(
        number + 1, "sldNum", "Slide number", indices[1], at, Level(12, ink, align="r"), number_field()
    )


def _decoration(number: int, shape: Shape) -> str:
    return (
        f"<p:sp><p:nvSpPr>{named(number, shape.name, decorative=True)}<p:cNvSpPr/>"
        f'<p:nvPr userDrawn="1"/></p:nvSpPr><p:spPr>{xfrm(shape.box)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        f"{fill(shape.colour)}<a:ln><a:noFill/></a:ln></p:spPr>"
        f'<p:txBody><a:bodyPr/><a:lstStyle/><a:p><a:endParaRPr lang="{LANGUAGE}"/></a:p></p:txBody></p:sp>'
    )


def _layout(layout: Layout, grid: Grid) -> str:
    shapes = "".join(_decoration(n, shape) for n, shape in enumerate(layout.shapes, 2))
    number = 2 + len(layout.shapes)
    shapes += "".join(placeholder(n, holder) for n, holder in enumerate(layout.placeholders, number))
    if layout.footer:
        indices = (FEET[0].index, FEET[1].index)
        shapes += _feet(number + len(layout.placeholders), indices, grid, layout.foot_left, layout.foot_ink)
    if layout.kind == "title":
        # Pandoc puts the date here; where a layout has no place for one, it writes a shape that is none.
        place = Box(grid.margin, _FOOT_TOP, 4.0, _FOOT_HEIGHT)
        date = f'<a:p><a:endParaRPr lang="{LANGUAGE}"/></a:p>'
        shapes += _foot(number + len(layout.placeholders), "dt", "Date", 10, place, Level(14, MUTED), date)
    ground = f"<p:bg><p:bgPr>{fill('bg1')}<a:effectLst/></p:bgPr></p:bg>" if layout.dark else ""
    mapping = _DARK_MAP if layout.dark else "<a:masterClrMapping/>"
    kind = f' type="{layout.kind}"' if layout.kind else ' userDrawn="1"'
    master_shapes = "" if layout.footer else ' showMasterSp="0"'
    return (
        f'<p:sldLayout {NAMESPACES}{master_shapes}{kind} preserve="1"><p:cSld name="{layout.name}">{ground}'
        f"<p:spTree>{_GROUP}{shapes}</p:spTree></p:cSld><p:clrMapOvr>{mapping}</p:clrMapOvr></p:sldLayout>"
    )


def _master_text(number: int, kind: str, index: int, name: str, box: Box, words: str) -> str:
    at = f' idx="{index}"' if index else ""
    return (
        f'<p:sp><p:nvSpPr>{named(number, name)}<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        f'<p:nvPr><p:ph type="{kind}"{at}/></p:nvPr></p:nvSpPr><p:spPr>{xfrm(box)}'
        f'<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr><p:txBody><a:bodyPr vert="horz" {_INSETS}>'
        f"<a:normAutofit/></a:bodyPr><a:lstStyle/>{words}</p:txBody></p:sp>"
    )


def _levels_of(size: float) -> str:
    return "".join(
        f'<a:lvl{n}pPr marL="{457200 * (n - 1)}" algn="l" defTabSz="914400" rtl="0" eaLnBrk="1" latinLnBrk="0" '
        f'hangingPunct="1"><a:defRPr lang="{LANGUAGE}" sz="{round(size * 100)}" kern="1200">{fill("tx1")}'
        '<a:latin typeface="+mn-lt"/><a:ea typeface="+mn-ea"/><a:cs typeface="+mn-cs"/></a:defRPr>'
        f"</a:lvl{n}pPr>"
        for n in range(1, 10)
    )


def _with_font(levels: str, font: str) -> str:
    return levels.replace("</a:defRPr>", f'<a:latin typeface="{font}"/></a:defRPr>')


def _master(grid: Grid, layouts: int) -> str:
    texts = ("Click to add text", "Second level", "Third level", "Fourth level", "Fifth level")
    words = "".join(
        f'<a:p><a:pPr lvl="{n}"/><a:r><a:rPr lang="{LANGUAGE}"/><a:t>{text}</a:t></a:r></a:p>'
        for n, text in enumerate(texts)
    )
    shapes = (
        _master_text(2, "title", 0, "Title", grid.heading, plain("Click to add title"))
        + _master_text(3, "body", 1, "Text", grid.below, words)
        + _feet(4, (3, 4), grid)
    )
    ids = "".join(f'<p:sldLayoutId id="{2147483649 + n}" r:id="rId{n + 1}"/>' for n in range(layouts))
    title = _with_font(level_properties(1, Level(32, bold=True, spacing=0.95)), "+mj-lt")
    body = _with_font("".join(level_properties(n, level) for n, level in enumerate(_MASTER_LEVELS, 1)), "+mn-lt")
    return (
        f'<p:sldMaster {NAMESPACES}><p:cSld><p:bg><p:bgRef idx="1001"><a:schemeClr val="bg1"/></p:bgRef></p:bg>'
        f"<p:spTree>{_GROUP}{shapes}</p:spTree></p:cSld><p:clrMap {_LIGHT}/><p:sldLayoutIdLst>{ids}</p:sldLayoutIdLst>"
        f"<p:txStyles><p:titleStyle>{title}</p:titleStyle><p:bodyStyle>{body}</p:bodyStyle>"
        f"<p:otherStyle>{_levels_of(18)}</p:otherStyle></p:txStyles>{_guides(grid)}</p:sldMaster>"
    )


def _guides(grid: Grid) -> str:
    """Guides on the margins and the main column, in units of 1/576 inch."""
    across = dict.fromkeys((grid.margin, grid.list.x, grid.right))
    lines = [("", at) for at in across] + [(' orient="horz"', at) for at in (grid.list.y, grid.bottom)]
    guides = "".join(
        f'<p15:guide id="{n}"{way} pos="{round(at * 576)}" userDrawn="1">'
        '<p15:clr><a:schemeClr val="accent3"/></p15:clr></p15:guide>'
        for n, (way, at) in enumerate(lines, 1)
    )
    return (
        '<p:extLst><p:ext uri="{27BBF7A9-308A-43DC-89C8-2F10F3537804}"><p15:sldGuideLst '
        f'xmlns:p15="http://schemas.microsoft.com/office/powerpoint/2012/main">{guides}</p15:sldGuideLst></p:ext></p:extLst>'
    )


def notes_master() -> str:
    """How a page of speaker notes is set."""
    picture = (
        f"<p:sp><p:nvSpPr>{named(2, 'Slide image')}<p:cNvSpPr>"
        '<a:spLocks noGrp="1" noRot="1" noChangeAspect="1"/></p:cNvSpPr>'
        '<p:nvPr><p:ph type="sldImg" idx="2"/></p:nvPr></p:nvSpPr>'
        f'<p:spPr>{xfrm(Box(0.75, 0.5, 4.4, 2.475))}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/>'
        f'<a:ln w="9525">{fill("accent3")}</a:ln></p:spPr></p:sp>'
    )
    notes = (
        f'<p:sp><p:nvSpPr>{named(3, "Notes")}<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        '<p:nvPr><p:ph type="body" sz="quarter" idx="3"/></p:nvPr></p:nvSpPr>'
        f'<p:spPr>{xfrm(NOTES)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr>'
        f"<p:txBody><a:bodyPr {_INSETS}/><a:lstStyle/>{plain('Notes')}</p:txBody></p:sp>"
    )
    # Pandoc takes a master for notes only with the field for a number in it.
    corner, level = Box(5.55, 9.55, 1.2, 0.25), Level(10, MUTED, align="r")
    number = _foot(4, "sldNum", "Slide number", 4, corner, level, number_field())
    return (
        f'<p:notesMaster {NAMESPACES}><p:cSld><p:bg><p:bgRef idx="1001"><a:schemeClr val="bg1"/></p:bgRef></p:bg>'
        f"<p:spTree>{_GROUP}{picture}{notes}{number}</p:spTree></p:cSld><p:clrMap {_LIGHT}/>"
        f"<p:notesStyle>{_levels_of(12)}</p:notesStyle></p:notesMaster>"
    )


def _handout_master() -> str:
    """How slides are set several to a page: what they are printed with, in the corners."""
    corners = (
        ("hdr", "Header", 0, Box(0.5, 0.35, 4.0, 0.3), "l"),
        ("dt", "Date", 1, Box(4.75, 0.35, 2.25, 0.3), "r"),
        ("ftr", "Footer", 2, Box(0.5, 9.4, 4.0, 0.3), "l"),
        ("sldNum", "Page number", 3, Box(4.75, 9.4, 2.25, 0.3), "r"),
    )
    shapes = "".join(
        _foot(
            number,
            kind,
            name,
            index,
            box,
            Level(11, MUTED, align="r" if align == "r" else "l"),
            number_field() if kind == "sldNum" else f'<a:p><a:endParaRPr lang="{LANGUAGE}"/></a:p>',
        )
        for number, (kind, name, index, box, align) in enumerate(corners, 2)
    )
    return (
        f'<p:handoutMaster {NAMESPACES}><p:cSld><p:bg><p:bgRef idx="1001"><a:schemeClr val="bg1"/></p:bgRef></p:bg>'
        f"<p:spTree>{_GROUP}{shapes}</p:spTree></p:cSld><p:clrMap {_LIGHT}/></p:handoutMaster>"
    )


def _presentation(grid: Grid, handouts: bool) -> str:
    list_of_handouts = '<p:handoutMasterIdLst><p:handoutMasterId r:id="rId7"/></p:handoutMasterIdLst>'
    shape = ' type="screen4x3"' if grid.narrow else ""
    return (
        f'<p:presentation {NAMESPACES} saveSubsetFonts="1" autoCompressPictures="0">'
        '<p:sldMasterIdLst><p:sldMasterId id="2147483648" r:id="rId1"/></p:sldMasterIdLst>'
        '<p:notesMasterIdLst><p:notesMasterId r:id="rId2"/></p:notesMasterIdLst>'
        f"{list_of_handouts if handouts else ''}<p:sldIdLst/>"
        f'<p:sldSz cx="{emu(grid.width)}" cy="{emu(HEIGHT)}"{shape}/><p:notesSz cx="6858000" cy="9144000"/>'
        f'<p:defaultTextStyle><a:defPPr><a:defRPr lang="{LANGUAGE}"/></a:defPPr>{_levels_of(18)}'
        "</p:defaultTextStyle></p:presentation>"
    )


def table_styles() -> str:
    """The part with our table style, which is the default."""
    return (
        f'<a:tblStyleLst xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" def="{TABLE_STYLE}">'
        f"{table_style()}</a:tblStyleLst>"
    )


def table_style() -> str:
    """Hairlines between rows, a firmer rule below the header, no fills, no verticals."""

    def border(side: str, width: int, colour: str) -> str:
        return f'<a:{side}><a:ln w="{width}" cmpd="sng">{fill(colour)}</a:ln></a:{side}>'

    def none(side: str) -> str:
        return f"<a:{side}><a:ln><a:noFill/></a:ln></a:{side}>"

    font = '<a:fontRef idx="minor"/>'
    return (
        f'<a:tblStyle styleId="{TABLE_STYLE}" styleName="Hairlines"><a:wholeTbl><a:tcTxStyle>{font}'
        '<a:schemeClr val="tx1"/></a:tcTxStyle><a:tcStyle><a:tcBdr>'
        f"{none('left')}{none('right')}{none('top')}{none('bottom')}"
        f"{border('insideH', 6350, HAIRLINE)}{none('insideV')}</a:tcBdr>"
        "<a:fill><a:noFill/></a:fill></a:tcStyle></a:wholeTbl>"
        f'<a:firstRow><a:tcTxStyle>{font}<a:schemeClr val="{MUTED}"/></a:tcTxStyle><a:tcStyle><a:tcBdr>'
        f"{border('bottom', 12700, 'tx1')}</a:tcBdr></a:tcStyle></a:firstRow></a:tblStyle>"
    )


def about_the_file() -> dict[str, tuple[str, str]]:
    """The parts in which a file speaks of itself, still empty: XML and content type by name."""
    return {
        "docProps/core.xml": (_core(), "application/vnd.openxmlformats-package.core-properties+xml"),
        "docProps/app.xml": (_app(), OFFICE + "extended-properties+xml"),
    }


def _core() -> str:
    return (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"/>'
    )


def _app() -> str:
    return (
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
        "<Application>Microsoft Office PowerPoint</Application></Properties>"
    )
