"""Line breaks: as many words on a line as it holds, whatever the spacing of its letters."""

from __future__ import annotations

from datetime import datetime
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from speaking import PROJECT

from kit.render.pdf import Asset, lay_out

FONTS = {
    f"fonts/{path.name}": Asset(path.read_bytes(), "font/ttf")
    for path in (PROJECT / "templates/shared/fonts").glob("*.ttf")
}
BASE = (PROJECT / "templates/shared/base.css").read_text("utf-8")
WORDS = "Which part was managing, which was leading, and would separating them have helped anyone? "
DYSLEXIA = "letter-spacing: .12em; word-spacing: .16em"


def lines_of(widths: list[float], style: str) -> list[list[tuple[str, float, float]]]:
    """For a paragraph of each of the widths in mm: its lines, with the width that each takes and that it may take."""
    paragraphs = "".join(f'<p style="width: {width}mm">{WORDS * 2}</p>' for width in widths)
    html = f'<html lang="en"><head><title>Lines</title></head><body>{paragraphs}</body></html>'
    sheets = [":root { --ink: #000; --ground: #fff; --brand: #000 }", BASE, f"body {{ font-size: 14pt; {style} }}"]
    laid = lay_out(html, sheets, FONTS, created=datetime(2027, 1, 5))
    found: list[list[tuple[str, float, float]]] = []
    for page in laid._document.pages:
        for box in page._page_box.descendants():
            if box.element_tag == "p" and box.children and type(box.children[0]).__name__ == "LineBox":
                lines = [(_text(line), sum(each.width for each in line.children), box.width) for line in box.children]
                found.append(lines)
    return found


def _text(line: Any) -> str:
    return "".join(getattr(box, "text", "") for box in line.children)


@pytest.mark.parametrize("style", ["", DYSLEXIA])
def test_no_word_stands_alone_on_a_line_that_had_room(style: str) -> None:
    """Every third of a millimetre of the widths at which words move from one line to the next."""
    for lines in lines_of([100 + step / 3 for step in range(150)], style):
        for (text, width, room), _ in pairwise(lines):
            assert width > room / 2, text


def test_what_must_stay_on_one_line_stays_on_it() -> None:
    (lines,) = lines_of([40], "white-space: nowrap")
    assert len(lines) == 1


@settings(max_examples=20, deadline=None)
@given(st.floats(40, 170), st.sampled_from(["", DYSLEXIA]))
def test_no_line_is_wider_than_its_box_and_no_word_is_lost(width: float, style: str) -> None:
    (lines,) = lines_of([width], style)
    assert " ".join(text for text, _, _ in lines).split() == (WORDS * 2).split()
    assert all(taken <= room + 0.01 for _, taken, room in lines)
