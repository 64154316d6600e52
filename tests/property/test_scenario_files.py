"""Scenario files broken anywhere: each entry becomes an outcome or a finding with a place, and nothing else happens."""

from __future__ import annotations

from functools import cache

from hypothesis import given
from hypothesis import strategies as st

from files_tree import FilesTree
from scenario_repository import FILES
from watchbill.compilation import Compilation
from watchbill.pipeline import compile_tree
from watchbill.scenarios.judging import judged
from watchbill.scenarios.reading import demands, scenarios_of
from watchbill.source.positions import locate
from watchbill.source.read import read

NOW = 1_767_225_600  # 2026-01-01 00:00 UTC
GOOD = """\
- name: The first week
  at: 2026-01-05 09:00
  schedule: harbour
  role: pair
  together: [linus, margaret]
- at: 2026-01-06T12:00+01:00
  service: crane
  severity: sev1
  reaches: margaret
  within: 10 minutes
"""
WORDS = (
    "",
    "-",
    ":",
    "ada",
    "nobody",
    "primary",
    "2026-02-30 10:00",
    "2100-12-31 23:59",
    "[",
    "{",
    "9",
    "null",
    "\t",
    "é",
)

edits = st.lists(
    st.tuples(st.integers(0, len(GOOD)), st.integers(0, 30), st.sampled_from(WORDS)), min_size=1, max_size=3
)


@cache
def compiled(demanded: tuple[tuple[int, int], ...]) -> Compilation:
    return compile_tree(FilesTree(FILES), now=NOW, demanded=demanded)


@given(edits)
def test_each_entry_is_judged_or_told(changes: list[tuple[int, int, str]]) -> None:
    text = GOOD
    for at, length, word in changes:
        text = text[:at] + word + text[at + length :]
    tree = FilesTree({"scenarios/all.yaml": text})
    reading = read(tree)
    scenarios, faults = scenarios_of(reading)
    outcomes, unknown = judged(compiled(demands(scenarios)), scenarios)
    data = reading.documents[0].data if reading.documents else None
    told = {finding.place.path[:1] for finding in (*faults, *unknown)}
    seen = {outcome.scenario.place.path[:1] for outcome in outcomes}
    if isinstance(data, list) and data:
        assert told | seen >= {(index,) for index in range(len(data))}
        assert not told & seen
    else:
        assert faults
    for finding in (*faults, *unknown):
        assert locate(tree, finding.place) is not None
        assert finding.message
        assert finding.help


@given(st.binary(max_size=200))
def test_any_bytes_are_told(data: bytes) -> None:
    tree = FilesTree({"scenarios/all.yaml": ""})
    tree.files["scenarios/all.yaml"] = data
    scenarios, faults = scenarios_of(read(tree))
    assert scenarios or faults
