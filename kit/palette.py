"""The colours of an edition: from the few of a brand to those that documents use, with their contrast proven.

The colour library is imported where it is used: an edition without a brand never needs it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import combinations, pairwise
from math import floor
from typing import Literal

from kit.diagnostics import Diagnostic, Outcome
from kit.faults import near
from kit.model.brand import Brand, Colours, Palette
from kit.source import Path, SourceText

LEAST_CONTRAST = 4.5
"""WCAG 2.2, success criterion 1.4.3, for text of any size."""
LEAST_FOR_SHAPES = 3.0
"""WCAG 2.2, success criterion 1.4.11, for what is drawn and is not text."""
LEAST_STEP = 0.04
"""How far apart in lightness (OKLCH, 0 to 1) two colours of a chart are at the least, on the most awkward ground.

On white it is twice that and more: they differ in black and white too.
"""

OWN = Palette(
    ink="#1f2a30",
    ground="#ffffff",
    brand="#0f4c5c",
    tint="#e9f1f3",
    muted="#626a6e",
    hairline="#6f949d",
    accent="#8a4b16",
    series=("#0f4c5c", "#c4804f", "#001e2b", "#935421"),
)
"""The kit's own colours, where no brand is given."""

Role = Literal["foreground", "primary", "secondary"]


@dataclass(frozen=True)
class Pair:
    """Two colours of a palette that meet in a document, by the names of their fields; `series` stands for each of it.

    `words` begins a sentence about the pair, `least` is the contrast that it must have.
    """

    text: str
    ground: str
    words: str
    least: float = LEAST_CONTRAST

    def of(self, palette: Palette) -> tuple[tuple[str, str], ...]:
        """The colours that meet, as `#rrggbb`."""
        one, other = getattr(palette, self.text), getattr(palette, self.ground)
        return tuple((each, other) for each in (one if isinstance(one, tuple) else (one,)))

    def ratio(self, palette: Palette) -> float:
        """The least contrast among them."""
        return min(contrast(one, other) for one, other in self.of(palette))


PAIRS = (
    Pair("ink", "ground", "Text on the background"),
    Pair("brand", "ground", "The primary colour on the background"),
    Pair("ground", "brand", "The background colour on the primary colour"),
    Pair("ink", "tint", "Text on the pale tint"),
    Pair("brand", "tint", "The primary colour on its own pale tint"),
    Pair("tint", "brand", "The pale tint on the primary colour"),
    Pair("muted", "ground", "Quieter text on the background"),
    Pair("accent", "ground", "The secondary colour on the background"),
    Pair("ground", "accent", "The background colour on the secondary colour"),
    Pair("hairline", "ground", "Rules and pale shapes on the background", LEAST_FOR_SHAPES),
    Pair("series", "ground", "The colours of charts on the background", LEAST_FOR_SHAPES),
)
"""Every pair of text and ground, and of shape and ground, that any stylesheet, drawing or slide uses.

A test walks through all of them and holds this table against what it finds.
"""


@dataclass(frozen=True)
class Change:
    """A brand's colour that packs cannot use as it is, and what they use instead: colours as `#rrggbb`."""

    role: Role
    given: str
    used: str
    pair: Pair
    ratio: float
    """The contrast of the pair as given."""
    reached: float
    """Its contrast now."""

    @property
    def why(self) -> str:
        return (
            f"{self.pair.words} has a contrast of {shown(self.ratio)} to 1, and people need at least "
            f"{LEAST_CONTRAST} to 1. Packs use {self.used.upper()} instead of {self.given.upper()}: "
            f"{shown(self.reached)} to 1."
        )


@dataclass(frozen=True)
class Derived:
    """The colours that packs use, and what had to change of those that were given."""

    palette: Palette
    changes: tuple[Change, ...] = ()


def shown(ratio: float) -> str:
    """A ratio for people to read: never rounded up to a limit that it does not reach."""
    return f"{floor(ratio * 10 + 1e-9) / 10}"


def contrast(one: str, other: str) -> float:
    """The WCAG 2.2 contrast ratio of two colours written `#rrggbb`, 1 to 21."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@lru_cache(maxsize=4096)
def _luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def grey(colour: str) -> str:
    """What a black and white printer makes of `#rrggbb`: the grey that is as light."""
    linear = _luminance(colour)
    part = linear * 12.92 if linear <= 0.0031308 else 1.055 * linear ** (1 / 2.4) - 0.055
    return f"#{round(part * 255):02x}" + f"{round(part * 255):02x}" * 2


# What is given -----------------------------------------------------------------------------------


def palette(brand: Brand | None, text: SourceText | None) -> Outcome[Palette]:
    """The palette of `brand`; `text` is its file, for the places of faults."""
    outcome = derived(brand, text)
    return Outcome(outcome.value.palette if outcome.value else None, outcome.diagnostics)


def derived(brand: Brand | None, text: SourceText | None) -> Outcome[Derived]:
    """The palette of `brand` and the changes it took, each a warning `low-contrast` at the colour that was given.

    A colour that is none, or a name that the palette does not have, is an error, and then there is no value.
    """
    if brand is None or text is None:
        return Outcome(Derived(OWN))
    faults = tuple(_not_colours(brand, text))
    if faults:
        return Outcome(None, faults)
    found = derive(
        *(_resolved(value, brand.color) if value else None for value in map(brand.color.__getattribute__, _USED))
    )
    return Outcome(found, tuple(_warning(change, text) for change in found.changes))


_USED = ("foreground", "background", "primary", "secondary")


def _warning(change: Change, text: SourceText) -> Diagnostic:
    return Diagnostic(
        "low-contrast",
        change.why,
        "Tell whoever looks after the brand, or choose another colour. `kit brand` writes a sheet that shows both.",
        text.place(("color", change.role)),
        severity="warning",
    )


def _not_colours(brand: Brand, text: SourceText) -> Iterator[Diagnostic]:
    known = (*brand.color.palette, *_uses(brand.color))
    for path, value in _written(brand):
        if _resolved(value, brand.color) is None:
            hint = "" if value.startswith("#") else near(value, known)
            yield Diagnostic(
                "unknown-colour",
                f"“{value}” is neither a colour nor the name of one in the palette. {hint}".strip(),
                "Write a hex colour in quotation marks: # and 6 characters from 0 to 9 and A to F, as in #0B5563. "
                "A name from color.palette will do too.",
                text.place(path),
            )


def _uses(colours: Colours) -> dict[str, str]:
    return {name: value for name, value in colours if isinstance(value, str)}


def _written(brand: Brand) -> Iterator[tuple[Path, str]]:
    """Every colour of the file, with its path."""
    for name, value in brand.color.palette.items():
        yield ("color", "palette", name), value
    for name, value in _uses(brand.color).items():
        # A name of the palette is at fault there, and once is enough.
        if value not in brand.color.palette:
            yield ("color", name), value
    for kind, setting in brand.typography or ():
        for name in ("color", "background_color"):
            colour: str | None = getattr(setting, name, None)
            if colour is not None and colour not in brand.color.palette:
                yield ("typography", kind.replace("_", "-"), name.replace("_", "-")), colour


def _resolved(value: str, colours: Colours) -> str | None:
    """A colour as `#rrggbb`, also by way of names; None for what is no colour and for names in a circle."""
    names = _uses(colours) | colours.palette
    for _ in range(len(names) + 1):
        if value not in names or names[value] == value:
            break
        value = names[value]
    return _hex(value)


def _hex(value: str) -> str | None:
    from coloraide import Color

    try:
        colour = Color(value)
        if colour.alpha(nans=False) == 0:
            return None
        return colour.convert("srgb").fit().to_string(hex=True, alpha=False)
    except (ValueError, ArithmeticError):
        return None


# What is derived ---------------------------------------------------------------------------------


def derive(
    foreground: str | None, background: str | None, primary: str | None, secondary: str | None = None
) -> Derived:
    """A palette of which every pair of `PAIRS` has its contrast, whatever the colours (`#rrggbb`).

    What is given stays as it is where it can be read, and is else made lighter or darker by as little as will do,
    its hue kept. What is not given is the kit's own, or made of what is.
    """
    ground = background or OWN.ground
    ink = readable(foreground or max((OWN.ink, OWN.ground), key=lambda each: contrast(each, ground)), ground)
    brand = readable(primary or OWN.brand, ground)
    accent = readable(secondary or (OWN.accent if primary is None else brand), ground)
    found = Palette(
        ink=ink,
        ground=ground,
        brand=brand,
        tint=_tint(brand, ground, (ink, brand)),
        muted=_towards(ink, ground, 0.35, LEAST_CONTRAST + 0.3) or ink,
        hairline=_towards(brand, ground, 0.65, LEAST_FOR_SHAPES) or brand,
        accent=accent,
        series=_series(brand, accent, ground),
    )
    given: tuple[tuple[Role, str | None, str, Pair], ...] = (
        ("foreground", foreground, ink, PAIRS[0]),
        ("primary", primary, brand, PAIRS[1]),
        ("secondary", secondary, accent, PAIRS[7]),
    )
    changes = tuple(
        Change(role, old, new, pair, contrast(old, ground), contrast(new, ground))
        for role, old, new, pair in given
        if old is not None and old != new
    )
    return Derived(found, changes)


def readable(colour: str, ground: str, least: float = LEAST_CONTRAST) -> str:
    """`colour`, or the nearest to it in lightness that has `least` contrast on `ground`. Black or white always has."""
    if contrast(colour, ground) >= least:
        return colour
    start = _lightness(colour)
    steps = sorted((step / 100 for step in range(101)), key=lambda step: (abs(step - start), step))
    # With some to spare, so that it can be read on a tint of itself too.
    for limit in (least * 1.15, least):
        for step in steps:
            if contrast(found := _at(colour, step), ground) >= limit:
                return found
    raise AssertionError("neither black nor white can be read on it")


def mix(one: str, other: str, share: float) -> str:
    """`#rrggbb` that is `share` (0 to 1) of the way from one colour to the other, in sRGB."""
    pairs = ((int(one[at : at + 2], 16), int(other[at : at + 2], 16)) for at in (1, 3, 5))
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def _towards(colour: str, ground: str, most: float, least: float) -> str | None:
    """`colour`, as far towards the ground (`most` of the way, 0 to 1) as leaves it `least` contrast."""
    shares = (most - 0.05 * step for step in range(round(most / 0.05)))
    return next((c for share in shares if contrast(c := mix(colour, ground, share), ground) >= least), None)


def _tint(colour: str, ground: str, texts: Iterable[str]) -> str:
    """As strong a tint of `colour` as all of `texts` can be read on; the ground itself where none is pale enough."""
    from coloraide import Color

    texts = tuple(texts)
    for share in (0.92, 0.94, 0.96, 0.98):
        tint = Color(colour).mix(ground, share, space="oklab").convert("srgb").fit().to_string(hex=True)
        if all(contrast(text, tint) >= LEAST_CONTRAST for text in texts):
            return str(tint)
    return ground


def _series(brand: str, accent: str, ground: str) -> tuple[str, str, str, str]:
    """The brand and 3 others, in the hues of accent and brand, as far apart in lightness as the ground lets them be."""
    start = _lightness(brand)
    hues = {colour: _drawable(colour, ground) for colour in (brand, accent)}
    steps = [step for step in hues[brand] if step in hues[accent] and abs(step - start) >= LEAST_STEP]

    def merit(chosen: tuple[float, ...]) -> tuple[float, int, float]:
        gap = _least_step((start, *chosen))
        # Beyond what the eye needs, colours that still look like colours are worth more than distance.
        return min(gap, 0.085), sum(0.2 <= step <= 0.9 for step in chosen), gap

    best = max(combinations(steps, 3), key=merit)
    second, third, fourth = sorted(best, key=lambda step: -abs(step - start))
    return brand, hues[accent][second], hues[brand][third], hues[accent][fourth]


def _drawable(colour: str, ground: str) -> dict[float, str]:
    """`colour` at every lightness at which a shape of it can be told from the ground."""
    found = {step / 100: _at(colour, step / 100) for step in range(0, 101, 3)}
    return {step: each for step, each in found.items() if contrast(each, ground) >= LEAST_FOR_SHAPES}


def _least_step(lightness: Iterable[float]) -> float:
    return min(above - below for below, above in pairwise(sorted(lightness)))


def _lightness(colour: str) -> float:
    from coloraide import Color

    return float(Color(colour).convert("oklch")["lightness"])


def _at(colour: str, lightness: float) -> str:
    """`colour` made as light as that (OKLCH, 0 to 1): hue kept, and as much of its strength as a screen can show."""
    from coloraide import Color

    made = Color(colour).convert("oklch").set("lightness", lightness)
    return str(made.convert("srgb").fit(method="oklch-chroma").to_string(hex=True))


def in_black_and_white(palette: Palette) -> Palette:
    """The colours of an edition for a mono printer: ink on white, and greys only where nothing has to be read."""
    ink, white = "#000000", "#ffffff"
    return replace(
        palette,
        ink=ink,
        ground=white,
        brand=ink,
        tint=white,
        muted=ink,
        hairline=ink,
        accent=ink,
        series=(ink, "#595959", "#8c8c8c", "#bfbfbf"),
    )
