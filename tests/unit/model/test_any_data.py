"""Whatever data a file holds, the model answers with findings and never with an exception."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from small_repository import FILES
from watchbill import timezones
from watchbill.model.build import build
from watchbill.model.kinds import KINDS
from watchbill.source.documents import Document, Reading
from watchbill.source.strict_yaml import parse

DOCUMENTS = {path: parse(text.encode())[0] for path, text in FILES.items()}


def words(node: Any) -> set[str]:
    """Return every key and every text of some data: the words that lead a random mapping deep into the builders."""
    if isinstance(node, dict):
        return set(node) | {word for value in node.values() for word in words(value)}
    if isinstance(node, list):
        return {word for value in node for word in words(value)}
    return {node} if isinstance(node, str) else set()


WORDS = sorted(words(DOCUMENTS))
SCALARS = st.one_of(st.sampled_from(WORDS), st.none(), st.booleans(), st.integers(-5, 3000), st.text(max_size=8))
DATA = st.recursive(
    SCALARS,
    lambda below: st.one_of(st.lists(below, max_size=4), st.dictionaries(st.sampled_from(WORDS), below, max_size=5)),
    max_leaves=25,
)
PLACES = sorted({*DOCUMENTS, *(f"{kind.home}.yaml" for kind in KINDS), *(f"{kind.home}/x.yaml" for kind in KINDS)})


@given(st.sampled_from(PLACES), DATA)
def test_any_data_at_any_place(path: str, data: Any) -> None:
    documents = {**DOCUMENTS, path: data}
    reading = Reading(
        documents=tuple(Document(path=name, data=documents[name]) for name in sorted(documents)),
        unreadable=(),
        findings=(),
    )
    model, findings = build(reading, timezones.names())
    assert all(finding.message and finding.help for finding in findings)
    assert set(model.schedules) <= {"harbour", "x"}


@given(st.sampled_from(sorted(DOCUMENTS)), st.randoms(use_true_random=False), DATA)
def test_any_value_exchanged(path: str, chance: Any, value: Any) -> None:
    documents = {**DOCUMENTS, path: _exchanged(DOCUMENTS[path], chance, value)}
    reading = Reading(
        documents=tuple(Document(path=name, data=documents[name]) for name in sorted(documents)),
        unreadable=(),
        findings=(),
    )
    build(reading, timezones.names())


def _exchanged(data: Any, chance: Any, value: Any) -> Any:
    """Return data in which a value at a random place is another one."""
    if not isinstance(data, dict | list) or not data or chance.random() < 0.15:
        return value
    if isinstance(data, list):
        index = chance.randrange(len(data))
        return [_exchanged(item, chance, value) if i == index else item for i, item in enumerate(data)]
    key = chance.choice(sorted(data))
    return {name: _exchanged(item, chance, value) if name == key else item for name, item in data.items()}
