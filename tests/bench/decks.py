"""How the slides of every deck fit, and how fast decks are written: `python tests/bench/decks.py [PLAN ...]`

The table of fit counts, for each plan and edition, the slides whose words stand at full size, those that are scaled
down, and those that go on to another slide; what is least is the smallest type that is read from the back of the room.
Then a deck of 100, 200 and 400 slides is written. Two goals: 400 slides take less than 5 seconds of CPU, and time grows
with their number and not faster.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from kit.check import Checked, Order, check  # noqa: E402
from kit.compose import Imprint  # noqa: E402
from kit.model.document import DeckView, Stamp  # noqa: E402
from kit.model.page import SlideShape  # noqa: E402
from kit.palette import OWN  # noqa: E402
from kit.render.deck import DeckBrand, build_slides  # noqa: E402
from kit.render.deck.basis import basis, house_of  # noqa: E402
from kit.render.deck.grid import Layout  # noqa: E402
from kit.render.deck.layouts import FOR, NARROW_FOR  # noqa: E402
from kit.render.deck.paging import paged  # noqa: E402
from kit.render.deck.planning import Plan, overs, plan  # noqa: E402
from kit.render.deck.read import read  # noqa: E402
from kit.render.deck.slides import Slide  # noqa: E402
from kit.render.html import render  # noqa: E402
from kit.slides import deck_view  # noqa: E402
from kit.slides.parts import whole  # noqa: E402
from kit.terminal import columns  # noqa: E402
from kit.workspace import Workspace  # noqa: E402

Layouts = Mapping[str, tuple[Layout, ...]]

READ = ("points", "left", "right", "question", "quote", "steps", "facts", "agenda")
"""Slots that are read from the back of the room."""
COUNTS = (100, 200, 400)
MOST_SECONDS = 5
MOST_GROWTH = 1.25


def decks(checked: Checked, shape: SlideShape = "16:9") -> Iterator[DeckView]:
    """The view of each session’s deck, with a page of the workbook for each block."""
    workshop = checked.workshop
    pages = {block.id: 10 for block in workshop.blocks}
    for session in workshop.sessions:
        imprint = Imprint(Stamp("abc1234", "1 January 2027", "Built"), checked.palette)
        yield deck_view(workshop, session, imprint, workbook_pages=pages, shape=shape)


def slides_of(view: DeckView, checked: Checked, layouts: Layouts) -> tuple[Slide, ...]:
    language = checked.workshop.language
    view = paged(view, checked.templates, language, layouts)
    return read(render(checked.templates, "deck/slides.html.j2", language, deck=view))


def shapes(checked: Checked) -> Iterator[tuple[str, Layouts]]:
    """What the decks of an edition stand on: wide and narrow slides of our own, or the trust’s template."""
    file = checked.library.deck_template
    if file is None:
        yield "16:9", FOR
        yield "4:3", NARROW_FOR
        return
    chosen = basis(file, DeckBrand("A trust", checked.palette), house_of(checked.library.brand, checked.palette))
    assert chosen.value is not None
    yield file.name, chosen.value.design.layouts


def scaled(planned: Plan) -> bool:
    """Whether anything on a slide is smaller than its layout has it."""
    for holder in planned.layout.placeholders:
        if holder.slot in planned.tables and holder.table and planned.tables[holder.slot].size < holder.table.size:
            return True
        if holder.slot in planned.sizes and planned.sizes[holder.slot].sizes[0] < holder.levels[0].size:
            return True
    return False


def least(planned: Plan) -> float:
    """The smallest type that is read from the back, in points."""
    sizes = [fitted.sizes[0] for slot, fitted in planned.sizes.items() if slot in READ]
    return min([*sizes, *(fitted.size for slot, fitted in planned.tables.items() if slot in READ)], default=99)


def row(plan_id: str, trust: str, shape: str, plans: Sequence[Plan]) -> tuple[str, ...]:
    often = Counter(whole(planned.slide.id) for planned in plans)
    split = [planned for planned in plans if often[whole(planned.slide.id)] > 1]
    alone = [planned for planned in plans if often[whole(planned.slide.id)] == 1]
    small = sum(scaled(planned) for planned in alone)
    smallest = min(plans, key=least)
    over = [planned.slide.id for planned in plans if overs(planned)]
    return (
        *(plan_id, trust, shape, str(len(plans)), str(len(alone) - small), str(small), str(len(split))),
        *(f"{least(smallest):g} pt, {smallest.slide.id}", ", ".join(over) or "none"),
    )


def table_of_fit(only: Sequence[str]) -> None:
    workspace = Workspace(ROOT, ROOT)
    rows = [("plan", "edition", "on", "slides", "full size", "scaled", "in parts", "least", "too full")]
    for trust in (None, *workspace.trusts()):
        for plan_id in only or list(workspace.entries("plans", workspace.trust_folder(trust) if trust else None)):
            checked = check(workspace, Order(plan=plan_id, trust=trust)).value
            if checked is None:
                continue
            for shape, layouts in shapes(checked):
                plans = [
                    plan(s, layouts)
                    for view in decks(checked, "4:3" if shape == "4:3" else "16:9")
                    for s in slides_of(view, checked, layouts)
                ]
                rows.append(row(plan_id, trust or "base", shape, plans))
    print(columns(rows))


def seconds(slides: Sequence[Slide], count: int) -> float:
    """CPU seconds for a deck of `count` slides, the best of 2."""
    many = [
        replace(slides[n % len(slides)], id=f"{n}", title=f"{n} {slides[n % len(slides)].title}") for n in range(count)
    ]
    best = float("inf")
    for _ in range(2):
        started = time.process_time()
        outcome = build_slides(many, "A deck", DeckBrand("A trust", OWN), datetime(2027, 1, 1))
        best = min(best, time.process_time() - started)
        assert outcome.value is not None, outcome.diagnostics[:3]
    return best


def speed() -> None:
    checked = check(Workspace(ROOT, ROOT), Order()).value
    assert checked is not None
    slides = slides_of(next(decks(checked)), checked, FOR)
    taken = {count: seconds(slides, count) for count in COUNTS}
    for count, cpu in taken.items():
        print(f"{count} slides: {cpu:.2f} s of CPU, {1000 * cpu / count:.1f} ms each")
    growth = taken[COUNTS[-1]] / taken[COUNTS[0]] / (COUNTS[-1] / COUNTS[0])
    met = taken[COUNTS[-1]] < MOST_SECONDS
    print(f"400 slides: {taken[COUNTS[-1]]:.2f} s (goal: under {MOST_SECONDS}) {'met' if met else 'NOT MET'}")
    verdict = "met" if growth <= MOST_GROWTH else "NOT MET"
    print(f"each of 400 slides against each of 100: {growth:.2f} (goal: at most {MOST_GROWTH}) {verdict}")


if __name__ == "__main__":
    table_of_fit(sys.argv[1:])
    speed()
