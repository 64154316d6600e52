"""The yardstick: a process that loads all YAML files of a repository with PyYAML's C loader and does nothing else.

Usage: load_only.py FOLDER. Prints the seconds that loading took without the start of the interpreter, as JSON.
"""

from __future__ import annotations

import json
import os
import sys
from time import perf_counter

import yaml


def load(folder: str) -> int:
    """Load every file below ``folder`` and return how many there were."""
    number = 0
    for parent, _, names in os.walk(folder):
        for name in names:
            if name.endswith(".yaml"):
                with open(f"{parent}/{name}", "rb") as stream:  # noqa: PTH123 - the quickest way is the fair one
                    yaml.load(stream.read(), Loader=yaml.CSafeLoader)
                number += 1
    return number


if __name__ == "__main__":
    started = perf_counter()
    count = load(sys.argv[1])
    print(json.dumps({"files": count, "seconds": perf_counter() - started}))
