"""`portal2fa faults`: what is listed and shown, and that a wrong choice starts nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from portal2fa.clauses import read_scenarios
from portal2fa.cli import _status
from portal2fa.cli import faults as command
from portal2fa.faults import Fault
from portal2fa.outcomes import ExitCode
from portal2fa.profile_files import find_root

ROWS = read_scenarios(find_root() / "features")
FAULTS = (
    Fault("code-twice", "totp", "An app code is accepted twice", ("TOTP-5",), "", ("f: s",), (ROWS[0].id,)),
    Fault("clear-text", "web", "Secrets are stored in clear text", ("ASVS 6.3.6",), "", not_observable="it is inside"),
    Fault("long-words", "web", "A refusal is long", (), "", against_nothing="it is still read"),
)


@pytest.fixture(autouse=True)
def catalogue(monkeypatch: pytest.MonkeyPatch) -> None:
    """The catalogue of these tests."""
    monkeypatch.setattr(command, "_catalogue", lambda: (ROWS, FAULTS))


def test_all_faults_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert _status(["faults", "list"]) == ExitCode.CONFORMANT
    text = capsys.readouterr().out
    assert "code-twice" in text
    assert "  long-words  against nothing  A refusal is long" in text
    assert "3 faults: 1 to be caught, 0 not yet, 1 not observable, 1 against nothing." in text
    assert _status(["faults", "list", "--json"]) == ExitCode.CONFORMANT
    assert [fault["id"] for fault in json.loads(capsys.readouterr().out)] == ["code-twice", "clear-text", "long-words"]


def test_one_fault_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert _status(["faults", "show", "clear-text"]) == ExitCode.CONFORMANT
    assert "not observable: it is inside" in capsys.readouterr().out
    assert _status(["faults", "show", "long-words"]) == ExitCode.CONFORMANT
    text = capsys.readouterr().out
    assert "goes against nothing: it is still read" in text
    assert "violates" not in text
    assert "by hand" not in text, "it is not served"


@pytest.mark.parametrize(
    "arguments", [["show", "code-thrice"], ["run", "code-thrice"], ["run", "--family", "mail"], ["run", "--lanes", "0"]]
)
def test_what_does_not_exist_is_refused_before_anything_starts(arguments: list[str], tmp_path: Path) -> None:
    out = ["--out", str(tmp_path / "out")] if arguments[0] == "run" else []
    assert _status(["faults", *arguments, *out]) == ExitCode.USAGE
    assert list(tmp_path.iterdir()) == []
