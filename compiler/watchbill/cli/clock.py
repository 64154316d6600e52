"""The one place that reads the clock, and what ``--now`` and ``--at`` mean."""

from __future__ import annotations

import time
from pathlib import Path

import click

_ORGANIZATION = "policies/organization.yaml"
_EXAMPLES = "2026-11-23T09:00+01:00, 2026-11-23T08:00Z, 2026-11-23 09:00 or 2026-11-23"


def instant(text: str | None, directory: Path) -> int:
    """Return the instant that a text means, in UTC seconds; without a text, the present.

    A time without an offset, and the midnight of a bare date, belong to the zone of the organisation in ``directory``
    (UTC if it has none). Exits with status 2 if the text is no instant, or outside of the years 1970 to 2100 in UTC.
    """
    from watchbill.roster.clock import END_OF_TIME, START_OF_TIME

    if text is None:
        found = int(time.time())  # noqa: TID251 - the one place that reads the clock
        source = "The clock of this machine"
    else:
        found, source = _written(text, directory), f"'{text}'"
    if not START_OF_TIME <= found < END_OF_TIME:
        raise click.UsageError(f"{source} is outside of the years that are computed: 1970 to 2100 in UTC.")
    return found


def _written(text: str, directory: Path) -> int:
    from watchbill.model.notation import parse_moment
    from watchbill.model.time_values import Moment
    from watchbill.roster.clock import zone
    from watchbill.text import printable

    moment = parse_moment(text)
    if not isinstance(moment, Moment):
        reason = printable(moment.text).replace("no date or time on a date", "no time")
        raise click.UsageError(f"{reason}. Write one of: {_EXAMPLES}.")
    return zone("UTC" if moment.offset is not None else _organization_zone(directory)).instant(moment)


def _organization_zone(directory: Path) -> str:
    """Return the zone that the organisation names, read without the rest of the repository."""
    from watchbill import timezones
    from watchbill.source.limits import FILE_BYTES
    from watchbill.source.strict_yaml import parse
    from watchbill.source.tree import DirectoryTree

    for _, content in DirectoryTree(directory).contents([_ORGANIZATION], FILE_BYTES):
        data, _ = parse(content) if isinstance(content, bytes) else (None, [])
        named = data.get("timezone") if isinstance(data, dict) else None
        if isinstance(named, str) and named in timezones.names():
            return named
    return "UTC"
