"""Keeps the whole parts of a file that is the only one of its kind: one bad entry does not undo all settings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from watchbill.findings import DataPath

if TYPE_CHECKING:
    from jsonschema import ValidationError


def whole_parts(data: object, errors: Iterable[ValidationError]) -> Mapping[str, Any] | None:
    """Return a body without the values that its errors are in; ``None`` if the body itself is of a wrong type.

    An entry of a list becomes ``None``, so that the others keep their places (``whole_entries``). Keys that the body
    lacks are no reason to drop it: builders have defaults for them.
    """
    if not isinstance(data, dict):
        return None
    kept: dict[str, Any] = {key: _copy(value) for key, value in data.items()}
    for error in errors:
        path = _wrong(error)
        if path:
            _drop(kept, path)
        elif error.validator not in ("required", "additionalProperties"):
            return None
    return kept


def whole_entries(body: Mapping[str, Any], key: str) -> Iterator[tuple[int, Any]]:
    """Yield the entries of a list that are whole, with their indices."""
    return ((index, entry) for index, entry in enumerate(body.get(key, ())) if entry is not None)


def _copy(value: Any) -> Any:
    return value.copy() if isinstance(value, dict | list) else value


def _wrong(error: ValidationError) -> DataPath:
    path: DataPath = tuple(error.absolute_path)
    return (*path, str(error.instance)) if "propertyNames" in error.absolute_schema_path else path


def _drop(kept: dict[str, Any], path: DataPath) -> None:
    """Take the value at the first two steps of a path out, or the one at its only step."""
    key = path[0]
    inner = kept.get(str(key))
    if len(path) == 1:
        kept.pop(str(key), None)
    elif isinstance(inner, dict):
        inner.pop(path[1], None)
    elif isinstance(inner, list) and isinstance(path[1], int):
        inner[path[1]] = None
