"""The organisation's own words, put in safely."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.wording import BadPlaceholder, UnknownWord, Vocabulary, Wording, curly, has_placeholders, put_in

VOCABULARY = Vocabulary(
    trust={"name": "Oakfield Hospitals", "short": "Oakfield"},
    term={"unit": Wording("care group", "care groups"), "lead": Wording("HSC trust lead", "HSC trust leads")},
)


def test_names_and_their_forms_are_put_in() -> None:
    text = "{{ trust.short }}: {{ term.unit }}, {{term.unit.many}}, {{ term.unit.a }}, {{ term.unit.many_cap }}."
    assert put_in(text, VOCABULARY) == "Oakfield: care group, care groups, a care group, Care groups."


@pytest.mark.parametrize(
    ("phrase", "written"),
    [
        ("care group", "a care group"),
        ("HSC trust", "an HSC trust"),
        ("UK board", "a UK board"),
        ("unit", "a unit"),
        ("area", "an area"),
        ("honorary consultant", "an honorary consultant"),
    ],
)
def test_the_article_follows_the_sound(phrase: str, written: str) -> None:
    assert Wording(phrase, phrase).a == written


@pytest.mark.parametrize(
    "text",
    [
        "{{ trust.short.upper() }}",
        "{{ trust.short | upper }}",
        "{{ 7 * 7 }}",
        "{{ 'words' }}",
        "{{ trust['short'] }}",
        "{% for x in trust %}{{ x }}{% endfor %}",
        "{% include 'secrets' %}",
        "{{ trust.short",
        "{# a comment",
        "{{ range(999999) }}",
    ],
)
def test_anything_but_a_name_is_refused(text: str) -> None:
    with pytest.raises(BadPlaceholder):
        put_in(text, VOCABULARY)


@pytest.mark.parametrize(
    "name", ["trust.nickname", "term.unit.plural", "trust", "unit", "trust.__class__", "term.unit.__init__"]
)
def test_a_name_that_is_not_there_is_named(name: str) -> None:
    with pytest.raises(UnknownWord) as caught:
        put_in(f"{{{{ {name} }}}}", VOCABULARY)
    assert caught.value.name == name


@given(st.text(max_size=60))
def test_a_text_without_braces_stays_as_it_is(text: str) -> None:
    if not has_placeholders(text):
        assert put_in(text, VOCABULARY).splitlines() == text.splitlines()


@pytest.mark.parametrize(
    ("straight", "set_well"),
    [
        ("the King's Fund", "the King’s Fund"),
        ('She said "no" twice', "She said “no” twice"),
        ("'So what?' he asked", "‘So what?’ he asked"),
        ("in the '90s", "in the ’90s"),
        ('("yes")', "(“yes”)"),
        ('costs "£40 million" a year', "costs “£40 million” a year"),
        ('say *"now"* aloud', "say *“now”* aloud"),
        ("the *Lancet*'s view", "the *Lancet*’s view"),
        ("patients' letters", "patients’ letters"),
        ('a point—"so be it"', "a point—“so be it”"),
    ],
)
def test_straight_quotation_marks_are_set_as_a_typesetter_would(straight: str, set_well: str) -> None:
    assert curly(straight) == set_well


@given(st.text("ab '\"“”.-(", max_size=30))
def test_setting_quotation_marks_twice_changes_nothing_more(text: str) -> None:
    once = curly(text)
    assert curly(once) == once
    assert "'" not in once
    assert '"' not in once
