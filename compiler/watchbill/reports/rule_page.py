"""The pages of rules: read from beside the rules, and shown in a terminal."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from watchbill.checks.rule import Rule
from watchbill.resources import rule_page_file

_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_FENCE = re.compile(r"^```(?P<kind>[\w-]*)[ ]?(?P<file>\S*).*$")
_BEFORE = "yaml-before"
_LINK = re.compile(r"\[([^\]]+)\]\((https?:[^)\s]+)\)")


def page(rule: Rule) -> str:
    """Return the Markdown of a rule's page without its front matter."""
    return _FRONT_MATTER.sub("", rule_page_file(rule.family, rule.name).read_text(encoding="utf-8"))


def facts_line(rule: Rule) -> str:
    """Return what the declaration says, in one line."""
    levels = [rule.level.value, *(f"{profile}: {level}" for profile, level in rule.levels.items())]
    parts = ["; ".join(levels), f"family {rule.family}", rule.status, f"since {rule.since}"]
    if rule.fixed:
        parts.append("level fixed")
    if rule.ages:
        parts.append("changes with the clock")
    return ", ".join(parts)


def page_in_terminal(rule: Rule) -> str:
    """Return a rule's page as plain text: headings in capitals, files indented under their names."""
    return "\n".join(_lines(rule)) + "\n"


def _lines(rule: Rule) -> Iterator[str]:
    fenced = False
    for line in page(rule).strip().split("\n"):
        fence = _FENCE.match(line)
        if fence:
            fenced = not fenced
            if fenced and fence["file"]:
                title = fence["file"] + (" (before the change)" if fence["kind"] == _BEFORE else "")
                yield f"    {title}"
                yield f"    {'-' * len(title)}"
        elif fenced:
            yield f"    {line}".rstrip()
        elif line.startswith("<!--"):
            continue
        elif line.startswith("# "):
            yield f"{line[2:]} ({facts_line(rule)})"
        elif line.startswith("#"):
            yield line.lstrip("# ").upper()
        else:
            yield _LINK.sub(r"\1 (\2)", line)


def listing(rules: Iterable[Rule]) -> str:
    """Return all rules by family, one a line: level, name, summary."""
    rules = list(rules)
    width = max(len(rule.name) for rule in rules)
    lines: list[str] = []
    for family, members in groupby(rules, key=lambda rule: rule.family):
        lines += [family, *(f"  {rule.level.value:<7}  {rule.name:<{width}}  {rule.summary}" for rule in members), ""]
    return "\n".join([*lines, "`watchbill explain RULE` shows the page of a rule."]) + "\n"
