"""The command line: flags in, diagnostics and paths out.

Nothing is decided here. Exit codes: 0 done, 1 faults in the content, 2 wrong use, 3 something missing
on this machine, 70 a bug of the kit.
"""

from __future__ import annotations

import gc
import os
import sys
import traceback
from collections.abc import Sequence
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kit import __version__
from kit.console import BUG, CONTENT_FAULTS, MISSING_HERE, STOPPED, WRONG_USE, TrustOption, quoted, report, say
from kit.diagnostics import Diagnostic
from kit.examination import EPILOG as EXAMINATION
from kit.examination import doctor
from kit.lookup import LIST_EXAMPLES, SHOW_EXAMPLES, here, list_, read, show, trust_folder
from kit.new import app as new_app
from kit.terminal import check_as_json, columns, notes_as_text, styled
from kit.upgrade import EXAMPLES, upgrade

if TYPE_CHECKING:
    from kit.check import Order
    from kit.pipeline import Pack
    from kit.render.job import Made
    from kit.workspace import Workspace

REPORT_TO = "CONTRIBUTING.md says where to report it."

app = typer.Typer(
    name="kit",
    help="One session plan in, a whole workshop pack out.",
    epilog="Start with: kit build. To make it yours: kit new trust.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(new_app, name="new")
app.command(epilog=EXAMPLES)(upgrade)
app.command("list", epilog=LIST_EXAMPLES)(list_)
app.command(epilog=SHOW_EXAMPLES)(show)
app.command(epilog=EXAMINATION)(doctor)


class Format(StrEnum):
    """How `kit check` reports."""

    text = "text"
    json = "json"


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"kit {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and stop.")
    ] = False,
) -> None:
    pass


DateOption = Annotated[
    list[str] | None,
    typer.Option("--date", metavar="YYYY-MM-DD", help="The day of the first session; given once for each, every day."),
]
StartOption = Annotated[str | None, typer.Option("--start", metavar="HH:MM", help="When the session starts.")]
AttendeesOption = Annotated[int | None, typer.Option("--attendees", min=1, max=1000, help="How many people come.")]
StrictOption = Annotated[bool, typer.Option("--strict", help="Treat warnings as errors.")]


@app.command(
    epilog="""\b
Examples:
  kit build                                    the half-day plan, into build/half-day
  kit build half-day --trust northmoor         one trust's edition
  kit build --date 2027-01-14 --start 13:00 --attendees 18
  kit build series --date 2027-01-14           4 sessions, the others 4 weeks apart
  kit build series --date 2027-01-14 --date 2027-02-12 --date 2027-03-11 --date 2027-04-15
  kit build --only deck,workbook               two documents of the pack
  kit build content/plans/half-day.yaml -o elsewhere
"""
)
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
    attendees: AttendeesOption = None,
    zipped: Annotated[bool, typer.Option("--zip", help="Write the pack as one archive too.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but faults.")] = False,
    strict: StrictOption = False,
) -> None:
    """Build a workshop pack: handouts, cards, guide, run sheet and deck."""
    from kit import pipeline
    from kit.check import check as check_session
    from kit.publish import NotAPack, refuse_unless_pack, write_zip

    workspace = here()
    order = _order(plan, trust, only, on, start, attendees, strict)
    started = perf_counter()
    checked = check_session(workspace, order)
    report(checked.diagnostics)
    if checked.value is None:
        _stop_for_faults(_exit_code(checked.diagnostics))
    assert checked.value is not None
    folder = output or _default_folder(checked.value.workshop.plan.id, checked.value.library.trust)
    today = _today()
    try:
        refuse_unless_pack(folder.absolute())
        outcome = pipeline.build(workspace, checked.value, order, today=today, tell=_tell(folder, quiet))
        new = [fault for fault in outcome.diagnostics if fault not in checked.diagnostics]
        report(new)
        if outcome.value is None:
            _stop_for_faults(_exit_code(new))
        assert outcome.value is not None
        published = pipeline.publish_pack(outcome.value, folder.absolute(), order)
        archive = write_zip(folder.absolute(), datetime.combine(today, datetime.min.time())) if zipped else None
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
        _summary(outcome.value, folder, archive, perf_counter() - started)


@app.command(
    "check",
    epilog="""\b
Examples:
  kit check                                    every plan, for every trust
  kit check --trust northmoor                  every plan, in one trust's edition
  kit check half-day --trust northmoor
  kit check --article limb-2016.txt            every quotation, word for word
  kit check --format json
  kit check --explain                          every code that a fault can have
  kit check --explain sitting-too-long         what 1 of them means, and how to silence it
""",
)
def check_(
    plan: Annotated[
        str | None, typer.Argument(metavar="PLAN", help="A plan's id or file; all plans when left out.")
    ] = None,
    trust: TrustOption = None,
    article: Annotated[
        Path | None,
        typer.Option(
            "--article", metavar="FILE", help="Your own plain-text copy of the article, to prove the quotations."
        ),
    ] = None,
    format: Annotated[Format, typer.Option("--format", help="How to report.")] = Format.text,
    explain: Annotated[
        bool, typer.Option("--explain", help="Say what a fault's code means. Without a code, list them all.")
    ] = False,
    strict: StrictOption = False,
) -> None:
    """Report every fault of the content at once: where it is and what to do."""
    if explain:
        _explain(plan)
        return
    from kit.check import check, check_all, not_filled_in, not_recorded
    from kit.workspace import LOCK

    workspace = here()
    folder = workspace.trust_folder(trust) if trust else None
    if plan is None and (folder is not None or not trust):
        found = check_all(workspace, _today(), folder)
    else:
        order = _order(plan or "half-day", trust, "", None, None, None, strict)
        found = check(workspace, order).diagnostics
    if article is not None:
        found = (*found, *_proof(workspace, article))
    failed = any(fault.severity == "error" or strict for fault in found)
    gains = not_filled_in(workspace, trust)
    locked = folder is not None and (folder / LOCK).exists()
    if format is Format.json:
        typer.echo(check_as_json(found, gains))
    else:
        report(found)
        if not found:
            typer.echo(
                "No faults." if article is None else "No faults. Every quotation stands in the article word for word."
            )
        known = quoted(trust or "") if folder is not None else ""
        typer.echo(notes_as_text(gains, known, locked=locked, fresh=not_recorded(workspace, trust)), nl=False)
    if failed:
        raise typer.Exit(_exit_code(found))


@app.command(
    epilog="""\b
Examples:
  kit explain --trust northmoor                            all that differs from the base, in sentences
  kit explain role-rewrite.minutes --trust northmoor       one value, and the file and line that it comes from
  kit explain role-rewrite/describe.do                     what a step asks people to do
  kit explain attendees --trust northmoor --attendees 22
"""
)
def explain(
    value: Annotated[
        str | None,
        typer.Argument(metavar="VALUE", help="Of a block, a step or the occasion; all that differs when left out."),
    ] = None,
    plan: Annotated[str, typer.Option("--plan", metavar="PLAN", help="A plan's id.")] = "half-day",
    trust: TrustOption = None,
    on: DateOption = None,
    start: StartOption = None,
    attendees: AttendeesOption = None,
) -> None:
    """Say where a value comes from: the base, the plan, your trust's changes or the command line."""
    from kit import provenance

    request = _order(plan, trust, "", on, start, attendees, False).request
    told = provenance.report(read(here(), trust), plan, request, value)
    report(told.diagnostics)
    if told.value is None:
        raise typer.Exit(WRONG_USE)
    typer.echo(told.value)


@app.command(
    epilog="""\b
Examples:
  kit brand northmoor                          its proof sheet, into northmoor-brand-proof.pdf
  kit brand ../ourtrust -o proof.pdf
"""
)
def brand(
    trust: Annotated[str, typer.Argument(metavar="TRUST", help="A trust's id, or the path of its folder.")],
    output: Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Where to write it.")] = None,
) -> None:
    """Write a page that shows a trust's brand as packs use it, to send for approval."""
    from kit import pipeline
    from kit.publish import write_file

    workspace = here()
    folder = trust_folder(workspace, trust)
    outcome = pipeline.brand_proof(workspace, folder, today=_today())
    report(outcome.diagnostics)
    if outcome.value is None:
        raise typer.Exit(_exit_code(outcome.diagnostics))
    target = output or Path(f"{folder.name}-brand-proof.pdf")
    try:
        write_file(target.absolute(), outcome.value.data)
    except OSError as error:
        say(f"{target} could not be written: {error.strerror or error}. Close it if it is open, and try again.")
        raise typer.Exit(MISSING_HERE) from error
    typer.echo(str(target))


@app.command(
    epilog="""\b
Example:
  kit schema content/schema
"""
)
def schema(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Where to write the schemas.")] = Path(
        "content/schema"
    ),
) -> None:
    """Write the JSON Schemas of the YAML files, for editors that complete and check."""
    from kit.publish import write_file
    from kit.schema import schemas

    for name, text in schemas().items():
        write_file(folder / name, text.encode())
        typer.echo(str(folder / name))


def main() -> None:
    """The entry point. A bug keeps its traceback, with a line on what to do about it."""
    # Content and pages are many small objects that live to the end: collecting as often as Python does by
    # default takes half the time of a guide. Worker processes inherit this.
    gc.set_threshold(50_000, 20, 50)
    try:
        app()
    except Exception:
        traceback.print_exc()
        say(f"This is a bug of the kit, not of your content. {REPORT_TO}")
        sys.exit(BUG)


# Flags in ----------------------------------------------------------------------------------------


def _order(
    plan: str,
    trust: str | None,
    only: str,
    on: Sequence[str] | None,
    start: str | None,
    attendees: int | None,
    strict: bool,
) -> Order:
    from kit.check import Order
    from kit.localise import Request
    from kit.model.entry import parse_clock

    days = tuple(_day(written) for written in on or ())
    try:
        clock = parse_clock(start) if start else None
    except ValueError:
        raise typer.BadParameter(f"{start} is not a time. Write it as 13:00 or 1pm.", param_hint="--start") from None
    documents = tuple(part.strip() for part in only.split(",") if part.strip())
    return Order(plan, trust, Request(days, clock, attendees), documents, strict, _today())


def _day(written: str) -> date:
    from kit.model.entry import parse_day

    try:
        return parse_day(written)
    except ValueError:
        told = f"{written} is not a date. Write it as 2027-01-14 or 14/1/2027."
        raise typer.BadParameter(told, param_hint="--date") from None


def _today() -> date:
    """The day that is shown on the pack: SOURCE_DATE_EPOCH (reproducible-builds.org) or today."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    try:
        return datetime.fromtimestamp(int(epoch), UTC).date() if epoch else date.today()
    except (ValueError, OverflowError, OSError):
        raise typer.BadParameter(f"{epoch} is not a number of seconds.", param_hint="SOURCE_DATE_EPOCH") from None


def _proof(workspace: Workspace, article: Path) -> Sequence[Diagnostic]:
    from kit.load import load
    from kit.proof import prove

    text = workspace.read_text(article.absolute())
    if text is None:
        raise typer.BadParameter(f"There is no file {article}, or it is too large.", param_hint="--article")
    loaded = load(workspace)
    return tuple(prove(loaded.value, text, article.name)) if loaded.value else loaded.diagnostics


def _default_folder(plan: str, trust: Any) -> Path:
    return Path("build", trust.id, plan) if trust else Path("build", plan)


# Results out -------------------------------------------------------------------------------------


def _exit_code(faults: Sequence[Diagnostic]) -> int:
    """What is asked for and is not there is no fault of the content: it has no place in a file."""
    if any(fault.code == "missing-library" for fault in faults):
        return MISSING_HERE
    asked = any(
        fault.code in ("unknown-trust", "unknown-plan", "unknown-document") and not fault.place for fault in faults
    )
    return WRONG_USE if asked else CONTENT_FAULTS


def _stop_for_faults(code: int) -> None:
    say("Nothing was written. The pack of before, if there was one, is as it was.")
    raise typer.Exit(code)


def _tell(folder: Path, quiet: bool) -> Any:
    def tell(made: Made) -> None:
        typer.echo(f"  {made.seconds:5.1f} s  {folder / made.path}")

    return (lambda made: None) if quiet else tell


def _summary(pack: Pack, folder: Path, archive: Path | None, seconds: float) -> None:
    out = sys.stdout
    typer.echo()
    typer.echo(
        styled(f"{pack.index.facilitator.participant.title}: {len(pack.made)} files in {seconds:.1f} s", "bold", out)
    )
    english = pack.workshop.english
    people = english.phrase("count.people", n=pack.workshop.attendees)
    tables = english.phrase("count.tables", n=pack.workshop.tables)
    stamp = english.phrase("stamp.line", day=english.short_date(_today()), build=pack.stamp.build_id)
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
        for row in pack.index.prints
    ]
    typer.echo(columns(rows))
    typer.echo(f"  In all {_sheets(pack.index.sheets)}.")
    if asked := pack.index.facilitator.large_print:
        typer.echo(f"  {pack.workshop.language.phrase('printing.large_print', copies=asked)}")
    typer.echo()
    start = folder / "index.html"
    if any(made.path == "index.html" for made in pack.made):
        typer.echo(f"Start here: {styled(str(start), 'green', out)}")
    if archive is not None:
        typer.echo(f"As one file: {os.path.relpath(archive)}")


def _explain(code: str | None) -> None:
    from kit.explain import explained, listed

    if code is None:
        typer.echo(columns(listed()))
        return
    page = explained(code)
    report(page.diagnostics)
    if page.value is None:
        raise typer.Exit(WRONG_USE)
    typer.echo(page.value)


def _sheets(number: int) -> str:
    return "1 sheet" if number == 1 else f"{number} sheets"
