"""Tasks of doctors in leadership roles, to be sorted by whether they are managing, leading or both."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from kit.model.entry import Entry, Id, Line

MOST_WORDS = 14
"""What can be read at arm's length from a card on the table."""

_PLACEHOLDER = re.compile(r"\{\{.*?\}\}")


def _short(text: str) -> str:
    words = len(_PLACEHOLDER.sub("word", text).split())
    if words > MOST_WORDS:
        raise ValueError(f"a task has {words} words; {MOST_WORDS} is the most")
    return text


TaskText = Annotated[Line, AfterValidator(_short)]
Answer = Literal["manage", "lead", "both"]


class Task(Entry):
    """Something that somebody has to do. `answer` and `why` are the facilitator's alone."""

    id: Id
    text: TaskText
    answer: Answer
    why: Line
    """One sentence: what speaks for the answer."""


class Tasks(Entry):
    """`tasks.yaml`."""

    tasks: Annotated[tuple[Task, ...], Field(min_length=1)]
