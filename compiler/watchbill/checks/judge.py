"""Judging: runs the rules, then settings, waivers and grouping over all findings of a compile, in that order."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice

from watchbill.checks import settings, waivers
from watchbill.checks.catalogue import BY_NAME, RULES
from watchbill.checks.hygiene import too_many_findings, waiver_unused
from watchbill.checks.rule import Facts, SetLevel
from watchbill.findings import Finding
from watchbill.insight.coverage import Gap
from watchbill.insight.measures import Measures
from watchbill.intervals import Stretch
from watchbill.model.repository import Model
from watchbill.roster.clock import spell
from watchbill.roster.timeline import Roster

MOST_FINDINGS = 50_000
"""Findings of one rule that are looked at, so that a check ends in bounded time; more are an error of their own."""

_OF_FILES = ("reading", "references")


def judge(
    model: Model,
    rosters: Mapping[str, Roster],
    gaps: Sequence[Gap],
    now: int,
    horizon: Stretch,
    earlier: Iterable[Finding] = (),
    timezone: str | None = None,
    measures: Measures | None = None,
    *,
    gathered: bool = True,
) -> list[Finding]:
    """Return all findings that stand, in a stable order.

    ``now`` and ``horizon`` are UTC seconds. ``earlier`` are the findings of reading, resolving and expanding; settings
    and waivers apply to them too, and what they say of the past is dropped. ``timezone`` is the organisation's zone;
    without it the model's, else UTC. ``measures`` are made here unless given. ``gathered``: of findings alike only the
    first stands, and says how many more there are.
    """
    zone_name = timezone or model.organization.timezone or "UTC"
    facts = Facts(
        model=model,
        rosters=rosters,
        measures=measures or Measures(model, rosters, horizon, now, zone_name),
        gaps=tuple(gaps),
        now=now,
        judged=(max(now, horizon[0]), max(now, horizon[1])),
        options={},
        timezone=zone_name,
        rules=BY_NAME,
    )
    ahead = (finding for finding in earlier if finding.stretch is None or finding.stretch[1] > now)
    raised = _at_set_levels([*ahead, *_judged(facts)], model)
    left = waivers.apply(dict.fromkeys(raised), facts)
    # What could not be read may be what a waiver excuses.
    unread = any(BY_NAME[finding.rule].family in _OF_FILES for finding in raised if finding.rule in BY_NAME)
    unused = [] if unread else _at_set_levels(waiver_unused.unused(facts, left.used), model)
    found = sorted([*left.standing, *unused], key=_order)
    return _gathered(found, facts) if gathered else found


def settled(findings: Iterable[Finding], facts: Facts) -> list[Finding]:
    """Return findings that no rule of this compile raised at their set levels, without those that waivers excuse."""
    return sorted(waivers.apply(_at_set_levels(findings, facts.model), facts).standing, key=_order)


def _judged(facts: Facts) -> Iterable[Finding]:
    profile = settings.profile_of(facts.model)
    for rule in RULES:
        if rule.judge is not None and settings.level_of(rule, facts.model, profile) != "off":
            options = settings.options_of(rule, facts.model, profile)
            found = rule.judge(dataclasses.replace(facts, options=options))
            yield from islice(found, MOST_FINDINGS)
            if next(iter(found), None) is not None:
                yield too_many_findings.finding(rule, MOST_FINDINGS)


def _at_set_levels(findings: Iterable[Finding], model: Model) -> list[Finding]:
    """Return the findings at their set levels; one of a rule that the catalogue does not know is kept as it is."""
    profile = settings.profile_of(model)
    levels: dict[str, SetLevel] = {}
    result: list[Finding] = []
    for finding in findings:
        rule = BY_NAME.get(finding.rule)
        if rule is None:
            result.append(finding)
            continue
        if rule.name not in levels:
            levels[rule.name] = settings.level_of(rule, model, profile)
        changed = settings.with_level(finding, rule, levels[rule.name])
        if changed is not None:
            result.append(changed)
    return result


def _order(finding: Finding) -> tuple[object, ...]:
    """Return what findings are sorted by: file, data path, rule, time, text."""
    path = tuple((0, step, "") if isinstance(step, int) else (1, 0, step) for step in finding.place.path)
    mark = finding.place.mark
    where = (mark.line, mark.column) if mark else (0, 0)
    stretch = finding.stretch or (0, 0)
    return (finding.place.file, where, path, finding.rule, finding.subject, stretch, finding.message, finding.help)


def _gathered(findings: Sequence[Finding], facts: Facts) -> list[Finding]:
    """Return one finding per group: the first, which says how many more there are and until when."""
    groups: dict[object, list[Finding]] = {}
    for number, finding in enumerate(findings):
        alike = (finding.rule, finding.place, finding.subject, finding.group) if finding.group else number
        groups.setdefault(alike, []).append(finding)
    return [_first_of(group, facts) for group in groups.values()]


def _first_of(group: Sequence[Finding], facts: Facts) -> Finding:
    first = group[0]
    if len(group) == 1 or first.stretch is None:
        return first
    end = max(finding.stretch[1] for finding in group if finding.stretch)
    gravest = max((finding.level for finding in group), key=settings.SEVERITY.__getitem__)
    more = f"{first.message}; and {len(group) - 1} more like it until {spell(end, _zone_of(first.subject, facts))}"
    return dataclasses.replace(first, message=more, level=gravest, stretch=(first.stretch[0], end))


def _zone_of(subject: str, facts: Facts) -> str:
    """Return the zone in which the times of a subject are told."""
    kind, _, name = subject.partition("/")
    if kind == "schedule" and name in facts.model.schedules:
        return facts.model.schedules[name].timezone
    if kind == "person" and name in facts.model.people:
        return facts.model.people[name].timezone or facts.timezone
    return facts.timezone
