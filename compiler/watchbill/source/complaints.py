"""What the reader says about each thing that it refuses: the message and the way out, in one place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from yaml.events import AliasEvent, Event, MappingStartEvent, NodeEvent, ScalarEvent, SequenceStartEvent

from watchbill.findings import Mark
from watchbill.source.characters import name_of
from watchbill.source.libyaml import end_of, start_of
from watchbill.source.limits import DEPTH, SCALAR_CHARACTERS
from watchbill.source.outline import key_text, outline
from watchbill.source.problems import Problem
from watchbill.text import clip, printable

TaggedEvent = ScalarEvent | MappingStartEvent | SequenceStartEvent

NO_REFERENCES = "Write the value out; what is needed in several places can get an id of its own."


def mark_of(event: Event) -> Mark:
    """Return the mark of an event; one that runs over several lines is marked by its first character."""
    start, end = start_of(event), end_of(event)
    stop = end.column if end.line == start.line else 0
    return Mark(line=start.line + 1, column=start.column + 1, end_column=max(stop, start.column + 1) + 1)


def anchor(event: NodeEvent) -> Problem:
    """``a: &name 1``."""
    shown = f"&{event.anchor}"
    message = f"`{_short(shown)}` is an anchor, and Watchbill reads no anchors, aliases and merge keys"
    return Problem("anchor", _start_of(event, shown), message, NO_REFERENCES)


def alias(event: AliasEvent) -> Problem:
    """``a: *name``."""
    message = f"`*{_short(str(event.anchor))}` is an alias, and Watchbill reads no anchors, aliases and merge keys"
    way_out = f"{NO_REFERENCES} A text that starts with `*` needs quotes."
    return Problem("alias", mark_of(event), message, way_out)


def merge_key(event: ScalarEvent) -> Problem:
    """``<<: …``."""
    message = "`<<` is a merge key, and Watchbill reads no anchors, aliases and merge keys"
    return Problem("merge-key", mark_of(event), message, "Write the keys out where they are meant.")


def tag(event: TaggedEvent) -> Problem:
    """``a: !!set {}``."""
    shown = (event.tag or "").replace("tag:yaml.org,2002:", "!!")
    message = f"`{_short(shown)}` is a tag, and Watchbill reads no tags: the field says of what type its value is"
    return Problem("tag", _start_of(event, shown), message, "Delete the tag. A text that starts with `!` needs quotes.")


def directive(event: Event) -> Problem:
    """``%YAML 1.1``."""
    return Problem(
        "directive",
        mark_of(event),
        "a line that starts with `%` is a directive to a YAML parser, and Watchbill follows none",
        "Delete the line and the `---` after it.",
    )


def several_documents(event: Event) -> Problem:
    """A second ``---``."""
    message = "a second document starts here, and only the first would be read"
    way_out = "Keep one document in a file: delete the `---`, or move what follows to a file of its own."
    return Problem("several-documents", mark_of(event), message, way_out)


def empty_file() -> Problem:
    """Nothing, or nothing but comments."""
    mark = Mark(line=1, column=1, end_column=2)
    return Problem("empty-file", mark, "this file says nothing", "Delete the file, or write `[]` or `{}` on purpose.")


def complex_key(event: Event) -> Problem:
    """``? [a, b]``, ``{a: 1}: 2``, ``*a : 1``."""
    kind = "mapping" if isinstance(event, MappingStartEvent) else "list"
    message = f"a {kind} stands here as a key, and a key is one word or text"
    way_out = "Write the key as text. A text that starts with `[` or `{` needs quotes, `{name}` too."
    return Problem("complex-key", mark_of(event), message, way_out)


def empty_key(event: ScalarEvent) -> Problem:
    """``"": 1``."""
    return Problem("empty-key", mark_of(event), "a key is empty here", "Write the key before the `:`.")


def key_without_value(event: ScalarEvent) -> Problem:
    """``{text: Rolled back, then restarted}``."""
    shown = _short(event.value)
    message = f"inside `{{ }}` each comma starts a new key, and the key `{shown}` has no value"
    way_out = "Put quotes around a text with a comma, or write it as a block; write `null` if no value is meant."
    return Problem("key-without-value", mark_of(event), message, way_out)


def too_deep(event: Event) -> Problem:
    """More than ``DEPTH`` lists and mappings in each other."""
    mark = mark_of(event)
    message = f"lists and mappings are nested more than {DEPTH} deep here"
    return Problem("too-deep", mark, message, "Write less deeply; nothing that Watchbill reads needs half of that.")


def too_long(event: ScalarEvent) -> Problem:
    """A text over ``SCALAR_CHARACTERS``."""
    message = f"this text has {len(event.value):,} characters; {SCALAR_CHARACTERS:,} are the most"
    way_out = "Keep the summary here and link to the rest. If quotes are missing at an end, add them."
    return Problem("scalar-too-long", mark_of(event), message, way_out)


def hidden_by_escape(mark: Mark, character: str) -> Problem:
    r"""``"pay\u202ements"``."""
    message = f"this escape puts the hidden character {name_of(character)} into the text"
    return Problem("forbidden-character", mark, message, "Delete the escape, or write the backslash twice.")


def duplicate_keys(data: bytes) -> Iterator[Problem]:
    """Yield a problem for each key that its mapping already has, with the first of them as label."""
    top = outline(data)
    waiting = [top] if top else []
    while waiting:
        node = waiting.pop()
        waiting += node.entries
        yield from _duplicates([entry.key for entry in node.entries if entry.key is not None])


def _duplicates(keys: list[ScalarEvent]) -> Iterator[Problem]:
    """Yield a problem for each second key of a mapping, and one for a whole run of them: an entry without its `-`."""
    first: dict[str, ScalarEvent] = {}
    run: list[ScalarEvent] = []
    for key in keys:
        if key_text(key) in first:
            run.append(key)
            continue
        yield from _of_run(run, first)
        run = []
        first[key_text(key)] = key
    yield from _of_run(run, first)


def _of_run(run: list[ScalarEvent], first: dict[str, ScalarEvent]) -> Iterator[Problem]:
    names = [key_text(key) for key in run]
    if len(names) < 2 or len(set(names)) < len(names):
        yield from (_duplicate_key(name, key, first[name]) for name, key in zip(names, run, strict=True))
        return
    listed = f"`{_short(names[0])}` and `{_short(names[1])}`"
    if len(names) > 2:
        listed = f"`{_short(names[0])}`, `{_short(names[1])}` and {len(names) - 2} more"
    where = mark_of(first[names[0]])
    message = f"the keys {listed} stand here a second time; the first are from line {where.line} on"
    way_out = "If another entry starts here, put `- ` before its first key; otherwise keep one of each key."
    yield Problem("duplicate-key", mark_of(run[0]), message, way_out, (where, "first here"))


def _duplicate_key(name: str, second: ScalarEvent, first: ScalarEvent) -> Problem:
    where = mark_of(first)
    message = f"the key `{_short(name)}` stands here a second time; the first is on line {where.line}"
    way_out = "Keep one of the two. For several values, write a list under one key."
    return Problem("duplicate-key", mark_of(second), message, way_out, (where, "first here"))


def _start_of(event: Event, shown: str) -> Mark:
    """Return the mark of the anchor or tag before a value."""
    mark = mark_of(event)
    return replace(mark, end_column=mark.column + len(shown))


def _short(text: str) -> str:
    return clip(printable(text), 60)
