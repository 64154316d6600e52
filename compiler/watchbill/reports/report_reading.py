"""Reads a JSON report that a job of a stranger's change has made: nothing in it is believed but its shape."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from watchbill import timezones
from watchbill.findings import Level
from watchbill.reports.markdown import Checked, Listed
from watchbill.roster.clock import END_OF_TIME, START_OF_TIME

MOST_BYTES = 16 << 20
"""The largest report that is read; one of 10,000 findings has about 8 MB."""

SCHEMA = Path(__file__).with_name("report.schema.json")


class ReportError(ValueError):
    """A file is no report. The message says why, and quotes nothing of it."""


def read_report(data: bytes) -> Checked:
    """Return what a JSON report says. Raises ``ReportError`` if it is no report, or larger than one can be."""
    import jsonschema_rs

    if len(data) > MOST_BYTES:
        raise ReportError(f"it is larger than {MOST_BYTES >> 20} MiB")
    try:
        # Every number of a report is whole; others, and words such as NaN, stay text and do not fit the schema.
        document = json.loads(data.decode("utf-8"), parse_float=str, parse_constant=str)
    except (ValueError, RecursionError):
        raise ReportError("it is no JSON in UTF-8") from None
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    if not jsonschema_rs.validator_for(schema).is_valid(document):
        raise ReportError("it does not have the shape of a report")
    return _checked(document)


def _checked(document: dict[str, Any]) -> Checked:
    if document["timezone"] not in timezones.names():
        raise ReportError("its time zone does not exist")
    return Checked(
        listed=tuple(_listed(found) for found in document["findings"]),
        files=document["files"],
        now=_instant(document["now"]),
        horizon=(_instant(document["horizon"]["start"]), _instant(document["horizon"]["end"])),
        timezone=document["timezone"],
        watchbill=document["watchbill"],
        tzdata=document["tzdata"],
    )


def _listed(found: dict[str, Any]) -> Listed:
    place = found["place"]
    return Listed(
        level=Level(found["level"]),
        rule=found["rule"],
        where=place["file"] + (f":{place['line']}" if place["line"] else ""),
        message=found["message"],
        help=found["help"],
    )


def _instant(text: str) -> int:
    """Return UTC seconds of an instant that has the right shape and may still be no day."""
    try:
        found = int(datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC).timestamp())
    except ValueError:
        raise ReportError("one of its instants does not exist") from None
    if not START_OF_TIME <= found <= END_OF_TIME:
        raise ReportError("one of its instants is outside of the years 1970 to 2100")
    return found
