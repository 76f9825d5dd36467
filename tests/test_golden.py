"""The HTML of each document, made from the small workspace: a change of a template shows as a difference to read."""

from __future__ import annotations

import difflib
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kit.check import Order, check
from kit.compose import Edition, Printed, facilitator_view, index_view, participant_view
from kit.model.document import Stamp
from kit.render.html import render
from kit.slides import deck_view, slide_numbers
from kit.workspace import Workspace

GOLDEN = Path(__file__).parent / "golden"
STAMP = Stamp("abc1234", "5 January 2027", "Built 5 January 2027, build abc1234")
DOCUMENTS = ("workbook", "guide", "run-sheet", "index", "deck")


def page(small: Workspace, project: Workspace, document: str) -> str:
    """One document of the small plan for its trust, through the real templates."""
    order = Order(plan="short", trust="oakfield")
    checked = check(small, order).value
    assert checked is not None
    session = replace(checked.session, date=date(2027, 1, 14))
    templates = project.templates()
    edition = Edition(STAMP, checked.palette)
    pages = {"pairs": 3}
    deck = deck_view(session, edition, workbook_pages=pages)
    if document == "deck":
        return render(templates, "deck/slides.html.j2", deck=deck)
    facilitator = facilitator_view(session, edition, workbook_pages=pages, slide_numbers=slide_numbers(deck, session))
    kind = next(kind for kind in check(project, Order()).value.kinds if kind.id == document)  # type: ignore[union-attr]
    printed = [Printed(kind, kind.path, kind.title, 4)]
    views = {
        "workbook": participant_view(session, edition),
        "guide": facilitator,
        "run-sheet": facilitator,
        "index": index_view(facilitator, session, printed),
    }
    context = {"doc": views[document], "palette": checked.palette, "document": kind, "logo_data": ""}
    return render(templates, f"{document}/page.html.j2", **context)


@pytest.mark.parametrize("document", DOCUMENTS)
def test_the_html_is_as_it_was_last_read(
    document: str, small: Workspace, project: Workspace, request: pytest.FixtureRequest
) -> None:
    found = page(small, project, document)
    golden = GOLDEN / f"{document}.html"
    if request.config.getoption("--update-golden"):
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(found, encoding="utf-8")
    expected = golden.read_text("utf-8")
    difference = difflib.unified_diff(expected.splitlines(), found.splitlines(), "golden", "now", lineterm="", n=1)
    assert found == expected, "\n".join(list(difference)[:60])
