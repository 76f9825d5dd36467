"""The wheel of themes: it can be counted, read and told."""

from __future__ import annotations

import pytest

from kit.check import Order, check
from kit.model.workshop import Workshop
from kit.wheel import HEIGHT, LINE, WIDTH, wheel
from kit.workspace import Workspace

LETTER = 2.0
"""Millimetres that a letter of a label takes, rounded up."""


@pytest.fixture(params=["taster", "half-day", "full-day", "series"])
def workshop(request: pytest.FixtureRequest, project: Workspace) -> Workshop:
    checked = check(project, Order(plan=request.param)).value
    assert checked is not None
    return checked.workshop


def test_a_ring_is_filled_for_every_block_on_a_theme(workshop: Workshop) -> None:
    drawn = wheel(workshop)
    assert [spoke.theme for spoke in drawn.spokes] == [theme.id for theme in workshop.article.themes]
    for spoke in drawn.spokes:
        on = [block for block in workshop.blocks if block.activity and spoke.theme in block.activity.themes]
        assert spoke.blocks == len(on) <= len(spoke.rings)


def test_the_words_say_what_the_drawing_shows(workshop: Workshop) -> None:
    drawn = wheel(workshop)
    for theme in workshop.article.themes:
        titles = [block.title for block in workshop.blocks if block.activity and theme.id in block.activity.themes]
        many = "no block" if not titles else "1 block" if len(titles) == 1 else f"{len(titles)} blocks"
        assert f"{theme.title}: {many}" in drawn.alt
        assert all(title in drawn.alt for title in titles)


def boxes(workshop: Workshop) -> list[tuple[float, float, float, float]]:
    """Left, top, right and bottom of every label."""
    found = []
    for spoke in wheel(workshop).spokes:
        wide = max(map(len, spoke.label)) * LETTER
        left = spoke.label_x - {"start": 0, "middle": wide / 2, "end": wide}[spoke.anchor]
        top = spoke.label_y - 3
        found.append((left, top, left + wide, top + LINE * len(spoke.label)))
    return found


def test_labels_stay_within_the_drawing_and_apart(workshop: Workshop) -> None:
    placed = boxes(workshop)
    for left, top, right, bottom in placed:
        assert left >= -WIDTH / 2
        assert right <= WIDTH / 2
        assert top >= -HEIGHT / 2
        assert bottom <= HEIGHT / 2
    for position, one in enumerate(placed):
        for other in placed[position + 1 :]:
            apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
            assert apart
