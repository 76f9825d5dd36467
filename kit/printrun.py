"""What to send to a printer: the files of a pack, less what was sent, asking only for what the printer can do."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter, ValidationError

from kit.model.stock import PLAIN
from kit.printers import JobState, Printer
from kit.schedule import sheets

Positive = Annotated[int, Field(ge=1)]


@dataclass(frozen=True)
class PrintFile:
    """A file of a pack that is printed, as its row of the manifest describes it."""

    path: str
    document: str
    title: str
    sha256: str
    pages: Positive
    paper: str
    sides: Literal[1, 2]
    flip: Literal["long", "short", "none", "fold"]
    copies: Positive
    order: tuple[int, ...] = ()
    """What the print table sorts by."""
    weight: int = PLAIN
    """Of the paper, in g/m²."""
    stock: str = ""
    """What it is sold as where it is no plain sheet: `L4785`."""
    cream: bool = False
    colour: str = ""
    """`mono` where black ink is enough."""
    edition: str = ""

    @property
    def on(self) -> str:
        """The paper, as somebody who fills a tray says it: `A4, 160 g/m²`, `A4, L4785 sheets`, `A4, cream`."""
        weight = "" if self.stock or self.weight == PLAIN else f"{self.weight} g/m²"
        stock = f"{self.stock} sheets" if self.stock else ""
        return ", ".join(part for part in (self.paper, stock, weight, "cream" if self.cream else "") if part)

    @property
    def is_on_plain_paper(self) -> bool:
        return self.weight == PLAIN and not self.stock and not self.cream

    @property
    def in_black(self) -> bool:
        return "mono" in (self.colour, self.edition)


@dataclass(frozen=True)
class Sent:
    """A job that was sent: which file, how many copies, where to, and when."""

    path: str
    sha256: str
    copies: Positive
    printer: str
    job: Positive
    at: datetime

    @property
    def name(self) -> str:
        """What CUPS calls the job: `Office-2-12`."""
        return f"{self.printer}-{self.job}"


@dataclass(frozen=True)
class Sending:
    """One file on its way to the printer."""

    file: PrintFile
    copies: int
    sides: str
    """By its name in IPP: `one-sided`, `two-sided-long-edge`, `two-sided-short-edge`."""
    options: tuple[str, ...]
    take_back: tuple[Sent, ...] = ()
    """Earlier jobs with the same file, which would print it a second time."""

    @property
    def sheets(self) -> int:
        return sheets(self.file.pages, 1 if self.sides == "one-sided" else 2, self.copies)


@dataclass(frozen=True)
class PrintRun:
    """What to send, in order, and what not and why."""

    sendings: tuple[Sending, ...]
    """In the order of the print table: all that is on plain paper, then on each other paper in turn."""
    sent: tuple[PrintFile, ...]
    """Sent already, and not sent again."""
    on_one_side: tuple[PrintFile, ...]
    """Made for both sides, which this printer cannot print."""
    no_paper: tuple[PrintFile, ...]
    """On a size of paper that this printer does not have."""
    cancelled: int = 0
    """Jobs that were lost, whose files are among those to send."""

    @property
    def sheets(self) -> int:
        return sum(sending.sheets for sending in self.sendings)


def print_files(manifest: Mapping[str, Any]) -> tuple[PrintFile, ...] | None:
    """The files of a pack that are printed, in the order of the print table; None when its manifest is damaged."""
    rows = [row for row in manifest["files"] if row.get("copies") and row.get("paper") != "screen"]
    try:
        files = TypeAdapter(tuple[PrintFile, ...]).validate_python(rows)
    except ValidationError:
        return None
    return tuple(sorted(files, key=lambda file: (file.order, file.path)))


def print_run(
    files: Iterable[PrintFile],
    printer: Printer,
    sent: Sequence[Sent],
    states: Mapping[Sent, JobState],
    *,
    again: bool = False,
    copies: int | None = None,
    one_sided: bool = True,
) -> PrintRun:
    """What to send of `files`. `states` says what became of what was `sent`.

    A file that was printed or will be is not sent again; of one that was sent in part, the rest is. `again` sends
    all of it all the same, `copies` so many more of each. What the printer cannot print on both sides is printed
    `one_sided` or left out.
    """
    sendings: list[Sending] = []
    cancelled = 0
    done, on_one_side, no_paper = [], [], []
    for file in files:
        before = [job for job in sent if (job.path, job.sha256) == (file.path, file.sha256)]
        good = [job for job in before if _comes_out(states[job], job.printer == printer.name)]
        left = copies or (file.copies if again else file.copies - sum(job.copies for job in good))
        wanted = _sides(file)
        sides = wanted if printer.can_print(wanted) else "one-sided"
        if left <= 0:
            done.append(file)
            continue
        if not printer.can_print_on(file.paper):
            no_paper.append(file)
            continue
        if sides != wanted:
            on_one_side.append(file)
            if not one_sided:
                continue
        options = (f"media={file.paper}", f"sides={sides}", "print-scaling=none", *_more_options(file, left, printer))
        cancelled += sum(states[job] is JobState.LOST for job in before if not again and not copies)
        stuck = () if copies else tuple(job for job in before if states[job] in _UNPRINTED and job not in good)
        sendings.append(Sending(file, left, sides, options, stuck))
    papers = [*dict.fromkeys(each.file.on for each in sendings)]
    sendings.sort(key=lambda each: (not each.file.is_on_plain_paper, papers.index(each.file.on)))
    return PrintRun(tuple(sendings), tuple(done), tuple(on_one_side), tuple(no_paper), cancelled)


def lp_command(sending: Sending, printer: str, path: str) -> list[str]:
    """The words of the `lp` command that prints the file at `path`."""
    options = [word for option in sending.options for word in ("-o", option)]
    return ["lp", "-d", printer, "-n", str(sending.copies), "-t", sending.file.title, *options, "--", path]


def sent_before(text: str | None) -> tuple[Sent, ...] | None:
    """The record of what was sent; empty when there is none, None when it is damaged."""
    if text is None:
        return ()
    try:
        return TypeAdapter(tuple[Sent, ...]).validate_json(text)
    except ValidationError:
        return None


def as_record(sent: Iterable[Sent]) -> bytes:
    """What `sent_before` reads."""
    rows = [asdict(job) | {"at": job.at.isoformat(timespec="seconds")} for job in sent]
    return (json.dumps(rows, indent=2, ensure_ascii=False) + "\n").encode()


_UNPRINTED = (JobState.HELD, JobState.WAITING)


def _comes_out(state: JobState, here: bool) -> bool:
    """Whether a job was printed or will be, on the printer that is asked for now."""
    return state in (JobState.PRINTED, JobState.PRINTING, JobState.FORGOTTEN) or (state is JobState.WAITING and here)


def _sides(file: PrintFile) -> str:
    if file.sides == 1 or file.pages == 1 or file.flip not in ("long", "short"):
        return "one-sided"
    return f"two-sided-{file.flip}-edge"


def _more_options(file: PrintFile, copies: int, printer: Printer) -> Iterable[str]:
    if copies > 1:
        yield "collate=true"
    if file.in_black and printer.colours and "monochrome" in printer.colours:
        yield "print-color-mode=monochrome"
