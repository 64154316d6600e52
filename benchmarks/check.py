"""Measures a cold check of generated organisations against PyYAML's C loader on the same files.

For each N: ``watchbill check`` and the mere loading of the same YAML files by ``CSafeLoader``, each in fresh processes
that take turns, so that a busy machine slows both. Prints Markdown tables of medians.

``--basic`` switches off all rules that look beyond single shifts (load, fairness, escalation, readiness), so that what
reading, rosters and coverage cost can be told from what those rules cost.

Usage: check.py [--runs R] [--basic] [N ...]
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import organization

HERE = Path(__file__).parent
LOADER = HERE / "load_only.py"
PHASES = HERE / "phases.py"


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What one process took: seconds on the wall, seconds of CPU, peak memory in MB, and what it printed."""

    wall: float
    cpu: float
    memory: float
    output: str


def environment() -> dict[str, str]:
    """Return the environment of the measured processes: byte code is kept, as on a user's machine."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def run(command: list[str | Path]) -> Run:
    """Run one process and measure it. A check with findings (status 1) is a result too."""
    with tempfile.TemporaryFile() as output:
        started = time.perf_counter()
        process = subprocess.Popen(command, stdout=output, env=environment())
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        text = output.read().decode()
    if process.returncode not in (0, 1):
        raise SystemExit(f"{command} ended with {process.returncode}\n{text}")
    return Run(wall=wall, cpu=usage.ru_utime + usage.ru_stime, memory=usage.ru_maxrss / 1024, output=text)


BASIC = frozenset(
    {"coverage-gap", "not-enough-responders", "same-person-twice", "double-booked", "on-call-during-time-off"}
    | {"override-onto-time-off", "roster-runs-out", "schedule-unused", "service-without-on-call", "waiver-expired"}
)
"""The rules about who holds what and when; those about settings cannot be measured apart and stay on, too."""


def keep_basic_rules(folder: Path) -> None:
    """Switch off all other rules that judge timelines."""
    from watchbill.checks.catalogue import RULES

    others = (r.name for r in RULES if r.judge and not r.fixed and r.family != "hygiene" and r.name not in BASIC)
    text = "rules:\n" + "".join(f"  {name}: off\n" for name in others)
    (folder / "policies/checks.yaml").write_text(text, encoding="utf-8")


def measure(count: int, folder: Path, runs: int) -> tuple[list[Run], list[Run], list[Run]]:
    """Return the runs of check, loader and phases, made in turns after one of each to warm the caches."""
    check: list[str | Path] = [Path(sys.executable).with_name("watchbill"), "check", folder]
    check += ["--now", organization.NOW, "--format", "concise"]
    commands = (check, [sys.executable, "-P", LOADER, folder], [sys.executable, "-P", PHASES, folder, organization.NOW])
    results: tuple[list[Run], list[Run], list[Run]] = ([], [], [])
    for number in range(runs + 1):
        for command, kept in zip(commands, results, strict=True):
            result = run(command)
            if number:
                kept.append(result)
        print(f"{count:,} schedules: round {number} of {runs}", file=sys.stderr)
    return results


def middle(runs: list[Run], name: str) -> float:
    """Return the median of one figure."""
    return statistics.median(getattr(each, name) for each in runs)


def report(count: int, number: int, size: int, results: tuple[list[Run], list[Run], list[Run]]) -> tuple[str, str]:
    """Return the rows of one organisation: check against loader, and the phases."""
    check, loader, phases = results
    pairs = [a.cpu / b.cpu for a, b in zip(check, loader, strict=True)]
    inside = statistics.median(json.loads(each.output)["seconds"] for each in loader)
    found = len([line for line in check[0].output.splitlines() if ": error" in line or ": warning" in line])
    row = (
        f"| {count:,} | {number:,} | {size / 1e6:.1f} | {middle(check, 'wall'):.3f} | {middle(check, 'cpu'):.3f} "
        f"| {middle(loader, 'wall'):.3f} | {middle(loader, 'cpu'):.3f} | {inside:.3f} "
        f"| {statistics.median(pairs):.2f} ({min(pairs):.2f} to {max(pairs):.2f}) "
        f"| {middle(check, 'memory'):.0f} | {found} |"
    )
    traces = [json.loads(each.output) for each in phases]
    cells = " | ".join(f"{statistics.median(trace[name] for trace in traces) * 1000:.0f}" for name in traces[0])
    names = " | ".join(traces[0])
    return row, f"| schedules | {names} |\n|{'---|' * (len(traces[0]) + 1)}\n| {count:,} | {cells} |"


def main() -> None:
    """Measure every N asked for and print the tables."""
    parser = argparse.ArgumentParser(description="Measure a cold check against PyYAML's C loader.")
    parser.add_argument("--runs", type=int, default=5, help="rounds of each process (default 5)")
    parser.add_argument("--basic", action="store_true", help="only the rules about single shifts and gaps")
    parser.add_argument("count", type=int, nargs="*", default=[100, 1000], help="schedules (default 100 1000)")
    options = parser.parse_args()
    rows: list[str] = []
    phases: list[str] = []
    for count in options.count:
        with tempfile.TemporaryDirectory(prefix="watchbill-benchmark-") as name:
            number, size = organization.write(count, Path(name))
            if options.basic:
                keep_basic_rules(Path(name))
            row, phase = report(count, number, size, measure(count, Path(name), options.runs))
        rows.append(row)
        phases.append(phase if not phases else phase.rpartition("\n")[2])
    print(f"Python {sys.version.split()[0]}, median of {options.runs} rounds; seconds, unless said otherwise.\n")
    print(
        "| schedules | files | MB | check, wall | check, CPU | loader, wall | loader, CPU | loader without start-up "
        "| ratio of CPU (least to most) | check's peak MB | findings |"
    )
    print("|" + "---|" * 11)
    print("\n".join(rows))
    print("\nThe phases of one compile, milliseconds:\n")
    print("\n".join(phases))


if __name__ == "__main__":
    main()
