"""Our world: every path the kit knows and every file it reads.

No other module opens a file for reading. A workspace is one folder with `content` and `templates`: the
project itself, or what an installed package carries. Trusts and plans may also be given by path.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

MAX_BYTES = 8_000_000

LOCK = "kit.lock"
"""The file of a trust's folder that records the base it was made against."""


KEPT = (".yaml", ".yml", ".j2", ".css", ".svg", ".png", ".jpg", ".jpeg", ".pptx", ".potx", ".ttf", ".otf", ".woff2")
"""How the names of a trust's files end that a pack can be made from, the lock aside."""


@dataclass(frozen=True)
class Workspace:
    """The folder that holds `content` and `templates`, and the folder that messages are relative to."""

    root: Path
    here: Path

    @staticmethod
    def find(here: Path | None = None) -> Workspace:
        """The project around `here` (the current folder), else the installed package's own content."""
        here = (here or Path.cwd()).resolve()
        for folder in (here, *here.parents):
            if (folder / "content" / "article").is_dir() and (folder / "templates" / "deck").is_dir():
                return Workspace(folder, here)
        package = Path(__file__).resolve().parent
        return Workspace(package if (package / "content").is_dir() else package.parent, here)

    @property
    def content(self) -> Path:
        return self.root / "content"

    def name(self, path: Path) -> str:
        """How a message names a file: relative to where the user stands, else to the workspace."""
        for base in (self.here, self.root):
            if path.is_relative_to(base):
                return path.relative_to(base).as_posix()
        return os.path.relpath(path, self.here).replace(os.sep, "/") if path.is_absolute() else path.as_posix()

    def read_text(self, path: Path) -> str | None:
        """The text of a UTF-8 file, or None when there is no such file.

        A byte order mark is dropped and line ends are made alike, so that the same words have the same build id.
        """
        data = self.read_bytes(path)
        return None if data is None else data.decode("utf-8-sig", errors="replace").replace("\r\n", "\n")

    def as_written(self, path: Path) -> str | None:
        """The text of a UTF-8 file to the letter, with its byte order mark and its line ends; None as above."""
        data = self.read_bytes(path)
        return None if data is None else data.decode("utf-8", errors="replace")

    def read_bytes(self, path: Path, most: int = MAX_BYTES) -> bytes | None:
        """The bytes of a file, or None when there is none, or it has more than `most`."""
        if not path.is_file() or path.stat().st_size > most:
            return None
        return path.read_bytes()

    # Content

    def entries(self, folder: str, trust: Path | None = None) -> dict[str, Path]:
        """`plans` or `activities` by id; a trust's own come first and hide the base's."""
        found: dict[str, Path] = {}
        for base in (self.content, trust):
            if base is not None:
                found.update({path.stem: path for path in sorted((base / folder).glob("*.y*ml"))})
        return dict(sorted(found.items()))

    def trusts(self) -> dict[str, Path]:
        """The folders of the trusts that the workspace holds, by id."""
        return {path.parent.name: path.parent for path in sorted(self.content.glob("trusts/*/trust.yaml"))}

    def trust_folder(self, reference: str) -> Path | None:
        """The folder of a trust given by id or by path; None when there is none."""
        known = self.trusts().get(reference)
        if known is not None:
            return known
        path = (self.here / reference).resolve()
        path = path.parent if path.name == "trust.yaml" else path
        return path if (path / "trust.yaml").is_file() else None

    def plan_file(self, reference: str, trust: Path | None = None) -> Path | None:
        """The file of a plan given by id or by path; None when there is none."""
        known = self.entries("plans", trust).get(reference)
        if known is not None:
            return known
        path = (self.here / reference).resolve()
        return path if path.suffix in (".yaml", ".yml") and path.is_file() else None

    def inside(self, folder: Path, name: str) -> Path | None:
        """The file `name` within `folder`; None when it would lie outside or is not there."""
        path = (folder / name).resolve()
        return path if path.is_relative_to(folder.resolve()) and path.is_file() else None

    def schema_from(self, folder: Path, model: str) -> str | None:
        """The way from a file in `folder` to its JSON Schema, for editors; None unless both lie in the workspace.

        The way to an installed package would be wrong on the next machine, or after the next release.
        """
        schema, folder = self.content / "schema" / f"{model}.json", folder.resolve()
        if not folder.is_relative_to(self.root) or not schema.is_file():
            return None
        return os.path.relpath(schema, folder).replace(os.sep, "/")

    # Templates

    def template_files(self) -> Iterator[Path]:
        return (path for path in sorted((self.root / "templates").rglob("*")) if path.is_file())

    def templates(self) -> Mapping[str, str]:
        """The source of every template, stylesheet, script and drawing, by its name below `templates`."""
        base = self.root / "templates"
        return {
            path.relative_to(base).as_posix(): path.read_text(encoding="utf-8")
            for path in self.template_files()
            if path.suffix in (".j2", ".css", ".js", ".svg", ".yaml")
        }

    def own_templates(self, trust: Path) -> Mapping[str, Path]:
        """The files of a trust's own `templates`, by their name below it."""
        base = trust / "templates"
        files = (path for path in sorted(base.rglob("*")) if not path.name.startswith("."))
        names = {path.relative_to(base).as_posix(): path for path in files if path.is_file()}
        return {name: path for name, path in names.items() if self.inside(base, name)}

    def kept(self, trust: Path) -> Mapping[str, Path]:
        """The files of a trust's folder that a pack can be made from, by their name in it; nothing that is hidden."""
        names = {path.relative_to(trust): path for path in sorted(trust.rglob("*")) if path.is_file()}
        return {
            name.as_posix(): path
            for name, path in names.items()
            if not any(part.startswith(".") for part in name.parts)
            and (path.suffix in KEPT or path.name == LOCK)
            and self.inside(trust, str(name))
        }

    def symbols(self) -> tuple[str, ...]:
        """The names of the drawings that stand beside a theme's title."""
        return tuple(path.stem for path in sorted((self.root / "templates/shared/symbols").glob("*.svg")))

    def documents(self) -> tuple[str, ...]:
        """The folders of `templates` that describe a document."""
        return tuple(path.parent.name for path in sorted((self.root / "templates").glob("*/document.yaml")))

    def fonts(self) -> Mapping[str, bytes]:
        """The bundled fonts by file name."""
        return {path.name: path.read_bytes() for path in sorted((self.root / "templates/shared/fonts").glob("*.ttf"))}
