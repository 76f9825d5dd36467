"""`kit list` and `kit show`: what there is, and what one entry says; and content read for whoever tells of it."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kit.asking import AttendeesOption, EndOption, MinutesOption, StartOption, request_for
from kit.console import CONTENT_FAULTS, WRONG_USE, TrustOption, exit_code, report
from kit.terminal import columns

if TYPE_CHECKING:
    from kit.load import Library
    from kit.workspace import Workspace

LIST_EXAMPLES = """\b
Examples:
  kit list plans
  kit list activities --trust northmoor
  kit list themes --coverage
  kit list untranslated --trust dyffryn-onnen  what stays English in a pack of another language
  kit list templates                           the blocks of pages that a trust may change
  kit list stocks                              the sheets that cards can be printed on
"""
SHOW_EXAMPLES = """\b
Examples:
  kit show theme interlinked
  kit show activity troika
  kit show plan half-day --minutes 120         what stays, what goes and when, drawn to scale
  kit show plan half-day --start 13:10 --end 15:00 --trust northmoor
"""


class Listing(StrEnum):
    """What `kit list` can list."""

    plans = "plans"
    activities = "activities"
    themes = "themes"
    quotes = "quotes"
    documents = "documents"
    templates = "templates"
    stocks = "stocks"
    trusts = "trusts"
    untranslated = "untranslated"


class Shown(StrEnum):
    """What `kit show` can show."""

    theme = "theme"
    quote = "quote"
    activity = "activity"
    plan = "plan"


def list_(
    what: Annotated[Listing, typer.Argument(help="What to list.", show_default=False)],
    trust: TrustOption = None,
    coverage: Annotated[
        bool, typer.Option("--coverage", help="For themes: how many activities, and blocks of each plan, work on them.")
    ] = False,
) -> None:
    """List what there is, an id and a title each."""
    if coverage:
        _coverage(what, trust)
        return
    rows = list(_rows(here(), what, trust))
    nothing = "Nothing stays English." if what is Listing.untranslated else f"There are no {what.value} yet."
    typer.echo(columns(rows) if rows else nothing)


def show(
    what: Annotated[Shown, typer.Argument(help="What it is.", show_default=False)],
    id: Annotated[str, typer.Argument(help="Its id.", show_default=False)],
    trust: TrustOption = None,
    start: StartOption = None,
    minutes: MinutesOption = None,
    end: EndOption = None,
    attendees: AttendeesOption = None,
) -> None:
    """Show one theme, quotation, activity or plan. A plan is drawn to scale, fitted to the slot that you have."""
    from kit import display

    library = library_of(here(), trust)
    request = request_for((), start, attendees, minutes=minutes, end=end)
    shown = display.show(library, what.value, id, request)
    report(shown.diagnostics)
    if shown.value is None:
        raise typer.Exit(exit_code(shown.diagnostics) if what is Shown.plan else WRONG_USE)
    typer.echo(shown.value)


def _coverage(what: Listing, trust: str | None) -> None:
    from kit.display import coverage

    if what is not Listing.themes:
        raise typer.BadParameter("Only themes have a coverage: kit list themes --coverage.", param_hint="--coverage")
    typer.echo(columns(coverage(library_of(here(), trust))))


def here() -> Workspace:
    """The workspace around the current folder, or the installed one."""
    from kit.workspace import Workspace

    return Workspace.find()


def library_of(workspace: Workspace, trust: str | None) -> Library:
    """All content in the organisation's words, for listings."""
    from kit.phrasing import worded

    return worded(read(workspace, trust))


def read(workspace: Workspace, trust: str | None) -> Library:
    """All content as it is written. Faults are reported, and end the command when nothing can be made of it."""
    from kit.load import load

    loaded = load(workspace, trust=trust_folder(workspace, trust) if trust else None)
    report(loaded.diagnostics)
    if loaded.value is None:
        raise typer.Exit(CONTENT_FAULTS)
    return loaded.value


def trust_folder(workspace: Workspace, trust: str) -> Path:
    from kit.load import unknown

    folder = workspace.trust_folder(trust)
    if folder is None:
        report([unknown("trust", trust, workspace.trusts(), "kit list trusts")])
        raise typer.Exit(WRONG_USE)
    return folder


def _rows(workspace: Workspace, what: Listing, trust: str | None) -> Any:
    from kit.display import documents, listing, pages, untranslated

    match what:
        case Listing.documents:
            return documents(workspace.templates(), library_of(workspace, trust).language)
        case Listing.templates:
            return pages(workspace.templates(), library_of(workspace, trust).language)
        case Listing.untranslated:
            return untranslated(read(workspace, trust))
        case Listing.stocks:
            from kit.model.stock import STOCKS

            return [(name, stock.name) for name, stock in STOCKS.items()]
        case Listing.trusts:
            loaded = {id: library_of(workspace, id).trust for id in workspace.trusts()}
            return [(id, profile.name) for id, profile in loaded.items() if profile]
    return listing(library_of(workspace, trust), what.value)
