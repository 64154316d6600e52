"""Durations, periods, shares, frequencies and rates of pay."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache
from typing import Literal, cast

from watchbill.model.notation.problem import Problem, shown
from watchbill.model.time_values import Period
from watchbill.records import dataclass

_SECONDS = {"second": 1, "minute": 60, "hour": 3600, "day": 86_400, "week": 604_800}
_LONGEST = 3660 * 86_400
_WORDS = re.compile(r"([0-9]{1,6}) ([a-z]+)")
_COMPACT = re.compile(r"([0-9]{1,6})\s*([a-zA-Z]+)\.?")
_SHORT = {
    "s": "second",
    "sec": "second",
    "m": "minute",
    "min": "minute",
    "h": "hour",
    "hr": "hour",
    "d": "day",
    "w": "week",
}
_HOW_DURATION = "write a number and a unit in words, such as `5 minutes`, `12 hours` or `3 days`"
_HOW_PERIOD = "write `1 week`, `2 weeks`, `1 day`, `8 hours` or `1 month`"
_SHARE = re.compile(r"([0-9]{1,3})(?:\.([0-9]{1,2}))?%")
_MOST_WEEKS = 104
_FREQUENCY = re.compile(r"([0-9]{1,4}) per ([0-9]{1,3}) weeks?")
_RATE = re.compile(r"([0-9]{1,6})(?:\.([0-9]{1,2}))? ([A-Z]{3}) per (hour|shift|day|night|week)")
_LIMITS = {"week": (1, 52), "day": (1, 366), "month": (1, 12)}

RateUnit = Literal["hour", "shift", "day", "night", "week"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """An amount of money for a unit of on-call work: ``amount`` in whole and part units of ``currency``."""

    amount: Fraction
    currency: str
    per: RateUnit


def _unit(word: str) -> str:
    return word[:-1] if word.endswith("s") and len(word) > 1 else word


@lru_cache(maxsize=1024)
def parse_days(text: str) -> int | Problem:
    """Read a number of whole days, such as ``90 days`` or ``0 days``."""
    match = _WORDS.fullmatch(text)
    if match is None or _unit(match[2]) not in ("day", "week"):
        return Problem(text=f"{shown(text)} is no number of days", help="write days or weeks, such as `90 days`")
    days = int(match[1]) * _SECONDS[_unit(match[2])] // _SECONDS["day"]
    if days * _SECONDS["day"] > _LONGEST:
        return Problem(text=f"{shown(text)} is longer than ten years", help="write a shorter time")
    return days


@lru_cache(maxsize=4096)
def parse_duration(text: str) -> int | Problem:
    """Read a length of time in words, such as ``5 minutes``, as seconds: more than 0."""
    match = _WORDS.fullmatch(text)
    if match is None or _unit(match[2]) not in _SECONDS:
        return Problem(text=f"{shown(text)} is no duration", help=_better_duration(text))
    seconds = int(match[1]) * _SECONDS[_unit(match[2])]
    if seconds > _LONGEST:
        return Problem(text=f"{shown(text)} is longer than ten years", help=_HOW_DURATION)
    if seconds == 0:
        return Problem(text=f"{shown(text)} is no time at all", help=_HOW_DURATION)
    return seconds


def _better_duration(text: str) -> str:
    match = _COMPACT.fullmatch(text.strip())
    if match is None:
        return _HOW_DURATION
    unit = _unit(match[2].lower())
    if unit in ("month", "year"):
        return f"a {unit} has no fixed length; write days or weeks, such as `90 days`"
    word = _SHORT.get(match[2].lower(), unit)
    if word not in _SECONDS:
        return _HOW_DURATION
    return f"write `{int(match[1])} {word}{'' if int(match[1]) == 1 else 's'}`"


@lru_cache(maxsize=1024)
def parse_period(text: str) -> Period | Problem:
    """Read a period: 1 to 52 weeks, 1 to 366 days, 1 to 12 months, or hours that divide 24."""
    match = _WORDS.fullmatch(text)
    unit = _unit(match[2]) if match else ""
    if match is None or unit not in ("week", "day", "hour", "month"):
        return Problem(text=f"{shown(text)} is no period", help=_HOW_PERIOD)
    count = int(match[1])
    if count == 0:
        return Problem(text=f"a rotation cannot repeat every {shown(text)}", help=_HOW_PERIOD)
    if unit == "hour" and (count > 24 or 24 % count):
        return Problem(
            text=f"{shown(text)} does not divide a day", help="write 1, 2, 3, 4, 6, 8, 12 or 24 hours, or use days"
        )
    if unit != "hour" and count > _LIMITS[unit][1]:
        return Problem(text=f"{shown(text)} is too long", help=f"at most {_LIMITS[unit][1]} {unit}s are possible")
    return Period(count=count, unit=cast("Literal['hours', 'days', 'weeks', 'months']", unit + "s"))


@lru_cache(maxsize=1024)
def parse_share(text: str) -> Fraction | Problem:
    """Read a share, ``0%`` to ``100%``, as an exact fraction."""
    match = _SHARE.fullmatch(text)
    if match is None:
        return Problem(text=f"{shown(text)} is no share", help="write per cent, such as `30%`")
    share = Fraction(int(match[1])) + (Fraction(int(match[2]), 10 ** len(match[2])) if match[2] else 0)
    if share > 100:
        return Problem(text=f"{shown(text)} is more than all", help="write at most `100%`")
    return share / 100


@lru_cache(maxsize=1024)
def parse_frequency(text: str) -> tuple[int, int] | Problem:
    """Read how often in how many weeks, such as ``5 per 12 weeks``."""
    match = _FREQUENCY.fullmatch(text)
    if match is not None and int(match[2]) > _MOST_WEEKS:
        return Problem(text=f"{shown(text)} looks too far", help=f"write at most {_MOST_WEEKS} weeks")
    if match is None or int(match[2]) == 0:
        return Problem(
            text=f"{shown(text)} is no frequency", help="write how often in how many weeks: `5 per 12 weeks`"
        )
    return int(match[1]), int(match[2])


@lru_cache(maxsize=1024)
def parse_rate(text: str) -> Rate | Problem:
    """Read a rate of pay, such as ``4 EUR per hour`` or ``12.50 USD per shift``."""
    match = _RATE.fullmatch(text)
    if match is None:
        return Problem(
            text=f"{shown(text)} is no rate of pay", help="write amount, currency and unit: `4 EUR per hour`"
        )
    part = Fraction(int(match[2]), 10 ** len(match[2])) if match[2] else 0
    return Rate(amount=int(match[1]) + Fraction(part), currency=match[3], per=cast("RateUnit", match[4]))
