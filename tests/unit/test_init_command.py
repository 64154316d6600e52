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
        ".editorconfig", ".github", ".gitignore", ".vscode",
        "README.md", "incidents", "policies", "scenarios", "schedules",
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
        if path.is_file() and path.parent.name != "schemas":
            assert f"wrote {path}\n" in output
    assert f"wrote {tmp_path / 'demo' / '.vscode' / 'schemas'} (" in output


def test_no_file_of_the_starter_holds_a_placeholder(tmp_path: Path) -> None:
    run(tmp_path)
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len(files) > 8
    placeholders = (b"@" + b"VERSION", b"organization@")
    assert not [path for path in files for word in placeholders if word in path.read_bytes()]


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


def told(*arguments: str) -> Result:
    """Run another command on a repository."""
    output, errors = io.StringIO(), io.StringIO()
    with redirect_stdout(output), redirect_stderr(errors), pytest.raises(SystemExit) as left:
        boundary.run([*arguments])
    return Result(exit_code=left.value.code, output=output.getvalue() + errors.getvalue())


@pytest.mark.parametrize("profile", ["small", "medium", "large"])
def test_each_profile_compiles_without_any_finding_whenever_it_is_made(tmp_path: Path, profile: str) -> None:
    assert run(tmp_path, "--profile", profile, "--timezone", "Europe/Berlin").exit_code == 0
    for now in ("2026-02-01", "2026-11-25", "2027-07-14 12:00", "2031-02-10"):
        done = told("check", str(tmp_path), "--now", now, "--fail-on", "info", "--format", "concise")
        assert (done.exit_code, done.output.splitlines()[0][:17]) == (0, "All checks passed"), (now, done.output)


@pytest.mark.parametrize("zone", ["UTC", "America/Los_Angeles", "Asia/Kolkata", "Pacific/Auckland"])
@pytest.mark.parametrize("profile", ["small", "medium", "large"])
def test_each_profile_is_clean_in_every_part_of_the_world(tmp_path: Path, profile: str, zone: str) -> None:
    run(tmp_path, "--profile", profile, "--timezone", zone)
    checked = told("check", str(tmp_path), "--now", "2026-11-25", "--fail-on", "info")
    assert checked.exit_code == 0, checked.output
    tested = told("test", "-C", str(tmp_path), "--now", "2026-11-25")
    assert tested.exit_code == 0, tested.output


@pytest.mark.parametrize("profile", ["small", "medium", "large"])
def test_what_is_written_is_in_the_canonical_form_and_names_its_profile(tmp_path: Path, profile: str) -> None:
    run(tmp_path, "--profile", profile)
    assert told("fmt", "--check", str(tmp_path), str(tmp_path / "scenarios")).exit_code == 0
    assert f"profile: {profile}\n" in (tmp_path / "policies" / "workload.yaml").read_text()


@pytest.mark.parametrize(
    ("folder", "name"),
    [
        ("acme-rosters", "Acme"),
        ("harbour_authority", "Harbour Authority"),
        ("on-call", "Example"),
        ("2026", "Example"),
        ("null", "Null"),
        ("a: {b}\n#", "A B"),
    ],
)
def test_the_name_is_guessed_from_the_folder(tmp_path: Path, folder: str, name: str) -> None:
    run(tmp_path / folder)
    assert f"name: {name}\n" in (tmp_path / folder / "policies" / "organization.yaml").read_text()


def test_the_zone_is_guessed_from_the_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Europe/Lisbon")
    run(tmp_path / "a")
    assert "timezone: Europe/Lisbon\n" in (tmp_path / "a" / "policies" / "organization.yaml").read_text()
    monkeypatch.setenv("TZ", ":/etc/passwd")
    assert run(tmp_path / "b").exit_code == 0
    assert "passwd" not in (tmp_path / "b" / "policies" / "organization.yaml").read_text()


@pytest.mark.parametrize(
    "options",
    [
        ("--timezone", "Europe/Berln"),
        ("--name", "a: b"),
        ("--name", "x\nzone: y"),
        ("--name", "# x"),
        ("--name", ""),
        ("--name", "true"),
        ("--name", "a #b"),
        ("--profile", "tiny"),
    ],
)
def test_what_cannot_be_written_is_refused_before_anything_is(tmp_path: Path, options: tuple[str, ...]) -> None:
    assert run(tmp_path / "demo", *options).exit_code == 2
    assert not (tmp_path / "demo").exists()


def test_settings_of_an_editor_that_exist_are_kept(tmp_path: Path) -> None:
    (tmp_path / ".vscode").mkdir()
    (tmp_path / ".vscode" / "settings.json").write_text("{}")
    result = run(tmp_path)
    assert result.exit_code == 0
    assert (tmp_path / ".vscode" / "settings.json").read_text() == "{}"
    assert (tmp_path / ".vscode" / "schemas" / "on-call.schema.json").is_file()
    assert f"kept  {tmp_path / '.vscode' / 'settings.json'}" in result.output
