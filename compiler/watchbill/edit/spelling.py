"""How values are spelled in YAML: plain where no reader could take it for anything else, in double quotes otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from watchbill.source.documents import Data
from watchbill.source.strict_yaml import parse

WIDTH = 120
"""Characters of a line, at most, where there is a choice."""

_PLAIN = re.compile(r"[A-Za-z](?:[A-Za-z0-9_./@'+ -]*[A-Za-z0-9_./@'+-])?\Z", re.ASCII)
# Words that some reader of YAML takes for something else than text.
_READ_OTHERWISE = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})
# Dates, times, shares and the like are plain everywhere in this format: nothing is typed but whole numbers.
_CALM = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9 :.%/+-]*[A-Za-z0-9.%/+-])?\Z", re.ASCII)
_SHORT = 30
"""Characters of such a text, at most: prose with a colon in it is easier to read in quotes."""
_LIKE_A_NUMBER = re.compile(r"0[xobXOB]?[0-9a-fA-F_]*\Z|[0-9_]+(?:\.[0-9_]*)?(?:[eE][+-]?[0-9]+)?\Z", re.ASCII)
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}
_ESCAPED = re.compile(r'[\\"\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]')


def plainly_plain(text: str) -> bool:
    """Say whether a text needs no quotes for any reader of YAML, wherever it stands."""
    return _PLAIN.match(text) is not None and text.lower() not in _READ_OTHERWISE


def needs_no_quotes(text: str) -> bool:
    """Say whether a text is written without quotes: if it is plain for every reader, or a date, a time, a share."""
    if plainly_plain(text):
        return True
    if len(text) > _SHORT or _CALM.match(text) is None or _LIKE_A_NUMBER.match(text) or text.lower() in _READ_OTHERWISE:
        return False
    return reads_as(text, text) and reads_as(text, text, flow=True)


def double_quoted(text: str) -> str:
    """Return a text in double quotes, on one line."""
    return f'"{_ESCAPED.sub(lambda match: _escape(match[0]), text)}"'


def _escape(character: str) -> str:
    code = ord(character)
    return _ESCAPES.get(character) or (f"\\x{code:02x}" if code <= 0xFF else f"\\u{code:04x}")


@lru_cache(maxsize=4096)
def reads_as(spelled: str, value: str, *, flow: bool = False) -> bool:
    """Say whether the strict reader takes a spelling after a key, or in a list of flow style, for a text."""
    data, problems = parse((f"- [{spelled}]\n" if flow else f"- k: {spelled}\n").encode())
    return not problems and data == [[value] if flow else {"k": value}]


def word(value: str | int | bool | None) -> str:
    """Return how a single value is written: dates and times plain, all else that might be misread in quotes."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    return value if needs_no_quotes(value) else double_quoted(value)


def block(value: Data) -> Iterator[str]:
    """Yield the lines of a value in block style, as they stand at the left margin."""
    if isinstance(value, dict) and value:
        for key, below in value.items():
            yield from _entry(f"{word(key)}:", below)
    elif isinstance(value, list) and value:
        for item in value:
            lines = list(block(item))
            yield f"- {lines[0]}"
            yield from (f"  {line}" for line in lines[1:])
    else:
        yield flow(value)


def _entry(key: str, below: Data) -> Iterator[str]:
    if isinstance(below, dict | list) and below:
        yield key
        yield from (f"  {line}" for line in block(below))
    else:
        yield f"{key} {flow(below)}"


def flow(value: Data) -> str:
    """Return a value in flow style, on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{word(key)}: {flow(below)}" for key, below in value.items()) + "}"
    if isinstance(value, list):
        return f"[{', '.join(map(flow, value))}]"
    return word(value)
