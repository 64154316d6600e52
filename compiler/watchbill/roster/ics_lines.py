"""The lines of an iCalendar file: unfolded, numbered as an editor numbers them, and cut into events.

Only structure is looked at here, so that one bad event costs nothing but itself, and a problem has a line.
"""

from __future__ import annotations

from dataclasses import dataclass, field

MOST_COMPONENTS = 20_000
"""Components (BEGIN … END) of one file; a file of the allowed size with more holds no calendar of a person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """An unfolded line, the number of the line on which it starts, and the characters of that line."""

    number: int
    width: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EventLines:
    """The lines of one event itself, without those of its alarms; ``begin`` is the line that opens it."""

    begin: Line
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What is wrong, what to write instead, and the line. ``first`` and ``last`` bound it in time where known (UTC).

    ``doubt``: nothing is wrong, but it may not be meant.
    """

    line: Line
    message: str
    help: str
    first: int | None = None
    last: int | None = None
    doubt: bool = False


@dataclass(slots=True)
class Cutting:
    """The events of a file, and what was wrong with its structure; events before the problem are whole."""

    events: list[EventLines] = field(default_factory=list)
    problem: Problem | None = None


_EXPORT_AGAIN = "export the calendar again, or take the file away"


def cut(content: bytes) -> Cutting:
    """Return the events of a file. A file that announces ``METHOD:CANCEL`` has none: it takes all its events back."""
    found = Cutting()
    start = Line(number=1, width=1, text="")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        number = content.count(b"\n", 0, error.start) + 1
        line = Line(number=number, width=1, text="")
        found.problem = Problem(line=line, message="is not UTF-8", help="export the calendar again as UTF-8")
        return found
    lines = _unfolded(text)
    if not lines or _word(lines[0]) != "BEGIN:VCALENDAR":
        line = lines[0] if lines else start
        message = "does not begin with BEGIN:VCALENDAR"
        found.problem = Problem(line=line, message=message, help=_EXPORT_AGAIN)
    else:
        found.problem = _Cutter(found).cut(lines)
    return found


def _unfolded(text: str) -> list[Line]:
    found: list[tuple[int, int, list[str]]] = []
    for number, raw in enumerate(text.split("\n"), start=1):
        line = raw.removesuffix("\r")
        if line[:1] in {" ", "\t"} and found:
            found[-1][2].append(line[1:])
        elif line:
            found.append((number, len(line), [line]))
    return [Line(number=number, width=width, text="".join(parts)) for number, width, parts in found]


def _word(line: Line) -> str:
    return line.text.strip().upper()


class _Cutter:
    """Walks over the lines once; what is open is a stack, so depth costs nothing."""

    def __init__(self, found: Cutting) -> None:
        self._found = found
        self._open: list[tuple[str, Line]] = []
        self._inside: list[Line] = []
        self._components = 0
        self._taken_back = False

    def cut(self, lines: list[Line]) -> Problem | None:
        """Add the events of the lines, and return the first problem."""
        for line in lines:
            action, _, name = _word(line).partition(":")
            if action == "BEGIN":
                problem = self._begin(name, line)
            elif action == "END":
                problem = self._end(name, line)
            else:
                problem = self._property(action, name, line)
            if problem is not None:
                return problem
        if not self._open:
            return None
        return Problem(line=self._open[-1][1], message="ends before all components are closed", help=_EXPORT_AGAIN)

    def _begin(self, name: str, line: Line) -> Problem | None:
        self._components += 1
        self._open.append((name, line))
        if len(self._open) == 1:
            self._taken_back = False
        elif self._in_event():
            self._inside = []
        return _too_many(line) if self._components > MOST_COMPONENTS else None

    def _end(self, name: str, line: Line) -> Problem | None:
        if not self._open or self._open[-1][0] != name:
            return Problem(line=line, message="closes a component that is not open", help=_EXPORT_AGAIN)
        if self._in_event() and not self._taken_back:
            self._found.events.append(EventLines(begin=self._open[-1][1], lines=tuple(self._inside)))
        self._open.pop()
        return None

    def _property(self, name: str, value: str, line: Line) -> Problem | None:
        if not self._open:
            return Problem(line=line, message="goes on after its last END", help="take away what follows it")
        if self._in_event():
            self._inside.append(line)
        elif len(self._open) == 1 and name == "METHOD":
            self._taken_back = value == "CANCEL"
        return None

    def _in_event(self) -> bool:
        return len(self._open) == 2 and self._open[0][0] == "VCALENDAR" and self._open[1][0] == "VEVENT"


def _too_many(line: Line) -> Problem:
    return Problem(
        line=line,
        message=f"has more than {MOST_COMPONENTS:,} components",
        help="export a shorter stretch of time",
    )
