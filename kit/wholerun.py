"""What is made when all else is there: the print guide, which counts its own pages too, and the whole run as 1 job."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import replace

from kit.diagnostics import Outcome
from kit.model.document import FacilitatorView
from kit.model.edition import Edition, in_edition, made_in
from kit.model.kind import DocumentKind
from kit.model.packview import PrintGuideView, SeparatorView
from kit.model.workshop import Workshop
from kit.printguide import in_order, print_guide_view, prints_view
from kit.printing import Paper, Printed, copies_of, edition_name, paper_of
from kit.render.job import Job, Made, run

PRINT_GUIDE = "print-guide"
PRINT_ALL = "print-all"

FEW_TRIES = 3
"""How often the print guide is laid out at the most: what it says of itself hardly makes it longer."""


def print_guides(
    pool: Executor,
    job: Callable[[Edition, PrintGuideView], Job],
    facilitator: FacilitatorView,
    workshop: Workshop,
    others: Sequence[Printed],
    kind: DocumentKind,
) -> Outcome[tuple[tuple[Job, Made], ...]]:
    """The print guide in each of its editions, with what drew it. `others` is what else is printed.

    It is laid out again when it has other pages than it says.
    """
    own = {edition: _of_2_pages(kind, workshop, edition) for edition in made_in(kind, workshop.editions)}
    made: tuple[tuple[Job, Made], ...] = ()
    for _ in range(FEW_TRIES):
        view = print_guide_view(facilitator, workshop, (*others, *own.values()))
        jobs = [job(edition, view) for edition in own]
        outcomes = [future.result() for future in [pool.submit(run, each) for each in jobs]]
        faults = tuple(fault for outcome in outcomes for fault in outcome.diagnostics)
        if any(outcome.value is None for outcome in outcomes):
            return Outcome(None, faults)
        made = tuple((each, outcome.value[0]) for each, outcome in zip(jobs, outcomes, strict=True) if outcome.value)
        counted = own
        own = {item.edition: replace(own[item.edition], pages=item.pages) for _, item in made}
        if own == counted:
            break
    return Outcome(made)


def _of_2_pages(kind: DocumentKind, workshop: Workshop, edition: Edition) -> Printed:
    """The print guide before it is laid out: what it mostly is."""
    name = edition_name(workshop.language, edition)
    title = workshop.language.phrase("edition.document", title=kind.title, edition=name) if name else kind.title
    return Printed(in_edition(kind, edition), edition.folder + kind.path, title, 2, edition=edition)


def print_all(
    pool: Executor,
    cover: Callable[[DocumentKind, SeparatorView], Job],
    facilitator: FacilitatorView,
    workshop: Workshop,
    printed: Sequence[Printed],
    jobs: Mapping[str, Job],
    kind: DocumentKind,
) -> Outcome[tuple[Made, ...]]:
    """A file for each paper with every copy of what is printed on it, in the order of the print guide.

    `jobs` are what drew the files, by their paths. Sheets that are sold cut already are left out: there is no room for
    others between them.
    """
    from kit.render.collate import Repeated, collate

    papers: dict[Paper, list[Printed]] = {}
    for item in in_order(workshop, printed):
        papers.setdefault(paper_of(item.kind, item.edition), []).append(item)
    futures = [
        pool.submit(
            collate,
            cover(_on(paper, kind, workshop), SeparatorView(facilitator, prints_view(workshop, items))),
            [Repeated(jobs[item.path], copies_of(item.kind, workshop, item.edition)) for item in items],
        )
        for paper, items in papers.items()
        if not paper.stock
    ]
    outcomes = [future.result() for future in futures]
    faults = tuple(fault for outcome in outcomes for fault in outcome.diagnostics)
    made = tuple(item for outcome in outcomes for item in outcome.value or ())
    return Outcome(made if all(outcome.value for outcome in outcomes) else None, faults)


def _on(paper: Paper, kind: DocumentKind, workshop: Workshop) -> DocumentKind:
    """The whole run as the document of what is on 1 paper."""
    title = workshop.language.phrase("print-all.on_paper", title=kind.title, paper=paper.called(workshop.language))
    path = kind.path.replace(".pdf", f"{paper.suffix}.pdf")
    return kind.model_copy(update={"title": title, "path": path, "paper": paper.size, "weight": paper.weight})
