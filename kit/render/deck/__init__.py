"""The deck: semantic HTML in, an editable PowerPoint file out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from kit.diagnostics import Diagnostic, Outcome
from kit.model.brand import Palette
from kit.model.language import ENGLISH, Tag
from kit.render.deck.design import Design, Own
from kit.render.deck.read import read
from kit.render.deck.slides import Slide

if TYPE_CHECKING:
    from kit.render.deck.write import LogoImage

__all__ = ["DeckBrand", "DeckLogo", "build", "build_slides"]


@dataclass(frozen=True)
class DeckLogo:
    """A logo that has already been made safe; `media` is `image/png` or `image/svg+xml`."""

    data: bytes
    media: str
    alt: str


@dataclass(frozen=True)
class DeckBrand:
    """Whose deck it is: the name, the colours, and the logo, with a variant for dark grounds where there is one."""

    name: str
    palette: Palette
    logo: DeckLogo | None = None
    logo_on_dark: DeckLogo | None = None


REGIONS: Mapping[Tag, str] = {"en-GB": "en-GB", "cy": "cy-GB", "ga": "ga-IE", "gd": "gd-GB"}
"""What PowerPoint calls a language: it wants to know where it is spoken."""


def build(
    html: str,
    view_title: str,
    brand: DeckBrand,
    created: datetime,
    design: Design | None = None,
    language: Tag = ENGLISH,
    labels: Mapping[str, str] | None = None,
) -> Outcome[bytes]:
    """A .pptx of the slides in `html`, which is what `templates/deck/slides.html.j2` writes.

    `view_title` stands in the footer, `created` is the date of creation that the file claims, in UTC. `design` is
    what the deck is built on: our own template in the brand’s colours where it is left out.
    `labels` say in the file what it was made from.
    The same arguments give the same bytes. Text that is too long even at its least size is an error
    `text-does-not-fit`, and then there is no value; nothing is cut. What can be dealt out over several slides has been,
    by `paging`.
    """
    return build_slides(read(html), view_title, brand, created, design, language, labels)


def build_slides(
    given: Sequence[Slide],
    view_title: str,
    brand: DeckBrand,
    created: datetime,
    design: Design | None = None,
    language: Tag = ENGLISH,
    labels: Mapping[str, str] | None = None,
) -> Outcome[bytes]:
    """The same of slides as data."""
    from kit.render.deck.planning import faults, plan
    from kit.render.deck.write import Logos, Properties, write

    slides, repeated = _with_unique_titles(given)
    design = design or Own(brand.palette, brand.name or view_title)
    layouts = design.layouts
    plans = [plan(slide, layouts) for slide in slides]
    too_long = tuple(fault for planned in plans for fault in faults(planned))
    logo, unfit = _logo(brand.logo)
    on_dark, unfit_on_dark = _logo(brand.logo_on_dark)
    found = (*repeated, *too_long, *dict.fromkeys((*unfit, *unfit_on_dark)))
    if too_long:
        return Outcome(None, found)
    template = design.template(planned.layout for planned in plans)
    about = Properties(view_title, brand.name or view_title, created, REGIONS[language], labels or {})
    return Outcome(write(template, plans, view_title, Logos(logo, on_dark), about), found)


def _with_unique_titles(slides: Sequence[Slide]) -> tuple[tuple[Slide, ...], tuple[Diagnostic, ...]]:
    """Screen readers and the outline tell slides apart by title, so a title that comes again gets a number."""
    often = Counter(slide.title for slide in slides)
    seen: Counter[str] = Counter()

    def numbered() -> Iterator[Slide]:
        for slide in slides:
            seen[slide.title] += 1
            again = seen[slide.title] > 1
            yield replace(slide, title=f"{slide.title} ({seen[slide.title]})") if again else slide

    found = tuple(
        Diagnostic(
            "slide-title-repeats",
            f"{often[slide.title]} slides have the title “{slide.title}”; the later ones get a number.",
            "Give each slide a title of its own, so that people can tell them apart.",
            slide.place,
            "warning",
        )
        for slide in {s.title: s for s in reversed(slides)}.values()
        if often[slide.title] > 1
    )
    return tuple(numbered()), found


def _logo(logo: DeckLogo | None) -> tuple[LogoImage | None, tuple[Diagnostic, ...]]:
    from kit.render.deck.drawing import read_logo
    from kit.render.deck.write import LogoImage

    if logo is None:
        return None, ()
    if logo.media == "image/png":
        return LogoImage(logo.alt, png=logo.data), ()
    drawing = read_logo(logo.data)
    if isinstance(drawing, str):
        fault = Diagnostic(
            "logo-not-drawn",
            f"The SVG logo has {drawing}, which the deck cannot draw, so the title slide has no logo.",
            "Save the logo with flat shapes only, or as a PNG at least 1200 pixels wide.",
            severity="warning",
        )
        return None, (fault,)
    return LogoImage(logo.alt, drawing), ()
