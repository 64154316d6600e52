"""A tree is published whole or not at all, and nothing of anybody else is lost."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from watchbill.publish.contents import LIST
from watchbill.publish.file_system import FileSystem
from watchbill.publish.paths import UnsafePathError
from watchbill.publish.tree import PublishError, publish

OLD = {"site/index.html": b"old", "site/people/ada.html": b"old ada", "gone.txt": b"old"}
NEW = {"site/index.html": b"new", "site/feeds/ada.ics": b"new ada", "reports/check.json": b"{}"}


def content(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != LIST
    }


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_new_folder_is_made_with_its_parents(tmp_path: Path) -> None:
    target = tmp_path / "some" / "where" / "build"
    publish(NEW, target)
    assert content(target) == NEW
    assert names(target.parent) == ["build"]


def test_the_previous_output_is_replaced_whole(tmp_path: Path) -> None:
    target = tmp_path / "build"
    publish(OLD, target)
    publish(NEW, target)
    assert content(target) == NEW
    assert names(tmp_path) == ["build"]


def test_a_relative_target_and_an_empty_folder_will_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("build").mkdir()
    publish(NEW, Path("build"))
    assert content(tmp_path / "build") == NEW


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_modes_do_not_depend_on_the_umask(tmp_path: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        publish(NEW, tmp_path / "build")
    finally:
        os.umask(before)
    modes = {path.is_dir(): path.stat().st_mode & 0o7777 for path in (tmp_path / "build").rglob("*")}
    assert modes == {True: 0o755, False: 0o644}
    assert (tmp_path / "build").stat().st_mode & 0o7777 == 0o755


def test_a_folder_of_somebody_else_is_refused(tmp_path: Path) -> None:
    target = tmp_path / "build"
    target.mkdir()
    (target / "thesis.tex").write_text("years of work")
    with pytest.raises(PublishError, match="was not written by watchbill build") as caught:
        publish(NEW, target)
    assert "--out" in caught.value.help
    assert names(target) == ["thesis.tex"]


def test_a_file_that_somebody_put_into_the_output_is_not_deleted(tmp_path: Path) -> None:
    target = tmp_path / "build"
    publish(OLD, target)
    (target / "site" / "notes.txt").write_text("mine")
    with pytest.raises(PublishError, match=r"site/notes\.txt"):
        publish(NEW, target)
    assert (target / "site" / "notes.txt").read_text() == "mine"
    assert content(target) == {**OLD, "site/notes.txt": b"mine"}


def test_what_a_file_manager_leaves_does_not_stop_a_build(tmp_path: Path) -> None:
    target = tmp_path / "build"
    publish(OLD, target)
    (target / "site" / ".DS_Store").write_bytes(b"\0")
    publish(NEW, target)
    assert content(target) == NEW


def test_a_symbolic_link_is_refused(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "build").symlink_to("elsewhere")
    with pytest.raises(PublishError, match="symbolic link to elsewhere"):
        publish(NEW, tmp_path / "build")
    assert names(tmp_path / "elsewhere") == []


def test_a_link_inside_the_output_is_not_followed(tmp_path: Path) -> None:
    target = tmp_path / "build"
    publish(OLD, target)
    (tmp_path / "precious").mkdir()
    (tmp_path / "precious" / "file").write_text("keep")
    shutil.rmtree(target / "site" / "people")
    (target / "site" / "people").symlink_to(tmp_path / "precious")
    with pytest.raises(PublishError, match="site/people"):
        publish(NEW, target)
    assert (tmp_path / "precious" / "file").read_text() == "keep"


@pytest.mark.parametrize("target", ["build", "build/below"])
def test_a_file_in_the_way_is_named(tmp_path: Path, target: str) -> None:
    (tmp_path / "build").write_text("a file")
    with pytest.raises(PublishError, match="file"):
        publish(NEW, tmp_path / target)
    assert (tmp_path / "build").read_text() == "a file"


def test_an_unsafe_path_touches_nothing(tmp_path: Path) -> None:
    with pytest.raises(UnsafePathError):
        publish({"../out": b""}, tmp_path / "build")
    assert names(tmp_path) == []


class FailingAt(FileSystem):
    """A file system whose n-th call fails. Whether a failed write left half a file is up to ``torn``."""

    def __init__(self, n: int, code: int, *, exchanges: bool, torn: bool) -> None:
        self.left = n
        self.code = code
        self.exchanges = exchanges
        self.torn = torn

    def __getattribute__(self, name: str) -> Any:
        found = super().__getattribute__(name)
        return self.counted(name, found) if callable(found) and name in vars(FileSystem) else found

    def counted(self, name: str, call: Callable[..., object]) -> Callable[..., object]:
        def run(*arguments: Any) -> object:
            self.left -= 1
            if self.left == 0:
                if name == "write" and self.torn:
                    arguments[0].write_bytes(b"ha")
                raise OSError(self.code, os.strerror(self.code))
            if name == "exchange" and not self.exchanges:
                return False
            return call(*arguments)

        return run


def failure_of(target: Path, disk: FileSystem) -> PublishError | None:
    try:
        publish(NEW, target, disk)
    except PublishError as error:
        return error
    return None


@pytest.mark.parametrize("exchanges", [True, False])
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EMFILE, errno.EACCES, errno.EROFS, errno.EIO])
def test_whichever_call_fails_the_old_or_the_new_tree_is_whole(tmp_path: Path, code: int, exchanges: bool) -> None:
    """Fail the n-th call for every n until none fails, as SQLite tests its disk errors."""
    failures = 0
    for n in range(1, 200):
        target = tmp_path / str(n) / "build"
        publish(OLD, target)
        disk = FailingAt(n, code, exchanges=exchanges, torn=n % 2 == 0)
        error = failure_of(target, disk)
        if error:
            failures += 1
            assert str(target) in str(error)
            assert error.help
        assert content(target) == (OLD if error else NEW)
        publish(NEW, target)
        assert content(target) == NEW
        assert names(target.parent) == ["build"], "leftovers are removed by the next run"
        if disk.left > 0:
            break
    else:
        pytest.fail("the loop never ran without a failure")
    assert failures > 8


def test_a_full_disk_is_named_with_a_way_out(tmp_path: Path) -> None:
    with pytest.raises(PublishError, match="the disk is full") as caught:
        publish(NEW, tmp_path / "build", FailingAt(5, errno.ENOSPC, exchanges=True, torn=True))
    assert "Free some space" in caught.value.help
    assert names(tmp_path) == []


def test_an_output_that_a_killed_run_had_moved_aside_is_put_back(tmp_path: Path) -> None:
    target = tmp_path / "build"
    publish(OLD, target)
    target.rename(tmp_path / ".build.watchbill-old-abc")
    (tmp_path / ".build.watchbill-new-abc").mkdir()
    with pytest.raises(PublishError):
        publish(NEW, target, FailingAt(6, errno.ENOSPC, exchanges=True, torn=False))
    assert content(target) == OLD
    assert names(tmp_path) == ["build"]


def test_a_run_that_is_still_going_is_left_alone(tmp_path: Path) -> None:
    target = tmp_path / "build"
    other = tmp_path / ".build.watchbill-new-other"
    other.mkdir()
    lock = FileSystem().lock(other)
    assert lock is not None
    try:
        publish(NEW, target)
        assert other.is_dir()
    finally:
        os.close(lock)
    publish(NEW, target)
    assert names(tmp_path) == ["build"]


def test_other_names_beside_the_target_are_left_alone(tmp_path: Path) -> None:
    for name in (".build2.watchbill-new-x", "build.watchbill-new-x", ".build-old"):
        (tmp_path / name).mkdir()
    publish(NEW, tmp_path / "build")
    assert len(names(tmp_path)) == 4
