"""Records of scenarios, of what really holds, and of a whole run."""

from __future__ import annotations

from collections.abc import Mapping

from watchbill.compilation import Compilation, LocatedFinding
from watchbill.findings import Place, Position
from watchbill.model.services import Target
from watchbill.model.time_values import Moment
from watchbill.records import dataclass
from watchbill.roster.timeline import Shift, Skip


@dataclass(frozen=True, slots=True, kw_only=True)
class HolderScenario:
    """At a time, a role of a schedule is held by these people and nobody else; an empty tuple means nobody.

    ``role`` is ``None`` for the first role. ``people`` are sorted.
    """

    place: Place
    name: str
    at: Moment
    schedule: str
    role: str | None
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteScenario:
    """Trouble with a service at a time reaches a person (``None``: nobody) within some seconds, though nobody answers.

    ``within`` is ``None`` where any time will do.
    """

    place: Place
    name: str
    at: Moment
    service: str
    severity: str | None
    reaches: str | None
    within: int | None


Scenario = HolderScenario | RouteScenario


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One target that an escalation notifies: seconds after its start, and whom that reaches (maybe nobody).

    ``role`` is the role of a schedule. ``certain`` is false where a step before it does not say how long it waits.
    """

    after: int
    target: Target
    people: tuple[str, ...]
    role: str = ""
    certain: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of a scenario: whether it holds, at which instant (UTC seconds), and what really holds then.

    ``role`` is the one that was looked at, ``shifts`` who holds it; ``calls`` are those of the escalation in order of
    time. ``absent`` are the people meant who are away then. ``unknown`` says why it cannot be told, if it cannot.
    """

    scenario: Scenario
    passed: bool
    instant: int
    timezone: str
    role: str = ""
    shifts: tuple[Shift, ...] = ()
    calls: tuple[Call, ...] = ()
    absent: tuple[Skip, ...] = ()
    unknown: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LocatedOutcome:
    """An outcome with the position of its scenario (``None`` if the file has gone meanwhile)."""

    outcome: Outcome
    position: Position | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ScenarioRun:
    """All that a report of scenarios needs.

    ``findings`` are about the scenario files. ``where`` is ``file:line`` of each place of the repository that explains
    an outcome which failed.
    """

    compilation: Compilation
    outcomes: tuple[LocatedOutcome, ...]
    findings: tuple[LocatedFinding, ...]
    where: Mapping[Place, str]

    @property
    def passed(self) -> bool:
        """Whether every scenario could be read and holds."""
        return not self.findings and all(located.outcome.passed for located in self.outcomes)
