"""`kit doctor`: what this machine has and lacks, and what decks would make of a PowerPoint template."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kit.console import CONTENT_FAULTS, MISSING_HERE, WRONG_USE, TrustOption, report, say
from kit.terminal import columns

if TYPE_CHECKING:
    from kit.load import Library
    from kit.workspace import Workspace

EPILOG = """\b
Examples:
  kit doctor                                          what the kit needs, and what is there
  kit doctor --deck corporate.pptx                    which layouts decks would use, with pictures of all
  kit doctor --deck corporate.pptx --trust ./ours     the same with your brand and your layout_map
"""


def doctor(
    deck: Annotated[
        Path | None, typer.Option("--deck", metavar="FILE", help="Look at a PowerPoint template instead.")
    ] = None,
    trust: TrustOption = None,
    save: Annotated[
        Path | None, typer.Option("--save", metavar="FOLDER", help="Where pictures of the template go.")
    ] = None,
) -> None:
    """Look at this machine, or at a PowerPoint template: what is there, what is missing, what to do."""
    from kit.workspace import Workspace

    workspace = Workspace.find()
    if deck is None:
        _machine(workspace)
    else:
        _template(workspace, deck, trust, save)


def _machine(workspace: Workspace) -> None:
    from kit.doctor import examine

    findings = tuple(examine(workspace))
    typer.echo(columns([(f.name, f.found, f.remedy) for f in findings]))
    if any(finding.missing for finding in findings):
        raise typer.Exit(MISSING_HERE)
    typer.echo("\nAll that the kit needs is here.")


def _template(workspace: Workspace, path: Path, trust: str | None, folder: Path | None) -> None:
    from datetime import datetime

    from kit import deckcheck

    library = library_of(workspace, trust) if trust else None
    file = deckcheck.template_at(workspace, path, library)
    if file is None:
        report([deckcheck.not_there(path)])
        raise typer.Exit(WRONG_USE)
    outcome = deckcheck.look(file, library, datetime(2000, 1, 1))
    report(outcome.diagnostics)
    if outcome.value is None:
        raise typer.Exit(CONTENT_FAULTS)
    looked = outcome.value
    typer.echo(looked.basis.line)
    table = list(deckcheck.rows(looked))
    if table:
        typer.echo("\n" + columns([("Slides", "Layout", "Found"), *table]))
    for heading, lines in deckcheck.remarks(looked):
        typer.echo("\n".join(["", f"{heading}:", *(f"  {line}" for line in lines)]))
    stem = f"{path.stem}-layouts"
    files, why = deckcheck.pictures(workspace, looked.deck, stem)
    try:
        written = deckcheck.save(folder or Path("build", stem), {f"{stem}.pptx": looked.deck, **files})
    except OSError as error:
        say(
            f"The pictures could not be written: {error.strerror or error}. Close them if they are open, and try again."
        )
        raise typer.Exit(MISSING_HERE) from error
    typer.echo("\nEvery layout, filled:")
    for saved in written:
        typer.echo(f"  {saved.path}{' (in place of the one of before)' if saved.replaced else ''}")
    if why:
        typer.echo(f"  {why}")


def library_of(workspace: Workspace, trust: str) -> Library:
    """What the folder of a trust holds; the command ends where it cannot be read."""
    from kit.load import load, unknown

    folder = workspace.trust_folder(trust)
    if folder is None:
        report([unknown("trust", trust, workspace.trusts(), "kit list trusts")])
        raise typer.Exit(WRONG_USE)
    loaded = load(workspace, trust=folder)
    if loaded.value is None:
        report(loaded.diagnostics)
        raise typer.Exit(CONTENT_FAULTS)
    return loaded.value
