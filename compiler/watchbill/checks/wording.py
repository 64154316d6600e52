"""How findings spell stretches, people and numbers, so that all rules read alike."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from watchbill.insight.loads import ANY
from watchbill.model.workload import Measure, Threshold
from watchbill.roster.clock import spell_stretch

__all__ = [
    "spell_count",
    "spell_duration",
    "spell_list",
    "spell_role",
    "spell_share",
    "spell_stretch",
    "spell_threshold",
]


def spell_list(words: Sequence[str], most: int = 4) -> str:
    """Spell a list: ``ada``, ``ada and grace``, ``ada, grace and linus``; a long one ends in ``and 5 more``."""
    if len(words) > most:
        return f"{', '.join(words[: most - 1])} and {len(words) - most + 1} more"
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def spell_count(number: int, noun: str) -> str:
    """Spell a number of things: ``1 day``, ``2 days``."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def spell_role(role: str) -> str:
    """Spell in which role somebody is on call: ``as primary``, ``in any role``."""
    return "in any role" if role == ANY else f"as {role}"


def spell_share(share: Fraction) -> str:
    """Spell a share of 1 in per cent: ``27 %``, ``33.4 %``; rounded to a tenth, upwards, so that no excess vanishes."""
    tenths = -(-share.numerator * 1000 // share.denominator)
    whole, tenth = divmod(tenths, 10)
    return f"{whole}.{tenth} %" if tenth else f"{whole} %"


def spell_duration(seconds: int) -> str:
    """Spell a length of time: ``11 hours``, ``7 h 30 min``, ``45 minutes``, ``90 seconds``."""
    hours, rest = divmod(seconds, 3600)
    if rest == 0 and hours:
        return spell_count(hours, "hour")
    if rest % 60:
        return spell_count(seconds, "second")
    return f"{hours} h {rest // 60} min" if hours else spell_count(rest // 60, "minute")


def spell_threshold(measure: Measure, threshold: Threshold) -> str:
    """Spell a limit: ``27 %``, ``7 days``, ``11 hours``, ``5 per 12 weeks``."""
    if measure == "share":
        return spell_share(threshold.value)
    if measure == "rest":
        return spell_duration(int(threshold.value))
    if threshold.per_weeks is None:
        return spell_count(int(threshold.value), "day")
    return f"{int(threshold.value)} per {spell_count(threshold.per_weeks, 'week')}"
