"""Text for people, whatever shows it: hidden characters made visible, long text cut, misspelt words matched.

Nothing here knows a sink. Terminal, HTML, Markdown and the rest add their own escaping where they write.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

# Characters that a reader cannot see or that change how their neighbours look, as ranges of a character class.
# Explicit and not asked of ``unicodedata``, so that every Python version gives the same answer. Source: the general
# categories Cc, Cf, Cs, Zl, Zp and the property Default_Ignorable_Code_Point of the Unicode Character Database.
_CONTROL = r"\x00-\x1f\x7f-\x9f"
_INVISIBLE = (
    r"\xad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    r"\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"
    r"\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_BROKEN = r"\ud800-\udfff"
# These never have a meaning of their own: they are reserved inside Unicode for programs.
_NONCHARACTERS = r"\ufdd0-\ufdef" + "".join(rf"\U{plane:04x}fffe\U{plane:04x}ffff" for plane in range(0x11))

HIDDEN = _CONTROL + _INVISIBLE + _BROKEN + _NONCHARACTERS
"""The body of a character class: every control, format, bidi, zero-width, tag, surrogate and reserved character."""

_HIDDEN = re.compile(f"[{HIDDEN}]")
# Below this share of equal letters a suggestion confuses more than it helps.
_ALIKE = 0.7
_NAMED = {"\t": "\\t", "\n": "\\n", "\r": "\\r"}


def visible(character: str) -> str:
    r"""Return the escape of one character as Python writes it: ``\n``, ``\x1b``, ``\u202e``, ``\U000e0041``."""
    code = ord(character)
    if character in _NAMED:
        return _NAMED[character]
    if code <= 0xFF:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


def printable(text: str) -> str:
    r"""Return ``text`` with every hidden character made visible, on one line: ``pay\u202ements``.

    A lone surrogate that stands for an undecodable byte (``surrogateescape``) becomes that byte: ``\xff``.
    """
    if text.isascii() and text.isprintable():
        return text
    return _HIDDEN.sub(lambda match: _escape(match[0]), text)


def _escape(character: str) -> str:
    code = ord(character)
    if 0xDC80 <= code <= 0xDCFF:
        return f"\\x{code - 0xDC00:02x}"
    return visible(character)


def clip(text: str, length: int = 200) -> str:
    """Return ``text``, cut to at most ``length`` characters; a cut text ends in ``…``."""
    return text if len(text) <= length else text[: length - 1] + "…"


def nearest(word: str, candidates: Iterable[str]) -> str | None:
    """Return the candidate that ``word`` is most likely a misspelling of, or ``None``.

    Letter case is no difference. Of equally near candidates the first in alphabetical order wins, so the answer
    does not depend on the order of ``candidates``.
    """
    from difflib import SequenceMatcher

    matcher = SequenceMatcher(None, "", clip(word, 80).casefold(), autojunk=False)
    best: tuple[float, str] | None = None
    for candidate in sorted(set(candidates)):
        matcher.set_seq1(candidate.casefold())
        least = best[0] if best else _ALIKE
        # The first two are upper bounds of the ratio, and cheap.
        if matcher.real_quick_ratio() < least or matcher.quick_ratio() < least:
            continue
        ratio = matcher.ratio()
        if ratio >= _ALIKE and (best is None or ratio > best[0]):
            best = (ratio, candidate)
    return best[1] if best else None
