"""The report of load: what each person carries in a period, and how far that is from the limits in force."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from watchbill.checks.wording import spell_share
from watchbill.checks.work_limits import SHARE_WEEKS, limits_in_force
from watchbill.insight.figures import PersonFigures
from watchbill.insight.loads import ANY
from watchbill.insight.measures import Measures
from watchbill.insight.peaks import Peak
from watchbill.model.workload import Threshold, WorkLimit
from watchbill.reports.table import Cell, Column, Table
from watchbill.roster.clock import HOUR
from watchbill.roster.windows import WEEK

_NOUNS = {"nights": "nights", "weekends": "weekends", "holidays": "holidays", "consecutive-days": "days in a row"}


def load_table(
    measures: Measures, people: Iterable[str], schedule: str | None, title: str, names: dict[str, str]
) -> Table:
    """Return one row for each person: hours in the period, then the worst figure of each limit against the limit.

    ``measures`` cover the period and nothing else. With ``schedule`` the hours are those of that schedule alone; limits
    always look at all schedules. ``names`` are how people are shown.
    """
    limits = [
        (limit, threshold) for limit in limits_in_force(measures.model) if (threshold := limit.warning or limit.error)
    ]
    found = {person: measures.figures(person, measures.horizon, schedule=schedule) for person in people}
    rows = [
        (
            Cell(value=person, text=names.get(person, person)),
            *_carried(figures),
            *(_against(measures, person, limit, threshold) for limit, threshold in limits),
            *_details(figures),
        )
        for person, figures in sorted(found.items(), key=lambda each: (-each[1].total.seconds, each[0]))
    ]
    return Table(
        title=title,
        columns=(
            Column(key="person", title="Person"),
            Column(key="hours", title="Hours", number=True),
            *(Column(key=_key(limit), title=_title(limit), number=True) for limit, _ in limits),
            *_DETAILS,
        ),
        rows=tuple(rows),
        notes=(
            "Beside each figure: how far it is above (+) or below (-) the limit. A share is that of the fullest "
            f"{SHARE_WEEKS} weeks of the period, other counts are those of the fullest window of the limit.",
            "Of days, nights, weekends and holidays the rules let one more pass, or as many as their `tolerance` says.",
        ),
    )


_DETAILS = tuple(
    Column(key=key, title=title, number=True, detail=True)
    for key, title in (
        ("share", "Share"),
        ("taken-over-hours", "Taken over"),
        ("nights", "Nights"),
        ("weekends", "Weekends"),
        ("holidays", "Holidays"),
        ("longest-run-days", "Days in a row"),
        ("shortest-rest-hours", "Shortest rest"),
        ("turns", "Turns"),
        ("outside-working-hours", "Outside working hours"),
        ("double-booked-hours", "Double booked"),
        ("weighted-hours", "Weighted hours"),
    )
)


def _carried(figures: PersonFigures) -> Iterator[Cell]:
    yield hours(figures.total.seconds, bar=float(figures.total.share))


def _details(figures: PersonFigures) -> Iterator[Cell]:
    total = figures.total
    yield Cell(value=round(float(total.share), 6), text=spell_share(total.share))
    yield hours(total.taken_over)
    for number in (total.nights, total.weekends, total.holidays, total.longest_run):
        yield Cell(value=number, text=str(number))
    yield Cell(value=None, text="-") if total.shortest_rest is None else hours(total.shortest_rest)
    yield Cell(value=total.turns, text=str(total.turns))
    yield hours(total.outside_working_hours)
    yield hours(figures.double_booked)
    yield hours(total.weighted)


def hours(seconds: int | Fraction, bar: float | None = None) -> Cell:
    """Return a cell of hours; people read whole ones, programs read hundredths."""
    exact = float(Fraction(seconds) / HOUR)
    return Cell(value=round(exact, 2), text=f"{exact:.0f} h", bar=bar)


def _key(limit: WorkLimit) -> str:
    return f"worst-{limit.measure}-{limit.role}"


def _title(limit: WorkLimit) -> str:
    role = "" if limit.role == ANY else f"{limit.role} "
    return f"{role}{_NOUNS.get(limit.measure, limit.measure)}".capitalize()


def _against(measures: Measures, person: str, limit: WorkLimit, threshold: Threshold) -> Cell:
    peak = worst(measures, person, limit, threshold)
    if limit.measure == "rest":
        return _rest(peak, threshold)
    number = peak.value if peak else 0
    if limit.measure == "share":
        share = Fraction(number, SHARE_WEEKS * WEEK)
        return Cell(value=round(float(share), 6), text=f"{spell_share(share)} ({_points(share - threshold.value)})")
    return Cell(value=number, text=f"{number} ({number - int(threshold.value):+d})")


def _rest(peak: Peak | None, threshold: Threshold) -> Cell:
    """Return the cell of a rest. How far it is above the limit tells nobody anything, so only the reverse is shown."""
    if peak is None:
        return Cell(value=None, text="-")
    rest = Fraction(peak.value, HOUR)
    below = float(rest - threshold.value / HOUR)
    return Cell(value=round(float(rest), 2), text=f"{float(rest):.0f} h" + (f" ({below:+.0f})" if below < 0 else ""))


def worst(measures: Measures, person: str, limit: WorkLimit, threshold: Threshold) -> Peak | None:
    """Return the worst figure of a person for a limit, covers and overrides included; ``None`` without any duty."""
    weeks = threshold.per_weeks or SHARE_WEEKS
    match limit.measure:
        case "share":
            return measures.most_seconds(person, limit.role, weeks=SHARE_WEEKS)
        case "consecutive-days":
            return measures.longest_run(person, limit.role)
        case "rest":
            return measures.shortest_rest(person, limit.role)
        case "nights":
            return measures.most_nights(person, limit.role, weeks=weeks)
        case "weekends":
            return measures.most_weekends(person, limit.role, weeks=weeks)
        case "holidays":
            return measures.most_holidays(person, limit.role, weeks=weeks)


def _points(share: Fraction) -> str:
    """Return a difference of shares in points of a per cent, with its sign, rounded up as shares are."""
    tenths = -(-share.numerator * 1000 // share.denominator)
    return f"{tenths / 10:+.1f}"
