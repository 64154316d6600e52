"""Finds out which alternative of a schema an author meant, so that only its errors are shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from watchbill.model.schema import Schema, alternatives

if TYPE_CHECKING:
    from jsonschema import ValidationError

_ORDER = ("string", "integer", "boolean", "array", "object")
_NAMES: dict[type, str] = {dict: "object", list: "array", str: "string", int: "integer", bool: "boolean"}


def intended_branch(root: Schema, error: ValidationError) -> int | None:
    """Return the index of the alternative meant: of those for this type of value, the least strange one.

    ``None`` if no alternative takes this type of value.
    """
    branches = error.validator_value
    best: tuple[int, int] | None = None
    for index, branch in enumerate(branches if isinstance(branches, list) else ()):
        fitting = [node for node in alternatives(root, branch) if _takes(node, error.instance)]
        if not fitting:
            continue
        errors = sum(
            below.relative_schema_path[0] == index and below.validator != "x-notation" for below in error.context or ()
        )
        score = min(_strangeness(root, node, error.instance) for node in fitting) * 100 + errors
        if best is None or score < best[0]:
            best = (score, index)
    return best[1] if best else None


def possible_types(root: Schema, schema: Schema) -> list[str]:
    """Return the names of the types that any alternative takes, in a fixed order."""
    found = {name for node in alternatives(root, schema) for name in _types(node)}
    if "string" in found:
        found.discard("integer")
    return sorted(found, key=_ORDER.index)


def _types(node: Schema) -> tuple[str, ...]:
    wanted = node.get("type")
    if isinstance(wanted, str):
        return (wanted,)
    return ("string",) if "enum" in node else tuple(wanted or ())


def _takes(node: Schema, value: object) -> bool:
    kind = _NAMES.get(type(value), "")
    if kind == "integer" and "x-notation" in node:
        return True
    return kind in _types(node)


def _strangeness(root: Schema, node: Schema, value: object) -> int:
    """Return how many keys of a value, or of the items of a list, do not belong to an alternative or lack in it."""
    if isinstance(value, list):
        variants = list(alternatives(root, node["items"])) if "items" in node else []
        return sum(
            min((_strangeness(root, variant, item) for variant in variants if _takes(variant, item)), default=1)
            for item in value[:20]
        )
    if not isinstance(value, dict):
        return 0
    known = node.get("properties", {})
    return sum(key not in known for key in value) + sum(key not in value for key in node.get("required", ()))
