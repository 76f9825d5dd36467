"""The deck that a plan and a trust make, made again as it was built, to hold an edited one against it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from kit.check import Checked
from kit.compose import Imprint
from kit.decklabels import Labels
from kit.diagnostics import Outcome
from kit.model.document import DeckView, Stamp
from kit.model.workshop import Session, Workshop
from kit.render.deck.paging import paged
from kit.render.deck.readback import Deck, read_back
from kit.render.job import Job, run
from kit.slides import deck_view


@dataclass(frozen=True)
class Again:
    """A deck made again: as data, as it was composed, and the session that it is for."""

    data: bytes
    """The file."""
    deck: Deck
    view: DeckView
    session: Session
    workshop: Workshop


def made_again(checked: Checked, labels: Labels, *, today: date) -> Outcome[Again]:
    """The deck of the session that `labels` name, which must be there, with the build, the day and the pages they name.

    `checked` is for slides of the shape that they name. So what differs from it was edited, or has changed in the
    content since. It has no logo: nobody compares that.
    """
    whole = checked.workshop
    if checked.english is not None and labels.language == checked.english.language.tag:
        whole = checked.english
    session = whole.sessions[labels.session - 1]
    language, day = whole.language, labels.built_on or today
    built = language.short_date(day)
    stamp = Stamp(labels.build, built, language.phrase("stamp.line", day=built, build=labels.build))
    shape = labels.shape or checked.library.shape
    view = deck_view(whole, session, Imprint(stamp, checked.palette, ""), workbook_pages=labels.pages, shape=shape)
    view = paged(view, checked.templates, language, checked.layouts)
    kind = next(kind for kind in checked.known if kind.output == "deck")
    job = Job(
        kind,
        kind.path,
        kind.title,
        view,
        checked.palette,
        checked.templates,
        language,
        {},
        datetime.combine(day, time()),
        deck_template=checked.library.deck_template,
        brand=checked.library.brand,
        slides=shape,
        labels=labels.written,
    )
    outcome = run(job)
    if outcome.value is None:
        return Outcome(None, outcome.diagnostics)
    # Titles that repeat, and type that is small, were told of when the deck was built.
    faults = tuple(fault for fault in outcome.diagnostics if fault.severity == "error")
    data = outcome.value[0].data
    return Outcome(Again(data, read_back(data), view, session, whole.alone(session)), faults)
