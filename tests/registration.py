"""How well backs meet their fronts, measured from the sheets as they are printed: `python tests/registration.py`.

A diamond is drawn in a corner of every card, on both faces, where the two lie on each other when they are right. The
sheets are rasterised at 600 dpi, the back is turned over (or folded over) as a printer or a person would, and the
distance between the two is measured in mm, for every stock and every way to make a back. For a print shop's
pages, their boxes are printed.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

import pypdfium2
from PIL import Image

ROOT = Path(__file__).parents[1]
if __name__ == "__main__":
    sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from kit.model.document import QuoteView  # noqa: E402
from kit.model.kind import DocumentKind  # noqa: E402
from kit.model.stock import STOCKS, Flip, Stock  # noqa: E402
from kit.render.cards import build  # noqa: E402
from kit.render.pdf import Asset, Laid, Part, bind  # noqa: E402
from kit.render.sheet import Slot, fold_of, slots  # noqa: E402
from kit.workspace import Workspace  # noqa: E402

DPI = 600
SIZE = 2.0
WINDOW = 6.0
"""How wide the window is in which a diamond is looked for, in mm: it may have been moved."""

PAGE = """
{% from "shared/cards.html.j2" import all_sheets with context %}
<html lang="en"><head><title>Registration</title></head><body>
{% macro diamond() -%}
<svg aria-hidden="true" viewBox="0 0 2 2"><path d="M1 0L2 1L1 2L0 1Z" fill="#000"/></svg>
{%- endmacro %}
{% macro front(card) %}<div class="at" style="left: 0">{{ diamond() }}</div>{% endmacro %}
{% macro back(card) %}<div class="at" style="right: 0">{{ diamond() }}</div>{% endmacro %}
{{ all_sheets(front, back) }}
</body></html>
"""
STYLE = f"""
:root {{ --ink: #000; --ground: #fff; --brand: #000; --tint: #fff }}
.at {{ position: absolute; top: 0; line-height: 0 }}
.at svg {{ width: {SIZE}mm; height: {SIZE}mm }}
"""


class Point(NamedTuple):
    """From the top left corner of a page, in mm."""

    x: float
    y: float


@dataclass(frozen=True)
class Registration:
    """By how much the backs of one stock miss their fronts, in mm, as seen from the front with the back turned over."""

    stock: str
    flip: Flip
    misses: tuple[Point, ...]

    @property
    def worst(self) -> float:
        return max(max(abs(miss.x), abs(miss.y)) for miss in self.misses)


@cache
def _workspace() -> Workspace:
    return Workspace(ROOT, ROOT)


def _kind(stock: str, flip: Flip, offset: tuple[float, float]) -> DocumentKind:
    cards = {"of": "quotes", "stock": stock, "inset": 8, "note": 8, "back_offset": offset}
    return DocumentKind.model_validate(
        {"id": "registration", "title": "Registration", "audience": "participant", "output": "cards", "path": "-"}
        | {"cards": cards, "flip": flip, "sides": 2 if flip in ("long", "short") else 1}
    )


def laid_out(stock: str, flip: Flip, offset: tuple[float, float] = (0, 0), *, shop: bool = False) -> Laid:
    """A full sheet of cards on `stock`, or for a print shop the page of each."""
    from speaking import english
    from viewing import view

    entries = tuple(
        QuoteView(f"card-{number}", "-", "-", "-", "-", "-", "-", "-", "-:1:1")
        for number in range(len(slots(STOCKS[stock], flip)))
    )
    shared = {name: text for name, text in _workspace().templates().items() if name.startswith("shared/")}
    fonts = {f"fonts/{name}": Asset(data, "font/ttf") for name, data in _workspace().fonts().items()}
    built = build(
        shared | {"registration/page.html.j2": PAGE},
        english,
        view(quotes=entries),
        [STYLE, shared["shared/base.css"], shared["shared/cards.css"]],
        fonts,
        kind=_kind(stock, flip, offset),
        created=datetime(2026, 12, 2),
        shop=shop,
    )
    assert built.value is not None
    return built.value.laid


def measured(name: str, flip: Flip, offset: tuple[float, float] = (0, 0)) -> Registration:
    """The distances between the two faces of every card on a sheet."""
    stock = STOCKS[name]
    with pypdfium2.PdfDocument(laid_out(name, flip, offset).write()) as pdf:
        scans = [_scan(page) for page in pdf]
        misses = []
        for slot in slots(stock, flip):
            inset = min(8.0, stock.card_height / 8)
            place = Point(slot.x + inset + SIZE / 2, slot.y + inset + SIZE / 2)
            front = scans[0].mark_at(place)
            back = _through(stock, flip, slot, scans[-1].mark_at(_through(stock, flip, slot, place)))
            misses.append(Point(back.x - front.x, back.y - front.y))
    return Registration(name, flip, tuple(misses))


def _through(stock: Stock, flip: Flip, slot: Slot, point: Point) -> Point:
    """Where a point of the back is seen from the front, and the other way round: once turned, or folded, over."""
    fold = fold_of(stock, flip)
    if fold == "columns":
        return Point(2 * slot.x - point.x, point.y)
    if fold == "rows":
        return Point(point.x, 2 * slot.y - point.y)
    # The long edge of an upright sheet is its side; of a sheet that lies on its side, its top.
    on_its_side_edge = (flip == "long") == (stock.sheet_height >= stock.sheet_width)
    return (
        Point(stock.sheet_width - point.x, point.y)
        if on_its_side_edge
        else Point(point.x, stock.sheet_height - point.y)
    )


@dataclass(frozen=True)
class _Scan:
    """A page as pixels, and how many of them make a mm in each direction: a bitmap has whole pixels only."""

    image: Image.Image
    across: float
    down: float

    def mark_at(self, place: Point) -> Point:
        """The middle of the black diamond near `place`.

        Its slanting edges are smoothed, which tells fractions of a pixel; upright ones would be drawn at the next
        whole one.
        """
        left, right = (max(0, round((place.x + half) * self.across)) for half in (-WINDOW / 2, WINDOW / 2))
        top, bottom = (max(0, round((place.y + half) * self.down)) for half in (-WINDOW / 2, WINDOW / 2))
        seen = self.image.crop((left, top, right, bottom))
        return Point((left + _middle(seen, True)) / self.across, (top + _middle(seen, False)) / self.down)


def _scan(page: Any) -> _Scan:
    width, height = (side * 25.4 / 72 for side in page.get_size())
    image = page.render(scale=DPI / 72, grayscale=True).to_pil()
    return _Scan(image, image.width / width, image.height / height)


def _middle(image: Image.Image, across: bool) -> float:
    """The middle of what is black, in pixels from the start."""
    size = (image.width, 1) if across else (1, image.height)
    dark = [255 - value for value in image.convert("F").resize(size, Image.Resampling.BOX).get_flattened_data()]
    return sum((position + 0.5) * value for position, value in enumerate(dark)) / sum(dark)


def ways() -> Iterator[tuple[str, Flip]]:
    """Every stock with every way to make a back that it allows."""
    for name, stock in STOCKS.items():
        if stock.tent:
            yield name, "none"
            continue
        if stock.printed_twice:
            yield name, "long"
            yield name, "short"
        if stock.folds:
            yield name, "fold"


def boxes(name: str) -> dict[str, tuple[float, float, float, float]]:
    """The boxes of a print shop's page for a card of a stock: left, top, right and bottom edge in mm."""
    import pikepdf

    data = bind([Part(laid_out(name, "long", shop=True))], press=True)
    with pikepdf.open(BytesIO(data)) as pdf:
        page = pdf.pages[0].obj
        return {
            box: tuple(round(float(edge) * 25.4 / 72, 3) for edge in page[f"/{box}"])  # type: ignore[misc]
            for box in ("MediaBox", "CropBox", "BleedBox", "TrimBox")
        }


def main() -> None:
    print(f"{'stock':14}{'flip':7}{'cards':>6}{'worst miss, mm':>16}")
    for name, flip in ways():
        found = measured(name, flip)
        print(f"{name:14}{flip:7}{len(found.misses):6}{found.worst:16.4f}")
    print("\nMoved by 1.5,-0.75: what is seen from the front")
    for name, flip in (("a4-8-cards", "long"), ("a4-8-cards", "short"), ("a4-4-cards", "long")):
        miss = measured(name, flip, (1.5, -0.75)).misses[0]
        print(f"{name:14}{flip:7}{miss.x:+10.3f}{miss.y:+10.3f}")
    print("\nA print shop's pages, mm")
    for name in ("a4-8-cards", "a4-a6", "c32011"):
        for box, edges in boxes(name).items():
            print(f"{name:14}{box:10}", *(f"{edge:9.3f}" for edge in edges))


if __name__ == "__main__":
    main()
