"""An escalation in which nobody acknowledges: whom it calls, and when, step by step.

A service calls its escalation policy; one without a policy calls the first role of its schedule, and that is all. A
severity that pages somebody does so at the same time. Targets reach people as the rules about escalation see it:
whoever holds a role, and people and teams as far as they are not away.
"""

from __future__ import annotations

from collections.abc import Iterable

from watchbill.compilation import Compilation
from watchbill.model.kinds import ALL
from watchbill.model.services import EscalationPolicy, Service, Target
from watchbill.scenarios.absences import absence
from watchbill.scenarios.records import Call

_DEEPEST = 8
"""How many policies that name policies are followed: loops are told by ``escalation-dead-end``."""

_MOST_CALLS = 20_000
"""So many calls of one escalation are followed; 50 steps with four targets each, repeated 20 times, have fewer."""


class Escalation:
    """One escalation of a service from an instant on (UTC seconds), for so many seconds.

    ``calls`` are in order of time. ``obscure`` names the first thing on the way that nobody could read, if any.
    """

    def __init__(
        self, compilation: Compilation, service: Service, severity: str | None, start: int, longest: int
    ) -> None:
        self._compilation, self._model = compilation, compilation.model
        self._severity, self._start, self._longest = severity, start, longest
        self._begun: set[tuple[str, int, bool]] = set()
        self._found: list[Call] = []
        self._left = _MOST_CALLS
        self.obscure = ""
        self._begin(service)
        self.calls = tuple(sorted(self._found, key=lambda call: (call.after, not call.certain)))

    def _begin(self, service: Service) -> None:
        policy = self._model.escalation.get(service.escalation or "")
        if policy is not None:
            self._follow(policy, 0, True, 0)
        elif service.schedule is not None:
            place = service.place.at("on-call", "schedule")
            self._call(Target(place=place, kind="schedule", id=service.schedule), 0, True, 0)
        severity = self._model.severities.get(self._severity or "")
        if severity is not None and severity.page is not None:
            self._call(severity.page, 0, True, 0)

    def _follow(self, policy: EscalationPolicy, after: int, certain: bool, depth: int) -> None:
        """Walk the steps of a policy, its repetitions and its last resort."""
        if depth >= _DEEPEST or (policy.id, after, certain) in self._begun:
            return
        self._begun.add((policy.id, after, certain))
        for _ in range(policy.repeat + 1):
            for number, step in enumerate(policy.steps, start=1):
                if after > self._longest or not self._left:
                    return
                self._notify(step.notify, after, certain, depth)
                if step.wait is not None:
                    after += step.wait
                elif number < len(policy.steps):
                    return  # the next step is never reached, as escalation-dead-end says
                else:
                    certain = False
        if policy.last_resort is not None:
            self._notify((policy.last_resort,), after, certain, depth)

    def _notify(self, targets: Iterable[Target], after: int, certain: bool, depth: int) -> None:
        if after <= self._longest:
            for target in targets:
                self._call(target, after, certain, depth)

    def _call(self, target: Target, after: int, certain: bool, depth: int) -> None:
        if not self._left:
            self.obscure = self.obscure or f"{target.kind} {target.id}"
            return
        self._left -= 1
        if (target.kind, target.id) in self._model.broken or (target.kind, ALL) in self._model.broken:
            self.obscure = self.obscure or f"{target.kind} {target.id}"
        elif target.kind == "escalation":
            policy = self._model.escalation.get(target.id)
            if policy is not None:
                self._follow(policy, after, certain, depth + 1)
        elif not target.severities or self._severity in target.severities:
            people, role = self._reached(target, self._start + after)
            self._found.append(Call(after=after, target=target, people=people, role=role, certain=certain))

    def _reached(self, target: Target, instant: int) -> tuple[tuple[str, ...], str]:
        """Return whom a target reaches at an instant, and the role of a schedule that was asked."""
        if target.kind == "schedule":
            return self._holders(target.id, target.role, instant)
        if target.kind == "incident-role":
            found = self._model.incident_roles.get(target.id)
            return self._holders(found.schedule if found else None, None, instant)
        team = self._model.teams.get(target.id) if target.kind == "team" else None
        named = (target.id,) if target.kind == "person" else team.members if team else ()
        known = (person for person in named if person in self._model.people)
        return tuple(person for person in known if absence(self._model, person, instant) is None), ""

    def _holders(self, schedule: str | None, role: str | None, instant: int) -> tuple[tuple[str, ...], str]:
        roster = self._compilation.rosters.get(schedule or "")
        if roster is None:
            if schedule is not None:
                self.obscure = self.obscure or f"schedule {schedule}"
            return (), role or ""
        asked = role or next(iter(roster.timelines), "")
        timeline = roster.timelines.get(asked)
        shifts = timeline.at(instant) if timeline is not None else []
        return tuple(dict.fromkeys(shift.person for shift in shifts)), asked
