"""The benchmarks run, and measure what they say: an organisation without findings, always the same."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from watchbill.pipeline import compile_tree
from watchbill.source.tree import DirectoryTree

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
NOW = int(datetime(2026, 11, 23, 10, tzinfo=UTC).timestamp())


def run(script: str, *arguments: str | Path) -> str:
    command = [sys.executable, BENCHMARKS / script, *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def test_the_organisation_is_always_the_same_and_clean(tmp_path: Path) -> None:
    trees = []
    for name in ("one", "other"):
        run("organization.py", "20", tmp_path / name)
        files = (path for path in (tmp_path / name).rglob("*") if path.is_file())
        trees.append({path.relative_to(tmp_path / name): path.read_bytes() for path in files})
    assert trees[0] == trees[1]
    compilation = compile_tree(DirectoryTree(tmp_path / "one"), now=NOW)
    assert compilation.findings == ()
    assert len(compilation.model.schedules) == 20
    assert len(compilation.model.people) == 40
    shifts = [shift for roster in compilation.rosters.values() for line in roster.timelines.values() for shift in line]
    assert {"turn", "follower", "cover", "override"} <= {shift.cause.kind for shift in shifts}


def test_the_check_is_measured_against_the_loader() -> None:
    table = run("check.py", "10", "--runs", "1")
    assert re.search(r"^\| 10 \| \d+ \| 0\.\d \|", table, re.MULTILINE)
    assert "| schedules | imports | source | model | roster | insight | checks |" in table


def test_expanding_is_measured_against_a_loop_with_the_same_result() -> None:
    table = run("expand.py", "--runs", "1")
    assert "| weekly, one year | 54 |" in table
    assert "| every 8 hours | 999 |" in table


def test_start_up_is_measured_against_bare_python() -> None:
    table = run("start_up.py", "--runs", "1")
    assert re.search(r"^\| `python -c pass` \| \d+ \| 0 \| 1\.0 \|", table, re.MULTILINE)
    assert re.search(r"^\| `watchbill check`, 1 file \| \d+ \|", table, re.MULTILINE)


def test_a_diff_of_one_file_is_measured_against_a_check() -> None:
    table = run("diff.py", "10", "--runs", "1")
    assert re.search(r"^\| 10 \| \d+\.\d+ \| .* \| Moves \d+ shifts of 2 people \|$", table, re.MULTILINE)
