"""Overrides as YAML to be pasted, in block style. All that is written are ids and times, so nothing needs quotes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from watchbill.model.on_call import Override
from watchbill.model.time_values import Moment


def file_name(overrides: Sequence[Override], person: str, taken: Iterable[str]) -> str:
    """Return the path of a new file for overrides, one that no file of the repository has."""
    first = min(override.stretch.start.day for override in overrides)
    schedules = list(dict.fromkeys(override.schedule for override in overrides))
    what = schedules[0] if len(schedules) == 1 else "several"
    stem = f"schedules/overrides/{first:%Y-%m}-{what}-{person}-cover"
    known, number = set(taken), 1
    path = f"{stem}.yaml"
    while path in known:
        number += 1
        path = f"{stem}-{number}.yaml"
    return path


def written(overrides: Sequence[Override]) -> str:
    """Return the text of a file with overrides: a list."""
    return "".join("\n".join(_lines(override)) + "\n" for override in overrides)


def _lines(override: Override) -> list[str]:
    until = override.stretch.until
    lines = [
        f"- schedule: {override.schedule}",
        f"  role: {override.role}",
        f"  from: {spelled(override.stretch.start)}",
    ]
    if until is not None:
        lines.append(f"  until: {spelled(until)}")
    lines.append(f"  person: {override.person}")
    if override.instead_of is not None:
        lines += [f"  instead-of: {override.instead_of}", f"  reason: Stands in for {override.instead_of}"]
    return lines


def spelled(moment: Moment) -> str:
    """Return a moment as it is written in a file: ``2026-12-24 09:00``; with seconds and offset where there are any."""
    if moment.seconds is None:
        return str(moment.day)
    hours, rest = divmod(moment.seconds, 3600)
    minutes, seconds = divmod(rest, 60)
    clock_face = f"{hours:02}:{minutes:02}" + (f":{seconds:02}" if seconds else "")
    if moment.offset is None:
        return f"{moment.day} {clock_face}"
    sign, minutes = ("-" if moment.offset < 0 else "+"), abs(moment.offset) // 60
    return f"{moment.day}T{clock_face}{sign}{minutes // 60:02}:{minutes % 60:02}"
