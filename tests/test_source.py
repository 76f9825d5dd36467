"""YAML as a person means it, and where everything stands."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.source import MAX_CHARACTERS, read_yaml


def data_of(text: str) -> Any:
    outcome = read_yaml(text, "file.yaml")
    assert outcome.value is not None
    assert outcome.diagnostics == ()
    return outcome.value.data


@pytest.mark.parametrize("word", ["09:30", "10:00", "no", "No", "on", "off", "yes", "y", "2027-01-14", "1_000", "<<"])
def test_what_looks_like_a_word_to_a_person_is_a_word(word: str) -> None:
    assert data_of(f"key: {word}") == {"key": word}
    assert data_of(f"{word}: value") == {word: "value"}


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("010", 10),
        ("7", 7),
        ("-3", -3),
        ("0x1f", 31),
        ("0o17", 15),
        ("1e3", 1000.0),
        ("2.50", 2.5),
        (".5", 0.5),
        ("~", None),
        ("null", None),
        ("", None),
        ("true", True),
        ("False", False),
        ('"no"', "no"),
        ("'010'", "010"),
        ('"~"', "~"),
    ],
)
def test_numbers_and_nothing_follow_the_core_schema(written: str, meant: object) -> None:
    found = data_of(f"key: {written}")["key"]
    assert (found, type(found)) == (meant, type(meant))


def test_a_very_long_run_of_digits_is_kept_as_written() -> None:
    assert data_of(f"key: {'7' * 5000}")["key"] == "7" * 5000


words = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"], exclude_characters="\ufffd\ufeff\x85")
)
plain = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**9), 10**9) | words,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(words, inner, max_size=4),
    max_leaves=12,
)


@given(plain)
def test_every_value_written_as_json_comes_back(value: object) -> None:
    assert data_of(json.dumps(value, ensure_ascii=False)) == value


@given(st.lists(st.tuples(st.from_regex(r"[a-z]{1,8}", fullmatch=True), words), unique_by=lambda pair: pair[0]))
def test_every_key_and_value_knows_its_place(pairs: list[tuple[str, str]]) -> None:
    lines = ["top:"] + [f"  {key}: '{text.replace(chr(39), chr(39) * 2)}'" for key, text in pairs]
    outcome = read_yaml("\n".join(lines), "file.yaml")
    assert outcome.value is not None
    for number, (key, _) in enumerate(pairs, 2):
        place = outcome.value.place(("top", key))
        assert (place.line, place.column) == (number, 2 + len(key) + 3)
        assert (outcome.value.place(("top", key), key=True).column) == 3


def test_a_column_counts_letters_and_not_bytes() -> None:
    outcome = read_yaml("é: {ö: “a”, ü: x}\n", "file.yaml")
    assert outcome.value is not None
    assert outcome.value.place(("é", "ü")).column == 16


def test_a_value_that_is_not_there_has_the_place_of_its_nearest_parent() -> None:
    outcome = read_yaml("a:\n  b: 1\n", "file.yaml")
    assert outcome.value is not None
    assert str(outcome.value.place(("a", "c", 3))) == "file.yaml:2:3"


def test_a_key_inside_a_repeated_block_keeps_the_place_of_its_first_writing() -> None:
    outcome = read_yaml("a:\n  b: 1\na:\n  b: 2\n", "file.yaml")
    assert [str(fault.place) for fault in outcome.diagnostics] == ["file.yaml:3:1"]
    assert outcome.value is not None
    assert outcome.value.data == {"a": {"b": 1}}
    assert outcome.value.place(("a", "b"), key=True).line == 2


def test_an_alias_stands_for_what_it_names() -> None:
    assert data_of("a: &x [1, 2]\nb: *x\n") == {"a": [1, 2], "b": [1, 2]}


def test_an_alias_to_the_list_it_stands_in_is_refused() -> None:
    outcome = read_yaml("a: &x [*x]\n", "file.yaml")
    assert [fault.code for fault in outcome.diagnostics] == ["yaml-alias"]


def test_a_file_of_any_size_is_refused_before_it_is_parsed() -> None:
    outcome = read_yaml("a" * (MAX_CHARACTERS + 1), "file.yaml")
    assert outcome.value is None
    assert [fault.code for fault in outcome.diagnostics] == ["yaml-too-large"]


def test_windows_line_ends_and_a_byte_order_mark_change_nothing() -> None:
    assert data_of("a: 1\r\nb: 2\r\n") == {"a": 1, "b": 2}


@given(st.text(max_size=80))
def test_no_text_makes_the_reader_fail(text: str) -> None:
    outcome = read_yaml(text, "file.yaml")
    assert outcome.value is not None or outcome.diagnostics
    for fault in outcome.diagnostics:
        assert fault.place is not None
        assert fault.place.line >= 1
