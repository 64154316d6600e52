"""Repositories that try to make the reader leave its folders, hang, or show something else than what is there."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from watchbill.findings import Finding
from watchbill.source.documents import Reading
from watchbill.source.limits import FILE_BYTES, UNTRUSTED, Limits
from watchbill.source.read import read
from watchbill.source.tree import DirectoryTree, TreeError

CANARY = "canary: this text lies outside of the repository\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A repository with one good file, beside a file that must never be read."""
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "canary.yaml").write_text(CANARY, encoding="utf-8")
    root = tmp_path / "repository"
    for folder in ("schedules/people", "policies", "incidents"):
        (root / folder).mkdir(parents=True)
    (root / "schedules/people/ada.yaml").write_text("name: Ada Lovelace\n", encoding="utf-8")
    return root


def reading_of(root: Path) -> Reading:
    reading = read(DirectoryTree(root))
    assert "canary" not in repr(reading)
    return reading


def rules(reading: Reading) -> list[tuple[str, str]]:
    return [(finding.rule, finding.place.file) for finding in reading.findings]


def test_good_file_is_read(root: Path) -> None:
    reading = reading_of(root)
    assert [(document.path, document.data) for document in reading.documents] == [
        ("schedules/people/ada.yaml", {"name": "Ada Lovelace"})
    ]
    assert (reading.findings, reading.unreadable) == ((), ())


@pytest.mark.parametrize(
    ("link", "target"),
    [
        ("policies/windows.yaml", "../../outside/canary.yaml"),
        ("policies/outside", "../../outside"),
        ("policies/loop", "."),
        ("policies/loop.yaml", "loop.yaml"),
        ("policies/dangling.yaml", "nowhere"),
        ("policies/passwd.yaml", "/etc/passwd"),
        ("policies/environ.yaml", "/proc/self/environ"),
        ("policies/up", "../.."),
        ("schedules/people/grace.yaml", "ada.yaml"),
        ("policies/README.md", "/etc/passwd"),
    ],
)
def test_links_are_findings(root: Path, link: str, target: str) -> None:
    (root / link).symlink_to(target)
    reading = reading_of(root)
    assert rules(reading) == [("symlink", link)]
    assert len(reading.documents) == 1


def test_folder_that_is_a_link(root: Path) -> None:
    (root / "incidents").rmdir()
    (root / "incidents").symlink_to("../outside")
    assert rules(reading_of(root)) == [("symlink", "incidents")]


def test_folder_that_is_a_file(root: Path) -> None:
    (root / "incidents").rmdir()
    (root / "incidents").write_text("x", encoding="utf-8")
    reading = reading_of(root)
    assert rules(reading) == [("unexpected-file", "incidents")]
    assert reading.findings[0].help == "Make it a folder."


def test_file_without_an_ending_is_told_its_name(root: Path) -> None:
    (root / "schedules" / "on-call").write_text("x: 1\n", encoding="utf-8")
    assert "Rename it to `on-call.yaml`" in reading_of(root).findings[0].help


def test_root_may_be_reached_through_a_link(root: Path) -> None:
    (root.parent / "link").symlink_to("repository")
    assert len(reading_of(root.parent / "link").documents) == 1


def test_pipe_and_socket_do_not_hang(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(root / "policies/pipe.yaml")
    monkeypatch.chdir(root / "policies")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("socket.yaml")
        reading = reading_of(root)
    assert rules(reading) == [("special-file", "policies/pipe.yaml"), ("special-file", "policies/socket.yaml")]


def test_file_that_becomes_a_link_or_a_pipe_after_the_walk(root: Path) -> None:
    tree = DirectoryTree(root)
    for name in ("a", "b", "c", "d"):
        (root / f"policies/{name}.yaml").write_text("x: 1\n", encoding="utf-8")
    paths = tree.list(100).files
    for name in ("a", "b", "c"):
        (root / f"policies/{name}.yaml").unlink()
    (root / "policies/a.yaml").symlink_to("../../outside/canary.yaml")
    os.mkfifo(root / "policies/b.yaml")
    contents = dict(tree.contents(paths, FILE_BYTES))
    assert {path: content.rule for path, content in contents.items() if isinstance(content, Finding)} == {
        "policies/a.yaml": "symlink",
        "policies/b.yaml": "special-file",
        "policies/c.yaml": "unreadable-file",
    }
    assert contents["policies/d.yaml"] == b"x: 1\n"


def test_folder_that_becomes_a_link_after_the_walk(root: Path) -> None:
    (root / "policies/services").mkdir()
    (root / "policies/services/canary.yaml").write_text("x: 1\n", encoding="utf-8")
    tree = DirectoryTree(root)
    paths = tree.list(100).files
    shutil.rmtree(root / "policies/services")
    (root / "policies/services").symlink_to("../../outside")
    contents = dict(tree.contents(paths, FILE_BYTES))
    refused = contents["policies/services/canary.yaml"]
    assert isinstance(refused, Finding)
    assert refused.rule == "unreadable-file"


@pytest.mark.parametrize(
    "path", ["../outside/canary.yaml", "schedules/../../outside/canary.yaml", "/etc/passwd", "a\0b", "", "schedules//x"]
)
def test_paths_outside_are_not_opened(root: Path, path: str) -> None:
    ((_, content),) = DirectoryTree(root).contents([path], FILE_BYTES)
    assert isinstance(content, Finding)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        (b"Ada.yaml", "Ada.yaml"),
        (b"a b.yaml", "a b.yaml"),
        (b"a_b.yaml", "a_b.yaml"),
        (b"-a.yaml", "-a.yaml"),
        (b"a--b.yaml", "a--b.yaml"),
        (b"a.b.yaml", "a.b.yaml"),
        (b".hidden.yaml", ".hidden.yaml"),
        (b"...yaml", "...yaml"),
        (b"con.yaml", "con.yaml"),
        (b"a\nb.yaml", "a\\nb.yaml"),
        (b"a\x1b[2J.yaml", "a\\x1b[2J.yaml"),
        (b"\xff.yaml", "\\xff.yaml"),
        ("pay\u202ements.yaml".encode(), "pay\\u202ements.yaml"),
        ("\u0440ayments.yaml".encode(), "\u0440ayments.yaml"),
        (b"::error::x.yaml", "::error::x.yaml"),
        (b"##[add-mask]x.yaml", "##[add-mask]x.yaml"),
        (b"$(id).yaml", "$(id).yaml"),
        (b"a" * 101 + b".yaml", "a" * 101 + ".yaml"),
        (b"a.YAML", "a.YAML"),
    ],
)
def test_odd_names_are_findings(root: Path, name: bytes, shown: str) -> None:
    Path(os.fsdecode(os.fsencode(root) + b"/policies/" + name)).write_bytes(b"x: 1\n")
    reading = reading_of(root)
    assert rules(reading) == [("odd-file-name", f"policies/{shown}")]
    assert reading.findings[0].message.isprintable()


@pytest.mark.parametrize("name", ["a.yml", "a.txt", "yaml", "a.yaml~", "a.yaml.orig", "a.ics", "a.json", "readme.md"])
def test_files_of_other_types_are_findings(root: Path, name: str) -> None:
    (root / "policies" / name).write_text("x: 1\n", encoding="utf-8")
    assert rules(reading_of(root)) == [("unexpected-file", f"policies/{name}")]


@pytest.mark.parametrize("name", ["README.md", ".gitkeep", ".gitignore", ".DS_Store", ".ada.yaml.swp"])
def test_files_for_others_are_passed_over(root: Path, name: str) -> None:
    (root / "policies" / name).write_bytes(b"\xff\0")
    assert rules(reading_of(root)) == []


def test_twins_are_named(root: Path) -> None:
    (root / "schedules/people/Ada.yaml").write_text("name: Other\n", encoding="utf-8")
    (finding,) = reading_of(root).findings
    assert finding.message.startswith("`Ada.yaml` differs from `ada.yaml` only in letter case")


@pytest.mark.parametrize(
    ("name", "suggestion"), [("Ada.yaml", "ada.yaml"), ("a_b.yaml", "a-b.yaml"), (".x.yaml", "x.yaml")]
)
def test_better_names_are_suggested(root: Path, name: str, suggestion: str) -> None:
    (root / "policies" / name).write_text("x: 1\n", encoding="utf-8")
    assert f"`{suggestion}`" in reading_of(root).findings[0].help


def test_folders_with_odd_names_are_not_entered(root: Path) -> None:
    for name in ("Odd", "a b", ".hidden"):
        (root / "policies" / name).mkdir()
        (root / "policies" / name / "x.yaml").write_text("x: 1\n", encoding="utf-8")
    assert rules(reading_of(root)) == [
        ("odd-file-name", "policies/.hidden"),
        ("odd-file-name", "policies/Odd"),
        ("odd-file-name", "policies/a b"),
    ]


@pytest.mark.parametrize("is_folder", [True, False])
def test_submodules_are_not_entered(root: Path, is_folder: bool) -> None:
    (root / "policies/sub").mkdir()
    (root / "policies/sub/x.yaml").write_text("x: 1\n", encoding="utf-8")
    git = root / "policies/sub/.git"
    git.mkdir() if is_folder else git.write_text("gitdir: elsewhere\n", encoding="utf-8")
    assert rules(reading_of(root)) == [("submodule", "policies/sub")]


def test_folders_too_deep(root: Path) -> None:
    (root / "policies" / "/".join(["a"] * 200)).mkdir(parents=True)
    assert [rule for rule, _ in rules(reading_of(root))] == ["too-deep"]


def test_sub_folders_are_read(root: Path) -> None:
    (root / "policies/services/eu").mkdir(parents=True)
    (root / "policies/services/eu/checkout.yaml").write_text("name: Checkout\n", encoding="utf-8")
    assert [document.path for document in reading_of(root).documents] == [
        "policies/services/eu/checkout.yaml",
        "schedules/people/ada.yaml",
    ]


def test_calendars_are_bytes(root: Path) -> None:
    for folder in ("time-off", "holidays"):
        (root / "schedules" / folder).mkdir()
        (root / "schedules" / folder / "x.ics").write_bytes(b"BEGIN:VCALENDAR\r\n\xff\0")
    calendars = [document.data for document in reading_of(root).documents if document.path.endswith(".ics")]
    assert calendars == [b"BEGIN:VCALENDAR\r\n\xff\0"] * 2


@pytest.mark.parametrize(("size", "rule"), [(FILE_BYTES, "yaml-syntax"), (FILE_BYTES + 1, "file-too-large")])
@pytest.mark.parametrize("limits", [Limits(), UNTRUSTED])
def test_size_of_a_file(root: Path, size: int, rule: str, limits: Limits) -> None:
    (root / "policies/large.yaml").write_bytes(b"#" * (size - 2) + b"\n[")
    reading = read(DirectoryTree(root), limits)
    assert rules(reading) == [(rule, "policies/large.yaml")]
    assert reading.unreadable == ("policies/large.yaml",)


def test_sparse_file_of_terabytes(root: Path) -> None:
    with (root / "policies/large.yaml").open("wb") as file:
        file.truncate(1 << 40)
    assert rules(reading_of(root)) == [("file-too-large", "policies/large.yaml")]


def test_too_many_files(root: Path) -> None:
    for number in range(20):
        (root / f"policies/x{number}.yaml").write_text("x: 1\n", encoding="utf-8")
    tree = DirectoryTree(root)
    reading = read(tree, Limits(files=21))
    assert (rules(reading), reading.documents) == ([("too-many-files", ".")], ())
    # The folder schedules/people is an entry too.
    assert read(tree, Limits(files=22)).findings == ()


def test_too_many_bytes(root: Path) -> None:
    for number in range(20):
        (root / f"policies/x{number}.yaml").write_bytes(b"x: 12345\n\n")
    total = 200 + len("name: Ada Lovelace\n")
    tree = DirectoryTree(root)
    reading = read(tree, Limits(total_bytes=total - 1))
    assert (rules(reading), reading.documents) == ([("repository-too-large", ".")], ())
    assert read(tree, Limits(total_bytes=total)).findings == ()


@pytest.mark.parametrize("make", ["missing", "file", "empty", "other folders"])
def test_nothing_to_read(tmp_path: Path, make: str) -> None:
    root = tmp_path / "x"
    if make == "file":
        root.write_text("x", encoding="utf-8")
    elif make != "missing":
        (root / "docs" if make == "other folders" else root).mkdir(parents=True)
    with pytest.raises(TreeError) as raised:
        read(DirectoryTree(root))
    assert str(root) in str(raised.value)
    assert raised.value.help.endswith(".")


def test_one_of_the_folders_is_enough(tmp_path: Path) -> None:
    (tmp_path / "incidents").mkdir()
    assert read(DirectoryTree(tmp_path)).documents == ()


@pytest.fixture
def foreign_root() -> Iterator[Path]:
    """A repository that another user than root can reach."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        root.chmod(0o755)
        (root / "policies").mkdir(mode=0o755)
        yield root


@pytest.fixture
def without_rights() -> Iterator[None]:
    """Be a user without special rights: root may read everything."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.mark.parametrize("name", ["policies/secret.yaml", "policies/secret"])
def test_what_may_not_be_read(foreign_root: Path, name: str, request: pytest.FixtureRequest) -> None:
    secret = foreign_root / name
    secret.write_text("x: 1\n", encoding="utf-8") if name.endswith(".yaml") else secret.mkdir()
    secret.chmod(0)
    request.getfixturevalue("without_rights")
    reading = read(DirectoryTree(foreign_root))
    assert rules(reading) == [("unreadable-file", name)]
    assert reading.findings[0].message.endswith("cannot be read: permission denied")


def test_order_is_that_of_the_paths(root: Path) -> None:
    for name in ("b", "a-b", "a", "a/b", "c", "a-b/x"):
        (root / f"policies/{name}.yaml").parent.mkdir(exist_ok=True)
        (root / f"policies/{name}.yaml").write_text("x: 1\n", encoding="utf-8")
    paths = [document.path for document in reading_of(root).documents]
    assert paths == sorted(paths)
    assert len(paths) == 7


def test_committed_hostile_repository(root: Path) -> None:
    """What git itself can carry arrives the same through a clone."""
    (root / "policies/passwd.yaml").symlink_to("/etc/passwd")
    (root / "policies/a\nb.yaml").write_text("x: 1\n", encoding="utf-8")
    (root / "policies/bad.yaml").write_text("a: &x 1\n", encoding="utf-8")
    git = ["git", "-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "init.defaultBranch=main"]
    subprocess.run([*git, "init", "-q"], cwd=root, check=True)
    subprocess.run([*git, "add", "."], cwd=root, check=True)
    subprocess.run([*git, "commit", "-q", "-m", "x", "--no-gpg-sign"], cwd=root, check=True)
    clone = root.parent / "clone"
    subprocess.run([*git, "clone", "-q", str(root), str(clone)], cwd=root, check=True)
    assert reading_of(clone) == reading_of(root)
    assert [rule for rule, _ in rules(reading_of(clone))] == ["odd-file-name", "anchor", "symlink"]
