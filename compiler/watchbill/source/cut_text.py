"""Text that a comment cuts: ``text: Needs #4711 first`` reads as ``Needs``.

YAML takes `` #`` for the start of a comment wherever it stands. A comment that somebody meant has a space after its
``#``; one without is prose, a channel or a ticket number that would be lost without a word.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from yaml.events import ScalarEvent

from watchbill.source.libyaml import end_of, start_of
from watchbill.source.limits import PROBLEMS_PER_FILE
from watchbill.source.outline import Node, outline
from watchbill.source.problems import Problem, at
from watchbill.text import clip, printable

# The literal stands first, so that the search skips to it.
_CANDIDATE = r"#(?=[^\s#])(?<![^\s\[\]{},]#)"
_IN_BYTES = re.compile(_CANDIDATE.encode())
_IN_TEXT = re.compile(_CANDIDATE, re.ASCII)


def cut_texts(data: bytes) -> list[Problem]:
    """Return a problem for each unquoted text of the file that a comment without a space cuts."""
    if not _IN_BYTES.search(data):
        return []
    text = data.decode("utf-8", "surrogateescape")
    candidates = [match.start() for match in _IN_TEXT.finditer(text)]
    top = outline(data)
    if top is None:
        return []
    scalars = list(top.scalars())
    starts = [start_of(scalar).index for scalar, _ in scalars]
    problems: list[Problem] = []
    for index in candidates:
        if len(problems) == PROBLEMS_PER_FILE:
            break
        before = bisect_right(starts, index) - 1
        if before >= 0 and _cuts(text, index, *scalars[before]):
            problems.append(_problem(text, index, scalars[before][0]))
    return problems


def _cuts(text: str, index: int, scalar: ScalarEvent, parent: Node | None) -> bool:
    """Return whether the ``#`` at ``index`` starts a comment that cuts ``scalar``, the last one before it."""
    between = text[end_of(scalar).index : index]
    if scalar.style or between.strip():
        return False
    lines = between.count("\n")
    if lines == 0:
        return True
    return lines == 1 and bool(scalar.value) and _would_continue(text, index, parent)


def _would_continue(text: str, index: int, parent: Node | None) -> bool:
    """Return whether a comment on the next line stands where the text would go on (deeper than its list or key)."""
    column = index - text.rfind("\n", 0, index) - 1
    if parent is None or getattr(parent.event, "flow_style", False):
        return False
    return column > start_of(parent.event).column


def _problem(text: str, index: int, scalar: ScalarEvent) -> Problem:
    end = text.find("\n", index)
    comment = text[index : end if end >= 0 else len(text)].rstrip()
    shown = clip(printable(comment), 60)
    kept = clip(printable(scalar.value), 60)
    rest = f"this text is only `{kept}`" if kept else "nothing is left as the value"
    message = f"`{shown}` is read as a comment, so {rest}"
    way_out = "Put quotes around the whole text; if it is a comment, put a space after the `#`."
    return Problem("text-cut-by-comment", at(text, index, index + len(comment)), message, way_out)
