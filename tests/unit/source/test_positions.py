"""From a place to a line and a column, and what of the line is shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from watchbill.findings import DataPath, Place, Position
from watchbill.source.positions import LONGEST_LINE, locate
from watchbill.source.read import read
from watchbill.source.tree import DirectoryTree

SOURCE = """\
# A comment
name: Zo\u00eb's team
roles:
  primary:
    layers:
      - id: weekly
        versions:
          - {from: 2026-01-05, members: [ada, "grace"]}
          - from: 2026-06-01
            members:
              - ada
              - together: [alan, katherine]
"weird: key": 'x'
text: |
  two
  lines
empty:
"""


def position(tmp_path: Path, source: str | bytes, place: Place) -> Position | None:
    file = tmp_path / place.file
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(source if isinstance(source, bytes) else source.encode())
    return locate(DirectoryTree(tmp_path), place)


FILE = "schedules/on-call/payments.yaml"
VERSIONS: DataPath = ("roles", "primary", "layers", 0, "versions")


@pytest.mark.parametrize(
    ("path", "part", "expected"),
    [
        (("name",), "value", (2, 7, 17)),
        (("name",), "key", (2, 1, 5)),
        (("roles",), "value", (4, 3, 11)),
        (("roles",), "key", (3, 1, 6)),
        ((*VERSIONS, 0, "from"), "value", (8, 20, 30)),
        ((*VERSIONS, 0, "from"), "key", (8, 14, 18)),
        ((*VERSIONS, 0, "members", 1), "value", (8, 47, 54)),
        ((*VERSIONS, 0), "value", (8, 13, 56)),
        ((*VERSIONS, 1, "members", 1, "together", 1), "value", (12, 34, 43)),
        ((*VERSIONS, 1, "members"), "value", (11, 15, 20)),
        (("weird: key",), "key", (13, 1, 13)),
        (("weird: key",), "value", (13, 15, 18)),
        (("text",), "value", (14, 7, 8)),
        (("empty",), "value", (17, 7, 8)),
        # What is not there: the nearest that is.
        ((*VERSIONS, 0, "every"), "value", (8, 13, 56)),
        ((*VERSIONS, 1, "members", 7), "value", (10, 13, 20)),
        (("roles", "secondary"), "value", (3, 1, 6)),
        (("roles", "primary", "coverage", "window"), "key", (4, 3, 10)),
        (("roles", 0), "value", (3, 1, 6)),
        (("name", "first"), "value", (2, 1, 5)),
        (("nothing",), "value", (2, 1, 17)),
        ((), "value", (2, 1, 17)),
    ],
)
def test_place_to_position(tmp_path: Path, path: DataPath, part: str, expected: tuple[int, int, int]) -> None:
    place = Place(file=FILE, path=path, part="key" if part == "key" else "value")
    found = position(tmp_path, SOURCE, place)
    assert found is not None
    assert (found.line, found.column, found.end_column) == expected
    assert found.text == SOURCE.split("\n")[expected[0] - 1]
    assert (found.shown_column, found.shown_end_column) == expected[1:]


def test_every_value_of_a_file_is_found_where_it_is_written(tmp_path: Path) -> None:
    (tmp_path / "schedules").mkdir()
    (tmp_path / "schedules/x.yaml").write_text(SOURCE, encoding="utf-8")
    tree = DirectoryTree(tmp_path)
    (document,) = read(tree).documents
    seen = 0
    waiting: list[tuple[DataPath, object]] = [((), document.data)]
    while waiting:
        path, data = waiting.pop()
        if isinstance(data, dict):
            waiting += [((*path, key), value) for key, value in data.items()]
        elif isinstance(data, list):
            waiting += [((*path, index), value) for index, value in enumerate(data)]
        elif isinstance(data, str) and "\n" not in data:
            found = locate(tree, Place(file="schedules/x.yaml", path=path))
            assert found is not None
            assert found.text[found.column - 1 : found.end_column - 1].strip("'\"") == data
            seen += 1
    assert seen == 10


def test_keys_are_found_in_normal_form(tmp_path: Path) -> None:
    found = position(tmp_path, "a: 1\nZoe\u0308: 2\n", Place(file=FILE, path=("Zo\u00eb",), part="key"))
    assert found is not None
    assert (found.line, found.column, found.end_column) == (2, 1, 5)


def test_windows_line_ends_are_not_shown(tmp_path: Path) -> None:
    found = position(tmp_path, "a: 1\r\nb: 2\r\n", Place(file=FILE, path=("b",)))
    assert found is not None
    assert (found.line, found.column, found.text) == (2, 4, "b: 2")


def test_hidden_characters_are_shown_and_the_caret_stands_under_them(tmp_path: Path) -> None:
    file = tmp_path / FILE
    file.parent.mkdir(parents=True)
    file.write_text("a: \u202e\u2066x\x1b[2J\n", encoding="utf-8")
    tree = DirectoryTree(tmp_path)
    first, second = read(tree).findings
    for finding, column, shown in ((first, 4, "\\u202e\\u2066"), (second, 7, "\\x1b")):
        found = locate(tree, finding.place)
        assert found is not None
        assert found.column == column
        assert found.text == "a: \\u202e\\u2066x\\x1b[2J"
        assert found.text[found.shown_column - 1 : found.shown_end_column - 1] == shown


def test_tab_in_the_indentation_is_shown(tmp_path: Path) -> None:
    file = tmp_path / FILE
    file.parent.mkdir(parents=True)
    file.write_text("a:\n\tb:\t1\n", encoding="utf-8")
    tree = DirectoryTree(tmp_path)
    found = locate(tree, read(tree).findings[0].place)
    assert found is not None
    assert (found.line, found.column, found.end_column) == (2, 1, 2)
    assert (found.text, found.shown_column, found.shown_end_column) == ("\\tb: 1", 1, 3)


@pytest.mark.parametrize("before", [0, 5, 100, 1000, 5000])
def test_long_lines_are_cut_around_the_finding(tmp_path: Path, before: int) -> None:
    source = "{" + "".join(f"k{n}: v, " for n in range(before)) + f"here: VALUE, y: {'w' * 5000}}}\n"
    found = position(tmp_path, source, Place(file=FILE, path=("here",)))
    assert found is not None
    assert source[found.column - 1 : found.end_column - 1] == "VALUE"
    assert found.text[found.shown_column - 1 : found.shown_end_column - 1] == "VALUE"
    assert len(found.text) <= LONGEST_LINE + 2
    assert found.text.startswith("\u2026") is (before > 20)
    assert found.text.endswith("\u2026")


def test_bytes_that_are_no_text_are_shown(tmp_path: Path) -> None:
    file = tmp_path / FILE
    file.parent.mkdir(parents=True)
    file.write_bytes(b"a: Zo\xeb\n")
    tree = DirectoryTree(tmp_path)
    found = locate(tree, read(tree).findings[0].place)
    assert found is not None
    assert (found.line, found.column, found.text) == (1, 6, "a: Zo\\xeb")


@pytest.mark.parametrize(
    "file", ["schedules/none.yaml", "none/x.yaml", "schedules/../schedules/a.yaml", "/etc/passwd", ".", ""]
)
def test_no_position_without_a_file(tmp_path: Path, file: str) -> None:
    (tmp_path / "schedules").mkdir()
    (tmp_path / "schedules/a.yaml").write_text("a: 1\n", encoding="utf-8")
    assert locate(DirectoryTree(tmp_path), Place(file=file, path=("a",))) is None


@pytest.mark.parametrize("source", [b"", b"\xff\xfe\0", b"[[[[", b"\n\n# only\n"])
def test_first_line_of_a_file_without_data(tmp_path: Path, source: bytes) -> None:
    found = position(tmp_path, source, Place(file=FILE, path=("a", 0)))
    assert found is not None
    assert (found.line, found.column) == (1, 1)


def test_calendar_file_has_its_first_line(tmp_path: Path) -> None:
    found = position(
        tmp_path, b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", Place(file="schedules/time-off/ada.ics", path=(3,))
    )
    assert found is not None
    assert (found.line, found.text) == (1, "BEGIN:VCALENDAR")


@pytest.mark.parametrize("hidden", ["\u202e", "\x1b", "\U000e0041", "\u754c"])
def test_a_line_of_hidden_characters_is_cut_after_they_are_made_visible(tmp_path: Path, hidden: str) -> None:
    file = tmp_path / FILE
    file.parent.mkdir(parents=True)
    file.write_text(f"a: {hidden * 900}\x07 # {hidden * 900}\n", encoding="utf-8")
    tree = DirectoryTree(tmp_path)
    for finding in read(tree).findings:
        found = locate(tree, finding.place)
        assert found is not None
        assert len(found.text) <= LONGEST_LINE + 2
        assert not found.text.replace("\u2026", "").endswith("\\")
        assert found.shown_end_column <= len(found.text) + 1


def test_a_line_that_fits_is_shown_whole(tmp_path: Path) -> None:
    source = f"{{key: {'v' * 200}, here: VALUE}}\n"
    found = position(tmp_path, source, Place(file=FILE, path=("here",)))
    assert found is not None
    assert found.text == source.rstrip()
