"""The declaration of a rule: name, level, life cycle, options, and the function that judges.

A rule is two files side by side: ``coverage_gap.py`` with one ``RULE``, and its page ``coverage-gap.md``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import field
from typing import Literal

from watchbill.findings import Finding, Level
from watchbill.insight.coverage import Gap
from watchbill.insight.measures import Measures
from watchbill.insight.times_on_call import TimesOnCall
from watchbill.intervals import Stretch
from watchbill.model.repository import Model
from watchbill.model.workload import Profile
from watchbill.records import dataclass
from watchbill.roster.timeline import Roster

Family = Literal["reading", "references", "coverage", "load", "people", "incidents", "providers", "privacy", "hygiene"]
Scope = Literal["file", "schedule", "person", "organization"]


OptionValue = str | int | bool
SetLevel = Literal["error", "warning", "info", "off"]
"""A level as it is set; ``off`` is not reported."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """An option of a rule: its name in ``policies/checks.yaml``, its default, and what it means (with the unit).

    ``by_profile`` holds the defaults of profiles that differ; ``least`` is the smallest number that makes sense.
    """

    name: str
    default: OptionValue
    summary: str
    by_profile: Mapping[Profile, OptionValue] = field(default_factory=dict)
    least: int = 0

    def default_for(self, profile: Profile) -> OptionValue:
        """Return the default in a profile."""
        return self.by_profile.get(profile, self.default)

    def accepts(self, value: OptionValue) -> bool:
        """Say whether a value has the type of the default and is not too small."""
        if type(value) is not type(self.default):
            return False
        return not isinstance(value, int) or isinstance(value, bool) or value >= self.least


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a rule may look at. ``judged`` is the stretch from now to the end of the horizon; the past never warns.

    ``measures`` are those of all people over all schedules. ``timezone`` is the organisation's zone,
    ``options`` are complete and of the declared types, and ``rules`` is the whole catalogue by name, for the rules
    about rules.
    """

    model: Model
    rosters: Mapping[str, Roster]
    measures: Measures
    gaps: tuple[Gap, ...]
    now: int
    judged: Stretch
    options: Mapping[str, OptionValue]
    timezone: str = "UTC"
    rules: Mapping[str, Rule] = field(default_factory=dict)

    @property
    def times(self) -> TimesOnCall:
        """Return when people are on call, over all schedules and roles."""
        return self.measures.times

    def number(self, option: str) -> int:
        """Return the value of an option that is a number."""
        return int(self.options[option])


Judge = Callable[[Facts], Iterator[Finding]]
"""Yields findings one by one: judging stops where there are too many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One check in the catalogue, known by its kebab-case name alone. ``summary`` is one line that ends with a period.

    ``level`` is that of its gravest findings; ``levels`` holds the profiles that differ. ``judge`` is ``None`` for
    rules whose findings come from reading, resolving or expanding. ``ages``: the result changes with the clock alone.
    ``fixed``: the level cannot be lowered, because nothing after it could be trusted. ``compares``: found only where
    there is a base to compare with, so a check of one tree cannot say whether a waiver of it is needed.
    """

    name: str
    family: Family
    summary: str
    since: str
    level: Level
    levels: Mapping[Profile, SetLevel] = field(default_factory=dict)
    status: Literal["preview", "stable"] = "preview"
    scope: Scope = "file"
    ages: bool = False
    fixed: bool = False
    compares: bool = False
    options: tuple[Option, ...] = ()
    judge: Judge | None = None

    def level_in(self, profile: Profile) -> SetLevel:
        """Return the level in a profile, before a repository sets its own."""
        return self.levels.get(profile, self.level.value)
