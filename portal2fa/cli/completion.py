"""`portal2fa completion`: the completion script of a shell."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class


@click.command("completion")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def command(shell: str) -> int:
    """Print the completion script of a shell, e.g.: eval "$(portal2fa completion bash)"."""
    from portal2fa.cli import cli

    kind = get_completion_class(shell)
    assert kind is not None
    click.echo(kind(cli, {}, "portal2fa", "_PORTAL2FA_COMPLETE").source())
    return 0
