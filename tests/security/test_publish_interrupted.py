"""Publishing under a killer, under a reader, and on a disk that is really full."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from watchbill.publish.contents import LIST
from watchbill.publish.tree import publish

FILES = 60

PUBLISH_FOR_EVER = f"""
import sys
from pathlib import Path
from watchbill.publish.tree import publish
print("ready", flush=True)
generation = 0
while True:
    generation += 1
    content = str(generation).encode()
    publish({{f"site/{{n % 7}}/{{n}}.html": content for n in range({FILES})}}, Path(sys.argv[1]))
"""

PUBLISH_ONCE = """
import sys
from pathlib import Path
from watchbill.publish.tree import PublishError, publish
try:
    publish({f"{n}.html": b"x" * 20000 for n in range(50)}, Path(sys.argv[1]))
except PublishError as error:
    print(error)
    sys.exit(3)
"""


def start(code: str, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-c", code, *arguments], stdout=subprocess.PIPE, text=True)


def stop(process: subprocess.Popen[str]) -> None:
    process.send_signal(signal.SIGKILL)
    process.communicate()


def generations(folder: Path) -> tuple[set[bytes], int]:
    """Return the different contents below a folder and the number of files, read through one open folder."""
    found: set[bytes] = set()
    count = 0
    top = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        for n in range(FILES):
            descriptor = os.open(f"site/{n % 7}/{n}.html", os.O_RDONLY, dir_fd=top)
            try:
                found.add(os.read(descriptor, 100))
            finally:
                os.close(descriptor)
            count += 1
    finally:
        os.close(top)
    return found, count


@pytest.mark.parametrize("rounds", [6, pytest.param(150, marks=pytest.mark.deep)])
def test_a_killed_run_leaves_a_whole_tree(tmp_path: Path, rounds: int) -> None:
    target = tmp_path / "build"
    chance = random.Random(20260105)  # noqa: S311 - points in time, not secrets
    for _ in range(rounds):
        process = start(PUBLISH_FOR_EVER, str(target))
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(chance.uniform(0.01, 0.12))
        stop(process)
        if target.exists():
            found, count = generations(target)
            assert (len(found), count) == (1, FILES)
    publish({"a": b""}, target)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["build"]
    assert sorted(path.name for path in target.iterdir()) == [LIST, "a"]


def test_a_reader_never_sees_two_generations(tmp_path: Path) -> None:
    target = tmp_path / "build"
    process = start(PUBLISH_FOR_EVER, str(target))
    whole = 0
    seen: set[bytes] = set()
    try:
        end = time.monotonic() + 20
        while (whole < 30 or len(seen) < 3) and time.monotonic() < end:
            # A tree that is removed while it is read is missing files; it must never hold another one's.
            with contextlib.suppress(FileNotFoundError):
                found, _ = generations(target)
                assert len(found) == 1
                seen |= found
                whole += 1
    finally:
        stop(process)
    assert whole >= 30
    assert len(seen) >= 3


def test_a_full_disk_leaves_the_previous_output(tmp_path: Path) -> None:
    """On a file system of 256 kB where a private mount is allowed; else with a limit on the size of files."""
    small = tmp_path / "small"
    small.mkdir()
    old = PUBLISH_ONCE.replace("range(50)", "range(1)").replace("20000", "2")
    script = tmp_path / "both.sh"
    script.write_text(
        'if mount -t tmpfs -o size=256k tmpfs "$2" 2>/dev/null; then :; else limit=1; fi\n'
        '"$1" -c "$3" "$2/build" || exit 9\n'
        'if [ -n "$limit" ]; then ulimit -f 8; trap "" XFSZ; fi\n'
        '"$1" -c "$4" "$2/build"; echo "status $?"; cat "$2/build/0.html"; echo; ls -A "$2" | wc -l\n'
    )
    command = ["sh", str(script), sys.executable, str(small), old, PUBLISH_ONCE]
    private = ["unshare", "--mount", "--map-root-user"]
    allowed = _succeeds([*private, "true"])
    done = subprocess.run([*(private if allowed else []), *command], capture_output=True, text=True, check=False)
    message, status, rest = done.stdout.partition("status 3\n")
    assert status, done.stdout + done.stderr
    assert "the disk is full" in message or "larger than the limit" in message
    assert rest.split() == ["xx", "1"], "the old file stands, and nothing is left beside it"


def _succeeds(command: list[str]) -> bool:
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        return False


def test_too_many_open_files_is_a_message(tmp_path: Path) -> None:
    target = tmp_path / "build"
    publish({"a": b"old"}, target)
    code = (
        "import os, resource, sys\n"
        "from pathlib import Path\n"
        "from watchbill.publish.tree import PublishError, publish\n"
        "import watchbill.publish.file_system, tempfile, shutil\n"
        "resource.setrlimit(resource.RLIMIT_NOFILE, (32, 32))\n"
        "held = []\n"
        "try:\n"
        "    while True: held.append(os.dup(0))\n"
        "except OSError: pass\n"
        "try: publish({'a': b'new'}, Path(sys.argv[1]))\n"
        "except PublishError as error: print(error)\n"
    )
    done = subprocess.run([sys.executable, "-c", code, str(target)], capture_output=True, text=True, check=True)
    assert "too many open files" in done.stdout
    assert (target / "a").read_bytes() == b"old"
