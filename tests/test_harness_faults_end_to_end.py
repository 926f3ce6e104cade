"""A harness that is wrong on purpose: it makes nothing pass, and no clause of a portal that is right fails for it.

Each fault is put into the fixtures of a run on the reference portal, in a process of its own.  Everything counts as
seen, so that no failure hides behind what a run of a few scenarios has not shown.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass

import pytest

from portal2fa.profile_files import find_root

MAIL, TOTP = "email_codes", "time_based_tokens"
PLAY = """
import json, sys, tempfile
from dataclasses import replace
from pathlib import Path
from tests.broken_runs.play import all_but, load, play

exec(sys.argv[1])
with tempfile.TemporaryDirectory() as folder:
    target = load({}, Path(folder))
    result = play(target, tuple(sys.argv[2:]), all_but("", target.profile), lambda _: None)
print(json.dumps([[one.id, one.outcome.value, one.reason] for one in result.scenarios]))
"""


@dataclass(frozen=True)
class Fault:
    """What is wrong with the harness, the scenarios that rest on it, and how they say so."""

    name: str
    code: str
    scenarios: tuple[str, ...]
    says: str


FAULTS = (
    Fault(
        "the mailbox returns yesterday's mail",
        """
from fixtures.mailbox.mail import Collecting
right = Collecting.mails
def mails(self, address):
    return [replace(mail, sent=mail.sent - 86400, parts=(("text/plain", "Your code is 493817"),))
            for mail in right(self, address)]
Collecting.mails = mails
""",
        (
            f"{MAIL}/confirming.feature#the-code-from-the-mail-turns-it-on",
            f"{MAIL}/sending.feature#one-mail-with-a-code-arrives",
        ),
        "a mail of another day",
    ),
    Fault(
        "the clock does not move",
        """
from fixtures.control import Control
right, held = Control._post, {}
def post(self, path, body):
    if path != "/clock":
        return right(self, path, body)
    if body["username"] not in held:
        held[body["username"]] = right(self, path, body)
    return held[body["username"]]
Control._post = post
""",
        (
            f"{MAIL}/expiry.feature#a-second-after-the-limit-the-code-is-refused-and-nothing-is-turned-on",
            f"{MAIL}/expiry.feature#a-second-before-the-limit-the-code-is-accepted",
        ),
        "The portal's clock did not move",
    ),
    Fault(
        "the app is in another time zone",
        """
from fixtures.authenticator import Authenticator
right = Authenticator.step
Authenticator.step = lambda self, at: right(self, at + 3600)
""",
        (
            f"{TOTP}/confirming.feature#the-confirmation-is-announced-and-the-settings-agree",
            f"{TOTP}/signing_in.feature#no-place-behind-the-sign-in-opens-before-the-code-is-given",
        ),
        "a code of another moment",
    ),
    Fault(
        "the app is a minute late",
        """
from fixtures.authenticator import Authenticator
right = Authenticator.step
Authenticator.step = lambda self, at: right(self, at - 60)
""",
        (f"{TOTP}/confirming.feature#the-confirmation-is-announced-and-the-settings-agree",),
        "a code of another moment",
    ),
    Fault(
        "the browser remembers",
        """
from fixtures.browser import Browser
from playwright.sync_api import Error
right, kept = Browser.context, []
def context(self, *told, **how):
    new = right(self, *told, **how)
    for old in kept:
        try:
            new.add_cookies(old.cookies())
        except Error:
            pass
    kept.append(new)
    return new
Browser.context = context
""",
        (
            f"{TOTP}/confirming.feature#the-scanned-secret-turns-two-factor-sign-in-on-and-opens-the-account-later",
            "turning_it_off/turning_off.feature#once-turned-off-the-password-suffices-again",
        ),
        "remembers an earlier visit",
    ),
)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_nothing_passes_and_nothing_fails_by_a_harness_that_is_wrong(fault: Fault) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PLAY, fault.code, *fault.scenarios],
        cwd=find_root(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    rows = json.loads(done.stdout.splitlines()[-1])
    assert len(rows) == len(fault.scenarios)
    assert {outcome for _, outcome, _ in rows} == {"cantTell"}, rows
    assert [reason for _, _, reason in rows if fault.says not in reason] == []
