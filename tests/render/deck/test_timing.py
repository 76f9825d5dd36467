"""The timer: it starts on a click, lasts as long as it says, and nothing advances by itself."""

from __future__ import annotations

import io
import re
from datetime import datetime

import pytest
from pptx import Presentation

from kit.model.document import DeckView
from kit.render.deck import DeckBrand, build

NS = {
    "p": "http://schemas.openxmlformats.org/presentationml/2006/main",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
}


@pytest.fixture
def deck(html: str, view: DeckView, brand: DeckBrand, created: datetime) -> bytes:
    made = build(html, view.title, brand, created).value
    assert made is not None
    return made


def test_a_bar_wipes_away_over_the_minutes_of_the_slide(deck: bytes, view: DeckView) -> None:
    timed = 0
    for given, slide in zip(view.slides, Presentation(io.BytesIO(deck)).slides, strict=True):
        animated = slide._element.findall("p:timing", NS)
        assert len(animated) == bool(given.timer)
        if not given.timer:
            continue
        timed += 1
        (wipe,) = slide._element.iterfind(".//p:animEffect", NS)
        assert (wipe.get("transition"), wipe.get("filter")) == ("out", "wipe(right)")
        assert wipe.find(".//p:cTn", NS).get("dur") == str(given.timer * 60_000)
        (bar,) = (shape for shape in slide.shapes if shape.name == "Timer")
        assert {target.get("spid") for target in slide._element.iter(f"{{{NS['p']}}}spTgt")} == {str(bar.shape_id)}
        assert given.ends in bar._element.nvSpPr.cNvPr.get("descr")
        words = " ".join(shape.text_frame.text for shape in slide.placeholders if shape.has_text_frame)
        assert given.ends.removeprefix("until ") in words
    assert timed >= 3


def test_it_waits_for_a_click_and_no_slide_advances_by_itself(deck: bytes) -> None:
    for slide in Presentation(io.BytesIO(deck)).slides:
        assert not slide._element.findall(".//p:transition", NS)
        for effect in slide._element.iterfind(".//p:cTn[@presetClass]", NS):
            assert effect.get("nodeType") == "clickEffect"
            waits = [cond.get("delay") for cond in slide._element.iterfind(".//p:cond", NS)]
            assert waits[0] == "indefinite"


def test_a_timer_covers_no_words(deck: bytes) -> None:
    for slide in Presentation(io.BytesIO(deck)).slides:
        bars = [shape for shape in slide.shapes if shape.name == "Timer"]
        for bar in bars:
            for other in slide.placeholders:
                apart = other.top >= bar.top + bar.height or other.top + other.height <= bar.top
                beside = other.left >= bar.left + bar.width or other.left + other.width <= bar.left
                assert apart or beside, re.sub(r"\s+", " ", f"{slide.slide_layout.name}: {other.name}")
