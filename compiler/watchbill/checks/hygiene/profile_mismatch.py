"""The organisation has grown out of the profile that it names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from watchbill.checks.rule import Facts, Option, Rule
from watchbill.checks.settings import LARGE, SMALL
from watchbill.findings import Finding, Level, Place
from watchbill.model.workload import Profile
from watchbill.roster.clock import zone

_FILE = "policies/workload.yaml"
_MOST: Mapping[Profile, int] = {"small": SMALL - 1, "medium": LARGE}
_NEXT: Mapping[Profile, Profile] = {"small": "medium", "medium": "large"}


def _judge(facts: Facts) -> Iterator[Finding]:
    profile = facts.model.workload.profile
    if profile is None or profile not in _MOST:
        return
    today = zone(facts.timezone).local(facts.now).day
    people = sum(person.left is None or person.left >= today for person in facts.model.people.values())
    most = _MOST[profile]
    if people * 100 > most * (100 + facts.number("tolerance")):
        yield Finding(
            rule=RULE.name,
            level=RULE.level,
            place=Place(file=_FILE, path=("profile",)),
            message=f"the profile is {profile}, which is meant for up to {most} people, but there are {people}",
            help=f"write `profile: {_NEXT[profile]}` and set the rules that are too strict yet one by one, "
            "or leave `profile` out, so that it follows the number of people",
        )


RULE = Rule(
    name="profile-mismatch",
    family="hygiene",
    summary="The organisation has grown out of the profile that it names.",
    since="0.1",
    level=Level.WARNING,
    status="stable",
    scope="organization",
    ages=True,
    options=(
        Option(
            name="tolerance",
            default=20,
            summary="How many per cent more people than a profile is meant for pass.",
        ),
    ),
    judge=_judge,
)
