"""The messages of accepted findings: what differs from run to run does not count, and all else does."""

from __future__ import annotations

import pytest

from portal2fa.baseline import normalised, to_the_minute
from portal2fa.baseline_standing import deviation_message
from portal2fa.outcomes import Deviation


def pinned(message: str) -> str:
    """A message as a failure pins it."""
    return to_the_minute(normalised(message))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("expires 2026-11-24T06:41:07+00:00", "expires 2027-01-02 23:59"),
        ("sent on 24 November 2026 at 6:41 pm", "sent on 3 Jan 2027 at 11:05 am"),
        ("sent on Nov 24, 2026", "sent on January 3, 2027"),
        ("sent on 24.11.2026", "sent on 3.1.2027"),
        ("it at http://127.0.0.1:43817/client", "it at http://127.0.0.1:8000/client"),
        ("it at http://localhost:43817/", "it at http://localhost:8001/"),
        ("the code 123456 is wrong", "the code 98765432 is wrong"),
        ("the code 123 456 is wrong", "the code 987 654 is wrong"),
        ("the code A1B2-C3D4-E5F6 is wrong", "the code ZZ12-9999-AAAA is wrong"),
        ("session 5f2c41d07ab3e856 ended", "session 41be7d90c2f6a538 ended"),
        ("ticket 123e4567-e89b-12d3-a456-426614174000", "ticket 00000000-e89b-12d3-a456-426614174999"),
        ("mailed to ana-17@a.example", "mailed to ben@b.example"),
        ("try again in 37 seconds", "try again in 4 seconds"),
        ("please wait 300 s", "please wait 297 s"),
        ("the key GEZDGNBVGY3TQOJQ is shown", "the key JBSWY3DPEHPK3PXP is shown"),
        ("the code 3f0a-77bc-e1d4 is wrong", "the code 0000-1111-abcd is wrong"),
        ("a code of 1 h 1 s was accepted", "a code of 1 h 9 s was accepted"),
        ("a code of 23 h 59 min 58 s was accepted", "a code of 24 h was accepted"),
        ("a code of 3 s was accepted", "a code of 12 s was accepted"),
        (
            "a code of 4 min 59 s was accepted, one of 5 min 1 s refused",
            "a code of 5 min was accepted, one of 5 min 3 s refused",
        ),
        ("a  code\n was refused", "a code was refused"),
    ],
)
def test_what_differs_from_run_to_run_does_not_count(one: str, other: str) -> None:
    assert pinned(one) == pinned(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("saw 2 mails", "saw 3 mails"),
        ("status 404", "status 500"),
        ("SHA1, 6 digits, 30 seconds", "SHA1, 6 digits, 60 seconds"),
        ("SHA256, 6 digits", "SHA512, 6 digits"),
        ("a secret of 80 bits", "a secret of 128 bits"),
        ("a limit of 10 minutes", "a limit of 60 minutes"),
        ("a code of 4 min 59 s was accepted", "a code of 9 min 59 s was accepted"),
        ("a code of 10 s was accepted", "a code of 50 s was accepted"),
        ("it at /client/invoices", "it at /client/services"),
        ("it was accepted", "it was refused"),
        ("the two-factor page", "the sign-in page"),
        ("it at http://127.0.0.1:1/a", "it at http://127.0.0.1:1/b"),
        ("it at https://portal.example:8443/a", "it at https://portal.example:9443/a"),
        ("accepted at 601 s", "accepted at 60 s"),
        ("a code of 1 h was accepted", "a code of 2 h was accepted"),
        ("took 0.41 s", "took 12.9 s"),
        ("took 41 ms", "took 250 ms"),
        ("a code is valid for 30 seconds", "a code is valid for 60 seconds"),
        ("locked; try again in 60 seconds", "locked; try again in 3600 seconds"),
        ("sessions end after 3600 seconds", "sessions end after 86400 seconds"),
        ("a limit of 1048576 bytes", "a limit of 2097152 bytes"),
        ("error 2041", "error 2042"),
        ("the sha256-based hash", "the sha512-based hash"),
        ("it at /account/security2fa", "it at /account/settings2fa"),
        ("it at /two_factor_step1", "it at /two_factor_step2"),
    ],
)
def test_what_is_another_finding_counts(one: str, other: str) -> None:
    assert pinned(one) != pinned(other)


def test_what_was_normalised_stays_as_it_is() -> None:
    once = pinned("http://127.0.0.1:4381 at 06:41, code 123456 to ana@a.example, wait 12 s, 4 min 40 s, 0.3 s")
    assert pinned(once) == once
    assert "ana" not in once
    assert "<port>" in once


def test_wordings_that_deviate_are_pinned_with_their_lengths_of_time() -> None:
    one, other = (Deviation("resend", "NAV-9", "Send again", f"Send again in {n} s") for n in (30, 40))
    assert deviation_message(one) != deviation_message(other)
    assert deviation_message(one) == 'documented "Send again", seen "Send again in 30 s"'
