"""``watchbill explain``: the page of a rule, or the list of all rules."""

from __future__ import annotations

import click


@click.command("explain")
@click.argument("rule", required=False)
def explain(rule: str | None) -> None:
    """Explain a RULE: what it finds and why, examples, options, how to fix; without RULE, list all rules."""
    from watchbill.checks.catalogue import BY_NAME, RULES
    from watchbill.reports.rule_page import listing, page_in_terminal
    from watchbill.text import nearest, printable

    if rule is None:
        click.echo(listing(RULES), nl=False)
        return
    if rule not in BY_NAME:
        guess = nearest(rule, BY_NAME)
        hint = f" Did you mean {guess!r}?" if guess else " `watchbill explain` lists all rules."
        raise click.UsageError(f"There is no rule '{printable(rule)}'.{hint}")
    click.echo(page_in_terminal(BY_NAME[rule]), nl=False)
