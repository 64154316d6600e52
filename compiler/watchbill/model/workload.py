"""Records of how much on-call work is too much, and what it is paid."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from fractions import Fraction
from typing import Literal

from watchbill.findings import Place
from watchbill.model.notation.amounts import Rate
from watchbill.model.time_values import Span, Window, WindowPart
from watchbill.records import dataclass

Measure = Literal["share", "consecutive-days", "rest", "weekends", "nights", "holidays"]
Profile = Literal["small", "medium", "large"]
PROFILES: tuple[Profile, ...] = ("small", "medium", "large")
Hour = Literal["weekday", "night", "weekend", "holiday"]
Preset = Literal["eu", "us"]

_HOUR = 3600


def _weekly(text: str, *spans: Span) -> Window:
    return Window(text=text, parts=(WindowPart(spans=spans),))


NIGHT = _weekly(
    "mon-sun 22:00-06:00",
    *(Span(weekday=weekday, start=22 * _HOUR, days=1, end=6 * _HOUR) for weekday in range(7)),
)
WEEKEND = _weekly("saturday 00:00 - monday 00:00", Span(weekday=5, start=0, days=2, end=0))
WORKING_HOURS = _weekly(
    "mon-fri 09:00-17:00",
    *(Span(weekday=weekday, start=9 * _HOUR, days=0, end=17 * _HOUR) for weekday in range(5)),
)
"""What counts as a night, as a weekend and as working hours where ``policies/workload.yaml`` does not say."""


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
class WorkingTime:
    """An opt-in to the limits of a preset: a policy of the organisation, never a statement about the law.

    ``standby_factor`` is how much of an hour on call counts as an hour of work, 0 to 1.
    """

    place: Place
    preset: Preset
    standby_factor: Fraction = Fraction(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Workload:
    """``policies/workload.yaml``. ``limits`` are those written; defaults of the profile are the rules' business.

    ``profile`` is ``None`` where the size of the organisation decides. ``weights`` of hours, by ``night``, ``weekend``
    and ``holiday``, as written. ``night``, ``weekend`` and ``working_hours`` are windows of each person's own zone.
    """

    profile: Profile | None = None
    limits: tuple[WorkLimit, ...] = ()
    weights: Mapping[str, Fraction] = field(default_factory=dict)
    night: Window = NIGHT
    weekend: Window = WEEKEND
    working_hours: Window = WORKING_HOURS
    working_time: WorkingTime | None = None


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
