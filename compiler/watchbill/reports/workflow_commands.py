"""Commands to GitHub's runner: annotations of the lines of a change, and every other finding as a line of the log.

The syntax is that of ``packages/core/src/command.ts`` in actions/toolkit. The runner shows ten annotations of each kind
for a step, so the gravest come first and the rest stands in the log.
"""

from __future__ import annotations

import re

from watchbill.compilation import Compilation, LocatedFinding
from watchbill.findings import Level
from watchbill.reports import concise
from watchbill.reports.gravity import gravest_first
from watchbill.reports.summary import summary
from watchbill.reports.terminal import shown
from watchbill.text import clip

SHOWN = 10
"""Annotations of one kind that the runner shows for a step (``docs/problem-matchers.md`` in actions/toolkit)."""

_MESSAGE = 4000
"""Characters of a message before it is escaped. The runner cuts longer ones."""

_KINDS = {Level.ERROR: "error", Level.WARNING: "warning", Level.INFO: "notice"}
_COLONS = re.compile(r"\A:|(?<=:):|:\Z")


def render(compilation: Compilation) -> str:
    """Return the annotations, then a line for each finding that has none, then the line that counts all of them."""
    commands: list[str] = []
    left_out: list[LocatedFinding] = []
    used = dict.fromkeys(_KINDS.values(), 0)
    for located in gravest_first(compilation.findings):
        kind = _KINDS[located.finding.level]
        used[kind] += 1
        if used[kind] <= SHOWN:
            commands.append(_annotation(located, kind))
        else:
            left_out.append(located)
    return "\n".join([*commands, *map(concise.line, left_out), summary(compilation)]) + "\n"


def _annotation(located: LocatedFinding, kind: str) -> str:
    finding, position = located.finding, located.position
    properties = {"title": finding.rule, "file": finding.place.file}
    if position is not None:
        properties |= {
            "line": str(position.line),
            "endLine": str(position.line),
            "col": str(position.column),
            "endColumn": str(max(position.end_column - 1, position.column)),
        }
    listed = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    parts = (_message(finding.message), _message(f"help: {finding.help}") if finding.help else "")
    return f"::{kind} {listed}::{'%0A'.join(filter(None, parts))}"


def _message(text: str) -> str:
    r"""Return text as the message of a command.

    The runner itself takes only ``%`` and line breaks for more than they are. Others that read its syntax look for the
    last ``::`` of a line, so colons in a row are spelled ``:\x3a``.
    """
    harmless = _COLONS.sub(r"\\x3a", clip(shown(text), _MESSAGE))
    return harmless.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return (
        shown(text)
        .replace("%", "%25")
        .replace("\r", "%0D")
        .replace("\n", "%0A")
        .replace(":", "%3A")
        .replace(",", "%2C")
    )
