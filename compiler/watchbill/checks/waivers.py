"""Waivers: dated, reasoned exceptions to a rule for one subject.

A finding is waived where waivers of its rule and subject cover its whole stretch. A finding that lies partly outside is
reported whole, with a label at the waiver, so that nothing is hidden that nobody has looked at. A finding that is not
about time is waived while *now* lies in the waiver. Rules with a fixed level cannot be waived.
"""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Iterable, Mapping

from watchbill.checks.rule import Facts, Rule
from watchbill.findings import Finding, Label
from watchbill.intervals import Stretch, union
from watchbill.model.services import Waiver
from watchbill.records import dataclass
from watchbill.roster.clock import DAY, wall, zone


@dataclass(frozen=True, slots=True, kw_only=True)
class Waived:
    """What waivers leave: the findings that stand, and the indices of the waivers that touched a finding."""

    standing: list[Finding]
    used: frozenset[int]


def stretch_of(waiver: Waiver, timezone: str) -> Stretch:
    """Return the whole local days of a waiver in UTC seconds, in the organisation's zone."""
    place = zone(timezone)
    return place.midnight(waiver.start), place.utc_of(wall(waiver.through) + DAY)


def apply(findings: Iterable[Finding], facts: Facts) -> Waived:
    """Take away the findings that waivers cover."""
    by_name = _by_rule_and_subject(facts)
    standing: list[Finding] = []
    used: set[int] = set()
    for finding in findings:
        waivers = by_name.get((finding.rule, finding.subject), {})
        low, high = finding.stretch or (facts.now, facts.now + 1)
        touching = {index: (s, e) for index, (s, e) in waivers.items() if s < high and low < e}
        used.update(touching)
        if not touching:
            standing.append(finding)
        elif not _covers(touching.values(), (low, high)):
            standing.append(_with_label(finding, facts.model.checks.waivers[min(touching)]))
    return Waived(standing=standing, used=frozenset(used))


def _by_rule_and_subject(facts: Facts) -> Mapping[tuple[str, str], dict[int, Stretch]]:
    result: dict[tuple[str, str], dict[int, Stretch]] = defaultdict(dict)
    for index, waiver in enumerate(facts.model.checks.waivers):
        if not _is_fixed(facts.rules.get(waiver.rule)):
            result[waiver.rule, waiver.subject][index] = stretch_of(waiver, facts.timezone)
    return result


def _is_fixed(rule: Rule | None) -> bool:
    return rule is not None and rule.fixed


def _covers(stretches: Iterable[Stretch], wanted: Stretch) -> bool:
    return any(start <= wanted[0] and wanted[1] <= end for start, end in union(stretches))


def _with_label(finding: Finding, waiver: Waiver) -> Finding:
    label = Label(place=waiver.place, text="this waiver covers only a part of it")
    return dataclasses.replace(finding, labels=(*finding.labels, label))
