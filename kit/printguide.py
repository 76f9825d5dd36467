"""What to print in the order in which it is needed, on what paper, and what to buy for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from math import ceil

from kit.model.document import FacilitatorView
from kit.model.kind import DocumentKind
from kit.model.language import ENGLISH, InEnglish
from kit.model.packview import PrintGuideView, PrintsView
from kit.model.prints import PaperRow, PrintRow, PrintStage, ShoppingRow
from kit.model.stock import PLAIN, STOCKS
from kit.model.workshop import Session, SessionBlock, Workshop
from kit.printing import Paper, Printed, copies_of, cuts, is_cut, paper_of, reason
from kit.schedule import sheets

REAM = 500


def prints_view(workshop: Workshop, printed: Sequence[Printed]) -> PrintsView:
    """What to print of each file. Parts of another document need no copies of their own."""
    items = in_order(workshop, printed)
    stages = tuple(
        PrintStage(when, tuple(_row(workshop, item) for item in group))
        for (_, when), group in groupby(items, key=lambda item: _stage(workshop, item))
    )
    return PrintsView(stages, tuple(_papers(workshop, items)))


def print_guide_view(facilitator: FacilitatorView, workshop: Workshop, printed: Sequence[Printed]) -> PrintGuideView:
    """The same with what to buy, and what may be printed instead."""
    shopping = tuple(_shopping(facilitator, workshop, printed))
    return PrintGuideView(facilitator, prints_view(workshop, printed), tuple(_booklets(workshop, printed)), shopping)


def _booklets(workshop: Workshop, printed: Sequence[Printed]) -> Iterator[str]:
    """How to print each booklet that may take the place of a file."""
    for item in printed:
        for whole in printed:
            if item.kind.booklet_of == whole.kind.id and item.edition.id == whole.edition.id:
                # Files are named in English, whatever the pack says.
                path = item.path if workshop.language.tag == ENGLISH else InEnglish(item.path)
                yield workshop.language.phrase("print-guide.to_fold", document=whole.title, path=path, sheets=item.note)


def in_order(workshop: Workshop, printed: Sequence[Printed]) -> tuple[Printed, ...]:
    """The files that are printed, in the order in which they are needed."""
    needed = [item for item in printed if item.kind.paper != "screen" and copies_of(item.kind, workshop, item.edition)]
    return tuple(sorted(needed, key=lambda item: (place_in_order(workshop, item), item.path)))


def place_in_order(workshop: Workshop, item: Printed) -> tuple[int, ...]:
    """What files sort by: when they are needed, then as a pack lists them, then by edition."""
    editions = [edition.id for edition in workshop.editions]
    edition = editions.index(item.edition.id) if item.edition.id in editions else 0
    return (*_stage(workshop, item)[0], item.kind.order, edition)


# When --------------------------------------------------------------------------------------------

_BEFORE, _FACILITATORS, _AT_SESSION = range(3)
_YOURS, _ARRIVAL, _BLOCK, _CLOSE = range(4)


def _stage(workshop: Workshop, item: Printed) -> tuple[tuple[int, ...], str]:
    """When a file is needed: as something to sort by, and in words."""
    language, kind = workshop.language, item.kind
    if kind.needed == "never":
        return (_BEFORE,), language.phrase("printing.before")
    if kind.audience == "facilitator" and not item.session:
        return (_FACILITATORS,), language.phrase("printing.for_facilitators")
    session = workshop.sessions[item.session - 1] if item.session else _session(workshop, kind)
    block = _block(session, kind)
    if kind.audience == "facilitator":
        at, when = (_YOURS, 0), language.phrase("printing.yours")
    elif block is not None and kind.audience != "room":
        when = language.phrase("printing.block", time=language.clock(block.start), block=block.title)
        at = (_BLOCK, block.start)
    elif kind.needed == "last":
        at, when = (_CLOSE, 0), language.phrase("printing.close", time=language.clock(session.end))
    else:
        at, when = (_ARRIVAL, 0), language.phrase("printing.arrival", time=language.clock(session.start))
    if session.of > 1:
        when = language.phrase("printing.in_session", number=session.number, when=when)
    return (_AT_SESSION, session.number, *at), when


def _session(workshop: Workshop, kind: DocumentKind) -> Session:
    """The session at which a document for all of them is needed first."""
    if kind.needed == "last":
        return workshop.sessions[-1]
    # What hangs or stands in the room is there from the start.
    using = (session for session in workshop.sessions if kind.audience != "room" and _block(session, kind))
    return next(using, workshop.sessions[0])


def _block(session: Session, kind: DocumentKind) -> SessionBlock | None:
    """The first block whose activity has the document among its materials."""
    blocks = (block for block in session.blocks if block.activity)
    named = (b for b in blocks if b.activity and any(m.document == kind.id for m in b.activity.materials))
    # Everybody has the workbook from the start, whichever activity asks for it.
    return next(named, None) if kind.needed != "first" else None


# What --------------------------------------------------------------------------------------------


def _row(workshop: Workshop, item: Printed) -> PrintRow:
    language, kind = workshop.language, item.kind
    copies = copies_of(kind, workshop, item.edition)
    one = kind.sides == 1
    colour = "mono" if item.edition.name == "mono" else kind.colour
    return PrintRow(
        document=item.title,
        path=item.path,
        audience=kind.audience,
        pages=item.pages,
        copies=copies,
        reason=reason(kind, workshop, item.edition),
        paper=paper_of(kind, item.edition).called(language),
        colour=language.phrase(f"printing.in_{colour}"),
        sides=language.phrase("printing.single_sided" if one else f"printing.double_sided_{kind.flip}"),
        sheets=sheets(item.pages, kind.sides, copies),
        finishing=tuple(_finishing(workshop, item, copies)),
        note="" if _has_own_note(workshop, kind) else kind.note or "",
    )


def _finishing(workshop: Workshop, item: Printed, copies: int) -> Iterator[str]:
    """What to do with the sheets, in the order of doing it."""
    language, kind = workshop.language, item.kind
    if _is_stapled(item):
        yield language.phrase("printing.staple")
    if kind.cards and is_cut(kind):
        across, down = cuts(STOCKS[kind.cards.stock])
        yield language.phrase("printing.cut", across=across, down=down)
    if kind.cards and kind.flip == "fold":
        yield language.phrase("printing.fold")
    if kind.after_printing:
        yield kind.after_printing
    if item.note:
        yield item.note
    if _in_sets(kind) and copies > 1:
        yield language.phrase("printing.sets", n=copies)
    if kind.note and _has_own_note(workshop, kind):
        yield kind.note


def _has_own_note(workshop: Workshop, kind: DocumentKind) -> bool:
    """Whether the organisation has a note of its own for whoever prints it."""
    return "note" in workshop.documents.get(kind.id, {})


def _is_stapled(item: Printed) -> bool:
    return item.kind.staple and sheets(item.pages, item.kind.sides, 1) > 1


def _in_sets(kind: DocumentKind) -> bool:
    return kind.cards is not None and kind.copies is not None and kind.copies.per == "table"


# On what, and what to buy ------------------------------------------------------------------------


def _papers(workshop: Workshop, items: Sequence[Printed]) -> Iterator[PaperRow]:
    rows: dict[Paper, list[PrintRow]] = {}
    for item in items:
        rows.setdefault(paper_of(item.kind, item.edition), []).append(_row(workshop, item))
    for paper, its in sorted(rows.items(), key=lambda pair: -sum(row.sheets for row in pair[1])):
        count = sum(row.sheets for row in its)
        have = _with_some_to_spare(count)
        told = workshop.language.phrase("printing.sheets", n=have)
        if paper.weight == PLAIN:
            reams = workshop.language.phrase("printing.reams", n=ceil(have / REAM))
            told = workshop.language.phrase("printing.or", sheets=told, reams=reams)
        yield PaperRow(paper.called(workshop.language), count, len(its), have, told)


def _with_some_to_spare(count: int) -> int:
    """A twentieth more, in full fives: for a test and a jam."""
    return 5 * ceil((count * 1.05 + 1) / 5)


def _shopping(facilitator: FacilitatorView, workshop: Workshop, printed: Sequence[Printed]) -> Iterator[ShoppingRow]:
    language, items = workshop.language, in_order(workshop, printed)
    for item in items:
        if item.kind.cards and item.kind.cards.of == "badges":
            stock = STOCKS[item.kind.cards.stock]
            size = f"{stock.card_width:g}", f"{stock.card_height:g}"
            holders = language.phrase("printing.badge_holders", width=size[0], height=size[1])
            yield ShoppingRow(workshop.attendees + workshop.spares, holders)
    sets = sum(copies_of(item.kind, workshop, item.edition) for item in items if _in_sets(item.kind))
    if sets > 1:
        yield ShoppingRow(sets, language.phrase("printing.envelopes"))
    if any(is_cut(item.kind) or _to_a_sheet(item) for item in items):
        yield ShoppingRow(1, language.phrase("printing.cutter"))
    if any(_is_stapled(item) for item in items):
        yield ShoppingRow(1, language.phrase("printing.stapler"))
    for material in facilitator.materials:
        yield ShoppingRow(material.count, material.item, material.note)


def _to_a_sheet(item: Printed) -> bool:
    return item.kind.copies is not None and item.kind.copies.to_a_sheet > 1
