"""Faults of mails with codes: whether and to whom they are sent, and what is written in them."""

from __future__ import annotations

import itertools
from email.message import EmailMessage
from html import escape
from typing import Any

from reference_server import email_codes
from reference_server.accounts import Account
from reference_server.email_codes import Purpose
from reference_server.faults.answers import rewritten
from reference_server.faults.deviation import edit, rule
from reference_server.portal import Portal

Key = tuple[bytes, int, str]
"""A session and a purpose of one portal: its key, the session's number, the purpose."""

_asked: set[Key] = set()


def _only_when_asked_again(fault: str, late: Purpose) -> None:
    """Send the first code of a session only when it is asked for again."""

    @rule(fault, "portal.Portal.send_code")
    async def second_press(
        right: Any, portal: Portal, account: Account, session_id: int, purpose: Purpose, at: float
    ) -> str:
        key = (portal.vault.key, session_id, purpose)
        if purpose != late or key in _asked:
            return str(await right(portal, account, session_id, purpose, at))
        _asked.add(key)
        return ""


_only_when_asked_again("set-up-mail-only-when-asked-again", "setup")
_only_when_asked_again("sign-in-mail-only-when-asked-again", "sign-in")


@rule("resend-sends-nothing", "portal.Portal.send_code")
async def only_the_first(
    right: Any, portal: Portal, account: Account, session_id: int, purpose: Purpose, at: float
) -> str:
    """Say that a new code was sent, and send none."""
    key = (portal.vault.key, session_id, purpose)
    if key in _asked:
        return ""
    _asked.add(key)
    return str(await right(portal, account, session_id, purpose, at))


@rule("code-mailed-twice", "portal.Portal._deliver")
async def two_mails(right: Any, portal: Portal, account: Account, message: EmailMessage) -> None:
    """Hand every mail with a code over twice."""
    await right(portal, account, message)
    if message["Subject"] == "Your sign-in code":
        await right(portal, account, message)


@rule("code-copied-to-the-accountant", "messages.code_mail")
def copied(right: Any, account: Account, code: str, at: float, *, setup: bool) -> EmailMessage:
    """Send a copy to the contact for invoices."""
    message: EmailMessage = right(account, code, at, setup=setup)
    message["Cc"] = f"invoices-{account.username}"
    return message


@rule("parts-of-the-mail-differ", "messages.code_mail")
def differing(right: Any, account: Account, code: str, at: float, *, setup: bool) -> EmailMessage:
    """Fill the formatted part with a code of its own."""
    message: EmailMessage = right(account, code, at, setup=setup)
    other = email_codes.new_code(len(code))
    return rewritten(message, lambda text: text.replace(code, other), subtype="html")


_references = itertools.count(100_000)


@rule("two-numbers-in-the-mail", "messages.code_mail")
def with_reference(right: Any, account: Account, code: str, at: float, *, setup: bool) -> EmailMessage:
    """Put a number of the same length before the code."""
    message: EmailMessage = right(account, code, at, setup=setup)
    number = next(_references)
    return rewritten(message, lambda text: text.replace("Your authorization", f"Case {number}: Your authorization"))


@rule("mail-names-another-limit", "messages.code_mail")
def half_an_hour(right: Any, account: Account, code: str, at: float, *, setup: bool) -> EmailMessage:
    """Say half an hour."""
    message: EmailMessage = right(account, code, at, setup=setup)
    return rewritten(message, lambda text: text.replace("10 minutes", "30 minutes"))


@rule("limit-not-told", "messages.code_mail")
def no_limit(right: Any, account: Account, code: str, at: float, *, setup: bool) -> EmailMessage:
    """Say nothing of a limit."""
    message: EmailMessage = right(account, code, at, setup=setup)
    return rewritten(
        message, lambda text: text.replace("It expires within 10 minutes and works once.", "It works once.")
    )


for _template in ("email.html", "challenge.html"):
    edit("limit-not-told", _template, " It expires within 10 minutes.", "")
    edit("mail-names-another-limit", _template, "10 minutes", "30 minutes")


@rule("code-in-a-link-of-the-mail", "messages.code_mail")
def linked(right: Any, account: Account, code: str, at: float, *, setup: bool) -> EmailMessage:
    """Offer a link that holds the code."""
    message: EmailMessage = right(account, code, at, setup=setup)
    link = f"https://harbour.example/sign-in/challenge?code={code} opens your client area. Never give"
    return rewritten(message, lambda text: text.replace("Never give", link))


@rule("name-is-markup-in-the-mail", "messages.code_mail")
def unescaped(right: Any, account: Account, code: str, at: float, *, setup: bool) -> EmailMessage:
    """Write the customer's name into the formatted part as it is."""
    message: EmailMessage = right(account, code, at, setup=setup)
    name = account.first_name
    return rewritten(message, lambda text: text.replace(escape(name), name), subtype="html")
