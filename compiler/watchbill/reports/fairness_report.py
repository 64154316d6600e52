"""The report of fairness: how the people who share a rotation share its work, and who stood in for whom.

It counts as the rules of fairness do (``insight/sharing.py``): the same people are compared, by what is due to them.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence

from watchbill.checks.load import uneven_holidays, uneven_load, uneven_nights, uneven_weekends
from watchbill.checks.rule import Rule
from watchbill.checks.settings import options_of, profile_of
from watchbill.insight.covers import Covered, covers, debts
from watchbill.insight.measures import Measures
from watchbill.insight.sharing import FEW_TURNS, Burden, Sharing
from watchbill.reports.load_report import hours
from watchbill.reports.table import Cell, Column, Table
from watchbill.roster.clock import HOUR
from watchbill.roster.timeline import Roster

_RULES: tuple[tuple[Burden, Rule], ...] = (
    ("hours", uneven_load.RULE),
    ("nights", uneven_nights.RULE),
    ("weekends", uneven_weekends.RULE),
    ("holidays", uneven_holidays.RULE),
)


def rotation_tables(measures: Measures, schedules: Container[str], names: Mapping[str, str]) -> list[Table]:
    """Return a table for each rotation of some schedules: what each person carries, and what would be even.

    Below the rows stands the balance of each burden, as its rule finds it. ``measures`` cover the period and nothing
    else; ``names`` are how people are shown.
    """
    by_burden = [list(_shares(measures, burden, rule)) for burden, rule in _RULES]
    return [
        _table(measures, sharings, names)
        for sharings in zip(*by_burden, strict=True)
        if sharings[0].crew.schedule.id in schedules
    ]


def _shares(measures: Measures, burden: Burden, rule: Rule) -> Iterator[Sharing]:
    marks_of = {"nights": measures.nights, "weekends": measures.weekends, "holidays": measures.holidays}.get(burden)
    return measures.sharing.shares(burden, marks_of, turns=_option(measures, rule, "turns"))


def _option(measures: Measures, rule: Rule, name: str) -> int:
    return int(options_of(rule, measures.model, profile_of(measures.model))[name])


def _table(measures: Measures, sharings: tuple[Sharing, ...], names: Mapping[str, str]) -> Table:
    crew = sharings[0].crew
    part = "" if crew.whole else f", {', '.join(sorted(crew.layers))}"
    return Table(
        title=f"{crew.schedule.name} ({crew.schedule.id}), {crew.role.id}{part}",
        columns=(
            Column(key="person", title="Person"),
            Column(key="due", title="Due", number=True),
            *(Column(key=each.burden, title=each.burden.capitalize(), number=True) for each in sharings),
            *(Column(key=f"even-{each.burden}", title=f"Even {each.burden}", detail=True) for each in sharings),
        ),
        rows=tuple(_rows(sharings, names)),
        notes=tuple(
            _balance(each, _option(measures, rule, "warning-below"))
            for each, (_, rule) in zip(sharings, _RULES, strict=True)
            if any(each.carried.values())
        ),
    )


def _rows(sharings: tuple[Sharing, ...], names: Mapping[str, str]) -> Iterator[tuple[Cell, ...]]:
    """Yield a row for each person to whom something is due or who carries something, the most burdened first."""
    work = sharings[0]
    whole = sum(work.even.values()) or 1
    burdened = {person: work.carried[person] / (even or 1) for person, even in work.even.items()}
    most = max(burdened.values(), default=0) or 1
    for person in sorted(burdened, key=lambda each: (-burdened[each], each)):
        if work.even[person] or work.carried[person]:
            due = work.even[person] / whole
            yield (
                Cell(value=person, text=names.get(person, person)),
                Cell(value=round(due, 4), text=f"{due * 100:.1f} %"),
                *(_carried(each, person, burdened[person] / most) for each in sharings),
                *(_even(each, person) for each in sharings),
            )


def _carried(sharing: Sharing, person: str, bar: float) -> Cell:
    """Return the cell of what a person carries, and how far that is above or below what would be even."""
    carried, even = sharing.carried[person], sharing.even[person]
    if sharing.burden == "hours":
        cell = hours(carried)
        return Cell(value=cell.value, text=f"{cell.text} ({round((carried - even) / HOUR):+d})", bar=bar)
    return Cell(value=carried, text=f"{carried} ({round(carried - even, 1) + 0.0:+.1f})")


def _even(sharing: Sharing, person: str) -> Cell:
    even = sharing.even[person]
    return hours(round(even)) if sharing.burden == "hours" else Cell(value=round(even, 2), text=f"{even:.1f}")


def _balance(sharing: Sharing, least: int) -> str:
    noun = sharing.burden.capitalize()
    if not sharing.is_comparable:
        return f"{noun}: too few turns to compare; at least two people must have {FEW_TURNS} turns due."
    return f"{noun}: a balance of {int(sharing.evenness * 100)} %, where {least} % is the least."


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
            _cover(person, absent, listed, owed, names)
            for (person, absent), listed in sorted(
                pairs.items(), key=lambda each: (-sum(c.seconds for c in each[1]), each[0])
            )
        ),
        notes=("Still owed: what was given, less what the other gave back in the period.",),
    )


def _cover(
    person: str,
    absent: str,
    listed: Sequence[Covered],
    owed: Mapping[tuple[str, str], int],
    names: Mapping[str, str],
) -> tuple[Cell, ...]:
    shifts = sum(each.shifts for each in listed)
    return (
        Cell(value=person, text=names.get(person, person)),
        Cell(value=absent, text=names.get(absent, absent)),
        hours(sum(each.seconds for each in listed)),
        Cell(value=shifts, text=str(shifts)),
        hours(owed.get((absent, person), 0)),
    )
