"""The compiled result that every output and command reads, so that they cannot disagree."""

from __future__ import annotations

from collections.abc import Mapping

from watchbill.findings import Finding, Position
from watchbill.insight.coverage import Gap
from watchbill.insight.measures import Measures
from watchbill.intervals import Stretch
from watchbill.model.repository import Model
from watchbill.records import dataclass
from watchbill.roster.timeline import Roster


@dataclass(frozen=True, slots=True, kw_only=True)
class LocatedFinding:
    """A finding with its position, and those of its labels (``None`` where the place has no line)."""

    finding: Finding
    position: Position | None
    label_positions: tuple[Position | None, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """The one *now* of a compile (UTC seconds), and the organisation's zone."""

    now: int
    timezone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools:
    """Versions that an output depends on. ``holidays`` is empty where nobody's holidays are those of a country."""

    watchbill: str
    tzdata: str
    holidays: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Compilation:
    """A repository, compiled.

    ``rosters`` by schedule id, in order of id; ``horizon`` is the published stretch, cut at local midnights of the
    organisation's zone; ``gaps`` and ``measures`` lie inside it; ``findings`` are sorted by file, line and rule;
    ``files`` is how many files were read.
    """

    model: Model
    rosters: Mapping[str, Roster]
    gaps: tuple[Gap, ...]
    measures: Measures
    findings: tuple[LocatedFinding, ...]
    clock: Clock
    horizon: Stretch
    tools: Tools
    files: int = 0
