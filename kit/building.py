"""`kit build`: flags in, a pack out, and what to print of it."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from kit.asking import (
    AttendeesOption,
    BackOffsetOption,
    DateOption,
    EndOption,
    FlipOption,
    MinutesOption,
    SlidesOption,
    SparesOption,
    StartOption,
    StrictOption,
    TablesOption,
    default_folder,
    offset_of,
    order_for,
    request_for,
    today,
)
from kit.console import (
    CONTENT_FAULTS,
    MISSING_HERE,
    STOPPED,
    WRONG_USE,
    TrustOption,
    exit_code,
    quoted,
    report,
    say,
)
from kit.lookup import here
from kit.terminal import columns, styled

if TYPE_CHECKING:
    from kit.check import Checked, Order
    from kit.pipeline import Pack
    from kit.render.job import Made
    from kit.workspace import Workspace

EXAMPLES = """\b
Examples:
  kit build                                    the half-day plan, into build/half-day
  kit build half-day --trust northmoor         one trust's edition
  kit build --date 2027-01-14 --start 13:00 --attendees 18
  kit build half-day --minutes 120             fitted to 2 hours; it says what it left out and shortened
  kit build half-day --start 13:10 --end 15:00
  kit build series --date 2027-01-14           4 sessions, the others 4 weeks apart
  kit build series --date 2027-01-14 --date 2027-02-12 --date 2027-03-11 --date 2027-04-15
  kit build --only deck,workbook               two documents of the pack
  kit build --edition standard,large-print:2   2 people asked for large print: their copies beside the others
  kit build --edition large-print-22,dyslexia,mono
  kit build --slides 4:3                       slides for an older projector
  kit build --flip short --back-offset 1.5,-0.75  the backs of cards as this printer needs them
  kit build --only-changed                     beside all cards, a file of those that changed since the last build
  kit build --print-shop                       cards for a print shop too: 1 to a page, with bleed and marks
  kit build --print-all                        one print job for each paper, for a print room
  kit build content/plans/half-day.yaml -o elsewhere
  kit build --trust northmoor --archive        for keeping; kit rebuild makes it again from its guide
"""


def build(
    plan: Annotated[str, typer.Argument(metavar="PLAN", help="A plan's id, or the path of its file.")] = "half-day",
    trust: TrustOption = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FOLDER", help="Where to put the pack.")
    ] = None,
    only: Annotated[
        str, typer.Option("--only", metavar="DOCUMENTS", help="Documents to build, by id, with commas between.")
    ] = "",
    on: DateOption = None,
    start: StartOption = None,
    minutes: MinutesOption = None,
    end: EndOption = None,
    attendees: AttendeesOption = None,
    tables: TablesOption = None,
    spares: SparesOption = None,
    edition: Annotated[
        str,
        typer.Option(
            "--edition",
            metavar="EDITIONS",
            help="Of standard, large-print (or -16, -22, -24), dyslexia, mono; with :2 when 2 people asked for it.",
        ),
    ] = "",
    flip: FlipOption = None,
    back_offset: BackOffsetOption = None,
    slides: SlidesOption = None,
    only_changed: Annotated[
        bool, typer.Option("--only-changed", help="Write a file of the cards that changed since the last build too.")
    ] = False,
    print_shop: Annotated[
        bool, typer.Option("--print-shop", help="Write cards for a print shop too, into the folder print-shop.")
    ] = False,
    print_all: Annotated[
        bool,
        typer.Option(
            "--print-all",
            help="Also make print-all.pdf: every copy of everything in order, 1 file for each paper, for a print room.",
        ),
    ] = False,
    copies_in_files: Annotated[
        bool,
        typer.Option(
            "--copies-in-files",
            help="Write the number of copies into each PDF. Without it you can print 1 copy first, as you should; "
            "and some programs heed no number above 5.",
        ),
    ] = False,
    zipped: Annotated[bool, typer.Option("--zip", help="Write the pack as one ZIP file too.")] = False,
    archive: Annotated[
        bool,
        typer.Option(
            "--archive", help="PDFs for keeping (PDF/A-3); the guide carries the plan and your trust’s files."
        ),
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but faults.")] = False,
    strict: StrictOption = False,
) -> None:
    """Build a workshop pack: handouts, cards, guide, run sheet and deck."""
    request = request_for(on, start, attendees, tables, spares, edition, minutes, end)
    order = replace(
        order_for(plan, trust, request, only=only, strict=strict),
        flip=flip.value if flip else None,
        back_offset=offset_of(back_offset),
        print_shop=print_shop,
        print_all=print_all,
        copies_in_files=copies_in_files,
        slides=slides.value if slides else None,
    )
    build_order(here(), order, output, only_changed=only_changed, zipped=zipped, archive=archive, quiet=quiet)


def build_order(
    workspace: Workspace,
    order: Order,
    output: Path | None,
    *,
    only_changed: bool = False,
    zipped: bool = False,
    archive: bool = False,
    quiet: bool = False,
) -> Pack:
    """Build and write the pack of `order`, and say what there is to print. Ends the command when there is none."""
    from kit import pipeline
    from kit.check import check as check_session
    from kit.publish import NotAPack, read_manifest, refuse_unless_pack, write_zip

    started = perf_counter()
    checked = check_session(workspace, order)
    report(checked.diagnostics)
    if checked.value is None:
        _stop_for_faults(exit_code(checked.diagnostics))
    folder = output or default_folder(checked.value.workshop.plan.id, checked.value.library.trust)
    day = today()
    try:
        refuse_unless_pack(folder.absolute())
        before = read_manifest(folder.absolute()) or {} if only_changed else None
        outcome = pipeline.build(workspace, checked.value, order, today=day, tell=_tell(folder, quiet), before=before)
        new = [fault for fault in outcome.diagnostics if fault not in checked.diagnostics]
        report(new)
        if outcome.value is None:
            _stop_for_faults(exit_code(new))
        pack = _for_keeping(outcome.value, workspace, checked.value, order, day) if archive else outcome.value
        published = pipeline.publish_pack(pack, folder.absolute(), order)
        as_zip = write_zip(folder.absolute(), datetime.combine(day, datetime.min.time())) if zipped else None
    except NotAPack:
        say(f"{folder} holds files that the kit did not make, so nothing was written.")
        say("Choose another folder with -o, or empty that one.")
        raise typer.Exit(WRONG_USE) from None
    except OSError as error:
        say(f"The pack could not be written: {error.strerror or error}.")
        say("The pack of before, if there was one, is as it was. Close its files and make room, then build again.")
        raise typer.Exit(MISSING_HERE) from error
    except KeyboardInterrupt:
        say("Stopped. The pack of before, if there was one, is as it was.")
        raise typer.Exit(STOPPED) from None
    for name in published.kept:
        say(f"You had edited a file of the pack. Your copy is kept: {folder / name}")
    if not quiet:
        _summary(pack, folder, as_zip, perf_counter() - started)
    return pack


def _for_keeping(pack: Pack, workspace: Workspace, checked: Checked, order: Order, day: date) -> Pack:
    from kit.archive import NotToBeKept, archived, contents, record

    try:
        files = contents(workspace, order)
    except NotToBeKept as error:
        say(f"Your trust’s files cannot be archived. {error}")
        _stop_for_faults(CONTENT_FAULTS)
    told = record(checked, order, files, pack.stamp.build_id, day)
    about = {**pack.about, "archive": True}
    return replace(pack, made=tuple(archived(pack.made, files, told, day)), about=about)


def _stop_for_faults(code: int) -> NoReturn:
    say("Nothing was written. The pack of before, if there was one, is as it was.")
    raise typer.Exit(code)


def _tell(folder: Path, quiet: bool) -> Any:
    def tell(made: Made) -> None:
        typer.echo(f"  {made.seconds:5.1f} s  {folder / made.path}")

    return (lambda made: None) if quiet else tell


def _summary(pack: Pack, folder: Path, as_zip: Path | None, seconds: float) -> None:
    out = sys.stdout
    typer.echo()
    typer.echo(
        styled(f"{pack.index.facilitator.participant.title}: {len(pack.made)} files in {seconds:.1f} s", "bold", out)
    )
    english = pack.workshop.english
    people = english.phrase("count.people", n=pack.workshop.attendees)
    tables = english.phrase("count.tables", n=pack.workshop.tables)
    stamp = english.phrase("stamp.line", day=english.short_date(today()), build=pack.stamp.build_id)
    typer.echo(f"For {english.phrase('count.people_at_tables', people=people, tables=tables)}. {stamp}.")
    for remark in dict.fromkeys(made.remark for made in pack.made if made.remark):
        typer.echo(remark)
    typer.echo()
    typer.echo("To print:")
    rows = [
        (
            f"  {row.document}",
            f"{row.copies} × {row.pages} {'page' if row.pages == 1 else 'pages'}",
            _sheets(row.sheets),
            row.sides,
        )
        for row in pack.index.prints.rows
    ]
    typer.echo(columns(rows))
    typer.echo(f"  In all {_sheets(pack.index.prints.sheets)}.")
    typer.echo()
    start = folder / "index.html"
    if any(made.path == "index.html" for made in pack.made):
        typer.echo(f"Start here: {styled(str(start), 'green', out)}")
    if as_zip is not None:
        typer.echo(f"As one file: {os.path.relpath(as_zip)}")
    if pack.about.get("archive"):
        typer.echo("These PDFs are archive files, for keeping: PDF/A-3 as well as PDF/UA.")
        if guide := min((made.path for made in pack.made if made.kind.id == "guide"), key=len, default=None):
            typer.echo("The guide carries the plan and your trust’s files: pass it on to those who may have them.")
            typer.echo(f"To make the pack from it again: kit rebuild {quoted(str(folder / guide))}")


def _sheets(number: int) -> str:
    return "1 sheet" if number == 1 else f"{number} sheets"
