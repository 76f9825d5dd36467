"""YAML text, changed at one place: comments, order, layout and line ends stay, letter for letter.

What comes out is read again and must say exactly what was meant. Where that cannot be had (an anchor, a folded text,
several things on one line) nothing comes out, and a person has to do it.
"""

from __future__ import annotations

from collections.abc import Iterator
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
