"""`watchbill init`: what it writes, and that it writes all or nothing."""

from __future__ import annotations

import io
import resource
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import pytest

from watchbill.cli import boundary


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    exit_code: int | str | None
    output: str


def run(folder: Path, *options: str) -> Result:
    """Run the command as a user does; the output is both streams, errors last."""
    output, errors = io.StringIO(), io.StringIO()
    with redirect_stdout(output), redirect_stderr(errors), pytest.raises(SystemExit) as left:
        boundary.run(["init", str(folder), *options])
    return Result(exit_code=left.value.code, output=output.getvalue() + errors.getvalue())


def tree(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}


@pytest.mark.parametrize("name", ["demo", "a/b/demo", "with space"])
def test_writes_the_starter_into_a_new_folder(tmp_path: Path, name: str) -> None:
    result = run(tmp_path / name)
    assert result.exit_code == 0, result.output
    assert {entry.name for entry in (tmp_path / name).iterdir()} == {
        ".github", ".gitignore", "README.md", "incidents", "policies", "schedules"
    }  # fmt: skip
    assert f"Next: cd {tmp_path / name}" in result.output


@pytest.mark.parametrize(
    ("service", "written"),
    [
        ("github", {".github"}),
        ("gitlab", {".gitlab-ci.yml"}),
        ("none", set()),
    ],
)
def test_writes_the_pipelines_of_one_service(tmp_path: Path, service: str, written: set[str]) -> None:
    assert run(tmp_path, "--pipelines", service).exit_code == 0
    assert {path.name for path in tmp_path.glob(".git[hl]*")} == written


def test_every_pipeline_of_github_is_there(tmp_path: Path) -> None:
    run(tmp_path)
    names = {path.name for path in (tmp_path / ".github" / "workflows").iterdir()}
    assert names == {"watchbill.yml"} | {
        f"watchbill-{name}.yml" for name in ("comment", "publish", "refresh", "nightly")
    }


def test_every_file_is_named(tmp_path: Path) -> None:
    output = run(tmp_path / "demo").output
    for path in (tmp_path / "demo").rglob("*"):
        if path.is_file():
            assert f"wrote {path}\n" in output


def test_no_file_of_the_starter_holds_a_placeholder(tmp_path: Path) -> None:
    run(tmp_path)
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len(files) > 8
    assert not [path for path in files if b"@" + b"VERSION" in path.read_bytes()]


def test_keeps_a_readme_and_what_else_is_there(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("mine")
    (tmp_path / ".github" / "workflows").mkdir(parents=True)
    (tmp_path / ".github" / "workflows" / "other.yml").write_text("other")
    result = run(tmp_path)
    assert result.exit_code == 0, result.output
    assert (tmp_path / "README.md").read_text() == "mine"
    assert (tmp_path / ".github" / "workflows" / "other.yml").read_text() == "other"
    assert (tmp_path / ".github" / "workflows" / "watchbill.yml").is_file()
    assert f"kept  {tmp_path / 'README.md'}" in result.output


@pytest.mark.parametrize("taken", ["schedules", "policies", "incidents", ".github/workflows/watchbill.yml"])
def test_refuses_to_overwrite_and_names_what_is_there(tmp_path: Path, taken: str) -> None:
    (tmp_path / taken).mkdir(parents=True)
    before = tree(tmp_path)
    result = run(tmp_path)
    assert result.exit_code == 2
    assert f"has {taken} already" in result.output
    assert tree(tmp_path) == before


def test_a_dangling_link_is_in_the_way_too(tmp_path: Path) -> None:
    (tmp_path / "schedules").symlink_to(tmp_path / "nowhere")
    result = run(tmp_path)
    assert result.exit_code == 2
    assert "has schedules already" in result.output


def test_a_second_time_changes_nothing(tmp_path: Path) -> None:
    run(tmp_path)
    before = tree(tmp_path)
    assert run(tmp_path).exit_code == 2
    assert tree(tmp_path) == before


def test_refuses_a_file(tmp_path: Path) -> None:
    (tmp_path / "demo").write_text("")
    result = run(tmp_path / "demo")
    assert result.exit_code == 2
    assert "is a file" in result.output


@pytest.mark.parametrize("exists", [True, False])
def test_leaves_nothing_behind_when_the_disk_is_full(tmp_path: Path, exists: bool) -> None:
    folder = tmp_path / "a" / "demo"
    if exists:
        folder.mkdir(parents=True)
    before = tree(tmp_path)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, limits[1]))  # every file of more than 100 bytes fails
    try:
        result = run(folder)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert result.exit_code == 2
    assert "nothing was written" in result.output
    assert tree(tmp_path) == before


def test_takes_back_what_was_moved_when_a_later_piece_cannot_be(tmp_path: Path) -> None:
    (tmp_path / ".github").write_text("a file where a folder is needed")
    before = tree(tmp_path)
    result = run(tmp_path)
    assert result.exit_code == 2
    assert "nothing was written" in result.output
    assert tree(tmp_path) == before
