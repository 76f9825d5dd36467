"""Cards of any kind: every text as large as its box holds it, laid out on the sheets of a stock.

What the cards are made of is data: the `cards` of a document's `document.yaml` names the list that has an
entry for each card, the stock, and the texts that are to be fitted; the document's page template puts them
in place. `build` lays the sheets out, and lowers whatever overflows until the laid-out document itself shows that
everything fits. What overflows at its smallest goes to a larger card, if the document has one.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from kit.diagnostics import Diagnostic, Outcome, Place, in_order
from kit.model.document import ParticipantView
from kit.model.kind import CardLayout, CardText, DocumentKind
from kit.model.language import Language, joined_by
from kit.model.stock import STOCKS, Stock
from kit.render.fitting import Face, Setting, read_face, settings
from kit.render.html import render
from kit.render.pdf import Asset, Laid, Overflow, lay_out
from kit.render.sheet import Box, Card, Sheet, page_name, print_shop, sheets

_PAGE = """
@page {name} {{
  size: {width:g}mm {height:g}mm; margin: 0;
  @top-left {{ content: none }} @bottom-left {{ content: none }} @bottom-right {{ content: none }}
}}
"""
"""A print shop’s page, like the sheets in `templates/shared/cards.css`."""


@dataclass(frozen=True)
class _Text:
    """One of the texts that must fit; `id` is that of its element in the page."""

    id: str
    name: str
    entry: Any
    layout: CardText
    width: float
    height: float
    settings: tuple[Setting, ...]

    def box(self, choice: int) -> Box:
        setting = self.settings[choice]
        return Box(self.id, self.width, self.height, setting.size, setting.measure)


@dataclass(frozen=True)
class Cards:
    """The cards of a document on their pages."""

    laid: Laid
    stock: str
    """The smallest stock that any of them lies on: a larger one than the document's where all words need it."""
    grown: int
    """How many lie on a larger one still."""
    digests: Mapping[str, str]
    """What tells whether a card is still what it was: its words and its look, by the id of its entry."""


def build(
    templates: Mapping[str, str],
    language: Language,
    doc: ParticipantView,
    css: Sequence[str],
    assets: Mapping[str, Asset],
    *,
    kind: DocumentKind,
    created: datetime,
    only: Collection[str] | None = None,
    remark: str = "",
    shop: bool = False,
    spacing: tuple[float, float] = (0, 0),
) -> Outcome[Cards]:
    """The cards of a document, laid out.

    `templates` holds `<kind>/page.html.j2` and what it extends; `css` its stylesheets in order; `assets` the
    fonts under `fonts/KitText-*.ttf`. Give `Laid.write` the kind's own sides and flip. `only` names the entries to
    print when it is not all of them, and `remark` says so on the sheets. For a print shop each face has a page of its
    own. `spacing` is what the stylesheets put between letters, and between words, in em.

    Every text is set at the largest of its sizes at which the laid-out page holds it. Where the smallest does not fit,
    the card goes to the next larger stock that the document allows. Where there is none, there is no value and a
    diagnostic `card-text-does-not-fit` for each such text; `nothing-for-cards` when the document's list is empty.
    """
    layout = kind.cards
    assert layout is not None
    entries: Sequence[Any] = getattr(doc, layout.of)
    if not entries:
        return Outcome(None, (_nothing(kind, layout),))
    stocks = tuple(STOCKS[name] for name in layout.stocks())
    face = replace(
        read_face(assets["fonts/KitText-Regular.ttf"].data), letter_spacing=spacing[0], word_spacing=spacing[1]
    )
    page = _Page(templates, language, doc, kind, layout, stocks, shop, remark)
    at = {entry.id: 0 for entry in entries}
    texts = {text.id: text for entry in entries for text in _texts(entry, layout, stocks[0], face)}
    chosen = dict.fromkeys(texts, 0)
    while True:
        cards = _cards(entries, texts.values(), chosen)
        shown = [card for card in cards if only is None or card.entry.id in only]
        laid = lay_out(page.html(shown, len(cards), at), [*css, *page.css()], assets, created=created)
        over = {overflow.id: overflow for overflow in laid.overflows("card-text") if overflow.id in texts}
        lower = [id for id in over if chosen[id] + 1 < len(texts[id].settings)]
        full = {texts[id].entry.id: texts[id].entry for id in over if id not in lower}
        larger = [entry for entry in full.values() if at[entry.id] + 1 < len(stocks)]
        chosen |= {id: chosen[id] + 1 for id in lower}
        for entry in larger:
            at[entry.id] += 1
            again = {text.id: text for text in _texts(entry, layout, stocks[at[entry.id]], face)}
            texts |= again
            chosen |= dict.fromkeys(again, 0)
        if not lower and not larger:
            break
    if over:
        return Outcome(None, in_order(_misfits([(text, over[text.id]) for text in texts.values() if text.id in over])))
    look = hashlib.sha256(repr((page.look(), css, [asset.data for asset in assets.values()])).encode()).hexdigest()
    digests = {
        card.entry.id: digest(card, stocks[at[card.entry.id]], (look, page.counted(card, cards))) for card in cards
    }
    smallest = min(at.values())
    grown = sum(place > smallest for place in at.values())
    return Outcome(Cards(laid, layout.stocks()[smallest], grown, digests))


def digest(card: Card, stock: Stock, besides: object) -> str:
    """A name for the words and the look of a card: another one as soon as anything on it is different.

    `besides` is what else there is on it than its entry.
    """
    entry = {name: value for name, value in asdict(card.entry).items() if name != "place"}
    facts = (entry, {name: asdict(box) for name, box in card.texts.items()}, asdict(stock), besides)
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()[:16]


def _texts(entry: Any, layout: CardLayout, stock: Stock, face: Face) -> Iterator[_Text]:
    for name, text in layout.texts.items():
        width, height = layout.box(text, stock)
        found = settings(
            f"{getattr(entry, text.field)}{text.after}",
            width,
            height - text.taken,
            text.sizes,
            face,
            leading=text.leading,
            hang=text.hang,
            balanced=text.balanced,
        )
        yield _Text(f"{name}-{entry.id}", name, entry, text, width, height, found)


def _cards(entries: Sequence[Any], texts: Collection[_Text], chosen: Mapping[str, int]) -> tuple[Card, ...]:
    boxes: dict[str, dict[str, Box]] = {entry.id: {} for entry in entries}
    for text in texts:
        boxes[text.entry.id][text.name] = text.box(chosen[text.id])
    return tuple(Card(number, entry, boxes[entry.id]) for number, entry in enumerate(entries, 1))


@dataclass(frozen=True)
class _Page:
    """The page that all cards of a document stand on, whichever cards these are."""

    templates: Mapping[str, str]
    language: Language
    doc: ParticipantView
    kind: DocumentKind
    layout: CardLayout
    stocks: tuple[Stock, ...]
    shop: bool
    remark: str

    def html(self, cards: Sequence[Card], count: int, at: Mapping[str, int]) -> str:
        """`at` says on which of the stocks each card lies; `count` is the number of all cards."""
        return render(
            self.templates,
            f"{self.kind.id}/page.html.j2",
            self.language,
            doc=self.doc,
            palette=self.doc.house.palette,
            document=self.kind,
            layout=self.layout,
            sheets=tuple(self._sheets(cards, at)),
            count=count,
            advice=self._advice(),
            remark=self.remark,
        )

    def css(self) -> Sequence[str]:
        """The size of a print shop's pages."""
        pages = [print_shop(stock) for stock in self.stocks] if self.shop else []
        return [_PAGE.format(name=page_name(page), width=page.sheet_width, height=page.sheet_height) for page in pages]

    def counted(self, card: Card, cards: Sequence[Card]) -> tuple[int, int]:
        """Its number and the number of all cards, where they stand on it: else one more changes no other."""
        template = self.templates[f"{self.kind.id}/page.html.j2"]
        return card.number if "card.number" in template else 0, len(cards) if "count" in template else 0

    def look(self) -> Sequence[str]:
        """What the cards have in common."""
        shared = [text for name, text in sorted(self.templates.items()) if name.startswith("shared/cards")]
        layout = self.layout.model_copy(update={"copies_of_each": 1, "back_offset": (0, 0), "finish": ""})
        return [*shared, self.templates[f"{self.kind.id}/page.html.j2"], repr(layout), self.language.tag]

    def _sheets(self, cards: Sequence[Card], at: Mapping[str, int]) -> Iterator[Sheet]:
        first = 1
        for place, stock in enumerate(self.stocks):
            here = [card for card in cards if at[card.entry.id] == place]
            copies = 1 if self.shop else self.layout.copies_of_each
            found = sheets(
                [card if copy == 0 else _without_ids(card) for copy in range(copies) for card in here],
                print_shop(stock) if self.shop else stock,
                "long" if self.shop and self.kind.flip == "fold" else self.kind.flip,
                offset=(0, 0) if self.shop else self.layout.back_offset,
                first=first,
            )
            yield from found
            first += len(found)

    def _advice(self) -> str:
        flip = self.kind.flip
        sides = self.language.phrase("cards.single_sided" if flip == "none" else f"cards.flip_{flip}")
        ready = self.language.phrase("cards.cut_already") if self.stocks[0].ready_cut else ""
        return joined_by(" ", (sides, ready or self.layout.finish))


def _without_ids(card: Card) -> Card:
    """An id stands in a page once."""
    return replace(card, texts={name: replace(box, id="") for name, box in card.texts.items()})


# Faults ------------------------------------------------------------------------------------------


def _nothing(kind: DocumentKind, layout: CardLayout) -> Diagnostic:
    return Diagnostic(
        code="nothing-for-cards",
        message=f"There are no {layout.of} to print: the {kind.title.lower()} would be empty.",
        advice=f"Name {layout.of} in the plan, or take the {kind.title.lower()} out of the materials.",
    )


def _misfits(misfits: Sequence[tuple[_Text, Overflow]]) -> tuple[Diagnostic, ...]:
    # Some texts stand on many cards, like the post of a speaker: one message for each is enough.
    first = {(text.name, _subject(text)): (text, over) for text, over in reversed(misfits)}
    return tuple(_misfit(text, over) for text, over in first.values())


def _subject(text: _Text) -> str:
    return str(getattr(text.entry, text.layout.by))


def _misfit(text: _Text, over: Overflow) -> Diagnostic:
    words = str(getattr(text.entry, text.layout.field))
    return Diagnostic(
        "card-text-does-not-fit",
        f"{text.layout.called} “{_subject(text)}” does not fit on a card, even at {text.settings[-1].size:g} pt.",
        f"{text.layout.advice}: about {_words_over(words, over.over_mm, text.height)} fewer.",
        _place(text.entry.place),
    )


def _words_over(text: str, over: float, room: float) -> str:
    count = len(text.split())
    words = max(1, min(count - 1, math.ceil(count * over / (room + over))))
    return f"{words} word" if words == 1 else f"{words} words"


def _place(place: str) -> Place:
    file, line, column = place.rsplit(":", 2)
    return Place(file, int(line), int(column))
