"""What an unquoted word means: true, false, null, a whole number, or (everything else) text."""

from __future__ import annotations

import re

from watchbill.source.limits import INTEGER_DIGITS

_WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None, "": None}
_INTEGER = re.compile(rf"(?:0|-?[1-9][0-9]{{0,{INTEGER_DIGITS - 1}}})\Z", re.ASCII)

TYPED_STARTS = frozenset({"", "t", "f", "n", "-", *"0123456789"})
"""First characters (empty for no character) of the words that may be something else than text."""


def value_of(word: str) -> str | int | bool | None:
    """Return the value of an unquoted scalar.

    Only ``true``, ``false``, ``null``, nothing, and decimal integers in their shortest spelling (``0``, ``-7``,
    ``42``; at most 15 digits) are typed. ``22:30``, ``NO``, ``on``, ``~``, ``017``, ``+1``, ``1e3``, ``2026-01-05``
    stay text, and the field says what they are.
    """
    if _INTEGER.match(word):
        return int(word)
    return _WORDS.get(word, word)
