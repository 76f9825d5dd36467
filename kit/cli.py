"""The command line: flags in, diagnostics and paths out.

Nothing is decided here. Exit codes: 0 done, 1 faults in the content, 2 wrong use, 3 something missing
on this machine, 70 a bug of the kit.
"""

from __future__ import annotations

import gc
import sys
import traceback
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kit import __version__
from kit.asking import (
    AttendeesOption,
    DateOption,
    EndOption,
    MinutesOption,
    StartOption,
    StrictOption,
    order_for,
    request_for,
    today,
)
from kit.building import EXAMPLES as BUILD_EXAMPLES
from kit.building import build
from kit.console import BUG, MISSING_HERE, WRONG_USE, TrustOption, exit_code, quoted, report, say
from kit.deckcommands import app as deck_app
from kit.diagnostics import Diagnostic
from kit.examination import EPILOG as EXAMINATION
from kit.examination import doctor
from kit.lookup import LIST_EXAMPLES, SHOW_EXAMPLES, here, list_, read, show, trust_folder
from kit.new import app as new_app
from kit.printout import EXAMPLES as PRINT_EXAMPLES
from kit.printout import print_
from kit.rebuild import EXAMPLES as REBUILD_EXAMPLES
from kit.rebuild import rebuild
from kit.terminal import check_as_json, columns, notes_as_text
from kit.upgrade import EXAMPLES, upgrade

if TYPE_CHECKING:
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
app.add_typer(deck_app, name="deck")
app.command(epilog=BUILD_EXAMPLES)(build)
app.command(epilog=REBUILD_EXAMPLES)(rebuild)
app.command(epilog=EXAMPLES)(upgrade)
app.command("list", epilog=LIST_EXAMPLES)(list_)
app.command(epilog=SHOW_EXAMPLES)(show)
app.command(epilog=EXAMINATION)(doctor)
app.command("print", epilog=PRINT_EXAMPLES)(print_)


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
        found = check_all(workspace, today(), folder)
    else:
        order = order_for(plan or "half-day", trust, strict=strict)
        found = check(workspace, order).diagnostics
    if article is not None:
        found = (*found, *_proof(workspace, article))
    failed = any(fault.stops(strict) for fault in found)
    gains = not_filled_in(workspace, trust)
    locked = folder is not None and (folder / LOCK).exists()
    if format is Format.json:
        typer.echo(check_as_json(found, gains))
    else:
        report(found)
        if all(fault.severity == "note" for fault in found):
            typer.echo(
                "No faults." if article is None else "No faults. Every quotation stands in the article word for word."
            )
        known = quoted(trust or "") if folder is not None else ""
        typer.echo(notes_as_text(gains, known, locked=locked, fresh=not_recorded(workspace, trust)), nl=False)
    if failed:
        raise typer.Exit(exit_code(found))


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
    minutes: MinutesOption = None,
    end: EndOption = None,
    attendees: AttendeesOption = None,
) -> None:
    """Say where a value comes from: the base, the plan, your trust's changes or the command line."""
    from kit import provenance

    request = request_for(on, start, attendees, minutes=minutes, end=end)
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
    from kit import standalone
    from kit.publish import write_file

    workspace = here()
    folder = trust_folder(workspace, trust)
    outcome = standalone.brand_proof(workspace, folder, today=today())
    report(outcome.diagnostics)
    if outcome.value is None:
        raise typer.Exit(exit_code(outcome.diagnostics))
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


def _proof(workspace: Workspace, article: Path) -> Sequence[Diagnostic]:
    from kit.load import load
    from kit.proof import prove

    text = workspace.read_text(article.absolute())
    if text is None:
        raise typer.BadParameter(f"There is no file {article}, or it is too large.", param_hint="--article")
    loaded = load(workspace)
    return tuple(prove(loaded.value, text, article.name)) if loaded.value else loaded.diagnostics


# Results out -------------------------------------------------------------------------------------


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
