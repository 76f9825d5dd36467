"""Published frameworks that a plan can be mapped to: names only, with their version and source."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from kit.model.entry import Entry, Id, Line, Text
from kit.model.language import put_together


class Item(Entry):
    """One named part of a framework."""

    id: Id
    name: Line


class Framework(Entry):
    """A framework: whose it is, which version, and the names of its parts."""

    id: Id
    title: Line
    owner: Line
    version: Line
    status: Literal["current", "superseded", "provisional"] = "current"
    licence: Text
    checked: date
    items: Annotated[tuple[Item, ...], Field(min_length=1)]

    @property
    def title_and_version(self) -> str:
        return put_together("{title}, {version}", title=self.title, version=self.version)


class Frameworks(Entry):
    """`frameworks.yaml`."""

    frameworks: tuple[Framework, ...]
