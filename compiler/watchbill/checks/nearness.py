"""How near a stretch is decides how grave it is: the option that the rules about coverage share."""

from __future__ import annotations

from collections.abc import Sequence

from watchbill.checks.rule import Facts, Option
from watchbill.findings import Level
from watchbill.intervals import Stretch
from watchbill.roster.clock import DAY

_NAME = "error-within-days"


def error_within_days(noun: str) -> Option:
    """Return the option; ``noun`` says what of the rule is near or far."""
    return Option(
        name=_NAME,
        default=90,
        summary=f"A {noun} that starts within this many days from now is an error, a later one a warning.",
    )


def level_from(start: int, facts: Facts) -> Level:
    """Return the level of what starts at an instant (UTC seconds)."""
    return Level.ERROR if start < facts.now + facts.number(_NAME) * DAY else Level.WARNING


def waivable(stretches: Sequence[Stretch], facts: Facts) -> Stretch | None:
    """Return the stretch that a waiver of one finding about several stretches must cover.

    ``None`` for what begins within a week and goes on to the last week of the horizon: that is how things are, and a
    waiver excuses it for as long as it runs.
    """
    start, end = stretches[0][0], stretches[-1][1]
    lasts = start < facts.judged[0] + 7 * DAY and end > facts.judged[1] - 7 * DAY
    return None if lasts else (start, end)
