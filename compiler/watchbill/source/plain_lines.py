"""The grammar of a plain line: what one line of a file says, whatever stands above and below it.

A plain line is a key, a value or both, behind an indentation of blanks and at most one dash::

    members:
      - ada
      - person: grace   # since May
        from: 2026-01-05
        handles: {slack: U042}

What such a line says does not depend on the lines around it. It has a key or a dash, or is blank or a comment, and it
opens no quote, no bracket and no block of text that the next line could be inside of. Only an unquoted text could go
on, in a line further in than its own; no file is plain that has a line there (see ``plain_files``).

The grammar is narrow on purpose. What it refuses costs time; what it would misread would cost the trust in every
roster. Each restriction says what it keeps out.
"""

from __future__ import annotations

import re
from unicodedata import is_normalized

from watchbill.source.characters import decode
from watchbill.source.documents import Data
from watchbill.source.plain_scalars import TYPED_STARTS, value_of

LONGEST_LINE = 1000
"""Characters of the longest plain line; YAML takes no key of more than 1,024, and no text can be too long in it."""

PlainLine = tuple[int, int, str, Data]
"""What a line says: its rank, the rank of the mapping that a dash and a key open (0 without both), key, value.

A rank is twice the column, and one more for an item of a list: a list may start at the column of its key, and lies
further in. The key is empty if there is none. The value is ``OPENS`` if nothing is written after the key.
"""

OPENS: Data = []
"""Stands for the value of a key that ends its line. Known by identity: no other list is this one."""

NOTHING: PlainLine = (-1, 0, "", None)
"""What a blank line and a comment say."""


class NotPlainError(Exception):
    """Only the strict reader can say what this is."""


# Blanks; a dash; a key and its colon; a value. No key of signs: `<<`, `?`, `*x`, `"q"`, `~` are none of ours.
_LINE = re.compile(r"( *)(- +)?(?:([A-Za-z0-9][A-Za-z0-9_./-]*):(?: +|\Z))?(.*)")
# First signs of an unquoted text, beside letters and digits, to which YAML gives no meaning.
_MEANINGLESS = frozenset("/+(_~")
# In brackets a comma or a bracket ends a text, too. So only words with single blanks between them stand there, in none
# of which is a sign of YAML: no quotes, no further brackets, and no colon but that of a key or a time.
_WORD = r"[A-Za-z0-9](?:[A-Za-z0-9_./+-]|(?<=[0-9]):(?=[0-9]))*"
_TEXT = rf"{_WORD}(?: {_WORD})*"
_LIST = re.compile(rf"{_TEXT}(?:, {_TEXT})*")
_MAPPING = re.compile(rf"{_WORD}: {_TEXT}(?:, {_WORD}: {_TEXT})*")
_CLOSING = {"[": "]", "{": "}", '"': '"', "'": "'"}


def read_line(text: str) -> PlainLine:
    """Return what a line says, given without its line feed. Raises ``NotPlainError`` if it is not plain."""
    # Not printable are tabs, carriage returns and everything that may be hidden. A backslash may start an escape.
    if len(text) > LONGEST_LINE or not text.isprintable() or "\\" in text or not (text.isascii() or _clean(text)):
        raise NotPlainError
    match = _LINE.fullmatch(_without_comment(text) if "#" in text else text)
    if match is None:
        raise NotPlainError
    indent, dash, key, rest = match.groups()
    column = len(indent)
    if dash:
        # A dash alone opens whatever stands below it.
        if not (key or rest):
            raise NotPlainError
        return 2 * column + 1, 2 * (column + len(dash)) if key else 0, key or "", _value(rest) if rest else OPENS
    if key:
        return 2 * column, 0, key, _value(rest) if rest else OPENS
    if rest:
        # Such a line could go on with the text above it.
        raise NotPlainError
    return NOTHING


def _clean(text: str) -> bool:
    """Return whether text outside ASCII is in normal form and hides nothing, so that it is read as it is written."""
    return is_normalized("NFC", text) and not decode(text.encode())[1]


def _without_comment(text: str) -> str:
    """Return a line without its comment. Any other ``#`` stays, and is refused unless it stands in quotes."""
    if text.lstrip(" ") == "#" or text.lstrip(" ").startswith("# "):
        return ""
    before, sign, _ = text.partition(" # ")
    # Behind a quote it may be no comment.
    return text if not sign or '"' in before or "'" in before else before.rstrip(" ")


def _value(text: str) -> Data:
    """Return the value that is written after a key or a dash. Raises if it is not plain."""
    first, last = text[0], text[-1]
    if first.isalnum() or first in _MEANINGLESS:
        # A colon may make a key of it, a `#` a comment: `a: b: c`, `a: b:`, `a: b #c`. Blanks at its end are lost.
        if ": " not in text and last != ":" and last != " " and "#" not in text:
            return value_of(text) if first in TYPED_STARTS else text
    elif len(text) == 1 or last != _CLOSING.get(first):
        # Text in blocks (`|`), anchors, tags; quotes and brackets that go on, on the next line or in this one.
        pass
    elif first in "\"'":
        if first not in text[1:-1]:
            return text[1:-1]
    else:
        return _in_brackets(text)
    raise NotPlainError


def _in_brackets(text: str) -> Data:
    """Return a collection of words in brackets. Raises if anything else stands in it, or a key twice."""
    inside = text[1:-1]
    if not inside:
        return [] if text[0] == "[" else {}
    if text[0] == "[" and _LIST.fullmatch(inside):
        return [value_of(word) for word in inside.split(", ")]
    if text[0] == "{" and _MAPPING.fullmatch(inside):
        pairs = [pair.split(": ") for pair in inside.split(", ")]
        words: dict[str, Data] = {key: value_of(word) for key, word in pairs}
        if len(words) == len(pairs):
            return words
    raise NotPlainError
