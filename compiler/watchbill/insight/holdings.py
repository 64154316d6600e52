"""Who holds a role from an instant on: the timeline of a role, read forward from now.

A shift may end while the same person stays on call (an own turn after a cover). Readers ask until when somebody is on
call, so shifts of the same people that meet are one *holding*.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from watchbill.insight.coverage import Gap
from watchbill.records import dataclass
from watchbill.roster.timeline import Timeline


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """A maximal stretch with the same people and the same gap (or none); ``people`` are ids by seat, each once.

    ``end`` is ``None`` if nothing changes any more within the horizon.
    """

    start: int
    end: int | None
    people: tuple[str, ...]
    gap: Gap | None


def holdings(timeline: Timeline, gaps: Sequence[Gap], now: int, horizon_end: int) -> Iterator[Holding]:
    """Yield the holdings of a role from now on until the horizon ends; the first is cut at ``now``.

    ``gaps`` are those of the role, in order. Stretches in which nobody is on call or needed are holdings too.
    """
    open_: Holding | None = None
    for start, end, people, gap in _pieces(timeline, gaps, now, horizon_end):
        if open_ is not None and open_.people == people and open_.gap is gap:
            start = open_.start
        elif open_ is not None:
            yield open_
        open_ = Holding(start=start, end=end, people=people, gap=gap)
    if open_ is not None:
        yield open_


def _pieces(
    timeline: Timeline, gaps: Sequence[Gap], now: int, horizon_end: int
) -> Iterator[tuple[int, int | None, tuple[str, ...], Gap | None]]:
    starts, ends = timeline.start, timeline.end
    coming = bisect_right(starts, now)
    active = [i for i in range(coming) if ends[i] > now]
    at = now
    pending = [gap for gap in gaps if gap.stretch[1] > now]
    while at < horizon_end:
        while coming < len(starts) and starts[coming] <= at:
            active.append(coming)
            coming += 1
        active = [i for i in active if ends[i] > at]
        pending = [gap for gap in pending if gap.stretch[1] > at] if pending else pending
        gap = pending[0] if pending and pending[0].stretch[0] <= at else None
        edges = [ends[i] for i in active]
        if coming < len(starts):
            edges.append(starts[coming])
        if pending:
            edges.append(pending[0].stretch[1] if gap else pending[0].stretch[0])
        end = min(edges, default=None)
        yield at, end, _people(timeline, active), gap
        if end is None:
            return
        at = end


def _people(timeline: Timeline, active: Sequence[int]) -> tuple[str, ...]:
    by_seat = sorted(active, key=timeline.seat.__getitem__)
    return tuple(dict.fromkeys(timeline.people[timeline.person[i]] for i in by_seat))
