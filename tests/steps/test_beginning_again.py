"""Portals whose set-up or sign-in ends with a wrong code: the right one is given in what was begun anew."""

from __future__ import annotations

from itertools import count
from typing import Any

import pytest
import segno

from fixtures.authenticator import Authenticator, KeyUri
from portal2fa.errors import CannotTell
from portal2fa.witnesses import WALKED
from steps.tasks import answering, codes, doubts, setting_up, signing_in
from tests.steps.conftest import Visit

HEAD = "<header><details><summary>Ana Example</summary></details></header>"
FORM = (
    "<form method=post action=/code><label>Code from the app <input name=code></label><button>Confirm</button></form>"
)
ON = "<h1>Two-factor authentication is on</h1>"
SECRETS = ("A" * 32, "B" * 32, "C" * 32)
WAYS: dict[str, Any] = {"enable": [{"open": "/choice"}], "start_time_based": [{"open": "/set-up"}]}


def pages(accepts: Any) -> dict[str, Any]:
    """A portal that offers another secret at each look at its set-up; a refused code leaves no form behind."""
    number = count()

    def set_up(sent: dict[str, str]) -> str:
        drawn = segno.make(f"otpauth://totp/Shop:ana?secret={SECRETS[next(number)]}").svg_inline(scale=5, border=4)
        return f"{HEAD}<div role=img aria-label='QR code for your authenticator app'>{drawn}</div>{FORM}"

    def answer(sent: dict[str, str]) -> str:
        refused = "<p>That code is not right. Enter the code that your app shows now.</p>"
        return f"{HEAD}{ON if accepts(sent['code']) else refused}"

    return {
        "/client/security/two-factor": HEAD,
        "/choice": f"{HEAD}<h1>Choose a method</h1><label><input type=radio> Time Based Tokens</label>"
        "<button>Get Started</button>",
        "/set-up": set_up,
        "/code": answer,
    }


def test_a_set_up_that_a_wrong_code_ended_is_begun_anew_with_its_new_secret(visit: Visit) -> None:
    right: list[str] = []
    actor, portal = visit(pages(lambda code: code in right), paths=WAYS, wrong_code={"set_up": "ends"})
    actor.portal.go(f"{actor.portal.url}/client/security/two-factor")
    setting_up.start_from_anywhere(actor, "time_based")
    setting_up.scan(actor)
    answering.give_wrong(actor, "000000")
    right.append(Authenticator(KeyUri(SECRETS[1], "", "", "SHA1", 6, 30)).code(actor.now()))
    assert setting_up.confirm_after_refusal(actor).accepted
    assert [uri.secret for uri in actor.scanned] == list(SECRETS[:2])
    assert portal.asked.count("/set-up") == 2


@pytest.mark.parametrize(
    ("wrong_code", "begun"),
    [
        ({}, 1),
        ({"set_up": "ends"}, 2),
        ({"set_up": "ends", "time_based": {"set_up": "stays"}}, 1),
        ({"time_based": {"set_up": "ends"}}, 2),
        ({"email": {"set_up": "ends"}}, 1),
        ({"challenge": "ends"}, 1),
    ],
)
def test_only_where_the_profile_says_that_it_ended_is_a_set_up_begun_anew(
    visit: Visit, wrong_code: dict[str, Any], begun: int
) -> None:
    actor, portal = visit(pages(lambda code: code != "000000"), paths=WAYS, wrong_code=wrong_code)
    actor.portal.go(f"{actor.portal.url}/client/security/two-factor")
    setting_up.start_from_anywhere(actor, "time_based")
    answering.give_wrong(actor, "000000")
    assert setting_up.begun_again(actor) == (begun == 2)
    assert portal.asked.count("/set-up") == begun


@pytest.mark.parametrize(
    ("wrong_code", "entry"),
    [({}, "wrong_code.set_up"), ({"time_based": {"set_up": "stays"}}, "wrong_code.time_based.set_up")],
)
def test_that_a_set_up_is_gone_after_a_wrong_code_rests_on_what_the_profile_says_of_it(
    visit: Visit, wrong_code: dict[str, Any], entry: str
) -> None:
    actor, portal = visit(pages(lambda code: False), paths=WAYS, wrong_code=wrong_code, timing={"answer": 5.0})
    actor.portal.go(f"{actor.portal.url}/client/security/two-factor")
    setting_up.start_from_anywhere(actor, "time_based")
    answering.give_wrong(actor, "000000")
    with pytest.raises(CannotTell, match="does not show the field"):
        setting_up.confirm_after_refusal(actor)
    told = doubts.goes_on(actor.world.profile, "time_based", setting_up=True)
    assert entry in told.split()
    assert WALKED + told in actor.world.recorder.notes.absent
    assert portal.asked.count("/set-up") == 1


def test_a_set_up_that_refused_nothing_is_not_begun_anew(visit: Visit) -> None:
    actor, portal = visit(pages(lambda code: True), paths=WAYS, wrong_code={"set_up": "ends"})
    actor.portal.go(f"{actor.portal.url}/client/security/two-factor")
    setting_up.start_from_anywhere(actor, "time_based")
    setting_up.scan(actor)
    assert setting_up.confirm_after_refusal(actor).accepted
    assert not setting_up.begun_again(actor)
    assert portal.asked.count("/set-up") == 1


@pytest.mark.parametrize(
    ("wrong_code", "sign_ins"),
    [({}, 1), ({"challenge": "ends"}, 2), ({"time_based": {"challenge": "ends"}}, 2), ({"set_up": "ends"}, 1)],
)
def test_a_sign_in_that_a_wrong_code_ended_is_begun_anew(
    visit: Visit, wrong_code: dict[str, Any], sign_ins: int
) -> None:
    challenge = (
        "<form method=post action=/code><label>Code from the app <input name=code></label>"
        "<button>Verify</button></form>"
    )
    sign_in = (
        "<h1>Sign in</h1><form method=post action=/challenge><label>Email address <input name=user></label>"
        "<label>Password <input name=password></label><button>Sign in</button></form>"
    )
    refused = f"<p>That code is not right.</p>{challenge if sign_ins == 1 else ''}"
    answer = {"/code": lambda sent: refused if sent["code"] == "000000" else HEAD}
    actor, portal = visit({"/sign-in": sign_in, "/challenge": challenge, **answer}, wrong_code=wrong_code)
    signing_in.from_fresh_browser(actor)
    answering.give_wrong(actor, "000000")
    assert signing_in.finish(actor)
    assert portal.asked.count("/sign-in") == sign_ins
    assert portal.forms[-1]["code"] == codes.used_code(actor)
