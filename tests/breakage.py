"""Single faults in the files of a repository, of every class that a slip of the hand or a merge makes.

A fault changes one place of one file (or the name of one). It says on which lines a finding would be in its place.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

Files = Mapping[str, bytes]
"""The bytes of each file, by path."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One fault: what is written instead (``None``: nothing), and the 1-based lines of ``file`` that it touches.

    ``lines`` is empty where the fault is about whole files.
    """

    kind: str
    file: str
    changes: Mapping[str, bytes | None]
    lines: frozenset[int] = field(default=frozenset())
    what: str = ""


Change = Callable[[list[str], int, random.Random], str | None]
"""Returns what stands instead of a line (several lines, too), or ``None`` if the line cannot have this fault."""

_KEY = re.compile(r"^(?P<before>\s*(?:- )*)(?P<word>[\w-]+)(?=:(?: |$))")
_DATE = re.compile(r"(?P<word>\b20\d\d-\d\d-\d\d)\b")
_ZONE = re.compile(r"(?P<word>\b(?:Europe|America|Asia|Australia)/\w+)")
_DURATION = re.compile(r"(?P<word>\b\d+ (?:minutes?|hours?|days?|weeks?))\b")
_LISTED = re.compile(r"^\s*- (?P<word>[a-z][a-z0-9-]*)\s*(?:#.*)?$")
_REFERENCE = re.compile(
    r"\b(?:team|schedule|role|person|by|owner|lead|escalation|instead-of|service|layer|incident-role|follows|severity|"
    r"window|coverage|during|except|rule): (?P<word>[a-z][a-z0-9/-]*)"
)
_VALUE = re.compile(r"^(?P<before>\s*(?:- )*[\w-]+: )(?P<value>[^\s#|>\[{][^#]*?)\s*(?:#.*)?$")
_FLOW = re.compile(r"^(?P<before>\s*(?:- )*[\w-]+: )(?P<value>[\[{].*[\]}])\s*(?:#.*)?$")
LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"


def _in_word(pattern: re.Pattern[str], change: Callable[[str, random.Random], str]) -> Change:
    def changed(lines: list[str], at: int, chance: random.Random) -> str | None:
        found = list(pattern.finditer(lines[at].partition(" #")[0]))
        if not found:
            return None
        start, end = chance.choice(found).span("word")
        word = lines[at][start:end]
        return lines[at][:start] + change(word, chance) + lines[at][end:]

    return changed


def _letter(word: str, chance: random.Random) -> str:
    """Return the word with one letter exchanged, left out or doubled."""
    at = chance.randrange(len(word))
    other = chance.choice([letter for letter in LETTERS if letter != word[at]])
    return word[:at] + chance.choice([other, "", word[at] * 2]) + word[at + 1 :]


def _digit(word: str, chance: random.Random) -> str:
    at = chance.choice([index for index, letter in enumerate(word) if letter.isdigit()])
    return word[:at] + chance.choice("0123456789x ") + word[at + 1 :]


def _case(word: str, chance: random.Random) -> str:
    return chance.choice([word.upper(), word.capitalize()])


def _deleted(lines: list[str], at: int, chance: random.Random) -> str | None:
    return "" if lines[at].strip() else None


def _doubled(lines: list[str], at: int, chance: random.Random) -> str | None:
    return f"{lines[at]}\n{lines[at]}" if lines[at].strip() else None


def _shifted(lines: list[str], at: int, chance: random.Random) -> str | None:
    line = lines[at]
    indent = len(line) - len(line.lstrip())
    moves = [move for move in (1, 2, 4, -1, -2) if indent + move >= 0]
    return " " * (indent + chance.choice(moves)) + line.lstrip() if line.strip() else None


def _emptied(lines: list[str], at: int, chance: random.Random) -> str | None:
    match = _VALUE.match(lines[at]) or _FLOW.match(lines[at])
    return match["before"].rstrip() if match else None


def _retyped(lines: list[str], at: int, chance: random.Random) -> str | None:
    if match := _VALUE.match(lines[at]):
        value = match["value"]
        return match["before"] + chance.choice([f"[{value}]", f"{{{value}: {value}}}", f"{{value: {value}}}", "17"])
    match = _FLOW.match(lines[at])
    return match["before"] + chance.choice(["text", "true", "17"]) if match else None


def _unquoted(lines: list[str], at: int, chance: random.Random) -> str | None:
    places = [index for index, letter in enumerate(lines[at]) if letter == '"']
    return _without(lines[at], chance.choice(places)) if places else None


def _without(line: str, index: int) -> str:
    return line[:index] + line[index + 1 :]


def _colon(lines: list[str], at: int, chance: random.Random) -> str | None:
    match = _KEY.match(lines[at])
    return _without(lines[at], match.end()) if match else None


def _bracket(lines: list[str], at: int, chance: random.Random) -> str | None:
    line = lines[at]
    places = [index for index, letter in enumerate(line) if letter in "[]{}"]
    if places:
        return _without(line, chance.choice(places))
    match = _VALUE.match(line)
    return f"{match['before']}{chance.choice('[{')}{match['value']}" if match else None


def _noise(lines: list[str], at: int, chance: random.Random) -> str | None:
    where = chance.randrange(len(lines[at]) + 1)
    noise = bytes(chance.randrange(256) for _ in range(chance.choice([1, 3, 16])))
    return lines[at][:where] + noise.decode("utf-8", "surrogateescape").replace("\n", "") + lines[at][where:]


IN_A_LINE: Mapping[str, Change] = {
    "letter in a key": _in_word(_KEY, _letter),
    "letter in a reference": _in_word(_REFERENCE, _letter),
    "letter in a listed id": _in_word(_LISTED, _letter),
    "letter in a zone": _in_word(_ZONE, _letter),
    "letter in a duration": _in_word(_DURATION, _letter),
    "digit of a date": _in_word(_DATE, _digit),
    "case of a key": _in_word(_KEY, _case),
    "case of a reference": _in_word(_REFERENCE, _case),
    "line deleted": _deleted,
    "line doubled": _doubled,
    "indentation": _shifted,
    "value emptied": _emptied,
    "type changed": _retyped,
    "quote removed": _unquoted,
    "colon removed": _colon,
    "bracket open": _bracket,
    "random bytes": _noise,
}
"""Faults within one line."""


def _line_fault(kind: str, files: Files, path: str, chance: random.Random) -> Fault | None:
    lines = files[path].decode().split("\n")[:-1]
    at = chance.randrange(len(lines))
    changed = IN_A_LINE[kind](lines, at, chance)
    if changed is None or changed == lines[at] or lines[at].lstrip().startswith("#"):
        return None
    new = [*lines[:at], *([] if kind == "line deleted" else [changed]), *lines[at + 1 :], ""]
    content = "\n".join(new).encode("utf-8", "surrogateescape")
    touched = {at + 1, at + 2} if kind == "line doubled" else {at + 1}
    if kind in ("line deleted", "indentation", "value emptied"):
        # What is missing is told beside the hole, or at the mapping that lacks it.
        touched |= {at, at + 2, *_above(lines, at)}
    what = f"{lines[at].strip()}  =>  {changed.strip()!r}"
    return Fault(kind=kind, file=path, changes={path: content}, lines=frozenset(touched), what=what)


def _above(lines: list[str], at: int) -> Iterator[int]:
    """Yield the lines of the keys and entries that a line belongs to, and the first line that says anything."""
    column = len(lines[at]) - len(lines[at].lstrip())
    for index in range(at - 1, -1, -1):
        line = lines[index]
        if line.strip() and not line.lstrip().startswith("#") and (mine := len(line) - len(line.lstrip())) < column:
            column = mine
            yield index + 1
    yield next(index for index, line in enumerate(lines, start=1) if line.strip() and not line.startswith("#"))


def _truncated(files: Files, path: str, chance: random.Random) -> Fault:
    content = files[path]
    cut = chance.randrange(len(content))
    lines = content[:cut].decode("utf-8", "replace").split("\n")
    lines = lines if lines[-1].strip() or len(lines) == 1 else lines[:-1]
    above = _above(content.decode().split("\n"), len(lines) - 1)
    touched = frozenset({len(lines), len(lines) + 1, *above})
    return Fault(kind="truncated", file=path, changes={path: content[:cut]}, lines=touched, what=f"at byte {cut}")


def _file_deleted(files: Files, path: str, chance: random.Random) -> Fault:
    return Fault(kind="file deleted", file=path, changes={path: None})


def _file_renamed(files: Files, path: str, chance: random.Random) -> Fault:
    folder, _, name = path.rpartition("/")
    stem = name.removesuffix(".yaml")
    other = chance.choice([_letter(stem, chance), stem.upper(), f"{stem}-2"])
    new = f"{folder}/{other}{chance.choice(['.yaml', '.yaml', '.yml', '', '.YAML'])}"
    return Fault(kind="file renamed", file=new, changes={path: None, new: files[path]}, what=f"from {path}")


def _file_moved(files: Files, path: str, chance: random.Random) -> Fault:
    folder, _, name = path.rpartition("/")
    elsewhere = sorted({other.rpartition("/")[0] for other in files} - {folder})
    new = f"{chance.choice(elsewhere)}/{name}"
    return Fault(kind="file moved", file=new, changes={path: None, new: files[path]}, what=f"from {path}")


def _files_swapped(files: Files, path: str, chance: random.Random) -> Fault:
    other = chance.choice(sorted(set(files) - {path}))
    changes = {path: files[other], other: files[path]}
    return Fault(kind="files swapped", file=path, changes=changes, what=f"with {other}")


OF_A_FILE: Mapping[str, Callable[[Files, str, random.Random], Fault]] = {
    "truncated": _truncated,
    "file deleted": _file_deleted,
    "file renamed": _file_renamed,
    "file moved": _file_moved,
    "files swapped": _files_swapped,
}
"""Faults of whole files."""

KINDS = (*IN_A_LINE, *OF_A_FILE)
"""Every class of fault."""


def faults(kind: str, files: Files, count: int, seed: int) -> Iterator[Fault]:
    """Yield ``count`` faults of a class, the same for the same seed; each folder has the same share of them."""
    chance = random.Random(f"{kind} {seed}")  # noqa: S311 - seeded, so that a run can be repeated
    folders: dict[str, list[str]] = {}
    for path in sorted(files):
        folders.setdefault(path.rpartition("/")[0], []).append(path)
    while count:
        path = chance.choice(folders[chance.choice(sorted(folders))])
        fault = _line_fault(kind, files, path, chance) if kind in IN_A_LINE else OF_A_FILE[kind](files, path, chance)
        if fault is not None and fault.changes.get(path) != files[path]:
            count -= 1
            yield fault
