"""Words of a report of scenarios: what each claims, and what really holds."""

from __future__ import annotations

from collections.abc import Iterator

from watchbill.checks.wording import spell_count, spell_duration, spell_list, spell_stretch
from watchbill.findings import Place
from watchbill.model.repository import Model
from watchbill.reports.shift_causes import called, sentence, skipped
from watchbill.reports.terminal import shown
from watchbill.roster.clock import spell
from watchbill.scenarios.records import Call, HolderScenario, Outcome, RouteScenario

_MOST_CALLS = 12
_EVERYBODY = 50
"""So many names are told one by one."""


def titled(model: Model, outcome: Outcome) -> str:
    """Return what a scenario says, with its name before it if it has one."""
    name = outcome.scenario.name
    return f"{shown(name)}: {claim(model, outcome)}" if name else claim(model, outcome)


def claim(model: Model, outcome: Outcome) -> str:
    """Return what a scenario says, as a sentence without a period, on one line."""
    scenario = outcome.scenario
    when = spell(outcome.instant, outcome.timezone)
    if isinstance(scenario, HolderScenario):
        return f"{scenario.schedule}/{outcome.role or scenario.role} is {names(model, scenario.people)} at {when}"
    severity = f" {scenario.severity}" if scenario.severity else ""
    who = names(model, (scenario.reaches,) if scenario.reaches else ())
    within = f" within {spell_duration(scenario.within)}" if scenario.within is not None else ""
    return f"{scenario.service}{severity} reaches {who}{within} at {when}"


def names(model: Model, people: tuple[str, ...]) -> str:
    """Return several people with name and id; ``nobody`` if there are none."""
    return shown(spell_list([called(model, person) for person in people], _EVERYBODY)) or "nobody"


def truth(model: Model, outcome: Outcome) -> str:
    """Return what really holds, as a sentence without a period."""
    if outcome.unknown:
        return f"it cannot be told: the {outcome.unknown} is not understood; see `watchbill check`"
    scenario = outcome.scenario
    if isinstance(scenario, HolderScenario):
        holders = tuple(dict.fromkeys(shift.person for shift in outcome.shifts))
        return f"it is {names(model, holders)}"
    return _reached(model, scenario, outcome)


def _reached(model: Model, scenario: RouteScenario, outcome: Outcome) -> str:
    if scenario.reaches is None:
        call = next((call for call in outcome.calls if call.people), None)
        return "it reaches nobody" if call is None else f"it reaches {names(model, call.people)} {_when(call)}"
    who = names(model, (scenario.reaches,))
    call = next((call for call in outcome.calls if scenario.reaches in call.people), None)
    if call is None:
        return f"it does not reach {who}"
    return f"it reaches {who} {_when(call)}"


def _when(call: Call) -> str:
    if call.certain:
        return f"after {spell_duration(call.after)}" if call.after else "at once"
    return f"{f'after {spell_duration(call.after)} and ' if call.after else 'after '}a wait that no step says"


def why(model: Model, outcome: Outcome) -> Iterator[tuple[str, Place | None]]:
    """Yield what explains the truth, line by line, each with the place where it is written.

    Each line begins with a word of our own: a name that begins with ``::`` would be a command to GitHub's runner.
    """
    for skip in outcome.absent:
        yield f"missing: {shown(skipped(model, skip))}", skip.place
    for shift in outcome.shifts:
        stretch = spell_stretch((shift.start, shift.end), outcome.timezone)
        yield f"held by {shown(called(model, shift.person))} {stretch}", None
        yield f"because {shown(sentence(model, shift.cause))}", shift.cause.place
        for skip in shift.cause.skipped:
            yield f"passed over: {shown(skipped(model, skip))}", skip.place
    for call in outcome.calls[:_MOST_CALLS]:
        yield f"{_when(call)}: {names(model, call.people)}, as {_target(call)}", call.target.place
    if len(outcome.calls) > _MOST_CALLS:
        yield f"and {spell_count(len(outcome.calls) - _MOST_CALLS, 'more call')}", None


def _target(call: Call) -> str:
    target = call.target
    role = f"/{call.role}" if call.role and target.kind == "schedule" else ""
    return f"{target.kind} {target.id}{role}"


def summary(outcomes: int, failed: int, unread: int) -> str:
    """Return the last line of a report: how many scenarios hold."""
    faults = f"; {spell_count(unread, 'fault')} in the scenario files" if unread else ""
    if failed:
        return f"{failed} of {spell_count(outcomes, 'scenario')} {'fails' if failed == 1 else 'fail'}{faults}."
    if outcomes == 0:
        return f"No scenario was judged{faults}."
    holds = "1 scenario holds" if outcomes == 1 else f"All {outcomes} scenarios hold"
    return f"{holds}{faults}."
