"""The schemas that editors use are those of the models, and every file names the one it follows."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from kit.schema import schemas

ROOT = Path(__file__).parents[1]
SCHEMAS = ROOT / "content" / "schema"
FILES = sorted(
    path
    for folder in ("content", "templates")
    for path in (ROOT / folder).rglob("*.y*ml")
    if path.suffix in (".yaml", ".yml")
)
KINDS = {"activities": "activity", "plans": "plan", "_brand": "brand", "en-GB": "words", "words": "translation"}


def test_the_schemas_on_disk_are_fresh() -> None:
    on_disk = {path.name: path.read_text("utf-8") for path in SCHEMAS.iterdir()}
    assert on_disk == schemas(), "Run: kit schema content/schema"


def test_every_model_of_a_file_has_a_schema_that_refuses_unknown_keys() -> None:
    for text in schemas().values():
        assert json.loads(text)["additionalProperties"] is False


@pytest.mark.parametrize("file", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_file_names_its_schema_in_its_first_line(file: Path) -> None:
    first = file.read_text("utf-8").splitlines()[0]
    named = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first)
    assert named, f"{file.name} begins with: {first}"
    schema = (file.parent / named[1]).resolve()
    assert schema.is_file()
    assert schema.parent == SCHEMAS
    assert schema.stem == KINDS.get(file.stem, KINDS.get(file.parent.name, file.stem))


def test_an_editor_takes_a_translation_beside_every_text() -> None:
    schema = json.loads(schemas()["trust.json"])
    assert schema["properties"]["cy"] == schema["$defs"]["Scenario"]["properties"]["gd"]
    assert "cy" not in json.loads(schemas()["quotes.json"])["$defs"]["Quote"]["properties"]
