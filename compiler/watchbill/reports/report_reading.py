"""Reads JSON reports that a job of a stranger's change has made: nothing in them is believed but their shape."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from watchbill import timezones
from watchbill.findings import Level
from watchbill.reports.markdown import Checked, Listed
from watchbill.roster.clock import END_OF_TIME, START_OF_TIME
from watchbill.text import printable

MOST_BYTES = 16 << 20
"""The largest report that is read; one of 10,000 findings has about 6 MB."""

_SCHEMAS = Path(__file__).parent


class ReportError(ValueError):
    """A file is no report. The message says why, and quotes nothing of it."""


def read_report(data: bytes) -> Checked:
    """Return what the report of a check says. Raises ``ReportError`` if it is none, or larger than one can be."""
    document = parsed(data, "report")
    horizon = document["horizon"]
    return Checked(
        listed=tuple(_listed(found) for found in document["findings"]),
        files=document["files"],
        now=instant(document["now"]),
        horizon=(instant(horizon["start"]), instant(horizon["end"])),
        timezone=zone_name(document["timezone"]),
        watchbill=document["watchbill"],
        tzdata=document["tzdata"],
    )


def parsed(data: bytes, kind: str) -> dict[str, Any]:
    """Return a document that fits the schema of a kind of report. Raises ``ReportError`` if it does not."""
    import jsonschema_rs

    if len(data) > MOST_BYTES:
        raise ReportError(f"it is larger than {MOST_BYTES >> 20} MiB")
    try:
        # Every number of a report is whole; others, and words such as NaN, stay text and do not fit the schema.
        document = _decoded(json.loads(data.decode("utf-8"), parse_float=str, parse_constant=str))
    except (ValueError, RecursionError):
        raise ReportError("it is no JSON in UTF-8") from None
    schema = json.loads((_SCHEMAS / f"{kind}.schema.json").read_text(encoding="utf-8"))
    if not jsonschema_rs.validator_for(schema).is_valid(document):
        raise ReportError(f"it does not have the shape of a {kind}")
    found: dict[str, Any] = document
    return found


def _decoded(value: Any) -> Any:
    """Return a value without half characters: JSON can hold them, and names of files that are no text do."""
    if isinstance(value, str):
        return value if value.isascii() else printable(value)
    if isinstance(value, list):
        return [_decoded(each) for each in value]
    if isinstance(value, dict):
        return {_decoded(key): _decoded(each) for key, each in value.items()}
    return value


def _listed(found: dict[str, Any]) -> Listed:
    place = found["place"]
    return Listed(
        level=Level(found["level"]),
        rule=found["rule"],
        where=place["file"] + (f":{place['line']}" if place["line"] else ""),
        message=found["message"],
        help=found["help"],
    )


def zone_name(text: str) -> str:
    """Return the name of a zone that exists. Raises ``ReportError`` if it does not."""
    if text not in timezones.names():
        raise ReportError("its time zone does not exist")
    return text


def instant(text: str) -> int:
    """Return UTC seconds of an instant of the right shape. Raises ``ReportError`` if there is no such time."""
    try:
        found = int(datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC).timestamp())
    except ValueError:
        raise ReportError("one of its instants does not exist") from None
    if not START_OF_TIME <= found <= END_OF_TIME:
        raise ReportError("one of its instants is outside of the years 1970 to 2100")
    return found
