"""What was renamed in the base: `content/moved.yaml`, so that whoever named it by its old name can follow."""

from __future__ import annotations

import re
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from kit.model.entry import Entry, Id

Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*$", max_length=60)]
"""An id, or the name of a term (`sub_unit`)."""


def _version(text: str) -> str:
    if not re.fullmatch(r"\d{1,4}\.\d{1,4}\.\d{1,4}", text):
        raise ValueError("a version has 3 numbers with points between them, as in 0.2.0")
    return text


Version = Annotated[str, AfterValidator(_version)]

MoveKind = Literal["plan", "activity", "block", "step", "slide", "document", "quote", "task", "term"]


class Move(Entry):
    """One new name. What it names is otherwise what it was: something else in its place is no new name."""

    kind: MoveKind
    from_: Name = Field(alias="from")
    to: Name
    since: Version
    """The first version of the kit that has the new name."""
    plan: Id | None = None
    """For a block: the plan that it is in; every plan when left out."""
    activity: Id | None = None
    """For a step or a slide: the activity that it belongs to."""

    @model_validator(mode="after")
    def _scope_fits_the_kind(self) -> Self:
        if self.kind in ("step", "slide") and self.activity is None:
            raise ValueError(f"a {self.kind} needs `activity`, whose {self.kind} it is")
        if self.kind not in ("step", "slide") and self.activity is not None:
            raise ValueError(f"a {self.kind} has no `activity`: that is for steps and slides")
        if self.kind != "block" and self.plan is not None:
            raise ValueError(f"a {self.kind} has no `plan`: that is for blocks")
        return self


class Moved(Entry):
    """`moved.yaml`, oldest first."""

    moved: tuple[Move, ...] = ()
