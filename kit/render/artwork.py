"""A trust's logo made safe: rebuilt from what is known to be harmless, or refused with a reason.

The file comes from outside and is treated as hostile. A drawing may hold only the elements and
attributes named here; a picture is decoded within a cap and encoded again. Nothing that shows is left
out in silence: a logo that would come out different is refused.
"""

from __future__ import annotations

import io
import re
import warnings
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from typing import Any
from xml.parsers import expat

from PIL import Image, ImageOps

from kit.diagnostics import Diagnostic, Outcome, Place
from kit.render.pdf import Asset

MAX_SVG_BYTES = 300_000
MAX_SVG_ELEMENTS = 4_000
MAX_SVG_DEPTH = 32
MAX_STYLE_RULES = 300
MAX_NUMBER = 1_000_000
MAX_REFERENCE_BYTES = 4_000_000
"""References to gradients and clips, times the bytes of these: what drawing them can cost."""
MAX_RASTER_BYTES = 5_000_000
MAX_RASTER_PIXELS = 16_000_000
MAX_SIDE = 1_600
"""Pixels along the longer side of a picture in the pack: 600 dpi at 68 mm."""
MAX_RATIO = 20
"""A logo more than 20 times as wide as it is high, or the reverse, cannot be placed."""

_SVG = "{http://www.w3.org/2000/svg}"
_HREF = "{http://www.w3.org/1999/xlink}href"
_GRADIENTS = frozenset({"linearGradient", "radialGradient"})
_SHAPES = frozenset({"path", "rect", "circle", "ellipse", "line", "polyline", "polygon"})
_WORDS = frozenset({"title", "desc"})
_DRAWN = _SHAPES | _GRADIENTS | _WORDS | {"g", "defs", "clipPath", "stop"}
_INERT = frozenset({"metadata", "style"})
_GEOMETRY = re.compile(r"d|points|[xy][12]?|c[xy]|r[xy]?|f[xy]|offset|transform|gradientTransform")
_KEYWORDS = frozenset({"id", "preserveAspectRatio", "gradientUnits", "spreadMethod", "clipPathUnits"})
_PRESENTATION = re.compile(
    r"(?:fill|stroke)(?:-opacity)?|(?:fill|clip)-rule|stroke-(?:width|linecap|linejoin|miterlimit)|"
    r"stroke-dash(?:array|offset)|stop-(?:color|opacity)|opacity|color|display|visibility|clip-path"
)
_REFERENCE = re.compile(r"url\(\s*['\"]?#([\w.:-]+)['\"]?\s*\)")
_PLAIN_VALUE = re.compile(r"[#\w\s.,%()+-]{0,200}")
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_LENGTH = re.compile(r"\s*(\d+\.?\d*|\.\d+)\s*(?:px|pt|mm|cm|in)?\s*")
_TRANSFORM = re.compile(r"(?:matrix|translate|scale|rotate|skewX|skewY)\s*\([^()]*\)")
_SELECTOR = re.compile(r"([A-Za-z]\w*|\*)?((?:[.#][\w-]+)*)")

_ASK_FOR_PNG = (
    "Ask whoever looks after the logo for a PNG file, at least 1,000 pixels wide, "
    "and name that file in `_brand.yml` instead."
)
_ASK_FOR_PLAIN_SVG = (
    "Ask for the logo as a PNG file, at least 1,000 pixels wide, or as a plain SVG file "
    "with its text turned into outlines and no effects."
)

_Style = list[tuple[tuple[int, int, int], str, frozenset[str], frozenset[str], Mapping[str, str]]]
"""Specificity, tag (or empty), classes, ids and declarations of each rule, weakest first."""


class _Refused(Exception):
    """Why a logo cannot be used, in a facilitator's words, and what to do."""

    def __init__(self, message: str, advice: str) -> None:
        super().__init__(message)
        self.message = message
        self.advice = advice


def artwork(raw: bytes, place: Place | None) -> Outcome[Asset]:
    """The logo `raw` as an asset that is safe to draw. What it is, its content says, not its name.

    An SVG file stays a drawing (`image/svg+xml`); PNG and JPEG become a PNG (`image/png`) without
    metadata. A fault is an error `broken-logo` at `place`, the line that names the file.
    """
    if raw.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")):
        return _outcome(_raster, raw, place)
    if raw.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith((b"<", b"\0<")):
        return safe_svg(raw, place)
    fault = _Refused("The logo is not a PNG, JPEG or SVG file.", _ASK_FOR_PNG)
    return Outcome(None, (_diagnostic(fault, place),))


def safe_svg(raw: bytes, place: Place | None) -> Outcome[Asset]:
    """The drawing `raw` rebuilt from shapes, gradients and clips alone, its styles written on each shape.

    Sizes are taken off the root, so that the page decides them; `viewBox` is always there.
    """
    return _outcome(_svg, raw, place)


def _outcome(make: Any, raw: bytes, place: Place | None) -> Outcome[Asset]:
    try:
        return Outcome(make(raw))
    except _Refused as fault:
        return Outcome(None, (_diagnostic(fault, place),))


def _diagnostic(fault: _Refused, place: Place | None) -> Diagnostic:
    return Diagnostic("broken-logo", fault.message, fault.advice, place)


# Pictures ----------------------------------------------------------------------------------------


def _raster(raw: bytes) -> Asset:
    if len(raw) > MAX_RASTER_BYTES:
        raise _Refused(f"The logo file is larger than {MAX_RASTER_BYTES // 1_000_000} MB.", _ASK_FOR_PNG)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            # Only the header is read here: nothing is decoded before its size is known.
            picture: Image.Image = Image.open(io.BytesIO(raw), formats=("PNG", "JPEG"))
            _check_picture(picture)
            picture.load()
            picture = ImageOps.exif_transpose(picture)
            see_through = "A" in picture.getbands() or "transparency" in picture.info
            picture = picture.convert("RGBA" if see_through else "RGB")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as fault:
        raise _too_many_pixels() from fault
    except (OSError, ValueError, SyntaxError, IndexError, EOFError) as fault:
        raise _Refused("The logo file is damaged: it cannot be opened.", _ASK_FOR_PNG) from fault
    picture.thumbnail((MAX_SIDE, MAX_SIDE), Image.Resampling.LANCZOS)
    # Colour profile, place and author of the original would be written out again.
    picture.info.clear()
    out = io.BytesIO()
    picture.save(out, "PNG", compress_level=9)
    return Asset(out.getvalue(), "image/png")


def _check_picture(picture: Image.Image) -> None:
    width, height = picture.size
    if width * height > MAX_RASTER_PIXELS:
        raise _too_many_pixels()
    if getattr(picture, "n_frames", 1) > 1:
        raise _Refused("The logo file is an animation.", _ASK_FOR_PNG)
    _check_ratio(width, height)


def _too_many_pixels() -> _Refused:
    return _Refused(f"The logo has more than {MAX_RASTER_PIXELS // 1_000_000} million pixels.", _ASK_FOR_PNG)


def _check_ratio(width: float, height: float) -> None:
    if not (width > 0 and height > 0 and 1 / MAX_RATIO <= width / height <= MAX_RATIO):
        raise _Refused(
            f"The logo is more than {MAX_RATIO} times as long on one side as on the other, or has no size.",
            _ASK_FOR_PNG,
        )


# Drawings ----------------------------------------------------------------------------------------


def _svg(raw: bytes) -> Asset:
    if len(raw) > MAX_SVG_BYTES:
        raise _Refused(f"The logo drawing is larger than {MAX_SVG_BYTES // 1_000} KB.", _ASK_FOR_PNG)
    _check_xml(raw)
    root = ET.fromstring(raw)
    if root.tag != f"{_SVG}svg":
        raise _Refused("The logo file is not an SVG drawing.", _ASK_FOR_PNG)
    style = _style_rules(root)
    clean = ET.Element(f"{_SVG}svg", {"viewBox": _view_box(root)})
    clean.attrib.update(_attributes(root, "svg", style, skip=frozenset({"transform"})))
    _copy_children(root, clean, style)
    _check_references(clean)
    ET.register_namespace("", _SVG[1:-1])
    ET.register_namespace("xlink", _HREF[1:].partition("}")[0])
    return Asset(ET.tostring(clean, encoding="utf-8"), "image/svg+xml")


def _check_xml(raw: bytes) -> None:
    """Refuse what would be costly to read, before a tree of it is built."""
    parser = expat.ParserCreate()
    depth = count = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth, count
        depth, count = depth + 1, count + 1
        if depth > MAX_SVG_DEPTH or count > MAX_SVG_ELEMENTS:
            raise _Refused("The logo drawing has too many parts.", _ASK_FOR_PNG)

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1

    def doctype(name: str, system: str | None, public: str | None, internal: bool) -> None:
        # The usual line that names SVG 1.1 is harmless, since nothing fetches what it names.
        if internal:
            raise _Refused("The logo drawing defines abbreviations of its own (DTD entities).", _ASK_FOR_PLAIN_SVG)

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.StartDoctypeDeclHandler = doctype
    try:
        parser.Parse(raw, True)
    except (expat.ExpatError, LookupError, ValueError) as fault:
        raise _Refused("The logo drawing is damaged: it is not well-formed SVG.", _ASK_FOR_PNG) from fault


def _view_box(root: ET.Element) -> str:
    given = root.get("viewBox")
    if given is None:
        sides = [_LENGTH.fullmatch(root.get(side, "")) for side in ("width", "height")]
        numbers = [0.0, 0.0, *(float(side[1]) for side in sides if side)]
    else:
        _check_numbers(given)
        numbers = [float(number) for number in _NUMBER.findall(given)]
    if len(numbers) != 4:
        raise _Refused("The logo drawing does not say how large it is.", _ASK_FOR_PLAIN_SVG)
    _check_ratio(numbers[2], numbers[3])
    return " ".join(f"{number:g}" for number in numbers)


def _copy_children(source: ET.Element, target: ET.Element, style: _Style, in_clip: bool = False) -> None:
    for child in source:
        name = child.tag.removeprefix(_SVG)
        if not child.tag.startswith(_SVG) or name in _INERT:
            continue
        if name not in _DRAWN:
            raise _Refused(f"The logo drawing uses <{name[:40]}>, which cannot be drawn safely.", _ASK_FOR_PLAIN_SVG)
        if in_clip and name == "clipPath":
            raise _Refused("The logo drawing clips a clip.", _ASK_FOR_PLAIN_SVG)
        copy = ET.SubElement(target, child.tag, _attributes(child, name, style))
        if in_clip and "clip-path" in copy.attrib:
            raise _Refused("The logo drawing clips a clip.", _ASK_FOR_PLAIN_SVG)
        if name in _WORDS:
            copy.text = child.text
        else:
            _copy_children(child, copy, style, in_clip or name == "clipPath")


def _attributes(element: ET.Element, name: str, style: _Style, skip: frozenset[str] = frozenset()) -> dict[str, str]:
    """What may stay of the attributes, with style rules and `style` written out, the strongest last."""
    safe: dict[str, str] = {}
    for key, value in element.attrib.items():
        if key in skip:
            continue
        if _GEOMETRY.fullmatch(key) or (key in ("width", "height") and name == "rect"):
            _check_numbers(value)
            if key.lower().endswith("transform") and _TRANSFORM.sub("", value).strip(" \t\r\n,"):
                raise _Refused("The logo drawing moves a shape in a way that is not SVG 1.1.", _ASK_FOR_PLAIN_SVG)
            safe[key] = value
        elif key in _KEYWORDS and re.fullmatch(r"[\w .:-]{1,200}", value):
            safe[key] = value
        elif key in ("href", _HREF) and name in _GRADIENTS and re.fullmatch(r"#[\w.:-]+", value):
            safe[_HREF] = value
        elif _PRESENTATION.fullmatch(key) and (plain := _presentation(key, value)) is not None:
            safe[key] = plain
    classes = frozenset(element.get("class", "").split())
    for _, tag, wanted, ids, declarations in style:
        if tag in ("", name) and wanted <= classes and ids <= {element.get("id", "")}:
            safe.update(declarations)
    safe.update(_declarations(element.get("style", "")))
    return safe


def _presentation(key: str, value: str) -> str | None:
    value = value.replace("!important", "").strip()
    plain = _REFERENCE.sub(r"url(#\1)", value)
    bare = _REFERENCE.sub("", value)
    if not _PLAIN_VALUE.fullmatch(bare) or "url" in bare.lower() or "var(" in bare.lower():
        return None
    if key == "clip-path" and not plain.startswith("url(#") and plain != "none":
        return None
    if not key.endswith(("fill", "stroke", "color", "clip-path")):
        _check_numbers(value)
    return plain


def _check_numbers(value: str) -> None:
    if any(abs(float(number)) > MAX_NUMBER for number in _NUMBER.findall(value)):
        raise _Refused("The logo drawing holds a number that is too large to draw.", _ASK_FOR_PLAIN_SVG)


def _declarations(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for declaration in text.split(";"):
        key, _, value = declaration.partition(":")
        key = key.strip().lower()
        if _PRESENTATION.fullmatch(key) and (plain := _presentation(key, value)) is not None:
            found[key] = plain
    return found


def _style_rules(root: ET.Element) -> _Style:
    """The rules of every `<style>`: drawing programs keep their colours there, one class for each."""
    rules: _Style = []
    text = "".join("".join(style.itertext()) for style in root.iter(f"{_SVG}style"))
    for selectors, body in _blocks(re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)):
        declarations = _declarations(body)
        for selector in selectors.split(","):
            match = _SELECTOR.fullmatch(selector.strip())
            if not match or not selector.strip():
                raise _Refused("The style rules of the logo drawing are too complicated.", _ASK_FOR_PLAIN_SVG)
            tag = (match[1] or "").removeprefix("*")
            classes = frozenset(re.findall(r"\.([\w-]+)", match[2]))
            ids = frozenset(re.findall(r"#([\w-]+)", match[2]))
            rules.append(((len(ids), len(classes), int(bool(tag))), tag, classes, ids, declarations))
            if len(rules) > MAX_STYLE_RULES:
                raise _Refused("The logo drawing has too many style rules.", _ASK_FOR_PLAIN_SVG)
    return sorted(rules, key=lambda rule: rule[0])


def _blocks(css: str) -> Iterator[tuple[str, str]]:
    """Selectors and body of each rule at the top level. What begins with `@` is passed over whole."""
    depth = start = opened = 0
    for match in re.finditer(r"[{};]", css):
        if match[0] == "{":
            depth += 1
            if depth == 1:
                opened = match.start()
        elif match[0] == "}" and depth:
            depth -= 1
            if depth == 0:
                selectors = css[start:opened].strip()
                if not selectors.startswith("@"):
                    yield selectors, css[opened + 1 : match.start()]
                start = match.end()
        elif match[0] == ";" and depth == 0:
            start = match.end()


def _check_references(root: ET.Element) -> None:
    """Refuse gradients that refer to one another in a circle, and references that multiply the work."""
    shared = [node for node in root.iter() if node.tag.removeprefix(_SVG) in _GRADIENTS | {"clipPath"}]
    size = sum(len(ET.tostring(node)) for node in shared)
    uses = sum(len(_REFERENCE.findall(value)) for node in root.iter() for value in node.attrib.values())
    if uses * size > MAX_REFERENCE_BYTES:
        raise _Refused("The logo drawing has too many gradients or clips.", _ASK_FOR_PNG)
    towards = {f"#{node.get('id')}": node.get(_HREF) for node in shared if node.get("id")}
    for node in shared:
        seen = 0
        href = node.get(_HREF)
        while href is not None:
            href, seen = towards.get(href), seen + 1
            if seen > len(towards):
                raise _Refused("The gradients of the logo drawing refer to one another in a circle.", _ASK_FOR_PNG)
