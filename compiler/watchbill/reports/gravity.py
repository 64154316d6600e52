"""The order in which reports with room for few findings show them: the gravest first, else as they were sorted."""

from __future__ import annotations

from collections.abc import Iterable

from watchbill.compilation import LocatedFinding
from watchbill.findings import Level

GRAVITY = {Level.ERROR: 0, Level.WARNING: 1, Level.INFO: 2}
"""The rank of a level; the gravest has the lowest."""


def gravest_first(findings: Iterable[LocatedFinding]) -> list[LocatedFinding]:
    """Return findings by level; those of one level keep their order."""
    return sorted(findings, key=lambda located: GRAVITY[located.finding.level])
