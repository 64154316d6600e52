"""What services need of their schedules: the needs that they state and those of their tier, as stretches."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from functools import cached_property

from watchbill.checks.nearness import waivable
from watchbill.checks.rule import Facts
from watchbill.checks.wording import spell_count, spell_duration
from watchbill.insight.coverage import days_off_of, unstaffed
from watchbill.intervals import Stretch, intersect, subtract, total, union
from watchbill.model.on_call import Requirement, Role, Schedule
from watchbill.model.services import Need, Service, Tier
from watchbill.roster.clock import HOUR
from watchbill.roster.windows import WEEK, DaysOff, stretches


class ServiceNeeds:
    """Reads needs and promises as sets of stretches from now to the end of the horizon."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts

    @cached_property
    def _holidays(self) -> Mapping[str, DaysOff]:
        return days_off_of(self._facts.model)

    def tier(self, service: Service) -> Tier | None:
        """Return the tier of a service, ``None`` if it has none or an unknown one."""
        return None if service.tier is None else self._facts.model.organization.tiers.get(service.tier)

    def schedule(self, service: Service) -> Schedule | None:
        """Return the schedule that watches a service, ``None`` without one."""
        return None if service.schedule is None else self._facts.model.schedules.get(service.schedule)

    def stretches(self, needs: Iterable[Need | Requirement], zone_name: str) -> list[Stretch]:
        """Return the set in which any of some needs or requirements is open."""
        windows = list({id(need.window): need.window for need in needs}.values())
        found = [stretches(window, zone_name, self._holidays, *self._facts.judged) for window in windows]
        return found[0] if len(found) == 1 else union(stretch for opened in found for stretch in opened)

    def needed(self, service: Service) -> list[Stretch]:
        """Return the set in which a service needs anybody: by its own needs, else its tier's, else by the promise."""
        schedule, tier = self.schedule(service), self.tier(service)
        zone_name = schedule.timezone if schedule else self._facts.timezone
        needs = service.needs or (tier.coverage if tier else ())
        if needs or schedule is None:
            return self.stretches(needs, zone_name)
        owed = [subtract(self.stretches(r.coverage, zone_name), unstaffed(schedule, r)) for r in schedule.roles]
        return union(stretch for of_role in owed for stretch in of_role)

    def beyond_promise(self, need: Need, schedule: Schedule, role: Role) -> list[Stretch]:
        """Return the set in which a need is open, and the role promises fewer responders or nobody."""
        left = self.beyond_pattern(need, schedule, role)
        if not role.unstaffed:
            return left
        not_owed = intersect(self.stretches([need], schedule.timezone), unstaffed(schedule, role))
        return union([*left, *not_owed])

    def beyond_pattern(self, need: Need, schedule: Schedule, role: Role) -> list[Stretch]:
        """Return what ``beyond_promise`` does, as if nothing were listed under ``unstaffed``."""
        enough = [requirement for requirement in role.coverage if requirement.responders >= need.responders]
        if any(requirement.window.parts == need.window.parts for requirement in enough):
            return []
        return subtract(self.stretches([need], schedule.timezone), self.stretches(enough, schedule.timezone))

    def waivable(self, missing: Sequence[Stretch]) -> Stretch | None:
        """Return the stretch that a waiver of a finding about a set must cover."""
        return waivable(missing, self._facts)

    def hours_a_week(self, missing: Sequence[Stretch]) -> str:
        """Spell how much a set is on average: ``128 hours a week``; as a sum where that is less than one."""
        length = max(self._facts.judged[1] - self._facts.judged[0], 1)
        hours = round(Fraction(total(missing) * WEEK, length * HOUR))
        return f"{spell_count(hours, 'hour')} a week" if hours else f"{spell_duration(total(missing))} in all"


def spell_need(need: Need | Requirement) -> str:
    """Spell a need: ``24x7``, ``24x7 with 2 responders``."""
    return need.window.text + (f" with {need.responders} responders" if need.responders > 1 else "")


def spell_promise(role: Role) -> str:
    """Spell what a role promises: ``business-hours``, ``nothing``."""
    return ", ".join(spell_need(requirement) for requirement in role.coverage) or "nothing"
