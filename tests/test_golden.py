"""Each document as HTML or plain text, made from the small workspace: a changed template shows as a difference."""

from __future__ import annotations

import difflib
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from shaping import on_day
from speaking import english

from kit.catalogue import apart, in_pack, kinds
from kit.check import Order, check
from kit.compose import Imprint, facilitator_view, participant_view
from kit.correspondence import send_line, sending
from kit.localise import Request
from kit.model.document import DeckPageView, Stamp
from kit.model.edition import STANDARD
from kit.model.packview import CoverageRow, CoverageView, SeparatorView
from kit.printguide import print_guide_view, prints_view
from kit.printing import Printed
from kit.render.html import render, render_text
from kit.slides import deck_view, for_participants, slide_numbers
from kit.startpage import index_view
from kit.wholerun import PRINT_ALL
from kit.workspace import Workspace

GOLDEN = Path(__file__).parent / "golden"
STAMP = Stamp("abc1234", "5 January 2027", "Built 5 January 2027, build abc1234")
FOR_PARTICIPANTS = (
    *("workbook", "joining-instructions", "diary-sheet", "certificate", "evaluation-form"),
    *("pocket-card", "commitment-card", "room-posters"),
)
FOR_FACILITATORS = ("guide", "run-sheet", "register", "sponsor-brief", "materials-list", "room-plan")
DOCUMENTS = (*FOR_PARTICIPANTS, *FOR_FACILITATORS, "index", "deck", "deck-page", "slides", "print-guide", "print-all")
MESSAGES = ("joining-email", "invitation", "follow-up-1-week", "follow-up-4-weeks", "follow-up-3-months")
LISTED = ("guide", "workbook", "joining-email", "joining-instructions", "follow-up-1-week", "follow-up-4-weeks")
TODAY = date(2027, 1, 5)
COVERAGE = CoverageView(
    (("short", "Oars and rudders"), ("long", "Oars again")),
    (CoverageRow("interlinked", "Both at once", ("Rowing in pairs",), (1, None)),),
)


def page(small: Workspace, project: Workspace, document: str) -> str:
    """One document of the small plan for its trust, through the real templates."""
    order = Order(plan="short", trust="oakfield")
    checked = check(small, order).value
    assert checked is not None
    workshop = on_day(checked.workshop, date(2027, 1, 14))
    language = checked.library.language
    templates = project.templates()
    edition = Imprint(STAMP, checked.palette)
    pages = {"pairs": 3}
    deck = deck_view(workshop, workshop.sessions[0], edition, workbook_pages=pages)
    if document == "deck":
        return render(templates, "deck/slides.html.j2", language, deck=deck)
    known = {kind.id: kind for kind in kinds(templates, language).value or ()}
    if whole := apart(templates, PRINT_ALL, language).value:
        known[PRINT_ALL] = whole
    facilitator = facilitator_view(
        workshop,
        edition,
        workbook_pages=pages,
        slide_numbers=slide_numbers([deck], workshop),
        kinds=[known[id] for id in LISTED],
    )
    participant = participant_view(workshop, edition)
    kind = known[document]
    letter = replace(
        participant, sending=sending(kind, workshop, in_pack(tuple(known.values()), workshop), TODAY, "oakfield")
    )
    if kind.output in ("text", "calendar"):
        return render_text(templates, f"{document}/page.txt.j2", language, doc=letter, document=kind, first=True)
    printed = [
        Printed(
            each,
            each.path,
            each.title,
            4,
            send_line(each, workshop, TODAY),
            web_page=each.path.replace(".pdf", ".html") if each.has_web_page else "",
        )
        for each in (known[id] for id in LISTED)
    ]
    views = {
        "slides": replace(participant, deck=for_participants(deck)),
        "deck-page": DeckPageView(participant, deck),
        **dict.fromkeys(FOR_FACILITATORS, facilitator),
        "index": index_view(facilitator, workshop, printed, COVERAGE, [("Invitation", "the session has no date")]),
        "print-guide": print_guide_view(facilitator, workshop, printed),
        "print-all": SeparatorView(facilitator, prints_view(workshop, printed)),
    }
    context = {
        "doc": views.get(document, letter),
        "palette": checked.palette,
        "document": kind,
        "edition": STANDARD,
        "logo_data": "",
    }
    return render(templates, f"{document}/page.html.j2", language, **context)


def compared(found: str, golden: Path, update: bool) -> None:
    """Passes only when all of `found` is as it was last read."""
    if update:
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(found, encoding="utf-8")
    expected = golden.read_text("utf-8")
    difference = difflib.unified_diff(expected.splitlines(), found.splitlines(), "golden", "now", lineterm="", n=1)
    assert found == expected, "\n".join(list(difference)[:60])


@pytest.mark.parametrize("document", [*DOCUMENTS, *MESSAGES])
def test_the_text_is_as_it_was_last_read(
    document: str, small: Workspace, project: Workspace, request: pytest.FixtureRequest
) -> None:
    found = page(small, project, document)
    golden = GOLDEN / f"{document}.{'txt' if document in MESSAGES else 'html'}"
    compared(found, golden, request.config.getoption("--update-golden"))


OF_SEVERAL = ("workbook", "guide", "register", "evaluation-form", "joining-instructions")


@pytest.mark.parametrize("document", [*OF_SEVERAL, "run-sheet", "joining-email", "homework-message"])
def test_the_text_of_several_sessions_is_as_it_was_last_read(
    document: str, small: Workspace, project: Workspace, request: pytest.FixtureRequest
) -> None:
    checked = check(small, Order(plan="tides", request=Request(dates=(date(2027, 1, 14),)))).value
    assert checked is not None
    workshop, templates, edition = checked.workshop, project.templates(), Imprint(STAMP, checked.palette)
    known = {kind.id: kind for kind in kinds(templates, english).value or ()}
    kind = known[document]
    seen = workshop.alone(workshop.sessions[0]) if kind.each == "session" else workshop
    letter = replace(participant_view(seen, edition), sending=sending(kind, seen, (), TODAY))
    if kind.output == "text":
        found = render_text(templates, f"{document}/page.txt.j2", english, doc=letter, document=kind)
    else:
        facilitator = facilitator_view(seen, edition, workbook_pages={"pairs": 4}, slide_numbers={})
        view = facilitator if kind.audience == "facilitator" else letter
        found = render(
            templates,
            f"{document}/page.html.j2",
            english,
            doc=view,
            palette=checked.palette,
            document=kind,
            edition=STANDARD,
            logo_data="",
        )
    golden = GOLDEN / "several" / f"{document}.{'txt' if kind.output == 'text' else 'html'}"
    compared(found, golden, request.config.getoption("--update-golden"))
