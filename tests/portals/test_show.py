"""`make portals`: a person gets an address, accounts and mails, and Ctrl-C leaves nothing behind."""

from __future__ import annotations

import contextlib
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.child import child

SHOW = Path(__file__).parent / "show.py"


@contextlib.contextmanager
def shown(name: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A portal that is shown, and what was said until it could be used; ended whatever happens."""
    pipe = subprocess.PIPE
    with child([sys.executable, str(SHOW), name], stdout=pipe, stderr=pipe) as process:
        assert process.stdout is not None
        said = ""
        while "Ctrl-C" not in said:
            line = process.stdout.readline()
            assert line, said
            said += line
        yield process, said


def address(said: str, name: str) -> str:
    """Where a portal is, as its own line says."""
    found = re.search(rf"^{name}: (http://127\.0\.0\.1:\d+)$", said, re.MULTILINE)
    assert found, said
    return found[1]


def test_a_portal_is_shown_with_its_accounts_until_ctrl_c() -> None:
    with shown("flask_security") as (process, said):
        url = address(said, "flask_security")
        assert httpx.get(f"{url}/login").status_code == 200
        assert said.count("@portal.test  Pw-") == 3
        process.send_signal(signal.SIGINT)
        assert process.stdout is not None
        while (line := process.stdout.readline()) and line.strip() != "The portals are ended.":
            pass
        process.send_signal(signal.SIGTERM)  # by somebody who does not like to wait
        _, errors = process.communicate()
        assert process.returncode == 0
        assert "Traceback" not in errors
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"{url}/login")


def test_the_reference_portal_is_shown_like_the_others() -> None:
    with shown("reference") as (process, said):
        assert httpx.get(address(said, "reference")).status_code == 200
        assert said.count("@customers.example  ") == 3
        process.send_signal(signal.SIGINT)
        assert process.wait() == 0


def test_what_a_portal_logs_does_not_bury_its_address() -> None:
    with shown("rdiffweb") as (process, said):
        url = address(said, "rdiffweb")
        log = re.search(r"^  its log: (\S+)$", said, re.MULTILINE)
        assert log, said
        assert f"Serving on {url}" in Path(log[1]).read_text("utf-8")
        process.send_signal(signal.SIGINT)
        rest, errors = process.communicate()
    assert "Serving on" not in said + rest + errors


def test_an_unknown_name_is_answered_with_those_that_are_known() -> None:
    ended = subprocess.run([sys.executable, str(SHOW), "flask"], capture_output=True, text=True, check=False)
    assert ended.returncode == 1
    assert ended.stderr.startswith("There is no portal called flask. There are: django_two_factor, flask_security, ")
