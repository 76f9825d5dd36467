"""The files of one document of cards: its sheets, those of the cards that changed, and one for a print shop."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any

from kit.diagnostics import Diagnostic, Outcome
from kit.model.brand import Palette
from kit.model.kind import DocumentKind
from kit.model.language import Language
from kit.model.stock import STOCKS
from kit.render.cards import Cards, build
from kit.render.pdf import Asset, Laid, Part, bind
from kit.render.press import in_inks

PRINT_SHOP = "print-shop/"
"""The folder of a pack for what goes to a print shop."""


@dataclass(frozen=True)
class CardSet:
    """What the cards of a document are made from, in one language; a bilingual edition has two of these."""

    kind: DocumentKind
    language: Language
    view: Any
    palette: Palette
    css: Callable[[Palette], Sequence[str]]
    """The stylesheets in order, for the colours that they are to name."""
    templates: Mapping[str, str]
    created: datetime
    spacing: tuple[float, float] = (0, 0)


@dataclass(frozen=True)
class CardFile:
    """A finished file. Its `kind` has no copies when it is not what is to be printed."""

    kind: DocumentKind
    path: str
    title: str
    data: bytes
    pages: int
    note: str = ""
    """What stands beside it where it says what to print."""
    remark: str = ""
    """What the end of a build says about it."""
    cards: Mapping[str, str] = field(default_factory=dict)
    """What tells whether each card is still what it was, by its language and its id."""


@dataclass(frozen=True)
class BuiltSet:
    """The cards of a set, laid out."""

    of: CardSet
    cards: Cards

    @property
    def digests(self) -> Mapping[str, str]:
        return {f"{self.of.language.tag}/{id}": digest for id, digest in self.cards.digests.items()}

    def changed(self, before: Mapping[str, str]) -> tuple[str, ...]:
        """The ids of those that are not what they were."""
        now = zip(self.cards.digests, self.digests.items(), strict=True)
        return tuple(id for id, (name, digest) in now if before.get(name) != digest)


def files(
    sets: Sequence[CardSet],
    assets: Mapping[str, Asset],
    *,
    path: str,
    title: str,
    before: Mapping[str, str] | None = None,
    day: str = "",
    copies: int = 0,
    print_shop: bool = False,
    refused: Callable[[int, Laid], Diagnostic | None] = lambda position, laid: None,
) -> Outcome[tuple[CardFile, ...]]:
    """All files of one document of cards, or why they cannot be right.

    `before` is what the cards were when they were last built, on `day`, when a file of those that changed is asked
    for; empty when they never were. `copies` is what the file tells a printer.
    `refused` finds what is wrong with the pages of one of the sets.
    """
    outcomes = [built_set(each, assets) for each in sets]
    faults = tuple(fault for outcome in outcomes for fault in outcome.diagnostics)
    built = [outcome.value for outcome in outcomes if outcome.value is not None]
    if len(built) < len(outcomes):
        return Outcome(None, faults)
    if found := next(filter(None, (refused(n, one.cards.laid) for n, one in enumerate(built))), None):
        return Outcome(None, (*faults, found))
    language, grown = sets[0].language, sum(one.cards.grown for one in built)
    whole = replace(
        _bound(built, path, title, copies=copies),
        note=language.phrase("cards.on_larger", n=grown) if grown else "",
        cards={id: digest for one in built for id, digest in one.digests.items()},
    )
    extra: list[CardFile] = []
    if before is not None:
        whole, extra = _beside(whole, built, assets, before, day)
    if print_shop and whole.kind.cards and not STOCKS[whole.kind.cards.stock].tent:
        extra.append(_for_print_shop(whole, built, assets))
    return Outcome((whole, *extra), faults)


def built_set(one: CardSet, assets: Mapping[str, Asset], **more: Any) -> Outcome[BuiltSet]:
    """The cards of a set on their pages; `more` is handed on to `kit.render.cards.build`."""
    built = build(
        one.templates,
        one.language,
        one.view,
        one.css(one.palette),
        assets,
        kind=one.kind,
        created=one.created,
        spacing=one.spacing,
        **more,
    )
    return Outcome(BuiltSet(one, built.value) if built.value else None, built.diagnostics)


def _again(one: CardSet, assets: Mapping[str, Asset], **more: Any) -> BuiltSet:
    """The same cards, or some of them, on other pages: they have fitted before."""
    built = built_set(one, assets, **more).value
    assert built is not None
    return built


def _bound(built: Sequence[BuiltSet], path: str, title: str, *, copies: int = 0, press: bool = False) -> CardFile:
    kind = _lying_on(built[0].of.kind, built[0].cards.stock)
    duplex: Any = "simplex" if kind.sides == 1 or kind.flip == "none" else kind.flip
    data = bind([Part(one.cards.laid) for one in built], title=title, duplex=duplex, copies=copies, press=press)
    return CardFile(kind, path, title, data, sum(one.cards.laid.pages for one in built))


def _lying_on(kind: DocumentKind, stock: str) -> DocumentKind:
    """The document as its sheets are: where all words need larger cards, it lies on another stock than it asks for."""
    assert kind.cards is not None
    lying = "landscape" if STOCKS[stock].landscape else "portrait"
    return kind.model_copy(update={"orientation": lying, "cards": kind.cards.model_copy(update={"stock": stock})})


def _called(file: CardFile, whole: CardFile, called: str, **update: Any) -> CardFile:
    """Another file of the same document, with a name that says what it is."""
    kind = whole.kind.model_copy(update={"title": called, **update})
    return replace(file, kind=kind, title=whole.title.replace(whole.kind.title, called, 1))


# Only what changed -------------------------------------------------------------------------------


def _beside(
    whole: CardFile, built: Sequence[BuiltSet], assets: Mapping[str, Asset], before: Mapping[str, str], day: str
) -> tuple[CardFile, list[CardFile]]:
    """The whole file, and one of the cards that changed if any did.

    What is to be printed are the changed ones: the whole file stays for whoever needs all of them.
    """
    language, title = built[0].of.language, whole.kind.title
    # The end of a build speaks English, whatever the pack does.
    english = language.fallback or language
    if not before:
        return replace(whole, remark=english.phrase("cards.nothing_to_compare", document=title)), []
    unprinted = replace(whole, kind=whole.kind.model_copy(update={"copies": None}))
    changed = [(one.of, one.changed(before)) for one in built]
    count = sum(len(ids) for _, ids in changed)
    if not count:
        return replace(unprinted, remark=english.phrase("cards.nothing_changed", document=title, day=day)), []
    remark = language.phrase("cards.only_changed", n=count, day=day)
    path = PurePosixPath(whole.path)
    part = _bound(
        [_again(one, assets, only=ids, remark=remark) for one, ids in changed if ids],
        str(path.with_stem(f"{path.stem}-changed")),
        whole.title,
    )
    part = _called(part, whole, language.phrase("cards.title_changed", document=title))
    told = f"{part.path}: {english.phrase('cards.only_changed', n=count, day=day)}."
    return replace(unprinted, remark=told), [replace(part, note=f"{remark}.")]


# For a print shop --------------------------------------------------------------------------------


def _for_print_shop(whole: CardFile, built: Sequence[BuiltSet], assets: Mapping[str, Asset]) -> CardFile:
    """A page for each face of a card, in inks, with what a print shop asks for around it."""
    pages = [_again(_in_inks(one.of), assets, shop=True) for one in built]
    file = _bound(pages, PRINT_SHOP + PurePosixPath(whole.path).name, whole.title, press=True)
    called = built[0].of.language.phrase("cards.title_print_shop", document=whole.kind.title)
    return _called(file, whole, called, copies=None)


def _in_inks(one: CardSet) -> CardSet:
    palette = in_inks(one.palette)
    return replace(one, palette=palette, view=replace(one.view, house=replace(one.view.house, palette=palette)))
