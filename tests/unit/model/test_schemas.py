"""The schemas: valid, described, self-contained, and judged alike by the fast and the explaining validator."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from small_repository import FILES
from watchbill.findings import Place
from watchbill.model.kinds import KINDS, WRITTEN_KINDS, Kind, Location, locate
from watchbill.model.schema import audience_of, schema_for, validator
from watchbill.model.shape import explain, judge
from watchbill.resources import schema_folder
from watchbill.source.strict_yaml import parse

NAMES = [kind.name for kind in WRITTEN_KINDS]


def properties(schema: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(schema, dict):
        if isinstance(schema.get("properties"), dict):
            yield from schema["properties"].items()
        for value in schema.values():
            yield from properties(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from properties(value)


def test_there_is_a_schema_for_each_kind_and_no_other() -> None:
    stored = {path.name.removesuffix(".schema.json") for path in schema_folder().glob("*.json")}
    assert stored == {*NAMES, "definitions"}


@pytest.mark.parametrize("name", NAMES)
def test_schema_is_valid_closed_and_fetches_nothing(name: str) -> None:
    schema = schema_for(name)
    Draft202012Validator.check_schema(schema)
    text = json.dumps(schema)
    assert '"$ref": "definitions' not in text
    assert all(part.startswith("#/$defs/") for part in text.split('"$ref": "')[1:])

    def closed(node: Any) -> None:
        if isinstance(node, dict):
            if "properties" in node and node.get("type") == "object":
                assert "additionalProperties" in node
            for value in node.values():
                closed(value)

    closed(schema)


@pytest.mark.parametrize("name", NAMES)
def test_each_field_is_described_and_its_examples_are_right(name: str) -> None:
    schema = schema_for(name)
    for key, field in properties(schema):
        assert field["title"], key
        assert field["description"].endswith("."), key
        assert field["x-audience"] in ("public", "team", "private"), key
        assert field["examples"], key
        for example in field["examples"]:
            Draft202012Validator({**field, "$defs": schema.get("$defs", {})}).validate(example)
    assert schema["examples"]
    for example in schema["examples"]:
        Draft202012Validator(schema).validate(example)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind.collection], ids=lambda kind: kind.name)
def test_collection_maps_ids_to_bodies(kind: Kind) -> None:
    example = schema_for(kind.name)["examples"][0]
    assert validator(kind.name, "collection").is_valid({"some-id": example})
    assert not validator(kind.name, "collection").is_valid([example])


def test_audience_of_a_field() -> None:
    assert audience_of("people", ("name",)) == "public"
    assert audience_of("people", ("handles", "github")) == "public"
    assert audience_of("people", ("contact", "phone")) == "private"
    assert audience_of("people", ("timezone",)) == "team"
    assert audience_of("overrides", ("reason",)) == "private"
    assert audience_of("time-off", ("kind",)) == "private"
    assert audience_of("on-call", ("roles", "primary", "layers", 0, "members", 0)) == "public"
    assert audience_of("people", ("no-such-key",)) == "private"


def corpus() -> Iterator[tuple[Location, str, Any]]:
    for path, text in FILES.items():
        location = locate(path)
        assert isinstance(location, Location)
        yield location, path, parse(text.encode())[0]


ODD: tuple[Any, ...] = (None, True, 0, -1, "", " ", "x\n", "é", "a" * 300, [], {}, [1], {"x": 1}, "9:00", "2026-02-30")


def mutated(data: Any, chance: random.Random) -> Any:
    """Return a copy of some data with one value, at any depth, exchanged for an odd one."""
    result = copy.deepcopy(data)
    node = result
    while True:
        keys = list(node) if isinstance(node, dict) else list(range(len(node)))
        key = chance.choice(keys)
        if isinstance(node[key], dict | list) and node[key] and chance.random() < 0.8:
            node = node[key]
            continue
        node[key] = chance.choice(ODD)
        return result


def test_both_validators_agree_and_every_no_is_explained() -> None:
    chance = random.Random(5)  # noqa: S311
    for location, path, data in corpus():
        assert judge(location, path, data).findings == ()
        for _ in range(40):
            changed = mutated(data, chance)
            slow = Draft202012Validator(schema_for(location.kind.name, location.form == "collection"))
            verdict = judge(location, path, changed)
            assert bool(verdict.findings) == (not validator(location.kind.name, location.form).is_valid(changed))
            # The plain library lets `$` match before a line break at the end; the model's own explainer does not.
            if "\\n" not in json.dumps(changed):
                assert slow.is_valid(changed) == (not verdict.findings), changed


def test_explanation_is_never_empty_and_private_values_are_not_repeated() -> None:
    people = next(kind for kind in KINDS if kind.name == "people")
    for contact in ({"phone": "0800-SECRET"}, {"email": "SECRET"}, {"phone": 800_555}, {"sms": ["SECRET"]}):
        findings = explain(people, Place(file="p"), {"name": "Ada", "contact": contact})
        assert findings
        assert not any("SECRET" in f.message + f.help or "800555" in f.message for f in findings)
