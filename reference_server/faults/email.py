"""Faults of mailed codes: how they are sent, how long they live, and what they are bound to."""

from __future__ import annotations

from reference_server.faults.deviation import numbers

numbers("mailed-code-dies-early", email_code_life=300)
numbers("mailed-code-lives-long", email_code_life=3600)
