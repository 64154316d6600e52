"""The limits in force: what ``policies/workload.yaml`` writes, then its working-time preset, then the profile.

A measure that a nearer source limits replaces that measure of the sources behind it whole. Sources of the numbers: the
share of one week in four is the rule of a quarter in chapter 11 of Google's book on site reliability engineering; the
rest of 11 hours is article 3 of directive 2003/88/EC; days in a row, hours and rest of the presets are those that
PagerDuty's schedule checks use for Europe and the United States. The other numbers are ours.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from watchbill.checks.settings import profile_of
from watchbill.findings import Place
from watchbill.model.repository import Model
from watchbill.model.workload import Measure, Preset, Profile, Threshold, WorkLimit
from watchbill.roster.clock import HOUR

SHARE_WEEKS = 12
"""The window of a share: three rounds of a rotation of four."""
_UNWRITTEN = Place(file="policies/workload.yaml")


def _limit(
    measure: Measure,
    role: str,
    warning: Fraction | int | None = None,
    error: Fraction | int | None = None,
    weeks: int | None = None,
) -> WorkLimit:
    def threshold(value: Fraction | int | None) -> Threshold | None:
        return None if value is None else Threshold(place=_UNWRITTEN, value=Fraction(value), per_weeks=weeks)

    return WorkLimit(place=_UNWRITTEN, measure=measure, role=role, warning=threshold(warning), error=threshold(error))


_EVERYWHERE = (
    _limit("share", "primary", Fraction(27, 100), Fraction(35, 100)),
    _limit("share", "any", Fraction(55, 100), Fraction(70, 100)),
    _limit("consecutive-days", "primary", 7, 10),
    _limit("consecutive-days", "any", 14, 21),
    _limit("rest", "primary", 11 * HOUR),
    _limit("weekends", "any", 5, weeks=12),
    _limit("nights", "primary", 28, weeks=12),
)
BY_PROFILE: Mapping[Profile, tuple[WorkLimit, ...]] = {
    "small": _EVERYWHERE,
    "medium": _EVERYWHERE,
    "large": _EVERYWHERE,
}
"""What holds where nothing is written. Holidays have no limit of their own accord: a country has eight of them a year
or twenty, and somebody has to be there; ``uneven-holidays`` looks at whether they are shared."""

BY_PRESET: Mapping[Preset, tuple[WorkLimit, ...]] = {
    "eu": (_limit("consecutive-days", "any", 6), _limit("rest", "any", error=11 * HOUR)),
    "us": (_limit("consecutive-days", "any", 7), _limit("rest", "any", error=8 * HOUR)),
}
"""What a working-time preset adds: a policy that an organisation may choose, never a statement about the law."""


def limits_in_force(model: Model) -> tuple[WorkLimit, ...]:
    """Return the limits that a repository is judged by: the written ones first."""
    preset = model.workload.working_time
    sources = (model.workload.limits, BY_PRESET[preset.preset] if preset else (), BY_PROFILE[profile_of(model)])
    found: list[WorkLimit] = []
    for source in sources:
        limited = {limit.measure for limit in found}
        found += [limit for limit in source if limit.measure not in limited]
    return tuple(found)
