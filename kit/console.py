"""What every command shares: exit codes, the flag for a trust, faults to standard error."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kit.diagnostics import Diagnostic
from kit.terminal import diagnostics_as_text

if TYPE_CHECKING:
    from kit.workspace import Workspace

CONTENT_FAULTS, WRONG_USE, MISSING_HERE, BUG, STOPPED = 1, 2, 3, 70, 130

TRUST_VARIABLE = "KIT_TRUST"


def say(line: str) -> None:
    """A line for the person at the terminal, apart from the results."""
    typer.echo(line, err=True)


def report(diagnostics: Sequence[Diagnostic]) -> None:
    """Every fault, to standard error; nothing when there is none."""
    if diagnostics:
        say(diagnostics_as_text(diagnostics, sys.stderr) + "\n")


def exit_code(faults: Sequence[Diagnostic]) -> int:
    """What is asked for and is not there is no fault of the content: it has no place in a file."""
    if any(fault.code == "missing-library" for fault in faults):
        return MISSING_HERE
    asked = any(
        fault.code in ("unknown-trust", "unknown-plan", "unknown-document") and not fault.place for fault in faults
    )
    return WRONG_USE if asked else CONTENT_FAULTS


def _known_here(context: typer.Context, option: typer.CallbackParam, reference: str | None) -> str | None:
    """Refuse a variable that leads nowhere by its own name: nobody who set it last month looks for it in a flag."""
    source = context.get_parameter_source(option.name or "")
    if reference and source is not None and source.name == "ENVIRONMENT":
        from kit.workspace import Workspace

        if Workspace.find().trust_folder(reference) is None:
            told = f"It is set to {reference}, where there is no trust. Correct it, empty it, or give --trust."
            raise typer.BadParameter(told, param_hint=TRUST_VARIABLE)
    return reference


def quoted(text: str) -> str:
    """A word as a command takes it: in quotation marks where it needs them."""
    return text if re.fullmatch(r"[\w./:~+@-]+", text) else f'"{text}"'


def at_a_terminal() -> bool:
    """Whether somebody is there who can answer."""
    return sys.stdin is not None and sys.stdin.isatty()


def folder_to_write_to(workspace: Workspace, trust: str | None) -> Path | None:
    """The folder of the trust, None where none is named; the content of an installed kit is not to be written to."""
    from kit.load import unknown

    folder = workspace.trust_folder(trust) if trust else None
    if trust and folder is None:
        report([unknown("trust", trust, workspace.trusts(), "kit list trusts")])
        raise typer.Exit(WRONG_USE)
    within = folder is None or folder.is_relative_to(workspace.root)
    if within and not workspace.here.is_relative_to(workspace.root):
        say("That belongs to the kit itself: give a folder of your own with --trust (kit new trust begins one).")
        raise typer.Exit(WRONG_USE)
    return folder


TrustOption = Annotated[
    str | None,
    typer.Option(
        *("--trust", "-t"),
        metavar="TRUST",
        envvar=TRUST_VARIABLE,
        callback=_known_here,
        help="A trust's id, or the path of its folder.",
    ),
]
