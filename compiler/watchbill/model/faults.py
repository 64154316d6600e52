"""Explains the errors of a schema in plain words: one finding per fault, at the key or the value."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from watchbill.findings import DataPath, Finding, Level, Place
from watchbill.model.branches import intended_branch, possible_types
from watchbill.model.flow_style import flow
from watchbill.model.kinds import Kind
from watchbill.model.notation.problem import Problem, shown
from watchbill.model.notations import examine
from watchbill.model.schema import Schema, alternatives, audience_of, entry_schema, examples_at
from watchbill.text import nearest

if TYPE_CHECKING:
    from jsonschema import ValidationError

TYPES = {
    "object": "a mapping",
    "array": "a list",
    "string": "text",
    "integer": "a whole number",
    "boolean": "`true` or `false`",
}
_RULES = {"id": "invalid-id", "incident-id": "invalid-id", "timezone": "unknown-timezone"}
_MOST_KEYS = 20


def findings_of(kind: Kind, place: Place, error: ValidationError) -> Iterable[Finding]:
    """Return what an error of the schema of a kind means; ``place`` is that of the body it was found in."""
    return _Fault(kind, place, error).findings()


class _Fault:
    """One schema error of a body, on its way to findings."""

    def __init__(self, kind: Kind, body: Place, error: ValidationError) -> None:
        self.kind, self.body, self.error = kind, body, error
        self.path: DataPath = tuple(error.absolute_path)
        self.place = body.at(*self.path)
        self.schema: Schema = dict(error.schema) if isinstance(error.schema, Mapping) else {}
        self.limit: Any = error.validator_value
        self.value: Any = error.instance

    def findings(self) -> Iterable[Finding]:
        """Return the findings of this error."""
        if "propertyNames" in self.error.absolute_schema_path:
            return [self._odd_key()]
        return _WORDING.get(str(self.error.validator), _Fault.other)(self)

    def _finding(self, rule: str, message: str, help_text: str, place: Place | None = None) -> Finding:
        return Finding(rule=rule, level=Level.ERROR, place=place or self.place, message=message, help=help_text)

    def _name(self) -> str:
        words = [step for step in self.path if isinstance(step, str)]
        return f"`{words[-1]}`" if words else f"this {_one_of(self.kind)}"

    def _owner(self) -> str:
        """Return what a mapping is called: by its key, its id, its file, or its kind."""
        if self.path and isinstance(self.path[-1], str):
            return f"`{self.path[-1]}`"
        if not self.path and self.kind.single:
            return self.body.file
        if not self.path and self.kind.identified and not self.kind.listed:
            stem = self.body.file.rpartition("/")[2].rpartition(".")[0]
            return f"{self.kind.word} {shown(self.body.path[-1] if self.body.path else stem)}"
        title = str(self.schema.get("title", "entry")).lower() if self.path else _one_of(self.kind)
        return f"{'an' if title[0] in 'aeiou' else 'a'} {title}"

    def _hidden(self) -> bool:
        return isinstance(self.value, str | int) and audience_of(self.kind.name, self.path) == "private"

    def _shown(self) -> str:
        if isinstance(self.value, dict | list):
            return TYPES["object" if isinstance(self.value, dict) else "array"]
        return "this value" if self._hidden() else shown(self.value)

    def _example(self) -> str:
        examples = examples_at(self.kind.name, self.path) or self.schema.get("examples", ())
        simple = [text for example in examples if 0 < len(text := flow(example)) <= 60]
        return f", such as `{simple[0]}`" if simple else ""

    def _odd_key(self) -> Finding:
        key, notation = str(self.value), self.schema.get("x-notation")
        problem = examine(notation, key) or Problem(text=f"{shown(key)} is no id", help="write an id")
        rule = "wrong-value" if notation == "tier" else "invalid-id"
        return self._finding(rule, f"{self._name()}: {problem.text}", problem.help, self.place.key(key))

    def additional_properties(self) -> Iterator[Finding]:
        known = list(self.schema.get("properties", {}))
        unknown = [key for key in self.value if key not in known]
        for key in unknown[:_MOST_KEYS]:
            yield self._unknown_key(key, known)

    def _unknown_key(self, key: str, known: list[str]) -> Finding:
        place = self.place.key(key)
        if key == "until" and "through" in known:
            message, how = (
                "days here end with `through`, not with `until`",
                "write `through` and the last day, which is included",
            )
            return self._finding("bare-date-after-until", message, how, place)
        close = _meant(key, known)
        unused = [name for name in known if name not in self.value] or known
        listed = ", ".join(f"`{name}`" for name in unused[:12])
        how = f"did you mean `{close}`?" if close else f"known keys are {listed}"
        other = self._other_way(key)
        beside = f" beside `{other}`" if other else ""
        return self._finding("unknown-key", f"{self._owner()} has no key {shown(key)}{beside}", how, place)

    def _other_way(self, key: str) -> str | None:
        """Return the key that shuts an unknown one out, if that one is known where the same can be said otherwise."""
        parent = self.error.parent
        if parent is None or parent.validator != "anyOf":
            return None
        root = entry_schema(self.kind.name)
        others = [
            properties
            for branch in (parent.validator_value if isinstance(parent.validator_value, list) else ())
            for node in alternatives(root, branch)
            if key in (properties := node.get("properties", {}))
        ]
        return next(
            (own for own in self.schema.get("required", ()) if own in self.value and _in_none(own, others)), None
        )

    def required(self) -> Iterator[Finding]:
        properties = self.schema.get("properties", {})
        unknown = [key for key in self.value if key not in properties]
        spelt = {_meant(key, properties) for key in unknown[:_MOST_KEYS]} | (
            {"through"} if "until" in unknown else set()
        )
        for key in self.limit:
            if key not in self.value and key not in spelt:
                example = flow((properties.get(key, {}).get("examples") or [""])[0])
                how = f", such as `{key}: {example}`" if 0 < len(example) <= 60 else ""
                yield self._finding("missing-key", f"{self._owner()} lacks the key `{key}`", f"add `{key}`{how}")

    def type(self) -> Iterator[Finding]:
        names = [self.limit] if isinstance(self.limit, str) else list(self.limit)
        words = TYPES["string" if "string" in names else names[0]]
        problem = examine(self.schema.get("x-notation"), self.value) if type(self.value) is int else None
        if problem:
            text = "cannot have this value" if self._hidden() else problem.text
            yield self._finding("wrong-type", f"{self._name()}{' ' if self._hidden() else ': '}{text}", problem.help)
        elif isinstance(self.value, bool | int) and words == TYPES["string"]:
            how = f'put it in quotes: `"{str(self.value).lower()}"`'
            yield self._finding("wrong-type", f"{self._name()} must be text, not {shown(self.value)}", how)
        else:
            yield self._wrong_type(words)

    def _wrong_type(self, words: str) -> Finding:
        if self.value is None:
            how = f"write {words}{self._example()}{', or take the key out' if self.path else ''}"
            return self._finding("wrong-type", f"{self._name()} has no value", how)
        message = f"{self._name()} must be {words}, not {self._shown()}"
        return self._finding(
            "wrong-type", message, f"write {words}{'' if words == TYPES['boolean'] else self._example()}"
        )

    def enum(self) -> Iterator[Finding]:
        options = [str(option) for option in self.limit]
        close = nearest(str(self.value), options) if isinstance(self.value, str) else None
        how = f"did you mean `{close}`?" if close else f"write one of {', '.join(f'`{option}`' for option in options)}"
        rule = "wrong-value" if isinstance(self.value, str) else "wrong-type"
        message = f"{self._name()} has no value" if self.value is None else f"{self._name()} cannot be {self._shown()}"
        yield self._finding(rule, message, how)

    def pattern(self) -> Iterator[Finding]:
        notation = self.schema.get("x-notation")
        problem = examine(notation, self.value)
        message = f"{self._name()}: {problem.text if problem else f'{shown(self.value)} is not possible here'}"
        if self._hidden():
            message = f"{self._name()} cannot have this value"
        how = problem.help if problem else f"see the schema{self._example()}"
        yield self._finding(_RULES.get(str(notation), "wrong-value"), message, how)

    def minimum(self) -> Iterator[Finding]:
        yield self._finding("wrong-value", f"{self._name()} cannot be {self._shown()}", f"write at least {self.limit}")

    def maximum(self) -> Iterator[Finding]:
        yield self._finding("wrong-value", f"{self._name()} cannot be {self._shown()}", f"write at most {self.limit}")

    def unique_items(self) -> Iterator[Finding]:
        seen: set[str] = set()
        told = 0
        for index, item in enumerate(self.value):
            if repr(item) in seen and told < _MOST_KEYS:
                told += 1
                message = f"{shown(item)} stands twice in {self._name()}"
                yield self._finding("wrong-value", message, "leave one of them out", self.place.at(index))
            seen.add(repr(item))

    def max_length(self) -> Iterator[Finding]:
        message = f"{self._name()} is longer than {self.limit} characters"
        yield self._finding("wrong-value", message, "shorten it")

    def min_items(self) -> Iterator[Finding]:
        rule = "rotation-without-members" if self.path and self.path[-1] in ("members", "turns") else "wrong-value"
        yield self._finding(
            rule, f"{self._name()} is too short a list", f"name at least {self.limit}, or take the key out"
        )

    def any_of(self) -> Iterator[Finding]:
        root = entry_schema(self.kind.name)
        branch = intended_branch(root, self.error)
        if branch is None:
            yield self._wrong_type(_listed([TYPES[name] for name in possible_types(root, self.schema)]))
            return
        for error in self.error.context or ():
            if error.relative_schema_path[0] == branch:
                yield from _Fault(self.kind, self.body, error).findings()

    def other(self) -> Iterator[Finding]:
        keyword = str(self.error.validator)
        if keyword in ("minProperties", "maxProperties", "maxItems"):
            limit = f"{'at least' if keyword.startswith('min') else 'at most'} {self.limit}"
            entries = "entry" if self.limit == 1 else "entries"
            message = f"{self._name()} must have {limit} {entries}, and has {len(self.value)}"
            yield self._finding("wrong-value", message, f"write {limit}{self._example()}")
        else:
            yield self._finding(
                "wrong-value", f"{self._name()} has no possible value", f"see the schema{self._example()}"
            )


_WORDING: Mapping[str, Callable[[_Fault], Iterable[Finding]]] = {
    "additionalProperties": _Fault.additional_properties,
    "required": _Fault.required,
    "type": _Fault.type,
    "enum": _Fault.enum,
    "pattern": _Fault.pattern,
    "x-notation": _Fault.pattern,
    "minimum": _Fault.minimum,
    "maximum": _Fault.maximum,
    "uniqueItems": _Fault.unique_items,
    "maxLength": _Fault.max_length,
    "minItems": _Fault.min_items,
    "anyOf": _Fault.any_of,
}


def _in_none(key: str, mappings: list[Schema]) -> bool:
    return bool(mappings) and not any(key in mapping for mapping in mappings)


def _one_of(kind: Kind) -> str:
    """Return what one body of a kind is called, where its word is that of many."""
    return f"entry of {kind.word}" if kind.name in ("holidays", "time-off") else kind.word


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"


def _meant(key: str, known: Iterable[str]) -> str | None:
    """Return the key that an unknown one stands for: another spelling of it, else the nearest."""
    folded = {_fold(name): name for name in known}
    return folded.get(_fold(key)) or nearest(key, folded.values())


def _fold(key: str) -> str:
    return "".join(letter for letter in key.lower() if letter.isalnum())
