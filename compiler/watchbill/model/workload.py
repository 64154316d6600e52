"""Records of how much on-call work is too much, and what it is paid."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

from watchbill.findings import Place
from watchbill.model.notation.amounts import Rate

Measure = Literal["share", "consecutive-days", "rest", "weekends", "nights", "holidays"]
Profile = Literal["small", "medium", "large"]
PROFILES: tuple[Profile, ...] = ("small", "medium", "large")
Hour = Literal["weekday", "night", "weekend", "holiday"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    """A limit as a number: a share of 1, days, seconds of rest, or a count ``per_weeks`` weeks."""

    place: Place
    value: Fraction
    per_weeks: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkLimit:
    """One limit of ``policies/workload.yaml``, for a role or for ``any``. For ``rest`` less is worse, else more."""

    place: Place
    measure: Measure
    role: str
    warning: Threshold | None = None
    error: Threshold | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Workload:
    """``policies/workload.yaml``. ``limits`` are those written; defaults of the profile are the rules' business.

    ``profile`` is ``None`` where the size of the organisation decides. ``weights`` of hours, by ``night``, ``weekend``
    and ``holiday``, as written.
    """

    profile: Profile | None = None
    limits: tuple[WorkLimit, ...] = ()
    weights: Mapping[str, Fraction] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class PayRule:
    """What an hour of a role is paid in a place. The first rule that fits a person and a role counts."""

    place: Place
    location: str | None = None
    role: str | None = None
    rates: Mapping[Hour, Rate] = field(default_factory=dict)
    code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Compensation:
    """``policies/compensation.yaml``. ``parallel``: two schedules at once are paid once, at the higher rate, or
    each.
    """

    rules: tuple[PayRule, ...] = ()
    parallel: Literal["highest", "each"] = "highest"
