"""One compile of a repository, with the seconds of every phase.

Usage: phases.py FOLDER NOW. Prints JSON."""

from __future__ import annotations

import gc
import json
import sys
from datetime import datetime
from pathlib import Path
from time import perf_counter


def main(folder: Path, moment: str) -> None:
    """Compile once and print the seconds of the imports and of each phase."""
    started = perf_counter()
    from watchbill.pipeline import compile_tree
    from watchbill.source.tree import DirectoryTree

    phases = {"imports": perf_counter() - started}
    gc.disable()  # as the command line does
    now = int(datetime.fromisoformat(moment).timestamp())
    compile_tree(DirectoryTree(folder), now=now, trace=phases.__setitem__)
    print(json.dumps(phases))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
