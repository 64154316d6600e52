"""``watchbill schema``: the JSON Schemas of the files, for editors."""

from __future__ import annotations

import click

from watchbill.cli import questions


@click.command("schema")
@click.argument("kind", required=False)
def schema(kind: str | None) -> None:
    """Print the JSON Schema of a KIND of file, such as on-call or people; without KIND, list the kinds."""
    from watchbill.model.schema import KIND_NAMES, schema_for
    from watchbill.text import nearest, printable

    if kind is None:
        click.echo("\n".join(KIND_NAMES))
        return
    if kind not in KIND_NAMES:
        guess = nearest(kind, KIND_NAMES)
        hint = f" Did you mean {guess!r}?" if guess else f" Kinds: {', '.join(KIND_NAMES)}."
        raise click.UsageError(f"There is no kind '{printable(kind)}'.{hint}")
    questions.print_json(schema_for(kind))
