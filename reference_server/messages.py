"""Every mail of the portal as data: subject, plain text and HTML. Only a mail with a code or a link holds a secret."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from html import escape
from typing import Literal, TypeAlias

from reference_server.accounts import Account
from reference_server.links import Link
from reference_server.seams import seam

Event: TypeAlias = Literal["on", "off", "backup_used", "backup_made", "password_reset", "address_changed"]
SENDER = Address("Harbour Hosting", "no-reply", "harbour.example")

_EVENTS: dict[str, tuple[str, str]] = {
    "on": (
        "Two-factor authentication was turned on",
        "From now on, signing in to your client area asks for a code as well as your password.",
    ),
    "off": (
        "Two-factor authentication was turned off",
        "From now on, your password alone signs you in to your client area.",
    ),
    "backup_used": (
        "A backup code was used",
        "Somebody signed in to your client area with your backup code. That code is used up; a new one was shown "
        "on the page that followed.",
    ),
    "backup_made": (
        "A new backup code was made",
        "A new backup code for your client area was made and shown once. The one before it no longer works.",
    ),
    "password_reset": (
        "Your password was changed",
        "Somebody chose a new password by a link that we had mailed here, and every browser was signed out. Two-factor "
        "authentication was not touched.",
    ),
    "address_changed": (
        "Your email address was changed",
        "From now on our mails, codes to sign in among them, go to another address, and you sign in with that one.",
    ),
}
_LINKS: dict[str, tuple[str, str, str]] = {
    "password": (
        "A new password",
        "Choose a new password here:",
        "Signing in asks for everything that it asked for before.",
    ),
    "address": (
        "Your new email address",
        "Use this address for your client area from now on:",
        "Open it in the browser in which you are signed in. Until then all mail goes to the address that you have now.",
    ),
}
"""Subject, what the link is for, and what to know of it."""
_NOT_YOU = (
    "If this was not you: change your password at once and contact our support team with "
    '"Submit a Support Ticket" at the foot of every page of the portal.'
)


@dataclass(frozen=True, slots=True)
class _Parts:
    subject: str
    paragraphs: tuple[str, ...]
    code: str = ""
    link: str = ""


@seam
def code_mail(account: Account, code: str, at: float, *, setup: bool) -> EmailMessage:
    """Write the mail that carries a one-time code; the subject does not hold it, as phones show it when locked."""
    asked_for = "turn on two-factor authentication" if setup else "sign in"
    paragraphs = (
        f"Hello {account.first_name},",
        f"Your authorization code is {code}",
        "It expires within 10 minutes and works once.",
        f"Requested to {asked_for} for {account.email} on {_moment(at)}.",
        "Never give this code to anybody, not even to us. If you did not ask for it, somebody knows your password: "
        "change it, and contact our support team.",
    )
    return _write(account.email, at, _Parts("Your sign-in code", paragraphs, code))


@seam
def link_mail(link: Link, address: str, at: float) -> EmailMessage:
    """Write the mail with a link that leads to `address`, to whoever it is meant for."""
    subject, purpose, meaning = _LINKS[link.purpose]
    paragraphs = (
        f"Hello {link.account.first_name},",
        purpose,
        address,
        f"The link works once, within 30 minutes. {meaning}",
        f"Requested on {_moment(at)}.",
        "If you did not ask for it, you need not do anything: everything stays as it is.",
    )
    return _write(link.email, at, _Parts(subject, paragraphs, link=address))


@seam
def event_mail(account: Account, event: Event, at: float) -> EmailMessage:
    """Write the notice that something about the second factor changed."""
    subject, meaning = _EVENTS[event]
    paragraphs = (
        f"Hello {account.first_name},",
        f"{subject} for {account.email} on {_moment(at)}.",
        meaning,
        _NOT_YOU,
    )
    return _write(account.email, at, _Parts(subject, paragraphs))


def _write(email: str, at: float, parts: _Parts) -> EmailMessage:
    message = EmailMessage()
    message["From"] = SENDER
    message["To"] = email
    message["Subject"] = parts.subject
    message["Date"] = format_datetime(_datetime(at))
    message["Message-ID"] = make_msgid(domain=SENDER.domain)
    message["Auto-Submitted"] = "auto-generated"
    message.set_content("\n\n".join((*parts.paragraphs, "Harbour Hosting")) + "\n")
    message.add_alternative(_html(parts), subtype="html")
    return message


def _html(parts: _Parts) -> str:
    lines = "\n".join(f"<p>{_emphasised(paragraph, parts)}</p>" for paragraph in parts.paragraphs)
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{escape(parts.subject)}</title></head>'
        '<body style="font:16px/1.5 system-ui,sans-serif;color:#12263a;background:#fff;max-width:34em;margin:2em auto;'
        f'padding:0 1em">\n{lines}\n<p>Harbour Hosting</p>\n</body></html>\n'
    )


def _emphasised(paragraph: str, parts: _Parts) -> str:
    text, code = escape(paragraph), parts.code
    if parts.link and paragraph == parts.link:
        return f'<a href="{text}">{text}</a>'
    return text.replace(code, f'<strong style="font-size:1.3em">{code}</strong>') if code else text


def _datetime(at: float) -> datetime:
    return datetime.fromtimestamp(int(at), UTC)


def _moment(at: float) -> str:
    return _datetime(at).strftime("%d %B %Y at %H:%M UTC")
