"""A trust's brand, in the open brand.yml format (https://posit-dev.github.io/brand-yml), and the colours made of it.

The format is read whole and closed: what it knows is accepted and checked, what it does not know is refused. Our own
addition is `logo.permission`. Where the format allows a word in place of a record, the word is put into the record
before it is checked, so that each place has one shape.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, StringConstraints

from kit.model.entry import Entry, Line

Colour = Annotated[str, StringConstraints(min_length=1, max_length=40)]
"""A hex colour such as `#0B5563`, a colour of CSS, or the name of a colour in the palette or of another use."""


# Whose it is -------------------------------------------------------------------------------------


class Names(Entry):
    """The name in full, and as people say it."""

    full: Line | None = None
    short: Line | None = None


def _name(value: Any) -> Any:
    return {"full": value} if isinstance(value, str) else value


def _link(value: Any) -> Any:
    return {"home": value} if isinstance(value, str) else value


class Meta(Entry):
    """Whose brand it is. Packs take their names from the trust's profile."""

    name: Annotated[Names, BeforeValidator(_name, json_schema_input_type=Line | Names)] | None = None
    link: Annotated[dict[str, Line], BeforeValidator(_link, json_schema_input_type=Line | dict[str, Line])] | None = (
        None
    )
    """Addresses by what they are: `home`, `linkedin` and so on; one alone is `home`."""


# Logo --------------------------------------------------------------------------------------------


class Image(Entry):
    """An image file beside `_brand.yml`, or the name of one in `images`, and its alternative text."""

    path: Line
    alt: Line | None = None


def _image(value: Any) -> Any:
    return {"path": value} if isinstance(value, str) else value


ImageOrPath = Annotated[Image, BeforeValidator(_image, json_schema_input_type=Line | Image)]


class Variants(Entry):
    """A logo for light grounds and, where it has another for them, for dark ones."""

    light: ImageOrPath
    dark: ImageOrPath | None = None


def _variants(value: Any) -> Any:
    one = isinstance(value, str) or (isinstance(value, dict) and not value.keys().isdisjoint(("path", "alt")))
    return {"light": value} if one else value


LogoOfASize = Annotated[Variants, BeforeValidator(_variants, json_schema_input_type=Line | Image | Variants)]

Size = Literal["small", "medium", "large"]
SIZES: tuple[Size, ...] = ("medium", "large", "small")
"""The sizes that brand.yml names, the one for paper first, and what stands in for it."""


class Logos(Entry):
    """The logo in the sizes that brand.yml names. One is enough."""

    images: dict[str, ImageOrPath] = Field(default_factory=dict)
    """Files by a name of their own, for the sizes to refer to."""
    small: LogoOfASize | None = None
    medium: LogoOfASize | None = None
    large: LogoOfASize | None = None
    permission: bool = False
    """True once the organisation has said that its logo may be used on workshop material."""

    @property
    def shown(self) -> Size | None:
        """The size that packs show."""
        return next((size for size in SIZES if getattr(self, size) is not None), None)

    def sizes(self) -> Iterator[tuple[Size, Variants]]:
        """The sizes that are given."""
        for size in SIZES:
            variants: Variants | None = getattr(self, size)
            if variants is not None:
                yield size, variants


def _logos(value: Any) -> Any:
    """A logo of one file alone, which the format allows, as the medium one."""
    if isinstance(value, str):
        return {"medium": value}
    if isinstance(value, dict) and "path" in value and value.keys().isdisjoint(SIZES):
        alone = {key: part for key, part in value.items() if key in Image.model_fields}
        return {"medium": alone} | {key: part for key, part in value.items() if key not in alone}
    return value


# Colour ------------------------------------------------------------------------------------------


class Colours(Entry):
    """Named colours, and what they are for. Packs use foreground, background, primary and secondary."""

    palette: dict[str, Colour] = Field(default_factory=dict)
    foreground: Colour | None = None
    background: Colour | None = None
    primary: Colour | None = None
    secondary: Colour | None = None
    tertiary: Colour | None = None
    success: Colour | None = None
    info: Colour | None = None
    warning: Colour | None = None
    danger: Colour | None = None
    light: Colour | None = None
    dark: Colour | None = None
    link: Colour | None = None


# Type --------------------------------------------------------------------------------------------

_WEIGHTS = {
    "thin": 100,
    "extra-light": 200,
    "ultra-light": 200,
    "light": 300,
    "normal": 400,
    "regular": 400,
    "medium": 500,
    "semi-bold": 600,
    "demi-bold": 600,
    "bold": 700,
    "extra-bold": 800,
    "ultra-bold": 800,
    "black": 900,
}


def _weight(value: Any) -> Any:
    return _WEIGHTS.get(value, value) if isinstance(value, str) else value


def _list(value: Any) -> Any:
    return value if isinstance(value, list) else [value]


Weight = Annotated[
    Literal[100, 200, 300, 400, 500, 600, 700, 800, 900],
    BeforeValidator(
        _weight,
        json_schema_input_type=Literal[
            100,
            200,
            300,
            400,
            500,
            600,
            700,
            800,
            900,
            "thin",
            "extra-light",
            "ultra-light",
            "light",
            "normal",
            "regular",
            "medium",
            "semi-bold",
            "demi-bold",
            "bold",
            "extra-bold",
            "ultra-bold",
            "black",
        ],
    ),
]
"""`400`, or `regular`."""
Style = Literal["normal", "italic", "oblique"]
LineHeight = Annotated[float, Field(ge=0.5, le=4)]


class FontFile(Entry):
    """One face of a font: a TTF, OTF or WOFF2 file beside `_brand.yml`."""

    path: Line
    weight: Weight = 400
    style: Style = "normal"


class Font(Entry):
    """A family of type and where it comes from. Only files in the trust's folder can be used: nothing is fetched."""

    family: Line
    source: Literal["file", "google", "bunny", "system"] = "google"
    files: tuple[Annotated[FontFile, BeforeValidator(_image, json_schema_input_type=Line | FontFile)], ...] = ()
    weight: (
        Annotated[tuple[Weight, ...], BeforeValidator(_list, json_schema_input_type=Weight | list[Weight])] | None
    ) = None
    style: Annotated[tuple[Style, ...], BeforeValidator(_list, json_schema_input_type=Style | list[Style])] | None = (
        None
    )
    display: Literal["auto", "block", "swap", "fallback", "optional"] | None = None


class Setting(Entry):
    """How text of one kind is set."""

    family: Line | None = None
    size: Line | None = None
    weight: Weight | None = None
    style: Style | None = None
    line_height: Annotated[LineHeight | None, Field(alias="line-height")] = None
    color: Colour | None = None
    background_color: Annotated[Colour | None, Field(alias="background-color")] = None
    decoration: Line | None = None


def _family(value: Any) -> Any:
    return {"family": value} if isinstance(value, str) else value


SettingOrFamily = Annotated[Setting, BeforeValidator(_family, json_schema_input_type=Line | Setting)]


class Typography(Entry):
    """Fonts, and how each kind of text is set. Sizes and line heights of a pack are its own, so that pages hold."""

    fonts: tuple[Font, ...] = ()
    base: SettingOrFamily | None = None
    headings: SettingOrFamily | None = None
    monospace: SettingOrFamily | None = None
    monospace_inline: Annotated[SettingOrFamily | None, Field(alias="monospace-inline")] = None
    monospace_block: Annotated[SettingOrFamily | None, Field(alias="monospace-block")] = None
    link: SettingOrFamily | None = None


class Brand(Entry):
    """`_brand.yml`."""

    meta: Meta | None = None
    logo: Annotated[Logos, BeforeValidator(_logos, json_schema_input_type=Line | Image | Logos)] | None = None
    color: Colours = Field(default_factory=Colours)
    typography: Typography | None = None
    defaults: dict[str, Any] | None = None
    """Settings of other programs that read the same file."""


# What packs use ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Palette:
    """The colours of this edition as `#rrggbb`. `kit.palette.PAIRS` says which may stand on which."""

    ink: str
    ground: str
    brand: str
    """Readable as text on the ground; the ground colour is readable on it."""
    tint: str
    """A pale tint of the brand: a ground for ink and brand text."""
    muted: str
    """The ink, paler, for what matters less: readable on the ground."""
    hairline: str
    """The brand, paler, for rules and pale shapes that are not text."""
    accent: str
    """A second colour beside the brand, readable as text on the ground."""
    series: tuple[str, str, str, str]
    """For charts: the brand first, and no two alike in lightness, so that they differ in black and white too."""
