"""Measures how long commands take before they do anything, against the interpreter alone and against loading PyYAML.

All processes are fresh and take turns, so that a busy machine slows them alike. CPU time is counted; of it the least
of all rounds is told, because only other work on the machine makes a start slower than that.

Usage: start_up.py [--runs R]
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

import organization
from check import Run, run

NEARLY_EMPTY = {"policies/organization.yaml": "name: Example\ntimezone: Europe/London\n"}


def commands(folder: Path) -> dict[str, list[str | Path]]:
    """Return the measured commands by the name they have in the table; the first is what all are compared with."""
    watchbill = Path(sys.executable).with_name("watchbill")
    now = ["--now", organization.NOW]
    return {
        "`python -c pass`": [sys.executable, "-c", "pass"],
        '`python -c "import yaml"`': [sys.executable, "-c", "import yaml"],
        "`watchbill --version`": [watchbill, "--version"],
        "`watchbill --help`": [watchbill, "--help"],
        "imports of `watchbill check`": [
            sys.executable,
            "-c",
            "import watchbill.cli.check_command, watchbill.pipeline",
        ],
        "`watchbill check`, 1 file": [watchbill, "check", folder / "empty", *now],
        "`watchbill check`, 10 schedules": [watchbill, "check", folder / "small", *now],
        "`watchbill who`, 10 schedules": [watchbill, "who", "--directory", folder / "small", *now],
    }


def write(folder: Path) -> None:
    """Write a repository of one file and one of ten schedules."""
    for name, text in NEARLY_EMPTY.items():
        path = folder / "empty" / name
        path.parent.mkdir(parents=True)
        path.write_text(text, encoding="utf-8")
    organization.write(10, folder / "small")


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description="Measure start-up against the interpreter alone.")
    parser.add_argument("--runs", type=int, default=20, help="rounds of each process (default 20)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="watchbill-benchmark-") as name:
        write(Path(name))
        measured = commands(Path(name))
        runs: dict[str, list[Run]] = {label: [] for label in measured}
        for number in range(options.runs + 1):
            for label, command in measured.items():
                result = run(command)
                if number:  # the first round warms the caches
                    runs[label].append(result)
    least = {label: min(each.cpu for each in kept) for label, kept in runs.items()}
    bare, loader = list(least.values())[:2]
    print(f"Python {sys.version.split()[0]}, least CPU time of {options.runs} rounds.\n")
    print("| process | CPU (ms) | more than bare Python (ms) | times bare Python | times `import yaml` |")
    print("|" + "---|" * 5)
    for label, cpu in least.items():
        print(f"| {label} | {cpu * 1e3:.0f} | {(cpu - bare) * 1e3:.0f} | {cpu / bare:.1f} | {cpu / loader:.1f} |")


if __name__ == "__main__":
    main()
