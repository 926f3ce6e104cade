"""Start the portal: `python -m reference_server --help`."""

from __future__ import annotations

import argparse
import ipaddress
import sys
from pathlib import Path

from reference_server.serving import CannotStart, Options, serve


def main(argv: list[str]) -> int:
    """Serve until told to stop; returns 0, or 2 with one line on standard error when it cannot start."""
    try:
        serve(_options(_parser().parse_args(argv)))
    except CannotStart as error:
        print(f"reference_server: {error}", file=sys.stderr)
        return 2
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m reference_server",
        description="Serve the reference portal. One JSON line on standard output says when and where it is ready.",
    )
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default %(default)s)")
    parser.add_argument("--port", type=int, default=0, help="port; 0, the default, takes a free one")
    parser.add_argument("--database", type=Path, help="SQLite file to keep (default: a scratch file)")
    parser.add_argument("--smtp", metavar="HOST:PORT", help="mail server; by default mails go to standard error")
    parser.add_argument("--test-control", action="store_true", help="serve /_test behind a random token")
    parser.add_argument("--faults", action="store_true", help="serve every known fault at http://FAULT.localhost:PORT")
    parser.add_argument("--variations", action="store_true", help="serve every variation at http://ID.localhost:PORT")
    parser.add_argument("--cheap-passwords", action="store_true", help="hash passwords with almost no work")
    parser.add_argument("--demo-accounts", action="store_true", help="make three accounts and print how to sign in")
    parser.add_argument("--stay", action="store_true", help="do not end when standard input does")
    parser.add_argument("--allow-remote", action="store_true", help="allow a host other than this machine")
    return parser


def _options(given: argparse.Namespace) -> Options:
    if not given.allow_remote and not _is_loopback(given.host):
        raise CannotStart(f"{given.host} is not this machine; this is a test portal (--allow-remote to insist)")
    if given.port not in range(65_536):
        raise CannotStart(f"{given.port} is not a port")
    for asked in (name for name in ("faults", "variations") if getattr(given, name) and not given.test_control):
        raise CannotStart(f"--{asked} needs --test-control: such portals are for tests only")
    return Options(
        host=given.host,
        port=given.port,
        database=given.database,
        smtp=_address(given.smtp) if given.smtp else None,
        test_control=given.test_control,
        cheap_passwords=given.cheap_passwords,
        demo_accounts=given.demo_accounts,
        stay=given.stay,
        faults=given.faults,
        variations=given.variations,
    )


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _address(text: str) -> tuple[str, int]:
    host, _, port = text.rpartition(":")
    if not host or not port.isdigit():
        raise CannotStart(f"--smtp {text} is not HOST:PORT")
    return host.strip("[]"), int(port)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
