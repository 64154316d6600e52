"""What a parser returns for a text it does not accept, and how a text is shown in a message."""

from __future__ import annotations

from watchbill.records import dataclass
from watchbill.text import clip, printable

_LONGEST = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Why a text is no value of its field. ``text`` is one clause; ``help`` says what to write instead."""

    text: str
    help: str


def shown(value: object) -> str:
    """Return a value as it may stand in a message: in backquotes, clipped, hidden characters spelt out."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "`true`" if value else "`false`"
    text = printable(clip(str(value), _LONGEST))
    return f"`{text}`" if "`" not in text else f"“{text}”"
