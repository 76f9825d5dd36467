"""Names that led somewhere once: what the base renamed or took away, and what is wrong with the list of new names."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING

from kit.diagnostics import Diagnostic
from kit.faults import near, nearest
from kit.model.lock import Item, Lock, LockedItem
from kit.model.moved import Move
from kit.renames import Renames, circles
from kit.source import SourceText
from kit.touched import touches

if TYPE_CHECKING:
    from kit.load import Library

SENTENCE = {"quote": "Quotation", "task": "Task card"}


def gone(
    library: Library,
    text: SourceText,
    what: str,
    id: str,
    known: Collection[str],
    *,
    within: str = "",
    item: Item | None = None,
) -> tuple[str, str] | None:
    """What to say of an id in `text` that is not known, and what to do, if it was known once; None if it never was.

    `within` is the plan of a block, the activity of a step or a slide. `item` is what the lock may have of it.
    """
    theirs = library.trust is not None and any(library.texts.get(f"{k}:{i}") is text for k, i in library.own)
    profile = library.texts.get("trust") is text
    upgrade = f"kit upgrade --trust {reference(library)}" if theirs or profile else ""
    moves = Renames(library.moves).path(what, id, within)
    if moves and moves[-1].to in known:
        since = f"since version {moves[-1].since}" if len(moves) == 1 else "now"
        advice = f"Run {upgrade}: it writes the new name for you." if upgrade else "Write the new name."
        return f"The {what} “{id}” is called “{moves[-1].to}” {since}.", advice
    if not profile or item is None or library.lock is None or library.trust is None:
        return None
    locked = find(library.lock, item, library)
    if locked is None:
        return None
    count = sum(_is_in(touch.item, item) for touch in touches(library.trust, library.own))
    count = len(library.trust.changes.get(id, ())) if what == "plan" else count
    named = f"{count} of your changes name it" if count > 1 else "1 of your changes names it"
    instead = closest(library, what, id, known, locked)
    hint = f" Nearest: “{instead}”." if instead else ""
    message = f"{SENTENCE.get(what, what.capitalize())} “{id}” is gone from the base: {named}.{hint}"
    return message, f"Name another in its place. To see what was there, and to decide: {upgrade}."


def closest(library: Library, what: str, id: str, known: Collection[str], locked: LockedItem) -> str | None:
    """What is most like something that is gone: for an activity by its themes and its length, else by its name."""
    if what != "activity":
        return nearest(id, known)
    themes, minutes = locked.was.get("themes"), locked.was.get("minutes")
    wanted = set(themes) if isinstance(themes, tuple) else set()
    alike = [
        (-len(shared), abs(length - minutes) if isinstance(minutes, int) else 0, activity.id)
        for activity in library.activities.values()
        if (shared := wanted & set(activity.themes))
        for length in [activity.best]
    ]
    return nearest(id, known) or (min(alike)[2] if alike else None)


def find(lock: Lock, item: Item, library: Library) -> LockedItem | None:
    """What the lock has of an item, or of a part of it, under the name that it has now or under one before."""
    renames = Renames(library.moves)

    def activity_of(plan: str, block: str) -> str:
        blocks = library.plans[plan].all_blocks if plan in library.plans else ()
        return next((each.activity or "" for each in blocks if each.id == block), "")

    now = renames.item(item, activity_of)
    known = [(renames.item(each.item, activity_of), each) for each in lock.items]
    exact = next((each for name, each in known if name == now), None)
    return exact or next((each for name, each in known if _is_in(name, now)), None)


def _is_in(item: Item, other: Item) -> bool:
    """Whether an item is the other, or a part of it when that is a block."""
    return item == other or (other.kind == "block" and (item.plan, item.block) == (other.plan, other.block))


def reference(library: Library) -> str:
    """The trust's folder, as a command takes it."""
    folder, slash, _ = library.texts["trust"].file.rpartition("/")
    if folder.startswith("content/trusts/"):
        return folder.rpartition("/")[2]
    path = folder if slash else "."
    shown = path if "/" in path or path == "." else f"./{path}"
    return f'"{shown}"' if " " in shown else shown


# The list of new names ---------------------------------------------------------------------------


def moved_faults(library: Library, elsewhere: Mapping[str, Collection[str]], text: SourceText) -> Iterator[Diagnostic]:
    """What is wrong with `content/moved.yaml`: circles, new names that lead nowhere, old names still in use."""
    round_and_round = circles(library.moves)
    seen: list[tuple[str, str, str]] = []
    places = {"plan": elsewhere["plan"], "activity": (*library.activities, *elsewhere["activity"])}
    for position, move in enumerate(library.moves):
        spot = ("moved", position)
        name = (move.kind, move.plan or move.activity or "", move.from_)
        if name in seen:
            yield Diagnostic(
                "renamed-twice",
                f"The {move.kind} “{move.from_}” has 2 new names.",
                "Keep one. What was renamed again has a line of its own, from its second name to its third.",
                text.place((*spot, "from")),
            )
        seen.append(name)
        if position in round_and_round:
            yield Diagnostic(
                "renamed-in-a-circle",
                f"The new names lead from “{move.from_}” back to “{move.from_}”.",
                "Take out one of these lines, so that they end with the name that is used now.",
                text.place((*spot, "to")),
            )
            continue
        scope = "plan" if move.plan else "activity"
        within = Renames(library.moves).named(scope, move.plan or move.activity or "")
        if within and within not in places[scope]:
            yield Diagnostic(
                "renamed-to-nothing",
                f"There is no {scope} “{within}”. {near(within, places[scope])}".strip(),
                "Correct it. Take the line out when what had the new name is gone.",
                text.place((*spot, scope)),
            )
            continue
        known = _known(library, elsewhere, move)
        if known is None:
            continue
        if move.from_ in known:
            yield Diagnostic(
                "renamed-and-still-there",
                f"The {move.kind} “{move.from_}” is recorded as renamed, but it is still there.",
                "Take this line out, or give what has the old name another id: an id is not used twice.",
                text.place((*spot, "from")),
            )
        last = Renames(library.moves).named(move.kind, move.to, move.plan or move.activity or "")
        if last not in known:
            yield Diagnostic(
                "renamed-to-nothing",
                f"The new name “{last}” is that of no {move.kind}. {near(last, known)}".strip(),
                "Correct it. Take the line out when what had the new name is gone.",
                text.place((*spot, "to")),
            )


def _known(library: Library, elsewhere: Mapping[str, Collection[str]], move: Move) -> Collection[str] | None:
    """Every id of the kind of a move, where it would be found; None when not all of that was read."""
    match move.kind:
        case "plan" | "document":
            return elsewhere[move.kind]
        case "activity":
            return (*library.activities, *elsewhere["activity"])
        case "quote":
            return [quote.id for quote in library.article.quotes]
        case "task":
            return [task.id for task in library.tasks]
        case "term":
            return list(type(library.words.terms).model_fields)
        case "block":
            wanted = [move.plan] if move.plan else list(elsewhere["plan"])
            plans = [library.plans[id] for id in wanted if id in library.plans]
            return [b.id for plan in plans for b in plan.all_blocks] if len(plans) == len(wanted) else None
    activity = library.activities.get(Renames(library.moves).named("activity", move.activity or ""))
    if activity is None:
        return None
    return [each.id for each in (activity.steps if move.kind == "step" else activity.slides)]
