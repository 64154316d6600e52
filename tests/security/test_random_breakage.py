"""The example organisation, broken at random: a compile ends with findings that have a place, and never otherwise."""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from breakage import KINDS, Fault, faults
from watchbill.compilation import LocatedFinding
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


@dataclass(frozen=True)
class Told:
    """What a check says of a fault."""

    fault: Fault
    findings: tuple[LocatedFinding, ...]


def _tell(folder: Path, found: Iterable[Fault], files: Mapping[str, bytes]) -> list[Told]:
    told = []
    for fault in found:
        for path, content in fault.changes.items():
            if content is None:
                (folder / path).unlink()
            else:
                (folder / path).write_bytes(content)
        told.append(Told(fault, compile_tree(DirectoryTree(folder), now=NOW).findings))
        for path in fault.changes:
            if path in files:
                (folder / path).write_bytes(files[path])
            else:
                (folder / path).unlink()
    return told


def _in_its_place(told: Told) -> bool:
    """Say whether the first finding stands where the fault is, or shows that place beside its own."""
    fault, first = told.fault, told.findings[0]
    names = [re.split(r"[/.]", path)[-2] for path in fault.changes if path.endswith(".yaml")]
    if not fault.lines:
        said = first.finding.message + first.finding.help
        return first.finding.place.file in fault.changes or any(f"`{name}`" in said for name in names)
    places = [(first.finding.place, first.position)]
    places += zip((label.place for label in first.finding.labels), first.label_positions, strict=True)
    return any(place.file == fault.file and mark is not None and mark.line in fault.lines for place, mark in places)


def _few(told: Told) -> bool:
    return len(told.findings) <= 3


def _plain(told: Told) -> bool:
    """Say whether each message is one sentence of readable length that quotes, counts or points at something."""
    messages = [located.finding.message for located in told.findings]
    return all(
        len(message) <= 320 and not re.search(r"\.\s|\n|\.$", message) and re.search(r"`|\d|\bthis\b|\bhere\b", message)
        for message in messages
    )


def _helped(told: Told) -> bool:
    vague = ("Check this line.", "see the schema")
    return all(located.finding.help and located.finding.help not in vague for located in told.findings)


SHARES: Mapping[str, tuple[Callable[[Told], bool], float]] = {
    "in its place": (_in_its_place, 0.95),
    "at most 3 findings": (_few, 0.95),
    "plain": (_plain, 0.98),
    "helped": (_helped, 0.99),
}
"""What is measured of the faults that are told, and the least share of them for which it must be so."""


def _table(told: Mapping[str, list[Told]]) -> str:
    """Return the figures by class of fault, for people who read the output of a test."""
    lines = [f"{'class of fault':<24}{'faults':>7}{'told':>7}" + "".join(f"{name:>20}" for name in SHARES)]
    for kind, group in told.items():
        spoken = [one for one in group if one.findings]
        shares = [sum(map(holds, spoken)) / max(len(spoken), 1) for holds, _ in SHARES.values()]
        row = "".join(f"{share:>20.0%}" for share in shares)
        lines.append(f"{kind:<24}{len(group):>7}{len(spoken) / len(group):>7.0%}{row}")
    return "\n".join(lines)


def _measure(folder: Path, count: int, seed: int, slack: float = 0) -> None:
    files = {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*.yaml")}
    told = {kind: _tell(folder, faults(kind, files, count, seed), files) for kind in KINDS}
    spoken = [one for group in told.values() for one in group if one.findings]
    for one in spoken:
        assert list(one.findings) == sorted(one.findings, key=_order), one.fault
    table = _table(told)
    print(table)
    for name, (holds, least) in SHARES.items():
        assert sum(map(holds, spoken)) / len(spoken) >= least - slack, f"{name}\n{table}"


def _order(located: LocatedFinding) -> tuple[str, int, int]:
    position = located.position
    return located.finding.place.file, position.line if position else 0, position.column if position else 0


def test_single_faults_are_told_in_their_place_and_plainly(organisation: Path) -> None:
    # One of each class: two of them may miss.
    _measure(organisation, 1, seed=1, slack=0.06)


@pytest.mark.deep
@pytest.mark.parametrize("seed", range(2, 14))
def test_many_single_faults_are_told_in_their_place_and_plainly(organisation: Path, seed: int) -> None:
    _measure(organisation, 5, seed, slack=0.02)
