"""The `[mailbox]` table: what goes with which kind, where a started portal sends, and which mails hold codes."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from portal2fa.profile_mailbox import ALLOWED, NEEDED, Mailbox, mailbox_complaints

IMAP = {"kind": "imap", "host": "mail.example", "username": "qa", "password": "s3cret pass"}
HTTP = {"kind": "http", "api": "mailpit", "url": "http://127.0.0.1:8025"}


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ({"kind": "imap", "host": "mail.example"}, r"'username', 'password' goes with kind = \"imap\" and is missing"),
        ({"kind": "sink", "path": "mail"}, r"goes with kind = \"maildir\", not with \"sink\""),
        ({"kind": "sink", "smtp": "127.0.0.1:25"}, 'goes with kind = .*, not with "sink"'),
        ({**IMAP, "security": "starttls"}, "'port' is missing"),
        ({**IMAP, "verify": False, "ca_file": "ca.pem"}, "is of no use where no certificate"),
        ({**HTTP, "username": "qa"}, "'username' and 'password' go together"),
        ({**HTTP, "url": "127.0.0.1:8025"}, "is no address of a host"),
        ({**HTTP, "url": "http://qa:s3cret@127.0.0.1"}, "no password belongs in an address"),
        ({**HTTP, "smtp": "127.0.0.1"}, "names no mail server"),
        ({**HTTP, "smtp": "smtp://127.0.0.1:25"}, "names no mail server"),
        ({**HTTP, "settle": -1}, "greater than or equal to 0"),
        ({"sender_pattern": "("}, "not a regular expression"),
        ({"subject_pattern": "["}, "not a regular expression"),
        ({"code_pattern": r"\d{6}"}, "exactly one group"),
    ],
)
def test_what_does_not_fit_together_is_refused(table: dict[str, Any], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        Mailbox.model_validate(table)


def test_a_password_is_not_shown_by_accident() -> None:
    assert "s3cret" not in repr(Mailbox.model_validate(IMAP))


@pytest.mark.parametrize(
    ("table", "seconds"),
    [
        ({"kind": "sink"}, 0),
        ({"kind": "sink", "settle": 3}, 3),
        ({"kind": "person"}, 0),
        ({"kind": "none"}, 0),
        (HTTP, 2),
        ({**IMAP, "settle": 0}, 0),
        ({"kind": "maildir", "path": "mail", "settle": 7.5}, 7.5),
    ],
)
def test_late_mails_are_looked_out_for_where_mails_take_time(table: dict[str, Any], seconds: float) -> None:
    assert Mailbox.model_validate(table).settles == seconds


@pytest.mark.parametrize(
    ("patterns", "meant"),
    [
        ({}, True),
        ({"sender_pattern": "^portal@"}, True),
        ({"sender_pattern": "PORTAL@"}, True),
        ({"subject_pattern": "your code$"}, True),
        ({"sender_pattern": "shop@"}, False),
        ({"subject_pattern": "invoice"}, False),
        ({"sender_pattern": "portal", "subject_pattern": "invoice"}, False),
    ],
)
def test_mails_with_codes_are_told_by_sender_and_subject(patterns: dict[str, str], meant: bool) -> None:
    assert Mailbox.model_validate(patterns).is_code_mail("portal@p.example", "Here is your code") is meant


# --- where a portal that the run starts sends its mail


@pytest.mark.parametrize("kind", [kind for kind in NEEDED if "smtp" in ALLOWED.get(kind, ())])
def test_a_portal_must_not_send_to_where_this_mailbox_never_looks(kind: str) -> None:
    needed = {name: "http://h" if name == "url" else "mailpit" if name == "api" else "x" for name in NEEDED[kind]}
    mailbox = Mailbox.model_validate({"kind": kind, **needed, **({"command": ["x"]} if kind == "command" else {})})
    [(key, what, remedy)] = mailbox_complaints(mailbox, ("serve", "--smtp={smtp}"))
    assert key == "mailbox.smtp"
    assert f'kind = "{kind}"' in what
    assert "127.0.0.1:1025" in remedy
    assert mailbox_complaints(mailbox, ("serve", "--smtp=127.0.0.1:1025")) == []
    told = mailbox.model_copy(update={"smtp": "127.0.0.1:1025"})
    assert mailbox_complaints(told, ("serve", "--smtp={smtp}")) == []


@pytest.mark.parametrize("kind", ["sink", "none"])
def test_the_runs_own_mail_server_may_be_read_or_left_alone(kind: str) -> None:
    assert mailbox_complaints(Mailbox.model_validate({"kind": kind}), ("serve", "{smtp}")) == []


@pytest.mark.parametrize("command", [(), ("serve",)])
def test_an_address_that_nobody_is_told_is_of_no_use(command: tuple[str, ...]) -> None:
    mailbox = Mailbox.model_validate({**HTTP, "smtp": "127.0.0.1:1025"})
    assert [key for key, _, _ in mailbox_complaints(mailbox, command)] == ["mailbox.smtp"]
