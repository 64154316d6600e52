"""What reading gives: documents of plain data, and the findings about files that could not be read."""

from __future__ import annotations

from watchbill.findings import Finding
from watchbill.records import dataclass

Data = dict[str, "Data"] | list["Data"] | str | int | bool | None
"""Plain data of a YAML file: text stays text; only canonical integers, true, false and null are typed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One file as read: its POSIX path relative to the root of the repository, and its data (bytes for ``.ics``)."""

    path: str
    data: Data | bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The result of reading a tree. ``documents`` are sorted by path; ``unreadable`` are paths without a document."""

    documents: tuple[Document, ...]
    unreadable: tuple[str, ...]
    findings: tuple[Finding, ...]
