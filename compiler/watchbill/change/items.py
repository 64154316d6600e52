"""What was written, changed or deleted, whatever the shifts: people, teams, policies, incidents and the rest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from watchbill.change.likeness import alike, differing_fields, saying
from watchbill.change.records import ItemChange, What
from watchbill.model.kinds import ALL
from watchbill.model.repository import Model

_MAPPINGS = (
    ("person", "people"),
    ("team", "teams"),
    ("schedule", "schedules"),
    ("holidays", "holidays"),
    ("window", "windows"),
    ("service", "services"),
    ("escalation", "escalation"),
    ("severity", "severities"),
    ("incident-role", "incident_roles"),
    ("provider", "providers"),
    ("incident", "incidents"),
)
"""The kinds with an id of their own, and the fields of the model that hold them."""

_SINGLE = (
    ("organization", "organization"),
    ("communication", "communication"),
    ("workload", "workload"),
    ("compensation", "compensation"),
    ("checks", "checks"),
)

Named = Callable[[Any], str]
"""Gives what an entry without an id is named by."""

_LISTED: tuple[tuple[str, str, Named], ...] = (
    ("override", "overrides", lambda entry: f"{entry.schedule}/{entry.role}"),
    ("swap", "swaps", lambda entry: f"{entry.schedule}/{entry.role}"),
    ("time off", "time_off", lambda entry: entry.person),
    ("page", "pages", lambda entry: entry.service),
)
"""The kinds whose entries have no id, and what they are named by."""

UNREADABLE = "cannot-be-understood"
"""Stands for the fields of what only one side can be understood of."""

INCIDENTS = frozenset({"incident", "page"})
"""The kinds that are records of what happened."""


def items(base: Model, head: Model, renamed: Mapping[str, Mapping[str, str]]) -> list[ItemChange]:
    """Return what is different, by kind and id. ``renamed`` gives the ids in head by kind and id in base."""
    found: list[ItemChange] = []
    broken = base.broken ^ head.broken
    for kind, field in _MAPPINGS:
        told = _of_mapping(kind, getattr(base, field), getattr(head, field), renamed.get(kind, {}))
        found += (item for item in told if (kind, item.id) not in broken)
    for kind, field in _SINGLE:
        old, new = getattr(base, field), getattr(head, field)
        if not alike(old, new):
            found.append(ItemChange(what="changed", kind=kind, id=kind, fields=differing_fields(old, new)))
    for kind, field, name in _LISTED:
        found += _of_list(kind, getattr(base, field), getattr(head, field), name)
    # What can no longer be understood, or can be again, is in no mapping on one side.
    named = {kind for kind, name in broken if name != ALL}
    told_of = sorted((kind, name) for kind, name in broken if name != ALL or kind not in named)
    found += (ItemChange(what="changed", kind=kind, id=name, fields=(UNREADABLE,)) for kind, name in told_of)
    return found


def _of_mapping(
    kind: str, before: Mapping[str, Any], after: Mapping[str, Any], renamed: Mapping[str, str]
) -> Iterator[ItemChange]:
    old_ids = {new: old for old, new in renamed.items()}
    for name in sorted({*before, *after}):
        old_id = old_ids.get(name, name)
        old, new = before.get(old_id), after.get(name)
        if name in renamed and new is None:
            continue
        if old is None:
            yield ItemChange(what="added", kind=kind, id=name)
        elif new is None:
            yield ItemChange(what="removed", kind=kind, id=name)
        elif old_id != name or not alike(old, new):
            was = old_id if old_id != name else None
            yield ItemChange(what="changed", kind=kind, id=name, fields=_fields(old, new), renamed_from=was)


def _fields(old: Any, new: Any) -> tuple[str, ...]:
    return () if type(old) is not type(new) or not hasattr(old, "id") else differing_fields(old, new)


def _of_list(kind: str, before: tuple[Any, ...], after: tuple[Any, ...], name: Named) -> list[ItemChange]:
    if before == after:
        return []
    left = Counter((name(entry), saying(entry)) for entry in after)
    left.subtract((name(entry), saying(entry)) for entry in before)
    found: list[ItemChange] = []
    for (entry, _), number in left.items():
        what: What = "added" if number > 0 else "removed"
        found += [ItemChange(what=what, kind=kind, id=entry)] * abs(number)
    return sorted(found, key=lambda item: (item.id, item.what))
