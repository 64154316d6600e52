"""The JSON Schemas of all kinds: bundled, compiled once and lazily, and as users get them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from watchbill.findings import DataPath
from watchbill.model.kinds import BY_NAME, Form, Kind
from watchbill.resources import schema_folder

if TYPE_CHECKING:
    from jsonschema_rs import Draft202012Validator

Schema = dict[str, Any]
_SHARED = "definitions.schema.json#/$defs/"
_LOCAL = "#/$defs/"


@cache
def _stored(name: str) -> Schema:
    loaded: Schema = json.loads((schema_folder() / f"{name}.schema.json").read_text(encoding="utf-8"))
    return loaded


def _references(node: object) -> Iterator[str]:
    if isinstance(node, dict):
        target = node.get("$ref")
        if isinstance(target, str):
            yield target
        for value in node.values():
            yield from _references(value)
    elif isinstance(node, list):
        for value in node:
            yield from _references(value)


def _local(node: Any) -> Any:
    if isinstance(node, dict):
        return {
            key: value.replace(_SHARED, _LOCAL) if key == "$ref" and isinstance(value, str) else _local(value)
            for key, value in node.items()
        }
    return [_local(value) for value in node] if isinstance(node, list) else node


@cache
def schema_for(name: str, collection: bool = False) -> Schema:
    """Return the schema of a kind of file, self-contained: shared definitions are copied in, nothing is ever fetched.

    ``collection`` gives the schema of the one file that maps ids to bodies. The result is shared: do not change it.
    Raises ``KeyError`` for an unknown kind, and for a collection of a kind that has none.
    """
    schema: Schema = _local(_stored(name))
    return _with_definitions(_collection(BY_NAME[name], schema) if collection else schema)


@cache
def entry_schema(name: str) -> Schema:
    """Return the schema of one body of a kind, or of one entry where its files are lists."""
    if not BY_NAME[name].listed:
        return schema_for(name)
    return _with_definitions({"$schema": _stored(name)["$schema"], "$ref": f"{_LOCAL}{name}-entry"})


def _collection(kind: Kind, schema: Schema) -> Schema:
    if not kind.collection:
        raise KeyError(f"{kind.name} are kept one per file")
    return {
        "$schema": schema["$schema"],
        "$id": schema["$id"].replace(kind.name, f"{kind.name}-collection"),
        "title": f"{schema['title']} (collection)",
        "description": f"All of them in one file, {kind.home}.yaml: ids and bodies.",
        "type": "object",
        "additionalProperties": {key: value for key, value in schema.items() if key not in ("$schema", "$id")},
    }


@cache
def shared_definitions() -> Schema:
    """Return the definitions that kinds share, by name. The result is shared: do not change it."""
    shared: Schema = _local(_stored("definitions")["$defs"])
    return shared


def _with_definitions(schema: Schema) -> Schema:
    shared = shared_definitions()
    needed: dict[str, Any] = {}
    waiting = list(_references(schema))
    while waiting:
        name = waiting.pop().removeprefix(_LOCAL)
        if name not in needed:
            needed[name] = shared[name]
            waiting.extend(_references(shared[name]))
    return {**schema, "$defs": dict(sorted(needed.items()))} if needed else schema


@cache
def validator(name: str, form: Form | Literal["entry"]) -> Draft202012Validator:
    """Return the fast validator of a kind, which says yes or no."""
    from jsonschema_rs import Draft202012Validator

    schema = entry_schema(name) if form == "entry" else schema_for(name, form == "collection")
    return Draft202012Validator(schema, validate_formats=False, offline=True)


Audience = Literal["public", "team", "private"]
"""Who may see a value: everybody, the readers of an internal site, or only those who have the files."""

AUDIENCES: tuple[Audience, ...] = ("public", "team", "private")
"""All audiences, the widest first."""


def audience_of(name: str, path: DataPath) -> Audience:
    """Return who may see the value at a data path of one body of a kind. What the schema does not know is private."""
    nodes, audience = _at(name, path)
    return audience if nodes else "private"


def holds_fields(name: str, path: DataPath) -> bool:
    """Say whether a mapping with keys of its own stands at a data path of one body of a kind."""
    schema = entry_schema(name)
    return any("properties" in variant for node in _at(name, path)[0] for variant in alternatives(schema, node))


def examples_at(name: str, path: DataPath) -> list[object]:
    """Return the examples that the schema of a kind gives for the value at a data path of one body."""
    return next((list(node["examples"]) for node in _at(name, path)[0] if "examples" in node), [])


@cache
def narrowest_audience(name: str) -> Audience:
    """Return who may see every field of a kind, whatever is written in it."""
    schema = entry_schema(name)
    below = [value for key, value in schema.items() if key != "x-audience"]
    return max(_audiences(below), key=AUDIENCES.index, default=_root_audience(name))


def _root_audience(name: str) -> Audience:
    found: Audience = _stored(name).get("x-audience", "private")
    return found


def _audiences(node: object) -> Iterator[Audience]:
    if isinstance(node, dict):
        if "x-audience" in node:
            yield node["x-audience"]
        for value in node.values():
            yield from _audiences(value)
    elif isinstance(node, list):
        for value in node:
            yield from _audiences(value)


def _at(name: str, path: DataPath) -> tuple[list[Schema], Audience]:
    """Return the schemas of the value at a data path, none where it is not known, and the audience they inherit."""
    schema = entry_schema(name)
    nodes, audience = [schema], _root_audience(name)
    for step in path:
        nodes = [below for node in nodes for below in _below(schema, node, step)]
        audience = next((node["x-audience"] for node in nodes if "x-audience" in node), audience)
    return nodes, audience


def _below(root: Schema, node: Schema, step: str | int) -> Iterator[Schema]:
    for variant in alternatives(root, node):
        below = variant.get("items") if isinstance(step, int) else variant.get("properties", {}).get(step)
        if below is None and isinstance(step, str):
            below = variant.get("additionalProperties")
        if isinstance(below, dict):
            yield below


def alternatives(root: Schema, node: Schema) -> Iterator[Schema]:
    """Return a node and all it stands for: what it refers to, and the branches of its choices."""
    yield node
    target = node.get("$ref")
    if isinstance(target, str):
        yield from alternatives(root, root["$defs"][target.removeprefix(_LOCAL)])
    for branch in node.get("anyOf", ()):
        yield from alternatives(root, branch)
