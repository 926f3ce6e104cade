"""Walking: paths are followed, optional steps only where they are due, and what is not there is told in its words."""

from __future__ import annotations

from typing import cast

import pytest

from fixtures.control import Control
from portal2fa.clauses import Label
from portal2fa.errors import CannotTell
from steps.tasks import mail, navigation, pasting
from tests.steps.conftest import SOON, Visit, held_up

FIELD = (
    "<form method=post action=/used><label>Backup code <input name=code></label>"
    "<button>Sign in with backup code</button></form>"
)
LINK = '<a href="/field">Use a backup code</a>'


@pytest.mark.parametrize(
    ("first", "asked"),
    [
        (f"{LINK}", ["/start", "/field"]),
        (f"{FIELD}", ["/start"]),
        (f"<div id=x></div><script>setTimeout(() => x.innerHTML = `{LINK}`, 100)</script>", ["/start", "/field"]),
        (f"<div id=x></div><script>setTimeout(() => x.innerHTML = `{FIELD}`, 100)</script>", ["/start"]),
    ],
    ids=["the step is there", "the step is not there", "the step comes late", "what follows the step comes late"],
)
def test_an_optional_step_is_taken_where_it_is_there(visit: Visit, first: str, asked: list[str]) -> None:
    actor, portal = visit({"/start": first, "/field": FIELD, "/used": "done"})
    actor.portal.go(f"{actor.portal.url}/start")
    actor.portal.walk("sign_in_backup_code", backup_code="AAAA-BBBB")
    assert [path for path in portal.asked if path != "/favicon.ico"] == asked
    assert portal.forms == [{"code": "AAAA-BBBB"}]


@pytest.mark.parametrize(
    ("path", "page", "words", "cause"),
    [
        ("enable", "<button>Click here to enable it</button>", 'the button "Click Here to Enable"', "controls.enable"),
        ("enable", "<button hidden>Click Here to Enable</button>", 'the button "Click Here to Enable"', "/page"),
        (
            "confirm_time_based",
            "<input aria-label=Code>",
            'the field labelled "Code from the app"',
            "controls.app_code",
        ),
        ("open_menu", "<p>Ana Example</p>", 'CSS "header summary"', "controls.name"),
    ],
)
def test_a_control_that_is_not_there_is_told_in_the_words_of_the_profile(
    visit: Visit, path: str, page: str, words: str, cause: str
) -> None:
    actor, _ = visit({"/page": page}, timing=SOON)
    actor.portal.go(f"{actor.portal.url}/page?token=do-not-tell")
    with pytest.raises(CannotTell) as told:
        actor.portal.walk(path, code="123456")
    assert told.value.what == f"The portal does not show {words}."
    assert cause in told.value.cause
    assert "do-not-tell" not in str(told.value)


def test_a_control_that_cannot_be_used_is_told(visit: Visit) -> None:
    actor, _ = visit({"/page": "<button disabled>Click Here to Enable</button>"}, timing=SOON)
    actor.portal.go(f"{actor.portal.url}/page")
    with pytest.raises(CannotTell, match='the button "Click Here to Enable" cannot be pressed now'):
        actor.portal.walk("enable")


def test_a_portal_that_is_gone_is_told(visit: Visit) -> None:
    actor, _ = visit({})
    with pytest.raises(CannotTell, match=r"did not answer at http://127\.0\.0\.1:1/"):
        actor.portal.go("http://127.0.0.1:1/")


SIGN_IN = (
    "<h1>Sign in</h1><form method=post action=/in><label>Email address <input name=user></label>"
    "<label>Password <input type=password name=password></label><button>Sign in</button></form>"
)


@pytest.mark.parametrize(
    ("answer", "notice"),
    [
        ("<header><details><summary>Ana Example</summary></details></header>", "signed_in"),
        (f"<p>The email address or password is not right.</p>{SIGN_IN}", "sign_in_refused"),
        ("<label>Code from the app <input></label>", "time_based_asked"),
        ("<label>Authorization code <input></label>", "email_asked"),
    ],
)
def test_the_answer_to_a_password_is_told_by_its_notice(visit: Visit, answer: str, notice: str) -> None:
    actor, portal = visit({"/sign-in": SIGN_IN, "/in": answer})
    assert navigation.sign_in_with_password(actor) == notice
    assert portal.forms == [{"user": "ana@a.example", "password": "password-of-ana"}]
    assert actor.setting_up == (notice in {"signed_in", "sign_in_refused"})


def test_an_answer_to_a_password_that_nobody_knows_leaves_nothing_to_tell(visit: Visit) -> None:
    actor, _ = visit({"/sign-in": SIGN_IN, "/in": "<p>Please wait for a call.</p>"}, timing=SOON)
    with pytest.raises(CannotTell, match="Nothing that the profile knows answered"):
        navigation.sign_in_with_password(actor)


def test_being_signed_in_needs_an_account_without_a_factor(visit: Visit) -> None:
    actor, _ = visit({"/sign-in": SIGN_IN, "/in": "<label>Code from the app <input></label>"})
    with pytest.raises(CannotTell, match="with its password alone") as told:
        navigation.be_signed_in(actor)
    assert "off for the account" in told.value.hint


class _Control:
    """A control endpoint that hands out sessions which the portal knows, or does not know."""

    def session_cookie(self, username: str) -> tuple[str, str]:
        """Name and value of the cookie."""
        return "session", f"of-{username}"


@pytest.mark.parametrize("known", [True, False], ids=["a session that opens it", "a session that opens nothing"])
def test_a_session_that_is_handed_out_opens_the_place_itself_or_gives_way_to_the_form(
    visit: Visit, known: bool
) -> None:
    settings = "<h1>Two-Factor Authentication</h1>" if known else (303, "/sign-in")
    shown = "<header><details><summary>Ana Example</summary></details></header>"
    pages = {"/sign-in": SIGN_IN, "/in": shown, "/factor": settings}
    actor, portal = visit(pages, places={"two_factor": "/factor"})
    actor.world.control = cast(Control, _Control())
    navigation.reach(actor, "two_factor")
    by_form = ["/factor", "/sign-in", "/sign-in", "/factor", "/sign-in"]
    assert [path for path in portal.asked if path != "/favicon.ico"] == (["/factor"] if known else by_form)
    assert portal.forms == ([] if known else [{"user": "ana@a.example", "password": "password-of-ana"}])


def test_the_menu_is_opened_from_the_client_area_wherever_the_sign_in_led(visit: Visit) -> None:
    name = "<header><details><summary>Ana Example</summary><a href=/settings>Security Settings</a></details></header>"
    settings = f"{name}<h1>Security Settings</h1>"
    actor, portal = visit({"/sign-in": SIGN_IN, "/in": settings, "/client": name, "/settings": settings})
    navigation.be_signed_in(actor)
    assert actor.portal.sees("security_settings"), "the sign-in led to them at once"
    navigation.open_menu(actor)
    assert not actor.portal.sees("security_settings")
    actor.portal.walk("security_settings")
    navigation.open_menu(actor)
    assert portal.asked.count("/client") == 1, "and only once: from then on the person is where she went"


@pytest.mark.parametrize(
    ("wording", "deviates"),
    [("Click Here to Enable", False), ("  click here\n to enable ", False), ("Turn it on", True)],
)
def test_another_wording_is_a_deviation_and_not_a_stop(visit: Visit, wording: str, deviates: bool) -> None:
    pages = {"/page": f"<button id=b>{wording}</button><button hidden></button>"}
    actor, _ = visit(pages, controls={"enable": {"css": "#b"}})
    actor.world.labels["enable"] = Label("Click Here to Enable", "NAV-9")
    actor.portal.go(f"{actor.portal.url}/page")
    navigation.go_to(actor, "enable")
    found = actor.world.recorder.collect().deviations
    assert bool(found) == deviates
    if deviates:
        assert (found[0].clause, found[0].documented, found[0].seen) == ("NAV-9", "Click Here to Enable", "Turn it on")


@pytest.mark.parametrize(
    ("page", "state"),
    [
        ("<p>Two-factor authentication is off</p>", "off"),
        ("<p>Two-factor authentication is on</p>", "on"),
        ("<p>Two-factor authentication is offered</p>", "neither on nor off"),
        ("<p hidden>Two-factor authentication is on</p>", "neither on nor off"),
    ],
)
def test_the_state_is_what_the_settings_say_when_loaded_anew(visit: Visit, page: str, state: str) -> None:
    name = "<header><details><summary>Ana Example</summary></details></header>"
    patience = {} if state in {"on", "off"} else SOON
    actor, _ = visit({"/client": name, "/client/security/two-factor": page}, timing=patience)
    assert navigation.state(actor) == state


@pytest.mark.parametrize(
    ("attributes", "pasted"), [("", "123456"), ("maxlength=3", "123"), ('onpaste="return false"', "")]
)
def test_pasting_goes_through_the_keyboard(visit: Visit, attributes: str, pasted: str) -> None:
    actor, _ = visit({"/page": f"<label>Code from the app <input {attributes}></label>"})
    actor.portal.go(f"{actor.portal.url}/page")
    assert pasting.paste(actor, "app_code", "123456") == pasted


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("valid for 10 minutes", {10}),
        ("a 10-minute code", {10}),
        ("within ten minutes", {10}),
        ("TEN MINUTES", {10}),
        ("10 min.", {10}),
        ("10\u00a0minutes", {10}),
        ("one hour", {60}),
        ("an hour", {60}),
        ("2 hours", {120}),
        ("one minute", {1}),
        ("10 minutes, or 1 hour by letter", {10, 60}),
        ("fifteen or thirty minutes", {30}),
        ("10 minutely reports", set()),
        ("110 minutes", {110}),
        ("twenty minutes", {20}),
        ("soon", set()),
        ("", set()),
    ],
)
def test_the_lifetimes_that_a_text_states(text: str, minutes: set[int]) -> None:
    assert mail.stated_minutes(text) == minutes


def test_a_pattern_reads_the_lifetime_in_any_language_and_english_no_more() -> None:
    text = "Er gilt 10 Minuten lang (10 minutes, at most 15)."
    assert mail.stated_minutes(text) == {10}
    assert mail.stated_minutes(text, r"gilt (\d+) Minuten") == {10}
    assert mail.stated_minutes("It lives for 10 minutes.", r"(\d+) Minuten") == set()
    assert mail.stated_minutes("Er gilt 15 Minuten.", r"(\d+) Minuten") == {15}


LISTENING = """<input aria-label="Digit 1"><input aria-label="Digit 2"><output></output><script>
setTimeout(() => fetch("/now"), 300);
addEventListener("DOMContentLoaded", () => addEventListener("input", () =>
  document.querySelector("output").value = [...document.querySelectorAll("input")].map(e => e.value).join("")));
</script><script src=/late></script>"""


@pytest.mark.parametrize("each", [True, False])
def test_what_is_typed_is_heard_by_scripts_that_come_late(visit: Visit, each: bool) -> None:
    actor, _ = visit(
        {"/": "<a href=/next>Go on</a>", "/next": LISTENING, **held_up()},
        controls={"enable": {"text": "Go on"}, "app_code": {"role": "textbox", "name": "Digit", "exact": False}},
        paths={"enable": [{"press": "enable"}, {"fill": "app_code", "with": "{code}", "each": each}]},
    )
    actor.portal.go(actor.world.url)
    actor.portal.walk("enable", code="12")
    assert actor.portal.page.locator("output").inner_text() == "12"
