"""YAML text, changed at one place: comments, order, layout and line ends stay, letter for letter.

What comes out is read again and must say exactly what was meant. Where that cannot be had (an anchor, a folded text,
several things on one line) nothing comes out, and a person has to do it.
"""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Any

import yaml

from kit.source import PARSER, Path, read_yaml

BYTE_ORDER_MARK = "\ufeff"


def with_value(text: str, path: Path, new: str, *, key: bool = False) -> str | None:
    """`text` with another word at `path`, or as its key. None where that is not safe."""
    before, node = _data(text), _node(text, path, key=key)
    if before is None or node is None or not isinstance(node, yaml.ScalarNode):
        return None
    start, end = _offset(text, node.start_mark), _offset(text, node.end_mark)
    marks = next((mark for mark in ("", '"', "'") if text[start:end] == f"{mark}{node.value}{mark}"), None)
    if marks is None:
        return None
    return _checked(f"{text[:start]}{marks}{new}{marks}{text[end:]}", _put(before, path, new, key=key))


def without(text: str, path: Path) -> str | None:
    """`text` without a key or an item of a list; a list or a set that would be left empty goes as a whole."""
    while len(path) > 1 and _alone(_data(text), path):
        path = path[:-1]
    parent = _node(text, path[:-1])
    before = _data(text)
    if before is None or parent is None or not isinstance(parent, yaml.CollectionNode):
        return None
    spans = list(_spans(parent))
    names = [first.value for first, _ in spans] if isinstance(parent, yaml.MappingNode) else list(range(len(spans)))
    if path[-1] not in names:
        return None
    at = names.index(path[-1])
    cut = _cut_between_braces(text, spans, at) if parent.flow_style else _cut_lines(text, spans[at])
    return _checked(text[: cut[0]] + text[cut[1] :], _take(before, path)) if cut else None


def with_field(text: str, path: Path, name: str, value: str | tuple[str, ...]) -> str | None:
    """`text` with a key of the set at `path`, in place of the one that is there or after the others."""
    before, parent = _data(text), _node(text, path)
    if before is None or not isinstance(parent, yaml.MappingNode) or parent.flow_style or not parent.value:
        return None
    meant = deepcopy(before)
    at(meant, path)[name] = _plain(value)
    lines = text.splitlines(keepends=True)
    column = parent.value[0][0].start_mark.column
    new = _lines_of(name, value, column, _line_end(text))
    pair = next((pair for pair in parent.value if pair[0].value == name), None)
    if pair is None:
        first = last = _last_line(parent) + 1
    else:
        first, last = pair[0].start_mark.line, _last_line(pair[1]) + 1
        if lines[first][:column].strip():
            return None
    return _checked(_joined(lines[:first], new, lines[last:], _line_end(text)), meant)


def appended(text: str, path: Path, entry: Mapping[str, str | tuple[str, ...]]) -> str | None:
    """`text` with an entry at the end of the list at `path`, a key of the file and one in it; made if it is missing."""
    before = _data(text)
    if not isinstance(before, dict):
        return None
    meant = deepcopy(before)
    top, key = str(path[0]), str(path[1])
    held = meant.get(top)
    if not isinstance(held, dict | None) or not isinstance((held or {}).get(key, []), list):
        return None
    meant[top] = {**(held or {}), key: [*(held or {}).get(key, []), {n: _plain(v) for n, v in entry.items()}]}
    lines, end = text.splitlines(keepends=True), _line_end(text)
    outer, inner = _node(text, (top,)), _node(text, (top, key))
    if isinstance(inner, yaml.SequenceNode) and not inner.flow_style and inner.value:
        line, column, head = _last_line(inner) + 1, inner.start_mark.column, ""
    elif held and isinstance(outer, yaml.MappingNode) and not outer.flow_style and key not in held:
        left = outer.value[0][0].start_mark.column
        line, column, head = _last_line(outer) + 1, left + 2, f"{' ' * left}{key}:{end}"
    elif top not in before:
        line, column, head = len(lines), 4, f"{top}:{end}  {key}:{end}"
    else:
        return None
    rows = [row for name, value in entry.items() for row in _lines_of(name, value, column + 2, end)]
    rows[0] = f"{' ' * column}- {rows[0].lstrip()}"
    return _checked(_joined(lines[:line], [head, *rows], lines[line:], end), meant)


def _joined(before: list[str], new: list[str], after: list[str], end: str) -> str:
    if before and not before[-1].endswith(("\n", "\r")):
        before = [*before[:-1], before[-1] + end]
    return "".join([*before, *new, *after])


def _line_end(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


def _plain(value: str | tuple[str, ...]) -> str | list[str]:
    return list(value) if isinstance(value, tuple) else value


WIDEST = 118
"""Letters of a line that is written."""


def _lines_of(name: str, value: str | tuple[str, ...], column: int, end: str) -> list[str]:
    """A key with a text or a list of texts, as lines: on 1 line, or folded where that is too long."""
    blank = " " * column
    if isinstance(value, tuple):
        return [f"{blank}{name}:{end}", *(f"{blank}  - {_scalar(item)}{end}" for item in value)]
    row = f"{blank}{name}: {_scalar(value)}"
    if len(row) <= WIDEST and "\n" not in value:
        return [row + end]
    wrapped: list[str] = []
    for paragraph in value.split("\n\n"):
        wrapped += ["", ""] if wrapped else []
        wrapped += textwrap.wrap(paragraph, WIDEST - column, break_long_words=False, break_on_hyphens=False)
    folded = [f"{blank}{name}: >-{end}", *(f"{blank}  {each}".rstrip() + end for each in wrapped)]
    same = _data("".join(folded).replace("\r\n", "\n")) == {name: value}
    return folded if same else [f"{blank}{name}: {json.dumps(value, ensure_ascii=False)}{end}"]


def _scalar(text: str) -> str:
    """A text on 1 line: as it is where YAML takes it so, else in quotation marks."""
    return text if "\n" not in text and _data(f"a: {text}") == {"a": text} else json.dumps(text, ensure_ascii=False)


def _cut_between_braces(text: str, spans: list[tuple[Any, Any]], at: int) -> tuple[int, int] | None:
    """From the end of what stands before to the end of this; the first goes with the comma after it."""
    if at:
        return _offset(text, spans[at - 1][1].end_mark), _offset(text, spans[at][1].end_mark)
    return (_offset(text, spans[0][0].start_mark), _offset(text, spans[1][0].start_mark)) if len(spans) > 1 else None


def _cut_lines(text: str, span: tuple[Any, Any]) -> tuple[int, int] | None:
    """All lines of an item or of a key, if nothing else stands on them."""
    first, last = span
    lines = text.splitlines(keepends=True)
    if lines[first.start_mark.line][: _column(text, first.start_mark)].strip(f" -{BYTE_ORDER_MARK}"):
        return None
    end = _last_line(last)
    while end > first.start_mark.line and not lines[end].strip():
        end -= 1
    begin = first.start_mark.line
    return len("".join(lines[:begin])), len("".join(lines[: end + 1]))


def _spans(parent: yaml.CollectionNode) -> Iterator[tuple[Any, Any]]:
    """For each child the node that it begins with and the one that it ends with."""
    for child in parent.value:
        yield child if isinstance(parent, yaml.MappingNode) else (child, child)


def _last_line(node: yaml.Node) -> int:
    """The last line that holds anything of a node. The marks of what is not in braces end where the next begins."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return _last_line(last[1] if isinstance(node, yaml.MappingNode) else last)
    return node.end_mark.line - (1 if node.end_mark.column == 0 and node.end_mark.line > node.start_mark.line else 0)


# Reading -----------------------------------------------------------------------------------------


def _node(text: str, path: Path, *, key: bool = False) -> yaml.Node | None:
    try:
        node: Any = yaml.compose(text, Loader=PARSER)
    except yaml.YAMLError:
        return None
    for depth, part in enumerate(path, 1):
        if isinstance(node, yaml.MappingNode):
            pair = next((pair for pair in node.value if pair[0].value == part), None)
            if pair is None:
                return None
            node = pair[0] if key and depth == len(path) else pair[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
        else:
            return None
    return node if isinstance(node, yaml.Node) else None


def _offset(text: str, mark: Any) -> int:
    lines = text.splitlines(keepends=True)
    return len("".join(lines[: mark.line])) + _column(text, mark)


def _column(text: str, mark: Any) -> int:
    # A byte order mark counts as no character for the parser.
    return int(mark.column) + (1 if mark.line == 0 and text.startswith(BYTE_ORDER_MARK) else 0)


def _data(text: str) -> Any:
    read = read_yaml(text.removeprefix(BYTE_ORDER_MARK).replace("\r\n", "\n"), "")
    return None if read.diagnostics or read.value is None else read.value.data


def _checked(text: str, meant: Any) -> str | None:
    return text if _data(text) == meant else None


# What is meant -----------------------------------------------------------------------------------


def at(data: Any, path: Path) -> Any:
    """The value at a path that is there."""
    for part in path:
        data = data[part]
    return data


def _alone(data: Any, path: Path) -> bool:
    try:
        return len(at(data, path[:-1])) == 1
    except (KeyError, IndexError, TypeError):
        return False


def _put(data: Any, path: Path, new: str, *, key: bool) -> Any:
    made = deepcopy(data)
    parent = at(made, path[:-1])
    if not key:
        parent[path[-1]] = new
        return made
    renamed = {new if name == path[-1] else name: value for name, value in parent.items()}
    parent.clear()
    parent.update(renamed)
    return made


def _take(data: Any, path: Path) -> Any:
    made = deepcopy(data)
    del at(made, path[:-1])[path[-1]]
    return made
