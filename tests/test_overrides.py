"""A trust's own blocks of templates: they change a part and nothing else, and reach nothing that they should not."""

from __future__ import annotations

from datetime import datetime
from types import SimpleNamespace
from typing import Any

import pytest
from speaking import english
from test_golden import STAMP, page
from typer.testing import CliRunner

from kit.catalogue import kinds
from kit.check import Order, check
from kit.cli import app
from kit.compose import Imprint, participant_view
from kit.diagnostics import Diagnostic
from kit.load import load
from kit.localise import Request
from kit.overrides import BASE, FILTERS, OwnTemplate, joined, overridable, template_faults
from kit.provenance import report
from kit.render.html import environment
from kit.render.job import Job, run
from kit.workspace import Workspace

CERTIFICATE = "certificate/page.html.j2"


def own(name: str, text: str) -> OwnTemplate:
    return OwnTemplate(name, f"ours/templates/{name}", text)


def of(name: str, blocks: str) -> OwnTemplate:
    """A file that begins as it should."""
    return own(name, f'{{% extends "{BASE}{name}" %}}\n{blocks}')


def drawn(small: Workspace, project: Workspace, *files: OwnTemplate, document: str = "certificate") -> str:
    templates = joined(project.templates(), files)
    return page(small, SimpleNamespace(templates=lambda: templates), document)  # type: ignore[arg-type]


def found(project: Workspace, *files: OwnTemplate) -> tuple[Diagnostic, ...]:
    templates = project.templates()
    return template_faults(files, templates, kinds(templates, english).value or ())


# What a block changes ----------------------------------------------------------------------------


def test_a_block_changes_alone_and_may_keep_what_the_base_has(small: Workspace, project: Workspace) -> None:
    ours = of(CERTIFICATE, "{% block notice %}{{ super() }}<p>Signed at {{ doc.house.short }}.</p>{% endblock %}")
    before, after = drawn(small, project), drawn(small, project, ours)
    assert after.replace("<p>Signed at Oakfield.</p>", "") == before
    assert found(project, ours) == ()


PAGES = sorted(
    {"certificate", "commitment-card", "diary-sheet", "evaluation-form", "guide", "joining-email", "invitation"}
    | {"joining-instructions", "materials-list", "pocket-card", "register", "room-plan", "room-posters", "run-sheet"}
    | {"sponsor-brief", "workbook"}
)


@pytest.mark.parametrize("document", PAGES)
def test_every_block_that_is_listed_can_be_changed_and_put_back(
    document: str, small: Workspace, project: Workspace
) -> None:
    templates = project.templates()
    known = overridable(templates, kinds(templates, english).value or ())
    name = next(name for name in known if name.startswith(f"{document}/"))
    assert len(known[name]) > 2
    every = of(name, "".join(f"{{% block {block} %}}{{{{ super() }}}}{{% endblock %}}\n" for block in known[name]))
    assert found(project, every) == ()
    assert drawn(small, project, every, document=document) == drawn(small, project, document=document)


def test_rules_are_added_to_a_stylesheet_and_replace_none(project: Workspace) -> None:
    ours = own("certificate/style.css", ".stamp { font-size: 8pt; color: var(--muted) }\n")
    templates = joined(project.templates(), [ours])
    base = project.templates()["certificate/style.css"]
    assert templates["certificate/style.css"] == f"{base}\n{ours.text}"
    assert found(project, ours) == ()


def test_the_filters_are_those_of_the_pages() -> None:
    plain = environment({}, english)
    assert {name for name in plain.filters if name in FILTERS} == set(FILTERS)
    assert set(plain.filters) - set(FILTERS) == set(environment_of_jinja())


def environment_of_jinja() -> dict[str, Any]:
    from jinja2 import Environment

    return dict(Environment().filters)


# What it may not do ------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["certificate/page.html.j2", "room-posters/page.html.j2", "joining-email/page.txt.j2"])
def test_a_template_for_participants_asks_in_vain_for_what_is_the_facilitators(name: str, project: Workspace) -> None:
    block = overridable(project.templates(), kinds(project.templates(), english).value or ())[name][-1]
    for secret in ("doc.facilitator", "doc.blocks", "doc.task_answers"):
        faults = found(project, of(name, f"{{% block {block} %}}{{{{ {secret} }}}}{{% endblock %}}"))
        assert [fault.code for fault in faults] == ["unknown-template-name"]


HOSTILE = [
    "{{ doc.__class__ }}",
    "{{ doc['__class__'] }}",
    "{{ (doc | attr('__class__')).mro() }}",
    "{{ ''.format.__globals__ }}",
    "{{ '{0.__class__}'.format(doc) }}",
    "{% for n in range(10 ** 7) %}{% endfor %}",
    "{% include 'certificate/page.html.j2' %}",
    "{{ doc.sessions[7].name }}",
    "{{ doc.occasion.facilitators[0].name.first }}",
    "{{ 1 / 0 }}",
    "<img src='https://example.org/logo.png' alt=''>",
    "<img src='file:///etc/passwd' alt=''>",
]


@pytest.mark.parametrize("words", HOSTILE)
def test_what_cannot_be_drawn_is_a_fault_with_its_line_and_never_a_traceback(
    words: str, small: Workspace, project: Workspace
) -> None:
    ours = of(CERTIFICATE, f"{{% block notice %}}\n{words}\n{{% endblock %}}\n")
    early = [fault.code for fault in found(project, ours)]
    outcome = run(job(small, project, ours))
    assert outcome.value is None
    (fault,) = outcome.diagnostics
    assert fault.place is not None
    assert (fault.code, fault.place.file) == ("template-fails", "ours/templates/certificate/page.html.j2")
    assert fault.place.line == (1 if words.startswith(("<img", "{% include")) else 3)
    assert early in ([], ["unfit-template"])


def test_a_page_that_a_block_makes_too_long_names_the_template(small: Workspace, project: Workspace) -> None:
    name = "diary-sheet/page.html.j2"
    long = of(name, "{% block closing %}" + "<p>Boats go both ways.</p>" * 90 + "{% endblock %}")
    (fault,) = run(job(small, project, long)).diagnostics
    assert fault.code == "too-many-pages"
    assert fault.place == long.place(1)


@pytest.mark.parametrize("words", ["<p>Boats go both ways.</p>" * 90, "<p>Boats go both ways.</p>" * 25])
def test_what_runs_into_other_text_is_refused(words: str, small: Workspace, project: Workspace) -> None:
    long = of(CERTIFICATE, f"{{% block notice %}}{words}{{% endblock %}}")
    (fault,) = run(job(small, project, long)).diagnostics
    assert (fault.code, fault.place) == ("text-on-text", long.place(1))
    short = of(CERTIFICATE, "{% block notice %}{{ super() }}<p>Boats go both ways.</p>{% endblock %}")
    assert run(job(small, project, short)).value is not None


def job(small: Workspace, project: Workspace, *files: OwnTemplate) -> Job:
    checked = check(small, Order(plan="short", trust="oakfield")).value
    assert checked is not None
    templates = joined(project.templates(), files)
    kind = next(kind for kind in kinds(templates, english).value or () if kind.id == files[0].document)
    view = participant_view(checked.workshop, Imprint(STAMP, checked.palette))
    created = datetime(2027, 1, 5)
    return Job(
        kind,
        kind.path,
        kind.title,
        view,
        checked.palette,
        templates,
        english,
        project.fonts(),
        created,
        own=tuple(files),
    )


# Where people look for it ------------------------------------------------------------------------


def test_the_trusts_files_are_read_named_and_part_of_what_the_build_is_called_after(project: Workspace) -> None:
    checked = check(project, Order(trust="northmoor")).value
    assert checked is not None
    assert "template:certificate/page.html.j2" in dict(checked.library.inputs)
    assert checked.templates[BASE + CERTIFICATE] == project.templates()[CERTIFICATE]
    told = report(checked.library, "half-day", Request(), None).value or ""
    assert "- It has its own block of certificate/page.html.j2: signatures." in told.splitlines()


def test_hidden_files_and_files_from_elsewhere_are_left_alone(small: Workspace) -> None:
    folder = small.trust_folder("oakfield")
    assert folder is not None
    (folder / "templates").mkdir()
    (folder / "templates/.DS_Store").write_text("x", encoding="utf-8")
    (folder / "templates/away.html.j2").symlink_to(small.root / "content/words.yaml")
    loaded = load(small, trust=folder).value
    assert loaded is not None
    assert loaded.templates == ()


def test_the_list_names_every_block(monkeypatch: pytest.MonkeyPatch, project: Workspace) -> None:
    monkeypatch.chdir(project.root)
    told = CliRunner().invoke(app, ["list", "templates"]).output
    rows = {line.split()[0]: line.split(maxsplit=1)[1].split(", ") for line in told.splitlines()}
    assert "signatures" in rows[CERTIFICATE]
    assert not {"deck/slides.html.j2", "index/page.html.j2", "brand-proof/page.html.j2"} & set(rows)
