"""Mails have no part of plain text."""

from __future__ import annotations

from collections.abc import Callable
from email.message import EmailMessage
from typing import Any

from reference_server.faults.deviation import Deviation

VARIATION = Deviation()


@VARIATION.rule("messages.code_mail", "messages.event_mail", "messages.link_mail")
def html_only(right: Callable[..., EmailMessage], *told: Any, **how: Any) -> EmailMessage:
    """Write the mail with its HTML as all there is."""
    whole = right(*told, **how)
    page = whole.get_body(("html",))
    assert page is not None
    alone = EmailMessage()
    for name in ("From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted"):
        alone[name] = whole[name]
    alone.set_content(page.get_content(), subtype="html")
    return alone
