"""The report of fairness: what each person of a schedule carries for their presence, and who stood in for whom."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from watchbill.checks.wording import spell_share
from watchbill.insight.balance import Balance, balance, comparable
from watchbill.insight.belonging import belonging
from watchbill.insight.covers import Covered, covers, debts
from watchbill.insight.measures import Measures
from watchbill.model.on_call import Schedule
from watchbill.reports.load_report import hours
from watchbill.reports.table import Cell, Column, Table
from watchbill.roster.timeline import Roster

_KINDS = ("hours", "nights", "weekends", "holidays")


def schedule_table(measures: Measures, schedule: Schedule, names: Mapping[str, str]) -> Table:
    """Return what each person of a schedule carries, as if everybody were there all the time with a whole share.

    Below the rows stands how even each column is. ``measures`` cover the period and nothing else.
    """
    presence = belonging(measures.model, schedule, measures.horizon, measures.timezone)
    carried = {person: _figures(measures, person, schedule.id) for person in presence}
    even = {kind: comparable({p: carried[p][kind] for p in carried}, presence) for kind in _KINDS}
    people = sorted(even["hours"], key=lambda person: (-even["hours"][person], person))
    most = max(even["hours"].values(), default=Fraction(0))
    return Table(
        title=f"{schedule.name} ({schedule.id})",
        columns=(
            Column(key="person", title="Person"),
            Column(key="presence", title="Presence", number=True),
            *(Column(key=kind, title=kind.capitalize(), number=True) for kind in _KINDS),
            *(Column(key=f"{kind}-per-presence", title=f"{kind} each", number=True, detail=True) for kind in _KINDS),
        ),
        rows=tuple(
            (
                Cell(value=person, text=names.get(person, person)),
                Cell(value=round(float(presence[person]), 4), text=spell_share(presence[person])),
                hours(carried[person]["hours"], bar=float(even["hours"][person] / most) if most else 0.0),
                *(Cell(value=int(carried[person][kind]), text=str(carried[person][kind])) for kind in _KINDS[1:]),
                *(_comparable_cell(kind, even[kind][person]) for kind in _KINDS),
            )
            for person in people
        ),
        notes=tuple(_even(kind, balance(list(even[kind].values()))) for kind in _KINDS if any(even[kind].values())),
    )


def _figures(measures: Measures, person: str, schedule: str) -> dict[str, int]:
    total = measures.figures(person, measures.horizon, schedule=schedule).total
    return {"hours": total.seconds, "nights": total.nights, "weekends": total.weekends, "holidays": total.holidays}


def _comparable_cell(kind: str, figure: Fraction) -> Cell:
    return hours(figure) if kind == "hours" else Cell(value=round(float(figure), 2), text=f"{float(figure):.1f}")


def _even(kind: str, found: Balance) -> str:
    return (
        f"{kind.capitalize()}: {found.evenness * 100:.0f} % even (mean of smaller by larger over all pairs), "
        f"standard deviation {found.spread * 100:.0f} % of the mean."
    )


def covers_table(
    rosters: Mapping[str, Roster], measures: Measures, people: frozenset[str] | None, names: Mapping[str, str]
) -> Table:
    """Return who stood in for whom in the period, with what is still owed; of some people only, if they are given."""
    found = [
        each
        for each in covers(rosters, measures.horizon)
        if people is None or not people.isdisjoint((each.person, each.instead_of))
    ]
    owed = debts(found)
    pairs: dict[tuple[str, str], list[Covered]] = {}
    for each in found:
        pairs.setdefault((each.person, each.instead_of), []).append(each)
    return Table(
        title="Who stood in for whom",
        columns=(
            Column(key="person", title="Person"),
            Column(key="instead-of", title="Instead of"),
            Column(key="hours", title="Hours", number=True),
            Column(key="shifts", title="Shifts", number=True),
            Column(key="owed-hours", title="Still owed", number=True),
        ),
        rows=tuple(
            (
                Cell(value=person, text=names.get(person, person)),
                Cell(value=absent, text=names.get(absent, absent)),
                hours(sum(each.seconds for each in listed)),
                Cell(value=sum(each.shifts for each in listed), text=str(sum(each.shifts for each in listed))),
                hours(owed.get((absent, person), 0)),
            )
            for (person, absent), listed in sorted(
                pairs.items(), key=lambda each: (-sum(c.seconds for c in each[1]), each[0])
            )
        ),
        notes=("Still owed: what was given, less what the other gave back in the period.",),
    )
