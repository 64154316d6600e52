"""The engine against the oracle: the same holders at every instant at which either of them could change."""

from __future__ import annotations

from hypothesis import given, note

from oracle.roles import Oracle
from random_schedules import Drawn, drawn_models
from watchbill.roster.expand import expand_all
from watchbill.roster.timeline import Timeline


def asked_instants(drawn: Drawn, oracle: Oracle, timelines: dict[str, Timeline]) -> list[int]:
    """Return every edge of both sides with a second before and after it, and some instants in between."""
    start, end = drawn.stretch
    edges = set(oracle.edges(start, end))
    for timeline in timelines.values():
        edges |= {*timeline.start, *timeline.end}
    asked = {instant + step for instant in edges for step in (-1, 0, 1)}
    asked |= {start + (end - start) * part // 10_000 for part in drawn.instants}
    return sorted(instant for instant in asked if start <= instant < end)


@given(drawn_models())
def test_engine_and_oracle_name_the_same_holders(drawn: Drawn) -> None:
    rosters, _ = expand_all(drawn.model, [drawn.stretch])
    timelines = rosters["ops"].timelines
    oracle = Oracle(drawn.model, "ops", drawn.stretch[1])
    exact_seats = not drawn.model.overrides and not drawn.model.swaps
    for instant in asked_instants(drawn, oracle, timelines):
        for role, timeline in timelines.items():
            expected = oracle.holders(role, instant)
            found = {shift.seat: shift.person for shift in timeline.at(instant)}
            if expected != found:
                note(f"{role} at {instant}: oracle {expected}, engine {found}")
            if exact_seats:
                assert found == expected, (role, instant)
            else:
                assert sorted(set(found.values())) == sorted(set(expected.values())), (role, instant)
