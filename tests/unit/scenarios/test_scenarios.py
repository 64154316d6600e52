"""``watchbill test``: whom a scenario finds on call, whom an escalation reaches and when, worked out by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from scenario_repository import FILES, judged_by, plant, run

HOLDERS = [
    ("2026-01-05 09:00", "schedule: harbour, person: ada", True),
    ("2026-01-05 08:59", "schedule: harbour, person: nobody", True),
    ("2026-01-05 08:59", "schedule: harbour, person: ada", False),
    ("2026-01-05T08:00Z", "schedule: harbour, person: ada", True),
    ("2026-01-05T07:59:59Z", "schedule: harbour, person: nobody", True),
    ("2026-01-12 09:00", "schedule: harbour, role: primary, person: grace", True),
    ("2026-01-12 09:00", "schedule: harbour, role: secondary, person: linus", True),
    ("2026-01-06 09:00", "schedule: harbour, role: secondary, person: grace", True),
    # The zone is that of the schedule: 09:00 in New York is 15:00 in Berlin.
    ("2026-01-05 08:59", "schedule: command, person: nobody", True),
    ("2026-01-05T14:59+01:00", "schedule: command, person: nobody", True),
    ("2026-01-05T15:00+01:00", "schedule: command, person: margaret", True),
    # A group holds a turn together; each alone is not the answer.
    ("2026-01-12 12:00", "schedule: harbour, role: pair, together: [margaret, linus]", True),
    ("2026-01-12 12:00", "schedule: harbour, role: pair, person: linus", False),
    # linus is away until the 9th: margaret alone.
    ("2026-01-06 12:00", "schedule: harbour, role: pair, person: margaret", True),
    # Far away, beyond what is published: 2099-01-05 is a Monday, 3,809 weeks after the first.
    ("2099-01-05 09:00", "schedule: harbour, person: linus", True),
    ("1970-01-02 09:00", "schedule: harbour, person: nobody", True),
]


@pytest.mark.parametrize(("at", "rest", "holds"), HOLDERS)
def test_who_holds_a_role(tmp_path: Path, at: str, rest: str, holds: bool) -> None:
    result = judged_by(tmp_path, f"- {{at: {at}, {rest}}}\n")
    assert result.output.split()[0] == ("PASS" if holds else "FAIL"), result
    assert result.code == (0 if holds else 1)


ROUTES = [
    # The week of ada; grace follows. Steps at 0, 5, 15 minutes, again at 30, 35, 45, and the last resort at 60.
    ("service: crane, reaches: ada, within: 1 second", True),
    ("service: crane, reaches: grace, within: 5 minutes", True),
    ("service: crane, reaches: grace, within: 299 seconds", False),
    # linus is away on 6 January, so the team reaches ada and grace alone.
    ("service: crane, reaches: linus", False),
    ("service: crane, reaches: margaret, within: 60 minutes", True),
    ("service: crane, reaches: margaret, within: 59 minutes", False),
    # The commander is called for sev1 alone.
    ("service: crane, severity: sev1, reaches: margaret, within: 15 minutes", True),
    ("service: crane, severity: sev1, reaches: margaret, within: 14 minutes", False),
    ("service: crane, severity: sev2, reaches: margaret, within: 15 minutes", False),
    # A severity pages somebody at once.
    ("service: crane, severity: sev1, reaches: noether, within: 1 minute", True),
    ("service: crane, severity: sev2, reaches: noether", False),
    # A service without a policy calls the first role of its schedule, and that is all.
    ("service: buoy, reaches: ada, within: 1 minute", True),
    ("service: buoy, reaches: grace", False),
    ("service: crane, reaches: nobody", False),
]


@pytest.mark.parametrize(("rest", "holds"), ROUTES)
def test_whom_an_escalation_reaches(tmp_path: Path, rest: str, holds: bool) -> None:
    result = judged_by(tmp_path, f"- {{at: 2026-01-06 12:00, {rest}}}\n")
    assert result.output.split()[0] == ("PASS" if holds else "FAIL"), result


def test_holders_are_asked_at_the_moment_of_their_step(tmp_path: Path) -> None:
    """A step that falls after the handoff calls who holds the role then: linus, who follows grace."""
    at = "at: 2026-01-12 08:57, service: crane"
    text = f"- {{{at}, reaches: linus, within: 5 minutes}}\n- {{{at}, reaches: ada, within: 4 minutes}}\n"
    assert judged_by(tmp_path, text).code == 0


def test_nobody_is_reached_before_anybody_is_on_call(tmp_path: Path) -> None:
    result = judged_by(tmp_path, "- {at: 2026-01-04 12:00, service: buoy, reaches: nobody, within: 10 minutes}\n")
    assert result.code == 0


CHANGED = [
    # A policy that hands over to another begins its steps there.
    (
        "steps:\n  - {notify: [{person: ada}], wait: 5 minutes}\n  - {notify: [{escalation: deep}]}\n",
        "reaches: noether, within: 15 minutes",
        True,
    ),
    # In a circle each is asked once a moment, and the walk ends.
    (
        "steps:\n  - {notify: [{escalation: deep}], wait: 5 minutes}\n  - {notify: [{escalation: harbour}], "
        "wait: 1 minute}\nrepeat: 20\n",
        "reaches: margaret",
        False,
    ),
    # A step without a wait ends the way to the next one.
    (
        "steps:\n  - {notify: [{person: ada}]}\n  - {notify: [{person: grace}]}\nlast-resort: {person: linus}\n",
        "reaches: grace",
        False,
    ),
    # A last step without a wait leaves open when the last resort is called: some time, but not surely in time.
    ("steps:\n  - {notify: [{person: ada}]}\nlast-resort: {person: grace}\n", "reaches: grace", True),
    ("steps:\n  - {notify: [{person: ada}]}\nlast-resort: {person: grace}\n", "reaches: grace, within: 1 hour", False),
    # Waits of years are followed for seven days.
    (
        "steps:\n  - {notify: [{person: ada}], wait: 8 days}\nlast-resort: {person: grace}\n",
        "reaches: grace",
        False,
    ),
    ("steps:\n  - {notify: [{person: linus}]}\n", "reaches: nobody", True),
]


@pytest.mark.parametrize(("policy", "rest", "holds"), CHANGED)
def test_other_policies(tmp_path: Path, policy: str, rest: str, holds: bool) -> None:
    changes = {
        "policies/escalation/harbour.yaml": policy,
        "policies/escalation/deep.yaml": "steps:\n  - {notify: [{person: linus}], wait: 10 minutes}\n"
        "  - {notify: [{person: noether}]}\n",
    }
    result = judged_by(tmp_path, f"- {{at: 2026-01-06 12:00, service: crane, {rest}}}\n", changes)
    assert result.output.split()[0] == ("PASS" if holds else "FAIL"), result


FAULTS = [
    ("- at: 2026-01-06\n  schedule: harbour\n  person: ada\n", "1:7", "names a day and no time"),
    ("- at: 2026-02-30 10:00\n  schedule: harbour\n  person: ada\n", "1:7", "the calendar has no day"),
    ("- at: 2026-01-06 10:00\n  schedule: harbour\n", "1:3", "does not say who it is"),
    (
        "- at: 2026-01-06 10:00\n  schedule: harbour\n  person: ada\n  together: [ada]\n",
        "4:3",
        "both say who it is",
    ),
    ("- at: 2026-01-06 10:00\n  schedule: harbour\n  together: [nobody, ada]\n", "3:13", "nobody is together"),
    ("- at: 2026-01-06 10:00\n  schedule: harbor\n  person: ada\n", "2:13", "there is no schedule `harbor`"),
    ("- at: 2026-01-06 10:00\n  schedule: harbour\n  role: primry\n  person: ada\n", "3:9", "has no role `primry`"),
    ("- at: 2026-01-06 10:00\n  schedule: harbour\n  person: ad\n", "3:11", "there is no person `ad`"),
    ("- at: 2026-01-06 10:00\n  schedule: harbour\n  persn: ada\n", "3:3", "no key `persn`"),
    (
        "- at: 2026-01-06 10:00\n  schedule: harbour\n  service: crane\n  person: ada\n",
        "3:3",
        "no key `service` beside `schedule`",
    ),
    ("- at: 2026-01-06 10:00\n  service: crain\n  reaches: ada\n", "2:12", "there is no service `crain`"),
    ("- at: 2026-01-06 10:00\n  service: crane\n  reaches: ada\n  severity: sev9\n", "4:13", "there is no severity"),
    ("- at: 2026-01-06 10:00\n  service: crane\n  reaches: ada\n  within: 10m\n", "4:11", "10m"),
    ("- at: 2026-01-06 10:00\n  service: crane\n  reaches: ada\n  within: 8 days\n", "4:11", "longer than 7 days"),
    ("- at: 2100-12-31 23:59\n  service: crane\n  reaches: ada\n", "1:7", "outside of the years"),
    ("- at: 1970-01-01 00:00\n  schedule: harbour\n  person: ada\n", "1:7", "outside of the years"),
    ("at: 2026-01-06 10:00\nschedule: harbour\nperson: ada\n", "1:1", "not a list"),
    ("- at: 2026-01-06 10:00\n  at: 2026-01-06 11:00\n", "2:3", "a second time"),
    ("[]\n", "1:1", "empty list"),
    ("- 5\n", "1:3", "mapping"),
]


@pytest.mark.parametrize(("text", "place", "said"), FAULTS)
def test_what_is_no_scenario_is_told_with_its_place(tmp_path: Path, text: str, place: str, said: str) -> None:
    result = judged_by(tmp_path, text)
    assert result.code == 1
    assert f"scenarios/all.yaml:{place}\n" in result.output, result.output
    assert said in result.output
    assert "help: " in result.output


def test_a_fault_in_one_scenario_spoils_no_other(tmp_path: Path) -> None:
    good = "- {at: 2026-01-06 12:00, schedule: harbour, person: ada}\n"
    result = judged_by(tmp_path, f"{good}- {{at: 2026-01-06 12:00, schedul: harbour, person: ada}}\n{good}")
    assert result.output.count("PASS") == 2
    assert "All 2 scenarios hold; 1 fault in the scenario files." in result.output
    assert result.code == 1


def test_what_nobody_could_read_cannot_be_told(tmp_path: Path) -> None:
    changes = {"schedules/on-call/harbour.yaml": "name: Harbour\nteam: harbour\nrols: {}\n"}
    text = (
        "- {at: 2026-01-06 12:00, schedule: harbour, person: ada}\n"
        "- {at: 2026-01-06 12:00, service: crane, reaches: ada}\n"
    )
    result = judged_by(tmp_path, text, changes)
    assert result.output.count("it cannot be told: the s") == 2, result.output
    assert result.code == 1
    assert "This repository has" in result.errors


def test_paths_name_files_and_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    good = "- {at: 2026-01-06 12:00, schedule: harbour, person: ada}\n"
    plant(tmp_path, {**FILES, "tests/a.yaml": good, "tests/deep/b.yaml": good, "tests/README.md": "", "c.yaml": good})
    monkeypatch.chdir(tmp_path)
    result = run("test", "tests", "c.yaml", "--now", "2026-01-01")
    assert [line.split()[1] for line in result.output.splitlines()[:3]] == [
        "c.yaml:1:3:",
        "tests/a.yaml:1:3:",
        "tests/deep/b.yaml:1:3:",
    ]
    assert result.code == 0


def test_a_repository_means_its_scenarios(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    good = "- {at: 2026-01-06 12:00, schedule: harbour, person: ada}\n"
    plant(tmp_path, {**FILES, "scenarios/a.yaml": good, ".git/x": ""})
    monkeypatch.chdir(tmp_path)
    result = run("test", ".", "--now", "2026-01-01")
    assert (result.code, result.output.split()[1]) == (0, "scenarios/a.yaml:1:3:")


def test_nothing_to_test_is_wrong_usage(tmp_path: Path) -> None:
    plant(tmp_path, FILES)
    assert run("test", "-C", str(tmp_path)).code == 2
    assert "no folder 'scenarios'" in run("test", "-C", str(tmp_path)).errors
    (tmp_path / "scenarios").mkdir()
    assert run("test", "-C", str(tmp_path)).code == 2
    assert run("test", "-C", str(tmp_path), str(tmp_path / "missing.yaml")).code == 2
