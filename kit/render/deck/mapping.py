"""Which layouts of a template from elsewhere serve as ours, as they stand.

The type of a layout says most, since it is the same in every language; then its name, then what placeholders it has
and where they stand. What cannot be had so is grafted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil
from typing import Literal

from kit.palette import LEAST_CONTRAST
from kit.render.deck.colouring import paints, readable, worst
from kit.render.deck.corporate import FEET, NO_INDEX, TITLES, Holder, Template, TheirLayout
from kit.render.deck.grid import HEIGHT, NARROW, WIDE, WIDTH, Box, Foot, Layout, Level, Placeholder, TableStyle
from kit.render.deck.grounds import covered, grounds, shared
from kit.render.deck.layouts import ALL, NARROW_ALL, named
from kit.render.deck.layouts.parts import LEAST_READ, LEAST_STEP
from kit.render.deck.ooxml import FLAT_BEFORE

LEAST_SCORE = 35
_LEAST_TITLE = 28
"""How small a title of theirs may become, in points on a slide of 13.333 inches."""
TITLE_OF_ROOM = 24
"""A title that the template sets smaller than this is not for a room, whatever the width of its slides."""
ROOM_FOR_THE_NAME = 0.75
"""How much smaller a subtitle may become than on our own slides, where the logo says whose workshop it is."""
_BULLETED = ("points", "left", "right", "voices")
"""Slots that keep the bullets of the template; in the others, its bullets would stand before a name or a sentence."""


@dataclass(frozen=True)
class Likeness:
    """How a layout of ours is known elsewhere: by type, by words in its name, and the slots that it must have."""

    types: tuple[str, ...]
    words: str
    slots: tuple[str, ...]


_CONTENT = (
    ("obj", "tx"),
    r"^(title|titel|teitl)( (and|&|und|a) |, )(content|text|inhalt|chynnwys|cynnwys)|^(content|inhalt|cynnwys)$",
)
"""How a layout for a title and content is known: what any of a few kinds of slide can stand on."""
PLAIN = ("Title and Content", "Welcome", "Objectives", "Commitments", "Table")

LIKE: Mapping[str, Likeness] = {
    "Title Slide": Likeness(
        ("title",),
        r"^(title|titel|teitl|cover|front|opening|deckblatt|titelfolie|sleid teitl)( (slide|page|seite|folie))?\b",
        ("title", "subtitle"),
    ),
    "Title and Content": Likeness(*_CONTENT, ("title", "points")),
    "Welcome": Likeness(*_CONTENT, ("title", "facts")),
    "Objectives": Likeness(*_CONTENT, ("title", "points")),
    "Commitments": Likeness(*_CONTENT, ("title", "points")),
    "Table": Likeness(*_CONTENT, ("title", "table")),
    "Content with Caption": Likeness(("objTx",), r"^content with caption", ("title", "points", "caption")),
    "Section Header": Likeness(
        ("secHead",),
        r"section|divider|abschnitt|trenn|chapter|kapitel|adran",
        ("title", "subtitle"),
    ),
    "Comparison": Likeness(
        ("twoTxTwoObj",),
        r"compar|vergleich|cymhar",
        ("title", "left-heading", "left", "right-heading", "right"),
    ),
    "Agenda": Likeness((), r"^agenda|programme|timetable|tagesordnung", ("title", "agenda")),
    "Quote": Likeness((), r"quot|zitat|dyfyn", ("title", "quote", "speaker")),
    "Quote short": Likeness((), r"quot|zitat|dyfyn", ("title", "quote", "speaker")),
    "Activity": Likeness((), r"activit|exercise|übung|gweithgaredd", ("title", "kicker", "time", "steps", "groups")),
    "Debrief": Likeness((), r"debrief|nachbesprechung", ("title", "kicker", "time", "points")),
    "Spectrum line": Likeness((), r"spectrum", ("title", "question", "left-end", "right-end")),
    "Chart": Likeness(("chart",), r"^chart|^diagramm$", ("title", "chart")),
    "Chart with message": Likeness(("chartAndTx",), r"^chart", ("title", "chart", "message")),
    "Picture with Caption": Likeness(("picTx",), r"^picture", ("title", "caption")),
    "Diagram with Caption": Likeness((), r"^diagram", ("title", "caption")),
    "Title Only": Likeness(("titleOnly",), r"^title only|^nur titel", ("title",)),
    "Discussion": Likeness((), r"discussion|diskussion|trafod", ("title", "question", "points")),
    "Break": Likeness(("secHead",), r"\bbreak\b|pause|egwyl|section|divider|abschnitt|adran", ("title", "subtitle")),
    "References": Likeness((), r"^closing|references|sources", ("title", "citation", "voices")),
}
"""By the name of our layout. What is known by its name alone must have every slot."""

_KINDS: Mapping[str, tuple[str, ...]] = {
    "": ("", "body"),
    "body": ("body", "subTitle", ""),
    "subTitle": ("subTitle", "body"),
    "tbl": ("tbl", "", "body"),
    "chart": ("chart", "", "body"),
    "pic": ("pic", "", "body"),
}
"""Which placeholders of theirs may hold the text of one of ours, the most fitting first."""


_ACTIVITY = named("Activity")


@dataclass(frozen=True)
class Match:
    """A layout of theirs in place of one of ours: their placeholders by slot, how it was found, and how well."""

    theirs: TheirLayout
    slots: Mapping[str, Holder]
    how: str
    score: float


def best_match(template: Template, ours: Layout, preferred: str) -> Match | None:
    """The layout of theirs that serves as `ours`, if one does well enough; `preferred` is a master."""
    found = (_match(template, ours, theirs) for theirs in template.layouts)
    matches = [
        replace(match, score=match.score + (10 if match.theirs.master == preferred else 0)) for match in found if match
    ]
    best = max(matches, key=lambda match: match.score, default=None)
    return best if best and best.score >= LEAST_SCORE else None


def asked_for(template: Template, ours: Layout, theirs: TheirLayout) -> Match | str:
    """`theirs` as `layout_map` asks for it, with as many slots as it can hold; in words why not where it cannot."""
    slots = assigned(template, ours, theirs, ("title", *LIKE[ours.name].slots[1:2]))
    return slots if isinstance(slots, str) else Match(theirs, slots, "your layout_map", 100)


def _match(template: Template, ours: Layout, theirs: TheirLayout) -> Match | None:
    like = LIKE[ours.name]
    slots = assigned(template, ours, theirs, like.slots)
    if isinstance(slots, str):
        return None
    name = re.sub(r"^\d+_", "", theirs.name.strip())
    if is_ours(template, ours, theirs):
        return Match(theirs, slots, "its name", 200)
    score, how = 0.0, "its placeholders"
    if re.search(like.words, name, re.IGNORECASE):
        score, how = 40, "its name"
    if theirs.kind in like.types:
        score, how = score + 50, "its type"
    kinds = [holder.kind for holder in theirs.holders]
    if ours.name in PLAIN and not (score or theirs.kind) and [k for k in kinds if k not in TITLES] in ([""], ["body"]):
        score = 40
    if ours.name == "Title Slide" and not score and sorted(kinds) == ["ctrTitle", "subTitle"]:
        score = 40
    score -= 15 if name != theirs.name.strip() else 0
    score -= 60 if re.search(r"vert|no logo|ohne logo", theirs.name, re.IGNORECASE) else 0
    score -= 8 * max(0, len(theirs.holders) - len(slots))
    if ours.name in PLAIN:
        box = slots[LIKE[ours.name].slots[1]].box
        score += 60 * min(0.5, box.width * box.height / (template.width * template.height)) - 15
    return Match(theirs, slots, how, score) if score > 0 else None


def assigned(
    template: Template, ours: Layout, theirs: TheirLayout, needed: Iterable[str]
) -> Mapping[str, Holder] | str:
    """A placeholder of theirs for each slot of ours that has one; in words what is missing of the `needed` ones."""
    if not theirs.numbered:
        return "its placeholders cannot be told apart"
    if theirs.title is None:
        return "it has no title"
    if is_ours(template, ours, theirs):
        own = {holder.index: holder for holder in theirs.holders}
        return {holder.slot: own[holder.index] for holder in ours.placeholders}
    if ours.diagram:
        return "it has no place for a drawing"
    if not all(holder.upright for holder in theirs.holders):
        return "its text runs from top to bottom"
    found = {"title": theirs.title}
    rest = [holder for holder in theirs.holders if holder.kind not in (*TITLES, "pic", "media", "clipArt")]
    if ours.name == "Comparison":
        found |= _sides(rest)
    else:
        for holder in sorted(ours.placeholders, key=lambda each: -each.box.width * each.box.height):
            if holder.slot == "title":
                continue
            kinds = _KINDS[holder.kind]
            free = [each for each in rest if each.kind in kinds and each not in found.values()]
            if free:
                found[holder.slot] = max(free, key=lambda e: (-kinds.index(e.kind), e.box.width * e.box.height))
    names = {holder.slot: holder.name.lower() for holder in ours.placeholders}
    missing = [names[slot] for slot in needed if slot not in found]
    if missing:
        return f"it has no place for the {' and the '.join(missing)}"
    scale = template.width / WIDTH
    outside = [names[slot] for slot, each in found.items() if not each.within(template.width, template.height)]
    if outside:
        return f"its {outside[0]} stands partly outside the slide"
    for slot, theirs_ in found.items():
        ours_ = next(holder for holder in ours.placeholders if holder.slot == slot)
        least = TITLE_OF_ROOM if slot == "title" else max(0.8 * ours_.least * scale, floor(template, ours_.least))
        if theirs_.levels[0].size < least:
            return f"its {names[slot]} is set in {theirs_.levels[0].size:g} point, too small for a room"
    return found


def is_ours(template: Template, ours: Layout, theirs: TheirLayout) -> bool:
    """Whether a layout is one of ours that came back: a deck of the kit, restyled and kept as a template."""
    return _same(ours, theirs) and any(_same(_ACTIVITY, each) for each in template.layouts)


def _same(ours: Layout, theirs: TheirLayout) -> bool:
    kinds = {holder.index: holder.kind for holder in theirs.holders}
    return theirs.name == ours.name and kinds == {holder.index: holder.kind for holder in ours.placeholders}


def _sides(holders: list[Holder]) -> dict[str, Holder]:
    """Two headings and what stands below them, where they line up."""
    heads = sorted((h for h in holders if h.kind == "body"), key=lambda holder: holder.box.x)
    contents = sorted((h for h in holders if h.kind == ""), key=lambda holder: holder.box.x)
    if len(heads) != 2 or len(contents) != 2 or _lopsided(contents) or _lopsided(heads):
        return {}
    names = ("left-heading", "left", "right-heading", "right")
    return dict(zip(names, (heads[0], contents[0], heads[1], contents[1]), strict=True))


def _lopsided(two: list[Holder]) -> bool:
    one, other = two[0].box, two[1].box
    level = abs(one.y - other.y) <= 0.15 * max(one.height, other.height)
    alike = min(one.width, other.width) >= 0.6 * max(one.width, other.width)
    return not (level and alike and one.x + one.width <= other.x + 0.1 * other.width)


# The layout that comes of it ---------------------------------------------------------------------


def as_ours(template: Template, ours: Layout, match: Match) -> tuple[Layout, tuple[str, ...]]:
    """Our layout with their placeholders in place of ours; and in words where a colour could not be read."""
    theirs = match.theirs
    holders: list[Placeholder] = []
    changed: list[str] = []
    for holder in ours.placeholders:
        if holder.slot in match.slots:
            made, why = _placeholder(
                template, theirs, holder, match.slots[holder.slot], is_ours(template, ours, theirs)
            )
            holders.append(made)
            changed += [f"{holder.name} on “{theirs.name}”: {why}"] if why else []
    back = is_ours(template, ours, theirs)
    drawn = _own(template, ours) if back else None
    timeline = drawn.timeline if drawn else None
    table = next((holder for holder in holders if holder.table), None)
    if ours.timeline and table and not drawn:
        timeline, beside = _strip(table.box, ours.timeline.width * template.width / WIDTH)
        style = (
            table_in(template, table.table, beside.width, template.width / WIDTH, table.wide) if table.table else None
        )
        holders = [replace(holder, box=beside, table=style) if holder is table else holder for holder in holders]
    boxes = [holder.box for holder in holders if holder.slot != "title" or len(holders) == 1]
    body = max(boxes, key=lambda box: box.width * box.height)
    layout = replace(
        ours,
        name=theirs.name,
        placeholders=tuple(holders),
        shapes=(),
        dark=False,
        symbol=drawn.symbol if drawn else None,
        panel_symbols=drawn.panel_symbols if drawn else (),
        timeline=timeline,
        diagram=drawn.diagram if drawn else None,
        chart=drawn.chart if drawn else None,
        back=None,
        timer=drawn.timer if drawn else _timer(template, theirs, ours, holders),
        logo=None,
        logo_on_dark=None,
        feet=feet(template, theirs),
        part=theirs.part,
        paint=paints(theirs.colours, grounds(template, theirs, body)),
    )
    return layout, tuple(changed)


def _timer(template: Template, theirs: TheirLayout, ours: Layout, holders: Sequence[Placeholder]) -> Box | None:
    """A bar close below the words that say until when, where nothing else stands there and there is room for it."""
    says = next((holder.box for holder in holders if holder.slot in ("time", "subtitle")), None)
    if ours.timer is None or says is None:
        return None
    bar = Box(says.x, says.y + says.height + 0.05, says.width, ours.timer.height * min(1.0, template.width / WIDTH))
    boxes = [holder.box for holder in holders] + [foot.box for foot in theirs.feet]
    free = bar.y + bar.height < template.height and not covered(template, theirs, bar)
    return bar if free and not any(shared(box, bar) for box in boxes) else None


def _own(template: Template, ours: Layout) -> Layout | None:
    """Our layout of that name on slides as wide as the template’s."""
    found = {WIDE.width: ALL, NARROW.width: NARROW_ALL}
    composed = next((each for width, each in found.items() if abs(template.width - width) < 0.01), ())
    return next((layout for layout in composed if layout.name == ours.name), None)


def _strip(box: Box, width: float) -> tuple[Box, Box]:
    """A strip at the left of a box, and what is left beside it."""
    return replace(box, width=width), Box(box.x + width, box.y, box.width - width, box.height)


def floor(template: Template, least: float) -> float:
    """Below what size nothing may go whose `least` says that a room reads it, however little room a template leaves.

    A slide is as high on the wall as ours are, whatever its own height, so this goes by the height of slides.
    """
    return min(least, LEAST_READ) * min(1.0, template.height / HEIGHT) if least >= LEAST_STEP else 0.0


def _placeholder(
    template: Template, theirs: TheirLayout, ours: Placeholder, holder: Holder, back: bool
) -> tuple[Placeholder, str]:
    scale = template.width / WIDTH
    flat = ours.slot not in ("title", *_BULLETED) and not back
    levels = _flattened(holder.levels) if flat else holder.levels
    least = min(ours.least, _LEAST_TITLE) if ours.slot == "title" else ours.least
    least *= ROOM_FOR_THE_NAME if ours.slot == "subtitle" else 1
    ink, why = legible(template, theirs, holder)
    made = replace(
        ours,
        index=holder.index,
        box=holder.text,
        levels=levels,
        least=min(levels[0].size, max(least * scale, floor(template, ours.least))),
        anchor=holder.anchor,
        balanced=False,
        wide=holder.wide,
        flat=flat,
        ink=ink,
        table=table_in(template, ours.table, holder.text.width, scale, holder.wide) if ours.table else None,
    )
    return made, why


def _flattened(levels: tuple[Level, ...]) -> tuple[Level, ...]:
    first = levels[0].size
    sizes = (first, *(round(first * 0.8) for _ in levels[1:]))
    return tuple(
        replace(level, size=size, hang=0.0, before=FLAT_BEFORE) for level, size in zip(levels, sizes, strict=True)
    )


def table_in(template: Template, style: TableStyle, width: float, scale: float, wide: float) -> TableStyle:
    """`style` for a table that is `width` inches wide, its type `scale` times the usual size if a room reads that."""
    least = max(round(style.least * scale), ceil(floor(template, style.least)))
    usual = sum(column.width for column in style.columns)
    columns = tuple(replace(column, width=column.width * width / usual) for column in style.columns)
    return replace(
        style,
        columns=columns,
        size=max(round(style.size * scale), least),
        least=least,
        header=round(style.header * scale),
        wide=wide,
    )


def feet(template: Template, theirs: TheirLayout, any_index: bool = False) -> tuple[Foot, ...]:
    """The footer and the slide number of a layout, where it has them; `any_index` if they will get other ones."""
    kinds = {
        holder.kind: holder
        for holder in theirs.feet
        if (any_index or holder.index not in (0, NO_INDEX)) and holder.within(template.width, template.height)
    }
    found: tuple[tuple[Literal["ftr", "sldNum"], Holder | None], ...] = (
        ("ftr", kinds.get("ftr")),
        ("sldNum", kinds.get("sldNum")),
    )
    return tuple(
        Foot(kind, foot.index, legible(template, theirs, foot)[0], foot.text, foot.levels[0], foot.wide)
        for kind, foot in found
        if foot
    )


def _text_of(holder: Holder) -> Box:
    """Where in its box the text of a title or of a foot is likely to stand: at the edge that it is anchored to."""
    box = holder.text
    if holder.kind not in (*TITLES, *FEET):
        return box
    top = {"t": 0.0, "ctr": 0.2, "b": 0.4}[holder.anchor]
    across = {"l": 0.0, "ctr": 0.3, "r": 0.6}[holder.levels[0].align]
    width = box.width * 0.4 if holder.kind in FEET else box.width
    left = box.x + (box.width * across if holder.kind in FEET else 0)
    return Box(left, box.y + box.height * top, width, box.height * 0.6)


def legible(template: Template, theirs: TheirLayout, holder: Holder) -> tuple[str, str]:
    """The colour to set where that of a placeholder cannot be read, and in words why; both empty where it can."""
    on = grounds(template, theirs, _text_of(holder))
    used = holder.colours[:1] if holder.kind in (*TITLES, *FEET) else holder.colours[:2]
    given = min(used, key=lambda each: worst(each, on))
    ratio = worst(given, on)
    if ratio >= LEAST_CONTRAST:
        return "", ""
    ink = readable(theirs.colours, on)
    better = worst(theirs.colours.get(ink, ink), on)
    if better <= ratio:
        return "", ""
    return ink, f"{given.upper()} has a contrast of {ratio:.1f} to 1, so the deck sets it in another colour"
