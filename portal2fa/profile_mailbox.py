"""The `[mailbox]` table of a profile: where mails arrive, and how long they may take."""

from __future__ import annotations

import re
from typing import Literal

from pydantic import Field, StrictBool, field_validator, model_validator

from portal2fa.profile_entry import Entry, expression, names_a_user, web_address, without_user, wrong

NEEDED: dict[str, tuple[str, ...]] = {
    "sink": (),
    "maildir": ("path",),
    "imap": ("host", "username", "password"),
    "http": ("api", "url"),
    "command": ("command",),
    "person": (),
    "none": (),
}
"""The fields that a kind of mailbox cannot do without."""

ALLOWED: dict[str, tuple[str, ...]] = {
    "maildir": ("smtp",),
    "imap": ("port", "folder", "security", "verify", "ca_file", "smtp"),
    "http": ("username", "password", "verify", "ca_file", "smtp"),
    "command": ("smtp",),
    "person": ("smtp",),
}
"""The fields that a kind of mailbox may have besides."""
_SHARED = (
    "kind",
    "seconds",
    "settle",
    "resend_after",
    "code_pattern",
    "sender_pattern",
    "subject_pattern",
    "lifetime_pattern",
    "link_pattern",
)
_AT_ONCE = ("sink", "person", "none")
"""The kinds in which a mail that was sent is seen at once, or never."""


class Mailbox(Entry):
    """Where mails arrive: the run's own SMTP sink, a box of the tester's, a person who reads it, or nowhere."""

    kind: Literal["sink", "maildir", "imap", "http", "command", "person", "none"] = "none"
    """`sink`: an SMTP server on loopback, for a portal that `[start]` starts and that sends to `{smtp}`; `maildir`: a
    Maildir on this machine; `imap`: a mailbox on a mail server; `http`: a catcher of mails such as Mailpit;
    `command`: a program of yours; `person`: somebody who is asked for the code; `none`: scenarios with
    `@needs.mailbox` stay untested.
    """
    path: str = ""
    """The folder of a `maildir`, the one that holds `new` and `cur`; mails that lie there before the run are not
    looked at.
    """
    host: str = ""
    """The mail server of `imap`."""
    port: int = Field(default=993, ge=1, le=65535)
    """Its port."""
    username: str = ""
    """The user of `imap` or `http`."""
    password: str = Field(default="", repr=False)
    """The password that goes with it, as `$NAME`."""
    folder: str = "INBOX"
    """The folder of `imap`."""
    security: Literal["tls", "starttls", "none"] = "tls"
    """How `imap` is encrypted: `tls`, `starttls` or `none`."""
    verify: StrictBool = True
    """Whether the certificate of `imap` or `http` is checked."""
    ca_file: str = ""
    """The certificates by which it is checked, where those of the machine do not do."""
    api: Literal["", "mailpit", "mailhog", "maildev"] = ""
    """Which catcher `http` talks to: `mailpit`, `mailhog` or `maildev`."""
    url: str = ""
    """The address of that catcher."""
    command: tuple[str, ...] = ()
    """The program of `command` with its arguments; `{address}` is the address whose mails are wanted, `{python}` the
    running Python, `{here}` the profile's folder.
    """
    smtp: str = ""
    """Where a portal that `[start]` starts sends its mail so that it arrives in this mailbox, as host:port; `{smtp}`
    stands for it.
    """
    seconds: int = Field(default=60, ge=1, le=900)
    """How long a mail may take, 1 to 900."""
    settle: float = Field(default=2.0, ge=0, le=120)
    """Seconds for which mails that should not come are looked out for, a second one for example; where nothing is said,
    0 for a `sink`.
    """
    resend_after: int = Field(default=0, ge=0, le=900)
    """Seconds for which the portal sends no further code after one; waited out before the next is asked for, by the
    portal's clock where it can be moved.
    """
    sender_pattern: str = ""
    """Regular expression that is found in the From header of mails with a code; letter case does not count."""
    subject_pattern: str = ""
    """Regular expression that is found in the subject of mails with a code; letter case does not count."""
    code_pattern: str = r"(?<![\w.@-])(\d{6})(?![\w@-]|\.\w)"
    """Regular expression with one group; every match in a part counts as a candidate."""
    lifetime_pattern: str = ""
    """Regular expression with one group, the minutes for which a code is said to live, in a mail or on the page; where
    nothing is said, they are read from English, as "10 minutes" or "one hour".
    """

    link_pattern: str = ""
    """Regular expression that is found in the link by which a mail leads on, to a new password for example, where it
    holds several that lead to the portal.
    """

    @field_validator("code_pattern")
    @classmethod
    def _compiles(cls, value: str) -> str:
        if expression(value).groups != 1:
            raise wrong(
                "the expression needs exactly one group: the code itself", "put the code in brackets, like (\\d{6})"
            )
        return value

    @field_validator("lifetime_pattern")
    @classmethod
    def _has_minutes(cls, value: str) -> str:
        if value and expression(value).groups != 1:
            raise wrong(
                "the expression needs exactly one group: the minutes", "put them in brackets, like (\\d+) minutes"
            )
        return value

    @field_validator("sender_pattern", "subject_pattern", "link_pattern")
    @classmethod
    def _is_expression(cls, value: str) -> str:
        return expression(value).pattern

    @field_validator("smtp")
    @classmethod
    def _is_host_and_port(cls, value: str) -> str:
        if value and not re.fullmatch(r"[^\s:/@]+:[1-9]\d{0,4}", value):
            raise wrong("names no mail server", 'write host:port, like "127.0.0.1:1025"')
        return value

    _is_host = field_validator("host")(without_user)

    @field_validator("url")
    @classmethod
    def _is_url(cls, value: str) -> str:
        if names_a_user(value):
            raise wrong("no password belongs in an address", "use 'username' and 'password'")
        return web_address(value)

    @model_validator(mode="after")
    def _nothing_missing(self) -> Mailbox:
        missing = [name for name in NEEDED[self.kind] if not getattr(self, name)]
        if missing:
            raise wrong(f'{_quoted(missing)} goes with kind = "{self.kind}" and is missing', "add it to [mailbox]")
        return self

    @model_validator(mode="after")
    def _nothing_superfluous(self) -> Mailbox:
        fitting = {*_SHARED, *NEEDED[self.kind], *ALLOWED.get(self.kind, ())}
        for name in sorted(self.model_fields_set - fitting):
            kinds = [kind for kind in NEEDED if name in (*NEEDED[kind], *ALLOWED.get(kind, ()))]
            raise wrong(f'goes with kind = {_choice(kinds)}, not with "{self.kind}"', "remove it", at=name)
        return self

    @model_validator(mode="after")
    def _security_fits(self) -> Mailbox:
        if self.kind == "imap" and self.security != "tls" and "port" not in self.model_fields_set:
            raise wrong(f"'port' is missing with security = \"{self.security}\"", "add it; it is mostly 143")
        if self.ca_file and (self.security == "none" or not self.verify):
            raise wrong(
                "is of no use where no certificate is checked", "remove it, or check certificates", at="ca_file"
            )
        return self

    @model_validator(mode="after")
    def _names_both(self) -> Mailbox:
        if self.kind == "http" and bool(self.username) != bool(self.password):
            raise wrong("'username' and 'password' go together", "add the other one")
        return self

    @property
    def settles(self) -> float:
        """Seconds for which mails that should not come are looked out for, said or not."""
        at_once = self.comes_at_once and "settle" not in self.model_fields_set
        return 0.0 if at_once else self.settle

    @property
    def comes_at_once(self) -> bool:
        """Whether a mail is there as soon as the portal has sent it."""
        return self.kind in _AT_ONCE

    def is_code_mail(self, sender: str, subject: str) -> bool:
        """Whether mails with a code have this sender and this subject, as far as the profile says so."""
        told = ((self.sender_pattern, sender), (self.subject_pattern, subject))
        return all(re.search(pattern, text, re.IGNORECASE) for pattern, text in told)


def mailbox_complaints(mailbox: Mailbox, command: tuple[str, ...]) -> list[tuple[str, str, str]]:
    """What is wrong with `mailbox` beside the `command` of `[start]`: key path, what is wrong, and the remedy.

    The run's own mail server is read by the kind `sink` only: what a portal sends to it is lost for all others.
    """
    sends = any("{smtp}" in part for part in command)
    if mailbox.smtp and not sends:
        return [("mailbox.smtp", "is of no use: {smtp} does not stand in start.command", "remove it, or use {smtp}")]
    if not sends or mailbox.smtp or mailbox.kind in ("sink", "none"):
        return []
    what = f'is missing: with kind = "{mailbox.kind}" nobody reads what the portal sends to the run\'s own mail server'
    remedy = 'say where mail for this mailbox is taken, like smtp = "127.0.0.1:1025"'
    return [("mailbox.smtp", what, remedy)]


def _quoted(names: list[str]) -> str:
    return ", ".join(f"'{name}'" for name in names)


def _choice(kinds: list[str]) -> str:
    return " or ".join(f'"{kind}"' for kind in kinds)
