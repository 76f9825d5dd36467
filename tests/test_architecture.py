"""The shape of the program: what may import what, who may touch files, how large a module grows."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
KIT = ROOT / "kit"
MODULES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted(KIT.rglob("*.py"))
}

LAYERS = (
    ("kit.__main__",),
    ("kit.cli",),
    ("kit.rebuild",),
    ("kit.building", "kit.printout", "kit.deckcommands"),
    ("kit.deckreport",),
    ("kit.deckchanges",),
    ("kit.deckorigins", "kit.deckdiff"),
    ("kit.new", "kit.lookup", "kit.upgrade", "kit.examination"),
    ("kit.asking",),
    (
        *(
            "kit.pipeline",
            "kit.standalone",
            "kit.deckagain",
            "kit.deckcheck",
            "kit.doctor",
            "kit.display",
            "kit.provenance",
            "kit.console",
        ),
        *("kit.upgrading", "kit.spooler", "kit.archive"),
    ),
    ("kit.check", "kit.scaffold", "kit.wholerun", "kit.workers", "kit.decklabels"),
    ("kit.drift",),
    ("kit.render",),
    ("kit.slides", "kit.brandproof", "kit.calibration"),
    ("kit.startpage",),
    ("kit.compose",),
    ("kit.printguide",),
    ("kit.printing", "kit.printrun", "kit.timetable", "kit.cardentries", "kit.latecard"),
    ("kit.profile", "kit.qr"),
    ("kit.lint", "kit.proof", "kit.arrange", "kit.correspondence", "kit.wheel"),
    ("kit.localise",),
    ("kit.slot", "kit.dates"),
    ("kit.people", "kit.grouping"),
    ("kit.changes", "kit.retold", "kit.late"),
    ("kit.phrasing", "kit.base", "kit.mentions"),
    ("kit.load",),
    ("kit.templatefile",),
    (
        "kit.references",
        "kit.catalogue",
        "kit.cardstock",
        "kit.languages",
        "kit.palette",
        "kit.brandfiles",
        "kit.overrides",
    ),
    ("kit.explain", "kit.gone"),
    ("kit.faults", "kit.schema"),
    ("kit.translations",),
    ("kit.leeway", "kit.wording", "kit.recall", "kit.unfilled", "kit.renames", "kit.touched"),
    ("kit.schedule", "kit.retiming"),
    ("kit.model", "kit.cheapest"),
    ("kit.edit",),
    ("kit.source",),
    ("kit.terminal", "kit.publish", "kit.workspace", "kit.printers"),
    ("kit.diagnostics",),
    ("kit",),
)
"""From the top down: a module imports only from layers below its own. Each of `PACKAGES` is one."""

PACKAGES = ("kit.model", "kit.render", "kit.lint", "kit.scaffold", "kit.slides")

CORE = (
    *(
        "kit.model",
        "kit.source",
        "kit.faults",
        "kit.load",
        "kit.references",
        "kit.gone",
        "kit.renames",
        "kit.touched",
        "kit.base",
        "kit.drift",
        "kit.mentions",
        "kit.edit",
        "kit.upgrading",
        "kit.localise",
        "kit.changes",
        "kit.retold",
        "kit.phrasing",
        "kit.wording",
        "kit.languages",
        "kit.translations",
    ),
    *(
        "kit.schedule",
        "kit.retiming",
        "kit.cheapest",
        "kit.slot",
        "kit.dates",
        "kit.people",
        "kit.grouping",
        "kit.leeway",
        "kit.late",
        "kit.latecard",
        "kit.arrange",
        "kit.correspondence",
        "kit.recall",
        "kit.timetable",
        "kit.wheel",
        "kit.compose",
        "kit.startpage",
        "kit.cardentries",
        "kit.printing",
        "kit.printers",
        "kit.printrun",
        "kit.printguide",
        "kit.profile",
        "kit.qr",
        "kit.unfilled",
        "kit.slides",
        "kit.brandproof",
        "kit.calibration",
        "kit.lint",
        "kit.proof",
        "kit.palette",
        "kit.brandfiles",
        "kit.templatefile",
        "kit.catalogue",
        "kit.cardstock",
        "kit.overrides",
    ),
    *(
        "kit.publish",
        "kit.workspace",
        "kit.diagnostics",
        "kit.schema",
        "kit.display",
        "kit.provenance",
        "kit.explain",
        "kit.terminal",
    ),
    "kit.scaffold",
)
HEAVY = ("weasyprint", "pptx", "kit.render", "typer", "fontTools", "icalendar")

READS = {"read_text", "read_bytes", "as_written", "open"}
WRITES = {"write_text", "write_bytes", "mkdir", "unlink", "rmdir", "rename", "rmtree", "copy", "copy2", "move", "touch"}

MAX_LINES = 450


def unit(module: str) -> str:
    """The layer's name for a module: packages count as one."""
    return next((p for p in PACKAGES if module == p or module.startswith(p + ".")), module)


def imports(module: str) -> Iterator[str]:
    """Every module that is imported anywhere in `module`, but not what is imported for its types alone."""
    waiting: list[ast.AST] = [ast.parse(MODULES[module].read_text("utf-8"))]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module} imports relatively"
            name = str(node.module)
            yield from (full if (full := f"{name}.{alias.name}") in MODULES else name for alias in node.names)
        waiting += ast.iter_child_nodes(node)


def layer(module: str) -> int:
    return next(position for position, names in enumerate(LAYERS) if unit(module) in names)


def calls(module: str) -> Iterator[str]:
    """The names of all methods and functions called in `module`."""
    for node in ast.walk(ast.parse(MODULES[module].read_text("utf-8"))):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", None) or getattr(node.func, "id", None)
            value = getattr(node.func, "value", None)
            owner = getattr(value, "id", getattr(value, "attr", ""))
            if name and owner not in ("Image", "Pdf"):
                yield name


def code_lines(path: Path) -> int:
    """Lines that a reader has to follow: neither blank nor comment nor docstring."""
    text = path.read_text("utf-8")
    prose = {
        line
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
        for line in range(node.lineno, (node.end_lineno or node.lineno) + 1)
    }
    lines = enumerate(text.splitlines(), 1)
    return sum(1 for number, line in lines if line.strip() and line.lstrip()[0] != "#" and number not in prose)


def test_every_module_has_its_layer() -> None:
    placed = {name for names in LAYERS for name in names}
    assert {unit(module) for module in MODULES} == placed


@pytest.mark.parametrize("module", MODULES)
def test_imports_point_downwards(module: str) -> None:
    upwards = {
        name
        for name in imports(module)
        if name in MODULES and unit(name) != unit(module) and layer(name) <= layer(module) and name != "kit"
    }
    assert upwards == set()


def test_no_modules_import_each_other_in_a_circle() -> None:
    towards = {module: {name for name in imports(module) if name in MODULES and name != module} for module in MODULES}
    while free := {module for module, names in towards.items() if not names}:
        towards = {module: names - free for module, names in towards.items() if module not in free}
    assert towards == {}


@pytest.mark.parametrize("module", [module for module in MODULES if unit(module) in CORE])
def test_the_core_knows_nothing_of_engines_or_the_command_line(module: str) -> None:
    assert [name for name in imports(module) if name.split(".")[0] in HEAVY or unit(name) in HEAVY] == []


@pytest.mark.parametrize("module", MODULES)
def test_files_of_the_user_are_read_in_few_places(module: str) -> None:
    readers = {"kit.workspace", "kit.publish", "kit.pipeline", "kit.load", "kit.brandfiles", "kit.cli", "kit.new"}
    readers |= {"kit.templatefile", "kit.deckcheck", "kit.upgrading", "kit.explain", "kit.scaffold"}
    readers |= {"kit.render.deck.fit", "kit.printout", "kit.archive", "kit.rebuild", "kit.deckcommands"}
    # This one opens what has just been drawn.
    readers |= {"kit.render.imposition"}
    assert module in readers or READS.isdisjoint(calls(module))


@pytest.mark.parametrize(
    "module",
    [
        "kit.load",
        "kit.brandfiles",
        "kit.templatefile",
        "kit.deckcheck",
        "kit.archive",
        "kit.rebuild",
        "kit.cli",
        "kit.new",
        "kit.upgrading",
        "kit.printout",
        "kit.deckcommands",
    ],
)
def test_the_readers_above_the_workspace_go_through_it(module: str) -> None:
    for node in ast.walk(ast.parse(MODULES[module].read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in READS:
            assert ast.unparse(node.func.value) in ("workspace", "self.workspace", "reader.workspace")


@pytest.mark.parametrize("module", MODULES)
def test_only_publish_writes(module: str) -> None:
    writers = {"kit.publish", "kit.render.pdf", "kit.render.deck.bake"}
    assert module in writers or WRITES.isdisjoint(calls(module))


@pytest.mark.parametrize("module", MODULES)
def test_other_programs_are_run_in_few_places_and_never_through_a_shell(module: str) -> None:
    assert module in ("kit.spooler", "kit.deckcheck") or "subprocess" not in imports(module)
    assert {"system", "popen"}.isdisjoint(calls(module))
    for node in ast.walk(ast.parse(MODULES[module].read_text("utf-8"))):
        assert not (isinstance(node, ast.keyword) and node.arg == "shell")


@pytest.mark.parametrize("module", MODULES)
def test_no_module_outgrows_a_reader(module: str) -> None:
    assert code_lines(MODULES[module]) <= MAX_LINES


def test_no_module_is_named_after_nothing() -> None:
    vague = {"utils", "util", "helpers", "helper", "common", "misc", "tools", "shared"}
    assert {module.rpartition(".")[2] for module in MODULES} & vague == set()


@pytest.mark.parametrize("module", [module for module in MODULES if module not in ("kit", "kit.__main__")])
def test_the_description_of_the_architecture_names_every_module(module: str) -> None:
    described = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
    path = MODULES[module].relative_to(KIT).as_posix().removesuffix("/__init__.py")
    assert path in described or path.rpartition("/")[2] in described
