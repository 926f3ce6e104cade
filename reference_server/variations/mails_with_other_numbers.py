"""The mail with the code also holds an address, a year, a customer number and a ticket number."""

from __future__ import annotations

from collections.abc import Callable
from email.message import EmailMessage
from typing import Any

from reference_server.faults.answers import rewritten
from reference_server.faults.deviation import Deviation

VARIATION = Deviation()
_MORE = "Asked for from 203.0.113.77, customer 2041882, ticket 730418, since 2019 with us."


@VARIATION.rule("messages.code_mail")
def with_numbers(right: Callable[..., EmailMessage], *told: Any, **how: Any) -> EmailMessage:
    """Write the mail with a line of numbers below the code."""
    return rewritten(right(*told, **how), lambda text: text.replace("It expires", f"{_MORE} It expires"))
