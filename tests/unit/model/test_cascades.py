"""One fault is told once, at its place, and takes no other findings along."""

from __future__ import annotations

from pathlib import Path

import pytest

from small_repository import FILES, model_of, with_change
from watchbill.findings import Finding
from watchbill.pipeline import compile_tree
from watchbill.source.limits import Limits
from watchbill.source.tree import DirectoryTree

NOW = 1_769_990_400  # Mon 2 Feb 2026
PEOPLE = "schedules/people.yaml"


def _findings(folder: Path, limits: Limits | None = None) -> list[Finding]:
    compilation = compile_tree(DirectoryTree(folder), now=NOW, limits=limits or Limits())
    return [located.finding for located in compilation.findings]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for path, text in FILES.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.fixture
def before(folder: Path) -> set[str]:
    """What is said about the repository while nothing is broken: its services are watched worse than they need."""
    return {finding.message for finding in _findings(folder)}


def _new(folder: Path, before: set[str]) -> list[Finding]:
    return [f for f in _findings(folder) if f.level.value == "error" and f.message not in before]


@pytest.mark.parametrize(
    ("path", "name"),
    [
        (PEOPLE, "schedules/people.yml"),
        (PEOPLE, "schedules/people"),
        ("policies/windows.yaml", "policies/windows.yml"),
        ("policies/windows.yaml", "policies/Windows.yaml"),
        ("schedules/teams/harbour.yaml", "schedules/teams/harbour.yml"),
        ("schedules/teams/harbour.yaml", "schedules/teams/HARBOUR.yaml"),
        ("schedules/teams/harbour.yaml", "schedules/teams/harbour"),
        ("schedules/teams/harbour.yaml", "schedules/teems/harbour.yaml"),
        ("policies/severities.yaml", "policies/severitys.yaml"),
        ("policies/services/cranes.yaml", "policies/services/cranes.json"),
    ],
)
def test_a_name_that_is_not_read_is_told_alone(folder: Path, before: set[str], path: str, name: str) -> None:
    content = (folder / path).read_bytes()
    (folder / path).unlink()
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_bytes(content)
    assert [f.place.file for f in _new(folder, before)] == [name]


@pytest.mark.parametrize("top", ["schedules", "policies"])
def test_a_folder_that_is_a_link_is_told_alone(folder: Path, before: set[str], top: str) -> None:
    (folder / top).rename(folder / "elsewhere")
    (folder / top).symlink_to("elsewhere")
    assert [(f.rule, f.place.file) for f in _new(folder, before)] == [("symlink", top)]


def test_a_folder_with_the_name_of_a_file_is_told_alone(folder: Path, before: set[str]) -> None:
    (folder / PEOPLE).unlink()
    (folder / PEOPLE).mkdir()
    (finding,) = _new(folder, before)
    assert finding.message == "`people.yaml` is a folder, and its name is that of a file"
    assert finding.help == "Rename it to `people`."


@pytest.mark.parametrize(
    "limits",
    [Limits(files=3, total_bytes=1_000_000, shifts=1_000_000), Limits(files=100, total_bytes=500, shifts=1_000_000)],
)
def test_a_repository_over_its_limits_is_told_alone(folder: Path, limits: Limits) -> None:
    (finding,) = _findings(folder, limits)
    assert finding.rule in ("too-many-files", "repository-too-large")


@pytest.mark.parametrize(
    ("path", "moved"),
    [
        ("schedules/teams/harbour.yaml", "schedules/people/harbour.yaml"),
        ("schedules/on-call/harbour.yaml", "schedules/people/harbour.yaml"),
        ("schedules/on-call/harbour.yaml", "policies/services/harbour.yaml"),
        ("policies/severities.yaml", "policies/incident-roles.yaml"),
        ("policies/workload.yaml", "policies/compensation.yaml"),
        ("policies/escalation/harbour.yaml", "policies/providers/harbour.yaml"),
    ],
)
def test_a_file_of_another_kind_is_told_where_it_belongs(path: str, moved: str) -> None:
    files = {name: text for name, text in FILES.items() if name != path} | {moved: FILES[path]}
    _, findings = model_of(files)
    (finding,) = [f for f in findings if f.place.file == moved]
    assert finding.rule == "wrong-place"
    assert path.rpartition("/")[0] in finding.help
    assert {f.place.file for f in findings} == {moved}


def test_a_list_of_another_kind_is_told_where_it_belongs() -> None:
    days = "".join(f"- from: 2026-05-0{day}\n  name: Day {day}\n" for day in range(1, 5))
    (finding,) = model_of({**FILES, "schedules/time-off/mary.yaml": days})[1]
    assert finding.rule == "wrong-place"
    assert "`schedules/holidays/mary.yaml`" in finding.help


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("schedules/time-off/mary.yaml", "kind: vacation", "name: vacation"),
        ("schedules/on-call/harbour.yaml", "team: harbour\n", "teem: harbour\n"),
        (PEOPLE, "name: Tycho Brahe", "member: Tycho Brahe"),
        ("policies/services/pilots.yaml", "team: harbour", "teams: harbour"),
    ],
)
def test_a_mistake_is_no_reason_to_send_a_file_elsewhere(path: str, old: str, new: str) -> None:
    _, findings = model_of(with_change(path, old, new))
    assert {f.rule for f in findings} <= {"unknown-key", "missing-key"}


def test_a_name_that_many_places_use_is_told_once() -> None:
    teams = {f"schedules/teams/t{n}.yaml": "name: T\nmembers: [vasco, mary]\n" for n in range(9)}
    _, findings = model_of(FILES | teams)
    (finding,) = findings
    assert finding.message == "there is no person `vasco`, named in 9 places"
    assert finding.place.file == "schedules/teams/t0.yaml"
    assert [label.place.file for label in finding.labels] == [f"schedules/teams/t{n}.yaml" for n in range(1, 5)]


def test_a_name_that_few_places_use_is_told_at_each() -> None:
    teams = {f"schedules/teams/t{n}.yaml": "name: T\nmembers: [vasco, mary]\n" for n in range(3)}
    assert len(model_of(FILES | teams)[1]) == 3


def test_settings_that_are_whole_stay_in_force() -> None:
    waivers = FILES["policies/checks.yaml"].replace(
        "waivers:\n", "waivers:\n  - rule: coverage-gap\n    subject: schedule/harbour\n    whom: mary\n"
    )
    model, findings = model_of({**FILES, "policies/checks.yaml": waivers.replace("uneven-load: warning", "x: never")})
    assert {f.rule for f in findings} == {"unknown-key", "missing-key", "wrong-value"}
    (waiver,) = model.checks.waivers
    assert waiver.place.path == ("waivers", 1)
    assert list(model.checks.rules) == ["coverage-gap"]


def test_a_tier_that_is_wrong_is_not_missed() -> None:
    _, findings = model_of(with_change("policies/organization.yaml", "acknowledge: 5 minutes", "acknowledge: soon"))
    assert [f.rule for f in findings] == ["wrong-value"]
