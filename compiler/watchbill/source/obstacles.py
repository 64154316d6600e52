"""The findings about entries of the tree that are not read. Names are shown with escapes: they may hold anything."""

from __future__ import annotations

import stat

from watchbill.findings import Finding, Level, Place
from watchbill.source.file_names import LONGEST_NAME, reserved, stem_fits
from watchbill.source.limits import DEPTH
from watchbill.text import clip, printable

_SPECIAL = (
    (stat.S_ISFIFO, "a named pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISBLK, "a block device"),
    (stat.S_ISCHR, "a character device"),
    (stat.S_ISDIR, "a folder"),
)


def symlink(path: str) -> Finding:
    """A symbolic link, wherever it points."""
    way_out = "Put the file itself here; what is needed in several places gets an id."
    return _finding("symlink", path, f"{_name(path)} is a symbolic link, and Watchbill follows none", way_out)


def special_file(path: str, mode: int) -> Finding:
    """A FIFO, a socket, a device, or a folder with the name of a file."""
    kind = next((what for is_kind, what in _SPECIAL if is_kind(mode)), "no regular file")
    return _finding("special-file", path, f"{_name(path)} is {kind}, not a file with text", "Delete it.")


def submodule(path: str) -> Finding:
    """A git repository inside the repository."""
    message = f"{_name(path)} is a git repository of its own (a submodule), and Watchbill reads none"
    return _finding("submodule", path, message, "Put the files themselves here.")


def odd_name(path: str, names: set[str], *, is_folder: bool) -> Finding:
    """A name with upper case, blanks, control characters, bytes that are not UTF-8, or one that Windows reserves."""
    name = path.rpartition("/")[2]
    twin = next((other for other in sorted(names) if other != name and other.casefold() == name.casefold()), None)
    if reserved(name):
        message = f"{_name(path)} is a name that Windows reserves, so the repository cannot be checked out there"
        return _finding("odd-file-name", path, message, "Rename it.")
    stem, _, ending = name.rpartition(".")
    if is_folder and ending in ("yaml", "ics") and stem_fits(stem):
        message = f"{_name(path)} is a folder, and its name is that of a file"
        return _finding("odd-file-name", path, message, f"Rename it to `{stem}`.")
    if twin is not None:
        message = f"{_name(path)} differs from `{_shown(twin)}` only in letter case, and some systems keep one of them"
    else:
        message = f"{_name(path)} is no name that Watchbill reads"
    kind = "a folder" if is_folder else "a file"
    way_out = (
        f"Name {kind} with lower-case letters a-z, digits and single hyphens between them: at most {LONGEST_NAME}."
    )
    suggestion = _better(name)
    if suggestion and suggestion not in names:
        way_out = f"Rename it to `{suggestion}`: lower-case letters, digits and hyphens."
    return _finding("odd-file-name", path, message, way_out)


def unexpected(path: str) -> Finding:
    """A file of a type that is not read here."""
    name = path.rpartition("/")[2]
    stem, _, ending = name.rpartition(".")
    if ending.lower() == "yml":
        better = f"{stem}.yaml"
        message = f"{_name(path)} is not read: its name ends in `.{_shown(ending)}`"
        return _finding("unexpected-file", path, message, f"Rename it to `{_shown(_better(better) or better)}`.")
    if "/" not in path:
        return _finding("unexpected-file", path, f"{_name(path)} is a file where a folder is read", "Make it a folder.")
    if stem_fits(name):
        message = f"{_name(path)} is not read: its name does not end in `.yaml`"
        return _finding("unexpected-file", path, message, f"Rename it to `{name}.yaml`, make it a folder, or move it.")
    proper = _better(f"{name}.yaml")
    if "." not in name and proper:
        message = f"{_name(path)} is not read: its name does not end in `.yaml`"
        return _finding("unexpected-file", path, message, f"Rename it to `{proper}`, or move it elsewhere.")
    way_out = "Move it elsewhere; only `.yaml` is read, and `.ics` in schedules/time-off and schedules/holidays."
    return _finding("unexpected-file", path, f"{_name(path)} is not read: it is no `.yaml` file", way_out)


def unreadable(path: str, error: OSError | None) -> Finding:
    """A file or folder that the system does not let us read."""
    reason = (error.strerror if error and error.strerror else "no such file").lower()
    message = f"{_name(path)} cannot be read: {reason}"
    return _finding("unreadable-file", path, message, "Check that it exists and that you may read it.")


def file_too_large(path: str, size: int, at_most: int) -> Finding:
    """A file over the limit; its content was not looked at."""
    message = f"{_name(path)} has {max(size, at_most + 1):,} bytes; {at_most:,} are the most"
    return _finding("file-too-large", path, message, "Split it: most kinds may have a file for each id.")


def folders_too_deep(path: str) -> Finding:
    """Folders nested beyond any use."""
    message = f"folders are nested more than {DEPTH} deep here"
    return _finding("too-deep", path, message, "Move the files up; sub-folders mean nothing to Watchbill.")


def _better(name: str) -> str | None:
    """Return the name in the spelling that is read, if it is only a matter of case, blanks, underscores or a dot."""
    candidate = name.lower().lstrip(".").replace("_", "-").replace(" ", "-")
    plain = candidate.isascii() and candidate.replace("-", "").replace(".", "").isalnum()
    stem = candidate.rpartition(".")[0] or candidate
    return candidate if plain and "." not in stem and "--" not in candidate and candidate != name else None


def _name(path: str) -> str:
    return f"`{_shown(path.rpartition('/')[2])}`"


def _shown(name: str) -> str:
    return clip(printable(name), 120)


def _finding(rule: str, path: str, message: str, way_out: str) -> Finding:
    return Finding(rule=rule, level=Level.ERROR, place=Place(file=printable(path)), message=message, help=way_out)
