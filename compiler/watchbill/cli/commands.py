"""The command ``watchbill``: its subcommands, each imported only when it is run."""

from __future__ import annotations

from importlib import import_module

import click

from watchbill import __version__

_COMMANDS = {
    "init": ("init_command", "Write a small example repository to start from."),
    "check": ("check_command", "Check a repository and print what is wrong."),
    "diff": ("diff_command", "Say what a change does to people, shifts and gaps."),
    "comment": ("comment_command", "Print the comment on a pull request for a JSON report."),
    "codeowners": ("codeowners_command", "Say who is asked before a file changes, as CODEOWNERS."),
    "test": ("test_command", "Test the rosters against scenarios."),
    "build": ("build_command", "Publish the site, feeds, API and payloads into a folder."),
    "who": ("who_command", "Say who is on call."),
    "next": ("who_command", "Say who is on call next, and when."),
    "shifts": ("shifts_command", "List the shifts of a person."),
    "why": ("why_command", "Explain why somebody is on call at a time."),
    "capacity": ("capacity_command", "Say how many people a schedule needs, and what happens if one leaves."),
    "suggest": ("suggest_command", "Suggest who could take over the shifts of a person."),
    "off": ("off_command", "Write down that somebody cannot be on call."),
    "override": ("override_command", "Give a stretch of a roster to somebody else."),
    "swap": ("swap_command", "Let two people exchange turns."),
    "person": ("person_command", "Write down that somebody comes or leaves."),
    "rotation": ("rotation_command", "Change who takes turns, from a handoff on."),
    "fmt": ("fmt_command", "Bring files into the canonical form."),
    "report": ("report_command", "Report what people carry, and how evenly it lies on them."),
    "explain": ("explain_command", "Explain a rule."),
    "schema": ("schema_command", "Print the JSON Schema of a kind of file."),
}
"""Module below ``watchbill.cli`` and one-line help of each subcommand; the command is the function of that name."""


class LazyGroup(click.Group):
    """A group that imports a subcommand when it is run, so that ``--help`` and ``who`` start fast."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click names the arguments
        """Return the subcommands in the order in which a newcomer meets them."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import and return a subcommand."""
        if cmd_name not in _COMMANDS:
            return None
        module = import_module(f"watchbill.cli.{_COMMANDS[cmd_name][0]}")
        command: click.Command = getattr(module, "next_" if cmd_name == "next" else cmd_name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write the list of subcommands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in _COMMANDS.items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the subcommand that was asked for; a misspelt one gets a suggestion."""
        from watchbill.text import nearest

        name = args[0]
        if self.get_command(ctx, name) is None and not name.startswith("-"):
            guess = nearest(name, _COMMANDS)
            hint = f" Did you mean {guess!r}?" if guess else f" Commands: {', '.join(_COMMANDS)}."
            raise click.UsageError(f"There is no command {name!r}.{hint}", ctx)
        return super().resolve_command(ctx, args)


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, "-V", "--version", message="watchbill %(version)s")
def watchbill() -> None:
    """On-call rosters and incident response as YAML in git: checked, compiled, published."""
