"""What reaches a terminal: text made harmless, colours if the command line asks for them, widths in columns."""

from __future__ import annotations

import unicodedata

from watchbill.findings import Level
from watchbill.records import dataclass
from watchbill.text import printable

_LEVELS = {Level.ERROR: "31;1", Level.WARNING: "33;1", Level.INFO: "36;1"}


def shown(text: str) -> str:
    r"""Return text of a repository as a terminal may see it: printable, on one line, and no command of a CI runner.

    GitHub's runner looks for ``##[command]`` anywhere in a line of a log. (``::command`` counts only at the start of a
    line, where reports put words of their own.)
    """
    return printable(text).replace("##[", "#\\x23[")


def whole_line(text: str) -> str:
    r"""Return a line that may begin with text of a repository. A ``::command`` at its start would be obeyed."""
    start = text.lstrip()
    return text.replace("::", "\\x3a:", 1) if start.startswith("::") else text


@dataclass(frozen=True, slots=True, kw_only=True)
class Paint:
    """Wraps text in escape sequences if ``colour`` is set. The text must be printable already."""

    colour: bool = False

    def level(self, level: Level, text: str) -> str:
        """Paint a text in the colour of a level."""
        return self._wrap(_LEVELS[level], text)

    def bold(self, text: str) -> str:
        """Paint a text bold."""
        return self._wrap("1", text)

    def dim(self, text: str) -> str:
        """Paint the lines around source text."""
        return self._wrap("34", text)

    def _wrap(self, code: str, text: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self.colour and text else text


def columns(text: str) -> int:
    """Return how many columns of a terminal a printable text takes: wide characters two, combining ones none."""
    if text.isascii():
        return len(text)
    return sum(map(_columns_of, text))


def _columns_of(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1
