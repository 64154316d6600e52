r"""Finds the escape (``\u202e``, ``\e``) of a double-quoted text that stands for a given character."""

from __future__ import annotations

import re

from yaml.events import ScalarEvent

from watchbill.findings import Mark
from watchbill.source.libyaml import end_of, start_of
from watchbill.source.problems import at

_ESCAPE = re.compile(r"\\(?:x(..)|u(.{4})|U(.{8})|(.))", re.DOTALL)

# Table of single-letter escapes: YAML 1.2.2, section 5.7.
_LETTERS = {
    "0": "\0", "a": "\a", "b": "\b", "v": "\v", "f": "\f", "r": "\r", "e": "\x1b",
    "N": "\x85", "L": "\u2028", "P": "\u2029",
}  # fmt: skip


def escape_of(character: str, data: bytes, event: ScalarEvent) -> Mark:
    """Return the mark of the first escape in the text of ``event`` that stands for ``character``."""
    text = data.decode("utf-8")
    start, end = start_of(event).index, end_of(event).index
    for match in _ESCAPE.finditer(text, start, end):
        digits = match[1] or match[2] or match[3]
        meant = chr(int(digits, 16)) if digits else _LETTERS.get(match[4])
        if meant == character:
            return at(text, match.start(), match.end())
    return at(text, start)
