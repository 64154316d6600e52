"""The answer of ``watchbill suggest cover``: who could take over which shift, and why in this order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction

from watchbill.checks.wording import spell_count, spell_duration, spell_share, spell_stretch
from watchbill.insight.prospects import ShiftToCover, StandInChoice
from watchbill.intervals import total
from watchbill.model.repository import Model
from watchbill.records import dataclass
from watchbill.reports.terminal import shown
from watchbill.roster.clock import DAY
from watchbill.roster.windows import WEEK

AROUND_WEEKS = 12
Spelling = Callable[[int, str], str]
"""Writes an instant in a zone."""
_IN_DAYS = 2 * DAY
"""Longer times are told in whole days."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A file with the overrides of the first choices; ``problem`` is what stands against it, else empty."""

    file: str
    text: str
    problem: str = ""


def text(model: Model, person: str, shifts: Sequence[ShiftToCover], proposal: Proposal | None) -> str:
    """Return the answer as text; all of the repository in it is made printable."""
    blocks = ["\n".join(_block(model, person, shift)) for shift in shifts]
    if proposal is not None:
        blocks.append("\n".join(_pasted(proposal)))
    return "\n\n".join(blocks) + "\n"


def _block(model: Model, person: str, shift: ShiftToCover) -> Iterator[str]:
    days = f", {spell_count(len(shift.pieces), 'piece')}" if len(shift.pieces) > 1 else ""
    yield (
        f"{_name(model, person)} holds {shift.schedule}/{shift.role} {spell_stretch(shift.stretch, shift.timezone)} "
        f"({_length(total(shift.pieces))}{days})."
    )
    if shift.written:
        yield f"  {shown(shift.written)} gives this; change it there, because one more override would not replace it."
        return
    possible = [choice for choice in shift.choices if not choice.refused]
    refused = [choice for choice in shift.choices if choice.refused]
    if not possible:
        yield "  Nobody can take this over."
    for number, choice in enumerate(possible, start=1):
        yield f"  {number}. {_name(model, choice.person)}"
        yield f"     {'; '.join(_reasons(choice, person, shift))}"
        for finding in choice.breaks:
            yield f"     {finding.level.value} {finding.rule}: {shown(finding.message)}"
    if refused:
        yield "  Not possible:"
    for choice in refused:
        yield f"     {_name(model, choice.person)} {choice.refused}"


def _reasons(choice: StandInChoice, person: str, shift: ShiftToCover) -> Iterator[str]:
    """Yield what the order is made of, in the order in which it weighs."""
    yield f"breaks {spell_count(len(choice.breaks), 'rule')}" if choice.breaks else "free, breaks no rule"
    if not choice.takes_turns:
        known = {True: "trained", False: "not trained, as far as is written", None: "training not written"}
        yield f"takes no turns in {shift.schedule}, {known[choice.trained]}"
    if choice.prefers_not:
        yield "would rather not then"
    if choice.owes:
        owed = _length(abs(choice.owes))
        yield f"owes {person} {owed}" if choice.owes > 0 else f"is owed {owed} by {person}"
    around = shift.stretch[1] - shift.stretch[0] + 2 * AROUND_WEEKS * WEEK
    own, others = (spell_share(Fraction(seconds, around)) for seconds in (choice.carried, choice.others))
    yield f"on call {own} of the time from {AROUND_WEEKS} weeks before to {AROUND_WEEKS} after, the others {others}"
    yield f"as {shift.role} {_rest(choice.rest_before, 'before')}, {_rest(choice.rest_after, 'after')}"
    if choice.night_seconds:
        yield f"{_length(choice.night_seconds)} of it are night in the own zone"


def _rest(seconds: int | None, side: str) -> str:
    if seconds is None:
        return f"nothing in the {AROUND_WEEKS} weeks {side}"
    return f"{_length(seconds)} of rest {side}" if seconds else f"no rest {side}"


def _length(seconds: int) -> str:
    return spell_count(seconds // DAY, "day") if seconds >= _IN_DAYS and seconds % DAY == 0 else _rounded(seconds)


def _rounded(seconds: int) -> str:
    if seconds >= _IN_DAYS:
        days, rest = divmod(seconds, DAY)
        return f"{spell_count(days, 'day')} {spell_count(rest // 3600, 'hour')}" if rest >= 3600 else f"{days} days"
    return spell_duration(seconds)


def _name(model: Model, person: str) -> str:
    known = model.people.get(person)
    return f"{shown(known.name)} ({person})" if known is not None else person


def _pasted(proposal: Proposal) -> Iterator[str]:
    if proposal.problem:
        yield f"The first choices together do not fit: {shown(proposal.problem)}"
        yield f"Look at them one by one before you write {proposal.file}:"
    else:
        yield f"The first choice, compiled and checked; write it to {proposal.file}:"
    yield ""
    yield proposal.text.rstrip("\n")


def as_data(model: Model, shifts: Sequence[ShiftToCover], spelled: Spelling) -> list[object]:
    """Return the shifts with their choices as plain data; ``spelled`` writes an instant in a zone."""
    return [
        {
            "schedule": shift.schedule,
            "role": shift.role,
            "timezone": shift.timezone,
            "pieces": [
                {"from": spelled(start, shift.timezone), "until": spelled(end, shift.timezone)}
                for start, end in shift.pieces
            ],
            "given-by": shift.written or None,
            "choices": [_choice(model, choice) for choice in shift.choices],
        }
        for shift in shifts
    ]


def _choice(model: Model, choice: StandInChoice) -> dict[str, object]:
    known = model.people.get(choice.person)
    found: dict[str, object] = {
        "person": choice.person,
        "name": known.name if known else choice.person,
        "possible": not choice.refused,
        "reason": choice.refused or None,
    }
    if choice.refused:
        return found
    return {
        **found,
        "breaks": [
            {"level": finding.level.value, "rule": finding.rule, "message": finding.message}
            for finding in choice.breaks
        ],
        "takes-turns": choice.takes_turns,
        "trained": choice.trained,
        "prefers-not": choice.prefers_not,
        "owes-seconds": choice.owes,
        "carried-seconds": choice.carried,
        "others-seconds": choice.others,
        "rest-before-seconds": choice.rest_before,
        "rest-after-seconds": choice.rest_after,
        "night-seconds": choice.night_seconds,
    }
