"""Colours of somebody else's theme: what a name stands for, what text stands on, and which name can be read there."""

from __future__ import annotations

import colorsys
from collections.abc import Iterable, Mapping
from typing import Any

from lxml import etree

from kit.palette import LEAST_CONTRAST, LEAST_FOR_SHAPES, contrast
from kit.render.deck.ooxml import A, P

THEME = (
    "dk1",
    "lt1",
    "dk2",
    "lt2",
    "accent1",
    "accent2",
    "accent3",
    "accent4",
    "accent5",
    "accent6",
    "hlink",
    "folHlink",
)
ACCENTS = tuple(f"accent{n}" for n in range(1, 7))
_USUAL = {"bg1": "lt1", "tx1": "dk1", "bg2": "lt2", "tx2": "dk2"}
_CHANGES = ("lumMod", "lumOff", "tint", "shade")
_NAMED = {"black": "#000000", "white": "#ffffff"}

Colours = Mapping[str, str]
"""A theme's colours as `#rrggbb`, by the names that shapes use for them (`tx1`, `accent1`) and by its own (`dk1`)."""


def theme_colours(theme: etree._Element) -> dict[str, str]:
    """The 12 colours of a theme part by their own names; a colour that cannot be told is black or white."""
    scheme = next(theme.iter(f"{{{A}}}clrScheme"), None)
    found = {}
    for name in THEME:
        holder = scheme.find(f"{{{A}}}{name}") if scheme is not None else None
        given = colour(holder, {}) if holder is not None else None
        found[name] = given or ("#ffffff" if name.startswith("lt") else "#000000")
    return found


def mapped(theme: Colours, mapping: Mapping[str, Any] | None) -> dict[str, str]:
    """The theme's colours by the names that shapes use, by way of a `clrMap`."""
    names = _USUAL | {str(name): str(to) for name, to in (mapping or {}).items() if str(to) in theme}
    return dict(theme) | {name: theme[to] for name, to in names.items()}


def colour(holder: etree._Element, colours: Colours) -> str | None:
    """The colour inside an element such as `solidFill`, as `#rrggbb`; None when it cannot be told."""
    for element in holder:
        if not isinstance(element.tag, str):
            continue
        name = etree.QName(element).localname
        value = str(element.get("val", ""))
        found = None
        if name == "srgbClr" and len(value) == 6:
            found = f"#{value.lower()}"
        elif name == "sysClr":
            found = f"#{element.get('lastClr', '000000' if value == 'windowText' else 'ffffff').lower()}"
        elif name == "schemeClr":
            found = colours.get(value)
        elif name == "prstClr":
            found = _NAMED.get(value)
        if found is not None:
            return _changed(found, element)
    return None


def opacity(holder: etree._Element) -> float:
    """How much of what is behind a fill it hides, 0 to 1."""
    alpha = next(holder.iter(f"{{{A}}}alpha"), None)
    return int(alpha.get("val", "100000")) / 100000 if alpha is not None else 1.0


def _changed(found: str, element: etree._Element) -> str:
    for change in element:
        name = etree.QName(change).localname if isinstance(change.tag, str) else ""
        if name not in _CHANGES:
            continue
        share = int(str(change.get("val", "100000")).rstrip("%")) / 100000
        parts = tuple(int(found[at : at + 2], 16) / 255 for at in (1, 3, 5))
        if name in ("tint", "shade"):
            # PowerPoint mixes with white and black as light does, not as the numbers do.
            rest = 1 - min(1.0, share) if name == "tint" else 0.0
            parts = tuple(_encoded(_light(part) * min(1.0, share) + rest) for part in parts)
        else:
            hue, light, strength = colorsys.rgb_to_hls(*parts)
            light = light * share if name == "lumMod" else light + share
            parts = colorsys.hls_to_rgb(hue, min(1.0, max(0.0, light)), strength)
        found = "#" + "".join(f"{round(part * 255):02x}" for part in parts)
    return found


def _light(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)


def _encoded(light: float) -> float:
    return light * 12.92 if light <= 0.0031308 else float(1.055 * light ** (1 / 2.4) - 0.055)


def worst(text: str, grounds: Iterable[str]) -> float:
    """The least contrast of a colour with any of the grounds; 21 when there is none to measure."""
    return min((contrast(text, ground) for ground in grounds), default=21.0)


def paints(colours: Colours, grounds: Iterable[str]) -> dict[str, str]:
    """For each colour that our layouts name, the name in this theme that can be read on all of `grounds`.

    Where the theme has none, black or white as `#rrggbb`, whichever reads better.
    """
    on = tuple(grounds)
    ink = readable(colours, on)
    found = colours.get(ink, ink)

    def first(names: Iterable[str], least: float) -> str:
        return next((name for name in names if worst(colours[name], on) >= least), ink)

    brand = first((*ACCENTS, "tx2"), LEAST_CONTRAST)
    quiet = next((n for n in ("tx2", "bg2") if colours[n] != found and worst(colours[n], on) >= LEAST_CONTRAST), ink)
    rules = sorted(ACCENTS, key=lambda name: worst(colours[name], on))
    return {
        "tx1": ink,
        "bg1": ink,
        "accent1": brand,
        "accent2": quiet,
        "accent3": first(rules, LEAST_FOR_SHAPES),
    }


def readable(colours: Colours, grounds: Iterable[str]) -> str:
    """The name of a colour for text on `grounds`: the theme's own for text, if it can be read, else what can."""
    on = tuple(grounds)
    names = ("tx1", "tx2", "bg1", "bg2")
    found = next((name for name in names if worst(colours[name], on) >= LEAST_CONTRAST), None)
    return found or max((*names, "#000000", "#ffffff"), key=lambda each: worst(colours.get(each, each), on))


def own_map(root: etree._Element) -> Mapping[str, Any] | None:
    """The mapping of colours that a layout or slide sets in place of its master's; None where it sets none."""
    override = root.find(f"{{{P}}}clrMapOvr/{{{A}}}overrideClrMapping")
    return None if override is None else {str(name): str(to) for name, to in override.attrib.items()}
