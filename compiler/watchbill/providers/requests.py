"""Requests to a provider's API, as data: they are written to files and sent by another step."""

from __future__ import annotations

from datetime import UTC, datetime

from watchbill.records import dataclass

Json = dict[str, "Json"] | list["Json"] | str | int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One call: method, path below the API's root, and JSON body."""

    method: str
    path: str
    body: dict[str, Json]


def timestamp(seconds: int) -> str:
    """Return UTC seconds as RFC 3339: ``2026-01-05T08:00:00Z``."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
