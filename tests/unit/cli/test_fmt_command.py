"""``watchbill fmt`` on files, folders and repositories: what it says, what it writes, and how it ends."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ODD, NEAT = (
    "- from:   2026-01-05   # why\n  through: '2026-01-06'\n",
    "- from: 2026-01-05     # why\n  through: 2026-01-06\n",
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for path, text in {
        "schedules/time-off/ada.yaml": ODD,
        "schedules/time-off/grace.yaml": "- from: 2026-01-05\n",
        "schedules/README.md": "#  not YAML\n",
        "elsewhere/other.yaml": ODD,
        ".github/workflow.yaml": ODD,
    }.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    return tmp_path


def fmt(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "watchbill", "fmt", *arguments]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False, cwd=root)


def test_check_lists_what_would_change_and_writes_nothing(root: Path) -> None:
    done = fmt(root, "--check")
    assert (done.returncode, done.stdout, done.stderr) == (1, "would format schedules/time-off/ada.yaml\n", "")
    assert (root / "schedules/time-off/ada.yaml").read_text() == ODD


def test_a_repository_is_formatted_in_its_three_folders_and_once_is_enough(root: Path) -> None:
    done = fmt(root)
    assert (done.returncode, done.stdout) == (0, "formatted schedules/time-off/ada.yaml\n")
    assert (root / "schedules/time-off/ada.yaml").read_text() == NEAT
    assert (root / "elsewhere/other.yaml").read_text() == ODD
    assert (root / ".github/workflow.yaml").read_text() == ODD
    again = fmt(root, "--check")
    assert (again.returncode, again.stdout) == (0, "")


def test_files_and_folders_can_be_named(root: Path) -> None:
    done = fmt(root, "elsewhere", "schedules/time-off/grace.yaml", "elsewhere/other.yaml")
    assert (done.returncode, done.stdout) == (0, "formatted elsewhere/other.yaml\n")
    assert (root / "schedules/time-off/ada.yaml").read_text() == ODD


def test_diff_prints_a_patch_that_git_applies(root: Path) -> None:
    done = fmt(root, "--diff")
    assert done.returncode == 0
    subprocess.run(["git", "apply"], input=done.stdout, text=True, check=True, cwd=root)
    assert (root / "schedules/time-off/ada.yaml").read_text() == NEAT


def test_a_broken_file_is_told_and_the_others_are_formatted(root: Path) -> None:
    (root / "schedules/broken.yaml").write_text("a: [\n")
    (root / "schedules/anchor.yaml").write_text("a: &b c\n")
    (root / "schedules/words.yaml").write_text("words\n")
    done = fmt(root)
    assert done.returncode == 1
    assert done.stdout == "formatted schedules/time-off/ada.yaml\n"
    assert [line.partition(":")[0] for line in done.stderr.splitlines()] == [
        "schedules/anchor.yaml",
        "schedules/broken.yaml",
        "schedules/words.yaml",
    ]
    assert (root / "schedules/broken.yaml").read_text() == "a: [\n"


def test_links_are_left_alone(root: Path) -> None:
    (root / "schedules/link.yaml").symlink_to(root / "elsewhere/other.yaml")
    (root / "schedules/folder").symlink_to(root / "elsewhere")
    done = fmt(root)
    assert done.returncode == 1
    assert "schedules/link.yaml: it is no regular file" in done.stderr
    assert (root / "elsewhere/other.yaml").read_text() == ODD


@pytest.mark.parametrize("path", ["missing", "missing.yaml"])
def test_a_path_that_is_not_there_is_wrong_usage(root: Path, path: str) -> None:
    done = fmt(root, path)
    assert done.returncode == 2
    assert "There is no file or folder" in done.stderr


def test_a_name_of_control_characters_is_printed_visibly(root: Path) -> None:
    (root / "elsewhere/a\x1b[31m.yaml").write_text(ODD)
    done = fmt(root, "elsewhere")
    assert done.returncode == 0
    assert "\x1b" not in done.stdout + done.stderr
