"""YAML text to plain data, with the place of every key and value.

The scalars follow the core schema of YAML 1.2 (section 10.3.2): `no`, `on` and `10:00` are the words a
person wrote, not a false, a true and the number 600. Duplicate keys, unknown tags and texts that are
too large, too deep or swollen by aliases are faults, not data.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

from kit.diagnostics import Diagnostic, Outcome, Place

Path = tuple[str | int, ...]
"""The way to a value: mapping keys and list positions, from the top of the file."""

MAX_CHARACTERS = 400_000
MAX_DEPTH = 30
MAX_VALUES = 20_000
MAX_DIGITS = 18
"""A longer run of digits is an identifier of some kind, never a quantity."""

_NULL = re.compile(r"^(?:~|null|Null|NULL|)$")
_TRUE = re.compile(r"^(?:true|True|TRUE)$")
_FALSE = re.compile(r"^(?:false|False|FALSE)$")
_INT = re.compile(rf"^[-+]?[0-9]{{1,{MAX_DIGITS}}}$")
_OCTAL = re.compile(r"^0o[0-7]+$")
_HEX = re.compile(r"^0x[0-9a-fA-F]+$")
_FLOAT = re.compile(r"^[-+]?(?:\.[0-9]+|[0-9]+\.[0-9]*|[0-9]+(?=[eE]))(?:[eE][-+]?[0-9]+)?$")

PARSER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The parser that reads every file. The one in Python refuses texts that the one in C takes."""

REPLACEMENT = "\ufffd"
"""What stands in a text where bytes could not be decoded."""

_INDENT_ADVICE = (
    "Check the indentation (spaces, never tabs) and the line above. "
    "Text that holds a colon and a space needs quotation marks around it."
)


_PROBLEMS = {
    "expected ',' or '}'": "A comma or a closing brace } is missing before this.",
    "expected ',' or ']'": "A comma or a closing bracket ] is missing before this.",
    "mapping values are not allowed": "There is a colon too many here, or the line above is indented differently.",
    "could not find expected ':'": "A colon is missing here, or on the line above.",
    "did not find expected key": "This line is indented differently from those around it.",
    "found unexpected end of stream": "A quotation mark, brace or bracket is opened and never closed.",
    "cannot start any token": "This begins with a character that needs quotation marks.",
}
"""What the YAML parser says, and what a person can do something with."""


@dataclass(frozen=True)
class SourceText:
    """One file as read: its data, and where each part of the data stands."""

    file: str
    data: Any
    lines: tuple[str, ...] = ()
    keys: Mapping[Path, tuple[int, int]] = field(default_factory=dict)
    values: Mapping[Path, tuple[int, int]] = field(default_factory=dict)
    sha256: str = ""

    def place(self, path: Path, *, key: bool = False) -> Place:
        """Where the value at `path` stands (or its key); the nearest parent's place if it is not there."""
        for length in range(len(path), -1, -1):
            part = path[:length]
            spot = (self.keys.get(part) if key else None) or self.values.get(part) or self.keys.get(part)
            if spot is not None:
                return self._at(spot)
        return self._at((1, 1))

    def _at(self, spot: tuple[int, int]) -> Place:
        line, column = spot
        excerpt = self.lines[line - 1] if line <= len(self.lines) else ""
        return Place(self.file, line, column, excerpt)


def scalar(value: str) -> str | int | float | bool | None:
    """What a plain scalar means by the core schema."""
    if _NULL.match(value):
        return None
    if _TRUE.match(value):
        return True
    if _FALSE.match(value):
        return False
    if _INT.match(value):
        return int(value)
    if _OCTAL.match(value):
        return int(value[2:], 8)
    if _HEX.match(value):
        return int(value[2:], 16)
    if _FLOAT.match(value):
        return float(value)
    return value


class _Frame:
    """A mapping or list that is still open while the events go by."""

    def __init__(self, container: dict[Any, Any] | list[Any], path: Path, anchor: str | None) -> None:
        self.container = container
        self.path = path
        self.anchor = anchor
        self.key: str | None = None
        self.key_skipped = False


class _Builder:
    """Builds data from parser events without recursion, so that depth is ours to limit."""

    def __init__(self, file: str, lines: tuple[str, ...]) -> None:
        self.file = file
        self.lines = lines
        self.keys: dict[Path, tuple[int, int]] = {}
        self.values: dict[Path, tuple[int, int]] = {}
        self.faults: list[Diagnostic] = []
        self.frames: list[_Frame] = []
        self.anchors: dict[str, tuple[Any, int]] = {}
        self.opened_at: dict[str, int] = {}
        self.count = 0
        self.root: Any = None

    def fault(self, code: str, message: str, advice: str, mark: Any) -> None:
        line, column = mark.line + 1, mark.column + 1
        excerpt = self.lines[line - 1] if line <= len(self.lines) else ""
        self.faults.append(Diagnostic(code, message, advice, Place(self.file, line, column, excerpt)))

    def accept(self, event: Any) -> bool:
        """Take one event; False when the text is refused as a whole."""
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        if isinstance(event, yaml.AliasEvent):
            return self._alias(event)
        if isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            return self._open({} if isinstance(event, yaml.MappingStartEvent) else [], event)
        if isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            self._close()
        return True

    def _counted(self, number: int, mark: Any) -> bool:
        self.count += number
        if self.count > MAX_VALUES:
            self.fault("yaml-too-large", f"This file holds more than {MAX_VALUES:,} values.", "Split it.", mark)
            return False
        return True

    def _scalar(self, event: Any) -> bool:
        plain = event.implicit[0] and event.style in (None, "")
        if event.tag is not None and event.tag not in ("!", "tag:yaml.org,2002:str"):
            self.fault(
                "yaml-tag",
                f"The tag {event.tag} is not used here.",
                "Take away the word that begins with an exclamation mark.",
                event.start_mark,
            )
        return self._place_value(scalar(event.value) if plain else event.value, event)

    def _alias(self, event: Any) -> bool:
        if event.anchor not in self.anchors:
            self.fault("yaml-alias", f"There is no anchor &{event.anchor}.", "Write the value out.", event.start_mark)
            return self._place_value(None, event)
        value, size = self.anchors[event.anchor]
        return self._counted(size, event.start_mark) and self._place_value(value, event)

    def _next_path(self) -> Path:
        if not self.frames:
            return ()
        frame = self.frames[-1]
        if isinstance(frame.container, list):
            return (*frame.path, len(frame.container))
        return (*frame.path, frame.key if frame.key is not None else "")

    def _place_value(self, value: Any, event: Any) -> bool:
        if not self._counted(1, event.start_mark):
            return False
        mark = (event.start_mark.line + 1, event.start_mark.column + 1)
        frame = self.frames[-1] if self.frames else None
        if frame is not None and isinstance(frame.container, dict) and frame.key is None:
            return self._key(frame, value, event, mark)
        self.values.setdefault(self._next_path(), mark)
        anchor = getattr(event, "anchor", None)
        if anchor and not isinstance(event, yaml.AliasEvent):
            self.anchors[anchor] = (value, 1)
        self._attach(value)
        return True

    def _key(self, frame: _Frame, value: Any, event: Any, mark: tuple[int, int]) -> bool:
        name = event.value if isinstance(event, yaml.ScalarEvent) else str(value)
        path = (*frame.path, name)
        assert isinstance(frame.container, dict)
        frame.key, frame.key_skipped = name, name in frame.container
        if frame.key_skipped:
            first = self.keys[path][0]
            self.fault(
                "duplicate-key",
                f"The key “{name}” stands here a second time; the first is on line {first}.",
                "Keep one of the two.",
                event.start_mark,
            )
        self.keys.setdefault(path, mark)
        return True

    def _attach(self, value: Any) -> None:
        if not self.frames:
            self.root = value
            return
        frame = self.frames[-1]
        if isinstance(frame.container, list):
            frame.container.append(value)
            return
        if not frame.key_skipped:
            frame.container[frame.key] = value
        frame.key = None

    def _open(self, container: dict[Any, Any] | list[Any], event: Any) -> bool:
        if not self._counted(1, event.start_mark):
            return False
        if len(self.frames) >= MAX_DEPTH:
            self.fault(
                "yaml-too-deep",
                f"This is nested more than {MAX_DEPTH} levels deep.",
                "Check the indentation of the lines above.",
                event.start_mark,
            )
            return False
        frame = self.frames[-1] if self.frames else None
        if frame is not None and isinstance(frame.container, dict) and frame.key is None:
            advice = "Text that begins with a brace or a bracket needs quotation marks around it."
            self.fault("yaml-key", "A key must be a word.", advice, event.start_mark)
            return False
        path = self._next_path()
        self.values.setdefault(path, (event.start_mark.line + 1, event.start_mark.column + 1))
        self.frames.append(_Frame(container, path, event.anchor))
        if event.anchor:
            self.opened_at[event.anchor] = self.count
        return True

    def _close(self) -> None:
        frame = self.frames.pop()
        if frame.anchor:
            self.anchors[frame.anchor] = (frame.container, self.count - self.opened_at[frame.anchor] + 1)
        self._attach(frame.container)


def read_yaml(text: str, file: str) -> Outcome[SourceText]:
    """The data of `text`; `file` is the name that messages use. None when nothing can be made of it."""
    lines = tuple(text.splitlines())
    if len(text) > MAX_CHARACTERS:
        message = f"This file is longer than {MAX_CHARACTERS:,} characters."
        return Outcome(None, (Diagnostic("yaml-too-large", message, "Split it.", Place(file)),))
    if (lost := text.find(REPLACEMENT)) >= 0:
        return Outcome(None, (_encoding_fault(text, lost, file, lines),))
    builder = _Builder(file, lines)
    documents = 0
    try:
        for event in yaml.parse(text, Loader=PARSER):
            documents += isinstance(event, yaml.DocumentStartEvent)
            if documents > 1:
                builder.fault(
                    "yaml-documents", "A second document starts here.", "Take away the line ---.", event.start_mark
                )
                return Outcome(None, tuple(builder.faults))
            if not builder.accept(event):
                return Outcome(None, tuple(builder.faults))
    except yaml.YAMLError as error:
        return Outcome(None, (*builder.faults, _syntax_fault(error, file, lines)))
    source = SourceText(
        file=file,
        data=builder.root,
        lines=lines,
        keys=builder.keys,
        values=builder.values,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
    )
    return Outcome(source, tuple(builder.faults))


def _encoding_fault(text: str, position: int, file: str, lines: tuple[str, ...]) -> Diagnostic:
    before = text[:position].splitlines(keepends=True)
    within = bool(before) and not before[-1].endswith(("\n", "\r"))
    line = len(before) + (0 if within else 1)
    column = len(before[-1]) + 1 if within else 1
    return Diagnostic(
        "not-utf-8",
        "This file is not saved as UTF-8: a letter cannot be read.",
        "Save it again with the encoding UTF-8, then write the letter again.",
        Place(file, line, column, lines[line - 1]),
    )


def _syntax_fault(error: yaml.YAMLError, file: str, lines: tuple[str, ...]) -> Diagnostic:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    line, column = (mark.line + 1, mark.column + 1) if mark is not None else (1, 1)
    line = min(line, max(len(lines), 1))
    excerpt = lines[line - 1] if lines else ""
    problem = getattr(error, "problem", None) or "it holds a character that YAML does not allow"
    message = next((words for sign, words in _PROBLEMS.items() if sign in problem), f"This cannot be read: {problem}.")
    if excerpt.lstrip(" ").startswith("\t"):
        message = "This line is indented with a tab."
    return Diagnostic("yaml-syntax", message, _INDENT_ADVICE, Place(file, line, column, excerpt))
