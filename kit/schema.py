"""JSON Schemas of the YAML files, so that an editor completes keys and marks mistakes while one types."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from kit.model.activity import Activity
from kit.model.article import Quotes, Source, Themes, Voices
from kit.model.brand import Brand
from kit.model.framework import Frameworks
from kit.model.kind import DocumentKind
from kit.model.moved import Moved
from kit.model.plan import Plan
from kit.model.task import Tasks
from kit.model.trust import Trust
from kit.model.words import Translation, Words
from kit.translations import OTHERS

MODELS: Mapping[str, type[BaseModel]] = {
    "activity": Activity,
    "brand": Brand,
    "document": DocumentKind,
    "frameworks": Frameworks,
    "moved": Moved,
    "plan": Plan,
    "quotes": Quotes,
    "source": Source,
    "tasks": Tasks,
    "themes": Themes,
    "trust": Trust,
    "translation": Translation,
    "voices": Voices,
    "words": Words,
}


def schemas() -> Mapping[str, str]:
    """The text of each schema by file name, as it stands in `content/schema`."""
    return {f"{name}.json": _text(name, model) for name, model in MODELS.items()}


TRANSLATED = ("activity", "frameworks", "plan", "source", "tasks", "themes", "trust", "voices")
"""The files in which a text may have its translation beside it."""

_TRANSLATION = {
    "description": "The texts of this entry in another language, under the same names.",
    "type": "object",
    "additionalProperties": {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]},
}


def _with_translations(schema: Any) -> Any:
    """The same schema, with room for another language in every entry."""
    if isinstance(schema, list):
        return [_with_translations(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    fuller = {key: _with_translations(value) for key, value in schema.items()}
    if fuller.get("additionalProperties") is False and "properties" in fuller:
        fuller["properties"] |= {tag: {"$ref": "#/$defs/Translation"} for tag in OTHERS}
    return fuller


def _text(name: str, model: type[BaseModel]) -> str:
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **model.model_json_schema()}
    if name in TRANSLATED:
        schema = _with_translations(schema)
        schema["$defs"] = {**schema.get("$defs", {}), "Translation": _TRANSLATION}
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
