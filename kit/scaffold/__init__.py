"""The first files of a trust's folder: text that says what each line is for, with examples to uncomment.

Nothing of the base is copied: what an organisation does not say stays with the base, which can improve under it.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files

from jinja2 import Environment, StrictUndefined, Template

from kit import __version__
from kit.drift import lock_text
from kit.model.lock import Lock
from kit.scaffold.answers import KINDS, NATIONS, Answers, listed
from kit.scaffold.copying import scalar, schema_line

FILES = {"trust.yaml": "trust.yaml.j2", "_brand.yml": "brand.yml.j2", "logo/README.txt": "logo.txt.j2"}
"""Every file of a new folder that is made from a text, and that text."""


def trust_files(answers: Answers, schemas: Mapping[str, str | None]) -> dict[str, bytes]:
    """The files of a new trust by their path in its folder.

    `schemas` are the ways from that folder to the schemas `trust` and `brand`, None where there is none. In the texts,
    `# words` is a note and `#key: value` an example: with the # taken away it is right as it stands.
    """
    heads = {"trust.yaml": schema_line(schemas["trust"]), "_brand.yml": schema_line(schemas["brand"])}
    given = {"answers": answers, "kinds": listed(KINDS), "nations": listed(NATIONS)}
    made = {path: (heads.get(path, "") + _text(name).render(given)).encode() for path, name in FILES.items()}
    return made | {"kit.lock": lock_text(Lock(kit=__version__)).encode()}


@lru_cache(maxsize=1)
def _environment() -> Environment:
    made = Environment(undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True)
    made.filters["yaml"] = scalar
    return made


def _text(name: str) -> Template:
    return _environment().from_string(files("kit.scaffold").joinpath(name).read_text("utf-8"))
