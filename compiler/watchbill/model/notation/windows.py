"""Weekly windows of local time, such as ``mon-fri 09:00-17:00`` and ``friday 17:00 - monday 09:00``."""

from __future__ import annotations

import re
from functools import lru_cache

from watchbill.model.notation.dates import parse_time
from watchbill.model.notation.problem import Problem, shown
from watchbill.model.notation.weekdays import DAY, weekday
from watchbill.model.time_values import Span

ALWAYS_NAMES = frozenset({"always", "24x7"})
HOW = (
    "write days and times, such as `mon-fri 09:00-17:00` or `friday 17:00 - monday 09:00`, "
    "`always`, or the name of a window in policies/windows"
)
_DAYS = rf"{DAY}(?:-{DAY})?"
_DAILY = re.compile(rf"({_DAYS}(?:, ?{_DAYS})*) (\S+?) ?- ?(\S+)")
_LONG = re.compile(rf"({DAY}) (\S+) ?- ?({DAY}) (\S+)")
_BARE_DAYS = re.compile(rf"{_DAYS}(?:, ?{_DAYS})*")


@lru_cache(maxsize=4096)
def parse_spans(text: str) -> tuple[Span, ...] | Problem:
    """Read the spans of one window text. An end at or before its start belongs to the next day or week."""
    long = _LONG.fullmatch(text)
    if long:
        return _long_span(long[1], long[2], long[3], long[4])
    daily = _DAILY.fullmatch(text)
    if daily:
        return _daily_spans(daily[1], daily[2], daily[3])
    if _BARE_DAYS.fullmatch(text):
        return Problem(
            text=f"{shown(text)} names days without times", help=f"write `{text} 00:00-24:00` for whole days"
        )
    return Problem(text=f"{shown(text)} is no window", help=HOW)


def _daily_spans(days: str, start_text: str, end_text: str) -> tuple[Span, ...] | Problem:
    start, end = parse_time(start_text), parse_time(end_text, end=True)
    if isinstance(start, Problem):
        return start
    if isinstance(end, Problem):
        return end
    chosen: set[int] = set()
    for part in days.replace(" ", "").split(","):
        first, _, last = part.partition("-")
        number = weekday(first)
        chosen.add(number)
        while last and number != weekday(last):
            number = (number + 1) % 7
            chosen.add(number)
    over = 0 if end > start else 1
    return tuple(Span(weekday=day, start=start, days=over, end=end) for day in sorted(chosen))


def _long_span(first: str, start_text: str, last: str, end_text: str) -> tuple[Span, ...] | Problem:
    start, end = parse_time(start_text), parse_time(end_text, end=True)
    if isinstance(start, Problem):
        return start
    if isinstance(end, Problem):
        return end
    days = (weekday(last) - weekday(first)) % 7
    if days == 0 and end <= start:
        days = 7
    return (Span(weekday=weekday(first), start=start, days=days, end=end),)
