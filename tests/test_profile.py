"""What a trust says of itself, from its profile to what people read; and that what it leaves out leaves no hole."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html
from pydantic import BaseModel
from shaping import on_day
from speaking import english

from kit.catalogue import in_pack, kinds
from kit.compose import Imprint, facilitator_view, participant_view
from kit.correspondence import send_line, sending
from kit.faults import validate
from kit.lint.prose import passages
from kit.load import Library, load
from kit.localise import Request, localise
from kit.model.document import Occasion, Stamp
from kit.model.edition import STANDARD, editions_of
from kit.model.kind import DocumentKind
from kit.model.packview import CoverageView
from kit.model.trust import SurveyElement, Trust, Venue
from kit.model.workshop import Workshop
from kit.palette import OWN
from kit.printing import Printed, large_print
from kit.profile import PEOPLE_PROMISE, access_needs_by, privacy, survey, survey_message, way_out
from kit.qr import QUIET, WIDTH_MM, qr
from kit.render.html import render, render_text
from kit.slides import deck_view
from kit.source import read_yaml
from kit.startpage import index_view
from kit.timetable import occasion
from kit.unfilled import GAINS, unfilled
from kit.workspace import Workspace

ROOT = Path(__file__).parents[1]
PROJECT = Workspace(ROOT, ROOT)
EDITION = Imprint(Stamp("abc1234", "5 January 2027", "Built 5 January 2027, build abc1234"), OWN)
TODAY = date(2027, 1, 5)


@lru_cache(maxsize=1)
def northmoor() -> Library:
    found = load(PROJECT, plan=PROJECT.plan_file("half-day", None), trust=PROJECT.trust_folder("northmoor")).value
    assert found is not None
    return found


def with_profile(**changes: Any) -> Workshop:
    """Northmoor's half-day, its profile changed; `session` changes single fields of that."""
    library = northmoor()
    assert library.trust is not None
    if "session" in changes:
        changes["session"] = library.trust.session.model_copy(update=changes["session"])
    trust = library.trust.model_copy(update=changes)
    workshop = localise(replace(library, trust=trust), "half-day").value
    assert workshop is not None
    return workshop


# By when ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("deadline", "day", "told"),
    [
        (7, date(2027, 1, 14), "by Thursday 7 January 2027"),
        (date(2027, 1, 8), date(2027, 1, 14), "by Friday 8 January 2027"),
        (date(2027, 1, 8), None, "by Friday 8 January 2027"),
        (7, None, "at least 7 days before the session"),
        (1, None, "at least 1 day before the session"),
        (None, date(2027, 1, 14), ""),
    ],
)
def test_the_deadline_is_a_day_or_is_counted_back_from_the_session(
    deadline: date | int | None, day: date | None, told: str
) -> None:
    workshop = replace(on_day(with_profile(), day), access_needs_by=deadline)
    assert access_needs_by(workshop) == told


def test_a_day_goes_with_the_plan_that_the_date_is_for_and_a_number_of_days_with_every_plan() -> None:
    library = load(PROJECT, trust=PROJECT.trust_folder("northmoor")).value
    assert library is not None
    assert library.trust is not None
    for deadline, kept in ((date(2027, 1, 7), None), (7, 7)):
        session = library.trust.session.model_copy(update={"access_needs_by": deadline})
        changed = replace(library, trust=library.trust.model_copy(update={"session": session}))
        lunch = localise(changed, "lunch").value
        assert lunch is not None
        assert lunch.access_needs_by == kept


def test_a_day_after_the_session_is_a_fault_wherever_the_date_came_from() -> None:
    library = northmoor()
    assert library.trust is not None
    session = library.trust.session.model_copy(update={"access_needs_by": date(2027, 1, 14)})
    changed = replace(library, trust=library.trust.model_copy(update={"session": session}))
    assert localise(changed, "half-day").diagnostics == ()
    found = localise(changed, "half-day", Request(dates=(date(2027, 1, 13),))).diagnostics
    assert [fault.code for fault in found] == ["access-needs-after-session"]


# Copies ------------------------------------------------------------------------------------------


def workbook() -> DocumentKind:
    return next(kind for kind in kinds(PROJECT.templates(), english).value or () if kind.id == "workbook")


@pytest.mark.parametrize(
    ("asked", "attendees", "told"),
    [
        (0, 18, ""),
        (1, 18, "1 of the 18 workbooks in large print"),
        (18, 18, "18 of the 18 workbooks in large print"),
        (20, 18, "18 of the 18 workbooks in large print"),
        (1, 1, "the workbook in large print"),
    ],
)
def test_copies_in_large_print_are_among_those_of_the_people_who_come(asked: int, attendees: int, told: str) -> None:
    workshop = replace(with_profile(), editions=editions_of((), asked), attendees=attendees)
    assert large_print(workbook(), workshop) == told
    handed_out = workbook().model_copy(update={"copies": None})
    assert large_print(handed_out, workshop) == ""


def test_whoever_prints_packs_or_runs_the_session_is_told_of_large_print() -> None:
    workshop = with_profile()
    view = facilitator_view(workshop, EDITION, workbook_pages={}, slide_numbers={}, kinds=[workbook()])
    assert view.large_print == "2 of the 18 workbooks in large print"
    assert (view.packing[0].copies, view.packing[0].others) == (18, "and 2: large print, 18 point")
    printed = [Printed(workbook(), "w.pdf", "Workbook", 4, edition=edition) for edition in workshop.editions]
    rows = index_view(view, workshop, printed, CoverageView((), ())).prints.rows
    assert [row.copies for row in rows] == [18, 2]
    assert rows[0].reason == "16 people and 2 spares"
    assert "spares" not in rows[1].reason
    later = facilitator_view(workshop, EDITION, workbook_pages={}, slide_numbers={}, kinds=[])
    assert later.large_print == ""


# The venue ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given_", "told"),
    [
        ({}, ()),
        ({"fire_exit": "North door."}, (("Fire exit", "North door."),)),
        ({"assembly_point": "Car park"}, (("Assembly point", "Car park"),)),
        (
            {"fire_exit": "North door.", "assembly_point": "Car park"},
            (("Fire exit", "North door. Assembly point: Car park"),),
        ),
    ],
)
def test_the_way_out_and_where_to_gather_are_1_line(given_: dict[str, str], told: tuple[tuple[str, str], ...]) -> None:
    assert way_out(Venue(room="Hall", **given_), english) == told


def test_what_people_need_stands_where_they_look_for_it() -> None:
    found: Occasion = occasion(with_profile())
    assert [label for label, _ in found.access] == [
        *("Step-free access", "Hearing loop", "Accessible toilet", "Quiet room", "Parking")
    ]
    in_the_room = [label for label, _ in found.practical]
    assert "Parking" not in in_the_room
    assert set(found.way_out) < set(found.practical)
    deck = deck_view(with_profile(), with_profile().sessions[0], EDITION, workbook_pages={})
    told = [label for slide in deck.slides if slide.layout == "welcome" for label, _ in slide.facts]
    assert told == in_the_room


# Survey, feedback, privacy -----------------------------------------------------------------------


def test_the_scores_that_may_be_given_are_the_parts_of_the_people_promise_and_2_themes() -> None:
    framework = next(each for each in northmoor().frameworks if each.id == PEOPLE_PROMISE)
    assert set(get_args(SurveyElement)) == {item.id for item in framework.items} | {"staff-engagement", "morale"}


def test_a_bar_is_as_long_as_its_score_and_every_score_stands_beside_it_in_digits() -> None:
    workshop = with_profile()
    found = survey(workshop)
    assert found is not None
    assert workshop.organisation.survey is not None
    for score, written in zip(found.scores, workshop.organisation.survey.scores, strict=True):
        assert (float(score.score), float(score.length)) == (written.score, pytest.approx(written.score * 10))
    assert found.scores[0].name == "We are a team"
    assert found.source == "Northmoor staff survey, 2026"


def test_the_survey_has_a_slide_of_5_scores_at_the_most_in_the_first_session_alone() -> None:
    library = load(PROJECT, trust=PROJECT.trust_folder("northmoor")).value
    assert library is not None
    series = localise(library, "series").value
    assert series is not None
    decks = [deck_view(series, session, EDITION, workbook_pages={}) for session in series.sessions]
    shown = [[slide for slide in deck.slides if slide.id == "0-opening/survey"] for deck in decks]
    assert [len(slides) for slides in shown] == [1, 0, 0, 0]
    chart = shown[0][0].chart
    assert chart is not None
    assert chart.columns == ("What is scored", "Northmoor", "Benchmark")
    assert series.organisation.survey is not None
    scores = series.organisation.survey.scores[:5]
    assert [row[1:] for row in chart.rows] == [(f"{one.score:.1f}", f"{one.benchmark:.1f}") for one in scores]
    assert all(f"{name}: {score}, benchmark {benchmark}" in chart.alt for name, score, benchmark in chart.rows)
    assert shown[0][0].source == "Northmoor staff survey, 2026, out of 10"
    sources = [slide.subtitle for deck in decks for slide in deck.slides if slide.id == "0-closing/source"]
    assert sources == ["", "", "", "https://northmoor.example/workshop-feedback"]


def test_the_message_of_the_survey_is_counted_and_claims_nothing_else() -> None:
    workshop = with_profile()
    found = survey(workshop)
    assert found is not None
    told = survey_message(replace(found, scores=found.scores[:5]), workshop.language)
    assert told == "5 staff survey scores against the benchmark: 1 higher, 1 the same, 3 lower"
    alone = replace(found, scores=tuple(replace(score, benchmark="") for score in found.scores))
    assert survey_message(alone, workshop.language) == (
        "We are compassionate and inclusive scores highest here, 7.2 out of 10"
    )


def dark_modules(path: str) -> set[tuple[int, int]]:
    runs = re.findall(r"M(\d+) (\d+)h(\d+)v1h-(\d+)z", path)
    assert "".join(f"M{x} {y}h{n}v1h-{m}z" for x, y, n, m in runs) == path
    assert all(n == m for _, _, n, m in runs)
    return {(int(x) + step, int(y)) for x, y, n, _ in runs for step in range(int(n))}


ADDRESSES = st.text("abcdefghijklmnopqrstuvwxyz0123456789-/", min_size=1, max_size=95)


@given(ADDRESSES)
def test_the_code_is_that_of_the_address_with_4_white_modules_around_it(tail: str) -> None:
    import segno

    code = qr(f"https://example.org/{tail}")
    matrix = segno.make_qr(code.address, error="q", boost_error=False).matrix
    expected = {(x + QUIET, y + QUIET) for y, row in enumerate(matrix) for x, dark in enumerate(row) if dark}
    assert dark_modules(code.path) == expected
    assert QUIET >= 4
    assert code.modules == len(matrix) + 2 * QUIET
    assert float(code.size_mm) - 2 * float(code.quiet_mm) == pytest.approx(WIDTH_MM, abs=0.02)
    # A module finer than this is lost on office printers.
    assert WIDTH_MM / len(matrix) > 0.38


@pytest.mark.parametrize(
    ("address", "right"),
    [
        ("https://forms.example.org/a?b=c&d=%20#e", True),
        ("https://example.org", True),
        ("https://example.org:8443/x", True),
        ("http://example.org/x", False),
        ("example.org/x", False),
        ("https://example/x", False),
        ("https://example.org/a b", False),
        ("https://example.org/{{ trust.short }}", False),
        ("https://example.org/'", False),
        ("javascript:alert(1)", False),
        ("https://user@example.org/", False),
        (f"https://example.org/{'x' * 101}", False),
    ],
)
def test_only_a_whole_https_address_is_taken(address: str, right: bool) -> None:
    source = read_yaml(f"id: a\nname: A\nshort: A\nfeedback: {address!r}\n", "trust.yaml").value
    assert source is not None
    assert validate(Trust, source).failed is not right


def test_the_notices_are_sentences_whatever_stops_the_words_of_a_profile() -> None:
    workshop = with_profile()
    told = workshop.organisation.privacy
    assert told is not None
    stopped = told.model_copy(update={name: f"{getattr(told, name)}." for name in ("purpose", "retention", "contact")})
    changed = replace(workshop, organisation=replace(workshop.organisation, privacy=stopped))
    assert privacy(changed) == privacy(workshop)
    assert privacy(workshop) is not None


# What is not filled in ---------------------------------------------------------------------------

NOT_ASKED_FOR = {
    "language",
    "edition",
    # They hold a value whether or not somebody writes it, or are a choice and not a gap.
    *("kind", "nation", "session", "session.plan", "session.end", "layout_map", "changes"),
    *(f"terms.{name}" for name in ("unit", "sub_unit", "executive_doctor", "clinical_director")),
    *("terms.clinical_lead", "terms.general_manager"),
    *("print", "print.flip", "print.back_offset", "print.cards"),
    *(f"print.cards.{name}" for name in ("stock", "flip", "copies_of_each")),
}


def optional_fields(model: type[BaseModel], before: str = "") -> Iterator[str]:
    """Every field of a profile that may be left out, in records and lists of records too."""
    for name, field in model.model_fields.items():
        if not field.is_required():
            yield f"{before}{name}"
        if name != "changes":
            for inner in inner_models(field.annotation):
                yield from optional_fields(inner, f"{before}{name}.")


def inner_models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from inner_models(argument)


def test_every_optional_field_of_a_profile_says_what_it_adds() -> None:
    assert list(GAINS) == [field for field in optional_fields(Trust) if field not in NOT_ASKED_FOR]


def test_an_empty_profile_gains_everything_and_what_stands_within_a_gap_is_not_told_beside_it() -> None:
    bare = Trust(id="bare", name="Bare", short="Bare")
    fields = [gain.field for gain in unfilled(bare)]
    assert fields == [name for name in GAINS if not name.startswith(("venue.", "survey."))]
    roomy = bare.model_copy(update={"venue": Venue(room="Hall", wifi="Open")})
    fields = [gain.field for gain in unfilled(Trust.model_validate(roomy.model_dump(exclude_unset=True)))]
    assert "venue.parking" in fields
    assert not {"venue", "venue.room", "venue.wifi"} & set(fields)


def test_nought_is_an_answer() -> None:
    answered = Trust.model_validate({"id": "a", "name": "A", "short": "A", "session": {"large_print": 0, "spares": 0}})
    fields = [gain.field for gain in unfilled(answered)]
    assert not {"session.large_print", "session.spares"} & set(fields)


def test_the_worked_example_uses_every_field_but_those_it_has_no_use_for() -> None:
    trust = northmoor().trust
    assert trust is not None
    assert [gain.field for gain in unfilled(trust)] == ["session.slot", "session.tables", "cpd"]


# No holes ----------------------------------------------------------------------------------------

FIELDS = ("contact", "cpd", "policies", "survey", "feedback", "privacy", "facilitators", "scenarios")
IN_VENUE = tuple(name for name, field in Venue.model_fields.items() if not field.is_required())
IN_SESSION = ("date", "start", "large_print", "access_needs_by", "spares")
EMPTY = {"policies": (), "facilitators": (), "scenarios": (), "date": (), "large_print": 0}
OF_FACILITATORS = ("guide", "run-sheet", "register", "sponsor-brief", "materials-list")
SHOWN = (
    *("workbook", "joining-instructions", "evaluation-form", "certificate", "room-posters", *OF_FACILITATORS),
    *("joining-email", "invitation", "follow-up-3-months", "deck", "index"),
)


@lru_cache(maxsize=1)
def base_documents() -> tuple[Mapping[str, str], dict[str, DocumentKind]]:
    """The templates, and what each document is, by name: read once for all examples."""
    templates = PROJECT.templates()
    return templates, {kind.id: kind for kind in kinds(templates, english).value or ()}


def documents(workshop: Workshop) -> Iterator[tuple[str, str]]:
    """Every document that shows something of a profile, as HTML or as text."""
    templates, known = base_documents()
    packed = in_pack(tuple(known.values()), workshop)
    participant = participant_view(workshop, EDITION)
    facilitator = facilitator_view(workshop, EDITION, workbook_pages={}, slide_numbers={}, kinds=packed)
    printed = [Printed(kind, kind.path, kind.title, 2, send_line(kind, workshop, TODAY)) for kind in packed]
    index = index_view(facilitator, workshop, printed, CoverageView((), ()))
    for name in SHOWN:
        kind = known[name]
        if name == "deck":
            deck = deck_view(workshop, workshop.sessions[0], EDITION, workbook_pages={})
            yield name, render(templates, "deck/slides.html.j2", english, deck=deck)
            continue
        letter = replace(participant, sending=sending(kind, workshop, packed, TODAY, "northmoor"))
        view = index if name == "index" else facilitator if name in OF_FACILITATORS else letter
        if kind.output in ("text", "calendar"):
            yield name, render_text(templates, f"{name}/page.txt.j2", english, doc=view, document=kind, first=True)
        else:
            context = {"doc": view, "palette": OWN, "document": kind, "edition": STANDARD, "logo_data": ""}
            yield name, render(templates, f"{name}/page.html.j2", english, **context)


def lines_of(name: str, text: str) -> Iterator[str]:
    """The words of each element, or of each line of a plain text."""
    if not text.lstrip().startswith("<"):
        yield from text.splitlines()
        return
    for element in html.fromstring(text).iter("p", "h1", "h2", "h3", "li", "dt", "dd", "th", "td", "title"):
        if not element.xpath("ancestor-or-self::*[@aria-hidden]"):
            yield " ".join(part for part in element.text_content().split(" ") if part.strip("\n") or part == "")


HOLES = re.compile(r"\bNone\b|\[\w|\(\)|“”|, ,|,,|;;|\.\.(?!\.)|: ?\.|\s[,;.](?:\s|$)|^[,;.:]|, *$|\{\{|at +\.|by +\.")


# Each example draws every document.
@settings(max_examples=25)
@given(
    st.sets(
        st.sampled_from([*FIELDS, *(f"venue.{n}" for n in IN_VENUE), *(f"session.{n}" for n in IN_SESSION), "venue"])
    )
)
def test_whatever_a_profile_leaves_out_leaves_no_hole(left_out: set[str]) -> None:
    trust = northmoor().trust
    assert trust is not None
    assert trust.venue is not None
    changes: dict[str, Any] = {name: EMPTY.get(name) for name in FIELDS if name in left_out}
    changes["session"] = {name: EMPTY.get(name) for name in IN_SESSION if f"session.{name}" in left_out}
    changes["venue"] = (
        None
        if "venue" in left_out
        else trust.venue.model_copy(update={name: None for name in IN_VENUE if f"venue.{name}" in left_out})
    )
    for name, text in documents(with_profile(**changes)):
        for line in lines_of(name, text):
            assert line.strip() == "Dear colleague," or not HOLES.search(line), (name, line)
            assert "  " not in line.strip() or name not in ("joining-email", "deck"), (name, line)


# Organisations of other kinds --------------------------------------------------------------------

OUR_OWN = re.compile(
    r"\b(?:your|our|this|the) (?:NHS )?(?:trust|hospital)(?:’s|s)?\b|\bNHS (?:trust|staff|organisation)s?\b", re.I
)


def test_the_base_speaks_of_no_organisation_as_a_trust() -> None:
    library = load(PROJECT).value
    assert library is not None
    ours = [(role, text) for role, text in library.texts.items() if role.split(":")[0] in ("activity", "plan", "tasks")]
    assert [(str(each.place), each.words) for each in passages(ours) if OUR_OWN.search(each.words)] == []


@pytest.mark.parametrize(
    ("name", "kind", "nation"),
    [
        ("Cwm Tawel University Health Board", "health board", "Wales"),
        ("Lough Shore Health and Social Care", "HSC trust", "Northern Ireland"),
    ],
)
def test_a_health_board_and_an_hsc_trust_are_never_called_nhs_or_a_trust(name: str, kind: str, nation: str) -> None:
    workshop = with_profile()
    organisation = replace(workshop.organisation, name=name, short=name.split()[0], survey=None, policies=())
    seen = replace(workshop, organisation=organisation, scenarios=(), changes=())
    trust = Trust.model_validate({"id": "a", "name": name, "short": "A", "kind": kind, "nation": nation})
    assert (trust.kind, trust.nation) == (kind, nation)
    for document, text in documents(seen):
        for line in lines_of(document, text):
            assert not OUR_OWN.search(line.replace("An NHS organisation in England", "")), (document, line)
