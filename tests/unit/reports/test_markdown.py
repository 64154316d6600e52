"""Markdown: what people read, that it never grows over a limit, and that no text means anything in it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

import told_findings
from told_findings import HOSTILE, compilation, located
from watchbill.findings import Level, Place
from watchbill.reports import markdown
from watchbill.reports.markdown_document import Section, fitted
from watchbill.reports.markdown_text import cell, code, prose
from watchbill.reports.terminal import shown
from watchbill.text import printable

SHARED = Path(__file__).parents[4] / "shared" / "cases" / "text"
READER = MarkdownIt("commonmark").enable("table").enable("strikethrough")
FOOTER = (
    "As of Mon 23 Nov 2026 09:00 Europe/Berlin, until Tue 23 Nov 2027 00:00 Europe/Berlin; "
    "Watchbill 0.1.0, tzdata 2026f.\n"
)
LOUD = ("@", "#", "://", "www.", "<", "[", "*", "_", "~", "$", "!", "&", "|", "\\")
OURS = {
    "paragraph_open", "paragraph_close", "inline", "text", "strong_open", "strong_close", "code_inline", "softbreak",
    "bullet_list_open", "bullet_list_close", "list_item_open", "list_item_close", "heading_open", "heading_close",
    "html_block",
}  # fmt: skip


def tokens(text: str) -> list[Token]:
    """Return the tokens of a document, those inside of lines in their places."""
    return [each for token in READER.parse(text) for each in (token, *(token.children or ()))]


def test_the_plain_document(tmp_path: Path) -> None:
    assert markdown.render(told_findings.three(tmp_path)) == (
        "**Found 1 error, 1 warning and 1 note in 3 files.**\n\n"
        "#### 1 error\n\n"
        "- **coverage-gap** `schedules/on-call/payments.yaml:6`: payments has no primary\n"
        "  - help: write an override\n\n"
        "#### 1 warning\n\n"
        "- **too-many-nights** `schedules/people/zoe.yaml:1`: Zoë has 9 nights, 50% more than others: ask `grace`\n\n"
        "#### 1 note\n\n"
        "- **coverage-gap** `schedules/time-off/ada.ics`: payments has no primary\n"
        "  - help: write an override\n\n" + FOOTER
    )


def test_the_comment(tmp_path: Path) -> None:
    assert markdown.comment(markdown.checked(told_findings.three(tmp_path))) == (
        "<!-- watchbill: the comment on this pull request -->\n"
        "### Watchbill\n\n"
        "**Found 1 error, 1 warning and 1 note in 3 files.**\n\n"
        "#### 1 error\n\n"
        "- **coverage-gap** `schedules/on-call/payments.yaml:6`: payments has no primary\n"
        "  - help: write an override\n\n"
        "<details>\n<summary>1 warning</summary>\n\n"
        "- **too-many-nights** `schedules/people/zoe.yaml:1`: Zoë has 9 nights, 50% more than others: ask `grace`\n"
        "\n</details>\n\n"
        "<details>\n<summary>1 note</summary>\n\n"
        "- **coverage-gap** `schedules/time-off/ada.ics`: payments has no primary\n"
        "  - help: write an override\n"
        "\n</details>\n\n" + FOOTER
    )


def test_the_summary_of_a_job(tmp_path: Path) -> None:
    whole = told_findings.three(tmp_path)
    assert markdown.summary(whole) == markdown.comment(markdown.checked(whole)).removeprefix(f"{markdown.MARKER}\n")


def test_many_errors_are_folded(tmp_path: Path) -> None:
    findings = [located(line=line) for line in range(1, 31)]
    text = markdown.comment(markdown.checked(compilation(tmp_path, *findings)))
    assert "<summary>30 errors</summary>" in text
    assert text.count("<details>") == text.count("</details>") == 1


@pytest.mark.parametrize("number", [1, 500, 4000])
def test_a_comment_fits_and_is_cut_between_rows(tmp_path: Path, number: int) -> None:
    levels = (Level.INFO, Level.WARNING, Level.ERROR)
    findings = [located(levels[line % 3], line, message=f"Zoë {'é' * (line % 300)}") for line in range(number)]
    whole = compilation(tmp_path, *findings)
    text = markdown.comment(markdown.checked(whole))
    assert len(text) <= len(text.encode()) <= markdown.COMMENT_BYTES < 65_536
    assert text.count("<details>") == text.count("</details>")
    rows = [line for line in text.splitlines() if line.startswith("- **")]
    all_rows = [line for line in markdown.render(whole).splitlines() if line.startswith("- **")]
    assert rows == all_rows[: len(rows)]
    assert text.splitlines()[-1] == FOOTER.strip()
    left_out = f"{number - len(rows):,} more have no room here; `watchbill check` lists all of them."
    assert (left_out in text) == (len(rows) < number)


def test_a_summary_stays_under_a_mebibyte(tmp_path: Path) -> None:
    findings = [located(line=line, message="long words " * 40) for line in range(4000)]
    size = len(markdown.summary(compilation(tmp_path, *findings)).encode())
    assert 900_000 < size < 1 << 20


@given(
    st.lists(st.lists(st.text("aé\U0001f9d1", max_size=30), min_size=1, max_size=8), max_size=6),
    st.booleans(),
    st.integers(200, 900),
)
def test_a_document_never_grows_over_its_limit(rows: list[list[str]], folded: bool, limit: int) -> None:
    sections = [Section(heading="rows", rows=tuple(f"- {row}" for row in part), folded=folded) for part in rows]
    text = fitted("head\n", sections, "tail\n", limit)
    assert len(text.encode()) <= limit
    assert text.startswith("head\n")
    assert text.endswith("tail\n")
    kept = [line for line in text.splitlines() if line.startswith("- ")]
    written = [row for section in sections for row in section.rows]
    assert kept == written[: len(kept)]
    if len(kept) < len(written):
        assert f"{len(written) - len(kept)} more have no room here" in text
    else:
        assert text == fitted("head\n", sections, "tail\n")


@pytest.mark.parametrize("form", ["render", "summary", "comment"])
def test_hostile_texts_mean_nothing(tmp_path: Path, form: str) -> None:
    whole = told_findings.hostile(tmp_path)
    text = {
        "render": lambda: markdown.render(whole),
        "summary": lambda: markdown.summary(whole),
        "comment": lambda: markdown.comment(markdown.checked(whole)),
    }[form]()
    found = tokens(text)
    assert {token.type for token in found} <= OURS
    for token in found:
        if token.type == "text":
            assert not any(mark in token.content for mark in LOUD), token.content
        if token.type == "html_block":
            assert all(
                line in (markdown.MARKER, "<details>", "</details>") or line.startswith("<summary>")
                for line in token.content.splitlines()
            )
    told = " ".join(token.content for token in found if token.type in ("code_inline", "text"))
    assert [text for text in HOSTILE if shown(text).strip() not in told and not prose(text).count("`")] == []


CALM = (
    "payments has no primary from Thu 24 Dec 2026 00:00 until Sat 26 Dec 2026 00:00 Europe/Berlin: nobody",
    "America/New_York: a_b_c",
    "Zoë has 30 % of the hours, 12.5% more (two, or three): why?",
)


@pytest.mark.parametrize("text", CALM)
def test_calm_sentences_stay_as_they_are(text: str) -> None:
    assert prose(text) == text


def test_words_in_backticks_are_code() -> None:
    assert prose("did you mean `soren`? write `when-away: [advance]`") == (
        "did you mean `soren`? write `when-away: [advance]`"
    )
    assert prose("`a``b`") == "``` `a``b` ```"


@pytest.mark.parametrize(
    "text",
    ["@ada", "see #1", "GH-12", "at 0123abc", "www.example.org", "https://example.org", ":tada:", "_a_", "%1", "a~b"],
)
def test_whatever_a_service_looks_for_is_code(text: str) -> None:
    assert prose(text) == f"`{text}`"


def shared_texts() -> list[str]:
    found: list[str] = []
    for name in ("html", "csv", "ical_text"):
        if (SHARED / f"{name}.json").is_file():
            found += [
                text for text in json.loads((SHARED / f"{name}.json").read_text("utf-8")) if isinstance(text, str)
            ]
    return found


def _inline(text: str) -> tuple[set[str], str]:
    found = tokens(f"- at: {text} end")
    inside = [token for token in found if token.type in ("text", "code_inline")]
    kinds = {token.type for token in found}
    return kinds, "".join(token.content for token in inside)


@given(st.text(st.characters() | st.sampled_from("`|\\*_[]<>&@#:/ !\n"), max_size=40))
@example("`a`b")
@example(" `` ")
@example("```` ` ")
def test_any_text_in_a_line_is_read_as_it_was_written(text: str) -> None:
    for written in (code(text), prose(text)):
        kinds, told = _inline(written)
        assert kinds <= OURS
        # Backticks may have become the bounds of code; all the rest is there.
        assert told.replace("`", "").split() == f"at: {shown(text)} end".replace("`", "").split()


@given(st.text(st.characters() | st.sampled_from("`|\\*_[]<>&@#:/ !\n"), min_size=1, max_size=40))
@example(" `` ")
def test_code_holds_its_text_to_the_letter(text: str) -> None:
    inside = [token.content for token in tokens(f"at: {code(text)} end") if token.type == "code_inline"]
    assert inside == ([shown(text)] if shown(text).strip() else [])


@pytest.mark.parametrize("text", [*HOSTILE, *shared_texts()])
def test_a_text_in_a_cell_stays_in_its_cell(text: str) -> None:
    table = f"| a | b |\n|---|---|\n| {cell(text)} | x |\n| y | {cell(text)} |\n"
    found = tokens(table)
    assert [token.type for token in found].count("td_open") == 4
    assert {token.type for token in found if token.type.endswith("_inline")} <= {"html_inline"}
    assert {token.content for token in found if token.type == "html_inline"} <= {"<code>", "</code>"}
    told = "".join(token.content for token in found if token.type in ("text", "text_special"))
    assert told.count(printable(text).strip()) >= 2


def test_a_row_is_cut_where_a_message_is_endless(tmp_path: Path) -> None:
    endless = located(message="x|" * 5000, help="`" * 5000, place=Place(file="a" * 5000))
    (row, help_row) = (
        line for line in markdown.render(compilation(tmp_path, endless)).splitlines() if "- " in line[:4]
    )
    assert len(row) < 1400
    assert len(help_row) < 2500
