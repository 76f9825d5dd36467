"""An organisation's own type: font files read, refused where they must not be embedded, and fitted to our pages.

Pages are laid out for the letters of Kit Text. A font whose letters are wider is set smaller by as much, as CSS would
with `size-adjust` (https://www.w3.org/TR/css-fonts-5/#size-adjust-prop), which WeasyPrint does not know: a line then
holds as many words in either.
"""

from __future__ import annotations

import hashlib
import importlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from kit.brandfiles import BrandFiles, FontFile
from kit.diagnostics import Diagnostic, Place

MOST_BYTES = 2_000_000
BOLD = 600
NEVER_EMBEDDED, NOT_IN_PART, PICTURES_ONLY = 0x0002, 0x0100, 0x0200
"""Bits of `fsType` in the table OS/2 (https://learn.microsoft.com/typography/opentype/spec/os2#fstype)."""
LEAST_SCALE = 0.8
"""A font that is wider still would be too small to read; its pages run over, and the fault says why."""
SAMPLE = (
    "Most of the time goes to talk in pairs and small groups about your own work. You choose what you share, and "
    "nobody collects what you write. Please leave out the names of patients and colleagues. Thursday 14 January 2027."
)
"""Plain words, to compare how wide 2 fonts set them."""
_BESIDE = {400: "KitText-Regular.ttf", 600: "KitText-SemiBold.ttf", 700: "KitText-Bold.ttf"}
ALWAYS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.,;:?!()/&-–“”‘’×")
"""What the pages themselves say, whatever the content."""


@dataclass(frozen=True)
class Face:
    """A font file as a document uses it: under which name it is served, and what it is for."""

    name: str
    family: str
    weight: int
    style: str
    data: bytes


@dataclass(frozen=True)
class Type:
    """The families of this edition, by the names that its stylesheet gives them."""

    faces: tuple[Face, ...]
    base: str
    headings: str
    called: str
    """What the organisation calls them, for messages."""
    place: Place | None = None

    @property
    def css(self) -> str:
        """Rules that come after those of `base.css`. A letter that a face does not hold is taken from Kit Text."""
        rules = [
            f'@font-face {{ font-family: "{face.family}"; font-weight: {face.weight}; font-style: {face.style}; '
            f'src: url("kit:fonts/{face.name}") }}'
            for face in self.faces
        ]
        roles = [("base", self.base), ("heading", self.headings)]
        variables = "; ".join(f'--{role}-type: "{family}", "Kit Text"' for role, family in roles if family)
        return "\n".join([*rules, f":root {{ {variables} }}"])


def typeface(files: BrandFiles, ours: Mapping[str, bytes]) -> Type | None:
    """The type of a brand, its faces fitted to `ours` (Kit Text by file name); None when the brand has none."""
    if not files.fonts:
        return None
    faces: list[Face] = []
    names: dict[str, str] = {}
    for family in dict.fromkeys(font.family for font in files.fonts):
        fonts = [font for font in files.fonts if font.family == family]
        scale = _scale(fonts, ours)
        digest = hashlib.sha256(b"".join(font.data for font in fonts)).hexdigest()[:8]
        names[family] = f"Own {digest}"
        for font in fonts:
            data = _fitted(font.data, scale)
            name = f"own-{hashlib.sha256(data).hexdigest()[:12]}.otf"
            faces.append(Face(name, names[family], font.weight, font.style, data))
    base, headings = names.get(files.base, ""), names.get(files.headings, "")
    return Type(tuple(faces), base, headings, " and ".join(f"“{family}”" for family in names), files.fonts[0].place)


def _scale(fonts: Sequence[FontFile], ours: Mapping[str, bytes]) -> float:
    """By how much a family is set smaller: as its widest face asks."""
    wider = [_width(font.data) / _width(ours[_beside(font.weight)]) for font in fonts if font.style == "normal"]
    return max(LEAST_SCALE, min(1, 1 / max(wider, default=1)))


def _beside(weight: int) -> str:
    return _BESIDE[min(_BESIDE, key=lambda known: (abs(known - weight), known))]


def _width(data: bytes) -> float:
    """How wide the sample is, in em."""
    with _open(data) as font:
        em, metrics, glyphs = font["head"].unitsPerEm, font["hmtx"], font.getBestCmap()
        return float(sum(metrics[glyphs.get(ord(letter), ".notdef")][0] for letter in SAMPLE) / em)


def _fitted(data: bytes, scale: float) -> bytes:
    """A plain font file with its letters at `scale` of their size."""
    with _open(data) as font:
        em = font["head"].unitsPerEm
        font.flavor = None
        if scale < 1:
            tops = font["CFF "].cff.topDictIndex if "CFF " in font else ()
            matrices = [list(top.FontMatrix) for top in tops]
            importlib.import_module("fontTools.ttLib.scaleUpem").scale_upem(font, round(em * scale))
            # What was drawn on a smaller em is told to stand on the first one: that makes it smaller.
            font["head"].unitsPerEm = em
            for top, matrix in zip(tops, matrices, strict=True):
                top.FontMatrix = matrix
        written = BytesIO()
        font.recalcTimestamp = False
        font.save(written)
        return written.getvalue()


def _open(data: bytes) -> Any:
    ttlib = importlib.import_module("fontTools.ttLib")
    return ttlib.TTFont(BytesIO(data), recalcTimestamp=False)


# Faults ------------------------------------------------------------------------------------------


def font_faults(files: BrandFiles, texts: Iterable[str]) -> tuple[Diagnostic, ...]:
    """What is wrong with the fonts of a brand, and what they lack for these `texts`."""
    faults: list[Diagnostic] = []
    held: dict[str, set[str]] = {}
    for font in files.fonts:
        read = _letters(font)
        if isinstance(read, Diagnostic):
            faults.append(read)
        elif font.style == "normal":
            held.setdefault(font.family, set(read)).intersection_update(read)
    if any(fault.severity == "error" for fault in faults):
        return tuple(faults)
    used = {letter for text in texts for letter in text if letter > " " and letter.isprintable()} | ALWAYS
    for family in dict.fromkeys(font.family for font in files.fonts):
        faults += _lacks(family, [font for font in files.fonts if font.family == family], held.get(family, ()), used)
    return tuple(faults)


def _letters(font: FontFile) -> frozenset[str] | Diagnostic:
    """The characters that a font holds, or why it cannot be used."""

    def fault(code: str, message: str, advice: str) -> Diagnostic:
        return Diagnostic(code, message, advice, font.place)

    if len(font.data) > MOST_BYTES:
        return fault(
            "broken-font",
            f"The font file “{font.path}” is larger than {MOST_BYTES // 1_000_000} MB.",
            "Ask for a file with the letters of western languages alone.",
        )
    try:
        with _open(font.data) as opened:
            letters = frozenset(chr(code) for code in opened.getBestCmap() or ())
            may, moving = int(opened["OS/2"].fsType), "fvar" in opened
            assert opened["hmtx"].metrics
    except Exception:  # fontTools raises whatever a table makes it stumble over
        return fault(
            "broken-font",
            f"The font file “{font.path}” cannot be read as a font.",
            "Give a TTF, an OTF or a WOFF2 file, 1 for each weight.",
        )
    if moving:
        return fault(
            "broken-font",
            f"The font file “{font.path}” is a variable font, which pages cannot use.",
            "Ask for the static files of the family: 1 for regular, 1 for bold.",
        )
    if may & (NEVER_EMBEDDED | NOT_IN_PART | PICTURES_ONLY):
        return fault(
            "font-may-not-be-embedded",
            f"The font file “{font.path}” says that it may not be put into documents.",
            "Ask whoever gave it to you for a licence and a file that allow it, or leave the font out.",
        )
    return letters


def _lacks(family: str, fonts: Sequence[FontFile], held: Collection[str], used: set[str]) -> Iterator[Diagnostic]:
    place = fonts[0].place
    if missing := sorted(used - set(held)):
        shown = ", ".join(f"“{letter}”" for letter in missing[:12])
        yield Diagnostic(
            "font-lacks-characters",
            f"The font “{family}” does not hold {shown}{' and more' if len(missing) > 12 else ''}.",
            "They are set in the kit’s own type. Ask for a fuller file if they look out of place.",
            place,
            severity="warning",
        )
    if not any(font.weight >= BOLD for font in fonts):
        yield Diagnostic(
            "font-without-bold",
            f"The font “{family}” has no bold, so headings and strong words would look like the rest.",
            "Name its bold file too: {path: FILE, weight: bold}.",
            place,
            severity="warning",
        )
