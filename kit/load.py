"""Sources to validated models: what was written, read once, every fault with its place."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel

from kit.brandfiles import BrandFiles, brand_files
from kit.diagnostics import Diagnostic, Outcome, Place
from kit.faults import near, validate
from kit.gone import moved_faults
from kit.languages import language, word_faults
from kit.model.activity import Activity
from kit.model.article import Article, Quotes, Source, Themes, Voices
from kit.model.brand import Brand
from kit.model.change import added_blocks
from kit.model.framework import Framework, Frameworks
from kit.model.language import ENGLISH, Language, Tag
from kit.model.lock import Lock
from kit.model.moved import Move, Moved
from kit.model.page import SlideShape
from kit.model.plan import Plan
from kit.model.task import Task, Tasks
from kit.model.trust import Trust
from kit.model.words import Translation, Words
from kit.overrides import OwnTemplate
from kit.references import dangling
from kit.source import SourceText, read_yaml
from kit.templatefile import TemplateFile, template_file
from kit.translations import text_faults
from kit.workspace import LOCK, Workspace

M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True)
class Library:
    """All content that one edition draws on. `texts` holds the files by role, for messages."""

    article: Article
    frameworks: tuple[Framework, ...]
    tasks: tuple[Task, ...]
    words: Words
    language: Language
    """What the pack is in."""
    english: Language
    """What messages are in, and the second language of a bilingual pack."""
    activities: Mapping[str, Activity]
    plans: Mapping[str, Plan]
    trust: Trust | None = None
    brand: Brand | None = None
    files: BrandFiles = field(default_factory=BrandFiles)
    templates: tuple[OwnTemplate, ...] = ()
    """What the trust makes of the base's templates."""
    deck_template: TemplateFile | None = None
    texts: Mapping[str, SourceText] = field(default_factory=dict)
    moves: tuple[Move, ...] = ()
    """What was renamed in the base."""
    lock: Lock | None = None
    """The base that the trust's folder was made against, as far as it is recorded."""
    own: frozenset[tuple[str, str]] = frozenset()
    """The plans and the activities of the trust's own, by kind and id."""

    @property
    def shape(self) -> SlideShape:
        """That of the slides, where nobody asks for another."""
        return self.trust.slides if self.trust else "16:9"

    @property
    def inputs(self) -> tuple[tuple[str, str], ...]:
        """What each file was read as, and its SHA-256: the same wherever the files lie."""
        files = {role: text.sha256 for role, text in self.texts.items()}
        for role, logo in (("logo", self.files.logo), ("logo-on-dark", self.files.logo_on_dark)):
            if logo is not None:
                files[role] = hashlib.sha256(logo.data).hexdigest()
        files |= {f"font:{font.path}": hashlib.sha256(font.data).hexdigest() for font in self.files.fonts}
        for own in self.templates:
            files[f"template:{own.name}"] = hashlib.sha256(own.text.encode()).hexdigest()
        if self.deck_template is not None:
            files["deck-template"] = hashlib.sha256(self.deck_template.data).hexdigest()
        return tuple(sorted(files.items()))


Memory = dict[Path, tuple[Outcome[SourceText], Outcome[Any]]]
"""Files that were read before, so that many editions read what they share once."""


def read_as(name: str, text: str, model: type[M]) -> tuple[Outcome[SourceText], Outcome[M]]:
    """What a file of this text is, for a `Memory`."""
    read = read_yaml(text, name)
    return read, validate(model, read.value) if read.value is not None else Outcome(None)


class _Reader:
    """Reads and validates file after file, and keeps what it finds wrong."""

    def __init__(self, workspace: Workspace, memory: Memory) -> None:
        self.workspace = workspace
        self.memory = memory
        self.texts: dict[str, SourceText] = {}
        self.faults: list[Diagnostic] = []

    def read(self, role: str, path: Path, model: type[M]) -> M | None:
        if path not in self.memory:
            self.memory[path] = self._fresh(path, model)
        read, validated = self.memory[path]
        self.faults += [*read.diagnostics, *validated.diagnostics]
        if read.value is not None:
            self.texts[role] = read.value
        value: M | None = validated.value
        return value

    def _fresh(self, path: Path, model: type[M]) -> tuple[Outcome[SourceText], Outcome[M]]:
        name = self.workspace.name(path)
        text = self.workspace.read_text(path)
        if text is None:
            fault = Diagnostic(
                "missing-file", f"The file {name} is not there, or is too large.", "Put it back.", Place(name)
            )
            return Outcome(None, (fault,)), Outcome(None)
        return read_as(name, text, model)

    def read_named(self, role: str, files: Mapping[str, Path], model: type[M]) -> dict[str, M]:
        """Every file of a folder; its `id` must be its file name, since commands use the one for the other."""
        found: dict[str, M] = {}
        for name, path in files.items():
            value = self.read(f"{role}:{name}", path, model)
            if value is None:
                continue
            written = getattr(value, "id", name)
            found[name] = value if written == name else value.model_copy(update={"id": name})
            if written != name:
                self.faults.append(
                    Diagnostic(
                        "id-is-not-file-name",
                        f"The id is “{written}”, but the file is called {path.name}.",
                        f"Write `id: {name}`, or rename the file to {written}.yaml.",
                        self.texts[f"{role}:{name}"].place(("id",)),
                    )
                )
        return found


def load(
    workspace: Workspace, *, plan: Path | None = None, trust: Path | None = None, memory: Memory | None = None
) -> Outcome[Library]:
    """The library as an edition for `trust` sees it.

    `plan` is one plan's file, read with its own activities alone; without it everything is read. The value
    is None when anything that the rest is built on cannot be read; references are checked as far as what was
    read allows. `memory` is filled, so that a second call need not read again what both editions share.
    """
    reader = _Reader(workspace, {} if memory is None else memory)
    content = workspace.content
    source = reader.read("source", content / "article" / "source.yaml", Source)
    voices = reader.read("voices", content / "article" / "voices.yaml", Voices)
    themes = reader.read("themes", content / "article" / "themes.yaml", Themes)
    quotes = reader.read("quotes", content / "article" / "quotes.yaml", Quotes)
    frameworks = reader.read("frameworks", content / "frameworks.yaml", Frameworks)
    tasks = reader.read("tasks", content / "tasks.yaml", Tasks)
    words = reader.read("words", content / "words" / "en-GB.yaml", Words)
    plan_files = workspace.entries("plans", trust) if plan is None else {plan.stem: plan}
    plans = reader.read_named("plan", plan_files, Plan)
    profile = reader.read("trust", trust / "trust.yaml", Trust) if trust else None
    activity_files = workspace.entries("activities", trust)
    if plan is not None and plans:
        used = _activities_of(plans.values(), profile)
        activity_files = {id: path for id, path in activity_files.items() if id in used}
    activities = reader.read_named("activity", activity_files, Activity)
    brand, files = _brand(reader, trust) if trust else (None, BrandFiles())
    moves, moves_text = _moves(reader)
    template, faults = (
        template_file(workspace, trust, profile, reader.texts["trust"]) if trust and profile else (None, ())
    )
    reader.faults += faults
    complete = source and voices and themes and quotes and frameworks and tasks and words and (profile or not trust)
    if not complete or source is None or voices is None or themes is None or quotes is None:
        return Outcome(None, tuple(reader.faults))
    assert frameworks is not None
    assert tasks is not None
    assert words is not None
    english, spoken = _languages(reader, words, profile, trust)
    library = Library(
        article=Article(source=source, voices=voices.voices, themes=themes.themes, quotes=quotes.quotes),
        frameworks=frameworks.frameworks,
        tasks=tasks.tasks,
        words=words,
        language=spoken,
        english=english,
        activities=activities,
        plans=plans,
        trust=profile,
        brand=brand,
        files=files,
        templates=tuple(_templates(workspace, trust)) if trust else (),
        deck_template=template,
        texts=reader.texts,
        moves=moves,
        lock=_lock(reader, trust) if trust else None,
        own=own_files(workspace, trust) if trust else frozenset(),
    )
    unread = set(workspace.entries("activities", trust)) - set(activities)
    elsewhere = {
        "activity": unread,
        "plan": workspace.entries("plans", trust),
        "symbol": workspace.symbols(),
        "document": workspace.documents(),
    }
    renamed = moved_faults(library, elsewhere, moves_text) if moves_text and trust is None else ()
    return Outcome(library, (*reader.faults, *renamed, *dangling(library, elsewhere)))


def profile(workspace: Workspace, trust: Path) -> Trust | None:
    """A trust's profile alone; None when it cannot be read, which is a fault of `load`."""
    return _Reader(workspace, {}).read("trust", trust / "trust.yaml", Trust)


def _languages(reader: _Reader, words: Words, profile: Trust | None, trust: Path | None) -> tuple[Language, Language]:
    """English, and the language of the pack."""
    base = language(ENGLISH, (words,))
    folders = [reader.workspace.content / "words", *([trust / "words"] if trust else [])]

    def found(tag: Tag) -> Iterator[Translation]:
        for folder in folders:
            path = folder / f"{tag}.yaml"
            if tag == ENGLISH and folder == folders[0]:
                continue
            role = f"words:{tag}" if folder == folders[0] else f"trust-words:{tag}"
            read = reader.read(role, path, Translation) if path.is_file() else None
            if read is not None:
                reader.faults += word_faults(read, base, reader.texts[role])
                reader.faults += text_faults(read.texts, reader.texts[role], reader.texts)
                yield read

    english = language(ENGLISH, (words, *found(ENGLISH)))
    tag = profile.language if profile else ENGLISH
    return english, english if tag == ENGLISH else language(tag, tuple(found(tag)), fallback=english)


def _activities_of(plans: Iterable[Plan], profile: Trust | None) -> set[str | None]:
    """The ids that the blocks of plans name, those that a trust adds included."""
    used = {id for plan in plans for block in plan.all_blocks for id in (block.activity, block.alternative)}
    for changes in profile.changes.values() if profile else ():
        used |= {id for block in added_blocks(changes) for id in (block.activity, block.alternative)}
    return used


def _brand(reader: _Reader, trust: Path) -> tuple[Brand | None, BrandFiles]:
    path = trust / "_brand.yml"
    brand = reader.read("brand", path, Brand) if path.is_file() else None
    if brand is None:
        return None, BrandFiles()
    files, faults = brand_files(reader.workspace, trust, brand, reader.texts["brand"])
    reader.faults += faults
    return brand, files


def _templates(workspace: Workspace, trust: Path) -> Iterator[OwnTemplate]:
    for name, path in workspace.own_templates(trust).items():
        yield OwnTemplate(name, workspace.name(path), workspace.read_text(path) or "")


def _moves(reader: _Reader) -> tuple[tuple[Move, ...], SourceText | None]:
    """What was renamed. It is nothing that a pack is made from, so the texts of the library do not hold it."""
    path = reader.workspace.content / "moved.yaml"
    moved = reader.read("moved", path, Moved) if path.is_file() else None
    text = reader.texts.pop("moved", None)
    return (moved.moved, text) if moved else ((), None)


def _lock(reader: _Reader, trust: Path) -> Lock | None:
    """The lock of a trust's folder, None where there is none; one that cannot be read is 1 fault, and stops nothing."""
    path = trust / LOCK
    if not path.is_file():
        return None
    apart = _Reader(reader.workspace, reader.memory)
    lock = apart.read("lock", path, Lock)
    if lock is None:
        reader.faults.append(
            Diagnostic(
                "unreadable-lock",
                "This record of the base that your changes were made against cannot be read.",
                "Put it back as it was. If that cannot be done, delete it: kit upgrade then records the base of today.",
                apart.faults[0].place,
                severity="warning",
            )
        )
    return lock


def lock_of(workspace: Workspace, trust: Path) -> Lock | None:
    """The lock of a trust's folder alone; None where there is none, or none that can be read."""
    return _lock(_Reader(workspace, {}), trust)


def own_files(workspace: Workspace, trust: Path) -> frozenset[tuple[str, str]]:
    """The plans, activities and templates in a trust's folder, by kind and id."""
    folders = (("plan", "plans"), ("activity", "activities"))
    templates = frozenset(("template", name) for name in workspace.own_templates(trust))
    return templates | frozenset(
        (kind, id)
        for kind, folder in folders
        for id, path in workspace.entries(folder, trust).items()
        if path.is_relative_to(trust)
    )


def unknown(what: str, word: str, known: Iterable[str], listing: str) -> Diagnostic:
    """The fault for something asked for on the command line that is not there."""
    hint = near(word, known)
    return Diagnostic(f"unknown-{what}", f"There is no {what} “{word}”. {hint}".strip(), f"To see them all: {listing}.")
