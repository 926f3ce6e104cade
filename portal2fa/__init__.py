"""portal2fa: an executable specification of two-factor sign-in for client portals, and the command that runs it."""

from __future__ import annotations

__version__ = "0.1.0"
