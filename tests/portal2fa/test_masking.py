"""Masking finds a secret however it is written, and does not search a text for a thousand that it cannot hold."""

from __future__ import annotations

from pathlib import Path

import pytest

from portal2fa import evidence
from portal2fa.evidence import Recorder

SECRET = "GEZDGNBVGY3TQOJQ"


@pytest.mark.parametrize(
    ("secret", "text"),
    [
        (SECRET, "gezd gnbv gy3t qojq"),
        (SECRET, "GEZD-GNBV-GY3T-QOJQ"),
        (SECRET, "GEZD\nGNBV\u00a0GY3T\tQOJQ"),
        ("ABCD-EFGH-JKLM", "abcdefghjklm"),
        ("------", "------"),
        ("ΜΥΣΤΙΚΟΣ-ΚΩΔΙΚΟΣ", "ΜΥΣΤΙΚΟΣ-ΚΩΔΙΚΟΣ"),
        ("ΜΥΣΤΙΚΟΣ-ΚΩΔΙΚΟΣ", "μυστικος κωδικος"),
        ("istanbul-istanbul", "İSTANBUL İSTANBUL"),
        ("Straße-Straße", "Straße-Straße"),
        ("p ssw rd with spaces", "p ssw rd with spaces"),
    ],
    ids=[
        "groups",
        "dashes",
        "other spaces",
        "no dashes",
        "dashes alone",
        "Greek",
        "small Greek",
        "Turkish",
        "ß",
        "spaces",
    ],
)
def test_a_secret_is_found_however_it_is_written(tmp_path: Path, secret: str, text: str) -> None:
    recorder = Recorder(tmp_path)
    recorder.secret(secret)
    assert recorder.masked(f"before {text} after") == "before •••• after"


def test_a_secret_is_found_where_two_groups_meet_what_stands_beside(tmp_path: Path) -> None:
    recorder = Recorder(tmp_path)
    recorder.secret(SECRET)
    assert recorder.masked("key:GEZD GNBV GY3T QOJQ-x") == "key:••••-x"


def test_only_what_may_hold_a_secret_is_searched_for_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    searched: list[str] = []
    without = evidence._without

    def listening(value: str, text: str) -> str:
        searched.append(value)
        return without(value, text)

    monkeypatch.setattr(evidence, "_without", listening)
    recorder = Recorder(tmp_path)
    for number in range(1000):
        recorder.secret(f"{number:04}-{SECRET}")
    assert recorder.masked("press the button") == "press the button"
    assert recorder.masked(f"it said 0042 {SECRET.lower()}") == "it said ••••"
    assert searched == [f"0042-{SECRET}"]
