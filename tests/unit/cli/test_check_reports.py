"""``watchbill check`` in a pipeline: reports into files, whole or not at all, and never where configuration lies."""

from __future__ import annotations

import json
import stat
from pathlib import Path
from xml.etree import ElementTree

import pytest

from command_runs import run, write
from watchbill.publish.single_file import write_whole
from watchbill.reports.formats import FORMATS

FILES = {
    "policies/organization.yaml": "name: Example\ntimezone: Europe/Berlin\n",
    "schedules/people.yaml": "ada: {name: Ada Lovelace}\ngrace: {name: Grace Hopper}\n",
    "schedules/teams.yaml": "payments: {name: Payments, members: [ada, grase]}\n",
}
UNUSED = (
    "name: Payments\nteam: payments\nroles:\n  primary:\n    layers:\n"
    "      - {id: weekly, from: 2026-01-05, every: 1 week, handoff: monday 09:00, members: [ada, grace, linus, emmy]}\n"
)
NOW = ("--now", "2026-11-23T09:00+01:00")


@pytest.fixture(autouse=True)
def _columns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    return write(FILES, tmp_path / "rosters")


@pytest.mark.parametrize("form", FORMATS)
def test_what_is_written_is_what_would_be_printed(repository: Path, tmp_path: Path, form: str) -> None:
    printed = run("check", repository, *NOW, "--format", form)
    file = tmp_path / "build" / "reports" / "check.out"
    written = run("check", repository, *NOW, "--format", form, "--output", file)
    assert (printed.returncode, written.returncode, written.stdout, written.stderr) == (1, 1, "", "")
    assert file.read_text(encoding="utf-8") == printed.stdout != ""
    assert stat.S_IMODE(file.stat().st_mode) == 0o644
    assert [path.name for path in file.parent.iterdir()] == ["check.out"]


def test_several_reports_of_one_compile_beside_what_is_printed(repository: Path) -> None:
    reports = ("--report", "sarif=out/check.sarif", "--report", "junit=out/check.xml", "--report", "summary=out/sum.md")
    done = run("check", ".", *NOW, *reports, cwd=repository)
    assert done.returncode == 1
    assert done.stdout.startswith("error[unknown-reference]")
    log = json.loads((repository / "out/check.sarif").read_text(encoding="utf-8"))
    assert [result["ruleId"] for result in log["runs"][0]["results"]] == ["unknown-reference"]
    root = ElementTree.fromstring((repository / "out/check.xml").read_text(encoding="utf-8"))  # noqa: S314 - our own
    assert root.attrib["failures"] == "1"
    assert (repository / "out/sum.md").read_text(encoding="utf-8").startswith("### Watchbill\n")


def test_the_folder_of_the_repository_stands_before_its_paths(repository: Path) -> None:
    done = run("check", "rosters", *NOW, "--format", "github", "--path-prefix", "rosters", cwd=repository.parent)
    assert "file=rosters/schedules/teams.yaml,line=1," in done.stdout


def test_warnings_that_fail_the_check_fail_in_junit(repository: Path) -> None:
    people = "".join(f"{name}: {{name: {name}}}\n" for name in ("ada", "grace", "linus", "emmy"))
    (repository / "schedules/people.yaml").write_text(people, encoding="utf-8")
    (repository / "schedules/teams.yaml").write_text("payments: {name: Payments, members: [ada]}\n", encoding="utf-8")
    (repository / "schedules/on-call").mkdir()
    (repository / "schedules/on-call/unused.yaml").write_text(UNUSED, encoding="utf-8")
    for level, failures in (("error", "0"), ("warning", "1")):
        done = run("check", repository, *NOW, "--format", "junit", "--fail-on", level)
        root = ElementTree.fromstring(done.stdout)  # noqa: S314 - our own
        assert (root.attrib["failures"], done.returncode) == (failures, int(failures)), done.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--report", "sarif"), "'sarif' names no file"),
        (("--report", "sarif="), "'sarif=' names no file"),
        (("--report", "sarf=x"), "Did you mean 'sarif'?"),
        (("--report", "\x1b[2J=x"), "'\\x1b[2J'"),
        (("--report", "sarif=x", "--report", "junit=x"), "Two reports cannot be written into one file, x."),
        (("--report", "json=x", "--output", "x"), "Two reports cannot be written into one file, x."),
        (("--report", "json=schedules/x.json"), "A report cannot lie inside schedules/"),
        (("--output", "policies/../incidents/x.json"), "A report cannot lie inside incidents/"),
    ],
)
def test_wrong_usage_writes_nothing(repository: Path, arguments: tuple[str, ...], said: str) -> None:
    before = sorted(repository.rglob("*"))
    done = run("check", ".", *NOW, *arguments, cwd=repository)
    assert done.returncode == 2
    assert said in done.stderr.replace("\n", " ")
    assert done.stdout == ""
    assert sorted(repository.rglob("*")) == before


def test_a_file_that_cannot_be_written_is_told(repository: Path) -> None:
    (repository / "file").write_text("x", encoding="utf-8")
    done = run("check", ".", *NOW, "--report", "sarif=file/check.sarif", cwd=repository)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith("error: ")
    assert "file" in done.stderr


@pytest.mark.skipif(not Path("/dev/stdout").exists(), reason="this system has no /dev/stdout")
def test_streams_are_written_to_and_not_replaced(repository: Path) -> None:
    done = run("check", repository, *NOW, "--format", "concise", "--output", "/dev/stdout")
    assert done.stdout.startswith("schedules/teams.yaml:1:")


def test_a_link_is_replaced_and_not_followed(tmp_path: Path) -> None:
    target = tmp_path / "target"
    target.write_text("precious", encoding="utf-8")
    (tmp_path / "link").symlink_to(target)
    write_whole(tmp_path / "link", b"report")
    assert (tmp_path / "link").read_bytes() == b"report"
    assert not (tmp_path / "link").is_symlink()
    assert target.read_text(encoding="utf-8") == "precious"


def test_a_folder_in_the_way_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "report").mkdir()
    with pytest.raises(OSError, match="report"):
        write_whole(tmp_path / "report", b"report")
    assert [path.name for path in tmp_path.iterdir()] == ["report"]


def test_who_reads_meanwhile_sees_one_report_or_the_other(tmp_path: Path) -> None:
    path = tmp_path / "report"
    write_whole(path, b"old" * 1000)
    with path.open("rb") as reader:
        write_whole(path, b"new" * 1000)
        assert reader.read() == b"old" * 1000
    assert path.read_bytes() == b"new" * 1000
