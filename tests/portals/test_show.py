"""`make portals`: a person gets an address, accounts and mails, and Ctrl-C leaves nothing behind."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from tests.child import child

SHOW = Path(__file__).parent / "show.py"


def test_a_portal_is_shown_with_its_accounts_until_ctrl_c() -> None:
    command = [sys.executable, str(SHOW), "flask_security"]
    with child(command, stdout=subprocess.PIPE) as shown:
        assert shown.stdout is not None
        said = ""
        while "Ctrl-C" not in said:
            line = shown.stdout.readline()
            assert line, said
            said += line
        found = re.search(r"^flask_security: (http://127\.0\.0\.1:\d+)$", said, re.MULTILINE)
        assert found, said
        assert httpx.get(f"{found[1]}/login").status_code == 200
        assert said.count("@portal.test  Pw-") == 3
        shown.send_signal(signal.SIGINT)
        assert shown.wait() == 0
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"{found[1]}/login")


def test_an_unknown_name_is_answered_with_those_that_are_known() -> None:
    ended = subprocess.run([sys.executable, str(SHOW), "flask"], capture_output=True, text=True, check=False)
    assert ended.returncode == 1
    assert ended.stderr.startswith("There is no portal called flask. There are: django_two_factor, flask_security, ")
