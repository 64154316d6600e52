"""The rules about services agree with a count, half hour by half hour, over random small organisations."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from compiled_pages import compile_files
from watchbill.compilation import Compilation
from watchbill.intervals import Stretch, contains
from watchbill.roster.clock import zone
from watchbill.roster.windows import stretches

PEOPLE = ("ada", "grace", "linus", "margaret")
ZONES = ("Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe")
WINDOWS = (
    "24x7",
    "[mon-fri 09:00-17:00]",
    "[mon-sun 22:00-06:00]",
    "[friday 17:00 - monday 09:00]",
    "[sun 01:30-03:30]",
)
RHYTHMS = (
    "every: 1 week, handoff: monday 09:00",
    "every: 1 day, handoff: 02:30",
    "every: 1 week, handoff: [monday 09:00, friday 17:00]",
)
STEPS = ("{schedule: payments}", "{schedule: payments, role: secondary}", "{person: ada}", "{team: payments}")
RULES = frozenset({"no-backup", "nobody-named", "coverage-below-tier"})
HALF_HOUR = 1800


def _layer(chance: random.Random, name: str) -> str:
    members = ", ".join(chance.sample(PEOPLE, chance.randint(1, 3)))
    during = f", during: {chance.choice(WINDOWS)}" if chance.random() < 0.5 else ""
    return f"      - {{id: {name}, from: 2026-01-05, {chance.choice(RHYTHMS)}{during}, members: [{members}]}}\n"


def _schedule(chance: random.Random, zone_name: str) -> str:
    layers = "".join(_layer(chance, f"layer-{number}") for number in range(chance.randint(1, 2)))
    other = "    follows: primary\n" if chance.random() < 0.5 else f"    layers:\n{_layer(chance, 'other')}"
    return (
        f"name: Payments\nteam: payments\ntimezone: {zone_name}\nroles:\n"
        f"  primary:\n    coverage: {chance.choice(WINDOWS)}\n    layers:\n{layers}"
        f"  secondary:\n    coverage: {chance.choice(WINDOWS)}\n{other}" + chance.choice(("", "distinct: []\n"))
    )


def _organisation(chance: random.Random, zone_name: str, step: str) -> dict[str, str]:
    return {
        "schedules/on-call/payments.yaml": _schedule(chance, zone_name),
        "schedules/people.yaml": "".join(f"{name}: {{name: {name.title()} Example}}\n" for name in PEOPLE),
        "schedules/teams.yaml": "payments: {name: Payments, members: [ada, grace]}\n",
        "schedules/time-off/ada.yaml": "- {from: 2026-12-07, through: 2026-12-13}\n",
        "policies/organization.yaml": f"name: Example\ntimezone: {zone_name}\n"
        "publish: {past: 7 days, future: 60 days}\n",
        "policies/services/checkout.yaml": "name: Checkout\nteam: payments\ntier: 1\nescalation: payments\n"
        f"on-call: {{schedule: payments, needs: {{primary: {chance.choice(WINDOWS)}}}}}\n",
        "policies/escalation/payments.yaml": f"steps:\n  - notify: [{step}]\n    wait: 5 minutes\n"
        "  - notify: [{team: payments}]\n",
    }


def _counted(compilation: Compilation, zone_name: str, step: str) -> Iterator[str]:
    """Yield the rules that have something to say, for each half hour in which the service needs somebody."""
    low, high = compilation.clock.now, compilation.horizon[1]
    roles = compilation.model.schedules["payments"].roles
    promised = {role.id: stretches(role.coverage[0].window, zone_name, {}, low, high) for role in roles}
    needed = stretches(compilation.model.services["checkout"].needs[0].window, zone_name, {}, low, high)
    shifts = {role: list(timeline) for role, timeline in compilation.rosters["payments"].timelines.items()}
    place = zone(zone_name)
    away: list[Stretch] = [(place.midnight(date(2026, 12, 7)), place.midnight(date(2026, 12, 14)))]
    for instant in range(low, high, HALF_HOUR):
        if not contains(needed, instant):
            continue
        held = {role: {s.person for s in found if s.start <= instant < s.end} for role, found in shifts.items()}
        gaps = {role for role, people in held.items() if contains(promised[role], instant) and not people}
        if not contains(promised["primary"], instant):
            yield "coverage-below-tier"
        if not gaps and len(set().union(*held.values())) < 2:
            yield "no-backup"
        if "schedule" in step:
            role = "secondary" if "secondary" in step else "primary"
            if not held[role] and role not in gaps:
                yield "nobody-named"
        elif "ada" in step and contains(away, instant):
            yield "nobody-named"


@pytest.mark.parametrize("seed", [*range(6), *(pytest.param(seed, marks=pytest.mark.deep) for seed in range(6, 200))])
def test_the_rules_say_what_a_count_says(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)  # noqa: S311
    zone_name, step = chance.choice(ZONES), chance.choice(STEPS)
    compilation = compile_files(_organisation(chance, zone_name, step), tmp_path)
    found = {located.finding.rule for located in compilation.findings} & RULES
    assert found == set(_counted(compilation, zone_name, step))
