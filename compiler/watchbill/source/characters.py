"""Which characters a file may hold: bytes to text, and the characters that could hide something from a reviewer.

Refused: control characters, everything invisible or bidirectional, line ends that only a YAML parser sees (U+0085,
U+2028, U+2029, a lone carriage return), and reserved code points. Accepted, because names need them: the joiners
U+200D and U+200C after a character outside ASCII (emoji sequences, Persian and Indic words), and U+FE0F after such
a character or after a digit, ``#`` or ``*`` (emoji style, keycaps). So no id can hold a joiner.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import islice

from watchbill.source.limits import PROBLEMS_PER_FILE
from watchbill.source.problems import Problem, at
from watchbill.text import HIDDEN, visible

_PLAIN_CHARACTERS = re.compile(rb"[\t\n\x20-\x7e]*+(?:\r\n[\t\n\x20-\x7e]*+)*+\Z")

_JOINERS = (
    r"(?<=[^\x00-\x7f\u200c\u200d])[\u200c\u200d](?![\u200c\u200d])|"
    r"(?<=[^\x00-\x7f\ufe0f])\ufe0f|(?<=[0-9#*])\ufe0f"
)
# Each character once is quick to look at; only a file with a suspect is looked at in order.
_SUSPECT = re.compile(rf"(?![\t\n])[{HIDDEN}]")
_SOURCE = re.compile(rf"{_JOINERS}|(?P<bad>(?:(?![\t\n]|\r\n)[{HIDDEN}])+)")
_DECODED = re.compile(rf"{_JOINERS}|(?P<bad>(?![\t\n])[{HIDDEN}])")

_NOT_UTF_8 = re.compile("[\udc80-\udcff]+")
_BYTE_ORDER_MARKS = ((b"\xef\xbb\xbf", "UTF-8"), (b"\xff\xfe", "UTF-16"), (b"\xfe\xff", "UTF-16"))

_SAY_UTF_8 = "Save the file as UTF-8 without a byte order mark."
_NAMES = {
    "\x85": "next line",
    "\r": "carriage return without a line feed",
    "\x1b": "escape",
    "\x00": "null",
    "\xad": "soft hyphen",
    "\ufeff": "byte order mark",
}


def plain(data: bytes) -> bool:
    """Return whether the bytes are ASCII text in which no character needs a second look."""
    return _PLAIN_CHARACTERS.match(data) is not None


def decode(data: bytes) -> tuple[str, list[Problem]]:
    """Return the text of a file, and what is wrong with its bytes and characters.

    Where there are problems the text is only good for showing them. They are at most ``PROBLEMS_PER_FILE``.
    """
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return "", [_byte_order_mark(encoding)]
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("utf-8", "surrogateescape")
        return text, list(islice(_not_utf_8(text), PROBLEMS_PER_FILE))
    if data.count(0) * 4 > len(data):
        message = "this file looks like UTF-16: every second byte is null"
        return text, [Problem("forbidden-character", at(text, text.index("\0")), message, _SAY_UTF_8)]
    if not _SUSPECT.search("".join(set(text))):
        return text, []
    bad = (match for match in _SOURCE.finditer(text) if match["bad"])
    return text, [_forbidden(text, match.start(), match["bad"]) for match in islice(bad, PROBLEMS_PER_FILE)]


def hidden_in(decoded: str) -> str | None:
    """Return the first character that a text must not hold after its escapes are read, or ``None``."""
    for match in _DECODED.finditer(decoded):
        if match["bad"]:
            return match["bad"]
    return None


def name_of(character: str) -> str:
    r"""Return how a message names a character: ``U+202E (right-to-left override)``."""
    name = _NAMES.get(character) or unicodedata.name(character, "").lower()
    code = f"U+{ord(character):04X}"
    return f"{code} ({name})" if name else code


def _byte_order_mark(encoding: str) -> Problem:
    message = f"this file starts with a byte order mark of {encoding}"
    rule = "byte-order-mark" if encoding == "UTF-8" else "invalid-utf-8"
    return Problem(rule, at("", 0), message, _SAY_UTF_8)


def _not_utf_8(text: str) -> Iterator[Problem]:
    """Yield the first bytes of each line that are no UTF-8."""
    told = -1
    for match in _NOT_UTF_8.finditer(text):
        line = text.rfind("\n", 0, match.start()) + 1
        if line == told:
            continue
        told = line
        shown = "".join(f"\\x{ord(character) - 0xDC00:02x}" for character in match[0][:8])
        kind = "byte" if len(match[0]) == 1 else "bytes"
        message = f"the {kind} `{shown}` {'is' if kind == 'byte' else 'are'} not UTF-8"
        yield Problem("invalid-utf-8", at(text, match.start(), match.end()), message, _SAY_UTF_8)


def _forbidden(text: str, index: int, characters: str) -> Problem:
    more = len(characters) - 1
    what = f"the hidden character {name_of(characters[0])}"
    message = f"{what} and {more} more stand here" if more else f"{what} stands here"
    return Problem("forbidden-character", at(text, index, index + more + 1), message, _way_out(characters[0]))


def _way_out(character: str) -> str:
    if character == "\r":
        return "End every line with a line feed, or every line with carriage return and line feed."
    if character in "\x85\u2028\u2029":
        return "Delete it: some programs end the line here, so that a reviewer and a parser see different files."
    return f"Delete it, or type the text again; in an editor, search for `{visible(character)}`."
