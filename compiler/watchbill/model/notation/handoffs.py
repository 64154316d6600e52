"""Handoff points of a rotation. Their form depends on the unit of the period."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from watchbill.model.notation.dates import parse_time
from watchbill.model.notation.problem import Problem, shown
from watchbill.model.notation.weekdays import DAY, weekday
from watchbill.model.time_values import HandoffPoint
from watchbill.records import dataclass

_WEEKLY = re.compile(rf"({DAY}) (\S+)")
_MONTHLY_NTH = re.compile(rf"(first|second|third|fourth|last) ({DAY}) (\S+)")
_MONTHLY_DAY = re.compile(r"day ([0-9]{1,2}) (\S+)")
_NTH = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": -1}
_EXAMPLES = {
    "weeks": "`monday 09:00`, or a list such as `[monday 09:00, friday 17:00]`",
    "days": "`09:00`, or a list such as `[08:00, 20:00]`",
    "hours": "one time of day, such as `10:00`",
    "months": "`first monday 09:00`, `last friday 17:00` or `day 31 09:00`",
}
_MOST_POINTS = 48


@lru_cache(maxsize=4096)
def parse_handoff(text: str, unit: str) -> HandoffPoint | Problem:
    """Read one handoff point for a period in ``unit`` (hours, days, weeks or months)."""
    point = _FORMS[unit](text)
    if point is None:
        return Problem(text=f"{shown(text)} is no handoff for a period in {unit}", help=f"write {_EXAMPLES[unit]}")
    return point


@dataclass(frozen=True, slots=True, kw_only=True)
class WrongPoint:
    """The first of several handoff points that is wrong: its index, and why."""

    index: int
    problem: Problem


@lru_cache(maxsize=1024)
def parse_handoffs(texts: tuple[str, ...], unit: str) -> tuple[HandoffPoint, ...] | WrongPoint:
    """Read all points of a rotation, in the order of the period."""
    points: list[HandoffPoint] = []
    for index, text in enumerate(texts):
        point = parse_handoff(text, unit)
        if isinstance(point, HandoffPoint) and point in points:
            point = Problem(text=f"{shown(text)} stands twice in the handoffs", help="leave one of them out")
        if isinstance(point, HandoffPoint) and index >= (1 if unit == "hours" else _MOST_POINTS):
            point = Problem(text=f"{shown(text)} is one handoff too many", help=f"write {_EXAMPLES[unit]}")
        if isinstance(point, Problem):
            return WrongPoint(index=index, problem=point)
        points.append(point)
    return tuple(sorted(points, key=_order))


def _order(point: HandoffPoint) -> tuple[int, int, int, int]:
    nth = 9 if point.nth == -1 else point.nth or 0
    return point.day or 0, nth, point.weekday or 0, point.seconds


def _daily(text: str) -> HandoffPoint | Problem | None:
    if " " in text:
        return None
    seconds = parse_time(text)
    return seconds if isinstance(seconds, Problem) else HandoffPoint(seconds=seconds)


def _weekly(text: str) -> HandoffPoint | Problem | None:
    match = _WEEKLY.fullmatch(text)
    if match is None:
        return None
    seconds = parse_time(match[2])
    return seconds if isinstance(seconds, Problem) else HandoffPoint(seconds=seconds, weekday=weekday(match[1]))


def _monthly(text: str) -> HandoffPoint | Problem | None:
    nth, numbered = _MONTHLY_NTH.fullmatch(text), _MONTHLY_DAY.fullmatch(text)
    match = nth or numbered
    if match is None:
        return None
    seconds = parse_time(match[match.re.groups])
    if isinstance(seconds, Problem):
        return seconds
    if nth:
        return HandoffPoint(seconds=seconds, weekday=weekday(nth[2]), nth=_NTH[nth[1]])
    day = int(match[1])
    if not 1 <= day <= 31:
        return Problem(text=f"no month has a day {day}", help="write `day 1 09:00` to `day 31 09:00`")
    return HandoffPoint(seconds=seconds, day=day)


_FORMS: dict[str, Callable[[str], HandoffPoint | Problem | None]] = {
    "hours": _daily,
    "days": _daily,
    "weeks": _weekly,
    "months": _monthly,
}
