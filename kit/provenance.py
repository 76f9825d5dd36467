"""Where a value comes from: the base, the plan, the trust's changes, or the command line; and what a trust changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from kit.changes import changed_blocks
from kit.diagnostics import Diagnostic, Outcome, Place
from kit.faults import near
from kit.load import Library, unknown
from kit.localise import DEFAULT_SPARES, Request, localise
from kit.model.change import SetChange, target
from kit.model.language import ENGLISH, NAMES, Language
from kit.model.plan import Block
from kit.model.terms import Terms
from kit.overrides import told as told_of_templates
from kit.phrasing import Origin
from kit.schedule import tables_for

OF_A_BLOCK = ("title", "minutes", "priority", "start", "purpose", "note", "activity", "objectives")
OF_A_STEP = ("title", "minutes", "do", "say", "watch")
OF_THE_OCCASION = ("date", "start", "slot", "end", "attendees", "tables", "spares", "large_print", "access_needs_by")


@dataclass(frozen=True)
class Layer:
    """One source that gives a value. The first of several layers is the one that counts."""

    source: str
    """`the command line`, `your changes`, `your profile`, `the plan`, `the activity`, `the base`, `counted`."""
    value: str
    place: Place | None = None

    @property
    def origin(self) -> str:
        """`your changes, content/trusts/northmoor/trust.yaml:72:16`."""
        return f"{self.source}, {self.place}" if self.place else self.source


def report(library: Library, plan_id: str, request: Request, what: str | None) -> Outcome[str]:
    """One value with its layers, or every difference, as lines to read."""
    if plan_id not in library.plans:
        return Outcome(None, (unknown("plan", plan_id, library.plans, "kit list plans"),))
    if what is not None:
        found = explained(library, plan_id, request, what)
        if found.value is None:
            return Outcome(None, found.diagnostics)
        heads = (what, *["before that"] * len(found.value))
        return Outcome(
            "\n".join(
                f"{h}: {layer.value}\n  from {layer.origin}" for h, layer in zip(heads, found.value, strict=False)
            )
        )
    if library.trust is None:
        return Outcome("This is the base itself. Name a trust with --trust to see what it changes.")
    told = differences(library, plan_id, request)
    if told.value is None:
        return Outcome(None, told.diagnostics)
    head = f"{library.plans[plan_id].title}, for {library.trust.name}:"
    return Outcome("\n".join([head, *(f"- {sentence}" for sentence in told.value)]))


def explained(library: Library, plan_id: str, request: Request, what: str) -> Outcome[tuple[Layer, ...]]:
    """Every layer that gives `what` a value, the one that counts first.

    `what` is `sort.minutes` (a block and its field), `sort/deal.do` (a step), `attendees`, `date`, `start`, `slot`,
    `end`, `tables`, `spares`, `trust.name`, or `term.unit`.
    """
    head, dot, field = what.rpartition(".")
    if not dot and field in OF_THE_OCCASION:
        return Outcome(tuple(_of_the_occasion(library, plan_id, request, field)))
    if head == "term" and field in Terms.model_fields:
        return Outcome(tuple(_of_a_term(library, field)))
    if head == "trust" and field in ("name", "short"):
        return Outcome(tuple(_of_the_name(library, field)))
    block, slash, step = head.partition("/")
    if dot and slash:
        return _of_a_step(library, plan_id, block, step, field)
    if dot:
        found = _of_a_block(library, plan_id, block, field)
        slot = _of_the_slot(library, plan_id, request, block) if field == "minutes" else ()
        return replace(found, value=(*slot, *found.value)) if found.value else found
    return _nothing(what, [*OF_THE_OCCASION, *(f"{b.id}.minutes" for b in library.plans[plan_id].all_blocks)])


def _nothing(word: str, known: Iterable[str]) -> Outcome[Any]:
    names = list(known)
    advice = f"You can ask for a block’s value, as in {names[-1]}, and for {', '.join(OF_THE_OCCASION)}."
    return Outcome(
        None, (Diagnostic("unknown-value", f"There is no value “{word}”. {near(word, names)}".strip(), advice),)
    )


# One value ---------------------------------------------------------------------------------------


def _of_the_occasion(library: Library, plan_id: str, request: Request, field: str) -> Iterator[Layer]:
    plan, trust = library.plans[plan_id], library.trust
    text = library.texts[f"plan:{plan_id}"]
    asked = {"date": request.dates, "slot": request.minutes, **vars(request)}.get(field)
    if asked not in (None, ()):
        yield Layer("the command line", _shown(library.english, field, asked))
    if trust is not None:
        ours = getattr(trust.session, field)
        for_this = trust.session.plan in (None, plan_id) or field not in ("date", "start", "slot", "end")
        given = field in trust.session.model_fields_set and ours not in (None, ())
        if given and for_this:
            yield Layer(
                "your profile", _shown(library.english, field, ours), library.texts["trust"].place(("session", field))
            )
    path, first = plan.parts[0]
    _, last = plan.parts[0] if any(session.after for _, session in plan.parts) else plan.parts[-1]
    match field:
        case "slot" | "end":
            end = last.start + last.minutes
            yield Layer("the plan", _shown(library.english, field, end if field == "end" else end - first.start))
        case "start":
            yield Layer("the plan", _shown(library.english, field, first.start), text.place((*path, "start")))
        case "attendees":
            yield Layer(
                "the plan", _shown(library.english, field, plan.people.planned), text.place(("people", "planned"))
            )
        case "tables":
            people = next(_of_the_occasion(library, plan_id, request, "attendees")).value
            yield Layer("the count of people, 4 to a table", str(tables_for(int(people))))
        case "spares":
            yield Layer("the base", str(DEFAULT_SPARES))
        case "large_print" | "access_needs_by":
            yield Layer("the base", "none")
        case _:
            yield Layer("the plan", "no date")


def _of_a_term(library: Library, field: str) -> Iterator[Layer]:
    trust = library.trust
    ours = getattr(trust.terms, field) if trust else None
    if ours is not None:
        yield Layer("your profile", f"{ours.one}, {ours.many}", library.texts["trust"].place(("terms", field)))
    base = getattr(library.words.terms, field)
    yield Layer("the base", f"{base.one}, {base.many}", library.texts["words"].place(("terms", field)))


def _of_the_name(library: Library, field: str) -> Iterator[Layer]:
    if library.trust is not None:
        yield Layer("your profile", getattr(library.trust, field), library.texts["trust"].place((field,)))
    yield Layer("the base", getattr(library.words, field), library.texts["words"].place((field,)))


def _blocks(library: Library, plan_id: str) -> dict[str, tuple[Block, Origin]]:
    """Every block of the edition, with where it and its fields are written."""
    plan = library.plans[plan_id]
    text = library.texts[f"plan:{plan_id}"]
    written = [
        [(block, Origin(text, (*path, "blocks", i))) for i, block in enumerate(part.blocks)]
        for path, part in plan.parts
    ]
    changes = library.trust.changes.get(plan_id, ()) if library.trust else ()
    placed = [(c, Origin(library.texts["trust"], ("changes", plan_id, n))) for n, c in enumerate(changes)]
    return {block.id: (block, origin) for blocks in changed_blocks(written, placed) for block, origin in blocks}


def _of_a_block(library: Library, plan_id: str, id: str, field: str) -> Outcome[tuple[Layer, ...]]:
    blocks = _blocks(library, plan_id)
    if id not in blocks or field not in OF_A_BLOCK:
        return _nothing(f"{id}.{field}", [f"{block}.{name}" for block in blocks for name in OF_A_BLOCK])
    block, origin = blocks[id]
    layers = []
    value = getattr(block, field)
    if value not in (None, ()):
        changed = field in origin.elsewhere or origin.text is library.texts.get("trust")
        layers.append(
            Layer(
                "your changes" if changed else "the plan", _shown(library.english, field, value), origin.place((field,))
            )
        )
    plan = library.plans[plan_id]
    for path, part in plan.parts:
        for i, before in enumerate(part.blocks):
            first = getattr(before, field)
            if before.id == id and field in origin.elsewhere and first not in (None, ()):
                spot = library.texts[f"plan:{plan_id}"].place((*path, "blocks", i, field))
                layers.append(Layer("the plan", _shown(library.english, field, first), spot))
    activity = library.activities.get(block.activity or "")
    if activity is not None and field in ("title", "purpose"):
        spot = library.texts[f"activity:{activity.id}"].place((field,))
        layers.append(Layer("the activity", _shown(library.english, field, getattr(activity, field)), spot))
    return Outcome(tuple(layers) or (Layer("the plan", "nothing is given"),))


def _of_the_slot(library: Library, plan_id: str, request: Request, id: str) -> tuple[Layer, ...]:
    """What the fit to a slot makes of a block’s minutes: nothing where it leaves them as they are."""
    workshop = localise(library, plan_id, request).value
    for session in workshop.sessions if workshop else ():
        source = f"the slot of {library.english.duration(session.minutes)}"
        if any(block.id == id for block in session.left_out):
            return (Layer(source, "left out"),)
        for block in session.blocks:
            if block.id == id and block.minutes != block.planned:
                return (Layer(source, library.english.duration(block.minutes)),)
    return ()


def _of_a_step(library: Library, plan_id: str, id: str, step: str, field: str) -> Outcome[tuple[Layer, ...]]:
    blocks = _blocks(library, plan_id)
    activity = library.activities.get(blocks[id][0].activity or "") if id in blocks else None
    steps = [each.id for each in activity.steps] if activity else []
    if activity is None or step not in steps or field not in OF_A_STEP:
        return _nothing(f"{id}/{step}.{field}", [f"{id}/{each}.{name}" for each in steps for name in OF_A_STEP])
    layers = []
    for n, change in enumerate(library.trust.changes.get(plan_id, ()) if library.trust else ()):
        if isinstance(change, SetChange) and target(change.set)[1:] == (id, step) and field in change.values:
            spot = library.texts["trust"].place(("changes", plan_id, n, field))
            layers.append(Layer("your changes", _shown(library.english, field, change.values[field]), spot))
    position = steps.index(step)
    spot = library.texts[f"activity:{activity.id}"].place(("steps", position, field))
    layers.append(Layer("the activity", _shown(library.english, field, getattr(activity.steps[position], field)), spot))
    return Outcome(tuple(layers))


def _shown(english: Language, field: str, value: Any) -> str:
    match field:
        case "minutes" | "slot" if isinstance(value, int):
            return english.duration(value)
        case "minutes":
            return f"{value.least} to {value.most} minutes, at best {value.best}"
        case "start" | "end":
            return english.clock(value)
        case "date":
            return english.long_dates(list(value))
        case "access_needs_by":
            return f"{value} days before the session" if isinstance(value, int) else english.long_date(value)
        case "objectives":
            return ", ".join(value)
    return "nothing" if value is None else " ".join(str(value).split())


# Every difference --------------------------------------------------------------------------------


def differences(library: Library, plan_id: str, request: Request) -> Outcome[tuple[str, ...]]:
    """How the trust's edition of a plan differs from the base's, a sentence each."""
    outcome = localise(library, plan_id, request)
    base = localise(replace(library, trust=None), plan_id).value
    if outcome.value is None or base is None or library.trust is None:
        return Outcome(None, outcome.diagnostics)
    theirs, trust = outcome.value, library.trust
    told = [f"It speaks of {trust.name}, {trust.short} for short."]
    if trust.language != ENGLISH:
        both = ", and what participants get is in English too" if trust.edition == "bilingual" else ""
        told.append(f"It is in {NAMES[trust.language]} as far as there are words{both}.")
    if library.deck_template is not None:
        told.append(f"Its slides are built on {library.deck_template.name}.")
    for field in Terms.model_fields:
        ours, words = getattr(trust.terms, field), getattr(library.words.terms, field)
        if ours is not None and ours != words:
            told.append(f"“{words.one}” is “{ours.one}”, and “{words.many}” is “{ours.many}”.")
    if theirs.first_date is not None:
        told.append(
            f"It is on {library.english.long_dates([session.date for session in theirs.sessions if session.date])}."
        )
    first, planned = theirs.sessions[0], base.sessions[0]
    if first.start != planned.start:
        told.append(
            f"It starts at {library.english.clock(first.start)} instead of {library.english.clock(planned.start)}."
        )
    for one, many, ours, words in (
        ("person is expected", "people are expected", theirs.attendees, base.attendees),
        ("table is set", "tables are set", theirs.tables, base.tables),
        ("spare is printed", "spares are printed", theirs.spares, base.spares),
    ):
        if ours != words:
            told.append(f"{ours} {one if ours == 1 else many} instead of {words}.")
    if theirs.scenarios:
        told.append(f"It has scenarios of its own: {'; '.join(scenario.title for scenario in theirs.scenarios)}.")
    return Outcome((*told, *theirs.changes, *told_of_templates(library.templates)), outcome.diagnostics)
