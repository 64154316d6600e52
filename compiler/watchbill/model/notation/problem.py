"""What a parser returns for a text it does not accept, and how a text is shown in a message."""

from __future__ import annotations

from dataclasses import dataclass

_LONGEST = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Why a text is no value of its field. ``text`` is one clause; ``help`` says what to write instead."""

    text: str
    help: str


def shown(value: object) -> str:
    """Return a value as it may stand in a message: in backquotes, clipped, control and odd characters spelt out."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "`true`" if value else "`false`"
    text = str(value)
    clipped = text if len(text) <= _LONGEST else text[:_LONGEST] + "…"
    clean = "".join(c if c.isprintable() else f"\\u{{{ord(c):x}}}" for c in clipped)
    return f"`{clean}`" if "`" not in clean else f"“{clean}”"
