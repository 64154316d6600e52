"""Edited files are written all or none, and only over what was read."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from watchbill.edit.files import FileChange
from watchbill.publish.edited_files import WritingError, put_in_place
from watchbill.publish.paths import UnsafePathError


def change(path: str, before: bytes | None, after: bytes) -> FileChange:
    return FileChange(path=path, before=before, after=after)


def content(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_files_and_folders_are_made_and_replaced(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a/old.yaml").write_bytes(b"1")
    put_in_place(tmp_path, [change("a/old.yaml", b"1", b"2"), change("b/c/new.yaml", None, b"3")])
    assert content(tmp_path) == {"a/old.yaml": b"2", "b/c/new.yaml": b"3"}


def test_a_file_that_has_changed_meanwhile_is_left_alone_and_the_others_are_put_back(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes(b"1")
    (tmp_path / "b.yaml").write_bytes(b"somebody else")
    with pytest.raises(WritingError, match=r"b\.yaml has changed"):
        put_in_place(
            tmp_path, [change("a.yaml", b"1", b"2"), change("n.yaml", None, b"3"), change("b.yaml", b"1", b"2")]
        )
    assert content(tmp_path) == {"a.yaml": b"1", "b.yaml": b"somebody else"}


def test_a_new_file_that_is_there_already_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes(b"1")
    with pytest.raises(WritingError):
        put_in_place(tmp_path, [change("a.yaml", None, b"2")])
    assert content(tmp_path) == {"a.yaml": b"1"}


def test_a_name_that_is_too_long_stops_everything(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes(b"1")
    with pytest.raises(WritingError, match="cannot be written"):
        put_in_place(tmp_path, [change("a.yaml", b"1", b"2"), change(f"{'x' * 300}.yaml", None, b"2")])
    assert content(tmp_path) == {"a.yaml": b"1"}


@pytest.mark.parametrize("path", ["../out.yaml", "link/out.yaml", "a/../../out.yaml", "/out.yaml"])
def test_nothing_is_written_outside(tmp_path: Path, path: str) -> None:
    root = tmp_path / "root"
    root.mkdir()
    (tmp_path / "else").mkdir()
    (root / "link").symlink_to(tmp_path / "else")
    with pytest.raises((WritingError, UnsafePathError)):
        put_in_place(root, [change(path, None, b"2")])
    assert content(tmp_path) == {}


@pytest.mark.parametrize("number", [signal.SIGXFSZ, signal.SIGINT])
def test_what_stops_the_writing_leaves_every_file_as_it_was(tmp_path: Path, number: signal.Signals) -> None:
    """A disk that is full while a file is written, and somebody who stops the command between two files."""
    (tmp_path / "a.yaml").write_bytes(b"1")
    (tmp_path / "b.yaml").write_bytes(b"1")
    text = b"2" * (5_000 if number is signal.SIGXFSZ else 10)
    done = subprocess.run(
        [sys.executable, "-c", _STOPPED, str(tmp_path), str(int(number)), str(len(text))],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout == ("WritingError" if number is signal.SIGXFSZ else "KeyboardInterrupt"), done.stderr
    assert content(tmp_path) == {"a.yaml": b"1", "b.yaml": b"1"}


_STOPPED = """
import os, resource, signal, sys
from pathlib import Path
from watchbill.edit.files import FileChange
from watchbill.publish.edited_files import put_in_place
root, number, length = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
if number == signal.SIGXFSZ:
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000, 1_000))
else:
    signal.signal(signal.SIGINT, signal.default_int_handler)
    replace, names = os.rename, []
    def stop(source, target, **folders):
        if target not in names and names:
            os.kill(os.getpid(), number)
        names.append(target)
        replace(source, target, **folders)
    os.rename = stop
files = [FileChange(path=name, before=b"1", after=b"2" * length) for name in ("a.yaml", "b.yaml")]
try:
    put_in_place(root, files)
except BaseException as error:
    sys.stdout.write(type(error).__name__)
"""
