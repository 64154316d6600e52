"""Tables of figures: what programs read is exact, what people read is aligned, and no cell escapes its format."""

from __future__ import annotations

import csv
import io
import json

import pytest

from watchbill.reports.table import Cell, Column, Table, written

COLUMNS = (Column(key="person", title="Person"), Column(key="hours", title="Hours", number=True))


def table(*rows: tuple[str, float]) -> Table:
    cells = tuple(
        (Cell(value=name, text=name), Cell(value=hours, text=f"{hours:.0f} h", bar=hours / 100)) for name, hours in rows
    )
    return Table(title="Load", columns=COLUMNS, rows=cells, notes=("Nights count twice.",))


def test_a_terminal_gets_aligned_columns_and_bars() -> None:
    assert written([table(("Ada", 50), ("Žofie 渡辺", 168))], "table", {}) == (
        "Load\n\n"
        "Person                 Hours\n"
        "----------  ----------------\n"
        "Ada         █████·····  50 h\n"
        "Žofie 渡辺  ██████████ 168 h\n"
        "\nNights count twice.\n"
    )


def test_an_empty_table_says_so() -> None:
    assert "(none)" in written([table()], "table", {})


def test_csv_holds_the_values() -> None:
    rows = list(csv.reader(io.StringIO(written([table(("Ada", 50.5))], "csv", {}))))
    assert rows == [["person", "hours"], ["Ada", "50.5"]]


def test_csv_of_several_tables_names_the_table() -> None:
    rows = list(csv.reader(io.StringIO(written([table(("Ada", 1)), table(("Grace", 2))], "csv", {}))))
    assert rows == [["table", "person", "hours"], ["Load", "Ada", "1"], ["Load", "Grace", "2"]]


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(A1)", "  =1", "＝1", "\t=1"])  # noqa: RUF001
def test_csv_holds_no_formula(name: str) -> None:
    rows = list(csv.reader(io.StringIO(written([table((name, 1))], "csv", {}))))
    assert rows[1][0][0] in "'\\"


def test_json_holds_the_values_and_the_head() -> None:
    assert json.loads(written([table(("Ada", 50.5))], "json", {"from": "2026-10-01"})) == {
        "version": 1,
        "from": "2026-10-01",
        "tables": [{"title": "Load", "rows": [{"person": "Ada", "hours": 50.5}]}],
    }


@pytest.mark.parametrize(
    "name",
    ["a|b", "<img src=x>", "@grace", "[x](https://example.org)", "# big", "`code`", "a\nb", "https://example.org"],
)
def test_a_cell_of_markdown_means_only_itself(name: str) -> None:
    text = written([table((name, 1))], "markdown", {})
    row = text.split("\n")[4]
    assert row.count("|") == 3
    # No service looks for mentions, numbers or addresses inside of code.
    inside = row.removeprefix("| <code>").removesuffix("</code> | 1 h |")
    assert len(inside) == len(row) - len("| <code></code> | 1 h |")
    assert not set("<>@[]`:/") & set(inside)
    assert inside.count("#") == inside.count("&#")


def test_plain_cells_and_notes_stay_plain_in_markdown() -> None:
    assert written([table(("Ada (ada), 09:00", 12))], "markdown", {}) == (
        "### Load\n\n| Person | Hours |\n|---|---:|\n| Ada (ada), 09:00 | 12 h |\n\nNights count twice.\n"
    )


@pytest.mark.parametrize("note", ["1. one", "- one", "+ one", "    code", "2) two"])
def test_a_note_begins_no_list(note: str) -> None:
    noted = Table(title="Load", columns=COLUMNS, rows=(), notes=(note,))
    last = written([noted], "markdown", {}).splitlines()[-1]
    assert last.startswith("`")
    assert last.strip("` ") == note.strip()


def test_json_holds_no_command_to_a_runner() -> None:
    text = written([table(("##[error]x", 1))], "json", {"from": "##[group]"})
    assert "##[" not in text
    assert json.loads(text)["tables"][0]["rows"][0]["person"] == "##[error]x"


def test_a_terminal_gets_no_control_characters() -> None:
    assert "\x1b" not in written([table(("a\x1b[31m", 1))], "table", {})
