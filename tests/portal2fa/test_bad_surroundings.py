"""Surroundings in which no portal can be judged: one message with cause and hint, the right status, no traceback."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from fixtures import target
from portal2fa.errors import EnvironmentProblem
from tests.certificates import self_signed
from tests.portal2fa.conftest import ROOT
from tests.reference_portal import server
from tests.steps.conftest import MiniPortal, Page

LOCKED = "The email address or password is not right."
SIGN_IN = (
    "<h1>Sign in</h1>{more}<form method=post action=/password><label>Email address<input name=username></label>"
    "<label>Password<input name=password></label><button>Sign in</button></form>"
)


@dataclass(frozen=True)
class Done:
    """A run that has ended."""

    status: int
    out: str
    err: str
    folder: Path

    @property
    def result(self) -> dict[str, Any]:
        """What result.json holds of it."""
        result: dict[str, Any] = json.loads((self.folder / "report" / "result.json").read_text("utf-8"))["result"]
        return result

    @property
    def is_one_message(self) -> bool:
        """Whether it said one thing, with cause and hint, and wrote nothing."""
        told = self.err.startswith("portal2fa: ") and self.err.count("portal2fa: ") == 1 and self.out == ""
        said = "\n  cause: " in self.err and "\n  hint:  " in self.err and "Traceback" not in self.err
        return told and said and not (self.folder / "report").exists()


def process(folder: Path, url: str, *arguments: str, more: str = "", **environment: str) -> subprocess.Popen[str]:
    """A run on the portal at `url` with one account; `more` is said in its profile."""
    (folder / "own.toml").write_text(
        f'extends = "documented"\nname = "own"\nurl = "{url}"\n{more}\n[timing]\nanswer = 2\n'
        '[accounts]\nkind = "pool"\n'
        'pool = [{ username = "$OWN_NAME", password = "$OWN_PASSWORD", name = "Ana Example" }]\n'
    )
    account = {"OWN_NAME": "ana@a.example", "OWN_PASSWORD": "password-of-ana"}
    return subprocess.Popen(
        [sys.executable, "-m", "portal2fa", "run", "--target", "own.toml", "--out", "report", *arguments],
        cwd=folder,
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "PORTAL2FA_STATE": str(folder / "state"),
            "CI": "true",
            **account,
            **environment,
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def run(folder: Path, url: str, *arguments: str, more: str = "", **environment: str) -> Done:
    """The same to its end."""
    running = process(folder, url, *arguments, more=more, **environment)
    out, err = running.communicate()
    return Done(running.returncode, out, err, folder)


@pytest.fixture
def serve() -> Iterator[Callable[[dict[str, Page]], MiniPortal]]:
    """Starts servers on this machine."""
    servers: list[MiniPortal] = []

    def begin(pages: dict[str, Page]) -> MiniPortal:
        servers.append(MiniPortal(pages))
        return servers[-1]

    yield begin
    for portal in servers:
        portal.close()


@pytest.fixture
def distrusted(tmp_path: Path, serve: Callable[[dict[str, Page]], MiniPortal]) -> str:
    """The address of a portal with a certificate that nobody vouches for."""
    portal = serve({"/sign-in": SIGN_IN.format(more=""), "/password": SIGN_IN.format(more=f"<p>{LOCKED}</p>")})
    portal.wrap(self_signed(tmp_path))
    return portal.url.replace("http:", "https:")


def test_a_certificate_that_nobody_vouches_for_is_told_once(tmp_path: Path, distrusted: str) -> None:
    done = run(tmp_path, distrusted)
    assert done.status == 3
    assert done.is_one_message, done.err
    assert "does not trust the certificate" in done.err
    assert "ERR_CERT_AUTHORITY_INVALID" in done.err


def test_a_portal_that_speaks_plain_http_is_told_with_its_address(
    tmp_path: Path, serve: Callable[[dict[str, Page]], MiniPortal]
) -> None:
    portal = serve({"/sign-in": SIGN_IN.format(more="")})
    done = run(tmp_path, portal.url.replace("http:", "https:"))
    assert done.status == 3
    assert done.is_one_message, done.err
    assert f"port {portal.url.rpartition(':')[2]} speaks http (" in done.err
    assert f"write {portal.url}" in done.err


def test_a_portal_that_speaks_https_is_told_with_its_address(tmp_path: Path, distrusted: str) -> None:
    done = run(tmp_path, distrusted.replace("https:", "http:"))
    assert done.status == 3
    assert done.is_one_message, done.err
    assert " speaks https (" in done.err
    assert f"write {distrusted}" in done.err


def test_a_portal_that_answers_http_on_its_https_port_with_a_refusal_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Web servers do so that look at the first bytes before they begin a handshake."""
    answers = {"http://portal.example:8443": 400, "https://portal.example:8443": 200}
    monkeypatch.setattr(target, "_status", lambda url, seconds: answers[url])
    with pytest.raises(EnvironmentProblem, match="does not take requests") as told:
        target.answering("http://portal.example:8443", 1)
    assert "port 8443 speaks https (" in told.value.cause
    assert told.value.hint == "write https://portal.example:8443"


def test_the_other_scheme_is_not_tried_at_another_port(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a port in the address it would be at one that is none of the portal's origins."""
    asked = []

    def refuse(url: str, seconds: float) -> int:
        asked.append(url)
        raise httpx.ConnectError("Connection refused")

    monkeypatch.setattr(target, "_status", refuse)
    with pytest.raises(EnvironmentProblem, match="does not answer") as told:
        target.answering("https://portal.example", 1)
    assert asked == ["https://portal.example"]
    assert "whether it begins with http or https" in told.value.hint


def test_a_certificate_that_the_profile_leaves_unchecked_is_taken_and_reported(tmp_path: Path, distrusted: str) -> None:
    done = run(tmp_path, distrusted, "--clause", "NAV-2", more="certificate = 'unchecked'")
    assert done.status == 3
    assert any("certificate of the portal was not checked" in note for note in done.result["target"]["notes"])
    assert LOCKED in done.result["scenarios"][0]["reason"], "the sign-in was reached"


@pytest.mark.parametrize("status", [502, 503, 504])
def test_a_portal_under_maintenance_is_told_once(
    tmp_path: Path, serve: Callable[[dict[str, Page]], MiniPortal], status: int
) -> None:
    portal = serve({"/": "<p>Welcome</p>", "/sign-in": (status, "<h1>Back soon</h1>")})
    done = run(tmp_path, portal.url)
    assert done.status == 3
    assert done.is_one_message, done.err
    assert f"answers with status {status} at {portal.url}/sign-in" in done.err


def test_an_address_that_leads_to_another_host_is_told_once(
    tmp_path: Path, serve: Callable[[dict[str, Page]], MiniPortal]
) -> None:
    other = serve({"/": "<p>elsewhere</p>"})
    portal = serve({"/": "<p>Welcome</p>", "/sign-in": (302, f"{other.url}/")})
    done = run(tmp_path, portal.url)
    assert done.status == 3
    assert done.is_one_message, done.err
    assert f"leads to {other.url.removeprefix('http://')}" in done.err
    assert "'origins'" in done.err
    assert other.asked == []


def test_what_a_page_asks_of_another_host_is_blocked_and_in_the_report(
    tmp_path: Path, serve: Callable[[dict[str, Page]], MiniPortal]
) -> None:
    other = serve({})
    page = SIGN_IN.format(more=f"<img src={other.url}/pixel.png>")
    portal = serve({"/": "", "/sign-in": page, "/password": f"<p>{LOCKED}</p>{page}"})
    done = run(tmp_path, portal.url, "--clause", "NAV-2")
    name = other.url.removeprefix("http://")
    assert any(f"asked for {name}, which was blocked" in note for note in done.result["target"]["notes"])
    assert name in done.result["scenarios"][0]["reason"]
    assert f"asked for {name}, which was blocked" in (tmp_path / "report" / "index.html").read_text("utf-8")
    assert other.asked == []
    done = run(tmp_path, portal.url, "--clause", "NAV-2", more=f'origins = ["{name}"]')
    assert not [note for note in done.result["target"]["notes"] if "blocked" in note]
    assert "/pixel.png" in other.asked


def test_an_account_that_is_locked_is_no_verdict_on_the_portal(
    tmp_path: Path, serve: Callable[[dict[str, Page]], MiniPortal]
) -> None:
    refused = SIGN_IN.format(more=f"<p>{LOCKED}</p>")
    portal = serve({"/": "", "/sign-in": SIGN_IN.format(more=""), "/password": refused})
    done = run(tmp_path, portal.url, "--clause", "NAV-2", "--clause", "TOTP-5")
    assert done.status == 3
    assert {scenario["outcome"] for scenario in done.result["scenarios"]} == {"cantTell"}
    assert f'said: "{LOCKED}"' in done.result["scenarios"][0]["reason"]
    assert "may also be locked" in done.result["scenarios"][0]["reason"]
    assert all("never saw" not in scenario["reason"] for scenario in done.result["scenarios"])
    assert len(portal.forms) == 1, "the account is not asked for again"
    assert done.result["not_restored"] == []
    assert "Traceback" not in done.err


def test_a_portal_that_goes_away_in_the_middle_is_no_verdict_on_it(tmp_path: Path) -> None:
    with server("--demo-accounts") as (portal, ready):
        account = ready["accounts"][0]
        running = process(
            tmp_path,
            ready["url"],
            *("--clause", "NAV-2", "--clause", "TOTP-1", "--evidence", "none"),
            OWN_NAME=account["username"],
            OWN_PASSWORD=account["password"],
        )
        assert running.stderr is not None
        first = running.stderr.readline()
        portal.kill()
    out, err = running.communicate()
    done = Done(running.returncode, out, first + err, tmp_path)
    assert "Traceback" not in done.err
    outcomes = [scenario["outcome"] for scenario in done.result["scenarios"]]
    assert outcomes[0] == "passed"
    assert outcomes[-1] == "cantTell"
    assert "failed" not in outcomes
    assert "ERR_CONNECTION_REFUSED" in done.result["scenarios"][-1]["reason"]
    assert done.status == (4 if done.result["not_restored"] else 3)


def test_a_second_interrupt_stops_at_once_and_says_how_to_put_an_account_back(
    tmp_path: Path, serve: Callable[[dict[str, Page]], MiniPortal]
) -> None:
    ended = threading.Event()

    def hang(form: dict[str, str]) -> str:
        running.send_signal(signal.SIGINT)
        ended.wait(60)
        return ""

    portal = serve({"/": "", "/sign-in": SIGN_IN.format(more=""), "/password": hang})
    running = process(tmp_path, portal.url, "--clause", "NAV-2", "--evidence", "none")
    assert running.stderr is not None
    first = ""
    while "Stopping after this scenario" not in first:
        first += (told := running.stderr.readline())
        assert told, f"it ended: {first}"
    running.send_signal(signal.SIGINT)
    out, err = running.communicate(timeout=60)
    ended.set()
    done = Done(running.returncode, out, first + err, tmp_path)
    assert done.status == 130, done.err
    assert "Stopped at once. An account of yours may be left changed: `portal2fa restore` puts it back." in done.err
    reason = done.result["scenarios"][0]["reason"]
    assert "The run was stopped in the middle of this scenario." in reason
    assert "`portal2fa restore` puts it back" in reason
    assert "check the profile" not in reason
    assert "KeyboardInterrupt" not in reason + done.err
    assert "ABORTED" not in done.err
    assert "Traceback" not in done.err


def test_a_mailbox_that_refuses_the_password_is_told_before_the_portal_is_touched(
    tmp_path: Path, serve: Callable[[dict[str, Page]], MiniPortal]
) -> None:
    portal, catcher = serve({"/": "", "/sign-in": SIGN_IN.format(more="")}), serve({"/api/v1/messages": (401, "no")})
    mailbox = f'kind = "http"\napi = "mailpit"\nurl = "{catcher.url}"\nusername = "qa"\npassword = "$MAIL_PASSWORD"'
    done = run(tmp_path, portal.url, more=f"[mailbox]\n{mailbox}", MAIL_PASSWORD="s3cret wrong")
    assert done.status == 3
    assert done.is_one_message, done.err
    assert "answered with 401" in done.err
    assert "'username' and 'password' in [mailbox]" in done.err
    assert "s3cret" not in done.err
    assert portal.asked == []


def test_a_clock_file_that_cannot_be_written_is_told_before_the_portal_is_touched(
    tmp_path: Path, serve: Callable[[dict[str, Page]], MiniPortal]
) -> None:
    portal = serve({"/": "", "/sign-in": SIGN_IN.format(more="")})
    (tmp_path / "file").write_text("I am a file")
    done = run(tmp_path, portal.url, more='[clock]\nkind = "shim"\nfile = "file/offset"')
    assert done.status == 3
    assert done.is_one_message, done.err
    assert f"offset file {tmp_path / 'file' / 'offset'} cannot be written" in done.err
    assert portal.asked == []


# The reference portal, closed for maintenance as soon as a second factor was turned on with an app.
CLOSING = """
import sys
from starlette.responses import PlainTextResponse
from reference_server import __main__, serving

class Closing:
    closed = reopened = False
    def __init__(self, app):
        self.app = app
    async def __call__(self, scope, receive, send):
        Closing.reopened |= scope.get("path") == "/reopen"
        if scope["type"] == "http" and Closing.closed and not Closing.reopened:
            await PlainTextResponse("Back soon", 503)(scope, receive, send)
            return
        await self.app(scope, receive, send)
        Closing.closed |= scope.get("method") == "POST" and scope["path"].endswith("/time-based")

create_app = serving.create_app
def create_closing_app(*arguments):
    app = create_app(*arguments)
    app.add_middleware(Closing)
    return app
serving.create_app = create_closing_app
sys.exit(__main__.main(sys.argv[1:]))
"""


def test_a_portal_that_closes_with_the_factor_on_gets_the_account_put_back_once_it_is_open_again(
    tmp_path: Path,
) -> None:
    with server("--demo-accounts", program=("-c", CLOSING)) as (_, ready):
        account = ready["accounts"][0]
        own = {"OWN_NAME": account["username"], "OWN_PASSWORD": account["password"]}
        done = run(tmp_path, ready["url"], "--clause", "TOTP-5", "--evidence", "none", **own)
        listed, closed = restore(tmp_path, "--list", **own), restore(tmp_path, **own)
        httpx.get(f"{ready['url']}/reopen", trust_env=False)
        left_on = not signs_in_with_password_alone(ready["url"], account)
        opened, after = restore(tmp_path, **own), restore(tmp_path, "--list", **own)
        is_off = signs_in_with_password_alone(ready["url"], account)
    assert done.status == 4, done.err
    assert done.result["not_restored"] == [account["username"]]
    assert {scenario["outcome"] for scenario in done.result["scenarios"]} == {"cantTell"}
    assert "answers with status 503" in done.result["scenarios"][0]["reason"]
    assert "it is under maintenance" in done.result["scenarios"][0]["reason"]
    assert "`portal2fa restore --target " in done.out
    assert "Traceback" not in done.err
    assert f"{account['username']} at {ready['url']}: time-based" in listed.stdout
    assert closed.returncode == 4
    assert "answers with status 503" in closed.stdout
    assert left_on
    assert opened.returncode == 0, opened.stdout
    assert f"{account['username']}: put back as it was\n" in opened.stdout
    assert after.stdout == "No account has to be put back.\n"
    assert is_off


def restore(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command, with the state folder of the run before it."""
    return subprocess.run(
        [sys.executable, "-m", "portal2fa", "restore", *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PORTAL2FA_STATE": str(folder / "state"), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def signs_in_with_password_alone(url: str, account: dict[str, str]) -> bool:
    """Whether the password opens the client area, asked over plain HTTP."""
    with httpx.Client(base_url=url, follow_redirects=True, trust_env=False) as client:
        form = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/sign-in").text)
        assert form is not None
        given = {"csrf_token": form.group(1), "email": account["username"], "password": account["password"], "next": ""}
        client.post("/sign-in", data=given)
        return client.get("/client", follow_redirects=False).status_code == 200


@pytest.mark.parametrize("name", ["PORTAL2FA_STATE", "--out"])
def test_a_folder_that_cannot_be_written_is_told_before_the_portal_is_touched(
    tmp_path: Path, serve: Callable[[dict[str, Page]], MiniPortal], name: str
) -> None:
    portal = serve({"/": "", "/sign-in": SIGN_IN.format(more="")})
    (tmp_path / "file").write_text("I am a file")
    elsewhere = {name: str(tmp_path / "file" / "folder")} if name == "PORTAL2FA_STATE" else {}
    done = run(tmp_path, portal.url, *(() if elsewhere else ("--out", "file/folder")), **elsewhere)
    assert done.status == (3 if elsewhere else 2)
    assert done.is_one_message, done.err
    assert "file/folder" in done.err
    assert portal.forms == []
