"""The whole of Watchbill on one page: source, model, roster, insight, checks, in one direction.

    bytes ──source──► documents ──model──► records ──roster──► timelines ──insight──► gaps ──checks──► findings
                                                                                        all of it: a Compilation

No phase raises for bad input: each returns a value and findings, and the next one goes on with what is whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import field
from datetime import timedelta
from time import perf_counter

import watchbill
from watchbill import timezones
from watchbill.checks.judge import judge
from watchbill.compilation import Clock, Compilation, LocatedFinding, Tools
from watchbill.findings import Finding, Level, Place
from watchbill.insight import public_holidays
from watchbill.insight.coverage import all_gaps
from watchbill.insight.measures import Measures
from watchbill.intervals import Stretch
from watchbill.model.build import build
from watchbill.model.repository import Model
from watchbill.records import dataclass
from watchbill.roster.budget import estimated_shifts
from watchbill.roster.calendars import expand_calendars
from watchbill.roster.clock import END_OF_TIME, START_OF_TIME, zone
from watchbill.roster.expand import Expansions, expand_all
from watchbill.roster.timeline import Roster
from watchbill.source.documents import Data
from watchbill.source.limits import Limits
from watchbill.source.overlay import Overlay
from watchbill.source.read import read
from watchbill.source.tree import Tree, TreeError

Trace = Callable[[str, float], None]
"""Receives the name of a phase and the seconds it took."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """What two compiles of similar trees have in common: files of the same bytes, and schedules of the same input."""

    parsed: dict[bytes, Data] = field(default_factory=dict)
    expansions: Expansions = field(default_factory=Expansions)


OWN = Limits()
"""The limits of one's own repository."""

DEFAULT_ZONE = "UTC"
"""The organisation's zone where no file names one."""


def compile_tree(
    tree: Tree,
    *,
    now: int,
    limits: Limits = OWN,
    demanded: tuple[Stretch, ...] = (),
    horizon: Stretch | None = None,
    shared: Shared | None = None,
    trace: Trace | None = None,
) -> Compilation:
    """Compile a repository at an instant (UTC seconds).

    ``demanded`` are stretches beyond the published horizon for which holders must be known; ``horizon`` takes the place
    of the published one, to compare with a tree that publishes another. ``shared`` keeps what the compile of a similar
    tree can use. Raises ``TreeError`` only if there is no repository to read; everything else is a finding of the
    result.
    """
    phase = _phases(trace)
    with phase("source"):
        reading = read(tree, limits, shared.parsed if shared else None)
    with phase("model"):
        model, findings = build(reading, timezones.names())
    earlier, files = [*reading.findings, *findings], len(reading.documents) + len(reading.unreadable)
    # The documents are as large as all that follows; the model has taken from them what it needs.
    del reading
    clock = Clock(now=now, timezone=model.organization.timezone or DEFAULT_ZONE)
    horizon = horizon or published_horizon(model, clock)
    with phase("roster"):
        model, refused = expand_calendars(model, (horizon, *demanded))
        rosters, noticed = _expand(model, (horizon, *demanded), limits, shared.expansions if shared else None)
    with phase("insight"):
        gaps = all_gaps(model, rosters, horizon)
        measures = Measures(model, rosters, horizon, now, clock.timezone)
    with phase("checks"):
        told = [*earlier, *refused, *noticed]
        judged = judge(model, rosters, gaps, now, horizon, told, clock.timezone, measures)
    with phase("positions"):
        located = _located(tree, judged)
    return Compilation(
        model=model,
        rosters=rosters,
        gaps=gaps,
        measures=measures,
        findings=located,
        clock=clock,
        horizon=horizon,
        tools=_tools(model),
        files=files,
    )


def compile_both(base: Tree, head: Tree, *, now: int, limits: Limits = OWN) -> tuple[Compilation, Compilation]:
    """Compile the two sides of a change at one instant and for one horizon, that of head.

    A base without any of the three folders is an empty repository: everything in head is new. Raises ``TreeError`` if
    there is no head to read.
    """
    shared = Shared()
    after = compile_tree(head, now=now, limits=limits, shared=shared)
    try:
        before = compile_tree(base, now=now, limits=limits, horizon=after.horizon, shared=shared)
    except TreeError:
        before = compile_tree(Overlay({}), now=now, limits=limits, horizon=after.horizon)
    return before, after


def _tools(model: Model) -> Tools:
    used = public_holidays.version() if public_holidays.are_used(model) else ""
    return Tools(watchbill=watchbill.__version__, tzdata=timezones.version(), holidays=used)


def published_horizon(model: Model, clock: Clock) -> Stretch:
    """Return the published stretch: whole local days of the organisation's zone around now, inside the years known.

    Nothing is known of the time before 1970 and after 2100, so nothing can be missing there.
    """
    place = zone(clock.timezone)
    today = place.local(clock.now).day
    publish = model.organization.publish
    first, last = today - timedelta(days=publish.past_days), today + timedelta(days=publish.future_days)
    return max(place.midnight(first), START_OF_TIME), min(place.midnight(last), END_OF_TIME)


def _expand(
    model: Model, demanded: tuple[Stretch, ...], limits: Limits, known: Expansions | None
) -> tuple[dict[str, Roster], list[Finding]]:
    expected = sum(estimated_shifts(model, stretch) for stretch in demanded)
    if expected <= limits.shifts:
        return expand_all(model, demanded, known)
    finding = Finding(
        rule="too-many-shifts",
        level=Level.ERROR,
        place=Place(file="schedules"),
        message=f"the rotations would give about {expected:,} shifts, and at most {limits.shifts:,} are computed",
        help="lengthen the shortest turns, or publish a shorter horizon in policies/organization.yaml",
    )
    return {}, [finding]


def _located(tree: Tree, findings: list[Finding]) -> tuple[LocatedFinding, ...]:
    """Return findings with their positions, sorted by file, line, column, rule, time and message."""
    if not findings:
        return ()
    from watchbill.source.positions import locate

    located = [
        LocatedFinding(
            finding=finding,
            position=locate(tree, finding.place),
            label_positions=tuple(locate(tree, label.place) for label in finding.labels),
        )
        for finding in findings
    ]
    return tuple(sorted(located, key=_order))


def _order(located: LocatedFinding) -> tuple[str, int, int, str, tuple[int, int], str]:
    position, finding = located.position, located.finding
    line, column = (position.line, position.column) if position is not None else (0, 0)
    return finding.place.file, line, column, finding.rule, finding.stretch or (0, 0), finding.message


def _phases(trace: Trace | None) -> Callable[[str], AbstractContextManager[None]]:
    @contextmanager
    def phase(name: str) -> Iterator[None]:
        started = perf_counter()
        yield
        if trace is not None:
            trace(name, perf_counter() - started)

    return phase
