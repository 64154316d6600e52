"""What a repository sets for a rule: its level and its options, over the defaults of the profile."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

from watchbill.checks.rule import OptionValue, Rule, SetLevel
from watchbill.findings import Finding, Level
from watchbill.model.repository import Model
from watchbill.model.workload import Profile

SMALL, LARGE = 10, 50
"""Fewer people than ``SMALL`` make a small organisation, more than ``LARGE`` a large one (the thresholds are ours)."""

SEVERITY = {Level.INFO: 0, Level.WARNING: 1, Level.ERROR: 2}
"""How much a level matters; a higher number matters more."""


def profile_of(model: Model) -> Profile:
    """Return the profile that ``policies/workload.yaml`` names, else the one that fits the number of people."""
    if model.workload.profile is not None:
        return model.workload.profile
    people = len(model.people)
    if people < SMALL:
        return "small"
    return "medium" if people <= LARGE else "large"


def options_of(rule: Rule, model: Model, profile: Profile) -> Mapping[str, OptionValue]:
    """Return all options of a rule by name. A value that the option does not accept is left out (``wrong-option``)."""
    setting = model.checks.rules.get(rule.name)
    written = setting.options if setting else {}
    return {
        option.name: value
        if (value := written.get(option.name)) is not None and option.accepts(value)
        else option.default_for(profile)
        for option in rule.options
    }


def level_of(rule: Rule, model: Model, profile: Profile) -> SetLevel:
    """Return the level of a rule's gravest findings: as a repository sets it, else that of the profile."""
    setting = model.checks.rules.get(rule.name)
    if setting is None or setting.level is None or rule.fixed:
        return rule.level_in(profile)
    return setting.level


def with_level(finding: Finding, rule: Rule, level: SetLevel) -> Finding | None:
    """Return a finding at the level that its rule is set to, ``None`` if that is off.

    Findings that the rule itself holds for less grave (a gap months away) are never raised by it, only lowered.
    """
    if level == rule.level.value:
        return finding
    if level == "off":
        return None
    new = Level(level)
    if SEVERITY[finding.level] < SEVERITY[rule.level]:
        new = min(new, finding.level, key=SEVERITY.__getitem__)
    return dataclasses.replace(finding, level=new)
