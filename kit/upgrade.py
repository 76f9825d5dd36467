"""`kit upgrade`: what the base was, what it is and what a trust has, side by side; then a question, then files.

What there is to decide, and what comes of it, is in `kit/upgrading.py`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from kit.console import (
    CONTENT_FAULTS,
    MISSING_HERE,
    STOPPED,
    WRONG_USE,
    TrustOption,
    at_a_terminal,
    folder_to_write_to,
    quoted,
    report,
    say,
)

if TYPE_CHECKING:
    from rich.table import Table

    from kit.drift import Drift
    from kit.upgrading import Row, Upgrade
    from kit.workspace import Workspace

EXAMPLES = """\b
Examples:
  kit upgrade --trust ./southmere              what has moved, item by item, with a question for each
  kit upgrade --trust ./southmere --dry-run    the same to look at; nothing is written
  kit upgrade --trust ./southmere --yes        keep all that is yours, and write new names
  kit upgrade --trust ./southmere --undo       what stood there before
"""

WIDEST = 110
"""Columns of a terminal: longer lines are hard to follow."""


def upgrade(
    trust: TrustOption = None,
    yes: Annotated[
        bool, typer.Option("--yes", "-y", "--no-prompt", help="Ask nothing: keep all that is yours, apply new names.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what has moved, and write nothing.")] = False,
    undo: Annotated[bool, typer.Option("--undo", help="Put back what stood there before the last upgrade.")] = False,
) -> None:
    """Bring your folder to the base as it is now: see what moved under your changes, and decide.

    New names in the base are written into your files. What is yours stays, unless you say otherwise.
    """
    from kit import upgrading
    from kit.workspace import Workspace

    workspace = Workspace.find()
    if trust is None:
        raise typer.BadParameter("Name your trust: kit upgrade --trust FOLDER.", param_hint="--trust")
    folder = folder_to_write_to(workspace, trust)
    assert folder is not None
    trust = quoted(trust)
    if undo:
        _undo(workspace, folder)
        return
    found = upgrading.upgrade(workspace, folder)
    if found.value is None:
        report(found.diagnostics)
        _stop("Nothing was written: mend this first.", CONTENT_FAULTS)
    up = found.value
    asking = not yes and not dry_run and at_a_terminal()
    _show_head(up)
    _show_new_names(up)
    try:
        taken = _decide(up, asking)
        _show_fresh(up)
        made = upgrading.written(up, taken)
        if made.value is None:
            report(made.diagnostics)
            _stop("Nothing was written.", CONTENT_FAULTS)
        for place in made.value.by_hand:
            typer.echo(f"Take this out yourself, in an editor: {place}\n  {place.excerpt.strip()}\n")
        if not made.value.files and (up.drifts or up.renamed):
            typer.echo("There is nothing to write.")
        elif made.value.files and _wanted(up, [*made.value.files], dry_run=dry_run, yes=yes, asking=asking):
            _write(workspace, up, made.value.files, trust)
    except (typer.Abort, KeyboardInterrupt):
        _stop("\nStopped. Nothing was written.", STOPPED)
    left = [drift for drift in up.drifts if upgrading.broken(drift) and drift not in taken]
    if not dry_run and (left or made.value.by_hand or any(not each.done for each in up.renamed)):
        typer.echo(f"Something is left for you to change: kit check --trust {trust} says what, and where.")
        raise typer.Exit(CONTENT_FAULTS)
    if taken:
        typer.echo(f"See that the minutes still add up: kit check --trust {trust}")


# Questions ---------------------------------------------------------------------------------------


def _decide(up: Upgrade, asking: bool) -> list[Drift]:
    """Each item as it was, as it is and as they have it. The items for which they take the base's."""
    from kit import upgrading

    taken = []
    for number, drift in enumerate(up.drifts, 1):
        _show(drift, up, f"{number} of {len(up.drifts)}: ")
        if not upgrading.can_take(drift):
            continue
        question = (
            "Keep it as it is, or take your change out" if drift.now is None else "Keep yours, or take the base's"
        )
        letter = "t" if drift.now is None else "b"
        if asking and _answer(f"{question} (k or {letter})", letter):
            taken.append(drift)
    return taken


def _answer(question: str, other: str) -> bool:
    """Whether the answer is the other one: Enter keeps."""
    while True:
        given = str(typer.prompt(question, "k", err=True)).strip().casefold()
        if given[:1] in ("k", other):
            say("")
            return given[:1] == other
        say(f"Write k or {other}.")


def _wanted(up: Upgrade, files: Sequence[Path], *, dry_run: bool, yes: bool, asking: bool) -> bool:
    """Whether to write: the last question."""
    names = _and([path.relative_to(up.folder).as_posix() for path in files])
    if dry_run:
        typer.echo(f"Nothing was written. Without --dry-run, this would write {names}.")
    elif not yes and not asking:
        _stop("Nothing was written: nobody is here to be asked. To keep all that is yours, add --yes.", WRONG_USE)
    elif asking and not typer.confirm(f"Write {names}?", default=True, err=True):
        _stop("Nothing was written.", 0)
    return not dry_run


# Files -------------------------------------------------------------------------------------------


def _write(workspace: Workspace, up: Upgrade, files: Mapping[Path, bytes], trust: str) -> None:
    from kit.publish import write_with_way_back

    try:
        kept = write_with_way_back(up.folder, files)
    except OSError as error:
        _stop(f"It could not be written: {error.strerror or error}. All is as it was.", MISSING_HERE)
    typer.echo(f"Written: {_and([path.relative_to(up.folder).as_posix() for path in files])}.")
    typer.echo(f"What stood there is kept in {workspace.name(kept)}.")
    typer.echo(f"To undo it: kit upgrade --trust {trust} --undo")


def _undo(workspace: Workspace, folder: Path) -> None:
    from kit.publish import put_back

    try:
        back = put_back(folder)
    except OSError as error:
        _stop(f"It could not be written: {error.strerror or error}. All is as it was.", MISSING_HERE)
    if back is None:
        _stop("There is no upgrade to undo.", WRONG_USE)
    typer.echo(f"Put back as before the last upgrade: {_and(back.files)}.")
    if back.aside is not None:
        typer.echo(f"You had edited {_and(back.edited)} since. Your version is in {workspace.name(back.aside)}.")


# What is shown -----------------------------------------------------------------------------------


def _show_head(up: Upgrade) -> None:
    from kit import __version__

    assert up.library.trust is not None
    name = up.library.trust.name
    if up.lock is None:
        typer.echo(f"{name} does not record yet which base it was made against: the base of today is recorded.")
    elif up.drifts or up.renamed:
        versions = "" if up.lock.kit == __version__ else f": {up.lock.kit} then, {__version__} now"
        typer.echo(f"The base has moved since {name} was made against it{versions}.\n")
    else:
        typer.echo(f"Nothing has moved in the base that the changes of {name} rest on.")


def _show_new_names(up: Upgrade) -> None:
    if not up.renamed:
        return
    typer.echo("New names in the base:")
    for each in up.renamed:
        typer.echo(f"  {each.place.file}:{each.place.line}  {each.old} is now {each.new}")
        if not each.done:
            typer.echo("    Write this one yourself: it cannot be put in without touching other words.")
    typer.echo()


def _show_fresh(up: Upgrade) -> None:
    changes = {touch.change for touch in up.fresh}
    if changes and up.lock is not None:
        are = "1 change is" if len(changes) == 1 else f"{len(changes)} changes are"
        typer.echo(f"{are} not recorded yet. They are recorded with the base as it is now.")


def _show(drift: Drift, up: Upgrade, count: str) -> None:
    """1 item as a table: what it was, what it is, what they have."""
    from rich.console import Console
    from rich.text import Text

    from kit import upgrading

    console = Console(highlight=False, soft_wrap=False)
    console.width = min(console.width, WIDEST)
    console.print(Text(count + upgrading.heading(drift), style="bold"))
    for place in _places(drift, up):
        console.print(Text(place, style="dim"))
    rows = upgrading.rows(drift, up.library)
    console.print(_table(rows))
    if drift.now is None and (nearest := upgrading.nearest_to(drift, up)):
        console.print(Text(f"The nearest there is: {nearest}"))
    if not upgrading.can_take(drift):
        still = (
            "Name another in its place, in your file." if upgrading.broken(drift) else "What is yours stays as it is."
        )
        console.print(Text(still))
    console.print()


def _table(rows: Sequence[Row]) -> Table:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, expand=True)
    table.add_column("", no_wrap=True, min_width=8)
    for title in ("when you made it", "in the base now", "yours"):
        table.add_column(title, ratio=1, overflow="fold")
    for row in rows:
        table.add_row(Text(row.label), Text(row.was), Text(row.now), Text(row.yours))
    return table


def _places(drift: Drift, up: Upgrade) -> list[str]:
    """Where the trust names it."""
    texts = up.library.texts
    places = [texts[m.touch.role].place(m.touch.path) for m in drift.meetings if m.touch.role in texts]
    return list(dict.fromkeys(f"{place.file}:{place.line}" for place in places))


def _and(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _stop(line: str, code: int) -> NoReturn:
    say(line)
    raise typer.Exit(code)
