"""The documentation tells the truth: commands, targets, files and folders that it names exist."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

from watchbill.cli import commands

ROOT = Path(__file__).parents[1]
PAGES = ("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", "benchmarks/README.md")
page = pytest.mark.parametrize("name", PAGES)


def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def cli() -> click.Group:
    """Return the group of all commands, whatever its name in the module."""
    (group,) = {id(value): value for value in vars(commands).values() if isinstance(value, click.Group)}.values()
    return group


def test_the_readme_starts_with_the_two_commands() -> None:
    code = text_of("README.md").split("```")[1]
    assert [line.split("#")[0].strip() for line in code.strip().splitlines()] == ["make build", "make test"]


@page
def test_every_make_target_that_is_named_exists(name: str) -> None:
    targets = set(re.findall(r"^([a-z-]+):", text_of("Makefile"), re.MULTILINE))
    named = set(re.findall(r"^(?:make) ([a-z-]+)", text_of(name), re.MULTILINE))
    named |= set(re.findall(r"`make ([a-z-]+)", text_of(name)))
    assert named - targets == set()


def test_every_make_target_is_explained() -> None:
    makefile = text_of("Makefile")
    (phony,) = re.findall(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)
    explained = set(re.findall(r"^([a-z-]+):.*## ", makefile, re.MULTILINE))
    assert set(phony.split()) == explained


def test_every_command_is_in_the_readme_and_no_other() -> None:
    listed = set(re.findall(r"^\| `watchbill ([a-z-]+)", text_of("README.md"), re.MULTILINE))
    group = cli()
    assert listed == set(group.list_commands(click.Context(group)))


def test_every_command_exists_and_has_help() -> None:
    group = cli()
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        assert command.name == name
        assert command.get_short_help_str()


@page
def test_every_link_leads_somewhere(name: str) -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", text_of(name)):
        assert ((ROOT / name).parent / target).exists(), target


def test_every_page_of_the_documentation_is_linked_from_the_readme() -> None:
    pages = {f"docs/{path.name}" for path in (ROOT / "docs").glob("*.md")}
    assert pages - set(re.findall(r"\]\(([^)#:]+)\)", text_of("README.md"))) == set()


@pytest.mark.parametrize("path", sorted((ROOT / "docs").glob("*.md")), ids=lambda path: path.name)
def test_every_link_between_pages_leads_somewhere(path: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", path.read_text(encoding="utf-8"))
    assert [target for target in links if not (path.parent / target).exists()] == []


def test_every_file_that_the_architecture_names_exists() -> None:
    named = re.findall(r"`([a-z_/]+(?:\.(?:py|md)|/))`", text_of("ARCHITECTURE.md"))
    assert len(named) > 20
    bases = (ROOT, ROOT / "compiler" / "watchbill")
    assert [path for path in named if not any((base / path).exists() for base in bases)] == []


def test_the_architecture_names_every_package_and_module() -> None:
    package = ROOT / "compiler" / "watchbill"
    parts = [f"{path.name}/" for path in package.iterdir() if path.is_dir() and not path.name.startswith("__")]
    parts += [path.name for path in package.glob("*.py") if not path.name.startswith("__")]
    missing = [part for part in parts if f"`{part}`" not in text_of("ARCHITECTURE.md")]
    assert missing == []


@pytest.mark.parametrize("name", ["README.md", "SECURITY.md", "CONTRIBUTING.md"])
def test_every_folder_and_file_that_is_named_exists(name: str) -> None:
    named = re.findall(r"`((?:compiler|tests|docs|site_templates|benchmarks|requirements)/[a-z_/.]*)`", text_of(name))
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_the_schedule_in_the_readme_is_the_one_of_the_example() -> None:
    path, _, shown = text_of("README.md").partition("```yaml\n# ")[2].partition("```")[0].partition("\n")
    lines = [line for line in text_of(path).splitlines(keepends=True) if not line.startswith("#")]
    assert shown == "".join(lines)


def test_the_limits_are_those_that_hold() -> None:
    from watchbill.source import limits

    security = text_of("SECURITY.md")
    assert f"{limits.FILE_BYTES // 1024} KiB a file" in security
    assert f"{limits.DEPTH} levels" in security
    assert f"{limits.SCALAR_CHARACTERS:,} characters a text" in security


def test_the_changelog_has_the_version() -> None:
    import watchbill

    assert f"\n## {watchbill.__version__} " in text_of("CHANGELOG.md")


def test_the_entry_point_answers() -> None:
    done = subprocess.run([sys.executable, "-m", "watchbill", "--help"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "check" in done.stdout
