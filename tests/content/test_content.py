"""The real content: sound as data, and written as the house writes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from kit.check import Order, check, check_all
from kit.compose import Imprint, participant_view, quoted
from kit.load import Library, load
from kit.localise import localise
from kit.model.document import Stamp
from kit.slides import deck_view
from kit.startpage import coverage_view
from kit.workspace import Workspace

ROOT = Path(__file__).parents[2]
CONTENT = ROOT / "content"
QUOTED = CONTENT / "article" / "quotes.yaml"
EXACT = {"article/source.yaml": {"title"}, "frameworks.yaml": {"name", "title", "owner"}}
"""Words that are not ours to change: the names of an article and of frameworks."""

MOST_WORDS_TO_DO = 25


@dataclass(frozen=True)
class Said:
    """One text of the content: where it stands, the key it is given under, and its words."""

    file: str
    key: str
    words: str

    def __str__(self) -> str:
        return f"{self.file}, {self.key}: {self.words}"


def texts(value: Any, file: str, key: str) -> Iterator[Said]:
    if isinstance(value, str):
        yield Said(file, key, " ".join(value.split()))
    elif isinstance(value, list):
        for item in value:
            yield from texts(item, file, key)
    elif isinstance(value, dict):
        for name, item in value.items():
            yield from texts(item, file, str(name))


def everything() -> list[Said]:
    """All words of the content but the quotations and the names that are not ours."""
    found = []
    for path in sorted([*CONTENT.rglob("*.yaml"), *CONTENT.rglob("*.yml")]):
        if path == QUOTED:
            continue
        name = path.relative_to(CONTENT).as_posix()
        data = yaml.safe_load(path.read_text("utf-8"))
        found += [said for said in texts(data, name, "") if said.key not in EXACT.get(name, ())]
    assert len(found) > 500
    return found


ALL = everything()
SPOKEN = re.compile(r"“[^”]*”|\"[^\"]*\"")
PLACEHOLDER = re.compile(r"\{\{.*?\}\}")


def matching(pattern: str, *, spoken: bool = True, flags: re.RegexFlag = re.IGNORECASE) -> list[str]:
    """Every text in which `pattern` stands; without `spoken`, words in quotation marks are not looked at."""
    compiled = re.compile(pattern, flags)
    return [str(said) for said in ALL if compiled.search(said.words if spoken else SPOKEN.sub("", said.words))]


@pytest.fixture(scope="module")
def library(project: Workspace) -> Library:
    loaded = load(project)
    assert loaded.value is not None
    return loaded.value


def all_activities(project: Workspace) -> Iterator[Any]:
    for trust in (None, *project.trusts().values()):
        loaded = load(project, trust=trust).value
        assert loaded is not None
        yield from loaded.activities.values()


# Sound as data -----------------------------------------------------------------------------------


def test_the_content_has_neither_faults_nor_warnings(project: Workspace) -> None:
    assert check_all(project) == ()


def test_every_theme_has_an_activity_and_a_quotation(library: Library) -> None:
    worked_on = {theme for activity in library.activities.values() for theme in activity.themes}
    spoken_of = {theme for quote in library.article.quotes for theme in quote.themes}
    ids = {theme.id for theme in library.article.themes}
    assert ids - worked_on == set()
    assert ids - spoken_of == set()


def test_every_theme_is_worked_on_in_3_plans_and_in_2_activities(library: Library) -> None:
    sessions = {plan: localise(library, plan).value for plan in library.plans}
    matrix = coverage_view(library, sessions)
    assert len(matrix.plans) == 8
    for row in matrix.rows:
        assert len(row.activities) >= 2, row.theme
        assert sum(bool(number) for number in row.blocks) >= 3, row.theme


@pytest.mark.parametrize("trust", [None, "northmoor", "harrowfen"])
def test_every_voice_is_heard_in_every_plan_of_an_hour(project: Workspace, trust: str | None) -> None:
    library = load(project, trust=project.trust_folder(trust) if trust else None).value
    assert library is not None
    for plan in project.entries("plans", None):
        workshop = localise(library, plan).value
        assert workshop is not None
        heard = {quote.voice for quote in quoted(workshop)}
        if workshop.minutes >= 60:
            assert heard == {voice.id for voice in workshop.article.voices}, plan


def test_a_trust_in_northern_ireland_is_not_told_that_it_is_the_nhs(project: Workspace) -> None:
    """But for what one of the 6 was, and for a licence that there is in England."""
    checked = check(project, Order("close-to-home", "harrowfen", strict=True)).value
    assert checked is not None
    assert checked.workshop.minutes == 90
    edition = Imprint(Stamp("abc1234", "5 January 2027", "Built 5 January 2027"), checked.palette)
    session = checked.workshop.sessions[0]
    views = (
        participant_view(checked.workshop, edition),
        deck_view(checked.workshop, session, edition, workbook_pages={}),
    )
    said = " ".join(str(view) for view in views)
    assert "Harrowfen Health and Social Care Trust" in said
    assert set(re.findall(r"\w+ NHS \w+", said)) == {"former NHS manager", "An NHS organisation"}


def test_every_plan_is_mapped_to_frameworks_and_says_what_can_be_left_out(library: Library) -> None:
    for plan in library.plans.values():
        assert len(plan.frameworks) >= 2, plan.id
        assert {"must", "should"} <= {block.priority for block in plan.all_blocks}, plan.id


def test_every_plan_mixes_its_methods(library: Library) -> None:
    for plan in library.plans.values():
        used = [library.activities[block.activity] for block in plan.all_blocks if block.activity]
        assert len({activity.groups.kind for activity in used}) >= (2 if len(used) > 3 else 1), plan.id


def test_a_theme_is_credited_to_everyone_quoted_on_it(library: Library) -> None:
    for quote in library.article.quotes:
        for theme in quote.themes:
            assert quote.voice in library.article.theme(theme).voices, f"{quote.id} on {theme}"


# What people do ----------------------------------------------------------------------------------


def test_what_to_do_can_be_read_from_the_back_of_the_room(project: Workspace) -> None:
    long = [
        f"{activity.id}, {step.id}: {len(step.do.split())} words"
        for activity in all_activities(project)
        for step in activity.steps
        if len(PLACEHOLDER.sub("word", step.do).split()) > MOST_WORDS_TO_DO
    ]
    assert long == []


def test_nobody_reads_the_slide_aloud(project: Workspace) -> None:
    for activity in all_activities(project):
        for step in activity.steps:
            for sentence in re.split(r"(?<=[.!?])\s+", step.do):
                assert len(sentence.split()) < 4 or sentence not in (step.say or ""), f"{activity.id}, {step.id}"


def test_every_step_has_something_to_watch_or_to_say(project: Workspace) -> None:
    bare = [
        f"{activity.id}, {step.id}"
        for activity in all_activities(project)
        for step in activity.steps
        if not step.say and not step.watch
    ]
    assert bare == []


# As the house writes -----------------------------------------------------------------------------

AMERICAN = (
    r"\b\w+(?:organiz|recogniz|prioritiz|realiz|summariz|utiliz|analyz|minimiz|maximiz|emphasiz)\w*|"
    r"\b(?:organiz|recogniz|prioritiz|realiz|summariz|analyz|minimiz|emphasiz)\w*|"
    r"\b(?:behavior|color|labor|favor|honor|center|theater|program|fulfill|skillful|enroll|judgement call|"
    r"gray|catalog|dialog|traveled|canceled|modeling|practicing|anesthes\w+|pediatric\w*|defense)s?\b"
)
CONTRACTIONS = r"\w+n['’]t\b|\b(?:it|that|there|what|let|he|she|who)['’]s\b|\b\w+['’](?:re|ve|ll|d)\b|\bI['’]m\b"
JARGON = (
    r"\bjourneys?\b|\bleverag|\bunpack|\blearnings\b|\bdeep[ -]dive|\breach(?:es|ed|ing)? out\b|\bgoing forward\b|"
    r"\btouch base\b|\bbuy-in\b|\bsynerg|\bkey takeaways?\b|\bmove the needle\b|\bholistic|\bsafe space\b|\bempower"
)
TITLES = {"title", "heading", "caption"}
NAMES = {
    *("West", "Michael", "Gordon", "Lisi", "Fielden", "Jonathan", "Wilson", "Peter", "Gillam", "Stephen", "Bird"),
    *("Simon", "Limb", "Troika", "Northmoor", "University", "Hospitals", "GP", "GPs", "NHS", "BMJ", "I", "Friday"),
}


def test_the_search_for_words_finds_what_it_looks_for() -> None:
    for pattern, words in (
        (AMERICAN, "we organize the center"),
        (CONTRACTIONS, "you don’t, and it's fine"),
        (JARGON, "your learning journey; we reached out"),
    ):
        assert len(re.findall(pattern, words)) == 2
    assert not re.search(AMERICAN, "the programme of the organisation, in the centre, by size, a prize")
    assert not re.search(CONTRACTIONS, "the patients’ and the King’s letters")


def test_spelling_is_british() -> None:
    ours = [said for said in matching(AMERICAN) if "Liberating Structures" not in said]
    assert ours == []


def test_nothing_is_contracted_outside_quotation_marks() -> None:
    assert matching(CONTRACTIONS, spoken=False) == []


def test_nothing_is_said_in_management_speak() -> None:
    assert matching(JARGON) == []


def test_titles_are_in_sentence_case_and_are_not_questions() -> None:
    wrong = []
    for said in ALL:
        if said.key not in TITLES:
            continue
        later = re.split(r"\W+", PLACEHOLDER.sub("", re.sub(r"(?:^|[:.?] )\W*\w+", "", said.words)))
        if said.words.endswith("?") or any(len(word) > 1 and word[0].isupper() and word not in NAMES for word in later):
            wrong.append(str(said))
    assert wrong == []


def test_times_are_written_as_the_house_writes_them() -> None:
    prose = [said for said in ALL if said.key not in ("start", "date", "checked")]
    assert [str(said) for said in prose if re.search(r"\b\d{1,2}[:.]\d{2}\b(?!\s?(?:am|pm))", said.words)] == []
    assert [str(said) for said in prose if re.search(r"\d\s+(?:am|pm)\b|\d(?:AM|PM)\b", said.words)] == []


def test_ranges_are_written_with_to() -> None:
    prose = [said for said in ALL if said.key not in ("source", "reading", "by")]
    assert [str(said) for said in prose if re.search(r"(?<![\w-])\d+\s?[-–]\s?\d+(?![\w-])", said.words)] == []


def test_nothing_is_left_unfinished() -> None:
    assert matching(r"\bTODO\b|\bTBC\b|\bTBD\b|lorem ipsum|\bxxx\b") == []
