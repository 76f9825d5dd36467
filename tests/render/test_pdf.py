"""The PDF engine: what it serves, what it refuses, and what its files are."""

from __future__ import annotations

import ctypes.util
import io
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pikepdf
import pytest

from kit.render import pdf
from kit.render.pdf import Asset, Duplex, Laid, MissingLibrary, RenderFault, engine_versions, lay_out

ROOT = Path(__file__).parents[2]
FACES = (("Regular", 400, "normal"), ("Italic", 400, "italic"), ("SemiBold", 600, "normal"), ("Bold", 700, "normal"))
STYLE = "@page { size: A5; margin: 15mm } html { font: 11pt/1.4 'Kit Text' }" + "".join(
    f"@font-face {{ font-family: 'Kit Text'; font-weight: {weight}; font-style: {style};"
    f" src: url(kit:fonts/KitText-{name}.ttf) }}"
    for name, weight, style in FACES
)
LOGO = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9" fill="#045"/></svg>'
ASSETS = {
    f"fonts/KitText-{name}.ttf": Asset(
        (ROOT / "templates/shared/fonts" / f"KitText-{name}.ttf").read_bytes(), "font/ttf"
    )
    for name, _, _ in FACES
} | {"logo": Asset(LOGO, "image/svg+xml")}
WHEN = datetime(2026, 11, 23, 9, 15, tzinfo=UTC)


def page(body: str, css: str = "", head: str = "<title>A title</title>", lang: str = ' lang="en-GB"') -> Laid:
    html = f"<!doctype html><html{lang}><head>{head}</head><body>{body}</body></html>"
    return lay_out(html, [STYLE, css], ASSETS, created=WHEN)


def opened(data: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(data))


# What is served and what is not -----------------------------------------------------------------


def test_serves_what_is_registered() -> None:
    written = opened(page('<img src="kit:logo" alt="A square" style="width: 9mm">').write())
    assert len(written.pages) == 1


FILE = f"file://{ROOT}/pyproject.toml"


@pytest.mark.parametrize(
    "body",
    [
        f'<img src="{FILE}" alt="a">',
        '<img src="http://127.0.0.1:9/a.png" alt="a">',
        '<img src="https://example.org/a.png" alt="a">',
        '<img src="ftp://example.org/a.png" alt="a">',
        '<img src="data:image/png;base64,AAAA" alt="a">',
        '<img src="kit:other" alt="a">',
        '<img src="KIT:logo" alt="a">',
        '<img src="kit:logo/../other" alt="a">',
        '<img src="pyproject.toml" alt="a">',
        f'<object data="{FILE}"></object>',
        f'<embed src="{FILE}">',
        f'<base href="file://{ROOT}/"><img src="pyproject.toml" alt="a">',
        f'<link rel="stylesheet" href="{FILE}">',
        f'<link rel="attachment" href="{FILE}">',
        f'<a rel="attachment" href="{FILE}">a</a>',
        '<link rel="attachment" href="kit:logo">',
        '<a rel="attachment" href="kit:logo">a</a>',
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><image href="{FILE}" width="9" height="9"/></svg>',
        f'<style>@import "{FILE}";</style>',
        f'<p style="background: url({FILE})">a</p>',
        f'<ul style="list-style-image: url({FILE})"><li>a</li></ul>',
        f'<p style="border: 1px solid; border-image: url({FILE}) 1">a</p>',
        f'<style>p::before {{ content: url("{FILE}") }}</style><p>a</p>',
        "<style>@font-face { font-family: E; src: url(http://127.0.0.1:9/e.ttf) } p { font-family: E }</style><p>a</p>",
        '<style>@font-face { font-family: D; src: local("DejaVu Sans") } p { font-family: D }</style><p>a</p>',
        '<a href="javascript:alert(1)">a</a>',
        f'<a href="{FILE}">a</a>',
        '<a href="other.html">a</a>',
    ],
)
def test_refuses_what_is_not(body: str) -> None:
    with pytest.raises(RenderFault):
        page(body).write()


@pytest.mark.parametrize(
    "css", [f'@import "{FILE}";', f"p {{ background: url({FILE}) }}", "p { border-image: url(x) }"]
)
def test_stylesheets_are_held_to_the_same_assets(css: str) -> None:
    with pytest.raises(RenderFault):
        page("<p>a</p>", css)


def test_an_svg_asset_reaches_nothing_else() -> None:
    hostile = LOGO.replace(b"<rect", f'<image href="{FILE}" width="9" height="9"/><rect'.encode())
    html = '<html lang="en"><title>t</title><img src="kit:logo" alt="a">'
    with pytest.raises(RenderFault):
        lay_out(html, [STYLE], ASSETS | {"logo": Asset(hostile, "image/svg+xml")}, created=WHEN).write()


@pytest.mark.parametrize("href", ["https://www.example.org/", "mailto:a@example.org", "tel:+441234567890"])
def test_links_that_people_can_follow_stay(href: str) -> None:
    written = opened(page(f'<p><a href="{href}">a</a></p>').write())
    assert str(written.pages[0].Annots[0].A.URI) == href


# Complaints --------------------------------------------------------------------------------------


def test_every_warning_is_a_fault() -> None:
    with pytest.raises(RenderFault) as fault:
        page("<p>a</p>", "p { colour: red }")
    assert len(fault.value.messages) == 1
    assert "colour" in fault.value.messages[0]
    assert fault.value.characters == ()


def test_letters_that_cannot_be_drawn_are_named() -> None:
    laid = page("<p>A tick ✓ and an arrow → and a tick ✓</p>")
    with pytest.raises(RenderFault) as fault:
        laid.write()
    assert fault.value.characters == ("✓", "→")


def test_a_fault_leaves_the_engine_fit_for_the_next_document() -> None:
    with pytest.raises(RenderFault):
        page('<img src="http://127.0.0.1:9/a.png" alt="a">')
    assert page("<p>a</p>").write().startswith(b"%PDF-1.7")


def test_a_document_needs_language_and_title() -> None:
    with pytest.raises(RenderFault, match="language"):
        page("<p>a</p>", lang="")
    with pytest.raises(RenderFault, match="title"):
        page("<p>a</p>", head="").write()
    assert opened(page("<p>a</p>", head="").write(title="Given")).docinfo.Title == "Given"


@pytest.mark.parametrize(
    "body", ['<p style="opacity: 0.5">a</p>', '<table><tr aria-hidden="true"><td>a</td></tr></table>']
)
def test_refuses_what_cannot_be_tagged(body: str) -> None:
    with pytest.raises(RenderFault):
        page(body)


def test_refuses_a_second_font_under_a_name() -> None:
    page("<p>a</p>")
    other = Asset(ASSETS["fonts/KitText-Bold.ttf"].data, "font/ttf")
    with pytest.raises(ValueError, match="KitText-Regular"):
        lay_out("<html lang=en><title>t</title>", [], {"fonts/KitText-Regular.ttf": other}, created=WHEN)


def test_a_missing_library_is_named_with_its_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_pango(name: str) -> object:
        print("advice of WeasyPrint's own")
        raise OSError("cannot load library 'libpango-1.0-0'")

    monkeypatch.setattr(pdf.importlib, "import_module", no_pango)
    with pytest.raises(MissingLibrary) as missing:
        pdf._engine.__wrapped__()
    assert "Pango" in missing.value.what
    assert "install" in missing.value.command or "pacman" in missing.value.command


def test_loading_leaves_the_process_as_it_was() -> None:
    before = os.environ.get("FONTCONFIG_FILE"), ctypes.util.find_library
    with pdf._no_host_fonts(), pdf._no_library_search():
        assert os.environ["FONTCONFIG_FILE"] != before[0]
        assert Path(os.environ["FONTCONFIG_FILE"]).exists()
    assert (os.environ.get("FONTCONFIG_FILE"), ctypes.util.find_library) == before


def test_versions_for_the_doctor() -> None:
    versions = engine_versions()
    assert versions["weasyprint"] == "70.0"
    assert versions["harfbuzz-subset"] in ("present", "missing")
    assert versions["pango"].count(".") == 2


# What is in the file -----------------------------------------------------------------------------


def test_language_title_and_dates() -> None:
    written = opened(page("<h1>a</h1>").write())
    assert written.Root.Lang == "en-GB"
    assert written.docinfo.Title == "A title"
    assert len(written.trailer.ID) == 2
    assert written.docinfo.CreationDate == written.docinfo.ModDate == "D:20261123091500Z"
    with written.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"] == "A title"


def test_dates_are_told_in_one_time_zone() -> None:
    html = "<html lang=en><title>t</title><h1>a</h1>"
    moments = (WHEN.replace(tzinfo=None), WHEN, WHEN.astimezone(timezone(timedelta(hours=5))))
    assert len({lay_out(html, [STYLE], ASSETS, created=moment).write() for moment in moments}) == 1


@pytest.mark.parametrize(
    ("duplex", "name"), [("simplex", "/Simplex"), ("long", "/DuplexFlipLongEdge"), ("short", "/DuplexFlipShortEdge")]
)
def test_print_settings(duplex: Duplex, name: str) -> None:
    written = opened(page("<p>a</p>").write(duplex=duplex))
    preferences = written.Root.ViewerPreferences
    assert preferences.Duplex == name
    assert preferences.PrintScaling == "/None"
    assert preferences.PickTrayByPDFSize is True
    assert preferences.DisplayDocTitle is True


def test_only_our_own_faces_are_drawn_and_all_are_embedded() -> None:
    body = "<h1>Ŵyth ŷ</h1><p style='font-family: DejaVu Sans, Arial, serif'>a <i>b</i> <b>c</b></p><code>d</code>"
    written = opened(page(body + "<p style='font-weight: 600'>e</p>").write())
    descriptors = [thing for thing in written.objects if isinstance(thing, pikepdf.Dictionary) and "/FontName" in thing]
    assert len(descriptors) == 4
    for descriptor in descriptors:
        assert "+Kit-Text" in str(descriptor.FontName)
        assert "/FontFile2" in descriptor


def test_every_letter_a_trust_is_likely_to_write_is_in_every_face() -> None:
    letters = "ŴŵŶŷÂâÊêÎîÔôÛûÁáÉéÍíÓóÚúÀàÈèÌìÒòÙùÄäËëÏïÖöÜüẀẁẂẃẄẅỲỳÇçÑñŁłŚśŻżĠġĦħØøÅåÆæß"
    signs = "–—‐‑‘’“”…•·×÷±−½¼¾£€©®™°²³%†§¶«»¡¿ \u00a0\u2009\u202f"
    for style in ("", "font-style: italic", "font-weight: 600", "font-weight: 700"):
        page(f'<p style="{style}">{letters} {signs}</p>').write()


SAME = """
import sys
sys.path[:0] = [{root!r}, {here!r}]
from test_pdf import page
body = '<h1 id="a">One</h1><p><a href="#b">on</a> <i>x</i> <b>y</b></p><img src="kit:logo" alt="Square">'
laid = page(body + '<table><tr><th>a<th>b<tr><td>1<td>2</table><h2 id="b" style="break-before: page">Two</h2>')
sys.stdout.buffer.write(laid.write() + laid.write(first=2, duplex="long"))
"""


def test_the_same_bytes_from_any_process(tmp_path: Path) -> None:
    script = SAME.format(root=str(ROOT), here=str(Path(__file__).parent))

    def run(seed: str, zone: str, folder: Path) -> bytes:
        folder.mkdir()
        env = os.environ | {"PYTHONHASHSEED": seed, "TZ": zone, "TMPDIR": str(folder)}
        result = subprocess.run([sys.executable, "-c", script], env=env, cwd=folder, check=True, capture_output=True)
        assert list(folder.iterdir()) == [], "temporary files were left behind"
        return result.stdout

    first = run("1", "UTC", tmp_path / "one")
    assert first.startswith(b"%PDF-")
    assert first == run("2", "Asia/Tokyo", tmp_path / "two")


WORKER = """
import multiprocessing, sys
sys.path[:0] = [{root!r}, {here!r}]
def work():
    from test_pdf import page
    page("<h1>One</h1>").write()
worker = multiprocessing.get_context("fork").Process(target=work)
worker.start()
worker.join()
sys.exit(worker.exitcode)
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="forks a process")
def test_a_worker_process_leaves_no_files_behind(tmp_path: Path) -> None:
    script = WORKER.format(root=str(ROOT), here=str(Path(__file__).parent))
    subprocess.run([sys.executable, "-c", script], env=os.environ | {"TMPDIR": str(tmp_path)}, check=True)
    assert list(tmp_path.iterdir()) == []


# Ranges of pages ---------------------------------------------------------------------------------

THREE = (
    '<h1 id="one">One</h1><p><a href="#two">to two</a> <a href="#three">to three</a></p>'
    '<h1 id="two" style="break-before: page">Two</h1><p><a href="#one">to one</a> <a href="#two">to two</a></p>'
    '<h1 id="three" style="break-before: page">Three</h1><img src="kit:logo" alt="Square">'
)


def test_anchors_name_the_page_of_every_id() -> None:
    laid = page(THREE)
    assert laid.pages == 3
    assert laid.anchors == {"one": 1, "two": 2, "three": 3}


def test_a_range_of_pages_keeps_its_tags_and_its_own_links() -> None:
    written = opened(page(THREE).write(first=2, last=3, title="A part"))
    assert len(written.pages) == 2
    assert written.docinfo.Title == "A part"
    assert written.Root.MarkInfo.Marked is True
    kinds = [str(node.S) for node in written.Root.StructTreeRoot.K[0].K]
    assert kinds == ["/H1", "/P", "/H1", "/NonStruct"]
    assert [str(note.Dest) for note in written.pages[0].Annots] == ["two"]
    with written.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"


def test_writing_a_part_does_not_change_the_whole() -> None:
    laid = page(THREE)
    before = laid.write()
    part = laid.write(first=2, last=2, title="Part")
    assert laid.write() == before
    # Nor does what was written before show in the part.
    assert part == page(THREE).write(first=2, last=2, title="Part")


@pytest.mark.parametrize(("first", "last"), [(0, 1), (2, 1), (1, 4), (4, None)])
def test_a_range_that_is_not_there_is_refused(first: int, last: int | None) -> None:
    laid = page(THREE)
    with pytest.raises(ValueError, match="pages"):
        laid.write(first=first, last=last)


# Overflow ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "over_mm"),
    [
        ("a<br>b<br>c", 3 * 5.43 - 10),
        ("<span style='white-space: nowrap'>" + "word " * 30 + "</span>", None),
        ("<table style='height: 14mm; width: 20mm'><tr><td>a</td></tr></table>", None),
        ("<table style='width: 50mm; border-collapse: collapse'><tr><td>a</td></tr></table>", 10),
        ("<img src='kit:logo' alt='a' style='display: block; width: 13mm; height: 13mm'>", 3),
        ("<p style='position: absolute; left: 0; top: 6mm; width: 5mm; height: 6mm; margin: 0'></p>", 2),
        ("<p style='position: absolute; left: 0; top: 6mm; width: 5mm; margin: 0'>a<br>b</p>", None),
        ("<p style='position: absolute; left: -3mm; top: 0; width: 5mm; height: 6mm; margin: 0'></p>", 3),
        ("<div style='height: 9mm'></div><div style='height: 9mm; border-bottom: 1pt solid'></div>", 8.35),
        ("<div style='overflow: hidden; height: 9mm'>a<br>b<br>c</div>", None),
        ("<div style='display: flex'><div style='width: 30mm; flex: none'>a</div>"
         "<div style='width: 30mm; flex: none'>b</div></div>", 20),
    ],
)  # fmt: skip
def test_planted_overflows_are_caught(body: str, over_mm: float | None) -> None:
    css = ".card { position: relative; width: 40mm; height: 10mm; break-before: page }"
    laid = page(f'<div class="card wide" id="full">{body}</div><div class="card" id="roomy">a</div>', css)
    (overflow,) = laid.overflows("card")
    assert (overflow.id, overflow.page) == ("full", 1)
    assert overflow.over_mm == pytest.approx(over_mm, abs=0.1) if over_mm else overflow.over_mm > 1


@pytest.mark.parametrize(
    "body",
    [
        "a<br>b",
        "<ol start='88888' style='margin: 0; padding-left: 0'><li>a<li>b</ol>",
        "<div style='margin: 2mm 0 0'>a</div>",
        "<span style='font-size: 8mm; line-height: 5mm'>Ag</span>",
        "<table style='width: 100%; border-collapse: collapse'><tr><td style='border: 1pt solid'>a</table>",
        "<p style='position: absolute; right: 0; bottom: 0; margin: 0'><img src='kit:logo' alt='' style='width: 9px'>a",
    ],
)
def test_what_fits_is_let_be(body: str) -> None:
    css = ".card { position: relative; width: 40mm; height: 11mm; padding: 3mm; border: 1pt solid }"
    assert page(f'<div class="card">{body}</div>', css).overflows("card") == ()


def test_other_classes_are_not_measured() -> None:
    laid = page('<div class="cardinal" style="height: 1mm">a</div>')
    assert laid.overflows("card") == ()
    assert laid.overflows("cardinal")[0].id == ""


def test_a_table_is_measured_once() -> None:
    laid = page('<table class="grid" id="g" style="table-layout: fixed; width: 20mm"><tr><td>Incomprehensibilities')
    assert [overflow.id for overflow in laid.overflows("grid")] == ["g"]
