"""The plain case: a good team of a few people with a weekly primary and a follower, as files, in any zone.

It has what a good team has: a service of the first tier with a runbook, an escalation that ends with a person, people
who can be reached and are trained. Nothing in it deserves a word of Watchbill's.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from files_tree import FilesTree
from oracle.wall_clock import written
from watchbill.compilation import Compilation
from watchbill.pipeline import compile_tree

COUNTRY_OF_ZONE = {
    "Europe/Berlin": "DE-BE",
    "America/New_York": "US-NY",
    "America/St_Johns": "CA-NL",
    "America/Santiago": "CL",
    "Africa/Casablanca": "MA",
    "Asia/Kolkata": "IN",
    "Asia/Tokyo": "JP",
    "Australia/Lord_Howe": "AU-NSW",
    "Pacific/Chatham": "NZ",
    "UTC": "GB",
}
"""Ten zones: clock changes in north and south, at midnight, of half an hour and around Ramadan; quarters; none."""

NAMES = ("ada", "grace", "linus", "margaret", "alan", "katherine")
FIRST_MONDAY = date(2026, 1, 5)
"""On which a rotation begins unless said otherwise: turn n begins n weeks later."""

_WEEK = timedelta(weeks=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    """Whole days in which the person with that number is on vacation."""

    person: int
    start: date
    through: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainTeam:
    """A team of ``size`` people. ``joins`` and ``leaves`` are Mondays from which one more, or one less, takes turns.

    Who joins has two months to learn; who leaves hands over on Monday and works until Friday.
    """

    zone: str = "Europe/Berlin"
    size: int = 4
    profile: str = "medium"
    country: str = ""
    absences: tuple[Absence, ...] = ()
    begins: date = FIRST_MONDAY
    joins: date | None = None
    leaves: date | None = None

    def files(self) -> dict[str, str]:
        """Return the repository: text by path."""
        everybody = self._everybody()
        return {
            "policies/organization.yaml": _ORGANIZATION.format(zone=self.zone),
            "policies/workload.yaml": f"profile: {self.profile}\n",
            "policies/services/checkout.yaml": _SERVICE,
            "policies/escalation/payments.yaml": _ESCALATION.format(last=everybody[0]),
            "schedules/people.yaml": "".join(self._person(name) for name in everybody),
            "schedules/teams/payments.yaml": f"name: Payments\nmembers: [{', '.join(everybody)}]\n",
            "schedules/on-call/payments.yaml": _SCHEDULE.format(zone=self.zone, versions=self._versions()),
            **{
                f"schedules/time-off/{NAMES[away.person]}.yaml": f"- {{from: {away.start}, through: {away.through}}}\n"
                for away in self.absences
            },
        }

    def compiled(self, day: date) -> Compilation:
        """Compile the team at 9 in the morning of a day."""
        return compile_tree(FilesTree(self.files()), now=written(self.zone, day, 9 * 3600))

    def _everybody(self) -> tuple[str, ...]:
        return NAMES[: self.size + (self.joins is not None) + (self.leaves is not None)]

    def _person(self, name: str) -> str:
        lines = [f"{name}:", f"  name: {name.title()} Example", f"  timezone: {self.zone}"]
        if self.country:
            lines.append(f"  holidays: {self.country}")
        newest = name == self._everybody()[-1]
        if self.leaves is not None and newest:
            lines.append(f"  left: {self.leaves + timedelta(days=4)}")
        if self.joins is not None and newest:
            lines.append(f"  joined: {self.joins - 8 * _WEEK}")
        trained = self.joins - 2 * _WEEK if self.joins is not None and newest else date(2025, 6, 2)
        lines.append(f"  trained: {{on-call: {trained}}}")
        lines.append(f'  contact: {{email: {name}@example.org, phone: "+49 30 5550 0{NAMES.index(name)}"}}')
        return "\n".join(lines) + "\n"

    def _versions(self) -> str:
        """Return one version, or two: the second order goes on where the first one stops."""
        everybody = self._everybody()
        changes = self.joins or self.leaves
        before = everybody[:-1] if self.joins else everybody
        versions = [_VERSION.format(start=self.begins, members=", ".join(before))]
        if changes is not None:
            turned = (changes - self.begins) // _WEEK % len(before)
            order = before[turned:] + before[:turned]
            after = [*order, everybody[-1]] if self.joins else [name for name in order if name != everybody[-1]]
            versions.append(_CHANGE.format(start=changes, members=", ".join(after)))
        return "".join(versions)


_ORGANIZATION = """\
name: Example
timezone: {zone}
tiers:
  1: {{coverage: {{primary: 24x7, secondary: 24x7}}, expectation: {{acknowledge: 5 minutes}}}}
"""
_SERVICE = """\
name: Checkout
team: payments
tier: 1
on-call: {schedule: payments, needs: {primary: 24x7, secondary: 24x7}}
escalation: payments
page: https://pager.example.org/checkout
runbook: https://runbooks.example.org/checkout
"""
_ESCALATION = """\
steps:
  - {{notify: [{{schedule: payments, role: primary}}], wait: 5 minutes}}
  - {{notify: [{{schedule: payments, role: secondary}}], wait: 10 minutes}}
  - notify: [{{team: payments}}]
last-resort: {{person: {last}}}
"""
_SCHEDULE = """\
name: Payments
team: payments
timezone: {zone}
roles:
  primary:
    coverage: 24x7
    layers:
      - id: weekly
        versions:
{versions}  secondary:
    coverage: 24x7
    follows: primary
    turns-ahead: 1
"""
_VERSION = """\
          - from: {start}
            every: 1 week
            handoff: monday 09:00
            members: [{members}]
"""
_CHANGE = """\
          - from: {start}
            members: [{members}]
"""
