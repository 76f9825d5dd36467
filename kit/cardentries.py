"""What stands on cards, besides quotations: an entry for each card."""

from __future__ import annotations

from collections.abc import Iterator

from kit.grouping import seated_at, sizes
from kit.model.document import BadgeView, RoleView, ScenarioView, TableView, TaskView
from kit.model.workshop import Workshop


def scenarios(workshop: Workshop) -> Iterator[ScenarioView]:
    """The local situations, with what to ask about each."""
    for position, scenario in enumerate(workshop.scenarios):
        place = str(workshop.texts["trust"].place(("scenarios", position, "text")))
        yield ScenarioView(scenario.id, scenario.title, scenario.kind, scenario.text, scenario.question, place)


def tasks(workshop: Workshop) -> Iterator[TaskView]:
    """The tasks to sort, without their answers."""
    for task, place in zip(workshop.tasks, workshop.task_places, strict=True):
        yield TaskView(task.id, task.text, place)


def roles(workshop: Workshop) -> Iterator[RoleView]:
    """A set for each group, and one where the room works as a whole; sets stay together."""
    activities = {block.activity.id: block.activity for block in workshop.blocks if block.activity}
    for activity in activities.values():
        sets = len(sizes(workshop.attendees, activity.groups, seated_at(workshop)))
        text = workshop.texts[f"activity:{activity.id}"]
        for number in range(1, sets + 1):
            for position, role in enumerate(activity.roles):
                place = str(text.place(("roles", position, "text")))
                yield RoleView(f"{activity.id}-{role.id}-{number}", role.title, role.text, activity.title, place)


def badges(workshop: Workshop) -> Iterator[BadgeView]:
    """One for each person and the spares; nobody’s name is known yet."""
    for number in range(1, workshop.attendees + workshop.spares + 1):
        yield BadgeView(f"badge-{number}", workshop.plan.title, _place_of_title(workshop))


def tables(workshop: Workshop) -> Iterator[TableView]:
    """A sign for each table."""
    for number in range(1, workshop.tables + 1):
        yield TableView(f"table-{number}", str(number), workshop.plan.title, _place_of_title(workshop))


def _place_of_title(workshop: Workshop) -> str:
    return str(workshop.texts[f"plan:{workshop.plan.id}"].place(("title",)))
