"""Schemas and settings for editors: they refuse what the compiler refuses, and each file has that of its kind."""

from __future__ import annotations

import copy
import json
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema_rs import Draft202012Validator

from scenario_repository import run
from small_repository import FILES
from watchbill.cli.schema_command import schema_of
from watchbill.model.editor_settings import EXTENSIONS, editor_settings, schema_files
from watchbill.model.editor_snippets import SNIPPETS
from watchbill.model.kinds import BY_NAME, Location, locate
from watchbill.model.schema import shared_definitions, validator
from watchbill.source.strict_yaml import parse

ROOT = Path(__file__).parents[2]
ODD: tuple[Any, ...] = (None, True, 0, -1, "", " ", "x\n", "é", "a" * 300, [], {}, [1], {"x": 1}, "9:00", "2026-02-30")


def mutated(data: Any, chance: random.Random) -> Any:
    """Return a copy with one value, at any depth, exchanged for an odd one."""
    result = copy.deepcopy(data)
    node = result
    while True:
        key = chance.choice(list(node) if isinstance(node, dict) else list(range(len(node))))
        if isinstance(node[key], dict | list) and node[key] and chance.random() < 0.8:
            node = node[key]
            continue
        node[key] = chance.choice(ODD)
        return result


@pytest.mark.parametrize("path", [path for path in FILES if path != "policies/checks.yaml"])
def test_an_editor_refuses_what_the_compiler_refuses(path: str) -> None:
    location = locate(path)
    assert isinstance(location, Location)
    shown = Draft202012Validator(schema_of(location.kind.name, location.form == "collection"), validate_formats=False)
    judge = validator(location.kind.name, location.form)
    data = parse(FILES[path].encode())[0]
    assert shown.is_valid(data)
    chance = random.Random(path)  # noqa: S311
    for _ in range(40):
        changed = mutated(data, chance)
        assert shown.is_valid(changed) == judge.is_valid(changed), changed


def test_an_editor_knows_the_rules_of_the_catalogue_and_their_options() -> None:
    shown = Draft202012Validator(schema_of("checks", False), validate_formats=False)
    assert shown.is_valid({"rules": {"coverage-gap": "warning"}})
    assert not shown.is_valid({"rules": {"coverage-gap": "loud"}})
    assert not shown.is_valid({"rules": {"coverage-gab": "warning"}})


def fields(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        yield from (field for field in node.get("properties", {}).values())
        for key, value in node.items():
            if key != "examples":
                yield from fields(value)
    elif isinstance(node, list):
        for value in node:
            yield from fields(value)


@pytest.mark.parametrize(("name", "kind", "whole"), [(n, k.name, w) for n, k, w in schema_files()])
def test_each_field_is_explained_in_its_own_words(name: str, kind: str, whole: bool) -> None:
    schema = schema_of(kind, whole)
    assert '"$ref": "definitions' not in json.dumps(schema)
    for field in (field for field in fields(schema) if "description" in field or kind != "checks"):
        assert field["description"].split()[0].strip("`") in field["markdownDescription"]
        assert "$ref" not in field
        if "pattern" in field:
            assert re.match(r"This is no .*\. Write it like `", field["patternErrorMessage"]), field


def filled(body: Any) -> Any:
    """Return what a snippet writes if nothing is filled in: the words that it proposes."""
    if isinstance(body, dict):
        return {filled(key): filled(value) for key, value in body.items()}
    if isinstance(body, list):
        return [filled(value) for value in body]
    return re.sub(r"\$\{\d+:([^}]*)\}", r"\1", body) if isinstance(body, str) else body


@pytest.mark.parametrize("name", SNIPPETS)
def test_what_a_snippet_writes_is_of_the_right_shape(name: str) -> None:
    if name in BY_NAME:
        sound = validator(name, "entry")
    else:
        sound = Draft202012Validator({"$ref": f"#/$defs/{name}", "$defs": shared_definitions()})
    for snippet in SNIPPETS[name]:
        assert sound.is_valid(filled(snippet["body"])), snippet["label"]


def matching(path: str) -> list[str]:
    """Return the schemas whose globs match a path, as yaml-language-server reads globs."""
    found = []
    for schema, globs in editor_settings()["yaml.schemas"].items():
        for glob in globs:
            pattern = re.escape(glob.lstrip("/")).replace(r"\*\*/", "(?:.*/)?").replace(r"\*", "[^/]*")
            if re.fullmatch(pattern.replace(r"\[0\-9\]", "[0-9]"), path):
                found.append(Path(schema).name)
    return found


def test_each_file_of_the_example_has_one_schema_and_is_of_it() -> None:
    folders = ("schedules", "policies", "incidents", "scenarios")
    files = [path for folder in folders for path in sorted((ROOT / folder).rglob("*.yaml"))]
    known = {name: (kind.name, whole) for name, kind, whole in schema_files()}
    for path in files:
        (name,) = matching(path.relative_to(ROOT).as_posix())
        data = parse(path.read_bytes())[0]
        assert Draft202012Validator(schema_of(*known[name]), validate_formats=False).is_valid(data), path
    assert len(files) > 50


def test_the_settings_of_this_repository_are_those_that_the_command_prints() -> None:
    assert json.loads((ROOT / ".vscode" / "settings.json").read_text()) == editor_settings()
    assert json.loads((ROOT / ".vscode" / "extensions.json").read_text()) == EXTENSIONS
    assert json.loads(run("schema", "--settings").output) == editor_settings()


def test_all_schemas_are_written_as_the_settings_name_them(tmp_path: Path) -> None:
    done = run("schema", "--write", str(tmp_path / "schemas"))
    assert done.code == 0
    written = {path.name for path in (tmp_path / "schemas").iterdir()}
    assert written == {Path(name).name for name in editor_settings()["yaml.schemas"]}
    for path in (tmp_path / "schemas").iterdir():
        Draft202012Validator(json.loads(path.read_text(encoding="utf-8")))
        assert f"wrote {path}\n" in done.output


@pytest.mark.parametrize("option", [("--write", "schemas"), ("--settings",)], ids=lambda words: words[0])
def test_a_kind_beside_an_option_about_all_is_refused(
    option: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = run("schema", "people", *option)
    assert done.code == 2
    assert f"{option[0]} is about all kinds: leave 'people' out." in done.errors
    assert list(tmp_path.iterdir()) == []
