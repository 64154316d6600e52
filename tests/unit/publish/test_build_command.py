"""``watchbill build``: what it publishes, what it refuses, and that nothing outside its inputs reaches an output."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

NOW = "2026-11-23T08:00Z"

FILES = {
    "policies/organization.yaml": "name: Meridian\ntimezone: Europe/Berlin\n",
    "policies/providers/pagerduty.yaml": "kind: pagerduty\nmode: layers\n",
    "policies/services/checkout.yaml": (
        "name: Checkout\nteam: payments\ntier: 1\non-call: {schedule: payments, needs: {primary: 24x7}}\n"
    ),
    "schedules/people.yaml": (
        "ada: {name: Ada Lovelace, handles: {pagerduty: PADA}}\n"
        "grace: {name: 'Grace Hopper, Rear Admiral', handles: {pagerduty: PGRACE}}\n"
        "zoe: {name: Zoë Ångström, handles: {pagerduty: PZOE}}\n"
    ),
    "schedules/teams/payments.yaml": "name: Payments\nmembers: [ada, grace, zoe]\n",
    "schedules/on-call/payments.yaml": (
        "name: Payments\nteam: payments\ntimezone: Europe/Berlin\nroles:\n"
        "  primary:\n    coverage: 24x7\n    layers:\n"
        "      - {id: weekly, from: 2026-01-05, every: 1 week, handoff: monday 09:00, members: [ada, grace, zoe]}\n"
    ),
    "schedules/time-off/ada.yaml": "- {from: 2026-12-01, through: 2026-12-02, kind: sick, unplanned: true}\n",
}


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    root = tmp_path / "repository"
    for path, text in FILES.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    return root


def build(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    cwd = environment.pop("CWD", None)
    return subprocess.run(
        [sys.executable, "-P", "-m", "watchbill", "build", *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=cwd,
        env={**os.environ, **environment},
        check=False,
    )


def tree_hash(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        digest.update(f"{path.relative_to(folder)} {path.stat().st_mode:o}\n".encode())
        if path.is_file():
            digest.update(path.read_bytes())
    return digest.hexdigest()


def test_everything_is_published_and_told(repository: Path) -> None:
    done = build(repository, "--now", NOW)
    assert done.returncode == 0, done.stdout + done.stderr
    for path in (
        "site/index.html",
        "site/feeds/schedules/payments.ics",
        "site/feeds/people/zoe.ics",
        "site/api/v1/oncall.json",
        "providers/pagerduty/payments/primary.json",
        "reports/check.json",
        "feeds-manifest.json",
    ):
        assert (repository / "build" / path).is_file(), path
    assert "4 calendar feeds" in done.stdout
    assert "python3 -m http.server --directory" in done.stdout
    assert "Mon 23 Nov 2026 09:00 Europe/Berlin" in done.stdout


def test_private_words_are_in_no_file(repository: Path) -> None:
    people = repository / "schedules" / "people.yaml"
    people.write_text(
        people.read_text(encoding="utf-8").replace(
            "{name: Ada Lovelace,",
            "{name: Ada Lovelace, contact: {email: ada-private@example.org, phone: '+15550123'},",
        ),
        encoding="utf-8",
    )
    assert build(repository, "--now", NOW).returncode == 0
    for path in (repository / "build" / "site").rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            for private in (b"ada-private", b"+15550123", b"sick", b"unplanned", b"PADA"):
                assert private not in data, (path, private)


def test_errors_stop_the_build_and_leave_the_previous_output(repository: Path) -> None:
    assert build(repository, "--now", NOW).returncode == 0
    before = tree_hash(repository / "build")
    (repository / "schedules" / "people.yaml").write_text("ada: {name: Ada}\n", encoding="utf-8")
    done = build(repository, "--now", NOW)
    assert done.returncode == 1
    assert "grace" in done.stdout
    assert "Nothing was published" in done.stderr
    assert tree_hash(repository / "build") == before

    forced = build(repository, "--now", NOW, "--even-with-errors")
    assert forced.returncode == 1
    assert tree_hash(repository / "build") != before


def test_a_folder_of_somebody_else_is_not_replaced(repository: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis").write_text("years")
    done = build(repository, "--now", NOW, "--out", tmp_path / "mine")
    assert done.returncode == 2
    assert "was not written by watchbill build" in done.stderr
    assert "help: " in done.stderr
    assert "Traceback" not in done.stderr
    for inside in (repository, repository / "schedules"):
        assert build(repository, "--now", NOW, "--out", inside).returncode == 2
    assert (repository / "schedules" / "people.yaml").is_file()


@pytest.mark.parametrize("arguments", [["missing"], [".", "--previous", "missing.json"], [".", "--now", "soon"]])
def test_what_cannot_be_used_is_status_2_with_a_message(repository: Path, arguments: list[str]) -> None:
    done = build(*arguments, CWD=str(repository))
    assert done.returncode == 2
    assert done.stderr.strip()
    assert "Traceback" not in done.stderr
    assert not (repository / "build").exists()


def test_a_file_that_is_no_manifest_is_refused(repository: Path) -> None:
    done = build(repository, "--now", NOW, "--previous", repository / "schedules" / "people.yaml")
    assert done.returncode == 2
    assert "feeds-manifest.json" in done.stderr
    assert not (repository / "build").exists()


def test_a_manifest_keeps_the_feeds_still_on_another_day(repository: Path) -> None:
    assert build(repository, "--now", NOW).returncode == 0
    manifest = repository.parent / "manifest.json"
    shutil.copy(repository / "build" / "feeds-manifest.json", manifest)
    first = (repository / "build" / "site" / "feeds" / "schedules" / "payments.ics").read_bytes()
    later = build(repository, "--now", "2026-11-23T20:00Z", "--previous", manifest)
    assert later.returncode == 0, later.stderr
    assert (repository / "build" / "site" / "feeds" / "schedules" / "payments.ics").read_bytes() == first


def test_the_revision_is_the_time_of_the_commit(repository: Path) -> None:
    git = ["git", "-c", "user.name=Ada", "-c", "user.email=ada@example.org", "-c", "commit.gpgsign=false"]
    dated = {**os.environ, "GIT_COMMITTER_DATE": "2026-11-01T10:00:00Z", "GIT_AUTHOR_DATE": "2001-01-01T00:00:00Z"}
    subprocess.run(["git", "init", "-q"], cwd=repository, check=True)
    subprocess.run([*git, "add", "."], cwd=repository, check=True)
    subprocess.run([*git, "commit", "-q", "-m", "committer Eve <e> 1 +0000"], cwd=repository, check=True, env=dated)
    assert build(repository, "--now", NOW).returncode == 0
    feed = (repository / "build" / "site" / "feeds" / "people" / "ada.ics").read_bytes()
    assert b"DTSTAMP:20261101T100000Z" in feed
    assert build(repository, "--now", NOW, "--revision-time", "2026-11-02T10:00Z").returncode == 0
    feed = (repository / "build" / "site" / "feeds" / "people" / "ada.ics").read_bytes()
    assert b"DTSTAMP:20261102T100000Z" in feed


ENVIRONMENTS: tuple[dict[str, str], ...] = (
    {"PYTHONHASHSEED": "0"},
    {"PYTHONHASHSEED": "4242", "TZ": "Pacific/Kiritimati"},
    {"TZ": "America/New_York", "LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "LANGUAGE": "ar"},
    {"LC_ALL": "C", "PYTHONUTF8": "0", "COLUMNS": "20", "TERM": "dumb", "NO_COLOR": "1"},
    {"PYTHONOPTIMIZE": "2", "HOME": "/nonexistent", "CI": "true", "SOURCE_DATE_EPOCH": "1"},
)


def test_the_environment_reaches_no_byte(repository: Path, tmp_path: Path) -> None:
    hashes = set()
    for number, environment in enumerate(ENVIRONMENTS):
        done = build(repository, "--now", NOW, "--out", tmp_path / f"out{number}", **environment)
        assert done.returncode == 0, done.stderr
        hashes.add(tree_hash(tmp_path / f"out{number}"))
    assert len(hashes) == 1


def test_place_order_times_and_umask_reach_no_byte(repository: Path, tmp_path: Path) -> None:
    """The same files written in reverse, elsewhere, long ago, by somebody with a strict umask."""
    other = tmp_path / "elsewhere" / "copy"
    for path in sorted(FILES, reverse=True):
        (other / path).parent.mkdir(parents=True, exist_ok=True)
        (other / path).write_bytes((repository / path).read_bytes())
        os.utime(other / path, (0, 0))
    assert build(repository, "--now", NOW).returncode == 0
    before = os.umask(0o077)
    try:
        done = build(".", "--now", NOW, "--out", "../../out", CWD=str(other))
    finally:
        os.umask(before)
    assert done.returncode == 0, done.stderr
    assert tree_hash(tmp_path / "out") == tree_hash(repository / "build")


def test_the_report_says_what_check_says(repository: Path) -> None:
    assert build(repository, "--now", NOW).returncode == 0
    report = json.loads((repository / "build" / "reports" / "check.json").read_text(encoding="utf-8"))
    checked = subprocess.run(
        [sys.executable, "-m", "watchbill", "check", str(repository), "--now", NOW, "--format", "json"],
        capture_output=True,
        check=False,
    )
    assert report == json.loads(checked.stdout)


@pytest.mark.parametrize("inside", ["schedules", "schedules/site", "policies/../incidents/out"])
def test_the_output_never_lies_among_the_sources(repository: Path, inside: str) -> None:
    before = tree_hash(repository)
    done = build(repository, "--now", NOW, "--out", repository / inside)
    assert done.returncode == 2
    assert "which is read as configuration" in done.stderr
    assert tree_hash(repository) == before


def test_the_command_to_open_the_site_can_be_pasted(repository: Path, tmp_path: Path) -> None:
    done = build(repository, "--now", NOW, "--out", tmp_path / "our site")
    assert f"python3 -m http.server --directory '{tmp_path}/our site/site'" in done.stdout
