"""JSON Schemas of the YAML files, so that an editor completes keys and marks mistakes while one types."""

from __future__ import annotations

import json
from collections.abc import Mapping

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


def _text(name: str, model: type[BaseModel]) -> str:
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **model.model_json_schema()}
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
