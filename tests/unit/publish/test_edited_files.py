"""Edited files are written all or none, and only over what was read."""

from __future__ import annotations

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
