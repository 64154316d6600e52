"""Time off, overrides and swaps: dated entries that are added to a repository."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from watchbill.edit.files import Files
from watchbill.edit.refusals import EditRefusedError
from watchbill.edit.spelling import block, flow
from watchbill.edit.splice import Fresh, appended
from watchbill.source.documents import Data
from watchbill.source.strict_yaml import parse
from watchbill.source.written import written

Entry = Mapping[str, str | bool | int]
"""The keys of an entry in the order in which they are written."""


def add_time_off(files: Files, person: str, entry: Entry) -> str | None:
    """Add an entry to the time off of a person; return the file, or ``None`` if the entry is there already.

    Raises ``EditRefusedError`` if the person keeps an ``.ics`` file, which is written by a calendar program.
    """
    path = files.listed_under("time-off", person) or f"schedules/time-off/{person}.yaml"
    if path.endswith(".ics"):
        raise EditRefusedError(
            f"the time off of {person} is kept in {path}, which is written by a calendar program",
            f"Enter it in the calendar of {person} and put the new export there.",
        )
    if not files.has(path):
        files.put(path, _text([dict(entry)]))
        return path
    text = files.text(path)
    known = parse(text.encode())[0]
    if isinstance(known, list) and dict(entry) in known:
        return None
    files.put(path, appended(text, (), Fresh(data=dict(entry), lines=_like_the_others(text, entry))))
    return path


def _like_the_others(text: str, entry: Entry) -> tuple[str, ...]:
    """Return an entry on one line if the last one is written so; prose stays in block style, where no comma cuts it."""
    top = written(text)
    last = top.entries[-1] if top is not None and top.entries else None
    return (flow(dict(entry)),) if last is not None and last.flow and "reason" not in entry else ()


def add_overrides(files: Files, stem: str, entries: Sequence[Entry]) -> str:
    """Add a file with an override, or with a list of several; return its path."""
    path = files.free_path("overrides", stem)
    files.put(path, _text(dict(entries[0]) if len(entries) == 1 else [dict(entry) for entry in entries]))
    return path


def add_swap(files: Files, stem: str, entry: Mapping[str, Data]) -> str:
    """Add a file with a swap; return its path."""
    path = files.free_path("swaps", stem)
    files.put(path, _text(dict(entry)))
    return path


def _text(data: Data | list[dict[str, str | bool | int]] | dict[str, str | bool | int]) -> str:
    return "".join(f"{line}\n" for line in block(data))  # type: ignore[arg-type]
