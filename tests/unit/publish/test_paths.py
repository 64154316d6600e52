"""Which output paths are refused."""

from __future__ import annotations

import pytest

from watchbill.publish.paths import UnsafePathError, folders_of


@pytest.mark.parametrize(
    "path",
    [
        "/etc/passwd",
        "../x",
        "a/../../x",
        "a//b",
        "",
        "a/",
        "./a",
        "a/.",
        "a\\b",
        "a\nb",
        "a\x00b",
        "ä.html",
        "~x",
        "C:a",
    ],
)
def test_a_path_that_is_not_plain_and_relative_is_refused(path: str) -> None:
    with pytest.raises(UnsafePathError):
        folders_of(["index.html", path])


@pytest.mark.parametrize(
    "paths", [["a.html", "A.html"], ["people/a", "People/b"], ["a", "a/b"], ["a/b", "a"], ["a/b/c", "a/B/d"]]
)
def test_two_paths_for_one_name_are_refused(paths: list[str]) -> None:
    with pytest.raises(UnsafePathError):
        folders_of(paths)


def test_parents_come_before_their_children() -> None:
    assert folders_of(["site/people/ada/index.html", "site/index.html", "x"]) == [
        "site",
        "site/people",
        "site/people/ada",
    ]
