"""Writes the reference of the configuration, ``docs/configuration.md``, from the schemas."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from watchbill.model.flow_style import flow
from watchbill.model.kinds import WRITTEN_KINDS, Kind
from watchbill.model.schema import Schema, schema_for, shared_definitions

_INTRODUCTION = """\
# Configuration

Every file and every key that Watchbill reads. This page is written from the JSON Schemas that check your files;
`watchbill schema <kind>` prints them for editors.

The place of a file says what it holds. The name of a file is the id of what is in it; sub-folders mean nothing. Where a
collection is possible, one file may hold all of a kind as a mapping from ids to bodies. The same id twice is an error,
and so are unknown keys.

Who may see a value: *public* values may stand on public pages, *team* values only on pages for the organisation,
*private* values (telephone numbers, the reason for time off) on no page at all.
"""
_NAMES = {
    "object": "mapping",
    "array": "list",
    "string": "text",
    "integer": "whole number",
    "boolean": "`true` or `false`",
}
_LOCAL = "#/$defs/"
_PATH = re.compile(r"(?:schedules|policies|incidents|scenarios)/[a-z/<>-]+(?:\.yaml)?")


def reference() -> str:
    """Return the whole page as Markdown."""
    parts = [_INTRODUCTION, "## Files\n", *_places(), ""]
    for kind in WRITTEN_KINDS:
        parts += _kind(kind)
    parts.append("## Parts\n\nParts that several kinds share.\n")
    notations: list[str] = []
    for name, schema in shared_definitions().items():
        if "x-notation" in schema:
            notations.append(_notation(name, schema))
        elif not name.endswith("-entry"):
            parts += [f"### {name}\n", f"{schema['description']}\n", *_body(schema)]
    parts += ["## Values\n", "| value | how it is written | examples |", "|---|---|---|", *notations]
    return "\n".join(parts).rstrip() + "\n"


def _places() -> Iterator[str]:
    yield "| kind | one per file | all in one file | calendar |"
    yield "|---|---|---|---|"
    for kind in WRITTEN_KINDS:
        link = f"[{kind.name}](#{kind.name})"
        yield f"| {link} | {_file(kind)} | {f'`{kind.home}.yaml`' if kind.collection else ''} | {_calendar(kind)} |"


def _file(kind: Kind) -> str:
    if kind.single:
        return f"`{kind.home}.yaml`"
    if kind.name == "incidents":
        return "`incidents/<year>/<id>.yaml`"
    if kind.name == "pages":
        return "`incidents/pages/<year>-<month>.yaml`"
    owner = "<person>" if kind.name == "time-off" else "<id>" if kind.identified else "<any-name>"
    return f"`{kind.home}/{owner}.yaml`"


def _calendar(kind: Kind) -> str:
    return f"`{_file(kind).strip('`').removesuffix('.yaml')}.ics`" if kind.calendar else ""


def _kind(kind: Kind) -> Iterator[str]:
    schema = schema_for(kind.name)
    yield f"## {kind.name}\n"
    yield _PATH.sub(r"`\g<0>`", schema["description"]) + "\n"
    if kind.listed:
        either = "One of these, or a list of them." if "anyOf" in schema else "A list of these."
        yield f"{either}\n"
        schema = shared_definitions()[f"{kind.name}-entry"]
    yield from _body(schema)


def _body(schema: Schema) -> Iterator[str]:
    if "properties" in schema:
        yield "| key | value | needed | seen by | meaning | example |"
        yield "|---|---|---|---|---|---|"
        yield from _rows(schema, "")
    else:
        yield f"Written as {_type(schema)}."
    yield ""


def _rows(schema: Schema, prefix: str) -> Iterator[str]:
    for key, field in schema["properties"].items():
        needed = "yes" if key in schema.get("required", ()) else ""
        example = _code(field["examples"][0])
        cells = (f"`{prefix}{key}`", _type(field), needed, field["x-audience"], field["description"], example)
        yield f"| {' | '.join(_cell(cell) for cell in cells)} |"
        yield from _nested(field, f"{prefix}{key}")


def _nested(field: Schema, path: str) -> Iterator[str]:
    """Return the rows of what is described in place: a mapping, the items of a list, the values of a mapping."""
    if "properties" in field:
        yield from _rows(field, f"{path}.")
    items, values = field.get("items"), field.get("additionalProperties")
    if isinstance(items, dict) and "$ref" not in items:
        yield from _nested(items, f"{path}[]")
    if isinstance(values, dict) and "$ref" not in values:
        yield from _nested(values, f"{path}.<id>")
    for branch in field.get("anyOf", ()):
        if "$ref" not in branch:
            yield from _nested(branch, path)


def _type(field: Schema) -> str:
    if "$ref" in field:
        return _link(field["$ref"].removeprefix(_LOCAL))
    if "anyOf" in field:
        return " or ".join(_type(branch) for branch in field["anyOf"])
    if "enum" in field:
        return " or ".join(f"`{option}`" for option in field["enum"])
    if field.get("type") == "array":
        return f"list of {_type(field['items'])}"
    values = field.get("additionalProperties")
    if isinstance(values, dict):
        return f"mapping to {_type(values)}"
    kind = field.get("type", "object")
    return _NAMES[kind] if isinstance(kind, str) else " or ".join(_NAMES[name] for name in kind)


def _link(name: str) -> str:
    shared = shared_definitions()[name]
    return f"[{name}](#values)" if "x-notation" in shared else f"[{name}](#{name})"


def _notation(name: str, schema: Schema) -> str:
    examples = ", ".join(_code(example) for example in schema["examples"])
    return f"| {name} | {_cell(schema['description'])} | {examples} |"


def _code(example: Any) -> str:
    text = flow(example)
    return f"`` {text} ``" if "`" in text else f"`{text}`"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def main() -> None:
    """Print the page: ``python -m watchbill.model.reference > docs/configuration.md``."""
    print(reference(), end="")  # noqa: T201


if __name__ == "__main__":
    main()
