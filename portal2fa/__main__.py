"""`python -m portal2fa` is the command `portal2fa`."""

from __future__ import annotations

from portal2fa.cli import main

main()
