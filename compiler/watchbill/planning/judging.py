"""Compiles changed models and judges them, quickly: what a change does not touch is computed once."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping

from watchbill.checks.catalogue import BY_NAME
from watchbill.checks.judge import judge
from watchbill.checks.settings import SEVERITY
from watchbill.findings import Finding
from watchbill.insight.coverage import Gap, all_gaps
from watchbill.insight.measures import Measures
from watchbill.intervals import Stretch
from watchbill.model.repository import Model
from watchbill.records import dataclass
from watchbill.roster.expand import expand
from watchbill.roster.schedule_input import InputBuilder, ScheduleInput
from watchbill.roster.timeline import Roster


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A model with its timelines, measures and gaps, and the findings of the rules about it (not those of reading)."""

    model: Model
    rosters: Mapping[str, Roster]
    measures: Measures
    gaps: tuple[Gap, ...]
    findings: tuple[Finding, ...]


class Judging:
    """Judges variants of a model at one instant. ``now`` and ``horizon`` are UTC seconds."""

    def __init__(self, model: Model, *, now: int, horizon: Stretch, timezone: str) -> None:
        self.now, self.horizon, self.timezone = now, horizon, timezone
        self._known: dict[str, tuple[ScheduleInput, Roster, list[Finding]]] = {}
        self.base = self.judged(model)

    def based_on(self, model: Model) -> Judging:
        """Return the same with another model to start from."""
        return Judging(model, now=self.now, horizon=self.horizon, timezone=self.timezone)

    def judged(self, model: Model) -> Judged:
        """Compile and judge a model; schedules that are as in the first one are not computed again."""
        builder = InputBuilder(model)
        rosters: dict[str, Roster] = {}
        noticed: list[Finding] = []
        for name in sorted(model.schedules):
            rosters[name], found = self._expanded(name, builder.input_of(model.schedules[name]))
            noticed += found
        gaps = all_gaps(model, rosters, self.horizon)
        measures = Measures(model, rosters, self.horizon, self.now, self.timezone)
        # One by one, so that one more is seen among others like it.
        findings = judge(model, rosters, gaps, self.now, self.horizon, noticed, self.timezone, measures, gathered=False)
        return Judged(model=model, rosters=rosters, measures=measures, gaps=gaps, findings=tuple(findings))

    def _expanded(self, name: str, given: ScheduleInput) -> tuple[Roster, list[Finding]]:
        known = self._known.get(name)
        if known is not None and known[0] == given:
            return known[1], known[2]
        roster, found = expand(given, (self.horizon,))
        self._known.setdefault(name, (given, roster, found))
        return roster, found

    def appeared(self, changed: Judged) -> tuple[Finding, ...]:
        """Return the findings that a change brings, the gravest first: new ones, and those that became graver."""
        before: dict[object, int] = {}
        for finding in self.base.findings:
            key = _key(finding)
            before[key] = max(before.get(key, -1), SEVERITY[finding.level])
        found = [finding for finding in changed.findings if SEVERITY[finding.level] > before.get(_key(finding), -1)]
        return tuple(_gathered(sorted(found, key=lambda finding: -SEVERITY[finding.level])))


def _key(finding: Finding) -> tuple[str, ...]:
    """Return by what a finding is known again: by its words, but load goes up and down a little."""
    rule = BY_NAME.get(finding.rule)
    if rule is not None and rule.family == "load":
        return finding.rule, finding.subject
    return finding.rule, finding.subject, finding.place.file, finding.message


def _gathered(findings: Iterable[Finding]) -> list[Finding]:
    """Return the first of those alike, with how many more there are."""
    groups: dict[object, list[Finding]] = {}
    for number, finding in enumerate(findings):
        alike = (finding.rule, finding.place, finding.subject, finding.group) if finding.group else number
        groups.setdefault(alike, []).append(finding)
    return [
        first if not more else dataclasses.replace(first, message=f"{first.message}; and {len(more)} more like it")
        for first, *more in groups.values()
    ]


def seconds_of(gaps: Iterable[Gap], schedule: str, stretch: Stretch) -> int:
    """Return the seconds of a stretch in which a schedule has gaps, each role by itself."""
    start, end = stretch
    return sum(
        max(0, min(gap.stretch[1], end) - max(gap.stretch[0], start)) for gap in gaps if gap.schedule == schedule
    )
