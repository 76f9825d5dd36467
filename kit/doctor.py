"""What the kit needs on this machine, what is there, and the command that installs what is not."""

from __future__ import annotations

import platform
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

from kit.workspace import Workspace

PACKAGES = ("weasyprint", "pydyf", "python-pptx", "pydantic", "jinja2", "PyYAML", "markdown-it-py", "lxml", "typer")
FONTS = ("KitText-Regular.ttf", "KitText-SemiBold.ttf", "KitText-Bold.ttf")


@dataclass(frozen=True)
class Finding:
    """One thing that is needed: what was found, and what to run where it is missing."""

    name: str
    found: str
    remedy: str = ""

    @property
    def missing(self) -> bool:
        return bool(self.remedy)


def examine(workspace: Workspace) -> Iterator[Finding]:
    """Everything that a build needs, in the order in which it is needed."""
    yield Finding(
        "Python", platform.python_version(), "" if sys.version_info >= (3, 11) else "Install Python 3.11 or later."
    )
    for package in PACKAGES:
        try:
            yield Finding(package, version(package))
        except PackageNotFoundError:
            yield Finding(package, "missing", "Run: pip install -e .")
    yield from _engine()
    fonts = workspace.fonts()
    for name in FONTS:
        yield (
            Finding(name, "bundled") if name in fonts else Finding(name, "missing", "Get templates/shared/fonts again.")
        )
    yield Finding("Content and templates", workspace.name(workspace.root) or ".")


def _engine() -> Iterator[Finding]:
    from kit.render.pdf import MissingLibrary, engine_versions, install_command

    try:
        versions = engine_versions()
    except MissingLibrary as error:
        yield Finding(str(error), "missing", f"Run: {error.command}")
        return
    for name, found in versions.items():
        if name not in ("weasyprint", "pydyf"):
            yield Finding(name, found, f"Run: {install_command()}" if found == "missing" else "")
