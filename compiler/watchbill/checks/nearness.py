"""How near a stretch is decides how grave it is: the option that the rules about coverage share."""

from __future__ import annotations

from watchbill.checks.rule import Facts, Option
from watchbill.findings import Level
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
