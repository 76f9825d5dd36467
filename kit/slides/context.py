"""What every slide of a session’s deck is made from, and how its words and places are found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kit.model.document import ParticipantView
from kit.model.language import Language
from kit.model.page import SlideShape
from kit.model.workshop import Session, Workshop


@dataclass(frozen=True)
class Context:
    """One session, and what is known beside it when its deck is made."""

    workshop: Workshop
    """With this session alone."""
    session: Session
    participant: ParticipantView
    workbook_pages: Mapping[str, int]
    """The page of each handout by block id."""
    latest_ends: Mapping[str, int]
    """When each block must have ended, by its id, in minutes since midnight."""
    shape: SlideShape

    @property
    def language(self) -> Language:
        return self.workshop.language

    def say(self, name: str, /, **values: Any) -> str:
        """A phrase of the group `slides`."""
        return self.language.phrase(f"slides.{name}", **values)

    def place(self, role: str, *path: str | int) -> str:
        """Where the file of `role` has what `path` leads to: `content/plans/day.yaml:12:5`."""
        return str(self.workshop.texts[role].place(path))

    def place_in_plan(self, *path: str | int) -> str:
        return self.place(f"plan:{self.workshop.plan.id}", *path)

    def place_in_session(self, key: str) -> str:
        """Where the plan writes something of this session."""
        return self.place_in_plan(*(("sessions", self.session.number - 1) if self.session.of > 1 else ()), key)

    def place_of_change(self, target: str) -> str:
        """Where the trust sets something of this plan: `slide welcome/rules`."""
        plan = self.workshop.plan.id
        changes: list[Any] = self.workshop.texts["trust"].data["changes"][plan]
        position = next(at for at, change in enumerate(changes) if change.get("set") == target)
        return self.place("trust", "changes", plan, position)
