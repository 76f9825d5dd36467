"""The print guide: how many copies on how many sheets of what paper, in the order in which they are needed."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml.html import document_fromstring
from speaking import english

from kit.catalogue import in_pack, kinds
from kit.check import Order, check
from kit.compose import Imprint, facilitator_view
from kit.grouping import sizes
from kit.localise import Request
from kit.model.document import Stamp
from kit.model.edition import Edition, editions_of, in_edition, made_in, parse_editions
from kit.model.kind import DocumentKind
from kit.model.language import Forms
from kit.model.packview import PrintsView
from kit.model.stock import STOCKS
from kit.model.workshop import Workshop
from kit.printguide import print_guide_view, prints_view
from kit.printing import Paper, Printed, copies_of, cuts, paper_of, sold_as
from kit.render.html import render
from kit.workspace import Workspace
from tests.speaking import PROJECT

WORKSPACE = Workspace(PROJECT, PROJECT)
KINDS = {kind.id: kind for kind in kinds(WORKSPACE.templates(), english).value or ()}


@cache
def workshop(plan: str, trust: str | None = None) -> Workshop:
    checked = check(WORKSPACE, Order(plan, trust, Request())).value
    assert checked is not None
    return checked.workshop


def printed(kind: DocumentKind, pages: int = 1, edition: Edition | None = None, session: int = 0) -> Printed:
    edition = edition or Edition()
    return Printed(in_edition(kind, edition), edition.folder + kind.path, kind.title, pages, "", session, edition)


def half_day(**pages: int) -> PrintsView:
    """What to print of the half-day for 16 people and 2 spares at 4 tables, by the pages of its files."""
    named = {id.replace("_", "-"): count for id, count in pages.items()}
    return prints_view(workshop("half-day"), [printed(KINDS[id], count) for id, count in named.items()])


def test_the_sheets_of_the_half_day_are_those_counted_by_hand() -> None:
    prints = half_day(
        guide=28,
        run_sheet=1,
        register=1,
        room_plan=1,
        materials_list=1,
        sponsor_brief=1,
        print_guide=2,
        workbook=14,
        evaluation_form=2,
        commitment_card=1,
        pocket_card=2,
        certificate=1,
        quote_cards=6,
        room_posters=12,
        name_badges=2,
        table_tents=4,
    )
    by_hand = {
        "Facilitator guide": (1, 14),  # no facilitator is named, so 1: 28 pages on both sides are 14 sheets
        "Run sheet": (1, 1),
        "Register": (1, 1),
        "Room plan": (1, 1),
        "What to bring": (1, 1),
        "Brief for the sponsor": (1, 1),
        "Print guide": (1, 1),  # 2 pages on both sides
        "Workbook": (18, 126),  # 16 people and 2 spares; 14 pages on both sides are 7 sheets; 18 times 7
        "Evaluation form": (18, 18),  # 2 pages on both sides
        "Commitment cards": (5, 5),  # 18 cards, 4 to a sheet: 4 and a half, so 5
        "Pocket card": (5, 5),  # the same, with the other side
        "Certificate of attendance": (18, 18),
        "Quote cards": (4, 12),  # 1 set for each of 4 tables; 24 cards, 8 to a sheet, front and back: 3 sheets a set
        "Posters and signs": (1, 12),  # 12 pages on 1 side
        "Name badges": (1, 2),  # 18 badges, 10 to a sheet
        "Table tents": (1, 4),  # 1 to a sheet
    }
    assert {row.document: (row.copies, row.sheets) for row in prints.rows} == by_hand
    # 14 + 1 + 1 + 1 + 1 + 1 + 1 + 126 + 18 + 12 on plain paper; 5 + 5 + 18 + 12 + 4 on heavy; 2 of badges
    assert [(row.paper, row.sheets) for row in prints.papers] == [
        ("A4, 80 g/m²", 176),
        ("A4, 160 g/m²", 44),
        ("A4, L4785 sheets", 2),
    ]
    assert prints.sheets == 222


def test_the_numbers_say_where_they_come_from() -> None:
    prints = half_day(workbook=14, guide=28, quote_cards=6, pocket_card=2, name_badges=2, table_tents=4, register=1)
    assert {row.document: row.reason for row in prints.rows} == {
        "Workbook": "16 people and 2 spares",
        "Facilitator guide": "for the facilitator",
        "Quote cards": "1 for each table",
        "Pocket card": "16 people and 2 spares, 4 to a sheet",
        "Name badges": "18 badges, for 16 people and 2 spares",
        "Table tents": "4 tents, 1 for each table",
        "Register": "for all",
    }


def test_files_stand_in_the_order_in_which_they_are_needed() -> None:
    stages = half_day(
        certificate=1, commitment_card=1, quote_cards=6, workbook=14, name_badges=2, run_sheet=1, sponsor_brief=1
    ).stages
    assert [(stage.when, [row.document for row in stage.rows]) for stage in stages] == [
        ("Before the day", ["Brief for the sponsor"]),
        ("For facilitators, throughout", ["Run sheet"]),
        ("9am, when people arrive", ["Workbook", "Name badges"]),
        ("9:35am, Quote card sort", ["Quote cards"]),
        ("12:15pm, Commitments", ["Commitment cards"]),
        ("12:30pm, at the end", ["Certificate of attendance"]),
    ]


def test_a_series_says_at_which_session() -> None:
    series = workshop("series")
    items = [
        printed(KINDS[id])
        for id in ("workbook", "quote-cards", "commitment-card", "certificate", "guide", "room-posters")
    ]
    items += [printed(KINDS["run-sheet"], session=number) for number in (1, 2, 3, 4)]
    found = [(stage.when, [row.document for row in stage.rows]) for stage in prints_view(series, items).stages]
    whens = [when for when, _ in found]
    assert whens[0] == "For facilitators, throughout"
    assert [when.partition(":")[0] for when in whens[1:]] == sorted(when.partition(":")[0] for when in whens[1:])
    assert found[1] == ("Session 1: for facilitators", ["Run sheet"])
    assert found[2] == ("Session 1: 12:30pm, when people arrive", ["Workbook", "Posters and signs"])
    assert ["Quote cards"] in [documents for when, documents in found if when.startswith("Session 2: ")]
    assert found[-1][1] == ["Certificate of attendance"]
    assert whens[-1].startswith("Session 4: ")


def test_sheets_are_cut_folded_stapled_and_sorted() -> None:
    prints = half_day(quote_cards=6, workbook=14, evaluation_form=2, table_tents=4, commitment_card=1)
    assert {row.document: row.finishing for row in prints.rows} == {
        "Quote cards": ("Cut each sheet along its marks: 5 cuts across, 3 down.", "Sort into 4 sets."),
        "Workbook": ("Staple each copy once at the top left.",),
        "Evaluation form": (),  # 1 sheet needs no staple
        "Table tents": ("Fold along the 3 marks; the strips at the edges fold inwards.",),
        "Commitment cards": ("Cut each sheet into 4 along the marks, then each card into 2.",),
    }


@pytest.mark.parametrize(("stock", "across", "down"), [("a4-8-cards", 5, 3), ("a4-4-cards", 3, 3)])
def test_every_edge_that_cards_share_is_1_cut(stock: str, across: int, down: int) -> None:
    assert cuts(STOCKS[stock]) == (across, down)


def test_paper_is_told_from_paper() -> None:
    assert paper_of(KINDS["workbook"], Edition()).suffix == ""
    assert paper_of(KINDS["quote-cards"], Edition()).suffix == "-160gsm"
    assert paper_of(KINDS["workbook"], Edition("dyslexia", 14)) == Paper("A4", 80, cream=True)
    assert paper_of(KINDS["workbook"], Edition("dyslexia", 14)).suffix == "-cream"
    assert sold_as("l4785-badges") == "L4785"


def test_a_print_room_is_told_of_an_edition_in_its_own_row() -> None:
    editions = parse_editions("standard,large-print:2,mono")
    some = replace(workshop("half-day"), editions=editions)
    rows = prints_view(some, [printed(KINDS["certificate"], 1, edition) for edition in editions]).rows
    assert [(row.copies, row.reason, row.colour) for row in rows] == [
        (15, "13 people and 2 spares", "nicer in colour"),
        (2, "2 people asked", "nicer in colour"),
        (1, "in case somebody asks", "black and white"),
    ]


def test_the_names_of_files_are_read_out_as_english_in_a_welsh_pack() -> None:
    found = check(WORKSPACE, Order("half-day", "dyffryn-onnen", Request())).value
    assert found is not None
    welsh = found.library.language
    phrases = {**welsh.phrases, "print-guide.to_fold": Forms(other="Neu {path}.")}
    some = replace(found.workshop, language=replace(welsh, phrases=phrases))
    imprint = Imprint(Stamp("abc1234", "5 January 2027", "Built 5 January 2027, build abc1234"), found.palette)
    files = [printed(KINDS[id]) for id in ("materials-list", "workbook", "workbook-booklet")]
    facilitator = facilitator_view(some, imprint, workbook_pages={}, slide_numbers={})
    html = render(
        found.templates,
        "print-guide/page.html.j2",
        some.language,
        doc=print_guide_view(facilitator, some, files),
        palette=found.palette,
        document=KINDS["print-guide"],
        edition=Edition(),
    )
    page = document_fromstring(html)
    said = {span.text_content(): span.get("lang") for span in page.iter("span")}
    assert page.get("lang") == "cy"
    assert {item.path: said.get(item.path) for item in files} == {item.path: "en-GB" for item in files}


asked = st.lists(st.sampled_from(["large-print:2", "large-print-24", "dyslexia:1", "mono"]), unique=True, max_size=4)


def _sets_needed(kind: DocumentKind, some: Workshop) -> int:
    """A set for each group of the activity that has most; for each table where no activity asks for it."""
    using = [block.activity for block in some.blocks if block.activity]
    named = [a for a in using if any(m.document == kind.id and m.per == "table" for m in a.materials)]
    return max((len(sizes(some.attendees, a.groups, some.tables)) for a in named), default=some.tables)


@given(
    st.sampled_from(["half-day", "lunch", "series", "full-day"]),
    st.integers(8, 400),
    st.integers(1, 80),
    st.integers(0, 20),
    asked,
    st.dictionaries(st.sampled_from(sorted(KINDS)), st.integers(1, 40)),
)
def test_there_is_enough_for_everybody_and_the_totals_are_sums(
    plan: str, attendees: int, tables: int, spares: int, names: list[str], pages: dict[str, int]
) -> None:
    editions = editions_of(parse_editions(",".join(["standard", *names])), 0)
    some = replace(workshop(plan), attendees=attendees, tables=tables, spares=spares, editions=editions)
    items = [
        printed(kind, pages.get(kind.id, 1), edition)
        for kind in in_pack(tuple(KINDS.values()), some)
        for edition in made_in(kind, editions)
    ]
    prints = prints_view(some, items)
    rows = {row.path: row for row in prints.rows}
    assert len(rows) == len(prints.rows)
    for item in items:
        copies = copies_of(item.kind, some, item.edition)
        assert (item.path in rows) == (copies > 0 and item.kind.paper != "screen")
        if item.path in rows:
            assert rows[item.path].sheets == ceil(item.pages / item.kind.sides) * copies
    assert prints.sheets == sum(row.sheets for row in prints.papers) == sum(row.sheets for row in prints.rows)
    assert all(row.have > row.sheets for row in prints.papers)
    for kind in in_pack(tuple(KINDS.values()), some):
        if kind.copies and kind.copies.count and kind.paper != "screen":
            its = [item for item in items if item.kind.id == kind.id]
            served = sum(
                copies_of(item.kind, some, item.edition) * (item.kind.copies.to_a_sheet if item.kind.copies else 0)
                for item in its
            )
            needed = {"person": attendees, "table": _sets_needed(kind, some)}.get(kind.copies.per, 1)
            assert served >= needed + (spares if kind.copies.spares else 0)
