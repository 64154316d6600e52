"""A commit is read as the folder would be in which it is checked out, whatever a stranger has committed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from example_organisation import ROOT
from git_repositories import TEAM, Repository
from watchbill.findings import Finding, Place
from watchbill.source.git_commands import GitError, commit_of, main_branch, merge_base
from watchbill.source.git_tree import GitTree
from watchbill.source.limits import FILE_BYTES, Limits
from watchbill.source.positions import locate
from watchbill.source.read import read
from watchbill.source.tree import DirectoryTree, TreeError


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path / "repository")


def assert_the_same(repository: Repository, folder: str = ".") -> None:
    """Assert that the commit reads as its checkout, positions of findings included."""
    with GitTree(repository.root / folder, "HEAD") as tree:
        directory = DirectoryTree(repository.root / folder)
        reading = read(tree)
        assert reading == read(directory)
        for finding in reading.findings:
            assert locate(tree, finding.place) == locate(directory, finding.place), finding


def test_the_example_is_read_as_in_its_folder(repository: Repository) -> None:
    files = {
        str(path.relative_to(ROOT)): path.read_text(encoding="utf-8")
        for folder in ("schedules", "policies", "incidents")
        for path in (ROOT / folder).rglob("*")
        if path.suffix in (".yaml", ".ics", ".md")
    }
    repository.commit(files)
    assert_the_same(repository)


def test_what_a_stranger_may_commit_gives_the_findings_of_a_folder(repository: Repository) -> None:
    odd = "policies/ser\nvices::error::x.yaml"
    deep = "schedules/" + "/".join("abcdefghijklmnopqrstuvwxyz") + "/ada.yaml"
    files = {**TEAM, odd: "x: 1\n", "schedules/people/Ada.yaml": "name: x\n", "schedules/people/ada.yaml": "a: &b c\n"}
    files |= {
        "policies/windows.yml": "x: 1\n",
        "policies/con.yaml": "x: 1\n",
        deep: "x: 1\n",
        "policies/Odd/x.yaml": "1",
    }
    files |= {"incidents/2026/bytes.yaml": "title: x\u202ey\n", "policies/large.yaml": "#" * (FILE_BYTES + 1)}
    repository.write(files)
    (repository.root / "policies/link.yaml").symlink_to("/etc/passwd")
    (repository.root / "policies/folder").symlink_to("..")
    (repository.root / os.fsdecode(b"policies/\xff.yaml")).write_text("x: 1\n")
    repository.commit({})
    assert_the_same(repository)
    with GitTree(repository.root, "HEAD") as tree:
        rules = {finding.rule for finding in read(tree).findings}
    assert rules >= {"odd-file-name", "symlink", "anchor", "unexpected-file", "too-deep", "file-too-large"}


def test_the_folders_themselves_may_be_anything(repository: Repository) -> None:
    repository.write({"schedules": "a file\n", "policies/organization.yaml": "name: x\n"})
    (repository.root / "incidents").symlink_to("policies")
    repository.commit({})
    assert_the_same(repository)


def test_a_submodule_is_a_finding(repository: Repository) -> None:
    commit = repository.commit(TEAM)
    repository.git("update-index", "--add", "--cacheinfo", f"160000,{commit},schedules/people")
    repository.git("commit", "-q", "-m", "submodule")
    with GitTree(repository.root, "HEAD") as tree:
        assert [(f.rule, f.place.file) for f in read(tree).findings] == [("submodule", "schedules/people")]


def test_a_tree_that_no_git_would_write(repository: Repository) -> None:
    """Names with dots, twice the same name: made by hand, as ``git fsck`` refuses them."""
    blob = repository.git("hash-object", "-w", "--stdin", given=b"name: Example\n")
    raw = bytes.fromhex(blob)
    people = b"".join(b"100644 " + name + b"\0" + raw for name in (b"..", b".git", b"ada.yaml", b"ada.yaml"))
    inner = repository.git("hash-object", "-t", "tree", "-w", "--stdin", "--literally", given=people)
    outer = b"40000 policies\0" + bytes.fromhex(inner)
    tree = repository.git("hash-object", "-t", "tree", "-w", "--stdin", "--literally", given=outer)
    commit = repository.git("commit-tree", tree, "-m", "x")
    with GitTree(repository.root, commit) as found:
        reading = read(found)
    assert [document.path for document in reading.documents] == ["policies/ada.yaml"]
    assert {finding.rule for finding in reading.findings} <= {"odd-file-name", "unexpected-file", "unreadable-file"}


def test_a_folder_below_the_top_of_a_clone(repository: Repository) -> None:
    files: dict[str, str | None] = {f"ops/rosters/{path}": text for path, text in TEAM.items()}
    repository.commit({**files, "schedules/people/eve.yaml": "name: Eve\n", "ops/rosters/README.md": "x"})
    assert_the_same(repository, "ops/rosters")
    with GitTree(repository.root / "ops", "HEAD") as tree, pytest.raises(TreeError):
        read(tree)


def test_neither_folder_nor_index_is_looked_at_or_touched(repository: Repository) -> None:
    repository.commit(TEAM)
    repository.write({"schedules/people.yaml": "changed: {name: Changed}\n", "policies/new.yaml": "x: 1\n"})
    repository.git("add", "policies/new.yaml")
    index = (repository.root / ".git/index").read_bytes()
    before = repository.git("status", "--porcelain")
    with GitTree(repository.root, "HEAD") as tree:
        read_files = {document.path for document in read(tree).documents}
    assert read_files == set(TEAM)
    assert (repository.root / ".git/index").read_bytes() == index
    assert repository.git("status", "--porcelain") == before


def test_variables_of_git_and_replaced_objects_have_no_say(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = repository.commit(TEAM)
    second = repository.commit({"schedules/people.yaml": "eve: {name: Eve}\n"})
    repository.git("replace", first, second)
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "nowhere"))
    monkeypatch.setenv("GIT_CONFIG_PARAMETERS", "'core.pager'='touch owned'")
    with GitTree(repository.root, first) as tree:
        people = next(d.data for d in read(tree).documents if d.path == "schedules/people.yaml")
    assert isinstance(people, dict)
    assert "ada" in people


def test_limits_hold(repository: Repository) -> None:
    repository.commit({**TEAM, **{f"schedules/people/p{n}.yaml": "name: x\n" for n in range(50)}})
    with GitTree(repository.root, "HEAD") as tree:
        assert [f.rule for f in read(tree, Limits(files=20)).findings] == ["too-many-files"]
        assert [f.rule for f in read(tree, Limits(total_bytes=300)).findings] == ["repository-too-large"]
        # What was left unread of one answer is no answer to the next question.
        ((_, data),) = tree.contents(["policies/organization.yaml"], FILE_BYTES)
        assert data == TEAM["policies/organization.yaml"].encode()


def test_more_blobs_than_are_asked_for_at_a_time_come_in_order(repository: Repository) -> None:
    files: dict[str, str | None] = {
        f"schedules/people/p{n}.yaml": f"name: Person {n}\n" * (n % 7 + 1) for n in range(300)
    }
    repository.commit(files)
    with GitTree(repository.root, "HEAD") as tree:
        paths = sorted(files, reverse=True)
        assert list(tree.contents(paths, FILE_BYTES)) == [(path, (files[path] or "").encode()) for path in paths]


def test_an_object_that_is_not_there_is_a_finding(repository: Repository) -> None:
    repository.commit(TEAM)
    oid = repository.git("rev-parse", "HEAD:schedules/people.yaml")
    (repository.root / ".git/objects" / oid[:2] / oid[2:]).unlink()
    with GitTree(repository.root, "HEAD") as tree:
        reading = read(tree)
    assert [(f.rule, f.place.file) for f in reading.findings] == [("unreadable-file", "schedules/people.yaml")]


def test_a_folder_that_git_cannot_read_is_no_empty_one(repository: Repository) -> None:
    repository.commit(TEAM)
    oid = repository.git("rev-parse", "HEAD:schedules")
    (repository.root / ".git/objects" / oid[:2] / oid[2:]).unlink()
    with GitTree(repository.root, "HEAD") as tree, pytest.raises(GitError, match="cannot read the folders"):
        read(tree)


def test_a_partial_clone_fetches_nothing(repository: Repository, tmp_path: Path) -> None:
    repository.commit(TEAM)
    repository.git("config", "uploadpack.allowFilter", "true")
    clone, owned = tmp_path / "clone", tmp_path / "owned"
    url = f"file://{repository.root}"
    repository.git("clone", "-q", "--no-checkout", "--filter=blob:none", url, str(clone))
    repository.git("-C", str(clone), "config", "remote.origin.uploadpack", f"touch {owned}; git-upload-pack")
    with GitTree(clone, "HEAD") as tree, pytest.raises(GitError, match="cannot read the folders") as raised:
        read(tree)
    assert "partial clone" in raised.value.help
    assert not owned.exists()


def test_a_path_that_is_not_there(repository: Repository) -> None:
    repository.commit(TEAM)
    with GitTree(repository.root, "HEAD") as tree:
        assert locate(tree, Place(file="policies/none.yaml")) is None
        ((_, found),) = tree.contents(["../../etc/passwd"], FILE_BYTES)
        assert isinstance(found, Finding)


@pytest.mark.parametrize(
    "name", ["", "none", "--help", "-x", "a\0b", "HEAD:policies", "HEAD\nHEAD", "\udcff", "x" * 300]
)
def test_what_is_no_commit_is_said_in_a_sentence(repository: Repository, name: str) -> None:
    repository.commit(TEAM)
    with pytest.raises(GitError, match=r"is no commit of this repository") as raised:
        GitTree(repository.root, name)
    assert raised.value.help


def test_branches_that_changes_go_to(repository: Repository) -> None:
    first = repository.commit(TEAM)
    repository.git("checkout", "-q", "-b", "work")
    second = repository.commit({"policies/organization.yaml": "name: Other\n"})
    assert main_branch(repository.root) == first
    assert merge_base(repository.root, first, second) == first
    repository.git("branch", "-q", "-m", "main", "trunk")
    assert main_branch(repository.root) == commit_of(repository.root, "HEAD") == second


def test_commits_without_a_common_one(repository: Repository) -> None:
    first = repository.commit(TEAM)
    repository.git("checkout", "-q", "--orphan", "other")
    second = repository.commit(TEAM)
    with pytest.raises(GitError, match="no commit in common"):
        merge_base(repository.root, first, second)


def test_a_shallow_clone_is_named_as_the_cause(repository: Repository, tmp_path: Path) -> None:
    first = repository.commit(TEAM)
    repository.commit({"policies/organization.yaml": "name: Other\n"})
    repository.git("clone", "-q", "--depth", "1", f"file://{repository.root}", str(tmp_path / "clone"))
    with pytest.raises(GitError, match="shallow") as raised:
        GitTree(tmp_path / "clone", first)
    assert "fetch" in raised.value.help


def test_a_folder_outside_of_git(tmp_path: Path) -> None:
    with pytest.raises(GitError, match="is in no git repository"):
        GitTree(tmp_path, "HEAD")
    with pytest.raises(GitError, match="cannot be read"):
        GitTree(tmp_path / "none", "HEAD")


def test_without_the_program(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(GitError, match="git is not installed"):
        GitTree(repository.root, "HEAD")
