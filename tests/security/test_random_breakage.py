"""The example organisation, broken at random: a compile ends with findings that have a place, and never otherwise."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest

from watchbill.pipeline import compile_tree
from watchbill.source.tree import DirectoryTree

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("schedules", "policies", "incidents")
NOW = 1_795_392_000  # Mon 23 Nov 2026
HOSTILE = (
    "22:30",
    "NO",
    "2026-02-30",
    "'",
    '"',
    "&a",
    "*a",
    "!!python/object:os.system {}",
    "<<: {}",
    "[" * 30,
    "{a: b, c}",
    "\u202e",
    "\u2028",
    "\x07",
    "\ud83d\udca5".encode("utf-16", "surrogatepass").decode("utf-16"),
    "::error::x",
    "<script>alert(1)</script>",
    "../../etc/passwd",
    "0 days",
    "9999 weeks",
    "2101-01-01",
    "-1",
    "nobody",
    "x" * 9000,
)


def _broken(lines: list[str], chance: random.Random) -> list[str]:
    """Return a file's lines with one fault."""
    at = chance.randrange(len(lines))
    line = lines[at]
    words = line.split()
    match chance.randrange(8):
        case 0:
            return lines[:at] + lines[at + 1 :]
        case 1:
            return [*lines[: at + 1], *lines[at:]]
        case 2:
            return [*lines[:at], " " * chance.randrange(1, 5) + line, *lines[at + 1 :]]
        case 3:
            return [*lines[:at], line.lstrip(), *lines[at + 1 :]]
        case 4 if words:
            word = chance.choice(words)
            return [*lines[:at], line.replace(word, word[:-1] or "x", 1), *lines[at + 1 :]]
        case 5 if ":" in line:
            return [*lines[:at], f"{line.split(':')[0]}: {chance.choice(HOSTILE)}", *lines[at + 1 :]]
        case 6:
            other = chance.randrange(len(lines))
            swapped = list(lines)
            swapped[at], swapped[other] = lines[other], line
            return swapped
        case _:
            cut = chance.randrange(len(line) + 1)
            return [*lines[:at], line[:cut] + chance.choice(HOSTILE) + line[cut:], *lines[at + 1 :]]


def _break_some(folder: Path, seed: int, count: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - seeded, so that a run can be repeated
    files = sorted(path for top in FOLDERS for path in (folder / top).rglob("*.yaml"))
    for number in range(count):
        path = chance.choice(files)
        whole = path.read_bytes()
        lines = _broken(whole.decode().split("\n"), chance)
        path.write_text("\n".join(lines), encoding="utf-8")
        compilation = compile_tree(DirectoryTree(folder), now=NOW)
        for located in compilation.findings:
            name = located.finding.place.file
            what = (seed, number, path, located.finding)
            assert located.position is not None or not (folder / name).is_file(), what
            assert located.finding.message, what
            assert located.finding.help, what
        path.write_bytes(whole)
    assert not compile_tree(DirectoryTree(folder), now=NOW).findings


@pytest.fixture
def organisation(tmp_path: Path) -> Path:
    for top in FOLDERS:
        shutil.copytree(ROOT / top, tmp_path / top)
    return tmp_path


@pytest.mark.parametrize("seed", range(4))
def test_a_broken_file_is_told_and_nothing_worse(organisation: Path, seed: int) -> None:
    _break_some(organisation, seed, 15)


@pytest.mark.deep
@pytest.mark.parametrize("seed", range(100, 120))
def test_many_broken_files_are_told(organisation: Path, seed: int) -> None:
    _break_some(organisation, seed, 150)
