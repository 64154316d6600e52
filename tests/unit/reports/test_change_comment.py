"""The comment on a pull request with what the change does: read from JSON, which a stranger may have written."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner
from markdown_it import MarkdownIt

import told_findings
from compiled_pages import compile_files
from told_findings import CONTROL, HOSTILE, commands_in
from watchbill.change.compare import compare
from watchbill.change.records import Change
from watchbill.cli.comment_command import comment
from watchbill.compilation import Compilation
from watchbill.reports import change_json, change_markdown, json_report, markdown
from watchbill.reports.change_reading import read_change
from watchbill.reports.report_reading import ReportError
from watchbill.resources import PACKAGE

WEEKLY = "{id: weekly, from: 2026-01-05, every: 1 week, handoff: monday 09:00, members: [ada, grace, linus]}"
FILES = {
    "schedules/people.yaml": "ada: {name: Ada}\ngrace: {name: Grace}\nlinus: {name: Linus}\nemmy: {name: Emmy}\n",
    "schedules/teams.yaml": "payments: {name: Payments, members: [ada, grace, linus, emmy], approvers: [emmy]}\n",
    "schedules/on-call/payments.yaml": (
        "name: Payments\nteam: payments\ntimezone: America/New_York\nroles:\n  primary:\n    coverage: 24x7\n"
        f"    layers:\n      - {WEEKLY}\n"
    ),
    "policies/services/checkout.yaml": "name: Checkout\nteam: payments\non-call: {schedule: payments}\n",
}
OVERRIDES = (
    "- {schedule: payments, role: primary, from: 2026-11-25 09:00, until: 2026-11-27 09:00, person: emmy}\n"
    "- {schedule: payments, role: primary, from: 2026-12-24 09:00, until: 2026-12-25 09:00, person: nobody}\n"
    "- {schedule: payments, role: primary, from: 2026-11-17 09:00, until: 2026-11-18 09:00, person: emmy}\n"
    "- {schedule: payments, role: primary, from: 2027-01-12 09:00, until: 2027-01-13 09:00, person: emmy}\n"
)
ABSENCE = "- {from: 2027-01-12, through: 2027-01-13}\n"


@cache
def both() -> tuple[Compilation, Change]:
    """Return a head, and what changed: shifts of the past and of the future move, a gap opens, an override is void."""
    with TemporaryDirectory() as folder:
        return _both(Path(folder))


def _both(folder: Path) -> tuple[Compilation, Change]:
    (folder / "base").mkdir()
    (folder / "head").mkdir()
    base = compile_files(FILES, folder / "base")
    more = {"schedules/overrides/x.yaml": OVERRIDES, "schedules/time-off/emmy.yaml": ABSENCE}
    head = compile_files({**FILES, **more}, folder / "head")
    return head, compare(base, head)


@pytest.fixture
def told() -> tuple[Compilation, Change]:
    return both()


def schema() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((PACKAGE / "reports" / "change.schema.json").read_text(encoding="utf-8"))
    return found


def test_the_json_of_a_change_fits_its_schema(told: tuple[Compilation, Change]) -> None:
    jsonschema.Draft202012Validator.check_schema(schema())
    document = json.loads(change_json.render(told[1]))
    jsonschema.validate(document, schema())
    for part in ("moves", "history", "people", "clashes", "gaps_opened", "events", "items", "approvers"):
        assert document[part], f"nothing in {part}"
    assert document["findings"]["new"]
    assert document["gaps_opened"][0]["timezone"] == "America/New_York"


def test_what_is_read_tells_the_same_but_for_the_timeline(told: tuple[Compilation, Change]) -> None:
    _, change = told
    read = read_change(change_json.render(change).encode())
    own = [section for section in change_markdown.sections(change) if section.heading != "Before and after"]
    assert list(change_markdown.sections(read)) == own
    assert change_markdown.headline(read) == change_markdown.headline(change)
    assert change_json.render(read) == change_json.render(change).replace(
        f'"kept": {len(change.findings.kept)}', '"kept": 0'
    )


def test_the_comment_tells_the_change_first_and_no_finding_twice(told: tuple[Compilation, Change]) -> None:
    head, change = told
    text = markdown.comment(markdown.checked(head), change)
    lines = text.splitlines()
    assert lines[0] == markdown.MARKER
    assert lines[3] == change_markdown.headline(change)
    assert lines[5].startswith("**Found 2 errors in ")
    assert text.index("Shifts that move") < text.index("As of Mon 23 Nov 2026 09:00")
    assert text.count("an override gives it to nobody") == 1


def test_a_comment_of_a_large_change_fits(told: tuple[Compilation, Change]) -> None:
    head, change = told
    document = json.loads(change_json.render(change))
    for part in ("items", "approvers", "people", "gaps_opened", "clashes", "history"):
        document[part] = document[part] * 3000
    document["findings"]["new"] = [
        {**document["findings"]["new"][0], "message": f"{'x' * 300} {number}"} for number in range(3000)
    ]
    text = markdown.comment(markdown.checked(head), read_change(json.dumps(document).encode()))
    assert len(text.encode()) <= markdown.COMMENT_BYTES
    assert "more have no room here" in text
    assert text.count("<details>") == text.count("</details>")


def _poisoned(document: Any, text: str, path: str = "") -> Any:
    """Return a document with a text in every place that the schema leaves free."""
    if isinstance(document, dict):
        return {key: _poisoned(value, text, key) for key, value in document.items()}
    if isinstance(document, list):
        return [_poisoned(each, text, path) for each in document]
    free = ("sentence", "name", "kind", "id", "renamed_from", "fields", "message", "help", "subject", "file")
    return text if path in free and isinstance(document, str | None) else document


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_in_a_change_mean_nothing(told: tuple[Compilation, Change], text: str) -> None:
    head, change = told
    document = _poisoned(json.loads(change_json.render(change)), text)
    document["sentence"] = text if text.strip() else "x"
    written = markdown.comment(markdown.checked(head), read_change(json.dumps(document).encode()))
    assert not CONTROL.search(written)
    assert "##[" not in written
    assert commands_in(written) == []
    tokens = [
        each
        for token in MarkdownIt("commonmark").enable("table").parse(written)
        for each in (token, *(token.children or ()))
    ]
    kinds = {token.type for token in tokens}
    assert kinds.isdisjoint({"link_open", "image", "hr", "blockquote_open", "code_block", "ordered_list_open"})
    assert {token.content for token in tokens if token.type == "html_inline"} <= {"<code>", "</code>"}
    tables = [token for token in tokens if token.type == "table_open"]
    assert len(tables) == written.count("\n|---") > 4
    for token in tokens:
        if token.type == "html_block":
            assert "img" not in token.content
            assert "script" not in token.content


@pytest.mark.parametrize(
    "change",
    [
        {"version": 2},
        {"now": "2026-02-30T00:00:00Z"},
        {"timezone": "Mars/Olympus"},
        {"moves": [{}]},
        {"more": 1},
        {"sentence": None},
        {"sentence": " "},
        {"unknown": [{"schedule": "x\n::error::", "side": "head"}]},
    ],
)
def test_nothing_but_a_change_is_taken(told: tuple[Compilation, Change], change: dict[str, object]) -> None:
    document = json.loads(change_json.render(told[1]))
    with pytest.raises(ReportError):
        read_change(json.dumps({**document, **change}).encode())


def test_a_zone_that_does_not_exist_is_refused_in_a_move_too(told: tuple[Compilation, Change]) -> None:
    document = json.loads(change_json.render(told[1]))
    document["moves"][0]["timezone"] = "../../etc/localtime"
    with pytest.raises(ReportError, match="zone"):
        read_change(json.dumps(document).encode())


def test_findings_that_the_change_does_not_bring_come_after_it(tmp_path: Path) -> None:
    _, change = both()
    known = told_findings.three(tmp_path)
    text = markdown.comment(markdown.checked(known), change)
    assert text.index("Shifts that move") < text.index("#### 1 error") < text.index("payments has no primary\n")


def test_the_command_reads_both_files(told: tuple[Compilation, Change], tmp_path: Path) -> None:
    head, change = told
    (tmp_path / "check.json").write_text(json_report.render(head), encoding="utf-8")
    (tmp_path / "change.json").write_text(change_json.render(change), encoding="utf-8")
    done = CliRunner().invoke(comment, [str(tmp_path / "check.json"), "--change", str(tmp_path / "change.json")])
    read = read_change(change_json.render(change).encode())
    assert (done.exit_code, done.stdout) == (0, markdown.comment(markdown.checked(head), read))
    swapped = CliRunner().invoke(comment, [str(tmp_path / "change.json"), "--change", str(tmp_path / "check.json")])
    assert swapped.exit_code == 2
    assert "does not have the shape of a report" in swapped.output
