"""Commands that edit, with what a hostile or careless user types, in repositories that somebody has prepared.

Whatever is typed: nothing is written outside of the repository, nothing is half written, no text becomes structure,
and there is never a traceback.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from watchbill.source.strict_yaml import parse

BASES = Path(__file__).parents[1] / "cases" / "edits"
NOW = "2026-11-25T12:00Z"
HOSTILE = (
    'a: "b" # c',
    "x\nperson: nobody",
    "- schedule: payments",
    "'; rm -rf / #",
    "{{ 7*7 }} <script>",
    "&anchor *alias !tag",
    "|",
    "%YAML 1.1",
    "Grace's \\ back",
    "null",
    "2026-01-01",
    "  blanks  ",
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "inside"
    shutil.copytree(BASES / "folders", folder)
    return folder


def run(root: Path, *arguments: str | bytes) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "watchbill", *arguments, "--now", NOW]
    done = subprocess.run(command, capture_output=True, check=False, cwd=root)
    assert done.returncode in (0, 1, 2), done.stderr
    assert b"Traceback" not in done.stderr
    assert b"internal error" not in done.stderr
    return done


def everything(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder, links by where they lead."""
    found = {}
    for inside, folders, names in os.walk(folder):
        for name in (*folders, *names):
            path = Path(inside, name)
            if path.is_symlink():
                found[str(path.relative_to(folder))] = os.fsencode(path.readlink())
            elif path.is_file():
                found[str(path.relative_to(folder))] = path.read_bytes()
    return found


@pytest.mark.parametrize("name", ["..", "../../etc/passwd", "con", "nobody", "", "é"])
@pytest.mark.parametrize(
    "command",
    [
        ("off", "add", "--through", "2026-12-01", "--"),
        ("override", "add", "--until", "2026-12-01 09:00", "--", "payments"),
        ("person", "add", "--name", "X", "--"),
        ("person", "leave", "--"),
        ("rotation", "add-member", "--", "payments"),
    ],
)
def test_a_hostile_id_writes_nothing(root: Path, command: tuple[str, ...], name: str) -> None:
    before = everything(root.parent)
    at = command.index("--")
    done = subprocess.run(
        [sys.executable, "-m", "watchbill", *command[:at], "--now", NOW, *command[at:], name],
        capture_output=True,
        check=False,
        cwd=root,
    )
    assert done.returncode in (1, 2), (done.stdout, done.stderr)
    assert b"Traceback" not in done.stderr
    assert everything(root.parent) == before


@pytest.mark.parametrize("text", HOSTILE)
def test_prose_stays_prose(root: Path, text: str) -> None:
    done = run(root, "off", "add", "linus", "--through", "2026-11-26", "--reason", text)
    path = root / "schedules/time-off/linus.yaml"
    if done.returncode:
        assert not path.exists()
        return
    data, problems = parse(path.read_bytes())
    assert not problems
    assert data == [{"from": "2026-11-25 13:00", "through": "2026-11-26", "kind": "vacation", "reason": text.strip()}]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_name_stays_a_name(root: Path, text: str) -> None:
    done = run(root, "person", "add", "mary", "--name", text)
    path = root / "schedules/people/mary.yaml"
    if done.returncode == 0:
        assert parse(path.read_bytes()) == ({"name": text.strip()}, [])
    else:
        assert not path.exists()


@pytest.mark.parametrize("text", [b"\xff\xfe", "\u202eabc".encode(), b"a\x1b[31mb", "\ufeffx".encode(), b"a\x85b"])
def test_characters_that_cannot_be_kept_are_refused(root: Path, text: bytes) -> None:
    before = everything(root.parent)
    done = run(root, b"override", b"add", b"payments", b"linus", b"--until", b"2026-11-26 09:00", b"--reason", text)
    assert done.returncode in (1, 2)
    assert everything(root.parent) == before
    assert b"\x1b" not in done.stdout + done.stderr


def test_nothing_is_written_through_a_link(root: Path) -> None:
    outside = root.parent / "outside"
    outside.mkdir()
    (outside / "secret.yaml").write_text("- from: 2026-01-01\n  through: 2026-01-02\n")
    (root / "schedules/time-off/ada.yaml").symlink_to(outside / "secret.yaml")
    shutil.rmtree(root / "schedules/overrides")
    (root / "schedules/overrides").symlink_to(outside)
    before = everything(root.parent)
    one = run(root, "off", "add", "ada", "--through", "2026-11-26")
    other = run(root, "override", "add", "payments", "linus", "--until", "2026-11-26 09:00")
    assert (one.returncode, other.returncode) == (2, 2)
    assert everything(root.parent) == before


def test_a_folder_in_place_of_a_file_stops_the_command(root: Path) -> None:
    (root / "schedules/time-off/ada.yaml").mkdir()
    before = everything(root.parent)
    done = run(root, "off", "add", "ada", "--through", "2026-11-26")
    assert done.returncode == 2
    assert b"Nothing was" in done.stderr
    assert everything(root.parent) == before


@pytest.mark.parametrize("content", [b"- from: [\n", b"\xff", b"- &a x\n", b"from: 2026-01-01\n", b"", b"- 1\n"])
def test_a_broken_file_is_not_edited(root: Path, content: bytes) -> None:
    path = root / "schedules/time-off/grace.yaml"
    path.write_bytes(content)
    before = everything(root.parent)
    done = run(root, "off", "add", "grace", "--through", "2026-11-26")
    assert done.returncode in (1, 2) or content == b"- 1\n"
    if done.returncode:
        assert everything(root.parent) == before


def test_time_off_of_a_calendar_program_is_left_to_it(root: Path) -> None:
    (root / "schedules/time-off/ada.ics").write_text("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nEND:VCALENDAR\r\n")
    done = run(root, "off", "add", "ada", "--through", "2026-11-26")
    assert done.returncode == 2
    assert b"calendar program" in done.stderr
    assert not (root / "schedules/time-off/ada.yaml").exists()


def test_line_ends_and_sub_folders_are_kept(root: Path) -> None:
    folder = root / "schedules/time-off/berlin"
    folder.mkdir()
    (folder / "ada.yaml").write_bytes(b"- from: 2026-08-03\r\n  through: 2026-08-04\r\n")
    assert run(root, "off", "add", "ada", "--through", "2026-11-26").returncode == 0
    added = b"- from: 2026-11-25 13:00\r\n  through: 2026-11-26\r\n  kind: vacation\r\n"
    assert (folder / "ada.yaml").read_bytes() == b"- from: 2026-08-03\r\n  through: 2026-08-04\r\n" + added


def test_a_file_keeps_its_rights(root: Path) -> None:
    path = root / "schedules/time-off/grace.yaml"
    path.chmod(0o640)
    assert run(root, "off", "add", "grace", "--sick", "--through", "2026-11-26").returncode == 0
    assert path.stat().st_mode & 0o777 == 0o640
