"""The schemas as editors show them: each field with its own words, what is wrong in plain words, and snippets.

The schemas that judge are left as they are; nothing here accepts or refuses anything else.
"""

from __future__ import annotations

import re
from typing import Any

from watchbill.model.editor_snippets import SNIPPETS
from watchbill.model.flow_style import flow
from watchbill.model.schema import Schema

_LOCAL = "#/$defs/"
_CODE = re.compile(r"`[^`]*`|(?<![\w./])(?:schedules|policies|incidents|scenarios)/[a-z/<>.-]*[a-z>/]")
_AUDIENCES = {
    "public": "",
    "team": "*Seen on internal pages only.*",
    "private": "*Private: seen on no page.*",
}
_ON_NO_PAGE = frozenset({"scenarios", "scenarios-entry", "holder-scenario", "route-scenario"})
"""Parts that outputs never show, so that it need not be said who sees them."""


def for_editors(schema: Schema, name: str) -> Schema:
    """Return a self-contained schema of a kind of file with what editors show beside it; ``name`` is that of the kind.

    Editors show the words of what a field refers to instead of its own, so references are replaced by what they name
    where a field has words of its own. The rest of a shared part stays where it is.
    """
    shared: Schema = schema.get("$defs", {})
    result = {key: _edited(value, shared, name) for key, value in schema.items() if key != "$defs"}
    if "x-audience" in schema or "description" in schema:
        result = _worded(result, name)
    body = result.get("additionalProperties") if "properties" not in result else None
    holder = body if isinstance(body, dict) and name in SNIPPETS else result
    if name in SNIPPETS:
        holder["defaultSnippets"] = SNIPPETS[name]
    if shared:
        result["$defs"] = {key: _definition(key, value, shared) for key, value in shared.items()}
    return result


def _definition(name: str, schema: Schema, shared: Schema) -> Schema:
    edited: Schema = _edited(schema, shared, name)
    if name in SNIPPETS:
        edited["defaultSnippets"] = SNIPPETS[name]
    return edited


def _edited(node: Any, shared: Schema, name: str) -> Any:
    if isinstance(node, list):
        return [_edited(item, shared, name) for item in node]
    if not isinstance(node, dict):
        return node
    if "description" in node and isinstance(node.get("$ref"), str):
        node = _resolved(node, shared)
    kept = {key: value if key == "examples" else _edited(value, shared, name) for key, value in node.items()}
    return _worded({**kept, **_numbers(kept)}, name)


def _numbers(node: Schema) -> Schema:
    """Return what lets an editor accept ``1.5``, which it reads as a number and Watchbill as text."""
    if node.get("x-notation") == "weight":
        return {"type": ["string", "number"], "minimum": 0, "maximum": 100}
    if isinstance(node.get("type"), list) and set(node["type"]) == {"string", "integer"}:
        return {"type": ["string", "integer", "number"]}
    return {}


def _resolved(node: Schema, shared: Schema) -> Schema:
    """Return a field with the content of what it refers to and words of its own."""
    target = shared[node["$ref"].removeprefix(_LOCAL)]
    if "$ref" in target:
        target = _resolved(target, shared)
    merged = {**target, **{key: value for key, value in node.items() if key != "$ref"}}
    if "pattern" in target:
        merged["patternErrorMessage"] = _refusal(target)
    return merged


def _worded(node: Schema, name: str) -> Schema:
    """Add what an editor shows over a field, and says of a text that does not match."""
    if isinstance(node.get("description"), str):
        text = _CODE.sub(lambda match: match[0] if match[0].startswith("`") else f"`{match[0]}`", node["description"])
        audience = "" if name in _ON_NO_PAGE else _AUDIENCES.get(str(node.get("x-audience")), "")
        node = {**node, "markdownDescription": "\n\n".join(filter(None, (text, audience)))}
    if "pattern" in node and "title" in node and "patternErrorMessage" not in node:
        node = {**node, "patternErrorMessage": _refusal(node)}
    return node


def _refusal(schema: Schema) -> str:
    title = str(schema.get("title", "value")).lower()
    examples = " or ".join(f"`{flow(example)}`" for example in schema.get("examples", ())[:2])
    return f"This is no {title}. {schema.get('description', '')} Write it like {examples}."
