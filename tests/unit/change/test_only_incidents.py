"""What is taken for a change of incident records alone, which no finding of a roster may hold up."""

from __future__ import annotations

from pathlib import Path

import pytest

from git_repositories import NOW, SICK, team

INCIDENT = "title: Cards refused\nseverity: sev1\ndeclared: 2026-11-20T10:00:00Z\n"
BROKEN = {
    "an unknown person": {"schedules/overrides/sick.yaml": SICK.replace("grace", "grce")},
    "no YAML": {"schedules/overrides/sick.yaml": "person: [\n"},
    "an unknown key": {"schedules/time-off/ada.yaml": "- {from: 2026-12-01, trough: 2026-12-02}\n"},
    "time off of nobody": {"schedules/time-off/zoe.yaml": "- {from: 2026-12-01, through: 2026-12-02}\n"},
}


@pytest.mark.parametrize("beside", [{}, {"incidents/2026/2026-11-20-cards.yaml": INCIDENT}], ids=["alone", "beside"])
@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN)
def test_what_cannot_be_understood_is_no_record_of_an_incident(
    tmp_path: Path, broken: dict[str, str], beside: dict[str, str]
) -> None:
    """It is missing from the model, so it changes nothing there; its error must be told all the same."""
    repository = team(tmp_path / "rosters")
    repository.commit({**broken, **beside})
    done = repository.run("check", ".", "--new-from", "main", "--format", "concise", *NOW)
    assert done.returncode == 1
    (path,) = broken
    assert f"{path}:" in done.stdout
