"""What counts as exercised in a profile: what was found, done, opened or matched, not what was only looked for."""

from __future__ import annotations

import pytest

from fixtures.browser import Screen
from fixtures.mailbox.mail import Mail
from portal2fa.errors import CannotTell
from steps.tasks import backup, looking, mail, setting_up, signing_in
from tests.steps.conftest import SECRET, SOON, Visit

BUTTON = "<button>Click Here to Enable</button>"


def test_a_control_that_was_looked_for_in_vain_is_not_exercised(visit: Visit) -> None:
    actor, _ = visit({"/": "<p>nothing</p>", "/on": BUTTON}, timing=SOON)
    used = actor.world.recorder.findings.used
    actor.portal.open("front")
    assert not actor.portal.shows("enable")
    assert not actor.portal.comes("enable")
    assert not actor.portal.sees("off")
    assert actor.portal.wait_for("on", "off") is None
    with pytest.raises(CannotTell):
        actor.portal.wait_for_control("enable")
    assert used == {"places.front"}
    actor.portal.go(f"{actor.portal.url}/on")
    assert actor.portal.shows("enable")
    assert used == {"places.front", "controls.enable"}


def test_of_several_notices_only_the_one_in_sight_is_exercised(visit: Visit) -> None:
    actor, _ = visit({"/": "<p>it is off</p>"}, notices={"off": {"text": "it is off"}, "on": {"text": "it is on"}})
    actor.portal.open("front")
    assert actor.portal.wait_for("on", "off") == "off"
    assert actor.world.recorder.findings.used == {"places.front", "notices.off"}


def test_the_steps_of_a_path_count_as_far_as_it_was_followed(visit: Visit) -> None:
    path = [{"press": "gone", "optional": True}, {"press": "enable"}, {"see": "gone"}]
    actor, _ = visit({"/": BUTTON}, paths={"enable": path}, controls={"gone": [{"text": "gone"}]}, timing=SOON)
    actor.portal.open("front")
    with pytest.raises(CannotTell):
        actor.portal.walk("enable")
    used = actor.world.recorder.findings.used
    assert {entry for entry in used if entry.startswith("paths.")} == {"paths.enable[1]"}
    assert "controls.gone" not in used


@pytest.mark.parametrize("status", [404, 500])
def test_a_place_that_answers_with_an_error_is_not_exercised(visit: Visit, status: int) -> None:
    actor, _ = visit({"/": (status, "broken")})
    try:
        actor.portal.open("front")
    except CannotTell:
        assert status == 404
    assert actor.world.recorder.findings.used == set()


def test_protected_places_count_once_they_opened(visit: Visit) -> None:
    actor, _ = visit({"/": "start", "/a": "<p>Ana Example</p>", "/b": (302, "/")}, places={"protected": ["/a", "/b"]})
    actor.portal.open("front")
    assert signing_in.reachable(actor) == ["/a"]
    assert actor.world.recorder.findings.used == {"places.front", "places.protected[0]"}


def test_places_that_are_looked_at_again_count_one_by_one(visit: Visit) -> None:
    actor, _ = visit(
        {"/": "start", "/client": "x", "/again": "y"}, places={"client_area": "/client", "revisit": ["/again"]}
    )
    actor.portal.open("front")
    looking.revisit(actor)
    assert "places.revisit[0]" in actor.world.recorder.findings.used


def test_patterns_count_once_they_matched(visit: Visit) -> None:
    page = f"<p id=code>{{}}</p><p id=key>{SECRET}</p>"
    actor, _ = visit(
        {"/": page.format("none yet"), "/code": page.format("AAAA-BBBB-CCCC-DDDD")},
        controls={"backup_code": [{"css": "#code"}], "manual_key": [{"css": "#key"}]},
        paths={"show_manual_key": []},
    )
    used = actor.world.recorder.findings.used
    actor.portal.open("front")
    assert backup.read(actor) == []
    assert "backup_codes.pattern" not in used
    setting_up.manual_key(actor)
    actor.portal.go(f"{actor.portal.url}/code")
    assert backup.read(actor) == ["AAAA-BBBB-CCCC-DDDD"]
    assert {"backup_codes.pattern", "manual_key.pattern"} <= used


@pytest.mark.parametrize("complete", [True, False])
def test_the_patterns_of_mails_count_where_a_mail_was_read(visit: Visit, complete: bool) -> None:
    actor, _ = visit({"/": "start"}, mailbox={"kind": "none"})
    box = actor.world.mailbox
    box.kept.append(Mail("1", (actor.values["email"],), "Your code", (("text/plain", "123456"),), complete))  # type: ignore[attr-defined]
    mail.await_code_mail(actor)
    assert ("mailbox.code_pattern" in actor.world.recorder.findings.used) is complete


def test_a_narrow_window_exercises_the_entry_of_its_screen(visit: Visit) -> None:
    narrow = {"phone": {"below": 600, "controls": {"enable": {"text": "Click Here to Enable"}}}}
    actor, _ = visit({"/": BUTTON}, screens=narrow)
    actor.screen = Screen(width=320)
    actor.portal.open("front")
    assert actor.portal.shows("enable")
    assert actor.world.recorder.findings.used == {"places.front", "screens.phone.controls.enable"}
    assert "controls.enable" in actor.world.recorder.findings.seen
