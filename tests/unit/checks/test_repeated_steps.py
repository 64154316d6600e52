"""What is seen at a glance of an escalation policy, against a look at every shift."""

from __future__ import annotations

from random import Random

import pytest

from compiled_pages import compile_files
from watchbill.checks.notified import Notified
from watchbill.checks.repeated_steps import obviously_apart, repetition_by_shift
from watchbill.checks.rule import Facts
from watchbill.findings import Place
from watchbill.model.services import EscalationPolicy, Step, Target

PEOPLE = ("ada", "grace", "linus", "emmy", "alan", "sofia")
PLACE = Place(file="policies/escalation/p.yaml")


def _schedule(members: str, coverage: str, second: str = "") -> str:
    head = "name: S\nteam: one\ntimezone: Europe/Berlin\nroles:\n"
    layer = f"{{id: weekly, from: 2026-01-05, every: 1 week, handoff: monday 09:00, members: [{members}]{second}}}"
    return (
        f"{head}  primary:\n    coverage: {coverage}\n    layers:\n      - {layer}\n"
        f"  secondary:\n    coverage: {coverage}\n    follows: primary\n    turns-ahead: 1\n"
    )


FILES = {
    "schedules/people.yaml": "".join(f"{person}: {{name: {person.title()}}}\n" for person in PEOPLE),
    "schedules/teams.yaml": "one: {name: One, members: [ada, grace, linus, emmy]}\ntwo: {name: Two, members: [alan]}\n",
    "schedules/on-call/day.yaml": _schedule("ada, grace", "mon-fri 09:00-17:00", ", during: mon-fri 09:00-17:00"),
    "schedules/on-call/all.yaml": _schedule("linus, emmy, {together: [alan, sofia]}", "24x7"),
    "schedules/on-call/too.yaml": _schedule("emmy, alan, linus", "24x7"),
    "schedules/time-off/grace.yaml": "- {from: 2026-12-24, through: 2026-12-31}\n",
}
TARGETS = (
    *(Target(place=PLACE, kind="person", id=person) for person in PEOPLE),
    *(Target(place=PLACE, kind="team", id=team) for team in ("one", "two")),
    *(
        Target(place=PLACE, kind="schedule", id=schedule, role=role)
        for schedule in ("day", "all", "too")
        for role in (None, "primary", "secondary")
    ),
    Target(place=PLACE, kind="escalation", id="nobody"),
)


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory) -> Facts:
    made = compile_files(FILES, tmp_path_factory.mktemp("escalations"))
    return Facts(
        model=made.model,
        rosters=made.rosters,
        measures=made.measures,
        gaps=made.gaps,
        now=made.clock.now,
        judged=(made.clock.now, made.horizon[1]),
        options={},
    )


def _policy(chance: Random) -> EscalationPolicy:
    stages = [tuple(chance.sample(TARGETS, chance.choice((1, 1, 2)))) for _ in range(chance.choice((1, 2, 2, 3)))]
    last = chance.choice(TARGETS) if len(stages) == 1 or chance.random() < 0.5 else None
    steps = tuple(Step(place=PLACE, notify=stage, wait=300) for stage in stages)
    return EscalationPolicy(id="p", place=PLACE, name="P", steps=steps, last_resort=last)


def test_steps_that_are_apart_at_a_glance_are_apart_in_every_shift(facts: Facts) -> None:
    notified, chance = Notified(facts), Random(20261123)  # noqa: S311 - always the same policies
    apart = together = 0
    for _ in range(600):
        policy = _policy(chance)
        found = repetition_by_shift(policy, notified, facts)
        if obviously_apart(policy, notified, facts):
            assert found is None, policy
            apart += 1
        elif found is not None:
            together += 1
    assert apart > 60
    assert together > 60
