"""The tables of ``watchbill capacity``: the need, the people, what a change would do, and what is found then."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from watchbill.checks.wording import spell_count, spell_role, spell_share
from watchbill.findings import Level
from watchbill.insight.prospects import Capacity, Outcome, Pool
from watchbill.model.repository import Model
from watchbill.reports.table import Cell, Column, Table
from watchbill.roster.clock import HOUR, spell

_HALF = Fraction(1, 2)

_ASSUMED = (
    "Assumed: people who are always there and in no other schedule, and the pattern of turns that is in force for most "
    "of the stretch. Each number of people was compiled, and judged by the rules of load.",
    "Vacations ask for nobody more: a warning looks at what is a person's own, and what is covered is not. So there "
    "are enough unless half a person or more is missing.",
)
_PART_TIME = (
    "Part-time: a person with a share of their own counts for it, measured against the share that everybody may have."
)
_LEAVING = (
    "Who leaves takes part until the next handoff; then the orders of all schedules go on without that person. A share "
    "is the largest in any 12 weeks, covers and overrides included."
)


def tables(capacity: Capacity, model: Model) -> tuple[Table, ...]:
    """Return the tables about one schedule."""
    found = [_needs(capacity, model), _people(capacity, model), _outcomes(capacity)]
    if any(outcome.appeared for outcome in capacity.outcomes):
        found.append(_findings(capacity))
    return tuple(found)


def _text(value: str) -> Cell:
    return Cell(value=value, text=value)


def _count(value: int | None, missing: str) -> Cell:
    return Cell(value=value, text=missing if value is None else str(value))


def _decimal(value: Fraction, unit: int = 1, suffix: str = "") -> Cell:
    return Cell(value=round(float(value), 4), text=f"{float(value * unit):.1f}{suffix}")


def _needs(capacity: Capacity, model: Model) -> Table:
    name = model.schedules[capacity.schedule].name
    return Table(
        title=f"People that {name} ({capacity.schedule}) needs, and has in the 52 weeks from "
        f"{spell(capacity.stretch[0], capacity.timezone)}",
        columns=(
            Column(key="rotations", title="rotation"),
            Column(key="windows", title="on call"),
            Column(key="needed", title="needed", number=True),
            Column(key="least", title="without an error", number=True),
            Column(key="now", title="today", number=True),
            Column(key="there", title="on average", number=True),
            Column(key="verdict", title="verdict"),
        ),
        rows=tuple(_need(pool) for pool in capacity.pools),
        notes=(*_reasons(capacity), *_ASSUMED),
    )


def _need(pool: Pool) -> tuple[Cell, ...]:
    need = pool.need
    too_many = f"over {need.most}"
    return (
        _text(", ".join(need.rotations)),
        _text("; ".join(dict.fromkeys(need.windows))),
        _count(need.needed, too_many),
        _count(need.least, too_many),
        _count(pool.now, ""),
        _decimal(pool.there),
        _text(_verdict(pool)),
    )


def _verdict(pool: Pool) -> str:
    needed = pool.need.needed
    if needed is None:
        return f"{pool.need.most} people are not enough: shorten the turns, or change the limits"
    spare = pool.there - needed
    if spare + _HALF <= 0:
        return f"too few, {_one_decimal(-spare)} more needed"
    return "enough" if spare < _HALF else f"enough, {_one_decimal(spare)} to spare"


def _one_decimal(value: Fraction) -> str:
    return f"{float(value):.1f}".removesuffix(".0")


def _reasons(capacity: Capacity) -> Iterator[str]:
    """Yield what would be found with one person less in each rotation."""
    for pool in capacity.pools:
        need = pool.need
        what = " and ".join(need.rotations)
        if need.needed is not None and need.because:
            less = spell_count(need.needed - 1, "person").replace("persons", "people")
            yield f"{what} with {less}: {need.because[0].message} ({need.because[0].rule})."
            yield from (f"And: {found.message} ({found.rule})." for found in need.because[1:])
        elif need.needed is not None:
            yield f"{what}: no limit asks for more; {need.needed} are needed so that somebody can stand in."
        elif need.because:
            yield f"{what} even with {need.most} people: {need.because[0].message} ({need.because[0].rule})."
    for rule in dict.fromkeys(finding.rule for finding in capacity.standing):
        people = [found.subject.removeprefix("person/") for found in capacity.standing if found.rule == rule]
        yield f"Found already, with the people and orders of today: {rule} ({', '.join(dict.fromkeys(people))})."
    if not capacity.pools and not capacity.unrotated:
        yield "No role of this schedule promises coverage, so it needs nobody."
    for role in capacity.unrotated:
        yield f"{role} has no rotation in these 52 weeks, so no number of people follows from it."


def _people(capacity: Capacity, model: Model) -> Table:
    attendances = [each for pool in capacity.pools for each in pool.people]
    part_time = any(each.part != 1 for each in attendances)
    return Table(
        title="Who is there",
        columns=(
            Column(key="person", title="person"),
            Column(key="name", title="name"),
            Column(key="rotations", title="rotation"),
            Column(key="present", title="present", number=True),
            Column(key="away", title="away", number=True),
            Column(key="counts", title="counts as", number=True),
        ),
        rows=tuple(
            (
                _text(each.person),
                _text(model.people[each.person].name if each.person in model.people else ""),
                _text(", ".join(pool.need.rotations)),
                _decimal(each.present, 100, " %"),
                _decimal(each.away, 100, " %"),
                Cell(value=round(float(each.present * each.part), 4), text=f"{float(each.present * each.part):.2f}"),
            )
            for pool in capacity.pools
            for each in pool.people
        ),
        notes=(_PART_TIME,) if part_time else (),
    )


def _outcomes(capacity: Capacity) -> Table:
    roles = [role for role in capacity.roles if any(role in outcome.busiest for outcome in capacity.outcomes)]
    left_out = f"{spell_count(capacity.left_out, 'person')} more were not looked at; name them with --without."
    return Table(
        title="What a change would do",
        columns=(
            Column(key="change", title="change"),
            Column(key="people", title="people", number=True),
            *(column for role in roles for column in _share_columns(role)),
            Column(key="gap-hours", title="gap hours", number=True),
            Column(key="errors", title="new errors", number=True),
            Column(key="warnings", title="new warnings", number=True),
        ),
        rows=tuple(_outcome(outcome, roles) for outcome in capacity.outcomes),
        notes=(_LEAVING, *([left_out] if capacity.left_out else [])),
    )


def _share_columns(role: str) -> tuple[Column, Column]:
    return (
        Column(key=f"share-{role}", title=f"most {spell_role(role)}", number=True),
        Column(key=f"busiest-{role}", title="by"),
    )


def _outcome(outcome: Outcome, roles: list[str]) -> tuple[Cell, ...]:
    shares: list[Cell] = []
    for role in roles:
        busiest = outcome.busiest.get(role)
        if busiest is None:
            shares += [Cell(value=None, text=""), Cell(value=None, text="")]
        else:
            shares.append(Cell(value=round(float(busiest.share), 4), text=spell_share(busiest.share)))
            shares.append(_text(busiest.person))
    levels = [finding.level for finding in outcome.appeared]
    return (
        _text(outcome.change),
        _count(outcome.people, ""),
        *shares,
        _decimal(Fraction(outcome.gap_seconds, HOUR)),
        _count(levels.count(Level.ERROR), ""),
        _count(levels.count(Level.WARNING), ""),
    )


def _findings(capacity: Capacity) -> Table:
    """Return what is found: of one change with all messages, of several by rule alone."""
    changes = [outcome for outcome in capacity.outcomes if outcome.appeared]
    single = len(capacity.outcomes) == 2
    columns = [
        Column(key="change", title="change"),
        Column(key="level", title="level"),
        Column(key="rule", title="rule"),
        Column(key="subject", title="about"),
    ]
    if single:
        columns.append(Column(key="message", title="message"))
    return Table(
        title="What would be found that is not found now",
        columns=tuple(columns),
        rows=tuple(row for outcome in changes for row in (_messages(outcome) if single else _rules(outcome))),
        notes=() if single else ("To read the messages, name one person with --without.",),
    )


def _messages(outcome: Outcome) -> Iterator[tuple[Cell, ...]]:
    for found in outcome.appeared:
        yield tuple(map(_text, (outcome.change, found.level.value, found.rule, found.subject, found.message)))


def _rules(outcome: Outcome) -> Iterator[tuple[Cell, ...]]:
    subjects: dict[tuple[str, str], dict[str, None]] = {}
    for found in outcome.appeared:
        subjects.setdefault((found.level.value, found.rule), {})[found.subject or found.place.file] = None
    for (level, rule), about in subjects.items():
        yield tuple(map(_text, (outcome.change, level, rule, ", ".join(about))))
