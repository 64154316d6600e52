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
@click.option(
    "--write",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Write the schemas of all kinds into this folder, for an editor.",
)
@click.option("--settings", is_flag=True, help="Print the settings of VS Code that give each file its schema.")
def schema(kind: str | None, collection: bool, folder: Path | None, settings: bool) -> None:
    """Print the JSON Schema of a KIND of file, such as on-call or people; without KIND, list the kinds.

    With --write, write all of them, and with --settings, print which file has which; see docs/editor.md.
    """
    from watchbill.model.kinds import BY_NAME
    from watchbill.text import nearest, printable

    if kind is not None and (folder is not None or settings):
        option = "--settings" if folder is None else "--write"
        raise click.UsageError(f"{option} is about all kinds: leave '{printable(kind)}' out.")
    if folder is not None:
        _write_all(folder)
    elif settings:
        from watchbill.model.editor_settings import editor_settings

        questions.print_json(editor_settings())
    elif kind is None:
        click.echo("\n".join(sorted(BY_NAME)))
    elif kind not in BY_NAME:
        guess = nearest(kind, BY_NAME)
        hint = f" Did you mean {guess!r}?" if guess else f" Kinds: {', '.join(sorted(BY_NAME))}."
        raise click.UsageError(f"There is no kind '{printable(kind)}'.{hint}")
    elif collection and not BY_NAME[kind].collection:
        raise click.UsageError(f"There is no collection of {kind}: each has a file of its own.")
    else:
        questions.print_json(schema_of(kind, collection))


def schema_of(kind: str, collection: bool) -> dict[str, Any]:
    """Return the schema of a kind as editors get it; that of the checks names all rules and their options."""
    from watchbill.checks.catalogue import RULES
    from watchbill.model.editor_schemas import for_editors
    from watchbill.model.schema import schema_for
    from watchbill.reports.rule_catalogue import checks_schema

    schema = schema_for(kind, collection)
    return for_editors(checks_schema(schema, RULES) if kind == "checks" else schema, kind)


def _write_all(folder: Path) -> None:
    from watchbill.model.editor_settings import schema_files
    from watchbill.publish.single_file import write_whole

    for name, kind, collection in schema_files():
        text = json.dumps(schema_of(kind.name, collection), ensure_ascii=False, indent=2)
        write_whole(folder / name, f"{text}\n".encode())
        click.echo(f"wrote {folder / name}")
