"""Validation errors as faults: pydantic's findings, with their place and in a facilitator's words."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from types import NoneType, UnionType
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from kit.diagnostics import Diagnostic, Outcome
from kit.model.change import VERBS
from kit.source import Path, SourceText
from kit.translations import translation_faults, untranslated

M = TypeVar("M", bound=BaseModel)


def near(word: str, known: Iterable[str]) -> str:
    """`Did you mean “interlinked”?`, or an empty string when nothing is near."""
    match = nearest(word, known)
    return f"Did you mean “{match}”?" if match else ""


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The one of `known` that is spelt much like `word`, if there is one."""
    return next(iter(difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)), None)


def validate(model: type[M], source: SourceText) -> Outcome[M]:
    """`source` as a `model`, or every reason why it is not one."""
    try:
        entry = model.model_validate(untranslated(source.data))
    except ValidationError as error:
        found = (each for each in error.errors(include_url=False) if not _is_echo(each))
        return Outcome(None, tuple(dict.fromkeys(_fault(model, source, each) for each in found)))
    return Outcome(entry, tuple(translation_faults(source, entry)))


def _is_echo(found: Any) -> bool:
    """Whether a list counts as too short only because its items, which are faults of their own, fell away."""
    return bool(found["type"] == "too_short" and len(found["input"]) >= found["ctx"]["min_length"])


def _fault(model: type[BaseModel], source: SourceText, found: Any) -> Diagnostic:
    path, _ = _walk(model, source.data, found["loc"])
    name = next((str(part) for part in reversed(path) if isinstance(part, str)), "")
    match found["type"]:
        case "missing":
            missing = str(found["loc"][-1])
            known = ", ".join(f"“{key}”" for key in _keys_at(source.data, path))
            return Diagnostic(
                "missing-field",
                f"The field “{missing}” is missing here.",
                f"Add a line `{missing}: ...`." + (f" The fields that are there: {known}." if known else ""),
                source.place(path),
            )
        case "extra_forbidden":
            _, records = _walk(model, source.data, found["loc"][:-1])
            fields = sorted({field for record in records for field in _fields(record)})
            hint = near(name, fields)
            return Diagnostic(
                "unknown-field",
                f"There is no field “{name}” here. {hint}".strip(),
                f"The fields are: {', '.join(fields)}.",
                source.place(path, key=True),
            )
        case "literal_error" if found["loc"][-1] == "[key]":
            allowed = re.findall(r"'([^']+)'", found["ctx"]["expected"])
            hint = near(name, allowed)
            return Diagnostic(
                "unknown-field",
                f"There is no field “{name}” here. {hint}".strip(),
                f"The fields are: {', '.join(allowed)}.",
                source.place(path, key=True),
            )
        case "union_tag_invalid":
            path = (*path, found["ctx"]["discriminator"].strip("'"))
    message, advice = _sentence(f"“{name}”" if name else "This file", found)
    return Diagnostic(_code(found), message, advice, source.place(path))


def _walk(model: type[BaseModel], data: Any, loc: tuple[str | int, ...]) -> tuple[Path, list[type[BaseModel]]]:
    """The part of pydantic's location that exists in the data, and the records that may stand at its end.

    A location names the tags of unions too, and a tag may be called like a field (`quote`, `set`), so only
    the model can tell the two apart.
    """
    annotation: Any = model
    path: list[str | int] = []
    for part in loc:
        choices = _choices(annotation)
        records = _records(choices)
        if len(records) > 1:
            annotation = next((record for record in records if _has_tag(record, part)), annotation)
            continue
        if records and part in (fields := _fields(records[0])):
            annotation = fields[str(part)]
        elif get_origin(choices[0]) in (tuple, dict):
            annotation = [each for each in get_args(choices[0]) if each is not Ellipsis][-1]
        if _holds(data, part):
            path.append(part)
            data = data[part]
    return tuple(path), _records(_choices(annotation))


def _choices(annotation: Any) -> list[Any]:
    """The types that an annotation allows, without its constraints and without None."""
    if get_origin(annotation) is Annotated:
        return _choices(get_args(annotation)[0])
    if get_origin(annotation) in (Union, UnionType):
        return [choice for each in get_args(annotation) if each is not NoneType for choice in _choices(each)]
    return [annotation]


def _records(choices: list[Any]) -> list[type[BaseModel]]:
    return [choice for choice in choices if isinstance(choice, type) and issubclass(choice, BaseModel)]


def _fields(record: type[BaseModel]) -> dict[str, Any]:
    """The annotation of each field by the key that people write: `line-height`."""
    return {field.alias or name: field.annotation for name, field in record.model_fields.items()}


def _has_tag(record: type[BaseModel], tag: str | int) -> bool:
    named = (record.model_fields[name].annotation for name in ("kind", "layout") if name in record.model_fields)
    return (
        any(tag in get_args(annotation) for annotation in named)
        or (tag in VERBS and tag in record.model_fields)
        or tag == record.__name__.lower()
    )


def _holds(data: Any, part: str | int) -> bool:
    if isinstance(data, list):
        return isinstance(part, int) and part < len(data)
    return isinstance(data, dict) and part in data


def _keys_at(data: Any, path: Path) -> list[str]:
    for part in path:
        data = data[part]
    return [str(key) for key in data] if isinstance(data, dict) else []


_VALUES = {
    "not a time": "bad-time",
    "not a date": "bad-date",
    "not the address of a page": "malformed-link",
}
"""What a model's own checks say, and the code that people see."""


def _code(found: Any) -> str:
    kind = found["type"]
    if kind == "value_error":
        return next((code for sign, code in _VALUES.items() if sign in found["msg"]), "wrong-value")
    if kind in ("string_too_long", "string_too_short", "too_long", "too_short"):
        return "wrong-length"
    if kind in ("literal_error", "union_tag_invalid", "string_pattern_mismatch") or kind.startswith(
        ("greater", "less")
    ):
        return "wrong-value"
    return "wrong-type"


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return "a set of keys"
    if isinstance(value, list):
        return "a list"
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "true" if value else "false"
    text = str(value)
    return f"“{text if len(text) <= 40 else text[:37] + '...'}”"


def _sentence(subject: str, found: Any) -> tuple[str, str]:
    kind, given, context = found["type"], _shown(found["input"]), found.get("ctx", {})
    match kind:
        case "value_error" if "not a date" in found["msg"]:
            return f"{given} is not a date.", "Write it as 2027-01-14, 14/1/2027 or 14 January 2027."
        case "value_error" if "not a time" in found["msg"]:
            return f"{given} is not a time of day.", "Write it as 09:30, 9:30am or midday."
        case "value_error" if "not the address of a page" in found["msg"]:
            return (
                f"{given} is not a whole address that begins with https://.",
                "Copy the whole of it from the browser, from https:// to the end.",
            )
        case "value_error":
            reason = found["msg"].removeprefix("Value error, ")
            first = reason.split()[0]
            if first in ("block", "break"):
                return f"This {reason}.", "Change it."
            if first == "a":
                return f"{reason[:1].upper()}{reason[1:]}.", "Change it."
            return f"In {subject.replace('This', 'this')}, {reason}.", "Change it."
        case "string_type" if found["input"] is None:
            return (
                f"{subject} is empty.",
                "Write something after the colon. A word that begins with # needs quotation marks around it.",
            )
        case "string_type":
            return f"{subject} must be words, but is {given}.", "Put quotation marks around it."
        case "int_type" | "int_parsing" | "int_from_float":
            return f"{subject} must be a whole number, but is {given}.", "Write a number without quotation marks."
        case "float_type":
            return f"{subject} must be a number, but is {given}.", "Write it with a point and no quotation marks: 6.8."
        case "bool_type" | "bool_parsing":
            return f"{subject} must be true or false, but is {given}.", "Write true or false."
        case "tuple_type" | "list_type":
            return f"{subject} must be a list, but is {given}.", "Begin each item on its own line with a hyphen."
        case "model_type" if subject == "“minutes”":
            return (
                f"“minutes” must be a number of minutes, but is {given}.",
                "Write `minutes: 5`, or `minutes: {least: 3, best: 5, most: 8}`.",
            )
        case "dict_type" | "model_type" | "model_attributes_type":
            return f"{subject} must be a set of keys, but is {given}.", "Write each key on its own line, indented."
        case "string_pattern_mismatch" if "a-z0-9" in str(context.get("pattern")):
            return (
                f"{given} is not an id.",
                "Use lower-case words and numbers joined by hyphens, as in quote-card-sort.",
            )
        case "string_pattern_mismatch":
            return f"{subject} must stand on one line.", "Shorten it, or join the lines."
        case "string_too_long":
            return (
                f"{subject} has {len(found['input'])} characters; {context['max_length']} is the most.",
                "Shorten it.",
            )
        case "string_too_short":
            return f"{subject} is empty.", "Write something, or take the line away."
        case "too_short":
            return f"{subject} needs at least {context['min_length']}.", "Add what is missing."
        case "too_long":
            return f"{subject} may hold {context['max_length']} at the most.", "Take some away."
        case "greater_than_equal" | "greater_than":
            return f"{subject} is {given}; it must be at least {context.get('ge', context.get('gt'))}.", "Change it."
        case "less_than_equal" | "less_than":
            return f"{subject} is {given}; it must be at most {context.get('le', context.get('lt'))}.", "Change it."
        case "literal_error":
            return f"{subject} cannot be {given}.", f"It is one of: {context['expected'].replace(chr(39), '')}."
        case "union_tag_invalid":
            expected = context["expected_tags"].replace("'", "")
            hint = near(str(context["tag"]), expected.split(", "))
            return f"There is no kind “{context['tag']}”. {hint}".strip(), f"It is one of: {expected}."
        case "union_tag_not_found":
            return (
                "It is not clear what this is.",
                "Begin it with one of: set, drop, add, replace, move; a part with `kind:`, a slide with `layout:`.",
            )
        case _ if kind.startswith("date"):
            return f"{given} is not a date.", "Write it as 2027-01-14: year, month, day."
    return f"{subject} is not right: {found['msg']}.", "Compare it with the examples in content."
