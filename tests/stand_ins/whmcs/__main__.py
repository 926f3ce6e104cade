"""Start the stand-in: `python -m tests.stand_ins.whmcs --theme six`; it ends with its standard input."""

from __future__ import annotations

import argparse

from tests.stand_ins.serving import serve
from tests.stand_ins.whmcs.app import THEMES, create_app
from tests.stand_ins.whmcs.customers import invent


def main() -> None:
    """Read the command line and serve."""
    parser = argparse.ArgumentParser(prog="whmcs", description="A stand-in for a WHMCS client area.")
    parser.add_argument("--theme", choices=THEMES, default=THEMES[0])
    parser.add_argument("--accounts", metavar="N", type=int, default=150)
    options = parser.parse_args()
    customers = invent(options.accounts)
    serve(create_app(options.theme, customers), [customer.as_account() for customer in customers])


if __name__ == "__main__":
    main()
