"""What a black and white printer makes of pages, measured on their pictures: `python tests/bench/contrast.py FOLDER`.

Every PDF of the folder is rasterised at 150 dpi. For each it prints the lowest contrast of a word with the ground about
it, as the Web Content Accessibility Guidelines count it (4.5 to 1 is the least for text), and how many places are grey
all over. Between black and white, only an edge is grey, and no more than a pixel or 2 of it.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from functools import reduce
from pathlib import Path
from typing import Any

import pypdfium2
from PIL import ImageChops

DPI = 150
LEAST = 4.5
"""Success criterion 1.4.3 of WCAG 2.2, for text of any size."""
DARK, LIGHT = 64, 191
"""Grey lies between these, of 0 for black to 255 for white."""


def contrasts(page: Any) -> Iterator[tuple[str, float]]:
    """Every word of a page of pypdfium2, and its contrast: of the darkest with the lightest pixel where it stands."""
    picture = page.render(scale=DPI / 72, grayscale=True).to_pil().convert("L")
    text = page.get_textpage()
    for word in re.finditer(r"\w+", text.get_text_range()):
        boxes = [text.get_charbox(index) for index in range(*word.span())]
        left, bottom = min(box[0] for box in boxes), min(box[1] for box in boxes)
        right, top = max(box[2] for box in boxes), max(box[3] for box in boxes)
        if right - left < 0.1 or top - bottom < 0.1:
            continue
        scale, height = DPI / 72, page.get_height()
        corners = (left, height - top, right, height - bottom)
        x1, y1, x2, y2 = (round(corner * scale) for corner in corners)
        dark, light = picture.crop((x1 - 2, y1 - 2, x2 + 2, y2 + 2)).getextrema()
        yield word.group(), (_luminance(light) + 0.05) / (_luminance(dark) + 0.05)


def grey_patches(page: Any) -> int:
    """In how many pixels of a page a grey patch of 5 by 5 or more has its corner: none, where greys are edges.

    That is 0.85 mm: smaller than any fill, and larger than the corner where the strokes of a small letter meet.
    """
    picture = page.render(scale=DPI / 72, grayscale=True).to_pil().convert("L")
    grey = picture.point([255 if DARK < value < LIGHT else 0 for value in range(256)])
    # The darkest of 5 pixels in a row, then of 5 rows: as ImageFilter.MinFilter has it, in a tenth of the time.
    for across, down in ((1, 0), (0, 1)):
        grey = reduce(ImageChops.darker, [ImageChops.offset(grey, n * across, n * down) for n in range(5)])
    return int(grey.histogram()[255])


def _luminance(value: int) -> float:
    share = value / 255
    return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4


def main(folder: Path) -> int:
    faint = False
    print(f"{'':48}{'pages':>6}{'lowest':>8}  {'word':16}{'grey':>6}")
    for path in sorted(folder.rglob("*.pdf")):
        document = pypdfium2.PdfDocument(path)
        found = [pair for page in document for pair in contrasts(page)]
        grey = sum(grey_patches(page) for page in document)
        word, lowest = min(found, key=lambda pair: pair[1], default=("", 21.0))
        print(f"{path.relative_to(folder)!s:48}{len(document):6}{lowest:8.1f}  {word[:15]:16}{grey:6}")
        faint = faint or lowest < LEAST or grey > 0
    print(f"At least {LEAST} to 1 and no grey but edges: {'NOT MET' if faint else 'met'}")
    return int(faint)


if __name__ == "__main__":
    if len(sys.argv) != 2 or not Path(sys.argv[1]).is_dir():
        raise SystemExit("Name a folder of PDFs, such as build/half-day/mono.")
    raise SystemExit(main(Path(sys.argv[1])))
