"""What must hold for every roster, whatever is in the files (the invariants of the design, over all zones)."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from hypothesis import assume, given
from hypothesis import strategies as st

from oracle.roles import Oracle
from oracle.wall_clock import dated, in_window
from random_schedules import PEOPLE, Drawn, drawn_models, overrides
from renamed_models import renamed
from watchbill.insight.coverage import all_gaps
from watchbill.intervals import Stretch
from watchbill.model.repository import Model
from watchbill.roster.expand import expand_all
from watchbill.roster.timeline import Shift, Timeline


def timelines_of(model: Model, *demanded: Stretch) -> dict[str, Timeline]:
    """Return the timelines of the one schedule."""
    return expand_all(model, list(demanded))[0]["ops"].timelines


def edges_of(stretch: Stretch, *timelines: Timeline) -> list[int]:
    """Return the instants of a stretch at which one of the timelines can change."""
    start, end = stretch
    found = {start, end - 1}
    for timeline in timelines:
        found |= {*timeline.start, *timeline.end, *(e - 1 for e in timeline.end)}
    return sorted(instant for instant in found if start <= instant < end)


def holders(timeline: Timeline, instant: int) -> set[str]:
    """Return who holds a role at an instant."""
    return {shift.person for shift in timeline.at(instant)}


@given(drawn_models())
def test_shifts_of_a_seat_are_disjoint_ordered_and_maximal(drawn: Drawn) -> None:
    for timeline in timelines_of(drawn.model, drawn.stretch).values():
        shifts = list(timeline)
        assert shifts == sorted(shifts, key=lambda shift: (shift.start, shift.seat))
        for seat in {shift.seat for shift in shifts}:
            own = [shift for shift in shifts if shift.seat == seat]
            assert all(shift.start < shift.end for shift in own)
            for before, after in pairwise(own):
                assert before.end <= after.start
                assert before.end < after.start or (before.person, before.cause) != (after.person, after.cause)


@given(drawn_models())
def test_every_shift_touches_what_was_demanded(drawn: Drawn) -> None:
    start, end = drawn.stretch
    for timeline in timelines_of(drawn.model, drawn.stretch).values():
        assert all(shift.start < end and start < shift.end for shift in timeline)


def touching(timeline: Timeline, stretch: Stretch) -> list[Shift]:
    """Return the shifts that touch a stretch."""
    return [shift for shift in timeline if shift.start < stretch[1] and stretch[0] < shift.end]


@given(drawn_models(), st.integers(1, 9_999))
def test_two_halves_give_the_same_as_the_whole(drawn: Drawn, part: int) -> None:
    start, end = drawn.stretch
    middle = start + (end - start) * part // 10_000
    whole = timelines_of(drawn.model, (start, end))
    first, second = timelines_of(drawn.model, (start, middle)), timelines_of(drawn.model, (middle, end))
    for role, timeline in whole.items():
        assert list(first[role]) == touching(timeline, (start, middle)), role
        assert list(second[role]) == touching(timeline, (middle, end)), role


@given(drawn_models(), st.integers(0, 60), st.integers(0, 60))
def test_a_wider_demand_changes_no_shift(drawn: Drawn, before: int, after: int) -> None:
    start, end = drawn.stretch
    wide = timelines_of(drawn.model, (start - before * 86_400, end + after * 86_400))
    for role, timeline in timelines_of(drawn.model, drawn.stretch).items():
        assert list(timeline) == touching(wide[role], drawn.stretch), role


@given(drawn_models(), st.integers(1, 30))
def test_separate_demands_give_the_shifts_of_each(drawn: Drawn, days: int) -> None:
    end = drawn.stretch[1]
    later = (end + days * 86_400, end + (days + 3) * 86_400)
    both = timelines_of(drawn.model, later, drawn.stretch)
    for role, timeline in timelines_of(drawn.model, drawn.stretch).items():
        assert touching(both[role], drawn.stretch) == list(timeline)
    for role, timeline in timelines_of(drawn.model, later).items():
        assert touching(both[role], later) == list(timeline)


@given(drawn_models())
def test_nobody_is_on_call_while_away(drawn: Drawn) -> None:
    oracle = Oracle(drawn.model, "ops", drawn.stretch[0])
    absence_edges = oracle.absences.edges()
    for role, timeline in timelines_of(drawn.model, drawn.stretch).items():
        for shift in timeline:
            asked = {shift.start, shift.end - 1, *(e for e in absence_edges if shift.start <= e < shift.end)}
            assert not any(oracle.absences.away(shift.person, instant) for instant in asked), (role, shift)


@given(drawn_models())
def test_gaps_are_the_complement_of_coverage(drawn: Drawn) -> None:
    rosters, _ = expand_all(drawn.model, [drawn.stretch])
    found = all_gaps(drawn.model, rosters, drawn.stretch)
    oracle = Oracle(drawn.model, "ops", drawn.stretch[0])
    zone = drawn.schedule.timezone
    for role in drawn.schedule.roles:
        timeline = rosters["ops"].timelines[role.id]
        free = [dated(stretch, zone) for stretch in role.unstaffed]
        for requirement in role.coverage:
            own = [g for g in found if g.role == role.id and g.requirement == requirement.place]
            for before, after in pairwise(own):  # a gap is maximal; too few and nobody at all are two kinds of it
                touch = before.stretch[1] == after.stretch[0]
                assert before.stretch[1] <= after.stretch[0]
                assert not touch or (before.present == 0) != (after.present == 0)
            edges = {*edges_of(drawn.stretch, timeline), *(e for g in own for e in (*g.stretch, g.stretch[1] - 1))}
            for instant in edges:
                if not drawn.stretch[0] <= instant < drawn.stretch[1]:
                    continue
                owed = in_window(requirement.window, zone, oracle.holidays, instant)
                owed = owed and not any(start <= instant < end for start, end in free)
                missing = owed and len(holders(timeline, instant)) < requirement.responders
                assert missing == any(g.stretch[0] <= instant < g.stretch[1] for g in own), (role.id, instant)


@given(st.data())
def test_an_override_changes_nothing_outside_its_stretch_and_roles(data: st.DataObject) -> None:
    drawn = data.draw(drawn_models(swaps=False))
    role_ids = tuple(role.id for role in drawn.schedule.roles)
    added = data.draw(overrides(drawn.schedule.roles[0].layers[0].versions[0].start, role_ids, PEOPLE))
    assume(added)
    without = replace(drawn.model, overrides=())
    before = timelines_of(without, drawn.stretch)
    after = timelines_of(replace(drawn.model, overrides=added[:1]), drawn.stretch)
    start, end = dated(added[0].stretch, drawn.schedule.timezone)
    changed = added[0].role
    position = role_ids.index(changed)
    for index, role in enumerate(drawn.schedule.roles):
        follows = role.follows is not None and role.follows.role == changed
        distinct = any({role.id, changed} <= set(roles) for roles in drawn.schedule.distinct)
        for instant in edges_of(drawn.stretch, before[role.id], after[role.id]):
            if role.id == changed and start <= instant < end:
                continue
            # A later role may look at the overridden one, as a follower or for stand-ins, and so indirectly others.
            if index > position and (follows or distinct or len(role_ids) > 2):
                continue
            assert holders(before[role.id], instant) == holders(after[role.id], instant), (role.id, instant)


@given(drawn_models(), st.permutations(PEOPLE))
def test_renaming_people_changes_only_names(drawn: Drawn, names: list[str]) -> None:
    new_name = dict(zip(PEOPLE, (f"{name}-new" for name in names), strict=True))
    before = timelines_of(drawn.model, drawn.stretch)
    after = timelines_of(renamed(drawn.model, new_name), drawn.stretch)
    for role, timeline in before.items():
        expected = [(s.start, s.end, s.seat, new_name[s.person], s.cause.kind, s.cause.turn) for s in timeline]
        found = [(s.start, s.end, s.seat, s.person, s.cause.kind, s.cause.turn) for s in after[role]]
        assert found == expected, role


@given(drawn_models(), st.randoms(use_true_random=False))
def test_the_order_of_files_changes_nothing(drawn: Drawn, random: object) -> None:
    model = drawn.model

    def mixed(items: tuple[object, ...]) -> tuple[object, ...]:
        listed = list(items)
        random.shuffle(listed)  # type: ignore[attr-defined]
        return tuple(listed)

    shuffled = replace(
        model,
        time_off=mixed(model.time_off),
        overrides=mixed(model.overrides),
        swaps=mixed(model.swaps),
        people=dict(mixed(tuple(model.people.items()))),
    )
    before, after = timelines_of(model, drawn.stretch), timelines_of(shuffled, drawn.stretch)
    for role, timeline in before.items():
        assert list(after[role]) == list(timeline), role
