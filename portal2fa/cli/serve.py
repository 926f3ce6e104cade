"""`portal2fa serve`: the reference portal for a person to look at."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from collections.abc import Iterator

import click


@click.command("serve")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="port on this machine; 0 takes a free one",
)
def command(port: int) -> int:
    """Start the reference portal for a person: prints its address, accounts with how they sign in, and each mail."""
    from portal2fa.errors import EnvironmentProblem
    from portal2fa.profile_files import find_root

    root = find_root()
    process = subprocess.Popen(
        [sys.executable, "-m", "reference_server", "--port", str(port), "--demo-accounts"],
        cwd=root,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(root), os.environ.get("PYTHONPATH", "")])},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert process.stdout is not None
    try:
        first = process.stdout.readline()
        if not first.startswith("{"):
            raise EnvironmentProblem(
                "The reference portal did not start.", cause=first.strip(), hint="choose another --port"
            )
        _introduce(json.loads(first))
        for line in process.stdout:
            click.echo(line, nl=False)
    except KeyboardInterrupt:
        click.echo("\nThe reference portal has ended.")
    finally:
        assert process.stdin is not None
        process.stdin.close()
        process.wait(timeout=10)
    return 0


def _introduce(ready: dict[str, object]) -> None:
    """Say where the portal is and who can sign in."""
    click.echo(f"The reference portal is at {ready['url']} (Ctrl-C ends it). It forgets everything when it ends.")
    accounts = ready["accounts"]
    assert isinstance(accounts, list)
    for account in accounts:
        click.echo(f"  sign in as {account['username']} ({account['name']}) with the password {account['password']}")
        for line in _second_factor(account):
            click.echo(f"    {line}")
    click.echo("Mails that the portal sends appear below.")
    sys.stdout.flush()


def _second_factor(account: dict[str, str]) -> Iterator[str]:
    """What an account asks for after its password, and how a person comes by it; it lives on this machine only."""
    if account["secret"]:
        yield f"then with a code of an authenticator app that was given the key {account['secret']}; without an app:"
        program = f"import pyotp; print(pyotp.TOTP('{account['secret']}').now())"
        yield shlex.join([sys.executable, "-c", program])
    elif account["backup_code"]:
        yield "then with the code from the mail that appears below"
    else:
        yield "no second factor is on: turn one on in the security settings"
    if account["backup_code"]:
        yield f"its backup code is {account['backup_code']}"
