"""The messages of accepted findings: what differs from run to run does not count, and all else does."""

from __future__ import annotations

import pytest

from portal2fa.baseline import normalised


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("expires 2026-11-24T06:41:07+00:00", "expires 2027-01-02 23:59"),
        ("sent on 24 November 2026 at 6:41 pm", "sent on 3 Jan 2027 at 11:05 am"),
        ("sent on Nov 24, 2026", "sent on January 3, 2027"),
        ("sent on 24.11.2026", "sent on 3.1.2027"),
        ("it at http://127.0.0.1:43817/client", "it at http://127.0.0.1:8000/client"),
        ("it at http://localhost:43817/", "it at http://localhost:8001/"),
        ("it at https://portal.example:8443/a", "it at https://portal.example:9443/a"),
        ("the code 123456 is wrong", "the code 98765432 is wrong"),
        ("the code 123 456 is wrong", "the code 987 654 is wrong"),
        ("the code A1B2-C3D4-E5F6 is wrong", "the code ZZ12-9999-AAAA is wrong"),
        ("session 5f2c41d07ab3e856 ended", "session 41be7d90c2f6a538 ended"),
        ("ticket 123e4567-e89b-12d3-a456-426614174000", "ticket 00000000-e89b-12d3-a456-426614174999"),
        ("mailed to ana-17@a.example", "mailed to ben@b.example"),
        ("took 0.41 s", "took 12.9 s"),
        ("took 41 ms", "took 250 ms"),
        ("try again in 37 seconds", "try again in 4 seconds"),
        (
            "a code of 4 min 59 s was accepted, one of 5 min 1 s refused",
            "a code of 5 min was accepted, one of 5 min 3 s refused",
        ),
        ("a  code\n was refused", "a code was refused"),
    ],
)
def test_what_differs_from_run_to_run_does_not_count(one: str, other: str) -> None:
    assert normalised(one) == normalised(other)


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
    ],
)
def test_what_is_another_finding_counts(one: str, other: str) -> None:
    assert normalised(one) != normalised(other)


def test_what_was_normalised_stays_as_it_is() -> None:
    once = normalised("http://127.0.0.1:4381 at 06:41, code 123456 to ana@a.example in 12 s, 4 min 40 s, 0.3 s")
    assert normalised(once) == once
    assert "ana" not in once
    assert "<port>" in once
