"""A repair of WeasyPrint 70's line breaks where letters are spaced out.

Pango leaves out of its count what is added after the last letter of a line, and WeasyPrint adds it afterwards. A line
that is then too wide is taken for a single long word, and its first word comes to stand on a line of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from importlib import import_module
from typing import Any

VERSION = "70.0"
"""What the repair was written for and tested with."""


@lru_cache(maxsize=1)
def install() -> None:
    """Put the repair in place, once for the process. RuntimeError for a version it was not written for."""
    found = import_module("weasyprint").__version__
    if found != VERSION:
        raise RuntimeError(f"the line breaks of weasyprint {VERSION} are repaired here, not those of {found}")
    line_break: Any = import_module("weasyprint.text.line_break")
    line_break.create_layout = _with_room_for_spacing(line_break.create_layout)


def _with_room_for_spacing(create: Callable[..., Any]) -> Callable[..., Any]:
    def wrapped(text: str, style: Any, context: Any, width: float | None, justification: float) -> Any:
        if width is not None and style["letter_spacing"] != "normal":
            width -= 2 * style["letter_spacing"] + style["word_spacing"]
        return create(text, style, context, width, justification)

    return wrapped
