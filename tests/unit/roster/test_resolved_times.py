"""Starts and ends that only their zone can compare: one with an offset and one without, or in a hole of clocks."""

from __future__ import annotations

from pathlib import Path

import pytest

from semantics_cases import compile_case

PEOPLE = "ada: {name: Ada, timezone: America/New_York}\ngrace: {name: Grace}\n"
SCHEDULE = """\
name: Ops
team: ops
timezone: Europe/Berlin
roles:
  primary:
    coverage: 24x7
    layers:
      - {id: weekly, from: 2026-01-05, every: 1 week, handoff: monday 09:00, members: [ada, grace]}
"""
OVERRIDE = "schedule: ops\nrole: primary\nperson: grace\n"
YEAR = (1_767_225_600, 1_798_761_600)


def findings(root: Path, **files: str) -> list[tuple[str, str, str]]:
    """Return rule, file and message of what a repository with some more files yields."""
    texts = {
        "policies/organization": "name: O\ntimezone: Europe/Berlin\n",
        "schedules/people": PEOPLE,
        "schedules/teams": "ops: {name: Ops}\n",
        "schedules/on-call/ops": SCHEDULE,
    }
    texts |= {key.replace("__", "/").replace("_", "-"): text for key, text in files.items()}
    for path, text in texts.items():
        file = root / f"{path}.yaml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return [(f.rule, f.place.file, f.message) for f in compile_case(root, YEAR).findings]


@pytest.mark.parametrize(
    ("times", "said"),
    [
        (
            "from: 2026-12-03T09:30:00Z\nuntil: 2026-12-03 10:00\n",
            "this starts Thu 3 Dec 2026 10:30 Europe/Berlin but ends Thu 3 Dec 2026 10:00 Europe/Berlin, before that",
        ),
        (
            "from: 2026-12-03 12:00\nuntil: 2026-12-03T12:00+02:00\n",
            "this starts Thu 3 Dec 2026 12:00 Europe/Berlin but ends Thu 3 Dec 2026 11:00 Europe/Berlin, before that",
        ),
        (
            "from: 2026-03-29 02:15\nuntil: 2026-03-29 02:45\n",
            "this starts and ends Sun 29 Mar 2026 03:00 Europe/Berlin, so it covers no time",
        ),
    ],
    ids=["offset first", "offset last", "in a hole"],
)
def test_an_override_that_runs_backwards(tmp_path: Path, times: str, said: str) -> None:
    found = findings(tmp_path, schedules__overrides__x=OVERRIDE + times)
    assert found == [("ends-before-it-starts", "schedules/overrides/x.yaml", said)]


@pytest.mark.parametrize(
    "times",
    [
        "from: 2026-12-03T08:30:00Z\nuntil: 2026-12-03 10:00\n",
        "from: 2026-12-03 12:00\nuntil: 2026-12-03T12:00Z\n",
        "from: 2026-03-29 02:15\nuntil: 2026-03-29 03:15\n",
    ],
)
def test_an_override_that_runs_forwards(tmp_path: Path, times: str) -> None:
    assert findings(tmp_path, schedules__overrides__x=OVERRIDE + times) == []


def test_time_off_is_judged_in_the_zone_of_the_person(tmp_path: Path) -> None:
    times = "- {from: 2026-12-03T14:30:00Z, until: 2026-12-03 09:00}\n"
    times += "- {from: 2026-12-04T14:30:00Z, until: 2026-12-04 10:00}\n"
    found = findings(tmp_path, schedules__time_off__ada=times)
    said = (
        "this starts Thu 3 Dec 2026 09:30 America/New_York but ends Thu 3 Dec 2026 09:00 America/New_York, before that"
    )
    assert found == [("ends-before-it-starts", "schedules/time-off/ada.yaml", said)]


def test_an_unstaffed_stretch(tmp_path: Path) -> None:
    added = SCHEDULE + "    unstaffed:\n      - {from: 2026-12-03T09:30:00Z, until: 2026-12-03 10:00}\n"
    found = findings(tmp_path, schedules__on_call__ops=added)
    assert [rule for rule, _, _ in found] == ["ends-before-it-starts"]
