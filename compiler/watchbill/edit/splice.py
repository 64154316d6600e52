"""Edits of a file in place: what is not meant keeps every character, its comments, order, quotes and indentation.

Each function takes a text and a data path, and returns the new text. The result is read again: if it would not say
what was meant, ``CannotEditError`` is raised and nothing is returned.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence

from watchbill.edit.canonical import in_order
from watchbill.edit.refusals import CannotEditError
from watchbill.edit.spelling import block, flow
from watchbill.findings import DataPath
from watchbill.records import dataclass
from watchbill.source.documents import Data
from watchbill.source.strict_yaml import parse
from watchbill.source.written import Written, comments, written


@dataclass(frozen=True, slots=True, kw_only=True)
class Fresh:
    """A new item of a list: what it says, and its lines at the left margin if they are to look otherwise than usual."""

    data: Data
    lines: tuple[str, ...] = ()

    def text(self, column: int) -> str:
        """Return the item as lines of a list whose dashes stand at a column."""
        lines = self.lines or tuple(block(self.data))
        return f"{' ' * column}- " + f"\n{' ' * (column + 2)}".join(lines) + "\n"


Item = int | Fresh
"""An item of a changed list: one that was there, by its index, or a new one."""


def with_items(text: str, path: DataPath, items: Sequence[Item]) -> str:
    """Return the text with the list at a path made of these items; those that were there keep their comments."""
    text = text if text.endswith("\n") else f"{text}\n"
    node, data = _at(text, path)
    if node.shape != "list" or not isinstance(data, list) or not items:
        raise CannotEditError("the list cannot be changed in place")
    if node.flow or not node.entries:
        found = text[: node.start] + _flow_list(text, node, items) + text[node.end :]
    else:
        chunks = _chunks(text, node)
        new = "".join(item.text(node.column) if isinstance(item, Fresh) else chunks[item] for item in items)
        start = _line_start(text, _dash(text, node, 0))
        found = text[:start] + new + text[start + len("".join(chunks)) :]
    return _verified(text, found, path, [data[item] if isinstance(item, int) else item.data for item in items])


def appended(text: str, path: DataPath, item: Fresh) -> str:
    """Return the text with an item at the end of the list at a path."""
    node, _ = _at(text, path)
    return with_items(text, path, [*range(len(node.entries)), item])


def with_pair(text: str, path: DataPath, key: str, value: Data) -> str:
    """Return the text with a key of the mapping at a path set to a value; a new key comes last."""
    text = text if text.endswith("\n") else f"{text}\n"
    node, data = _at(text, path)
    if node.shape != "mapping" or not isinstance(data, dict):
        raise CannotEditError("the mapping cannot be changed in place")
    old = node.child(key)
    if old is not None:
        found = text[: old.start] + flow(value) + text[old.end :]
    elif node.flow:
        pair = flow({key: value})[1:-1]
        at = node.entries[-1].end if node.entries else node.start + 1
        found = text[:at] + (", " if node.entries else "") + pair + text[at:]
    else:
        at = _after_own_comments(text, line_after(text, node.end), node.column)
        margin = " " * node.column
        gap = "\n" if isinstance(value, dict) and _spaced(text, node) else ""
        found = text[:at] + gap + "".join(f"{margin}{line}\n" for line in block({key: value})) + text[at:]
    return _verified(text, found, path, {**data, key: value})


def in_block_style(text: str, path: DataPath) -> str:
    """Return the text with everything on the way to a value, and the value, in block style."""
    for length in range(len(path) + 1):
        node, data = _at(text, path[:length])
        if not node.flow or not node.entries:
            continue
        top = written(text)
        if top is not None and any(node.start <= remark.start < node.end for remark in comments(text, top)):
            raise CannotEditError("comments stand inside of braces or brackets")
        column = node.column if node.key is None else node.key.start - _line_start(text, node.key.start) + 2
        lines = [" " * column + line for line in block(data)]
        new = "\n".join(lines)
        new = new.lstrip() if node.key is None and length else ("\n" + new if length else new)
        start = len(text[: node.start].rstrip(" ")) if new.startswith("\n") else node.start
        text = _verified(text, text[:start] + new + text[node.end :], path[:length], data)
    return text


def with_versions(text: str, path: DataPath, fresh: Fresh) -> str:
    """Return the text with the layer at a path, which was its only version, made a list of it and a new one."""
    node, data = _at(text, path)
    if not isinstance(data, dict) or node.flow or not {"from", "members"} <= data.keys():
        raise CannotEditError("the layer cannot be split into versions in place")
    pairs = {entry.key.value: entry for entry in node.entries if entry.key is not None}
    old = {key: pairs[key] for key in ("from", "members")}
    first, *rest = sorted(old.values(), key=lambda pair: pair.begin)
    if any(text[_line_start(text, pair.begin) : pair.begin].strip() for pair in old.values()):
        raise CannotEditError("the layer begins with its `from` or its members")
    margin = " " * node.column
    kept = [_deeper(_lines_of(text, old[key]), 4) for key in ("from", "members")]
    kept[0] = f"{margin}  - {kept[0][node.column + 4 :]}"
    new = f"{margin}versions:\n" + "".join(kept) + fresh.text(node.column + 2)
    last = rest[0]
    found = (
        text[: _line_start(text, first.begin)]
        + text[line_after(text, first.end) : _line_start(text, last.begin)]
        + new
        + text[line_after(text, last.end) :]
    )
    expected: dict[str, Data] = {}
    for key, value in data.items():
        if key == last.key.value if last.key else False:
            expected["versions"] = [{"from": data["from"], "members": data["members"]}, fresh.data]
        elif key not in old:
            expected[key] = value
    return _verified(text, found, path, expected)


def line_after(text: str, end: int) -> int:
    """Return where the line after the one that holds a value's end begins."""
    found = text.find("\n", end)
    return len(text) if found < 0 else found + 1


def _at(text: str, path: DataPath) -> tuple[Written, Data]:
    node, data = written(text), parse(text.encode())[0]
    for step in path:
        node = None if node is None else node.child(step)
        if node is None:
            break
        data = data[step]  # type: ignore[index]
    if node is None:
        raise CannotEditError("the place to change is not there")
    return node, data


def _verified(before: str, after: str, path: DataPath, value: Data) -> str:
    """Return a changed text if it says exactly what was meant."""
    expected: Data = [copy.deepcopy(parse(before.encode())[0])]
    above, steps = expected, (0, *path)
    for step in steps[:-1]:
        above = above[step]  # type: ignore[index]
    above[steps[-1]] = value  # type: ignore[index]
    data, problems = parse(after.encode("utf-8", "surrogatepass"))
    if problems:
        raise CannotEditError(problems[0].message)
    if in_order([data]) != in_order(expected):
        raise CannotEditError("the text around it is written in an unusual way")
    return after


def _flow_list(text: str, node: Written, items: Sequence[Item]) -> str:
    raw = [text[entry.start : entry.end] for entry in node.entries]
    new = [flow(item.data) if isinstance(item, Fresh) else raw[item] for item in items]
    inside = text[node.start : node.end]
    if "\n" not in inside:
        return f"[{', '.join(new)}]"
    if not node.entries:
        return f"[{', '.join(new)}{inside[1:]}"
    kept = len(raw)
    found, at = "", node.start
    for entry, each in zip(node.entries, new, strict=False):
        found += text[at : entry.start] + each
        at = entry.end
    if len(new) < kept:
        raise CannotEditError("the list is written over several lines, in brackets")
    return found + "".join(f", {each}" for each in new[kept:]) + text[at : node.end]


def _chunks(text: str, node: Written) -> list[str]:
    """Return the lines of each item of a list in block style; comments above an item belong to it."""
    ends = [line_after(text, entry.end) for entry in node.entries]
    ends[-1] = _after_own_comments(text, ends[-1], node.column)
    starts = [_line_start(text, _dash(text, node, 0)), *ends[:-1]]
    if text[starts[0] : _dash(text, node, 0)].strip():
        raise CannotEditError("the list begins in the middle of a line")
    return [text[start:end] for start, end in zip(starts, ends, strict=True)]


def _after_own_comments(text: str, at: int, column: int) -> int:
    """Return where the comments end that follow the last entry and stand deeper than it: they are its own."""
    while True:
        line = text[at : line_after(text, at)]
        words = line.lstrip(" ")
        if not words.startswith("#") or len(line) - len(words) <= column:
            return at
        at += len(line)


def _spaced(text: str, node: Written) -> bool:
    """Say whether an empty line stands before the last entry of a mapping."""
    if len(node.entries) < 2:
        return False
    before, last = node.entries[-2:]
    return any(not line.strip() for line in text[line_after(text, before.end) : last.begin].splitlines())


def _dash(text: str, node: Written, index: int) -> int:
    return node.start if index == 0 else text.rindex("-", 0, node.entries[index].start)


def _line_start(text: str, at: int) -> int:
    return text.rfind("\n", 0, at) + 1


def _lines_of(text: str, pair: Written) -> str:
    return text[_line_start(text, pair.begin) : line_after(text, pair.end)]


def _deeper(lines: str, blanks: int) -> str:
    return "".join(" " * blanks + line if line.strip() else line for line in lines.splitlines(keepends=True))
