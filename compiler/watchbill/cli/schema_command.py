"""``watchbill schema``: the JSON Schemas of the files, for editors."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from watchbill.cli import questions


@click.command("schema")
@click.argument("kind", required=False)
@click.option("--collection", is_flag=True, help="The schema of the one file that holds all of a kind, by id.")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Write all schemas into this folder.")
def schema(kind: str | None, collection: bool, out: Path | None) -> None:
    """Print the JSON Schema of a KIND of file, such as on-call or people; without KIND, list the kinds."""
    from watchbill.model.kinds import BY_NAME
    from watchbill.text import nearest, printable

    if out is not None:
        _write_all(out)
    elif kind is None:
        click.echo("\n".join(sorted(BY_NAME)))
    elif kind not in BY_NAME:
        guess = nearest(kind, BY_NAME)
        hint = f" Did you mean {guess!r}?" if guess else f" Kinds: {', '.join(sorted(BY_NAME))}."
        raise click.UsageError(f"There is no kind '{printable(kind)}'.{hint}")
    elif collection and not BY_NAME[kind].collection:
        raise click.UsageError(f"There is no collection of {kind}: each has a file of its own.")
    else:
        questions.print_json(_schema_for(kind, collection))


def _schema_for(kind: str, collection: bool) -> dict[str, Any]:
    """Return the schema of a kind; that of the checks names all rules and their options."""
    from watchbill.checks.catalogue import RULES
    from watchbill.model.schema import schema_for
    from watchbill.reports.rule_catalogue import checks_schema

    schema = schema_for(kind, collection)
    return checks_schema(schema, RULES) if kind == "checks" else schema


def _write_all(out: Path) -> None:
    from watchbill.model.kinds import BY_NAME

    out.mkdir(parents=True, exist_ok=True)
    for name, kind in sorted(BY_NAME.items()):
        forms = [(f"{name}.schema.json", False)]
        if kind.collection:
            forms.append((f"{name}-collection.schema.json", True))
        for file_name, collection in forms:
            text = json.dumps(_schema_for(name, collection), ensure_ascii=False, indent=2)
            (out / file_name).write_text(text + "\n", encoding="utf-8")
            click.echo(f"wrote {out / file_name}")
