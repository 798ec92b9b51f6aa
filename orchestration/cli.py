"""The ``kaeru`` command: a table of contents; the work is behind each command."""

from __future__ import annotations

import typer

from orchestration.commands.init import init

app = typer.Typer(
    name="kaeru",
    help="Return intelligence for online shops. 返品から分かることを、数字で。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.command()(init)


def main() -> None:
    """Run the command line."""
    app()


if __name__ == "__main__":
    main()
