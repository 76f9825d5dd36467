"""What a trust's deck is built on: its PowerPoint template, or ours in that file's colours where it cannot be used."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from PIL import Image, UnidentifiedImageError

from kit.diagnostics import Diagnostic, Outcome
from kit.faults import near
from kit.model.brand import Brand, Palette
from kit.palette import contrast, derive
from kit.render.artwork import artwork
from kit.render.deck import DeckBrand, DeckLogo
from kit.render.deck.audit import House, taken
from kit.render.deck.corporate import Template
from kit.render.deck.design import MALFORMED, Corporate, Design, Own, Report, adapt
from kit.render.deck.grid import WIDE, Box, Grid
from kit.render.deck.package import Package, Refused
from kit.render.deck.theme import FONT
from kit.render.deck.typefaces import width
from kit.templatefile import TemplateFile

_LEAST_SEEN = 1.6
"""The least contrast of a logo, all its colours mixed, with the ground: a white one is not seen on white."""
_LARGEST_LOGO = 0.12
"""The share of a slide that a logo covers at the most; a larger picture is a ground."""


@dataclass(frozen=True)
class Basis:
    """A design, the brand to go with it, and what became of the file."""

    design: Design
    brand: DeckBrand
    line: str
    """One line for the end of a build."""
    report: Report | None = None
    """None where the deck is built on our own template."""


def house_of(brand: Brand | None, palette: Palette) -> House:
    """What a brand says that a theme can be held against."""
    type = brand.typography if brand else None
    text = (type.base.family if type and type.base else None) or ""
    headings = (type.headings.family if type and type.headings else None) or text
    return House(palette, headings, text, brand is not None)


def basis(file: TemplateFile, brand: DeckBrand, house: House, grid: Grid = WIDE) -> Outcome[Basis]:
    """What the deck is built on. There is no value where the file cannot be opened, or names a layout it lacks.

    `grid` is that of our own template, for where the file cannot be used.
    """
    try:
        made = adapt(file.data, file.layouts, house)
    except Refused as refused:
        if refused.package is None:
            return Outcome(None, (_unreadable(file, refused),))
        return _fallback(file, brand, house, grid, refused, refused.package)
    faults = tuple(_unknown_layouts(file, made.report.names))
    if faults:
        return Outcome(None, faults)
    line = f"Slides on {file.name}: {made.report.line}."
    return Outcome(Basis(made, brand, line, made.report), tuple(_unplaced(file, made)))


def _unreadable(file: TemplateFile, refused: Refused) -> Diagnostic:
    return Diagnostic(
        "template-unreadable",
        f"The deck cannot be built on “{file.name}”. {refused.reason}",
        f"{refused.advice} To build with the kit's own template for now, put a # before `deck_template`.",
        file.place,
    )


def _unknown_layouts(file: TemplateFile, names: tuple[str, ...]) -> Iterator[Diagnostic]:
    for kind, name in file.layouts.items():
        if name not in names:
            yield Diagnostic(
                "unknown-layout",
                f"“{file.name}” has no layout “{name}”. {near(name, names)}".strip(),
                f"Its layouts are: {', '.join(names)}." if names else "It has no layouts: take `layout_map` away.",
                file.places[kind],
            )


def _unplaced(file: TemplateFile, made: Corporate) -> Iterator[Diagnostic]:
    for kind, why in made.report.unplaced:
        yield Diagnostic(
            "layout-does-not-serve",
            f"The layout “{file.layouts[kind]}” cannot serve for slides of the kind “{kind}”: {why}.",
            "Choose another layout, or take the line away: the kit then finds one, or adds one in the same look.",
            file.places[kind],
            "warning",
        )


# Our own template in its colours -----------------------------------------------------------------


def _fallback(
    file: TemplateFile, brand: DeckBrand, house: House, grid: Grid, refused: Refused, package: Package
) -> Outcome[Basis]:
    palette, fonts, logo = _taken(package, brand, house)
    parts = ["colours"] if palette != brand.palette else []
    parts += ["fonts"] if fonts != (FONT, FONT) else []
    parts += ["logo"] if logo is not brand.logo else []
    took = f"Its {_listed(parts)} {'are' if len(parts) > 1 or parts == ['colours'] else 'is'} used." if parts else ""
    fault = Diagnostic(
        "template-not-used",
        f"The deck is not built on “{file.name}” but on the kit's own template. {refused.reason} {took}".strip(),
        refused.advice,
        file.place,
        "warning",
    )
    dressed = replace(brand, palette=palette, logo=logo)
    design = Own(palette, brand.name, grid, fonts)
    return Outcome(
        Basis(design, dressed, f"Slides on the kit's own template, since {file.name} cannot be used."), (fault,)
    )


def _listed(parts: list[str]) -> str:
    return " and ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else parts[0]


def _taken(package: Package, brand: DeckBrand, house: House) -> tuple[Palette, tuple[str, str], DeckLogo | None]:
    """Colours, fonts and logo of the file; what the brand says itself comes before them."""
    palette, fonts, logo = brand.palette, (FONT, FONT), brand.logo
    try:
        template = Template(package, whole=False)
        colours, headings, text = taken(template)
        pictures = tuple(template.pictures())
    except (Refused, *MALFORMED):
        return palette, fonts, logo
    if not house.given:
        palette = derive(None, None, colours["accent1"], colours["accent2"]).palette
    # Type that runs wider than ours could make a slide too full on the night before.
    if headings and text and max(width(headings), width(text)) <= 1:
        fonts = (headings, text)
    if logo is None:
        logo = _logo(template, pictures, brand.name, palette.ground)
    return palette, fonts, logo


def _logo(template: Template, pictures: Iterable[tuple[Box, Any, bytes]], name: str, ground: str) -> DeckLogo | None:
    """The picture on a master that is a logo: called one, or small."""
    slide = template.width * template.height
    found: list[tuple[bool, float, bytes, str]] = []
    for box, picture, data in pictures:
        words: Mapping[str, str] = picture.find(".//{*}cNvPr").attrib
        called = "logo" in f"{words.get('name', '')} {words.get('descr', '')}".lower()
        share = box.width * box.height / slide
        if share <= _LARGEST_LOGO:
            found.append((not called, share, data, words.get("descr") or name))
    for _, _, data, alt in sorted(found, key=lambda each: each[:2]):
        safe = artwork(data, None).value
        if safe is not None and _seen(data, ground):
            return DeckLogo(safe.data, safe.media, alt)
    return None


def _seen(data: bytes, ground: str) -> bool:
    try:
        with Image.open(io.BytesIO(data), formats=("PNG", "JPEG")) as opened:
            small = opened.convert("RGBA").resize((24, 24), Image.Resampling.BOX)
    except (OSError, ValueError, UnidentifiedImageError, Image.DecompressionBombError):
        return True
    flat = small.tobytes()
    solid = [flat[at : at + 3] for at in range(0, len(flat), 4) if flat[at + 3] > 100]
    if not solid:
        return False
    mean = [sum(pixel[channel] for pixel in solid) // len(solid) for channel in range(3)]
    return contrast("#" + "".join(f"{value:02x}" for value in mean), ground) >= _LEAST_SEEN
