"""Scenarios made from the roster of the example: all that it says holds, and nothing else."""

from __future__ import annotations

import json
import random
from datetime import UTC, datetime
from pathlib import Path

from example_organisation import NOW, ROOT, whole
from scenario_repository import run

AT_NOW = datetime.fromtimestamp(NOW, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def scenarios(count: int) -> tuple[str, list[bool]]:
    """Return scenarios about random instants and roles, each followed by one that names somebody else."""
    chance = random.Random(11)  # noqa: S311
    compilation = whole()
    everybody = sorted(compilation.model.people)
    timelines = [timeline for roster in compilation.rosters.values() for timeline in roster.timelines.values()]
    lines: list[str] = []
    expected: list[bool] = []
    for _ in range(count):
        timeline = chance.choice(timelines)
        instant = chance.randrange(*compilation.horizon)
        holders = sorted({shift.person for shift in timeline.at(instant)})
        at = datetime.fromtimestamp(instant, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        head = f"- {{at: {at}, schedule: {timeline.schedule}, role: {timeline.role}"
        right = f"person: {holders[0]}" if len(holders) == 1 else f"together: [{', '.join(holders)}]"
        other = chance.choice([person for person in everybody if person not in holders])
        lines += [f"{head}, {right if holders else 'person: nobody'}}}", f"{head}, person: {other}}}"]
        expected += [True, False]
    return "\n".join(lines) + "\n", expected


def test_what_the_roster_says_holds_and_nothing_else(tmp_path: Path) -> None:
    text, expected = scenarios(150)
    (tmp_path / "all.yaml").write_text(text)
    result = run("test", "-C", str(ROOT), "--now", AT_NOW, "--format", "json", str(tmp_path / "all.yaml"))
    told = json.loads(result.output)
    assert [scenario["passed"] for scenario in told["scenarios"]] == expected
    assert told["findings"] == []
    assert (result.code, result.errors) == (1, "")
