"""`kit deck`: what is done with a deck that people have edited. Flags in, differences and paths out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from kit.asking import AttendeesOption, DateOption, SlidesOption, StartOption, order_for, request_for, today
from kit.console import (
    CONTENT_FAULTS,
    MISSING_HERE,
    STOPPED,
    WRONG_USE,
    TrustOption,
    at_a_terminal,
    exit_code,
    folder_to_write_to,
    quoted,
    report,
    say,
)
from kit.lookup import here

if TYPE_CHECKING:
    from kit.check import Order
    from kit.deckchanges import Finding, Written
    from kit.decklabels import Labels
    from kit.render.deck.readback import Deck
    from kit.workspace import Workspace

LARGEST = 200_000_000
"""Bytes of a deck, with all the pictures that people put in."""

app = typer.Typer(
    help="Decks that come back from PowerPoint, and the template they are made from.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

EXAMPLES = """\b
Examples:
  kit deck diff edited.pptx                              against the plan and the trust that the deck names
  kit deck diff edited.pptx --plan half-day --trust northmoor
  kit deck diff edited.pptx --dry-run                    show what would be written, and write nothing
  kit deck diff edited.pptx --trust ./southmere --yes    write what can be written, ask nothing
  kit deck diff edited.pptx --json                       for a program
"""

TEMPLATE_EXAMPLES = """\b
Examples:
  kit deck template -o northmoor.pptx --trust northmoor
  kit deck template --slides 4:3
  pandoc talk.md -o talk.pptx --reference-doc kit.pptx
"""


@app.callback()
def _group() -> None:
    pass


@app.command("diff", epilog=EXAMPLES)
def diff(
    deck: Annotated[Path, typer.Argument(metavar="DECK", help="The edited deck, a .pptx file.")],
    plan: Annotated[
        str | None, typer.Option("--plan", metavar="PLAN", help="A plan's id; the one that the deck names if left out.")
    ] = None,
    trust: TrustOption = None,
    session: Annotated[
        int | None, typer.Option("--session", min=1, help="Which session of a plan with several the deck is for.")
    ] = None,
    on: DateOption = None,
    start: StartOption = None,
    attendees: AttendeesOption = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", "--no-prompt", help="Write what can be written.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Write nothing.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Report as JSON. Nothing is asked.")] = False,
) -> None:
    """Show what people changed in a deck, slide by slide, with the line of YAML that each text comes from.

    What a trust may change can be written into its trust.yaml, so that handouts and guide follow at the next build.
    It ends with 0 when nothing differs any more, with 1 when something does.
    """
    from kit import deckreport

    workspace = here()
    edited, labels = _read(workspace, deck)
    flags = request_for(on, start, attendees)
    asked = replace(
        labels.request,
        dates=flags.dates or labels.request.dates,
        start=labels.request.start if flags.start is None else flags.start,
        attendees=flags.attendees or labels.request.attendees,
    )
    labels = replace(labels, request=asked, session=session or labels.session)
    trust = trust or labels.trust or None
    plan = plan or labels.plan
    if not plan:
        told = "This deck does not say which plan it was built from. Name it: --plan half-day."
        raise typer.BadParameter(told, param_hint="--plan")
    order = replace(order_for(plan, trust), request=labels.request, slides=labels.shape)
    found = _findings(workspace, order, labels, edited)
    if as_json:
        typer.echo(deckreport.as_json(found, labels))
    else:
        deckreport.show(found)
    left = [finding for finding in found if finding.is_edit]
    writable = [finding for finding in left if finding.can_be_written]
    if writable and trust is None and not as_json:
        say(f"{_many(writable)} could be written into a trust's own edition: give its folder with --trust.")
    elif writable and not (as_json and not yes):
        try:
            if _write(workspace, order, writable, yes=yes, dry_run=dry_run):
                left = [finding for finding in left if not finding.can_be_written]
        except (typer.Abort, KeyboardInterrupt):
            _stop("\nStopped. Nothing was written.", STOPPED)
    if left:
        raise typer.Exit(CONTENT_FAULTS)


@app.command("template", epilog=TEMPLATE_EXAMPLES)
def template(
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="Where to write it.")] = Path(
        "kit.pptx"
    ),
    trust: TrustOption = None,
    slides: SlidesOption = None,
) -> None:
    """Write the kit's PowerPoint template: every layout, no slides, in a trust's colours.

    Start your own slides from it in PowerPoint. Or give it to pandoc or Quarto, which make slides of plain text.
    """
    from kit.deckcheck import own_template
    from kit.examination import library_of
    from kit.publish import write_file

    workspace = here()
    if output.suffix.lower() != ".pptx":
        raise typer.BadParameter(f"{output} does not end in .pptx.", param_hint="--output")
    library = library_of(workspace, trust) if trust else None
    shape = slides.value if slides else library.shape if library else "16:9"
    target = workspace.here / output
    if target.exists():
        _stop(f"{output} is there already, so nothing was written. Choose another name with -o.", WRONG_USE)
    try:
        write_file(target.absolute(), own_template(library, shape))
    except OSError as error:
        _stop(f"{output} could not be written: {error.strerror or error}.", MISSING_HERE)
    typer.echo(f"The template, with slides of {shape}: {quoted(str(output))}")


def _read(workspace: Workspace, deck: Path) -> tuple[Deck, Labels]:
    from kit.decklabels import read_labels
    from kit.render.deck.package import Refused
    from kit.render.deck.readback import read_back

    data = workspace.read_bytes((workspace.here / deck).resolve(), LARGEST)
    if data is None:
        raise typer.BadParameter(f"There is no file {deck}, or it is too large to be a deck.", param_hint="DECK")
    try:
        edited = read_back(data)
    except Refused as error:
        _stop(f"{deck}: {error.reason} {error.advice}", WRONG_USE)
    return edited, read_labels(edited.labels)


def _findings(workspace: Workspace, order: Order, labels: Labels, edited: Deck) -> tuple[Finding, ...]:
    """What differs, each with where it comes from."""
    from kit.check import check
    from kit.deckagain import made_again
    from kit.deckchanges import findings
    from kit.deckdiff import differences
    from kit.deckorigins import Origins

    checked = check(workspace, order)
    if checked.value is None:
        report([fault for fault in checked.diagnostics if fault.severity == "error"])
        if order.trust and any(fault.code == "unknown-trust" for fault in checked.diagnostics):
            say("The deck names the trust, but not where its folder is: give it with --trust.")
        raise typer.Exit(exit_code(checked.diagnostics))
    count = len(checked.value.workshop.sessions)
    if labels.session > count:
        told = (
            f"The plan has {'1 session' if count == 1 else f'{count} sessions'}, and this is session {labels.session}."
        )
        raise typer.BadParameter(told, param_hint="--session")
    again = made_again(checked.value, labels, today=today())
    report(again.diagnostics)
    if again.value is None:
        raise typer.Exit(exit_code(again.diagnostics))
    origins = Origins(checked.value.library, again.value.workshop, again.value.view)
    return findings(differences(again.value.deck, edited), origins)


def _write(workspace: Workspace, order: Order, found: Sequence[Finding], *, yes: bool, dry_run: bool) -> bool:
    """Show the changes, ask, check what would come of them, write. Whether all of it was written."""
    from kit.deckchanges import written

    folder = folder_to_write_to(workspace, order.trust)
    assert folder is not None
    profile = folder / "trust.yaml"
    text = workspace.as_written(profile) or ""
    made = written(text, _plan_id(order.plan), found)
    name = workspace.name(profile)
    _show(made, name)
    if not made.entries:
        return not made.by_hand
    if dry_run:
        typer.echo(f"Nothing was written. Without --dry-run, this would go into {name}.")
        return False
    if not yes and not at_a_terminal():
        say("Nothing was written: nobody is here to be asked. To write this, add --yes.")
        return False
    if not yes and not typer.confirm(f"Write this into {name}?", default=True, err=True):
        say("Nothing was written.")
        return False
    _checked(workspace, order, profile, made.text)
    _put(workspace, order, folder, {profile: made.text.encode()})
    return not made.by_hand


def _show(made: Written, name: str) -> None:
    if made.entries:
        typer.echo(f"For {name}, under changes:\n")
        typer.echo("\n".join(made.entries) + "\n")
    if made.by_hand:
        typer.echo(f"Put this into {name} yourself, since there is no safe place for a program:\n")
        typer.echo("\n".join(made.by_hand) + "\n")


def _plan_id(plan: str) -> str:
    return Path(plan).stem


def _checked(workspace: Workspace, order: Order, profile: Path, text: str) -> None:
    """Refuse what would bring faults into the edition."""
    from kit.check import check
    from kit.load import Memory, read_as
    from kit.model.trust import Trust

    plain = text.removeprefix("\ufeff").replace("\r\n", "\n")
    memory: Memory = {profile: read_as(workspace.name(profile), plain, Trust)}
    faults = [fault for fault in check(workspace, order, memory).diagnostics if fault.severity == "error"]
    if faults:
        report(faults)
        _stop("Nothing was written: with these changes the workshop would have faults. Write them by hand.", 1)


def _put(workspace: Workspace, order: Order, folder: Path, files: Mapping[Path, bytes]) -> None:
    from kit.publish import write_with_way_back

    try:
        kept = write_with_way_back(folder, files)
    except OSError as error:
        _stop(f"It could not be written: {error.strerror or error}. All is as it was.", MISSING_HERE)
    trust = quoted(order.trust or "")
    typer.echo(f"Written: {', '.join(workspace.name(path) for path in files)}.")
    typer.echo(f"What stood there is kept in {workspace.name(kept)}.")
    typer.echo(f"To undo it: kit upgrade --trust {trust} --undo")
    typer.echo(f"Next, to have it in handouts and guide too: kit build {quoted(order.plan)} --trust {trust}")


def _many(found: Sequence[object]) -> str:
    return "1 of these" if len(found) == 1 else f"{len(found)} of these"


def _stop(line: str, code: int) -> NoReturn:
    say(line)
    raise typer.Exit(code)
