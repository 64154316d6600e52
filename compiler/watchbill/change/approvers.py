"""Who should say yes to a change: the people whose shifts move, and who approves for the teams that it concerns."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from watchbill.change.records import Approver, ItemChange, Move
from watchbill.model.on_call import Schedule
from watchbill.model.people import Team
from watchbill.model.repository import Model


def approvers(moves: Iterable[Move], items: Iterable[ItemChange], base: Model, head: Model) -> list[Approver]:
    """Return the people who should approve, by id. Where a team names no approvers, its lead does."""
    moves = list(moves)
    schedules: Mapping[str, Schedule] = {**base.schedules, **head.schedules}
    # Who may say yes is asked of the base: a change cannot choose who approves it.
    teams: Mapping[str, Team] = {**head.teams, **base.teams}
    moved = {person for move in moves for person in (*move.before, *move.after) if person in head.people}
    roles: dict[str, set[str]] = defaultdict(set)
    touched = {move.schedule for move in moves}
    named = {schedules[name].team for name in touched if name in schedules}
    for team in sorted({*named, *_teams_of(items, base, head)} & teams.keys()):
        for person in teams[team].approvers or filter(None, (teams[team].lead,)):
            roles[person].add(team)
    return [
        Approver(person=person, moved=person in moved, teams=tuple(sorted(roles.get(person, ()))))
        for person in sorted({*moved, *roles})
    ]


def _teams_of(items: Iterable[ItemChange], base: Model, head: Model) -> Iterator[str]:
    for item in items:
        for model in (base, head):
            known = {
                "schedule": model.schedules.get(item.id),
                "service": model.services.get(item.id),
            }.get(item.kind)
            if known is not None:
                yield known.team
            elif item.kind == "team":
                yield item.id
            elif item.kind in ("override", "swap"):
                schedule = model.schedules.get(item.id.partition("/")[0])
                if schedule is not None:
                    yield schedule.team
