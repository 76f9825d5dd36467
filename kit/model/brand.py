"""A trust's brand, in the open brand.yml format (https://posit-dev.github.io/brand-yml): the parts we use."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from pydantic import Field, StringConstraints

from kit.model.entry import Entry, Line

Colour = Annotated[str, StringConstraints(min_length=1, max_length=40)]
"""A hex colour such as `#0B5563`, or the name of a colour in the palette."""


class Meta(Entry):
    """Whose brand it is."""

    name: Line
    link: Line | None = None


class Logo(Entry):
    """An image file beside `_brand.yml`, and its alternative text."""

    path: Line
    alt: Line


class Logos(Entry):
    """The logo in the sizes that brand.yml names; we use `medium`."""

    medium: Logo
    permission: bool = False
    """True once the organisation has said that its logo may be used on workshop material."""


class Colours(Entry):
    """Named colours, and what they are for. Any use may name a colour of the palette."""

    palette: dict[str, Colour] = Field(default_factory=dict)
    foreground: Colour = "#1F2A30"
    background: Colour = "#FFFFFF"
    primary: Colour
    secondary: Colour | None = None


class Brand(Entry):
    """`_brand.yml`."""

    meta: Meta
    color: Colours
    logo: Logos | None = None


@dataclass(frozen=True)
class Palette:
    """The colours of this edition as `#rrggbb`, each pair proven at 4.5:1 where text stands on it."""

    ink: str
    ground: str
    brand: str
    """Readable as text on the ground; the ground colour is readable on it."""
    tint: str
    """A pale tint of the brand: a ground for ink and brand text."""
