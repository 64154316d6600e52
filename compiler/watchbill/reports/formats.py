"""The formats of ``watchbill check`` by name. Each is made by a module of its own, imported when it is asked for."""

from __future__ import annotations

from dataclasses import replace

from watchbill.compilation import Compilation, LocatedFinding
from watchbill.findings import Level

FORMATS = (
    "full",
    "concise",
    "json",
    "json-lines",
    "github",
    "gitlab",
    "sarif",
    "junit",
    "rdjson",
    "markdown",
    "summary",
    "comment",
    "issues",
)
"""All names, those for people first."""


def render(
    compilation: Compilation, form: str, *, failing: Level = Level.ERROR, colour: bool = False, prefix: str = ""
) -> str:
    """Return a report in a format, as text that ends in a line feed.

    ``failing`` is the lowest level that fails the check, which JUnit tells apart. ``colour`` is for terminals.
    ``prefix`` is put before every path: where a repository of rosters is a folder of a larger one, services go by the
    larger one.
    """
    if prefix:
        compilation = below(compilation, prefix)
    if form in ("full", "concise"):
        from watchbill.reports import concise, full

        write = full.render if form == "full" else concise.render
        return write(compilation, colour=colour)
    if form == "junit":
        from watchbill.reports import junit

        return junit.render(compilation, failing=failing)
    if form in ("markdown", "summary", "comment"):
        return _in_markdown(compilation, form)
    return _in_lines(compilation, form) if form in ("json-lines", "github") else _in_json(compilation, form)


def _in_markdown(compilation: Compilation, form: str) -> str:
    from watchbill.reports import markdown

    if form == "comment":
        return markdown.comment(markdown.checked(compilation))
    return (markdown.summary if form == "summary" else markdown.render)(compilation)


def _in_lines(compilation: Compilation, form: str) -> str:
    from watchbill.reports import json_lines, workflow_commands

    return json_lines.render(compilation) if form == "json-lines" else workflow_commands.render(compilation)


def _in_json(compilation: Compilation, form: str) -> str:
    from watchbill.reports import gitlab, json_report, rdjson, sarif, team_issues

    renderers = {
        "json": json_report.render,
        "gitlab": gitlab.render,
        "sarif": sarif.render,
        "rdjson": rdjson.render,
        "issues": team_issues.render,
    }
    return renderers[form](compilation)


def below(compilation: Compilation, prefix: str) -> Compilation:
    """Return a compilation whose findings lie in a folder: ``rosters`` makes ``rosters/schedules/…`` of their paths."""
    folder = prefix.strip("/")
    return replace(compilation, findings=tuple(_moved(located, folder) for located in compilation.findings))


def _moved(located: LocatedFinding, folder: str) -> LocatedFinding:
    finding = located.finding
    labels = tuple(
        replace(label, place=label.place._replace(file=f"{folder}/{label.place.file}")) for label in finding.labels
    )
    place = finding.place._replace(file=f"{folder}/{finding.place.file}")
    return replace(located, finding=replace(finding, place=place, labels=labels))
