"""Text of a repository inside Markdown: it means nothing there, mentions nobody and links nowhere.

Services look for ``@names``, ``#numbers``, commit hashes and addresses after Markdown has been rendered, so entities
and backslashes do not keep them away. Code does: no service looks into it. So text is plain where each character of it
is calm, and code everywhere else.
"""

from __future__ import annotations

import re

from watchbill.reports.terminal import shown
from watchbill.text import printable

# Letters of Latin scripts only: others are calm too, but right-to-left ones would move what stands around them.
_CALM = re.compile(
    r"(?:[A-Za-z0-9\u00c0-\u024f ,()'\"/.;?+–—…-]"  # noqa: RUF001 - dashes of both lengths are meant
    r"|(?<=[A-Za-z0-9])_(?=[A-Za-z0-9])"  # America/New_York, but no _emphasis_
    r"|(?<=\d):(?=\d)"  # 09:00, but no :emoji:
    r"|:(?=[ ]|\Z)"
    r"|%(?![\w\"]))*\Z",  # 30 %, but no %milestone of GitLab
    re.ASCII,
)
# Addresses without a scheme, GitHub's GH-123, and what a commit is called by.
_LOUD = re.compile(r"www\.|\bgh-\d|\b[0-9a-f]{7,64}\b", re.IGNORECASE | re.ASCII)
_STARTS_A_BLOCK = re.compile(r"\s|[-+]|\d+[.)]", re.ASCII)
_TICKS = re.compile("`+")
_NEITHER_LETTER_NOR_DIGIT = re.compile(r"[^A-Za-z0-9 ]")


def prose(text: str) -> str:
    """Return a sentence for the middle of a line: words in backticks as code, and all of it where it is not calm."""
    parts = printable(text).split("`")
    plain, marked = parts[::2], parts[1::2]
    # Code directly beside code would be one piece of code.
    apart = all(plain[1:-1]) and all(part.strip() for part in marked)
    if len(parts) % 2 == 0 or not apart or not all(map(_is_calm, plain)):
        return code(text)
    return "".join(code(part) if number % 2 else part for number, part in enumerate(parts))


def paragraph(text: str) -> str:
    """Return a sentence for a line of its own, where a number or a dash at the start would begin a list."""
    return code(text) if _STARTS_A_BLOCK.match(text) else prose(text)


def code(text: str) -> str:
    """Return text as code, on one line, between as many backticks as it takes. Not for cells: ``|`` would end one."""
    inside = shown(text)
    if not inside.strip():
        return ""
    fence = "`" * (max(map(len, _TICKS.findall(inside)), default=0) + 1)
    # One blank on both sides belongs to the fence; without it a backtick or blank at an end would.
    space = " " if fence != "`" or inside[0] == " " or inside[-1] == " " else ""
    return f"{fence}{space}{inside}{space}{fence}"


def cell(text: str) -> str:
    """Return text for a cell of a table, where ``|`` and backslashes mean more: as it is if calm, else HTML code."""
    inside = printable(text)
    if _is_calm(inside):
        return inside
    return f"<code>{_NEITHER_LETTER_NOR_DIGIT.sub(lambda match: f'&#{ord(match[0])};', inside)}</code>"


def _is_calm(text: str) -> bool:
    return _CALM.match(text) is not None and _LOUD.search(text) is None
