"""The mail shows the code as two groups of three digits."""

from __future__ import annotations

from collections.abc import Callable
from email.message import EmailMessage
from typing import Any

from reference_server.accounts import Account
from reference_server.faults.answers import rewritten
from reference_server.faults.deviation import Deviation

VARIATION = Deviation()


@VARIATION.rule("messages.code_mail")
def grouped(right: Callable[..., EmailMessage], account: Account, code: str, at: float, **how: Any) -> EmailMessage:
    """Write the mail with a space in the middle of the code, where a reader pauses."""
    return rewritten(right(account, code, at, **how), lambda text: text.replace(code, f"{code[:3]} {code[3:]}"))
