"""`kit print`: a pack to a printer. What is left to send, shown as a table; a question; `lp`, and a record of it.

What to send, and with which options, is in `kit/printrun.py`; what the printer can do in `kit/printers.py`.
"""

from __future__ import annotations

import shlex
import signal
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from kit.asking import default_folder, today
from kit.console import MISSING_HERE, STOPPED, WRONG_USE, TrustOption, at_a_terminal, exit_code, report, say
from kit.lookup import here, trust_folder
from kit.terminal import columns

if TYPE_CHECKING:
    from kit.printers import JobState, Printer
    from kit.printrun import PrintFile, PrintRun, Sending, Sent
    from kit.workspace import Workspace

EXAMPLES = """\b
Examples:
  kit print                                    what is left of build/half-day, on your usual printer
  kit print series --trust northmoor           another pack; build it first
  kit print --printer Office-2 --dry-run       the commands that would run
  kit print --only quote-cards --copies 1      1 to hold to the light before you print all
  kit print                                    after a jam: goes on with what is left
  kit print --calibrate                        how far the backs of cards have to move on your printer
"""

ASK_ABOVE = 50
"""Sheets that are printed without a question."""

AT_ONE_TIME = timedelta(minutes=10)
"""What was sent within this long has one time for all of it."""

LARGEST = 500_000_000
"""Bytes of a file that can be sent."""


SIDES = {
    "one-sided": "1 side",
    "two-sided-long-edge": "both sides, flip on the long edge",
    "two-sided-short-edge": "both sides, flip on the short edge",
}
"""How `lp` calls them, and how a person does."""


def print_(
    plan: Annotated[str, typer.Argument(metavar="PLAN", help="A plan's id, or the path of its file.")] = "half-day",
    trust: TrustOption = None,
    pack: Annotated[
        Path | None, typer.Option("--pack", "-o", metavar="FOLDER", help="Where the pack is, if you put it elsewhere.")
    ] = None,
    printer: Annotated[
        str | None, typer.Option("--printer", "-d", metavar="NAME", help="The usual printer when left out.")
    ] = None,
    only: Annotated[
        str, typer.Option("--only", metavar="DOCUMENTS", help="Documents to print, by id, with commas between.")
    ] = "",
    copies: Annotated[
        int | None, typer.Option("--copies", min=1, max=1000, help="So many more of the 1 document in --only.")
    ] = None,
    again: Annotated[bool, typer.Option("--again", help="Print what was sent already, too.")] = False,
    one_sided: Annotated[
        bool, typer.Option("--one-sided", help="Agree to 1 side where the printer cannot print both.")
    ] = False,
    calibrate: Annotated[
        bool, typer.Option("--calibrate", help="Print a sheet that shows how far this printer's backs are off.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show the commands, and print nothing.")] = False,
    yes: Annotated[
        bool,
        typer.Option(
            "--yes", "-y", help=f"Ask nothing: neither before more than {ASK_ABOVE} sheets nor for other paper."
        ),
    ] = False,
) -> None:
    """Print a pack: every file with its copies, paper and sides, in the order of the print table.

    What was sent is recorded. After a jam, run it again: it goes on with what is left.
    """
    workspace = here()
    if calibrate:
        _calibrate(workspace, trust, printer, dry_run=dry_run)
        return
    folder = pack or _folder_of(workspace, plan, trust)
    files = _chosen(_files(workspace, folder), only, copies)
    from kit import spooler

    try:
        _see_that_it_can_print(spooler.missing_packages(), _print_table(folder))
        chosen = _printer(printer)
        desk = _Desk(workspace, folder, files, chosen)
        run = desk.run(again=again, copies=copies)
        # A dry run writes its commands, and nothing else, to standard output.
        tell = say if dry_run else typer.echo
        _show_what_was_sent(run, desk, tell)
        agreed = _one_side_will_do(run, one_sided, asking=not dry_run and at_a_terminal())
        run = run if agreed else desk.run(again=again, copies=copies, one_sided=False)
        _show_what_is_left(run, chosen, tell)
        if run.sendings:
            if dry_run:
                _show_commands(run, desk)
            else:
                _see_that_it_runs(chosen)
                _ask(run.sheets, chosen.name, yes)
                _send(run, desk, yes)
        if run.no_paper or (run.on_one_side and not agreed):
            raise typer.Exit(MISSING_HERE)
    except spooler.Refused as error:
        _stop(f"The printing system of this machine would not: {error}.", MISSING_HERE)
    except (typer.Abort, KeyboardInterrupt):
        _stop("\nStopped. What was sent is recorded: kit print goes on with what is left.", STOPPED)


def _calibrate(workspace: Workspace, trust: str | None, printer: str | None, *, dry_run: bool) -> None:
    """Write the calibration sheet, and print it."""
    import hashlib

    from kit import spooler, standalone
    from kit.printrun import PrintFile, lp_command, print_run
    from kit.publish import write_file

    sheet = standalone.calibration_sheet(workspace, trust_folder(workspace, trust) if trust else None, today=today())
    report(sheet.diagnostics)
    if sheet.value is None:
        raise typer.Exit(exit_code(sheet.diagnostics))
    made, kind = sheet.value, sheet.value.kind
    path = Path(made.path)
    digest = hashlib.sha256(made.data).hexdigest()
    file = PrintFile(made.path, kind.id, made.title, digest, made.pages, kind.paper, 2, kind.flip, 1)
    try:
        write_file(path.absolute(), made.data)
        _see_that_it_can_print(spooler.missing_packages(), f"{path}, both pages on 1 sheet, at actual size.")
        chosen = _printer(printer)
        run = print_run([file], chosen, [], {}, one_sided=False)
        if not run.sendings:
            _stop(f"{chosen.name} cannot print {path}: it needs both sides of A4. Name another printer.", MISSING_HERE)
        command = lp_command(run.sendings[0], chosen.name, str(path.absolute()))
        if dry_run:
            typer.echo(shlex.join(command))
            return
        _see_that_it_runs(chosen)
        spooler.send(command)
    except spooler.Refused as error:
        _stop(f"{path} was not printed: {error}.", MISSING_HERE)
    except OSError as error:
        _stop(f"{path} could not be written: {error.strerror or error}.", MISSING_HERE)
    typer.echo(f"{path} is on its way to {chosen.name}. It says how to read it, and where to write what it shows.")


class _Desk:
    """Where a pack is printed from: its folder, its record of what was sent, and the printer."""

    def __init__(self, workspace: Workspace, folder: Path, files: Sequence[PrintFile], printer: Printer) -> None:
        from kit import printrun
        from kit.publish import record_of_printing

        self.folder, self.files, self.printer = folder, files, printer
        self.record = record_of_printing(folder.absolute())
        before = printrun.sent_before(workspace.read_text(self.record))
        if before is None:
            say(f"The record of what was sent cannot be read, so all counts as not sent: {workspace.name(self.record)}")
        self.sent = list(before or ())
        self.states = self._states()

    def _states(self) -> Mapping[Sent, JobState]:
        """What became of the jobs that were sent with the files as they are now."""
        from kit import spooler

        files = {(file.path, file.sha256) for file in self.files}
        ours = [job for job in self.sent if (job.path, job.sha256) in files]
        numbers = {name: [job.job for job in ours if job.printer == name] for name in {job.printer for job in ours}}
        states = {name: spooler.states(name, jobs) for name, jobs in numbers.items()}
        return {job: states[job.printer][job.job] for job in ours}

    def run(self, **choices: Any) -> PrintRun:
        from kit.printrun import print_run

        return print_run(self.files, self.printer, self.sent, self.states, **choices)

    def command(self, sending: Sending) -> list[str]:
        """The words of `lp`; the path is whole, so that a folder with a hyphen in front is no option."""
        from kit.printrun import lp_command

        return lp_command(sending, self.printer.name, str((self.folder / sending.file.path).absolute()))

    def keep_record(self) -> None:
        """Write down what was sent. Raises OSError when the disk refuses."""
        from kit.printrun import as_record
        from kit.publish import write_file

        write_file(self.record, as_record(self.sent))

    def send(self, sending: Sending) -> str:
        """Send a file and record it: both or neither. The name of its job is returned."""
        from kit import spooler
        from kit.printrun import Sent

        with _undisturbed():
            for job in sending.take_back:
                spooler.take_back(job.name)
            number = spooler.send(self.command(sending))
            file = sending.file
            now = datetime.now().replace(microsecond=0)
            self.sent.append(Sent(file.path, file.sha256, sending.copies, self.printer.name, number, now))
            self.keep_record()
        return self.sent[-1].name


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Put Ctrl-C off to the end: a file that was sent and not recorded would be printed twice."""
    pressed: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, frame: pressed.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if pressed:
        raise KeyboardInterrupt


# What there is -----------------------------------------------------------------------------------


def _folder_of(workspace: Workspace, plan: str, trust: str | None) -> Path:
    """Where `kit build` puts the pack of a plan by itself."""
    from kit.load import profile

    of = profile(workspace, trust_folder(workspace, trust)) if trust else None
    return default_folder(Path(plan).stem, of)


def _files(workspace: Workspace, folder: Path) -> Sequence[PrintFile]:
    """What is printed of the pack, each with the hash of the file as it is now."""
    import hashlib

    from kit.printrun import print_files
    from kit.publish import read_manifest

    manifest = read_manifest(folder)
    if manifest is None:
        _stop(f"There is no pack in {folder}. Make it with kit build, or say where it is with --pack.", WRONG_USE)
    files = print_files(manifest)
    paths = [workspace.inside(folder, file.path) for file in files or ()]
    if files is None or None in paths:
        _stop(f"The pack in {folder} is not whole. Make it again with kit build, then print it.", WRONG_USE)
    if not files:
        _stop(f"Nothing in {folder} is printed.", 0)
    data = [workspace.read_bytes(path, LARGEST) or b"" for path in paths if path is not None]
    return [replace(file, sha256=hashlib.sha256(each).hexdigest()) for file, each in zip(files, data, strict=True)]


def _chosen(files: Sequence[PrintFile], only: str, copies: int | None) -> Sequence[PrintFile]:
    from kit.load import unknown

    wanted = [part.strip() for part in only.split(",") if part.strip()]
    known = sorted({file.document for file in files})
    for word in wanted:
        if word not in known:
            fault = unknown("document", word, known, "kit print --dry-run")
            report([replace(fault, advice=f"This pack prints {', '.join(known)}.")])
            raise typer.Exit(WRONG_USE)
    if copies is not None and len(wanted) != 1:
        told = "Say of which document, for example: kit print --only workbook --copies 2"
        raise typer.BadParameter(told, param_hint="--copies")
    return [file for file in files if not wanted or file.document in wanted]


def _see_that_it_can_print(missing: Sequence[str], by_hand: str) -> None:
    from kit import spooler

    if missing and not all(name == "cups-ipp-utils" for name in missing):
        say("kit prints with CUPS, the printing system of Linux and macOS, which is not on this machine.")
    elif missing:
        say("A part of CUPS, the printing system, is not on this machine.")
    elif not spooler.is_running():
        say("CUPS, the printing system of this machine, does not answer. Start it, then run this again.")
    else:
        return
    if missing:
        say(f"On Debian or Ubuntu: sudo apt-get install {' '.join(missing)}")
    _stop(f"Or print by hand: {by_hand}", MISSING_HERE)


def _print_table(folder: Path) -> str:
    guide = folder / "facilitator" / "print-guide.pdf"
    table = guide if guide.is_file() else folder / "index.html"
    return f"{table} says how many copies of each file, and how."


def _printer(name: str | None) -> Printer:
    from kit import spooler

    found = spooler.destinations()
    names = ", ".join(found.names)
    if not found.names:
        _stop("This machine knows no printer. Add one in its settings, then run this again.", MISSING_HERE)
    if name is None and found.default is None:
        _stop(f"No printer is set as the usual one. Name one with --printer. There are: {names}.", WRONG_USE)
    chosen = name or found.default
    if chosen not in found.names:
        _stop(f"There is no printer {chosen}. There are: {names}.", WRONG_USE)
    return spooler.look_at(str(chosen))


def _see_that_it_runs(printer: Printer) -> None:
    """Stop before anything is sent to a printer that would not print it."""
    if printer.stopped or not printer.accepting:
        state = "has stopped" if printer.stopped else "takes no jobs"
        why = f": {printer.trouble}" if printer.trouble else ""
        say(f"{printer.name} {state}{why}. Nothing more was sent.")
        _stop("Put it right and run this again, or name another printer with --printer.", MISSING_HERE)


# Questions ---------------------------------------------------------------------------------------


def _one_side_will_do(run: PrintRun, agreed: bool, *, asking: bool) -> bool:
    if not run.on_one_side or agreed:
        return True
    names = ", ".join(file.path for file in run.on_one_side)
    say(f"This printer prints on 1 side only, and {_are(len(run.on_one_side))} made for both: {names}.")
    say("On 1 side they take more sheets, and the backs of cards come on sheets of their own.")
    say("Cards that fold over need 1 side only: kit build --flip fold.")
    if asking:
        return typer.confirm("Print them on 1 side?", default=False, err=True)
    say("They are left out. To print them on 1 side all the same, add --one-sided.")
    return False


def _ask(number: int, printer: str, yes: bool) -> None:
    if yes or number <= ASK_ABOVE:
        return
    if not at_a_terminal():
        say(f"{_counted(number, 'sheet')} would be printed on {printer}.")
        _stop("Nothing was printed: nobody is here to be asked. To print them all the same, add --yes.", WRONG_USE)
    if not typer.confirm(f"{_counted(number, 'sheet')} will be printed on {printer}. Print them all?", err=True):
        _stop("Nothing was printed.", 0)


def _paper_is_in(paper: str, sendings: Sequence[Sending], printer: Printer) -> bool:
    sheets = _counted(sum(sending.sheets for sending in sendings), "sheet")
    say(f"Next: {sheets} on {paper}. Put it into {printer.name} once the pages before are out.")
    return at_a_terminal() and typer.confirm("Is it in?", default=True, err=True)


# What is shown and sent --------------------------------------------------------------------------


def _show_what_was_sent(run: PrintRun, desk: _Desk, tell: Callable[[str], None]) -> None:
    ours = {(file.path, file.sha256) for file in run.sent}
    jobs = [job for job in desk.sent if (job.path, job.sha256) in ours]
    if not jobs:
        return
    left = len(run.sendings) + len(run.no_paper)
    were = "file was" if len(run.sent) == 1 else "files were"
    last = max(job.at for job in jobs)
    when = f"{' on' if last - min(job.at for job in jobs) < AT_ONE_TIME else ', the last on'} {_moment(last)}"
    rest = f"{left} {'is' if left == 1 else 'are'} left." if left else "Nothing is left to print."
    tell(f"{len(run.sent)} {were} sent{when}. {rest}")
    _show_what_is_on_its_way(jobs, desk, tell)
    if not left:
        tell("To print them again, add --again.")


def _show_what_is_on_its_way(jobs: Sequence[Sent], desk: _Desk, tell: Callable[[str], None]) -> None:
    from kit.printers import JobState

    coming = sum(desk.states[job] in (JobState.WAITING, JobState.PRINTING) for job in jobs)
    if not coming:
        return
    printer = desk.printer
    tell(f"{_counted(coming, 'job')} {'is' if coming == 1 else 'are'} not out yet at {printer.name}.")
    if printer.stopped or printer.trouble:
        state = "It has stopped" if printer.stopped else "It is held up"
        tell(f"{state}{': ' if printer.trouble else ''}{printer.trouble}. What waits is printed when it goes on.")


def _show_what_is_left(run: PrintRun, printer: Printer, tell: Callable[[str], None]) -> None:
    for file in run.no_paper:
        say(f"{printer.name} has no {file.paper} paper, so this is left out: {file.path}.")
    if not run.sendings:
        return
    if run.cancelled:
        was = "job was cancelled before it was" if run.cancelled == 1 else "jobs were cancelled before they were"
        tell(f"{run.cancelled} {was} printed: what was lost is sent anew.")
    for name in [job.name for sending in run.sendings for job in sending.take_back]:
        tell(f"{name} did not come out: it is taken back, and its file is sent anew.")
    if not printer.tells_what_it_can_do:
        say(f"{printer.name} does not tell what it can do. Print 1 document first, and look at it.")
    tell(f"To {printer.name}, in this order:")
    rows = [
        (
            f"  {sending.file.path}",
            f"{sending.copies} ×",
            sending.file.on,
            SIDES[sending.sides],
            _counted(sending.sheets, "sheet"),
        )
        for sending in run.sendings
    ]
    tell(columns(rows))
    tell(f"  In all {_counted(run.sheets, 'sheet')}.")


def _show_commands(run: PrintRun, desk: _Desk) -> None:
    """Lines for a shell; a comment says where other paper has to be put in."""
    for paper, sendings in _by_paper(run):
        if paper:
            typer.echo(f"# On {paper}:")
        for sending in sendings:
            for job in sending.take_back:
                typer.echo(shlex.join(["cancel", job.name]))
            typer.echo(shlex.join(desk.command(sending)))


def _by_paper(run: PrintRun) -> Iterator[tuple[str, Sequence[Sending]]]:
    """What is printed without changing the paper, and the paper to put in first: none where it is plain."""
    for paper, sendings in groupby(run.sendings, key=lambda each: "" if each.file.is_on_plain_paper else each.file.on):
        yield paper, tuple(sendings)


def _send(run: PrintRun, desk: _Desk, yes: bool) -> None:
    """Send it all, or as much as the printer takes; what came of each file is recorded at once."""
    from kit import spooler

    done = 0
    try:
        desk.keep_record()
        for paper, sendings in _by_paper(run):
            if paper and not yes and not _paper_is_in(paper, sendings, desk.printer):
                _left(len(run.sendings) - done)
            for sending in sendings:
                if done:
                    _see_that_it_runs(spooler.look_at(desk.printer.name))
                typer.echo(f"  {desk.send(sending)}  {sending.file.path}")
                done += 1
    except spooler.Refused as error:
        say(f"{desk.printer.name} did not take {run.sendings[done].file.path}: {error}.")
        _left(len(run.sendings) - done)
    except OSError as error:
        say(f"What is sent could not be recorded, so no more was: {error.strerror or error}.")
        _left(len(run.sendings) - done)
    typer.echo(f"{_counted(done, 'file')} sent. If {desk.printer.name} stops, put it right and run kit print again.")


def _left(number: int) -> NoReturn:
    say(f"{_counted(number, 'file')} left. To go on with what is left, run kit print again.")
    raise typer.Exit(MISSING_HERE)


def _counted(number: int, thing: str) -> str:
    return f"{number} {thing}" + ("" if number == 1 else "s")


def _are(number: int) -> str:
    return "1 file is" if number == 1 else f"{number} files are"


def _moment(at: datetime) -> str:
    """`26 November 2026 at 9:12am`."""
    return f"{at.day} {at:%B %Y} at {at.hour % 12 or 12}:{at:%M}{'am' if at.hour < 12 else 'pm'}"


def _stop(line: str, code: int) -> NoReturn:
    say(line)
    raise typer.Exit(code)
