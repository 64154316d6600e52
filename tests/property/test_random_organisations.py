"""Any organisation, however badly it is staffed: every rule judges it, and what it says can be shown and understood."""

from __future__ import annotations

import re
from collections import Counter

import yaml
from hypothesis import given

from files_tree import FilesTree
from random_organisations import SCHEDULES, Organisation, organisations
from watchbill.checks.catalogue import RULES
from watchbill.compilation import Compilation, LocatedFinding
from watchbill.findings import Finding, Place
from watchbill.pipeline import compile_tree

OF_ONE_LIMIT = {rule.name for rule in RULES if rule.family == "load" and rule.scope == "person"} - {
    "personal-limit-exceeded"
}
"""Rules that tell a person's worst window and no other; wishes of a person are several."""

_MACHINE_WORDS = re.compile(
    r"\bNone\b|\bTrue\b|\bFalse\b|Fraction|datetime|<[a-z]|object at|\{\}|\[\]|\(\)|  |--|\n|\t"
)
_SEVERAL_OF_ONE = re.compile(
    r"(?<![\d.,:])1 (?:days|hours|weeks|nights|weekends|holidays|turns|shifts|people|minutes)\b"
)
_TWO_SENTENCES = re.compile(r"[a-z`)][.!?] [A-Z]")


def _compiled(drawn: Organisation) -> Compilation:
    return compile_tree(FilesTree(drawn.files), now=drawn.now)


@given(organisations())
def test_findings_are_the_same_again_and_in_order(drawn: Organisation) -> None:
    compilation = _compiled(drawn)
    assert set(compilation.rosters) == set(SCHEDULES), "what is drawn is an organisation, not a heap of broken files"
    findings = compilation.findings
    backwards = Organisation(files=dict(reversed(drawn.files.items())), now=drawn.now)
    assert _compiled(backwards).findings == findings
    assert sorted(findings, key=_order) == list(findings)


def _order(located: LocatedFinding) -> tuple[object, ...]:
    assert located.position is not None, located.finding
    finding = located.finding
    return (
        finding.place.file,
        located.position.line,
        located.position.column,
        finding.rule,
        finding.stretch or (0, 0),
        finding.message,
    )


@given(organisations())
def test_every_place_is_one_of_a_file_and_named_once(drawn: Organisation) -> None:
    compilation = _compiled(drawn)
    _assert_told_once([located.finding for located in compilation.findings])
    data = {path: yaml.load(text, yaml.BaseLoader) for path, text in drawn.files.items()}  # noqa: S506
    for located in compilation.findings:
        finding = located.finding
        places = [finding.place, *(label.place for label in finding.labels)]
        positions = [located.position, *located.label_positions]
        for place, position in zip(places, positions, strict=True):
            assert position is not None, (finding, place)
            lines = drawn.files[place.file].split("\n")
            assert 1 <= position.line <= len(lines), (finding, place)
            assert position.text.strip("…") in lines[position.line - 1], (finding, place)
            assert _exists(data[place.file], place), (finding, place)


def _assert_told_once(findings: list[Finding]) -> None:
    groups = Counter((one.rule, one.place, one.subject, one.group) for one in findings if one.group)
    texts = Counter((one.rule, one.place, one.subject, one.message) for one in findings)
    assert [group for group, times in (groups + texts).items() if times > 1] == []
    persons = Counter((one.rule, one.subject) for one in findings if one.rule in OF_ONE_LIMIT)
    assert [person for person, times in persons.items() if times > 1] == []


def _exists(data: object, place: Place) -> bool:
    """Say whether a path leads to a value, or from a value to a key that is missing there and is what is wrong."""
    for number, step in enumerate(place.path, start=1):
        if isinstance(data, dict) and (step in data or number == len(place.path)):
            data = data.get(step)
        elif isinstance(data, list) and isinstance(step, int) and step < len(data):
            data = data[step]
        else:
            return False
    return True


@given(organisations())
def test_messages_are_one_sentence_about_somebody_known_and_what_lies_ahead(drawn: Organisation) -> None:
    compilation = _compiled(drawn)
    _assert_ahead(compilation, drawn.now)
    for located in compilation.findings:
        finding = located.finding
        texts = (finding.message, finding.help, *(label.text for label in finding.labels))
        for text in texts:
            assert text, finding
            assert text == text.strip(), finding
            assert not _MACHINE_WORDS.search(text), (finding.rule, text)
            assert not _SEVERAL_OF_ONE.search(text), (finding.rule, text)
        assert not finding.message.endswith((".", ";", ",", ":")), (finding.rule, finding.message)
        assert not _TWO_SENTENCES.search(finding.message), (finding.rule, finding.message)
        assert len(finding.message) <= 600, (finding.rule, len(finding.message), finding.message)


def _assert_ahead(compilation: Compilation, now: int) -> None:
    known = {
        "person": compilation.model.people,
        "schedule": compilation.model.schedules,
        "service": compilation.model.services,
        "escalation": compilation.model.escalation,
        "team": compilation.model.teams,
        "severity": compilation.model.severities,
    }
    for located in compilation.findings:
        finding = located.finding
        assert finding.stretch is None or finding.stretch[1] > now, finding
        assert finding.stretch is None or finding.stretch[0] < finding.stretch[1], finding
        kind, _, name = finding.subject.partition("/")
        assert not kind or name in known[kind], finding
