"""When an event was last revised: an explicit input, so that a feed's bytes move only where its content moved.

Calendar programs apply a change only if DTSTAMP, LAST-MODIFIED or SEQUENCE moved, and report every event as changed
if they move without need. So each build writes a manifest (event uid to content hash and time of revision), and the
next build may read it back.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import field
from datetime import UTC, datetime

from watchbill.records import dataclass

MANIFEST_FORMAT = 1
_SEQUENCE_ZERO = int(datetime(2020, 1, 1, tzinfo=UTC).timestamp())
_LATEST = int(datetime(2101, 1, 1, tzinfo=UTC).timestamp())
_UID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_HASH = re.compile(r"[0-9a-f]{32}")


class ManifestError(ValueError):
    """A manifest that this version cannot read; the text says what is wrong with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Revised:
    """What a manifest knows of one event: a hash of its content, and when that content appeared (UTC seconds)."""

    content: str
    modified: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """The revision that a build publishes: the time of the commit (UTC seconds), and the previous build's events."""

    time: int
    previous: Mapping[str, Revised] = field(default_factory=dict)

    def of(self, uid: str, content: str) -> Revised:
        """Return the revision of an event with this content.

        Unchanged content keeps its time; changed or unknown content takes the time of this revision. A change by a
        commit that claims to be older than the last revision takes the next minute instead: revisions never go back.
        """
        known = self.previous.get(uid)
        if known is None:
            return Revised(content=content, modified=self.time)
        if known.content == content:
            return known
        return Revised(content=content, modified=self.time if self.time > known.modified else known.modified + 60)


def sequence(modified: int) -> int:
    """Return the SEQUENCE of an event: whole minutes of its revision since 2020, so it never falls."""
    return max(0, (modified - _SEQUENCE_ZERO) // 60)


def write_manifest(events: Mapping[str, Revised]) -> bytes:
    """Return the manifest of a build as JSON, one event a line, sorted by uid."""
    lines = ",\n".join(
        f'"{uid}":{{"content":"{event.content}","modified":{event.modified}}}' for uid, event in sorted(events.items())
    )
    return f'{{"format":{MANIFEST_FORMAT},"events":{{\n{lines}\n}}}}\n'.encode()


def read_manifest(data: bytes) -> dict[str, Revised]:
    """Return the events of a manifest by uid. Raises ``ManifestError`` if it is none, or one of another format."""
    try:
        manifest = json.loads(data)
    except (ValueError, RecursionError):
        raise ManifestError("it is not JSON") from None
    if not isinstance(manifest, dict) or not isinstance(manifest.get("events"), dict):
        raise ManifestError("it is not a manifest of feeds")
    if manifest.get("format") != MANIFEST_FORMAT:
        raise ManifestError(f"its format is not {MANIFEST_FORMAT}")
    return {uid: _revised(uid, entry) for uid, entry in manifest["events"].items()}


def _revised(uid: str, entry: object) -> Revised:
    if isinstance(entry, dict) and _UID.fullmatch(uid):
        content, modified = entry.get("content"), entry.get("modified")
        known = isinstance(content, str) and _HASH.fullmatch(content)
        if known and type(modified) is int and 0 <= modified < _LATEST:
            return Revised(content=str(content), modified=modified)
    raise ManifestError(f"its entry {uid[:40]!a} is not a revision of an event")
