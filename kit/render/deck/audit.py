"""The theme of a template against the brand: what differs, and the stock colours of Office replaced."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from lxml import etree

from kit.model.brand import Palette
from kit.palette import contrast
from kit.render.deck import theme as own
from kit.render.deck.colouring import ACCENTS, theme_colours
from kit.render.deck.corporate import Template
from kit.render.deck.ooxml import A, serialise
from kit.render.deck.package import Package

STOCK = (
    "4f81bd c0504d 9bbb59 8064a2 4bacc6 f79646",
    "5b9bd5 ed7d31 a5a5a5 ffc000 4472c4 70ad47",
    "4472c4 ed7d31 a5a5a5 ffc000 5b9bd5 70ad47",
    "156082 e97132 196b24 0f9ed5 a02b93 4ea72e",
    "18a303 0369a3 a33e03 8e03a3 c99c00 c9211e",
)
"""Accents that come with Office of 2007, 2013, 2016 and 2023, and with LibreOffice: nobody's brand."""
_STRAY = ("consolas", "courier new", "lucida console", "comic sans ms", "wingdings")
_FONTS = {"majorFont": "headings", "minorFont": "text"}


@dataclass(frozen=True)
class House:
    """What the brand says: its colours, the typefaces it names for headings and text, and whether there is one."""

    palette: Palette
    headings: str = ""
    text: str = ""
    given: bool = False


def audited(template: Template, house: House) -> tuple[Package, tuple[str, ...]]:
    """The template's package with its stock colours replaced by the brand's, and every difference in a sentence."""
    parts = dict(template.package.parts)
    found: list[str] = []
    for master in template.masters:
        for name in template.package.parts[master].targets("theme"):
            root = template.xml(name)
            found += _differences(root, house)
            if house.given and _stock(root):
                parts[name] = replace(parts[name], data=_branded(root, house))
    return Package(parts, template.package.main), tuple(dict.fromkeys(found))


def _stock(theme: etree._Element) -> bool:
    colours = theme_colours(theme)
    return " ".join(colours[name][1:] for name in ACCENTS) in STOCK


def _differences(theme: etree._Element, house: House) -> Iterator[str]:
    if _stock(theme):
        yield (
            "Its theme had the stock colours of Office, which nobody chose: the deck has your brand’s in their place."
            if house.given
            else "Its theme has the stock colours of Office. Colours in _brand.yml would take their place."
        )
    elif house.given:
        has = set(theme_colours(theme).values())
        for role, wanted in (("primary", house.palette.brand), ("secondary", house.palette.accent)):
            if not any(_alike(wanted, each) for each in has):
                yield f"Its theme does not have the brand’s {role} colour, {wanted.upper()}. The theme’s own are used."
    for tag, what in _FONTS.items():
        face = _face(theme, tag)
        named = house.headings if tag == "majorFont" else house.text
        if face.lower() in _STRAY:
            yield f"Its theme sets {what} in {face}, which nobody may have meant."
        elif house.given and named and named.lower() != face.lower():
            yield f"Its theme sets {what} in {face}, where the brand names {named}."


def _alike(one: str, other: str) -> bool:
    """Whether two colours are the same to the eye: a file may have been through a program that rounds them."""
    near = all(abs(int(one[at : at + 2], 16) - int(other[at : at + 2], 16)) <= 6 for at in (1, 3, 5))
    return near and contrast(one, other) < 1.1


def _face(theme: etree._Element, tag: str) -> str:
    font = next(theme.iter(f"{{{A}}}{tag}"), None)
    latin = font.find(f"{{{A}}}latin") if font is not None else None
    return str(latin.get("typeface", "")) if latin is not None else ""


def _branded(theme: etree._Element, house: House) -> bytes:
    """The theme part with the brand's colours, and its typefaces where it names any."""
    scheme = next(theme.iter(f"{{{A}}}clrScheme"))
    for name, value in own.colours(house.palette).items():
        holder = scheme.find(f"{{{A}}}{name}")
        if holder is not None:
            for old in list(holder):
                holder.remove(old)
            etree.SubElement(holder, f"{{{A}}}srgbClr", val=value[1:].upper())
    for tag, face in (("majorFont", house.headings), ("minorFont", house.text)):
        latin = next((font.find(f"{{{A}}}latin") for font in theme.iter(f"{{{A}}}{tag}")), None)
        if face and latin is not None:
            latin.set("typeface", face)
    return serialise(theme)


def taken(template: Template) -> tuple[Mapping[str, str], str, str]:
    """A theme's colours, and its typefaces for headings and text, for a deck that cannot be built on the file."""
    root = template.theme(template.masters[0])
    return theme_colours(root), _face(root, "majorFont"), _face(root, "minorFont")
