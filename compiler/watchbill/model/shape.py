"""Checks the shape of documents: the fast yes, and the explained no.

``jsonschema-rs`` decides. Only for a document it refuses, ``jsonschema`` finds all errors, which become findings in
plain words: one per fault, placed at the key or the value.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from functools import cache
from typing import TYPE_CHECKING, Any

from watchbill.findings import DataPath, Finding, Level, Place
from watchbill.model.kinds import Location
from watchbill.model.notation.problem import Problem, shown
from watchbill.model.notations import examine
from watchbill.model.schema import Schema, alternatives, audience_of, schema_for, validator

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator, ValidationError

_TYPES = {
    "object": "a mapping",
    "array": "a list",
    "string": "text",
    "integer": "a whole number",
    "boolean": "`true` or `false`",
    "null": "nothing",
}


def is_valid(location: Location, data: object) -> bool:
    """Say whether a document has the shape of its kind."""
    return validator(location.kind.name, location.form).is_valid(data)


def explain(location: Location, file: str, data: object) -> list[Finding]:
    """Return all faults of a document whose shape is wrong, in the order of their places; at least one."""
    errors = _explainer(location.kind.name, location.form == "collection").iter_errors(data)
    findings = [finding for error in errors for finding in _Fault(location, file, error).findings()]
    if not findings:
        findings = [
            _finding("wrong-value", Place(file=file), "the file does not have the shape of its kind", "see its schema")
        ]
    unique = {(finding.rule, finding.place, finding.message): finding for finding in findings}
    return sorted(unique.values(), key=lambda f: [str(step).rjust(6) for step in f.place.path])


def _finding(rule: str, place: Place, message: str, help_text: str) -> Finding:
    return Finding(rule=rule, level=Level.ERROR, place=place, message=message, help=help_text)


@cache
def _explainer(name: str, collection: bool) -> Draft202012Validator:
    from jsonschema import Draft202012Validator
    from jsonschema.validators import extend

    strict = extend(Draft202012Validator, {"pattern": _pattern})
    made: Draft202012Validator = strict(schema_for(name, collection))
    return made


def _pattern(_: object, pattern: str, instance: object, __: Mapping[str, Any]) -> Iterator[ValidationError]:
    """Judge ``pattern`` as the fast validator does: ``$`` is the very end, classes are ASCII."""
    from jsonschema import ValidationError

    if isinstance(instance, str) and not re.search(re.sub(r"\$$", r"\\Z", pattern), instance, re.ASCII):
        yield ValidationError("does not match")


class _Fault:
    """One schema error of a document, on its way to findings."""

    def __init__(self, location: Location, file: str, error: ValidationError) -> None:
        self.location, self.file, self.error = location, file, error
        self.path: DataPath = tuple(error.absolute_path)
        self.place = Place(file=file, path=self.path)

    def findings(self) -> Iterable[Finding]:
        """Return the findings of this error."""
        if "propertyNames" in self.error.absolute_schema_path:
            return [self._odd_key()]
        explain_keyword = getattr(self, f"_explain_{str(self.error.validator).lower()}", self._explain_other)
        found: Iterable[Finding] = explain_keyword()
        return found

    def _name(self) -> str:
        words = [step for step in self.path if isinstance(step, str)]
        return f"`{words[-1]}`" if words and self.path else f"this {self.location.kind.word}"

    def _shown(self, value: object) -> str:
        private = audience_of(self.location.kind.name, self.path, self.location.form == "collection") == "private"
        return "its value" if private and isinstance(value, str) else shown(value)

    def _explain_additionalproperties(self) -> Iterator[Finding]:
        schema: Schema = self.error.schema
        known = list(schema.get("properties", {}))
        for key in self.error.instance:
            if key not in known:
                yield self._unknown_key(key, known)

    def _unknown_key(self, key: str, known: list[str]) -> Finding:
        place = self.place.key(key)
        if key == "until" and "through" in known:
            return _finding(
                "bare-date-after-until",
                place,
                "days here end with `through`, not with `until`",
                "write `through` and the last day, which is included",
            )
        folded = {name.replace("-", ""): name for name in known}
        spelt = key.lower().replace("_", "").replace("-", "").replace(" ", "")
        close = [folded[spelt]] if spelt in folded else get_close_matches(key, known, n=1, cutoff=0.6)
        unused = [name for name in known if name not in self.error.instance] or known
        help_text = (
            f"did you mean `{close[0]}`?" if close else f"known keys are {', '.join(f'`{n}`' for n in unused[:12])}"
        )
        return _finding("unknown-key", place, f"{self._name_of_owner()} has no key {shown(key)}", help_text)

    def _name_of_owner(self) -> str:
        title = self.error.schema.get("title") if isinstance(self.error.schema, dict) else None
        owner = self._name() if self.path and isinstance(self.path[-1], str) else None
        if owner is None or (len(self.path) == 1 and self.location.form == "collection"):
            return f"a {str(title).lower()}" if title and self.path else f"a {self.location.kind.word}"
        return owner

    def _explain_required(self) -> Iterator[Finding]:
        properties = self.error.schema.get("properties", {})
        for key in self.error.validator_value:
            if key not in self.error.instance:
                example = (properties.get(key, {}).get("examples") or [None])[0]
                how = f", such as `{key}: {example}`" if isinstance(example, str | int) else ""
                yield _finding(
                    "missing-key", self.place, f"{self._name_of_owner()} lacks the key `{key}`", f"add `{key}`{how}"
                )

    def _explain_type(self) -> Iterator[Finding]:
        schema, value = self.error.schema, self.error.instance
        wanted = self.error.validator_value
        names = [wanted] if isinstance(wanted, str) else list(wanted)
        words = " or ".join(_TYPES[name] for name in names if not ("string" in names and name == "integer"))
        problem = examine(schema.get("x-notation"), value) if isinstance(value, int) else None
        if value is None:
            help_text = f"write {words} or take the key out" if self.path else f"write {words}"
            yield _finding("wrong-type", self.place, f"{self._name()} has no value", help_text)
        elif isinstance(problem, Problem) and not isinstance(value, bool):
            yield _finding("wrong-type", self.place, f"{self._name()}: {problem.text}", problem.help)
        elif isinstance(value, bool | int) and "string" in names:
            yield _finding(
                "wrong-type",
                self.place,
                f"{self._name()} must be text, not {shown(value)}",
                f'put it in quotes: `"{str(value).lower()}"`',
            )
        else:
            article = (
                self._shown(value)
                if not isinstance(value, dict | list)
                else _TYPES["object" if isinstance(value, dict) else "array"]
            )
            yield _finding(
                "wrong-type",
                self.place,
                f"{self._name()} must be {words}, not {article}",
                f"write {words}{self._example(schema)}",
            )

    def _example(self, schema: Schema) -> str:
        simple = [example for example in schema.get("examples", ()) if isinstance(example, str | int)]
        return f", such as `{simple[0]}`" if simple else ""

    def _explain_enum(self) -> Iterator[Finding]:
        options = [str(option) for option in self.error.validator_value]
        close = get_close_matches(str(self.error.instance), options, n=1, cutoff=0.6)
        help_text = f"did you mean `{close[0]}`?" if close else f"write one of {', '.join(f'`{o}`' for o in options)}"
        yield _finding(
            "wrong-value", self.place, f"{self._name()} cannot be {self._shown(self.error.instance)}", help_text
        )

    def _explain_pattern(self) -> Iterator[Finding]:
        schema, value = self.error.schema, self.error.instance
        problem = examine(schema.get("x-notation"), value)
        text = problem.text if problem else f"{shown(value)} is not possible here"
        hidden = self._shown(value) == "its value"
        message = f"{self._name()} has no possible value" if hidden else f"{self._name()}: {text}"
        rule = _RULES.get(schema.get("x-notation"), "wrong-value")
        yield _finding(rule, self.place, message, problem.help if problem else f"write it{self._example(schema)[1:]}")

    def _odd_key(self) -> Finding:
        key = str(self.error.instance)
        problem = examine(self.error.schema.get("x-notation"), key)
        text, help_text = (problem.text, problem.help) if problem else (f"{shown(key)} is no id", "write an id")
        rule = "wrong-value" if self.error.schema.get("x-notation") == "tier" else "invalid-id"
        return _finding(rule, self.place.key(key), f"{self._name()}: {text}", help_text)

    def _explain_minimum(self) -> Iterator[Finding]:
        yield self._range(f"at least {self.error.validator_value}")

    def _explain_maximum(self) -> Iterator[Finding]:
        yield self._range(f"at most {self.error.validator_value}")

    def _range(self, limit: str) -> Finding:
        return _finding(
            "wrong-value", self.place, f"{self._name()} cannot be {self._shown(self.error.instance)}", f"write {limit}"
        )

    def _explain_uniqueitems(self) -> Iterator[Finding]:
        seen: list[object] = []
        for index, item in enumerate(self.error.instance):
            if item in seen:
                yield _finding(
                    "wrong-value",
                    self.place.at(index),
                    f"{shown(item)} stands twice in {self._name()}",
                    "leave one of them out",
                )
            seen.append(item)

    def _explain_maxlength(self) -> Iterator[Finding]:
        limit = self.error.validator_value
        yield _finding("wrong-value", self.place, f"{self._name()} is longer than {limit} characters", "shorten it")

    def _explain_minitems(self) -> Iterator[Finding]:
        rule = "rotation-without-members" if self.path and self.path[-1] in ("members", "turns") else "wrong-value"
        yield _finding(rule, self.place, f"{self._name()} is an empty list", "name at least one, or take the key out")

    def _explain_other(self) -> Iterator[Finding]:
        limit = self.error.validator_value
        words = {
            "minProperties": f"needs at least {limit} {'entry' if limit == 1 else 'entries'}",
            "maxProperties": f"has more than {limit} entries",
            "maxItems": f"has more than {limit} entries",
        }
        text = words.get(str(self.error.validator), "has no possible value")
        yield _finding(
            "wrong-value", self.place, f"{self._name()} {text}", f"see the schema{self._example(self.error.schema)}"
        )

    def _explain_anyof(self) -> Iterator[Finding]:
        branch = self._intended_branch()
        if branch is None:
            yield self._none_fits()
            return
        for error in self.error.context or ():
            if error.relative_schema_path[0] == branch:
                yield from _Fault(self.location, self.file, error).findings()

    def _none_fits(self) -> Finding:
        root = schema_for(self.location.kind.name, self.location.form == "collection")
        types = {
            str(node["type"]) if isinstance(node.get("type"), str) else "string"
            for node in alternatives(root, self.error.schema)
            if "type" in node
        }
        words = " or ".join(_TYPES[name] for name in sorted(types, key=list(_TYPES).index, reverse=True))
        value = self.error.instance
        if value is None:
            return _finding(
                "wrong-type", self.place, f"{self._name()} has no value", f"write {words} or take the key out"
            )
        return _finding(
            "wrong-type",
            self.place,
            f"{self._name()} must be {words}, not {self._shown(value)}",
            f"write {words}{self._example(self.error.schema)}",
        )

    def _intended_branch(self) -> int | None:
        """Return the branch the author meant: of those for this type of value, the one with the fewest odd keys."""
        root = schema_for(self.location.kind.name, self.location.form == "collection")
        best: tuple[int, int] | None = None
        for index, branch in enumerate(self.error.validator_value):
            fitting = [node for node in alternatives(root, branch) if _takes(node, self.error.instance)]
            if not fitting:
                continue
            errors = [error for error in self.error.context or () if error.relative_schema_path[0] == index]
            score = min(_strangeness(node, self.error.instance) for node in fitting) * 100 + len(errors)
            if best is None or score < best[0]:
                best = (score, index)
        return best[1] if best else None


_RULES = {"id": "invalid-id", "incident-id": "invalid-id", "timezone": "unknown-timezone"}


def _takes(node: Schema, value: object) -> bool:
    names = {dict: "object", list: "array", str: "string", int: "integer", bool: "boolean"}
    kind = names.get(type(value))
    wanted = node.get("type")
    if isinstance(node.get("enum"), list):
        return kind == "string"
    if kind == "integer" and "x-notation" in node:
        return True
    return kind is not None and kind in ([wanted] if isinstance(wanted, str) else wanted or ())


def _strangeness(node: Schema, value: object) -> int:
    if isinstance(value, list):
        return 0
    if not isinstance(value, dict):
        return 0
    known = node.get("properties", {})
    return sum(key not in known for key in value) + sum(key not in value for key in node.get("required", ()))
