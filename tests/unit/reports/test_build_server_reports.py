"""Code Quality for GitLab, JUnit XML and JSON lines: the exact text, and that no finding or text breaks them."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

import told_findings
from told_findings import HOSTILE, compilation, located
from watchbill.findings import Level
from watchbill.reports import gitlab, json_lines, json_report, junit
from watchbill.reports.terminal import shown
from watchbill.text import printable


def parsed(report: str) -> ElementTree.Element:
    return ElementTree.fromstring(report.encode())  # noqa: S314 - our own, without a document type


def test_code_quality(tmp_path: Path) -> None:
    issues = json.loads(gitlab.render(told_findings.three(tmp_path)))
    names = [issue.pop("fingerprint") for issue in issues]
    assert len(set(names)) == 3
    assert issues == [
        {
            "description": "payments has no primary",
            "check_name": "coverage-gap",
            "severity": "critical",
            "location": {"path": "schedules/on-call/payments.yaml", "lines": {"begin": 6}},
        },
        {
            "description": "Zoë has 9 nights, 50% more than others: ask `grace`",
            "check_name": "too-many-nights",
            "severity": "minor",
            "location": {"path": "schedules/people/zoe.yaml", "lines": {"begin": 1}},
        },
        {
            "description": "payments has no primary",
            "check_name": "coverage-gap",
            "severity": "info",
            "location": {"path": "schedules/time-off/ada.ics", "lines": {"begin": 1}},
        },
    ]


def test_code_quality_of_hostile_texts(tmp_path: Path) -> None:
    issues = json.loads(gitlab.render(told_findings.hostile(tmp_path)))
    assert [issue["description"] for issue in issues] == [printable(text) for text in HOSTILE]
    assert len({issue["fingerprint"] for issue in issues}) == len(HOSTILE)


def test_junit(tmp_path: Path) -> None:
    report = junit.render(told_findings.three(tmp_path))
    names = [case.attrib["name"] for case in parsed(report).iter("testcase")]
    for number, name in enumerate(names):
        report = report.replace(name.split()[-1], f"NAME{number}")
    assert report == (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<testsuites name="watchbill" tests="3" failures="1" errors="0" skipped="2">\n'
        '  <testsuite name="schedules/on-call/payments.yaml" tests="1" failures="1" errors="0" skipped="0" time="0">\n'
        '    <testcase classname="watchbill.coverage-gap" name="schedule/payments NAME0" '
        'file="schedules/on-call/payments.yaml" line="6" time="0">\n'
        '      <failure message="payments has no primary" type="error">'
        "schedules/on-call/payments.yaml:6:15: error[coverage-gap] payments has no primary\n"
        "help: write an override</failure>\n"
        "    </testcase>\n"
        "  </testsuite>\n"
        '  <testsuite name="schedules/people/zoe.yaml" tests="1" failures="0" errors="0" skipped="1" time="0">\n'
        '    <testcase classname="watchbill.too-many-nights" name="person/zoe NAME1" '
        'file="schedules/people/zoe.yaml" line="1" time="0">\n'
        '      <skipped message="warning: Zoë has 9 nights, 50% more than others: ask `grace`" />\n'
        "    </testcase>\n"
        "  </testsuite>\n"
        '  <testsuite name="schedules/time-off/ada.ics" tests="1" failures="0" errors="0" skipped="1" time="0">\n'
        '    <testcase classname="watchbill.coverage-gap" name="schedules/time-off/ada.ics NAME2" '
        'file="schedules/time-off/ada.ics" time="0">\n'
        '      <skipped message="info: payments has no primary" />\n'
        "    </testcase>\n"
        "  </testsuite>\n"
        "</testsuites>\n"
    )


def test_junit_where_nothing_was_found_has_one_passed_test(tmp_path: Path) -> None:
    root = parsed(junit.render(compilation(tmp_path)))
    assert (root.attrib["tests"], root.attrib["failures"]) == ("1", "0")
    assert [case.attrib["name"] for case in root.iter("testcase")] == ["check"]


@pytest.mark.parametrize(("failing", "failures"), [(Level.ERROR, 1), (Level.WARNING, 2), (Level.INFO, 3)])
def test_junit_fails_what_fails_the_check(tmp_path: Path, failing: Level, failures: int) -> None:
    root = parsed(junit.render(told_findings.three(tmp_path), failing=failing))
    assert root.attrib["failures"] == str(failures) == str(len(list(root.iter("failure"))))
    assert root.attrib["skipped"] == str(3 - failures) == str(len(list(root.iter("skipped"))))


def test_junit_carries_hostile_texts_and_no_element_of_theirs(tmp_path: Path) -> None:
    report = junit.render(told_findings.hostile(tmp_path), failing=Level.INFO)
    root = parsed(report)
    assert {element.tag for element in root.iter()} == {"testsuites", "testsuite", "testcase", "failure"}
    assert [failure.attrib["message"] for failure in root.iter("failure")] == [shown(text) for text in HOSTILE]
    cases = [(case.attrib["classname"], case.attrib["name"]) for case in root.iter("testcase")]
    assert len(set(cases)) == len(HOSTILE)


def test_json_lines_are_the_findings_of_the_json_report(tmp_path: Path) -> None:
    whole = told_findings.hostile(tmp_path)
    lines = json_lines.render(whole).splitlines()
    assert [json.loads(line) for line in lines] == json.loads(json_report.render(whole))["findings"]


def test_a_json_line(tmp_path: Path) -> None:
    (line,) = json_lines.render(compilation(tmp_path, located(subject="schedule/payments"))).splitlines()
    assert line.startswith('{"rule":"coverage-gap","fingerprint":"')
    assert line.endswith(
        '"level":"error","message":"payments has no primary","help":"write an override","subject":"schedule/payments",'
        '"stretch":null,"place":{"file":"schedules/on-call/payments.yaml","path":["roles","primary","coverage"],'
        '"line":6,"column":15,"end_column":19},"labels":[]}'
    )
