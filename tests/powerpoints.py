"""PowerPoint templates such as organisations have, made from code: of every shape that was met in real files.

`PowerPoint` says what a file holds and `file()` writes it. `SHAPES` are the files that a deck can be built on, by what
is peculiar about them; `northmoor()` is the template of the fictional trust.
"""

from __future__ import annotations

import io
import posixpath
import struct
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

A = "http://schemas.openxmlformats.org/drawingml/2006/main"
P = "http://schemas.openxmlformats.org/presentationml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMESPACES = f'xmlns:a="{A}" xmlns:p="{P}" xmlns:r="{R}"'
PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
PML = "application/vnd.openxmlformats-officedocument.presentationml."
EMU = 914400
SAMPLE = "SAMPLEWORDS"
"""What stands on every part that must leave no trace."""
OFFICE = dict(
    zip(
        ("dk1", "lt1", "dk2", "lt2", *(f"accent{n}" for n in range(1, 7)), "hlink", "folHlink"),
        [
            "000000",
            "FFFFFF",
            "44546A",
            "E7E6E6",
            "4472C4",
            "ED7D31",
            "A5A5A5",
            "FFC000",
            "5B9BD5",
            "70AD47",
            "0563C1",
            "954F72",
        ],
        strict=True,
    )
)

Place = tuple[float, float, float, float]


def image(colour: tuple[int, int, int], width: int = 16, height: int = 16) -> bytes:
    """A PNG of one colour."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = zlib.compress((b"\0" + bytes(colour) * width) * height)
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def frame(place: Place) -> str:
    x, y, width, height = (round(value * EMU) for value in place)
    return f'<a:xfrm><a:off x="{x}" y="{y}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'


def paint(colour: str) -> str:
    """A flat fill: six hex digits, or a name of the theme."""
    inner = (
        f'<a:srgbClr val="{colour}"/>' if len(colour) == 6 and colour.isupper() else f'<a:schemeClr val="{colour}"/>'
    )
    return f"<a:solidFill>{inner}</a:solidFill>"


@dataclass(frozen=True)
class Holder:
    """A placeholder. Without a place it inherits its master's."""

    kind: str
    index: int = 0
    place: Place | None = None
    size: float | None = None
    colour: str = ""
    anchor: str = ""
    align: str = ""
    more: str = ""
    """Attributes of `bodyPr`."""

    def xml(self, number: int) -> str:
        kind = f' type="{self.kind}"' if self.kind else ""
        index = f' idx="{self.index}"' if self.index else ""
        size = f' sz="{round(self.size * 100)}"' if self.size else ""
        run = f"<a:defRPr{size}>{paint(self.colour) if self.colour else ''}</a:defRPr>"
        align = f' algn="{self.align}"' if self.align else ""
        style = f"<a:lvl1pPr{align}>{run}</a:lvl1pPr>" if self.size or self.colour else ""
        field = (
            '<a:fld id="{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}" type="slidenum"><a:rPr lang="de-DE"/>'
            "<a:t>‹#›</a:t></a:fld>"
        )
        words = field if self.kind == "sldNum" else '<a:r><a:rPr lang="de-DE"/><a:t>Text</a:t></a:r>'
        anchor = f' anchor="{self.anchor}"' if self.anchor else ""
        where = frame(self.place) + '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>' if self.place else ""
        return (
            f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="Holder {number}"/><p:cNvSpPr>'
            '<a:spLocks noGrp="1"/></p:cNvSpPr>'
            f"<p:nvPr><p:ph{kind}{index}/></p:nvPr></p:nvSpPr><p:spPr>{where}</p:spPr><p:txBody>"
            f"<a:bodyPr{anchor}{self.more}/>"
            f"<a:lstStyle>{style}</a:lstStyle><a:p>{words}</a:p></p:txBody></p:sp>"
        )


@dataclass(frozen=True)
class Art:
    """A shape, or a picture where there is one."""

    place: Place
    colour: str = ""
    png: bytes = b""
    name: str = "Art"
    shape: str = "rect"
    link: str = ""
    """An address that a click on it would open."""
    geometry: str = ""

    def xml(self, number: int, image_id: str, link_id: str) -> str:
        link = f'<a:hlinkClick r:id="{link_id}"/>' if self.link else ""
        about = f'<p:cNvPr id="{number}" name="{self.name}">{link}</p:cNvPr>'
        if self.png:
            return (
                f'<p:pic><p:nvPicPr>{about}<p:cNvPicPr/><p:nvPr userDrawn="1"/></p:nvPicPr><p:blipFill>'
                f'<a:blip r:embed="{image_id}"/><a:stretch><a:fillRect/></a:stretch></p:blipFill>'
                f"<p:spPr>{frame(self.place)}"
                '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr></p:pic>'
            )
        geometry = self.geometry or f'<a:prstGeom prst="{self.shape}"><a:avLst/></a:prstGeom>'
        return (
            f'<p:sp><p:nvSpPr>{about}<p:cNvSpPr/><p:nvPr userDrawn="1"/></p:nvSpPr>'
            f"<p:spPr>{frame(self.place)}{geometry}"
            f"{paint(self.colour)}<a:ln><a:noFill/></a:ln></p:spPr><p:txBody><a:bodyPr/><a:lstStyle/><a:p>"
            '<a:endParaRPr lang="de-DE"/></a:p></p:txBody></p:sp>'
        )


@dataclass(frozen=True)
class LayoutOf:
    """A layout: what PowerPoint calls its type, its name, its placeholders and its art."""

    name: str
    kind: str
    holders: tuple[Holder, ...] = ()
    art: tuple[Art, ...] = ()
    ground: str = ""
    mapping: str = ""
    """A mapping of colours of its own."""
    hides_master: bool = False


DARK = (
    'bg1="dk1" tx1="lt1" bg2="dk2" tx2="lt2" accent1="accent1" accent2="accent2" accent3="accent3" accent4="accent4" '
    'accent5="accent5" accent6="accent6" hlink="hlink" folHlink="folHlink"'
)
LIGHT = DARK.replace('bg1="dk1" tx1="lt1" bg2="dk2" tx2="lt2"', 'bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2"')


def feet(width: float = 40 / 3, first: int = 10) -> tuple[Holder, ...]:
    """A date, a footer and a number, as the layouts of Office have them."""
    return (
        Holder("dt", first, (0.069 * width, 6.95, 0.225 * width, 0.4), 12),
        Holder("ftr", first + 1, (0.331 * width, 6.95, 0.338 * width, 0.4), 12),
        Holder("sldNum", first + 2, (0.706 * width, 6.95, 0.225 * width, 0.4), 12),
    )


def layouts(width: float = 40 / 3) -> tuple[LayoutOf, ...]:
    """The layouts that Office begins with, of the kinds that matter here."""
    w = width / 13.333
    return (
        LayoutOf(
            "Title Slide",
            "title",
            (
                Holder("ctrTitle", 0, (1.667 * w, 1.2, 10 * w, 2.6), 54 * min(1, w * 1.1), anchor="b"),
                Holder("subTitle", 1, (1.667 * w, 3.94, 10 * w, 1.8), 24 * min(1, w * 1.1)),
                *feet(width),
            ),
        ),
        LayoutOf("Title and Content", "obj", (Holder("title"), Holder("", 1), *feet(width))),
        LayoutOf(
            "Section Header",
            "secHead",
            (
                Holder("title", 0, (0.91 * w, 1.87, 11.5 * w, 3.12), 54 * min(1, w * 1.1), anchor="b"),
                Holder("body", 1, (0.91 * w, 5.02, 11.5 * w, 1.4), 24),
                *feet(width),
            ),
        ),
        LayoutOf(
            "Two Content",
            "twoObj",
            (
                Holder("title"),
                Holder("", 1, (0.917 * w, 2, 5.667 * w, 4.75)),
                Holder("", 2, (6.75 * w, 2, 5.667 * w, 4.75)),
                *feet(width),
            ),
        ),
        LayoutOf(
            "Comparison",
            "twoTxTwoObj",
            (
                Holder("title"),
                Holder("body", 1, (0.918 * w, 1.84, 5.64 * w, 0.9), 24),
                Holder("", 2, (0.918 * w, 2.74, 5.64 * w, 4.0)),
                Holder("body", 3, (6.75 * w, 1.84, 5.668 * w, 0.9), 24),
                Holder("", 4, (6.75 * w, 2.74, 5.668 * w, 4.0)),
                *feet(width),
            ),
        ),
        LayoutOf("Title Only", "titleOnly", (Holder("title"), *feet(width))),
        LayoutOf("Blank", "blank", feet(width)),
    )


@dataclass(frozen=True)
class PowerPoint:
    """A file: its masters have the same look, and `layouts` are those of each."""

    layouts: tuple[tuple[LayoutOf, ...], ...] = (layouts(),)
    width: float = 40 / 3
    height: float = 7.5
    colours: Mapping[str, str] = field(default_factory=lambda: OFFICE)
    fonts: tuple[str, str] = ("Arial", "Arial")
    mapping: str = LIGHT
    ground: str = "bg1"
    art: tuple[Art, ...] = ()
    title: Holder | None = None
    body: Holder | None = None
    title_size: float = 40
    body_sizes: tuple[float, ...] = (28, 24, 20, 18, 18)
    samples: int = 0
    """Sample slides, with all that people leave in a file: notes, comments, sections, custom shows, pictures, links."""
    media: str = PML + "presentation.main+xml"
    extra: Mapping[str, tuple[str, bytes]] = field(default_factory=dict)
    """Further parts of the presentation: relationship type by name, and bytes."""

    def file(self) -> bytes:
        return _Writer(self).file()


class _Writer:
    def __init__(self, source: PowerPoint) -> None:
        self.source = source
        self.parts: dict[str, tuple[bytes, str]] = {}
        self.rels: dict[str, list[tuple[str, str, str, bool]]] = {}

    def file(self) -> bytes:
        main = "ppt/presentation.xml"
        ids: list[str] = []
        number = 2147483648
        for n in range(1, len(self.source.layouts) + 1):
            ids.append(f'<p:sldMasterId id="{number}" r:id="{self._master(n, number + 1)}"/>')
            number += 1 + len(self.source.layouts[n - 1])
        self.relate(
            main,
            "tableStyles",
            self.part(
                "ppt/tableStyles.xml",
                PML + "tableStyles+xml",
                (f'<a:tblStyleLst xmlns:a="{A}" def="{{5C22544A-7EE6-4342-B048-85BDC9FD1C3A}}"/>'),
            ),
        )
        view = f"<p:viewPr {NAMESPACES}/>"
        self.relate(main, "viewProps", self.part("ppt/viewProps.xml", PML + "viewProps+xml", view))
        slides = [self._slide(n) for n in range(1, self.source.samples + 1)]
        more = self._left_behind(slides) if slides else ("", "")
        listed = "".join(f'<p:sldId id="{255 + n}" r:id="{id}"/>' for n, id in enumerate(slides, 1))
        size = f'<p:sldSz cx="{round(self.source.width * EMU)}" cy="{round(self.source.height * EMU)}"/>'
        masters = f"<p:sldMasterIdLst>{''.join(ids)}</p:sldMasterIdLst>" if ids else ""
        for kind, (name, data) in ((kind, row) for kind, row in self.source.extra.items()):
            self.parts[name] = (data, "application/octet-stream")
            self.relate(main, kind, name)
        self.part(
            main,
            self.source.media,
            f"<p:presentation {NAMESPACES}>{masters}{f'<p:sldIdLst>{listed}</p:sldIdLst>' if listed else ''}{size}"
            f'<p:notesSz cx="6858000" cy="9144000"/>{more[0]}{more[1]}</p:presentation>',
        )
        core = f'<cp:coreProperties xmlns:cp="{PACKAGE}metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>{SAMPLE}</dc:creator></cp:coreProperties>'
        self.part("docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml", core)
        self.rels[""] = [
            (f"{R}/officeDocument", main, "rId1", False),
            (f"{PACKAGE}relationships/metadata/core-properties", "docProps/core.xml", "rId2", False),
        ]
        return self._zipped()

    def part(self, name: str, media: str, xml: str) -> str:
        self.parts[name] = (b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + xml.encode(), media)
        return name

    def relate(self, source: str, kind: str, target: str, external: bool = False) -> str:
        rows = self.rels.setdefault(source, [])
        id = f"rId{len(rows) + 1}"
        rows.append((kind if ":" in kind else f"{R}/{kind}", target, id, external))
        return id

    def _master(self, n: int, first: int) -> str:
        source, name = self.source, f"ppt/slideMasters/slideMaster{n}.xml"
        main = "ppt/presentation.xml"
        id = self.relate(main, "slideMaster", name)
        listed = ""
        for at, layout in enumerate(source.layouts[n - 1]):
            path = f"ppt/slideLayouts/slideLayout{n}{at + 1:02}.xml"
            listed += f'<p:sldLayoutId id="{first + at}" r:id="{self.relate(name, "slideLayout", path)}"/>'
            self.relate(path, "slideMaster", name)
            self._layout(path, layout)
        self.relate(name, "theme", self._theme(n))
        w = source.width
        title = source.title or Holder("title", 0, (0.069 * w, 0.4, 0.862 * w, 1.45), anchor="ctr")
        body = source.body or Holder("body", 1, (0.069 * w, 2.0, 0.862 * w, 4.75))
        holders = (replace(title, kind="title", index=0), replace(body, kind="body", index=1), *feet(w, 2))
        shapes = self._shapes(name, holders, source.art)
        levels = "".join(
            f'<a:lvl{k}pPr marL="{228600 + 457200 * (k - 1)}" indent="-228600"><a:lnSpc>'
            '<a:spcPct val="90000"/></a:lnSpc>'
            f'<a:spcBef><a:spcPts val="{1000 if k == 1 else 500}"/></a:spcBef>'
            '<a:buFont typeface="Arial"/><a:buChar char="•"/>'
            f'<a:defRPr sz="{round(size * 100)}">{paint("tx1")}<a:latin typeface="+mn-lt"/></a:defRPr></a:lvl{k}pPr>'
            for k, size in enumerate(source.body_sizes, 1)
        )
        styles = (
            f'<p:txStyles><p:titleStyle><a:lvl1pPr><a:lnSpc><a:spcPct val="90000"/></a:lnSpc><a:buNone/>'
            f'<a:defRPr sz="{round(source.title_size * 100)}">{paint("tx1")}<a:latin typeface="+mj-lt"/></a:defRPr>'
            "</a:lvl1pPr></p:titleStyle>"
            f'<p:bodyStyle>{levels}</p:bodyStyle><p:otherStyle><a:lvl1pPr><a:defRPr sz="1800">{paint("tx1")}'
            '<a:latin typeface="+mn-lt"/></a:defRPr></a:lvl1pPr></p:otherStyle></p:txStyles>'
        )
        ground = f"<p:bg><p:bgPr>{paint(source.ground)}<a:effectLst/></p:bgPr></p:bg>"
        ids = f"<p:sldLayoutIdLst>{listed}</p:sldLayoutIdLst>" if listed else ""
        self.part(
            name,
            PML + "slideMaster+xml",
            (
                f"<p:sldMaster {NAMESPACES}><p:cSld>{ground}{shapes}</p:cSld>"
                f"<p:clrMap {source.mapping}/>{ids}{styles}</p:sldMaster>"
            ),
        )
        return id

    def _layout(self, path: str, layout: LayoutOf) -> None:
        kind = f' type="{layout.kind}"' if layout.kind else ' userDrawn="1"'
        hides = ' showMasterSp="0"' if layout.hides_master else ""
        ground = f"<p:bg><p:bgPr>{paint(layout.ground)}<a:effectLst/></p:bgPr></p:bg>" if layout.ground else ""
        mapping = f"<a:overrideClrMapping {layout.mapping}/>" if layout.mapping else "<a:masterClrMapping/>"
        shapes = self._shapes(path, layout.holders, layout.art)
        self.part(
            path,
            PML + "slideLayout+xml",
            f'<p:sldLayout {NAMESPACES}{hides}{kind} preserve="1">'
            f'<p:cSld name="{layout.name}">{ground}{shapes}</p:cSld>'
            f"<p:clrMapOvr>{mapping}</p:clrMapOvr></p:sldLayout>",
        )

    def _shapes(self, part: str, holders: Sequence[Holder], art: Sequence[Art]) -> str:
        xml = (
            '<p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr>'
            '<a:xfrm><a:off x="0" y="0"/>'
            '<a:ext cx="0" cy="0"/><a:chOff x="0" y="0"/><a:chExt cx="0" cy="0"/></a:xfrm></p:grpSpPr>'
        )
        number = 2
        for piece in art:
            image_id = self.relate(part, "image", self._media(piece.png)) if piece.png else ""
            link_id = self.relate(part, "hyperlink", piece.link, external=True) if piece.link else ""
            xml += piece.xml(number, image_id, link_id)
            number += 1
        for holder in holders:
            xml += holder.xml(number)
            number += 1
        return f"<p:spTree>{xml}</p:spTree>"

    def _media(self, png: bytes) -> str:
        name = f"ppt/media/image{zlib.crc32(png)}.png"
        self.parts[name] = (png, "image/png")
        return name

    def _theme(self, n: int) -> str:
        scheme = "".join(f'<a:{key}><a:srgbClr val="{value}"/></a:{key}>' for key, value in self.source.colours.items())
        fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
        line = f'<a:ln w="6350">{fill}</a:ln>'
        major, minor = (
            f'<a:latin typeface="{font}"/><a:ea typeface=""/><a:cs typeface=""/>' for font in self.source.fonts
        )
        xml = (
            f'<a:theme xmlns:a="{A}" name="Theirs"><a:themeElements><a:clrScheme name="Theirs">{scheme}</a:clrScheme>'
            f'<a:fontScheme name="Theirs"><a:majorFont>{major}</a:majorFont>'
            f"<a:minorFont>{minor}</a:minorFont></a:fontScheme>"
            f'<a:fmtScheme name="Theirs"><a:fillStyleLst>{fill * 3}</a:fillStyleLst>'
            f"<a:lnStyleLst>{line * 3}</a:lnStyleLst>"
            f"<a:effectStyleLst>{'<a:effectStyle><a:effectLst/></a:effectStyle>' * 3}</a:effectStyleLst>"
            f"<a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>"
        )
        return self.part(f"ppt/theme/theme{n}.xml", "application/vnd.openxmlformats-officedocument.theme+xml", xml)

    # What people leave in a file

    def _slide(self, n: int) -> str:
        path, notes = f"ppt/slides/slide{n}.xml", f"ppt/notesSlides/notesSlide{n}.xml"
        rows = self.source.layouts[-1]
        layout = f"ppt/slideLayouts/slideLayout{len(self.source.layouts)}{min(n, len(rows)):02}.xml"
        self.relate(path, "slideLayout", layout)
        picture = Art((1, 1, 1, 1), png=image((200, 10, n)), name=SAMPLE)
        jump = self.relate(path, "slide", "ppt/slides/slide1.xml")
        shapes = self._shapes(path, (), (picture,))
        words = (
            f'<p:sp><p:nvSpPr><p:cNvPr id="9" name="{SAMPLE}">'
            f'<a:hlinkClick r:id="{jump}" action="ppaction://hlinksldjump"/></p:cNvPr>'
            f'<p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr>{frame((1, 3, 3, 1))}<a:prstGeom prst="rect">'
            "<a:avLst/></a:prstGeom></p:spPr>"
            f'<p:txBody><a:bodyPr/><a:lstStyle/><a:p><a:r><a:rPr lang="de-DE"/><a:t>{SAMPLE}</a:t>'
            "</a:r></a:p></p:txBody></p:sp>"
        )
        tree = shapes.replace("</p:spTree>", f"{words}</p:spTree>")
        xml = f"<p:sld {NAMESPACES}><p:cSld>{tree}</p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sld>"
        self.part(path, PML + "slide+xml", xml)
        said = words.replace(f'<a:hlinkClick r:id="{jump}" action="ppaction://hlinksldjump"/>', "")
        tree = self._shapes(notes, (), ()).replace("</p:spTree>", f"{said}</p:spTree>")
        mapping = "<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr>"
        self.part(notes, PML + "notesSlide+xml", f"<p:notes {NAMESPACES}><p:cSld>{tree}</p:cSld>{mapping}</p:notes>")
        self.relate(notes, "slide", path)
        self.relate(path, "notesSlide", notes)
        comment = (
            f'<p:cmLst {NAMESPACES}><p:cm authorId="0" idx="1"><p:pos x="10" y="10"/>'
            f"<p:text>{SAMPLE}</p:text></p:cm></p:cmLst>"
        )
        self.relate(path, "comments", self.part(f"ppt/comments/comment{n}.xml", PML + "comments+xml", comment))
        return self.relate("ppt/presentation.xml", "slide", path)

    def _left_behind(self, slides: Sequence[str]) -> tuple[str, str]:
        main = "ppt/presentation.xml"
        author = (
            f"<p:cmAuthorLst {NAMESPACES}>"
            f'<p:cmAuthor id="0" name="{SAMPLE}" initials="S" lastIdx="1" clrIdx="0"/></p:cmAuthorLst>'
        )
        self.relate(main, "commentAuthors", self.part("ppt/commentAuthors.xml", PML + "commentAuthors+xml", author))
        show = f'<p:presentationPr {NAMESPACES}><p:showPr loop="1"><p:custShow id="0"/></p:showPr></p:presentationPr>'
        self.relate(main, "presProps", self.part("ppt/presProps.xml", PML + "presProps+xml", show))
        tags = f'<p:tagLst {NAMESPACES}><p:tag name="A" val="{SAMPLE}"/></p:tagLst>'
        tag = self.relate(main, "tags", self.part("ppt/tags/tag1.xml", PML + "tags+xml", tags))
        shown = "".join(f'<p:sld r:id="{id}"/>' for id in slides)
        shows = (
            f'<p:custShowLst><p:custShow name="{SAMPLE}" id="0"><p:sldLst>{shown}</p:sldLst></p:custShow>'
            "</p:custShowLst>"
        )
        ids = "".join(f'<p14:sldId id="{256 + n}"/>' for n in range(len(slides)))
        sections = (
            '<p:extLst><p:ext uri="{521415D9-36F7-43E2-AB2F-B90AF26B5E84}">'
            '<p14:sectionLst xmlns:p14="http://schemas.microsoft.com/office/powerpoint/2010/main">'
            f'<p14:section name="{SAMPLE}" id="{{6F1C5A41-0A5B-4C0E-9F6B-0F5C7C5E1A11}}">'
            f"<p14:sldIdLst>{ids}</p14:sldIdLst>"
            "</p14:section></p14:sectionLst></p:ext></p:extLst>"
        )
        return f'{shows}<p:custDataLst><p:tags r:id="{tag}"/></p:custDataLst>', sections

    def _zipped(self) -> bytes:
        types = "".join(
            f'<Override PartName="/{name}" ContentType="{media}"/>' for name, (_, media) in self.parts.items()
        )
        files = {name: data for name, (data, _) in self.parts.items()}
        files["[Content_Types].xml"] = (
            f'<Types xmlns="{PACKAGE}content-types"><Default Extension="rels" '
            f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{types}</Types>'
        ).encode()
        for source, rows in self.rels.items():
            folder, base = posixpath.split(source)
            inner = "".join(
                f'<Relationship Id="{id}" Type="{kind}" Target="{target}" TargetMode="External"/>'
                if external
                else f'<Relationship Id="{id}" Type="{kind}" Target="/{target}"/>'
                for kind, target, id, external in rows
            )
            path = posixpath.join(folder, "_rels", f"{base}.rels")
            files[path] = f'<Relationships xmlns="{PACKAGE}relationships">{inner}</Relationships>'.encode()
        return zipped(files)


def zipped(files: Mapping[str, bytes]) -> bytes:
    """A zip, the same for the same files."""
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name in sorted(files, key=lambda name: (name != "[Content_Types].xml", name)):
            info = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = ZIP_DEFLATED
            archive.writestr(info, files[name])
    return out.getvalue()


# Shapes ------------------------------------------------------------------------------------------


def named(names: Iterable[str], width: float = 40 / 3) -> tuple[LayoutOf, ...]:
    """The layouts of Office under other names."""
    return tuple(replace(layout, name=name) for layout, name in zip(layouts(width), names, strict=True))


def without_types(rows: Iterable[LayoutOf]) -> tuple[LayoutOf, ...]:
    return tuple(replace(layout, kind="") for layout in rows)


def _changed(change: Callable[[Holder], Holder]) -> tuple[LayoutOf, ...]:
    return tuple(replace(row, holders=tuple(change(holder) for holder in row.holders)) for row in layouts())


def _shrunk(share: float) -> tuple[LayoutOf, ...]:
    """The layouts of Office on a smaller slide of the same shape, as their old versions had them."""

    def smaller(holder: Holder) -> Holder:
        x, y, width, height = (value * share for value in holder.place or (0, 0, 0, 0))
        place = (x, y, width, height) if holder.place else None
        return replace(holder, place=place, size=holder.size * share if holder.size else None)

    return _changed(smaller)


def _banded() -> PowerPoint:
    """Brand in artwork alone: a dark band behind the titles, a logo in the corner, stock colours in the theme."""
    return PowerPoint(
        art=(Art((0, 0, 40 / 3, 1.5), "1F3864"), Art((11.6, 6.7, 1.3, 0.55), png=image((0, 94, 184)), name="Logo")),
        title=Holder("title", 0, (0.7, 0.3, 10.5, 0.95), colour="FFFFFF", anchor="ctr"),
        body=Holder("body", 1, (0.7, 1.8, 11.9, 4.7)),
        title_size=32,
        samples=3,
    )


GERMAN = ("Titelfolie", "Titel und Inhalt", "Abschnittsüberschrift", "Zwei Inhalte", "Vergleich", "Nur Titel", "Leer")
WELSH = ("Sleid Teitl", "Teitl a Chynnwys", "Pennyn Adran", "Dau Gynnwys", "Cymhariaeth", "Teitl yn Unig", "Gwag")
SHAPES: Mapping[str, Callable[[], PowerPoint]] = {
    "wide": lambda: PowerPoint(samples=2),
    "four-by-three": lambda: PowerPoint((layouts(10),), width=10, title_size=36, body_sizes=(26, 22, 20, 18, 18)),
    "off-the-slide": lambda: PowerPoint((layouts(10),), width=10, height=5.625),
    "ten-inches": lambda: PowerPoint(
        (_shrunk(0.75),),
        width=10,
        height=5.625,
        title=Holder("title", 0, (0.69, 0.3, 8.62, 1.09), anchor="ctr"),
        body=Holder("body", 1, (0.69, 1.5, 8.62, 3.56)),
        title_size=30,
        body_sizes=(21, 18, 15, 14, 14),
    ),
    "german": lambda: PowerPoint((named(GERMAN),)),
    "welsh-without-types": lambda: PowerPoint((without_types(named(WELSH)),)),
    "banded": _banded,
    "dark": lambda: PowerPoint(mapping=DARK, colours={**OFFICE, "dk1": "10202B", "dk2": "243B4A", "lt2": "BFD0DA"}),
    "dark-second-ground": lambda: PowerPoint(colours={**OFFICE, "lt2": "14213D", "dk2": "FCA311"}),
    "no-index": lambda: PowerPoint(
        (_changed(lambda holder: replace(holder, index=4294967295 if holder.kind == "" else holder.index)),)
    ),
    "all-index-nought": lambda: PowerPoint((_changed(lambda holder: replace(holder, index=0)),)),
    "no-titles": lambda: PowerPoint(
        (tuple(replace(row, holders=tuple(h for h in row.holders if "itle" not in h.kind)) for row in layouts()),)
    ),
    "only-blank": lambda: PowerPoint((layouts()[-1:],)),
    "no-layouts": lambda: PowerPoint(((),)),
    "two-masters": lambda: PowerPoint((layouts()[:1], named(tuple(f"1_{row.name}" for row in layouts()))), samples=4),
    "duplicates": lambda: PowerPoint(((*layouts(), *named(tuple(f"1_{row.name}" for row in layouts()))),)),
    "shallow-subtitle": lambda: PowerPoint(
        (_changed(lambda h: replace(h, place=(1.7, 4, 10, 0.22)) if h.kind == "subTitle" else h),)
    ),
    "small-type": lambda: PowerPoint(title_size=20, body_sizes=(14, 12, 12, 12, 12)),
    "wide-type": lambda: PowerPoint(fonts=("Verdana", "Verdana")),
    "stray-font": lambda: PowerPoint(fonts=("Arial", "Consolas")),
    "upright": lambda: PowerPoint(
        ((LayoutOf("Vertical", "vertTx", (Holder("title"), Holder("body", 1, more=' vert="eaVert"'))), *layouts()),)
    ),
    "linked": lambda: PowerPoint(
        art=(Art((12, 0.2, 1, 0.4), "accent1", link=f"https://{SAMPLE}.example/"),), samples=1
    ),
    "pale-title": lambda: PowerPoint((_changed(lambda h: replace(h, colour="E7E6E6") if h.kind == "title" else h),)),
    "potx": lambda: PowerPoint(media=PML + "template.main+xml", samples=1),
}
"""Files that a deck can be built on, by what is peculiar about them."""


# The template of the fictional trust -------------------------------------------------------------

HEATHER, MOSS, PEAT, PAPER = "5B2A57", "55642E", "241B24", "FFFFFF"
_HILLS = (
    '<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/><a:rect l="0" t="0" r="r" b="b"/><a:pathLst>'
    '<a:path w="1000" h="100"><a:moveTo><a:pt x="0" y="100"/></a:moveTo>{curve}<a:lnTo>'
    '<a:pt x="1000" y="100"/></a:lnTo>'
    "<a:close/></a:path></a:pathLst></a:custGeom>"
)


def _curve(*points: tuple[int, int]) -> str:
    found = ""
    for at in range(0, len(points), 3):
        inner = "".join(f'<a:pt x="{x}" y="{y}"/>' for x, y in points[at : at + 3])
        found += f"<a:cubicBezTo>{inner}</a:cubicBezTo>"
    return _HILLS.format(curve=found)


_FAR = _curve((150, 10), (260, 0), (400, 40), (560, 90), (700, 20), (1000, 30))
_NEAR = _curve((200, 90), (420, 20), (640, 50), (780, 70), (900, 60), (1000, 55))


def _moor(top: float, height: float, far: str, near: str) -> tuple[Art, ...]:
    width = 40 / 3
    return (
        Art((0, top, width, height), far, name="Far hill", geometry=_FAR),
        Art((0, top + height * 0.25, width, height * 0.75), near, name="Near hill", geometry=_NEAR),
    )


def _crest(x: float, y: float, size: float, sky: str, land: str) -> tuple[Art, ...]:
    """A sun behind a hill: the trust's emblem."""
    return (
        Art((x + 0.3 * size, y, 0.55 * size, 0.55 * size), sky, name="Emblem, sun", shape="ellipse"),
        Art((x, y + 0.3 * size, size, 0.4 * size), land, name="Emblem, hill", geometry=_NEAR),
        Art((x, y + 0.75 * size, size, 0.07 * size), sky, name="Emblem, ground"),
    )


def northmoor() -> bytes:
    """The template of Northmoor University Hospitals, which does not exist, with a sample slide in it."""
    colours = dict(
        zip(
            OFFICE,
            (PEAT, PAPER, HEATHER, "F3EAF2", HEATHER, MOSS, "7C5C79", "8A8F5A", "A9879F", "3D3A42", HEATHER, MOSS),
            strict=True,
        )
    )
    foot = (
        Holder("ftr", 31, (0.75, 6.93, 8.0, 0.34), 12),
        Holder("sldNum", 32, (11.0, 6.93, 1.6, 0.34), 12, align="r"),
    )
    rows = (
        LayoutOf(
            "NM 01 Opening",
            "title",
            (
                Holder("ctrTitle", 0, (0.75, 0.7, 10.8, 1.9), 46, "FFFFFF", "b"),
                Holder("subTitle", 7, (0.75, 2.75, 10.8, 2.4), 22, "FFFFFF"),
            ),
            (*_moor(5.2, 2.3, MOSS, "414D22"), *_crest(11.75, 0.45, 0.95, "FFFFFF", "C9D3A5")),
            ground=HEATHER,
            hides_master=True,
        ),
        LayoutOf("NM 02 One idea", "obj", (Holder("title"), Holder("", 21), *foot)),
        LayoutOf(
            "NM 03 Way marker",
            "",
            (
                Holder("title", 0, (0.75, 2.0, 10.8, 1.9), 44, "FFFFFF", "b"),
                Holder("body", 22, (0.75, 4.05, 10.8, 1.5), 24, "FFFFFF"),
            ),
            (*_moor(5.6, 1.9, "414D22", HEATHER), *_crest(11.75, 0.45, 0.95, "FFFFFF", "C9D3A5")),
            ground=MOSS,
            hides_master=True,
        ),
        LayoutOf(
            "NM 04 Two views",
            "twoTxTwoObj",
            (
                Holder("title"),
                Holder("body", 23, (0.75, 1.95, 5.3, 0.65), 24, "accent1", "b"),
                Holder("", 24, (0.75, 2.7, 5.3, 3.95)),
                Holder("body", 25, (6.6, 1.95, 5.3, 0.65), 24, "accent2", "b"),
                Holder("", 26, (6.6, 2.7, 5.3, 3.95)),
                *foot,
            ),
        ),
        LayoutOf("NM 05 Heading alone", "titleOnly", (Holder("title"), *foot)),
        LayoutOf("NM 06 Photograph", "", (Holder("pic", 27, (0, 0, 40 / 3, 7.5)),), hides_master=True),
    )
    made = PowerPoint(
        (rows,),
        colours=colours,
        art=(
            Art((0, 0, 0.32, 7.5), "accent1", name="Heather edge"),
            Art((0, 5.6, 0.32, 1.9), "accent2", name="Moss edge"),
            *_crest(12.1, 0.4, 0.8, HEATHER, MOSS),
        ),
        title=Holder("title", 0, (0.75, 0.45, 11.0, 1.25), colour="accent1", anchor="ctr"),
        body=Holder("body", 1, (0.75, 1.9, 11.85, 4.85)),
        title_size=32,
        body_sizes=(26, 22, 20, 18, 18),
        samples=1,
    )
    return made.file()
