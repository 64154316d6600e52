"""Hostile scenario files: nothing outside is read, nothing hidden is printed, nothing runs for ever."""

from __future__ import annotations

import json
import os
from pathlib import Path
from xml.etree import ElementTree

import pytest

from scenario_repository import FILES, judged_by, plant, run

HOSTILE = "x\x1b[2J ##[error]y ::error::z <b>&\u202e"


def test_hidden_characters_in_names_are_refused_and_shown_as_escapes(tmp_path: Path) -> None:
    written = json.dumps(HOSTILE)  # as a quoted YAML text with escapes
    for form in ("text", "json", "junit"):
        result = judged_by(
            tmp_path,
            f"- {{name: {written}, at: 2026-01-06 12:00, schedule: harbour, person: ada}}\n",
            None,
            "--format",
            form,
        )
        assert result.code == 1
        assert not set("\x1b\u202e") & set(result.output + result.errors)


@pytest.mark.parametrize("form", ["text", "json", "junit"])
def test_commands_of_a_runner_and_markup_stay_text(tmp_path: Path, form: str) -> None:
    name = '"##[error]y <b>& %0A ]]>"'
    people = FILES["schedules/people.yaml"].replace("name: Ada", 'name: "::error::Ada ##[group]"')
    result = judged_by(
        tmp_path,
        f"- {{name: {name}, at: 2026-01-06 12:00, schedule: harbour, person: grace}}\n",
        {"schedules/people.yaml": people},
        "--format",
        form,
    )
    assert result.code == 1
    assert "##[" not in result.output
    assert not [line for line in result.output.splitlines() if line.lstrip().startswith("::")]
    if form == "junit":
        assert ElementTree.fromstring(result.output).attrib["failures"] == "1"  # noqa: S314
    if form == "json":
        assert json.loads(result.output)["scenarios"][0]["name"] == "##[error]y <b>& %0A ]]>"


def test_links_are_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret.yaml"
    secret.write_text("- {at: 2026-01-06 12:00, schedule: secret-schedule, person: ada}\n")
    root = tmp_path / "repository"
    plant(root, {**FILES, "scenarios/README.md": ""})
    (root / "scenarios" / "link.yaml").symlink_to(secret)
    result = run("test", "-C", str(root), "--now", "2026-01-01")
    assert result.code == 1
    assert "symbolic link" in result.output
    assert "secret-schedule" not in result.output
    (root / "scenarios" / "link.yaml").unlink()
    (root / "scenarios" / "README.md").unlink()
    (root / "scenarios").rmdir()
    (root / "scenarios").symlink_to(tmp_path)
    result = run("test", "-C", str(root), "--now", "2026-01-01")
    assert result.code == 1
    assert "symbolic link" in result.output
    assert "secret-schedule" not in result.output


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    plant(tmp_path, {**FILES, "scenarios/README.md": ""})
    os.mkfifo(tmp_path / "scenarios" / "pipe.yaml")
    assert "is a named pipe" in run("test", "-C", str(tmp_path), "--now", "2026-01-01").output
    assert run("test", "-C", str(tmp_path), str(tmp_path / "scenarios" / "pipe.yaml"), "--now", "2026-01-01").code == 1


@pytest.mark.parametrize(
    "text",
    [
        "- &a {at: 2026-01-06 12:00, schedule: harbour, person: ada}\n- *a\n",
        "- !!python/object:os.system {at: x}\n",
        "[" * 5000,
        "\x00",
        "",
        "# only a comment\n",
        "- {at: 2026-01-06 12:00, schedule: harbour, person: ada}\n---\n- x\n",
        "- " + "a" * 9000 + "\n",
        "x" * 300_000,
    ],
)
def test_yaml_that_hides_or_floods_is_a_finding(tmp_path: Path, text: str) -> None:
    result = judged_by(tmp_path, text)
    assert result.code == 1, result
    assert "error[" in result.output
    assert "internal error" not in result.errors


def test_policies_that_multiply_come_to_an_end(tmp_path: Path) -> None:
    """Twenty policies, each of fifty steps that name all the others, repeated twenty times."""
    everybody = ", ".join(f"{{escalation: p{number}}}" for number in range(20))
    steps = f"  - {{notify: [{everybody}], wait: 1 second}}\n" * 50
    policies = {f"policies/escalation/p{n}.yaml": f"steps:\n{steps}repeat: 20\n" for n in range(20)}
    crane = FILES["policies/services/crane.yaml"].replace("escalation: harbour", "escalation: p0")
    result = judged_by(
        tmp_path,
        "- {at: 2026-01-06 12:00, service: crane, reaches: ada}\n",
        {**policies, "policies/services/crane.yaml": crane},
    )
    assert result.code == 1
    assert "it cannot be told: the escalation p" in result.output
