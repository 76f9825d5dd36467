"""The files of one document of cards: its sheets, those of the cards that changed, and one for a print shop."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Any

from kit.diagnostics import Outcome
from kit.model.kind import CardLayout
from kit.model.stock import STOCKS
from kit.render.cards import Cards, build
from kit.render.job import Job, Made, collided, duplex_of, stylesheets
from kit.render.pdf import Asset, Part, bind
from kit.render.press import in_inks

PRINT_SHOP = "print-shop/"
"""The folder of a pack for what goes to a print shop."""


@dataclass(frozen=True)
class _Set:
    """The cards in one language; a bilingual edition has them in two."""

    job: Job
    cards: Cards

    @property
    def digests(self) -> Mapping[str, str]:
        """By the language and the id of each, as the manifest keeps them."""
        return {f"{self.job.language.tag}/{id}": digest for id, digest in self.cards.digests.items()}

    def changed(self, before: Mapping[str, str]) -> tuple[str, ...]:
        """The ids of those that are not what they were."""
        return tuple(
            id for id, now in zip(self.cards.digests, self.digests.items(), strict=True) if before.get(now[0]) != now[1]
        )


def files(job: Job, assets: Mapping[str, Asset]) -> Outcome[tuple[Made, ...]]:
    """All files of one document of cards, or why they cannot be right."""
    started = time.perf_counter()
    outcomes = [_built(each, assets) for each in (job, job.second) if each is not None]
    faults = tuple(fault for outcome in outcomes for fault in outcome.diagnostics)
    sets = [outcome.value for outcome in outcomes if outcome.value is not None]
    if len(sets) < len(outcomes):
        return Outcome(None, faults)
    if found := next(filter(None, (collided(one.job, one.cards.laid) for one in sets)), None):
        return Outcome(None, (*faults, found))
    grown = sum(one.cards.grown for one in sets)
    made = replace(
        _made(job, sets, started),
        note=job.language.phrase("cards.on_larger", n=grown) if grown else "",
        cards={id: digest for one in sets for id, digest in one.digests.items()},
    )
    extra: list[Made] = []
    if job.earlier is not None:
        # What is to be printed are the changed ones: the whole file stays for whoever needs all of them.
        changed, told = _changed(sets, assets)
        made = replace(made, kind=made.kind.model_copy(update={"copies": None}) if told else made.kind)
        made = replace(made, remark=told or _nothing_to_compare(job))
        extra += changed
    if job.print_shop and job.edition.name == "standard" and not STOCKS[_layout(job).stock].tent:
        extra.append(_for_print_shop(sets, assets))
    return Outcome((made, *extra), faults)


def _built(job: Job, assets: Mapping[str, Asset], **more: Any) -> Outcome[_Set]:
    built = build(
        job.templates,
        job.language,
        job.view,
        stylesheets(job),
        assets,
        kind=job.kind,
        created=job.created,
        spacing=job.edition.spacing,
        **more,
    )
    return Outcome(_Set(job, built.value) if built.value else None, built.diagnostics)


def _again(one: _Set, assets: Mapping[str, Asset], **more: Any) -> _Set:
    """The same cards, or some of them, on other pages."""
    built = _built(one.job, assets, **more).value
    assert built is not None
    return built


def _layout(job: Job) -> CardLayout:
    assert job.kind.cards is not None
    return job.kind.cards


def _made(job: Job, sets: Sequence[_Set], started: float, *, press: bool = False) -> Made:
    parts = [Part(one.cards.laid) for one in sets]
    data = bind(parts, title=job.title, duplex=duplex_of(job.kind), press=press)
    pages = sum(one.cards.laid.pages for one in sets)
    seconds = time.perf_counter() - started
    return Made(job.kind, job.path, job.title, data, pages, seconds, {}, job.session, job.edition)


def _named(job: Job, path: str, phrase: str, **update: Any) -> Job:
    """The job of another file of the same document, with a name that says what it is."""
    called = job.language.phrase(phrase, document=job.kind.title)
    kind = job.kind.model_copy(update={"title": called, **update})
    return replace(job, kind=kind, path=path, title=job.title.replace(job.kind.title, called, 1))


# Only what changed -------------------------------------------------------------------------------


def _changed(sets: Sequence[_Set], assets: Mapping[str, Asset]) -> tuple[Sequence[Made], str]:
    """The file of the cards that changed, if any did, and what is told of it; nothing without an earlier build."""
    started = time.perf_counter()
    job, earlier = sets[0].job, sets[0].job.earlier
    if earlier is None or not earlier.cards:
        return (), ""
    phrase = job.language.phrase
    changed = {one.job.language.tag: one.changed(earlier.cards) for one in sets}
    count, english = sum(len(ids) for ids in changed.values()), job.language.fallback or job.language
    if not count:
        told = english.phrase("cards.nothing_changed", document=job.kind.title, day=earlier.day)
        return (), told
    remark = phrase("cards.only_changed", n=count, day=earlier.day)
    parts = [
        _again(one, assets, only=changed[one.job.language.tag], remark=remark)
        for one in sets
        if changed[one.job.language.tag]
    ]
    path = PurePosixPath(job.path)
    named = _named(job, str(path.with_stem(f"{path.stem}-changed")), "cards.title_changed")
    made = replace(_made(named, parts, started), note=f"{remark}.")
    return (made,), f"{made.path}: {english.phrase('cards.only_changed', n=count, day=earlier.day)}."


def _nothing_to_compare(job: Job) -> str:
    language = job.language.fallback or job.language
    return language.phrase("cards.nothing_to_compare", document=job.kind.title)


# For a print shop --------------------------------------------------------------------------------


def _for_print_shop(sets: Sequence[_Set], assets: Mapping[str, Asset]) -> Made:
    """A page for each face of a card, in inks, with what a print shop asks for around it."""
    started = time.perf_counter()
    first = sets[0].job
    named = _named(first, PRINT_SHOP + PurePosixPath(first.path).name, "cards.title_print_shop", copies=None)
    return _made(named, [_again(_in_inks(one), assets, shop=True) for one in sets], started, press=True)


def _in_inks(one: _Set) -> _Set:
    palette = in_inks(one.job.palette)
    house = replace(one.job.view.house, palette=palette)
    return replace(one, job=replace(one.job, palette=palette, view=replace(one.job.view, house=house)))
