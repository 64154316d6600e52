"""Measures that only working-time presets ask for: weekly rest, and hours outside of working hours."""

from __future__ import annotations

from itertools import pairwise

from watchbill.insight import peaks
from watchbill.insight.measures import Measures
from watchbill.insight.peaks import Peak
from watchbill.intervals import subtract
from watchbill.roster.windows import WEEK


def longest_without_rest(measures: Measures, person: str, *, rest: int, above: int) -> Peak | None:
    """Return the longest stretch of duty in any role without a rest of ``rest`` seconds, if longer than ``above``.

    Shifts with shorter breaks between them belong together. It must end after now.
    """
    starts, ends = measures.duty(person)
    if not ends or ends[-1] <= measures.now:
        return None
    # The first shift after each long rest begins a stretch, and the one before the next long rest ends it.
    begins = [0, *(at for at in range(1, len(starts)) if starts[at] - ends[at - 1] >= rest), len(starts)]
    found = [(ends[past - 1] - starts[first], starts[first], ends[past - 1]) for first, past in pairwise(begins)]
    coming = [row for row in found if row[2] > measures.now and row[0] > above]
    if not coming:
        return None
    length, start, end = max(coming, key=lambda row: (row[0], -row[1]))
    return Peak(value=length, stretch=(start, end))


def most_outside_working_hours(measures: Measures, person: str, *, weeks: int, above: int) -> Peak | None:
    """Return the most seconds of own duty outside of the person's working hours in any so many weeks, if above."""
    duty = list(zip(*measures.duty(person, own=True), strict=True))
    outside = subtract(duty, measures.working_hours(person).stretches())
    starts, ends = [start for start, _ in outside], [end for _, end in outside]
    return peaks.most_seconds(starts, ends, weeks * WEEK, after=measures.now, above=above)
