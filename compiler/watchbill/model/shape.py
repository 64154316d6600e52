"""Checks the shape of documents: the fast yes, and the explained no.

``jsonschema-rs`` decides. Only what it refuses is shown to ``jsonschema``, which finds all errors; they become findings
in plain words. In a list or a collection each entry is judged alone, so that one bad entry spoils no other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Any

from watchbill.findings import Finding, Level, Place
from watchbill.model.faults import findings_of
from watchbill.model.kinds import Kind, Location
from watchbill.model.notations import misread
from watchbill.model.pruning import whole_parts
from watchbill.model.schema import entry_schema, validator
from watchbill.records import dataclass

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator, ValidationError

_MOST_ENTRIES, _MOST_ERRORS = 50, 100
"""So many wrong entries of a file, and errors of an entry, are explained: enough to mend, too few to drown in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Which entries of a list or collection are wrong, whether the whole is, and why.

    ``kept`` is what is whole of a spoilt file that is the only one of its kind.
    """

    wrong: frozenset[str | int] = frozenset()
    spoilt: bool = False
    findings: tuple[Finding, ...] = ()
    kept: Mapping[str, Any] | None = None


_FINE = Verdict()


def judge(location: Location, file: str, data: object) -> Verdict:
    """Judge the shape of a document."""
    if validator(location.kind.name, location.form).is_valid(data):
        return _FINE
    place = Place(file=file)
    entries = _entries(location, data)
    if entries is None:
        kept = whole_parts(data, _errors(location.kind.name, data)) if location.form == "single" else None
        return Verdict(spoilt=True, findings=tuple(_explained(location, place, data)), kept=kept)
    sound = validator(location.kind.name, "entry")
    wrong = [(key, entry) for key, entry in entries if not sound.is_valid(entry)]
    found = [
        finding for key, entry in wrong[:_MOST_ENTRIES] for finding in explain(location.kind, place.at(key), entry)
    ]
    if len(wrong) > _MOST_ENTRIES:
        found.append(_more(location.kind, place, len(wrong) - _MOST_ENTRIES))
    if not wrong:
        return Verdict(spoilt=True, findings=(_empty(location.kind, place),))
    return Verdict(wrong=frozenset(key for key, _ in wrong), findings=tuple(found))


def _entries(location: Location, data: object) -> list[tuple[str | int, Any]] | None:
    if location.form == "collection" and isinstance(data, dict):
        return list(data.items())
    if location.kind.listed and isinstance(data, list):
        return list(enumerate(data))
    return None


def _explained(location: Location, place: Place, data: object) -> list[Finding]:
    if location.form == "collection":
        return [_wrong_whole(location.kind, place, "a mapping of ids", data)]
    if location.kind.listed and not (location.kind.name in ("overrides", "swaps") and isinstance(data, dict)):
        return [_wrong_whole(location.kind, place, "a list", data)]
    return explain(location.kind, place, data)


def _wrong_whole(kind: Kind, place: Place, wanted: str, data: object) -> Finding:
    found = "a list" if isinstance(data, list) else "a mapping" if isinstance(data, dict) else "a single value"
    return Finding(
        rule="wrong-type",
        level=Level.ERROR,
        place=place,
        message=f"this file of {kind.home} holds {found}, not {wanted}",
        help="start each entry with `- `"
        if wanted == "a list"
        else "write each id at the start of a line, its keys below",
    )


def _empty(kind: Kind, place: Place) -> Finding:
    return Finding(
        rule="wrong-value",
        level=Level.ERROR,
        place=place,
        message=f"this file of {kind.home} holds an empty list",
        help="write an entry, or take the file away",
    )


def _more(kind: Kind, place: Place, count: int) -> Finding:
    return Finding(
        rule="wrong-value",
        level=Level.ERROR,
        place=place,
        message=f"{count} more entries of this file of {kind.home} are wrong",
        help="mend those shown, then check again",
    )


def explain(kind: Kind, place: Place, data: object) -> list[Finding]:
    """Return all faults of one body of a kind whose shape is wrong, in the order of their places; at least one."""
    found = {
        (finding.rule, finding.place, finding.message): finding
        for error in islice(_errors(kind.name, data), _MOST_ERRORS)
        for finding in findings_of(kind, place, error)
    }
    if not found:
        return [
            Finding(
                rule="wrong-value",
                level=Level.ERROR,
                place=place,
                message=f"this is no {kind.word}",
                help=f"compare it with the schema: `watchbill schema {kind.name}`",
            )
        ]
    return sorted(
        found.values(),
        key=lambda f: [(0, step, "") if isinstance(step, int) else (1, 0, step) for step in f.place.path],
    )


def _errors(name: str, data: object) -> Iterator[ValidationError]:
    return _explainer(name).iter_errors(data)


@cache
def _explainer(name: str) -> Draft202012Validator:
    from jsonschema import Draft202012Validator
    from jsonschema.validators import extend

    strict = extend(Draft202012Validator, {"pattern": _pattern, "uniqueItems": _unique, "x-notation": _notation})  # type: ignore[no-untyped-call]
    made: Draft202012Validator = strict(entry_schema(name))
    return made


def _pattern(_: object, pattern: str, instance: object, __: Mapping[str, Any]) -> Iterator[ValidationError]:
    """Judge ``pattern`` as the fast validator does: ``$`` is the very end, classes are ASCII."""
    from jsonschema import ValidationError

    if isinstance(instance, str) and not re.search(re.sub(r"\$$", r"\\Z", pattern), instance, re.ASCII):
        yield ValidationError("does not match")


def _notation(_: object, notation: str, instance: object, __: Mapping[str, Any]) -> Iterator[ValidationError]:
    """Judge what a pattern cannot, such as the 30th of February, so that all faults of a body are told at once."""
    from jsonschema import ValidationError

    if isinstance(instance, str) and misread(notation, instance):
        yield ValidationError("cannot be read")


def _unique(_: object, wanted: bool, instance: object, __: Mapping[str, Any]) -> Iterator[ValidationError]:
    """Judge ``uniqueItems`` in linear time; the library compares each item with each other."""
    from jsonschema import ValidationError

    if wanted and isinstance(instance, list) and len({repr(item) for item in instance}) < len(instance):
        yield ValidationError("stands twice")
