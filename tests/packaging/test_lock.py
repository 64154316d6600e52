"""The locked requirements fit `pyproject.toml`, agree with each other, and name no place to fetch from."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
FILES = ("build", "dev", "lock", "pipelines")
every_file = pytest.mark.parametrize("name", FILES)


def text_of(name: str) -> str:
    return (ROOT / "requirements" / f"{name}.txt").read_text()


def locked(name: str) -> dict[str, str]:
    """Return version by project of a lock."""
    return dict(re.findall(r"^([a-z0-9-]+)==(\S+)", text_of(name), re.MULTILINE))


def wanted(group: str) -> list[Requirement]:
    """Return the requirements of a dependency group, those of the groups it includes too."""
    found: list[Requirement] = []
    for entry in PROJECT["dependency-groups"][group]:
        found += wanted(entry["include-group"]) if isinstance(entry, dict) else [Requirement(entry)]
    return found


@every_file
def test_the_lock_fits_the_project(name: str) -> None:
    runtime = (
        [] if name in ("lock", "pipelines") else [Requirement(text) for text in PROJECT["project"]["dependencies"]]
    )
    versions = locked(name)
    for requirement in (*runtime, *wanted(name)):
        assert requirement.specifier.contains(versions[canonicalize_name(requirement.name)]), requirement


@every_file
def test_every_version_has_hashes(name: str) -> None:
    entries = re.split(r"^(?=[a-z0-9-]+==)", text_of(name), flags=re.MULTILINE)[1:]
    assert entries
    assert [entry for entry in entries if not re.search(r"--hash=sha256:[0-9a-f]{64}", entry)] == []


@every_file
def test_the_lock_names_no_place_to_fetch_from(name: str) -> None:
    assert not re.search(r"://|--index|--find-links|--trusted-host", text_of(name))


def test_what_is_built_with_is_what_is_tested() -> None:
    assert locked("build").items() <= locked("dev").items()


def test_the_build_backend_is_the_locked_one() -> None:
    (backend,) = (Requirement(text) for text in PROJECT["build-system"]["requires"])
    assert str(backend.specifier) == f"=={locked('build')['hatchling']}"
