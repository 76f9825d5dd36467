"""Links: from the agenda to each section and back, and to pages of the web."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import datetime
from typing import Any

from pptx import Presentation
from pptx_lint import lint
from speaking import english

from kit.model.document import DeckView
from kit.render.deck import DeckBrand, build
from kit.render.html import render

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


def links(slide: Any) -> list[tuple[str, str]]:
    """The words of each link of a slide, and the id of the slide or the address that it leads to."""
    found = []
    for run in slide._element.iter(f"{A}r"):
        click = run.find(f"{A}rPr/{A}hlinkClick")
        if click is not None:
            relation = slide.part.rels[click.get(f"{R}id")]
            inside = click.get("action") == "ppaction://hlinksldjump"
            assert inside != relation.is_external
            target = relation.target_part._element.cSld.get("name") if inside else relation.target_ref
            found.append((run.findtext(f"{A}t"), target))
    return found


def made(view: DeckView, templates: dict[str, str], brand: DeckBrand, created: datetime) -> tuple[bytes, list[Any]]:
    html = render(templates, "deck/slides.html.j2", english, deck=view)
    data = build(html, view.title, brand, created).value
    assert data is not None
    return data, list(Presentation(io.BytesIO(data)).slides)


def test_the_agenda_leads_to_slides_and_they_lead_back(
    view: DeckView, templates: dict[str, str], brand: DeckBrand, created: datetime
) -> None:
    at = next(place for place, slide in enumerate(view.slides) if slide.agenda)
    ends = [place for place, slide in enumerate(view.slides) if slide.layout in ("activity", "break")]
    rows = len(view.slides[at].agenda)
    slides = list(view.slides)
    slides[at] = replace(slides[at], leads_to=(slides[ends[0]].id, slides[ends[1]].id, *[""] * (rows - 2)))
    for place in ends:
        slides[place] = replace(slides[place], back=slides[at].id)
    data, found = made(replace(view, slides=tuple(slides)), templates, brand, created)
    titles = [row.title for row in slides[at].agenda]
    assert links(found[at]) == [(titles[0], slides[ends[0]].id), (titles[1], slides[ends[1]].id)]
    for place in ends:
        assert links(found[place]) == [("Back to the agenda", slides[at].id)]
    assert lint(data) == []


def test_a_link_of_the_content_is_words_that_lead_to_its_address(
    view: DeckView, templates: dict[str, str], brand: DeckBrand, created: datetime
) -> None:
    at = next(place for place, slide in enumerate(view.slides) if slide.layout == "content")
    slides = list(view.slides)
    slides[at] = replace(slides[at], points=("Read [the page](https://example.org/page)",))
    data, found = made(replace(view, slides=tuple(slides)), templates, brand, created)
    assert links(found[at]) == [("the page", "https://example.org/page")]
    assert lint(data) == []


def test_words_that_lead_nowhere_are_only_words(
    view: DeckView, templates: dict[str, str], brand: DeckBrand, created: datetime
) -> None:
    at = next(place for place, slide in enumerate(view.slides) if slide.layout == "content")
    slides = list(view.slides)
    slides[at] = replace(slides[at], points=("Go to [the end](#nowhere)",))
    _, found = made(replace(view, slides=tuple(slides)), templates, brand, created)
    assert links(found[at]) == []
    assert "Go to the end" in [p.text for shape in found[at].placeholders for p in shape.text_frame.paragraphs]
