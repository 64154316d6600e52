"""Now and next of a schedule's roles, and the gaps that are not over: the answers that come first on every page."""

from __future__ import annotations

from collections import Counter

from watchbill.insight.coverage import Gap
from watchbill.insight.holdings import Holding, holdings
from watchbill.model.on_call import Role, Schedule
from watchbill.site import addresses
from watchbill.site.edition import Edition
from watchbill.site.pages import GapLine, HoldingLine, HoldingState, RoleStanding, ScheduleCard

GAPS_PER_ROLE = 2
LINES = 3
"""Lines a role shows: now, next, and the one after, so that a page stays true for some handoffs after its compile."""


def card(edition: Edition, schedule: Schedule) -> ScheduleCard:
    """Return a schedule in short, with the standing of each role that has a timeline."""
    team = edition.model.teams.get(schedule.team)
    roster = edition.compilation.rosters.get(schedule.id)
    timelines = roster.timelines if roster is not None else {}
    return ScheduleCard(
        id=schedule.id,
        name=edition.schedules[schedule.id],
        href=addresses.schedule(schedule.id),
        team=team.name if team is not None else schedule.team,
        timezone=schedule.timezone,
        roles=tuple(_role(edition, schedule, role) for role in schedule.roles if role.id in timelines),
    )


def _role(edition: Edition, schedule: Schedule, role: Role) -> RoleStanding:
    timeline = edition.compilation.rosters[schedule.id].timelines[role.id]
    shown: list[HoldingLine] = []
    ahead = holdings(timeline, edition.gaps(schedule.id, role.id), edition.now, edition.compilation.horizon[1])
    for holding in ahead:
        line = _line(edition, holding, schedule.timezone, current=not shown, label=_label(shown))
        if line.state != "free" or line.current:
            shown.append(line)
        if len(shown) == LINES:
            break
    promise = ", ".join(dict.fromkeys(requirement.window.text for requirement in role.coverage))
    return RoleStanding(role=role.id, promise=promise, lines=tuple(shown))


def _label(before: list[HoldingLine]) -> str:
    return ("Now", "Next", "Then")[min(len(before), 2)]


def _line(edition: Edition, holding: Holding, zone: str, *, current: bool, label: str) -> HoldingLine:
    return HoldingLine(
        label=label,
        state=_state(holding),
        people=tuple(edition.person(person) for person in holding.people),
        start=edition.times.text(holding.start, zone),
        end=None if holding.end is None else edition.times.text(holding.end, zone),
        current=current,
        required=holding.gap.required if holding.gap is not None else 0,
        present=len(holding.people),
    )


def _state(holding: Holding) -> HoldingState:
    if holding.gap is None:
        return "held" if holding.people else "free"
    return "short" if holding.people else "gap"


def open_gaps(edition: Edition, gaps: tuple[Gap, ...]) -> list[Gap]:
    """Return the gaps that are not over, the first to begin first."""
    ahead = [gap for gap in gaps if gap.stretch[1] > edition.now and gap.schedule in edition.model.schedules]
    return sorted(ahead, key=lambda gap: (gap.stretch, gap.schedule, gap.role))


def first_of_each_role(gaps: list[Gap]) -> list[Gap]:
    """Return the first ``GAPS_PER_ROLE`` gaps of each role, in the order given.

    A role without anybody at night has a gap every day: sixty lines of one schedule would hide the gap of another.
    """
    shown = Counter[tuple[str, str]]()
    first: list[Gap] = []
    for gap in gaps:
        role = gap.schedule, gap.role
        shown[role] += 1
        if shown[role] <= GAPS_PER_ROLE:
            first.append(gap)
    return first


def gap_line(edition: Edition, gap: Gap) -> GapLine:
    """Return a gap as a line, in the zone of its schedule."""
    zone = edition.model.schedules[gap.schedule].timezone
    return GapLine(
        schedule=edition.schedule(gap.schedule),
        role=gap.role,
        start=edition.times.text(gap.stretch[0], zone),
        end=edition.times.text(gap.stretch[1], zone),
        required=gap.required,
        present=gap.present,
        current=gap.stretch[0] <= edition.now,
        accepted=edition.accepted(gap),
    )
