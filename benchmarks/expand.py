"""Measures what expanding one schedule for a year costs, with causes, against the plain way to do the same handoffs.

The reference walks the same handoffs with ``datetime`` and ``zoneinfo`` and notes start, end and holder of every
shift, no cause: what a careful programmer writes first. Both are timed in turns in one process; every schedule is its
own, so nothing but zone data is shared. The results are compared before anything is measured.

Usage: expand.py [--runs R]
"""

from __future__ import annotations

import argparse
import gc
import statistics
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from time import process_time
from zoneinfo import ZoneInfo

from watchbill.findings import Place
from watchbill.model.on_call import Layer, Role, Schedule, Version
from watchbill.model.time_values import HandoffPoint, Period
from watchbill.roster.expand import expand
from watchbill.roster.schedule_input import ScheduleInput

ZONES = ("Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Sydney")
FIRST = date(2026, 1, 5)
MEMBERS = ("ada", "alan", "grace", "katherine", "emmy")
HANDOFF = 9 * 3600
WEEKLY = Period(count=1, unit="weeks")
EIGHT_HOURS = Period(count=8, unit="hours")
SCHEDULES = 200

Shifts = list[tuple[int, int, str]]


def schedule_input(number: int, every: Period) -> ScheduleInput:
    """Return one schedule of one role and one layer that changes hands at 09:00."""
    place = Place(file=f"schedules/on-call/s{number}.yaml")
    weekday = 0 if every.unit == "weeks" else None
    zone = ZONES[number % len(ZONES)]
    version = Version(
        place=place,
        order_place=place,
        start=FIRST,
        timezone=zone,
        every=every,
        handoff=(HandoffPoint(seconds=HANDOFF, weekday=weekday),),
        members=tuple((person,) for person in MEMBERS),
    )
    layer = Layer(id="only", place=place, timezone=zone, versions=(version,))
    role = Role(id="primary", place=place, layers=(layer,))
    return ScheduleInput(
        schedule=Schedule(id=f"s{number}", place=place, name="S", team="t", timezone=zone, roles=(role,))
    )


def stretch_of(days: int) -> tuple[int, int]:
    """Return the measured stretch: so many days from a week after the first handoff on."""
    start = int(datetime.combine(FIRST + timedelta(days=7), time(), UTC).timestamp())
    return start, start + days * 86_400


def engine(every: Period, days: int) -> Callable[[int], Shifts]:
    """Return a function that expands the n-th schedule with Watchbill."""
    demanded = [stretch_of(days)]
    inputs = [schedule_input(number, every) for number in range(SCHEDULES)]

    def work(number: int) -> Shifts:
        roster, _ = expand(inputs[number], demanded)
        timeline = roster.timelines["primary"]
        people = timeline.people
        return [(s, e, people[p]) for s, e, p in zip(timeline.start, timeline.end, timeline.person, strict=True)]

    return work


def reference(every: Period, days: int) -> Callable[[int], Shifts]:
    """Return a function that does the same handoffs with ``datetime`` and ``zoneinfo``."""
    low, high = stretch_of(days)
    zones = [ZoneInfo(name) for name in ZONES]
    hours = 7 * 24 if every.unit == "weeks" else every.count
    step, phase = timedelta(hours=hours), timedelta(hours=9 if every.unit == "weeks" else 1)

    def work(number: int) -> Shifts:
        zone = zones[number % len(zones)]
        handoff, turn, shifts = datetime.combine(FIRST, time()) + phase, 0, []
        instant = round(handoff.replace(tzinfo=zone).timestamp())
        while instant < high:
            handoff += step
            following = round(handoff.replace(tzinfo=zone).timestamp())
            if low < following:
                shifts.append((instant, following, MEMBERS[turn % len(MEMBERS)]))
            instant, turn = following, turn + 1
        return shifts

    return work


def spent(work: Callable[[int], Shifts]) -> float:
    """Return microseconds of CPU per schedule over all schedules."""
    started = process_time()
    for number in range(SCHEDULES):
        work(number)
    return (process_time() - started) * 1e6 / SCHEDULES


def main() -> None:
    """Compare, measure and print one Markdown table."""
    parser = argparse.ArgumentParser(description="Measure expanding a schedule for a year.")
    parser.add_argument("--runs", type=int, default=9, help="rounds (default 9)")
    runs = parser.parse_args().runs
    print(f"Python {sys.version.split()[0]}, {SCHEDULES} schedules, median of {runs} rounds.\n")
    print("| schedule | shifts | Watchbill, with causes (µs) | datetime and zoneinfo (µs) | ratio (least to most) |")
    print("|---|---|---|---|---|")
    gc.disable()  # as the command line does
    for title, every, days in (("weekly, one year", WEEKLY, 365), ("every 8 hours", EIGHT_HOURS, 333)):
        ours, plain = engine(every, days), reference(every, days)
        for number in range(len(ZONES)):
            if ours(number) != plain(number):
                raise SystemExit(f"{title}: the two disagree in {ZONES[number]}")
        pairs = [(spent(ours), spent(plain)) for _ in range(runs)]
        ratios = [a / b for a, b in pairs]
        print(
            f"| {title} | {len(ours(0)):,} | {statistics.median(a for a, _ in pairs):.1f} "
            f"| {statistics.median(b for _, b in pairs):.1f} "
            f"| {statistics.median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f}) |"
        )


if __name__ == "__main__":
    main()
