"""`kit new`: questions and flags in, the first files of a trust, a plan or an activity out.

What is asked and what stands in the files is decided in `kit/scaffold`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Generic, Literal, NoReturn, TypeVar

import typer

from kit.console import (
    CONTENT_FAULTS,
    MISSING_HERE,
    STOPPED,
    WRONG_USE,
    TrustOption,
    at_a_terminal,
    folder_to_write_to,
    quoted,
    report,
    say,
)
from kit.terminal import columns

if TYPE_CHECKING:
    from kit.model.terms import Term
    from kit.scaffold.answers import Answers
    from kit.workspace import Workspace

T = TypeVar("T")
What = Literal["plan", "activity"]

ABOUT = {
    "trust.yaml": "your name and words; room for venue, dates, people, cases and changes",
    "_brand.yml": "your colours; room for a logo",
    "logo/README.txt": "which logo file to ask for, and whom",
    "kit.lock": "which base it was made against, for kit upgrade; nothing to edit",
}
FOLDERS: dict[What, str] = {"plan": "plans", "activity": "activities"}
WITH_ARTICLE: dict[What, str] = {"plan": "a plan", "activity": "an activity"}
FIRST_CHOICE: dict[What, str] = {"plan": "half-day", "activity": "opening-question"}
"""What a new one begins as when none has a name like its own."""

app = typer.Typer(
    help="Begin something of your own: a trust's folder, a plan, an activity.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


# kit new trust -----------------------------------------------------------------------------------


@app.command(
    epilog="""\b
Examples:
  kit new trust "Southmere University Hospitals"            asks, then writes the folder southmere
  kit new trust "Southmere University Hospitals" --no-prompt
  kit new trust "NHS Westerdale" --kind "health board" --nation Scotland --colour 55642E
  kit new trust "Southmere University Hospitals" --unit "care group" --folder ../ourtrust
"""
)
def trust(
    name: Annotated[
        list[str] | None, typer.Argument(metavar="NAME", help="Your organisation's full name.", show_default=False)
    ] = None,
    short: Annotated[str | None, typer.Option("--short", metavar="NAME", help="What people say for it.")] = None,
    kind: Annotated[
        str | None, typer.Option("--kind", metavar="KIND", help="trust, health board, HSC trust or other.")
    ] = None,
    nation: Annotated[
        str | None, typer.Option("--nation", metavar="NATION", help="England, Scotland, Wales or Northern Ireland.")
    ] = None,
    unit: Annotated[
        str | None, typer.Option("--unit", metavar="WORD", help="What you call a department, such as care group.")
    ] = None,
    units: Annotated[str | None, typer.Option("--units", metavar="WORD", help="The same for several of them.")] = None,
    attendees: Annotated[
        str | None, typer.Option("--attendees", metavar="NUMBER", help="How many people usually come.")
    ] = None,
    contact: Annotated[
        str | None, typer.Option("--contact", metavar="WORDS", help="How participants reach someone with a question.")
    ] = None,
    colour: Annotated[
        str | None, typer.Option("--colour", metavar="HEX", help="Your main colour, with or without its #.")
    ] = None,
    folder: Annotated[
        Path | None,
        typer.Option("--folder", metavar="FOLDER", help="Where to write; ./ID by default."),
    ] = None,
    no_prompt: Annotated[
        bool, typer.Option("--no-prompt", help="Ask nothing: what is not given is left as the kit has it.")
    ] = False,
) -> None:
    """Begin your own edition: a folder with your name, words and colours. It builds at once.

    Asks what the flags leave open. Nothing is overwritten.
    """
    from kit.publish import write_new_folder
    from kit.scaffold import answers as read
    from kit.scaffold import trust_files
    from kit.workspace import Workspace

    workspace = Workspace.find()
    # All flags are read before the first question: nobody should answer 6 of them and then hear of a slip in a flag.
    flags = _Flags(
        name=_Flag("NAME", " ".join(name or ()) or None, read.line),
        short=_Flag("--short", short, read.line),
        kind=_Flag("--kind", kind, read.kind),
        nation=_Flag("--nation", nation, read.nation),
        unit=_Flag("--unit", unit, read.line),
        units=_Flag("--units", units, read.line),
        attendees=_Flag("--attendees", attendees, read.people),
        contact=_Flag("--contact", contact, read.line_or_none),
        colour=_Flag("--colour", colour, read.colour),
    )
    asking = not no_prompt and at_a_terminal()
    with _told_plainly():
        answers, target = _interview(flags, folder, _base_unit(workspace), asking)
        schemas = {model: workspace.schema_from(target, model) for model in ("trust", "brand")}
        write_new_folder(target, trust_files(answers, schemas))
    where = _shown(target)
    typer.echo(f"{answers.name} has a folder now, {where}:")
    typer.echo(columns([(f"  {path}", about) for path, about in ABOUT.items()]))
    _tell_next(
        f"Build a first pack: kit build --trust {where}",
        f"Add your venue, dates, people and changes in trust.yaml; kit check --trust {where} finds mistakes.",
        "Put your logo into the folder logo; README.txt there says which file, and whom to ask.",
    )


@dataclass(frozen=True)
class _Flag(Generic[T]):
    """A flag as it was given, None when it was not, and how it is read. A bad one is wrong use at once."""

    name: str
    given: str | None
    read: Callable[[str], T]

    def __post_init__(self) -> None:
        if self.given is not None:
            _read(self.read, self.given, self.name)

    def answer(self, question: str, default: str | None, asking: bool) -> T:
        """What the flag says, else what the person says, else the default. A bad answer is asked for again."""
        if self.given is not None:
            return self.read(self.given)
        if asking:
            answer: T = typer.prompt(
                question, default, show_default=bool(default), value_proc=partial(_read, self.read), err=True
            )
            return answer
        if default is None:
            raise typer.BadParameter("Write it after the command, in quotation marks.", param_hint=self.name)
        return self.read(default)


@dataclass(frozen=True)
class _Flags:
    """What may be said of a trust on the command line."""

    name: _Flag[str]
    short: _Flag[str]
    kind: _Flag[str]
    nation: _Flag[str]
    unit: _Flag[str]
    units: _Flag[str]
    attendees: _Flag[int | None]
    contact: _Flag[str | None]
    colour: _Flag[str]


def _interview(flags: _Flags, folder: Path | None, base: Term, asking: bool) -> tuple[Answers, Path]:
    """What is known of a trust in the end, and the folder to write. NotEmpty as soon as that is known to be taken."""
    from kit.publish import refuse_unless_empty
    from kit.scaffold import answers as of

    if folder is not None:
        refuse_unless_empty(folder)
    if asking:
        say("A few questions. Press Enter to take what stands in [brackets]; all of it can be changed later.\n")
    name = flags.name.answer("The full name of your organisation", None, asking)
    short = flags.short.answer("What people call it for short", of.short_name(name), asking)
    target = folder or Path(of.folder_id(short, name))
    refuse_unless_empty(target)
    kind = flags.kind.answer(f"What it is: {of.listed(of.KINDS)}", of.likely_kind(name), asking)
    nation = flags.nation.answer(f"Where it is: {of.listed(of.NATIONS)}", of.likely_nation(name, kind), asking)
    unit = _unit(flags, base, asking)
    attendees = flags.attendees.answer("How many people usually come (empty: each plan decides)", "", asking)
    contact = flags.contact.answer("Whom participants ask, and how (empty: nobody yet)", "", asking)
    colour = flags.colour.answer("Your main colour, as a hex number", of.OWN_COLOUR, asking)
    if asking:
        say("")
    return of.Answers(name, short, kind, nation, unit, attendees, contact, colour), target


def _read(read: Callable[[str], T], text: str, flag: str | None = None) -> T:
    from kit.scaffold.answers import BadAnswer

    try:
        return read(text)
    except BadAnswer as bad:
        raise typer.BadParameter(str(bad), param_hint=flag) from None


def _base_unit(workspace: Workspace) -> Term:
    from kit.load import load

    loaded = load(workspace)
    if loaded.value is None:
        report(loaded.diagnostics)
        _stop("Nothing was written.", CONTENT_FAULTS)
    return loaded.value.words.terms.unit


def _unit(flags: _Flags, base: Term, asking: bool) -> Term | None:
    """The organisation's word for a department; None when it is the base's own."""
    from kit.model.terms import Term
    from kit.scaffold.answers import plural

    single = flags.unit.answer("What you call a department", base.one, asking)
    several = flags.units.answer("And several of them", base.many if single == base.one else plural(single), asking)
    term = Term(one=single, many=several)
    return None if term == base else term


# kit new plan, kit new activity ------------------------------------------------------------------

IdArgument = Annotated[str, typer.Argument(metavar="ID", help="Its id: words and numbers joined by hyphens.")]
FromOption = Annotated[
    str | None, typer.Option("--from", metavar="ID", help="What to copy; the one with the nearest name by default.")
]
TitleOption = Annotated[
    str | None, typer.Option("--title", metavar="TITLE", help="Its title; the words of its id by default.")
]


@app.command(
    epilog="""\b
Examples:
  kit new plan half-day-cardiology --trust ./southmere     into southmere/plans
  kit new plan away-day --from full-day --title "A day away" --trust ./southmere
  kit new plan clinic --from lunch                         into content/plans, for everyone
"""
)
def plan(id: IdArgument, source: FromOption = None, trust: TrustOption = None, title: TitleOption = None) -> None:
    """Begin a plan as a copy of another one."""
    where, given = _copy("plan", id, source, trust, title)
    _tell_next(
        f"Change what differs in {where}: title, audience, blocks and their minutes.",
        f"Look for mistakes, then build it: kit check {id}{given} && kit build {id}{given}",
    )


@app.command(
    epilog="""\b
Examples:
  kit new activity troika-by-video --trust ./southmere     into southmere/activities
  kit new activity walk-and-talk --from impromptu-networking --trust ./southmere
"""
)
def activity(id: IdArgument, source: FromOption = None, trust: TrustOption = None, title: TitleOption = None) -> None:
    """Begin an activity as a copy of another one."""
    where, given = _copy("activity", id, source, trust, title)
    _tell_next(
        f"Change what differs in {where}: steps, what is said, worksheet and slides.",
        f"Use it in a block of a plan, `activity: {id}`, then look for mistakes: kit check{given}",
    )


def _copy(what: What, id: str, source: str | None, trust: str | None, title: str | None) -> tuple[str, str]:
    """Write the copy. Its path as it is shown, and the flag that names its trust, with a blank before it."""
    from kit.load import unknown
    from kit.publish import write_together
    from kit.scaffold.answers import line
    from kit.scaffold.copying import title_of, with_values
    from kit.workspace import Workspace

    workspace = Workspace.find()
    folder = folder_to_write_to(workspace, trust)
    target = (folder or workspace.content) / FOLDERS[what] / f"{id}.yaml"
    known = workspace.entries(FOLDERS[what], folder)
    _refuse_unless_free(what, id, {each: workspace.name(path) for each, path in known.items()})
    if source is not None and source not in known:
        report([unknown(what, source, known, f"kit list {FOLDERS[what]}")])
        raise typer.Exit(WRONG_USE)
    origin = source or _likely_source(what, id, known)
    words = title_of(id) if title is None else _read(line, title, "--title")
    text = _sound_text(workspace, what, known[origin])
    made = with_values(text, {"id": id, "title": words}, schema=workspace.schema_from(target.parent, what))
    files: dict[Path, bytes | None] = {target: made.encode()}
    if folder is not None and not known[origin].is_relative_to(folder):
        files |= _lock_with_copy(workspace, folder, what, origin, id)
    with _told_plainly():
        write_together(files)
    typer.echo(f"{workspace.name(target)} begins as a copy of {origin}.")
    return quoted(workspace.name(target)), f" --trust {quoted(trust)}" if trust else ""


def _lock_with_copy(workspace: Workspace, folder: Path, what: What, origin: str, copy: str) -> dict[Path, bytes]:
    """The lock of a trust's folder once it holds a copy of something of the base; nothing where that cannot be told."""
    from kit.check import base
    from kit.drift import lock_text, recorded, touched_by, with_copy
    from kit.load import load
    from kit.model.lock import Item
    from kit.workspace import LOCK

    path = folder / LOCK
    library, now = load(workspace, trust=folder).value, base(workspace)
    if library is None or library.trust is None or now is None or (library.lock is None and path.exists()):
        return {}
    lock = library.lock or recorded(now, touched_by(library.trust, library.own, now, None), {})
    return {path: lock_text(with_copy(lock, now, Item(what, origin), copy)).encode()}


def _sound_text(workspace: Workspace, what: What, path: Path) -> str:
    """The text of a plan or an activity that can be read; what cannot would be a fault of the copy as well."""
    from kit.faults import validate
    from kit.model.activity import Activity
    from kit.model.plan import Plan
    from kit.source import read_yaml

    text, name = workspace.read_text(path) or "", workspace.name(path)
    read = read_yaml(text, name)
    model: type[Plan] | type[Activity] = Plan if what == "plan" else Activity
    faults = (*read.diagnostics, *(validate(model, read.value).diagnostics if read.value else ()))
    if faults:
        report(faults)
        _stop(f"Nothing was written: mend {name} first, or copy another with --from.", CONTENT_FAULTS)
    return text


def _refuse_unless_free(what: What, id: str, known: Mapping[str, str]) -> None:
    from kit.scaffold.answers import id_of

    if (proper := id_of(id)) != id:
        hint = f", as in {proper}" if proper else ""
        _stop(f"“{id}” is not an id: write lower-case words and numbers joined by hyphens{hint}.", WRONG_USE)
    if id in known:
        changed = ", or change that plan under `changes` in trust.yaml" if what == "plan" else ""
        _stop(f"There is {WITH_ARTICLE[what]} “{id}” already, in {known[id]}: choose another id{changed}.", WRONG_USE)


def _likely_source(what: What, id: str, known: Collection[str]) -> str:
    from kit.scaffold.copying import likely_source

    if likely := likely_source(id, known):
        return likely
    first = FIRST_CHOICE[what] if FIRST_CHOICE[what] in known else min(known)
    say(f"No {what} has a name like “{id}”, so {first} is copied; choose another with --from.")
    return first


# What is said ------------------------------------------------------------------------------------


@contextmanager
def _told_plainly() -> Iterator[None]:
    """What stops a person from getting what they asked for, in a sentence and an exit code."""
    from kit.publish import NotEmpty

    try:
        yield
    except NotEmpty as found:
        where = _shown(found.folder)
        _stop(f"{where} is there already and is not empty: choose another folder with --folder.", WRONG_USE)
    except OSError as error:
        _stop(f"It could not be written: {error.strerror or error}. Nothing is left half done.", MISSING_HERE)
    except (typer.Abort, KeyboardInterrupt):
        _stop("\nStopped. Nothing was written.", STOPPED)


def _stop(line: str, code: int) -> NoReturn:
    say(line)
    raise typer.Exit(code)


def _tell_next(*steps: str) -> None:
    typer.echo("\nNext:")
    for number, step in enumerate(steps, 1):
        typer.echo(f"  {number}. {step}")


def _shown(path: Path) -> str:
    """A path as a command takes it: with ./ before a bare name, which might be the id of a trust."""
    text = path.as_posix()
    bare = not path.is_absolute() and path.parts[:1] != ("..",) and path.parts
    return quoted(f"./{text}" if bare else text)
