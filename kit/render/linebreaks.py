"""A repair of WeasyPrint 70's line breaking, which now and then leaves 1 word alone on its line.

Pango breaks a line where its words fit; measured once more, with the spacing of letters and the kerning of a last
space, the line may be wider than its box by a hair. WeasyPrint then takes all of it for 1 word that is too long, and
puts its first word on a line of its own: 1 line in 200 of plain text, 1 in 30 with the spacing of the edition for
dyslexia. Here such a line is broken again for a box that is a little narrower.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from importlib import import_module
from typing import Any

TRIES = 4
"""How often a line is broken again: each takes a quarter of an em off, and together they take off the widest space."""

WRAPPING = ("normal", "pre-wrap", "pre-line")
"""The values of `white-space` under which lines are broken where they have no more room (CSS Text 3)."""


@lru_cache(maxsize=1)
def install() -> None:
    """Put the repair in place, once for the process. `kit.render.tagging` refuses versions it was not written for."""
    breaking: Any = import_module("weasyprint.text.line_break")
    ffi: Any = import_module("weasyprint.text.ffi")
    breaking.Layout.get_first_line = _fitting(breaking.Layout.get_first_line, breaking.line_size, ffi)


def _fitting(first_line: Callable[..., Any], line_size: Callable[..., Any], ffi: Any) -> Callable[..., Any]:
    def fitting(layout: Any) -> Any:
        line, resume = first_line(layout)
        room = layout.max_width if layout.style["white_space"] in WRAPPING else None
        for _ in range(TRIES):
            if room is None or b" " not in layout.text.encode()[:resume].strip():
                break
            excess = line_size(line, layout.style)[0] - layout.max_width
            if excess <= 0:
                break
            room -= max(excess, layout.style["font_size"] / 4)
            ffi.pango.pango_layout_set_width(layout.layout, int(max(0, room) * ffi.TO_UNITS))
            line, resume = first_line(layout)
        return line, resume

    return fitting
