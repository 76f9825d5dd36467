"""Validation errors as faults: pydantic's findings, with their place and in a facilitator's words."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from kit.diagnostics import Diagnostic, Outcome
from kit.source import Path, SourceText

M = TypeVar("M", bound=BaseModel)


def near(word: str, known: Iterable[str]) -> str:
    """`Did you mean “interlinked”?`, or an empty string when nothing is near."""
    matches = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f"Did you mean “{matches[0]}”?" if matches else ""


def validate(model: type[M], source: SourceText) -> Outcome[M]:
    """`source` as a `model`, or every reason why it is not one."""
    try:
        return Outcome(model.model_validate(source.data))
    except ValidationError as error:
        faults = tuple(_fault(model, source, found) for found in error.errors(include_url=False))
        return Outcome(None, tuple(dict.fromkeys(faults)))


def _fault(model: type[BaseModel], source: SourceText, found: Any) -> Diagnostic:
    path = _real_path(source.data, found["loc"])
    name = next((str(part) for part in reversed(path) if isinstance(part, str)), "the file")
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
            fields = sorted(_fields_at(model, found["loc"][:-1], source.data))
            hint = near(name, fields)
            return Diagnostic(
                "unknown-field",
                f"There is no field “{name}” here. {hint}".strip(),
                f"The fields are: {', '.join(fields)}." if fields else "Take the line away.",
                source.place(path, key=True),
            )
    message, advice = _sentence(name, found)
    return Diagnostic(_code(found), message, advice, source.place(path))


def _real_path(data: Any, loc: tuple[str | int, ...]) -> Path:
    """The part of pydantic's location that exists in the data: tags of unions and missing keys fall away."""
    path: list[str | int] = []
    for part in loc:
        if _holds(data, part):
            path.append(part)
            data = data[part]
    return tuple(path)


def _holds(data: Any, part: str | int) -> bool:
    if isinstance(data, list):
        return isinstance(part, int) and part < len(data)
    return isinstance(data, dict) and part in data


def _keys_at(data: Any, path: Path) -> list[str]:
    for part in path:
        data = data[part]
    return [str(key) for key in data] if isinstance(data, dict) else []


def _fields_at(model: Any, loc: tuple[str | int, ...], data: Any) -> set[str]:
    """The fields of the record that `loc` leads to, through lists, unions and optional values."""
    candidates = [model]
    for part in loc:
        following = [
            record.model_fields[part].annotation
            for candidate in candidates
            for record in _records(candidate)
            if isinstance(part, str) and part in record.model_fields
        ]
        candidates = following or candidates
        if _holds(data, part):
            data = data[part]
    records = [record for candidate in candidates for record in _records(candidate)]
    if len(records) > 1 and isinstance(data, dict):
        records = [r for r in records if _tag_agrees(r, data)] or records
    return {name for record in records for name in record.model_fields}


def _tag_agrees(record: type[BaseModel], data: dict[str, Any]) -> bool:
    for tag in ("kind", "layout"):
        if tag in record.model_fields and data.get(tag) in get_args(record.model_fields[tag].annotation):
            return True
    return any(tag in record.model_fields and tag in data for tag in ("set", "drop", "add"))


def _records(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [record for argument in get_args(annotation) for record in _records(argument)]


def _code(found: Any) -> str:
    kind = found["type"]
    if kind == "value_error":
        return "bad-time" if "not a time" in found["msg"] else "wrong-value"
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


def _sentence(name: str, found: Any) -> tuple[str, str]:
    kind, given, context = found["type"], _shown(found["input"]), found.get("ctx", {})
    match kind:
        case "value_error" if "not a time" in found["msg"]:
            return f"{given} is not a time of day.", "Write it as 09:30, 9:30am or midday."
        case "value_error":
            reason = found["msg"].removeprefix("Value error, ")
            return f"This {reason}." if reason.split()[0] in (
                "block",
                "break",
            ) else f"In “{name}”, {reason}.", "Change it."
        case "string_type":
            return f"“{name}” must be words, but is {given}.", "Put quotation marks around it."
        case "int_type" | "int_parsing" | "int_from_float":
            return f"“{name}” must be a whole number, but is {given}.", "Write a number without quotation marks."
        case "bool_type" | "bool_parsing":
            return f"“{name}” must be true or false, but is {given}.", "Write true or false."
        case "tuple_type" | "list_type":
            return f"“{name}” must be a list, but is {given}.", "Begin each item on its own line with a hyphen."
        case "dict_type" | "model_type" | "model_attributes_type":
            return f"“{name}” must be a set of keys, but is {given}.", "Write each key on its own line, indented."
        case "string_pattern_mismatch" if "a-z0-9" in str(context.get("pattern")):
            return (
                f"{given} is not an id.",
                "Use lower-case words and numbers joined by hyphens, as in quote-card-sort.",
            )
        case "string_pattern_mismatch":
            return f"“{name}” must stand on one line.", "Shorten it, or join the lines."
        case "string_too_long":
            return (
                f"“{name}” has {len(found['input'])} characters; {context['max_length']} is the most.",
                "Shorten it.",
            )
        case "string_too_short":
            return f"“{name}” is empty.", "Write something, or take the line away."
        case "too_short":
            return f"“{name}” needs at least {context['min_length']}.", "Add what is missing."
        case "too_long":
            return f"“{name}” may hold {context['max_length']} at the most.", "Take some away."
        case "greater_than_equal" | "greater_than":
            return f"“{name}” is {given}; it must be at least {context.get('ge', context.get('gt'))}.", "Change it."
        case "less_than_equal" | "less_than":
            return f"“{name}” is {given}; it must be at most {context.get('le', context.get('lt'))}.", "Change it."
        case "literal_error":
            return f"“{name}” cannot be {given}.", f"It is one of: {context['expected'].replace(chr(39), '')}."
        case "union_tag_invalid":
            expected = context["expected_tags"].replace("'", "")
            hint = near(str(context["tag"]), expected.split(", "))
            return f"There is no kind “{context['tag']}”. {hint}".strip(), f"It is one of: {expected}."
        case "union_tag_not_found":
            return "It is not clear what this is.", "Begin it with `set:`, `drop:`, `add:`, `kind:` or `layout:`."
        case _ if kind.startswith("date"):
            return f"{given} is not a date.", "Write it as 2027-01-14: year, month, day."
    return f"“{name}” is not right: {found['msg']}.", "Compare it with the examples in content."
