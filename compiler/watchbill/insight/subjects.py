"""What a question is about: a word that names a schedule, a service, a team or a person."""

from __future__ import annotations

from watchbill.model.on_call import Schedule
from watchbill.model.repository import Model
from watchbill.records import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """The schedules that a word stands for, and what kind of thing it names (empty: the whole repository)."""

    kind: str
    id: str
    schedules: tuple[Schedule, ...]


def subject_of(model: Model, word: str | None) -> Subject | None:
    """Return what a word names: a schedule, else a service, else a team; ``None`` if nothing has that id.

    Without a word all schedules are meant, in order of id.
    """
    if word is None:
        return Subject(kind="", id="", schedules=tuple(model.schedules[name] for name in sorted(model.schedules)))
    if word in model.schedules:
        return Subject(kind="schedule", id=word, schedules=(model.schedules[word],))
    if word in model.services:
        named = model.services[word].schedule
        found = (model.schedules[named],) if named is not None and named in model.schedules else ()
        return Subject(kind="service", id=word, schedules=found)
    if word in model.teams:
        owned = tuple(model.schedules[name] for name in sorted(model.schedules) if model.schedules[name].team == word)
        return Subject(kind="team", id=word, schedules=owned)
    return None


def subject_names(model: Model) -> list[str]:
    """Return all words that ``subject_of`` understands, sorted."""
    return sorted({*model.schedules, *model.services, *model.teams})
