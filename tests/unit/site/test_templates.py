"""A linter for the templates: the few things that would let data become code."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from watchbill import resources

TEMPLATES = sorted(resources.site_templates().glob("*.html"))
_EXPRESSION = r"\{\{.*?\}\}"
_STATEMENT = r"\{%.*?%\}"
CHECKS = {
    "switches escaping off": r"\|\s*safe\b|Markup|autoescape\s+false|\|\s*tojson",
    "has an inline handler": r"<[^>]*\son[a-z]+\s*=",
    "has an inline style": r"<[^>]*\sstyle\s*=|<style\b",
    "has an inline script": r"<script(?![^>]*\ssrc=)|<script[^>]*>[^<]",
    "puts data into a comment": rf"<!--(?:(?!-->).)*{_EXPRESSION}",
    "puts data into a tag or attribute name": rf"<[a-z]*{_EXPRESSION}|<[a-z][^>\"]*\s{_EXPRESSION}",
    "loads from elsewhere": r"(?:src|href)=\"(?:https?:)?//",
    "compiles data": r"from_string|\{%\s*include\s+[^\"]",
}
_LINKS = re.compile(r"(?:href|src)=\"([^\"]*)\"")
_SAFE_LINK = re.compile(
    r"\{\{ root \}\}[a-z0-9./-]*(?:\{\{ [a-z.]*(?:href|previous|next|other|feed) \}\})?"
    r"|#main|\.\.?/|\{\{ [a-z.]+ \| safe_url \}\}"
)


def complaints(source: str) -> list[str]:
    found = [name for name, pattern in CHECKS.items() if re.search(pattern, source, re.DOTALL)]
    if re.search(r"<[a-z][^>]*=(?!\")", re.sub(r"\"[^\"]*\"", '""', source)):
        found.append("leaves an attribute unquoted")
    found += [f"links to {link}" for link in _LINKS.findall(source) if not _SAFE_LINK.fullmatch(link)]
    return found


def test_there_are_templates() -> None:
    assert len(TEMPLATES) >= 7


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_a_template_is_clean(template: Path) -> None:
    source = template.read_text(encoding="utf-8")
    assert complaints(re.sub(_STATEMENT, "", source, flags=re.DOTALL)) == []


@pytest.mark.parametrize(
    "source",
    [
        "{{ page.name | safe }}",
        '<a href="{{ page.feed }}">x</a>',
        '<a href="{{ service.page }}">x</a>',
        "<p class={{ page.name }}>",
        "<p {{ page.name }}>",
        "<{{ page.name }}>",
        '<p onclick="x()">',
        '<p style="color: red">',
        "<script>let x = 1;</script>",
        '<script src="{{ root }}static/now.js">x</script>',
        "<!-- {{ page.name }} -->",
        '<link href="https://fonts.example.org/x.css">',
        '<img src="//example.org/x.png">',
    ],
)
def test_the_linter_sees(source: str) -> None:
    assert complaints(source)
