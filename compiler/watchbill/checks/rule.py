"""The declaration of a rule: name, level, life cycle, options, and the function that judges."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from watchbill.findings import Finding, Level
from watchbill.insight.coverage import Gap
from watchbill.intervals import Stretch
from watchbill.model.repository import Model
from watchbill.roster.timeline import Roster

Family = Literal["reading", "references", "coverage", "load", "people", "incidents", "providers", "privacy", "hygiene"]
Scope = Literal["file", "schedule", "person", "organization"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """An option of a rule: its name in ``policies/checks.yaml``, its default, and what it means (with the unit)."""

    name: str
    default: str | int | bool
    summary: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a rule may look at. ``judged`` is the stretch from now to the end of the horizon; the past never warns."""

    model: Model
    rosters: Mapping[str, Roster]
    gaps: tuple[Gap, ...]
    now: int
    judged: Stretch
    options: Mapping[str, str | int | bool]


Judge = Callable[[Facts], Iterable[Finding]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One check in the catalogue, known by its kebab-case name alone.

    ``judge`` is ``None`` for rules whose findings come from reading, resolving or expanding. ``ages``: the result
    changes with the clock alone. ``fixed``: the level cannot be lowered, because nothing after it could be trusted.
    """

    name: str
    family: Family
    summary: str
    since: str
    level: Level
    status: Literal["preview", "stable"] = "preview"
    scope: Scope = "file"
    ages: bool = False
    fixed: bool = False
    options: tuple[Option, ...] = ()
    judge: Judge | None = None
