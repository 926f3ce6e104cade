"""Start the reference portal as the others under test are started: with a few accounts, and its mails sent to `--smtp`.

It needs the project's own environment, and none of its own.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]


def main() -> None:
    """Become the portal; its demo accounts are as many as a person needs, whatever is asked for."""
    parser = argparse.ArgumentParser(description="The reference portal as a test portal.")
    parser.add_argument("--smtp", required=True, metavar="HOST:PORT", help="where mails go")
    parser.add_argument("--accounts", metavar="NUMBER", help="taken as the other portals take it, and not needed")
    smtp = parser.parse_args().smtp
    os.chdir(ROOT)
    command = ["-m", "reference_server", "--port", "0", "--demo-accounts", "--smtp", smtp]
    os.execv(sys.executable, [sys.executable, *command])


if __name__ == "__main__":
    main()
