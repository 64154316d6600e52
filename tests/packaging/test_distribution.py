"""What is published: the wheel and the sdist, built from copies of the sources, and the wheel at work without them."""

from __future__ import annotations

import email
import os
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import zipfile
from pathlib import Path, PurePosixPath

import pytest

import watchbill

ROOT = Path(__file__).parents[2]
NOT_SOURCES = shutil.ignore_patterns(
    ".git", ".venv*", "build", "dist", "htmlcov", ".*_cache", ".hypothesis", ".coverage*", "__pycache__", "*.pyc"
)


def build(sources: Path, *what: str, umask: int = 0o022, **environment: str) -> dict[str, bytes]:
    """Build the distributions of ``sources`` and return their bytes by file name."""
    output = sources.with_name(f"{sources.name}-dist")
    subprocess.run(
        [sys.executable, "-P", "-m", "build", "--no-isolation", *what, "--outdir", output, sources],
        check=True,
        capture_output=True,
        umask=umask,
        env={**os.environ, "SOURCE_DATE_EPOCH": "1764028800", **environment},
    )
    return {path.name: path.read_bytes() for path in output.iterdir()}


@pytest.fixture(scope="module")
def distributions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the sdist of this checkout and the wheel built from that sdist."""
    sources = tmp_path_factory.mktemp("packaging") / "sources"
    shutil.copytree(ROOT, sources, ignore=NOT_SOURCES)
    build(sources)
    return sources.with_name("sources-dist")


@pytest.fixture(scope="module")
def wheel(distributions: Path) -> Path:
    """Return the path of the wheel."""
    (path,) = distributions.glob("*.whl")
    return path


def files_of(folder: Path) -> set[str]:
    """Return the files below ``folder`` as paths in it, without what Python itself leaves there."""
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def test_the_wheel_holds_the_package_and_the_templates_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if ".dist-info/" not in name}
    expected = {f"watchbill/{name}" for name in files_of(ROOT / "compiler" / "watchbill")}
    expected |= {f"watchbill/site_templates/{name}" for name in files_of(ROOT / "site_templates")}
    assert names == expected


@pytest.mark.parametrize(
    "pattern",
    [
        "py.typed",
        "site_templates/*.html*",
        "model/schemas/*.schema.json",
        "checks/*/*.md",
        "profiles/*/schedules/*.yaml",
    ],
)
def test_the_wheel_holds_every_kind_of_data_file(wheel: Path, pattern: str) -> None:
    with zipfile.ZipFile(wheel) as archive:
        assert [name for name in archive.namelist() if PurePosixPath(name).match(pattern)]


def test_the_version_of_the_wheel_is_that_of_the_package(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        (metadata,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        assert email.message_from_bytes(archive.read(metadata))["Version"] == watchbill.__version__


def test_the_sdist_holds_what_a_developer_needs_and_nothing_that_lies_about(distributions: Path) -> None:
    (path,) = distributions.glob("*.tar.gz")
    with tarfile.open(path) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {"Makefile", "LICENSE", "requirements/dev.txt", ".ci/run", "tests/packaging/test_distribution.py"} <= names
    assert not {name for name in names if name.startswith((".venv", "build/", "dist/", ".git/"))}


def test_two_builds_in_different_surroundings_have_the_same_bytes(tmp_path: Path) -> None:
    one = tmp_path / "one"
    other = tmp_path / "a folder" / "deeper" / "other"
    shutil.copytree(ROOT, one, ignore=NOT_SOURCES)
    shutil.copytree(ROOT, other, ignore=NOT_SOURCES, copy_function=shutil.copy)  # other times
    for path in other.rglob("*.py"):
        path.chmod(0o600)  # and modes
    first = build(one, PYTHONHASHSEED="1", TZ="UTC", LC_ALL="C.UTF-8")
    second = build(other, PYTHONHASHSEED="2", TZ="Asia/Kolkata", LC_ALL="C", umask=0o077)
    assert {name.rpartition(".")[2] for name in first} == {"whl", "gz"}
    assert first.keys() == second.keys()
    assert [name for name in first if first[name] != second[name]] == []


@pytest.fixture
def installed(wheel: Path, tmp_path: Path) -> Path:
    """Install the wheel into an environment of its own and return the ``watchbill`` command in it.

    The dependencies come from the running environment by a path entry; its own link to the sources is not followed.
    """
    environment = tmp_path / "environment"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", environment], check=True)
    install = ["install", "--quiet", "--no-index", "--no-deps", "--disable-pip-version-check", wheel]
    subprocess.run([sys.executable, "-m", "pip", "--python", environment / "bin" / "python", *install], check=True)
    (site_packages,) = environment.glob("lib/python*/site-packages")
    (site_packages / "dependencies.pth").write_text(sysconfig.get_path("purelib"))
    return environment / "bin" / "watchbill"


def test_the_installed_wheel_works_in_an_empty_folder_without_the_sources(installed: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()

    def run(*command: str | Path) -> str:
        done = subprocess.run(command, cwd=empty, capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
        return done.stdout

    where = run(installed.with_name("python"), "-P", "-c", "import watchbill; print(watchbill.__file__)")
    assert Path(where.strip()).is_relative_to(installed.parents[1])
    assert watchbill.__version__ in run(installed, "--version")
    run(installed, "init", "demo")
    run(installed, "check", "demo")
    run(installed, "build", "demo")
    assert (empty / "demo" / "build" / "site" / "index.html").is_file()
    assert list((empty / "demo" / "build" / "site").rglob("*.ics"))
