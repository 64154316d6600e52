"""Measures ``watchbill diff`` of a change of one file against a cold check of the same organisation.

For each N: the two commands in fresh processes that take turns, so that a busy machine slows both. The change lets two
people of one rotation change places; both sides are read from git. Prints a Markdown table of medians.

Usage: diff.py [--runs R] [N ...]
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import organization
from check import Run, middle, run

GIT = ("git", "-c", "user.name=Ada", "-c", "user.email=ada@example.org", "-c", "commit.gpgsign=false")


def commit(folder: Path) -> None:
    """Commit all that is in a folder."""
    subprocess.run([*GIT, "add", "--all", "."], cwd=folder, check=True)
    subprocess.run([*GIT, "commit", "--quiet", "--message", "change"], cwd=folder, check=True)


def edit(folder: Path) -> None:
    """Let the last two people of the last rotation of the first schedule change places."""
    path = min((folder / "schedules" / "on-call").iterdir())
    lines = path.read_text(encoding="utf-8").split("\n")
    last = max(number for number, line in enumerate(lines) if line.lstrip().startswith("- p"))
    lines[last - 1], lines[last] = lines[last], lines[last - 1]
    path.write_text("\n".join(lines), encoding="utf-8")


def repository(count: int, folder: Path) -> None:
    """Write an organisation with two commits: as it is, and with the edit."""
    organization.write(count, folder)
    subprocess.run([*GIT, "init", "--quiet", "."], cwd=folder, check=True)
    commit(folder)
    edit(folder)
    commit(folder)
    subprocess.run([*GIT, "gc", "--quiet"], cwd=folder, check=True)


def measure(folder: Path, runs: int) -> tuple[list[Run], list[Run]]:
    """Return the runs of check and diff, made in turns after one of each to warm the caches of the system."""
    watchbill = Path(sys.executable).with_name("watchbill")
    check: list[str | Path] = [watchbill, "check", folder, "--now", organization.NOW, "--format", "concise"]
    diff: list[str | Path] = [watchbill, "diff", "HEAD~1..HEAD", "-C", folder, "--now", organization.NOW]
    results: tuple[list[Run], list[Run]] = ([], [])
    for number in range(runs + 1):
        for command, kept in zip((check, diff), results, strict=True):
            result = run(command)
            if number:
                kept.append(result)
    return results


def main() -> None:
    """Measure every N asked for and print the table."""
    parser = argparse.ArgumentParser(description="Measure a diff of one file against a cold check.")
    parser.add_argument("--runs", type=int, default=5, help="rounds of each process (default 5)")
    parser.add_argument("count", type=int, nargs="*", default=[100, 1000], help="schedules (default 100 1000)")
    options = parser.parse_args()
    print(f"Python {sys.version.split()[0]}, median of {options.runs} rounds; seconds, unless said otherwise.\n")
    print("| schedules | check, CPU | diff, CPU | ratio (least to most) | diff, wall | diff's peak MB | it says |")
    print("|" + "---|" * 7)
    for count in options.count:
        with tempfile.TemporaryDirectory(prefix="watchbill-benchmark-") as name:
            repository(count, Path(name))
            check, diff = measure(Path(name), options.runs)
        ratios = [b.cpu / a.cpu for a, b in zip(check, diff, strict=True)]
        print(
            f"| {count:,} | {middle(check, 'cpu'):.3f} | {middle(diff, 'cpu'):.3f} "
            f"| {statistics.median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f}) "
            f"| {middle(diff, 'wall'):.3f} | {middle(diff, 'memory'):.0f} | {diff[0].output.partition(';')[0]} |"
        )


if __name__ == "__main__":
    main()
