"""CUPS, the printing system of Linux and macOS: the only door to its commands, none of which goes through a shell."""

from __future__ import annotations

import os
import plistlib
import re
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, unquote
from xml.parsers.expat import ExpatError

from kit.printers import JOB_ATTRIBUTES, PRINTER_ATTRIBUTES, JobState, Printer, answers, job_state, printer

COMMANDS = {"lp": "cups-client", "lpstat": "cups-client", "cancel": "cups-client", "ipptool": "cups-ipp-utils"}
"""What is run, and the Debian package that has it."""

PATIENCE = 60
"""Seconds that a command may take: printers on a network are slow to answer."""

_REQUEST = """{{
OPERATION {operation}
GROUP operation-attributes-tag
ATTR charset attributes-charset utf-8
ATTR naturalLanguage attributes-natural-language en
ATTR uri printer-uri $uri
{attributes}
ATTR keyword requested-attributes {requested}
}}
"""


class Refused(Exception):
    """CUPS would not do what it was asked for; the message is its own."""


@dataclass(frozen=True)
class Destinations:
    """The printers that there are, and the one that is used when none is named, if there is one."""

    names: tuple[str, ...]
    default: str | None


def missing_packages() -> tuple[str, ...]:
    """The Debian packages whose commands are not on this machine."""
    return tuple(dict.fromkeys(package for command, package in COMMANDS.items() if shutil.which(command) is None))


def is_running() -> bool:
    """Whether CUPS answers."""
    return "scheduler is running" in _run("lpstat", "-r").stdout


def destinations() -> Destinations:
    """The printers that this machine can print on."""
    # Office-2/draft is Office-2 with settings that somebody saved; ours are those of the file.
    default = re.match(r"system default destination: ([^/\s]+)", _run("lpstat", "-d").stdout)
    names = {line.partition("/")[0] for line in _run("lpstat", "-e").stdout.split()}
    return Destinations(tuple(sorted(names)), default[1] if default else None)


def look_at(name: str) -> Printer:
    """What a printer is and can do, as far as it tells."""
    asked = _REQUEST.format(operation="Get-Printer-Attributes", attributes="", requested=",".join(PRINTER_ATTRIBUTES))
    told = _ask(name, asked)
    return printer(name, told[0] if told else {})


def states(name: str, jobs: Sequence[int]) -> dict[int, JobState]:
    """What became of each of the `jobs` of the printer `name`."""
    asked = "".join(
        _REQUEST.format(
            operation="Get-Job-Attributes", attributes=f"ATTR integer job-id {job}", requested=",".join(JOB_ATTRIBUTES)
        )
        for job in jobs
    )
    # Numbers begin anew when CUPS is set up again: another printer's job is not ours.
    ours = {
        told["job-id"]: job_state(told)
        for told in (_ask(name, asked) if jobs else ())
        if unquote(str(told.get("job-printer-uri", ""))).endswith(f"/{name}")
    }
    return {job: ours.get(job, JobState.FORGOTTEN) for job in jobs}


def send(command: Sequence[str]) -> int:
    """Run an `lp` command; the number of its job is returned. Raises Refused with what CUPS says."""
    done = _run(*command)
    number = re.search(r"request id is .+-(\d+) ", done.stdout)
    if done.returncode or number is None:
        raise Refused(_said(done.stderr))
    return int(number[1])


def take_back(job: str) -> None:
    """Cancel a job, by the name that CUPS gave it. Raises Refused when it cannot be cancelled any more."""
    done = _run("cancel", job)
    if done.returncode:
        raise Refused(_said(done.stderr))


def _run(*command: str) -> subprocess.CompletedProcess[str]:
    """Run a command in English. Ctrl-C does not reach it: what was begun is finished and recorded."""
    environment = {**os.environ, "LC_ALL": "C"}
    try:
        return subprocess.run(
            command,
            env=environment,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=PATIENCE,
            start_new_session=True,
            stdin=subprocess.DEVNULL,
        )
    except subprocess.TimeoutExpired:
        raise Refused(f"{command[0]} did not answer within {PATIENCE} seconds") from None


def _ask(name: str, requests: str) -> Sequence[Mapping[str, Any]]:
    """The answers to `requests`, written as `ipptool` takes them, by the queue `name`."""
    server = _run("lpstat", "-H").stdout.strip()
    address = quote(server, safe=":[]") + f"/printers/{quote(name)}"
    done = subprocess.run(
        ["ipptool", "-I", "-T", str(PATIENCE), "-X", f"ipp://{address}", "/dev/stdin"],
        input=requests.encode(),
        capture_output=True,
    )
    # A summary in plain text may follow.
    report, end, _ = done.stdout.partition(b"</plist>")
    try:
        return answers(plistlib.loads(report + end))
    except (plistlib.InvalidFileException, ExpatError, ValueError):
        return ()


def _said(error: str) -> str:
    return re.sub(r"^\S+: (Error - )?", "", error.strip()).rstrip(".") or "no reason was given"
