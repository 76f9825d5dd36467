"""The whole run as 1 print job: every copy of every file in order, with a sheet before each that says what follows.

The pages are laid out once and bound as often as they are needed, by what lays them out: files that are put together
afterwards lose their tags. Where a file of the job has 2 sides, all of the job is for both sides, turned on the long
edge, and every copy begins on a front.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kit.diagnostics import Diagnostic, Outcome
from kit.model.kind import DocumentKind
from kit.render.cardfiles import built_set
from kit.render.job import Job, Made, assets_of, card_set, page_of, stylesheets
from kit.render.pdf import Laid, Leaf, Part, bind_leaves, lay_out, leaves


@dataclass(frozen=True)
class Repeated:
    """A file of the run, and how many copies of it there are."""

    job: Job
    copies: int


def collate(cover: Job, files: Sequence[Repeated]) -> Outcome[tuple[Made, ...]]:
    """The files as one.

    `cover` has a page for each of them, which goes before it on a sheet of its own, and a blank page at its end.
    """
    started = time.perf_counter()
    between = lay_out(page_of(cover), stylesheets(cover), assets_of(cover)[0], created=cover.created)
    both_sides = any(each.job.kind.sides == 2 for each in files)
    blank = leaves(Part(between, between.pages), bookmarks=False)[0]
    run: list[Leaf] = []
    faults: list[Diagnostic] = []
    for number, each in enumerate(files, 1):
        laid = _laid(each.job)
        faults += laid.diagnostics
        sheet = leaves(Part(between, number, number), f"before-{number}-")
        run += _on_sheets(sheet, "own", blank) if both_sides else sheet
        for copy in range(each.copies if laid.value else 0):
            pages = [
                leaf
                for position, one in enumerate(laid.value or ())
                for leaf in leaves(Part(one), f"{number}-{copy}-{position}-", bookmarks=copy == 0, deeper=1)
            ]
            run += _on_sheets(pages, _backs(each.job.kind), blank) if both_sides else pages
    if any(fault.severity == "error" for fault in faults):
        return Outcome(None, tuple(faults))
    data = bind_leaves(between, run, title=cover.title, duplex="long" if both_sides else "simplex")
    made = Made(cover.kind, cover.path, cover.title, data, len(run), time.perf_counter() - started, {})
    return Outcome((made,))


def _laid(job: Job) -> Outcome[tuple[Laid, ...]]:
    """The pages of a file, in each of its languages, as they are on paper: nobody fills in a field there."""
    both = [_for_paper(each) for each in (job, job.second) if each is not None]
    if job.kind.output != "cards":
        laid = tuple(
            lay_out(page_of(each), stylesheets(each), assets_of(each)[0], created=each.created) for each in both
        )
        return Outcome(laid)
    built = [built_set(card_set(each), assets_of(each)[0]) for each in both]
    found = tuple(fault for outcome in built for fault in outcome.diagnostics)
    return Outcome(tuple(outcome.value.cards.laid for outcome in built if outcome.value), found)


def _for_paper(job: Job) -> Job:
    return replace(job, kind=job.kind.model_copy(update={"forms": False}))


def _backs(kind: DocumentKind) -> str:
    """How the backs of a document lie in a job that is turned on the long edge."""
    if kind.sides == 1:
        return "none"
    return "turned" if kind.flip == "short" else "own"


def _on_sheets(pages: Sequence[Leaf], backs: str, blank: Leaf) -> Iterator[Leaf]:
    """The pages front and back.

    A sheet that is turned on its long edge shows the back that was made for the short one upside down, so that is
    turned on its head: it stands upright again.
    """
    for number, leaf in enumerate(pages, 1):
        yield replace(leaf, turned=backs == "turned" and number % 2 == 0)
        if backs == "none" or (number % 2 and number == len(pages)):
            yield blank
