"""HTML to PDF/UA-1: the only door to WeasyPrint.

Nothing leaves this machine and nothing is read from it: a document sees its own text and the assets
that it was given, under `kit:NAME`. WeasyPrint is loaded at the first call, since it costs half a
second that commands without drawing need not pay.
"""

from __future__ import annotations

import copy
import ctypes.util
import hashlib
import importlib
import io
import logging
import os
import re
import shutil
import sys
import tempfile
import threading
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from multiprocessing.util import Finalize
from pathlib import Path
from typing import Any, Literal
from xml.sax.saxutils import escape

MM = 25.4 / 96
"""Millimetres in a CSS pixel."""

TOLERANCE_MM = 0.05
"""What may pass the edge of a box before it counts: less than a printer can show."""

Duplex = Literal["simplex", "long", "short"]

_DUPLEX: Mapping[Duplex, str] = {
    "simplex": "/Simplex",
    "long": "/DuplexFlipLongEdge",
    "short": "/DuplexFlipShortEdge",
}
_LINK_SCHEMES = ("https:", "http:", "mailto:", "tel:")
_TABLE_PARTS = ("caption", "thead", "tbody", "tfoot", "tr", "th", "td")
_LIST_MARKS = "ul { list-style-type: disc }"
"""Lists within lists would have a hollow bullet, which Kit Text does not hold."""

_MISSING_GLYPH = re.compile(r"\(U\+([0-9A-F]{4,6})\)")


class RenderFault(Exception):
    """WeasyPrint complained: a template, a stylesheet or an asset is wrong.

    `messages` are its words, each once. `characters` are those that no face of the document can draw,
    in the order in which they were met: the one fault here that can come from the words of a trust.
    """

    def __init__(self, messages: Sequence[str]) -> None:
        self.messages = tuple(dict.fromkeys(messages))
        codes = (int(code, 16) for message in self.messages for code in _MISSING_GLYPH.findall(message))
        self.characters = tuple(dict.fromkeys(chr(code) for code in codes))
        super().__init__("; ".join(self.messages))


class MissingLibrary(Exception):
    """A native library is not installed. `what` names it, `command` installs it."""

    def __init__(self, what: str, command: str) -> None:
        self.what = what
        self.command = command
        super().__init__(f"{what} is not installed. To install it: {command}")


@dataclass(frozen=True)
class Asset:
    """A font or an image that a document may use: its bytes and its media type."""

    data: bytes
    media: str


@dataclass(frozen=True, order=True)
class Overflow:
    """A box whose content is too large for it: id of the element (or empty), page from 1, excess in mm."""

    id: str
    page: int
    over_mm: float


@dataclass(frozen=True)
class Collision:
    """Text that cannot be read where it stands: on which page, counted from 1, and its words."""

    page: int
    text: str


def lay_out(html: str, stylesheets: Sequence[str], assets: Mapping[str, Asset], *, created: datetime) -> Laid:
    """Lay `html` out on its pages.

    `stylesheets` are CSS texts; `assets` are served under `kit:NAME`, as in `url(kit:fonts/KitText-Regular.ttf)`.
    The document takes its language and title from the HTML. `created` becomes the date in the file; a time
    without a zone is taken as UTC. Raises `RenderFault` when WeasyPrint has anything to complain of, and
    `MissingLibrary` when it cannot be loaded.
    """
    engine = _engine()
    with engine.lock, engine.strict():
        engine.claim_fonts(assets)
        fetcher = _registered_only(assets, engine.weasyprint)
        counters = importlib.import_module("weasyprint.css.counters").CounterStyle()
        profiles: dict[str, Any] = {}
        source = engine.weasyprint.HTML(string=html, url_fetcher=fetcher)
        engine.tagging.prepare(source.etree_element)
        sheets = [
            engine.weasyprint.CSS(
                string=css,
                url_fetcher=fetcher,
                font_config=engine.fonts,
                counter_style=counters,
                color_profiles=profiles,
            )
            for css in (_LIST_MARKS, *stylesheets)
        ]
        document = source.render(
            font_config=engine.fonts, counter_style=counters, color_profiles=profiles, stylesheets=sheets
        )
        _refuse_what_cannot_be_tagged(document)
        document.metadata.created = document.metadata.modified = _stamp(created)
        document.metadata.generator = "kit"
    return Laid(engine, document)


class Laid:
    """A document on its pages."""

    def __init__(self, engine: _Engine, document: Any) -> None:
        self._engine = engine
        self._document = document
        self.pages: int = len(document.pages)
        anchors: dict[str, int] = {}
        for number, page in enumerate(document.pages, start=1):
            for id in page.anchors:
                anchors.setdefault(id, number)
        self.anchors: Mapping[str, int] = anchors

    def write(
        self, *, title: str | None = None, first: int = 1, last: int | None = None, duplex: Duplex = "simplex"
    ) -> bytes:
        """The pages `first` to `last` (from 1, both included) as a file of their own: see `bind`."""
        return bind([Part(self, first, last)], title=title, duplex=duplex)

    def overflows(self, css_class: str) -> tuple[Overflow, ...]:
        """The boxes of `css_class` with content past their content box, by more than 0.05 mm.

        Content is lines of text, tables, images and blocks. What is placed absolutely may stand in the
        padding as well, which is the frame that CSS gives it. An element that runs over several pages is
        measured on each.
        """
        return tuple(
            Overflow(box.element.get("id", ""), number, round(over * MM, 2))
            for number, page in enumerate(self._document.pages, start=1)
            for box in _boxes_of(page._page_box, css_class, None)
            if (over := _excess(box)) * MM > TOLERANCE_MM
        )

    def collisions(self) -> tuple[Collision, ...]:
        """Text past the edge of its sheet, or on other text: by half of its height and a third of its width.

        A box of text is as high as its font is, which tight headings overlap a little.
        """
        found = []
        for number, page in enumerate(self._document.pages, start=1):
            sheet = page._page_box
            right, bottom = sheet.margin_width(), sheet.margin_height()
            texts = [_placed(box) for box in _descendants(sheet) if _is_text(box)]
            for position, (text, x, y, width, height) in enumerate(texts):
                if x < 0 or y < 0 or x + width > right or y + height > bottom:
                    found.append(Collision(number, text))
                for _, x2, y2, width2, height2 in texts[:position]:
                    across = min(x + width, x2 + width2) - max(x, x2)
                    down = min(y + height, y2 + height2) - max(y, y2)
                    if down > min(height, height2) / 2 and across > min(width, width2) / 3:
                        found.append(Collision(number, text))
                        break
        return tuple(found)

    def spills(self) -> tuple[Collision, ...]:
        """Text past the left or right edge of the box whose line it stands on, as a word too long for its line is.

        An opening mark that hangs in the margin is there by design.
        """
        return tuple(
            Collision(number, text.text.strip())
            for number, page in enumerate(self._document.pages, start=1)
            for box, text in _texts_in_lines(page._page_box)
            if max(
                box.content_box_x() - text.position_x - _hanging(box),
                text.position_x + text.width - box.content_box_x() - box.width,
            )
            * MM
            > TOLERANCE_MM
        )


@dataclass(frozen=True)
class Part:
    """Pages of a document, from 1 with both ends included; to its last when no end is given."""

    of: Laid
    first: int = 1
    last: int | None = None


@dataclass(frozen=True)
class Leaf:
    """A page as it goes into a file. One that is `turned` is printed on its head."""

    page: Any
    turned: bool = False


def leaves(part: Part, scope: str = "", bookmarks: bool = True, deeper: int = 0) -> tuple[Leaf, ...]:
    """The pages of a part. A document may go into a file several times, each time with another `scope`: it is put
    before the names of places, so that links lead within their own part.

    Its `bookmarks` stand `deeper` by so many levels. An empty or impossible range of pages is a ValueError.
    """
    last = part.of.pages if part.last is None else part.last
    if not 1 <= part.first <= last <= part.of.pages:
        raise ValueError(f"pages {part.first} to {last} of {part.of.pages}")
    pages = _without_dangling_links(part.of._document.pages[part.first - 1 : last], scope)
    for page in pages:
        page.bookmarks = [(level + deeper, *rest) for level, *rest in page.bookmarks] if bookmarks else []
    return tuple(Leaf(page) for page in pages)


def bind(
    parts: Sequence[Part],
    *,
    title: str | None = None,
    duplex: Duplex = "simplex",
    copies: int = 0,
    press: bool = False,
) -> bytes:
    """The pages of one document, or of several one after the other, as one PDF/UA-1 file: see `bind_leaves`.

    An empty or impossible range of pages is a ValueError.
    """
    whole = [leaf for number, part in enumerate(parts) for leaf in leaves(part, f"{number}-" if number else "")]
    return bind_leaves(parts[0].of, whole, title=title, duplex=duplex, copies=copies, press=press)


def bind_leaves(
    like: Laid,
    whole: Sequence[Leaf],
    *,
    title: str | None = None,
    duplex: Duplex = "simplex",
    copies: int = 0,
    press: bool = False,
) -> bytes:
    """Pages as one PDF/UA-1 file.

    The language and the title are those of `like`; pages in another language are tagged with it. `title` replaces
    the document's own. `duplex` and `copies` are what a print dialogue proposes: one side, or both with the sheet
    turned on its long or short edge, and nothing of copies when there are 0. For a printing `press` it is PDF/X-1a in
    place of PDF/UA-1, with the same tags. Raises `RenderFault`.
    """
    engine, document = like._engine, like._document
    with engine.lock, engine.strict():
        bound = document.copy([leaf.page for leaf in whole])
        bound.metadata = copy.copy(bound.metadata)
        bound.metadata.title = title or bound.metadata.title
        if not bound.metadata.title:
            raise RenderFault(["the document has no title"])
        turned = frozenset(number for number, leaf in enumerate(whole) if leaf.turned)
        for_press = importlib.import_module("kit.render.press") if press else None
        data: bytes = bound.write_pdf(
            pdf_variant=for_press.VARIANT if for_press else "pdf/ua-1",
            pdf_tags=True,
            pdf_identifier=True,
            finisher=for_press.finish if for_press else _print_settings(_DUPLEX[duplex], copies, turned),
        )
    return data


def engine_versions() -> dict[str, str]:
    """What draws the PDFs and in which version: `weasyprint`, `pydyf`, `pango`, `harfbuzz-subset`.

    The last is `present` or `missing`; without it files come out larger and differ from those of other
    machines. Raises `MissingLibrary`.
    """
    engine = _engine()
    ffi: Any = importlib.import_module("weasyprint.text.ffi")
    number: int = ffi.pango.pango_version()
    return {
        "weasyprint": str(engine.weasyprint.__version__),
        "pydyf": str(importlib.import_module("pydyf").__version__),
        "pango": f"{number // 10000}.{number // 100 % 100}.{number % 100}",
        "harfbuzz-subset": "missing" if ffi.harfbuzz_subset is None else "present",
    }


# Loading -----------------------------------------------------------------------------------------


@dataclass
class _Engine:
    """WeasyPrint, loaded once, with the one font configuration of the process.

    A configuration for each document would never be freed: 200 renders cost 137 MB instead of 81.
    """

    weasyprint: Any
    tagging: Any
    fonts: Any
    lock: threading.RLock = field(default_factory=threading.RLock)
    font_digests: dict[str, str] = field(default_factory=dict)

    def claim_fonts(self, assets: Mapping[str, Asset]) -> None:
        """Refuse a second font under a name: the shared configuration would go on using the first."""
        for name, asset in assets.items():
            if asset.media.startswith("font/"):
                digest = hashlib.sha256(asset.data).hexdigest()
                if self.font_digests.setdefault(name, digest) != digest:
                    raise ValueError(f"two different fonts are called {name}")

    @contextmanager
    def strict(self) -> Iterator[None]:
        """Collect what WeasyPrint logs within, and raise it as a `RenderFault`."""
        complaints = _Complaints(logging.WARNING)
        logger = logging.getLogger("weasyprint")
        logger.addHandler(complaints)
        try:
            yield
        except importlib.import_module("weasyprint.urls").FatalURLFetchingError as fault:
            raise RenderFault([*complaints.messages, str(fault)]) from fault
        finally:
            logger.removeHandler(complaints)
        if complaints.messages:
            raise RenderFault(complaints.messages)


class _Complaints(logging.Handler):
    def __init__(self, level: int) -> None:
        super().__init__(level)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


@lru_cache(maxsize=1)
def _engine() -> _Engine:
    with _no_host_fonts(), _no_library_search(), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="No fonts configured")
        warnings.filterwarnings("ignore", message="HarfBuzz-Subset will be required")
        try:
            # WeasyPrint prints advice of its own before it raises.
            with redirect_stdout(io.StringIO()):
                weasyprint = importlib.import_module("weasyprint")
                fonts = importlib.import_module("weasyprint.text.fonts").FontConfiguration()
        except OSError as fault:
            raise MissingLibrary("Pango, which draws the text of the PDFs,", install_command()) from fault
    # WeasyPrint has Pillow open half a picture without a word, for the whole process.
    picture_files: Any = importlib.import_module("PIL.ImageFile")
    picture_files.LOAD_TRUNCATED_IMAGES = False
    tagging = importlib.import_module("kit.render.tagging")
    try:
        tagging.install()
    except tagging.OtherEngine as fault:
        what = f"{fault.wanted}, the one version whose tags for screen readers the kit repairs (this is {fault.found}),"
        command = " ".join(f"{name}=={version}" for name, version in tagging.VERSIONS.items())
        raise MissingLibrary(what, f"{sys.executable} -m pip install {command}") from fault
    importlib.import_module("kit.render.linebreaks").install()
    # A worker process leaves without calling __del__, and would leave its copies of the fonts behind.
    Finalize(None, _remove_font_copies, args=(fonts,), exitpriority=10)
    return _Engine(weasyprint, tagging, fonts)


def _remove_font_copies(fonts: Any) -> None:
    if fonts._folder is not None:
        shutil.rmtree(fonts._folder, ignore_errors=True)


def install_command() -> str:
    """What installs the native libraries on this kind of machine."""
    if sys.platform == "darwin":
        return "brew install pango"
    if sys.platform == "win32":
        return "pacman -S mingw-w64-ucrt-x86_64-pango (in MSYS2 UCRT64)"
    return "sudo apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"


@contextmanager
def _no_host_fonts() -> Iterator[None]:
    """Give fontconfig a configuration without a single font, while it loads.

    With the fonts of the host in reach, the same plan would look different on another machine.
    """
    before = os.environ.get("FONTCONFIG_FILE")
    with tempfile.TemporaryDirectory(prefix="kit-fontconfig-") as folder:
        config = Path(folder, "fonts.conf")
        config.write_text(f"<fontconfig><cachedir>{escape(folder)}</cachedir></fontconfig>", encoding="utf-8")
        os.environ["FONTCONFIG_FILE"] = str(config)
        try:
            yield
        finally:
            if before is None:
                del os.environ["FONTCONFIG_FILE"]
            else:
                os.environ["FONTCONFIG_FILE"] = before


@contextmanager
def _no_library_search() -> Iterator[None]:
    """On Linux, keep `find_library` from starting some 50 processes: the plain file names are enough there."""
    if not sys.platform.startswith("linux"):
        yield
        return
    original = ctypes.util.find_library
    ctypes.util.find_library = lambda name: None
    try:
        yield
    finally:
        ctypes.util.find_library = original


# Guards ------------------------------------------------------------------------------------------


def _registered_only(assets: Mapping[str, Asset], weasyprint: Any) -> Callable[[str], Any]:
    """A fetcher that serves `kit:NAME` for the names of `assets`, and stops the render at anything else.

    It does not inherit from WeasyPrint's fetcher, so it holds no handler for files or the network.
    """
    urls: Any = importlib.import_module("weasyprint.urls")

    def fetch(url: str) -> Any:
        asset = assets.get(url.removeprefix("kit:")) if url.startswith("kit:") else None
        if asset is None:
            raise urls.FatalURLFetchingError(f"not an asset of this document: {url[:200]}")
        return urls.URLFetcherResponse(url, asset.data, {"Content-Type": asset.media})

    return fetch


def _refuse_what_cannot_be_tagged(document: Any) -> None:
    messages = []
    if document.metadata.attachments:
        messages.append("a document may not carry attachments")
    for page in document.pages:
        for kind, target, _, _ in page.links:
            if kind == "attachment":
                messages.append("a document may not carry attachments")
            elif kind == "external" and not target.lower().startswith(_LINK_SCHEMES):
                messages.append(f"a link may lead to the web, a mailbox or a telephone, not to {target[:200]}")
        # WeasyPrint paints such a box into a group of its own, where its tags are lost (PDF/UA-1, 7.1-3).
        for box in _descendants(page._page_box):
            if box.style["opacity"] < 1:
                messages.append(f"opacity below 1 on <{box.element_tag}>: use a paler colour")
            # A row without its cells, or a table without a row, is no table (7.2).
            if box.element_tag in _TABLE_PARTS and box.element.get("aria-hidden") == "true":
                messages.append(f"aria-hidden on <{box.element_tag}>: hide what is in the cells instead")
    if not document.metadata.lang:
        messages.append("the document has no language")
    if messages:
        raise RenderFault(messages)


def _stamp(moment: datetime) -> str:
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return aware.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


# Writing -----------------------------------------------------------------------------------------


def _without_dangling_links(pages: Sequence[Any], scope: str) -> list[Any]:
    """Copies of `pages` without the links to places on other pages, which are not in the file."""
    anchors = {anchor for page in pages for anchor in page.anchors}
    kept = []
    for original in pages:
        # A box remembers the annotation of the file that was written before this one.
        for _, _, _, box in original.links:
            box.link_annotation = None
        page = copy.copy(original)
        page.anchors = {f"{scope}{name}": place for name, place in original.anchors.items()}
        page.links = [
            (kind, f"{scope}{target}" if kind == "internal" else target, *rest)
            for kind, target, *rest in original.links
            if kind != "internal" or target in anchors
        ]
        kept.append(page)
    return kept


def _print_settings(duplex: str, copies: int, turned: frozenset[int]) -> Callable[[Any, Any], None]:
    """What a print dialogue proposes, by ISO 32000-1, table 150. The edge is that of the sheet: the long edge of a
    page on its side is its upper one.
    """

    def finish(document: Any, pdf: Any) -> None:
        # Added to what WeasyPrint has written there: DisplayDocTitle (PDF/UA-1, 7.1-10).
        settings = {"PrintScaling": "/None", "Duplex": duplex, "PickTrayByPDFSize": "true", "DisplayDocTitle": "true"}
        pdf.catalog["ViewerPreferences"].update(settings | ({"NumCopies": copies} if copies else {}))
        for position, number in enumerate(pdf.pages["Kids"][::3]):
            if position in turned:
                pdf.objects[number]["Rotate"] = 180

    return finish


# Measuring ---------------------------------------------------------------------------------------


def _children(box: Any) -> Iterator[Any]:
    for child in box.all_children():
        # An absolutely placed box stands in the tree behind a placeholder.
        yield getattr(child, "_box", child)


def _descendants(box: Any) -> Iterator[Any]:
    for child in _children(box):
        yield child
        yield from _descendants(child)


def _content(box: Any, placed: bool = False) -> Iterator[tuple[Any, bool]]:
    """What stands in `box`, each with whether it is placed absolutely or stands in something that is.

    The bullets and numbers of lists hang in the margin by design, and are passed over.
    """
    for child in _children(box):
        if not child.is_outside_marker:
            inside = placed or child.is_absolutely_positioned()
            yield child, inside
            yield from _content(child, inside)


def _is_text(box: Any) -> bool:
    boxes: Any = importlib.import_module("weasyprint.formatting_structure.boxes")
    return isinstance(box, boxes.TextBox) and bool(box.text.strip())


def _texts_in_lines(box: Any) -> Iterator[tuple[Any, Any]]:
    """Every text with the box that holds its line. The numbers of a list hang in the margin, and are passed over."""
    boxes: Any = importlib.import_module("weasyprint.formatting_structure.boxes")
    for child in _children(box):
        if isinstance(child, boxes.LineBox):
            yield from ((box, text) for text in _in_line(child) if _is_text(text))
        yield from _texts_in_lines(child)


def _in_line(box: Any) -> Iterator[Any]:
    """What stands on a line itself, rather than in a block that stands on it."""
    boxes: Any = importlib.import_module("weasyprint.formatting_structure.boxes")
    for child in _children(box):
        if isinstance(child, boxes.InlineBox | boxes.TextBox) and not child.is_outside_marker:
            yield child
            yield from _in_line(child)


def _placed(box: Any) -> tuple[str, float, float, float, float]:
    """The words of a box, its left and top edge, its width and height, in pixels."""
    return box.text.strip(), box.position_x, box.position_y, box.width, box.height


def _hanging(box: Any) -> float:
    """How far the first line of `box` begins to the left of it, in pixels."""
    indent = box.style["text_indent"]
    return max(0.0, -indent.value) if indent.unit == "px" else 0.0


def _boxes_of(box: Any, css_class: str, around: Any) -> Iterator[Any]:
    """Principal boxes of the elements with `css_class`; `around` is the last one found on the way down.

    Anonymous boxes and the table within its wrapper carry the element too, and are passed over.
    """
    element = box.element
    found = (
        element is not None
        and element is not around
        and box.element_tag == element.tag
        and isinstance(box, _measured())
        and css_class in element.get("class", "").split()
    )
    if found:
        yield box
    for child in _children(box):
        yield from _boxes_of(child, css_class, element if found else around)


@lru_cache(maxsize=1)
def _measured() -> tuple[type, ...]:
    boxes: Any = importlib.import_module("weasyprint.formatting_structure.boxes")
    return (boxes.BlockLevelBox, boxes.AtomicInlineLevelBox, boxes.TableCellBox)


def _excess(box: Any) -> float:
    """By how many pixels the content of `box` passes its edge, on the side where it is worst."""
    boxes: Any = importlib.import_module("weasyprint.formatting_structure.boxes")
    flow = (box.content_box_x(), box.content_box_y(), box.width, box.height)
    frame = (box.padding_box_x(), box.padding_box_y(), box.padding_width(), box.padding_height())
    worst = 0.0
    for inner, placed in _content(box):
        if not isinstance(inner, boxes.TextBox | boxes.LineBox) and not isinstance(inner, _measured()):
            continue
        left, top, width, height = frame if placed else flow
        x, y = inner.border_box_x(), inner.border_box_y()
        worst = max(worst, left - x, x + inner.border_width() - left - width)
        # A line is as high as line-height says; the text on it may be higher, which does not show.
        if not isinstance(inner, boxes.TextBox):
            worst = max(worst, top - y, y + inner.border_height() - top - height)
    return worst
