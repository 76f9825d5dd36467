"""The storyboard: six stages from a plan to a pack.

load      YAML files                -> Library      kit.load
localise  library, plan, request    -> Session      kit.localise
check     session                   -> diagnostics  kit.lint
compose   session                   -> views        kit.compose, kit.slides
render    view, template            -> bytes        kit.render
publish   bytes                     -> a folder     kit.publish
"""

from __future__ import annotations

import hashlib
import json
import os
import signal
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from kit import __version__
from kit.catalogue import why_not
from kit.check import Checked, Order
from kit.compose import Edition, facilitator_view, index_view, participant_view
from kit.correspondence import send_on, sending
from kit.diagnostics import Diagnostic, Outcome, in_order
from kit.load import Library
from kit.model.document import FacilitatorView, IndexView, ParticipantView, Stamp
from kit.model.kind import DocumentKind
from kit.model.session import Session
from kit.printing import Printed, copies_of
from kit.publish import Artefact, Published, publish, read_manifest
from kit.render.job import Extract, Job, Made, run
from kit.schedule import short_date
from kit.slides import deck_view, slide_numbers
from kit.workspace import Workspace

WORKBOOK = "workbook"
HANDOUT_ANCHOR = "handout-"


@dataclass(frozen=True)
class Pack:
    """A finished pack: every file, and what the end of a build tells the user."""

    plan: str
    stamp: Stamp
    made: tuple[Made, ...]
    index: IndexView
    about: Mapping[str, Any]
    session: Session


# compose, render ---------------------------------------------------------------------------------


def build(
    workspace: Workspace,
    checked: Checked,
    order: Order,
    *,
    today: date,
    tell: Callable[[Made], None] = lambda made: None,
) -> Outcome[Pack]:
    """Compose and render. `tell` is called for each file as it is finished."""
    fonts = workspace.fonts()
    stamp = _stamp(checked, fonts, today)
    created = datetime.combine(today, time())
    logo = checked.library.logo if _may_show_logo(checked.library) else None
    edition = Edition(stamp, checked.palette, _logo_alt(checked.library) if logo else "")
    participant = participant_view(checked.session, edition)

    def job(kind: DocumentKind, view: Any, **more: Any) -> Job:
        title = f"{kind.title}: {participant.title}"
        return Job(kind, kind.path, title, view, checked.palette, checked.templates, fonts, created, logo=logo, **more)

    def sent(kind: DocumentKind) -> ParticipantView:
        trust = checked.library.trust.id if checked.library.trust else ""
        return replace(participant, sending=sending(kind, checked.session, checked.kinds, today, trust))

    wanted = {kind.id: kind for kind in checked.kinds if not order.only or kind.id in order.only}
    workbook = next(kind for kind in checked.known if kind.id == WORKBOOK)
    extracts = tuple(_extracts(wanted, participant.handouts, participant.title))
    with _executor() as pool:
        first = pool.submit(run, job(workbook, participant, extracts=extracts, wanted=WORKBOOK in wanted))
        futures = [first]
        futures += [
            pool.submit(run, job(kind, sent(kind)))
            for kind in wanted.values()
            if _shows_no_secret(kind) and kind.id != WORKBOOK and kind.pages_of is None
        ]
        # The guide and the notes name pages of the workbook, so they wait for it, and for it alone.
        pages = _workbook_pages(first.result().value or ()) if workbook in checked.kinds else {}
        deck = deck_view(checked.session, edition, workbook_pages=pages)
        numbers = slide_numbers(deck, checked.session)
        facilitator = facilitator_view(
            checked.session, edition, workbook_pages=pages, slide_numbers=numbers, kinds=tuple(checked.kinds)
        )
        futures += [
            pool.submit(run, job(kind, deck if kind.output == "deck" else facilitator))
            for kind in wanted.values()
            if not _shows_no_secret(kind) and kind.output != "html"
        ]
        faults, made = _gather(futures, tell)
    faults = tuple(_with_line(fault, checked.session) for fault in faults)
    if any(fault.severity == "error" or order.strict for fault in faults):
        return Outcome(None, faults)
    made = [item for item in made if item.data]
    index = _index(facilitator, checked, made, today)
    for kind in wanted.values():
        if kind.output == "html":
            outcome = run(job(kind, index))
            made += outcome.value or ()
    about = _about(checked, order, stamp)
    return Outcome(Pack(order.plan, stamp, tuple(made), index, about, checked.session), faults)


def _shows_no_secret(kind: DocumentKind) -> bool:
    """True for what is made from the participants’ view: cards and signs are seen by all, whoever prints them."""
    return kind.audience != "facilitator" or kind.output == "cards"


def _gather(
    futures: Sequence[Future[Outcome[tuple[Made, ...]]]], tell: Callable[[Made], None]
) -> tuple[tuple[Diagnostic, ...], list[Made]]:
    """Every fault and every file, each file told of as soon as it is there."""
    faults: list[Diagnostic] = []
    made: list[Made] = []
    for future in as_completed(futures):
        outcome = future.result()
        faults += outcome.diagnostics
        for item in outcome.value or ():
            made.append(item)
            if item.data:
                tell(item)
    return in_order(faults), made


def _with_line(fault: Diagnostic, session: Session) -> Diagnostic:
    """A fault found while drawing knows only the name of its place; here it gets the line itself."""
    text = next((text for text in session.texts.values() if fault.place and text.file == fault.place.file), None)
    if fault.place is None or text is None or fault.place.line > len(text.lines):
        return fault
    return replace(fault, place=replace(fault.place, excerpt=text.lines[fault.place.line - 1]))


class _Here(Executor):
    """Runs each task at once in this process: for a machine with one core."""

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Any:
        future: Future[Any] = Future()
        future.set_result(fn(*args, **kwargs))
        return future


def _leave_ctrl_c_to_the_parent() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)


@contextmanager
def _executor() -> Iterator[Executor]:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if cores < 2:
        yield _Here()
        return
    # Forking is cheap and safe on Linux while nothing heavy is imported. A process that has drawn before would
    # hand its fonts on, and the bytes would depend on what it drew.
    fresh = sys.platform == "linux" and "weasyprint" not in sys.modules
    context = get_context("fork" if fresh else "spawn")
    pool = ProcessPoolExecutor(2, mp_context=context, initializer=_leave_ctrl_c_to_the_parent)
    try:
        yield pool
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _extracts(wanted: Mapping[str, DocumentKind], handouts: Any, title: str) -> Iterator[Extract]:
    for kind in wanted.values():
        if kind.each == "handout" and kind.pages_of == WORKBOOK:
            for handout in handouts:
                path = kind.path.format(number=handout.number, id=handout.id)
                yield Extract(kind, path, f"{handout.title}: {title}", f"{HANDOUT_ANCHOR}{handout.id}")


def _workbook_pages(made: Sequence[Made]) -> Mapping[str, int]:
    return {
        id.removeprefix(HANDOUT_ANCHOR): page
        for item in made
        for id, page in item.anchors.items()
        if item.kind.id == WORKBOOK and id.startswith(HANDOUT_ANCHOR)
    }


def _index(facilitator: FacilitatorView, checked: Checked, made: Sequence[Made], today: date) -> IndexView:
    order = {kind.id: position for position, kind in enumerate(checked.kinds)}
    session = checked.session
    printed = [
        Printed(
            item.kind,
            item.path,
            item.title if item.kind.each else item.kind.title,
            item.pages,
            send_on(item.kind.send, session.date, today) if item.kind.send else "",
        )
        for item in sorted(made, key=lambda item: (order[item.kind.id], item.path))
    ]
    absent = [(kind.title, absence.why) for kind in checked.known if (absence := why_not(kind, session))]
    return index_view(facilitator, session, printed, absent)


def _may_show_logo(library: Library) -> bool:
    return bool(library.brand and library.brand.logo and library.brand.logo.permission)


def _logo_alt(library: Library) -> str:
    return library.brand.logo.medium.alt if library.brand and library.brand.logo else ""


# publish -----------------------------------------------------------------------------------------


def publish_pack(pack: Pack, folder: Path, order: Order) -> Published:
    """Write the pack. With `only`, the other documents of the same build stay beside the new ones."""
    artefacts = [Artefact(item.path, item.data, item.kind.id, _details(item, pack.session)) for item in pack.made]
    if order.only:
        artefacts += _still_good(folder, pack, {artefact.path for artefact in artefacts})
    return publish(folder, artefacts, pack.about)


def _details(item: Made, session: Session) -> dict[str, Any]:
    kind = item.kind
    details: dict[str, Any] = {"title": item.title, "audience": kind.audience}
    if kind.output == "deck":
        return details | {"slides": item.pages}
    if kind.output in ("html", "text", "calendar"):
        return details
    return details | {
        "pages": item.pages,
        "paper": kind.paper,
        "orientation": kind.orientation,
        "sides": kind.sides,
        "flip": kind.flip,
        "copies": copies_of(kind, session),
    }


def _still_good(folder: Path, pack: Pack, replaced: set[str]) -> Iterator[Artefact]:
    before = read_manifest(folder)
    if before is None or before.get("build_id") != pack.stamp.build_id or before.get("built_on") != pack.stamp.built_on:
        return
    for row in before["files"]:
        path = folder / row["path"]
        if row["path"] not in replaced and path.is_file():
            data = path.read_bytes()
            if hashlib.sha256(data).hexdigest() == row["sha256"]:
                details = {k: v for k, v in row.items() if k not in ("path", "document", "sha256", "bytes")}
                yield Artefact(row["path"], data, row["document"], details)


def _stamp(checked: Checked, fonts: Mapping[str, bytes], today: date) -> Stamp:
    """The build id names what went in: content, templates, the request and the kit's version, not the day."""
    session = checked.session
    facts = {
        "kit": __version__,
        "inputs": checked.library.inputs,
        "templates": {name: hashlib.sha256(text.encode()).hexdigest() for name, text in checked.templates.items()},
        "fonts": {name: hashlib.sha256(font).hexdigest() for name, font in fonts.items()},
        "plan": session.plan.id,
        "date": str(session.date),
        "start": session.start,
        "attendees": session.attendees,
        "tables": session.tables,
    }
    build_id = hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()[:7]
    built_on = short_date(today)
    return Stamp(build_id, built_on, f"Built {built_on}, build {build_id}")


def _about(checked: Checked, order: Order, stamp: Stamp) -> dict[str, Any]:
    session = checked.session
    return {
        "build_id": stamp.build_id,
        "built_on": stamp.built_on,
        "kit": __version__,
        "plan": session.plan.id,
        "title": session.plan.title,
        "trust": checked.library.trust.id if checked.library.trust else None,
        "session": {
            "date": session.date.isoformat() if session.date else None,
            "start": f"{session.start // 60:02}:{session.start % 60:02}",
            "minutes": session.minutes,
            "attendees": session.attendees,
            "tables": session.tables,
        },
        "inputs": [{"name": name, "sha256": digest} for name, digest in checked.library.inputs],
    }
