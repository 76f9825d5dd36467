"""Logos from outside: what is let through, how it is rebuilt, and what is refused."""

from __future__ import annotations

import io
import time
import xml.etree.ElementTree as ET
import zlib
from datetime import UTC, datetime

import pytest
from PIL import Image, PngImagePlugin

from kit.diagnostics import Outcome, Place
from kit.render.artwork import MAX_RASTER_BYTES, MAX_SIDE, MAX_SVG_BYTES, artwork, safe_svg
from kit.render.pdf import Asset, lay_out

PLACE = Place("content/trusts/northmoor/_brand.yml", 9, 5)


def svg(inner: str, attributes: str = 'viewBox="0 0 100 40"') -> bytes:
    names = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    return f"<svg {names} {attributes}>{inner}</svg>".encode()


def rebuilt(raw: bytes) -> str:
    outcome = artwork(raw, PLACE)
    assert outcome.diagnostics == ()
    assert outcome.value is not None
    assert outcome.value.media == "image/svg+xml"
    return outcome.value.data.decode()


def refusal(outcome: Outcome[Asset]) -> str:
    assert outcome.value is None
    (diagnostic,) = outcome.diagnostics
    assert diagnostic.code == "broken-logo"
    assert diagnostic.place == PLACE
    assert diagnostic.severity == "error"
    assert diagnostic.advice.endswith(".")
    return diagnostic.message


def drawn(data: bytes, media: str) -> bytes:
    html = '<html lang="en"><title>t</title><img src="kit:logo" alt="a" style="width: 40mm">'
    return lay_out(html, [], {"logo": Asset(data, media)}, created=datetime(2026, 11, 23, tzinfo=UTC)).write()


def picture(size: tuple[int, int] = (60, 30), mode: str = "RGB", kind: str = "PNG", **options: object) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size).save(out, kind, **options)
    return out.getvalue()


# Drawings that are let through -------------------------------------------------------------------


def test_shapes_gradients_and_clips_stay() -> None:
    inner = (
        '<defs><linearGradient id="a"><stop offset="0" stop-color="#fff"/></linearGradient>'
        '<linearGradient id="b" xlink:href="#a" gradientUnits="userSpaceOnUse"/>'
        '<clipPath id="c"><rect width="10" height="10"/></clipPath></defs>'
        '<g transform="translate(1 2) rotate(5)" clip-path="url(#c)"><path d="M0 0L9.5 9e0z" fill="url(#b)"/></g>'
    )
    root = ET.fromstring(rebuilt(svg(inner)))
    kinds = [node.tag.rpartition("}")[2] for node in root.iter()]
    assert kinds == ["svg", "defs", "linearGradient", "stop", "linearGradient", "clipPath", "rect", "g", "path"]
    assert drawn(rebuilt(svg(inner)).encode(), "image/svg+xml").startswith(b"%PDF")


def test_style_classes_of_drawing_programs_are_written_on_the_shapes() -> None:
    style = (
        "<style type='text/css'><![CDATA[/* made by a drawing program */ .st0{fill:#005EB8;} "
        "path.st1, #name { fill: red; stroke-width: 2 } .st1{fill:#111} @media print{.st0{fill:#000}}]]></style>"
    )
    shapes = (
        '<path class="st0" fill="#fff" d="M0 0"/><path class="st1" d="M1 1"/><rect id="name" width="1" height="1"/>'
    )
    _, first, second, third = ET.fromstring(rebuilt(svg(style + shapes))).iter()
    assert first.attrib == {"fill": "#005EB8", "d": "M0 0"}
    assert second.attrib == {"fill": "red", "stroke-width": "2", "d": "M1 1"}
    assert third.get("fill") == "red"


def test_a_style_attribute_outranks_classes_and_attributes() -> None:
    inner = '<style>.a{fill:#111}</style><path class="a" fill="#222" style="fill: #333 !important; font: x" d="M0 0"/>'
    (_, path) = ET.fromstring(rebuilt(svg(inner))).iter()
    assert path.attrib == {"fill": "#333", "d": "M0 0"}


@pytest.mark.parametrize("attributes", ['width="120px" height="40px"', 'width="30mm" height="10mm"'])
def test_the_size_becomes_a_view_box(attributes: str) -> None:
    root = ET.fromstring(rebuilt(svg('<path d="M0 0"/>', attributes)))
    assert float(root.attrib["viewBox"].split()[2]) / float(root.attrib["viewBox"].split()[3]) == 3
    assert "width" not in root.attrib


@pytest.mark.parametrize(
    "extra",
    [
        "<metadata><x/></metadata>",
        "<!-- a comment -->",
        "<?app data?>",
        '<i:x xmlns:i="http://ns.example.org/"><i:y/></i:x>',
        "<title>Northmoor</title>",
    ],
)
def test_what_does_not_show_is_no_fault(extra: str) -> None:
    assert "path" in rebuilt(svg(extra + '<path d="M0 0"/>'))


def test_the_usual_doctype_is_dropped() -> None:
    doctype = b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">'
    text = rebuilt(b'<?xml version="1.0"?>' + doctype + svg('<path d="M0 0"/>'))
    assert "DOCTYPE" not in text
    assert "http://www.w3.org/Graphics" not in text


def test_text_encoded_in_another_way_is_read() -> None:
    text = '<?xml version="1.0" encoding="UTF-16"?>' + svg('<path d="M0 0"/>').decode()
    assert "path" in rebuilt(text.encode("utf-16"))


# Attributes that are taken off -------------------------------------------------------------------


@pytest.mark.parametrize(
    "attribute",
    [
        'onload="alert(1)"',
        'fill="url(http://example.org/a.svg#b)"',
        'fill="url(file:///etc/passwd)"',
        'fill="url(other.svg)"',
        'fill="URL(//example.org/)"',
        'fill="u\\72l(http://example.org/)"',
        'fill="var(--a)"',
        'style="fill: url(http://example.org/); background: url(http://example.org/)"',
        'clip-path="circle(50%)"',
        'filter="url(#a)"',
        'xlink:href="http://example.org/"',
        'href="#a"',
        'xml:base="http://example.org/"',
        'style="fill: &lt;script&gt;"',
    ],
)
def test_attributes_that_reach_outside_are_taken_off(attribute: str) -> None:
    (_, path) = ET.fromstring(rebuilt(svg(f'<path d="M0 0" {attribute}/>'))).iter()
    assert path.attrib == {"d": "M0 0"}


def test_rules_that_reach_outside_are_taken_off() -> None:
    style = '<style>@import "http://example.org/"; .a{fill:url(http://example.org/)} .a{stroke:#123}</style>'
    text = rebuilt(svg(style + '<path class="a" d="M0 0"/>'))
    assert "example.org" not in text
    assert 'stroke="#123"' in text


# Drawings that are refused -----------------------------------------------------------------------

SHAPE = '<path d="M0 0"/>'


@pytest.mark.parametrize(
    ("raw", "word"),
    [
        (svg('<use href="#a"/>'), "<use>"),
        (svg("<script>alert(1)</script>"), "<script>"),
        (svg('<image href="file:///etc/passwd" width="9" height="9"/>'), "<image>"),
        (svg('<foreignObject><body xmlns="http://www.w3.org/1999/xhtml"/></foreignObject>'), "<foreignObject>"),
        (svg("<text>Northmoor</text>"), "<text>"),
        (svg("<g><a><path/></a></g>"), "<a>"),
        (svg('<filter id="a"/>'), "<filter>"),
        (svg('<pattern id="a"/>'), "<pattern>"),
        (svg('<svg viewBox="0 0 1 1"/>'), "<svg>"),
        (svg("<style>g > path{fill:red}</style>" + SHAPE), "style rules"),
        (svg("<style>:not(.a){fill:red}</style>" + SHAPE), "style rules"),
        (svg('<path d="M0 0L1e400 1"/>'), "too large"),
        (svg('<path d="M0 0L99999999 1"/>'), "too large"),
        (svg('<path d="M0 0" stroke-width="9999999"/>'), "too large"),
        (svg('<path d="M0 0" transform="scale(1e9)"/>'), "too large"),
        (svg('<path d="M0 0" transform="perspective(3)"/>'), "moves a shape"),
        (svg('<clipPath id="a"><path clip-path="url(#a)"/></clipPath>'), "clips a clip"),
        (svg('<clipPath id="a"><clipPath/></clipPath>'), "clips a clip"),
        (svg('<linearGradient id="a" href="#b"/><linearGradient id="b" href="#a"/>'), "circle"),
        (svg('<linearGradient id="a" href="#a"/>'), "circle"),
        (svg(SHAPE, ""), "how large"),
        (svg(SHAPE, 'viewBox="0 0 0 9"'), "no size"),
        (svg(SHAPE, 'viewBox="0 0 9"'), "how large"),
        (svg(SHAPE, 'viewBox="0 0 900 1"'), "20 times"),
        (svg(SHAPE, 'viewBox="0 0 1e9 1e9"'), "too large"),
        (svg("<g>" * 40 + "</g>" * 40), "too many parts"),
        (svg(SHAPE * 5_000), "too many parts"),
        (svg("<style>" + ".a{fill:red}" * 400 + "</style>" + SHAPE), "too many style rules"),
        (svg(SHAPE + " " * MAX_SVG_BYTES), "KB"),
        (svg("<g>"), "not well-formed"),
        (b"<html><body>not found</body></html>", "not an SVG"),
        (b'<svg viewBox="0 0 1 1"/>', "not an SVG"),
        (b'<?xml version="1.0" encoding="no-such"?>' + svg(SHAPE), "not well-formed"),
        (b'<!DOCTYPE svg [<!ENTITY a "b">]>' + svg(SHAPE), "DTD"),
        (b'<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + svg("<title>&a;</title>"), "DTD"),
        (b"GIF89a", "not a PNG"),
        (b"", "not a PNG"),
        (b"\x1f\x8b\x08", "not a PNG"),
    ],
)
def test_drawings_that_are_refused(raw: bytes, word: str) -> None:
    assert word in refusal(artwork(raw, PLACE))


def bombs() -> list[bytes]:
    laughs = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 9))
    gradient = '<linearGradient id="g">' + "<stop/>" * 900 + "</linearGradient>"
    return [
        f'<!DOCTYPE svg [<!ENTITY a0 "ha">{laughs}]>'.encode() + svg("<title>&a8;</title>"),
        svg('<g id="a"><use href="#a"/><use href="#a"/></g>'),
        svg(gradient + '<path d="M0 0h9v9z" fill="url(#g)"/>' * 3_000),
        svg('<clipPath id="c">' + "<path d='M0 0h9v9z'/>" * 1_500 + "</clipPath>" + "<g clip-path='url(#c)'/>" * 2_000),
        svg("<style>" + "{" * 250_000 + "</style>"),
        svg("<style>" + "/*" * 120_000 + "</style>"),
        svg("<path d='" + "M" * 250_000 + "'/>"),
        svg("<path d='" + "1." * 120_000 + "'/>"),
        svg("<path transform='" + "scale(" * 40_000 + "'/>"),
        svg("<path transform='" + "scale(1) , " * 20_000 + "x'/>"),
        svg("<path fill='" + "url(#" * 40_000 + "'/>"),
        svg("<path style='" + "fill:red;" * 25_000 + "'/>"),
    ]


@pytest.mark.parametrize("bomb", bombs(), ids=range(len(bombs())))
def test_bombs_do_not_go_off(bomb: bytes) -> None:
    start = time.process_time()
    outcome = artwork(bomb, PLACE)
    if outcome.value is not None:
        drawn(outcome.value.data, outcome.value.media)
    assert time.process_time() - start < 5


def test_safe_svg_refuses_in_the_same_words() -> None:
    assert "<use>" in refusal(safe_svg(svg("<use/>"), PLACE))
    assert safe_svg(svg(SHAPE), None).value is not None


# Pictures ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "mode"),
    [
        (picture(), "RGB"),
        (picture(mode="RGBA"), "RGBA"),
        (picture(mode="P"), "RGB"),
        (picture(mode="P", transparency=0), "RGBA"),
        (picture(mode="L"), "RGB"),
        (picture(mode="1"), "RGB"),
        (picture(mode="I;16"), "RGB"),
        (picture(kind="JPEG"), "RGB"),
        (picture(mode="CMYK", kind="JPEG"), "RGB"),
    ],
)
def test_pictures_become_plain_png(raw: bytes, mode: str) -> None:
    asset = artwork(raw, PLACE).value
    assert asset is not None
    assert asset.media == "image/png"
    with Image.open(io.BytesIO(asset.data)) as image:
        assert (image.format, image.mode, image.size) == ("PNG", mode, (60, 30))
    assert artwork(raw, PLACE).value == asset
    assert drawn(asset.data, asset.media).startswith(b"%PDF")


def test_what_a_picture_says_of_its_maker_is_taken_off() -> None:
    told = PngImagePlugin.PngInfo()
    told.add_text("Author", "someone")
    exif = Image.Exif()
    exif[0x010E] = "someone's house"
    raw = picture(pnginfo=told, exif=exif, icc_profile=b"profile", dpi=(300, 300))
    asset = artwork(raw, PLACE).value
    assert asset is not None
    assert asset == artwork(picture(), PLACE).value
    with Image.open(io.BytesIO(asset.data)) as image:
        assert image.info == {}


def test_a_picture_is_turned_upright_and_made_no_larger_than_it_prints() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    asset = artwork(picture((3_200, 1_600), kind="JPEG", exif=exif), PLACE).value
    assert asset is not None
    with Image.open(io.BytesIO(asset.data)) as image:
        assert image.size == (MAX_SIDE // 2, MAX_SIDE)


def test_half_a_picture_is_refused_once_the_engine_is_loaded_too() -> None:
    out = io.BytesIO()
    Image.linear_gradient("L").rotate(30).save(out, "PNG")
    drawn(picture(), "image/png")
    assert "damaged" in refusal(artwork(out.getvalue()[: out.tell() // 2], PLACE))


def chunk(kind: bytes, data: bytes) -> bytes:
    return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")


def png_that_claims(width: int, height: int) -> bytes:
    header = width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x08\x02\0\0\0"
    pixels = zlib.compress(b"\0" * 100_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("raw", "word"),
    [
        (png_that_claims(5_000, 5_000), "million pixels"),
        (png_that_claims(12_000, 12_000), "million pixels"),
        (png_that_claims(20_000, 20_000), "million pixels"),
        (png_that_claims(2**31 - 1, 2**31 - 1), "million pixels"),
        (png_that_claims(0, 0), "damaged"),
        (picture((2_100, 100)), "20 times"),
        (picture(kind="JPEG")[:300], "damaged"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "damaged"),
        (b"\xff\xd8\xff" + b"\0" * 50, "damaged"),
        (picture() + b"\0" * MAX_RASTER_BYTES, "larger than 5 MB"),
    ],
)
def test_pictures_that_are_refused(raw: bytes, word: str) -> None:
    assert word in refusal(artwork(raw, PLACE))


def test_an_animation_is_refused() -> None:
    raw = picture(save_all=True, append_images=[Image.new("RGB", (60, 30), "red")])
    assert "animation" in refusal(artwork(raw, PLACE))
