"""What libyaml could not read, said in plain words with a way out."""

from __future__ import annotations

from typing import cast

from yaml.error import MarkedYAMLError, YAMLError

from watchbill.findings import Mark
from watchbill.source.earlier_lines import begun_earlier
from watchbill.source.libyaml import YamlMark
from watchbill.source.problems import Problem, at

_TOO_DEEP = "exceeded maximum nesting depth"

# Contexts of libyaml that belong to a rule of their own: the construct is refused, however it is written.
_CONTEXTS = {
    "while scanning a directive": ("directive", "a line that starts with `%` is a directive to a YAML parser"),
    "while scanning a %YAML directive": ("directive", "`%YAML` is a directive to a YAML parser"),
    "while scanning a %TAG directive": ("directive", "`%TAG` is a directive to a YAML parser"),
    "while scanning a tag directive": ("directive", "`%TAG` is a directive to a YAML parser"),
    "while scanning an anchor": ("anchor", "a word that starts with `&` is an anchor"),
    "while scanning an alias": ("alias", "a word that starts with `*` is an alias"),
    "while scanning a tag": ("tag", "a word that starts with `!` is a tag"),
    "while parsing a tag": ("tag", "a word that starts with `!` is a tag"),
}
_PROBLEMS = {
    "found undefined tag handle": ("tag", "a word that starts with `!` is a tag"),
    "found incompatible YAML document": ("directive", "`%YAML` is a directive to a YAML parser"),
    "found duplicate %YAML directive": ("directive", "`%YAML` is a directive to a YAML parser"),
    "found duplicate %TAG directive": ("directive", "`%TAG` is a directive to a YAML parser"),
}
_WAYS_OUT = {
    "directive": "Delete the line and the `---` after it.",
    "anchor": "Write the value out. A text that starts with `&` needs quotes.",
    "alias": "Write the value out. A text that starts with `*` needs quotes.",
    "tag": "Delete the tag. A text that starts with `!` needs quotes.",
}

# Other problems: what they mean for somebody who writes the file, and the way out.
_SENTENCES = {
    "mapping values are not allowed in this context": (
        "this `:` starts a second key where only a text can stand",
        "Put quotes around a text with `: ` in it; if a key is meant, check its indentation.",
    ),
    "could not find expected ':'": (
        "this line is no key with a value: its `:` is missing",
        "Write `key: value`, or indent the line if it continues the text above.",
    ),
    "block sequence entries are not allowed in this context": (
        "this `-` starts a list where only a text can stand",
        "Start the list on a line of its own; put quotes around a text that starts with `- `.",
    ),
    "mapping keys are not allowed in this context": (
        "this `?` starts a key where none can stand",
        "Write `key: value`; put quotes around a text that starts with `? `.",
    ),
    "did not find expected key": (
        "this line does not fit the mapping that starts on line {line}",
        "Give all keys of one mapping the same indentation; put quotes around the whole of a text with quotes in it.",
    ),
    "did not find expected '-' indicator": (
        "this line does not fit the list that starts on line {line}",
        "Start each entry of the list with `- ` at the same indentation.",
    ),
    "did not find expected ',' or ']'": (
        "the list opened with `[` on line {line} is not closed before this",
        "Put `,` between its entries and `]` at its end; a text with `]`, `,`, `: ` or ` #` in it needs quotes.",
    ),
    "did not find expected ',' or '}'": (
        "the mapping opened with `{` on line {line} is not closed before this",
        "Put `,` between its entries and `}` at its end; a text with `}`, `,`, `: ` or ` #` in it needs quotes.",
    ),
    "did not find expected node content": (
        "a value is missing here",
        "Write the value; a text that starts with a bracket, a comma or another YAML sign needs quotes.",
    ),
    "found unexpected end of stream": (
        "the quote opened here is never closed",
        "Close the quote, or write a quote inside the text twice (`''`) or with a backslash (`\\\"`).",
    ),
    "found unexpected document indicator": (
        "the quote opened here is not closed before a line of `---` or `...`",
        "Close the quote.",
    ),
    "found unknown escape character": (
        "this backslash starts no escape that YAML knows",
        "Write the backslash twice, or use single quotes, in which a backslash is a backslash.",
    ),
    "did not find expected hexdecimal number": (
        "this escape lacks hexadecimal digits",
        "Write `\\x` with two, `\\u` with four or `\\U` with eight digits; better, write the character itself.",
    ),
    "did not find expected comment or line break": (
        "text stands on the line of `|` or `>`",
        "Start the text on the next line, indented; put quotes around a text that starts with `|` or `>`.",
    ),
    "did not find expected <document start>": (
        "something stands after the end of the document",
        "Delete it, or delete the `...` before it; text or a list at the top needs no key, but cannot follow one.",
    ),
}
_TAB_HELP = "Indent with spaces: YAML takes no tabs there. Most editors can do so by themselves."
_MISPLACED = ("did not find expected key", "did not find expected node content")
_AFTER_CLOSED = "Put the whole text in one pair of quotes (write a `'` in single quotes twice), or delete the rest."
_STARTS = "Put quotes around a text that starts with this character."


def too_deep_before(error: YAMLError, data: bytes) -> bytes | None:
    """Return the file up to where libyaml gave up counting levels, if that was the error.

    libyaml looks ahead and refuses deep nesting before it hands out the events of it; the shorter file shows where
    our own limit is passed.
    """
    if getattr(error, "problem", None) != _TOO_DEEP:
        return None
    mark = error.problem_mark  # type: ignore[attr-defined]
    return data.decode("utf-8")[: max(mark.index - 1, 0)].encode()


def explain(error: YAMLError, text: str) -> Problem:
    """Return the problem that a libyaml error stands for."""
    if not isinstance(error, MarkedYAMLError) or error.problem_mark is None:
        return Problem("yaml-syntax", at(text, 0), "this file is not YAML", "Write it as YAML text.")
    problem, context = error.problem or "", error.context or ""
    refused = _CONTEXTS.get(context) or _PROBLEMS.get(problem)
    if refused:
        rule, what = refused
        where = error.context_mark if context in _CONTEXTS else error.problem_mark
        return Problem(rule, _mark(text, where), f"{what}, and Watchbill reads none", _WAYS_OUT[rule])
    if problem == "found invalid Unicode character escape code":
        message = "this escape stands for no character"
        way_out = "Write the character itself; half of a surrogate pair is no character."
        return Problem("forbidden-character", _mark(text, error.problem_mark, back=2), message, way_out)
    return _syntax(error, problem, text)


def _syntax(error: MarkedYAMLError, problem: str, text: str) -> Problem:
    where = cast("YamlMark", error.problem_mark)
    if problem == "could not find expected ':'" or "quoted scalar" in (error.context or ""):
        where = where if "escape" in problem or "hexdecimal" in problem else cast("YamlMark", error.context_mark)
    tab = _tab(text, where)
    if tab is not None and ("tab" in problem or "cannot start any token" in problem or "expected key" in problem):
        return Problem("yaml-syntax", at(text, tab, tab + 1), "a tab stands in the indentation of this line", _TAB_HELP)
    if problem == "found character that cannot start any token":
        character = text[where.index : where.index + 1]
        shown = {"\t": "a tab", "`": "a backtick"}.get(character, f"`{character}`")
        message = f"a value cannot start with {shown}"
        return Problem("yaml-syntax", _mark(text, where), message, _STARTS)
    earlier = begun_earlier(error, text)
    if earlier is not None:
        return earlier
    if problem in _MISPLACED and text[where.index : where.index + 1] == ":":
        return Problem("empty-key", _mark(text, where), "no key stands before `:`", "Write the key before the `:`.")
    if problem == "did not find expected key" and (closed := _closed_before(text, where)):
        message = f"more text follows the closing `{closed}`"
        return Problem("yaml-syntax", _mark(text, where), message, _AFTER_CLOSED)
    message, way_out = _SENTENCES.get(problem, (f"YAML cannot be read from here: {problem}", "Check this line."))
    opened = error.context_mark or where
    label = (_mark(text, opened), "starts here") if "{line}" in message and opened.line != where.line else None
    return Problem("yaml-syntax", _mark(text, where), message.replace("{line}", str(opened.line + 1)), way_out, label)


def _closed_before(text: str, where: YamlMark) -> str | None:
    """Return the quote or bracket that closes just before the mark, on the same line."""
    before = text[text.rfind("\n", 0, where.index) + 1 : where.index].rstrip()
    return before[-1] if before and before[-1] in "'\"]}" else None


def _tab(text: str, where: YamlMark) -> int | None:
    """Return the index of the first tab in the indentation of the marked line, if there is one."""
    start = text.rfind("\n", 0, where.index) + 1
    line = text[start : where.index + 1]
    blank = line[: len(line) - len(line.lstrip("\t "))]
    return start + blank.index("\t") if "\t" in blank else None


def _mark(text: str, where: YamlMark | None, back: int = 0) -> Mark:
    """Return the mark of one character; an end of file stands after the last character that says something."""
    index = where.index - back if where else 0
    if index >= len(text.rstrip()):
        index = len(text.rstrip())
    return at(text, max(index, 0))
