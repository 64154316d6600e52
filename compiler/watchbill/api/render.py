"""The static JSON API: documents, and the JSON Schemas that describe them, as files below ``build/site``."""

from __future__ import annotations

import json

from watchbill.api import documents
from watchbill.compilation import Compilation
from watchbill.resources import PACKAGE

SCHEMAS = ("oncall", "schedule")


def schema(name: str) -> bytes:
    """Return the JSON Schema of one kind of document, one of ``SCHEMAS``."""
    return (PACKAGE / "api" / "schemas" / f"{name}.schema.json").read_bytes()


def render(c: Compilation) -> dict[str, bytes]:
    """Return the API's files by their path in the site."""
    files = {"api/v1/oncall.json": _json(documents.on_call(c))}
    for schedule_id, roster in c.rosters.items():
        files[f"api/v1/schedules/{schedule_id}.json"] = _json(documents.schedule(c, roster))
    for name in SCHEMAS:
        files[f"api/v1/schemas/{name}.schema.json"] = schema(name)
    return files


def _json(document: documents.Json) -> bytes:
    return (json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True, allow_nan=False) + "\n").encode()
