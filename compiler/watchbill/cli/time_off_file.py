"""The file of ``--time-off``: people and the time off that is tried with them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from watchbill.findings import Finding
    from watchbill.model.on_call import TimeOff
    from watchbill.model.repository import Model

_MOST_SHOWN = 10


class TimeOffFileError(click.ClickException):
    """What is wrong with the file, one line for each fault; the exit status is that of wrong usage."""

    exit_code = 2


def read_time_off(path: Path, model: Model) -> tuple[TimeOff, ...]:
    """Return the entries of a file; exit with the line and the column of each fault if there is any."""
    from watchbill import timezones
    from watchbill.model.extra_time_off import extra_time_off
    from watchbill.source.problems import findings
    from watchbill.source.strict_yaml import parse

    content = _content(path)
    data, problems = parse(content)
    name = str(path)
    if problems:
        raise _refused(name, content, findings(name, problems))
    entries, found = extra_time_off(name, data, model.people, timezones.names())
    if found:
        raise _refused(name, content, found)
    return entries


def _content(path: Path) -> bytes:
    from watchbill.source.limits import FILE_BYTES

    try:
        with path.open("rb") as opened:
            content = opened.read(FILE_BYTES + 1)
    except OSError as error:
        reason = (error.strerror or "it cannot be read").lower()
        raise click.UsageError(f"The file of --time-off, {path}, cannot be read: {reason}.") from error
    if len(content) > FILE_BYTES:
        raise click.UsageError(f"The file of --time-off, {path}, is larger than {FILE_BYTES:,} bytes.")
    return content


def _refused(name: str, content: bytes, found: list[Finding]) -> TimeOffFileError:
    from watchbill.reports.terminal import shown
    from watchbill.source.overlay import Overlay
    from watchbill.source.positions import locate

    tree = Overlay({name: content})
    lines = []
    for finding in found[:_MOST_SHOWN]:
        position = locate(tree, finding.place)
        where = f"{name}:{position.line}:{position.column}" if position else name
        lines.append(f"{shown(where)}: {shown(finding.message)}; {shown(finding.help)}")
    if len(found) > _MOST_SHOWN:
        lines.append(f"and {len(found) - _MOST_SHOWN} more")
    return TimeOffFileError("\n".join(lines))
