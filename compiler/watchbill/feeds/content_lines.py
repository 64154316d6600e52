"""The lines of a calendar: text through the ``icalendar`` library, values of fixed form directly.

The library escapes and folds every text. That costs 10 to 20 microseconds a line, so each different text is written
once and remembered. Instants, numbers and uids are ASCII of known length and need neither.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime

from icalendar import vText
from icalendar.parser import Contentline, Parameters

from watchbill.text import HIDDEN

_BREAK = re.compile(r"[\t\r\n\u0085\u2028\u2029]+")
# Joiners and the emoji style belong to names; every other hidden character ends a feed in some calendar program.
_HIDDEN = re.compile(rf"(?![\u200c\u200d\ufe0f\n])[{HIDDEN}]")


def one_line(text: str) -> str:
    """Return a text without line breaks and hidden characters, as a feed may hold it."""
    return _HIDDEN.sub("\ufffd", _BREAK.sub(" ", text)).strip()


def instant(seconds: int) -> str:
    """Return UTC seconds as a calendar writes them: ``20260105T080000Z``."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y%m%dT%H%M%SZ")


class TextLines:
    """Writes properties that hold text, each different one once. One object serves one rendering."""

    __slots__ = ("_written",)

    def __init__(self) -> None:
        self._written: dict[tuple[str, str], bytes] = {}

    def line(self, name: str, text: str) -> bytes:
        r"""Return the escaped and folded line of a property, with its line end. ``text`` may hold ``\n``."""
        written = self._written.get((name, text))
        if written is None:
            value = vText(_HIDDEN.sub("\ufffd", text))
            written = bytes(Contentline.from_parts(name, Parameters(), value).to_ical()) + b"\r\n"
            self._written[name, text] = written
        return written
