"""A CUPS server of the tests' own: real queues, whose printers keep what reaches them in a folder.

It touches nothing of the machine's own printing system, and listens on a socket in its own folder. Run by root it
gives up its rights as CUPS insists on; run by anybody else it keeps theirs.
"""

from __future__ import annotations

import grp
import os
import pwd
import re
import shutil
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

PATH = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin"])
PACKAGES = {"cupsd": "cups-daemon", "lp": "cups-client", "ipptool": "cups-ipp-utils"}

BACKEND = """\
#!/bin/sh
[ $# -eq 0 ] && { echo 'direct keep "Unknown" "Keeps what it is given"'; exit 0; }
folder="${DEVICE_URI#keep://}"
if [ -e "$folder/jam" ]; then
    echo "STATE: +media-jam-error" >&2
    echo "ERROR: Paper jam in tray 2" >&2
    exit 4
fi
printf '%s\\n' "$3" "$4" "$5" > "$folder/$1.asked"
cat "${6:--}" > "$folder/$1.part"
mv "$folder/$1.part" "$folder/$1.pdf"
"""
"""A printer: `job user title copies options [file]`. Exit code 4 stops the queue, as a jam does."""

CONFIGURATION = """\
Listen {root}/socket
LogLevel warn
Browsing No
DefaultAuthType None
WebInterface No
JobRetryInterval 1
<Location />
  Order allow,deny
  Allow all
</Location>
<Policy default>
  <Limit All>
    Order deny,allow
  </Limit>
</Policy>
"""

FILES = """\
ServerRoot {root}/etc
ServerBin {root}/bin
CacheDir {root}/cache
StateDir {root}/state
RequestRoot {root}/spool
TempDir {root}/spool/tmp
AccessLog {root}/log/access
ErrorLog {root}/log/error
PageLog {root}/log/page
Printcap
Sandboxing relaxed
SystemGroup {admin}
User {user}
Group {group}
"""

DRIVER_HEAD = """\
*PPD-Adobe: "4.3"
*FormatVersion: "4.3"
*FileVersion: "1.0"
*LanguageVersion: English
*LanguageEncoding: ISOLatin1
*PCFileName: "KEEP.PPD"
*Manufacturer: "Example"
*Product: "(Example)"
*ModelName: "Example"
*ShortNickName: "Example"
*NickName: "Example"
*PSVersion: "(3010.000) 0"
*LanguageLevel: "3"
*FileSystem: False
*Throughput: "1"
*TTRasterizer: Type42
*cupsFilter2: "application/pdf application/pdf 0 -"
*DefaultFont: Courier
*Font Courier: Standard "(1.05)" Standard ROM
"""

POINTS = {"A3": (842, 1191), "A4": (595, 842), "A5": (420, 595)}


def driver(*, papers: Sequence[str], both_sides: bool, colour: bool) -> str:
    """A printer description that passes PDF on as it is."""

    def choices(keyword: str, values: Mapping[str, str]) -> str:
        lines = [f"*OpenUI *{keyword}: PickOne", f"*OrderDependency: 10 AnySetup *{keyword}"]
        lines += [f"*Default{keyword}: {next(iter(values))}"]
        lines += [f'*{keyword} {value}: "{code}"' for value, code in values.items()]
        return "\n".join([*lines, f"*CloseUI: *{keyword}", ""])

    sizes = {paper: "<</PageSize[{} {}]>>setpagedevice".format(*POINTS[paper]) for paper in papers}
    text = DRIVER_HEAD + f"*ColorDevice: {colour}\n*DefaultColorSpace: {'RGB' if colour else 'Gray'}\n"
    text += choices("PageSize", sizes) + choices("PageRegion", sizes)
    text += f"*DefaultImageableArea: {papers[0]}\n*DefaultPaperDimension: {papers[0]}\n"
    for paper in papers:
        width, height = POINTS[paper]
        text += (
            f'*ImageableArea {paper}: "12 12 {width - 12} {height - 12}"\n*PaperDimension {paper}: "{width} {height}"\n'
        )
    if both_sides:
        text += choices("Duplex", {"None": "", "DuplexNoTumble": "", "DuplexTumble": ""})
    if colour:
        text += choices("ColorModel", {"RGB": "", "Gray": ""})
    return text


def wait_until(true: Callable[[], bool], otherwise: str) -> None:
    for _ in range(200):
        if true():
            return
        time.sleep(0.05)
    raise AssertionError(otherwise)


@dataclass(frozen=True)
class Arrived:
    """What reached a printer: the bytes, and what CUPS was asked for."""

    title: str
    copies: int
    options: Mapping[str, str]
    data: bytes


class CupsServer:
    """A running server in `root`, whose path must be short: a socket's may have 100 characters or so."""

    def __init__(self, root: Path) -> None:
        missing = [package for command, package in PACKAGES.items() if shutil.which(command, path=PATH) is None]
        assert not missing, f"These tests need CUPS. Please run: sudo apt-get install --yes {' '.join(missing)}"
        self.root = root
        self._write()
        self._process = subprocess.Popen(
            [self._command("cupsd"), "-f", "-c", str(root / "cupsd.conf"), "-s", str(root / "cups-files.conf")],
            stdout=(root / "log" / "out").open("wb"),
            stderr=subprocess.STDOUT,
        )
        wait_until(lambda: "is running" in self.run("lpstat", "-r"), "the server did not start")

    def _write(self) -> None:
        root = self.root
        root.chmod(0o755)
        for folder in ("etc", "bin/backend", "bin/daemon", "bin/filter", "cache", "state", "spool/tmp", "log", "kept"):
            (root / folder).mkdir(parents=True)
        (root / "kept").chmod(0o1777)
        for tool in Path("/usr/lib/cups/daemon").glob("*"):
            (root / "bin" / "daemon" / tool.name).symlink_to(tool)
        backend = root / "bin" / "backend" / "keep"
        backend.write_text(BACKEND)
        backend.chmod(0o755)
        (root / "cupsd.conf").write_text(CONFIGURATION.format(root=root))
        if os.getuid() == 0:
            files = FILES.format(root=root, user="lp", group="lp", admin="root")
        else:
            user, group = pwd.getpwuid(os.getuid()).pw_name, grp.getgrgid(os.getgid()).gr_name
            files = FILES.format(root=root, user=user, group=group, admin=group)
        (root / "cups-files.conf").write_text(files)

    @staticmethod
    def _command(name: str) -> str:
        found = shutil.which(name, path=PATH)
        assert found is not None, name
        return found

    @cached_property
    def environment(self) -> dict[str, str]:
        """For everything that is to print here, and for nobody's own printer."""
        own = {k: v for k, v in os.environ.items() if k not in ("LPDEST", "PRINTER", "KIT_TRUST")}
        return own | {
            "CUPS_SERVER": f"{self.root}/socket",
            "CUPS_SERVERROOT": f"{self.root}/etc",
            "HOME": str(self.root),
            "PATH": PATH,
            "LC_ALL": "C",
        }

    def run(self, command: str, *arguments: str) -> str:
        done = subprocess.run(
            [self._command(command), *arguments], env=self.environment, capture_output=True, text=True, timeout=30
        )
        assert done.returncode == 0 or command == "lpstat", f"{command}: {done.stderr}"
        return done.stdout

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(timeout=20)

    # Queues

    def add(self, name: str, description: str | None) -> Queue:
        """A queue; a raw one when there is no description of its printer."""
        kept = self.root / "kept" / re.sub(r"\W", "-", name, flags=re.ASCII)
        kept.mkdir()
        kept.chmod(0o1777)
        kind = ["-m", "raw"]
        if description is not None:
            path = self.root / f"{name}.ppd"
            path.write_text(description)
            kind = ["-P", str(path)]
        self.run("lpadmin", "-p", name, "-E", "-v", f"keep://{kept}", *kind)
        return Queue(self, name, kept)


@dataclass(frozen=True)
class Queue:
    """One printer of the server."""

    server: CupsServer
    name: str
    kept: Path

    def arrived(self, number: int) -> list[Arrived]:
        """What has reached it, in the order in which it was sent, once `number` jobs have."""
        wait_until(lambda: len(list(self.kept.glob("*.pdf"))) >= number, f"fewer than {number} jobs arrived")
        return [self._read(path) for path in sorted(self.kept.glob("*.pdf"), key=lambda path: int(path.stem))]

    def nothing_arrived(self) -> bool:
        return not list(self.kept.glob("*.pdf"))

    @staticmethod
    def _read(path: Path) -> Arrived:
        title, copies, options = path.with_suffix(".asked").read_text("utf-8").splitlines()
        pairs = (option.partition("=") for option in options.split())
        return Arrived(title, int(copies), {name: value for name, _, value in pairs}, path.read_bytes())

    def disable(self, why: str) -> None:
        self.server.run("cupsdisable", "-r", why, self.name)

    def enable(self) -> None:
        self.server.run("cupsenable", self.name)

    def hold_what_comes(self) -> None:
        self.server.run("lpadmin", "-p", self.name, "-o", "job-hold-until-default=indefinite")

    def hold_nothing(self) -> None:
        self.server.run("lpadmin", "-p", self.name, "-o", "job-hold-until-default=no-hold")

    def cancel_newest(self) -> None:
        newest = self.server.run("lpstat", "-o", self.name).split("\n")[-2]
        self.server.run("cancel", newest.split()[0])

    def jam(self) -> None:
        (self.kept / "jam").touch()

    def clear_jam(self) -> None:
        (self.kept / "jam").unlink()

    def wait_until_stopped(self) -> None:
        wait_until(lambda: "disabled" in self.server.run("lpstat", "-p", self.name), "it did not stop")

    def remove(self) -> None:
        self.server.run("lpadmin", "-x", self.name)
        shutil.rmtree(self.kept)
