"""The wheel of themes: it can be counted, read and told."""

from __future__ import annotations

import pytest

from kit.check import Order, check
from kit.model.workshop import Workshop
from kit.render.deck.fit import advance
from kit.wheel import ON_A_NARROW_SLIDE, ON_A_SLIDE, ON_PAPER, Proportions, wheel
from kit.workspace import Workspace

WIDER = 1.05
"""How much wider than Arial any of our type may run."""


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


def boxes(workshop: Workshop, size: Proportions) -> list[tuple[float, float, float, float]]:
    """Left, top, right and bottom of every label."""
    found = []
    for spoke in wheel(workshop, size).spokes:
        wide = max(advance(line, size.size) for line in spoke.label) * WIDER
        left = spoke.label_x - {"start": 0, "middle": wide / 2, "end": wide}[spoke.anchor]
        top = spoke.label_y - 0.8 * size.size
        found.append((left, top, left + wide, top + size.line * len(spoke.label)))
    return found


@pytest.mark.parametrize(
    "size", [ON_PAPER, ON_A_SLIDE, ON_A_NARROW_SLIDE], ids=["on paper", "on a slide", "on a narrow slide"]
)
def test_labels_stay_within_the_drawing_and_apart(workshop: Workshop, size: Proportions) -> None:
    placed = boxes(workshop, size)
    for left, top, right, bottom in placed:
        assert left >= -size.width / 2
        assert right <= size.width / 2
        assert top >= -size.height / 2
        assert bottom <= size.height / 2
    for position, one in enumerate(placed):
        for other in placed[position + 1 :]:
            apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
            assert apart
