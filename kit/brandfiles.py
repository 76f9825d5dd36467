"""The files that a brand names: found in the trust's folder and read, or a fault at the line that names them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kit.diagnostics import Diagnostic, Place
from kit.faults import near
from kit.model.brand import Brand, Image, Logos
from kit.source import Path as KeyPath
from kit.source import SourceText
from kit.workspace import MAX_BYTES, Workspace


@dataclass(frozen=True)
class LogoFile:
    """A logo as it was read: its bytes, its words for people who do not see it, and the line that names it."""

    data: bytes
    alt: str
    place: Place


@dataclass(frozen=True)
class FontFile:
    """One face of a font as it was read: the family it belongs to, what it is for, and the line that names it."""

    family: str
    path: str
    weight: int
    style: str
    data: bytes
    place: Place


@dataclass(frozen=True)
class BrandFiles:
    """What packs use of the files of a brand."""

    logo: LogoFile | None = None
    logo_on_dark: LogoFile | None = None
    """The variant for dark grounds, where there is one."""
    fonts: tuple[FontFile, ...] = ()
    """Every face of the families that text and headings are set in."""
    base: str = ""
    """The family of text; empty for the kit's own."""
    headings: str = ""


@dataclass(frozen=True)
class _Named:
    """An image that the brand names: what stands for it, the keys that lead to it, and what it is for."""

    image: Image
    path: KeyPath
    shown: str | None = None
    """The ground on which packs show it, `light` or `dark`."""


def brand_files(
    workspace: Workspace, trust: Path, brand: Brand, text: SourceText
) -> tuple[BrandFiles, tuple[Diagnostic, ...]]:
    """The files of `brand`, which `text` says, in the folder `trust`; and every file that is missing or cannot be."""
    faults: list[Diagnostic] = []
    fonts = tuple(_fonts(workspace, trust, brand, text, faults))
    base, headings = _roles(brand, text, {font.family for font in fonts}, faults)
    used = tuple(font for font in fonts if font.family in (base, headings))
    found: dict[str, LogoFile] = {}
    for named in _images(brand.logo, text.data) if brand.logo else ():
        read = _logo(workspace, trust, brand, text, named)
        if isinstance(read, LogoFile):
            found |= {named.shown: read} if named.shown else {}
        elif read is not None:
            faults.append(read)
    return BrandFiles(found.get("light"), found.get("dark"), used, base, headings), tuple(faults)


def _images(logo: Logos, data: Any) -> Iterator[_Named]:
    """Every image that is named, the names of `images` followed to what they stand for."""
    referred: set[str] = set()
    for size, variants in logo.sizes():
        words: str | None = None
        for variant, image in (("light", variants.light), ("dark", variants.dark)):
            if image is None:
                continue
            shown = variant if size == logo.shown else None
            keys: KeyPath = ("logo", size, variant, "path")
            if image.path in logo.images:
                referred.add(image.path)
                keys = ("logo", "images", image.path, "path")
                target = logo.images[image.path]
                image = Image(path=target.path, alt=image.alt or target.alt)
            # A variant for dark grounds shows the same words.
            words = words or image.alt
            image = Image(path=image.path, alt=image.alt or words)
            yield _Named(image, _present(data, keys), shown)
    for name in logo.images:
        if name not in referred:
            yield _Named(logo.images[name], _present(data, ("logo", "images", name, "path")))


def _present(data: Any, keys: KeyPath) -> KeyPath:
    """Those of `keys` that were written: a word may stand where the format allows a record."""
    path: list[str | int] = []
    for key in keys:
        if key in data if isinstance(data, dict) else isinstance(data, list):
            path.append(key)
            data = data[key]
    return tuple(path)


def _logo(
    workspace: Workspace, trust: Path, brand: Brand, text: SourceText, named: _Named
) -> LogoFile | Diagnostic | None:
    """The file; what is wrong with it; or None when it is there and packs do not use it."""
    name, place = named.image.path, text.place(named.path)
    if fetched := elsewhere(name, place):
        return fetched
    file = workspace.inside(trust, name)
    if file is None:
        known = brand.logo.images if brand.logo else ()
        return Diagnostic(
            "missing-logo",
            f"The logo file “{name}” is not in the trust's folder. {near(name, known)}".strip(),
            f"Put it beside _brand.yml, in {workspace.name(trust)}, or correct its name.",
            place,
        )
    data = workspace.read_bytes(file)
    if data is None:
        return Diagnostic(
            "broken-logo",
            f"The logo file “{name}” is larger than {MAX_BYTES // 1_000_000} MB.",
            "Ask whoever looks after the logo for a smaller file.",
            place,
        )
    if named.shown is None:
        return None
    if not named.image.alt:
        return Diagnostic(
            "logo-without-words",
            f"The logo “{name}” has no words for people who do not see it.",
            f"Write it as `{{path: {name}, alt: ...}}`, with the name that the logo shows.",
            place,
        )
    return LogoFile(data, named.image.alt, place)


def _fonts(
    workspace: Workspace, trust: Path, brand: Brand, text: SourceText, faults: list[Diagnostic]
) -> Iterator[FontFile]:
    """Every font file that is in the folder; for every one that cannot be, a fault is added to `faults`."""
    for position, font in enumerate(brand.typography.fonts if brand.typography else ()):
        path: KeyPath = ("typography", "fonts", position)
        if font.source != "file":
            origin = {"google": "Google Fonts", "bunny": "Bunny Fonts", "system": "this machine"}[font.source]
            faults.append(
                Diagnostic(
                    "not-in-the-folder",
                    f"The font “{font.family}” would come from {origin}, and nothing is taken from outside "
                    "the trust's folder.",
                    "Put its files into the folder and write `source: file`, or take it off the list.",
                    text.place((*path, "source")),
                )
            )
        for number, file in enumerate(font.files):
            place = text.place(_present(text.data, (*path, "files", number, "path")))
            found = workspace.inside(trust, file.path)
            data = workspace.read_bytes(found) if found else None
            if fetched := elsewhere(file.path, place):
                faults.append(fetched)
            elif data is None:
                faults.append(
                    Diagnostic(
                        "missing-font",
                        f"The font file “{file.path}” is not in the trust's folder.",
                        f"Put it beside _brand.yml, in {workspace.name(trust)}, or correct its name.",
                        place,
                    )
                )
            elif font.source == "file":
                yield FontFile(font.family, file.path, file.weight, file.style, data, place)


def _roles(brand: Brand, text: SourceText, there: set[str], faults: list[Diagnostic]) -> tuple[str, str]:
    """The families of text and of headings, as far as there are files of them."""
    if brand.typography is None:
        return "", ""
    families = []
    for role, setting in (("base", brand.typography.base), ("headings", brand.typography.headings)):
        family = setting.family if setting and setting.family else ""
        if family and family not in there and not any(font.family == family for font in brand.typography.fonts):
            faults.append(
                Diagnostic(
                    "fonts-not-used",
                    f"There is no file of the font “{family}”, so the kit's own type is used.",
                    "Name its files under `fonts`, with `source: file`, or leave it as it is.",
                    text.place(_present(text.data, ("typography", role, "family"))),
                    severity="warning",
                )
            )
        families.append(family if family in there else "")
    if there and not any(families):
        faults.append(
            Diagnostic(
                "fonts-not-used",
                "No text is set in the fonts that are listed.",
                "Say what they are for: `base` is for text, `headings` for headings.",
                text.place(("typography",), key=True),
                severity="warning",
            )
        )
    # Headings are set in the family of text unless they have one of their own.
    return families[0], families[1] or families[0]


def elsewhere(name: str, place: Place) -> Diagnostic | None:
    """The fault of naming an address where a file of the trust's folder belongs."""
    if not name.lower().startswith(("http:", "https:", "//")):
        return None
    return Diagnostic(
        "not-in-the-folder",
        f"“{name}” is an address, and nothing is fetched from the web.",
        "Save the file beside this one, and write its name here.",
        place,
    )
