"""What a deck says in its file of how it was built: written with it, and read when it comes back edited."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from pydantic import ValidationError

from kit.localise import NOTHING_ASKED, Request
from kit.model.page import SlideShape
from kit.model.record import Asked


@dataclass(frozen=True)
class Labels:
    """How a deck was built. What a file does not tell, or tells wrongly, is empty."""

    plan: str = ""
    trust: str = ""
    """The trust's id; empty for the base."""
    session: int = 1
    language: str = ""
    """The language that it speaks, such as `cy`: a bilingual edition has a deck in each."""
    build: str = ""
    built_on: date | None = None
    request: Request = NOTHING_ASKED
    pages: Mapping[str, int] = field(default_factory=dict)
    """The page of each handout in the workbook, by block id."""
    shape: SlideShape | None = None
    """The shape of its slides; that of the trust where it is left out."""

    @property
    def written(self) -> Mapping[str, str]:
        """The same as texts by the names of `identity.LABELS`."""
        request = self.request
        asked = Asked(
            dates=request.dates,
            start=request.start,
            attendees=request.attendees,
            tables=request.tables,
            spares=request.spares,
            slides=self.shape,
            minutes=request.minutes,
            end=request.end,
        )
        texts = {
            "plan": self.plan,
            "trust": self.trust,
            "session": str(self.session),
            "language": self.language,
            "build": self.build,
            "built on": self.built_on.isoformat() if self.built_on else "",
            "asked for": asked.model_dump_json(exclude_defaults=True) if asked != Asked() else "",
            "pages": ",".join(f"{id}={page}" for id, page in self.pages.items()),
        }
        return {name: text for name, text in texts.items() if text}


def read_labels(given: Mapping[str, str]) -> Labels:
    """What the labels of a file say. They may have been edited: none is taken at more than its word."""
    try:
        asked = Asked.model_validate_json(given.get("asked for") or "{}")
    except ValidationError:
        asked = Asked()
    session = given.get("session", "")
    return Labels(
        plan=given.get("plan", ""),
        trust=given.get("trust", ""),
        session=max(1, int(session)) if session.isdecimal() and len(session) < 3 else 1,
        language=given.get("language", ""),
        build=given.get("build", ""),
        built_on=_day(given.get("built on", "")),
        request=Request(
            asked.dates, asked.start, asked.attendees, asked.tables, asked.spares, minutes=asked.minutes, end=asked.end
        ),
        pages=dict(_pages(given.get("pages", ""))),
        shape=asked.slides,
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _pages(text: str) -> Iterator[tuple[str, int]]:
    for part in text.split(","):
        id, _, page = part.partition("=")
        if page.isdecimal() and len(page) < 5:
            yield id, int(page)
