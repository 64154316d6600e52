"""What the builders of pages share while one site is made: the compiled result, names, times and gaps by role."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Literal

from watchbill.checks.waivers import stretch_of
from watchbill.compilation import Compilation
from watchbill.findings import Level
from watchbill.insight.coverage import Gap
from watchbill.intervals import subtract, union
from watchbill.model.people import Person
from watchbill.site import addresses
from watchbill.site.fragments import Fragments
from watchbill.site.local_times import LocalTimes
from watchbill.site.pages import Link, Site, TimeText


class Edition:
    """One rendering of the site. Holds nothing that the compilation does not say; only remembers what was spelled."""

    def __init__(self, compilation: Compilation) -> None:
        self.compilation = compilation
        self.model = compilation.model
        self.now = compilation.clock.now
        self.times = LocalTimes()
        self.audience: Literal["public", "internal"] = compilation.model.organization.publish.audience
        self.names = _distinct({person.id: person.name for person in compilation.model.people.values()})
        self.schedules = _distinct({found.id: found.name for found in compilation.model.schedules.values()})
        self.fragments = Fragments(self.times, self.names, internal=self.audience == "internal")
        self._gaps: dict[tuple[str, str], list[Gap]] = {}
        for gap in sorted(compilation.gaps, key=lambda gap: gap.stretch):
            self._gaps.setdefault((gap.schedule, gap.role), []).append(gap)

    def gaps(self, schedule: str, role: str) -> Sequence[Gap]:
        """Return the gaps of a role in order of time."""
        return self._gaps.get((schedule, role), ())

    def zone_of(self, person: Person) -> str:
        """Return the zone of a person's page. Where somebody lives is not for the readers of a public site."""
        own = person.timezone if self.audience == "internal" else None
        return own or self.compilation.clock.timezone

    def accepted(self, gap: Gap) -> bool:
        """Say whether waivers cover a whole gap."""
        rule = "not-enough-responders" if gap.present else "coverage-gap"
        waived = union(
            stretch_of(waiver, self.compilation.clock.timezone)
            for waiver in self.model.checks.waivers
            if waiver.rule == rule and waiver.subject == f"schedule/{gap.schedule}"
        )
        return not subtract([gap.stretch], waived)

    def person(self, person_id: str) -> Link:
        """Return the link to a person; somebody without a record has an id and no page."""
        name = self.names.get(person_id)
        return Link(name=person_id) if name is None else Link(name=name, href=addresses.person(person_id))

    def schedule(self, schedule_id: str) -> Link:
        """Return the link to a schedule."""
        return Link(name=self.schedules[schedule_id], href=addresses.schedule(schedule_id))

    def own_time(self, instant: int) -> TimeText:
        """Return an instant in the organisation's zone."""
        return self.times.text(instant, self.compilation.clock.timezone)

    def site(self) -> Site:
        """Return what all pages share."""
        start, end = self.compilation.horizon
        levels = [located.finding.level for located in self.compilation.findings]
        return Site(
            organization=self.model.organization.name,
            audience=self.audience,
            now=self.own_time(self.now),
            published=(self.own_time(start), self.own_time(end)),
            watchbill=self.compilation.tools.watchbill,
            tzdata=self.compilation.tools.tzdata,
            holidays=self.compilation.tools.holidays,
            errors=levels.count(Level.ERROR),
            warnings=levels.count(Level.WARNING),
        )


def _distinct(names: Mapping[str, str]) -> dict[str, str]:
    """Return names by id, with the id behind a name that several have: at night nobody guesses which Anna is meant."""
    bearers = Counter(names.values())
    return {key: name if bearers[name] == 1 else f"{name} ({key})" for key, name in names.items()}
