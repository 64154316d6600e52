"""The bodies of the payloads are what PagerDuty's published description of its API accepts."""

from __future__ import annotations

import dataclasses
import json
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import hand_built
from watchbill.findings import Place
from watchbill.model.providers import Provider
from watchbill.providers.render import render

DESCRIPTION = Path(__file__).parents[3] / "shared" / "contracts" / "pagerduty-openapi.json"

pytestmark = pytest.mark.skipif(
    not DESCRIPTION.exists(), reason="the description of PagerDuty's API is not beside the repository"
)


@cache
def api() -> dict[str, Any]:
    """Return the description with its schemas in JSON Schema's words: OpenAPI 3.0 writes ``nullable``."""
    described: dict[str, Any] = _plain(json.loads(DESCRIPTION.read_text(encoding="utf-8")))
    return described


def _plain(part: Any) -> Any:
    if isinstance(part, list):
        return [_plain(each) for each in part]
    if not isinstance(part, dict):
        return part
    result = {key: _plain(value) for key, value in part.items() if key not in ("example", "examples", "discriminator")}
    if result.pop("nullable", None) is True and isinstance(result.get("type"), str):
        result["type"] = [result["type"], "null"]
    return result


def errors(path: str, method: str, body: object) -> list[str]:
    described = api()
    schema = described["paths"][path][method.lower()]["requestBody"]["content"]["application/json"]["schema"]
    validator = jsonschema.Draft4Validator({**schema, "components": described["components"]}, format_checker=DATES)
    return [error.message for error in validator.iter_errors(body)]


DATES = jsonschema.FormatChecker(formats=())


@DATES.checks("date-time")
def _is_date_time(value: object) -> bool:
    import re

    return not isinstance(value, str) or bool(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)", value))


def payloads(mode: str) -> list[dict[str, Any]]:
    c = hand_built.compilation()
    provider = Provider(
        id="pagerduty",
        place=Place(file="policies/providers/pagerduty.yaml"),
        mode=mode,  # type: ignore[arg-type]
        schedules={"payments": {"primary": "Pay", "secondary": "Pay 2nd"}, "search": {"primary": "Search"}},
    )
    c = dataclasses.replace(c, model=dataclasses.replace(c.model, providers={"pagerduty": provider}))
    return [json.loads(data) for path, data in render(c).items() if not path.endswith("report.json")]


@pytest.mark.parametrize("mode", ["shifts", "layers"])
def test_every_body_is_accepted(mode: str) -> None:
    requests = [request for document in payloads(mode) for request in document["requests"]]
    assert len(requests) >= 4
    for request in requests:
        assert errors(request["path"], request["method"], request["body"]) == []


def test_the_contract_refuses_what_is_wrong() -> None:
    """A check that accepts everything would prove nothing."""
    create, add = payloads("shifts")[0]["requests"]
    (layers,) = payloads("layers")[1]["requests"]
    add["body"]["custom_shifts"][0]["assignments"] *= 2
    assert errors(add["path"], "POST", add["body"])
    add["body"]["custom_shifts"] = []
    assert errors(add["path"], "POST", add["body"])
    create["body"]["schedule"]["name"] = "x" * 256
    assert errors(create["path"], "POST", create["body"])
    layers["body"]["schedule"]["schedule_layers"][0]["start"] = "2026-10-05"
    assert errors(layers["path"], "POST", layers["body"])
    del layers["body"]["schedule"]["time_zone"]
    assert errors(layers["path"], "POST", layers["body"])
