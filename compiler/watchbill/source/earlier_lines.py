"""Faults of YAML that libyaml notices only some lines later: a missing `:`, an open bracket, an open quote.

The finding belongs on the line that has to be mended. Where libyaml stopped is a label of it.
"""

from __future__ import annotations

import re

from yaml.error import MarkedYAMLError
from yaml.events import ScalarEvent

from watchbill.source.libyaml import YamlMark, end_of, start_of
from watchbill.source.outline import outline
from watchbill.source.problems import Problem, at

_OPEN_BRACKET = {"did not find expected ',' or ']'": "]", "did not find expected ',' or '}'": "}"}
_NO_COLON = ("mapping values are not allowed in this context", "did not find expected '-' indicator")
_WORDS = re.compile(r"(?P<entries>\s*(?:- )*)(?P<first>[\w-]+)(?P<rest> (?:(?!:\s).)*(?<!:))?\Z")
_COMMENT = re.compile(r"(?:^|\s)#.*")


def begun_earlier(error: MarkedYAMLError, text: str) -> Problem | None:
    """Return the problem at the line where it began, or ``None`` if libyaml stopped at the right one."""
    problem, where = error.problem or "", error.problem_mark
    if where is None:
        return None
    if problem in _OPEN_BRACKET and error.context_mark is not None:
        return _open_bracket(text, error.context_mark, where, _OPEN_BRACKET[problem])
    if problem in _NO_COLON:
        return _no_colon(text, where)
    return _open_quote(text, where) if problem == "did not find expected key" else None


def _open_bracket(text: str, opened: YamlMark, where: YamlMark, closing: str) -> Problem | None:
    """Return the problem at a bracket, if what follows it is no part of it any more: a key beside or above its own."""
    ended = where.index >= len(text.rstrip())
    line = _line(text, opened.index)
    column = len(line) - len(line.lstrip("- "))
    if not ended and (where.line == opened.line or _indentation(text, where.index) > column):
        return None
    what = text[opened.index]
    message = f"this `{what}` is never closed" if ended else f"this `{what}` is not closed before line {where.line + 1}"
    way_out = f"Put `{closing}` at its end; a text that starts with `{what}` needs quotes."
    label = None if ended else (at(text, where.index), f"no `{closing}` before this")
    return Problem("yaml-syntax", at(text, opened.index), message, way_out, label)


def _no_colon(text: str, where: YamlMark) -> Problem | None:
    """Return the problem at the last line before the mark that says something, if it looks like a key without `:`."""
    end = text.rfind("\n", 0, where.index)
    while end > 0:
        start = text.rfind("\n", 0, end) + 1
        line = _COMMENT.sub("", text[start:end]).rstrip()
        if line.strip():
            return _without_colon(text, start, line, where)
        end = start - 1
    return None


def _without_colon(text: str, start: int, line: str, where: YamlMark) -> Problem | None:
    words = _WORDS.match(line)
    # A single word after `- ` is an entry; the line after it is the one that does not fit.
    if words is None or ("-" in words["entries"] and not words["rest"]):
        return None
    message = f"no `:` follows the key `{words['first']}`"
    way_out = "Write `key: value`; put quotes around a text with `: ` in it, or indent the line that continues a text."
    label = (at(text, where.index), "so this cannot be read")
    return Problem("yaml-syntax", at(text, start + words.start("first"), start + len(line)), message, way_out, label)


def _open_quote(text: str, where: YamlMark) -> Problem | None:
    """Return the problem at the start of a text in quotes that ran on to the quote of a later line."""
    top = outline(text.encode())
    last: ScalarEvent | None = None
    for scalar, _ in top.scalars() if top else ():
        last = scalar
    if last is None or last.style not in ("'", '"') or start_of(last).line == end_of(last).line:
        return None
    if text[end_of(last).index : where.index].strip(" "):
        return None
    message = f"the quote opened here is closed only on line {where.line + 1}, by a quote that more text follows"
    way_out = "Close the quote at the end of its text; write a quote inside the text twice (`''`) or as `\\\"`."
    return Problem(
        "yaml-syntax", at(text, start_of(last).index), message, way_out, (at(text, where.index), "more text")
    )


def _line(text: str, index: int) -> str:
    """Return the line around an index, up to the index."""
    return text[text.rfind("\n", 0, index) + 1 : index]


def _indentation(text: str, index: int) -> int:
    start = text.rfind("\n", 0, index) + 1
    return len(text[start:]) - len(text[start:].lstrip(" "))
