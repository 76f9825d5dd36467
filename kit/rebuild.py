"""`kit rebuild`: a guide that was built for keeping in, the pack that it belongs to out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Annotated

import typer

from kit.asking import order_for
from kit.building import build_order
from kit.console import MISSING_HERE, WRONG_USE, say
from kit.lookup import here

LARGEST = 150_000_000
"""Bytes of a guide with all that it may carry."""

EXAMPLES = """\b
Examples:
  kit rebuild guide.pdf                        into rebuilt-half-day, named after its plan
  kit rebuild guide.pdf -o before-the-change
  kit rebuild guide.pdf --only deck,workbook   two documents of the pack
"""


def rebuild(
    guide: Annotated[Path, typer.Argument(metavar="GUIDE", help="A guide from kit build --archive.")],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FOLDER", help="A new folder for all of it.")
    ] = None,
    only: Annotated[
        str, typer.Option("--only", metavar="DOCUMENTS", help="Documents to build, by id, with commas between.")
    ] = "",
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but faults, and what differs.")] = False,
) -> None:
    """Make a pack again from its guide, which carries the plan and the files of the trust.

    Plan and trust are written into a new folder, and the pack beside them. Nothing is overwritten.
    """
    from kit.archive import NotAnArchive, differences, read
    from kit.publish import NotEmpty, write_new_folder

    workspace = here()
    data = workspace.read_bytes((workspace.here / guide).resolve(), LARGEST)
    if data is None:
        raise typer.BadParameter(f"There is no file {guide}, or it is too large to be a guide.", param_hint="GUIDE")
    try:
        archive = read(data)
    except NotAnArchive as error:
        say(f"{guide}: {error}")
        raise typer.Exit(WRONG_USE) from None
    written = archive.record
    folder = output or Path(f"rebuilt-{written.plan}")
    if folder.exists() or folder.is_symlink():
        say(f"{folder} is there already, so nothing was written. Choose another folder with -o.")
        raise typer.Exit(WRONG_USE)
    files = {_in_folder(name, written.trust): content for name, content in archive.files.items()}
    try:
        write_new_folder(folder.absolute(), files)
    except (NotEmpty, OSError) as error:
        say(f"{folder} could not be written: {getattr(error, 'strerror', None) or error}.")
        raise typer.Exit(MISSING_HERE) from error
    plan = str(folder / written.plan_file) if written.plan_file else written.plan
    trust = str(folder / written.trust) if written.trust else None
    asked = written.asked
    order = replace(
        order_for(plan, None, archive.request, only=only),
        trust=trust,
        flip=asked.flip,
        back_offset=asked.back_offset,
        print_shop=asked.print_shop,
        slides=asked.slides,
    )
    pack = build_order(workspace, order, folder / "pack", archive=True, quiet=quiet)
    inputs = {row["name"]: row["sha256"] for row in pack.about["inputs"]}
    told = differences(written, pack.stamp.build_id, inputs)
    day = pack.workshop.english.short_date(written.built_on)
    if not quiet:
        typer.echo()
        typer.echo(f"What it is made from: {folder}")
    if not told:
        if not quiet:
            typer.echo(f"It is the same pack as on {day}: build {written.build_id} then and now.")
        return
    say(f"It is not the same pack as on {day}: build {written.build_id} then, {pack.stamp.build_id} now.")
    for line in told:
        say(line)
    say("What was archived is in the guide that you gave, and is as it was.")


def _in_folder(name: str, trust: str | None) -> str:
    """Where an attachment is written: a trust's folder is called by its id."""
    path = PurePosixPath(name)
    return name if len(path.parts) == 1 or trust is None else str(PurePosixPath(trust, *path.parts[1:]))
