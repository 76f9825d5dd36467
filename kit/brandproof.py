"""A brand's proof sheet: what a communications team is shown before it agrees, as finished words and colours."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from kit import __version__
from kit.load import Library
from kit.model.brand import Brand, Palette
from kit.model.document import House
from kit.model.timeline import Bar, Tick, Timeline
from kit.palette import Derived, contrast, grey, shown

BRAND_PROOF = "brand-proof"

_USES = (
    ("Primary", "brand", "Headings, slide bands", "primary"),
    ("Text", "ink", "All running text", "foreground"),
    ("Background", "ground", "Paper; text on the primary", "background"),
    ("Secondary", "accent", "Charts, slides", "secondary"),
    ("Pale tint", "tint", "Behind text in drawings", None),
    ("Quieter text", "muted", "Footers and times on slides", None),
    ("Rules", "hairline", "Fine lines, never text", None),
)
"""Each colour of a palette: its name, its field, where it is used, and the use of brand.yml that gives it."""


@dataclass(frozen=True)
class Swatch:
    """One colour, with its measured contrasts in words; an empty string where it is never used so."""

    name: str
    colour: str
    """`#5B2A57`"""
    use: str
    origin: str
    """`heather, as given`, or what it was made from."""
    on_background: str
    """As text or shape on the background: `10.8`."""
    under_text: str
    """Of text on it: `10.8`."""


@dataclass(frozen=True)
class ChartBar:
    """A bar of the sample chart: its colour, and the grey that a black and white printer makes of it."""

    name: str
    colour: str
    grey: str
    share: float
    """Its height, 0 to 1."""


@dataclass(frozen=True)
class SampleQuote:
    """The words of the sample card."""

    text: str
    speaker: str
    post: str
    citation: str
    theme: str
    symbol: str


@dataclass(frozen=True)
class BrandProofView:
    """All that the proof sheet shows."""

    title: str
    house: House
    made: str
    """`Made on 25 November 2026 with kit 0.1.0`"""
    swatches: tuple[Swatch, ...]
    changes: tuple[str, ...]
    """What packs show otherwise than the brand says, and why."""
    logo_on_dark: bool
    permission: str
    chart: tuple[ChartBar, ...]
    timeline: Timeline
    quote: SampleQuote


def brand_proof_view(library: Library, derived: Derived, today: date) -> BrandProofView:
    """The proof sheet of the brand in `library`, which may have none: the kit's own colours are shown then."""
    palette, trust, files = derived.palette, library.trust, library.files
    name = trust.name if trust else ""
    alt = files.logo.alt if files.logo else ""
    return BrandProofView(
        title="Brand proof",
        house=House(name, trust.short if trust else "", bool(files.logo), alt, palette),
        made=f"Made on {library.english.short_date(today)} with kit {__version__}",
        swatches=tuple(_swatches(palette, library.brand, {change.role for change in derived.changes})),
        changes=tuple(_changes(library, derived)),
        logo_on_dark=files.logo_on_dark is not None,
        permission=_permission(library.brand),
        chart=tuple(
            ChartBar(f"Colour {number}", colour, grey(colour), share)
            for number, (colour, share) in enumerate(zip(palette.series, (1, 0.72, 0.5, 0.86), strict=True), 1)
        ),
        timeline=_timeline(),
        quote=_quote(library),
    )


def _swatches(palette: Palette, brand: Brand | None, changed: set[str]) -> Iterator[Swatch]:
    for name, field, use, role in _USES:
        colour = str(getattr(palette, field))
        given = getattr(brand.color, role) if brand and role else None
        text = palette.ground if field in ("brand", "accent") else palette.ink
        yield Swatch(
            name,
            colour.upper(),
            use,
            _origin(field, role, given, changed, palette),
            "" if field in ("ground", "tint") else shown(contrast(colour, palette.ground)),
            "" if field in ("ink", "muted", "hairline") else shown(contrast(text, colour)),
        )


def _origin(field: str, role: str | None, given: str | None, changed: set[str], palette: Palette) -> str:
    if role is None:
        return "from the text colour" if field == "muted" else "from the primary colour"
    if given:
        return f"changed from {given}" if role in changed else f"{given}, as given"
    return "as the primary colour" if field == "accent" and palette.accent == palette.brand else "the kit’s own"


def _changes(library: Library, derived: Derived) -> Iterator[str]:
    brand = library.brand
    if brand is None:
        yield "There is no _brand.yml yet, so packs use the kit’s own colours."
    for change in derived.changes:
        yield (
            f"{change.pair.words}: {change.given.upper()} has {shown(change.ratio)} to 1, and text needs "
            f"{change.pair.least}. Packs use {change.used.upper()}: {shown(change.reached)} to 1."
        )
    if library.files.fonts:
        yield "Slides stay in Arial: a deck cannot carry a font, and not every machine has yours."
    elif brand is not None and brand.typography is not None:
        yield "The brand names fonts that have no file here, so packs are set in the kit’s own type."


def _permission(brand: Brand | None) -> str:
    if brand is None or brand.logo is None:
        return "There is no logo: packs show the name."
    if brand.logo.permission:
        return "Its use is agreed to."
    return "Until its use is agreed to, packs leave it out."


def _quote(library: Library) -> SampleQuote:
    """A whole sentence of about 13 words where there is one, which fits a card of this size."""
    article = library.article
    quote = min(article.quotes, key=lambda each: (not each.text[0].isupper(), abs(each.words - 13), each.id))
    voice, theme = article.voice(quote.voice), article.theme(quote.themes[0])
    post = f"{voice.post}, in {article.source.year}"
    return SampleQuote(quote.text, voice.name, post, article.source.short_citation, theme.title, theme.symbol)


_BLOCKS = (("Welcome", 10, "must"), ("In pairs", 25, "must"), ("Break", 15, "break"), ("Cases", 25, "should"))
_LAST = ("Close", 15, "could")


def _timeline() -> Timeline:
    """A made-up session of 90 minutes that has every kind of block."""
    bars: list[Bar] = []
    start = 0
    for number, (title, minutes, look) in enumerate((*_BLOCKS, _LAST), 1):
        pause = look == "break"
        bars.append(
            Bar(
                block=title.lower(),
                title=title,
                clock="",
                minutes=minutes,
                kind="break" if pause else "activity",
                priority="should" if look == "should" else "could" if look == "could" else "must",
                number=0 if pause else number - (number > 3),
                x=start / 90,
                width=minutes / 90,
            )
        )
        start += minutes
    times = (("9am", 0), ("9:30am", 30), ("10am", 60), ("10:30am", 90))
    ticks = tuple(Tick(label, at / 90, on_the_hour=at % 60 == 0) for label, at in times)
    return Timeline(tuple(bars), ticks, "A sample timeline: blocks that must, should and could run, and a break.")
